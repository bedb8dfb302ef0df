"""Files of an archive: JSON, arrays mapped into memory, whole folders, and the lock of its one writer."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import shutil
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import filelock
import numpy as np
import numpy.typing as npt

from tropa.files import sync_file, sync_folder
from tropa.model import TropaError, Where

log = logging.getLogger(__name__)


def sync_tree(folder: Path) -> None:
    """Syncs every file in a folder, and the folder."""
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            sync_tree(path)
        else:
            sync_file(path)
    sync_folder(folder)


def write_json(path: Path, value: Any) -> None:
    """A JSON file, the same bytes for the same value."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def read_json(path: Path) -> Any:
    """The value of a JSON file. Raises TR-T102 for one that is not JSON; FileNotFoundError as usual."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as reason:
        raise TropaError("TR-T102", Where(file=str(path)), reason=str(reason)) from reason


def save_array(path: Path, array: npt.NDArray[Any]) -> None:
    """Writes an .npy file."""
    with path.open("wb") as out:
        np.save(out, np.ascontiguousarray(array), allow_pickle=False)


def map_array(path: Path) -> npt.NDArray[Any]:
    """An .npy file mapped into memory, read-only, as a plain array. Raises ValueError or OSError for a damaged one."""
    if path.stat().st_size < 64:
        raise ValueError("too short for an array")
    with path.open("rb") as start:
        np.lib.format.read_magic(start)
        shape, _, kind = np.lib.format.read_array_header_1_0(start)
        begin = start.tell()
    if shape == (0,):
        empty = np.zeros(0, kind)
        empty.flags.writeable = False
        return empty
    return np.asarray(np.memmap(path, kind, "r", begin, shape))


def new_array(path: Path, kind: Any, length: int) -> npt.NDArray[Any]:
    """A new .npy file of `length` entries mapped for writing, so that filling it takes no anonymous memory."""
    if length == 0:
        save_array(path, np.zeros(0, kind))
        return np.zeros(0, kind)
    return np.asarray(np.lib.format.open_memmap(path, mode="w+", dtype=np.dtype(kind), shape=(length,)))


@contextlib.contextmanager
def new_column(path: Path, kind: np.dtype[Any], length: int) -> Iterator[BinaryIO]:
    """A new .npy file of `length` entries, to be written one after another: dearer to look back into than `new_array`, cheaper to fill."""
    with path.open("wb") as out:
        head = {"descr": np.lib.format.dtype_to_descr(kind), "fortran_order": False, "shape": (length,)}
        np.lib.format.write_array_header_1_0(out, head)
        yield out


def remove_tree(folder: Path) -> bool:
    """Removes a folder. False where somebody still has a file of it open (Windows refuses): it stays for a later try."""
    trash = folder if folder.name.startswith("trash-") else folder.with_name(f"trash-{folder.name}")
    try:
        if trash != folder and folder.exists():
            if trash.exists():
                shutil.rmtree(trash)
            os.replace(folder, trash)  # so that half of a folder is never taken for a whole one
        if trash.exists():
            shutil.rmtree(trash)
    except PermissionError as reason:
        log.info("%s is still in use and is removed later (%s)", folder, reason)
        return False
    return True


@contextlib.contextmanager
def writer_lock(folder: Path) -> Iterator[None]:
    """The only writer of an archive. Raises TR-T101, which says who writes, when another one does."""
    folder.mkdir(parents=True, exist_ok=True)
    lock, card = filelock.FileLock(folder / "writer.lock", timeout=0), folder / "writer.json"
    try:
        lock.acquire()
    except filelock.Timeout as reason:
        holder: dict[str, Any] = {"process": 0, "machine": "?", "since": "?"}
        with contextlib.suppress(OSError, ValueError):
            holder.update(json.loads(card.read_text(encoding="utf-8")))
            holder["since"] = f"{datetime.fromtimestamp(card.stat().st_mtime, UTC):%Y-%m-%d %H:%M} UTC"
        raise TropaError("TR-T101", Where(file=str(folder)), **holder) from reason
    try:
        write_json(card, {"process": os.getpid(), "machine": socket.gethostname()})
        yield
        card.unlink(missing_ok=True)
    finally:
        lock.release()
