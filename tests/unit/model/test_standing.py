"""R-31: each cell shows how much it may be believed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from strategies import maps
from tropa.model import (
    CannotTell,
    EvidenceState,
    Map,
    Period,
    Rate,
    Readings,
    Satisfaction,
    Scope,
    StageReading,
    TouchpointReading,
    Unit,
)
from tropa.model.lookup import Known, known_at
from tropa.model.standing import standing

TODAY = date(2026, 11, 22)


def a_map(**stage: Any) -> Map:
    return Map.model_validate({"title": "x", "stages": [{"id": "buy", "title": "Buy", **stage}]})


def readings(
    end: datetime = datetime(2026, 11, 20, tzinfo=UTC), points: tuple[TouchpointReading, ...] = (), **stage: Any
) -> Readings:
    scope = Scope(
        data_version="v", period=Period(start=datetime(2026, 1, 1, tzinfo=UTC), end=end), events=9, customers=9, passes=9,
        bound_events=9, open_passes=0, window_s=1, silence_s=1, settle_s=1,
    )  # fmt: skip
    return Readings(
        scope=scope, stages=(StageReading(id="buy", observed=True, entrants=100, **stage),), touchpoints=points
    )


def score(low: float, high: float, n: int = 50) -> Satisfaction:
    return Satisfaction(mean=(low + high) / 2, low=low, high=high, n=n)


def rate(low: float, high: float) -> Rate:
    return Rate(numerator=30, denominator=100, unit=Unit.PASSES, low=low, high=high)


@pytest.mark.parametrize(
    ("evidence", "state"),
    [
        ([], EvidenceState.ASSUMED),
        ([{"quote": "дорого"}], EvidenceState.OBSERVED),
        ([{"quote": "дорого", "date": "2026-11-01"}], EvidenceState.OBSERVED),
        ([{"quote": "дорого", "date": "2026-01-01"}], EvidenceState.STALE),
        ([{"reading": "buy.conversion"}], EvidenceState.MEASURED),
        ([{"experiment": "e1"}], EvidenceState.MEASURED),
    ],
)
def test_a_statement_stands_on_its_evidence(evidence: list[Any], state: EvidenceState) -> None:
    """R-31"""
    value = a_map(pains=[{"id": "p", "text": "дорого", "evidence": evidence}])
    assert standing(value, None, TODAY)["buy/pains/0"] is state


def test_a_reading_that_the_trail_cannot_give_supports_nothing() -> None:
    """R-31: evidence that names a reading is judged by that reading, once there are readings."""
    value = a_map(does=[{"text": "платит", "evidence": [{"reading": "buy.conversion"}]}])
    assert standing(value, readings(conversion=rate(0.2, 0.4)), TODAY)["buy/does/0"] is EvidenceState.MEASURED
    silent = readings(conversion=CannotTell(cannot_tell="too-few"))
    assert standing(value, silent, TODAY)["buy/does/0"] is EvidenceState.ASSUMED


@pytest.mark.parametrize(
    ("measured", "state"),
    [
        (score(0.8, 1.2), EvidenceState.MEASURED),
        (score(0.0, 0.5), EvidenceState.MEASURED),
        (score(-1.0, 0.4), EvidenceState.CONTRADICTED),
        (score(1.6, 2.0), EvidenceState.CONTRADICTED),
        (score(-2.0, -1.0, n=4), EvidenceState.ASSUMED),
    ],
)
def test_an_asserted_emotion_meets_the_measured_one(measured: Satisfaction, state: EvidenceState) -> None:
    """R-04, R-31: contradicted when the interval lies wholly beyond ±0.5 of what is asserted (1.0 here)."""
    value = a_map(feels={"score": 1})
    assert standing(value, readings(satisfaction=measured), TODAY)["buy/feels/0"] is state


def test_old_readings_are_stale_unless_simulated() -> None:
    """R-31: 90 days unless said."""
    old = readings(end=datetime(2026, 3, 1, tzinfo=UTC), satisfaction=score(0.8, 1.2))
    value = a_map(feels={"score": 1})
    assert standing(value, old, TODAY)["buy/feels/0"] is EvidenceState.STALE
    assert standing(value.model_copy(update={"simulated": True}), old, TODAY)["buy/feels/0"] is EvidenceState.MEASURED


@pytest.mark.parametrize(
    ("low", "high", "state"), [(0.4, 0.5, "measured"), (0.1, 0.2, "contradicted"), (0.1, 0.35, "measured")]
)
def test_a_metric_on_the_other_side_of_its_target_is_contradicted(low: float, high: float, state: str) -> None:
    """R-02, R-31"""
    value = a_map(metrics=[{"id": "m", "title": "дальше", "reading": "conversion", "at_least": 0.3}])
    assert standing(value, readings(conversion=rate(low, high)), TODAY)["buy/metrics/0"] == state


def test_figures_typed_by_hand_are_entered() -> None:
    """R-22"""
    figure = {"reading": "satisfaction", "value": -1, "date": "2026-11-01"}
    value = a_map(feels={"score": -1}, figures=[figure], metrics=[{"id": "m", "title": "дальше"}])
    found = standing(value, None, TODAY)
    assert found["buy/figures/0"] is found["buy/feels/0"] is EvidenceState.ENTERED
    assert found["buy/metrics/0"] is EvidenceState.ASSUMED


def test_touchpoints_and_brand_have_their_own_addresses() -> None:
    """R-03: brand/0 is the goal, actions follow; a touchpoint is measured when its events were seen."""
    value = a_map(
        brand={"goal": "продать", "does": ["скидка"]},
        touchpoints=[{"id": "cart", "title": "Корзина", "asks": ["когда?"]}],
    )
    seen = readings(points=(TouchpointReading(id="cart", stage="buy", observed=True, events=5),))
    found = standing(value, seen, TODAY)
    assert set(found) == {"buy/brand/0", "buy/brand/1", "buy/touchpoints/0", "buy/cart/asks/0"}
    assert found["buy/touchpoints/0"] is EvidenceState.MEASURED


def test_figures_are_found_by_name() -> None:
    """R-23: a bare name belongs to the stage it is asked from; an unobserved stage cannot tell."""
    seen = readings(conversion=rate(0.2, 0.4))
    known = known_at(seen, "conversion", "buy")
    assert isinstance(known, Known)
    assert (known.value, known.n, known.kind) == (0.3, 100, "share")
    assert known_at(seen, "buy.entrants") == Known(100, None, None, 100, "count")
    assert known_at(seen, "nowhere.entrants") is None
    assert known_at(seen, "buy.nonsense") is None


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(maps())
def test_every_statement_of_any_map_has_a_state(value: Map) -> None:
    """R-31: as many states as statements, each once, none without data measured by the trail."""
    found = standing(value, None, TODAY)
    for stage in value.stages:
        for lane in ("does", "thinks", "pains", "barriers", "metrics", "figures"):
            assert sum(key.startswith(f"{stage.id}/{lane}/") for key in found) == len(getattr(stage, lane))
        assert (f"{stage.id}/goal/0" in found) == (stage.goal is not None)
