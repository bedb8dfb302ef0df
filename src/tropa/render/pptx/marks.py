"""Symbols of a scene as native shapes: evidence marks are drawn from plain shapes, icons from their outlines."""

from __future__ import annotations

from tropa.layout.scene import Disc, Item, Path, Rect, Role, Symbol

_K = 0.5522847498
"""Control length of a quarter circle drawn as a cubic curve."""


def drawing_of(symbol: Symbol) -> tuple[Item, ...]:
    """The shapes of an evidence mark, inset a little like a letter; empty for a symbol that is no evidence mark."""
    size = symbol.size
    x, y, r = symbol.x + size / 2, symbol.y + size / 2, size * 0.4
    pen = max(1.0, size * 0.1)
    role = symbol.role
    match symbol.name:
        case "evidence-assumed":
            return (Disc(x, y, r, stroke=role, stroke_width=pen),)
        case "evidence-observed":
            return (Disc(x, y, r, stroke=role, stroke_width=pen), _half(x, y, r, role))
        case "evidence-measured":
            return (Disc(x, y, r, fill=role, stroke=role, stroke_width=pen),)
        case "evidence-contradicted":
            far = r * 1.2
            corners = (("M", x, y - far), ("L", x + far, y), ("L", x, y + far), ("L", x - far, y), ("Z",))
            return (Path(corners, fill=role),)
        case "evidence-stale":
            return (_ring(x, y, r, pen, symbol),)
        case "evidence-entered":
            return (Rect(x - r, y - r, 2 * r, 2 * r, stroke=role, stroke_width=pen),)
    return ()


def _half(x: float, y: float, r: float, role: Role) -> Path:
    k = r * _K
    left = (
        ("M", x, y - r),
        ("C", x - k, y - r, x - r, y - k, x - r, y),
        ("C", x - r, y + k, x - k, y + r, x, y + r),
        ("Z",),
    )
    return Path(left, fill=role)


def _ring(x: float, y: float, r: float, pen: float, symbol: Symbol) -> Path:
    k = r * _K
    around = (
        ("M", x, y - r),
        ("C", x + k, y - r, x + r, y - k, x + r, y),
        ("C", x + r, y + k, x + k, y + r, x, y + r),
        ("C", x - k, y + r, x - r, y + k, x - r, y),
        ("C", x - r, y - k, x - k, y - r, x, y - r),
        ("Z",),
    )
    return Path(around, stroke=symbol.role, stroke_width=pen, dash=(r * 0.55, r * 0.5))
