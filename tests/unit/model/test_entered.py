"""R-22: a map without any log is first-class; figures typed by hand draw it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from strategies import maps
from tropa.model import Map, Rate, Satisfaction, Times
from tropa.model.entered import ENTERED, _wilson, entered_readings
from tropa.stats.intervals import wilson


def shop() -> Map:
    return Map.model_validate(
        {
            "title": "Shop",
            "stages": [
                {
                    "id": "see",
                    "title": "See",
                    "figures": [
                        {"reading": "entrants", "value": 1000},
                        {"reading": "conversion", "value": 0.3, "n": 1000},
                    ],
                },
                {
                    "id": "buy",
                    "title": "Buy",
                    "figures": [{"reading": "time_to_next", "value": 2}, {"reading": "loss", "value": 5000}],
                },
                {
                    "id": "use",
                    "title": "Use",
                    "figures": [{"reading": "entrants", "value": 60}, {"reading": "satisfaction", "value": 1}],
                },
                {"id": "again", "title": "Again", "figures": [{"reading": "repeat_rate", "value": 0.2}]},
            ],
        }
    )


def test_typed_figures_become_a_picture_of_the_trail() -> None:
    """R-22: entrants follow from a conversion; nothing is made up where nothing was typed."""
    readings = entered_readings(shop())
    assert readings is not None
    assert readings.scope.data_version == ENTERED
    see, buy, use, again = readings.stages
    assert (see.entrants, buy.entrants, use.entrants) == (1000, 300, 60)
    assert not again.observed
    assert isinstance(see.conversion, Rate)
    assert (see.conversion.numerator, see.conversion.denominator, see.exits) == (300, 1000, 700)
    assert isinstance(buy.conversion, Rate)
    assert buy.conversion.value == 0.2
    assert isinstance(buy.time_to_next, Times)
    assert buy.time_to_next.median_s == 172_800
    assert isinstance(use.satisfaction, Satisfaction)
    assert isinstance(readings.loop.repeat_rate, Rate)
    assert (readings.loop.repeat_rate.low, readings.loop.repeat_rate.high) == (0, 1)
    assert [(flow.source, flow.target, flow.passes) for flow in readings.flows] == [
        ("see", "buy", 300),
        ("buy", "use", 60),
    ]
    assert readings.breaks[0].loss.value == 5000
    assert readings.breaks[0].rate.numerator == 240


def test_a_map_without_figures_has_no_picture() -> None:
    """R-22"""
    assert entered_readings(Map.model_validate({"title": "x", "stages": [{"id": "a", "title": "A"}]})) is None


@pytest.mark.parametrize(("part", "whole"), [(0, 10), (10, 10), (3, 10), (300, 1000)])
def test_the_interval_is_that_of_stats(part: int, whole: int) -> None:
    """R-23: one Wilson interval in the house."""
    assert _wilson(part, whole) == pytest.approx(wilson(part, whole)[:2])


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(maps())
def test_any_map_with_figures_gives_readings_that_hold_together(value: Map) -> None:
    """R-22: every stage is there once, rates lie within their intervals, unobserved stages have no entrants."""
    readings = entered_readings(value)
    if readings is None:
        return
    assert [stage.id for stage in readings.stages] == [stage.id for stage in value.stages]
    for stage in readings.stages:
        assert stage.observed or stage.entrants == 0
        if isinstance(stage.conversion, Rate):
            assert 0 <= stage.conversion.numerator <= stage.conversion.denominator
