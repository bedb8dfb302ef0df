"""The scheme: stages as boxes with their touchpoints, the ways between them as wide as the passes that went there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from tropa.layout import figures, findings
from tropa.layout.boxes import Box, box_items, exit_items, grid_of, place_boxes
from tropa.layout.content import Column, Content, content
from tropa.layout.flows import Way, draw_ways, lanes_of, ways
from tropa.layout.frame import MARGIN, PAPERS, SCREEN_WIDTH, Frame, Slot, sizes
from tropa.layout.head import draw_head
from tropa.layout.legend import Legend, draw_legend, legend, legend_height
from tropa.layout.pen import Cuts
from tropa.layout.photos import NO_PHOTOS, Photos
from tropa.layout.scene import Group, Item, Page, Table
from tropa.layout.spots import arranged, breadth, spots
from tropa.layout.tables import reading_tables
from tropa.model import Map, Readings, Stage, columns, say
from tropa.words import Words

LEAST = 196.0
"""Room of one column with the gap after it."""
COLUMN = 250.0
"""Room of one column on paper, where there are few."""
LEVEL = 34.0
EXITS = 92.0
FOOT = 30.0


@dataclass(frozen=True, slots=True)
class Plan:
    """The scheme at one width."""

    frame: Frame
    boxes: tuple[Box, ...]
    ways: tuple[Way, ...]
    above: int
    below: int
    head: tuple[Item, ...]
    head_bottom: float
    tall: float
    legend: Legend
    cuts: Cuts

    @property
    def natural(self) -> float:
        """Height of everything."""
        arcs = self.above * LEVEL + self.below * LEVEL
        return self.head_bottom + arcs + 40 + self.tall + EXITS + 24 + legend_height(self.legend, self.frame) + FOOT


def scheme(
    value: Map,
    readings: Readings | None,
    words: Words,
    *,
    paper: str,
    stages: tuple[Stage, ...],
    today: date,
    note: str,
    photos: Photos = NO_PHOTOS,
) -> Page:
    """The scheme on a sheet, or as large as it needs."""
    count = _count(value, stages)
    sheet = PAPERS.get(paper)
    width = max(min(sheet.pixels, COLUMN * count + 400) if sheet else SCREEN_WIDTH, 2 * MARGIN + count * LEAST)
    plan = _plan(value, readings, words, stages, width, today, note, photos)
    height = plan.natural
    if sheet is not None:
        for _ in range(4):
            if plan.natural <= width * sheet.ratio:
                break
            width = max(width * 1.1, min(plan.natural / sheet.ratio, width * 1.4))
            plan = _plan(value, readings, words, stages, width, today, note, photos)
        height = max(plan.natural, width * sheet.ratio)
    return _page(value, readings, words, plan, round(height, 2), today)


def _count(value: Map, stages: tuple[Stage, ...]) -> float:
    """How many columns wide the scheme is: of boxes that were put by hand, as wide as they were put."""
    by_hand = spots(value, stages)
    if by_hand is not None:
        return breadth(by_hand)
    depth = columns(value)
    return len({depth[stage.id] for stage in stages})


def _plan(
    value: Map, readings: Readings | None, words: Words, stages: tuple[Stage, ...], width: float, today: date, note: str,
    photos: Photos,
) -> Plan:  # fmt: skip
    cells = grid_of(_count(value, stages), width - 2 * MARGIN)
    boxes = place_boxes(value, stages, readings, words, MARGIN, cells)
    by_hand = spots(value, stages)
    if by_hand is not None:
        boxes = arranged(boxes, by_hand, MARGIN, cells.step)
    slots = {box.stage.id: Slot(box.x, box.width) for box in boxes}
    grid = Frame(width, MARGIN, width - MARGIN, slots, slots, sizes(narrow=True), frozenset())
    cuts = Cuts()
    head, bottom = draw_head(value, readings, grid, words, cuts, findings.headline(value, readings, words), photos)
    found = lanes_of(ways(value, readings, boxes, words))
    above = 1 + max((way.level for way in found if way.kind == "skip"), default=-1)
    below = 1 + max((way.level for way in found if way.kind == "back"), default=-1)
    tall = max(box.y + box.height for box in boxes)
    return Plan(
        grid, boxes, found, above, below, head, bottom, tall, _legend(value, readings, words, today, note, found), cuts
    )


def _legend(
    value: Map, readings: Readings | None, words: Words, today: date, note: str, found: tuple[Way, ...]
) -> Legend:
    """The foot of the scheme: its own keys, and the same facts as everywhere."""
    whole = legend(value, readings, words, today, note, stars=False, loops=False, gold=False, hidden=())
    keys = [("band", words("picture-key-flow"))] if any(way.passes for way in found) else []
    if any(way.kind == "back" for way in found):
        keys.append(("loop", words("picture-key-back")))
    if any(way.planned for way in found):
        keys.append(("dots", words("picture-key-planned")))
    if readings is not None:
        keys.append(("strand", words("picture-key-strand")))
    keys.append(("star", words("picture-key-star")))
    return replace(whole, keys=tuple(keys))


def _page(value: Map, readings: Readings | None, words: Words, plan: Plan, height: float, today: date) -> Page:
    spare = height - plan.natural
    top = plan.head_bottom + plan.above * LEVEL + 40 + spare * 0.4
    bottom = top + plan.tall + EXITS
    boxes = tuple(replace(box, y=box.y + top) for box in plan.boxes)
    items: list[Item] = [*plan.head]
    drawn = draw_ways(plan.ways, boxes, top - 26, bottom, words)
    items.append(Group(drawn, kind="ways", id="ways", label=words("picture-scheme-label")))
    for box in boxes:
        items.extend(exit_items(box, boxes, words, figures.worst_break(readings), value))
    items.extend(box_items(box, words, plan.cuts) for box in boxes)
    items.extend(draw_legend(plan.legend, height - FOOT - legend_height(plan.legend, plan.frame), plan.frame, words))
    title = findings.headline(value, readings, words)
    names = ", ".join(say(box.stage.title, words.lang) for box in boxes)
    return Page(
        ceil(plan.frame.width), ceil(height), title,
        words("picture-description", title=say(value.title, words.lang), stages=names), words.lang, tuple(items),
        tables=(*_tables(value, readings, words, plan, today),), shortened=tuple(plan.cuts.found), notes=plan.legend.facts,
    )  # fmt: skip


def _tables(value: Map, readings: Readings | None, words: Words, plan: Plan, today: date) -> tuple[Table, ...]:
    """The figures of the stages, and every way between them, also those too rare to be drawn."""
    stages = tuple(box.stage for box in plan.boxes)
    found: Content = content(
        value, readings, words, stages=stages, opened=frozenset(), hide=frozenset(), today=today, picture="infographic"
    )
    tables = reading_tables(value, readings, replace(found, columns=tuple(Column(s.id, s) for s in stages)), words)
    flows = readings.flows if readings else ()
    titles = {stage.id: say(stage.title, words.lang) for stage in value.stages}
    rows = tuple(
        (
            titles.get(flow.source, flow.source), titles.get(flow.target, flow.target), words.integer(flow.passes),
            words.duration(flow.median_s) if flow.median_s is not None else "—",
        )
        for flow in sorted(flows, key=lambda flow: -flow.passes)
    )  # fmt: skip
    if not rows:
        return tables
    head = tuple(words(f"picture-column-{name}") for name in ("from", "to", "entrants", "time"))
    return (*tables, Table(words("picture-table-flows"), head, rows))
