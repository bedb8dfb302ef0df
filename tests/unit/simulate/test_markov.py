"""Markov worlds: the truth that is computed is what simulating says on average; big logs have the promised shape."""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc
import pytest

from tropa.simulate import big, markov
from tropa.simulate.markov import Chain, _draw, _log, _truth, _two_sorts


@pytest.mark.parametrize(("seed", "kind"), [(2, "markov"), (5, "markov"), (3, "hetero")])
def test_truth_is_the_mean_of_many_runs(seed: int, kind: str) -> None:
    """R-24: planted losses are exact: means of simulated money, with and without a change, agree with them."""
    rng = np.random.default_rng(seed)
    chain = _draw(rng)
    chains = (chain,) if kind == "markov" else _two_sorts(chain, rng)
    steps, people = 160, 60_000
    sort = rng.integers(0, len(chains), people)
    first = rng.integers(0, steps, people)
    same = np.random.default_rng(99)
    truth = _truth(chains, sort, first, steps, same)
    factors = np.random.default_rng(99).uniform(0.4, 0.9, len(truth["breaks"]))
    months = steps / 60

    def income(now: tuple[Chain, ...]) -> float:
        log = _log(now, sort, first, steps, np.random.default_rng(1))
        return float(pc.sum(log["value"]).as_py()) / months

    assert income(chains) == pytest.approx(truth["revenue"], rel=0.02)
    for number, item in enumerate(truth["breaks"]):
        place = None if item["kind"] == "loop" else number
        changed = tuple(one.changed(place, float(factors[number])) for one in chains)
        assert income(changed) - truth["revenue"] == pytest.approx(item["loss"], abs=0.025 * truth["revenue"])
        assert 0 < item["reference"] < item["rate"] < 1


def test_worlds_differ_by_seed_only() -> None:
    """Same seed, same world."""
    assert markov(1, customers=200).log.equals(markov(1, customers=200).log)
    assert not markov(1, customers=200).log.equals(markov(2, customers=200).log)


def test_big() -> None:
    """25 names, 8 channels, 26 weeks, text ids, in order of arrival."""
    log = big(50_000)
    assert log.num_rows == 50_000
    assert log["customer_id"].type == "string"
    assert len(pc.unique(log["event"].cast("string"))) == 25
    assert len(pc.unique(log["channel"].cast("string"))) == 8
    times = log["time"].to_numpy()
    assert (np.diff(times) >= np.timedelta64(0, "us")).all()
    assert np.timedelta64(25 * 7, "D") < times[-1] - times[0] <= np.timedelta64(26 * 7, "D")
    assert big(1_000).equals(big(1_000))
