"""Errors on the wire: problem+json (RFC 9457) with our codes, in the reader's language."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from tropa.model import TropaError, Where
from tropa.web.language import words_of
from tropa.words import Words

LOG = logging.getLogger("tropa.web")
MEDIA = "application/problem+json"
STATUS = {
    "TR-A001": 401, "TR-A002": 403, "TR-A003": 404, "TR-A004": 409, "TR-A005": 429, "TR-A006": 413, "TR-A007": 400,
    "TR-S002": 404, "TR-S003": 409, "TR-E020": 404, "TR-W301": 404, "TR-W302": 500, "TR-W303": 404, "TR-W304": 409, "TR-W305": 404,
    "TR-S006": 404, "TR-T106": 404, "TR-T301": 404, "TR-T306": 404,
    "TR-W102": 401, "TR-W103": 404, "TR-W106": 409, "TR-W108": 409, "TR-W109": 403, "TR-W110": 403, "TR-W111": 403,
    "TR-W150": 401, "TR-W151": 401, "TR-W152": 403, "TR-W153": 403, "TR-W154": 409, "TR-W158": 409,
    "TR-W121": 500, "TR-W210": 404, "TR-W221": 404, "TR-W250": 429,
}  # fmt: skip
"""What is not listed is 422: understood, but not possible."""
CODES = {400: "TR-A007", 401: "TR-A001", 403: "TR-A002", 404: "TR-A003", 413: "TR-A006", 429: "TR-A005"}
"""Our codes for what the framework itself refuses."""


class Problem(BaseModel):
    """What every error says."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    fix: str | None = None
    where: str | None = None
    also: list[dict[str, Any]] = []


def problem_of(error: TropaError, say: Words) -> Problem:
    """An error of ours as a problem."""
    known = say.has(error.code)
    return Problem(
        title=say(error.code, **error.facts) if known else error.code,
        status=STATUS.get(error.code, 422),
        code=error.code,
        fix=say(f"{error.code}.fix", **error.facts) if say.has(f"{error.code}.fix") else None,
        where=_place(error.where) or None,
        also=[problem_of(one, say).model_dump(exclude={"also"}) for one in error.also],
    )


def _place(where: Where) -> str:
    """Where in the material, without the server's own folders."""
    return str(replace(where, file=PurePath(where.file).name)) if where.file else str(where)


def reply(problem: Problem) -> JSONResponse:
    """The problem as a response."""
    return JSONResponse(problem.model_dump(), status_code=problem.status, media_type=MEDIA)


def install(app: FastAPI) -> None:
    """Makes the app answer every error this way."""

    @app.exception_handler(TropaError)
    async def ours(request: Request, error: TropaError) -> JSONResponse:
        return reply(problem_of(error, words_of(request)))

    @app.exception_handler(RequestValidationError)
    async def unreadable(request: Request, error: RequestValidationError) -> JSONResponse:
        faults = error.errors()
        where = ".".join(str(part) for part in faults[0]["loc"]) if faults else ""
        say = words_of(request)
        told = {"where": where, "reason": str(faults[0]["msg"]) if faults else ""}
        return reply(Problem(title=say("TR-A007", **told), status=400, code="TR-A007", fix=say("TR-A007.fix", **told)))

    @app.exception_handler(HTTPException)
    async def theirs(request: Request, error: HTTPException) -> JSONResponse:
        say = words_of(request)
        code = CODES.get(error.status_code)
        if code is None:
            return reply(Problem(title=str(error.detail), status=error.status_code, code=f"HTTP-{error.status_code}"))
        told, path = str(error.detail), request.url.path
        facts = {"name": path, "right": "", "limit": told, "seconds": 0, "where": path, "reason": told}
        fix = say(f"{code}.fix", **facts)
        return reply(Problem(title=say(code, **facts), status=error.status_code, code=code, fix=fix))

    @app.exception_handler(Exception)
    async def our_fault(request: Request, error: Exception) -> JSONResponse:
        incident = request.app.state.desk.new_id()
        # the traceback follows in the server's own words; the incident's number joins the two
        LOG.error("fault", extra={"incident": incident, "path": request.url.path})
        return reply(problem_of(TropaError("TR-W121", incident=incident), words_of(request)))
