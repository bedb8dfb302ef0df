"""Funnels: in order, strictly and in any order, with exclusions, windows of steps, and groups side by side (R-23, R-26, R-29)."""

from __future__ import annotations

from math import ceil
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shops import HOUR, log, logs, shop_map

from tropa.model import TropaError
from tropa.model.measure import Answer
from tropa.model.rules import Segment, SegmentRule
from tropa.trail import prepare
from tropa.trail.answers import find_answers
from tropa.trail.filters import Filter, choose
from tropa.trail.kernels.any_order import naive_in_any_order
from tropa.trail.kernels.funnels import EXCLUDED, UNSEEN, naive_in_order
from tropa.trail.measures import Asked, ask, attempts
from tropa.trail.tape import Tape

VALUE = shop_map()
BOUND = {"see": ("see", "see2"), "buy": ("enter", "pay", "send")}
PATHS = (
    ("see", "pick", "buy"), ("see", "see"), ("point:at-see2", "event:pay", "use"), ("see", "event:see", "buy"),
    ("event:see", "event:noise", "event:pay"),
)  # fmt: skip


def asked_of(tape: Tape, wish: Filter | None = None, value: Any = VALUE) -> Asked:
    ready = prepare(tape, value)
    return Asked.of(choose(ready, find_answers(ready), wish or Filter()))


def events_named(name: str) -> tuple[str, ...]:
    """The events of the little shop that a state stands for."""
    kind, _, bare = name.rpartition(":")
    return (bare.removeprefix("at-"),) if kind in ("event", "point") else BOUND.get(bare, (bare,))


def happenings(
    tape: Tape, c: int, names: tuple[str, ...], without: tuple[str, ...], level: str
) -> list[tuple[int, int]]:
    """One customer's events as the twins want them; `level` empty: all that are something, else what a strict funnel sees."""
    out: list[tuple[int, int]] = []
    last: Any = None
    for i in range(int(tape.offsets[c]), int(tape.offsets[c + 1])):
        name = tape.event.names[tape.event.codes[i]]
        bits = sum(1 << k for k, one in enumerate(names) if name in events_named(one))
        if not bits and any(name in events_named(one) for one in without):
            bits = EXCLUDED
        stage = next((key for key, known in BOUND.items() if name in known), name)
        state = {"events": name, "stages": stage, "touchpoints": name}.get(level, "")
        if level and bits != EXCLUDED and (level != "events" and name in ("noise", "cancel")):
            continue
        if level and bits != EXCLUDED and (state, bits) == last:
            continue
        last = None if bits == EXCLUDED else (state, bits)
        if bits or level:
            out.append((int(tape.time[i]), bits))
    return out


def column(answer: Answer, name: str) -> list[Any]:
    return list(answer.column(name))


