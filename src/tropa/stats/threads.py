"""Linear algebra on one thread while our small matrices are at work (R-61, R-63).

OpenBLAS gives each product as many threads as there are cores; on matrices of our size they wait for one another, at two to three times
the processor's time. The command says so to OpenBLAS before it is loaded; a notebook has loaded it already, for purposes of its own.
"""

from __future__ import annotations

import ctypes
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

USERS = ("numpy._core._multiarray_umath", "scipy.linalg._fblas")
"""Modules beside which the wheels of NumPy and SciPy bring an OpenBLAS of their own each."""
NAMES = ("scipy_openblas_{}_num_threads64_", "scipy_openblas_{}_num_threads", "openblas_{}_num_threads")


@dataclass(frozen=True, slots=True)
class Library:
    """A loaded OpenBLAS: how many threads it takes."""

    get: Callable[[], int]
    set: Callable[[int], object]


@dataclass(slots=True)
class Cap:
    """One thread for as long as anybody is within it, from whatever thread; what was set before comes back with the last one to leave."""

    libraries: Callable[[], list[Library]]
    _within: int = 0
    _before: list[tuple[Library, int]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def __call__(self) -> Iterator[None]:
        with self._lock:
            if self._within == 0:
                self._before = [(library, library.get()) for library in self.libraries()]
                for library, _ in self._before:
                    library.set(1)
            self._within += 1
        try:
            yield
        finally:
            with self._lock:
                self._within -= 1
                if self._within == 0:
                    for library, count in self._before:
                        library.set(count)


def loaded() -> list[Library]:
    """Every OpenBLAS that this process has loaded by now; none where NumPy and SciPy use something else, and nothing is capped then."""
    found = (_beside(name) for name in USERS if name in sys.modules)
    return [library for library in found if library is not None]


def _beside(name: str) -> Library | None:
    """The OpenBLAS that a module is linked to: its functions are found through the module's own file."""
    file = sys.modules[name].__file__
    try:
        linked = ctypes.CDLL(file)
    except OSError:
        return None
    for pattern in NAMES:
        if hasattr(linked, pattern.format("get")) and hasattr(linked, pattern.format("set")):
            return Library(getattr(linked, pattern.format("get")), getattr(linked, pattern.format("set")))
    return None


one_thread = Cap(loaded)
"""`with one_thread():`, and `@one_thread()` above a function."""
