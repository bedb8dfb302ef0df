"""Measured lines of a scene become text boxes. The lines of one cell become one box whose paragraphs wrap again when edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from tropa.layout.measure import TextMeasure
from tropa.layout.scene import Line, Symbol
from tropa.render.pptx.ink import POINTS, emu, fill, safe
from tropa.render.theme import FONT_FAMILY, Theme

ASCENT, DESCENT = 0.96875, 0.2412
"""Of the font that is drawn with, in parts of the type size: where the first baseline of a box lies."""

_LEADING_MOST = 1.75
"""Lines further apart than so many type sizes do not belong to one paragraph."""

_SAME_BASELINE = 0.6
"""Lines this near in height (pixels) stand on one baseline."""

_MEASURE = TextMeasure()
_ALIGN = {"start": "l", "middle": "ctr", "end": "r"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that a person reads as one piece of text; on one baseline there may be several, in different voices."""

    lines: tuple[Line, ...]

    @property
    def first(self) -> Line:
        """The line that gives the edge and the type size."""
        return self.lines[0]

    @property
    def leading(self) -> float:
        """Distance of baselines; a single line gets the usual one."""
        steps = len(self.rows) - 1
        return (self.lines[-1].y - self.first.y) / steps if steps else self.first.size * 1.32

    @property
    def rows(self) -> tuple[tuple[Line, ...], ...]:
        """The lines by baseline."""
        out: list[list[Line]] = []
        for line in self.lines:
            if out and abs(line.y - out[-1][-1].y) < _SAME_BASELINE:
                out[-1].append(line)
            else:
                out.append([line])
        return tuple(tuple(row) for row in out)

    @property
    def limit(self) -> float:
        """The width at which the text would break otherwise than it was laid out: a word of the next row would fit."""
        wide = inf
        for row, following in pairwise(self.rows):
            word = following[0].text.split(" ", 1)[0]
            voice = following[0]
            taken = row[-1].x + row[-1].width - self.first.x if voice.anchor == "start" else row[-1].width
            more = _MEASURE.width(f" {word}", voice.size, voice.weight, voice.italic)
            wide = min(wide, taken + more)
        return wide

    @property
    def width(self) -> float:
        """From the left end of the text to its farthest right end."""
        if self.first.anchor != "start":
            return max(line.width for line in self.lines)
        return max(line.x + line.width for line in self.lines) - self.first.x

    @property
    def runs(self) -> tuple[tuple[str, Line], ...]:
        """The text put together again so that it can be wrapped anew, in pieces of one voice each."""
        out: list[tuple[str, Line]] = []
        for line in self.lines:
            if not out:
                out.append((line.text, line))
                continue
            before, voice = out[-1]
            if before.endswith("\u00ad"):
                joined, gap = before[:-1], ""
            else:
                joined, gap = before, "" if before.endswith(("-", "\u2010")) else " "
            if _voice(line) == _voice(voice):
                out[-1] = (joined + gap + line.text, voice)
            else:
                out[-1] = (joined, voice)
                out.append((gap + line.text, line))
        return tuple(out)

    @property
    def text(self) -> str:
        """All of the text."""
        return "".join(text for text, _ in self.runs)


@dataclass(frozen=True, slots=True)
class Block:
    """Paragraphs that share their edge: one text box."""

    paragraphs: tuple[Paragraph, ...]

    @property
    def edge(self) -> tuple[float, str]:
        """Where the lines begin, and which end of them that is."""
        first = self.paragraphs[0].first
        return round(first.x, 1), first.anchor

    @property
    def width(self) -> float:
        """Room for the widest line, and a little."""
        widest = max(paragraph.width for paragraph in self.paragraphs)
        limit = min(paragraph.limit for paragraph in self.paragraphs)
        return max(widest + 0.5, min(widest * 1.02 + 1, limit - 0.5))

    @property
    def top(self) -> float:
        """Upper edge of the box."""
        first = self.paragraphs[0]
        return first.first.y - first.leading + DESCENT * first.first.size

    @property
    def bottom(self) -> float:
        """Lower edge of the box."""
        last = self.paragraphs[-1].lines[-1]
        return last.y + DESCENT * last.size


def paragraphs(items: Sequence[object], *, join: bool) -> list[Paragraph]:
    """Lines of a group, in order, put together where they continue one another. A mark beside a line begins a new one.

    `join` False leaves every line alone: labels of a drawing stay where they are.
    """
    marks = [item for item in items if isinstance(item, Symbol)]
    out: list[list[Line]] = []
    for item in items:
        if not isinstance(item, Line) or not item.text.strip():
            continue
        goes_on = join and out and not any(_beside(mark, item) for mark in marks)
        if (join and out and _follows(out[-1], item)) or (goes_on and _continues(out[-1], item)):
            out[-1].append(item)
        else:
            out.append([item])
    return [Paragraph(tuple(lines)) for lines in out]


