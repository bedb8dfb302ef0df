"""Every kernel against its twin in plain Python, on random small logs with ties, voids, branches and open passes (R-23)."""

from __future__ import annotations

from math import ceil
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shops import logs, shop_map

from tropa.model import Map
from tropa.trail import tally as tallying
from tropa.trail.bind import NO_POINT, NO_STAGE, bind, unbound
from tropa.trail.kernels import bind as kb
from tropa.trail.kernels import entries as ke
from tropa.trail.kernels import lengths as kl
from tropa.trail.kernels import points as kp
from tropa.trail.kernels import tally as kt
from tropa.trail.kernels.passes import NEVER, naive_walk
from tropa.trail.kernels.points import naive_touch
from tropa.trail.passes import Passes
from tropa.trail.prepare import Prepared, prepare
from tropa.trail.rounds import Near
from tropa.trail.stages import touch
from tropa.trail.tally import tally
from tropa.trail.tape import NO_VALUE, Tape

MAPS = {
    "line": shop_map(),
    "branches": shop_map(branches=True),
    "no-deal": shop_map(deal=False),
}
maps = st.sampled_from(sorted(MAPS)).map(MAPS.__getitem__)


def plain_passes(ready: Prepared) -> list[dict[str, Any]]:
    """The passes of the twin."""
    tape, bound = ready.tape, ready.bound
    worth = {int(e): int(v) for e, v in zip(bound.deals.event, bound.deals.value, strict=True) if v != NO_VALUE}
    return naive_walk(
        tape.offsets,
        tape.time,
        bound.stage,
        bound.flags,
        ready.limits.silence,
        ready.limits.settle,
        ready.passes.observed_until,
        int(tape.time.min()),
        worth,
    )


def as_plain(passes: Passes) -> list[dict[str, Any]]:
    """Passes of the kernel in the shape of the twin's."""
    out = []
    for i in range(len(passes)):
        visits = slice(int(passes.visits_from[i]), int(passes.visits_from[i + 1]))
        deal = int(passes.deal[i])
        stages = passes.visit_stage[visits].tolist()
        times = passes.visit_time[visits].tolist()
        assert passes.last_stage[i] == stages[-1]
        out.append(
            {
                "customer": int(passes.customer[i]),
                "start": int(passes.start[i]),
                "end": int(passes.end[i]),
                "status": int(passes.status[i]),
                "deal": None if deal == NEVER else deal,
                "value": int(passes.value[i]),
                "left_truncated": bool(passes.left_truncated[i]),
                "visits": list(zip(stages, times, strict=True)),
                "first_event": int(passes.first_event[i]),
            }
        )
    return out


@settings(max_examples=80, deadline=None)
@given(logs(), maps)
def test_deals_as_the_twin_makes_them(tape: Tape, value: Map) -> None:
    """R-21, R-22: lines of an order are one deal, cancelled orders are none."""
    bound = bind(tape, value)
    by_name = {"pay": kb.DEAL, "cancel": kb.VOID}
    flags = [by_name.get(tape.event.names[code], 0) if bound.deal_stage >= 0 else 0 for code in tape.event.codes]
    before = {"see", "see2", "pick", "shop", "web", "enter", "pay"} if bound.deal_stage >= 0 else set()
    known = {"see", "see2", "enter", "pay", "send", "use"} | set(bound.stages)
    for i, code in enumerate(tape.event.codes):
        name = tape.event.names[code]
        flags[i] |= kb.BEFORE if name in before and name in known else 0
    deals, left = kb.naive_make_deals(tape.offsets, tape.time, flags, tape.order, tape.value, NO_VALUE)
    kept = [(event, worth) for event, worth, void in deals if not void]
    assert list(zip(bound.deals.event.tolist(), bound.deals.value.tolist(), strict=True)) == kept
    assert bound.deals.void == len(deals) - len(kept)
    if "pay" in tape.event.names:  # without a deal in the log nothing is before it
        assert bound.flags.tolist() == left


@settings(max_examples=80, deadline=None)
@given(logs(), maps)
def test_passes_as_the_twin_finds_them(tape: Tape, value: Map) -> None:
    """R-23: passes and visits."""
    ready = prepare(tape, value)
    assert as_plain(ready.passes) == plain_passes(ready)


