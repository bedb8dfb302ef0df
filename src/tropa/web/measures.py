"""Doors to measures: what can be asked, and asking it; one break with its reasons (R-25, R-26)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import Path, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from tropa.model import Break
from tropa.model.access import Right
from tropa.model.measure import Cell
from tropa.service import asking, defining
from tropa.service.answering import Wish
from tropa.service.guests import guarded
from tropa.web.doors import AtDesk, Doors, Who
from tropa.web.filters import LONGEST, Filtered, FilterReply, MemoryReply, Scope, memory, told
from tropa.web.language import words_of
from tropa.web.paths import API
from tropa.web.pictures import handed

DOORS = Doors(API, "measures")
MeasureId = Annotated[str, Path(pattern=r"^[a-z][a-z-]{0,40}$")]
_FILTER = ("segment", "channel", "from", "to", "as_of", "where", "scope", "lang", "theme", "download")


class ChoiceReply(BaseModel):
    """One choice of a parameter."""

    id: str
    title: str


class ParameterReply(BaseModel):
    """What a measure may be asked with (kinds: see `model.measure`)."""

    id: str
    kind: str
    title: str
    default: str | float | bool | None
    optional: bool
    choices: list[ChoiceReply]
    least: float | None
    most: float | None


class ColumnReply(BaseModel):
    """A column of an answer. `low`, `high`, `part`, `whole`: other columns that belong to it; `aside`: shown with another one."""

    id: str
    title: str
    kind: str
    low: str | None
    high: str | None
    part: str | None
    whole: str | None
    aside: bool


class PictureReply(BaseModel):
    """How an answer is drawn, by names of columns."""

    kind: str
    x: str
    y: str
    value: str
    series: str


class MeasureReply(BaseModel):
    """A measure: all that its page is made from."""

    id: str
    title: str
    question: str
    family: str
    family_title: str
    """Under which heading it stands; the list comes family by family."""
    unit: str
    unit_words: str
    parameters: list[ParameterReply]
    columns: list[ColumnReply]
    picture: PictureReply
    definition: str
    slow: bool
    people: bool
    """Its rows are single customers: asking takes the right to see named customers."""


class MeasuresReply(BaseModel):
    """All measures."""

    items: list[MeasureReply]


@DOORS.get("/measures", Right.PUBLIC)
def measures(request: Request) -> MeasuresReply:
    """What can be asked of a trail, in the reader's language. The same for everybody: it says nothing of anyone's data."""
    say = words_of(request)
    return MeasuresReply(items=[MeasureReply(**asking.declaration_data(one, say)) for one in asking.declarations()])


class SpanReply(BaseModel):
    """Words in one manner: plain, strong, emphasis, code."""

    kind: str
    text: str


class BlockReply(BaseModel):
    """A paragraph, or an item of a list."""

    kind: str
    spans: list[SpanReply]


class DefinitionReply(BaseModel):
    """What a measure counts and how: its section of the guide."""

    blocks: list[BlockReply]


@DOORS.get("/measures/{measure_id}/definition", Right.PUBLIC)
def measure_definition(measure_id: MeasureId, request: Request) -> DefinitionReply:
    """What a measure means, in the reader's language, word for word as in the guide."""
    declared = asking.declared(measure_id)
    found = defining.definition(declared.definition, words_of(request).lang)
    blocks = [
        BlockReply(kind=one.kind, spans=[SpanReply(kind=span.kind, text=span.text) for span in one.spans])
        for one in found
    ]
    return DefinitionReply(blocks=blocks)


class AnswerReply(BaseModel):
    """An answer. `labels`: words for cells that are names (of a reason: `name|with` or `name|without`); `cannot_tell`: why it is empty."""

    measure: str
    title: str
    unit: str
    unit_words: str
    n: int
    columns: list[ColumnReply]
    rows: list[list[Cell]]
    labels: dict[str, str]
    notes: list[str]
    quotes: list[str]
    cannot_tell: str | None
    data_version: str
    zone: str
    """Whose calendar its days, weeks, months and times of day are of."""
    filter: FilterReply
    memory: MemoryReply | None
    drawing: str | None = None
    """The picture as an SVG element in the page's own colours, where `width` was asked for and there is one."""


