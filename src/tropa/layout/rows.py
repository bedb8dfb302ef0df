"""Rows of the map: labels at the left, cells under their columns, hairlines between."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from tropa.layout.content import Column, Content, Entry, Row
from tropa.layout.frame import Frame, Slot
from tropa.layout.legend import mark_role
from tropa.layout.pen import Cuts, Style, height_of, line, set_lines, wrapped
from tropa.layout.rivals import SetTable
from tropa.layout.scene import Disc, Group, Item, Path, Photo, Rect, Role, Symbol
from tropa.words import Words

PAD = 8.0
GAP = 5.0
MARK = 10.0
INDENT = 18.0
SQUARES = 30.0


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a crowded cell is shown; the rest is listed. None: everything."""

    lines: int | None = None
    entries: int | None = None


@dataclass(frozen=True)
class Block:
    """A laid-out entry: drawn at any height by `at`."""

    entry: Entry
    lines: tuple[str, ...]
    aside: tuple[str, ...]
    style: Style
    aside_style: Style
    x: float
    width: float
    squares_below: bool
    inline: bool = False
    """Whether the aside stands on the last line of the text."""

    @cached_property
    def height(self) -> float:
        """Its height without the gap to the next one."""
        below = 12.0 if self.squares_below else 0.0
        tint = 12.0 if self.entry.tint else 0.0
        return height_of(self.lines, self.style) + self.aside_height + below + tint + self.photo_height

    @cached_property
    def photo_height(self) -> float:
        """Room for the picture below the text."""
        return self.entry.photo.within(self.width - INDENT)[1] + 4 if self.entry.photo else 0.0

    @cached_property
    def aside_height(self) -> float:
        """Room for the aside below the text."""
        return 0.0 if self.inline else height_of(self.aside, self.aside_style)

    def at(self, top: float) -> tuple[Item, ...]:
        """The drawn entry with its upper edge at `top`."""
        entry, items = self.entry, list[Item]()
        if entry.tint:
            fill: Role = "break-tint" if entry.tint == "break" else "trail-tint"
            items.append(Rect(self.x - 9, top, self.width + 16, self.height, fill=fill, radius=7))
            top += 6
        first = top + self.style.leading / 2
        if entry.gold:
            height = height_of(self.lines, self.style) + self.aside_height
            items.append(Rect(self.x - 6, top + 1, 3, height - 2, fill="gold", radius=1.5))
        items.extend(_mark(entry, self.x, first))
        x = self.x + INDENT
        if entry.icon:
            items.append(Symbol(entry.icon, x, first - 8, 16, "muted"))
            x += 22
        items.extend(set_lines(self.lines, x, top, self.style))
        if entry.star and self.lines:
            end = x + self.style.width(self.lines[-1]) + 5
            y = top + height_of(self.lines, self.style) - self.style.leading / 2
            items.append(Symbol("star", round(end, 2), round(y - 7, 2), 14, "gold"))
        y = top + height_of(self.lines, self.style)
        if self.inline:
            left = x + self.style.width(self.lines[-1]) + 9 + (18 if entry.star else 0)
            items.extend(
                set_lines(self.aside, left, y - self.style.leading / 2 - self.aside_style.leading / 2, self.aside_style)
            )
        else:
            items.extend(set_lines(self.aside, x, y, self.aside_style))
        if entry.photo:
            wide, tall = entry.photo.within(self.width - INDENT)
            down = y + self.aside_height + 2
            items.append(Photo(round(x, 2), round(down, 2), wide, tall, entry.photo.source, entry.alt))
        if entry.severity:
            items.extend(self._squares(first if not self.squares_below else y + self.aside_height + 7))
        return tuple(items)

    def _squares(self, middle: float) -> tuple[Item, ...]:
        left = self.x + INDENT if self.squares_below else self.x + self.width - 26
        return tuple(
            Rect(
                left + index * 9, middle - 3.5, 7, 7, fill="break" if index < self.entry.severity else "line", radius=1
            )
            for index in range(3)
        )


def _mark(entry: Entry, x: float, middle: float) -> list[Item]:
    """The mark of what an entry rests on."""
    if entry.state is None:
        return []
    name = f"evidence-{entry.state.value}"
    return [Symbol(name, round(x, 2), round(middle - MARK / 2, 2), MARK, mark_role(entry.state), entry.state.value)]


def block(entry: Entry, slot: Slot, frame: Frame, limits: Limits, cuts: Cuts) -> Block:
    """An entry set for a column: wrapped, with room for its mark, its icon, its star and its squares."""
    style = frame.type.strong if entry.strong else frame.type.body
    x, width = slot.x + 14, slot.width - 22
    room = width - INDENT - (22 if entry.icon else 0) - (20 if entry.star else 0)
    below = bool(entry.severity) and slot.width < 210
    text_room = room - (SQUARES if entry.severity and not below else 0)
    lines = wrapped(entry.text, text_room, style, limits.lines, cuts, entry.address)
    aside = wrapped(entry.aside, room, frame.type.aside, limits.lines, cuts, entry.address)
    used = style.width(lines[-1]) + 9 + (18 if entry.star else 0) if lines else 0.0
    inline = len(aside) == 1 and bool(lines) and used + frame.type.aside.width(aside[0]) <= text_room
    return Block(entry, lines, aside, style, frame.type.aside, x, width, below, inline)


