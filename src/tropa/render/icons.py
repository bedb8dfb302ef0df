"""Icons, emoji and marks as inner SVG in a box of 24, by the names a scene uses."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib import resources

from tropa.layout.measure import known

MARKS = {
    "evidence-assumed": '<circle cx="12" cy="12" r="9.5" fill="none" stroke="{ink}" stroke-width="3"/>',
    "evidence-observed": '<circle cx="12" cy="12" r="9.5" fill="none" stroke="{ink}" stroke-width="3"/>'
    '<path d="M12 2.5a9.5 9.5 0 0 1 0 19z" fill="{ink}"/>',
    "evidence-measured": '<circle cx="12" cy="12" r="11" fill="{ink}"/>',
    "evidence-contradicted": '<path d="M12 0L24 12L12 24L0 12z" fill="{ink}"/>',
    "evidence-stale": '<circle cx="12" cy="12" r="9.5" fill="none" stroke="{ink}" stroke-width="3" stroke-dasharray="4.5 4"/>',
    "evidence-entered": '<rect x="2.5" y="2.5" width="19" height="19" fill="none" stroke="{ink}" stroke-width="3"/>',
    "star": '<path d="M12 1.6l3.2 6.9 7.5.9-5.5 5.2 1.4 7.4L12 18.3 5.4 22l1.4-7.4L1.3 9.4l7.5-.9z" fill="{ink}"/>',
    "unknown": '<rect x="3" y="3" width="18" height="18" fill="none" stroke="{ink}" stroke-width="2"/>',
}
"""Our own marks. Evidence is told by shape: ring, half disc, disc, diamond, dashed ring, square."""


@lru_cache(maxsize=1)
def _icons() -> dict[str, str]:
    text = (resources.files("tropa.render") / "assets" / "icons.json").read_text(encoding="utf-8")
    icons: dict[str, str] = json.loads(text)
    return icons


def known_symbols() -> frozenset[str]:
    """Every name that has a drawing."""
    return frozenset(_icons()) | frozenset(MARKS)


@lru_cache(maxsize=4096)
def emoji_name(char: str) -> str:
    """The symbol of an emoji that we ship and our typeface cannot draw; empty for any other character."""
    if char < "\u203c" or known(char):
        return ""
    name = f"emoji-{ord(char):x}"
    return name if name in _icons() else ""


def symbol_markup(name: str, ink: str, paper: str) -> str:
    """Inner SVG of a symbol in a box of 24 by 24; an empty square for a name that has none."""
    body = MARKS.get(name)
    if body is not None:
        return body.format(ink=ink, paper=paper)
    found = _icons().get(name)
    return found.replace("currentColor", ink) if found else MARKS["unknown"].format(ink=ink, paper=paper)
