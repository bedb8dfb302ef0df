"""Bindings: which rule decides, what a condition means, what is said of a wrong one (R-22)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from shops import DAY, HOUR, log, shop_map

from tropa.model import Condition, Deal, EventRule, Map, Stage, Touchpoint, TropaError
from tropa.model.rules import Did, SegmentRule
from tropa.trail import bind, event_counts, places, unbound
from tropa.trail.archive.build import tape_from_columns
from tropa.trail.rules import customers_that_fit, events_that_fit, numbers_hold, text_holds
from tropa.trail.tape import NO_VALUE, Tape
from tropa.words import words


def wide() -> Tape:
    """Five events with everything a rule can ask for."""
    return tape_from_columns(
        ["a", "a", "b", "b", "c"],
        [0, HOUR, 0, DAY, 0],
        ["View", "buy", "view", "buy", "other"],
        channels=["Site", "app", "app", "app", None],
        values=np.array([NO_VALUE, 1_000, NO_VALUE, 250_000, NO_VALUE]),
        scores=np.array([np.nan, 2, np.nan, -1, np.nan], dtype=np.float32),
        properties={"city": ["Москва", "Тверь", None, "москва", ""], "age": ["20", "20", "41,5", "41,5", "x"]},
    )


RULES: list[tuple[dict[str, Any], list[int]]] = [
    ({"event": "VIEW"}, [0, 2]),
    ({"event": ("view", "other"), "channel": "app"}, [2]),
    ({"channel": "site"}, [0]),
    ({"value": {"at_least": 100}}, [3]),
    ({"value": {"known": False}}, [0, 2, 4]),
    ({"value": 10}, [1]),
    ({"score": {"below": 0}}, [3]),
    ({"score": {"known": True}}, [1, 3]),
    ({"props": {"city": "МОСКВА"}}, [0, 3]),
    ({"props": {"city": {"not": "Москва"}}}, [1, 2, 4]),
    ({"props": {"city": {"contains": "вер"}}}, [1]),
    ({"props": {"city": {"starts": "мос"}}, "event": "buy"}, [3]),
    ({"props": {"age": {"above": 41}}}, [2, 3]),
    ({"props": {"age": {"at_most": 20}}}, [0, 1]),
    ({"props": {"age": (20, "x")}}, [0, 1, 4]),
]


@pytest.mark.parametrize(("rule", "expected"), RULES)
def test_events_of_a_rule(rule: dict[str, Any], expected: list[int]) -> None:
    """Every kind of test, by itself and within a map."""
    tape, rule_ = wide(), EventRule.model_validate(rule)
    assert np.flatnonzero(events_that_fit(tape, rule_)).tolist() == expected
    point = Touchpoint(id="p", title="p", when=rule_)
    bound = bind(tape, Map(title="m", stages=(Stage(id="s", title="s", touchpoints=(point,)),)))
    assert np.flatnonzero(bound.stage == 0).tolist() == expected
    assert bound.point_events.tolist() == [len(expected)]


def test_the_first_rule_decides() -> None:
    """Document order, also between rules that are looked up and rules that are looked at."""
    rich = Touchpoint(id="rich", title="rich", when=EventRule(event="buy", value=Condition(at_least=100)))
    every = Touchpoint(id="every", title="every", when=EventRule(event=("buy", "view")))
    for points, expected in (((rich, every), [1, 1, 1, 0, -1]), ((every, rich), [0, 0, 0, 0, -1])):
        value = Map(title="m", stages=(Stage(id="s", title="s", touchpoints=points),))
        bound = bind(wide(), value)
        assert [int(p) if p != 65_535 else -1 for p in bound.point] == expected
        assert [one.event for one in bound.unbound] == ["other"]


def test_a_deal_event_without_a_touchpoint_belongs_to_the_deals_stage() -> None:
    """R-22: also where the deal is told by its value, and voided by a rule on a channel."""
    deal = Deal(event="buy", value=Condition(above=50), void=EventRule(event="other"))
    value = Map(
        title="m",
        stages=(Stage(id="look", title="l", when=EventRule(event="view")), Stage(id="buy", title="b", deal=deal)),
    )
    bound = bind(wide(), value)
    assert bound.stage.tolist() == [0, 255, 0, 1, 255]
    assert bound.deals.event.tolist() == [3]
    assert bound.deals.value.tolist() == [250_000]
    assert [(one.event, one.events) for one in unbound(wide(), bound)] == [("buy", 1)]


def test_an_unknown_column_is_said_with_its_nearest_name() -> None:
    """TR-T001."""
    value = Map(title="m", stages=(Stage(id="s", title="s", when=EventRule(props={"citi": "x"})),))
    with pytest.raises(TropaError) as caught:
        bind(wide(), value)
    assert (caught.value.code, caught.value.facts["near"]) == ("TR-T001", "city")
    assert caught.value.where.path == "stages.s.when.props.citi"
    assert "city" in words("ru")("TR-T001.fix", **caught.value.facts)


def test_too_many_stages_are_refused() -> None:
    """TR-T002."""
    value = Map(title="m", stages=tuple(Stage(id=f"s{k}", title="s") for k in range(63)))
    with pytest.raises(TropaError) as caught:
        bind(wide(), value)
    assert caught.value.code == "TR-T002"


def test_an_unknown_event_is_a_finding_not_an_error() -> None:
    """R-22: the stage is simply not observed."""
    value = Map(title="m", stages=(Stage(id="s", title="s", when=EventRule(event="nothing_like_it")),))
    assert not bind(wide(), value).observed.any()


def test_what_a_map_does_with_each_event() -> None:
    """Names with volume and place."""
    tape = log(("a", 0, "see"), ("a", 1, "pay"), ("b", 0, "see"), ("b", 5, "noise"))
    assert [(one.event, one.events, one.customers) for one in event_counts(tape)] == [
        ("see", 2, 2),
        ("noise", 1, 1),
        ("pay", 1, 1),
    ]
    assert places(tape, bind(tape, shop_map())) == {"see": ("see", "at-see"), "pay": ("buy", "at-pay")}


def test_branches_that_come_before_the_deal() -> None:
    """A pass begins anew in any branch that leads to the deal, not in one that lies beside it."""
    tape = log(("a", 0, "pay"), ("a", 10, "web"), ("b", 0, "pay"), ("b", 10, "use"))
    bound = bind(tape, shop_map(branches=True))
    assert bound.flags.tolist() == [5, 4, 5, 0]


SEGMENTS: list[tuple[dict[str, Any], list[bool]]] = [
    ({"has": {"city": "москва"}}, [False, True, False]),
    ({"has": {"city": "москва"}, "take": "first"}, [True, True, False]),
    ({"has": {"city": "москва"}, "take": "any"}, [True, True, False]),
    ({"has": {"city": {"known": False}}, "take": "any"}, [False, False, True]),
    ({"did": ({"rule": {"event": "buy"}},)}, [True, True, False]),
    ({"did": ({"rule": {"event": "buy"}, "at_least": 0, "at_most": 0},)}, [False, False, True]),
    ({"first_channel": "app"}, [False, True, False]),
    ({"has": {"age": {"above": 30}}, "did": ({"rule": {"event": "view"}},)}, [False, True, False]),
]


@pytest.mark.parametrize(("rule", "expected"), SEGMENTS)
def test_customers_of_a_segment(rule: dict[str, Any], expected: list[bool]) -> None:
    """R-29: who is meant."""
    assert customers_that_fit(wide(), SegmentRule.model_validate(rule)).tolist() == expected


def test_a_segment_on_an_unknown_column() -> None:
    """TR-T001 names the segment's rule."""
    with pytest.raises(TropaError) as caught:
        customers_that_fit(wide(), SegmentRule(has={"sity": "x"}), "segments.x.rule")
    assert caught.value.where.path == "segments.x.rule.has.sity"


def test_conditions_on_numbers_and_text() -> None:
    """Missing values pass only `not` and `known: false`."""
    numbers = np.array([1.0, 5.0, np.nan])
    assert numbers_hold(numbers, Condition(unlike=5)).tolist() == [True, False, True]
    assert numbers_hold(numbers, Condition(equals=(1, 5), at_least=2)).tolist() == [False, True, False]
    assert numbers_hold(numbers, Condition(starts="5")).tolist() == [False, True, False]
    assert text_holds("Да", True)
    assert not text_holds("", Condition(above=1))
    assert not text_holds("", "")
    assert Did(rule=EventRule(event="x")).at_least == 1
