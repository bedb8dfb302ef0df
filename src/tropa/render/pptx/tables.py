"""Tables as native tables on slides of their own: hairlines, no boxes, figures to the right, as many slides as it takes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tropa.layout.measure import TextMeasure
from tropa.layout.scene import Line, Table
from tropa.render.pptx.ink import emu, fill, safe
from tropa.render.pptx.shapes import title_xml
from tropa.render.pptx.text import place_xml, run_xml
from tropa.render.theme import Theme

_FIGURE = re.compile(r"[−+–-]?[$€£₽¥]?\s?\d|—|$")
_MEASURE = TextMeasure()
_LEADING = 1.35
_SIZES = (1.0, 0.85, 0.7, 0.58, 0.48)
"""Shares of the usual type size that are tried for a table that does not fit."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What a table is set with, in pixels: margins, type size, inner distances."""

    width: float
    height: float
    margin: float
    size: float
    pad: float

    @property
    def room(self) -> tuple[float, float]:
        """Width of the table and the height left under the title."""
        return self.width - 2 * self.margin, self.height - 2 * self.margin - 3.2 * self.size


def table_slides(tables: Sequence[Table], theme: Theme, lang: str, width: float, height: float) -> Iterator[str]:
    """Shapes of each slide that the tables need; a long table goes on, under its repeated head. Tables without rows need none."""
    for table in tables:
        if not table.rows or not table.head:
            continue
        sheet, widths = _fitting(table, width, height)
        figures = [all(_FIGURE.match(row[column]) for row in table.rows) for column in range(len(table.head))]
        piles = list(_piles(table, widths, sheet))
        for number, rows in enumerate(piles, start=1):
            title = table.caption if len(piles) == 1 else f"{table.caption} ({number}/{len(piles)})"
            yield _title(title, sheet, theme, lang) + _table(table, rows, widths, figures, sheet, theme, lang)


def _fitting(table: Table, width: float, height: float) -> tuple[_Sheet, list[float]]:
    """The largest type in which no word is wider than its column and no row higher than a slide; else the smallest there is."""
    size = min(width / 84, height / 58)
    for share in _SIZES:
        sheet = _Sheet(width, height, 3 * size, size * share, size * share * 0.5)
        widths = _widths(table, sheet)
        room = sheet.room[1] - _high(table.head, widths, sheet, head=True)
        if sum(_least(table, sheet)) <= sheet.room[0] and all(_high(row, widths, sheet) <= room for row in table.rows):
            break
    return sheet, widths


def _least(table: Table, sheet: _Sheet) -> list[float]:
    """The width of each column's widest word, with its margins; a very wide word may be broken."""
    out = []
    for column, head in enumerate(table.head):
        text = " ".join([head, *(row[column] for row in table.rows)])
        words = max((_wide(word, sheet, 600) for word in re.split("[ \n]", text)), default=0.0)
        out.append(min(words, sheet.room[0] / 3) + 2 * sheet.pad + 2)
    return out


def _widths(table: Table, sheet: _Sheet) -> list[float]:
    """Widths of columns: what is in them asks for room; what is asked too much is taken from the widest."""
    room, least = sheet.room[0], _least(table, sheet)
    asked = []
    for column, head in enumerate(table.head):
        lines = max([_wide(row[column], sheet, 400) for row in table.rows] + [_wide(head, sheet, 600) / 2])
        asked.append(max(lines + 2 * sheet.pad + 2, least[column]))
    if sum(asked) <= room:
        spare = (room - sum(asked)) / len(asked)
        return [width + spare for width in asked]
    need = sum(least)
    if need >= room:
        return [width * room / need for width in least]
    more = [wish - floor for wish, floor in zip(asked, least, strict=True)]
    share = (room - need) / sum(more)
    return [floor + extra * share for floor, extra in zip(least, more, strict=True)]


def _wide(text: str, sheet: _Sheet, weight: int) -> float:
    return _MEASURE.width(text, sheet.size, 600 if weight == 600 else 400)


