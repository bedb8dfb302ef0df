"""The very first start compiles the kernels, in a child process and with progress; later starts find them on disk."""

from __future__ import annotations

from collections.abc import Callable


def warm(advance: Callable[[str, float, float], None]) -> None:
    """Compiles what is not compiled yet, telling how far it is; returns at once when all is there."""
    from tropa import trail

    trail.warm(lambda done, total: advance("step-compiling", done, total))
