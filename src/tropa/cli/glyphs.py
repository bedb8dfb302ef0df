"""What a console can show: bars of blocks where it has them, plain signs where it has not (cp866, cp1251, ASCII)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.cells import cell_len

_INSTEAD = {
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2212": "-", "—": "-", "–": "-", "→": "->", "…": "...", "«": '"', "»": '"',
    "“": '"', "”": '"', "„": '"', "’": "'", "·": "-", "×": "x", "●": "*", "○": "o", "◐": "o", "◆": "!", "□": "#", "★": "*", "№": "N",
    "≈": "~", "≥": ">=", "≤": "<=", "₽": "руб.", "€": "EUR", "£": "GBP", "✓": "+", "✗": "x", "ё": "е", "Ё": "Е",
}  # fmt: skip
"""The nearest signs for those a console lacks."""

_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " "})


@dataclass(frozen=True, slots=True)
class Glyphs:
    """What to print on a console of this encoding."""

    encoding: str = "utf-8"

    def has(self, text: str) -> bool:
        """Whether the console can show all of `text`."""
        try:
            text.encode(self.encoding)
        except (UnicodeEncodeError, LookupError):
            return False
        return True

    def text(self, text: str) -> str:
        """`text` with what the console lacks replaced by the nearest it has; no-break spaces become spaces."""
        text = text.translate(_SPACES)
        if self.has(text):
            return text
        return "".join(char if self.has(char) else self._instead(char) for char in text)

    def sign(self, char: str) -> str:
        """One cell for one sign: the nearest the console has."""
        return char if self.has(char) else self._instead(char)[:1]

    def _instead(self, char: str) -> str:
        near = _INSTEAD.get(char, "?")
        return near if self.has(near) else {"₽": "RUB"}.get(char, "?")

    @property
    def full(self) -> str:
        """What goes on."""
        return "█" if self.has("█") else "#"

    @property
    def light(self) -> str:
        """What leaves."""
        return "░" if self.has("░") else "."

    @property
    def hatch(self) -> str:
        """What cannot be seen."""
        return "╱" if self.has("╱") else "/"

    @property
    def rule(self) -> str:
        """A horizontal line."""
        return "─" if self.has("─") else "-"

    def bar(self, length: float) -> str:
        """A bar so many cells long, to an eighth of a cell where the console can; never nothing for something."""
        if length <= 0:
            return ""
        eighths = max(1, round(length * 8))
        if self.has("▏▎▍▌▋▊▉"):
            return self.full * (eighths // 8) + " ▏▎▍▌▋▊▉"[eighths % 8].strip()
        return self.full * max(1, round(length))

    def wrap(self, text: str, width: int, *, indent: str = "") -> list[str]:
        """Lines no wider than `width` cells, broken at plain spaces only; lines after the first begin with `indent`.

        A word that is wider than a line is cut where the line ends: nothing is lost.
        """
        lines: list[str] = []
        line = ""
        shown = (self.text(word) for word in text.replace("\n", " ").split(" "))
        for word in _pieces(shown, max(1, width - cell_len(indent))):
            start = indent if lines else ""
            if line and cell_len(start) + cell_len(line) + 1 + cell_len(word) > width:
                lines.append(start + line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        if line:
            lines.append((indent if lines else "") + line)
        return lines


def _pieces(words: Iterable[str], width: int) -> Iterable[str]:
    """The words, those wider than a line in pieces."""
    for word in words:
        rest = word
        while cell_len(rest) > width:
            cut = len(rest)
            while cut > 1 and cell_len(rest[:cut]) > width:
                cut -= 1
            yield rest[:cut]
            rest = rest[cut:]
        if rest:
            yield rest
