"""The kernels that tests use, compiled once: what `warm` leaves in an empty cache.

Run by itself (by `all_checks.py`), it makes them before pytest begins, so that no two workers compile the same;
`tests/unit/trail/test_warm.py` looks at the very same cache.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from filelock import FileLock

ROOT = Path(__file__).resolve().parents[1]
OF_TESTS = ROOT / ".venv" / "kernels-of-tests"
"""What `TROPA_CACHE_DIR` says in tests."""


def _key() -> str:
    """Of these very sources, as numba tells them: by contents and by when they were written."""
    digest = hashlib.blake2b(sys.version.encode(), digest_size=8)
    for file in sorted((ROOT / "src" / "tropa").rglob("*.py")):
        digest.update(f"{file}{file.stat().st_mtime_ns}".encode() + file.read_bytes())
    return digest.hexdigest()


def warmed() -> Path:
    """The cache that `warm` leaves where nothing was compiled; made now where it has not been made of these sources. Only to be read."""
    folder = ROOT / ".venv" / "kernels-warmed"
    folder.mkdir(exist_ok=True)
    made = folder / _key()
    with FileLock(folder / "lock"):
        if not made.exists():
            for old in folder.glob("*/"):
                shutil.rmtree(old)
            half = folder / "half"
            environment = {**os.environ, "TROPA_CACHE_DIR": str(half)}
            code = "from tropa import trail; trail.warm()"
            subprocess.run([sys.executable, "-c", code], env=environment, check=True, timeout=1200)
            half.rename(made)
    return made


def main() -> None:
    """Gives them to the tests, where these have none of this version."""
    for one in (warmed() / "kernels").iterdir():
        target = OF_TESTS / "kernels" / one.name
        if not target.exists():
            half = target.with_name(f"half-{os.getpid()}")
            shutil.copytree(one, half)
            half.rename(target)


if __name__ == "__main__":
    main()
