"""A shared map inside another site's page: a picture to look at, without a script, a cookie or a way further in (R-60)."""

from __future__ import annotations

from html import escape
from typing import Annotated, Literal

from fastapi import Path, Request
from fastapi.responses import HTMLResponse, Response

from tropa.model.access import Right
from tropa.service import picturing, sharing
from tropa.service.drawing import Wish
from tropa.web.doors import AtDesk, Doors, Who
from tropa.web.language import words_of
from tropa.web.paths import EMBED
from tropa.web.pictures import POLICY as DRAWING

DOORS = Doors(EMBED, "embed")
Token = Annotated[str, Path(max_length=100)]
Look = Literal["table", "scheme", "infographic", "buyer"]
Theme = Literal["light", "dark"]
POLICY = "default-src 'none'; img-src 'self'; base-uri 'none'; form-action 'none'"
"""Unlike any other page it names nobody who may frame it: anybody may."""


@DOORS.get("/{token}", Right.PUBLIC, include_in_schema=False)
def embedded(
    desk: AtDesk, who: Who, token: Token, request: Request, view: Look = "infographic", theme: Theme = "light"
) -> Response:
    """The page for an iframe. A link that needs a password is no good here (TR-W111)."""
    shown, say = sharing.looker(desk, who, token), words_of(request)
    laid = picturing.geometry(desk, shown.actor, shown.map_id, _wish(desk, view, theme), say)
    title, told = escape(laid["title"]), escape(laid["description"])
    picture = f"{EMBED}/{escape(token)}/picture.svg?view={view}&amp;theme={theme}&amp;lang={say.lang}"
    text = (
        f'<!doctype html><html lang="{say.lang}"><meta charset="utf-8"><title>{title}</title>'
        f'<img src="{picture}" width="100%" alt="{told}"></html>'
    )
    page = HTMLResponse(text)
    page.headers["Content-Security-Policy"] = POLICY
    page.headers["Cache-Control"] = "no-store"
    return page


@DOORS.get("/{token}/picture.svg", Right.PUBLIC, include_in_schema=False)
def embedded_picture(
    desk: AtDesk, who: Who, token: Token, request: Request, view: Look = "infographic", theme: Theme = "light"
) -> Response:
    """The map as it stands, drawn."""
    shown = sharing.looker(desk, who, token)
    drawn = picturing.picture(desk, shown.actor, shown.map_id, "svg", _wish(desk, view, theme), words_of(request))
    answer = Response(drawn.body, media_type=drawn.media)
    answer.headers["Content-Security-Policy"] = DRAWING
    answer.headers["Cache-Control"] = "private, max-age=60"
    return answer


def _wish(desk: AtDesk, view: Look, theme: Theme) -> Wish:
    return Wish(desk.clock().date(), view=view, page="screen", theme=theme)
