"""Tables in memory as plain Arrow batches: whatever pandas, Polars, Arrow or DuckDB hold (R-20, R-61).

None of these libraries is imported for it: a table gives itself away through Arrow's C stream (`__arrow_c_stream__`). What is merely a
plan of one (Polars' lazy frames, Arrow's data sets and scanners) is carried out first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tropa.model import TropaError

STREAM = "__arrow_c_stream__"
_FAULTS: tuple[type[Exception], ...] = (ValueError, TypeError, NotImplementedError)
"""Arrow's own errors are kinds of these."""


def batches_of(source: Any) -> tuple[Any, Iterator[Any]]:
    """The schema and the record batches of a table: distinct column names, types that Parquet's readers know everywhere.

    An index of pandas without a name is a row number and no column. Columns of pandas that hold values of several kinds come as text.
    Raises TR-S018 for what is no table, TR-S027 for one that cannot be read.
    """
    import pyarrow as pa

    reader = _reader(_carried_out(source))
    kept = [at for at, name in enumerate(reader.schema.names) if not name.startswith("__index_level_")]
    names = distinct([reader.schema.names[at] for at in kept])
    kinds = [plain_kind(reader.schema.field(at).type) for at in kept]
    schema = pa.schema([pa.field(name, kind) for name, kind in zip(names, kinds, strict=True)])

    def batches() -> Iterator[Any]:
        for batch in reader:
            cells = [_cells(batch.column(at), kind) for at, kind in zip(kept, kinds, strict=True)]
            yield pa.record_batch(cells, schema=schema)

    return schema, batches()


def distinct(names: list[str]) -> list[str]:
    """Names as they are, a second `sum` as `sum_2`."""
    out: list[str] = []
    for name in names:
        free, number = name, 2
        while free in out or (free != name and free in names):
            free, number = f"{name}_{number}", number + 1
        out.append(free)
    return out


def _carried_out(source: Any) -> Any:
    """The table itself, where the source is a plan of one. Raises TR-S018."""
    kind = type(source)
    if not hasattr(source, STREAM):
        if callable(getattr(source, "scanner", None)):
            source = source.scanner()
        if kind.__module__.startswith("polars") and callable(getattr(source, "collect", None)):
            source = source.collect()
        elif callable(getattr(source, "to_reader", None)):
            source = source.to_reader()
    if not hasattr(source, STREAM):
        raise TropaError("TR-S018", name=f"{kind.__module__}.{kind.__qualname__}")
    return source


def _reader(source: Any) -> Any:
    import pyarrow as pa

    kind = type(source)
    pandas = kind.__module__.startswith("pandas")
    if pandas and not hasattr(source, "itertuples"):  # a single column
        raise TropaError("TR-S018", name=f"{kind.__module__}.{kind.__qualname__}")
    if pandas and any(str(one).startswith("period") for one in source.dtypes):
        return _of_pandas(source)
    try:
        return pa.RecordBatchReader.from_stream(source)
    except _FAULTS as fault:
        if not pandas:
            raise TropaError("TR-S027", reason=str(fault)[:300]) from fault
    return _of_pandas(source)


def _of_pandas(frame: Any) -> Any:
    """A frame of pandas column by column: names as text, told apart; cells of several kinds as text, periods as their beginnings."""
    import pyarrow as pa

    levels = [name for name in frame.index.names if name is not None]
    frame = frame.reset_index(level=levels) if levels else frame
    columns = []
    for at in range(frame.shape[1]):
        series = frame.iloc[:, at]
        if str(series.dtype).startswith("period"):
            series = series.dt.to_timestamp()
        try:
            columns.append(pa.Array.from_pandas(series))
        except _FAULTS:
            texts = [None if missing else str(cell) for cell, missing in zip(series, series.isna(), strict=True)]
            columns.append(pa.array(texts, pa.string()))
    return pa.table(columns, names=distinct([str(name) for name in frame.columns])).to_reader()


def _cells(array: Any, kind: Any) -> Any:
    """A column of a batch as a plain type."""
    import pyarrow as pa

    if pa.types.is_dictionary(array.type):
        # Arrow looks words up in plain strings only
        array = pa.DictionaryArray.from_arrays(array.indices, array.dictionary.cast(kind))
    if isinstance(array, pa.ExtensionArray) and not pa.types.is_string(kind):
        array = array.storage
    if array.type == kind:
        return array
    try:
        return array.cast(kind)
    except _FAULTS:  # what Arrow has no cast for: spans of months, dictionaries inside of nested cells
        if not (pa.types.is_string(kind) or pa.types.is_nested(kind)):
            raise
        cells = array.to_pylist()
        return pa.array(cells if pa.types.is_nested(kind) else [None if c is None else str(c) for c in cells], kind)


def plain_kind(kind: Any) -> Any:
    """A type that Parquet's readers know everywhere, also inside of nested ones: views are plain strings, dictionaries their words, a
    column of nothing is one of empty text."""
    import pyarrow as pa

    if isinstance(kind, pa.UuidType):
        return pa.string()
    if isinstance(kind, pa.BaseExtensionType):
        return plain_kind(kind.storage_type)
    if kind == pa.string_view() or pa.types.is_null(kind) or kind == pa.month_day_nano_interval():
        return pa.string()
    if kind == pa.binary_view():
        return pa.binary()
    if pa.types.is_dictionary(kind):
        return plain_kind(kind.value_type)
    if pa.types.is_struct(kind):
        return pa.struct([pa.field(one.name, plain_kind(one.type)) for one in kind])
    if pa.types.is_map(kind):
        return pa.map_(plain_kind(kind.key_type), plain_kind(kind.item_type))
    if any(test(kind) for test in (pa.types.is_list, pa.types.is_large_list, pa.types.is_fixed_size_list)):
        return pa.list_(plain_kind(kind.value_type))
    return kind
