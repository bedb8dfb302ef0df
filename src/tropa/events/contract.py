"""What a reader hands over: batches of events with checked columns, and rows that could not be read with the reason why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa


class ColumnRole(StrEnum):
    """What a column of a log is for. `PROPERTY` is kept under its own name; `IGNORE` is dropped."""

    CUSTOMER = "customer"
    TIME = "time"
    EVENT = "event"
    CHANNEL = "channel"
    VALUE = "value"
    CURRENCY = "currency"
    SCORE = "score"
    INSTRUMENT = "instrument"
    SESSION = "session"
    ORDER = "order"
    TEXT = "text"
    MESSAGE_ID = "message_id"
    PHONE = "phone"
    EMAIL = "email"
    NAME = "name"
    ALIAS = "alias"
    """Another identifier of the same customer (a browser's, a device's): whoever has it, has the customer's too."""
    QUANTITY = "quantity"
    PRICE = "price"
    """Of one piece: with `QUANTITY`, and without a `VALUE`, the row's value is their product."""
    CLOCK = "clock"
    """The time of day, where `TIME` is a column of mere dates."""
    EVENT_TIME = "event_time"
    """A date column of a wide orders table: one event per date, named by the column (`order_paid`, …)."""
    PROPERTY = "property"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class RoleGuess:
    """A proposed role for a column, how sure it is (0…1), why (message id `role-because-…`), with samples to show (masked)."""

    column: str
    role: ColumnRole
    sure: float
    because: str
    samples: tuple[str, ...] = ()
    event: str | None = None
    """For EVENT_TIME: the event's name."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a text file is written, as found or as told."""

    encoding: str = "utf-8"
    delimiter: str = ","
    decimal: str = "."
    day_first: bool = True
    time_format: str | None = None
    """`iso`, `dmy`, `mdy`, `unix_s`, `unix_ms`, `unix_us`, `unix_ns`, or a strptime pattern."""
    zone: str = "UTC"
    header_line: int = 1


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """How a file will be read: shown to the user, who may override any of it."""

    file: Path
    format: str
    """csv, parquet, jsonl (an object a line), json (one list of objects), xlsx, xes."""
    dialect: Dialect
    roles: tuple[RoleGuess, ...]
    rows_estimate: int
    source: str
    """Name that rows of this file are identified under: the same file again, or a newer export of it, shares it."""
    instrument: str | None = None
    fixed_event: str | None = None
    currency: str | None = None
    warnings: tuple[str, ...] = ()
    """Message ids (`events-warn-…`); their facts are `events.facts(plan)`."""
    columns: tuple[str, ...] = ()
    """All columns of the file, in order."""
    event_names: Mapping[str, str] = field(default_factory=dict)
    """What the values of the event column are called from now on (statuses of orders → `order_paid`, …); others stay."""
    cancelled_prefix: str | None = None
    """Order numbers that begin with this are cancellations (and so are negative quantities)."""
    region: str = "RU"
    """Where phone numbers without a country code belong."""
    sheet: str | None = None
    """XLSX: the sheet that is read."""
    nested: str | None = None
    """JSON: the key whose list holds the events of an object. XES: what becomes of transitions (see `Overrides`)."""
    encoded: tuple[str, ...] = ()
    """Columns of few enough values to be dictionary-encoded."""
    preset: str | None = None
    """Which product's export the file was taken for (see `events.presets`)."""
    preset_marks: tuple[str, ...] = ()
    """The columns that it was known by; none where the user named the preset."""
    unknown_statuses: tuple[str, ...] = ()
    """Statuses that the preset does not know: they make no event."""
    zones: Mapping[str, str] = field(default_factory=dict)
    """Zones of single time columns; the others are in the dialect's."""
    money_in: str | None = None
    """The one currency that money is counted in; amounts in others are converted by `rates`, or their rows set aside."""
    currencies: tuple[str, ...] = ()
    """Currencies that amounts of the sample are in, where a column says so."""
    rates: tuple[tuple[str, str, float], ...] = ()
    """From which day (ISO) one unit of a currency is worth how many of `money_in`."""
    classifiers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """XES: the classifiers that the log declares, by name the attributes that together name an event."""
    classifier: tuple[str, ...] = ()
    """XES: the attributes that together name an event; none: its name does."""
    defaults: bool = False
    """XES: whether attributes that are missing are those of the log's global declarations."""

    order_once: bool = False
    """Whether a row is a line of goods with the value of its whole order, which then counts once."""
    status: str | None = None
    """Table of orders with dates: the column whose status tells of cancelled and returned orders."""

    begin: int = 0
    """CSV and JSON lines: the byte where the reading begins (behind the header, if not 0)."""
    until: int | None = None
    """And where it ends; None: with the file."""
    lines: int = 0
    """Line breaks before `begin`."""

    def zone_of(self, column: str) -> str:
        """The zone that times of a column are in, where they do not say."""
        return self.zones.get(column, self.dialect.zone)

    def column(self, role: ColumnRole) -> str | None:
        """The column with this role, if one has it."""
        return next((guess.column for guess in self.roles if guess.role == role), None)


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that could not be read. `code` is an error code whose message says the reason; `raw` is the row as it stood."""

    file: str
    line: int
    column: str | None
    code: str
    facts: Mapping[str, Any]
    raw: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class EventBatch:
    """Events that were read, in file order.

    `events` columns (Arrow; n rows):
      row int64 (line in the file, from 1, header counted), time int64 (µs UTC), customer / event / channel / instrument / session /
      order / currency / message_id: string or dictionary<string> (null: none; customer is the *real* identifier, normalised: the
      tape's builder replaces it by its pseudonym), value int64 (minor units; null: none), score float32 (−2…+2; null: none),
      text string, phone / email string (normalised; for identity), name string (for the vault
      only), and `p:<name>` string/dictionary for each property.
    `raw`: the row's original cells, all columns of the file in order, n rows (typed for Parquet, strings else). A row of a wide
      orders table yields several events: `raw_index` int64 (n events) then says which raw row each event came from and the
      identity of an event is (raw row, event name).
    """

    events: pa.Table
    raw: pa.Table
    bad: Sequence[BadRow] = ()
    """A tuple, or `events.BadRows`: columns underneath, each row made when it is looked at."""
    raw_index: Any = None
    bytes_read: int = 0
    order_once: bool = False
    """Whether an event of an order counts once, however many rows (its lines of goods, perhaps far apart) tell of it."""


class Reader(Protocol):
    """Reads a planned file in batches. Raises coded TR-E… errors for a file that cannot be read at all."""

    def __call__(self, plan: ReadPlan) -> Iterator[EventBatch]: ...


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the user said about a file, instead of what was guessed."""

    roles: Mapping[str, ColumnRole] = field(default_factory=dict)
    """By column name."""
    event_columns: Mapping[str, str] = field(default_factory=dict)
    """What the event of a date column (`EVENT_TIME`) is called, by column name."""
    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    time_format: str | None = None
    zone: str | None = None
    source: str | None = None
    instrument: str | None = None
    event: str | None = None
    currency: str | None = None
    region: str | None = None
    sheet: str | None = None
    preset: str | None = None
    """A preset's name, or `none`; None: by the file's columns."""
    zones: Mapping[str, str] = field(default_factory=dict)
    """By column name."""
    rates: Path | tuple[tuple[str, str, float], ...] | None = None
    """A table of exchange rates: columns date, currency, rate; or what was read of it."""
    lifecycle: str | None = None
    """XES with starts and completions: `complete` (only these become events) or `all`; None: the former."""
    classifier: str | None = None
    """XES: the name of the classifier that names events; None: their names do."""
    defaults: bool = False
    """XES: whether attributes that are missing are those of the log's global declarations (never who and when)."""