@settings(max_examples=150, deadline=None)
@given(
    logs(), st.integers(1, 200), st.sampled_from(PATHS), st.sampled_from(["ordered", "strict", "any-order"]), st.booleans(),
    st.sampled_from([(), ("pick",), ("event:noise",), ("use", "event:noise")]),
    st.sampled_from(["", "stages", "touchpoints", "events"]), st.sampled_from([attempts.BLOCK, 5]),
)  # fmt: skip
def test_funnels_as_trying_every_way_finds_them(
    tape: Tape,
    hours: int,
    names: tuple[str, ...],
    order: str,
    each: bool,
    without: tuple[str, ...],
    level: str,
    block: int,
) -> None:
    """R-23: best attempts and their times, whatever the order, window and exclusions; an event is never two steps of one attempt."""
    each = each and order != "any-order"
    asked = asked_of(tape)
    raw: dict[str, Any] = {"path": names, "window": f"{hours}h", "order": order, "per": "step" if each else "funnel"}
    raw |= {"without": without, "level": level or None}
    present = set(tape.event.names)
    if set(without) & set(names) or not all(present & set(events_named(one)) for one in (*names, *without)):
        with pytest.raises(TropaError, match=r"TR-T3(05|41)"):
            ask("funnel", asked, raw)
        return
    kinds = {name.rpartition(":")[0] for name in names}
    finest = "events" if "event" in kinds else "touchpoints" if "point" in kinds else "stages"
    seen = (level or finest) if order == "strict" else ""
    until, window, found = asked.ready.passes.observed_until, hours * HOUR, []
    for c in range(len(tape.customers)):
        mine = happenings(tape, c, names, without, seen)
        if order == "any-order":
            found.append(naive_in_any_order(mine, window, until, len(names)))
        else:
            found.append(naive_in_order(mine, window, each, until, len(names), bool(seen)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(attempts, "BLOCK", block)
        answer = ask("funnel", asked, raw)
    counts = [sum(1 for size, _ in found if size > k) for k in range(len(names))]
    assert sum(note.facts["n"] for note in answer.notes) == sum(1 for size, _ in found if size == UNSEEN)
    if not counts[0]:
        assert answer.cannot_tell is not None
        return
    assert column(answer, "customers") == counts
    assert all(
        low <= share <= high
        for share, low, high in zip(*(column(answer, one) for one in ("share", "low", "high")), strict=True)
    )
    for since, median in ((-1, "median"), (0, "total")):
        for k in range(1, len(names)):
            took = sorted(when[k] - when[k - 1 if since else 0] for size, when in found if size > k)
            told = column(answer, median)[k]
            assert told == (took[ceil(len(took) / 2) - 1] / 1e6 if took else None)


def test_an_excluded_event_ends_the_attempt_and_another_may_follow() -> None:
    """R-23: what was taken before counts, what comes after needs a beginning of its own."""
    tape = log(("a", 0, "see"), ("a", 1, "pick"), ("a", 2, "noise"), ("a", 3, "pay"), ("b", 0, "see"), ("b", 1, "noise"),
               ("b", 2, "see"), ("b", 3, "pick"), ("b", 4, "pay"), ("z", 200, "see"))  # fmt: skip
    plain = ask("funnel", asked_of(tape), {"path": "see,pick,buy", "window": "1d"})
    assert column(plain, "customers") == [2, 2, 2]
    without = ask("funnel", asked_of(tape), {"path": "see,pick,buy", "window": "1d", "without": "event:noise"})
    assert column(without, "customers") == [2, 2, 1]


def test_groups_beside_everybody() -> None:
    """R-29: every group's figures are those of a filter for it; channels are the first ones."""
    value = VALUE.model_copy(
        update={"segments": (Segment(id="web", title="web", rule=SegmentRule(first_channel="web")),)}
    )
    rows = [(who, k * 3.0, name) for who in "abcdefgh" for k, name in enumerate(("see", "pick", "pay")) if (who, name) not in
            {("a", "pay"), ("b", "pick"), ("b", "pay"), ("e", "pay")}]  # fmt: skip
    tape = log(*rows, ("z", 300, "see"), channels=[*("web" if row[0] in "abc" else "ads" for row in rows), None])
    for split, names in (("segments", ("segment:web",)), ("channels", ("channel:ads", "channel:web"))):
        beside = ask("funnel", asked_of(tape, value=value), {"split": split, "path": "see,pick,buy"})
        groups = column(beside, "group")
        assert list(dict.fromkeys(groups)) == ["mark:everybody", *names]
        for group in names:
            wish = Filter(segment="web") if group == "segment:web" else Filter(channel=group.partition(":")[2])
            alone = ask("funnel", asked_of(tape, wish, value), {"path": "see,pick,buy"})
            mine = [row[1:] for row in beside.rows if row[0] == group]
            assert mine == list(alone.rows)


def test_a_period_counts_its_own_passes() -> None:
    """R-23: of a period only events of passes that began in it are steps."""
    tape = log(
        ("a", 0, "see"),
        ("a", 1, "noise"),
        ("a", 100, "see"),
        ("a", 101, "noise"),
        ("a", 102, "pick"),
        ("z", 300, "see"),
    )
    raw = {"path": "see,event:noise,pick", "order": "strict", "level": "events"}
    assert column(ask("funnel", asked_of(tape, Filter(end=50 * HOUR)), raw), "customers") == [1, 1, 0]
    assert column(ask("funnel", asked_of(tape, Filter(start=50 * HOUR, end=150 * HOUR)), raw), "customers") == [1, 1, 1]


def test_questions_that_make_no_sense_are_answered_with_what_to_do() -> None:
    """R-23: TR-T341, TR-T342."""
    asked = asked_of(log(("a", 0, "see"), ("a", 1, "pick"), ("a", 2, "pay")))
    with pytest.raises(TropaError, match="TR-T341"):
        ask("funnel", asked, {"path": "see,pick,buy", "without": "pick"})
    with pytest.raises(TropaError, match="TR-T342"):
        ask("funnel", asked, {"order": "any-order", "per": "step"})


def test_a_customer_with_very_many_events() -> None:
    """R-26: as much work as there are events, whatever the window; the same answer as for the first few."""
    size = 60_000
    names = ["see", "pick", "noise"]
    tape = log(*[("a", k / 100, names[k % 3]) for k in range(size)], ("a", size / 100, "pay"), ("z", 4_000, "see"))
    asked = asked_of(tape)
    for order, level, expected in (
        ("ordered", None, [1, 1, 1]), ("any-order", None, [1, 1, 1]), ("strict", "stages", [1, 1, 1]), ("strict", "events", [1, 1, 0]),
    ):  # fmt: skip
        answer = ask("funnel", asked, {"path": "see,pick,buy", "order": order, "window": "100d", "level": level})
        assert column(answer, "customers") == expected
