"""The content of a picture as rows of text: for screen readers, and to be read without the picture."""

from __future__ import annotations

from tropa.layout import figures
from tropa.layout.content import Content
from tropa.layout.rivals import comparison_table
from tropa.layout.scene import Table
from tropa.model import CannotTell, EvidenceState, Map, Rate, Readings, Satisfaction, StageReading, Times, say
from tropa.words import Words


def reading_tables(value: Map, readings: Readings | None, found: Content, words: Words) -> tuple[Table, ...]:
    """The figures of every stage, the breaks, and all statements."""
    out = []
    if readings is not None:
        out.append(_stages(value, readings, words))
        if readings.breaks:
            out.append(_breaks(value, readings, words))
    out.append(_statements(found, words))
    if (rivals := comparison_table(value, words)) is not None:
        out.append(rivals)
    return tuple(out)


def _stages(value: Map, readings: Readings, words: Words) -> Table:
    head = tuple(
        words(f"picture-column-{name}")
        for name in ("stage", "entrants", "conversion", "time", "exits", "open", "satisfaction")
    )
    rows = tuple(
        _stage_row(stage, say(value.stage(stage.id).title, words.lang), words)
        for stage in readings.stages
        if any(stage.id == known.id for known in value.stages)
    )
    return Table(words("picture-table-stages"), head, rows)


def _stage_row(stage: StageReading, title: str, words: Words) -> tuple[str, ...]:
    if not stage.observed:
        return (title, words("picture-cannot-not-observed"), "—", "—", "—", "—", "—")
    rate, times, score = stage.conversion, stage.time_to_next, stage.satisfaction
    return (
        title,
        words.integer(stage.entrants),
        figures.rate_text(words, rate) if isinstance(rate, Rate) else figures.cannot_text(words, rate),
        words.duration(times.median_s) if isinstance(times, Times) else "—",
        words.integer(stage.exits),
        words.integer(stage.open),
        figures.satisfaction_text(words, score) if isinstance(score, Satisfaction) else _none(score, words),
    )


def _none(score: CannotTell | Satisfaction, words: Words) -> str:
    return figures.cannot_text(words, score) if isinstance(score, CannotTell) else "—"


def _breaks(value: Map, readings: Readings, words: Words) -> Table:
    head = tuple(
        words(f"picture-column-{name}")
        for name in ("stage", "kind", "left", "loss", "interval", "ceiling", "reference")
    )
    rows = tuple(
        (
            say(value.stage(item.stage).title, words.lang),
            words(f"picture-break-{item.kind}"),
            words.integer(item.passes),
            words.money(item.loss.value, item.loss.currency),
            f"{words.money(item.loss.low, item.loss.currency)} … {words.money(item.loss.high, item.loss.currency)}",
            words.money(item.loss.ceiling, item.loss.currency),
            figures.reference_text(words, item.loss, value),
        )
        for item in sorted(readings.breaks, key=lambda item: item.rank)
    )
    return Table(words("picture-table-breaks"), head, rows)


def _statements(found: Content, words: Words) -> Table:
    """Lanes down, columns across, each statement with the state of its evidence."""
    head = (
        words("picture-column-lane"),
        *(
            f"{say(c.stage.title, words.lang)} — {say(c.point.title, words.lang)}"
            if c.point
            else say(c.stage.title, words.lang)
            for c in found.columns
        ),
    )
    firsts = {found.of(stage)[0].key for stage in {c.stage.id for c in found.columns if c.point is not None}}
    rows = []
    for row in found.rows:
        cells = []
        for column in found.columns:
            own = row.entries.get(column.key, ())
            whole = row.entries.get(column.stage.id, ()) if column.key in firsts else ()
            cells.append(
                "; ".join(_told(entry.text, entry.aside, entry.state, words) for entry in (*whole, *own)) or "—"
            )
        rows.append((row.title, *cells))
    return Table(words("picture-table-statements"), head, tuple(rows))


def _told(text: str, aside: str, state: EvidenceState | None, words: Words) -> str:
    parts = [aside] if aside else []
    if state is not None:
        parts.append(figures.state_word(words, state))
    return f"{text} ({', '.join(parts)})" if parts else text
