"""Putting a measure's question to the trail of the live map (R-26, R-61)."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tropa.model import Break, CannotTell, Map, Readings, TropaError, near_miss, say
from tropa.model.access import Actor, Right
from tropa.model.measure import Answer, Cell, Column, Declaration
from tropa.service import auditing
from tropa.service.answering import View, Wish, chosen_of, live_readings, need_seen
from tropa.service.desk import Desk
from tropa.service.guests import refuse_few
from tropa.service.keeping import Kept
from tropa.service.naming import labels_of, segment_name, state_name
from tropa.words import Words

if TYPE_CHECKING:
    from tropa.render.theme import ThemeName

_ANSWERS, _CUT = Kept(128), Kept(2)
_RISKY = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings that a spreadsheet takes for a formula."""


def declarations() -> Sequence[Declaration]:
    """All measures that can be asked, family by family."""
    from tropa.trail.measures import DECLARATIONS
    from tropa.trail.measures.families import place_of

    return sorted(DECLARATIONS, key=lambda one: place_of(one.id))


def family_of(measure: str) -> str:
    """The family that a measure belongs to."""
    from tropa.trail.measures.families import family_of

    return family_of(measure)


def declared(name: str) -> Declaration:
    """The declaration of a measure. Raises TR-T301 with the nearest name."""
    from tropa.trail.measures import declaration

    return declaration(name)


def ask_view(view: View, name: str, raw: Mapping[str, Any], wish: Wish) -> Answer:
    """Asks a view. Answers are kept by content: asked again, they cost nothing. Raises TR-T301…TR-T307, TR-S005, TR-S025."""
    from tropa.trail.measures import Asked, ask, by_sessions, declaration, of_sessions

    def asked() -> Asked:
        mine = Asked.of(chosen_of(view, wish))
        return mine if not of_sessions(name, raw) else _CUT.get((view.key, wish), lambda: cut(mine))

    def cut(mine: Asked) -> Asked:
        sessions = by_sessions(mine)
        if wish.least:
            refuse_few(sessions, wish.least)
        return sessions

    settings = declaration(name).settings(raw)
    key = (view.key, wish, name, tuple(sorted(settings.items())))
    return _ANSWERS.get(key, lambda: ask(name, asked(), raw))


def ask_map(desk: Desk, who: Actor, map_id: str, name: str, raw: Mapping[str, Any], wish: Wish) -> tuple[Map, Answer]:
    """Asks the live map's trail. Raises TR-S003 without a log, and as `ask_view`.

    A measure of single customers takes the right to see them, as their list does, and the look is written in the audit log.
    """
    who.require(Right.READ, map_id)
    of_people = declared(name).people
    if of_people:
        who.require(Right.REVEAL, map_id)
    value, view = need_seen(desk, map_id, wish)
    answer = ask_view(view, name, raw, wish)
    if of_people:
        with desk.store.begin() as connection:
            auditing.note(desk, connection, who, "measure-of-people", map_id, measure=name)
    return value, answer


def break_of(readings: Readings | None, stage: str, kind: str) -> Break:
    """A break of the readings. Raises TR-T306 for one that is not there."""
    known = [] if readings is None else [f"{one.stage}/{one.kind}" for one in readings.breaks]
    for one in () if readings is None else readings.breaks:
        if (one.stage, one.kind) == (stage, kind):
            return one
    raise TropaError("TR-T306", name=f"{stage}/{kind}", near=near_miss(stage, known), known=", ".join(known) or "—")


def break_with_reasons(
    desk: Desk, who: Actor, map_id: str, stage: str, kind: str, wish: Wish
) -> tuple[Map, Break, Answer | None]:
    """One break with what sets those who left apart, and their words. No reasons where the figures were typed by hand."""
    who.require(Right.READ, map_id)
    value, readings = live_readings(desk, map_id, wish, breaks=True)
    found = break_of(readings, stage, kind)
    if readings is not None and readings.scope.data_version == "entered":
        return value, found, None
    value, view = need_seen(desk, map_id, wish)
    return value, found, ask_view(view, "reasons", {"break": f"{stage}/{kind}"}, wish)


def answer_data(answer: Answer, value: Map, words: Words) -> dict[str, Any]:
    """An answer as data with its words beside it: notes as sentences, and `labels` for cells that are names."""
    labels = labels_of(answer, value, words)
    notes = [words(note.message, **note.told(labels)) for note in answer.notes]
    return {
        "measure": answer.measure,
        "title": words(f"measure-{answer.measure}"),
        "unit": answer.unit.value,
        "unit_words": words(f"measure-unit-{answer.unit.value}"),
        "n": answer.n,
        "columns": [column_data(column, words) for column in answer.columns],
        "rows": [list(row) for row in answer.rows],
        "labels": labels,
        "notes": notes,
        "quotes": list(answer.quotes),
        "cannot_tell": None if answer.cannot_tell is None else cannot_words(answer.cannot_tell, words),
        "data_version": answer.data_version,
        "zone": answer.zone,
    }


def cannot_words(lack: CannotTell, words: Words) -> str:
    """Why there is no answer, in words."""
    return words(f"cannot-tell-{lack.cannot_tell}", n=lack.n)


def column_data(column: Column, words: Words) -> dict[str, Any]:
    """A column with its title."""
    return {**column.model_dump(exclude={"called"}), "title": words(column.title)}


