"""The decorator that compiles a kernel, and where compiled code is kept."""

from __future__ import annotations

import hashlib
import importlib
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import platformdirs

log = logging.getLogger(__name__)
config: Any = numba.config  # its settings are made at run time; numba has no types for them
F = TypeVar("F", bound=Callable[..., object])


def _without_linear_algebra() -> None:
    """Lets numba load without SciPy's linear algebra, which takes longer than all the rest of it and which no kernel of ours needs.

    Numba asks for it once, when its functions over arrays are loaded, and asks again where linear algebra is really compiled: so others
    in the same process lose nothing.
    """
    if "numba.np.arraymath" in sys.modules or "scipy.linalg" in sys.modules:
        return
    absent: Any = None
    sys.modules["scipy.linalg"] = absent  # as Python marks a module that cannot be imported
    try:
        arraymath: Any = importlib.import_module("numba.np.arraymath")
    finally:
        del sys.modules["scipy.linalg"]
    if hasattr(arraymath, "_HAVE_BLAS"):
        arraymath._HAVE_BLAS = True


_without_linear_algebra()


def _sources_hash() -> str:
    digest = hashlib.blake2b(digest_size=8)
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _prepare_cache() -> bool:
    """Points numba at our cache folder: the user's (or TROPA_CACHE_DIR), else TROPA_CACHE_SPARE (a cluster's executor has its own). False
    where none can be written."""
    roots = [os.environ.get("TROPA_CACHE_DIR") or platformdirs.user_cache_dir("tropa", appauthor=False)]
    if spare := os.environ.get("TROPA_CACHE_SPARE"):
        roots.append(spare)
    bounds = "-bounds" if config.BOUNDSCHECK else ""
    for root in roots:
        folder = Path(root) / "kernels" / f"{_sources_hash()}{bounds}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            probe = folder / f".probe-{os.getpid()}"
            probe.write_bytes(b"")
            probe.unlink()
        except OSError as reason:
            refused = folder, reason
            continue
        config.CACHE_DIR = str(folder)
        return True
    log.warning("The cache folder %s cannot be written (%s); kernels are compiled anew at each start.", *refused)
    return False


_cached = _prepare_cache()


def cache_folder() -> Path | None:
    """Where compiled kernels of this version are kept; None where that cannot be written."""
    return Path(str(config.CACHE_DIR)) if _cached else None


def kernel(function: F) -> F:
    """Compiles `function` with numba: no Python objects, the interpreter lock released, one thread, kept on disk."""
    return cast(F, numba.njit(nogil=True, cache=_cached, error_model="numpy")(function))
