"""Where things lie in an archive's folder, what survives a crash, and who is known so far.

manifest.json            which state is published
key                      the secret of the pseudonyms
parts/000001/            one import: events.parquet (truth), ids-*.npy (row identities), aliases-*.npy, joins.npy
vault/000001.parquet     the real identities that import brought
g000001/                 arrays of a generation
tombstones-000001.npy    keyed hashes of erased aliases
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from tropa.model import TropaError, Where
from tropa.trail.archive import vault
from tropa.trail.archive.files import map_array, remove_tree, save_array
from tropa.trail.archive.manifest import Manifest
from tropa.trail.archive.people import Key, People


def part_folder(folder: Path, part: str) -> Path:
    """Folder of one part."""
    return folder / "parts" / part


def vault_file(folder: Path, part: str) -> Path:
    """The vault's file of one part."""
    return folder / "vault" / f"{part}.parquet"


def tombstone_file(folder: Path, number: int) -> Path:
    """File of tombstones."""
    return folder / f"tombstones-{number:06d}.npy"


def next_generation(folder: Path, manifest: Manifest) -> int:
    """The next number whose folder is free (a folder somebody still holds may be left over)."""
    number = manifest.generation + 1
    while (folder / f"g{number:06d}").exists():
        number += 1
    return number


def clean(folder: Path, manifest: Manifest, *, keep_previous: bool = True) -> None:
    """Removes what a crash left behind and old generations; the one before the published stays for its readers."""
    older = sorted(path.name for path in folder.glob("g[0-9]*") if path.name < manifest.folder)
    keep = {manifest.folder, *(older[-1:] if keep_previous else [])}
    for path in sorted(folder.iterdir()):
        generation = path.name.startswith("g") and path.name[1:].isdigit()
        if (generation and path.name not in keep) or path.name == "work" or path.name.startswith("trash-"):
            remove_tree(path)
            continue
        old_stones = path.name.startswith("tombstones-") and path != tombstone_file(folder, manifest.tombstones)
        if old_stones or path.name.endswith(".new"):
            path.unlink()
    for path in sorted((folder / "parts").glob("*")):
        if path.name not in manifest.parts:
            remove_tree(path)
    for path in sorted((folder / "vault").glob("*")):
        if path.name.removesuffix(".parquet") not in manifest.parts:
            path.unlink()


def restore_people(folder: Path, manifest: Manifest, key: Key) -> People:
    """The table of aliases as published. Raises TR-T104 for a missing or damaged file."""
    people = People(key)
    for part in manifest.parts:
        own = part_folder(folder, part)
        people.restore(*(truth(own / f"{name}.npy") for name in ("aliases-hi", "aliases-lo", "aliases-owner", "joins")))
    if manifest.tombstones:
        stones = truth(tombstone_file(folder, manifest.tombstones))
        people.tombstones.codes(stones[:, 0].copy(), stones[:, 1].copy())
    return people


def truth(path: Path) -> npt.NDArray[np.uint64]:
    """An array that cannot be built again. Raises TR-T104."""
    try:
        return map_array(path)
    except (OSError, ValueError) as reason:
        raise TropaError("TR-T104", Where(file=str(path)), reason=str(reason)) from reason


def save_people(folder: Path, part: str, people: People, known: int, joins: npt.NDArray[np.int64]) -> None:
    """Writes what an import added to the table of aliases (`known`: aliases before it), and the vault."""
    own, count = part_folder(folder, part), people.aliases.count
    save_array(own / "aliases-hi.npy", people.aliases.hi[known:count])
    save_array(own / "aliases-lo.npy", people.aliases.lo[known:count])
    save_array(own / "aliases-owner.npy", people.owner[known:].astype(np.uint32))
    save_array(own / "joins.npy", joins.astype(np.uint32))
    vault.write_vault(vault_file(folder, part), people.fresh)
