"""What stands before every door: who comes, from which page, with how much, and what every answer tells the browser to forbid."""

from __future__ import annotations

from hmac import compare_digest
from urllib.parse import urlsplit

from anyio import CapacityLimiter, to_thread
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tropa.model import TropaError
from tropa.service.knowing import Known, know
from tropa.web import cookies
from tropa.web.language import words_of
from tropa.web.paths import API, EMBED
from tropa.web.problem import problem_of, reply

SAFE = ("GET", "HEAD", "OPTIONS")
BODY_LIMIT = 16 * 1024 * 1024
"""Bytes of a request that is no upload. Uploads (multipart) have the limits of their own doors."""
_LIMIT = f"{BODY_LIMIT // 1024 // 1024} MiB"
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
OF_THE_API = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
}
"""What an answer of the API says unless its door says otherwise."""


class SafeAnswers:
    """Gives every answer the headers that tell the browser what never to do with it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets the request through and marks the answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        secure = cookies.is_secure(HTTPConnection(scope))

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                rest = OF_THE_API if scope["path"].startswith(API) else {}
                for name, value in {**ALWAYS, **rest}.items():
                    if name != "X-Frame-Options" or not scope["path"].startswith(f"{EMBED}/"):
                        headers.setdefault(name, value)
                if secure:
                    headers.setdefault("Strict-Transport-Security", "max-age=31536000")
            await send(message)

        await self.app(scope, receive, marked)


class Visitors:
    """Finds out once who comes (`doors.known_of`) and refuses what another site's page may have sent. WebSockets too."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        # threads of its own: where slow questions hold all others, it is still found out who comes
        self.threads = CapacityLimiter(8)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Introduces the visitor to the doors, or sends them away."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        try:
            _require_plain_address(scope)
            known = await to_thread.run_sync(_know, connection, limiter=self.threads)
            _require_own_page(connection, known)
        except TropaError as error:
            await _refuse(error, scope, receive, send)
            return
        scope.setdefault("state", {})["known"] = known
        await self.app(scope, receive, send)


def _know(connection: HTTPConnection) -> Known:
    address = connection.client.host if connection.client else ""
    return know(connection.app.state.desk, cookies.shown(connection), address)


async def _refuse(error: TropaError, scope: Scope, receive: Receive, send: Send) -> None:
    problem = problem_of(error, words_of(HTTPConnection(scope)))
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008, "reason": problem.code})
    else:
        await reply(problem)(scope, receive, send)


def _require_plain_address(scope: Scope) -> None:
    # no id, title or search of ours holds a NUL, and PostgreSQL cannot store one
    if "\0" in scope["path"] or b"%00" in scope["query_string"]:
        raise TropaError("TR-A003", name=scope["path"].replace("\0", " "))


def _require_own_page(connection: HTTPConnection, known: Known) -> None:
    """CSRF: a change that comes with cookies needs our page's value; no change and no socket from another site's page. Raises TR-W109."""
    socket = connection.scope["type"] == "websocket"
    if not socket and connection.scope["method"] in SAFE:
        return
    by_cookie = bool(known.shown) and known.shown[0].kind != "token"
    origin = connection.headers.get("origin")
    if origin is not None and not _is_ours(origin, connection):
        raise TropaError("TR-W109")
    if connection.headers.get("sec-fetch-site") == "cross-site":
        raise TropaError("TR-W109")
    if not by_cookie:
        return
    in_browser_only = socket or not connection.scope["path"].startswith(API)
    if in_browser_only:
        if origin is None:
            raise TropaError("TR-W109")
    elif not compare_digest(
        connection.headers.get(cookies.HEADER, "").encode(), cookies.csrf_of(known.shown[0].secret).encode()
    ):
        raise TropaError("TR-W109")


def _is_ours(origin: str, connection: HTTPConnection) -> bool:
    asked = urlsplit(origin)
    public = urlsplit(connection.app.state.public_url)
    if public.netloc and (asked.scheme, asked.netloc) == (public.scheme, public.netloc):
        return True
    return asked.scheme in ("http", "https") and asked.netloc == connection.headers.get("host")


class BoundedBodies:
    """Stops reading a request that is longer than any of ours is; uploads are measured by their own doors."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets through what is short enough; TR-A006 for the rest."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = HTTPConnection(scope).headers
        if headers.get("content-type", "").startswith("multipart/form-data"):
            await self.app(scope, receive, send)
            return
        told, read = headers.get("content-length", ""), 0
        if told.isdigit() and int(told) > BODY_LIMIT:
            await _refuse(TropaError("TR-A006", limit=_LIMIT), scope, receive, send)
            return

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > BODY_LIMIT:
                raise HTTPException(413, _LIMIT)  # the one kind of error that readers of bodies let through
            return message

        await self.app(scope, counted, send)
