"""What the roles of a scene look like: one set of values for paper, one for the dark screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

from tropa.layout.scene import Role

ThemeName = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by role, as `#rrggbb`; `none` is left to the renderer (no fill, no stroke)."""

    name: ThemeName
    colours: Mapping[Role, str]

    def __getitem__(self, role: Role) -> str:
        """The colour of a role; `none` for the role that has none."""
        return self.colours.get(role, "none")

    def rgb(self, role: Role) -> tuple[int, int, int]:
        """The colour of a role as three numbers 0…255. Raises KeyError for `none`."""
        value = self.colours[role]
        return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)


LIGHT = Theme(
    "light",
    MappingProxyType(
        {
            "paper": "#fbf9f4",
            "card": "#ffffff",
            "sand": "#ece6d9",
            "ink": "#1d2530",
            "muted": "#5f6671",
            "line": "#e4dfd4",
            "trail": "#0e6f68",
            "trail-tint": "#e3f1ee",
            "trail-band": "#bfe0d9",
            "break": "#c8401f",
            "break-tint": "#fbe9e3",
            "break-band": "#ebb3a4",
            "gold": "#b77f0a",
            "on-ink": "#fbf9f4",
        }
    ),
)
"""For paper and for screens by day. `muted` and `break` are a shade darker than in the drawings, to keep 4.5 : 1 as text."""

DARK = Theme(
    "dark",
    MappingProxyType(
        {
            "paper": "#14191f",
            "card": "#1c232b",
            "sand": "#29313a",
            "ink": "#eef0ec",
            "muted": "#a2abb5",
            "line": "#333c46",
            "trail": "#4fb8ac",
            "trail-tint": "#173431",
            "trail-band": "#2b6a64",
            "break": "#f2775b",
            "break-tint": "#3d211b",
            "break-band": "#8a4434",
            "gold": "#d9a441",
            "on-ink": "#14191f",
        }
    ),
)
"""The same roles for a dark screen."""

THEMES: Mapping[ThemeName, Theme] = MappingProxyType({"light": LIGHT, "dark": DARK})

FONT_FAMILY = "Inter"
FONT_STACK = "Inter, 'Segoe UI', Roboto, Arial, sans-serif"
"""For outputs that a browser draws: our own font first, then what is at hand."""

assert all(set(theme.colours) == set(get_args(Role)) - {"none"} for theme in THEMES.values())


def contrast(first: str, second: str) -> float:
    """Contrast of two colours by WCAG 2.2 (1…21)."""

    def luminance(value: str) -> float:
        channels = (int(value[index : index + 2], 16) / 255 for index in (1, 3, 5))
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    bright, dim = sorted((luminance(first), luminance(second)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)
