"""Breaks: found in order, priced within their intervals, honest where little is known (R-24, R-65)."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np
import pytest

from tropa.model import Break, Loss, Map
from tropa.simulate import World, markov, sergey
from tropa.trail.archive.build import tape_from_columns
from tropa.trail.bind import bind
from tropa.trail.breaks import breaks
from tropa.trail.passes import find_passes, pass_limits, passes_of
from tropa.trail.tape import Tape

DAY = 86_400_000_000


def priced(tape: Tape, value: Map, **more: Any) -> tuple[tuple[Break, ...], Loss | None]:
    """Breaks of a tape through a map."""
    bound = bind(tape, value)
    return breaks(tape, bound, find_passes(tape, bound, value, pass_limits(value)), value, **more)


def found_in(bench: ModuleType, world: World, **more: Any) -> tuple[tuple[Break, ...], Loss | None]:
    return priced(bench.tape_of(world), bench.map_of(world), horizon=world.truth["horizon_days"] * DAY, **more)


def test_sergeys_story(bench: ModuleType) -> None:
    """R-24, issue 2: in the demo's world the planted breaks come in the planted order, and the loop is the dearest."""
    world = sergey(1)
    found, together = found_in(bench, world, sensitivity=False)
    planted = [(item["stage"], item["kind"]) for item in world.truth["breaks"]]
    assert [(one.stage, one.kind) for one in found[: len(planted)]] == planted
    assert [one.rank for one in found] == list(range(1, len(found) + 1))
    assert found[0].kind == "loop"
    for one, item in zip(found, world.truth["breaks"], strict=False):
        assert one.loss.value == pytest.approx(item["loss"], rel=0.35), item
        assert one.loss.reference == pytest.approx(item["reference"], abs=0.02)
    assert together is not None
    assert together.value == pytest.approx(world.truth["all_together"], rel=0.15)


def test_story_without_targets(bench: ModuleType) -> None:
    """R-24: without targets the loop is still the dearest: the coaches show what is attainable."""
    world = sergey(2, customers=8_000)
    found, _ = priced(bench.tape_of(world), bench.map_of(world, targets=False), sensitivity=False)
    assert (found[0].kind, found[0].loss.reference_kind, found[0].loss.reference_name) == ("loop", "segment", "coach")
    assert all(one.loss.reference <= one.rate.high for one in found)


def test_ranks_are_told_as_far_as_they_can_be(bench: ModuleType) -> None:
    """R-24: which is dearer for sure, and between which ranks each break lies; with many customers little stays open, with few much."""
    left_open = []
    for customers in (20_000, 400):
        found, _ = found_in(bench, markov(9, customers=customers), sensitivity=False)
        open_ = 0
        for one in found:
            assert one.dearer_than is not None
            assert one.rank_from is not None
            assert one.rank_to is not None
            best, worst = one.rank_from, one.rank_to
            assert all(rank > one.rank for rank in one.dearer_than)
            assert best == 1 + sum(one.rank in (other.dearer_than or ()) for other in found) <= one.rank
            assert worst == len(found) - len(one.dearer_than) >= one.rank
            open_ += worst - best
        left_open.append(open_)
    assert left_open[0] < left_open[1]
    plain, _ = found_in(bench, markov(9, customers=400), sensitivity=False, replicates=0)
    assert [(one.rank_from, one.rank_to) for one in plain] == [(1, len(plain))] * len(plain)


def test_same_input_same_answer(bench: ModuleType) -> None:
    """R-24: the resampling is seeded."""
    world = markov(5, customers=300)
    assert found_in(bench, world) == found_in(bench, world)


@pytest.mark.parametrize("seed", range(6))
def test_small_shops(bench: ModuleType, seed: int) -> None:
    """R-65: some dozens of orders give an answer: wide, finite, within its ceiling, with both sensitivities."""
    world = markov(seed, customers=60, days=120)
    for targets in (True, False):
        found, together = priced(bench.tape_of(world), bench.map_of(world, targets=targets))
        assert together is not None
        for loss in [together, *(one.loss for one in found)]:
            assert np.isfinite([loss.value, loss.low, loss.high, loss.ceiling, loss.reference]).all()
            assert 0 <= loss.low <= loss.value <= loss.high
            assert loss.value <= loss.ceiling
        for one in found:
            assert set(one.sensitivity) <= {"half", "double"}
            assert 0 < one.rate.numerator <= one.rate.denominator
            assert one.customers <= one.passes


def test_target_not_better_than_now(bench: ModuleType) -> None:
    """R-24: nothing can be regained where the target is what is already reached."""
    world = markov(3)
    value = bench.map_of(world)
    worse = [target.model_copy(update={"exit_rate": 1.0}) for target in value.targets]
    found, together = priced(
        bench.tape_of(world), value.model_copy(update={"targets": tuple(worse)}), sensitivity=False
    )
    assert [(one.loss.value, one.loss.low, one.loss.high) for one in found] == [(0, 0, 0)] * len(found)
    assert together is not None
    assert together.value == 0
    assert all(one.loss.ceiling > 0 for one in found)


