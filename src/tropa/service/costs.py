"""Costs as the command line and Python take them — text, a table in a file, names with amounts — made into a measure's parameter (R-28)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tropa.model import TropaError

if TYPE_CHECKING:
    from tropa.trail.measures.channel_costs import Paid

NAME = "costs"
MOST_BYTES = 10_000_000
_HEADS: Mapping[str, tuple[str, ...]] = {
    "name": ("channel", "канал", "touchpoint", "точка", "точка контакта", "источник", "name"),
    "amount": ("amount", "сумма", "cost", "costs", "затраты", "расход", "расходы", "стоимость", "spend"),
    "day": ("day", "date", "день", "дата"),
    "start": ("start", "from", "начало", "с"),
    "end": ("end", "to", "конец", "по"),
}


def with_costs(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of a question, costs among them as a measure takes them: `@file.csv` and paths are read, amounts by name are written
    out. Raises TR-S026 for a table that cannot be read, TR-T381 for an amount that is none."""
    costs = raw.get(NAME)
    if isinstance(costs, Mapping):
        return {**raw, NAME: _of_names(costs)}
    if isinstance(costs, Path) or (isinstance(costs, str) and costs.startswith("@")):
        return {**raw, NAME: _of_file(Path(str(costs).removeprefix("@")).expanduser())}
    return dict(raw)


def _of_names(costs: Mapping[str, Any]) -> str:
    from tropa.trail.measures.channel_costs import EXAMPLE, Paid, amount_of, as_text

    out = []
    for name, amount in costs.items():
        try:
            out.append(Paid(str(name), amount_of(str(amount))))
        except ValueError as fault:
            raise TropaError("TR-T381", value=f"{name}={amount}", known=EXAMPLE) from fault
    return as_text(out)


def _of_file(file: Path) -> str:
    from tropa.trail.measures.channel_costs import as_text

    rows = _rows(file)
    heads = [cell.strip().lower() for cell in rows[0][1]] if rows else []
    places = {role: next((heads.index(word) for word in words if word in heads), -1) for role, words in _HEADS.items()}
    if places["name"] < 0 or places["amount"] < 0 or (places["start"] < 0) != (places["end"] < 0):
        raise _unread(file, 1, ", ".join(heads) or "—")
    return as_text([_paid(file, number, cells, places) for number, cells in rows[1:]])


def _rows(file: Path) -> list[tuple[int, tuple[str, ...]]]:
    """Its rows with their lines (from 1), empty ones left out."""
    from tropa.events.csv_exact import exact_rows
    from tropa.events.dialect import find_delimiter
    from tropa.events.limits import Limits

    text = _text(file)
    rows, _ = exact_rows(text.splitlines(), find_delimiter(text, True), Limits.of_environment(), True)
    for row in rows:
        if row.fault is not None:
            raise _unread(file, row.line + 1, row.text[:80])
    return [(row.line + 1, row.cells) for row in rows if any(cell.strip() for cell in row.cells)]


def _text(file: Path) -> str:
    from tropa.events.encoding import detect

    try:
        data = file.read_bytes()
    except OSError as fault:
        raise _unread(file, None, fault.strerror or str(fault)) from fault
    if len(data) > MOST_BYTES:
        raise _unread(file, None, f"> {MOST_BYTES:,} B")
    try:
        return data.decode(detect(data)).removeprefix("\ufeff")
    except UnicodeDecodeError as fault:
        raise _unread(file, None, str(fault)) from fault


def _paid(file: Path, number: int, cells: Sequence[str], places: Mapping[str, int]) -> Paid:
    from tropa.trail.measures.channel_costs import Paid, amount_of

    def cell(role: str) -> str:
        return cells[places[role]].strip() if 0 <= places[role] < len(cells) else ""

    try:
        amount = amount_of(cell("amount"))
    except ValueError as fault:
        raise _unread(file, number, cell("amount") or "—") from fault
    if not cell("name"):
        raise _unread(file, number, ", ".join(cells))
    start, end = (_day(file, number, cell(role)) for role in (("day", "day") if cell("day") else ("start", "end")))
    if (start is None) != (end is None) or (start and end and start > end):
        raise _unread(file, number, ", ".join(cells))
    return Paid(cell("name"), amount, start, end)


def _day(file: Path, number: int, text: str) -> date | None:
    import pyarrow as pa

    from tropa.events.times import bounded, parse_times

    if not text:
        return None
    found = bounded(parse_times(pa.array([text]), None, True, "UTC"))
    if not found.ok[0]:
        raise _unread(file, number, text)
    return date(1970, 1, 1) + timedelta(microseconds=int(found.us[0]))


def _unread(file: Path, line: int | None, reason: str) -> TropaError:
    return TropaError("TR-S026", file=file.name, line="" if line is None else str(line), reason=reason)
