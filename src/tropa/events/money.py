"""One currency a trail: amounts in others are converted by a table of rates that the user gives, or their rows step aside (R-21)."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tropa.events.bad import BadRows, as_text
from tropa.events.contract import ColumnRole as R
from tropa.events.contract import EventBatch, ReadPlan
from tropa.events.numerals import CURRENCIES
from tropa.events.times import DAY, parse_times
from tropa.model import TropaError, Where

OTHER_CURRENCY = "TR-E121"
Rate = tuple[str, str, float]
_HEADS = (("date", "дата", "день"), ("currency", "валюта", "code", "код"), ("rate", "курс"))


def read_rates(file: Path) -> tuple[Rate, ...]:
    """The rates of a file (see `rates_of`). Raises TR-E026 with the line."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise TropaError("TR-E026", Where(file=file.name), reason=str(fault)) from fault
    return rates_of(text, file.name)


def rates_of(text: str, name: str) -> tuple[Rate, ...]:
    """A table of exchange rates — date, currency, rate: what one unit is worth in the trail's currency from that day on.

    Cells apart by `;`, tab or `,`; a decimal point or comma; dates as 2024-05-31 or 31.05.2024. Without a heading the cells stand in that
    order. `name`: of the table. Raises TR-E026 with the line.
    """
    lines = text.removeprefix("\ufeff").splitlines()
    first = next((line for line in lines if line.strip()), "")
    sign = next((sign for sign in (";", "\t") if sign in first), ",")
    rows = [(number, [cell.strip() for cell in row]) for number, row in enumerate(csv.reader(lines, delimiter=sign), 1)]
    rows = [(number, row) for number, row in rows if any(row)]
    if not rows:
        raise TropaError("TR-E026", Where(file=name), reason="")
    heads = [cell.lower() for cell in rows[0][1]]
    places = [next((heads.index(word) for word in words if word in heads), -1) for words in _HEADS]
    if -1 not in places:
        rows = rows[1:]
    elif places == [-1, -1, -1] and len(heads) >= 3 and heads[0][:1].isdigit():
        places = [0, 1, 2]
    else:
        raise TropaError("TR-E026", Where(file=name, line=rows[0][0]), reason=", ".join(heads))
    return tuple(sorted(_rate(row, places, name, number) for number, row in rows))


