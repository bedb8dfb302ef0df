"""The audit log: who did what that matters for safety, when and from where. Only added to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Integer, String, Table, Text

from tropa.store.tables import METADATA, Instant

AUDIT = Table(
    "audit",
    METADATA,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False, index=True),
    Column("who", String(96), nullable=False),
    Column("name", Text, nullable=False),
    Column("act", String(64), nullable=False),
    Column("subject", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("address", Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """`who`: `user:ID`, `guest:ID`, `token:ID`, `local:local`, `nobody:`; `name` as it was then; `subject`: what it was done to."""

    seq: int
    at: datetime
    who: str
    name: str
    act: str
    subject: str
    facts: Mapping[str, Any]
    address: str


def append(
    connection: Connection, *, at: datetime, who: str, name: str, act: str, subject: str, facts: Mapping[str, Any],
    address: str,
) -> None:  # fmt: skip
    """Adds an entry. No secrets in `facts`."""
    written = json.dumps(dict(facts), ensure_ascii=False, sort_keys=True)
    connection.execute(
        AUDIT.insert().values(at=at, who=who, name=name, act=act, subject=subject, facts=written, address=address)
    )


def page(connection: Connection, before: int | None, limit: int, act: str | None = None) -> list[AuditEntry]:
    """Entries from the latest back, from the one before `before`; of one kind of act, if told."""
    query = AUDIT.select().order_by(AUDIT.c.seq.desc()).limit(limit)
    if before is not None:
        query = query.where(AUDIT.c.seq < before)
    if act is not None:
        query = query.where(AUDIT.c.act == act)
    rows = connection.execute(query).mappings()
    return [AuditEntry(**{**row, "facts": json.loads(row["facts"])}) for row in rows]
