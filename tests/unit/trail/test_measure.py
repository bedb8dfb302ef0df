"""Readings put together: satisfaction, the loop, segments, limits, the draft (R-22, R-23, R-27, R-29, R-30)."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from naive_cohorts import cohorts
from shops import DAY, HOUR, log, logs, shop_map

from tropa import trail
from tropa.model import (
    CannotTell,
    EventRule,
    Limits,
    Map,
    Persona,
    Rate,
    Satisfaction,
    Score,
    Segment,
    Stage,
    Times,
    TropaError,
)
from tropa.model.rules import SegmentRule
from tropa.trail.archive.build import tape_from_columns
from tropa.trail.segments import segment_codes
from tropa.trail.tape import Tape
from tropa.words import words


def answered(*rows: tuple[str, str, float, str | None]) -> Tape:
    """A tape of answers: customer, event, score, instrument."""
    return tape_from_columns(
        [row[0] for row in rows],
        [k * HOUR for k in range(len(rows))],
        [row[1] for row in rows],
        scores=np.array([row[2] for row in rows], dtype=np.float32),
        instruments=[row[3] for row in rows],
    )


def test_satisfaction_counts_customers_not_answers() -> None:
    """R-30: ten answers of one customer weigh in the mean, but are one voice in the interval."""
    rows = [("a", "see", 2.0, "csat")] * 10 + [("b", "see", -1.0, "csat"), ("c", "see", 0.0, "nps")]
    stage = trail.measure(answered(*rows), shop_map(), breaks=False).stage("see")
    assert stage is not None
    found = stage.satisfaction
    assert isinstance(found, Satisfaction)
    assert found.mean == pytest.approx(19 / 12)
    assert (found.n, found.method, found.instruments) == (12, "bayes", {"csat": 11, "nps": 1})
    # three customers weighed in every way, and half a one of four answers at each end of the scale
    weights = np.random.default_rng(1).standard_gamma([1.0, 1.0, 1.0, 0.5, 0.5], (100_000, 5))
    means = weights @ [20.0, -1.0, 0.0, -8.0, 8.0] / (weights @ [10.0, 1.0, 1.0, 4.0, 4.0])
    assert [np.mean(means < found.low), np.mean(means < found.high)] == pytest.approx([0.025, 0.975], abs=0.003)


def test_answers_that_all_agree_are_not_certain() -> None:
    """R-30, R-65: three fives do not prove that everybody is delighted."""
    stage = trail.measure(answered(*[(c, "see", 2.0, "csat") for c in "abc"]), shop_map(), breaks=False).stage("see")
    assert stage is not None
    assert isinstance(stage.satisfaction, Satisfaction)
    assert stage.satisfaction.method == "extreme"
    assert stage.satisfaction.low < 0 < stage.satisfaction.high == 2.0


def test_only_the_events_the_map_names_are_answers() -> None:
    """R-30: `scores` of the map; an instrument that the log does not say is the map's."""
    rows = [("a", "see", 1.0, None), ("b", "see", 2.0, None), ("a", "pick", 1.0, None), ("b", "pick", 1.0, "nps")]
    value = shop_map(scores=(Score(when=EventRule(event="see"), instrument="stars"),))
    readings = trail.measure(answered(*rows), value, breaks=False)
    see, pick = readings.stage("see"), readings.stage("pick")
    assert see is not None
    assert pick is not None
    assert isinstance(see.satisfaction, Satisfaction)
    assert see.satisfaction.instruments == {"stars": 2}
    assert pick.satisfaction == CannotTell(cannot_tell="no-scores")
    one = trail.measure(answered(("a", "see", 1.0, None)), shop_map(), breaks=False).stage("see")
    assert one is not None
    assert one.satisfaction == CannotTell(cannot_tell="too-few", n=1)


