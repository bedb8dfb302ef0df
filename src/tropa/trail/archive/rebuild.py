"""Arrays from the truth: after damage, and after customers were erased."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from tropa.trail.archive.arrow import numbers
from tropa.trail.archive.encode import Encoder
from tropa.trail.archive.files import remove_tree, sync_tree
from tropa.trail.archive.generation import Incoming, build
from tropa.trail.archive.manifest import Manifest
from tropa.trail.archive.part import read_part
from tropa.trail.archive.people import People
from tropa.trail.archive.spool import Spools
from tropa.trail.archive.state import next_generation, part_folder


def rebuild(folder: Path, manifest: Manifest, people: People) -> Manifest:
    """Builds the next generation from all parts; the result is to be published. Raises TR-T104 for a damaged part."""
    work = folder / "work"
    work.mkdir()
    number = next_generation(folder, manifest)
    target = folder / f"g{number:06d}"
    spools = Spools(work)
    encoder = Encoder(spools, people.key)
    try:
        for entry, part in zip(manifest.imports, manifest.parts, strict=True):
            for table in read_part(part_folder(folder, part) / "events.parquet"):
                if len(table):
                    encoder.take(table, numbers(table["customer"], np.int64, 0), entry.source)
        incoming = Incoming(spools.columns(), spools.rows, None, {})
        meta = build(target, work, None, incoming, encoder, people)
    finally:
        spools.close()
        remove_tree(work)
    sync_tree(target)
    return replace(
        manifest,
        generation=number,
        version=meta["version"],
        events=meta["events"],
        customers=meta["customers"],
    )
