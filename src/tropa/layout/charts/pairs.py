"""Two sides of one question set against each other: bars with intervals, their difference, and whether it is more than chance."""

from __future__ import annotations

from tropa.layout.charts.sheet import SMALL, STRONG, Sheet
from tropa.layout.figures import digits_for
from tropa.layout.pen import Style, line, set_lines, wrapped
from tropa.layout.scene import Path, Rect, Role
from tropa.words.numbers import NBSP

LABEL, SHARES, GAPS = 330.0, 142.0, 190.0
BAR = 18.0
MOST = 40
ALPHA = 0.05
FIGURE = Style(12.5)
INKS: tuple[tuple[Role, Role], ...] = (("gold", "ink"), ("trail-band", "trail"))
"""Of the two sides: the colour of the bar and of its interval."""


def pairs(sheet: Sheet) -> None:
    """Each row: its name, two bars one above the other with their shares, and the difference in points beside or below them."""
    sides = (sheet.picture.value, sheet.picture.series)
    _key(sheet, sides)
    names = sheet.names(sheet.picture.x)[:MOST]
    for at, name in enumerate(names):
        room = sheet.right - sheet.left if sheet.narrow else LABEL - 24
        lines = wrapped(name, room, STRONG, 3, sheet.cuts, name)
        below = wrapped(_about(sheet, at), room, SMALL, 3)
        tall = len(lines) * STRONG.leading + len(below) * SMALL.leading
        with sheet.mark(at):
            sheet.items.extend(set_lines(lines, sheet.left, sheet.y + 8, STRONG))
            sheet.items.extend(set_lines(below, sheet.left, sheet.y + 8 + len(lines) * STRONG.leading, SMALL))
            top = sheet.y + 10 + (tall if sheet.narrow else 0.0)
            for number, (column, (fill, ink)) in enumerate(zip(sides, INKS, strict=True)):
                _bar(sheet, column, at, top + number * (BAR + 4), fill, ink)
            _difference(sheet, at, top + (2 * BAR + 6 if sheet.narrow else 0.0))
        sheet.y += tall + 2 * BAR + 62 if sheet.narrow else max(2 * BAR + 22, tall + 16)
        sheet.items.append(Path((("M", sheet.left, sheet.y), ("L", sheet.right, sheet.y)), stroke="line"))
    sheet.drawn = len(names)
    sheet.y += 4


def _bars(sheet: Sheet) -> tuple[float, float]:
    """Where bars begin, and how long a whole one is."""
    left = sheet.left + (0.0 if sheet.narrow else LABEL)
    return left, sheet.right - left - SHARES - (0.0 if sheet.narrow else GAPS)


def _key(sheet: Sheet, sides: tuple[str, str]) -> None:
    x = left = _bars(sheet)[0]
    for column, (fill, _), group in zip(sides, INKS, ("one_group", "other_group"), strict=True):
        named = any(one.id == group for one in sheet.answer.columns)
        title = sheet.names(group)[0] if named else sheet.words(f"measure-column-{column}")
        if sheet.narrow and x > left:
            x, sheet.y = left, sheet.y + 20
        sheet.items.append(Rect(round(x, 2), sheet.y + 3, 14, 12, fill=fill, radius=2, opacity=_faint(fill)))
        sheet.items.append(line(x + 20, sheet.y + 13, title, SMALL))
        x += 44 + SMALL.width(title)
    if not sheet.narrow:
        sheet.items.append(line(sheet.right, sheet.y + 13, sheet.words("measure-column-difference"), SMALL, "end"))
    sheet.y += 26


def _faint(fill: Role) -> float:
    return 0.6 if fill == "gold" else 1.0


def _about(sheet: Sheet, at: int) -> str:
    """Of a loop: what kind it is, how often it occurs, how long it takes."""
    known = {column.id for column in sheet.answer.columns}
    if "kind" not in known:
        return ""
    words = sheet.words
    share = words.percent(sheet.numbers("share")[at] or 0.0)
    told = [sheet.names("kind")[at], words("picture-loop-often", n=int(sheet.numbers("passes")[at] or 0), share=share)]
    took = sheet.numbers("median")[at]
    if took is not None:
        told.append(words("picture-took", time=words.duration(took)))
    return " · ".join(told)


def _bar(sheet: Sheet, column: str, at: int, y: float, fill: Role, ink: Role) -> None:
    value, (left, room) = sheet.numbers(column)[at], _bars(sheet)
    x = left + room + SHARES
    if value is None:
        sheet.items.append(line(x, y + 13, "—", FIGURE, "end"))
        return
    low, high = (ends[at] for ends in sheet.ends(column))
    wide = round(max(room * min(value, 1.0), 1.0), 2)
    sheet.items.append(Rect(left, y, wide, BAR, fill=fill, radius=2, opacity=_faint(fill)))
    if value == 1.0 and sheet.numbers("difference")[at] is None:  # where all begin: how many they are
        part = next(one.part for one in sheet.answer.columns if one.id == column)
        told = sheet.words.integer(sheet.numbers(part)[at] or 0)
        sheet.items.append(line(x, y + 13, told, FIGURE, "end"))
        return
    if low is not None and high is not None:
        a, b = (round(left + room * min(max(end, 0.0), 1.0), 2) for end in (low, high))
        middle = y + BAR / 2
        commands = (
            ("M", a, middle - 4), ("L", a, middle + 4), ("M", a, middle), ("L", b, middle), ("M", b, middle - 4), ("L", b, middle + 4),
        )  # fmt: skip
        sheet.items.append(Path(commands, stroke=ink, stroke_width=1.4))
    sheet.items.append(line(x, y + 13, sheet.share(value, low, high), FIGURE, "end"))


def _difference(sheet: Sheet, at: int, y: float) -> None:
    """The difference in percentage points with its interval; below it, whether it is more than chance, in words."""
    value, loops = sheet.numbers("difference")[at], any(column.id == "kind" for column in sheet.answer.columns)
    if value is None:
        if at or loops:
            sheet.items.append(line(sheet.right, y + 13, sheet.words("picture-cannot"), SMALL, "end"))
        return
    low, high = (ends[at] for ends in sheet.ends("difference"))
    chance = sheet.numbers("chance")[at]
    real = chance is not None and chance <= ALPHA
    style = Style(14, 600, ("break" if value < 0 else "trail") if real else "ink")
    sheet.items.append(line(sheet.right, y + 13, points(sheet, value, low, high), style, "end"))
    verdict = sheet.words("picture-beyond" if real else "picture-not-beyond")
    sheet.items.append(line(sheet.right, y + 32, verdict, SMALL, "end"))


def points(sheet: Sheet, value: float, low: float | None, high: float | None) -> str:
    """A difference of shares in percentage points, with its interval in as many figures as that allows."""
    digits = max(digits_for(low, high) or 1, 1) if low is not None and high is not None else 1
    number = sheet.words.decimal(value * 100, digits)
    sign = "+" if value > 0 and any(digit in number for digit in "123456789") else ""
    told = sheet.words("picture-points", n=sign + number)
    if low is None or high is None:
        return told
    ends = f";{NBSP}".join(sheet.words.decimal(end * 100, digits) for end in (low, high))
    return f"{told} [{ends}]"
