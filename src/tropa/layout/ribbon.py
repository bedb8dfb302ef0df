"""The trail ribbon, after Minard's map of 1869: as wide as the passes; who leaves peels off, and a disc at the foot is as large as the
money that could be regained there.
"""

from __future__ import annotations

from tropa.layout import figures
from tropa.layout.frame import Frame
from tropa.layout.pen import Cuts, Style, line, set_lines, wrapped
from tropa.layout.prices import prices
from tropa.layout.ribbon_place import CUT, JOINERS, NUMBERS, Place, Ribbon, foot_of
from tropa.layout.scene import Group, Item, Path, Rect, Role
from tropa.layout.stations import Station, next_observed, step
from tropa.model import Map, Readings, Times
from tropa.words import Words

__all__ = ["Ribbon", "draw_ribbon", "median_times"]


def draw_ribbon(
    ribbon: Ribbon, top: float, frame: Frame, words: Words, value: Map, readings: Readings | None, cuts: Cuts
) -> tuple[Item, ...]:
    """The ribbon with its labels, its first label's box beginning at `top`."""
    if readings is None or not ribbon.measured:
        return _outline(ribbon, top + 20, frame, words, readings)
    band = top + NUMBERS + (JOINERS if ribbon.has_joiners else 0)
    place = Place(ribbon, frame, words, value, readings, cuts, band, figures.worst_break(readings))
    items: list[Item] = []
    count = len(ribbon.stations)
    items.extend(part for index in range(count) for part in _strands(place, index))
    items.extend(part for index in range(count) for part in _band(place, index))
    items.extend(part for index in range(count) for part in _joint(place, index))
    items.extend(_numbers(place, index) for index in range(count) if ribbon.stations[index].observed)
    items.extend(prices(place))
    return (Group(tuple(items), kind="ribbon", id="ribbon", label=words("picture-ribbon-label")),)


def _outline(ribbon: Ribbon, top: float, frame: Frame, words: Words, readings: Readings | None) -> tuple[Item, ...]:
    """A map without data: the way is there, but nobody has been counted on it."""
    height = min(ribbon.height, 64)
    right = frame.right - 14
    shape = (
        ("M", frame.grid, top), ("L", right - 16, top), ("L", right, top + height / 2), ("L", right - 16, top + height),
        ("L", frame.grid, top + height), ("L", frame.grid + 16, top + height / 2), ("Z",),
    )  # fmt: skip
    text = words("picture-no-data" if readings is None else "picture-no-passes")
    style = Style(14.5, 400, "muted", italic=True)
    items: list[Item] = [Path(shape, stroke="muted", stroke_width=1.2, dash=(5, 5))]
    items.extend(
        Path((("M", slot.x, top + 6), ("L", slot.x, top + height - 6)), stroke="line")
        for slot in list(frame.stages.values())[1:]
    )
    lines = wrapped(text, right - frame.grid - 80, style)
    items.append(
        Rect(
            frame.grid + 34,
            top + height / 2 - 12 * len(lines),
            style.width(lines[0]) + 20,
            24 * len(lines),
            fill="paper",
        )
    )
    items.extend(set_lines(lines, frame.grid + 44, top + height / 2 - style.leading * len(lines) / 2, style))
    return (Group(tuple(items), kind="ribbon", id="ribbon", label=text),)


def _band(place: Place, index: int) -> list[Item]:
    """The band inside one column up to where its strand peels off."""
    ribbon, slot = place.ribbon, place.slot(index)
    item = ribbon.stations[index]
    if not item.observed:
        return [_hatched(place, index)]
    total, by = ribbon.thick(item, item.total), ribbon.thick(item, item.by)
    if not total:
        return []
    width = place.cut(index) - slot.x
    items: list[Item] = [Rect(round(slot.x, 2), place.top, round(width, 2), round(total, 2), fill="trail")]
    if by >= 1.5:
        items.append(Rect(round(slot.x, 2), place.top, round(width, 2), round(by, 2), fill="trail-band"))
    tip = figures.stage_tip(place.words, item.reading) if item.reading else ""
    label = f"{place.value.stage(item.stage.id).id}: {item.here}"
    return [Group(tuple(items), kind="station", cell=f"{item.stage.id}/ribbon", tip=tip, label=label)]


