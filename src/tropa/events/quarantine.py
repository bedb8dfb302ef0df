"""Rows that could not be read, kept until somebody mends them: listed, given out as a table for Excel, taken back, settled.

One Parquet file an import, `<import id>.parquet`, with the plan in its metadata; `settled.json` remembers (as digests) which rows were
mended, so that the same original imported again brings back neither those that wait already nor those that are done.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tropa.events.bad import CELL, REST, BadRows
from tropa.events.contract import BadRow, EventBatch, ReadPlan
from tropa.events.keeping import plan_from_json, plan_to_json
from tropa.files import replacing, write_bytes, write_text
from tropa.model import TropaError, Where

Names = list[str]
_META, _FILE = b"tropa-plan", b"tropa-file"
_SETTLED, _GONE = "settled.json", ".gone"
_ID = re.compile(r"[\w][\w.-]{0,120}")


@dataclass(frozen=True, slots=True)
class QuarantinedFile:
    """What waits of one import: how many rows, and how many for which reason (error code)."""

    import_id: str
    file: str
    source: str
    rows: int
    reasons: dict[str, int]


class Quarantine:
    """The folder of rows that could not be read. One writer at a time: the workspace's lock is the caller's."""

    def __init__(self, folder: Path, stage: Path | None = None) -> None:
        """`stage`: a folder inside `folder` for changes that are not to be seen yet; `promote` makes them all at once."""
        self.folder = folder
        self.stage = stage

    def write(self, import_id: str, plan: ReadPlan, rows: Iterable[BadRow | Sequence[BadRow]]) -> int:
        """Adds rows of an import, one by one or batch by batch; returns how many of them are new here.

        A row that waits already under the same source, or was settled, is not taken again; equal rows inside one file are different rows.
        """
        if not _ID.fullmatch(import_id):
            raise ValueError(import_id)
        fresh = _gathered(plan.file.name, rows)
        if not len(fresh):
            return 0
        seen = Counter(self._settled().get(plan.source, {}))
        here: BadRows | None = None
        for other in self._files():
            stored, kept = self._read(other)
            if other == import_id:
                here = stored
            elif kept.source == plan.source:
                seen += Counter(digests(stored))
        kept_rows = []
        for index, digest in enumerate(digests(fresh)):
            if seen[digest] > 0:
                seen[digest] -= 1
            else:
                kept_rows.append(index)
        if kept_rows:
            taken = BadRows(fresh.file, fresh.table.take(pa.array(kept_rows, pa.int64())))
            self._store(import_id, plan, BadRows.joined([here, taken]) if here is not None else taken)
        return len(kept_rows)

    def list(self) -> tuple[QuarantinedFile, ...]:
        """What waits, in the order of import ids."""
        found = []
        for import_id in self._files():
            rows, plan = self._read(import_id)
            found.append(QuarantinedFile(import_id, rows.file, plan.source, len(rows), rows.counts()))
        return tuple(found)

    def rows(self, import_id: str) -> BadRows:
        """The waiting rows of an import. Raises TR-E020, TR-E021."""
        return self._read(import_id)[0]

    def plan(self, import_id: str) -> ReadPlan:
        """The plan that the file was read by."""
        return self._read(import_id)[1]

    def export(self, import_id: str, target: Path, lang: str) -> int:
        """Writes the waiting rows as a CSV for mending (see `repairing.export`). Returns the number of rows."""
        from tropa.events.repairing import export

        return export(self, import_id, target, lang)

    def fixed(self, import_id: str, repaired: Path) -> Iterator[EventBatch]:
        """The events of a mended CSV, under the plan of the original (see `repairing.fixed`)."""
        from tropa.events.repairing import fixed

        return fixed(self, import_id, repaired)

    def settle(self, import_id: str, lines: Iterable[int] | Path) -> int:
        """These lines were mended and replayed: they leave the quarantine for good. Returns how many rows left.

        A path is the mended table itself: the lines that are sound in it leave, and those that were changed but are still wrong (they
        wait anew, with their new reason, wherever the replay put them). Lines that nobody touched stay.
        """
        rows, plan = self._read(import_id)
        gone_lines = self._mended(import_id, lines, rows) if isinstance(lines, Path) else lines
        done = np.isin(np.asarray(rows.table["line"]), np.fromiter(gone_lines, np.int64))
        if not done.any():
            return 0
        mask = pa.array(done)
        left, gone = (BadRows(rows.file, rows.table.filter(part)) for part in (pc.invert(mask), mask))
        settled = self._settled()
        settled[plan.source] = dict(Counter(settled.get(plan.source, {})) + Counter(digests(gone)))
        write_text(self._home / _SETTLED, json.dumps(settled, ensure_ascii=False, sort_keys=True))
        self._store(import_id, plan, left)
        return int(done.sum())

    def _mended(self, import_id: str, repaired: Path, rows: BadRows) -> set[int]:
        untouched = set(digests(rows))
        out: set[int] = set()
        for batch in self.fixed(import_id, repaired):
            out.update(batch.events["row"].to_pylist())
            bad = _gathered(rows.file, batch.bad)
            out.update(
                line
                for line, digest in zip(bad.table["line"].to_pylist(), digests(bad), strict=True)
                if digest not in untouched
            )
        return out

    def forget(self, identifiers: Iterable[str]) -> int:
        """Removes every waiting row that has one of these texts as a cell (a customer's erasure). Returns how many."""
        wanted = pa.array([*identifiers], pa.string())
        total = 0
        for import_id in self._files():
            rows, plan = self._read(import_id)
            hit = np.zeros(len(rows), np.bool_)
            for name in rows.table.column_names:
                if name.startswith(CELL):
                    hit |= np.asarray(pc.is_in(pc.utf8_trim_whitespace(rows.table[name]), value_set=wanted))
            if hit.any():
                total += int(hit.sum())
                self._store(import_id, plan, BadRows(rows.file, rows.table.filter(pa.array(~hit))))
        return total

    def promote(self) -> None:
        """Makes the staged changes part of the quarantine. A kill on the way is mended by calling it again."""
        if self.stage is None or not self.stage.is_dir():
            return
        for change in sorted(self.stage.iterdir()):
            if change.suffix == _GONE:
                (self.folder / change.stem).unlink(missing_ok=True)
            elif change.suffix in (".parquet", ".json"):
                change.replace(self.folder / change.name)
        shutil.rmtree(self.stage)

    @property
    def _home(self) -> Path:
        return self.stage or self.folder

    def _found(self, name: str) -> Path | None:
        """The file of this name as it stands: staged, or not touched by the stage; None where there is none (any more)."""
        if self.stage is not None:
            if (self.stage / name).exists():
                return self.stage / name
            if (self.stage / f"{name}{_GONE}").exists():
                return None
        return self.folder / name if (self.folder / name).exists() else None

    def _files(self) -> Names:
        folders = [self.folder, *([self.stage] if self.stage is not None else [])]
        names = {path.name for folder in folders for path in folder.glob("*.parquet") if not path.name.startswith(".")}
        return sorted(name.removesuffix(".parquet") for name in names if self._found(name) is not None)

    def _read(self, import_id: str) -> tuple[BadRows, ReadPlan]:
        known = self._files()
        if import_id not in known:
            raise TropaError("TR-E020", Where(file=str(self.folder.name)), name=import_id, known=", ".join(known[:20]))
        path = self._found(f"{import_id}.parquet")
        assert path is not None
        try:
            table = pq.ParquetFile(path).read()
            meta = table.schema.metadata
            plan = plan_from_json(meta[_META].decode())
            return BadRows(meta[_FILE].decode(), table.replace_schema_metadata(None)), plan
        except (pa.ArrowException, OSError, ValueError, KeyError, TypeError) as fault:
            raise TropaError("TR-E021", Where(file=path.name), reason=str(fault)[:200]) from fault

    def _store(self, import_id: str, plan: ReadPlan, rows: BadRows) -> None:
        path = self._home / f"{import_id}.parquet"
        if not len(rows):
            path.unlink(missing_ok=True)
            if self.stage is not None and (self.folder / path.name).exists():
                write_bytes(path.with_name(f"{path.name}{_GONE}"), b"")
            return
        table = rows.table.replace_schema_metadata({_META: plan_to_json(plan).encode(), _FILE: rows.file.encode()})
        with replacing(path) as spare:
            pq.write_table(table, spare, compression="zstd")

    def _settled(self) -> dict[str, dict[str, int]]:
        path = self._found(_SETTLED)
        try:
            found = json.loads(path.read_text(encoding="utf-8")) if path is not None else {}
        except (ValueError, OSError) as fault:
            raise TropaError("TR-E021", Where(file=_SETTLED), reason=str(fault)) from fault
        return {str(key): dict(value) for key, value in found.items()}


def _gathered(file: str, rows: Iterable[BadRow | Sequence[BadRow]]) -> BadRows:
    if isinstance(rows, BadRows):
        return rows
    parts: list[BadRows] = []
    single: list[BadRow] = []
    for item in rows:
        if isinstance(item, BadRows):
            parts.append(item)
        elif isinstance(item, BadRow):
            single.append(item)
        else:
            single.extend(item)
    return BadRows.joined([*parts, BadRows.of_rows(file, single)])


def digests(rows: BadRows) -> list[str]:
    """One digest a row over its cells that are not empty (not over its line: a newer export has other lines)."""
    spelled = [pa.array([""] * len(rows), pa.string())]
    for name in sorted(rows.table.column_names):
        if name.startswith(CELL) or name == REST:
            cell = pc.fill_null(rows.table[name].cast(pa.string()).combine_chunks(), "")
            spelled.append(
                pc.if_else(pc.equal(cell, ""), "", pc.binary_join_element_wise(f"{name}\x1e", cell, "\x1f", ""))
            )
    joined = pc.binary_join_element_wise(*spelled, "")
    return [hashlib.blake2b(text.encode(), digest_size=12).hexdigest() for text in joined.to_pylist()]