@settings(max_examples=80, deadline=None)
@given(logs(), maps)
def test_stages_as_the_twin_counts_them(tape: Tape, value: Map) -> None:
    """R-23: entrants, conversions, times, exits, returns, skips, flows."""
    ready = prepare(tape, value)
    t, size = ready.tables, len(ready.bound.stages)
    plain = kt.naive_tally(
        plain_passes(ready), t.later, t.window, t.deal_window, t.until, t.deal_until, t.to_deal.tolist()
    )
    found = tally(ready, ready.everybody)
    counts = {(int(r), int(s)): int(found.counts[r, s]) for r, s in np.argwhere(found.counts)}
    total = found.buckets.sum(axis=0)
    counts.update({(100 + int(r), int(s)): int(total[r, s]) for r, s in np.argwhere(total)})
    assert counts == plain["counts"]
    flows = {(int(a), int(b)): int(found.flows[0, a, b]) for a, b in np.argwhere(found.flows[0])}
    assert flows == {pair: len(who) for pair, who in plain["flows"].items()}
    assert {pair: int(found.flows[1][pair]) for pair in flows} == {p: len(set(w)) for p, w in plain["flows"].items()}
    assert set(found.times) == set(plain["times"])
    for key, lengths in plain["times"].items():
        shares = (0.25, 0.5, 0.75) if key < size else (0.5,)
        expected = tuple(sorted(lengths)[max(ceil(share * len(lengths)) - 1, 0)] for share in shares)
        assert found.times[key] == (len(lengths), expected)
    assert size * 13 == found.counts.size


@settings(max_examples=80, deadline=None)
@given(logs(), maps)
def test_touchpoints_as_the_twin_counts_them(tape: Tape, value: Map) -> None:
    """R-23: the same by touchpoint."""
    ready = prepare(tape, value)
    passes, t = plain_passes(ready), ready.tables
    of_customer = [
        [i for i in range(int(a), int(b)) if ready.bound.stage[i] != NO_STAGE]
        for a, b in zip(tape.offsets, tape.offsets[1:], strict=False)
    ]
    starts = [one["first_event"] for one in passes] + [tape.events]
    mine = [
        [i for i in of_customer[one["customer"]] if one["first_event"] <= i < starts[at + 1]]
        for at, one in enumerate(passes)
    ]
    stage_of = [ready.bound.stages.index(stage) for stage, _ in ready.bound.points]
    plain = naive_touch(
        passes, mine, tape.time, ready.bound.stage, ready.bound.point, stage_of,
        t.later, t.window, t.deal_window, t.until, t.deal_until, t.to_deal,
    )  # fmt: skip
    counts, buckets = touch(ready, ready.everybody)
    found = {(int(r), int(k)): int(counts[r, k]) for r, k in np.argwhere(counts)}
    total = buckets.sum(axis=0)
    found.update({(100 + int(r), int(k)): int(total[r, k]) for r, k in np.argwhere(total)})
    assert found == plain
    assert counts.shape[0] == kp.DEAL_ASKED + 1


@settings(max_examples=50, deadline=None)
@given(logs(), maps)
def test_unbound_events_as_the_twin_counts_them(tape: Tape, value: Map) -> None:
    """R-22: unbound events are listed by volume; events that make or void deals are used."""
    bound = bind(tape, value)
    used = bound.flags & (kb.DEAL | kb.VOID)
    plain = kb.naive_count_names(tape.offsets, tape.event.codes, bound.stage, NO_STAGE, used)
    found = {tape.event.names.index(one.event): (one.events, one.customers) for one in unbound(tape, bound)}
    assert found == plain
    volumes = [one.events for one in unbound(tape, bound)]
    assert volumes == sorted(volumes, reverse=True)


@settings(max_examples=50, deadline=None)
@given(logs())
def test_look_up_as_the_twin_does(tape: Tape) -> None:
    """R-22: tables by event and channel."""
    rng = np.random.default_rng(7)
    shape = (len(tape.event.names), len(tape.channel.names))
    stages, flags = rng.integers(0, 5, shape).astype(np.uint8), rng.integers(0, 4, shape).astype(np.uint8)
    points = rng.integers(0, 9, shape).astype(np.uint16)
    event, channel = tape.event.codes.astype(np.uint32), tape.channel.codes.astype(np.uint32)
    out = np.empty(tape.events, np.uint8), np.empty(tape.events, np.uint16), np.empty(tape.events, np.uint8)
    pairs = np.zeros(shape, np.int64)
    kb.look_up(event, channel, stages, points, flags, *out, pairs)
    assert pairs.sum() == tape.events
    found = [tuple(int(part[i]) for part in out) for i in range(tape.events)]
    assert found == kb.naive_look_up(event, channel, stages, points, flags)


@settings(deadline=None)
@given(st.lists(st.integers(0, 60), min_size=6, max_size=6), st.integers(0, 70))
def test_places_between_edges(edges: list[int], length: int) -> None:
    """The search tree says how many edges lie at or below a length."""
    rooms = np.array([sorted(edges)] * 2, dtype=np.int64)
    tree, _ = tallying._edges(np.concatenate([rooms, rooms]), 2)
    assert kt.place_in(tree, 1, length) == sum(edge <= length for edge in edges)


