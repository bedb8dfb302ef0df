"""Two groups or two periods of one trail side by side, as a result for a notebook (R-10, R-61)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tropa.model import Map, Readings, say
from tropa.model.diff import Difference
from tropa.model.measure import Cell, ColumnKind
from tropa.render.changes import difference_parts
from tropa.service.answering import View, Wish, chosen_of
from tropa.service.asking import about_wish
from tropa.service.comparing import differences
from tropa.service.looking import readings_on
from tropa.service.showing import Field, Result
from tropa.words import Words


def contrast(view: View, first: Wish, second: Wish, words: Words) -> Result[tuple[Difference, ...]]:
    """Conversion, time to the next stage and satisfaction of every stage, with intervals and significance (Benjamini–Hochberg)."""
    one, other = (readings_on(view, wish, breaks=False) for wish in (first, second))
    chosen = [np.asarray(chosen_of(view, wish).customers) != 0 for wish in (first, second)]
    alike = np.array_equal(chosen[0], chosen[1])
    sides = Sides(one, other, alike, bool((chosen[0] & chosen[1]).any()))
    return contrasted(view.ready.map, sides, first, second, words)


@dataclass(frozen=True)
class Sides:
    """Readings of two groups; whether these are the same customers, and whether some are in both."""

    one: Readings
    other: Readings
    alike: bool
    overlapping: bool


def contrasted(value: Map, sides: Sides, first: Wish, second: Wish, words: Words) -> Result[tuple[Difference, ...]]:
    """The same from readings that were taken, wherever that was."""
    same = sides.alike and (first.start, first.end) == (second.start, second.end)
    found = differences(sides.one, sides.other, chance=not same)
    names = {one.id: say(one.title, words.lang, one.id) for one in value.stages}
    columns: tuple[tuple[str, str, ColumnKind, bool], ...] = (
        ("stage", "table-stage", "text", False), ("figure", "diff-head-figure", "text", False),
        ("before", "diff-head-before", "text", False), ("after", "diff-head-after", "text", False),
        ("gap", "diff-head-gap", "text", False), ("verdict", "diff-head-verdict", "text", False),
        ("value", "diff-head-gap", "number", True), ("low", "result-from", "number", True), ("high", "result-to", "number", True),
        ("p", "diff-head-chance", "chance", True), ("q", "diff-head-corrected", "chance", True),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for gap in found:
        told = difference_parts(gap, words)
        figure = words(f"diff-measure-{gap.measure}")
        rows.append((names[gap.stage], figure, *told, gap.value, gap.low, gap.high, gap.p, gap.q))
    titles = [about_wish(wish, value, words) or words("diff-everybody") for wish in (first, second)]
    notes = [words(f"diff-note-{'same' if same else 'corrected'}")]
    if not same and sides.overlapping:
        notes.append(words("diff-note-overlapping"))
    fields = tuple(Field(name, words(title), kind, aside) for name, title, kind, aside in columns)
    title = words("diff-figures", before=titles[0], after=titles[1])
    return Result(found, title, fields, tuple(rows), words, notes=tuple(notes))
