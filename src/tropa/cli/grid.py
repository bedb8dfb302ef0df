"""Tables for a terminal: columns that fit its width, figures never cut, long texts wrapped, plain when piped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from tropa.cli.glyphs import Glyphs

_GAPS = (2, 1)
"""Cells between columns: less where the console is narrow."""

_NARROWEST = 10
WIDEST = 120
"""Lines longer than this are hard to read; the terminal may be wider."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading; `figures` stand to the right and are never broken, texts wrap where they must."""

    head: str
    figures: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a title above and notes under it. `styles`: a style for a row, by its index."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    notes: tuple[str, ...] = ()
    styles: dict[int, str] = field(default_factory=dict)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        glyphs = Glyphs(options.encoding)
        width = min(options.max_width, WIDEST)
        if self.title:
            for line in glyphs.wrap(self.title, width):
                yield Text(line, style="bold")
        kept = [at for at in range(len(self.columns)) if self.columns[at].head or any(row[at] for row in self.rows)]
        if self.rows:
            columns, cells = [self.columns[at] for at in kept], [[row[at] for at in kept] for row in self.rows]
            for gap in _GAPS:
                widths = _widths(columns, cells, glyphs, width - gap * (len(kept) - 1))
                if widths:
                    yield from self._aligned(kept, widths, gap, glyphs)
                    break
            else:
                yield from self._stacked(kept, glyphs, width)
                if self.notes:
                    yield Text("")
        for note in self.notes:
            for line in glyphs.wrap(note, width, indent="  "):
                yield Text(line, style="dim")

    def _aligned(self, kept: Sequence[int], widths: Sequence[int], gap: int, glyphs: Glyphs) -> Iterator[Text]:
        columns = [self.columns[at] for at in kept]
        if any(column.head for column in columns):
            yield from _row([column.head for column in columns], columns, widths, gap, glyphs, "dim")
        for index, row in enumerate(self.rows):
            yield from _row([row[at] for at in kept], columns, widths, gap, glyphs, self.styles.get(index, ""))

    def _stacked(self, kept: Sequence[int], glyphs: Glyphs, width: int) -> Iterator[Text]:
        """For a console too narrow for columns: each row as lines «heading: value»."""
        for index, row in enumerate(self.rows):
            if index:
                yield Text("")
            for at in kept:
                head = self.columns[at].head
                if row[at]:
                    for line in glyphs.wrap(f"{head}: {row[at]}" if head else row[at], width, indent="  "):
                        yield Text(line, style=self.styles.get(index, ""))


@dataclass(frozen=True, slots=True)
class Listing:
    """Entries one under another: a head that is never broken where a line can hold it, and its text set in under it."""

    entries: tuple[tuple[str, str, str], ...]
    """Head, text, style of the head."""
    notes: tuple[str, ...] = ()

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        glyphs = Glyphs(options.encoding)
        width = min(options.max_width, WIDEST)
        for head, text, style in self.entries:
            for line in glyphs.wrap(head, width, indent="  "):
                yield Text(line, style=style)
            for line in glyphs.wrap(text, width - 2):
                yield Text(f"  {line}")
        for note in self.notes:
            for line in glyphs.wrap(note, width, indent="  "):
                yield Text(line, style="dim")


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[str]], glyphs: Glyphs, room: int) -> list[int]:
    """Widths of the columns in so many cells; none where they cannot stand side by side."""
    natural, least = [], []
    for at, column in enumerate(columns):
        texts = [glyphs.text(row[at]) for row in rows]
        heads = glyphs.text(column.head)
        longest = max((cell_len(text) for text in texts), default=0)
        words = max((cell_len(word) for word in heads.split()), default=0)
        if column.figures:
            natural.append(max(longest, words))
            least.append(max(longest, words))
        else:
            natural.append(max(longest, cell_len(heads)))
            least.append(
                min(
                    natural[-1], max(words, _NARROWEST, *(cell_len(word) for text in texts for word in text.split()), 0)
                )
            )
            least[-1] = min(least[-1], 24)
    if sum(least) > room:
        return []
    # a wide heading over figures may take what the texts leave over
    for at, column in enumerate(columns):
        if column.figures:
            full = cell_len(glyphs.text(column.head))
            spare = room - sum(natural)
            if full > natural[at] and spare >= full - natural[at]:
                natural[at] = full
    over = sum(natural) - room
    while over > 0:
        at = max(range(len(columns)), key=lambda index: natural[index] - least[index])
        natural[at] -= 1
        over -= 1
    return natural


def _row(
    cells: Sequence[str], columns: Sequence[Column], widths: Sequence[int], gap: int, glyphs: Glyphs, style: str
) -> Iterator[Text]:
    """A row of as many lines as its tallest cell has."""
    wrapped = [glyphs.wrap(cell, size) or [""] for cell, size in zip(cells, widths, strict=True)]
    tall = max(len(lines) for lines in wrapped)
    for number in range(tall):
        parts = []
        for lines, column, size in zip(wrapped, columns, widths, strict=True):
            text = lines[number] if number < len(lines) else ""
            blank = " " * (size - cell_len(text))
            parts.append(blank + text if column.figures else text + blank)
        yield Text((" " * gap).join(parts).rstrip(), style=style)