def _high(row: Sequence[str], widths: Sequence[float], sheet: _Sheet, *, head: bool = False) -> float:
    weight: int = 600 if head else 400
    lines = max(
        len(_MEASURE.wrap(cell, max(1.0, width - 2 * sheet.pad - 1), sheet.size, 600 if weight == 600 else 400)) or 1
        for cell, width in zip(row, widths, strict=True)
    )
    return lines * sheet.size * _LEADING + 2 * sheet.pad


def _piles(table: Table, widths: Sequence[float], sheet: _Sheet) -> Iterator[list[tuple[str, ...]]]:
    """The rows, slide by slide. A row higher than a slide has one of its own."""
    room = sheet.room[1] - _high(table.head, widths, sheet, head=True)
    pile: list[tuple[str, ...]] = []
    used = 0.0
    for row in table.rows:
        high = _high(row, widths, sheet)
        if pile and used + high > room:
            yield pile
            pile, used = [], 0.0
        pile.append(row)
        used += high
    if pile:
        yield pile


def _title(text: str, sheet: _Sheet, theme: Theme, lang: str) -> str:
    size = sheet.size * 1.5
    line = Line(sheet.margin, 0, text, size, 0, 700)
    body = (
        '<p:txBody><a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:normAutofit/></a:bodyPr>'
        f'<a:lstStyle/><a:p><a:pPr algn="l"/>{run_xml(text, line, theme, lang, 1.0)}</a:p></p:txBody>'
    )
    return title_xml(place_xml(sheet.margin, sheet.margin * 0.8, sheet.room[0], size * 1.4, 1.0), body)


def _table(
    table: Table,
    rows: Sequence[tuple[str, ...]],
    widths: Sequence[float],
    figures: Sequence[bool],
    sheet: _Sheet,
    theme: Theme,
    lang: str,
) -> str:
    grid = "".join(f'<a:gridCol w="{emu(width)}"/>' for width in widths)
    drawn = [_row(table.head, widths, figures, sheet, theme, lang, head=True)]
    drawn += [_row(row, widths, figures, sheet, theme, lang, head=False) for row in rows]
    high = _high(table.head, widths, sheet, head=True) + sum(_high(row, widths, sheet) for row in rows)
    place = place_xml(sheet.margin, sheet.margin + 3.2 * sheet.size, sum(widths), high, 1.0)
    place = place.replace("a:xfrm", "p:xfrm")
    return (
        f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="3" name="{safe(table.caption)}" descr="{safe(table.caption)}"/>'
        f'<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>{place}'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl>'
        f'<a:tblPr firstRow="1"/><a:tblGrid>{grid}</a:tblGrid>{"".join(drawn)}</a:tbl></a:graphicData></a:graphic>'
        "</p:graphicFrame>"
    )


def _row(
    row: Sequence[str],
    widths: Sequence[float],
    figures: Sequence[bool],
    sheet: _Sheet,
    theme: Theme,
    lang: str,
    *,
    head: bool,
) -> str:
    pad = emu(sheet.pad)
    rule = f'w="{emu(2 if head else 1)}"'
    bottom = f"<a:lnB {rule}>{fill('ink' if head else 'line', theme)}</a:lnB>"
    none = "".join(f'<a:ln{side} w="0"><a:noFill/></a:ln{side}>' for side in "LRT")
    cells = []
    for text, figure in zip(row, figures, strict=True):
        line = Line(0, 0, text, sheet.size, 0, 600 if head else 400, "muted" if head else "ink")
        runs = run_xml(text, line, theme, lang, 1.0) if text else ""
        cells.append(
            f'<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr algn="{"r" if figure else "l"}"/>{runs}</a:p></a:txBody>'
            f'<a:tcPr marL="{pad}" marR="{pad}" marT="{pad}" marB="{pad}" anchor="{"b" if head else "t"}">'
            f"{none}{bottom}<a:noFill/></a:tcPr></a:tc>"
        )
    return f'<a:tr h="{emu(_high(row, widths, sheet, head=head))}">{"".join(cells)}</a:tr>'
