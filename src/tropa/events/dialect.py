"""How a delimited text is written: its delimiter, where its header is, what its columns are called."""

from __future__ import annotations

import re
from collections import Counter

from tropa.events.csv_exact import exact_rows
from tropa.events.limits import Limits
from tropa.model import TropaError, Where

DELIMITERS = (",", ";", "\t", "|")
_DATA = re.compile(r"[+-]?[\d\s.,]+%?|\d{1,4}[-./]\d{1,2}[-./]\d{1,4}.*|\S+@\S+\.\S+|\+?\d[\d ()-]{8,}", re.DOTALL)
_HEADER_WITHIN = 30


def sample_rows(text: str, delimiter: str, whole: bool, most: int = 400) -> list[tuple[int, tuple[str, ...]]]:
    """The records of the first `most` lines of a text, with their lines (from 1). The last line may be torn unless the text is `whole`."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not whole and len(lines) > 1:
        lines.pop()
    rows, _ = exact_rows(lines[:most], delimiter, Limits.of_environment(), whole and len(lines) <= most)
    return [(row.line + 1, row.cells) for row in rows if row.fault is None]


def find_delimiter(text: str, whole: bool) -> str:
    """The delimiter that cuts the most rows into the same number of cells (more cells win a tie)."""

    def merit(delimiter: str) -> tuple[float, int]:
        widths = Counter(len(cells) for _, cells in sample_rows(text, delimiter, whole)[:200])
        wide = {width: count for width, count in widths.items() if width > 1}
        if not wide:
            return (0.0, 0)
        width, count = max(wide.items(), key=lambda item: (item[1], item[0]))
        return (round(count / sum(widths.values()), 1), width)

    best = max(DELIMITERS, key=merit)
    return best if merit(best) > (0.0, 0) else ","


def find_header(rows: list[tuple[int, tuple[str, ...]]]) -> int:
    """Index in `rows` of the header: the first full-width row without a number, date or address in it; -1: there is none."""
    if not rows:
        return -1
    width = Counter(len(cells) for _, cells in rows[:200]).most_common(1)[0][0]
    for index, (_, cells) in enumerate(rows[:_HEADER_WITHIN]):
        named = [cell for cell in cells if cell.strip()]
        if len(cells) != width or (len(named) * 2 <= width and width > 1) or not named:
            continue
        return -1 if any(_DATA.fullmatch(cell.strip()) for cell in named) else index
    return -1


def _shown(sign: str) -> bool:
    return sign.isprintable() or sign.isspace()


def column_names(cells: tuple[str, ...] | list[str], file: str, limit: int) -> tuple[str, ...]:
    """Distinct names: an empty one becomes `column_3`, a second `name` becomes `name_2`. Raises TR-E010 for too many."""
    if len(cells) > limit:
        raise TropaError("TR-E010", Where(file=file), count=len(cells), limit=limit)
    out: list[str] = []
    taken: set[str] = set()
    for number, cell in enumerate(cells, start=1):
        name = base = " ".join("".join(filter(_shown, cell)).split())[:200] or f"column_{number}"
        again = 2
        while name in taken:
            name, again = f"{base}_{again}", again + 1
        taken.add(name)
        out.append(name)
    return tuple(out)
