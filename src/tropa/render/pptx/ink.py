"""Small pieces of DrawingML: colours, fills, strokes, escaped text, lengths. Strings in, strings out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape

from tropa.layout.scene import Role
from tropa.render.theme import Theme

EMU = 9525
"""English Metric Units in one CSS pixel."""

POINTS = 0.75
"""Typographic points in one CSS pixel."""

SLOTS: Mapping[str, tuple[str, Role]] = {
    "dk1": ("tx1", "ink"),
    "lt1": ("bg1", "paper"),
    "dk2": ("tx2", "muted"),
    "lt2": ("bg2", "sand"),
    "accent1": ("accent1", "trail"),
    "accent2": ("accent2", "break"),
    "accent3": ("accent3", "gold"),
    "accent4": ("accent4", "trail-band"),
    "accent5": ("accent5", "break-band"),
    "accent6": ("accent6", "line"),
    "hlink": ("hlink", "trail"),
    "folHlink": ("folHlink", "muted"),
}
"""Slots of an Office colour scheme: the name that shapes use, and the role that fills the slot.

Shapes refer to the slots, so that a colleague who changes the colours of the deck changes the drawing too.
"""

_BY_ROLE = {role: use for slot, (use, role) in SLOTS.items() if slot not in ("hlink", "folHlink")}
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def emu(pixels: float) -> int:
    """Pixels as whole EMU."""
    return round(pixels * EMU)


def safe(text: str) -> str:
    """Text as XML content or attribute value; characters that XML cannot hold are left out."""
    return escape(_ILLEGAL.sub("", text), {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


def colour(role: Role, theme: Theme, opacity: float = 1.0) -> str:
    """A colour by its slot in the deck's scheme, else by value."""
    alpha = f'<a:alpha val="{round(opacity * 100_000)}"/>' if opacity < 1 else ""
    if role in _BY_ROLE:
        return f'<a:schemeClr val="{_BY_ROLE[role]}">{alpha}</a:schemeClr>'
    return f'<a:srgbClr val="{theme[role][1:].upper()}">{alpha}</a:srgbClr>'


def fill(role: Role, theme: Theme, opacity: float = 1.0) -> str:
    """A plain fill, or none."""
    return "<a:noFill/>" if role == "none" else f"<a:solidFill>{colour(role, theme, opacity)}</a:solidFill>"


def hatching(role: Role, theme: Theme) -> str:
    """The pattern of what cannot be observed: thin diagonals on the given colour."""
    back = colour("paper" if role == "none" else role, theme)
    lines = colour("line" if role != "line" else "muted", theme)
    return f'<a:pattFill prst="ltUpDiag"><a:fgClr>{lines}</a:fgClr><a:bgClr>{back}</a:bgClr></a:pattFill>'


def stroke(
    role: Role, width: float, theme: Theme, *, scale: float = 1.0, dash: tuple[float, ...] = (), opacity: float = 1.0
) -> str:
    """An outline of `width` pixels; dashes are told in widths of the line, as the format wants them."""
    if role == "none" or width <= 0:
        return "<a:ln><a:noFill/></a:ln>"
    dashes = ""
    if dash:
        lengths = dash * 2 if len(dash) % 2 else dash
        pairs = zip(lengths[::2], lengths[1::2], strict=True)
        parts = "".join(f'<a:ds d="{_share(on, width)}" sp="{_share(off, width)}"/>' for on, off in pairs)
        dashes = f"<a:custDash>{parts}</a:custDash>"
    return f'<a:ln w="{emu(width * scale)}">{fill(role, theme, opacity)}{dashes}<a:round/></a:ln>'


def _share(length: float, width: float) -> int:
    return max(1, round(length / width * 100_000))
