"""Puts a page together: head, ribbon, emotion, rows, foot; on paper it fits them to the sheet, and on further sheets what is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from math import ceil

from tropa.layout import findings
from tropa.layout.content import Content, Row, content
from tropa.layout.emotion import Emotion, draw_emotion, emotion
from tropa.layout.frame import PAPERS, SCREEN_WIDTH, Frame, Paper, frame, needed
from tropa.layout.head import draw_head, draw_heads, heads_height
from tropa.layout.legend import Legend, draw_legend, draw_notes, legend, legend_height, notes_height
from tropa.layout.loops import Arc, arcs, arcs_height, draw_arcs
from tropa.layout.moods import moods
from tropa.layout.orders import Picture
from tropa.layout.pen import Cuts, height_of, set_lines, wrapped
from tropa.layout.personas import draw_multiples, multiples_height
from tropa.layout.photos import Photos
from tropa.layout.ribbon import Ribbon, draw_ribbon, median_times
from tropa.layout.rivals import set_table
from tropa.layout.rows import Limits, SetRow, draw_row, set_row
from tropa.layout.scene import Group, Item, Page, Table
from tropa.layout.stations import stations
from tropa.layout.tables import reading_tables
from tropa.model import LANES, Map, Readings, Stage, say
from tropa.words import Words

FOOT = 30.0
NEARLY = 1.12
"""A little more is allowed where otherwise a further sheet would hold only a row or the legend."""
WIDER = 1.42
"""What is meant for one page may be set so much smaller than usual before its rows go to a further sheet."""


@dataclass(frozen=True)
class Sheet:
    """Everything a page is made from."""

    value: Map
    readings: Readings | None
    words: Words
    found: Content
    stages: tuple[Stage, ...]
    today: date
    note: str
    headline: str
    picture: Picture
    hide: frozenset[str]
    segments: Mapping[str, Readings]
    side_by_side: bool
    """Whether personas are shown beside one another."""
    photos: Photos

    @property
    def infographic(self) -> bool:
        """Whether it is the one page for a wall, from which something is left out rather than go on to further sheets."""
        return self.picture == "infographic"

    @property
    def one_page(self) -> bool:
        """Whether it may be set smaller rather than go on to further sheets."""
        return self.picture in ("infographic", "buyer")

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """All of it as rows of text; every sheet carries them."""
        return reading_tables(self.value, self.readings, self.found, self.words)


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a page at one width, with their heights."""

    frame: Frame
    ribbon: Ribbon
    loops: tuple[Arc, ...]
    lane: Emotion
    rows: tuple[SetRow, ...]
    legend: Legend
    cuts: Cuts
    head: tuple[Item, ...]
    head_bottom: float

    @property
    def times(self) -> float:
        """Room for the usual times on the joints."""
        return 30.0 if self.ribbon.measured else 12.0


def sheet(
    value: Map, readings: Readings | None, words: Words, *, picture: Picture, paper: str, opened: frozenset[str],
    stages: tuple[Stage, ...], hide: frozenset[str], segments: Mapping[str, Readings] | None, today: date, note: str,
    photos: Photos,
) -> Page:  # fmt: skip
    """The infographic, the table with every lane, or the buyer journey."""
    found = content(
        value, readings, words, stages=stages, opened=opened, hide=hide, today=today, picture=picture, photos=photos
    )
    title = findings.headline(value, readings, words)
    made = Sheet(
        value,
        readings,
        words,
        found,
        stages,
        today,
        note,
        title,
        picture,
        hide,
        segments or {},
        segments is not None,
        photos,
    )
    if paper == "screen":
        parts = _parts(made, max(SCREEN_WIDTH, needed(found.columns)), Limits())
        return _page(made, parts, parts.rows, _natural(made, parts), first=True, last=True)
    return _on_paper(made, PAPERS[paper])


def _on_paper(made: Sheet, paper: Paper) -> Page:
    """The first way in which everything fits the sheet; else several sheets."""
    base = max(paper.pixels, needed(made.found.columns))
    most = base * (WIDER if made.one_page else 1.12)
    width, limits = base, Limits()
    while True:
        parts = _parts(made, width, limits)
        height = round(width * paper.ratio, 2)
        natural = _natural(made, parts)
        if natural <= height:
            return _page(made, parts, parts.rows, height, first=True, last=True)
        if width < most and natural / height < 1.9:
            # wider by the root of what is missing: the sheet grows and the lines get fewer
            width = min(most, width * max(1.05, (natural / height) ** 0.55))
        elif made.one_page and limits.entries is None and natural / height < NEARLY and width < most * NEARLY:
            width = min(most * NEARLY, width * (natural / height) ** 0.65 * 1.01)
        elif made.infographic and limits.entries is None:
            width, limits = most, Limits(3, 3)
        else:
            break
    wide = _parts(made, most, Limits())
    return _paginated(made, wide, round(most * paper.ratio, 2))


