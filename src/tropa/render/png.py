"""A laid-out page as PNG, drawn by resvg with the shipped fonts: the same picture on every machine."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import resvg_py

from tropa.layout.measure import missing
from tropa.layout.scene import Page
from tropa.render.icons import emoji_name
from tropa.render.svg import svg, words_of
from tropa.render.theme import ThemeName


def png(page: Page, scale: float = 1.0, theme: ThemeName = "light") -> bytes:
    """PNG bytes; `scale` pixels to a pixel of the page. Further sheets of the page stand below the first.

    Scripts that the shipped fonts lack are drawn with the fonts of this machine, where it has them.
    """
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg(page, theme, fonts=False),
            zoom=scale,
            skip_system_fonts=not needs_others((page, *page.more)),
            font_files=font_files(),
            font_family="Inter",
            sans_serif_family="Inter",
        )
    )


def needs_others(sheets: tuple[Page, ...]) -> bool:
    """Whether pages have characters that neither our typeface nor our emoji draw: then the machine's fonts are asked."""
    return any(not emoji_name(char) for char in missing(words_of(sheets)))


def font_folder() -> str:
    """The folder of the shipped fonts."""
    return str(resources.files("tropa.layout") / "fonts")


def font_files() -> list[str]:
    """Paths of the shipped fonts."""
    return sorted(str(entry) for entry in Path(font_folder()).iterdir() if entry.name.endswith(".ttf"))