def test_what_is_not_observed_has_no_figures() -> None:
    """R-23: no entrants, no conversion; the neighbours' conversion goes across."""
    tape = log(("a", 0, "see"), ("a", 1, "pay"), ("b", 0, "see"), ("b", 200, "see"))
    readings = trail.measure(tape, shop_map(), breaks=False)
    see, pick, buy = (readings.stage(name) for name in ("see", "pick", "buy"))
    assert see is not None
    assert pick is not None
    assert buy is not None
    assert not pick.observed
    assert pick.conversion == CannotTell(cannot_tell="not-observed")
    assert see.next_stage == "buy"
    assert isinstance(see.conversion, Rate)
    assert (see.conversion.numerator, see.conversion.denominator, see.conversion.left_out) == (1, 2, 1)
    assert buy.conversion == CannotTell(cannot_tell="last-stage")


def test_a_stale_orders_file_is_not_a_loss_of_customers() -> None:
    """R-23: conversions to the deal are counted as far as the orders go; a late survey holds nothing up."""
    rows = [("a", 0, "see"), ("a", 5, "pay"), ("b", 300, "see"), ("c", 310, "see"), ("c", 700, "see")]
    tape = tape_from_columns(
        [r[0] for r in rows],
        [r[1] * HOUR for r in rows],
        [r[2] for r in rows],
        sources=["orders" if r[2] == "pay" else "clicks" for r in rows],
        complete_until={"orders": 100 * HOUR},
    )
    see = trail.measure(tape, shop_map(), breaks=False).stage("see")
    assert see is not None
    assert isinstance(see.to_deal, Rate)
    assert (see.to_deal.numerator, see.to_deal.denominator, see.to_deal.left_out) == (1, 1, 3)
    assert (see.exits, see.open) == (1, 2)  # c's first pass is over: c came again


def test_today_ends_what_was_observed() -> None:
    """Events dated after today do not make earlier customers look as if they had left."""
    tape = log(("a", 0, "see"), ("b", 24 * 400, "see"))
    late = trail.measure(tape, shop_map(), breaks=False)
    early = trail.measure(tape, shop_map(), today=date(1970, 1, 1), breaks=False)
    assert [one.open for one in (late.stages[0], early.stages[0])] == [1, 2]


def test_segments_and_personas_side_by_side() -> None:
    """R-29: everybody is the sum of segments that share nothing; limits and horizon are common."""
    rows = [(c, 24 * k, "see") for k, c in enumerate("abcdef")] + [("a", 1, "pay"), ("a", 90, "pay"), ("b", 30, "pay")]
    tape = log(*rows, properties={"kind": ["x" if r[0] in "abc" else "y" for r in rows]})
    segments = tuple(Segment(id=k, title=k, rule=SegmentRule(has={"kind": k})) for k in "xy")
    value = shop_map(segments=segments, personas=(Persona(id="ivan", title="Ivan", segment="x"),))
    found = trail.measure_all(tape, value)
    assert set(found) == {None, "x", "y", "ivan"}
    whole, x, y = found[None], found["x"], found["y"]
    for total, one, two in zip(whole.stages, x.stages, y.stages, strict=True):
        assert total.entrants == one.entrants + two.entrants
        assert total.events == one.events + two.events
        assert total.exits == one.exits + two.exits
    assert whole.scope.passes == x.scope.passes + y.scope.passes
    assert x.loop.horizon_s == whole.loop.horizon_s
    assert found["ivan"].scope.segment == "ivan"
    assert found["ivan"].stages == x.stages
    assert trail.measure(tape, value, segment=segments[0], breaks=False).stages == x.stages
    assert segment_codes(tape, segments).tolist() == [1, 1, 1, 2, 2, 2]


