"""What an owner set for the whole workspace: a name and a value."""

from __future__ import annotations

from sqlalchemy import Column, Connection, String, Table, Text, select

from tropa.store.tables import METADATA

SETTING = Table(
    "setting", METADATA, Column("name", String(64), primary_key=True), Column("value", Text, nullable=False)
)


def get(c: Connection, name: str) -> str | None:
    """The value; None where nobody set it."""
    return c.execute(select(SETTING.c.value).where(SETTING.c.name == name)).scalar_one_or_none()


def put(c: Connection, name: str, value: str | None) -> None:
    """Sets it; None: as if nobody had."""
    c.execute(SETTING.delete().where(SETTING.c.name == name))
    if value is not None:
        c.execute(SETTING.insert().values(name=name, value=value))
