"""What every format is brought to first: rows of raw cells with the line each stood on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tropa.events.bad import BadRows

Longs = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class RawRows:
    """`table`: all columns of the file as they stand (n rows); `lines` (n): where each begins, from 1; `bad`: what was no row at all."""

    table: Any
    lines: Longs
    bad: BadRows = field(default_factory=lambda: BadRows(""))
    bytes_read: int = 0

    def moved(self, lines: int) -> RawRows:
        """The same rows, standing so many lines further down."""
        bad = self.bad.table
        at = bad.schema.get_field_index("line")
        column = pa.array(np.asarray(bad["line"]) + lines, pa.int64())
        return replace(
            self, lines=self.lines + lines, bad=BadRows(self.bad.file, bad.set_column(at, bad.schema.field(at), column))
        )