def _parts(made: Sheet, width: float, limits: Limits) -> Parts:
    grid = frame(made.found, width)
    cuts = Cuts()
    slim = min(slot.width for slot in grid.stages.values()) < 200
    tall = 132.0 if made.infographic else 84.0
    found = stations(made.value, made.stages, made.readings)
    strands = any(item.exits or item.breaks for item in found)
    ribbon = Ribbon(
        found, tall, (54.0 if made.infographic else 40.0) if strands else 6.0,
        (22.0 if slim else 32.0) if made.infographic else 18.0, (72.0 if slim else 0.0) if strands else 0.0,
    )  # fmt: skip
    if not strands:
        ribbon = replace(ribbon, disc=4.0)
    head, bottom = draw_head(made.value, made.readings, grid, made.words, cuts, made.headline, made.photos)
    rows = tuple(_set(made, row, grid, limits, cuts) for row in made.found.rows)
    loops = arcs(made.value, made.readings, grid, made.words)
    others = moods(made.segments, made.value, made.found.columns, made.words) if made.side_by_side else ()
    tall_lane = (136.0 if made.infographic else 112.0) + (24.0 if others else 0.0)
    lane = emotion(made.found, made.readings, made.words, tall_lane, others)
    foot = legend(
        made.value,
        made.readings,
        made.words,
        made.today,
        made.note,
        _stars(made),
        bool(loops),
        _has(made, "opportunities"),
        _hidden(made),
    )
    return Parts(grid, ribbon, loops, lane, rows, foot, cuts, head, bottom)


def _set(made: Sheet, row: Row, grid: Frame, limits: Limits, cuts: Cuts) -> SetRow:
    if row.kind != "comparison":
        return set_row(row, made.found, grid, limits, cuts)
    label = wrapped(row.title, grid.grid - grid.left - 14, grid.type.label)
    table = set_table(made.value, grid, made.words, cuts, made.today)
    return SetRow(row, label, (), (), height_of(label, grid.type.label), table)


def _stars(made: Sheet) -> bool:
    points = any(point.moment_of_truth for stage in made.stages for point in stage.all_touchpoints)
    return points or any(stage.moment_of_truth for stage in made.stages)


def _has(made: Sheet, lane: str) -> bool:
    return any(row.id == lane for row in made.found.rows)


def _hidden(made: Sheet) -> tuple[str, ...]:
    """Rows that have something to say and are not on this picture."""
    if not made.infographic:
        return ()
    shown = {row.id for row in made.found.rows} | {"asks", "doubts"} | made.hide
    out = []
    for lane in LANES:
        filled = any(getattr(stage, lane.field, None) for stage in made.stages)
        if lane.id not in shown and filled:
            out.append(made.words.or_own(f"lane-{lane.id}", lane.id).lower())
    return tuple(out)


def _natural(made: Sheet, parts: Parts) -> float:
    """Height of everything on one page."""
    rows = sum(row.height for row in parts.rows)
    return _above(made, parts) + rows + _below(parts)


def _above(made: Sheet, parts: Parts) -> float:
    """From the top of the page to the first row."""
    multiples = multiples_height(made.segments)
    heads = heads_height(made.found, parts.frame, made.words)
    ribbon = _ribbon_height(made, parts)
    return (
        parts.head_bottom
        + heads
        + parts.times
        + arcs_height(parts.loops)
        + ribbon
        + multiples
        + _emotion_height(made, parts)
        + 8
    )


def _below(parts: Parts) -> float:
    notes = notes_height(parts.cuts.found, parts.frame)
    return legend_height(parts.legend, parts.frame) + notes + FOOT + 18


def _page(made: Sheet, parts: Parts, rows: tuple[SetRow, ...], height: float, *, first: bool, last: bool) -> Page:
    """One sheet: the first carries the pictures, every one the stages, the last the foot."""
    items: list[Item] = []
    spare = 0.0
    if first and last:
        spare = max(0.0, height - _natural(made, parts))
    grown, air, gap = _grown(made, parts, spare, len(rows))
    if first:
        items.extend(parts.head)
        y = _pictures(made, grown, items, gap)
    else:
        y = _continued(made, parts, items)
    for row in rows:
        items.extend(draw_row(row, y, parts.frame, made.words, air))
        y += row.height + air
    if last:
        foot = legend_height(parts.legend, parts.frame) + notes_height(parts.cuts.found, parts.frame)
        y = max(y + 10, height - FOOT - foot - 6)
        items.extend(draw_legend(parts.legend, y, parts.frame, made.words))
        y += legend_height(parts.legend, parts.frame)
        items.extend(draw_notes(parts.cuts.found, y + 8, parts.frame, made.words))
    return Page(
        ceil(parts.frame.width),
        ceil(height),
        made.headline,
        _description(made),
        made.words.lang,
        tuple(items),
        tables=made.tables,
        shortened=tuple(parts.cuts.found),
        notes=parts.legend.facts,
    )


