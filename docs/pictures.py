"""The README's pictures and its terminal story, made by the product itself: `python3 run.py docs pictures`."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

from rich.console import Console

WIDTH = 1400
"""Pixels; small enough for a README, large enough to read."""
WHEN = datetime(2026, 11, 22, 9, tzinfo=UTC)
"""The day on the pictures, so that making them again changes nothing by itself."""


def make_pictures(folder: Path) -> Iterator[Path]:
    """Sergey's shop in both languages: three views and the app as small PNG files, and the story between the README's marks."""
    from tropa.service.demo import make
    from tropa.words import LANGUAGES, words

    folder.mkdir(parents=True, exist_ok=True)
    for lang in LANGUAGES:
        with tempfile.TemporaryDirectory() as place:
            shown = make(
                Path(place) / "demo",
                words(lang),
                customers=20_000,
                seed=7,
                now=WHEN,
                advance=lambda step, done, total: None,
            )
            yield from _views(folder, shown.measured, lang)
            yield _app(folder / f"app-{lang}.png", shown.folder, shown.measured.map.id, lang)
            yield _story(folder.parents[1] / ("README.ru.md" if lang == "ru" else "README.md"), shown, lang)


def _views(folder: Path, measured: Any, lang: str) -> Iterator[Path]:
    from tropa.layout import lay_out
    from tropa.render.png import png
    from tropa.service.drawing import VIEWS
    from tropa.words import words

    for view in VIEWS:
        page = lay_out(measured.map, measured.readings, words(lang), view=view, page="a3", today=WHEN.date())
        path = folder / f"{view}-{lang}.png"
        path.write_bytes(png(page, WIDTH / page.width))
        yield path


def _app(path: Path, workspace: Path, map_id: str, lang: str) -> Path:
    """The editor in a real browser, on the demo's workspace, served as anybody serves it."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
    from e2e.app import chromium, serve, set_up, visiting

    with serve(workspace, lang=lang) as served, chromium() as browser:
        state = set_up(browser, served)
        with visiting(browser, served.url, state=state, lang=lang) as visit:
            page = visit.go(f"/m/{map_id}")
            page.locator(".cell, [role=gridcell]").first.wait_for()
            page.wait_for_timeout(1_500)  # the ribbon and the marks follow the words
            page.screenshot(path=path)
    return path


def _story(readme: Path, shown: Any, lang: str) -> Path:
    from tropa.cli.story import story
    from tropa.words import words

    out = Console(file=StringIO(), width=80, color_system=None, legacy_windows=False)
    out.print(story(shown.measured.map, shown.readings, words(lang), width=80, folder="demo"))
    assert isinstance(out.file, StringIO)
    told = "\n".join(line.rstrip() for line in out.file.getvalue().splitlines()).strip("\n")
    text = readme.read_text(encoding="utf-8")
    block = f"<!-- story -->\n```text\n{told}\n```\n<!-- /story -->"
    readme.write_text(
        re.sub(r"<!-- story -->.*<!-- /story -->", lambda _: block, text, flags=re.DOTALL), encoding="utf-8"
    )
    return readme
