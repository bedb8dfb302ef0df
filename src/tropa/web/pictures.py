"""Doors to pictures of a map: drawn files, and the layout they are drawn from (R-07, R-13)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Path, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from tropa.model.access import Right
from tropa.service import picturing
from tropa.web.attachment import attachment
from tropa.web.doors import AtDesk, Doors, Who
from tropa.web.language import words_of
from tropa.web.paths import API

DOORS = Doors(API, "pictures")
POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; sandbox"
"""A drawing that is opened by itself has its own styles and fonts, and runs nothing."""
SHOWN = ("svg", "png", "pdf")
View = Literal["infographic", "table", "scheme", "buyer", "workshop"]
Paper = Annotated[str, Query(pattern=r"^[a-z0-9]{1,10}$")]
Opened = Annotated[str, Query(max_length=2000, description="Stages opened into their touchpoints, with commas; `all`.")]
NamedView = Annotated[str | None, Query(max_length=64)]


def _wish(
    desk: Any,
    view: View,
    page: str,
    theme: Literal["light", "dark"],
    opened: str,
    named_view: str | None,
    personas: bool,
) -> picturing.Wish:
    stages = frozenset(one.strip() for one in opened.split(",") if one.strip())
    return picturing.Wish(
        today=desk.clock().date(),
        view=view,
        page=page,
        opened=stages,
        named_view=named_view,
        theme=theme,
        personas=personas,
    )


def handed(body: bytes, media: str, name: str, notes: tuple[str, ...] = (), *, shown: bool) -> Response:
    """A drawn file: `shown` in the browser, running nothing, or to be kept."""
    answer = attachment(body, media, name, notes)
    if shown:
        answer.headers["Content-Disposition"] = answer.headers["Content-Disposition"].replace("attachment", "inline", 1)
        answer.headers["Content-Security-Policy"] = POLICY
    return answer


@DOORS.get("/maps/{map_id}/picture.{form}", Right.READ, response_class=Response)
def map_picture(
    desk: AtDesk, who: Who, map_id: str, form: Annotated[str, Path(pattern=r"^[a-z]{2,5}$")], request: Request,
    view: View = "infographic", page: Paper = "a3", theme: Literal["light", "dark"] = "light", opened: Opened = "",
    named_view: NamedView = None, personas: bool = False, download: bool = False,
) -> Response:  # fmt: skip
    """The map as a drawn file: svg, png, pdf, html, pptx, xlsx, md, mmd. What a format cannot hold is in the header `Tropa-Lost`."""
    wish = _wish(desk, view, page, theme, opened, named_view, personas)
    found = picturing.picture(desk, who, map_id, form, wish, words_of(request))
    return handed(found.body, found.media, found.name, found.notes, shown=form in SHOWN and not download)


class GeometryReply(BaseModel):
    """A laid-out page in CSS pixels: `items` are rect, path, disc, line, symbol and group (by `kind`), colours are roles."""

    width: float
    height: float
    title: str
    description: str
    items: list[dict[str, Any]]
    notes: list[str]
    shortened: list[list[str]]
    tables: list[dict[str, Any]]
    more: list[dict[str, Any]]


@DOORS.get("/maps/{map_id}/geometry", Right.READ)
def map_geometry(
    desk: AtDesk, who: Who, map_id: str, request: Request, view: View = "infographic", page: Paper = "screen",
    opened: Opened = "", named_view: NamedView = None, personas: bool = False,
) -> GeometryReply:  # fmt: skip
    """The layout's vectors, for drawing the same page elsewhere."""
    wish = _wish(desk, view, page, "light", opened, named_view, personas)
    return GeometryReply(**picturing.geometry(desk, who, map_id, wish, words_of(request)))
