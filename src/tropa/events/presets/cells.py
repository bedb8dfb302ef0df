"""The cells of a table by the documented name of their column, and what presets do with whole columns at once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tropa.events.bad import as_text
from tropa.events.convert import nulled
from tropa.events.numerals import parse_numbers
from tropa.events.synonyms import words_of

Longs = npt.NDArray[np.int64]
_UNITS = ((2e10, 1e6), (2e13, 1e3), (2e16, 1.0))
"""Numbers below the first are seconds, ms, µs since 1970; the second makes µs of them."""


def key_of(name: str) -> str:
    """A column's name as presets know it: `Paid at`, `paid_at` and `paidAt` are one."""
    return " ".join(words_of(name))


class Cells:
    """The columns of one table, each cleaned when it is asked for. Column names are compared by `key_of`."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table
        self.rows: int = table.num_rows
        self._names: dict[str, str] = {}
        for name in table.column_names:
            self._names.setdefault(key_of(name), name)

    def name(self, *names: str) -> str | None:
        """The table's own name of the first of these columns that it has."""
        return next((self._names[key_of(name)] for name in names if key_of(name) in self._names), None)

    def names(self, pattern: re.Pattern[str]) -> list[tuple[str, re.Match[str]]]:
        """Columns whose own name fits a pattern."""
        return [(name, found) for name in self.table.column_names if (found := pattern.fullmatch(name))]

    def own(self, name: str) -> Any:
        """A column by the table's own name: strings without spaces around them, null for what means nothing."""
        column = self.table[name]
        if pa.types.is_nested(column.type):
            column = pa.chunked_array([pa.array([_json(cell) for cell in column.to_pylist()], pa.string())])
        if pa.types.is_timestamp(column.type):
            column = as_text(column)
        clean = nulled(column.combine_chunks() if column.num_chunks != 1 else column.chunk(0))
        return clean.cast(pa.string()) if not pa.types.is_string(clean.type) else clean

    def text(self, *names: str) -> Any:
        """The first of these columns that is filled, row by row; nulls where none is."""
        found = dict.fromkeys(name for name in map(self.name, names) if name is not None)
        columns = [self.own(name) for name in found]
        return pc.coalesce(*columns) if columns else self.nothing()

    def nothing(self) -> Any:
        """A column of nulls."""
        return pa.nulls(self.rows, pa.string())

    def constant(self, value: str) -> Any:
        """A column of one value."""
        return pa.array([value], pa.string()).take(pa.array(np.zeros(self.rows, np.int64)))


def _json(cell: Any) -> str | None:
    return None if cell is None else json.dumps(cell, ensure_ascii=False, default=str)


def mapped(column: Any, rule: Callable[[str], str | None]) -> Any:
    """A string column with a rule applied to each of its different values."""
    coded = pc.dictionary_encode(column)
    made = pa.array([rule(value) for value in coded.dictionary.to_pylist()], pa.string())
    return made.take(coded.indices)


def mapped_rows(columns: tuple[Any, ...], rule: Callable[..., str | None]) -> Any:
    """A rule of several columns (null: "") applied to each of their different combinations."""
    joined = pc.binary_join_element_wise(*(pc.fill_null(column, "") for column in columns), "\x1f")
    return mapped(joined, lambda text: rule(*text.split("\x1f")))


def where(flags: Any, yes: Any, no: Any = None) -> Any:
    """`yes` where the flags are true, else `no` (columns, strings, or None for null)."""
    empty = pa.scalar(None, pa.string())
    return pc.if_else(pc.fill_null(flags, False), empty if yes is None else yes, empty if no is None else no)


def is_one(column: Any, *values: str) -> Any:
    """Whether a cell is one of these words, in whatever case."""
    return pc.fill_null(pc.is_in(pc.utf8_lower(column), value_set=pa.array(values)), False)


def with_zone(column: Any, zone: str) -> Any:
    """Times with an offset behind them (`+03:00`), unless they have one or are none."""
    bare = pc.match_substring_regex(column, r"^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$")
    return where(bare, pc.binary_join_element_wise(column, zone, ""), column)


def since_1970(column: Any) -> Any:
    """Seconds, ms or µs since 1970, each by its own size, as ISO times in UTC; whatever is no such number stays as it is."""
    shaped = pc.fill_null(pc.match_substring_regex(column, r"^\d{9,16}(\.\d+)?$"), False)
    if not pc.any(shaped).as_py():
        return column
    numbers = np.asarray(pc.if_else(shaped, column, "0").cast(pa.float64()))
    micro = np.rint(np.select([numbers < limit for limit, _ in _UNITS], [numbers * scale for _, scale in _UNITS], 0.0))
    stamps = pa.array(micro.astype(np.int64)).cast(pa.timestamp("us")).cast(pa.string())
    return pc.if_else(shaped, pc.binary_join_element_wise(stamps, "Z", ""), column)


def scaled(column: Any, factor: float, decimal: str = ".") -> Any:
    """Numbers times a factor, as text; what is no number stays and will be found at fault."""
    numbers = parse_numbers(column, decimal)
    made = pa.array(np.round(numbers.values * factor, 6), mask=~numbers.ok).cast(pa.string())
    return pc.coalesce(made, column)


def negated(column: Any, decimal: str = ".") -> Any:
    """Amounts given back: never above zero."""
    numbers = parse_numbers(column, decimal)
    return pa.array(-np.abs(numbers.values), mask=~numbers.ok).cast(pa.string())


def json_field(column: Any, *path: str) -> Any:
    """A field of cells that hold JSON objects; null where there is none."""

    def read(text: str) -> str | None:
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            return None
        for step in path:
            value = value.get(step) if isinstance(value, Mapping) else None
        if value is None or isinstance(value, str):
            return value
        return json.dumps(value, ensure_ascii=False)

    return mapped(column, read)


_ITEM = re.compile(r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^\s,\[\]'"]+)""")


def items_of(text: str) -> list[str]:
    """The items of a list as exports write them: `[1,2]`, `['a','b']`, `["a"]`, with or without backslashes before the quotes."""
    bare = text.strip().replace("\\'", "'").replace('\\"', '"')
    return [one or two or three for one, two, three in _ITEM.findall(bare.removeprefix("[").removesuffix("]"))]


def listed(column: Any) -> list[list[str]]:
    """The lists of a column, row by row; null is an empty one."""
    return [items_of(cell) if cell else [] for cell in column.to_pylist()]