def _rate(row: list[str], places: list[int], name: str, number: int) -> Rate:
    try:
        day, currency, rate = (row[at] for at in places)
        worth = float(rate.replace(" ", "").replace("\xa0", "").replace(",", "."))
    except (IndexError, ValueError) as fault:
        raise TropaError("TR-E026", Where(file=name, line=number), reason=",".join(row)) from fault
    moment = parse_times(pa.array([day]), None, True, "UTC")
    code = code_of(currency)
    if not moment.ok[0] or not 0 < worth < 1e9 or code is None:
        raise TropaError("TR-E026", Where(file=name, line=number), reason=",".join(row))
    return str(np.datetime64(int(moment.us[0]) // DAY, "D")), code, worth


def code_of(word: str) -> str | None:
    """The code of a currency that a cell names: `руб.` → RUB; None for what is none."""
    bare = word.strip()
    if len(bare) == 3 and bare.isascii() and bare.isalpha():
        return "RUB" if bare.upper() == "RUR" else bare.upper()
    return next((code for sign, code in CURRENCIES.items() if sign in bare.lower()), None)


def main_currency(codes: Iterable[str | None]) -> str | None:
    """The commonest currency of a sample (of equals, the first); None where nothing is said."""
    count: dict[str, int] = {}
    for word in codes:
        code = code_of(word) if word else None
        if code is not None:
            count[code] = count.get(code, 0) + 1
    return max(count, key=lambda code: count[code]) if count else None


def in_one_currency(batch: EventBatch, plan: ReadPlan) -> EventBatch:
    """The batch with all its money in `plan.money_in`: what has a rate is converted, the other rows go aside as TR-E121."""
    events = batch.events
    if not {"value", "currency"} <= set(events.column_names) or not events.num_rows:
        return batch
    coded = pc.dictionary_encode(as_text(_chunked(events["currency"])).combine_chunks())
    codes = [code_of(word) for word in coded.dictionary.to_pylist()]
    if all(
        code == plan.money_in and code == word for code, word in zip(codes, coded.dictionary.to_pylist(), strict=True)
    ):
        return batch
    which = np.asarray(coded.indices.fill_null(-1)).astype(np.int64)
    money = np.asarray(pc.is_valid(events["value"]))
    values = np.asarray(pc.fill_null(events["value"], 0)).astype(np.float64)
    stays = ~money | (which < 0)
    for number, code in enumerate(codes):
        rows = money & (which == number)
        if code == plan.money_in:
            stays |= rows
        elif code is not None and rows.any():
            worth = _worth(np.asarray(events["time"])[rows], code, plan.rates)
            values[rows] = np.where(np.isnan(worth), values[rows], np.rint(values[rows] * np.nan_to_num(worth)))
            stays[np.flatnonzero(rows)[~np.isnan(worth)]] = True
    events = _replaced(events, values, money, plan.money_in or "")
    return _parted(replace(batch, events=events), stays, plan)


def _chunked(column: Any) -> Any:
    return column if isinstance(column, pa.ChunkedArray) else pa.chunked_array([column])


def _worth(time: npt.NDArray[np.int64], code: str, rates: tuple[Rate, ...]) -> npt.NDArray[np.float64]:
    """What one unit was worth at each instant: the rate of the latest day not after it; NaN before the first, or without any."""
    own = [(day, rate) for day, currency, rate in rates if currency == code]
    if not own:
        return np.full(len(time), np.nan)
    days = np.array([day for day, _ in own], "datetime64[D]").astype(np.int64) * DAY
    at = np.searchsorted(days, time, side="right") - 1
    found: npt.NDArray[np.float64] = np.where(at >= 0, np.array([rate for _, rate in own])[np.maximum(at, 0)], np.nan)
    return found


def _replaced(events: Any, values: npt.NDArray[np.float64], money: npt.NDArray[np.bool_], currency: str) -> Any:
    value = pa.array(values.astype(np.int64), mask=~money)
    one = pa.DictionaryArray.from_arrays(pa.array(np.zeros(len(values), np.int32)), pa.array([currency]))
    events = events.set_column(events.column_names.index("value"), "value", value)
    return events.set_column(events.column_names.index("currency"), "currency", one)


def _parted(batch: EventBatch, stays: npt.NDArray[np.bool_], plan: ReadPlan) -> EventBatch:
    if stays.all():
        return batch
    keep, gone = pa.array(stays), np.flatnonzero(~stays)
    exploded = batch.raw_index is not None
    source = np.asarray(batch.raw_index)[gone] if exploded else gone
    lines = np.asarray(batch.events["row"])[gone]
    first = np.sort(np.unique(lines, return_index=True)[1])
    own = [name for name in batch.raw.column_names if not name.startswith("=")]
    cells = batch.raw.select(own).take(pa.array(source[first]))
    lines, column = lines[first], plan.column(R.CURRENCY)
    said = (
        as_text(_chunked(cells[column])).combine_chunks()
        if column in cells.column_names
        else pa.nulls(len(first), pa.string())
    )
    aside = BadRows.of_columns(
        plan.file.name,
        lines,
        pa.array([column] * len(first), pa.string()),
        pa.array([OTHER_CURRENCY] * len(first)),
        said,
        cells,
    )
    assert isinstance(batch.bad, BadRows)
    bad = BadRows.joined([batch.bad, aside])
    index = np.asarray(batch.raw_index)[stays] if exploded else None
    kept = batch.raw.filter(keep) if not exploded else batch.raw
    return replace(batch, events=batch.events.filter(keep), raw=kept, bad=bad, raw_index=index)