def blocks(found: Sequence[Paragraph]) -> list[Block]:
    """Paragraphs of a cell by their edge, from top to bottom."""
    by_edge: dict[tuple[float, str], list[Paragraph]] = {}
    for paragraph in found:
        by_edge.setdefault((round(paragraph.first.x, 1), paragraph.first.anchor), []).append(paragraph)
    out = []
    for pile in by_edge.values():
        pile.sort(key=lambda item: item.first.y)
        rows: list[list[Paragraph]] = [[pile[0]]]
        for paragraph in pile[1:]:
            # texts on one baseline, or set closer than type allows, cannot share a box
            gap = paragraph.first.y - rows[-1][-1].lines[-1].y
            if gap >= paragraph.first.size:
                rows[-1].append(paragraph)
            else:
                rows.append([paragraph])
        out += [Block(tuple(row)) for row in rows]
    return out


def _voice(line: Line) -> tuple[object, ...]:
    return line.size, line.weight, line.role, line.italic, line.anchor


def _follows(before: list[Line], line: Line) -> bool:
    """Whether a line goes on to the right of the last one, on its baseline."""
    last = before[-1]
    gap = line.x - (last.x + last.width)
    return (
        line.anchor == last.anchor == "start" and abs(line.y - last.y) < _SAME_BASELINE and -0.5 < gap < 2.5 * last.size
    )


def _continues(before: list[Line], line: Line) -> bool:
    """Whether a line goes on under the last one."""
    last = before[-1]
    step = line.y - last.y
    above = next((other.y for other in reversed(before) if last.y - other.y > _SAME_BASELINE), None)
    even = above is None or abs(step - (last.y - above)) < _SAME_BASELINE
    return (
        _voice(last) == _voice(line)
        and even
        and abs(last.x - line.x) < 0.6
        and 0.9 * line.size < step < _LEADING_MOST * line.size
    )


def _beside(mark: Symbol, line: Line) -> bool:
    return mark.x < line.x and mark.y <= line.y + 1 and mark.y + mark.size >= line.y - line.size


def paragraph_xml(paragraph: Paragraph, before: float | None, theme: Theme, lang: str, scale: float) -> str:
    """One `a:p`. `before`: distance from the baseline above, None for the first paragraph of a box."""
    line = paragraph.first
    space = max(0.0, before - paragraph.leading) if before is not None else 0.0
    spacing = (
        f'<a:lnSpc><a:spcPts val="{round(paragraph.leading * scale * POINTS * 100)}"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="{round(space * scale * POINTS * 100)}"/></a:spcBef>'
    )
    align = _ALIGN[line.anchor]
    runs = "".join(run_xml(text, voice, theme, lang, scale) for text, voice in paragraph.runs)
    return f'<a:p><a:pPr marL="0" indent="0" algn="{align}">{spacing}<a:buNone/></a:pPr>{runs}</a:p>'


def run_xml(text: str, line: Line, theme: Theme, lang: str, scale: float) -> str:
    """One `a:r` in the style of a line."""
    tag = {"ru": "ru-RU", "en": "en-GB"}.get(lang, lang)
    flags = (' b="1"' if line.weight >= 600 else ' b="0"') + (' i="1"' if line.italic else "")
    return (
        f'<a:r><a:rPr lang="{safe(tag)}" sz="{max(100, round(line.size * scale * POINTS * 100))}"{flags} dirty="0">'
        f"{fill(line.role, theme)}"
        f'<a:latin typeface="{FONT_FAMILY}"/><a:cs typeface="{FONT_FAMILY}"/></a:rPr><a:t>{safe(text)}</a:t></a:r>'
    )


def body_xml(block: Block, theme: Theme, lang: str, scale: float, *, wrap: bool) -> str:
    """The text body of a box."""
    parts = []
    above: float | None = None
    for paragraph in block.paragraphs:
        before = None if above is None else paragraph.first.y - above
        parts.append(paragraph_xml(paragraph, before, theme, lang, scale))
        above = paragraph.lines[-1].y
    return (
        f'<p:txBody><a:bodyPr wrap="{"square" if wrap else "none"}" lIns="0" tIns="0" rIns="0" bIns="0" rtlCol="0" '
        f'anchor="t"><a:noAutofit/></a:bodyPr><a:lstStyle/>{"".join(parts)}</p:txBody>'
    )


def box(block: Block, width: float | None = None) -> tuple[float, float, float, float]:
    """Left, top, width and height of the text box in pixels; `width` None: as wide as its longest line, and a little."""
    limit = min(paragraph.limit for paragraph in block.paragraphs)
    wide = max(block.width, min(width or 0.0, limit - 0.5))
    line = block.paragraphs[0].first
    left = {"start": line.x, "middle": line.x - wide / 2, "end": line.x - wide}[line.anchor]
    return left, block.top, wide, block.bottom - block.top


def place_xml(left: float, top: float, width: float, height: float, scale: float) -> str:
    """The `a:xfrm` of a shape."""
    return (
        f'<a:xfrm><a:off x="{emu(left * scale)}" y="{emu(top * scale)}"/>'
        f'<a:ext cx="{emu(max(width, 0) * scale)}" cy="{emu(max(height, 0) * scale)}"/></a:xfrm>'
    )
