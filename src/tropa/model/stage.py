"""Stages and touchpoints: the columns of the map and what is said in them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, WithJsonSchema, model_validator

from tropa.model.base import Day, Duration, Id, Text, Value
from tropa.model.evidence import Evidence
from tropa.model.rules import EventRule, When

TASKS = ("inform", "position", "remove-barriers", "teach", "keep", "remind")
"""The brand's key tasks that have a word in the catalogues; any other is allowed and shown as written."""


class Statement(Value):
    """Something said in a cell, with what it rests on."""

    text: Text
    evidence: tuple[Evidence, ...] = ()


Said = str | Statement
"""A plain line, or a line with evidence (also the way to say it in several languages)."""


def said(item: Said) -> Statement:
    """Any spelling of a statement as a `Statement`."""
    return item if isinstance(item, Statement) else Statement(text=item)


class PersonaScore(Value):
    """What the team asserts that one persona feels, where it differs from the others. Told twice, the later stands."""

    persona: Id
    score: float = Field(ge=-2, le=2)


class Feels(Value):
    """What the team asserts that the customer feels."""

    score: float | None = Field(None, ge=-2, le=2)
    words: tuple[Text, ...] = ()
    personas: tuple[PersonaScore, ...] = ()
    """Scores of single personas, each a curve of its own beside the common one."""
    evidence: tuple[Evidence, ...] = ()

    def of(self, persona: str) -> float | None:
        """The score of one persona; None where it is not told apart."""
        return next((one.score for one in reversed(self.personas) if one.persona == persona), None)


class Pain(Value):
    """A pain point. Severity 1 (annoys) to 3 (makes people leave)."""

    id: Id
    text: Text
    severity: int = Field(2, ge=1, le=3)
    owner: str | None = None
    evidence: tuple[Evidence, ...] = ()


class Opportunity(Value):
    """Where to exceed expectations: a wow moment, a word-of-mouth trigger, an easier way."""

    id: Id
    text: Text
    kind: str = "improve"
    """`improve`, `wow`, `word-of-mouth`, or a word of one's own."""
    owner: str | None = None
    evidence: tuple[Evidence, ...] = ()


class Barrier(Value):
    """What stands in the way, by kind: payment, queue, stock, staff, lateness, or a word of one's own."""

    text: Text
    kind: str = "other"
    evidence: tuple[Evidence, ...] = ()


class Figure(Value):
    """A figure typed by hand, where there is no log. It is drawn, and marked *entered*.

    `reading` is one of `entrants`, `customers`, `exits`, `conversion`, `time_to_next` (days), `satisfaction` (−2…+2),
    `repeat_rate`, `loss` (money per 30 days), or the id of a metric. Rates are shares between 0 and 1.
    """

    reading: str
    value: float
    low: float | None = None
    high: float | None = None
    n: int | None = Field(None, ge=0)
    period: str | None = None
    source: str | None = None
    date: Day | None = None


class Metric(Value):
    """What the team watches at a stage. `reading` names a measured figure; without one the figure is entered by hand."""

    id: Id
    title: Text
    reading: str | None = None
    at_least: float | None = None
    at_most: float | None = None
    owner: str | None = None


class Brand(Value):
    """The brand's side of a stage."""

    goal: Text | None = None
    task: str | None = None
    does: tuple[Said, ...] = ()


class Cell(Value):
    """The content of a lane of the user's own."""

    text: Text | None = None
    items: tuple[Said, ...] = ()
    number: float | None = None
    unit: str | None = None
    image: str | None = None
    file: str | None = None
    curve: float | None = Field(None, ge=-2, le=2)
    evidence: tuple[Evidence, ...] = ()


class Touchpoint(Value):
    """A meeting of customer and brand inside a stage."""

    id: Id
    title: Text
    channel: str | None = None
    when: When | None = None
    """Which events are this touchpoint."""
    does: tuple[Said, ...] = ()
    thinks: tuple[Said, ...] = ()
    asks: tuple[Said, ...] = ()
    doubts: tuple[Said, ...] = ()
    feels: Feels | None = None
    pains: tuple[Pain, ...] = ()
    opportunities: tuple[Opportunity, ...] = ()
    front_stage: tuple[Said, ...] = ()
    """What our people do before the customer's eyes (service blueprint)."""
    back_stage: tuple[Said, ...] = ()
    """What our people do that the customer does not see: packing, calls to the carrier, systems at work."""
    owner: str | None = None
    moment_of_truth: bool = False
    droppable: bool = False
    figures: tuple[Figure, ...] = ()
    cells: dict[Id, Cell | str] = {}


_FAR = {"minimum": -100_000, "maximum": 100_000}
_Pixels = Annotated[int, Field(ge=_FAR["minimum"], le=_FAR["maximum"])]
Spot = Annotated[
    tuple[_Pixels, _Pixels],
    WithJsonSchema({"type": "array", "items": {"type": "integer", **_FAR}, "minItems": 2, "maxItems": 2}),
]
"""Where a box of the scheme stands: its left upper corner, pixels of the screen to the right of and below the place of the first box."""


class SubStage(Value):
    """A part of a stage with a name of its own, holding touchpoints."""

    id: Id
    title: Text
    touchpoints: tuple[Touchpoint, ...] = ()


class Deal(EventRule):
    """The event that is the deal. An order with an event that fits `void` (cancelled, refunded) is no deal."""

    void: When | None = None


class Stage(Value):
    """A column of the map. Its own rows are those of its touchpoints, plus what is said here of the whole stage."""

    id: Id
    title: Text
    after: tuple[Id, ...] | None = None
    """The stages one comes from; not given: the stage written before this one. Two stages after the same one are branches."""
    when: When | None = None
    """Events that belong to the stage but to no touchpoint of it."""
    deal: Deal | None = None
    window: Duration | None = None
    silence: Duration | None = None
    goal: Text | Statement | None = None
    does: tuple[Said, ...] = ()
    thinks: tuple[Said, ...] = ()
    asks: tuple[Said, ...] = ()
    doubts: tuple[Said, ...] = ()
    expects: tuple[Said, ...] = ()
    feels: Feels | None = None
    barriers: tuple[Barrier, ...] = ()
    strengths: tuple[Said, ...] = ()
    pains: tuple[Pain, ...] = ()
    opportunities: tuple[Opportunity, ...] = ()
    brand: Brand | None = None
    front_stage: tuple[Said, ...] = ()
    """What our people do before the customer's eyes (service blueprint)."""
    back_stage: tuple[Said, ...] = ()
    """What our people do that the customer does not see: packing, calls to the carrier, systems at work."""
    metrics: tuple[Metric, ...] = ()
    owner: str | None = None
    moment_of_truth: bool = False
    figures: tuple[Figure, ...] = ()
    touchpoints: tuple[Touchpoint, ...] = ()
    stages: tuple[SubStage, ...] = ()
    """Sub-stages: the stage's touchpoints in named groups."""
    opens: str | None = None
    """File of another map that this stage opens into."""
    at: Spot | None = None
    """Where the stage was put in the scheme by hand; not given: where the layout puts it."""
    cells: dict[Id, Cell | str] = {}

    @model_validator(mode="after")
    def _after_others(self) -> Stage:
        if self.after and self.id in self.after:
            raise ValueError("a stage cannot come after itself")
        return self

    @property
    def all_touchpoints(self) -> tuple[Touchpoint, ...]:
        """Touchpoints in order: the stage's own first, then those of its sub-stages."""
        return self.touchpoints + tuple(point for part in self.stages for point in part.touchpoints)
