"""Long work that was asked for: what, by whom, how far it came, and what it brought."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Float, String, Table, Text, select

from tropa.store.tables import METADATA, Instant

JOB = Table(
    "job",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("title", Text, nullable=False),
    Column("status", String(16), nullable=False, index=True),
    Column("who", String(96), nullable=False),
    Column("created_at", Instant, nullable=False, index=True),
    Column("started_at", Instant),
    Column("ended_at", Instant),
    Column("step", String(64), nullable=False),
    Column("done", Float, nullable=False),
    Column("total", Float, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("problem", Text, nullable=False),
)
WAITING, RUNNING, DONE, FAILED, CANCELLED, INTERRUPTED = (
    "waiting", "running", "done", "failed", "cancelled", "interrupted",
)  # fmt: skip
"""`interrupted`: the server ended while it was at work. What it had brought by then is whole, the rest is not there."""
UNDER_WAY = (WAITING, RUNNING)


@dataclass(frozen=True, slots=True)
class Job:
    """One job. `step`: message id of what it is doing; `done` of `total` (0: cannot be told); `outcome`: what it brought so far, as data;
    `problem`: {"code", "facts"} of the error that ended it."""

    id: str
    kind: str
    title: str
    status: str
    who: str
    created_at: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None
    step: str = ""
    done: float = 0.0
    total: float = 0.0
    outcome: Any = None
    problem: Mapping[str, Any] = field(default_factory=dict)

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return self.status not in UNDER_WAY


def _row(job: Job) -> dict[str, Any]:
    named: dict[str, Any] = {
        name: getattr(job, name) for name in Job.__dataclass_fields__ if name not in ("outcome", "problem")
    }
    for name in ("outcome", "problem"):
        named[name] = json.dumps(getattr(job, name), ensure_ascii=False, default=str)
    return named


def _job(row: Mapping[str, Any]) -> Job:
    return Job(**{**row, "outcome": json.loads(row["outcome"]), "problem": json.loads(row["problem"])})


def put(connection: Connection, job: Job) -> None:
    """Writes a job down, new or as it now is."""
    row = _row(job)
    if not connection.execute(JOB.update().where(JOB.c.id == job.id).values(**row)).rowcount:
        connection.execute(JOB.insert().values(**row))


def find(connection: Connection, job_id: str) -> Job | None:
    """A job by its id."""
    row = connection.execute(select(JOB).where(JOB.c.id == job_id)).mappings().one_or_none()
    return None if row is None else _job(dict(row))


def latest(connection: Connection, limit: int) -> list[Job]:
    """The latest jobs, the newest first."""
    query = select(JOB).order_by(JOB.c.created_at.desc(), JOB.c.id.desc()).limit(limit)
    return [_job(dict(row)) for row in connection.execute(query).mappings()]


def interrupt(connection: Connection, at: datetime) -> int:
    """Whatever was still under way was cut off by the end of the server. Returns how many."""
    cut = JOB.update().where(JOB.c.status.in_(UNDER_WAY)).values(status=INTERRUPTED, ended_at=at)
    return connection.execute(cut).rowcount


def forget(connection: Connection, keep: int) -> None:
    """Drops the oldest beyond the `keep` latest that are over."""
    kept = select(JOB.c.id).order_by(JOB.c.created_at.desc(), JOB.c.id.desc()).limit(keep)
    names = [row[0] for row in connection.execute(kept)]
    connection.execute(JOB.delete().where(JOB.c.id.not_in(names), JOB.c.status.not_in(UNDER_WAY)))
