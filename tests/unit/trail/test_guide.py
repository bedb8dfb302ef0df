"""The worked examples of the definition page are true, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from shops import log, shop_map

from tropa.model import CannotTell, Rate, Readings, Times
from tropa.trail import bind, find_passes, measure, pass_limits, unbound
from tropa.trail.kernels.passes import DONE

DOCS = Path(__file__).resolve().parents[3] / "docs"
PAGES = (DOCS / "guide" / "measures.md", DOCS / "ru" / "measures.md")
EXAMPLE = re.compile(r"```log\n(.*?)```\s*```expect\n(.*?)```", re.DOTALL)
CASES = [
    (page.parent.name, number, *found)
    for page in PAGES
    for number, found in enumerate(EXAMPLE.findall(page.read_text("utf-8")))
]


def said(rate: Rate | CannotTell) -> str:
    if isinstance(rate, CannotTell):
        return rate.cannot_tell
    return f"{rate.numerator}/{rate.denominator} left {rate.left_out}"


def hours(times: Times | CannotTell) -> str:
    return times.cannot_tell if isinstance(times, CannotTell) else f"{times.median_s / 3600:g}h"


def stage_figure(readings: Readings, what: str, name: str) -> str:
    stage = readings.stage(name)
    assert stage is not None
    if what in (
        "entrants",
        "exits",
        "open",
        "skips",
        "returns",
        "repeats",
        "customers",
        "backward_entries",
        "first_seen",
    ):
        return str(getattr(stage, what))
    by_word = {"conversion": said(stage.conversion), "deal": said(stage.to_deal), "time": hours(stage.time_to_next)}
    return by_word[what]


@pytest.mark.parametrize(("language", "number", "lines", "expected"), CASES)
def test_worked_example(language: str, number: int, lines: str, expected: str) -> None:
    """R-23, R-27: each line of `expect` is the figure or counts that the page says."""
    rows = [line.split() for line in lines.strip().splitlines()]
    tape = log(
        *[(row[0], float(row[1]), row[2]) for row in rows], orders=[row[3] if len(row) > 3 else None for row in rows]
    )
    value = shop_map()
    readings = measure(tape, value, breaks=False)
    bound = bind(tape, value)
    passes = find_passes(tape, bound, value, pass_limits(value))
    loop = readings.loop
    general = {
        "deals": str(loop.deals),
        "void": str(loop.deals_void),
        "buyers": str(loop.buyers),
        "again": str(loop.buyers_again),
        "passes": str(readings.scope.passes),
        "done": str(int((passes.status == DONE).sum())),
        "horizon": f"{(loop.horizon_s or 0) / 3600:g}h",
        "repeat": said(loop.repeat_rate),
    }
    free = {one.event: str(one.events) for one in unbound(tape, bound)}
    for line in expected.strip().splitlines():
        what, _, rest = line.partition(" ")
        if what in general:
            assert (line, general[what]) == (line, rest)
        elif what == "unbound":
            name, _, count = rest.partition(" ")
            assert free[name] == count
        else:
            name, _, figure = rest.partition(" ")
            assert (line, stage_figure(readings, what, name)) == (line, figure)


def test_both_pages_have_the_same_examples() -> None:
    """What is shown in one language is shown in the other."""
    english, russian = (EXAMPLE.findall(page.read_text("utf-8")) for page in PAGES)
    assert english == russian
    assert len(english) >= 4
