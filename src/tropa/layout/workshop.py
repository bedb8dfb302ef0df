"""An empty map for a wall: stages by lanes with room for a sticky note in each cell, tiled over sheets that no cell is cut by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tropa.layout.frame import PAPERS, Paper
from tropa.layout.orders import WORKSHOP
from tropa.layout.pen import Cuts, Style, fitted, height_of, line, set_lines, wrapped
from tropa.layout.scene import Group, Item, Page, Path, Rect, Table
from tropa.model import Map, Stage, say
from tropa.words import Words

MM = 96 / 25.4
"""CSS pixels in a millimetre: the sheets are drawn in their own size, nothing is scaled."""
EDGE = 10.0
"""Millimetres around the drawing: printers leave about five blank, the marks and the sheet's number stand in the others."""
LEAST = 88.0
"""Millimetres of a cell at the least: a sticky note of 76 with air around it."""
GAP, MARK = 1.5, 5.0
"""Millimetres between the drawing's corner and a cut mark, and the mark's length."""
PAD = 5.0 * MM
TITLE, STAGE, LANE = Style(30, 700), Style(26, 600), Style(22, 600)
HINT, SMALL = Style(15, 400, "muted"), Style(11, 400, "muted")


@dataclass(frozen=True)
class Row:
    """A lane of the grid: its name, what belongs into it, and whether it is drawn as a curve."""

    id: str
    title: str
    hint: str = ""
    curve: bool = False


