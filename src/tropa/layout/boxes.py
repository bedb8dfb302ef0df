"""Boxes of the scheme: a stage with its touchpoints as chips; under it who leaves there."""

from __future__ import annotations

from dataclasses import dataclass

from tropa.layout import figures
from tropa.layout.pen import Cuts, Style, height_of, line, set_lines, wrapped
from tropa.layout.scene import Disc, Group, Item, Path, Rect, Role, Symbol
from tropa.layout.stations import Station, stations
from tropa.model import Break, CannotTell, Map, Readings, Stage, Statement, Touchpoint, columns, say
from tropa.words import Words

TITLE = Style(15, 600)
TITLE_DARK = Style(15, 600, "on-ink")
COUNT = Style(13, 500, "muted")
COUNT_DARK = Style(13, 500, "on-ink")
CHIP = Style(13)
GOAL = Style(13, 400, "muted", italic=True)
PAIN = Style(12.5, 500)
TINY = Style(11.5, 400, "muted")
PAD = 12.0


@dataclass(frozen=True, slots=True)
class Chip:
    """A touchpoint inside a box."""

    point: Touchpoint
    lines: tuple[str, ...]
    count: str
    part: str
    tip: str

    @property
    def height(self) -> float:
        """Its height, with the name of its sub-stage where one begins."""
        return max(24.0, height_of(self.lines, CHIP) + 7) + (18 if self.part else 0)


@dataclass(frozen=True, slots=True)
class Box:
    """A stage of the scheme. `y` is counted from the top of the boxes until the page is put together."""

    stage: Stage
    station: Station
    column: int
    row: int
    rows: int
    x: float
    y: float
    width: float
    title: tuple[str, ...]
    count: str
    chips: tuple[Chip, ...]
    goal: tuple[str, ...] = ()
    pain: tuple[str, ...] = ()
    severity: int = 0

    @property
    def head(self) -> float:
        """Height of the head, where the ways begin and end."""
        return max(58.0, height_of(self.title, TITLE) + (COUNT.leading if self.count else 0) + 18)

    @property
    def height(self) -> float:
        """Height of the whole box."""
        chips = sum(chip.height for chip in self.chips)
        body = (
            chips
            + (height_of(self.goal, GOAL) + 8 if self.goal else 0)
            + (height_of(self.pain, PAIN) + 12 if self.pain else 0)
        )
        return self.head + (body + 16 if body else 0)

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def middle(self) -> float:
        """Height at which ways enter and leave."""
        return self.y + self.head / 2


@dataclass(frozen=True, slots=True)
class Grid:
    """How wide the boxes are, and how far it is from one column to the next."""

    width: float
    step: float


def grid_of(count: float, room: float) -> Grid:
    """The grid of `count` columns (of boxes put by hand: as many as their arrangement is wide) in `room`."""
    if count <= 1:
        return Grid(min(340.0, room), 0.0)
    width = min(320.0, room / count * 0.72)
    return Grid(width, (room - width) / (count - 1))


def place_boxes(
    value: Map, stages: tuple[Stage, ...], readings: Readings | None, words: Words, left: float, grid: Grid
) -> tuple[Box, ...]:
    """Boxes in columns by depth, branches of one depth below one another."""
    depth = columns(value)
    order = {level: index for index, level in enumerate(sorted({depth[stage.id] for stage in stages}))}
    found = stations(value, stages, readings)
    out: list[Box] = []
    for level, index in order.items():
        here = [item for item in found if depth[item.stage.id] == level]
        y = 0.0
        for row, item in enumerate(here):
            box = _box(item, readings, words, index, row, len(here), left + index * grid.step, y, grid.width)
            out.append(box)
            y += box.height + 110
    return tuple(out)


