"""Drawing a map: which writer for which suffix, and what it needs."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tropa.files import write_bytes
from tropa.model import Map, TropaError, Where, near_miss
from tropa.model.entered import entered_readings
from tropa.service.measuring import Measured, measure_if_any
from tropa.service.photographing import beside, photos_of
from tropa.service.warming import warm
from tropa.service.workspace import MAP_FILE, open_workspace
from tropa.words import Words

if TYPE_CHECKING:
    from tropa.layout import Page
    from tropa.layout.photos import Photos
    from tropa.render.theme import ThemeName

View = Literal["table", "scheme", "infographic", "buyer", "workshop"]
VIEWS: tuple[View, ...] = ("infographic", "table", "scheme")
"""The three views of a map; the buyer journey is a part of it and the workshop its empty grid, drawn where they are asked for."""


PNG_WIDTH = 2800
MOST_PIXELS = 24_000_000
"""A PNG of several sheets is no larger than this unless asked for, as long as its letters keep the size they are made for: it is drawn
in about 1.2 s."""


@dataclass(frozen=True)
class Wish:
    """How a picture is wanted."""

    today: date
    view: View = "infographic"
    page: str = "a3"
    opened: frozenset[str] = frozenset()
    """Stages opened into their touchpoints; `all` opens every one."""
    named_view: str | None = None
    theme: ThemeName = "light"
    scale: float | None = None
    """Pixels of the PNG for each CSS pixel; None: as many as make it about 2,800 wide, fewer where there are many sheets."""
    personas: bool = False


@dataclass(frozen=True)
class Drawn:
    """A picture that was written, with what it could not show."""

    path: Path
    notes: tuple[str, ...] = ()


def format_of(path: Path) -> str:
    """The format that a file's suffix asks for. Raises TR-S006 for a suffix we do not draw."""
    suffix = path.suffix.lower().lstrip(".")
    if suffix not in WRITERS:
        raise TropaError("TR-S006", Where(file=str(path)), suffix=suffix, known=", ".join(WRITERS))
    return suffix


def draw(
    what: Path,
    out: Path,
    wish: Wish,
    say: Words,
    *,
    map_name: str = MAP_FILE,
    advance: Callable[[str, float, float], None],
) -> Drawn:
    """Draws the map of a workspace (with its readings), or a map file alone. Raises TR-S006 for a suffix we do not draw."""
    format_of(out)
    if what.is_dir():
        workspace = open_workspace(what)
        if workspace.archive.tape() is not None:
            warm(advance)
        advance("step-measuring", 0, 0)
        measured = measure_if_any(workspace, workspace.map(map_name), side_by_side=wish.personas)
    else:
        measured = Measured(read_map(what), None, {})
    advance("step-drawing", 0, 0)
    photos = photos_of(measured.map, beside(what if what.is_dir() else what.parent))
    return Studio(measured, say, photos).draw(out, wish)


def read_map(file: Path) -> Map:
    """The map of a file. Raises TR-S014, with the near miss, for a file that is not there."""
    from tropa.codec.quick import read

    if not file.is_file():
        beside = sorted(one.name for one in file.parent.iterdir()) if file.parent.is_dir() else []
        raise TropaError("TR-S014", Where(file=str(file)), path=str(file), near=near_miss(file.name, beside))
    return read(file)


def draw_measured(measured: Measured, out: Path, wish: Wish, say: Words) -> Drawn:
    """Draws one picture of what has been measured already."""
    return Studio(measured, say).draw(out, wish)