@settings(deadline=None)
@given(st.integers(0, 2**40), st.sampled_from([0, 2, 4]))
def test_bins_rise_with_the_length(length: int, fine: int) -> None:
    """A longer time never lies in an earlier bin, and the kernel agrees with its twin."""
    assert kl.bin_of(length, fine) == kl.naive_bin_of(length, fine)
    assert kl.bin_of(length, fine) <= kl.bin_of(length + 1, fine) < (64 - fine + 1) << fine


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 200)), max_size=30), st.sampled_from([0, 2]))
def test_gather_keeps_what_its_twin_keeps(pairs: list[tuple[int, int]], fine: int) -> None:
    """Only the lengths in the wanted bins of their key, in order."""
    wanted = {0: (1, 3, 5), 1: (0, 2, 9)}
    spans = [
        [length for length in range(400) if kl.naive_bin_of(length, fine) == b] for one in wanted.values() for b in one
    ]
    low, wide = np.array([one[0] for one in spans]), np.array([len(one) for one in spans], np.uint64)
    keys, lengths = (np.array([pair[k] for pair in pairs], dtype=kind) for k, kind in ((0, np.uint16), (1, np.int64)))
    near, whole = Near.of(low, wide), (np.uint64(0), np.uint64(len(pairs)))
    near.add(len(pairs), kl.gather, *whole, keys, lengths, np.uint64(0))
    kept = list(zip(*(column.tolist() for column in near.found), strict=True))
    assert kept == kl.naive_gather(keys, lengths, wanted, fine)


@settings(deadline=None)
@given(st.lists(st.integers(0, 5), min_size=1, max_size=12).filter(any))
def test_ranks_lie_in_their_bins(counts: list[int]) -> None:
    """Every rank of a key, one after the other: the bin is that of the sorted values."""
    values = [b for b, n in enumerate(counts) for _ in range(n)]
    ranks, keys = np.arange(len(values))[None], np.array([1])
    bins, within = np.empty_like(ranks), np.empty_like(ranks)
    kl.find_ranks(np.array([[0] * len(counts), counts]), keys, ranks, bins, within)
    assert bins[0].tolist() == values
    assert within[0].tolist() == [at - values.index(b) for at, b in enumerate(values)]


@settings(deadline=None)
@given(st.integers(0, 2**31))
def test_bucket_of_a_customer(customer: int) -> None:
    """The hash of the kernels is splitmix64."""
    assert ke.bucket_of(customer) == ke.naive_bucket_of(customer)


def random_tape() -> Tape:
    """900 events of 60 customers within 60 days."""
    from tropa.trail.archive.build import tape_from_columns

    rng = np.random.default_rng(3)
    who = [f"c{k}" for k in rng.integers(0, 60, 900)]
    names = [["see", "pick", "enter", "pay", "use"][k] for k in rng.integers(0, 5, 900)]
    return tape_from_columns(who, rng.integers(0, 60 * 86_400_000_000, 900), names)


@pytest.mark.parametrize("spread", [4.5, 0.0])
def test_a_sample_changes_nothing(spread: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-23: quantiles are exact wherever a sample looks for them; where it looks in vain, another round finds them."""
    ready = prepare(random_tape(), shop_map())
    whole = tally(ready, ready.everybody)
    rounds = []
    monkeypatch.setattr(tallying, "SAMPLE", 200)
    monkeypatch.setattr(tallying, "SPREAD", spread)
    times_of = tallying._times
    monkeypatch.setattr(tallying, "_times", lambda *args: rounds.append(times_of(*args)) or rounds[-1])
    sampled = tally(ready, ready.everybody)
    assert sampled.times == whole.times
    assert (sampled.counts == whole.counts).all()
    assert len(rounds) == (1 if spread else 2)
    assert not rounds[-1][1]


@pytest.mark.parametrize("count", [1, 3])
def test_slices_change_nothing(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """One thread or several: the same numbers."""
    from tropa.trail import slices

    tape = random_tape()
    whole = prepare(tape, shop_map())
    monkeypatch.setattr(slices, "SMALL", 10 if count > 1 else 10**9)
    monkeypatch.setattr(tallying, "SMALL", 10 if count > 1 else 10**9)
    monkeypatch.setattr("os.cpu_count", lambda: count)
    parted = prepare(tape, shop_map())
    assert as_plain(whole.passes) == as_plain(parted.passes)
    a, b = tally(whole, whole.everybody), tally(parted, parted.everybody)
    assert (a.counts == b.counts).all()
    assert (a.buckets == b.buckets).all()
    assert a.times == b.times
    assert NO_POINT == 65_535