def _box(
    item: Station, readings: Readings | None, words: Words, column: int, row: int, rows: int, x: float, y: float, width: float
) -> Box:  # fmt: skip
    title = wrapped(say(item.stage.title, words.lang), width - 2 * PAD - 22, TITLE)
    count = ""
    if item.observed:
        count = words("picture-segment-counts", passes=item.here)
    elif readings is not None:
        count = words("picture-not-observed")
    goal = item.stage.goal
    said_goal = say(goal.text if isinstance(goal, Statement) else goal, words.lang)
    pains = sorted(
        (*item.stage.pains, *(p for point in item.stage.all_touchpoints for p in point.pains)),
        key=lambda p: -p.severity,
    )
    pain = wrapped(say(pains[0].text, words.lang), width - 2 * PAD - 20, PAIN) if pains else ()
    return Box(
        item.stage, item, column, row, rows, x, y, width, title, count, _chips(item.stage, readings, words, width),
        wrapped(said_goal, width - 2 * PAD, GOAL), pain, pains[0].severity if pains else 0,
    )  # fmt: skip


def _chips(stage: Stage, readings: Readings | None, words: Words, width: float) -> tuple[Chip, ...]:
    parts = {point.id: say(part.title, words.lang) for part in stage.stages for point in part.touchpoints}
    out: list[Chip] = []
    last = ""
    for point in stage.all_touchpoints:
        reading = readings.touchpoint(point.id) if readings else None
        count = words.integer(reading.entrants) if reading and reading.observed else ""
        star = 18 if point.moment_of_truth else 0
        room = width - 2 * PAD - 22 - star - (TINY.width(count) + 8 if count else 0)
        lines = wrapped(say(point.title, words.lang), max(44.0, room), CHIP)
        part = parts.get(point.id, "")
        tip = figures.touchpoint_tip(words, reading, figures.channel_words(words, point.channel))
        out.append(Chip(point, lines, count, part if part != last else "", tip))
        last = part
    return tuple(out)


def box_items(box: Box, words: Words, cuts: Cuts) -> Group:
    """The drawn box."""
    deal = box.stage.deal is not None
    fill: Role = "ink" if deal else "sand"
    items: list[Item] = []
    if box.height > box.head:
        frame = (round(box.x, 2), round(box.y, 2), round(box.width, 2), round(box.height, 2))
        items.append(Rect(*frame, fill="card", stroke="line", radius=10))
    hatch = not box.station.observed and bool(box.count)
    items.append(Rect(round(box.x, 2), round(box.y, 2), round(box.width, 2), round(box.head, 2), fill=fill, radius=10))
    if hatch:
        items.append(
            Rect(round(box.x, 2), round(box.y + box.head - 5, 2), round(box.width, 2), 5, fill="sand", hatch=True)
        )
    title, count = (TITLE_DARK, COUNT_DARK) if deal else (TITLE, COUNT)
    tall = height_of(box.title, title) + (count.leading if box.count else 0)
    y = box.y + (box.head - tall) / 2
    items.extend(set_lines(box.title, box.x + PAD, y, title))
    if box.stage.moment_of_truth:
        end = box.x + PAD + title.width(box.title[-1]) + 6
        items.append(Symbol("star", round(end, 2), round(y + height_of(box.title, title) - 17, 2), 14, "gold"))
    if box.count:
        items.extend(set_lines((box.count,), box.x + PAD, y + height_of(box.title, title), count))
    face = _face(box)
    if face:
        items.append(
            Symbol(
                face, round(box.right - 30, 2), round(box.y + box.head / 2 - 9, 2), 18, "on-ink" if deal else "muted"
            )
        )
    if box.stage.opens:
        items.append(
            Symbol(
                "icon-map", round(box.right - 18, 2), round(box.y + 4, 2), 13, "muted", words("picture-scheme-opens")
            )
        )
    y = box.y + box.head + 8
    if box.goal:
        items.extend(set_lines(box.goal, box.x + PAD, y, GOAL))
        y += height_of(box.goal, GOAL) + 8
    for chip in box.chips:
        items.append(_chip(chip, box, y, cuts))
        y += chip.height
    if box.pain:
        y += 4
        for index in range(3):
            role: Role = "break" if index < box.severity else "line"
            items.append(Rect(round(box.x + PAD + 4, 2), round(y + 4 + 7 * (2 - index), 2), 6, 5, fill=role, radius=1))
        items.extend(set_lines(box.pain, box.x + PAD + 22, y + 2, PAIN))
    reading = box.station.reading
    tip = figures.stage_tip(words, reading) if reading else ""
    label = say(box.stage.title, words.lang)
    return Group(
        tuple(items),
        kind="stage",
        id=f"box-{box.stage.id}",
        cell=box.stage.id,
        tip=tip,
        label=label,
        href=box.stage.opens or "",
    )


