"""Columns and cells that go together: a figure with the ends of its interval, a share with what it is of."""

from __future__ import annotations

from typing import Any

from tropa.model.measure import Column, ColumnKind
from tropa.stats.intervals import wilson

Ends = tuple[float | None, float | None, float | None]
"""A figure and the ends of its interval; nothing where it is not known."""
NOT_KNOWN: Ends = (None, None, None)


def ranged(name: str, kind: ColumnKind = "share", **more: Any) -> tuple[Column, ...]:
    """The column of a figure and, beside it, those of the ends of its interval: of `share` they are `low` and `high`, of `came_share`
    `came_low` and `came_high`, of `each` `each_low` and `each_high`. `more`: what else `Column` takes."""
    stem = "" if name == "share" else f"{name.removesuffix('_share')}_"
    low, high = f"{stem}low", f"{stem}high"
    return (
        Column(id=name, kind=kind, low=low, high=high, **more),
        Column(id=low, kind=kind, aside=True),
        Column(id=high, kind=kind, aside=True),
    )


def share_of(name: str, part: str, whole: str) -> tuple[Column, ...]:
    """The five columns of a share: itself, the ends of its interval, numerator and denominator. Their cells: `share_cells`."""
    counts = (Column(id=part, kind="count", aside=True), Column(id=whole, kind="count", aside=True))
    return (*ranged(name, part=part, whole=whole), *counts)


def rate(part: int, whole: int) -> Ends:
    """A share with Wilson's interval; nothing of nobody."""
    return (part / whole, *wilson(part, whole)) if whole else NOT_KNOWN


def share_cells(part: int, whole: int) -> tuple[float | None, float | None, float | None, int, int]:
    """The cells of `share_of`."""
    return (*rate(part, whole), part, whole)