class Studio:
    """Draws many pictures of one map: a page that is wanted in several formats is laid out once.

    A map without a log is drawn with its hand-typed figures. Used by one thread at a time.
    """

    def __init__(self, measured: Measured, say: Words, photos: Photos | None = None) -> None:
        self.map, self.say = measured.map, say
        self.photos = photos
        self.readings = measured.readings or entered_readings(measured.map)
        self.by_segment = measured.by_segment
        self.pages: dict[Wish, Page] = {}

    def draw(self, out: Path, wish: Wish) -> Drawn:
        """Writes the picture. Raises TR-S006 for a suffix we do not draw, TR-S015 for a stage that is not there."""
        for stage in wish.opened - {"all"}:
            if all(one.id != stage for one in self.map.stages):
                known = [one.id for one in self.map.stages]
                raise TropaError("TR-S015", name=stage, near=near_miss(stage, known), known=", ".join(known))
        data, notes = WRITERS[format_of(out)](self, wish)
        write_bytes(out, data)
        return Drawn(out, notes)

    def page(self, wish: Wish) -> Page:
        """The laid-out page of a wish."""
        from tropa.layout import lay_out
        from tropa.layout.photos import NO_PHOTOS

        wish = replace(wish, theme="light", scale=None)  # neither changes the layout
        if wish not in self.pages:
            self.pages[wish] = lay_out(
                self.map,
                self.readings,
                self.say,
                view=wish.view,
                page=wish.page,
                opened="all" if "all" in wish.opened else wish.opened,
                view_id=wish.named_view,
                segments=self.by_segment if wish.personas else None,
                today=wish.today,
                photos=self.photos or NO_PHOTOS,
            )
        return self.pages[wish]


Made = tuple[bytes, tuple[str, ...]]


def _svg(studio: Studio, wish: Wish) -> Made:
    from tropa.render.svg import svg

    page = studio.page(wish)
    return svg(page, wish.theme).encode(), page.notes


def _png(studio: Studio, wish: Wish) -> Made:
    from tropa.render.png import png

    page = studio.page(wish)
    return png(page, wish.scale or _usual_scale(page), wish.theme), page.notes


def _usual_scale(page: Page) -> float:
    """Pixels of a PNG to a pixel of the page, where nobody asks for a scale."""
    pixels = sum(sheet.width * sheet.height for sheet in (page, *page.more))
    return max(1.0, min(PNG_WIDTH / page.width, math.sqrt(MOST_PIXELS / pixels)))


def _pdf(studio: Studio, wish: Wish) -> Made:
    from tropa.render.pdf import pdf

    page = studio.page(wish)
    return pdf(page, wish.page, theme=wish.theme), page.notes


def _html(studio: Studio, wish: Wish) -> Made:
    from tropa.render.html import html

    ordered = (wish.view, *(view for view in VIEWS if view != wish.view))
    pages: dict[str, Page] = {view: studio.page(replace(wish, view=view, page="screen")) for view in ordered}
    return html(pages, studio.map, studio.readings, studio.say).encode(), pages[wish.view].notes


def _pptx(studio: Studio, wish: Wish) -> Made:
    from tropa.render.figures import figure_tables
    from tropa.render.pptx import pptx

    page = studio.page(wish)
    out = BytesIO()
    pptx(page, out, theme=wish.theme, tables=figure_tables(studio.map, studio.readings, studio.say))
    return out.getvalue(), page.notes


def _xlsx(studio: Studio, wish: Wish) -> Made:
    from tropa.render.xlsx import write_xlsx

    out = BytesIO()
    write_xlsx(studio.map, studio.readings, studio.say, out, today=wish.today)
    return out.getvalue(), ()


def _markdown(studio: Studio, wish: Wish) -> Made:
    from tropa.render.markdown import markdown

    return markdown(studio.map, studio.readings, studio.say, today=wish.today).encode(), ()


def _mermaid(studio: Studio, wish: Wish) -> Made:
    from tropa.render.mermaid import mermaid

    text, lost = mermaid(studio.map, studio.readings, studio.say)
    return text.encode(), lost


WRITERS: dict[str, Callable[[Studio, Wish], Made]] = {
    "svg": _svg,
    "png": _png,
    "pdf": _pdf,
    "html": _html,
    "pptx": _pptx,
    "xlsx": _xlsx,
    "md": _markdown,
    "mmd": _mermaid,
}
