"""The value of a state (R-24): the renewal chain against plain recursions."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tropa.stats import value as v
from tropa.stats.value import BACK, BOUGHT, FIRST, Chances, Counts

SOON = (np.arange(9) <= 6).astype(float)
"""Whoever comes again within six bins of nine comes soon."""


def chain(seed: int, stages: int = 3, bins: int = 12) -> Chances:
    """A random chain of one segment, leading axis 1."""
    rng = np.random.default_rng(seed)
    rows = rng.dirichlet(np.ones(stages + 2), size=(1, 3, stages))
    rows[..., :stages] *= np.triu(np.ones((stages, stages)), 1)  # no circles: easy to walk by hand
    rows /= rows.sum(axis=-1, keepdims=True)

    def delays(most: int) -> np.ndarray:
        out = np.zeros((1, 3, bins))
        out[..., :most] = rng.dirichlet(np.ones(most), size=(1, 3))
        return out

    def returns(shape: tuple[int, ...]) -> np.ndarray:
        out = np.zeros((*shape, bins))
        out[..., 1:8] = rng.dirichlet(np.ones(7), size=shape) * rng.uniform(0.1, 0.7, size=(*shape, 1))
        return out

    return Chances(
        start=rng.dirichlet(np.ones(stages), size=(1, 3)),
        move=rows[..., :stages],
        deal=rows[..., stages],
        leave=rows[..., stages + 1],
        worth=rng.uniform(50, 150, size=(1, 3)),
        deal_after=delays(2),
        exit_after=delays(3),
        again_deal=returns((1, 3)),
        again_exit=returns((1, 3, stages)),
        starts=rng.uniform(0, 10, size=(1, 3, bins)),
    )


def pass_ends(one: Chances, kind: int) -> tuple[float, list[float]]:
    """Chance of a deal and of leaving at each stage, by following every way."""
    stages = one.leave.shape[-1]
    left = [0.0] * stages
    deal = 0.0

    def walk(stage: int, chance: float) -> None:
        nonlocal deal
        deal += chance * one.deal[0, kind, stage]
        left[stage] += chance * one.leave[0, kind, stage]
        for other in range(stages):
            if one.move[0, kind, stage, other] > 0:
                walk(other, chance * one.move[0, kind, stage, other])

    for stage in range(stages):
        walk(stage, float(one.start[0, kind, stage]))
    return deal, left


def worth_by_room(one: Chances, bins: int) -> np.ndarray:
    """Money of a pass and of all that follow it by kind and bins left after its start, by the plain definition."""
    out = np.zeros((3, bins))
    shares = [pass_ends(one, kind) for kind in range(3)]
    for left in range(bins):
        for kind in (BOUGHT, BACK, FIRST):
            deal, leaving = shares[kind]
            then = BOUGHT if kind == BOUGHT else BACK
            total = 0.0
            for after in range(left + 1):
                total += deal * one.deal_after[0, kind, after] * one.worth[0, kind]
                for wait in range(1, left + 1 - after):
                    rest = left - after - wait
                    total += deal * one.deal_after[0, kind, after] * one.again_deal[0, kind, wait] * out[BOUGHT, rest]
                    for stage, gone in enumerate(leaving):
                        total += (
                            gone
                            * one.exit_after[0, kind, after]
                            * one.again_exit[0, kind, stage, wait]
                            * out[then, rest]
                        )
            out[kind, left] = total
    return out


def flows(one: Chances, first: np.ndarray) -> np.ndarray:
    """Passes that begin in each bin by kind when only first passes are given, forwards through time."""
    bins = len(first)
    out = np.zeros((3, bins))
    out[FIRST] = first
    shares = [pass_ends(one, kind) for kind in range(3)]
    for at in range(bins):
        for kind, (deal, leaving) in enumerate(shares):
            for after in range(bins - at):
                for wait in range(1, bins - at - after):
                    then = at + after + wait
                    share = out[kind, at]
                    out[BOUGHT, then] += share * deal * one.deal_after[0, kind, after] * one.again_deal[0, kind, wait]
                    for stage, gone in enumerate(leaving):
                        back = gone * one.exit_after[0, kind, after] * one.again_exit[0, kind, stage, wait]
                        out[BOUGHT if kind == BOUGHT else BACK, then] += share * back
    return out


def difference(one: Chances, other: Chances, first: np.ndarray) -> float:
    """Money that the customers whose first passes these are bring in the other world, less what they bring in the one."""
    bins = len(first)
    gain = worth_by_room(other, bins)[FIRST] - worth_by_room(one, bins)[FIRST]
    return float((first * gain[::-1]).sum())


def changed(one: Chances, stage: int, factor: float) -> Chances:
    """The chain with leaving at a stage made rarer, by hand."""
    leave, move, deal = one.leave.copy(), one.move.copy(), one.deal.copy()
    leave[..., stage] *= factor
    on = (1 - leave[..., stage]) / (1 - one.leave[..., stage])
    move[..., stage, :] *= on[..., None]
    deal[..., stage] *= on
    return replace(one, leave=leave, move=move, deal=deal)


@pytest.mark.parametrize("seed", range(4))
def test_gain_is_the_difference_of_two_worlds(seed: int) -> None:
    """R-24: what the formula adds over the passes seen is exactly money with the change less money without it."""
    one = chain(seed, bins=9)
    first = np.arange(9, dtype=float)[::-1] + 1
    one = replace(one, starts=flows(one, first)[None])
    other = changed(one, 1, 0.4)
    factor = np.ones((1, 1, 3, 3))
    factor[..., 1] = 0.4
    expected = difference(one, other, first)
    found = v.gains(one, factor, np.ones((1, 1, 3)), SOON)
    assert found[0, 0] == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("seed", range(3))
def test_gain_of_the_loop(seed: int) -> None:
    """R-24: the loop is priced alike: more buyers come again, at the times at which they come now."""
    one = chain(seed + 50, bins=9)
    first = np.ones(9)
    one = replace(one, starts=flows(one, first)[None])
    come = one.again_deal[..., :7].sum(axis=-1)
    wanted = 1 - (1 - come) * 0.7
    oftener = np.minimum(wanted / come, 1 / one.again_deal.sum(axis=-1))  # soon or late, once at most
    other = replace(one, again_deal=one.again_deal * oftener[..., None])
    expected = difference(one, other, first)
    found = v.gains(one, np.ones((1, 1, 3, 3)), np.full((1, 1, 3), 0.7), SOON)
    assert found[0, 0] == pytest.approx(expected, rel=1e-6)


def test_few_who_come_late_are_no_crowd() -> None:
    """R-24: of four buyers of a stratum who came, three came late by chance: those who are kept wait as all do, and nobody comes twice."""
    came, gone = np.zeros((1, 3, 12)), np.zeros((1, 3, 12))
    came[0, FIRST, 2], came[0, FIRST, 9], gone[0, FIRST, 11] = 95.0, 5.0, 100.0
    came[0, BACK, 2], came[0, BACK, 9], gone[0, BACK, 11] = 1.0, 3.0, 36.0
    waits = v._repeats(came, gone)[0]
    late = waits[:, 7:].sum(axis=-1) / waits.sum(axis=-1)
    assert late[FIRST] == pytest.approx(0.05, abs=0.02)
    assert late[BACK] < 0.2  # counted alone: three of four
    assert waits[BACK].sum() == pytest.approx(0.1, abs=0.03)
    one = chain(57, bins=12)
    one = replace(one, starts=np.ones_like(one.starts), again_deal=one.again_deal / one.again_deal.sum(-1)[..., None])
    still = np.ones((1, 1, 3, 3))
    nobody = v.gains(one, still, np.zeros((1, 1, 3)), np.repeat([1.0, 0.0], [3, 9]))
    assert nobody == pytest.approx(0)  # everybody comes already, if only late: not one comes more


def test_few_buyers_walk_as_buyers_do() -> None:
    """R-24: a segment with few buyers is drawn to buyers, not to newcomers, of whom there are many more."""
    shape = {"flow": (1, 6, 2, 3), "starts": (1, 6, 4), "money": (1, 6, 2), "reach": (1, 6, 1, 2)}
    shape |= {f"{name}_{part}": (1, 6, 4) for name in ("deal", "exit") for part in ("delay", "room")}
    shape |= {f"{name}_deal": (1, 6, 4) for name in ("again", "gone")} | {
        f"{name}_exit": (1, 6, 1, 4) for name in ("again", "gone")
    }
    counts = Counts(**{name: np.zeros(size) for name, size in shape.items()})
    counts.flow[0, :, 1, 0] = 1.0  # everybody begins at the only stage
    counts.flow[0, [FIRST, 3 + FIRST], 0] = [0.0, 100.0, 900.0]  # a newcomer of ten buys
    counts.flow[0, BOUGHT, 0] = [0.0, 90.0, 10.0]  # of those who know the shop nine
    counts.flow[0, 3 + BOUGHT, 0] = [0.0, 4.0, 1.0]
    counts.money[0, [FIRST, BOUGHT]] = [[10_000.0, 100.0], [9_000.0, 90.0]]
    counts.money[0, [3 + FIRST, 3 + BOUGHT]] = [[1_000.0, 100.0], [50.0, 5.0]]  # a segment that pays a tenth
    worth = v.estimate(counts).worth[0]
    assert worth[[FIRST, BOUGHT]] == pytest.approx(100, rel=0.03)
    assert worth[[3 + FIRST, 3 + BACK, 3 + BOUGHT]] == pytest.approx([10, 11.5, 11.5], abs=1.5)
    deal = v.estimate(counts).deal[0, :, 0]
    assert deal[FIRST] == pytest.approx(0.1, abs=0.01)
    assert deal[BOUGHT] == pytest.approx(0.9, abs=0.02)
    assert deal[3 + BOUGHT] == pytest.approx(0.84, abs=0.03)
    assert deal[BACK] == pytest.approx(0.13, abs=0.03)  # nobody is known to be back: as all


def test_rare_comers_stay_rare() -> None:
    """R-24: where few of a stratum come again, they are told to wait as all do, but not to come as often as all do."""
    came, gone = np.zeros((1, 2, 20)), np.zeros((1, 2, 20))
    came[0, 0] = 25.0  # half of a thousand come
    gone[0, :, 19] = 500.0, 40.0  # of forty nobody
    often, rare = v._returns(came, gone, 1)[0].sum(axis=-1)
    assert often == pytest.approx(0.5, abs=0.01)
    assert rare < 0.02
    came[0, 1, :] = 2.0  # all come alike: forty of eighty, told with the same waits
    often, alike = v._returns(came, gone, 1)[0]
    assert alike.sum() == pytest.approx(0.5, abs=0.01)
    assert np.allclose(alike, often, atol=2e-3)


@given(st.floats(0.0, 10.0), st.integers(0, 2**32 - 1))
@settings(max_examples=25, deadline=None)
def test_waits_that_end_within_the_horizon(horizon: float, seed: int) -> None:
    """R-24: a wait told in whole bins lasts what its two ends, lying evenly in their bins, say: drawn in place of derived."""
    soon = v.within(12, horizon)
    assert (np.diff(soon) <= 1e-12).all()
    begin, end = np.sort(np.random.default_rng(seed).uniform(0, 40, (2, 400_000)), axis=0)
    bins = end.astype(int) - begin.astype(int)
    for wait in (int(horizon), int(horizon) + 1):
        mine = bins == wait
        assert soon[wait] == pytest.approx((end - begin <= horizon)[mine].mean(), abs=0.03)


def test_ceiling_follows_the_chain_as_it_is() -> None:
    """R-24: the value of those who left, each counted once: what their own pass adds, followed by the world as it is."""
    one = replace(chain(7, bins=9), starts=np.zeros((1, 3, 9)))
    one.starts[0, FIRST, 0] = 10  # all begin in the first bin, so 8 bins are left
    nobody = np.ones((1, 1, 3, 3))
    nobody[..., 1] = 0.0
    only_first = np.where(np.arange(3)[:, None] == FIRST, nobody, 1.0)
    still = np.ones((1, 1, 3))
    expected = difference(one, only_first_changed(one), np.array([10.0, 0, 0, 0, 0, 0, 0, 0, 0]))
    assert v.gains(one, nobody, still, SOON, then="now")[0, 0] == pytest.approx(expected, rel=1e-6)
    assert v.gains(one, only_first, still, SOON)[0, 0] == pytest.approx(expected, rel=1e-6)
    assert v.gains(one, np.ones((1, 1, 3, 3)), still, SOON)[0, 0] == pytest.approx(0)


def only_first_changed(one: Chances) -> Chances:
    """The chain where nobody leaves at stage 1 on a first pass, and later passes are as they were."""
    other = changed(one, 1, 0.0)
    first = (np.arange(3) == FIRST)[:, None]
    return replace(
        one,
        leave=np.where(first, other.leave, one.leave),
        deal=np.where(first, other.deal, one.deal),
        move=np.where(first[..., None], other.move, one.move),
    )


def test_ends_follow_every_way() -> None:
    """R-24: the absorbing chain's ends are those of walking every way by hand; together they are certain."""
    one = chain(3)
    deal, leave = v.ends(one, np.ones((3, 3)))
    for kind in range(3):
        by_hand = pass_ends(one, kind)
        assert deal[0, kind] == pytest.approx(by_hand[0], rel=1e-6)
        assert leave[0, kind] == pytest.approx(np.array(by_hand[1]), rel=1e-6)
        assert deal[0, kind] + leave[0, kind].sum() == pytest.approx(1, rel=1e-6)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0.01, 0.99), st.floats(0.1, 100)), min_size=1, max_size=6),
    st.floats(0, 1),
)
def test_fair_factors(strata: list[tuple[float, float]], factor: float) -> None:
    """R-24: the common rate falls to the reference; nobody gets worse and nobody better than the reference is touched."""
    rates = np.array([rate for rate, _ in strata])
    weights = np.array([weight for _, weight in strata])
    down = v.fair_factors(rates, weights, np.asarray(factor))
    overall = (rates * weights).sum() / weights.sum()
    assert (rates * down * weights).sum() / weights.sum() == pytest.approx(overall * factor, rel=1e-6, abs=1e-9)
    assert ((down >= 0) & (down <= 1 + 1e-12)).all()
    assert (down[rates < overall * factor - 1e-9] == 1).all()


