"""The vault: pseudonym → real identity, in files of its own that are read only when somebody asks for a customer by name."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tropa.model import TropaError, Where
from tropa.trail.archive.report import Revealed

SCHEMA = pa.schema([("number", pa.int32()), ("kind", pa.string()), ("value", pa.string())])
FIELDS = {"id": "ids", "phone": "phones", "email": "emails", "name": "names"}


def write_vault(path: Path, fresh: Sequence[tuple[str, Any, npt.NDArray[np.int64]]]) -> None:
    """Writes the identities an import brought, readable by the owner of the workspace alone where the system knows such rights."""
    path.parent.mkdir(exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    with (
        os.fdopen(handle, "wb") as out,
        pq.ParquetWriter(out, SCHEMA, compression="zstd", compression_level=1) as writer,
    ):
        for kind, strings, numbers in fresh:
            kinds = pa.array([kind], pa.string()).take(pa.array(np.zeros(len(strings), np.int32)))
            writer.write_table(pa.table([pa.array(numbers.astype(np.int32)), kinds, strings], schema=SCHEMA))


def read_vault(path: Path) -> pa.Table:
    """All rows of a vault file. Raises TR-T104 for a missing or damaged one."""
    try:
        return pq.read_table(path, schema=SCHEMA)
    except (OSError, pa.ArrowInvalid) as reason:
        raise TropaError("TR-T104", Where(file=str(path)), reason=str(reason)) from reason


def reveal(paths: Iterable[Path], pseudonym: str, numbers: npt.NDArray[np.int64]) -> Revealed:
    """Everything the vault knows of a customer, who has these numbers."""
    found: dict[str, dict[str, None]] = {kind: {} for kind in FIELDS}
    wanted = pa.array(numbers.astype(np.int32))
    for path in paths:
        table = read_vault(path)
        own = table.filter(pc.is_in(table["number"], wanted))
        for kind, value in zip(own["kind"].to_pylist(), own["value"].to_pylist(), strict=True):
            found[kind][value] = None
    return Revealed(pseudonym, **{FIELDS[kind]: tuple(values) for kind, values in found.items()})


def without(path: Path, target: Path, numbers: npt.NDArray[np.int64]) -> bool:
    """Writes a vault file again without some customers. False (nothing written) when none of them is in it."""
    table = read_vault(path)
    theirs = pc.is_in(table["number"], pa.array(numbers.astype(np.int32)))
    if not pc.any(theirs).as_py():
        return False
    own = table.filter(pc.invert(theirs))
    write_vault(target, [])
    pq.write_table(own, target, compression="zstd", compression_level=1)
    return True


def unknown(pseudonym: str) -> NoReturn:
    """Nobody has this pseudonym: TR-T106."""
    raise TropaError("TR-T106", pseudonym=pseudonym)
