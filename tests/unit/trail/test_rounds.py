"""Rounds over parts: however the customers are dealt out, and wherever, an answer is the same to the last count (R-63)."""

from __future__ import annotations

from typing import Any

import pytest
from dealt import asked_of, numbered, part_of, sent
from hypothesis import given, settings
from hypothesis import strategies as st
from shops import HOUR, log, logs, shop_map

from tropa.model import Limits, Segment, SegmentRule, TropaError
from tropa.model.measure import Answer
from tropa.trail import prepare
from tropa.trail.filters import Filter
from tropa.trail.measure import readings_of
from tropa.trail.measures import DECLARATIONS, Asked, begin
from tropa.trail.parts import prepare_part
from tropa.trail.reading_rounds import reading_rounds
from tropa.trail.rounds import run
from tropa.trail.tally import SAMPLE
from tropa.trail.tape import Tape

VALUE = shop_map(segments=(Segment(id="busy", title="busy", rule=SegmentRule(has={"channel": "site"})),))
PROPOSED = VALUE.model_copy(update={"limits": Limits()})
"""The same map, its limits proposed from the data."""
SETTINGS: dict[str, list[dict[str, Any]]] = {
    "transitions": [{"level": level, "repeats": True} for level in ("stages", "touchpoints", "events")],
    "steps": [{"level": "events", "around": "see", "times": True}, {}],
    "paths": [{"level": "events", "outcome": "left"}, {"length": 2}],
    "funnel": [
        {"path": "see,buy", "window": "20h"},
        {"path": "point:at-see2,event:pay", "window": "7d", "split": "channels"},
        {"order": "strict", "level": "events", "split": "segments"},
        {"path": "see,pick", "order": "any-order", "without": "event:use"},
    ],
    "sankey": [{"level": "events", "around": "see"}, {"states": 1}],
    "loops": [{"level": "events", "kind": "return", "rows": 2}, {"level": "stages"}],
    "funnel-difference": [
        {"first": "busy", "second": "mark:everybody"},
        {"path": "see,buy", "first": "..1970-01-04", "second": "1970-01-03.."},
    ],
    "retention": [{"by": "visits", "period": "week"}, {"counted": "age"}],
    "repeat-curve": [{"split": "channels", "points": 6}, {"split": "segments"}],
    "sales-cycle": [{"split": "points"}, {"split": "segments", "within": "20h"}],
    "referrals": [{"event": "see2"}, {"column": "channel"}, {"column": "channel", "own": "source"}],
    "ltv": [{"split": "channels", "horizon": "2d", "discount": 10}],
    "channels": [{"goal": "stage:pick", "order": 2}, {"order": 3}],
    "channel-return": [
        {"costs": "site=30", "rule": "decay"},
        {"costs": "site=3, app=2", "move": 1, "move-from": "app", "move-to": "site"},
    ],
    "touchpoints": [{"costs": "at-see=10, at-see2=5"}],
    "reasons": [{"break": "buy/loop"}, {}],
    "themes": [{"themes": "a=b*", "level": "stages"}],
    "sentiment": [{"level": "touchpoints"}],
}


def answers_of(name: str, frame: Asked, parts: list[Asked], raw: dict[str, Any], slices: int | None = None) -> Answer:
    """The answer, every round sent to the parts as it would be sent to another machine."""

    answer: Answer = run(sent(begin(name, frame, raw)), parts, slices)
    return answer


wishes = st.builds(
    Filter,
    segment=st.sampled_from([None, None, "busy"]),
    start=st.sampled_from([None, None, 20 * HOUR]),
    end=st.sampled_from([None, None, 150 * HOUR]),
)


@pytest.mark.parametrize("name", [one.id for one in DECLARATIONS])
@settings(max_examples=40, deadline=None)
@given(logs(), wishes, st.data())
def test_parts_do_not_change_an_answer(name: str, tape: Tape, wish: Filter, data: st.DataObject) -> None:
    """R-63: any number of slices, any dealing of customers to parts with tapes of their own, in any order."""
    tape, value = numbered(tape), data.draw(st.sampled_from([VALUE, PROPOSED]))
    ready = prepare(tape, value)
    whole = asked_of(ready, wish)
    deal = data.draw(st.lists(st.integers(0, 3), min_size=len(tape.customers), max_size=len(tape.customers)))
    order = data.draw(st.permutations(range(len(tape.customers))))
    parts = [
        asked_of(prepare_part(part_of(tape, [c for c in order if deal[c] == k]), ready), wish)
        for k in range(max(deal) + 1)
    ]
    raw = data.draw(st.sampled_from([{}, *SETTINGS.get(name, [])]))
    try:
        expected = run(begin(name, whole.frame, raw), [whole])
    except TropaError as error:
        with pytest.raises(TropaError, match=error.code):
            answers_of(name, whole.frame, parts, raw)
        return
    assert run(begin(name, whole.frame, raw), [whole], data.draw(st.integers(1, 4))) == expected
    assert answers_of(name, whole.frame, parts, raw) == expected


@settings(max_examples=40, deadline=None)
@given(logs(), wishes, st.data())
def test_readings_are_counted_by_parts_too(tape: Tape, wish: Filter, data: st.DataObject) -> None:
    """R-63: stages, touchpoints, flows, satisfaction, the loop: as `readings_of` tells them of the whole."""
    tape = numbered(tape)
    ready = prepare(tape, PROPOSED if data.draw(st.booleans()) else VALUE)
    whole = asked_of(ready, wish)
    expected = readings_of(whole.ready, whole.answers, whole.customers, segment=wish.segment, breaks=False)
    deal = data.draw(st.lists(st.integers(0, 2), min_size=len(tape.customers), max_size=len(tape.customers)))
    parts = [
        asked_of(prepare_part(part_of(tape, [c for c, one in enumerate(deal) if one == k]), ready), wish)
        for k in range(max(deal) + 1)
    ]
    events = data.draw(st.sampled_from([tape.events, 10 * SAMPLE]))  # of a long log lengths of time are sampled first
    assert run(reading_rounds(whole.frame, events, wish), parts, data.draw(st.integers(1, 3))) == expected


def test_a_part_tells_the_facts_of_the_whole() -> None:
    """R-63: a part in which a stage never occurs still counts it as observed, and knows until when the log goes."""
    tape = numbered(log(("a", 0, "see"), ("a", 1, "pay"), ("b", 90, "pick")))
    ready = prepare(tape, VALUE)
    part = prepare_part(part_of(tape, [1]), ready)
    assert part.bound.observed.tolist() == ready.bound.observed.tolist() == [True, True, True, False]
    assert part.passes.observed_until == ready.passes.observed_until
    assert part.passes.log_start == ready.passes.log_start == 0
    assert part.buckets.tolist() == ready.buckets[1:].tolist()
