"""Several curves in one picture, bars that are no shares, grids in the answer's order (R-26, R-27)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from tropa.layout.charts.lines import LOOKS
from tropa.layout.charts.page import bare_chart
from tropa.layout.scene import Group, Line, Path, Rect
from tropa.model import Unit
from tropa.model.measure import Answer, Cell, Column, ColumnKind, Picture
from tropa.words import words

SAY = words("en")


def columns(**kinds: ColumnKind) -> tuple[Column, ...]:
    return tuple(
        Column(id=name, kind=kind, low="low" if name == "each" else None, high="high" if name == "each" else None)
        for name, kind in kinds.items()
    )


def drawn(picture: Picture, parts: tuple[Column, ...], rows: list[tuple[Cell, ...]], width: float) -> list[Any]:
    answer = Answer(measure="ltv", unit=Unit.CUSTOMERS, n=1, columns=parts, rows=tuple(rows))
    labels = {str(cell): str(cell).upper() for row in rows for cell in row if isinstance(cell, str)}
    return list(flat(bare_chart(answer, picture, labels, SAY, width).items))


def flat(items: Any) -> Iterator[Any]:
    for item in items:
        if isinstance(item, Group):
            yield from flat(item.items)
        else:
            yield item


@pytest.mark.parametrize("width", [390.0, 1100.0])
def test_each_curve_has_a_look_and_its_name(width: float) -> None:
    """R-27: told apart by more than colour, named once, names apart from one another."""
    rows: list[tuple[Cell, ...]] = [
        (name, at * 86_400.0, at / 40 + k / 50) for k, name in enumerate("abcd") for at in range(9)
    ]
    found = drawn(
        Picture(kind="curve", x="time", value="share", series="group"),
        columns(group="state", time="seconds", share="share"), rows, width,
    )  # fmt: skip
    ways = [one for one in found if isinstance(one, Path) and len(one.commands) > 2 and one.stroke != "none"]
    looks = [(one.stroke, one.dash) for one in ways]
    assert len(looks) == len(set(looks)) == 4
    names = [one for one in found if isinstance(one, Line) and one.text in ("A", "B", "C", "D")]
    assert sorted(one.text for one in names) == ["A", "B", "C", "D"]
    heights = sorted(one.y for one in names)
    assert all(b - a >= 16 for a, b in pairwise(heights))


def test_looks_are_all_different() -> None:
    """R-27: no two curves of one picture look alike."""
    assert len(set(LOOKS)) == len(LOOKS)


def test_bars_of_money_are_as_long_as_their_amounts() -> None:
    """R-27: the longest interval takes the whole width, the rest its share of it; amounts stand with their intervals."""
    found = drawn(
        Picture(kind="bars", x="group", value="each"), columns(group="state", each="money", low="money", high="money"),
        [("a", 1000.0, 500.0, 2000.0), ("b", 500.0, 250.0, 900.0)], 1100.0,
    )  # fmt: skip
    long, short = (one.width for one in found if isinstance(one, Rect))
    assert long == pytest.approx(2 * short, rel=0.01)
    told = [one.text.replace("\u00a0", " ") for one in found if isinstance(one, Line)]
    assert "1,000 [500; 2,000]" in told


def test_a_grid_keeps_the_order_of_its_grades() -> None:
    """R-27: recency from the latest to the oldest, whatever the counts."""
    rows: list[tuple[Cell, ...]] = [(f"r{5 - k}", f, 0.01 * k) for k in range(5) for f in range(1, 6)]
    found = drawn(
        Picture(kind="matrix", x="frequency", y="recency", value="share"),
        columns(recency="state", frequency="number", share="share"), rows, 1100.0,
    )  # fmt: skip
    names = [one for one in found if isinstance(one, Line) and one.text.startswith("R")]
    assert [one.text for one in sorted(names, key=lambda one: one.y)] == ["R5", "R4", "R3", "R2", "R1"]
