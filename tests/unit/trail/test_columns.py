"""Columns and cells that go together: whatever tells a share tells it with its interval and what it is of (R-23)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tropa.model.measure import Column, Declaration
from tropa.stats.intervals import wilson
from tropa.trail.measures import DECLARATIONS
from tropa.trail.measures.columns import ranged, rate, share_cells, share_of


@given(st.integers(0, 50), st.integers(0, 50))
def test_a_share_with_its_interval_and_what_it_is_of(part: int, more: int) -> None:
    """R-23: Wilson's interval; of nobody there is none, and no share."""
    whole = part + more
    expected = (part / whole, *wilson(part, whole)) if whole else (None, None, None)
    assert rate(part, whole) == expected
    assert share_cells(part, whole) == (*expected, part, whole)
    assert len(share_of("share", "n", "all")) == len(share_cells(part, whole))


def test_the_ends_of_an_interval_are_called_after_their_figure() -> None:
    """R-23: `low` and `high` of the share itself; a stem before them else."""
    assert [one.id for one in ranged("share")] == ["share", "low", "high"]
    assert [one.id for one in share_of("came_share", "came", "was")] == [
        "came_share",
        "came_low",
        "came_high",
        "came",
        "was",
    ]
    assert ranged("each", "money")[0] == Column(id="each", kind="money", low="each_low", high="each_high")


@pytest.mark.parametrize("declared", DECLARATIONS, ids=lambda one: one.id)
def test_what_a_column_points_at_is_there(declared: Declaration) -> None:
    """R-23: ends, numerators and denominators are columns of the same answer."""
    there = {one.id for one in declared.columns}
    for one in declared.columns:
        assert {one.low, one.high, one.part, one.whole} - {None} <= there
