"""Names of the package that open when they are first asked for, so that `import tropa` loads nothing (R-61, docs/adr/0050).

`tropa.trail` is a package of ours and the notebook's first word at once: the package can be called. What a call does lies in `tropa.api`,
which is found by its name at that moment: a lower layer never imports a door.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import Any

HOMES = {"open": ("tropa.api", "workspace"), "trail": ("tropa.trail", None)}
"""Where a name of the package lives: a module, and what it is called there (None: the module itself)."""


def opened(name: str) -> Any:
    """What stands behind a name of `tropa`. Raises AttributeError, with the near miss, for a name it does not have."""
    if name not in HOMES:
        from difflib import get_close_matches

        near = "" if name.startswith("__") else "".join(get_close_matches(name, HOMES, 1))
        told = f"module 'tropa' has no attribute {name!r}" + (f". Did you mean: {near!r}?" if near else "")
        raise AttributeError(told, name=name)
    home, own = HOMES[name]
    module = import_module(home)
    return module if own is None else getattr(module, own)


class CallableTrail(ModuleType):
    """The package `tropa.trail`, which a notebook calls to bring a log in."""

    def __call__(self, *sources: Any, **told: Any) -> Any:
        """The trail of a file or a table: `tropa.trail(path_or_frame, customer=…, event=…, time=…)`. See `tropa.api.trail`."""
        return import_module("tropa.api").trail(*sources, **told)
