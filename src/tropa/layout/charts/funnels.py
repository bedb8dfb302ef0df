"""Funnels: steps one below the other, what is lost between them, and groups side by side."""

from __future__ import annotations

from dataclasses import dataclass

from tropa.layout.charts.sheet import BODY, SMALL, STRONG, Sheet
from tropa.layout.pen import Style, fitted, line, set_lines, wrapped
from tropa.layout.scene import Path, Rect, Role

LABEL, FIGURES, FIGURES_NARROW = 300.0, 200.0, 128.0
BAR, BETWEEN, THIN = 38.0, 34.0, 22.0
EVERYBODY = "mark:everybody"
INSIDE = Style(13.5, 600)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where bars begin, and how long a whole one is."""

    left: float
    room: float


def _frame(sheet: Sheet) -> _Frame:
    left = sheet.left + (0.0 if sheet.narrow else LABEL)
    return _Frame(left, sheet.right - left - (FIGURES_NARROW if sheet.narrow else FIGURES))


def funnel(sheet: Sheet) -> None:
    """Bars as long as the share of those who began; between them how many go on, how long it takes, and how many do not get there."""
    if any(column.id == sheet.picture.series for column in sheet.answer.columns):
        _side_by_side(sheet)
        return
    values = [value or 0.0 for value in sheet.numbers(sheet.picture.value)]
    frame = _frame(sheet)
    for at, name in enumerate(sheet.names(sheet.picture.x)):
        if at:
            _between(sheet, frame, at, values)
        with sheet.mark(at):
            _step(sheet, frame, at, name, values[at])
    sheet.drawn = len(values)
    sheet.y += 6


def _step(sheet: Sheet, frame: _Frame, at: int, name: str, value: float) -> None:
    lines = wrapped(name, sheet.right - sheet.left if sheet.narrow else LABEL - 24, STRONG, 2, sheet.cuts, name)
    tall = len(lines) * STRONG.leading
    if sheet.narrow:
        sheet.items.extend(set_lines(lines, sheet.left, sheet.y + 4, STRONG))
        sheet.y += tall + 8
    else:
        sheet.items.extend(set_lines(lines, sheet.left, sheet.y + (BAR - tall) / 2, STRONG))
    y, wide = sheet.y, round(max(frame.room * value, 2.0), 2)
    sheet.items.append(Rect(frame.left, y, wide, BAR, fill="trail-band", radius=3))
    count = sheet.words.integer(sheet.numbers("customers")[at] or 0)
    low, high = (ends[at] for ends in sheet.ends(sheet.picture.value))
    inside = INSIDE.width(count) + 20 <= wide
    beyond = max(wide, round(frame.room * min(high or 0.0, 1.0), 2)) + 10
    sheet.items.append(line(frame.left + (12 if inside else beyond), y + BAR / 2 + 5, count, INSIDE))
    if at and low is not None and high is not None:
        _whisker(sheet, frame, y + BAR / 2, low, high, "trail")
    told = sheet.share(value, low, high) if at else sheet.words.percent(value)
    sheet.items.append(line(sheet.right, y + BAR / 2 + 5, told, STRONG, "end"))
    sheet.y += BAR


def _between(sheet: Sheet, frame: _Frame, at: int, values: list[float]) -> None:
    """What narrows from one step to the next, and in words how many go on."""
    words, y = sheet.words, sheet.y
    parts = []
    onward = sheet.numbers("onward")[at]
    if onward is not None:
        low, high = (side[at] for side in sheet.ends("onward"))
        parts.append(words("picture-onward", share=sheet.share(onward, low, high)))
    took = sheet.numbers("median")[at]
    if took is not None:
        parts.append(words("picture-took", time=words.duration(took)))
    counts = sheet.numbers("customers")
    parts.append(words("picture-lost", n=words.integer((counts[at - 1] or 0) - (counts[at] or 0))))
    lines = wrapped(" · ".join(parts), sheet.right - frame.left - 12, SMALL, 3)
    tall = max(BETWEEN, len(lines) * SMALL.leading + 12)
    last, now = (round(frame.room * value, 2) for value in values[at - 1 : at + 1])
    left = frame.left
    ring = (("M", left, y), ("L", left + last, y), ("L", left + now, y + tall), ("L", left, y + tall), ("Z",))
    sheet.items.append(Path(ring, fill="trail-tint"))
    sheet.items.extend(set_lines(lines, left + 12, y + (tall - len(lines) * SMALL.leading) / 2, SMALL))
    sheet.y += tall


def _side_by_side(sheet: Sheet) -> None:
    """Every step with a thin bar for each group; everybody's share goes down through the others as a line."""
    groups, names = sheet.cells(sheet.picture.series), sheet.names(sheet.picture.x)
    size = next((at for at in range(1, len(groups)) if groups[at] != groups[0]), len(groups))  # steps of a group
    values, frame = sheet.numbers(sheet.picture.value), _frame(sheet)
    for k in range(size):
        sheet.items.append(
            fitted(sheet.left, sheet.y + 16, names[k], STRONG, sheet.right - sheet.left, sheet.cuts, names[k])
        )
        sheet.y += 26
        top = sheet.y
        for at in range(k, len(groups), size):
            with sheet.mark(at):
                _thin(sheet, frame, at, groups[at] == EVERYBODY, first=k == 0)
        if k and groups[0] == EVERYBODY:
            x = round(frame.left + frame.room * (values[k] or 0.0), 2)
            sheet.items.append(
                Path((("M", x, top), ("L", x, sheet.y)), stroke="muted", stroke_width=1.0, dash=(3.0, 3.0))
            )
        sheet.y += 12
    sheet.drawn = len(groups)


def _thin(sheet: Sheet, frame: _Frame, at: int, everybody: bool, *, first: bool) -> None:
    """One group's bar at one step."""
    name, value = sheet.names(sheet.picture.series)[at], sheet.numbers(sheet.picture.value)[at] or 0.0
    low, high = (ends[at] for ends in sheet.ends(sheet.picture.value))
    if sheet.narrow:
        sheet.items.append(fitted(sheet.left, sheet.y + 12, name, SMALL, sheet.right - sheet.left, sheet.cuts, name))
        sheet.y += 16
    else:
        sheet.items.append(fitted(sheet.left + 14, sheet.y + 15, name, BODY, LABEL - 34, sheet.cuts, name))
    fill: Role = "trail" if everybody else "trail-band"
    wide = round(max(frame.room * value, 2.0), 2)
    sheet.items.append(
        Rect(frame.left, sheet.y + 3, wide, THIN - 6, fill=fill, radius=2, opacity=0.55 if everybody else 1.0)
    )
    if not first and low is not None and high is not None:
        _whisker(sheet, frame, sheet.y + THIN / 2, low, high, "ink" if everybody else "trail")
    told = sheet.words.integer(sheet.numbers("customers")[at] or 0) if first else sheet.share(value, low, high)
    sheet.items.append(line(sheet.right, sheet.y + 15, told, STRONG if everybody else BODY, "end"))
    sheet.y += THIN + 2


def _whisker(sheet: Sheet, frame: _Frame, y: float, low: float, high: float, ink: Role) -> None:
    a, b = (round(frame.left + frame.room * min(max(end, 0.0), 1.0), 2) for end in (low, high))
    commands = (("M", a, y - 4), ("L", a, y + 4), ("M", a, y), ("L", b, y), ("M", b, y - 4), ("L", b, y + 4))
    sheet.items.append(Path(commands, stroke=ink, stroke_width=1.4))
