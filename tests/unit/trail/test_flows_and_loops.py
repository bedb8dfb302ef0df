"""Flows by step and loops: every kernel against its twin, flows that are conserved, planted loops (R-26)."""

from __future__ import annotations

from math import ceil
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shops import HOUR, log, logs, shop_map
from test_funnels import asked_of, column

from tropa.model import TropaError
from tropa.model.measure import Answer
from tropa.stats.contrast import difference, independence
from tropa.trail.filters import Filter
from tropa.trail.kernels.cycles import keys_of, naive_loops, spelled
from tropa.trail.kernels.flows import naive_flows
from tropa.trail.kernels.sequences import naive_step_times, naive_units
from tropa.trail.measures import Asked, ask
from tropa.trail.measures.states import LEVELS, States, Walks, with_states
from tropa.trail.rounds import run
from tropa.trail.tape import Tape

VALUE = shop_map()
levels = st.sampled_from(LEVELS)


def walks_of(asked: Asked, level: str, collapse: bool) -> tuple[States, Any, Any]:
    """The states, the marks that passes end in, and the passes in plain Python."""
    found: list[States] = []
    view = Walks(asked, level)

    def keep(states: States) -> int:
        found.append(states)
        return 0

    run(with_states(asked.frame, lambda _part: view, level, keep), [asked])
    code = view.states(0, len(asked.ready.tape.customers), found[0])
    tape = asked.ready.tape
    return (
        found[0],
        view.closing(found[0])[asked.ready.passes.status],
        naive_units(tape.offsets, tape.time, code, view.begins, collapse),
    )


def cells(answer: Answer, *names: str) -> list[tuple[Any, ...]]:
    return list(zip(*(column(answer, name) for name in names), strict=True))


@settings(max_examples=100, deadline=None)
@given(logs(), levels, st.booleans(), st.integers(0, 5), st.integers(0, 3), st.integers(1, 12), st.data())
def test_flows_as_the_twin_counts_them(
    tape: Tape, level: str, repeats: bool, after: int, before: int, most: int, data: st.DataObject
) -> None:
    """R-26: from the beginning, around a state, or up to it; the rarest states of a step are one."""
    asked = asked_of(tape)
    states, closing, units = walks_of(asked, level, not repeats)
    around = data.draw(st.sampled_from([None, *states.names]))
    anchor = None if around is None else states.names.index(around)
    back, width = (0, after + 1) if around is None else (before, before + 1 + after)
    raw = {"level": level, "repeats": repeats, "around": around, "before": before, "after": after, "states": most}
    found = ask("sankey", asked, raw)
    label, nodes = (1, states.nodes) if around is None else (-before, states.nodes)
    expected = naive_flows(units, closing, len(states.names), width, anchor, back)
    told = {(k, a, b): n for k, a, b, n in cells(found, "step", "from", "to", "passes")}
    if most == 12 and len(states.names) <= 12:
        assert told == {(k + label, nodes[a], nodes[b]): n for (k, a, b), n in expected.items()}
    for k in range(width - 1):
        assert sum(n for (at, _, _), n in told.items() if at == k + label) == sum(
            n for (at, _, _), n in expected.items() if at == k
        )
    for at in {k for k, _, _ in told}:
        assert len({a for k, a, _ in told if k == at and not a.startswith("mark:")}) <= most
    flows_are_conserved(told, label, width)
    for share, low, high in cells(found, "onward", "onward_low", "onward_high"):
        assert low <= share <= high


def flows_are_conserved(told: dict[tuple[int, str, str], int], label: int, width: int) -> None:
    """What comes into a state at a step goes out of it, but at the first step and the last; nothing comes out of an end."""
    for k in range(label + 1, label + width - 1):
        for name in {a for at, a, _ in told if at == k} | {b for at, _, b in told if at == k - 1}:
            into = sum(n for (at, _, b), n in told.items() if (at, b) == (k - 1, name))
            out = sum(n for (at, a, _), n in told.items() if (at, a) == (k, name))
            if name in ("mark:left", "mark:deal", "mark:open"):
                assert out == 0
            elif name == "mark:start":
                assert into == 0
            else:
                assert into == out


