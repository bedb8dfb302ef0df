"""The ribbon in numbers (R-23, R-24): scales, parallel branches, joiners, discs."""

from __future__ import annotations

import sys
from math import pi
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from fixtures_readings import readings
from fixtures_shop import TODAY, shop
from pictures import crafted
from tropa.layout import lay_out
from tropa.layout.curves import smooth, value_at
from tropa.layout.geometry import all_groups, all_lines
from tropa.layout.ribbon import Ribbon
from tropa.layout.scene import Disc, Rect
from tropa.layout.stations import stations
from tropa.words import words


def test_a_new_scale_starts_where_the_ribbon_becomes_a_thread() -> None:
    """100 000 → 2 000 → 300: the second stage is drawn fifty times larger, and says so."""
    value = crafted(3, crowded=False, deal=1)
    found = stations(value, value.stages, readings(value, (100_000, 2_000, 300)))
    assert [item.factor for item in found] == [1, 50, 50]
    assert [item.new_scale for item in found] == [False, True, False]


def test_one_scale_suffices_where_nobody_is_lost() -> None:
    """No break in scale without need."""
    value = crafted(4, crowded=False)
    found = stations(value, value.stages, readings(value, (1000, 900, 800, 700)))
    assert {item.factor for item in found} == {1.0}


def test_the_band_is_as_wide_as_the_passes() -> None:
    """Minard's rule: width is number."""
    value = shop()
    found = stations(value, value.stages, readings(value))
    ribbon = Ribbon(found)
    first, second = found[0], found[1]
    assert ribbon.thick(first, first.total) == pytest.approx(ribbon.height)
    assert ribbon.thick(second, second.total) / ribbon.thick(first, first.total) == pytest.approx(
        second.total / first.total
    )


def test_the_area_of_a_disc_is_the_money() -> None:
    """R-24: discs compare by area."""
    value = shop()
    found = readings(value)
    ribbon = Ribbon(stations(value, value.stages, found))
    areas = {item.stage: pi * ribbon.radius(item) ** 2 / item.loss.value for item in found.breaks}
    assert max(areas.values()) == pytest.approx(min(areas.values()), rel=0.01)


def test_branches_pass_by_one_another() -> None:
    """R-01: at a branch those of the other one go past, drawn pale, so that the ribbon does not seem to lose them."""
    value = crafted(6, crowded=False, branches=True)
    found = stations(value, value.stages, readings(value, (900, 500, 300, 700, 300, 100)))
    assert [item.total for item in found[:4]] == [900, 800, 800, 700]


def test_those_who_join_late_come_from_above() -> None:
    """Passes that begin at a later stage are a strand of their own."""
    value = shop()
    found = readings(value)
    late = found.stages[2].model_copy(update={"first_seen": 4000})
    found = found.model_copy(update={"stages": (*found.stages[:2], late, *found.stages[3:])})
    page = lay_out(value, found, words("ru"), today=TODAY)
    told = [
        " ".join(line.text.split()) for group in all_groups(page.items, "ribbon") for line in all_lines(group.items)
    ]
    assert "4 000 начинают отсюда" in told


def test_a_stage_that_cannot_be_seen_is_hatched() -> None:
    """R-23: hatched, so that it is not taken for a loss."""
    value = crafted(3, crowded=False)
    page = lay_out(value, readings(value, (900, 0, 300)), words("ru"), today=TODAY)
    station = next(group for group in all_groups(page.items, "station") if group.cell == "s1/ribbon")
    assert any(isinstance(item, Rect) and item.hatch for item in station.items)


def test_every_break_has_its_disc_and_its_tip() -> None:
    """R-24: price, interval, reference and ceiling are told where the disc is."""
    value = shop()
    found = readings(value)
    page = lay_out(value, found, words("en"), today=TODAY)
    groups = {group.cell: group for group in all_groups(page.items, "break")}
    for item in found.breaks:
        group = groups[f"{item.stage}/break"]
        assert any(isinstance(part, Disc) for part in group.items)
        for told in ("ceiling", "attainable", "do not add up"):
            assert told in group.tip


def test_the_emotion_curve_never_overshoots() -> None:
    """R-04: a monotone curve stays between its points."""
    points = [(0.0, 10.0), (100.0, 10.0), (200.0, 90.0), (300.0, 20.0), (400.0, 20.0)]
    for x in range(0, 401, 5):
        left = max(i for i in range(4) if points[i][0] <= x or i == 0)
        low, high = sorted((points[left][1], points[left + 1][1]))
        assert low - 1e-6 <= value_at(points, float(x)) <= high + 1e-6
    assert smooth(points[:1]) == (("M", 0.0, 10.0),)
