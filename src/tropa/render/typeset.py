"""The one door to typst, which sets our SVG on pages with the shipped fonts: the same bytes on every machine."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib import resources
from typing import Literal

import typst

from tropa.layout.measure import missing
from tropa.layout.scene import Page
from tropa.model import TropaError
from tropa.render.icons import emoji_name
from tropa.render.svg import words_of

_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
"""The file says no time of its making, so that the same input gives the same bytes."""
_AGES = 11
"""A picture stays in typst's memory for ten further documents; this many empty ones make it forget."""
_forgetting = threading.Lock()


def typeset(source: str, pictures: Mapping[str, str], kind: Literal["pdf", "png"], *, others: bool) -> bytes:
    """The document `source` as bytes; it finds the SVG of `pictures` in `sys.inputs`. A point is a pixel of a PNG.

    `others`: whether the fonts of this machine may help. Other threads run meanwhile. Raises TR-R004 when the document cannot be made.
    """
    try:
        fonts = typst.Fonts(others, False, [font_folder()])
        compiler = typst.Compiler(input=source.encode(), font_paths=fonts, sys_inputs=dict(pictures))
        made = compiler.compile(format=kind, ppi=72.0, timestamp=_NO_DATE)
    except typst.TypstError as error:
        raise TropaError("TR-R004", reason=error.message) from error
    if kind == "png":
        _forget()
    assert isinstance(made, bytes)
    return made


def _forget() -> None:
    """Frees the pixels of pictures: of a page of six sheets typst would keep 130 MB, ten times over."""
    bare = typst.Fonts(False, False, [])
    with _forgetting:
        for _ in range(_AGES):
            typst.Compiler(input=b"", font_paths=bare).compile(format="svg")


def needs_others(sheets: tuple[Page, ...]) -> bool:
    """Whether pages have characters that neither our typeface nor our emoji draw: then the machine's fonts are asked."""
    return any(not emoji_name(char) for char in missing(words_of(sheets)))


def font_folder() -> str:
    """The folder of the shipped fonts."""
    return str(resources.files("tropa.layout") / "fonts")