@settings(max_examples=60, deadline=None)
@given(logs(), levels, st.booleans(), st.integers(1, 6), st.integers(0, 4), st.data())
def test_times_of_steps_as_the_twin_finds_them(
    tape: Tape, level: str, repeats: bool, after: int, before: int, data: st.DataObject
) -> None:
    """R-26: how long it is from the beginning, or to and from a state, to every state at its step: exact quartiles."""
    asked = asked_of(tape)
    states, _, units = walks_of(asked, level, not repeats)
    around = data.draw(st.sampled_from([None, *states.names]))
    anchor = None if around is None else states.names.index(around)
    back, width = (0, after) if around is None else (before, before + 1 + after)
    expected = naive_step_times(units, width, anchor, back)
    raw = {"level": level, "repeats": repeats, "after": after, "before": before, "around": around, "times": True}
    found = ask("steps", asked, raw)
    label = 1 if around is None else -back
    told = {
        (k, s): row
        for k, s, *row in cells(found, "step", "state", "passes", "q25", "median", "q75")
        if row[2] is not None
    }
    assert told == {
        (k + label, states.nodes[s]): [
            len(took),
            *(sorted(took)[ceil(part * len(took)) - 1] / 1e6 for part in (0.25, 0.5, 0.75)),
        ]
        for (s, k), took in expected.items()
    }


def test_what_stands_before_a_state_outlives_repeats_just_before_it() -> None:
    """R-26: pick, pick, pick and noise right before the anchor are one stay; the two stays before it are still told."""
    tape = log(*[("a", k, name) for k, name in enumerate(("see", "enter", "pick", "pick", "noise", "pick", "use"))])
    asked = asked_of(tape, value=shop_map(deal=False))
    found = ask("steps", asked, {"level": "stages", "around": "use", "before": 3, "after": 1})
    told = {(k, s) for k, s in cells(found, "step", "state")}
    assert told >= {(-3, "stage:see"), (-2, "stage:buy"), (-1, "stage:pick"), (0, "stage:use")}
    two = ask("steps", asked, {"level": "stages", "around": "use", "before": 2, "after": 1})
    assert {(k, s) for k, s in cells(two, "step", "state")} >= {(-2, "stage:buy"), (-1, "stage:pick")}


