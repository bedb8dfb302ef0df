"""Quarantined rows out to a table that Excel opens, and mended rows back in under the plan they were read by."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from tropa.events.bad import BadRows
from tropa.events.contract import BadRow, EventBatch, Overrides, ReadPlan
from tropa.events.csv_exact import split_cells
from tropa.events.csv_rows import csv_rows
from tropa.events.jsonl_rows import parse_line
from tropa.events.limits import Limits
from tropa.events.making import make_events
from tropa.events.opening import opened
from tropa.events.quarantine import Quarantine
from tropa.events.raw import RawRows
from tropa.events.said import reason
from tropa.events.sampling import take_sample
from tropa.files import replacing
from tropa.model import TropaError, Where
from tropa.words import words

_RISKY = re.compile(r"[=@\t\r]|[+-](?![\d\s().,-]*$)")
"""Beginnings that a spreadsheet would take for a formula; numbers and phones are none."""
_LEADING = 3


def export(quarantine: Quarantine, import_id: str, target: Path, lang: str) -> int:
    """Writes the waiting rows of an import for mending: line, what is wrong, column, then the raw cells (`rest`: what fits no column).

    UTF-8 with a byte order mark and `;` (Russian) or `,`, so that a double click opens it rightly. Returns the number of rows.
    """
    rows, plan, say = quarantine.rows(import_id), quarantine.plan(import_id), words(lang)
    heads = [
        say("quarantine-line"),
        say("quarantine-reason"),
        say("quarantine-column"),
        *plan.columns,
        say("quarantine-rest"),
    ]
    with replacing(target) as spare, spare.open("w", encoding="utf-8-sig", newline="") as handle:
        out = csv.writer(handle, delimiter=";" if lang == "ru" else ",")
        out.writerow(heads)
        for row in rows:
            cells = [row.raw.get(name) or "" for name in plan.columns]
            out.writerow(
                [
                    row.line,
                    reason(row, lang),
                    row.column or "",
                    *map(_guarded, cells),
                    _guarded(row.raw.get("") or ""),
                ]
            )
    return len(rows)


def write_mended(quarantine: Quarantine, import_id: str, target: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Writes rows that were mended elsewhere as the table that `fixed` reads: each has `line`, `cells` by column, and perhaps `rest`."""
    columns = quarantine.plan(import_id).columns
    with target.open("w", encoding="utf-8-sig", newline="") as handle:
        out = csv.writer(handle, delimiter=",")
        out.writerow(["#line", "#reason", "#column", *columns, "#rest"])
        for row in rows:
            cells = [_guarded(str(row["cells"].get(name) or "")) for name in columns]
            out.writerow([row["line"], "", "", *cells, _guarded(str(row.get("rest") or ""))])


def fixed(quarantine: Quarantine, import_id: str, repaired: Path) -> Iterator[EventBatch]:
    """The events of a mended table, under the plan of the original; rows that are still wrong come along as `bad`, with their line.

    Only cells may be changed (and whole rows left out); the delimiter and encoding may be whatever the spreadsheet saved.
    Raises TR-E020…TR-E022.
    """
    plan = quarantine.plan(import_id)
    sample = take_sample(repaired, Overrides())
    where = Where(file=repaired.name)
    columns = sample.columns
    missing = next((name for name in plan.columns if name not in columns[_LEADING:]), None)
    if sample.format != "csv" or missing is not None:
        raise TropaError("TR-E022", where, name=missing or "")
    dialect = sample.dialect
    with opened(repaired) as stream:
        for part in csv_rows(
            stream, repaired.name, columns, dialect.encoding, dialect.delimiter, dialect.header_line, 8 << 20
        ):
            yield make_events(_as_original(part, plan, columns), plan)


def _as_original(part: RawRows, plan: ReadPlan, columns: tuple[str, ...]) -> RawRows:
    """Rows in the original's columns and with its lines; a whole line mended in `rest` is taken apart again."""
    rest_name = columns[-1] if columns[-1] not in plan.columns else None
    rows: list[dict[str, str | None]] = []
    lines: list[int] = []
    bad: list[BadRow] = []
    for cells, own in zip(part.table.to_pylist(), part.lines.tolist(), strict=True):
        told = (cells[columns[0]] or "").strip().removesuffix(".0")
        line = int(told) if told.isdecimal() and len(told) < 16 else own
        values = {name: _bare(cells[name] or "") for name in plan.columns}
        rest = _bare(cells[rest_name] or "") if rest_name is not None else ""
        if rest and any(values.values()):
            facts = {"expected": len(plan.columns), "actual": len(plan.columns) + 1}
            bad.append(BadRow(plan.file.name, line, None, "TR-E108", facts, {**values, "": rest}))
        elif rest:
            found = _from_line(rest, line, plan)
            if isinstance(found, BadRow):
                bad.append(found)
            else:
                rows += found
                lines += [line] * len(found)
        else:
            rows.append(dict(values))
            lines.append(line)
    table = pa.table({name: pa.array([row.get(name) for row in rows], pa.string()) for name in plan.columns})
    return RawRows(
        table,
        np.array(lines, np.int64),
        BadRows.joined([part.bad, BadRows.of_rows(plan.file.name, bad)]),
        part.bytes_read,
    )


def _from_line(text: str, line: int, plan: ReadPlan) -> list[dict[str, str | None]] | BadRow:
    """The rows of a whole line of the original, or the line as it is with what is still wrong."""
    if plan.format in ("jsonl", "json"):
        try:
            return parse_line(text, Limits.of_environment(), plan.nested)
        except ValueError:
            return BadRow(plan.file.name, line, None, "TR-E112", {}, {"": text})
    cells, width = split_cells(text, plan.dialect.delimiter), len(plan.columns)
    if cells is None:
        return BadRow(plan.file.name, line, None, "TR-E110", {}, {"": text})
    if len(cells) != width:
        return BadRow(plan.file.name, line, None, "TR-E108", {"expected": width, "actual": len(cells)}, {"": text})
    return [dict(zip(plan.columns, cells, strict=True))]


def _guarded(cell: str) -> str:
    return f"'{cell}" if _RISKY.match(cell) else cell


def _bare(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _RISKY.match(cell[1:]) else cell
