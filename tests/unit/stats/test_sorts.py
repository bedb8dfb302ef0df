"""Hidden sorts of customers (R-24): planted ones are found, none are made up, and strata stay what they are on average."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tropa.stats import sorts
from tropa.stats.sorts import GRADES, LEVELS, Histories, fit, split
from tropa.stats.value import KINDS, Chances


def people(seed: int, n: int, leave: float, come: float, worth: float) -> Histories:
    """Customers of two sorts at one stage: they come, leave or pay, and come again until they do not; everything is watched to its end."""
    rng = np.random.default_rng(seed)
    keen = np.where(rng.random(n) < 0.5, 1.0, -1.0)
    visits, leaves = np.zeros((n, KINDS, 1)), np.zeros((n, KINDS, 1))
    passes, deals, came, waited, paid = (
        np.zeros(shape) for shape in ((n, KINDS), (n, KINDS), n, (n, LEVELS + 1), (n, 3))
    )
    there, kind = np.arange(n), np.zeros(n, np.int64)
    while len(there):
        passes[there, kind] += 1
        visits[there, kind, 0] += 1
        gone = rng.random(len(there)) < 1 / (1 + np.exp(-(0.0 - keen[there] * leave)))
        leaves[there[gone], kind[gone], 0] += 1
        buys, bought = there[~gone], kind[~gone]
        deals[buys, bought] += 1
        log = 4 + worth * keen[buys] + 0.5 * rng.standard_normal(len(buys))
        paid[buys] += np.stack([np.ones(len(buys)), log - 4, (log - 4) ** 2], axis=1)
        again = rng.random(len(buys)) < 1 / (1 + np.exp(-(-0.2 + come * keen[buys])))
        came[buys[again]] += 1
        waited[buys[~again], LEVELS] += 1
        there, kind = buys[again], np.full(again.sum(), 2)
    return Histories(np.ones(n), np.zeros(n, np.int64), visits, leaves, passes, deals, came, waited, paid)


def told(found: sorts.Sorts) -> list[float]:
    return [float(found.weight @ tilt) for tilt in (found.leave, found.come, found.worth)]


def test_planted_sorts_are_found() -> None:
    """R-24: how much the keen differ is told about right, and whose passes and deals are theirs."""
    found = fit(people(1, 6_000, 0.4, 1.0, 0.3))
    assert told(found) == pytest.approx([0.4, 1.0, 0.3], abs=0.2)
    deals, passes = found.weight @ found.deals[:, 0], found.weight @ found.passes[:, 0]
    assert passes[0] == pytest.approx(0.5, abs=0.03)  # of the first passes half
    assert deals[0] > 0.55
    assert deals[2] > deals[0]


def test_no_sorts_are_made_up() -> None:
    """R-24: customers who are all alike are taken for alike; what they pay says so most surely."""
    found = fit(people(2, 6_000, 0.0, 0.0, 0.0))
    leave, come, worth = told(found)
    assert abs(worth) < 0.05
    assert abs(come) < 0.3
    assert leave < 0.3


def test_segments_are_not_taken_for_sorts() -> None:
    """R-24: one segment comes again and stays far oftener than the other: that is what a column tells, so nothing is hidden."""
    rng = np.random.default_rng(7)
    both = [people(seed, 3_000, 0.0, 0.0, 0.0) for seed in (8, 9)]
    parts = {name: np.concatenate([getattr(one, name) for one in both]) for name in Histories.__dataclass_fields__}
    parts["segment"] = np.repeat([0, 1], 3_000)
    gone = np.flatnonzero((parts["segment"] == 1) & (rng.random(6_000) < 0.9))
    parts["came"][gone], parts["waited"][gone] = 0, 0
    parts["waited"][gone, LEVELS] = parts["deals"][gone].sum(axis=1)
    found = fit(Histories(**parts), 2)
    assert abs(told(found)[2]) < 0.05
    assert abs(told(found)[1]) < 0.6
    coming = np.tensordot(found.weight, found.coming, 1).mean(axis=-1)
    assert coming[0] > coming[1] + 0.2


def test_few_customers_leave_it_to_the_prior() -> None:
    """R-65: of a handful nothing is told: the tilts have no side, nothing is NaN."""
    found = fit(people(3, 5, 0.0, 0.0, 0.0))
    _, come, worth = told(found)
    assert abs(come) < 0.5
    assert abs(worth) < 0.2
    for name in ("weight", "coming", "passes", "deals", "visits"):
        assert np.isfinite(getattr(found, name)).all(), name


def test_the_same_history_told_once_or_often() -> None:
    """R-24: customers who did just the same may be told together."""
    one = people(4, 300, 0.4, 0.8, 0.2)
    twice = Histories(
        np.full(300, 2.0), one.segment, one.visits, one.leaves, one.passes, one.deals, one.came, one.waited, one.paid
    )
    parts = {name: np.concatenate([getattr(one, name)] * 2) for name in Histories.__dataclass_fields__}
    assert fit(twice).weight == pytest.approx(fit(Histories(**parts)).weight, abs=1e-4)


def plain_logs(seen: Histories, middle: float, base: float, spread: float, tilts: tuple[float, float, float]) -> float:
    """The likelihood by its definition, customer by customer (one stage, means 0)."""
    out = 0.0
    for i in range(len(seen.times)):
        both = 0.0
        for sign in (1, -1):
            leave = 1 / (1 + np.exp(-(middle - sign * tilts[0])))
            come = 1 / (1 + np.exp(-(base + sign * tilts[1])))
            here = leave ** seen.leaves[i].sum() * (1 - leave) ** (seen.visits[i] - seen.leaves[i]).sum()
            here *= come ** seen.came[i] * np.prod((1 - come * GRADES) ** seen.waited[i])
            n, total, squares = seen.paid[i]
            mean = sign * tilts[2]
            here *= np.exp(-(squares - 2 * mean * total + n * mean**2) / (2 * spread)) * spread ** (-n / 2)
            both += here
        out += seen.times[i] * np.log(both)
    return out


def test_the_likelihood_is_that_of_the_definition() -> None:
    """Two products of matrices against customer by customer."""
    seen = people(5, 40, 0.3, 0.5, 0.2)
    grid = [np.array(axis) for axis in ((0.2, 0.4), (0.5, -0.5), (0.15, 0.3))]
    one = sorts._Fit(seen, 1, *grid)
    one.middle[:], one.base[:], one.spread[:] = 0.1, -0.3, 0.3
    expected = [plain_logs(seen, 0.1, -0.3, 0.3, tuple(float(axis[g]) for axis in grid)) for g in range(2)]  # type: ignore[arg-type]
    assert one.likelihood() == pytest.approx(expected, rel=1e-4)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 1_000), st.floats(0, 0.6), st.floats(-1, 1.5), st.floats(-0.3, 0.45))
def test_strata_stay_as_they_are_on_average(seed: int, leave: float, come: float, worth: float) -> None:
    """R-24: telling the sorts apart changes who does what, not how often it is done: averages over the sorts are those of the stratum."""
    rng = np.random.default_rng(seed)
    stages, bins = 3, 6
    rows = rng.dirichlet(np.ones(stages + 2), size=(1, KINDS, stages))
    one = Chances(
        start=rng.dirichlet(np.ones(stages), size=(1, KINDS)), move=rows[..., :stages], deal=rows[..., stages],
        leave=rows[..., stages + 1], worth=rng.uniform(50, 150, (1, KINDS)), deal_after=rng.dirichlet(np.ones(bins), (1, KINDS)),
        exit_after=rng.dirichlet(np.ones(bins), (1, KINDS)), again_deal=0.5 * rng.dirichlet(np.ones(bins), (1, KINDS)),
        again_exit=0.2 * rng.dirichlet(np.ones(bins), (1, KINDS, stages)), starts=rng.uniform(0, 9, (1, KINDS, bins)),
    )  # fmt: skip
    share = [rng.uniform(0.1, 0.9, shape) for shape in ((1, KINDS), (1, KINDS), (1, KINDS, stages))]
    coming = 1 / (1 + np.exp(-(-0.5 + come * np.array([[[1.0, -1.0]]]))))
    known = sorts.Sorts(
        np.ones(1), np.array([leave]), np.array([come]), np.array([worth]), coming, *(part[:, None] for part in share)
    )
    both = split(one, known, np.zeros(1, np.int64))

    def mean(array: np.ndarray, weight: np.ndarray) -> np.ndarray:
        keen, loath = array[:, :KINDS], array[:, KINDS:]
        weight = weight.reshape(*weight.shape, *[1] * (keen.ndim - weight.ndim))
        return np.asarray(weight * keen + (1 - weight) * loath)

    assert mean(both.leave, share[2]) == pytest.approx(one.leave, abs=1e-6)
    assert mean(both.worth, share[1]) == pytest.approx(one.worth)
    assert both.starts[:, :KINDS] + both.starts[:, KINDS:] == pytest.approx(one.starts)
    assert (both.again_deal.sum(axis=-1) < 1).all()
    if both.again_deal.sum(axis=-1).max() < 0.998:
        assert mean(both.again_deal, share[1]) == pytest.approx(one.again_deal)
    total = both.move.sum(axis=-1) + both.deal + both.leave
    assert total == pytest.approx(np.ones_like(total))
    assert (both.leave[:, :KINDS] <= both.leave[:, KINDS:] + 1e-9).all()


def test_points_are_drawn_by_weight() -> None:
    """Even steps of the posterior's weight: each point as often as it weighs."""
    found = fit(people(6, 400, 0.3, 0.6, 0.2))
    often = np.bincount(found.draw(2_000), minlength=len(found.weight)) / 2_000
    assert np.abs(often - found.weight).max() < 1 / 1_000
