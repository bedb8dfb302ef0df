"""Raw rows → events: every column checked and brought to the contract's types at once; faulty rows step aside with their reason."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tropa.events.bad import BadRows, as_text
from tropa.events.contract import ColumnRole as R
from tropa.events.contract import EventBatch, ReadPlan
from tropa.events.identity import has_guests, normalise_emails, normalise_phones, without_guests
from tropa.events.masking import mask_texts, mask_values
from tropa.events.numerals import Numbers, minor_units, parse_numbers
from tropa.events.raw import RawRows
from tropa.events.scores import SCALES, instrument_named
from tropa.events.times import DAY, EARLIEST, LATEST, parse_clock, parse_times

Flags = npt.NDArray[np.bool_]

_NULL_WORDS = pa.array(
    ["", "null", "NULL", "None", "nan", "NaN", "\\N", "#N/A", "undefined", "(not set)", "<null>", "nil"]
)
_CODES = (
    "",
    "TR-E101",
    "TR-E102",
    "TR-E103",
    "TR-E104",
    "TR-E105",
    "TR-E106",
    "TR-E107",
    "TR-E114",
    "TR-E115",
    "TR-E118",
    "TR-E121",
)
_TOTAL = r"(?i)^\s*(итого|всего|общий итог|grand total|totals?|subtotal|sum total)([\s:.,]|$)"
CANCELLED = "order_cancelled"


class Faults:
    """What is wrong with which row: the first fault found counts."""

    def __init__(self, rows: int) -> None:
        self.code = np.zeros(rows, np.uint8)
        self.column = np.zeros(rows, np.uint16)
        self.names: list[str] = [""]

    def mark(self, rows: Flags, code: str, column: str | None) -> None:
        """Rows (a mask) have this fault, unless they have one already."""
        if rows.any():
            fresh = rows & (self.code == 0)
            self.code[fresh] = _CODES.index(code)
            if column is not None:
                self.names.append(column)
                self.column[fresh] = len(self.names) - 1

    @property
    def bad(self) -> Flags:
        """The faulty rows."""
        found: Flags = self.code > 0
        return found


def to_events(rows: RawRows, plan: ReadPlan) -> EventBatch:
    """One event a row (wide orders tables are `orders.to_events`)."""
    table, n = rows.table, rows.table.num_rows
    faults = Faults(n)
    columns: dict[str, Any] = {"row": pa.array(rows.lines), "time": pa.array(time_of(table, plan, faults))}
    columns |= people(table, plan, faults)
    numbers, negative = _value(table, plan, faults)
    columns["event"] = _event(table, plan, faults, negative)
    if numbers is not None:
        columns["value"] = numbers
    columns |= details(table, plan, faults)
    return finished(columns, rows, plan, faults)


def finished(columns: dict[str, Any], rows: RawRows, plan: ReadPlan, faults: Faults) -> EventBatch:
    """The batch: sound rows as events with their raw cells, the others aside."""
    events = pa.table(columns)
    if not faults.bad.any():
        return EventBatch(events, rows.table, rows.bad, None, rows.bytes_read)
    aside = bad_rows(rows, plan, faults)
    good = pa.array(~faults.bad)
    return EventBatch(
        events.filter(good), rows.table.filter(good), BadRows.joined([rows.bad, aside]), None, rows.bytes_read
    )


def bad_rows(rows: RawRows, plan: ReadPlan, faults: Faults) -> BadRows:
    """The faulty rows with line, column, code and the cell that was wrong. Rows with nothing in them at all are as good as blank lines."""
    at = np.flatnonzero(faults.bad)
    cells = rows.table.take(pa.array(at))
    cells = pa.table({name: as_text(cells[name]) for name in cells.column_names})
    filled = np.zeros(len(at), np.bool_)
    for column in cells.columns:
        filled |= np.asarray(pc.not_equal(column, "").fill_null(False))
    if not filled.all():
        at, cells = at[filled], cells.filter(pa.array(filled))
    codes = pa.array(_CODES).take(pa.array(faults.code[at]))
    code = pc.if_else(pa.array(_totals(cells)), "TR-E120", codes) if len(at) else codes
    which = faults.column[at]
    column = pa.array([name or None for name in faults.names], pa.string()).take(pa.array(which))
    value = np.full(len(at), None, object)
    for index in np.unique(which):
        name = faults.names[index]
        if name in cells.column_names:
            mask = which == index
            value[mask] = pc.utf8_slice_codeunits(cells[name].filter(pa.array(mask)), 0, 200).to_pylist()
    return BadRows.of_columns(plan.file.name, rows.lines[at], column, code, pa.array(value, pa.string()), cells)


def _totals(cells: Any) -> Flags:
    """Rows under a report that sum it up: their first filled cell says so."""
    found = np.zeros(cells.num_rows, np.bool_)
    before = np.zeros(cells.num_rows, np.bool_)
    for column in cells.columns:
        hit = np.asarray(pc.match_substring_regex(column, _TOTAL).fill_null(False))
        found |= hit & ~before
        before |= np.asarray(pc.not_equal(column, "").fill_null(False))
    return found


def time_of(table: Any, plan: ReadPlan, faults: Faults) -> npt.NDArray[np.int64]:
    """The instants of the time column (and the clock column, if dates and times of day stand apart)."""
    name = plan.column(R.TIME)
    assert name is not None
    clock_name = plan.column(R.CLOCK)
    zone = plan.zone_of(name)
    times = parse_times(table[name], plan.dialect.time_format, plan.dialect.day_first, "UTC" if clock_name else zone)
    us, ok = times.us, times.ok
    faults.mark(times.missing, "TR-E102", name)
    faults.mark(~ok, "TR-E101", name)
    if clock_name is not None:
        from tropa.events.times import to_utc

        clock, clock_ok = parse_clock(table[clock_name])
        faults.mark(~clock_ok, "TR-E101", clock_name)
        us = to_utc(us - us % DAY + clock, zone)
    if len(us) and ((us.min() < EARLIEST) or (us.max() >= LATEST)):
        faults.mark((us < EARLIEST) | (us >= LATEST), "TR-E114", name)
    return us


def nulled(column: Any) -> Any:
    """A text column without spaces around its values and with null for the words that mean nothing; dictionaries stay dictionaries."""
    if isinstance(column, pa.ChunkedArray):
        return (
            pa.chunked_array([nulled(chunk) for chunk in column.chunks], _text_type(column.type))
            if column.num_chunks
            else column.cast(_text_type(column.type))
        )
    if pa.types.is_dictionary(column.type):
        words = column.dictionary
        clean = nulled(words)
        if clean.null_count == words.null_count and clean.equals(words):
            return column
        return clean.take(column.indices) if len(words) > len(column) else _recoded(clean, column.indices)
    if pa.types.is_floating(column.type):
        whole = column.cast(pa.int64(), safe=False)
        same = pc.all(pc.equal(whole.cast(column.type), column)).as_py()
        column = whole if same in (True, None) else column
    if not pa.types.is_string(column.type):
        column = as_text(pa.chunked_array([column])).combine_chunks()
    return _cleaned(column)


def _text_type(type_: Any) -> Any:
    return pa.dictionary(pa.int32(), pa.string()) if pa.types.is_dictionary(type_) else pa.string()


def _cleaned(text: Any) -> Any:
    trimmed = pc.utf8_trim_whitespace(text)
    nothing = pc.is_in(trimmed, value_set=_NULL_WORDS)
    return pc.if_else(nothing, None, trimmed) if pc.any(nothing).as_py() else trimmed


def _recoded(values: Any, indices: Any) -> Any:
    """A dictionary column whose dictionary was changed: nulls leave the dictionary, equal values become one."""
    distinct = pc.unique(values.drop_null())
    where = pc.index_in(values, value_set=distinct)
    return pa.DictionaryArray.from_arrays(where.take(indices).cast(pa.int32()), distinct)


def coded(column: Any, name: str, plan: ReadPlan) -> Any:
    """A text column, dictionary-encoded where the plan says that it pays."""
    clean = nulled(column)
    if name in plan.encoded and not pa.types.is_dictionary(clean.type):
        return pc.dictionary_encode(clean)
    return clean


def people(table: Any, plan: ReadPlan, faults: Faults) -> dict[str, Any]:
    """Customer, phone and e-mail columns. A customer without a number of its own is its phone, else its e-mail, else its other number
    (nobody has signed in yet)."""
    out: dict[str, Any] = {}
    customer_name, phone_name, email_name = (plan.column(role) for role in (R.CUSTOMER, R.PHONE, R.EMAIL))
    if phone_name is not None:
        out["phone"] = normalise_phones(table[phone_name], plan.region)
    if email_name is not None:
        out["email"] = normalise_emails(table[email_name])
    name, alias = plan.column(R.NAME), plan.column(R.ALIAS)
    if name is not None:
        out["name"] = nulled(table[name])
    if alias is not None:
        out["alias"] = coded(table[alias], alias, plan)
    customer = coded(table[customer_name], customer_name, plan) if customer_name is not None else None
    kinds = [_plain(out[kind]) for kind in ("phone", "email", "alias") if kind in out]
    contacts = kinds[: len(kinds) - ("alias" in out)]
    if customer is not None and contacts and has_guests(customer):
        customer = without_guests(_plain(customer), contacts)
    if customer is None or (customer.null_count and kinds):
        customer = pc.coalesce(*([] if customer is None else [_plain(customer)]), *kinds)
    if customer.null_count:
        faults.mark(np.asarray(customer.is_null()), "TR-E103", customer_name or phone_name or email_name)
    return {"customer": customer, **out}


def _plain(column: Any) -> Any:
    """A text column as one array of strings."""
    column = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column


def _event(table: Any, plan: ReadPlan, faults: Faults, negative: Flags | None) -> Any:
    name = plan.column(R.EVENT)
    n = table.num_rows
    if name is None:
        fixed = plan.fixed_event or "event"
        void = _cancelled(table, plan, negative)
        if void is None:
            return pa.DictionaryArray.from_arrays(pa.array(np.zeros(n, np.int32)), pa.array([fixed]))
        return pa.DictionaryArray.from_arrays(pa.array(void.astype(np.int32)), pa.array([fixed, CANCELLED]))
    event = coded(table[name], name, plan)
    if event.null_count:
        faults.mark(np.asarray(event.is_null()), "TR-E104", name)
    if plan.event_names:
        event = pc.dictionary_encode(event) if not pa.types.is_dictionary(event.type) else event
        chunks = event.chunks if isinstance(event, pa.ChunkedArray) else [event]
        event = pa.chunked_array([_renamed(chunk, plan) for chunk in chunks], pa.dictionary(pa.int32(), pa.string()))
    return event


def _renamed(chunk: Any, plan: ReadPlan) -> Any:
    names = [plan.event_names.get(value or "", value) for value in chunk.dictionary.to_pylist()]
    return _recoded(pa.array(names, pa.string()), chunk.indices)


def _cancelled(table: Any, plan: ReadPlan, negative: Flags | None) -> Flags | None:
    """Rows that take a purchase back: their order number begins with the sign of cancellations, or their quantity or value is negative."""
    order = plan.column(R.ORDER)
    found = negative if negative is not None else np.zeros(table.num_rows, np.bool_)
    if order is not None and plan.cancelled_prefix:
        found = found | np.asarray(pc.starts_with(as_text(table[order]), plan.cancelled_prefix).fill_null(False))
    return found if found.any() else None


def _value(table: Any, plan: ReadPlan, faults: Faults) -> tuple[Any | None, Flags | None]:
    """Value in minor units, and which rows are negative. Line items without a total: quantity × price."""
    decimal = plan.dialect.decimal
    name, quantity, price = (plan.column(role) for role in (R.VALUE, R.QUANTITY, R.PRICE))
    if name is not None:
        numbers = parse_numbers(table[name], decimal)
        faults.mark(~numbers.ok & ~numbers.missing, "TR-E105", name)
        negative = numbers.values < 0
    elif quantity is not None and price is not None:
        count, each = parse_numbers(table[quantity], decimal), parse_numbers(table[price], decimal)
        for part, of in ((count, quantity), (each, price)):
            faults.mark(~part.ok & ~part.missing, "TR-E105", of)
        numbers = Numbers(count.values * each.values, count.ok & each.ok, count.missing | each.missing)
        name, negative = price, count.values < 0
    else:
        return None, None
    minor, ok = minor_units(numbers)
    faults.mark(numbers.ok & ~ok, "TR-E105", name)
    return pa.array(minor, mask=~ok if not ok.all() else None), negative if negative.any() else None


def minor_value(table: Any, plan: ReadPlan, faults: Faults) -> Any | None:
    """The value column in minor units, if there is one."""
    return _value(table, plan, faults)[0]


def details(table: Any, plan: ReadPlan, faults: Faults) -> dict[str, Any]:
    """Every other column: channel, session, order, currency, message id, scores, words, properties."""
    out: dict[str, Any] = {}
    for role in (R.CHANNEL, R.SESSION, R.ORDER, R.CURRENCY, R.MESSAGE_ID):
        name = plan.column(role)
        if name is not None:
            out[role.value] = coded(table[name], name, plan)
    if plan.column(R.CURRENCY) is None and plan.currency and (plan.column(R.VALUE) or plan.column(R.PRICE)):
        out["currency"] = pa.DictionaryArray.from_arrays(
            pa.array(np.zeros(table.num_rows, np.int32)), pa.array([plan.currency])
        )
    out |= _scores(table, plan, faults)
    text = plan.column(R.TEXT)
    if text is not None:
        clean = nulled(table[text])
        out["text"] = mask_texts(clean.cast(pa.string()))
    for guess in plan.roles:
        if guess.role == R.PROPERTY:
            clean = coded(table[guess.column], guess.column, plan)
            out[f"p:{guess.column.removeprefix('=p:')}"] = _masked_property(clean)
    return out


def _masked_property(column: Any) -> Any:
    """A property with phones and e-mails in its values hidden. Of a dictionary only the values are looked at."""
    if isinstance(column, pa.ChunkedArray):
        return pa.chunked_array([_masked_property(chunk) for chunk in column.chunks], column.type)
    if not pa.types.is_dictionary(column.type):
        return mask_values(column)
    values = column.dictionary
    masked = mask_values(values)
    return column if masked is values or masked.equals(values) else _recoded(masked, column.indices)


def _scores(table: Any, plan: ReadPlan, faults: Faults) -> dict[str, Any]:
    name = plan.column(R.SCORE)
    if name is None:
        return {}
    numbers = parse_numbers(table[name], plan.dialect.decimal)
    faults.mark(~numbers.ok & ~numbers.missing, "TR-E106", name)
    n = table.num_rows
    score = np.full(n, np.nan, np.float32)
    which = np.full(n, -1, np.int32)
    kinds = list(SCALES)
    told = plan.column(R.INSTRUMENT)
    if told is not None:
        words = pc.dictionary_encode(nulled(table[told]).cast(pa.string()).combine_chunks())
        known = [instrument_named(word) for word in words.dictionary.to_pylist()]
        codes = np.array([kinds.index(kind) if kind else -1 for kind in known] + [-1], np.int32)
        which = codes[np.asarray(words.indices.fill_null(len(known)))]
        faults.mark(numbers.ok & (which < 0) & (plan.instrument is None), "TR-E118", told)
    if plan.instrument is not None:
        which = np.where(which < 0, kinds.index(plan.instrument), which).astype(np.int32)
    for index in np.unique(which[which >= 0]):
        scale = SCALES[kinds[index]]
        rows = numbers.ok & (which == index)
        answered = rows & (numbers.values != 0) if scale.blank_zero else rows
        fits = (numbers.values >= scale.low) & (numbers.values <= scale.high)
        faults.mark(answered & ~fits, "TR-E107", name)
        score = np.where(answered & fits, (numbers.values - scale.middle) / scale.step, score).astype(np.float32)
    none = np.isnan(score)
    return {
        "score": pa.array(score, mask=none),
        "instrument": pa.DictionaryArray.from_arrays(
            pa.array(np.where(none, 0, which), mask=none, type=pa.int32()), pa.array(kinds)
        ),
    }
