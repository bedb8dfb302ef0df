"""Tables of a map's figures: stages, breaks, loop. The same rows serve slides and Markdown."""

from __future__ import annotations

from tropa.layout.rivals import comparison_table
from tropa.layout.scene import Table
from tropa.model import CannotTell, Map, Rate, Readings, StageReading, Times, say
from tropa.render import phrases
from tropa.words import Words


def figure_tables(value: Map, readings: Readings | None, words: Words) -> tuple[Table, ...]:
    """Tables with everything measured: figures by stage, breaks by price, the loop; and the comparison with competitors."""
    found = []
    if readings is not None:
        found = [stage_table(value, readings, words), break_table(value, readings, words), loop_table(readings, words)]
    rivals = comparison_table(value, words)
    return tuple(table for table in (*found, rivals) if table is not None and table.rows)


def stage_table(value: Map, readings: Readings, words: Words) -> Table:
    """A row for each stage: passes, conversion with its parts and interval, times, exits, returns, score."""
    head = tuple(
        words(f"text-head-{name}")
        for name in ("stage", "entrants", "goes-on", "of", "to-next", "left", "open", "score")
    )
    rows = []
    for stage in value.stages:
        reading = readings.stage(stage.id)
        title = say(stage.title, words.lang)
        if stage.deal is not None:
            title = words("text-deal-stage", stage=title)
        rows.append((title, *_stage_cells(reading, words)))
    return Table(words("text-table-stages"), head, tuple(rows))


def _stage_cells(reading: StageReading | None, words: Words) -> tuple[str, ...]:
    if reading is None or not reading.observed:
        score = phrases.DASH if reading is None else phrases.score_full(words, reading.satisfaction)
        return (words("text-not-observed"), *[phrases.DASH] * 5, score)
    return (
        words.integer(reading.entrants),
        phrases.rate(words, reading.conversion),
        phrases.parts(words, reading.conversion),
        phrases.times(words, reading.time_to_next),
        words.integer(reading.exits),
        words.integer(reading.open),
        phrases.score_full(words, reading.satisfaction),
    )


def break_table(value: Map, readings: Readings, words: Words) -> Table:
    """A row for each break, dearest first: price, interval, share that leaves, reference, ceiling."""
    kind = readings.breaks[0].loss.kind if readings.breaks else "revenue"
    head = tuple(
        words(f"text-head-{name}")
        for name in ("rank", "where", f"price-{kind}", "between", "leave", "reference", "ceiling")
    )
    rows = tuple(
        (
            phrases.rank(words, item),
            phrases.place(words, value, item),
            phrases.price(words, item.loss),
            phrases.price_range(words, item.loss) or phrases.DASH,
            phrases.rate(words, item.rate),
            phrases.reference(words, value, item),
            phrases.price(words, item.loss, item.loss.ceiling),
        )
        for item in sorted(readings.breaks, key=lambda item: item.rank)
    )
    return Table(words("text-table-breaks"), head, rows)


def loop_table(readings: Readings, words: Words) -> Table:
    """What is known of customers who come again."""
    loop = readings.loop
    rows: list[tuple[str, str]] = []
    if isinstance(loop.repeat_rate, Rate):
        rows.append((words("reading-repeat_rate"), phrases.rate(words, loop.repeat_rate)))
        rows.append((words("text-repeat-parts"), phrases.parts(words, loop.repeat_rate)))
    if loop.repeat_curve is not None:
        low, high = loop.repeat_curve_low, loop.repeat_curve_high
        shown = words.percent(loop.repeat_curve)
        if low is not None and high is not None:
            shown = phrases.share_between(words, loop.repeat_curve, low, high)
        rows.append((words("text-repeat-curve"), shown))
    if isinstance(loop.interval, Times):
        rows.append((words("reading-repeat_interval"), phrases.quartiles(words, loop.interval)))
    if isinstance(readings.sales_cycle, Times):
        rows.append((words("reading-sales_cycle"), phrases.quartiles(words, readings.sales_cycle)))
    if loop.buyers:
        rows.append((words("text-buyers"), words.integer(loop.buyers)))
        if not isinstance(loop.repeat_rate, CannotTell):
            rows.append((words("text-buyers-again"), words.integer(loop.buyers_again)))
    return Table(words("text-table-loop"), (words("text-head-reading"), words("text-head-value")), tuple(rows))