class Question(BaseModel):
    """What to ask a measure with: its parameters by id, and a filter."""

    model_config = {"extra": "forbid", "populate_by_name": True}

    params: dict[str, str | float | bool | list[str] | None] = {}
    segment: Annotated[str | None, Field(max_length=200)] = None
    channel: Annotated[str | None, Field(max_length=200)] = None
    start: Annotated[date | None, Field(alias="from")] = None
    to: date | None = None
    as_of: date | None = None
    where: Annotated[str | None, Field(max_length=LONGEST)] = None
    """A rule over customers."""
    scope: Scope | None = None
    """Whom channel and rule mean: customers by all they did (as when left out), or, of questions about sessions, each by what was in it."""
    width: Annotated[float | None, Field(ge=100, le=4000)] = None
    """CSS pixels that a picture may be wide; it is then drawn."""

    @property
    def filter(self) -> Wish:
        """The filter it is asked with."""
        return Wish(self.segment, self.channel, self.start, self.to, self.as_of, self.where, self.scope or "customers")


@DOORS.post("/maps/{map_id}/measures/{measure_id}", Right.READ)
def measure_ask(
    desk: AtDesk, who: Who, map_id: str, measure_id: MeasureId, question: Question, request: Request
) -> AnswerReply:
    """Asks a measure of the live map's trail."""
    wish = guarded(question.filter, who)
    value, answer = asking.ask_map(desk, who, map_id, measure_id, question.params, wish)
    words = words_of(request)
    drawing = None if question.width is None else asking.answer_drawing(answer, value, words, question.width)
    said = asking.answer_data(answer, value, words)
    return AnswerReply(**said, filter=told(wish), memory=memory(desk, wish), drawing=drawing)


MEDIA = {
    "csv": "text/csv; charset=utf-8", "svg": "image/svg+xml", "png": "image/png", "html": "text/html; charset=utf-8",
    "vega": "application/json",
}  # fmt: skip
SUFFIXES = {"vega": "vl.json"}
"""Where a file's name ends otherwise than the address."""


@DOORS.get("/maps/{map_id}/measures/{measure_id}.{form}", Right.READ, response_class=Response)
def measure_file(
    desk: AtDesk, who: Who, map_id: str, measure_id: MeasureId, form: Literal["csv", "svg", "png", "html", "vega"],
    request: Request, wish: Filtered, scope: Scope = "customers", theme: Literal["light", "dark"] = "light",
    download: bool = False,
) -> Response:  # fmt: skip
    """The answer as a table for a spreadsheet, as a picture, as a page, or as a Vega-Lite specification with its data.

    Any other query parameter is one of the measure's.
    """
    wish = guarded(replace(wish, scope=scope), who)
    raw: dict[str, Any] = {key: one for key, one in request.query_params.items() if key not in _FILTER}
    say = words_of(request)
    value, answer = asking.ask_map(desk, who, map_id, measure_id, raw, wish)
    about = asking.about_wish(wish, value, say)
    suffix = SUFFIXES.get(form, form)
    body = asking.answer_file(answer, value, say, suffix, theme=theme, about=about)
    return handed(body, MEDIA[form], f"{map_id}-{measure_id}.{suffix}", shown=form in ("svg", "png") and not download)


class BreakReply(BaseModel):
    """One break: its price, what sets those who left apart from those who went on (association, not cause), and their words."""

    filter: FilterReply
    found: Break
    reasons: AnswerReply | None


@DOORS.get("/maps/{map_id}/breaks/{stage}", Right.READ)
def map_break(
    desk: AtDesk,
    who: Who,
    map_id: str,
    stage: str,
    request: Request,
    wish: Filtered,
    kind: Literal["exit", "loop"] = "exit",
) -> BreakReply:
    """One break with its reasons."""
    value, found, answer = asking.break_with_reasons(desk, who, map_id, stage, kind, wish)
    reasons = None
    if answer is not None:
        said = asking.answer_data(answer, value, words_of(request))
        reasons = AnswerReply(**said, filter=told(wish), memory=memory(desk, wish))
    return BreakReply(filter=told(wish), found=found, reasons=reasons)
