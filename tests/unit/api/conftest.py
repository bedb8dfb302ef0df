"""A small log made without chance: forty customers, some of whom pay."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

NAMES = {"client": "customer", "what": "event", "at": "time", "by": "channel", "sum": "value"}
COLUMNS = {role: column for column, role in NAMES.items()}


def rows() -> list[tuple[str, str, str, str, str]]:
    out = []
    for number in range(40):
        who, day, by = f"client-{number}", 1 + number % 20, ("email", "organic")[number % 2]
        way = ["view", "view", "cart", "view", "cart", "purchase"][: 1 + number * 7 % 6]
        if number % 5 == 0:
            way += ["cart", "purchase"]
        out += [
            (who, what, f"2026-01-{day:02} 10:{step * 7:02}:00", by, "990.50" if what == "purchase" else "")
            for step, what in enumerate(way)
        ]
    return out


@pytest.fixture(scope="session")
def log() -> Any:
    """The log as an Arrow table."""
    return pa.table({name: list(cells) for name, cells in zip(NAMES, zip(*rows(), strict=True), strict=True)})