def _grown(made: Sheet, parts: Parts, spare: float, rows: int) -> tuple[Parts, float, float]:
    """Gives spare height to the ribbon, the emotion lane, the rows and the gaps between."""
    if spare <= 0:
        return parts, 0.0, 0.0
    ribbon, lane = parts.ribbon, parts.lane
    more = min(spare * 0.30, 110.0) if ribbon.measured else 0.0
    ribbon = replace(ribbon, height=ribbon.height + more * 0.7, foot=ribbon.foot + more * 0.3)
    left = spare - more
    taller = 0.0 if lane.empty else min(left * 0.25, 80.0)
    left -= taller
    air = min(left * 0.8 / max(1, rows), 22.0)
    left -= air * rows
    return replace(parts, ribbon=ribbon, lane=replace(lane, height=lane.height + taller)), air, min(left / 4, 26.0)


def _pictures(made: Sheet, parts: Parts, items: list[Item], gap: float) -> float:
    """Chevrons, times, loops, ribbon, personas side by side, emotion; answers where the rows begin."""
    grid, words = parts.frame, made.words
    y = parts.head_bottom + gap
    items.extend(draw_heads(made.found, y, grid, words))
    y += heads_height(made.found, grid, words)
    if parts.ribbon.measured:
        items.extend(median_times(parts.ribbon, y + 6, grid, words))
    y += parts.times
    base = y + arcs_height(parts.loops)
    items.extend(draw_ribbon(parts.ribbon, base, grid, words, made.value, made.readings, parts.cuts))
    items.extend(draw_arcs(parts.loops, y, base - 2, grid, parts.cuts))
    items.extend(_lane_label(grid, base + 18, words, "lane-ribbon"))
    y = base + _ribbon_height(made, parts) + gap
    if made.segments:
        items.extend(draw_multiples(made.segments, made.value, made.stages, y, grid, words, parts.cuts))
        y += multiples_height(made.segments)
    if not parts.lane.empty:
        items.extend(_lane_label(grid, y + 10, words, "lane-emotion"))
        items.extend(draw_emotion(parts.lane, y + 20, grid, words, parts.cuts))
        y += _emotion_height(made, parts)
    return y + gap + 8


def _ribbon_height(made: Sheet, parts: Parts) -> float:
    """Height of the ribbon, or of its heading where that is taller."""
    return max(parts.ribbon.total_height, 26 + _label_height(parts.frame, made.words, "lane-ribbon"))


def _emotion_height(made: Sheet, parts: Parts) -> float:
    """Height of the emotion lane with what stands around it."""
    if parts.lane.empty:
        return 0.0
    return max(parts.lane.height + 64, 20 + _label_height(parts.frame, made.words, "lane-emotion"))


def _label_height(grid: Frame, words: Words, name: str) -> float:
    room = grid.grid - grid.left - (34 if name == "lane-emotion" else 14)
    title, about = wrapped(words(name), room, grid.type.label), wrapped(words(f"{name}.about"), room, grid.type.about)
    return height_of(title, grid.type.label) + height_of(about, grid.type.about) + 6


def _lane_label(grid: Frame, top: float, words: Words, name: str) -> tuple[Item, ...]:
    """A lane's heading with what it shows, in the second voice."""
    room = grid.grid - grid.left - (34 if name == "lane-emotion" else 14)
    title = wrapped(words(name), room, grid.type.label)
    about = wrapped(words(f"{name}.about"), room, grid.type.about)
    return (
        Group(
            (
                *set_lines(title, grid.left, top, grid.type.label),
                *set_lines(about, grid.left, top + height_of(title, grid.type.label) + 2, grid.type.about),
            ),
            kind="lane", cell=name, label=words(name),
        ),
    )  # fmt: skip


def _continued(made: Sheet, parts: Parts, items: list[Item]) -> float:
    """The head of a further sheet."""
    grid, words = parts.frame, made.words
    text = words("picture-continued", title=say(made.value.title, words.lang))
    items.extend(set_lines((text,), grid.left, 36, grid.type.subtitle))
    items.extend(draw_heads(made.found, 72, grid, words))
    return 72 + heads_height(made.found, grid, words) + 16


def _paginated(made: Sheet, parts: Parts, height: float) -> Page:
    """Rows that do not fit the first sheet go on to further ones; a row taller than a sheet makes its sheet taller."""
    groups: list[list[SetRow]] = [[]]
    y = _above(made, parts)
    again = 72 + heads_height(made.found, parts.frame, made.words) + 16
    for row in parts.rows:
        if y + row.height > height - FOOT and (groups[-1] or len(groups) == 1):
            groups.append([])
            y = again
        groups[-1].append(row)
        y += row.height
    if y + _below(parts) > height and groups[-1]:
        groups.append([])
    pages = []
    for index, rows in enumerate(groups):
        first, last = index == 0, index == len(groups) - 1
        start = _above(made, parts) if first else again
        tall = start + sum(row.height for row in rows) + (_below(parts) if last else FOOT)
        pages.append(_page(made, parts, tuple(rows), max(height, tall), first=first, last=last))
    return replace(pages[0], more=tuple(pages[1:]))


def _description(made: Sheet) -> str:
    """The picture in words, for those who do not see it."""
    names = ", ".join(say(stage.title, made.words.lang) for stage in made.stages)
    parts = [
        made.words("picture-description", title=say(made.value.title, made.words.lang), stages=names),
        made.headline,
    ]
    return ". ".join(parts)