def _hatched(place: Place, index: int) -> Item:
    """A stage that no event can show: the way goes on, unseen."""
    ribbon, slot = place.ribbon, place.slot(index)
    before = next((s for s in reversed(ribbon.stations[:index]) if s.observed), None)
    after = next_observed(ribbon.stations, index)
    sides = [ribbon.thick(before, before.on)] if before else []
    if after is not None and not ribbon.stations[after].new_scale:
        sides.append(ribbon.thick(ribbon.stations[after], ribbon.stations[after].total))
    height = max(14.0, min(sides, default=28.0))
    text = place.words("picture-not-observed")
    style = Style(12, 400, "muted", italic=True)
    lines = wrapped(text, slot.width - 12, style)
    items = (
        Rect(round(slot.x, 2), place.top, round(slot.width, 2), round(height, 2), fill="sand", hatch=True),
        *set_lines(lines, slot.x + 6, place.top + height + 4, style),
    )
    return Group(items, kind="station", cell=f"{ribbon.stations[index].stage.id}/ribbon", tip=text, label=text)


def _joint(place: Place, index: int) -> list[Item]:
    """From where the strand peels off to the next column that can be seen."""
    ribbon, words = place.ribbon, place.words
    item, slot = ribbon.stations[index], place.slot(index)
    if not item.observed or not item.total:
        return []
    x, top = place.cut(index), place.top
    on = ribbon.thick(item, item.on)
    following = index + 1
    if following >= len(ribbon.stations):
        return _end(x, slot.right - 8, top, on)
    if not on:
        return []
    after = ribbon.stations[following]
    if not after.observed:
        return [Rect(round(x, 2), top, round(slot.right - x, 2), round(on, 2), fill="trail")]
    joined = ribbon.thick(after, after.joiners) if after.joiners else 0.0
    if after.new_scale:
        items: list[Item] = [Rect(round(x, 2), top, round(slot.right - 9 - x, 2), round(on, 2), fill="trail")]
        return items + _scale_mark(place, following)
    total = ribbon.thick(after, after.total)
    shift = min(joined, total) if joined >= 1.5 else 0.0
    items = [_through(x, slot.right, top, on, top + shift, top + total)]
    if shift:
        items.append(_from_above(slot.right, top, shift))
        style = Style(12, 500, "trail")
        text = words("picture-joiners", n=after.joiners)
        width = style.width(text)
        right = min(slot.right - max(8.0, shift) + width / 2, place.frame.right)
        items.append(line(right, top - NUMBERS - JOINERS + 16, text, style, "end"))
    return items


def _through(x0: float, x1: float, top: float, on: float, high: float, low: float) -> Path:
    """The part that goes on, easing from its thickness to the next column's."""
    turn = x0 + (x1 - x0) * 0.45
    bend = (x1 - turn) / 2
    r = round
    return Path(
        (
            ("M", r(x0, 2), r(top, 2)), ("L", r(turn, 2), r(top, 2)),
            ("C", r(turn + bend, 2), r(top, 2), r(x1 - bend, 2), r(high, 2), r(x1, 2), r(high, 2)),
            ("L", r(x1, 2), r(low, 2)),
            ("C", r(x1 - bend, 2), r(low, 2), r(turn + bend, 2), r(top + on, 2), r(turn, 2), r(top + on, 2)),
            ("L", r(x0, 2), r(top + on, 2)), ("Z",),
        ),
        fill="trail",
    )  # fmt: skip


def _from_above(x: float, top: float, thick: float) -> Path:
    """Those who come late: a strand that falls into the band from above."""
    r = round
    start, left = top - NUMBERS - JOINERS + 20, x - max(14.0, thick) - 10
    width = min(thick, 22.0)
    return Path(
        (
            ("M", r(left, 2), r(start, 2)),
            ("C", r(left, 2), r(top + thick * 0.6, 2), r(left + 6, 2), r(top + thick, 2), r(x, 2), r(top + thick, 2)),
            ("L", r(x, 2), r(top, 2)),
            ("C", r(left + width + 4, 2), r(top, 2), r(left + width, 2), r(top, 2), r(left + width, 2), r(start, 2)), ("Z",),
        ),
        fill="trail-band",
    )  # fmt: skip


def _scale_mark(place: Place, index: int) -> list[Item]:
    """Two slanted lines and the words that from here on the ribbon is drawn larger."""
    slot, top = place.slot(index), place.top
    item = place.ribbon.stations[index]
    low = top + place.ribbon.thick(item, item.total)
    items: list[Item] = [
        Path((("M", slot.x - 9 + d, top - 6), ("L", slot.x - 13 + d, low + 8)), stroke="ink", stroke_width=1.4)
        for d in (3, 8)
    ]
    times = step(place.ribbon.stations, index)
    style = place.frame.type.tiny
    lines = wrapped(place.words("picture-scale", times=place.words.decimal(times)), slot.width * CUT - 4, style)
    items.extend(set_lines(lines, slot.x + 4, low + 8, style))
    return items