@dataclass(frozen=True, slots=True)
class Chips:
    """Touchpoints in a flow, several on a line: each with its mark, its icon and its name."""

    placed: tuple[tuple[Entry, float, float, tuple[str, ...]], ...]
    """(entry, left, top within the block, lines)."""
    style: Style
    aside_style: Style
    height: float

    def at(self, top: float) -> tuple[Item, ...]:
        """The drawn touchpoints with their upper edge at `top`."""
        items: list[Item] = []
        for entry, x, down, lines in self.placed:
            y = top + down
            first = y + self.style.leading / 2
            drawn: list[Item] = [*_mark(entry, x, first)]
            left = x + 15
            if entry.icon:
                drawn.append(Symbol(entry.icon, round(left, 2), round(first - 8, 2), 16, "muted"))
                left += 21
            drawn.extend(set_lines(lines, left, y, self.style))
            end = left + self.style.width(lines[-1]) + 4
            if entry.star:
                star_y = y + height_of(lines, self.style) - self.style.leading / 2 - 7
                drawn.append(Symbol("star", round(end, 2), round(star_y, 2), 14, "gold"))
                end += 18
            if entry.aside:
                aside_y = y + height_of(lines, self.style) - self.style.leading / 2 - self.aside_style.leading / 2
                drawn.extend(set_lines((entry.aside,), end + 3, aside_y, self.aside_style))
            items.append(Group(tuple(drawn), kind="entry", cell=entry.address, tip=entry.tip, label=entry.text))
        return tuple(items)


def chips(entries: tuple[Entry, ...], slot: Slot, frame: Frame) -> Chips:
    """Sets touchpoints one after another, as many on a line as fit."""
    style, aside = frame.type.body, frame.type.aside
    left, right = slot.x + 14, slot.right - 6
    placed: list[tuple[Entry, float, float, tuple[str, ...]]] = []
    x, y, tall = left, 0.0, 0.0
    for entry in entries:
        before = 15 + (21 if entry.icon else 0)
        after = (18 if entry.star else 0) + (aside.width(entry.aside) + 7 if entry.aside else 0) + 4
        width = before + style.width(entry.text) + after
        lines: tuple[str, ...] = (entry.text,)
        if x > left and x + width > right:
            x, y, tall = left, y + tall + 4, 0.0
        if width > right - left:
            lines = wrapped(entry.text, max(40.0, right - left - before - after), style)
        placed.append((entry, x, y, lines))
        tall = max(tall, height_of(lines, style))
        x += width + 12
    return Chips(tuple(placed), style, aside, y + tall)


@dataclass(frozen=True)
class Cell:
    """All entries of a row in one column (or across an opened stage)."""

    key: str
    slot: Slot
    blocks: tuple[Block | Chips, ...]
    more: tuple[str, ...] = ()

    @cached_property
    def height(self) -> float:
        """Height of the content, without padding."""
        gaps = GAP * max(0, len(self.blocks) - 1)
        return sum(item.height for item in self.blocks) + gaps + (18 if self.more else 0)

    def at(self, top: float, height: float, lane: str, title: str, frame: Frame, words: Words) -> Group:
        """The drawn cell; its first item is its invisible box."""
        items: list[Item] = [Rect(self.slot.x, top, self.slot.width, height)]
        y = top + PAD
        for item in self.blocks:
            drawn = item.at(y)
            if isinstance(item, Chips):
                items.extend(drawn)
            else:
                items.append(
                    Group(
                        drawn,
                        kind="entry",
                        cell=item.entry.address,
                        tip=item.entry.tip,
                        label=item.entry.text or item.entry.alt,
                    )
                )
            y += item.height + GAP
        if self.more:
            text = words("picture-more", n=len(self.more))
            items.append(line(self.slot.x + 14 + INDENT, y + 10, text, frame.type.aside))
        if not self.blocks:
            items.append(line(self.slot.x + 14 + INDENT, y + frame.type.body.size, "—", frame.type.aside))
        return Group(tuple(items), kind="cell", cell=f"{self.key}/{lane}", label=title)


