"""Files: written so that a kill or a power cut at any instant leaves the old one or the new one; where throw-away ones are kept."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A path beside `path` to write to. When the block ends well, what was written is on the disk and then in place, at one stroke."""
    path.parent.mkdir(parents=True, exist_ok=True)
    spare = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.part")
    try:
        yield spare
        sync_file(spare)
        if path.exists():
            spare.chmod(path.stat().st_mode & 0o777)
        spare.replace(path)
    finally:
        spare.unlink(missing_ok=True)
    sync_folder(path.parent)


def write_bytes(path: Path, data: bytes, mode: int = 0o666) -> None:
    """The whole file or none of it. A new file gets `mode`, as far as the user's mask allows; one that is replaced keeps its own."""
    with replacing(path) as spare:
        handle = os.open(spare, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), mode)
        with os.fdopen(handle, "wb") as out:
            out.write(data)


def write_text(path: Path, text: str) -> None:
    """UTF-8 with line feeds, whole or not at all."""
    write_bytes(path, text.encode("utf-8"))


def sync_file(path: Path) -> None:
    """Waits until a file's content is on the disk."""
    handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(path: Path) -> None:
    """Waits until a folder's entries are on the disk. Windows cannot open folders; its file system journals renames itself."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def cache_root() -> Path:
    """The folder for what can be thrown away and made again: TROPA_CACHE_DIR, else the user's cache folder."""
    import platformdirs

    return Path(os.environ.get("TROPA_CACHE_DIR") or platformdirs.user_cache_dir("tropa", appauthor=False))
