"""A log in memory or in files as a trail of its own: the usual import into a throw-away workspace (R-20, R-21, R-61).

A table is whatever gives itself away through Arrow's C stream (`__arrow_c_stream__`): pandas, Polars, Arrow, a DuckDB relation. None of
these libraries is imported for it.
"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tropa.model import TropaError, near_miss
from tropa.service.fetching import Asked, written
from tropa.service.importing import ImportOutcome, add, plan
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

    Raises TR-S018 for what is neither a file nor a table, TR-S020 for an unknown role, TR-S024 where no row can be read,
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
    roles = {column: ColumnRole(role) for role, column in columns.items()}
    return Overrides(roles=roles, **options)


def _files(source: Any, folder: Path, number: int) -> list[Path]:
    """The files of a source; a table, a query's rows and objects in storage are written down first, batch by batch."""
    if is_address(source):
        return bring(find(source), folder)
    if isinstance(source, Asked):
        return [written(source, folder)]
    if isinstance(source, (str, Path)):
        return [Path(source).expanduser()]
    if not hasattr(source, "__arrow_c_stream__"):
        kind = type(source)
        raise TropaError("TR-S018", name=f"{kind.__module__}.{kind.__qualname__}")
    folder.mkdir(parents=True)
    out = folder / (f"{FRAME}.parquet" if number == 1 else f"{FRAME}-{folder.name}.parquet")
    _write(source, out)
    return [out]


def _write(table: Any, out: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    reader = pa.RecordBatchReader.from_stream(table)
    # a pandas index without a name is a row number, and no column of the log
    names = [name for name in reader.schema.names if not name.startswith("__index_level_")]
    schema = pa.schema([pa.field(name, _plain(reader.schema.field(name).type)) for name in names])
    with pq.ParquetWriter(out, schema) as writer:
        for batch in reader:
            columns = [_cells(batch.column(one.name), one.type) for one in schema]
            writer.write_batch(pa.record_batch(columns, schema=schema))


def _cells(array: Any, kind: Any) -> Any:
    """A column of a batch as a plain type."""
    import pyarrow as pa

    if pa.types.is_dictionary(array.type):
        # Arrow looks words up in plain strings only
        array = pa.DictionaryArray.from_arrays(array.indices, array.dictionary.cast(kind))
    return array.cast(kind)


def _plain(kind: Any) -> Any:
    """A type that Parquet's readers know everywhere: views are plain strings, a column of nothing is one of empty text."""
    import pyarrow as pa

    if kind in (pa.string_view(), pa.null()):
        return pa.string()
    if pa.types.is_dictionary(kind):
        return _plain(kind.value_type)
    return pa.binary() if kind == pa.binary_view() else kind
