"""A trail seen through a map, without a desk: answers, readings and breaks as results for a notebook (R-61)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from tropa.model import Break, EventCount, Map, Rate, Readings, Satisfaction, Times, say
from tropa.model.measure import Answer, Cell, ColumnKind
from tropa.service.answering import View, Wish, chosen_of
from tropa.service.asking import about_wish, answer_file, ask_view, break_of, cannot_words
from tropa.service.importing import ImportOutcome
from tropa.service.naming import labels_of, words_beside
from tropa.service.showing import Field, Result
from tropa.words import Words

if TYPE_CHECKING:
    from tropa.events.contract import ReadPlan
    from tropa.trail.tape import Tape


def look(view: View, name: str, raw: Mapping[str, Any], wish: Wish, words: Words) -> Result[Answer]:
    """Asks a measure. Raises TR-T301…TR-T306 with the near miss."""
    return shown(ask_view(view, name, raw, wish), view.ready.map, wish, words)


def shown(answer: Answer, value: Map, wish: Wish, words: Words) -> Result[Answer]:
    """An answer that shows itself, with the filter told in its title."""
    about = about_wish(wish, value, words)
    labels = labels_of(answer, value, words)
    notes = [words(note.message, **note.told(labels)) for note in answer.notes]
    if answer.cannot_tell is not None:
        notes.insert(0, cannot_words(answer.cannot_tell, words))
    notes += words_beside(answer, labels, words)
    notes += [words("picture-quoted", text=quote) for quote in answer.quotes]
    fields = tuple(Field(one.id, words(one.title), one.kind, one.aside) for one in answer.columns)
    return Result(
        value=answer,
        title=" · ".join(filter(None, [words(f"measure-{answer.measure}"), about])),
        fields=fields,
        rows=answer.rows,
        words=words,
        labels=labels,
        notes=tuple(notes),
        picture=lambda: answer_file(answer, value, words, "svg", about=about).decode(),
    )


def readings_on(view: View, wish: Wish, *, breaks: bool) -> Readings:
    """The readings of a view. Breaks are the dearest question."""
    from tropa.trail.measure import readings_of

    found = chosen_of(view, wish)
    return readings_of(found.ready, found.answers, found.customers, segment=wish.segment, breaks=breaks)


def reasons(
    view: View, stage: str | None, kind: str, raw: Mapping[str, Any], wish: Wish, words: Words
) -> Result[Answer]:
    """What sets apart those who left. Without a stage: that which most leave at. Raises TR-T306 for a break that is not there."""
    if stage is not None:
        found = break_of(readings_on(view, wish, breaks=True), stage, kind)
        raw = {**raw, "break": f"{found.stage}/{found.kind}"}
    return look(view, "reasons", raw, wish, words)


def stages(value: Map, readings: Readings, words: Words, today: date) -> Result[Readings]:
    """Every stage with its figures, and the map drawn with them as of `today`."""
    columns: tuple[tuple[str, str, ColumnKind, bool], ...] = (
        ("stage", "table-stage", "state", False), ("entrants", "table-passes", "count", False),
        ("customers", "table-customers", "count", True), ("events", "table-events", "count", True),
        ("conversion", "table-goes-on", "share", False), ("to_deal", "table-to-deal", "share", False),
        ("median", "table-after", "seconds", False), ("left", "table-left", "count", False),
        ("open", "text-head-open", "count", True), ("score", "table-score", "score", False),
    )  # fmt: skip
    rows = tuple(
        (
            one.id, one.entrants, one.customers, one.events, _share(one.conversion), _share(one.to_deal),
            one.time_to_next.median_s if isinstance(one.time_to_next, Times) else None, one.exits, one.open,
            one.satisfaction.mean if isinstance(one.satisfaction, Satisfaction) else None,
        )
        if one.observed
        else (one.id, *[None] * (len(columns) - 1))
        for one in readings.stages
    )  # fmt: skip

    return Result(
        value=readings,
        title=say(value.title, words.lang),
        fields=_fields(columns, words),
        rows=rows,
        words=words,
        labels=_titles(value, words),
        picture=lambda: map_svg(value, readings, words, today),
    )


def map_svg(value: Map, readings: Readings | None, words: Words, today: date) -> str:
    """The map with its readings as an infographic, as of `today`."""
    from tropa.service.drawing import WRITERS, Studio
    from tropa.service.drawing import Wish as Drawing
    from tropa.service.measuring import Measured

    made, _ = WRITERS["svg"](Studio(Measured(value, readings, {}), words), Drawing(today=today))
    return made.decode()


def priced(value: Map, readings: Readings, words: Words) -> Result[tuple[Break, ...]]:
    """Breaks, the dearest first, with the interval of each loss."""
    columns: tuple[tuple[str, str, ColumnKind, bool], ...] = (
        ("rank", "text-head-rank", "count", False), ("stage", "text-head-where", "state", False),
        ("kind", "result-kind", "text", False), ("customers", "table-customers", "count", False),
        ("passes", "table-passes", "count", True), ("rate", "text-head-leave", "share", False),
        ("loss", "table-price", "money", False), ("low", "result-from", "money", False),
        ("high", "result-to", "money", False), ("ceiling", "table-ceiling", "money", True),
        ("reference", "text-head-reference", "share", True),
    )  # fmt: skip
    found = readings.breaks
    rows = tuple(
        (
            one.stage, one.kind, one.customers, one.passes, one.rate.value, one.loss.value, one.loss.low, one.loss.high,
            one.loss.ceiling, one.loss.reference,
        )
        for one in found
    )  # fmt: skip
    title = words("result-breaks", kind=found[0].loss.kind if found else "deals")
    return Result(
        value=found,
        title=title,
        fields=_fields(columns, words),
        rows=tuple((one.rank, *row) for one, row in zip(found, rows, strict=True)),
        words=words,
        labels=_titles(value, words) | {kind: words(f"result-kind-{kind}") for kind in ("exit", "loop")},
        notes=() if found else (words("table-no-breaks"),),
        currency=found[0].loss.currency if found else None,
    )


def volumes(tape: Tape, words: Words) -> Result[tuple[EventCount, ...]]:
    """Event names by how often they occur."""
    from tropa.trail import event_counts

    return listed(event_counts(tape), words)


def listed(found: tuple[EventCount, ...], words: Words) -> Result[tuple[EventCount, ...]]:
    """Event names as a table."""
    columns: tuple[tuple[str, str, ColumnKind, bool], ...] = (
        ("event", "table-event", "text", False), ("events", "table-events", "count", False),
        ("customers", "table-customers", "count", False),
    )  # fmt: skip
    rows = tuple((one.event, one.events, one.customers) for one in found)
    return Result(found, words("result-events"), _fields(columns, words), rows, words)


def imported(outcomes: Sequence[ImportOutcome], words: Words) -> Result[tuple[ImportOutcome, ...]]:
    """What became of each source: events accepted, repeated, in quarantine, and why."""
    columns: tuple[tuple[str, str, ColumnKind, bool], ...] = (
        ("file", "table-file", "text", False), ("accepted", "table-accepted", "count", False),
        ("duplicates", "table-duplicates", "count", False), ("quarantined", "table-quarantined", "count", False),
    )  # fmt: skip
    rows = tuple((one.file, one.accepted, one.duplicates, one.quarantined) for one in outcomes)
    return Result(
        tuple(outcomes), words("result-imported"), _fields(columns, words), rows, words, notes=tuple(_why(outcomes, words))
    )  # fmt: skip


def roles(plans: Sequence[ReadPlan], words: Words) -> Result[tuple[ReadPlan, ...]]:
    """What each column was taken for, and how sure that is (1 where it was said)."""
    columns: tuple[tuple[str, str, ColumnKind, bool], ...] = (
        ("file", "table-file", "text", False), ("column", "table-column", "text", False),
        ("role", "table-role", "text", False), ("sure", "table-confidence", "share", False),
    )  # fmt: skip
    rows = tuple((plan.file.name, one.column, one.role.value, one.sure) for plan in plans for one in plan.roles)
    told = {f"role={row[2]}": words(f"table-role-{row[2].replace('_', '-')}") for row in rows}
    return Result(tuple(plans), words("result-roles"), _fields(columns, words), rows, words, told)


def _why(outcomes: Iterable[ImportOutcome], words: Words) -> Iterable[str]:
    for one in outcomes:
        yield from (words(note.message, **note.facts) for note in one.notes)
        for code, rows in one.reasons.items():
            yield words("result-quarantined", n=rows, code=code, why=words.or_own(f"{code}.short", code))


def _share(rate: object) -> Cell:
    return rate.value if isinstance(rate, Rate) else None


def _titles(value: Map, words: Words) -> dict[str, str]:
    return {one.id: say(one.title, words.lang, one.id) for one in value.stages}


def _fields(columns: Iterable[tuple[str, str, ColumnKind, bool]], words: Words) -> tuple[Field, ...]:
    return tuple(Field(name, words(title), kind, aside) for name, title, kind, aside in columns)