def declaration_data(declared: Declaration, words: Words) -> dict[str, Any]:
    """A declaration with all its words: what a page is made from."""
    parameters = [
        {
            **one.model_dump(exclude={"choices"}),
            "title": words.or_own(f"measure-{declared.id}-param-{one.id}", words(f"measure-param-{one.id}")),
            "choices": [{"id": choice, "title": words(f"measure-choice-{choice}")} for choice in one.choices],
        }
        for one in declared.parameters
    ]
    return {
        "id": declared.id,
        "title": words(f"measure-{declared.id}"),
        "question": words(f"measure-{declared.id}.question"),
        "family": family_of(declared.id),
        "family_title": words(f"measure-family-{family_of(declared.id)}"),
        "unit": declared.unit.value,
        "unit_words": words(f"measure-unit-{declared.unit.value}"),
        "parameters": parameters,
        "columns": [column_data(column, words) for column in declared.columns],
        "picture": declared.picture.model_dump(),
        "definition": declared.definition,
        "slow": declared.slow,
        "people": declared.people,
    }


def answer_csv(answer: Answer, value: Map, words: Words) -> str:
    """An answer as a table for a spreadsheet: names in words, numbers plain, nothing that it would take for a formula.

    Semicolons, decimal commas and a byte order mark in Russian, as the Russian Excel wants them.
    """
    labels = labels_of(answer, value, words)
    having = next((at for at, column in enumerate(answer.columns) if column.id == "having"), None)
    out = io.StringIO()
    russian = words.lang == "ru"
    writer = csv.writer(out, delimiter=";" if russian else ",", lineterminator="\r\n")
    writer.writerow([words(column.title) for column in answer.columns])
    for row in answer.rows:
        way = "" if having is None else str(row[having])
        writer.writerow(
            [
                _cell(cell, f"{cell}|{way}", {} if column.kind == "month" else labels, comma=russian)
                for column, cell in zip(answer.columns, row, strict=True)
            ]
        )
    return "\ufeff" + out.getvalue()


FORMS = ("csv", "svg", "png", "html", "vl.json")
"""What an answer can be written as: a table, pictures, a page, a Vega-Lite specification."""
CHART_SCALE = 2.0
"""Pixels of a PNG for each CSS pixel."""


def answer_file(
    answer: Answer, value: Map, words: Words, form: str, *, theme: ThemeName = "light", about: str = ""
) -> bytes:
    """An answer as a file: a table (csv), a picture (svg, png, html) or its specification (vl.json). Raises TR-S006 for another format."""
    from tropa.layout.charts import chart
    from tropa.render.html import chart_html
    from tropa.render.png import png
    from tropa.render.svg import svg
    from tropa.render.vega import vega_lite
    from tropa.trail.measures import declaration

    if form not in FORMS:
        raise TropaError("TR-S006", suffix=form, near=near_miss(form, list(FORMS)), known=", ".join(FORMS))
    if form == "csv":
        return answer_csv(answer, value, words).encode()
    picture, labels = declaration(answer.measure).picture, labels_of(answer, value, words)
    if form == "vl.json":
        return vega_lite(answer, picture, labels, words).encode()
    told = " · ".join(filter(None, [say(value.title, words.lang), _place(answer, value, words), about]))
    page = chart(answer, picture, labels, words, about=told)
    if form == "html":
        return chart_html(page, words).encode()
    return svg(page, theme).encode() if form == "svg" else png(page, CHART_SCALE, theme)


def form_of(name: str) -> str:
    """The form that a file's name asks for. Raises TR-S006 for another one."""
    form = next((form for form in FORMS if name.lower().endswith(f".{form}")), None)
    if form is None:
        suffix = name.lower().rpartition(".")[2]
        raise TropaError("TR-S006", suffix=suffix, near=near_miss(suffix, list(FORMS)), known=", ".join(FORMS))
    return form


def answer_drawing(answer: Answer, value: Map, words: Words, width: float) -> str | None:
    """The picture alone as an SVG element, as wide as said, in the page's own colours (`var(--trail)` …); None where there is none.

    Marks that tell a row are stops of the keyboard (`data-tip`, `aria-label`).
    """
    from tropa.layout.charts import bare_chart
    from tropa.render.svg import Manner, svg_sheet
    from tropa.trail.measures import declaration

    picture = declaration(answer.measure).picture
    if not answer.rows or picture.kind == "table":
        return None
    page = bare_chart(answer, picture, labels_of(answer, value, words), words, width)
    return svg_sheet(
        page, Manner(lambda role: "none" if role == "none" else f"var(--{role})", interactive=True, prefix="a")
    )


def _place(answer: Answer, value: Map, words: Words) -> str:
    """The stage that an answer is about, where it is about one."""
    stage = next((note.facts["stage"] for note in answer.notes if "stage" in note.facts), "")
    return state_name(str(stage), value, words) if stage else ""


def about_wish(wish: Wish, value: Map, words: Words) -> str:
    """A filter in words; empty for everybody."""
    parts = [
        segment_name(wish.segment, value, words) if wish.segment else "",
        words.or_own(f"channel-{wish.channel}", wish.channel) if wish.channel else "",
        words("measure-from", day=wish.start) if wish.start else "",
        words("measure-to", day=wish.end) if wish.end else "",
        words("measure-as-of", day=wish.as_of) if wish.as_of else "",
        words("measure-where", rule=wish.where) if wish.where else "",
        words("measure-scope-sessions") if wish.scope == "sessions" and (wish.channel or wish.where) else "",
    ]
    return ", ".join(filter(None, parts))


def _cell(cell: Cell, reason: str, labels: Mapping[str, str], *, comma: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        text = labels.get(reason) or labels.get(cell) or cell
        return f"'{text}" if text.startswith(_RISKY) else text
    text = repr(cell) if isinstance(cell, float) else str(cell)
    return text.replace(".", ",") if comma else text
