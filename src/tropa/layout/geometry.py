"""How much room the things of a scene take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tropa.layout.measure import measure
from tropa.layout.scene import Disc, Group, Item, Line, Path, Photo, Rect, Symbol

Bounds = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def line_bounds(line: Line) -> Bounds:
    """The box of a line of text: from the top of its capitals to the foot of its descenders."""
    left = line.x - {"start": 0.0, "middle": line.width / 2, "end": line.width}[line.anchor]
    top = line.y - measure.cap_height(line.size)
    return left, top, left + line.width, line.y + line.size * 0.2


def bounds(items: Iterable[Item]) -> Bounds | None:
    """The box around some things; None for none."""
    boxes = list(_boxes(items))
    if not boxes:
        return None
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def _boxes(items: Iterable[Item]) -> Iterator[Bounds]:
    for item in items:
        if isinstance(item, Group):
            yield from _boxes(item.items)
        elif isinstance(item, Line):
            yield line_bounds(item)
        elif isinstance(item, (Rect, Photo)):
            yield item.x, item.y, item.x + item.width, item.y + item.height
        elif isinstance(item, Disc):
            yield item.x - item.r, item.y - item.r, item.x + item.r, item.y + item.r
        elif isinstance(item, Symbol):
            yield item.x, item.y, item.x + item.size, item.y + item.size
        else:
            yield from _path(item)


def _path(item: Path) -> Iterator[Bounds]:
    """The box of a path's points (a curve lies within that of its own)."""
    points = [float(part) for command in item.commands for part in command[1:]]
    if points:
        yield min(points[0::2]), min(points[1::2]), max(points[0::2]), max(points[1::2])


def all_lines(items: Iterable[Item]) -> Iterator[Line]:
    """Every line of text of a scene, in drawing order."""
    for item in items:
        if isinstance(item, Line):
            yield item
        elif isinstance(item, Group):
            yield from all_lines(item.items)


def all_groups(items: Iterable[Item], kind: str = "") -> Iterator[Group]:
    """Every group of a scene (of one kind), outer ones first."""
    for item in items:
        if isinstance(item, Group):
            if not kind or item.kind == kind:
                yield item
            yield from all_groups(item.items, kind)
