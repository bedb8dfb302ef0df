"""The demo's shop (issue 2, The demo): seeded, labelled, and its truth is what running the same customers again says."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet
import pytest

from tropa.simulate import CAUSES, EVENTS, STAGE_OF, STAGES, Shop, World, sergey
from tropa.simulate.noise import Noise
from tropa.words import words


@pytest.fixture(scope="module")
def world() -> World:
    """A year of the shop, smaller than the demo."""
    return sergey(7, customers=6_000)


def test_same_seed_same_bytes(tmp_path: Path, world: World) -> None:
    """Same input, same bytes; another seed is another year."""
    first = [file.read_bytes() for file in world.write(tmp_path / "a")]
    again = [file.read_bytes() for file in sergey(7, customers=6_000).write(tmp_path / "b")]
    assert first == again
    assert not sergey(8, customers=6_000).log.equals(world.log)


def test_files(tmp_path: Path, world: World) -> None:
    """The log is written as a tracker exports it, the truth beside it and labelled."""
    log, truth, costs = world.write(tmp_path / "Сергей", "csv")
    table = pyarrow.csv.read_csv(log)
    assert table.num_rows == world.log.num_rows
    assert table.column_names == world.log.column_names
    said = json.loads(truth.read_text(encoding="utf-8"))
    assert said["simulated"] is True
    assert said["seed"] == 7
    assert {item["cause"] for item in said["breaks"]} == set(CAUSES)
    assert sum(pyarrow.csv.read_csv(costs)["cost"].to_pylist()) > 0
    parquet, *_ = world.write(tmp_path / "p")
    assert pyarrow.parquet.read_table(parquet)["event"].to_pylist() == table["event"].to_pylist()


def test_the_log(world: World) -> None:
    """All 27 events occur, in order of time, within the year; scores lie on their scales; money is on orders alone."""
    log = world.log
    times = log["time"].to_numpy()
    assert (np.diff(times) >= np.timedelta64(0, "us")).all()
    assert times[-1] - times[0] <= np.timedelta64(365, "D")
    assert set(pc.unique(log["event"].cast("string")).to_pylist()) == set(EVENTS) == set(STAGE_OF)
    assert set(STAGE_OF.values()) == set(STAGES)
    for instrument, low, high in (("csat", 1, 5), ("nps", 0, 10), ("stars", 1, 5)):
        scores = log.filter(pc.equal(log["instrument"].cast("string"), instrument))["score"]
        assert (pc.min(scores).as_py(), pc.max(scores).as_py()) == (low, high)
    paid = log.filter(pc.is_valid(log["value"]))
    assert set(pc.unique(paid["event"].cast("string")).to_pylist()) == {
        "order_created", "order_paid", "order_cancelled", "order_returned",
    }  # fmt: skip
    assert 12 < log.num_rows / 6_000 < 25


def test_the_story(world: World) -> None:
    """Sergey's story: nobody comes back is the dearest; the losses stand 1.2 times apart or more; each makes its rate fall."""
    losses = [item["loss"] for item in world.truth["breaks"]]
    assert losses == sorted(losses, reverse=True)
    assert world.truth["breaks"][0]["cause"] == "silence"
    assert all(item["reference"] < item["rate"] for item in world.truth["breaks"])
    assert 0 < max(losses) < world.truth["all_together"] < sum(losses) * 2


def test_a_shop_without_faults_has_no_losses() -> None:
    """The truth is the effect of the cause alone: where a cause does nothing, its loss is nothing at all."""
    fine = Shop(no_reviews_leave=0.0, no_answer_leave=0.0, no_quote_leave=0.0)
    by_cause = {item["cause"]: item["loss"] for item in sergey(1, customers=2_000, shop=fine).truth["breaks"]}
    assert [by_cause[cause] for cause in ("reviews", "chat", "delivery-time")] == [0, 0, 0]
    assert by_cause["silence"] > 0


def test_causes_are_said_in_both_languages() -> None:
    """Every cause has its sentence; the data are called simulated."""
    for lang in ("ru", "en"):
        say = words(lang)
        assert say("simulate-label")
        assert all(say(f"simulate-cause-{cause}") for cause in CAUSES)


def test_noise_is_common_and_fair() -> None:
    """Draws depend on who, turn and purpose only, are uniform, and do not hang together."""
    who = np.arange(50_000, dtype=np.int64)
    noise = Noise(3, who)
    one, other = noise.uniform("one"), noise.uniform("other")
    assert (Noise(3, who[::-1].copy()).uniform("one")[::-1] == one).all()
    assert not (Noise(3, who, 1).uniform("one") == one).any()
    assert np.histogram(one, 20, (0, 1))[0] == pytest.approx(2_500, abs=250)
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.02
    assert abs(np.corrcoef(one[1:], one[:-1])[0, 1]) < 0.02
    assert noise.normal("n").std() == pytest.approx(1, abs=0.02)
    assert np.bincount(noise.choice("c", [1, 3])) == pytest.approx([12_500, 37_500], abs=500)
