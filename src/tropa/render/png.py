"""A laid-out page as PNG, drawn by resvg with the shipped fonts: the same picture on every machine."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import resvg_py

from tropa.layout.scene import Page
from tropa.render.svg import svg
from tropa.render.theme import ThemeName


def png(page: Page, scale: float = 1.0, theme: ThemeName = "light") -> bytes:
    """PNG bytes; `scale` pixels to a pixel of the page. Further sheets of the page stand below the first."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg(page, theme, fonts=False),
            zoom=scale,
            skip_system_fonts=True,
            font_files=font_files(),
            font_family="Inter",
            sans_serif_family="Inter",
        )
    )


def font_folder() -> str:
    """The folder of the shipped fonts."""
    return str(resources.files("tropa.layout") / "fonts")


def font_files() -> list[str]:
    """Paths of the shipped fonts."""
    return sorted(str(entry) for entry in Path(font_folder()).iterdir() if entry.name.endswith(".ttf"))