@settings(max_examples=40, deadline=None)
@given(logs())
def test_the_parts_add_up(tape: Tape) -> None:
    """Rates lie in their intervals; entrants are those asked and those left out; every pass ends somewhere."""
    readings = trail.measure(tape, shop_map(), breaks=False)
    for stage in readings.stages:
        for rate in (stage.conversion, stage.to_deal):
            if isinstance(rate, Rate):
                assert 0 <= rate.low <= rate.value <= rate.high <= 1
        if isinstance(stage.conversion, Rate):
            assert stage.conversion.denominator + stage.conversion.left_out == stage.entrants
    loop = readings.loop
    if loop.repeat_curve is not None and loop.repeat_curve_low is not None and loop.repeat_curve_high is not None:
        assert 0 <= loop.repeat_curve_low <= loop.repeat_curve <= loop.repeat_curve_high <= 1
    assert sum(stage.first_seen for stage in readings.stages) == readings.scope.passes
    assert readings.model_validate_json(readings.model_dump_json(exclude_computed_fields=True)) == readings


def test_goods_that_are_not_bought_again() -> None:
    """R-27: the map says so, and the rate is not told."""
    tape = log(("a", 0, "pay"), ("b", 0, "pay"), ("a", 90, "pay"), ("b", 400, "see"))
    found = trail.measure(tape, shop_map(bought_again=False), breaks=False).loop
    assert found.repeat_rate == CannotTell(cannot_tell="not-bought-again", n=3)
    assert (found.deals, found.buyers_again) == (3, 1)


def test_sales_cycle_leaves_out_beginnings_before_the_log() -> None:
    """R-27: median from the first event to the first deal."""
    tape = log(
        ("a", 0, "see"), ("a", 5, "pay"), ("b", 100, "see"), ("b", 110, "pay"), ("c", 100, "see"), ("c", 130, "pay")
    )
    found = trail.measure(tape, shop_map(), breaks=False).sales_cycle
    assert isinstance(found, Times)
    assert (found.n, found.median_s, found.left_out) == (2, 36_000.0, 1)


def test_limits_are_proposed_from_absences() -> None:
    """R-23: nine in ten absences are shorter than the silence limit."""
    rng = np.random.default_rng(1)
    rows = [(f"c{c}", h, "see") for c in range(40) for h in np.cumsum(rng.integers(20, 48, 12))]
    tape = log(*rows, ("late", 24 * 120, "see"))
    value = shop_map(limits=Limits())
    found = trail.propose_limits(tape, trail.bind(tape, value), value)
    assert found.silence == found.window == timedelta(hours=48)
    assert found.settle == timedelta(hours=24)
    few = log(("a", 0, "see"), ("b", 24 * 400, "see"))
    assert trail.propose_limits(few, trail.bind(few, value), value).silence == timedelta(days=30)


def test_a_log_of_orders_alone_gives_a_map() -> None:
    """R-22, R-65: created, paid, sent, delivered, cancelled; the loop is there, what is not seen is not invented."""
    rows = []
    for c in range(12):
        for turn in range(2 if c % 2 else 1):
            at, order = 24 * (c + 60 * turn), f"o{c}-{turn}"
            rows += [(f"c{c}", at, "order_created", order), (f"c{c}", at + 1, "order_paid", order)]
            rows += [(f"c{c}", at + 30, "order_sent", order), (f"c{c}", at + 60, "order_delivered", order)]
    rows.append(("c0", 70, "order_cancelled", "o0-0"))
    tape = log(*[row[:3] for row in rows], orders=[row[3] for row in rows])
    value = trail.draft(tape, words("ru"))
    assert [stage.id for stage in value.stages] == ["checkout", "purchase", "delivery"]
    assert value.deal_stage is not None
    assert value.deal_stage.deal is not None
    assert value.deal_stage.deal.event == "order_paid"
    assert value.deal_stage.deal.void == EventRule(event="order_cancelled")
    assert value.stages[0].title == "Оформление заказа"
    readings = trail.measure(tape, value, breaks=False)
    assert (readings.loop.buyers, readings.loop.buyers_again, readings.loop.deals_void) == (11, 6, 1)
    assert readings.unbound == ()
    assert value.proposal
    assert value.loops