@dataclass(frozen=True)
class Wall:
    """The grid by cells: row 0 has the stages' names, column 0 those of the lanes; the last sheets are filled up with spare cells."""

    value: Map
    words: Words
    stages: tuple[Stage, ...]
    rows: tuple[Row, ...]
    paper: Paper
    across: int
    down: int
    cuts: Cuts

    @property
    def cell(self) -> tuple[float, float]:
        """Width and height of a cell in pixels."""
        width, height = self.paper.width_mm - 2 * EDGE, self.paper.height_mm - 2 * EDGE
        return width / self.across * MM, height / self.down * MM

    @property
    def tiles(self) -> tuple[int, int]:
        """How many sheets stand side by side, and how many one under another."""
        return -(-(len(self.stages) + 1) // self.across), -(-(len(self.rows) + 1) // self.down)


def workshop(value: Map, words: Words, *, paper: str, stages: tuple[Stage, ...], hide: frozenset[str]) -> Page:
    """The empty map: a sheet for each tile, row by row; on `screen` the whole grid on one page."""
    rows = tuple(
        Row(lane, words(f"lane-{lane}"), words(f"editor-hint-{lane}"), lane == "feels")
        for lane in WORKSHOP
        if lane not in hide
    )
    own = tuple(
        Row(lane.id, say(lane.title, words.lang), curve=lane.kind == "curve")
        for lane in value.lanes
        if lane.id not in hide
    )
    size = PAPERS["a4" if paper == "screen" else paper]
    across = max(1, int((size.width_mm - 2 * EDGE) // LEAST))
    down = max(1, int((size.height_mm - 2 * EDGE) // LEAST))
    wall = Wall(value, words, stages, rows + own, size, across, down, Cuts())
    if paper == "screen":
        return _whole(wall)
    wide, high = wall.tiles
    made = [_sheet(wall, x, y) for y in range(high) for x in range(wide)]
    shortened = tuple(wall.cuts.found)
    return replace(made[0], more=tuple(made[1:]), tables=(_table(wall),), shortened=shortened)


def _page(wall: Wall, width: float, height: float, items: Iterator[Item], description: str) -> Page:
    title = wall.words("workshop-title", title=say(wall.value.title, wall.words.lang))
    blank = Rect(0, 0, round(width, 2), round(height, 2), fill="card")
    return Page(round(width, 2), round(height, 2), title, description, wall.words.lang, (blank, *items))


def _table(wall: Wall) -> Table:
    """The same grid for a screen reader."""
    words = wall.words
    head = (words("workshop-lanes"), *(say(stage.title, words.lang) for stage in wall.stages))
    rows = tuple((row.title, *("" for _ in wall.stages)) for row in wall.rows)
    return Table(words("workshop-title", title=say(wall.value.title, words.lang)), head, rows)


def _whole(wall: Wall) -> Page:
    """All of it on one page, without spare cells and marks."""
    width, height = wall.cell
    columns, rows = len(wall.stages) + 1, len(wall.rows) + 1
    margin = EDGE * MM
    items = (
        _cell(wall, column, row, margin + column * width, margin + row * height)
        for row in range(rows)
        for column in range(columns)
    )
    description = wall.words("workshop-description", stages=len(wall.stages), lanes=len(wall.rows))
    page = _page(wall, 2 * margin + columns * width, 2 * margin + rows * height, items, description)
    return replace(page, tables=(_table(wall),), shortened=tuple(wall.cuts.found))


def _sheet(wall: Wall, x: int, y: int) -> Page:
    """One tile: its cells, the marks to cut along, and which sheet it is."""
    (wide, high), words = wall.tiles, wall.words
    facts = {"n": y * wide + x + 1, "whole": wide * high, "row": y + 1, "place": x + 1}
    number = words("workshop-sheet", **facts)
    width, height = wall.paper.width_mm * MM, wall.paper.height_mm * MM
    return _page(wall, width, height, _drawn(wall, x, y, number), number)


def _drawn(wall: Wall, x: int, y: int, number: str) -> Iterator[Item]:
    width, height = wall.cell
    for row in range(wall.down):
        for column in range(wall.across):
            yield _cell(
                wall, x * wall.across + column, y * wall.down + row,
                EDGE * MM + column * width, EDGE * MM + row * height,
            )  # fmt: skip
    yield from _marks(wall)
    base = (EDGE - 4) * MM
    named = line((EDGE + 2) * MM, base, number, SMALL)
    yield named
    left = (EDGE + 2) * MM + named.width + 18
    right = wall.paper.width_mm * MM - EDGE * MM - _plan_width(wall) - 18
    title = say(wall.value.title, wall.words.lang)
    yield fitted(left, base, title, SMALL, right - left, wall.cuts, "map/title")
    yield from _plan(wall, x, y)


def _marks(wall: Wall) -> Iterator[Item]:
    """Two short lines outside of each corner of the drawing."""
    left, top = EDGE * MM, EDGE * MM
    right, bottom = (wall.paper.width_mm - EDGE) * MM, (wall.paper.height_mm - EDGE) * MM
    near, far = GAP * MM, (GAP + MARK) * MM
    for x, outward in ((left, -1), (right, 1)):
        for y, upward in ((top, -1), (bottom, 1)):
            for start, end in (
                ((x + outward * near, y), (x + outward * far, y)),
                ((x, y + upward * near), (x, y + upward * far)),
            ):
                commands = (("M", round(start[0], 2), round(start[1], 2)), ("L", round(end[0], 2), round(end[1], 2)))
                yield Path(commands, stroke="ink", stroke_width=0.75)


def _plan_width(wall: Wall) -> float:
    return wall.tiles[0] * _plan_step(wall)


def _plan_step(wall: Wall) -> float:
    """Pixels from one sheet of the little plan to the next: all of its rows fit the margin."""
    return min(14.0, (EDGE - 5) * MM / wall.tiles[1] * 1.4)


def _plan(wall: Wall, x: int, y: int) -> Iterator[Item]:
    """Where this sheet hangs among the others, as a small plan in the margin."""
    wide, high = wall.tiles
    step = _plan_step(wall)
    left, top = (wall.paper.width_mm - EDGE - 2) * MM - wide * step, 3.2 * MM
    for row in range(high):
        for column in range(wide):
            here = (column, row) == (x, y)
            yield Rect(
                round(left + column * step, 2), round(top + row * step / 1.4, 2), round(step - 1.5, 2),
                round(step / 1.4 - 1.5, 2), fill="ink" if here else "none", stroke="ink" if here else "muted", stroke_width=0.5,
            )  # fmt: skip


def _cell(wall: Wall, column: int, row: int, x: float, y: float) -> Group:
    """One cell of the grid: a corner, a stage's head, a lane's name, an empty cell, or a spare one."""
    width, height = wall.cell
    stage = wall.stages[column - 1] if 0 < column <= len(wall.stages) else None
    lane = wall.rows[row - 1] if 0 < row <= len(wall.rows) else None
    spare = column > len(wall.stages) or row > len(wall.rows)
    head = not spare and (row == 0 or column == 0)
    box = Rect(
        round(x, 2), round(y, 2), round(width, 2), round(height, 2), fill="sand" if head else "none", stroke="muted",
        stroke_width=1, dash=(4, 4) if spare else (),
    )  # fmt: skip
    items: list[Item] = [box]
    address = f"{stage.id if stage else column}/{lane.id if lane else row}"
    if not spare and row == 0 and column == 0:
        items.extend(_corner(wall, x, y))
    elif stage is not None and row == 0:
        items.extend(_stage(wall, stage, column, x, y))
    elif lane is not None and column == 0:
        items.extend(_lane(wall, lane, x, y))
    elif lane is not None and stage is not None and lane.curve:
        items.extend(_axis(x, y, width, height))
    return Group(tuple(items), kind="cell", cell=address)


def _set(
    wall: Wall, text: str, style: Style, x: float, y: float, most: int, address: str
) -> tuple[tuple[Item, ...], float]:
    """A text in a cell, and where the next one may begin."""
    lines = wrapped(text, wall.cell[0] - 2 * PAD, style, most, wall.cuts, address)
    return set_lines(lines, x + PAD, y, style), y + height_of(lines, style)


def _corner(wall: Wall, x: float, y: float) -> Iterator[Item]:
    """The map's name and whose journey it is."""
    words = wall.words
    items, below = _set(wall, say(wall.value.title, words.lang), TITLE, x, y + PAD, 4, "map/title")
    yield from items
    persona = next((one for one in wall.value.personas if one.id == wall.value.persona), None)
    named = say(persona.title, words.lang) if persona else ""
    text = words("workshop-persona", name=named) if named else words("workshop-whose")
    items, _ = _set(wall, text, HINT, x, below + 8, 2, "map/persona")
    yield from items


def _stage(wall: Wall, stage: Stage, column: int, x: float, y: float) -> Iterator[Item]:
    """A stage's number and name, and two lines to say by hand where it begins and ends."""
    words, (width, height) = wall.words, wall.cell
    yield line(x + PAD, y + PAD + 14, words.decimal(column), HINT)
    items, _ = _set(wall, say(stage.title, words.lang), STAGE, x, y + PAD + 24, 4, stage.id)
    yield from items
    for index, edge in enumerate(("begins", "ends")):
        base = y + height - (46 if index else 102)
        text = fitted(x + PAD, base, words("workshop-edge", edge=edge), HINT, width - 2 * PAD, wall.cuts, stage.id)
        yield text
        yield Rect(round(x + PAD, 2), round(base + 22, 2), round(width - 2 * PAD, 2), 0.75, fill="muted")


def _lane(wall: Wall, lane: Row, x: float, y: float) -> Iterator[Item]:
    """A lane's name and the question that its cells answer."""
    items, below = _set(wall, lane.title, LANE, x, y + PAD, 3, lane.id)
    yield from items
    if lane.hint:
        items, _ = _set(wall, lane.hint, HINT, x, below + 8, 6, lane.id)
        yield from items


def _axis(x: float, y: float, width: float, height: float) -> Iterator[Item]:
    """Where the feelings are neither good nor bad: a dashed line, a plus above it, a minus below."""
    middle = round(y + height / 2, 2)
    yield Path((("M", round(x, 2), middle), ("L", round(x + width, 2), middle)), stroke="muted", dash=(6, 6))
    yield line(x + 10, y + 28, "+", LANE)
    yield line(x + 10, y + height - 14, "−", LANE)
