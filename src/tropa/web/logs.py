"""The server's log: a line of JSON for each event when machines read it, a short line when a person does. No secrets, ever."""

from __future__ import annotations

import json
import logging
import time
from datetime import UTC, datetime
from typing import Any, TextIO

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tropa.service.knowing import STRANGER

LOG = logging.getLogger("tropa.web.visit")
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "color_message", "taskName"}
_QUIET = ("/assets/", "/healthz", "/readyz")
SECRET_PARTS = ("token",)
"""Parts of a path that are never written down."""


class JsonLines(logging.Formatter):
    """One event, one line of JSON: `at`, `level`, `from`, `event`, and whatever the event brings along."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        told: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "event": record.getMessage(),
        }
        told |= {key: value for key, value in vars(record).items() if key not in _STANDARD}
        if record.exc_info:
            told["traceback"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)


class ShortLines(logging.Formatter):
    """One event, one line for a person; a fault with its traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        more = {key: value for key, value in vars(record).items() if key not in _STANDARD}
        told = " ".join(f"{key}={value}" for key, value in more.items())
        line = f"{datetime.fromtimestamp(record.created).astimezone():%H:%M:%S} {record.getMessage()} {told}".rstrip()
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def start(stream: TextIO) -> None:
    """From now on the log goes to the stream: JSON where no person sits before it."""
    handler = logging.StreamHandler(stream)
    watched = stream.isatty()
    handler.setFormatter(ShortLines() if watched else JsonLines())
    for name in ("tropa", "uvicorn"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(logging.WARNING if watched or name == "uvicorn" else logging.INFO)


class Journal:
    """Writes each visit down: what was asked of which door, by whom, with what status, how long it took."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets the visit happen and notes it."""
        if scope["type"] != "http" or scope["path"].startswith(_QUIET) or not LOG.isEnabledFor(logging.INFO):
            await self.app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            known = getattr(HTTPConnection(scope).state, "known", STRANGER)
            spent = round((time.perf_counter() - started) * 1000, 1)
            LOG.info(
                "visit", extra={
                    "method": scope["method"], "path": plain_path(scope), "status": status, "ms": spent,
                    "who": known.actor.who, "address": known.actor.address,
                },
            )  # fmt: skip


def plain_path(scope: Scope) -> str:
    """The path without secrets: those of doors have their place named instead; of the app's own pages only the first part is told."""
    route = scope.get("route")
    template = getattr(route, "path_format", None)
    if template is None:
        return str(scope["path"])
    values = scope.get("path_params", {})
    if "path" in values:  # a page of the front end: /s/…, /invite/… and /setup/… hold secrets
        first = str(values["path"]).split("/", 1)
        return f"/{first[0]}" + ("/…" if len(first) > 1 else "")
    shown = {key: "…" if key in SECRET_PARTS else value for key, value in values.items()}
    return str(template).format(**shown)
