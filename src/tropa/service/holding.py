"""Rows in quarantine for the app: looked at page by page, mended in place, brought in (R-20)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from tropa.model import TropaError
from tropa.model.access import Actor, Right
from tropa.service.desk import Desk
from tropa.service.importing import replay

if TYPE_CHECKING:
    from tropa.events.quarantine import QuarantinedFile
    from tropa.service.uploads import Telling


@dataclass(frozen=True)
class HeldRow:
    """A row that could not be read: its line, the reason in words, the column, and its cells as they stand in the file.

    `rest`: the whole line, where it could not even be taken apart.
    """

    line: int
    code: str
    reason: str
    column: str | None
    cells: Mapping[str, str]
    rest: str


@dataclass(frozen=True)
class HeldPage:
    """A page of rows, the columns of the file, and where the next page begins (None: nowhere)."""

    columns: tuple[str, ...]
    rows: tuple[HeldRow, ...]
    next: int | None


def held(desk: Desk, who: Actor) -> tuple[QuarantinedFile, ...]:
    """Imports that have rows in quarantine, the newest first."""
    who.require(Right.DATA)
    return tuple(reversed(desk.workspace.quarantine.list()))


def held_rows(desk: Desk, who: Actor, import_id: str, lang: str, *, after: int, limit: int) -> HeldPage:
    """The waiting rows of an import from the `after`-th on. Raises TR-E020 for an import that is not in quarantine."""
    from tropa.events import reason

    who.require(Right.DATA)
    quarantine = desk.workspace.quarantine
    rows, columns = quarantine.rows(import_id), quarantine.plan(import_id).columns
    shown = [rows[index] for index in range(after, min(after + limit, len(rows)))]
    page = tuple(
        HeldRow(
            one.line, one.code, reason(one, lang), one.column,
            {name: one.raw.get(name) or "" for name in columns}, one.raw.get("") or "",
        )
        for one in shown
    )  # fmt: skip
    return HeldPage(columns, page, after + limit if after + limit < len(rows) else None)


def replay_rows(
    desk: Desk, who: Actor, import_id: str, rows: Sequence[Mapping[str, Any]]
) -> tuple[str, Callable[[Telling], Any]]:
    """The title and the work of bringing mended rows in: each `{"line", "cells": {column: text}, "rest"}`; what stays wrong waits on.

    Raises TR-E020 for an import that is not in quarantine, TR-W304 for a line that does not wait in it.
    """
    from tropa.events.repairing import write_mended

    who.require(Right.DATA)
    quarantine = desk.workspace.quarantine
    waiting = set(quarantine.rows(import_id).table["line"].to_pylist())
    for row in rows:
        if row["line"] not in waiting:
            raise TropaError("TR-W304", line=row["line"])

    def work(telling: Telling) -> Any:
        with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            file = Path(folder) / "mended.csv"
            write_mended(quarantine, import_id, file, rows)
            return [asdict(one) for one in replay(desk.workspace, import_id, [file], desk.clock(), telling)]

    return quarantine.plan(import_id).file.name, work
