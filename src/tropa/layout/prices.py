"""Prices of the breaks: discs at the feet of the ribbon's strands, and their words, none over another."""

from __future__ import annotations

from tropa.layout import figures
from tropa.layout.geometry import Bounds
from tropa.layout.pen import Style, set_lines, wrapped
from tropa.layout.ribbon_place import Place, foot_of
from tropa.layout.scene import Disc, Group, Item, Role
from tropa.layout.stations import Station
from tropa.model import Break


def prices(place: Place) -> list[Item]:
    """Discs at the feet of the strands, then their labels, none over another or over a disc."""
    items: list[Item] = []
    taken: list[Bounds] = []
    spots = []
    for index, item in enumerate(place.ribbon.stations):
        if not item.observed or not (item.exits or item.breaks):
            continue
        foot, width, y = foot_of(place, index)
        dearest = item.dearest
        radius = place.ribbon.radius(dearest) if dearest else 0.0
        x, middle = foot + width / 2, y + 3 + radius
        taken.append((x - max(radius, width / 2) - 3, y - 8, x + max(radius, width / 2) + 3, middle + radius + 2))
        spots.append((index, x, middle, radius))
    spots.sort(key=lambda spot: (-spot[3], spot[0]))
    for index, x, middle, radius in spots:
        items.append(_price(place, index, x, middle, radius, taken))
    return items


def _price(place: Place, index: int, x: float, middle: float, radius: float, taken: list[Bounds]) -> Group:
    """One disc with its label, where there is room for it."""
    item, words = place.ribbon.stations[index], place.words
    dearest = item.dearest if radius else None
    items: list[Item] = []
    if dearest is not None:
        role: Role = "break" if dearest is place.worst else "break-band"
        items.append(Disc(round(x, 2), round(middle, 2), round(radius, 2), fill=role))
    lines = _price_lines(place, item, dearest)
    if dearest is None:
        style = place.frame.type.aside
        beside = max(76.0, min(place.slot(index).width, place.frame.right - x - 10))
        lines = [(part, style) for text, _ in lines for part in wrapped(text, beside, style)]
    room = max(place.slot(index).width - 6, 90.0)
    items.extend(_labelled(place, lines, room, x, middle, radius, taken))
    known = item.dearest
    tip = (
        figures.break_tip(words, known, place.value)
        if known
        else figures.stage_tip(words, item.reading)
        if item.reading
        else ""
    )
    label = ", ".join(text for text, _ in lines)
    return Group(tuple(items), kind="break", cell=f"{item.stage.id}/break", tip=tip, label=label)


def _labelled(
    place: Place, lines: list[tuple[str, Style]], room: float, x: float, middle: float, radius: float, taken: list[Bounds]
) -> list[Item]:  # fmt: skip
    """The lines beside the disc, else below it, at the first place where they meet nothing."""
    tall = sum(style.leading for _, style in lines)
    wide = max(style.width(text) for text, style in lines)
    left, right = place.frame.grid, place.frame.right
    shifts = (0.0, 20.0, 40.0, 60.0, 80.0)
    spots = [(x + radius + 8, max(middle - radius - 2, middle - tall / 2) + down) for down in (0.0, 12.0)]
    spots += [(x - radius - 8 - wide, max(middle - radius - 2, middle - tall / 2))]
    spots += [(min(max(x - wide / 2, left), right - wide), middle + radius + 3 + down) for down in shifts]
    for start, top in spots:
        box = (start - 2, top, start + wide + 2, top + tall)
        if start < left or start + wide > right or (wide > room and start < x):
            continue
        if not any(box[0] < b[2] and box[2] > b[0] and box[1] < b[3] and box[3] > b[1] for b in taken):
            break
    else:
        start, top = spots[-1]
        box = (start - 2, top, start + wide + 2, top + tall)
    taken.append(box)
    out: list[Item] = []
    for text, style in lines:
        out.extend(set_lines((text,), start, top, style))
        top += style.leading
    return out


def _price_lines(place: Place, item: Station, shown: Break | None) -> list[tuple[str, Style]]:
    words, sizes = place.words, place.frame.type
    lines: list[tuple[str, Style]] = []
    for found in sorted(item.breaks, key=lambda found: found.rank) if shown is not None else ():
        if not figures.costs(found.loss):
            continue
        style = sizes.price if found is place.worst else sizes.money
        money = words.money(-found.loss.value, found.loss.currency)
        if found.loss.kind == "deals":
            money = words("picture-lost-deals", n=max(1, round(found.loss.value)))
        lines.append((money, style))
        lines.append((words(f"picture-left-{found.kind}", n=found.passes), sizes.aside))
    if not lines:
        kind = "done" if item.after_deal and not item.breaks else "exit"
        lines.append((words(f"picture-left-{kind}", n=item.exits), sizes.aside))
    return lines