def test_a_log_of_unknown_words_is_ordered_by_its_habits() -> None:
    """R-22: not by the alphabet."""
    rows = [(f"c{c}", 100 * c + k, name) for c in range(30) for k, name in enumerate(("zeta", "mu", "alpha", "beta"))]
    tape = log(*rows, values=np.array([900 if row[2] == "beta" else -(2**63) for row in rows]))
    value = trail.draft(tape, words("en"))
    order = [
        point.when.event
        for stage in value.stages
        for point in stage.all_touchpoints
        if isinstance(point.when, EventRule)
    ]
    assert order == ["zeta", "mu", "alpha", "beta"]
    assert value.deal_stage is not None
    assert 3 <= len(value.stages) <= 8


@pytest.mark.parametrize("names", [("event",), ("view",), ("view", "add_to_cart"), ("zeta", "mu", "alpha", "beta")])
def test_no_deal_is_made_up(names: tuple[str, ...]) -> None:
    """R-22, R-65: a visit is not a sale because it is all there is; no name, no money, no order number: no deal."""
    tape = log(*[(f"c{c}", 100 * c + k, name) for c in range(30) for k, name in enumerate(names)])
    value = trail.draft(tape, words("ru"))
    assert value.deal_stage is None
    assert not value.loops
    assert len(value.stages) >= 2
    told = trail.draft(tape, words("ru"), names[-1])
    assert told.deal_stage is not None
    assert told.deal_stage.deal is not None
    assert told.deal_stage.deal.event == names[-1]


@pytest.mark.parametrize(("carried", "expected"), [("order", "zeta"), ("money", "zeta"), ("money on views", None)])
def test_money_or_an_order_number_makes_a_deal(carried: str, expected: str | None) -> None:
    """R-22: whatever it is called, but for what cannot be one: looking at a price is no purchase."""
    rows = [(f"c{c}", 100 * c + k, name) for c in range(30) for k, name in enumerate(("product_view", "zeta"))]
    marked = "product_view" if carried == "money on views" else "zeta"
    values = np.array([900 if row[2] == marked and carried != "order" else -(2**63) for row in rows])
    orders = [f"o{row[0]}" if row[2] == marked and carried == "order" else "" for row in rows]
    value = trail.draft(log(*rows, values=values, orders=orders), words("ru"))
    found = value.deal_stage.deal.event if value.deal_stage and value.deal_stage.deal else None
    assert found == expected


def test_nothing_to_draft_from() -> None:
    """TR-T003."""
    with pytest.raises(TropaError) as caught:
        trail.draft(tape_from_columns([], [], []), words("ru"))
    assert caught.value.code == "TR-T003"


def test_an_empty_log_is_measured_without_fuss() -> None:
    """R-22: no events, no figures, no error."""
    readings = trail.measure(tape_from_columns([], [], []), shop_map())
    assert readings.scope.events == 0
    assert all(not stage.observed for stage in readings.stages)


def test_cohorts_by_month() -> None:
    """R-27: who came in a month, and who of them later."""
    tape = log(("a", 0, "pay"), ("b", 24, "pay"), ("a", 24 * 32, "pay"), ("c", 24 * 33, "pay"), ("c", 24 * 34, "see"))
    assert cohorts(trail.bind(tape, shop_map())) == {"1970-01": (2, 1), "1970-02": (1,)}
    assert cohorts(trail.bind(tape, shop_map()), by="events") == {"1970-01": (2, 1), "1970-02": (1,)}
    assert cohorts(trail.bind(log(("a", 0, "see")), shop_map())) == {}


def test_a_map_without_a_deal() -> None:
    """R-23: passes are watched all the same; what needs a deal cannot be told."""
    value = Map(title="m", stages=(Stage(id="see", title="s", when=EventRule(event="see")),))
    readings = trail.measure(log(("a", 0, "see"), ("b", 24 * 90, "see")), value)
    assert readings.stages[0].to_deal == CannotTell(cannot_tell="no-deal")
    assert readings.loop.repeat_rate == CannotTell(cannot_tell="no-deal")
    assert readings.sales_cycle == CannotTell(cannot_tell="no-deal")
    assert readings.breaks == ()
    assert DAY == 24 * HOUR
