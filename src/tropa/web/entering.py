"""Coming in by a one-time link: from the terminal at once, from an owner after a press of a button."""

from __future__ import annotations

from html import escape
from typing import Annotated

from fastapi import Form, Path, Request
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
Code = Annotated[str, Form(max_length=40)]
POLICY = "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


@DOORS.get("/enter/{token}", Right.PUBLIC, include_in_schema=False)
def enter(desk: AtDesk, who: Who, token: Token, request: Request) -> Response:
    """A link from the terminal signs in at once. Any other asks for a press of a button: programs that look at links in letters and
    messengers must not use it up."""
    try:
        return _entered(request, signing_in.enter(desk, who, token, browser_of(request), purpose="enter"))
    except TropaError:
        return _shown(_page(words_of(request)), 200)


@DOORS.post("/enter/{token}", Right.PUBLIC, include_in_schema=False)
def enter_by_button(desk: AtDesk, who: Who, token: Token, request: Request, code: Code = "") -> Response:
    """Uses the link. Who has a second factor is asked for its code on the same page."""
    try:
        signed = signing_in.enter(desk, who, token, browser_of(request), purpose="renew", code=code or None)
    except TropaError as fault:
        if fault.code not in ("TR-W150", "TR-W151"):
            raise
        say = words_of(request)
        return _shown(_page(say, say(fault.code)), 401)
    return _entered(request, signed)


def _entered(request: Request, signed: signing_in.SignedIn) -> Response:
    answer = RedirectResponse(signed.target, status_code=303)
    cookies.give_login(answer, request, signed.secret)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _shown(text: str, status: int) -> Response:
    page = HTMLResponse(text, status)
    page.headers["Content-Security-Policy"] = POLICY
    page.headers["Cache-Control"] = "no-store"
    page.headers["Referrer-Policy"] = "same-origin"
    return page


def _page(say: Words, asked: str = "") -> str:
    """The page with the button; `asked`: what to say above a field for the code of the second factor (empty: no field)."""
    field = (
        (
            f'<p role="alert">{escape(asked)}</p><label>{escape(say("enter-code"))} '
            '<input name="code" autocomplete="one-time-code" maxlength="40" required></label> '
        )
        if asked
        else ""
    )
    title, button = escape(say("enter-title")), escape(say("enter-button"))
    return (
        f'<!doctype html><html lang="{say.lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><main><h1>{title}</h1><p>{escape(say('enter-text'))}</p>"
        f'<form method="post">{field}<button>{button}</button></form></main></html>'
    )
