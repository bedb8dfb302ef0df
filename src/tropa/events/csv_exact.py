"""Text rows one by one, for the blocks that the fast reader cannot be trusted with: stray quotes, rows too short or too long."""

from __future__ import annotations

from dataclasses import dataclass

from tropa.events.limits import Limits

QUOTE = '"'


@dataclass(frozen=True, slots=True)
class TextRow:
    """One record: its cells, the physical line it begins on (from 0 in the block), or the code of what is wrong with it."""

    line: int
    cells: tuple[str, ...]
    fault: str | None = None
    text: str = ""


def split_cells(text: str, delimiter: str) -> list[str] | None:
    """The cells of one record as RFC 4180 has them (a quote inside an unquoted cell is a plain sign); None: a quote is still open."""
    if QUOTE not in text:
        return text.split(delimiter)
    cells, at = [], 0
    while True:
        if text.startswith(QUOTE, at):
            parts, at = [], at + 1
            while True:
                end = text.find(QUOTE, at)
                if end < 0:
                    return None
                parts.append(text[at:end])
                at = end + 1
                if not text.startswith(QUOTE, at):
                    break
                parts.append(QUOTE)
                at += 1
            stop = text.find(delimiter, at)
            tail = text[at:] if stop < 0 else text[at:stop]
            cells.append("".join(parts) + tail)
        else:
            stop = text.find(delimiter, at)
            cells.append(text[at:] if stop < 0 else text[at:stop])
        if stop < 0:
            return cells
        at = stop + len(delimiter)


def exact_rows(lines: list[str], delimiter: str, limits: Limits, final: bool) -> tuple[list[TextRow], int]:
    """The records of physical lines (line breaks off), and how many lines they took: unless `final`, a record that may go on stays.

    A quote that stays open for longer than a row may be is a fault of its first line; reading resumes on the line after it.
    """
    rows: list[TextRow] = []
    at = 0
    while at < len(lines):
        text = lines[at]
        if not text:
            at += 1
            continue
        if len(text) > limits.record:
            rows.append(TextRow(at, (), "TR-E111", text[:1000]))
            at += 1
            continue
        cells, end = split_cells(text, delimiter), at + 1
        if cells is None:
            cells, end = _continued(lines, at, delimiter, limits)
            if cells is None and end == len(lines) and not final:
                return rows, at
        if cells is None:
            rows.append(TextRow(at, (), "TR-E110", text[:1000]))
            at += 1
            continue
        rows.append(TextRow(at, tuple(cells)))
        at = end
    return rows, at


def _continued(lines: list[str], start: int, delimiter: str, limits: Limits) -> tuple[list[str] | None, int]:
    """Adds lines until the quotes close: the cells and the line after them, or None and the line at which it was given up.

    Only a line with a quote in it can close one, so only those are tried, and the odd ones among the tries alone can succeed.
    """
    size, quotes = len(lines[start]), lines[start].count(QUOTE)
    last = start + limits.record_lines
    for end in range(start + 1, min(len(lines), last)):
        size += len(lines[end]) + 1
        if size > limits.record:
            return None, -1
        more = lines[end].count(QUOTE)
        quotes += more
        if more and (quotes % 2 == 0 or more > 1):
            cells = split_cells("\n".join(lines[start : end + 1]), delimiter)
            if cells is not None:
                return cells, end + 1
    return None, len(lines) if len(lines) < last else -1
