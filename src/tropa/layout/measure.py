"""How wide text is, and where it breaks into lines. Widths come from the shipped font's own metrics: nothing is drawn to measure."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from tropa.layout.scene import Weight

FACES: dict[tuple[int, bool], str] = {
    (400, False): "400", (400, True): "400i", (500, False): "500", (500, True): "400i",
    (600, False): "600", (600, True): "400i", (700, False): "700", (700, True): "400i",
}  # fmt: skip
"""The face that draws a weight. There is one italic."""

ELLIPSIS = "…"
SOFT_HYPHEN = "\u00ad"
_GLUE = "\u00a0"
_HANGING = frozenset(
    re.findall(
        r"\S+",
        "а и в к о с у я на не но ни да до за из из-за из-под от об обо по под при про без для или как над что это ко со во то если "
        "чтобы через перед между около the a an of to in on at by for or and is no",
    )
)
"""Short words that are not left at the end of a line: they belong to what follows."""
_TRAILING = frozenset({"же", "ли", "бы", "б", "ж"})
"""Particles that are not put at the start of a line: they belong to what goes before."""
_LOOSE = " \u00a0\u202f,.;:—–-«(“·"
"""What an ellipsis does not follow."""
_VOWELS = frozenset("аеёиоуыэюяaeiouyіїєў")
_SPACES = re.compile(r"[ \t\r\f\v]+")


@dataclass(frozen=True, slots=True)
class Face:
    """Metrics of one face, in font units (`upm` to the em)."""

    upm: int
    ascent: int
    descent: int
    cap: int
    advances: dict[str, int]
    left: dict[str, int]
    kern: tuple[dict[str, int], ...]


@lru_cache(maxsize=1)
def _metrics() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(
        (resources.files("tropa.layout") / "fonts" / "metrics.json").read_text(encoding="utf-8")
    )
    return found


@cache
def _face(name: str) -> Face:
    raw = _metrics()[name]
    kern = tuple({char: int(value) for value, chars in row.items() for char in chars} for row in raw["kern"])
    return Face(raw["upm"], raw["ascent"], raw["descent"], raw["cap"], raw["advances"], raw["left"], kern)


def known(char: str) -> bool:
    """Whether the shipped font draws this character."""
    return char in _face("400").advances


def missing(text: str) -> str:
    """The characters of `text` that the shipped font cannot draw, each once, in order (marks that join emoji are not counted)."""
    out: dict[str, None] = {}
    for char in text:
        if not known(char) and not _invisible(char):
            out.setdefault(char)
    return "".join(out)


def _invisible(char: str) -> bool:
    return char in "\n\r\t\u00ad" or unicodedata.category(char) in ("Cf", "Mn", "Me", "Cc")


@lru_cache(maxsize=16_384)
def _units(text: str, weight: int, italic: bool) -> float:
    """Advance of `text` in ems, kerning included."""
    face = _face(FACES[weight, italic])
    advances, left, kern = face.advances, face.left, face.kern
    total, row = 0, None
    for char in text:
        if row is not None:
            total += row.get(char, 0)
        advance = advances.get(char)
        if advance is None:
            total += _foreign(char, face.upm)
            row = None
            continue
        total += advance
        index = left.get(char)
        row = None if index is None else kern[index]
    return total / face.upm


def _foreign(char: str, upm: int) -> int:
    """A guess for a character that another font will draw: an em and a third for emoji, an em for wide scripts, 0.6 em else."""
    if _invisible(char):
        return 0
    if ord(char) >= 0x1F000:
        return upm * 4 // 3
    return upm if unicodedata.east_asian_width(char) in "WF" else upm * 3 // 5


class TextMeasure:
    """Widths in pixels at a size in pixels. Without state: one instance serves everybody (`measure`)."""

    def width(self, text: str, size: float, weight: Weight = 400, italic: bool = False) -> float:
        """Width of one line of text."""
        return _units(text, weight, italic) * size

    def ascent(self, size: float) -> float:
        """From the baseline to the top of capitals with room for accents."""
        return _face("400").ascent / _face("400").upm * size

    def descent(self, size: float) -> float:
        """From the baseline to the foot of descenders (positive)."""
        return -_face("400").descent / _face("400").upm * size

    def cap_height(self, size: float) -> float:
        """Height of a capital letter."""
        return _face("400").cap / _face("400").upm * size

    def shorten(self, text: str, width: float, size: float, weight: Weight = 400, italic: bool = False) -> str:
        """The longest beginning of `text` that fits with an ellipsis after it; the whole text where it fits."""
        if self.width(text, size, weight, italic) <= width:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            if self.width(text[:middle].rstrip(_LOOSE) + ELLIPSIS, size, weight, italic) <= width:
                low = middle
            else:
                high = middle - 1
        return text[:low].rstrip(_LOOSE) + ELLIPSIS

    def wrap(
        self,
        text: str,
        width: float,
        size: float,
        weight: Weight = 400,
        max_lines: int | None = None,
        italic: bool = False,
    ) -> tuple[str, ...]:
        """Lines no wider than `width`. Breaks at spaces (not at no-break ones), keeps short words with what they belong to, breaks a
        word only where it does not fit a line by itself: after its own hyphen or slash, else with a hyphen added.

        With `max_lines`, what does not fit is cut with an ellipsis (`was_cut` tells). An empty text has no lines.
        """
        return _wrapped(text, round(width, 1), size, weight, max_lines, italic)

    def _lines(
        self, text: str, width: float, size: float, weight: Weight, max_lines: int | None, italic: bool
    ) -> tuple[str, ...]:
        lines: list[str] = []
        for paragraph in text.splitlines():
            line = ""
            for word in self._words(paragraph, width, size, weight, italic):
                tried = f"{line} {word}" if line else word
                if line and self.width(tried, size, weight, italic) > width:
                    lines.append(line)
                    line = word
                else:
                    line = tried
            if line:
                lines.append(line)
        if max_lines is None or len(lines) <= max_lines:
            return tuple(lines)
        kept = lines[: max_lines - 1]
        rest = " ".join(lines[max_lines - 1 :])
        kept.append(self._ending(rest, width, size, weight, italic))
        return tuple(kept)

    def _ending(self, rest: str, width: float, size: float, weight: Weight, italic: bool) -> str:
        """The last line of a cut text: as much as fits, always with an ellipsis."""
        shown = self.shorten(rest, width, size, weight, italic)
        if shown.endswith(ELLIPSIS):
            return shown
        fits = self.width(shown + ELLIPSIS, size, weight, italic) <= width
        return shown.rstrip(_LOOSE) + ELLIPSIS if fits else self.shorten(shown + "mm", width, size, weight, italic)

    def was_cut(self, text: str, lines: tuple[str, ...]) -> bool:
        """Whether `lines`, wrapped from `text`, lack some of it."""
        return bool(lines) and lines[-1].endswith(ELLIPSIS) and not text.rstrip().endswith(ELLIPSIS)

    def _words(self, paragraph: str, width: float, size: float, weight: Weight, italic: bool) -> list[str]:
        """The unbreakable pieces of a paragraph, none wider than `width`; joined ones are held by a no-break space."""
        out: list[str] = []
        for raw in _SPACES.sub(" ", paragraph.replace(SOFT_HYPHEN, "")).split(" "):
            if not raw:
                continue
            word = raw
            if out and self._belongs(out[-1], word):
                joined = out[-1] + _GLUE + word
                if self.width(joined, size, weight, italic) <= width:
                    out[-1] = joined
                    continue
            if self.width(word, size, weight, italic) > width:
                out.extend(self._broken(word, width, size, weight, italic))
            else:
                out.append(word)
        return out

    @staticmethod
    def _belongs(before: str, word: str) -> bool:
        last = before.rsplit(_GLUE, 1)[-1].strip("«“\"'(").lower()
        return last in _HANGING or word.lower().strip(".,;:!?»”)") in _TRAILING or word in ("—", "–", "%", "₽", "·")

    def _broken(self, word: str, width: float, size: float, weight: Weight, italic: bool) -> list[str]:
        """A word that is wider than a line, in pieces: after its own hyphens and slashes first, else with a hyphen added."""
        out: list[str] = []
        piece = ""
        for part in re.findall(r"[^-/\\_@.?&=\u00a0\u202f]+[-/\\_@.?&=\u00a0\u202f]*|[-/\\_@.?&=\u00a0\u202f]+", word):
            if self.width(piece + part, size, weight, italic) <= width:
                piece += part
                continue
            if piece:
                out.append(piece)
            piece = part
            while self.width(piece, size, weight, italic) > width and len(piece) > 1:
                head = self._head(piece, width, size, weight, italic)
                hyphen = "-" if head[-1:].isalpha() and piece[len(head) : len(head) + 1].isalpha() else ""
                out.append(head + hyphen)
                piece = piece[len(head) :]
        if piece:
            out.append(piece)
        return [found for found in (part.strip(_GLUE + "\u202f") for part in out) if found]

    def _head(self, word: str, width: float, size: float, weight: Weight, italic: bool) -> str:
        """The longest beginning that fits with a hyphen, at least one character; at a syllable's end where there is one."""
        low, high = 1, len(word)
        while low < high:
            middle = (low + high + 1) // 2
            if self.width(word[:middle] + "-", size, weight, italic) <= width:
                low = middle
            else:
                high = middle - 1
        for cut in range(low, max(1, low - 5), -1):
            if _syllable_ends(word, cut):
                return word[:cut]
        return word[:low]


def _syllable_ends(word: str, cut: int) -> bool:
    """Whether a word may be hyphenated before its letter `cut`: two letters and a vowel on each side, nothing torn off its soft sign."""
    head, tail = word[:cut].lower(), word[cut:].lower()
    if len(head) < 2 or len(tail) < 2 or tail[0] in "ьъйы" or not tail[:2].isalpha() or not head[-2:].isalpha():
        return False
    if not _VOWELS & set(head) or not _VOWELS & set(tail):
        return False
    return tail[0] not in _VOWELS and (head[-1] in _VOWELS or tail[1] in _VOWELS)


measure = TextMeasure()
"""The one measurer."""


@lru_cache(maxsize=16_384)
def _wrapped(
    text: str, width: float, size: float, weight: Weight, max_lines: int | None, italic: bool
) -> tuple[str, ...]:
    """Wrapped lines are asked for again by every try at fitting a page."""
    return measure._lines(text, width, size, weight, max_lines, italic)
