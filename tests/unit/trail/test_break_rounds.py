"""Breaks of a log in parts are those of the whole log (R-24, R-63)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from dealt import asked_of, numbered, part_of, sent
from hypothesis import given, settings
from hypothesis import strategies as st
from shops import HOUR, log, logs, shop_map

from tropa.model import Limits, Persona, Readings, Segment, SegmentRule
from tropa.trail import histories, prepare
from tropa.trail.break_rounds import break_rounds
from tropa.trail.breaks import breaks
from tropa.trail.filters import Filter, passes_to_price
from tropa.trail.loops import common_horizon
from tropa.trail.measure import readings_of
from tropa.trail.measures import Asked
from tropa.trail.parts import prepare_part
from tropa.trail.reading_rounds import reading_rounds
from tropa.trail.rounds import run
from tropa.trail.tape import NO_VALUE, Tape

SEGMENTS = (
    Segment(id="busy", title="busy", rule=SegmentRule(has={"channel": "site"})),
    Segment(id="app", title="app", rule=SegmentRule(first_channel="app")),
)
PERSONAS = (Persona(id="ann", title="Ann", segment="busy"), Persona(id="bob", title="Bob", segment="app"))
VALUE = shop_map(segments=SEGMENTS)
PEOPLED = shop_map(segments=SEGMENTS, personas=PERSONAS)
PROPOSED = VALUE.model_copy(update={"limits": Limits()})
ONCE = VALUE.model_copy(update={"bought_again": False})


def dealt(tape: Tape, value: Any, deal: list[int], wish: Filter) -> tuple[Asked, list[Asked]]:
    """The whole log, and its customers dealt out to parts."""
    ready = prepare(tape, value)
    every = range(max(deal) + 1)
    parts = [prepare_part(part_of(tape, [c for c, one in enumerate(deal) if one == k]), ready) for k in every]
    return asked_of(ready, wish), [asked_of(part, wish) for part in parts]


@settings(max_examples=15, deadline=None)
@given(
    logs(), st.sampled_from([VALUE, PEOPLED, PROPOSED, ONCE]), st.sampled_from([None, None, "busy"]),
    st.sampled_from([None, None, 20 * HOUR]), st.sampled_from([None, None, 150 * HOUR]), st.data(),
)  # fmt: skip
def test_parts_do_not_change_breaks(
    tape: Tape, value: Any, segment: str | None, start: int | None, end: int | None, data: st.DataObject
) -> None:
    """R-63: whatever parts the customers are dealt out to, and however these are cut: losses, references, intervals, ranks."""
    tape, wish = numbered(tape), Filter(segment=segment, start=start, end=end)
    deal = data.draw(st.lists(st.integers(0, 2), min_size=len(tape.customers), max_size=len(tape.customers)))
    whole, parts = dealt(tape, value, deal, wish)
    mine, horizon = passes_to_price(whole.ready, whole.customers), common_horizon(whole.ready)
    expected = breaks(
        tape, whole.ready.whole.bound, mine, value, horizon=horizon, sensitivity=False, replicates=12, seed=5
    )
    first = break_rounds(whole.frame, horizon, lambda priced: priced, replicates=12, seed=5)
    assert run(sent(first), parts, data.draw(st.integers(1, 3))) == expected


def shop(customers: int) -> Tape:
    """A shop in which those from the site leave twice as often, and half of the buyers come again."""
    rng = np.random.default_rng(4)
    rows: list[tuple[str, int, str, str, int | None]] = []
    for who in range(customers):
        at, channel = int(rng.integers(0, 900)), ("site", "app", "")[who % 3]
        for _ in range(int(rng.integers(1, 4))):
            stop = rng.random() < (0.5 if channel == "site" else 0.25)
            for event in ("see", "pick") if stop else ("see", "pick", "pay", "use"):
                rows.append((f"c{who}", at, event, channel, int(rng.integers(5, 90)) if event == "pay" else None))
                at += int(rng.integers(0, 4))
            at += int(rng.integers(30, 400))
    told = [row[:3] for row in rows]
    money = np.array([NO_VALUE if row[4] is None else 100 * row[4] for row in rows])
    return numbered(log(*told, channels=[row[3] for row in rows], values=money))


def test_readings_with_breaks_are_those_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """R-24, R-63: a shop with a persona, of whose customers some are drawn for their histories: everything as told on one machine."""
    monkeypatch.setattr(histories, "MOST", 60)
    tape = shop(150)
    whole, parts = dealt(tape, PEOPLED, [who % 3 for who in range(len(tape.customers))], Filter())
    expected = readings_of(whole.ready, whole.answers, whole.customers)
    found = run(sent(reading_rounds(whole.frame, tape.events, Filter(), breaks=True)), parts, 2)
    assert isinstance(found, Readings)
    assert found == expected
    assert {one.kind for one in found.breaks} == {"exit", "loop"}
    assert found.breaks[0].loss.value > 0
    assert found.all_together is not None
