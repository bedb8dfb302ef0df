"""Coming in by a one-time link: from the terminal at once, from an owner after a press of a button."""

from __future__ import annotations

from html import escape
from typing import Annotated

from fastapi import Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tropa.model import TropaError
from tropa.model.access import Right
from tropa.service import signing_in
from tropa.web import cookies
from tropa.web.accounts import browser_of
from tropa.web.doors import AtDesk, Doors, Who
from tropa.web.language import words_of
from tropa.words import Words

DOORS = Doors("", "enter")
Token = Annotated[str, Path(max_length=100)]
POLICY = "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


@DOORS.get("/enter/{token}", Right.PUBLIC, include_in_schema=False)
def enter(desk: AtDesk, who: Who, token: Token, request: Request) -> Response:
    """A link from the terminal signs in at once. Any other asks for a press of a button: programs that look at links in letters and
    messengers must not use it up."""
    try:
        return _entered(request, signing_in.enter(desk, who, token, browser_of(request), purpose="enter"))
    except TropaError:
        page = HTMLResponse(_page(words_of(request)))
        page.headers["Content-Security-Policy"] = POLICY
        page.headers["Cache-Control"] = "no-store"
        page.headers["Referrer-Policy"] = "same-origin"
        return page


@DOORS.post("/enter/{token}", Right.PUBLIC, include_in_schema=False)
def enter_by_button(desk: AtDesk, who: Who, token: Token, request: Request) -> Response:
    """Uses the link."""
    return _entered(request, signing_in.enter(desk, who, token, browser_of(request), purpose="renew"))


def _entered(request: Request, signed: signing_in.SignedIn) -> Response:
    answer = RedirectResponse(signed.target, status_code=303)
    cookies.give_login(answer, request, signed.secret)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _page(say: Words) -> str:
    title, button = escape(say("enter-title")), escape(say("enter-button"))
    return (
        f'<!doctype html><html lang="{say.lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><main><h1>{title}</h1><p>{escape(say('enter-text'))}</p>"
        f'<form method="post"><button>{button}</button></form></main></html>'
    )
