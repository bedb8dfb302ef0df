"""Bars with their intervals, and heat maps whose figures stand in the cells."""

from __future__ import annotations

from tropa.layout.charts.sheet import BODY, SMALL, STRONG, Sheet
from tropa.layout.pen import Style, fitted, line, set_lines, wrapped
from tropa.layout.scene import Path, Rect, Role

LABEL, FIGURES, FIGURES_NARROW = 380.0, 190.0, 132.0
MOST_BARS, MOST_ROWS, MOST_COLUMNS = 40, 30, 40
WIDER = 70.0
"""More room for figures that are no shares."""
IN_ORDER = ("recency",)
"""Columns whose values have an order of their own, in which the answer tells them."""
LEAST = 0.001
"""A smaller share is told as smaller than this."""
FIGURE = Style(12.5)
SIDES: tuple[tuple[str, Role, Role], ...] = (("left_share", "break-band", "break"), ("on_share", "trail-band", "trail"))
"""Of reasons: the two sides that are compared, with the colour of their bar and of its interval."""


def bars(sheet: Sheet) -> None:
    """One row for each of the first rows of the answer: name, bar, interval, figures."""
    names = sheet.names(sheet.picture.x)[:MOST_BARS]
    sheet.drawn = len(names)
    two = any(column.id == "left_share" for column in sheet.answer.columns)
    series = SIDES if two else ((sheet.picture.value, "trail-band", "trail"),)
    if two:
        _key(sheet)
    for at, name in enumerate(names):
        lines = wrapped(name, sheet.right - sheet.left if sheet.narrow else LABEL - 24, BODY, 3, sheet.cuts, name)
        tall, beside = len(lines) * BODY.leading, 24.0 * len(series)
        top = sheet.y + 6 + (tall + 2 if sheet.narrow else 0.0)
        with sheet.mark(at):
            sheet.items.extend(set_lines(lines, sheet.left, sheet.y + 6, BODY))
            for number, (column, fill, ink) in enumerate(series):
                _bar(sheet, column, at, top + 24 * number, fill, ink)
        sheet.y += (tall + beside if sheet.narrow else max(tall, beside)) + 12
        sheet.items.append(_rule(sheet))
        sheet.y += 1


def _key(sheet: Sheet) -> None:
    x = sheet.left + (0.0 if sheet.narrow else LABEL)
    for column, fill, _ in SIDES:
        title = sheet.words(f"measure-column-{column}")
        sheet.items.append(Rect(x, sheet.y + 3, 14, 12, fill=fill, radius=2))
        sheet.items.append(line(x + 20, sheet.y + 13, title, SMALL))
        x += 40 + SMALL.width(title)
    sheet.y += 28


def _bar(sheet: Sheet, column: str, at: int, y: float, fill: Role, ink: Role) -> None:
    value = sheet.numbers(column)[at]
    if value is None:
        return
    low, high = (ends[at] for ends in sheet.ends(column))
    kind = next(one.kind for one in sheet.answer.columns if one.id == column)
    longest = 1.0 if kind in ("share", "chance") else _longest(sheet, column)
    left = sheet.left + (0.0 if sheet.narrow else LABEL)
    width = sheet.right - left - (FIGURES_NARROW if sheet.narrow else FIGURES) - (0.0 if longest == 1.0 else WIDER)
    sheet.items.append(Rect(left, y, round(max(width * min(value / longest, 1.0), 1.0), 2), 16, fill=fill, radius=2))
    if low is not None and high is not None:
        a, b = (round(left + width * min(max(end / longest, 0.0), 1.0), 2) for end in (low, high))
        whisker = (
            ("M", a, y + 3),
            ("L", a, y + 13),
            ("M", a, y + 8),
            ("L", b, y + 8),
            ("M", b, y + 3),
            ("L", b, y + 13),
        )
        sheet.items.append(Path(whisker, stroke=ink, stroke_width=1.4))
    sheet.items.append(line(sheet.right, y + 13, sheet.figure(kind, value, low, high), STRONG, "end"))


def _longest(sheet: Sheet, column: str) -> float:
    """What the whole width stands for where figures are no shares: the highest of those drawn, their intervals included."""
    drawn = [*sheet.numbers(column)[:MOST_BARS], *sheet.ends(column)[1][:MOST_BARS]]
    return max((one for one in drawn if one is not None), default=0.0) or 1.0


def _rule(sheet: Sheet) -> Path:
    return Path((("M", sheet.left, sheet.y), ("L", sheet.right, sheet.y)), stroke="line")


def matrix(sheet: Sheet) -> None:
    """Rows by the states (or cohorts) with the most in them, columns in order; the share is written where it fits, and always a shade."""
    rows, columns = sheet.names(sheet.picture.y), list(sheet.cells(sheet.picture.x))
    values = sheet.numbers(sheet.picture.value)
    weight: dict[str, float] = {}
    for name, value in zip(rows, values, strict=True):
        weight[name] = weight.get(name, 0.0) + (value or 0.0)
    ordered = sorted(set(columns), key=lambda one: float(one or 0))[:MOST_COLUMNS]
    by_time, as_told = sheet.picture.y == "cohort", sheet.picture.y in IN_ORDER
    marks = {sheet.labels.get(str(cell), "") for cell in sheet.cells(sheet.picture.y) if str(cell).startswith("mark:")}
    shown = sorted(weight) if by_time else sorted(weight, key=lambda name: (name in marks, -weight[name]))
    shown = list(weight) if as_told else shown
    shown = shown[-MOST_ROWS:] if by_time else shown[:MOST_ROWS]
    names = (76.0 if by_time else 104.0) if sheet.narrow else (120.0 if by_time or as_told else 250.0)
    left = sheet.left + names
    width = (sheet.right - left) / max(len(ordered), 1)
    place = {name: at for at, name in enumerate(shown)}
    spot = {column: at for at, column in enumerate(ordered)}
    step = max(int(-(-24 // width)), 1)
    for column, at in spot.items():
        middle = left + width * (at + 0.5)
        if at % step == 0:
            sheet.items.append(line(middle, sheet.y + 12, sheet.words.decimal(float(column or 0)), SMALL, "middle"))
    top = sheet.y + 22
    for name, at in place.items():
        sheet.items.append(fitted(sheet.left, top + at * 26 + 18, name, BODY, names - 12, sheet.cuts, name))
    for row, (name, column, value) in enumerate(zip(rows, columns, values, strict=True)):
        if name in place and column in spot and value is not None:
            sheet.drawn += 1
            with sheet.mark(row):
                _cell(sheet, left + width * spot[column], top + place[name] * 26, width, value)
    sheet.y = top + len(shown) * 26 + 8


def _cell(sheet: Sheet, x: float, y: float, width: float, value: float) -> None:
    shade = round(0.03 + 0.5 * min(max(value, 0.0), 1.0), 3)
    sheet.items.append(Rect(round(x + 1, 2), y + 1, round(width - 2, 2), 24, fill="trail", radius=2, opacity=shade))
    small = 0 < value < LEAST
    text = ("<" if small else "") + sheet.words.percent(LEAST if small else value, 0 if value >= 0.095 else 1)
    if FIGURE.width(text) <= width - 4:
        sheet.items.append(line(x + width / 2, y + 17, text, FIGURE, "middle"))
