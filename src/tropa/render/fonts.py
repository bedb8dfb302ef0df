"""The typeface as data for files that must bring it along: the everyday characters where they suffice, else all we ship."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources

CORE: tuple[tuple[int, int], ...] = (
    (0x20, 0x7E), (0xA0, 0xFF), (0x400, 0x45F), (0x490, 0x491), (0x2010, 0x2015), (0x2018, 0x201E), (0x2020, 0x2022), (0x2026, 0x2026),
    (0x202F, 0x2030), (0x2039, 0x203A), (0x20AC, 0x20AC), (0x20BD, 0x20BD), (0x2116, 0x2116), (0x2122, 0x2122), (0x2190, 0x2193),
    (0x2212, 0x2212), (0x2248, 0x2248), (0x2264, 0x2265), (0x25CB, 0x25CB), (0x25CF, 0x25CF),
)  # fmt: skip
"""Code points of the small files: English, Russian, and the signs we write with."""


def is_core(text: str) -> bool:
    """Whether the small fonts draw every character of a text."""
    return all(char in "\n\t" or any(first <= ord(char) <= last for first, last in CORE) for char in set(text))


@lru_cache(maxsize=16)
def font_faces(faces: tuple[str, ...], core: bool) -> str:
    """CSS that brings the named faces along, as data."""
    folder = resources.files("tropa.render") / "assets" / "fonts"
    out = []
    for face in faces:
        name = f"inter-{face}-core.woff2" if core else f"inter-{face}.woff2"
        data = base64.b64encode((folder / name).read_bytes()).decode("ascii")
        style = "italic" if face.endswith("i") else "normal"
        out.append(
            f"@font-face{{font-family:Inter;font-weight:{face.rstrip('i')};font-style:{style};"
            f"src:url(data:font/woff2;base64,{data}) format('woff2')}}"
        )
    return "".join(out)


def css_for(faces: Iterable[str], text: str) -> str:
    """CSS of the faces that a text is set in."""
    used = set(faces)
    return font_faces(tuple(face for face in ("400", "400i", "500", "600", "700") if face in used), is_core(text))
