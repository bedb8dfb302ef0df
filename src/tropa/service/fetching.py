"""What is imported but is no file on this machine: a query's rows, objects in storage. The copies are gone afterwards (R-20).

A query is for who sits at the keyboard: the command line and Python have it, the web app does not.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tropa.model import TropaError
from tropa.service import importing
from tropa.service.objects import bring, find, is_address
from tropa.service.workspace import Workspace

if TYPE_CHECKING:
    from tropa.events.contract import Overrides, ReadPlan


@dataclass(frozen=True, repr=False)
class Asked:
    """A question to a database (an SQLAlchemy URL, which may hold a password: it is shown nowhere)."""

    database: str
    query: str

    def __repr__(self) -> str:
        """Without the URL."""
        return f"Asked({self.query!r})"


@dataclass(frozen=True)
class Brought:
    """Files that belong together. `source`: what their rows are identified under, unless the user says; None: each its own name."""

    files: tuple[Path, ...]
    source: str | None = None
    stay: bool = False
    """Whether they are the user's own, where they lie, and may grow."""


def question(query: str | None, database: str | None) -> Asked | None:
    """The question; None: none was asked. Raises TR-S045 for a query without a database, or the reverse."""
    if query is None and database is None:
        return None
    if not query or not query.strip() or not database:
        raise TropaError("TR-S045")
    return Asked(database, query)


def with_question(sources: Sequence[Any], query: str | None, database: str | None) -> tuple[Any, ...]:
    """Sources with the question first, where there is one; without `database` the first source is its URL. Raises TR-S045."""
    if query is None and database is None:
        return tuple(sources)
    given = tuple(one for one in sources if one is not None)
    if database is None and given and isinstance(given[0], str):
        database, given = given[0], given[1:]
    return question(query, database), *given


@contextmanager
def brought(files: Sequence[str], asked: Asked | None = None) -> Iterator[tuple[Brought, ...]]:
    """The files named, those in object storage copied, the question's rows written down; the copies are gone when the block ends.

    Raises TR-S040…TR-S044.
    """
    with tempfile.TemporaryDirectory(prefix="tropa-") as folder:
        out, own = [], tuple(Path(one) for one in files if not is_address(one))
        if own:
            out.append(Brought(own, stay=True))
        for number, address in enumerate(one for one in files if is_address(one)):
            objects = find(address)
            out.append(Brought(tuple(bring(objects, Path(folder) / f"{number}")), objects.name))
        if asked is not None:
            file = written(asked, Path(folder) / "query")
            out.append(Brought((file,), file.name))
        yield tuple(out)


def written(asked: Asked, folder: Path) -> Path:
    """The rows of a question as a Parquet file, called as what they are identified under. Raises TR-S040…TR-S042."""
    import pyarrow.parquet as pq

    from tropa.store import foreign

    folder.mkdir(parents=True, exist_ok=True)
    file = folder / foreign.name_of(asked.database, asked.query)
    writer = None
    try:
        for batch in foreign.asked(asked.database, asked.query):
            writer = writer or pq.ParquetWriter(file, batch.schema, compression="zstd")
            writer.write_batch(batch)
    finally:
        if writer is not None:
            writer.close()
    return file


def add(
    workspace: Workspace,
    groups: Sequence[Brought],
    plans: Sequence[ReadPlan],
    told: Overrides,
    now: datetime,
    advance: importing.Advance,
) -> tuple[importing.ImportOutcome, ...]:
    """Reads them all; of the user's own files that grew, what was appended."""
    own = sum(len(group.files) for group in groups if group.stay)
    done = importing.add(workspace, plans[:own], now, advance, told=told)
    return (*done, *importing.add(workspace, plans[own:], now, advance))


def plan(groups: Sequence[Brought], told: Overrides, workspace: Workspace) -> tuple[ReadPlan, ...]:
    """How each of the files will be read into a workspace. Raises as `importing.plan`."""
    return tuple(
        one
        for group in groups
        for one in importing.plan(group.files, replace(told, source=told.source or group.source), workspace)
    )
