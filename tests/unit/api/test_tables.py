"""Tables in memory as people hold them: every kind of column, plans of tables, names twice (R-20, R-61)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.dataset
import pytest

from tropa.api import trail
from tropa.model import TropaError
from tropa.service.in_memory import distinct

ROLES: Any = {"customer": "who", "event": "what", "time": "at", "lang": "en", "today": "2026-11-28"}
FRAME = pd.DataFrame(
    {
        "who": ["a", "a", "b", None],
        "what": ["view", "buy", "view", "buy"],
        "at": pd.to_datetime(["2026-01-01 10:00", "2026-01-01 11:00", "2026-01-02 00:00", "2026-01-03 00:00"]),
        "sum": [None, 10.5, None, 7.0],
    }
)
TIMES = [1_767_261_600, 1_767_265_200, 1_767_312_000]
"""The first three of `at`, in seconds; the fourth row has no customer."""
BY_DAY = [1_767_225_600, 1_767_225_600, 1_767_312_000]
"""The same as days."""
SECONDS = FRAME["at"].astype("datetime64[s]").astype("int64")
POLARS = pl.DataFrame(pa.Table.from_pandas(FRAME, preserve_index=False))
ARROW = pa.Table.from_pandas(FRAME, preserve_index=False)

TABLES: dict[str, tuple[Any, list[int]]] = {
    "categories": (FRAME.astype({"who": "category", "what": "category"}), TIMES),
    "nullable": (FRAME.convert_dtypes(), TIMES),
    "arrow-backed": (FRAME.convert_dtypes(dtype_backend="pyarrow"), TIMES),
    "objects": (FRAME.astype(object), TIMES),
    "tz-aware": (FRAME.assign(at=FRAME["at"].dt.tz_localize("UTC").dt.tz_convert("Europe/Moscow")), TIMES),
    "seconds": (FRAME.assign(at=SECONDS), TIMES),
    "nanoseconds": (FRAME.assign(at=SECONDS * 10**9), TIMES),
    "periods": (FRAME.assign(at=FRAME["at"].dt.to_period("D")), BY_DAY),
    "an index with a name": (FRAME.set_index(["who", "at"]), TIMES),
    "a name twice": (pd.concat([FRAME, FRAME[["sum"]]], axis=1), TIMES),
    "several kinds in a column": (FRAME.assign(more=[1, "x", None, 2.5]), TIMES),
    "spans": (FRAME.assign(more=pd.interval_range(0, 4)), TIMES),
    "complex": (FRAME.assign(more=np.array([1j] * 4)), TIMES),
    "lists and objects": (FRAME.assign(more=[[1], [], None, [2]], other=[{"a": "x"}] * 4), TIMES),
    "lazy": (POLARS.lazy(), TIMES),
    "nested texts": (POLARS.with_columns(pl.struct("who", "what").alias("more"), pl.concat_list("who").alias("l")), TIMES),
    "nested categories": (POLARS.with_columns(pl.struct(pl.col("what").cast(pl.Categorical)).alias("more")), TIMES),
    "a data set": (pyarrow.dataset.dataset(ARROW), TIMES),
    "an arrow name twice": (pa.table([*ARROW.columns, ARROW["sum"]], names=[*ARROW.column_names, "sum"]), TIMES),
    "fixed bytes": (ARROW.append_column("more", pa.array([b"\xff\x00"] * 4, pa.binary(2))), TIMES),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_whatever_a_table_holds_it_comes_in(name: str) -> None:
    """R-20, R-61: the same events out of each; a row without a customer waits in quarantine."""
    table, times = TABLES[name]
    found = trail(table, **ROLES).tape
    assert [found.event.names[code] for code in found.event.codes] == ["view", "buy", "view"]
    assert (np.asarray(found.time) // 1_000_000).tolist() == times


def test_numbers_and_ids_of_several_kinds() -> None:
    """R-61: column names that are numbers, customers that are partly numbers, UUIDs, spans of time from a database."""
    numbered = FRAME.set_axis(range(4), axis=1)
    assert trail(numbered, customer=0, event=1, time=2, value=3, lang="en").tape.events == 3  # type: ignore[arg-type]
    mixed = trail(FRAME.assign(who=[1, "1", 2, None]), **ROLES).tape
    assert len(mixed.customers) == 2
    known = trail(FRAME.assign(who=[UUID(int=1), UUID(int=1), UUID(int=2), None]), **ROLES).tape
    assert len(known.customers) == 2
    con = duckdb.connect()
    con.register("log", ARROW)
    told = con.sql("select *, uuid() as id, interval 1 month as span, what::enum('view', 'buy') as sort from log")
    assert trail(told, **ROLES).tape.events == 3


def test_columns_are_called_as_they_are() -> None:
    """R-20, R-61: a column may bear the name of a role; what it was taken for is told in words, its name is left alone."""
    frame = FRAME.rename(columns={"who": "patient", "what": "event", "at": "time"})
    found = trail(frame, lang="ru").columns()
    told = {line.split()[1]: line.split()[2] for line in repr(found).splitlines()[2:]}
    assert told == {"patient": "клиент", "event": "событие", "time": "время", "sum": "сумма"}
    assert [row["role"] for row in found] == ["customer", "event", "time", "value"]


def test_what_is_no_table_is_said() -> None:
    """R-61: TR-S018 for a single column, TR-S027 for a stream that breaks, TR-S028 for a column of two roles."""
    with pytest.raises(TropaError, match="TR-S018") as one:
        trail(FRAME["who"], **ROLES)
    assert "pandas" in str(one.value)
    with pytest.raises(TropaError, match="TR-S027"):
        trail(pl.Series("who", ["a"]), **ROLES)
    with pytest.raises(TropaError, match="TR-S028") as two:
        trail(FRAME, **{**ROLES, "channel": "who"})
    assert "“who” was given twice: as customer and as channel" in two.value.__notes__[0]


def test_names_are_told_apart() -> None:
    """R-20: a made name never takes that of another column."""
    assert distinct(["a", "a", "a_2", "a", "b"]) == ["a", "a_3", "a_2", "a_4", "b"]