def test_delays_cut_by_the_end_of_the_log() -> None:
    """R-23: long delays are seen only from early starts; the product-limit estimate does not take them for rare."""
    rng = np.random.default_rng(5)
    start = rng.integers(0, 10, 20_000)
    delay = rng.choice([0, 2, 6], p=[0.3, 0.3, 0.4], size=20_000)
    seen = start + delay < 10
    count = np.bincount(delay[seen], minlength=10).astype(float)
    room = np.bincount(9 - start[seen], minlength=10).astype(float)
    found = v._right_truncated(count, room)
    assert found[[0, 2, 6]] == pytest.approx([0.3, 0.3, 0.4], abs=0.02)
    assert found.sum() == pytest.approx(1)


def test_returns_are_kaplan_meier() -> None:
    """R-27: those who have not come yet are censored, not lost."""
    came = np.array([[[0.0, 4, 2, 0]]])
    gone = np.array([[[0.0, 2, 0, 8]]])
    plain = v._returns(came * 1e6, gone * 1e6, 1)[0, 0]  # many cases: nothing is drawn to the average
    assert plain == pytest.approx([0, 4 / 16, 12 / 16 * 2 / 10, 0], rel=1e-4)


def test_thin_strata_take_the_average() -> None:
    """R-65: a stratum that has seen nobody takes everybody's chances; nothing becomes NaN."""
    flow = np.zeros((1, 3, 3, 4))
    flow[0, 0] = [[0, 60, 0, 40], [0, 0, 50, 50], [100, 0, 0, 0]]
    zeros = np.zeros((1, 3, 5))
    counts = Counts(
        flow=flow, starts=zeros, deal_delay=zeros, deal_room=zeros, exit_delay=zeros, exit_room=zeros, again_deal=zeros,
        gone_deal=zeros, again_exit=np.zeros((1, 3, 2, 5)), gone_exit=np.zeros((1, 3, 2, 5)), money=np.zeros((1, 3, 2)),
        reach=np.zeros((1, 3, 2, 2)),
    )  # fmt: skip
    found = v.estimate(counts)
    assert found.leave[0, 1] == pytest.approx([0.4, 0.5])
    for name in Chances.__dataclass_fields__:
        assert np.isfinite(getattr(found, name)).all(), name