def _face(box: Box) -> str:
    """How customers feel here: as measured, else as the team says."""
    reading, feels = box.station.reading, box.stage.feels
    score = feels.score if feels else None
    if reading is not None and not isinstance(reading.satisfaction, CannotTell):
        score = reading.satisfaction.mean
    if score is None:
        return ""
    return "face-happy" if score >= 0.5 else "face-sad" if score <= -0.5 else "face-neutral"


def _chip(chip: Chip, box: Box, y: float, cuts: Cuts) -> Group:
    items: list[Item] = []
    if chip.part:
        room = box.width - 2 * PAD
        lines = wrapped(chip.part, room, TINY, 1, cuts, f"{box.stage.id}/{chip.point.id}/part")
        items.extend(set_lines(lines, box.x + PAD, y + 2, TINY))
        y += 18
    icon = figures.channel_icon(chip.point.channel) or "channel-other"
    items.append(Symbol(icon, round(box.x + PAD, 2), round(y + 3.5, 2), 15, "muted"))
    items.extend(set_lines(chip.lines, box.x + PAD + 22, y + 2.5, CHIP))
    if chip.point.moment_of_truth:
        end = box.x + PAD + 22 + CHIP.width(chip.lines[-1]) + 4
        items.append(Symbol("star", round(end, 2), round(y + 2.5 + height_of(chip.lines, CHIP) - 15, 2), 13, "gold"))
    if chip.count:
        items.append(line(box.right - PAD, y + 15, chip.count, TINY, "end"))
    label = " ".join(chip.lines)
    return Group(tuple(items), kind="touchpoint", cell=f"{box.stage.id}/{chip.point.id}", tip=chip.tip, label=label)


def exit_items(box: Box, boxes: tuple[Box, ...], words: Words, worst: Break | None, value: Map) -> tuple[Item, ...]:
    """Who leaves at this stage: a strand below the box, with its price where there is one."""
    item = box.station
    if not item.observed or not (item.exits or item.breaks):
        return ()
    top = max((other.station.here for other in boxes), default=0) or 1
    thick = max(2.0, min(34.0, item.exits / top * 46))
    dearest = item.dearest
    done = item.after_deal and not item.breaks
    is_worst = dearest is not None and dearest is worst
    role: Role = "sand" if done else "break" if is_worst else "break-band"
    x, y = box.x + 26, box.y + box.height
    low = y + 30
    shape = (
        ("M", round(x - thick / 2, 2), round(y, 2)), ("L", round(x + thick / 2, 2), round(y, 2)),
        ("L", round(x + thick / 2, 2), round(low, 2)), ("L", round(x, 2), round(low + min(12.0, thick / 2 + 3), 2)),
        ("L", round(x - thick / 2, 2), round(low, 2)), ("Z",),
    )  # fmt: skip
    items: list[Item] = [Path(shape, fill=role)]
    left = x + max(thick / 2, 9.0) + 8
    text_y = y + 8
    if dearest is not None and figures.costs(dearest.loss):
        style = Style(18 if is_worst else 14.5, 700 if is_worst else 600, "break")
        money = words.money(-dearest.loss.value, dearest.loss.currency)
        if dearest.loss.kind == "deals":
            money = words("picture-lost-deals", n=max(1, round(dearest.loss.value)))
        items.extend(set_lines((money,), left, text_y, style))
        text_y += style.leading
        left_text = words(f"picture-left-{dearest.kind}", n=dearest.passes)
    else:
        left_text = words(f"picture-left-{'done' if done else 'exit'}", n=item.exits)
    lines = wrapped(left_text, max(40.0, box.right - left - 4), Style(12.5, 400, "muted"))
    items.extend(set_lines(lines, left, text_y, Style(12.5, 400, "muted")))
    if dearest is not None and figures.costs(dearest.loss) and is_worst:
        items.append(Disc(round(x, 2), round(low + 20, 2), 9, fill="break"))
    tip = (
        figures.break_tip(words, dearest, value)
        if dearest
        else figures.stage_tip(words, item.reading)
        if item.reading
        else ""
    )
    return (Group(tuple(items), kind="break", cell=f"{box.stage.id}/break", tip=tip, label=" ".join(lines)),)
