"""Smooth curves through points that never swing beyond them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

Command = tuple[str | float, ...]


def slopes(points: Sequence[tuple[float, float]]) -> list[float]:
    """Tangents of the monotone cubic through points with rising x (Fritsch and Carlson, 1980): no overshoot between two points."""
    return _slopes(tuple(points))


@lru_cache(maxsize=64)
def _slopes(points: tuple[tuple[float, float], ...]) -> list[float]:
    count = len(points)
    secants = [(points[i + 1][1] - points[i][1]) / max(points[i + 1][0] - points[i][0], 1e-9) for i in range(count - 1)]
    out = [secants[0], *((secants[i - 1] + secants[i]) / 2 for i in range(1, count - 1)), secants[-1]]
    for i in range(1, count - 1):
        if secants[i - 1] * secants[i] <= 0:
            out[i] = 0.0
    for i, secant in enumerate(secants):
        if secant == 0:
            out[i] = out[i + 1] = 0.0
            continue
        a, b = out[i] / secant, out[i + 1] / secant
        length = (a * a + b * b) ** 0.5
        if length > 3:
            out[i], out[i + 1] = 3 * a / length * secant, 3 * b / length * secant
    return out


def smooth(points: Sequence[tuple[float, float]]) -> tuple[Command, ...]:
    """Path commands of the monotone cubic through points with rising x. One point gives only its start."""
    commands: list[Command] = [("M", *_near(points[0]))]
    if len(points) == 1:
        return tuple(commands)
    tangents = slopes(points)
    for i in range(len(points) - 1):
        (x0, y0), (x1, y1) = points[i], points[i + 1]
        third = (x1 - x0) / 3
        first = _near((x0 + third, y0 + tangents[i] * third))
        second = _near((x1 - third, y1 - tangents[i + 1] * third))
        commands.append(("C", *first, *second, *_near((x1, y1))))
    return tuple(commands)


def value_at(points: Sequence[tuple[float, float]], x: float) -> float:
    """Height of the monotone cubic at `x` (the nearest end outside of it)."""
    if x <= points[0][0]:
        return points[0][1]
    if x >= points[-1][0]:
        return points[-1][1]
    tangents = slopes(points)
    i = next(i for i in range(len(points) - 1) if points[i + 1][0] >= x)
    (x0, y0), (x1, y1) = points[i], points[i + 1]
    width = x1 - x0
    t = (x - x0) / width
    return (
        (2 * t**3 - 3 * t**2 + 1) * y0 + (t**3 - 2 * t**2 + t) * width * tangents[i]
        + (-2 * t**3 + 3 * t**2) * y1 + (t**3 - t**2) * width * tangents[i + 1]
    )  # fmt: skip


def _near(point: tuple[float, float]) -> tuple[float, float]:
    return round(point[0], 2), round(point[1], 2)
