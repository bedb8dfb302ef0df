"""A log in memory or in files as a trail of its own: the usual import into a throw-away workspace (R-20, R-21, R-61).

What a table is: `service.in_memory`.
"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tropa.model import TropaError, near_miss
from tropa.service.fetching import Asked, written
from tropa.service.importing import ImportOutcome, add, plan
from tropa.service.in_memory import batches_of
from tropa.service.objects import answering, bring, find, is_address
from tropa.service.workspace import Workspace, create_workspace

if TYPE_CHECKING:
    from tropa.events.contract import ReadPlan
    from tropa.trail.tape import Tape

FRAME = "frame"
"""What a table in memory is called as a source."""
_NO_ROLES = ("property", "ignore", "event_time", "currency", "instrument")
"""Roles that several columns may have, and those that are told as a value."""


@dataclass(frozen=True)
class Framed:
    """A throw-away workspace, and what became of each source. The folder is gone when nothing holds the workspace any more."""

    workspace: Workspace
    outcomes: tuple[ImportOutcome, ...]
    plans: tuple[ReadPlan, ...]


def framed(sources: Sequence[Any], columns: Mapping[str, str], options: Mapping[str, Any], now: datetime) -> Framed:
    """Brings files and tables in. `columns`: the column of each role; `options`: as `Overrides` has them (zone, currency, …).

    Raises TR-S018 for what is neither a file nor a table, TR-S027 for a table that cannot be read, TR-S020 for an unknown role, TR-S028
    for a column of two roles, TR-S024 where no row can be read,
    TR-S040…TR-S044 for a database or a storage that does not answer, and as `importing.plan` and the readers.
    """
    told = _overrides(columns, options)
    folder = Path(tempfile.mkdtemp(prefix="tropa-"))
    try:
        files = [
            file
            for number, one in enumerate(sources, 1)
            for file in _files(one, folder / "tables" / f"{number}", len(sources))
        ]
        plans = plan(files, told)
        workspace = create_workspace(folder / "workspace")
        outcomes = add(workspace, plans, now, lambda *_: None)
        if not any(one.accepted for one in outcomes):
            codes = sorted({code for one in outcomes for code in one.reasons})
            bad = sum(one.quarantined for one in outcomes)
            raise TropaError("TR-S024", n=bad, known=", ".join(codes) or "—")
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    shutil.rmtree(folder / "tables", ignore_errors=True)
    out = Framed(workspace, outcomes, plans)
    weakref.finalize(out, shutil.rmtree, folder, ignore_errors=True)
    return out


def as_it_is(sources: Sequence[Any], rows: str, columns: Mapping[str, str], currency: str | None) -> Tape:
    """The tape of one clean Parquet file, or of those at one address in object storage, read as it is.

    `rows`: must be "trusted"; `columns`: the column of each role. Raises TR-T413 for anything else, TR-T414 for other
    `rows`, TR-S020 for a role that such files do not have, TR-S043, TR-S044 for the storage, and as `trail.trusted`.
    """
    from tropa.trail.trusted import Roles, trusted_tape

    if rows != "trusted":
        raise TropaError("TR-T414", name=rows, known="checked, trusted")
    known = tuple(one.name for one in fields(Roles))
    for role in columns:
        if role not in known:
            raise TropaError("TR-S020", name=role, near=near_miss(role, known), known=", ".join(known))
    if len(sources) == 1 and is_address(sources[0]):
        return _of_objects(sources[0], Roles(**columns), currency)
    file = Path(sources[0]).expanduser() if isinstance(sources[0], (str, Path)) else None
    if file is None or len(sources) > 1 or file.suffix.lower() not in (".parquet", ".pq") or not file.is_file():
        raise TropaError(
            "TR-T413",
            name=", ".join(str(one) if isinstance(one, (str, Path)) else type(one).__name__ for one in sources),
        )
    return trusted_tape(file, Roles(**columns), currency=currency)


def _of_objects(address: str, roles: Any, currency: str | None) -> Tape:
    """The tape of Parquet in object storage, read where it lies: all that an address means is one log. Raises TR-S043, TR-S044."""
    from tropa.trail.parquet_log import ParquetLog
    from tropa.trail.trusted import trusted_tape

    objects = find(address)
    wrong = next((path for path in objects.paths if not path.lower().endswith((".parquet", ".pq"))), None)
    if wrong is not None:
        raise TropaError("TR-T413", name=wrong)
    with answering(address):
        return trusted_tape(
            ParquetLog.of_objects(objects.name, objects.paths, objects.filesystem), roles, currency=currency
        )


def _overrides(columns: Mapping[str, str], options: Mapping[str, Any]) -> Any:
    from tropa.events.contract import ColumnRole, Overrides

    known = [role.value for role in ColumnRole if role.value not in _NO_ROLES]
    for role in columns:
        if role not in known:
            raise TropaError("TR-S020", name=role, near=near_miss(role, known), known=", ".join(known))
    roles: dict[str, ColumnRole] = {}
    for role, column in columns.items():
        if (other := roles.setdefault(str(column), ColumnRole(role))) != role:
            raise TropaError("TR-S028", name=str(column), first=other.value, second=role)
    return Overrides(roles=roles, **options)


def _files(source: Any, folder: Path, number: int) -> list[Path]:
    """The files of a source; a table, a query's rows and objects in storage are written down first, batch by batch."""
    if is_address(source):
        return bring(find(source), folder)
    if isinstance(source, Asked):
        return [written(source, folder)]
    if isinstance(source, (str, Path)):
        return [Path(source).expanduser()]
    schema, batches = batches_of(source)
    folder.mkdir(parents=True)
    out = folder / (f"{FRAME}.parquet" if number == 1 else f"{FRAME}-{folder.name}.parquet")
    _write(schema, batches, out)
    return [out]


def _write(schema: Any, batches: Iterator[Any], out: Path) -> None:
    import pyarrow.parquet as pq

    with pq.ParquetWriter(out, schema) as writer:
        for batch in batches:
            writer.write_batch(batch)