@dataclass(frozen=True)
class SetRow:
    """A row set for a frame: what spans opened stages above, what belongs to columns below."""

    row: Row
    label: tuple[str, ...]
    spans: tuple[Cell, ...]
    cells: tuple[Cell, ...]
    label_height: float
    table: SetTable | None = None
    """What is drawn instead of cells."""

    @cached_property
    def span_height(self) -> float:
        """Height of the spanning part, 0 where there is none."""
        tall = max((cell.height for cell in self.spans), default=0.0)
        return tall + PAD if tall else 0.0

    @property
    def curve_height(self) -> float:
        """Height of the drawn curve in a curve row."""
        return 64.0 if self.row.kind == "own-curve" else 0.0

    @cached_property
    def height(self) -> float:
        """Height of the row with padding."""
        if self.table is not None:
            return max(self.label_height, self.table.height) + 2 * PAD
        spanned = {cell.key for cell in self.spans}
        tall = [self.label_height, self.span_height]
        for cell in self.cells:
            under = cell.key.partition("/")[0] in spanned and cell.blocks
            tall.append(cell.height + (self.span_height if under else 0.0))
        return max(tall) + 2 * PAD + self.curve_height


def set_row(row: Row, content: Content, frame: Frame, limits: Limits, cuts: Cuts) -> SetRow:
    """A row measured for a frame."""
    label = wrapped(row.title, frame.grid - frame.left - 14, frame.type.label)
    spans, cells = [], []
    spanned: set[str] = set()
    for column in content.columns:
        if column.point is not None and column.stage.id not in spanned:
            spanned.add(column.stage.id)
            whole = row.entries.get(column.stage.id, ())
            if whole:
                spans.append(_cell(column.stage.id, whole, frame.stages[column.stage.id], frame, limits, cuts))
        cells.append(_column_cell(row, column, frame, limits, cuts))
    return SetRow(row, label, tuple(spans), tuple(cells), height_of(label, frame.type.label))


def _column_cell(row: Row, column: Column, frame: Frame, limits: Limits, cuts: Cuts) -> Cell:
    return _cell(
        column.key,
        row.entries.get(column.key, ()),
        frame.columns[column.key],
        frame,
        limits,
        cuts,
        flow=row.kind == "chips",
    )


def _cell(
    key: str, entries: tuple[Entry, ...], slot: Slot, frame: Frame, limits: Limits, cuts: Cuts, *, flow: bool = False
) -> Cell:
    shown = entries if limits.entries is None or len(entries) <= limits.entries else entries[: limits.entries - 1]
    more = entries[len(shown) :]
    for entry in more:
        cuts.add(entry.address, entry.text)
    if flow and entries:
        return Cell(key, slot, (chips(entries, slot, frame),))
    blocks = tuple(block(entry, slot, frame, limits, cuts) for entry in shown)
    return Cell(key, slot, blocks, tuple(entry.text for entry in more))


def draw_row(row: SetRow, top: float, frame: Frame, words: Words, air: float = 0.0) -> tuple[Item, ...]:
    """The row with its upper hairline at `top`; `air` is added to its height."""
    height = row.height + air
    items: list[Item] = [Rect(frame.left, top, frame.right - frame.left, 1, fill="line")]
    head = set_lines(row.label, frame.left, top + PAD + air / 2, frame.type.label)
    items.append(Group(head, kind="lane", cell=row.row.id, label=row.row.title))
    y = top + air / 2
    if row.table is not None:
        table = Group(row.table.at(y + PAD, words), kind="table", cell=row.row.id, label=row.row.title)
        return (Group((*items, table), kind="row", id=f"row-{row.row.id}", label=row.row.title),)
    spanned = {cell.key for cell in row.spans}
    items.extend(cell.at(y, row.span_height + PAD, row.row.id, row.row.title, frame, words) for cell in row.spans)
    if row.curve_height:
        items.append(_curve(row, y, frame))
        y += row.curve_height
    for cell in row.cells:
        stage = cell.key.partition("/")[0]
        if stage in spanned and not cell.blocks:
            continue
        below = row.span_height if stage in spanned else 0.0
        items.append(cell.at(y + below, height - below - air, row.row.id, row.row.title, frame, words))
    return (Group(tuple(items), kind="row", id=f"row-{row.row.id}", label=row.row.title),)


def _curve(row: SetRow, top: float, frame: Frame) -> Group:
    """A curve of the user's own over the columns, from −2 below to +2 above."""
    from tropa.layout.curves import smooth

    points = [
        (cell.slot.middle, top + PAD + (2 - item.entry.curve) / 4 * (row.curve_height - PAD))
        for cell in row.cells
        for item in cell.blocks[:1]
        if isinstance(item, Block) and item.entry.curve is not None
    ]
    base = top + PAD + (row.curve_height - PAD) / 2
    items: list[Item] = [Rect(frame.grid, base, frame.right - frame.grid, 1, fill="line")]
    if len(points) > 1:
        items.append(Path(smooth(points), stroke="ink", stroke_width=1.6))
    items.extend(Disc(x, y, 3.2, fill="ink") for x, y in points)
    return Group(tuple(items), kind="curve", cell=row.row.id)
