"""Files: written so that a kill at any instant leaves the old one or the new one; and where throw-away ones are kept."""

from __future__ import annotations

import os
from pathlib import Path


def write_bytes(path: Path, data: bytes) -> None:
    """Writes beside the target, forces it to the disk, then renames."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with aside.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        if path.exists():
            aside.chmod(path.stat().st_mode & 0o777)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def cache_root() -> Path:
    """The folder for what can be thrown away and made again: TROPA_CACHE_DIR, else the user's cache folder."""
    import platformdirs

    return Path(os.environ.get("TROPA_CACHE_DIR") or platformdirs.user_cache_dir("tropa", appauthor=False))


def write_text(path: Path, text: str) -> None:
    """UTF-8 with line feeds, whole or not at all."""
    write_bytes(path, text.encode("utf-8"))
