"""Small multiples: the ribbon of each persona or segment under the common one, each at its own width."""

from __future__ import annotations

from collections.abc import Mapping

from tropa.layout import figures
from tropa.layout.frame import Frame
from tropa.layout.pen import Cuts, Style, line, set_lines, wrapped
from tropa.layout.scene import Disc, Group, Item, Path, Rect
from tropa.layout.stations import next_observed, stations
from tropa.model import Map, Rate, Readings, Satisfaction, Stage
from tropa.words import Words

BAND = 26.0
STEP = 58.0


def multiples_height(segments: Mapping[str, Readings]) -> float:
    """Room for all the small ribbons."""
    return STEP * len(segments) + 22 if segments else 0.0


def draw_multiples(
    segments: Mapping[str, Readings],
    value: Map,
    stages: tuple[Stage, ...],
    top: float,
    frame: Frame,
    words: Words,
    cuts: Cuts,
) -> tuple[Item, ...]:
    """One row for each: passes at every stage, the share that goes on, its emotion as a mark, its dearest break."""
    items: list[Item] = [Rect(frame.left, top, frame.right - frame.left, 1, fill="line")]
    y = top + 12
    for key, readings in segments.items():
        items.append(_multiple(key, readings, value, stages, y, frame, words, cuts))
        y += STEP
    return tuple(items)


def _multiple(
    key: str,
    readings: Readings,
    value: Map,
    stages: tuple[Stage, ...],
    top: float,
    frame: Frame,
    words: Words,
    cuts: Cuts,
) -> Group:
    found = stations(value, stages, readings)
    widest = max((item.total for item in found), default=0)
    title = figures.segment_title(value, key, words)
    names = wrapped(title, frame.grid - frame.left - 14, Style(12.5, 600), 2, cuts, f"segment/{key}")
    items: list[Item] = [
        *set_lines(names, frame.left, top - 2, Style(12.5, 600)),
        line(
            frame.left,
            top + 12 + len(names) * 16.5,
            words("picture-segment-counts", passes=readings.scope.passes),
            frame.type.about,
        ),
    ]
    worst = figures.worst_break(readings)
    for index, item in enumerate(found):
        slot = frame.stages[item.stage.id]
        if not item.observed:
            items.append(Rect(slot.x, top + 18, slot.width, 8, fill="sand", hatch=True))
            continue
        thick = max(1.2, item.total * item.factor / widest * BAND) if item.total and widest else 0.0
        if not thick:
            continue
        following = next_observed(found, index)
        on = max(1.2, item.on * item.factor / widest * BAND) if following is not None and item.on else 0.0
        cut = slot.x + slot.width * 0.5
        marked = worst is not None and worst.stage == item.stage.id
        items.append(Rect(round(slot.x, 2), top + 18, round(cut - slot.x, 2), round(thick, 2), fill="trail"))
        if on:
            items.append(Rect(round(cut, 2), top + 18, round(slot.right - cut - 2, 2), round(on, 2), fill="trail"))
        lost = thick - on
        if lost > 0.5 and following is not None:
            x, low = round(cut, 2), round(top + 18 + thick, 2)
            shape = (
                ("M", x, round(top + 18 + on, 2)),
                ("C", round(cut + lost * 0.8 + 4, 2), round(top + 18 + on, 2), round(cut + lost * 0.7 + 6, 2), low, x + 4, low),
                ("L", x, low), ("Z",),
            )  # fmt: skip
            items.append(Path(shape, fill="break" if marked else "break-band"))
        items.append(line(slot.x + 4, top + 13, words.integer(item.here), Style(12.5, 500)))
        rate = item.conversion
        if isinstance(rate, Rate):
            items.append(
                line(cut + 2, top + 13, words.percent(rate.value), Style(12.5, 600, "break" if marked else "trail"))
            )
        items.extend(_mood(item.reading.satisfaction if item.reading else None, slot.right - 16, top + 9))
    breaks = [figures.break_tip(words, worst, value)] if worst else []
    tip = ". ".join([words("picture-segment-tip", name=title), *breaks])
    return Group(tuple(items), kind="segment", cell=f"segment/{key}", tip=tip, label=title)


def _mood(score: object, x: float, y: float) -> list[Item]:
    """A small dot of the measured emotion: higher is better."""
    if not isinstance(score, Satisfaction):
        return []
    middle = y - score.mean / 2 * 6
    return [
        Rect(x - 6, y - 0.5, 12, 1, fill="line"),
        Disc(round(x, 2), round(middle, 2), 3, fill="paper", stroke="trail", stroke_width=1.8),
    ]