def test_margin_and_deals(bench: ModuleType) -> None:
    """R-24: money is revenue until a margin is given; without money the loss is a number of deals."""
    world = markov(4, customers=500)
    value, tape = bench.map_of(world), bench.tape_of(world)
    revenue, _ = priced(tape, value, sensitivity=False)
    kept = value.model_copy(update={"money": value.money.model_copy(update={"margin": 0.25})})
    margin, _ = priced(tape, kept, sensitivity=False)
    assert [one.loss.kind for one in margin] == ["margin"] * len(margin)
    assert margin[0].loss.value == pytest.approx(revenue[0].loss.value * 0.25)
    bare = tape_from_columns(
        [str(tape.customers[i]) for i in np.repeat(np.arange(len(tape.customers)), np.diff(tape.offsets))],
        tape.time, [tape.event.names[code] for code in tape.event.codes],
    )  # fmt: skip
    deals, _ = priced(bare, value, sensitivity=False)
    assert {(one.loss.kind, one.loss.currency) for one in deals} == {("deals", None)}


def test_goods_not_bought_again(bench: ModuleType) -> None:
    """R-24: the loop is a break only where the goods are bought again."""
    world = markov(6, customers=400)
    value, tape = bench.map_of(world), bench.tape_of(world)
    assert "loop" in {one.kind for one in priced(tape, value, sensitivity=False)[0]}
    once = value.model_copy(update={"bought_again": False})
    assert "loop" not in {one.kind for one in priced(tape, once, sensitivity=False)[0]}


def test_no_deals_no_breaks() -> None:
    """R-24: without a deal there is nothing to price."""
    value = Map.model_validate(
        {
            "title": "t",
            "stages": [
                {"id": "a", "title": "a", "when": {"event": "x"}},
                {"id": "b", "title": "b", "deal": {"event": "y"}},
            ],
        }
    )
    tape = tape_from_columns(["1", "2"], [0, 90 * DAY], ["x", "x"])
    assert priced(tape, value) == ((), None)
    assert priced(tape_from_columns([], [], []), value) == ((), None)


def test_three_customers() -> None:
    """R-65: even three customers break nothing."""
    value = Map.model_validate(
        {
            "title": "t",
            "limits": {"silence": "10d"},
            "stages": [
                {"id": "a", "title": "a", "when": {"event": "x"}},
                {"id": "b", "title": "b", "deal": {"event": "y"}},
            ],
        }
    )
    tape = tape_from_columns(["1", "1", "2", "3"], [0, DAY, DAY, 60 * DAY], ["x", "y", "x", "x"], values=[0, 500, 0, 0])
    found, together = priced(tape, value)
    assert {one.stage for one in found} <= {"a", "b"}
    assert together is not None
    assert np.isfinite(together.high)


def test_some_customers_only(bench: ModuleType) -> None:
    """R-29: breaks of a segment come from its customers' passes alone, sensitivities too."""
    world = sergey(3, customers=3_000)
    tape, value = bench.tape_of(world), bench.map_of(world, personas=False)
    bound = bind(tape, value)
    passes = find_passes(tape, bound, value, pass_limits(value))
    half = np.arange(len(tape.customers)) % 2 == 0
    some = passes_of(passes, half.astype(np.uint8))
    assert set(np.unique(some.customer)) == set(np.flatnonzero(half)) & set(np.unique(passes.customer))
    assert len(some.visit_stage) == some.visits_from[-1]
    every, _ = breaks(tape, bound, passes, value)
    mine, _ = breaks(tape, bound, some, value)
    assert mine[0].passes < every[0].passes
    assert mine[0].sensitivity["double"] < 0.75 * every[0].sensitivity["double"]


def test_example_of_the_guide() -> None:
    """docs/guide/breaks.md, A small example: 100 come, 40 leave, 60 buy for 1 000 ₽, the target is 0.2."""
    who = [str(n) for n in range(100)] + [str(n) for n in range(60)]
    times = [n * DAY // 10 for n in range(100)] + [n * DAY // 10 + DAY // 100 for n in range(60)]
    tape = tape_from_columns(
        who,
        times,
        ["look"] * 100 + ["buy"] * 60,
        values=[100_000] * 160,
        currency="RUB",
        complete_until={"log": 90 * DAY},
    )
    value = Map.model_validate(
        {
            "title": "t",
            "bought_again": False,
            "limits": {"silence": "10d"},
            "targets": [{"stage": "look", "exit_rate": 0.2}],
            "stages": [
                {"id": "look", "title": "look", "when": {"event": "look"}},
                {"id": "buy", "title": "buy", "deal": {"event": "buy"}},
            ],
        }
    )
    (one,), together = priced(tape, value)
    assert (one.stage, one.customers, one.rate.value) == ("look", 40, 0.4)
    assert one.loss.value * 3 == pytest.approx(20_000, rel=1e-6)  # the log is three months long
    assert one.loss.ceiling * 3 == pytest.approx(40_000, rel=1e-6)
    assert one.sensitivity == pytest.approx({"half": one.loss.value, "double": one.loss.value})
    assert together is not None
    assert together.value == pytest.approx(one.loss.value)
