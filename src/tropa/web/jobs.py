"""Doors to long work: what runs, how far it is (as a stream too), and ending it (R-20)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Query, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from tropa.jobs import Runner
from tropa.model import TropaError
from tropa.model.access import Right
from tropa.service.desk import Desk
from tropa.store.jobs import Job
from tropa.web.doors import Doors, Who
from tropa.web.language import words_of
from tropa.web.paths import API
from tropa.web.problem import Problem, problem_of
from tropa.words import Words

DOORS = Doors(f"{API}/jobs", "jobs")
LOOK_S, BEAT_S = 0.2, 15.0
"""A stream looks for news so often, and gives a sign of life at the latest after this (proxies cut silent streams)."""


@asynccontextmanager
async def living(app: FastAPI) -> AsyncIterator[None]:
    """Gives the app its runner while the server lives; jobs end at their next safe place when it stops."""
    desk: Desk = app.state.desk
    runner = await asyncio.to_thread(Runner, desk.store, desk.clock, desk.new_id)
    app.state.jobs = runner
    end = desk.on_stopping(lambda _: runner.stop())
    yield
    end()
    await asyncio.to_thread(runner.stop)


def runner_of(request: Request) -> Runner:
    """The runner of the running server."""
    runner = request.app.state.jobs
    assert isinstance(runner, Runner)
    return runner


AtWork = Annotated[Runner, Depends(runner_of)]


class JobReply(BaseModel):
    """A job as it stands. `step`: what it is doing, in words; `done` of `total` (0: cannot be told); `outcome`: what it has brought."""

    id: str
    kind: str
    title: str
    status: str
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    step: str
    done: float
    total: float
    outcome: Any
    problem: Problem | None
    over: bool


def told(job: Job, say: Words) -> JobReply:
    """A job in the reader's language."""
    problem = None
    if job.problem:
        problem = problem_of(TropaError(str(job.problem["code"]), **job.problem["facts"]), say)
    return JobReply(
        id=job.id, kind=job.kind, title=job.title, status=job.status, created_at=job.created_at, started_at=job.started_at,
        ended_at=job.ended_at, step=say(job.step) if job.step and say.has(job.step) else "", done=job.done, total=job.total,
        outcome=_outcome(job.outcome, say), problem=problem, over=job.over,
    )  # fmt: skip


def _outcome(outcome: Any, say: Words) -> Any:
    """Notes and reasons of imports in words."""
    if not isinstance(outcome, list):
        return outcome
    out = []
    for one in outcome:
        notes = [say(note["message"], **note["facts"]) for note in one.get("notes", [])]
        reasons = [
            {"code": code, "rows": rows, "message": say(f"{code}.short") if say.has(f"{code}.short") else code}
            for code, rows in one.get("reasons", {}).items()
        ]
        out.append({**one, "notes": notes, "reasons": reasons})
    return out


class JobsReply(BaseModel):
    """Jobs, the newest first."""

    items: list[JobReply]


@DOORS.get("", Right.DATA)
def jobs(work: AtWork, who: Who, request: Request, limit: Annotated[int, Query(ge=1, le=200)] = 50) -> JobsReply:
    """The latest jobs."""
    who.require(Right.DATA)
    say = words_of(request)
    return JobsReply(items=[told(one, say) for one in work.jobs(limit)])


@DOORS.get("/{job_id}", Right.DATA)
def job(work: AtWork, who: Who, job_id: str, request: Request) -> JobReply:
    """One job."""
    who.require(Right.DATA)
    return told(work.job(job_id), words_of(request))


@DOORS.delete("/{job_id}", Right.DATA)
def job_cancel(work: AtWork, who: Who, job_id: str, request: Request) -> JobReply:
    """Ends a job at its next safe place; what it had brought for good by then stays."""
    who.require(Right.DATA)
    return told(work.cancel(job_id), words_of(request))


@DOORS.get("/{job_id}/stream", Right.DATA, response_class=StreamingResponse)
async def job_stream(work: AtWork, who: Who, job_id: str, request: Request) -> StreamingResponse:
    """Server-sent events: the job each time it changes, until it is over."""
    who.require(Right.DATA)
    work.job(job_id)
    say = words_of(request)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_news(work, job_id, say), media_type="text/event-stream", headers=headers)


async def _news(work: Runner, job_id: str, say: Words) -> AsyncIterator[str]:
    last, silent = "", 0.0
    while True:
        now = await asyncio.to_thread(work.job, job_id)
        text = told(now, say).model_dump_json()
        if text != last:
            last, silent = text, 0.0
            yield f"event: job\ndata: {text}\n\n"
        elif silent >= BEAT_S:
            silent = 0.0
            yield ": still here\n\n"
        if now.over:
            return
        await asyncio.sleep(LOOK_S)
        silent += LOOK_S
