"""Python files that are no module of a package, loaded as one."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType


def module_at(file: Path, name: str = "") -> ModuleType:
    """The file as a module, run anew; `name`: its own where none is given."""
    spec = importlib.util.spec_from_file_location(name or file.stem, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
