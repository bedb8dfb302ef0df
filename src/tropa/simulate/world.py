"""What a simulator hands over: a log, what was planted in it, and what the visits cost. Always labelled as simulated."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

DAY = 86_400_000_000
"""Microseconds in a day."""


@dataclass(frozen=True, slots=True)
class World:
    """A simulated shop.

    `log`: one row an event in order of arrival (time), columns as a tracker would export them (`customer_id`, `time` as µs UTC
    timestamp, `event`, `channel`, …). `truth`: what was planted, in plain numbers (see docs/guide/breaks.md). `costs`: month,
    channel, clicks, cost. `name` says which simulator made it and `seed` from what.
    """

    name: str
    seed: int
    log: pa.Table
    truth: Mapping[str, Any]
    costs: pa.Table | None = None
    simulated: Literal[True] = field(default=True)

    def write(self, folder: Path, form: Literal["csv", "parquet"] = "parquet") -> tuple[Path, ...]:
        """Writes `log.csv`/`log.parquet`, `truth.json` and `costs.csv` into `folder` (made if need be); the files written.

        The same world gives the same bytes. Raises OSError where the folder cannot be written.
        """
        folder.mkdir(parents=True, exist_ok=True)
        log = folder / f"log.{form}"
        if form == "csv":
            pyarrow.csv.write_csv(_plain(self.log), log)
        else:
            pyarrow.parquet.write_table(self.log, log, compression="zstd")
        truth = folder / "truth.json"
        said = {"simulated": True, "simulator": self.name, "seed": self.seed, **self.truth}
        truth.write_text(json.dumps(said, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")
        if self.costs is None:
            return log, truth
        costs = folder / "costs.csv"
        pyarrow.csv.write_csv(_plain(self.costs), costs)
        return log, truth, costs


def _plain(table: pa.Table) -> pa.Table:
    """Dictionary columns as plain strings, times in ISO form with seconds: what a CSV export looks like."""
    columns = []
    for column in table.columns:
        if pa.types.is_dictionary(column.type):
            columns.append(column.cast(pa.string()))
        elif pa.types.is_timestamp(column.type):
            columns.append(column.cast(pa.timestamp("s"), safe=False))
        else:
            columns.append(column)
    return pa.table(columns, names=table.column_names)
