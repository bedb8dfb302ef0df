"""Wheels and sdists carry the built front end; who installs them needs no node."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def _build_script(root: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location("tropa_front_end_build", Path(root) / "frontend" / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class FrontEnd(BuildHookInterface):  # type: ignore[type-arg,misc,unused-ignore]
    """Builds it unless it is built; asks for node as a Python package only where none is at hand."""

    def dependencies(self) -> list[str]:
        """What must be installed before the build."""
        script = _build_script(self.root)
        needless = script.is_built() or script.node_on_path() is not None
        return [] if needless else [f"{script.WHEEL}>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Builds before files are gathered."""
        script = _build_script(self.root)
        try:
            script.build(script.tell)
        except script.CannotBuild as why:
            script.tell(f"{why.code}: {why.russian}", f"{why.code}: {why.english}")
            sys.exit(2)
