"""Erasing a customer from everything an archive holds (R-64)."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tropa.trail.archive import vault
from tropa.trail.archive.files import save_array, sync_tree
from tropa.trail.archive.identity import Segment
from tropa.trail.archive.manifest import Manifest
from tropa.trail.archive.part import read_part
from tropa.trail.archive.people import People
from tropa.trail.archive.rebuild import rebuild
from tropa.trail.archive.state import part_folder, tombstone_file, vault_file
from tropa.trail.tape import Source


def erase(folder: Path, manifest: Manifest, people: People, numbers: npt.NDArray[np.int64]) -> Manifest:
    """Writes everything again without the customer who has these numbers; the result is to be published.

    Parts and vault files that know the customer get a new name; a tombstone (a hash under the archive's key) keeps the customer out
    when the original file comes again.
    """
    people.bury(numbers.tolist())
    stones = manifest.tombstones + 1
    count = people.tombstones.count
    save_array(
        tombstone_file(folder, stones), np.stack([people.tombstones.hi[:count], people.tombstones.lo[:count]], axis=1)
    )
    parts, imports = list(manifest.parts), list(manifest.imports)
    for place, part in enumerate(manifest.parts):
        target = f"{part.partition('-')[0]}-{stones:06d}"
        left = _rewrite(folder, part, target, numbers)
        if left is not None:
            parts[place], imports[place] = target, replace(imports[place], rows=left)
    emptied = replace(manifest, parts=tuple(parts), imports=tuple(imports), tombstones=stones)
    sync_tree(folder / "parts")
    sync_tree(folder / "vault")
    return rebuild(folder, _counted(emptied), people)


def count(folder: Path, manifest: Manifest, numbers: npt.NDArray[np.int64]) -> int:
    """How many events the customer who has these numbers has."""
    theirs = pa.array(numbers.astype(np.int32))
    return sum(
        int(pc.sum(pc.is_in(table["customer"], theirs)).as_py() or 0)
        for part in manifest.parts
        for table in read_part(part_folder(folder, part) / "events.parquet", ["customer"])
    )


def _counted(manifest: Manifest) -> Manifest:
    """The sources' counts after events went."""
    rows: dict[str, int] = {}
    for entry in manifest.imports:
        rows[entry.source] = rows.get(entry.source, 0) + entry.rows
    return replace(
        manifest, sources=tuple(Source(s.name, rows[s.name], s.first, s.complete_until) for s in manifest.sources)
    )


def _rewrite(folder: Path, part: str, target: str, numbers: npt.NDArray[np.int64]) -> int | None:
    """One part and its vault file without these customers, under a new name; how many events are left. None: they are not in it."""
    old, new = part_folder(folder, part), part_folder(folder, target)
    theirs = pa.array(numbers.astype(np.int32))
    keep = [
        pc.invert(pc.is_in(table["customer"], theirs)).to_numpy()
        for table in read_part(old / "events.parquet", ["customer"])
    ]
    kept: npt.NDArray[np.bool_] = np.concatenate(keep) if keep else np.zeros(0, bool)
    new.mkdir(parents=True, exist_ok=True)
    in_vault = vault.without(vault_file(folder, part), vault_file(folder, target), numbers)
    if kept.all() and not in_vault:
        shutil.rmtree(new)
        return None
    if not in_vault:
        shutil.copyfile(vault_file(folder, part), vault_file(folder, target))
    _rewrite_events(old / "events.parquet", new / "events.parquet", theirs)
    for path in (*old.glob("aliases-*.npy"), old / "joins.npy"):
        shutil.copyfile(path, new / path.name)
    _rewrite_ids(Segment(old), Segment(new), kept)
    return int(kept.sum())


def _rewrite_events(source: Path, target: Path, theirs: Any) -> None:
    writer: Any = None
    for table in read_part(source):
        own = table.filter(pc.invert(pc.is_in(table["customer"], theirs)))
        if writer is None:
            writer = pq.ParquetWriter(target, own.schema, compression="zstd", compression_level=1)
        writer.write_table(own)
    if writer is not None:
        writer.close()
    else:
        shutil.copyfile(source, target)


def _rewrite_ids(source: Segment, target: Segment, kept: npt.NDArray[np.bool_]) -> None:
    row = source.read("row")
    stays = kept[row]
    renumbered = np.cumsum(kept, dtype=np.int64) - 1
    until = np.concatenate([[0], np.cumsum(stays)])
    target.write(
        source.read("hi")[stays],
        source.read("lo")[stays],
        renumbered[row[stays]].astype(np.uint32),
        until[source.read("starts")],
    )