@settings(max_examples=100, deadline=None)
@given(logs(), levels, st.sampled_from(["all", "repeat", "return", "ping-pong", "cycle"]), st.integers(1, 25))
def test_loops_as_the_twin_finds_them(tape: Tape, level: str, kind: str, most: int) -> None:
    """R-26: occurrences, passes, customers, times, and finished passes with a loop and without it."""
    asked = asked_of(tape)
    states, _, units = walks_of(asked, level, collapse=False)
    passes = asked.ready.passes
    expected = {
        (f"loop:{name[0]}", " > ".join(states.names[s] for s in name[1])): one
        for name, one in naive_loops(units, passes.status, passes.deal).items()
        if kind in ("all", name[0])
    }
    found = ask("loops", asked, {"level": level, "kind": kind, "rows": most})
    told = {(row[0], row[1]): row[2:] for row in cells(found, "kind", "path", "passes", "times", "customers", "median",
            "deal_on", "deal_all", "plain_on", "plain_all", "whole")}  # fmt: skip
    for one in {name for name, _ in expected}:
        size = sum(1 for name, _ in expected if name == one)
        assert sum(1 for name, _ in told if name == one) == min(size, most)
    for name, row in told.items():
        one = expected[name]
        with_it, without = ([len(one.sides.get((side, gone), ())) for gone in (0, 1)] for side in (0, 1))
        median = sorted(one.lengths)[(len(one.lengths) + 1) // 2 - 1] / 1e6
        assert row[:4] == (len(one.units), one.times, len(one.people), median)
        assert row[4:8] == (with_it[1], sum(with_it), without[1], sum(without))
        assert row[8] == sum(1 for _, mine in units if mine)


@given(st.integers(2, 12), st.data())
def test_keys_of_loops_are_all_different(size: int, data: st.DataObject) -> None:
    """R-26: every key means a loop of its own."""
    one, other = (data.draw(st.integers(0, keys_of(size) - 1)) for _ in range(2))
    assert (spelled(one, size) == spelled(other, size)) == (one == other)


def test_a_circle_is_one_however_it_is_entered_and_counts_once_a_round() -> None:
    """R-26: see → pick → use → see, twice round, is two rounds of one circle; each way back is a return."""
    ring = ("see", "pick", "use")
    tape = log(
        *[("a", k, ring[k % 3]) for k in range(7)], *[("b", k, ring[(k + 1) % 3]) for k in range(4)], ("z", 90, "see")
    )
    found = ask("loops", asked_of(tape, value=shop_map(deal=False)), {"level": "stages"})
    rows = cells(found, "kind", "path", "passes", "times", "median")
    assert ("loop:cycle", "stage:see > stage:pick > stage:use > stage:see", 2, 3, 3 * 3600.0) in rows
    assert ("loop:return", "stage:use > stage:see", 1, 2, 3 * 3600.0) in rows


def test_a_planted_loop_costs_deals() -> None:
    """R-26: passes that go back and forth rarely buy; the difference is told with its interval, and is beyond chance."""
    rows: list[tuple[str, float, str]] = []
    for k in range(240):
        buys = k % 20 == 1 if k % 2 else k % 3 > 0
        way = ["see", "pick", *(["see", "pick"] if k % 2 else []), *(["pay"] if buys else [])]
        rows += [(f"c{k}", hour * 2.0, step) for hour, step in enumerate(way)]
    found = ask("loops", asked_of(log(*rows, ("z", 300, "see"))), {"level": "stages", "kind": "ping-pong"})
    path, deal, plain, high, chance = cells(found, "path", "deal_share", "plain_share", "difference_high", "chance")[0]
    assert path == "stage:see > stage:pick > stage:see"
    assert deal < 0.15 < 0.5 < plain
    assert high < 0 < 0.001 > chance
    assert found.notes[0].message == "measure-note-loops"


@settings(max_examples=60, deadline=None)
@given(logs(), st.integers(10, 230), st.sampled_from(["ordered", "strict", "any-order"]))
def test_funnels_of_two_periods_are_those_of_their_filters(tape: Tape, days: int, order: str) -> None:
    """R-10: both sides as a filter for them would tell, and the difference of just these counts."""
    cut = days * HOUR // (24 * HOUR)
    asked = asked_of(tape)
    first, second = f"..1970-01-{cut + 1:02d}", f"1970-01-{cut + 2:02d}.."
    raw = {"order": order, "window": "9h"}
    found = ask("funnel-difference", asked, {**raw, "first": first, "second": second})
    edge = (cut + 1) * 24 * HOUR
    sides = [ask("funnel", asked_of(tape, wish), raw) for wish in (Filter(end=edge), Filter(start=edge))]
    if found.cannot_tell is not None:
        assert all(side.cannot_tell is not None for side in sides)
        return
    for name, side in zip(("one_n", "other_n"), sides, strict=True):
        told = column(found, name)
        assert told == (column(side, "customers") if side.rows else [0] * len(told))
    for k, row in enumerate(
        cells(found, "one_n", "one_whole", "other_n", "other_whole", "difference", "difference_low", "difference_high")
    ):
        x, n, y, m, *gap = row
        assert gap == (list(difference(y, m, x, n)) if k and n and m else [None] * 3)


def test_differences_are_adjusted_over_all_that_was_tried() -> None:
    """R-10: a planted drop between two channels is found, the same steps before it are not; both groups named twice is no question."""
    rows = []
    for k in range(400):
        buys = k % 4 == 0 if k % 2 == 0 else k % 8 == 5
        way = ["see", "pick", *(["pay"] if buys else [])]
        rows += [(f"c{k}", hour * 1.0, step) for hour, step in enumerate(way)]
    tape = log(*rows, ("z", 300, "see"), channels=[*("web" if int(row[0][1:]) % 2 else "ads" for row in rows), None])
    found = ask("funnel-difference", asked_of(tape), {"path": "see,pick,buy", "first": "ads", "second": "channel:web"})
    (_, _, _), (_, near, _), (gap, p, onward) = cells(found, "difference", "chance", "onward_chance")
    a, n, b, m = cells(found, "one_n", "one_whole", "other_n", "other_whole")[2]
    assert near == 1.0
    assert gap == b / m - a / n < -0.1
    assert independence(a, n - a, b, m - b) < p == onward < 0.01
    assert found.notes[0].facts == {"n": 3, "found": 2}
    with pytest.raises(TropaError, match="TR-T344"):
        ask("funnel-difference", asked_of(tape), {"first": "ads", "second": "channel:ads"})
    for wrong in ("adz", "2026-01-01..soon", "2026-02-01..2026-01-01", ".."):
        with pytest.raises(TropaError, match="TR-T343"):
            ask("funnel-difference", asked_of(tape), {"first": wrong})