def _end(x: float, right: float, top: float, on: float) -> list[Item]:
    """The last stage: what goes on leaves the page as an arrow."""
    if not on:
        return []
    tip = min(14.0, on / 2 + 4)
    shape = (
        ("M", round(x, 2), top), ("L", round(right - tip, 2), top), ("L", round(right, 2), round(top + on / 2, 2)),
        ("L", round(right - tip, 2), round(top + on, 2)), ("L", round(x, 2), round(top + on, 2)), ("Z",),
    )  # fmt: skip
    return [Path(shape, fill="trail")]


def _strands(place: Place, index: int) -> list[Item]:
    """Who leaves here, and who is still under way."""
    ribbon = place.ribbon
    item = ribbon.stations[index]
    if not item.observed or not item.total:
        return []
    x, on = place.cut(index), ribbon.thick(item, item.on)
    low = place.top + ribbon.thick(item, item.total)
    waiting = ribbon.thick(item, item.open) if item.open else 0.0
    out: list[Item] = []
    if item.exits:
        leaving = max(1.2, low - place.top - on - waiting)
        foot, width, y = foot_of(place, index)
        out.append(_strand(x, low - leaving, low, foot, width, y, _colour(place, item)))
    if waiting >= 1.5:
        high = place.top + on
        end = x + min(26.0, waiting * 1.5 + 8)
        text = place.words("picture-tip-open", n=item.open)
        shape = Path(
            (
                ("M", x, round(high, 2)), ("L", round(end, 2), round(high + waiting * 0.2, 2)),
                ("L", round(end, 2), round(high + waiting * 0.8, 2)), ("L", x, round(high + waiting, 2)), ("Z",),
            ),
            fill="trail-band", dash=(),
        )  # fmt: skip
        out.append(Group((shape,), kind="open", cell=f"{item.stage.id}/open", tip=text, label=text))
    return out


def _colour(place: Place, item: Station) -> Role:
    """Red is for breaks: the dearest one strong, the others pale; a finished pass is no break."""
    if place.worst is not None and any(b is place.worst for b in item.breaks):
        return "break"
    if item.after_deal and not item.breaks:
        return "sand"
    return "break-band"


def _strand(x: float, high: float, low: float, foot: float, width: float, y: float, role: Role) -> Path:
    r = round
    right = foot + width
    return Path(
        (
            ("M", r(x, 2), r(high, 2)),
            ("C", r(x + (right - x) * 0.85, 2), r(high, 2), r(right, 2), r(high + (y - high) * 0.45, 2), r(right, 2), r(y, 2)),
            ("L", r(foot, 2), r(y, 2)),
            ("C", r(foot, 2), r(low + (y - low) * 0.5, 2), r(x + (foot - x) * 0.6, 2), r(low, 2), r(x, 2), r(low, 2)), ("Z",),
        ),
        fill=role,
    )  # fmt: skip


def _numbers(place: Place, index: int) -> Item:
    """Passes at the left of the column, the share that goes on over the joint."""
    item, slot, words = place.ribbon.stations[index], place.slot(index), place.words
    style, y = place.frame.type.number, place.top - 8
    text = words.integer(item.here)
    items: list[Item] = [line(slot.x + 4, y, text, style)]
    rate = item.conversion
    if rate is not None:
        share = words.percent(rate.value)
        going = Style(style.size, 600, "trail")
        x = max(place.cut(index) + 2, slot.x + 4 + style.width(text) + 8)
        items.append(line(x, y, share, going))
    tip = figures.stage_tip(words, item.reading) if item.reading else ""
    return Group(tuple(items), kind="numbers", cell=f"{item.stage.id}/numbers", tip=tip, label=text)


def median_times(ribbon: Ribbon, top: float, frame: Frame, words: Words) -> tuple[Item, ...]:
    """The usual time to the next stage, on the joints of the chevrons."""
    items: list[Item] = []
    style = Style(12, 500, "muted")
    for index, item in enumerate(ribbon.stations[:-1]):
        times = item.reading.time_to_next if item.reading else None
        following = next_observed(ribbon.stations, index)
        if not isinstance(times, Times) or following is None:
            continue
        x = frame.stages[ribbon.stations[following].stage.id].x
        text = words.duration(times.median_s)
        tip = words(
            "picture-tip-times",
            median=text,
            low=words.duration(times.q25_s),
            high=words.duration(times.q75_s),
            n=times.n,
        )
        half = style.width(text) / 2
        drawn = (
            Rect(round(x - half - 9, 2), top, round(2 * half + 18, 2), 20, fill="paper", stroke="line", radius=10),
            line(x, top + 14.3, text, style, "middle"),
        )
        items.append(Group(drawn, kind="time", cell=f"{item.stage.id}/time", tip=tip, label=text))
    return tuple(items)
