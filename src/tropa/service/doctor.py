"""Looking at the machine: what Tropa needs, and whether it is there."""

from __future__ import annotations

import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Check:
    """One thing that was looked at; `found` is what was seen. Its words are `doctor-<name>` and `.fix`."""

    name: str
    ok: bool
    found: str


def examine(advance: Callable[[str, float, float], None]) -> tuple[Check, ...]:
    """All checks, in order."""
    return tuple(_checks(advance))


def _checks(advance: Callable[[str, float, float], None]) -> Iterator[Check]:
    version = platform.python_version()
    yield Check(
        "python", (3, 11) <= sys.version_info[:2] <= (3, 13), f"{version}, {platform.system()} {platform.machine()}"
    )
    yield _kernels(advance)
    yield _disk()
    yield _zones()
    yield _console()
    yield _picture()


def _kernels(advance: Callable[[str, float, float], None]) -> Check:
    from tropa.service.warming import warm
    from tropa.trail.kernels.jit import cache_folder

    started = time.perf_counter()
    warm(advance)
    folder = cache_folder()
    return Check("kernels", folder is not None, f"{folder} ({time.perf_counter() - started:.1f} s)")


def _disk() -> Check:
    free = shutil.disk_usage(Path.cwd()).free / 1e9
    try:
        with tempfile.TemporaryFile(dir=Path.cwd()) as probe:
            probe.write(b"x")
        writable = True
    except OSError:
        writable = False
    return Check("disk", writable and free > 1, f"{free:.1f} GB")


def _zones() -> Check:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return Check("zones", True, str(ZoneInfo("Europe/Moscow")))
    except ZoneInfoNotFoundError as missing:
        return Check("zones", False, str(missing))


def _console() -> Check:
    encoding = sys.stdout.encoding or "?"
    try:
        "Тропа ₽ → ●".encode(encoding)
        return Check("console", True, encoding)
    except (UnicodeEncodeError, LookupError):
        return Check("console", True, f"{encoding} (+ ASCII)")


def _picture() -> Check:
    """Draws a tiny map for real: fonts, layout, SVG, PNG."""
    from datetime import date

    from tropa.layout import lay_out
    from tropa.model import Map, Stage
    from tropa.render.png import png
    from tropa.words import words

    tiny = Map(title="Тропа", stages=(Stage(id="a", title="A"),))
    drawn = png(lay_out(tiny, None, words("ru"), today=date(2026, 1, 1)))
    return Check("picture", drawn.startswith(b"\x89PNG"), f"PNG, {len(drawn) // 1024} kB")
