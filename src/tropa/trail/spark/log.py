"""A log as Spark has it: its columns by role, dictionaries and facts found by Spark itself, rows of one customer side by side."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from functools import cached_property, reduce
from io import StringIO
from typing import TYPE_CHECKING, Any

from tropa.model import TropaError, near_miss
from tropa.trail.spark.pieces import EVERY, FIRST, PROPERTY, WORDS, LogFacts
from tropa.trail.spark.work import FOUND, SCHEMA, Merge, Task, merged, shipped, unpacked
from tropa.trail.tape import Source

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

OPTIONAL = ("arrival", "channel", "value", "score", "instrument", "session", "order", "source", "text")
MOST_NAMES = 65_534
MOVE = re.compile(r"Exchange hashpartitioning\(customer#\d+, \d+\), ENSURE_REQUIREMENTS")
"""A shuffle by customer in Spark's plan."""
MANY = 64
"""More partials than this are merged on the cluster before they come to the driver."""


@dataclass(frozen=True, slots=True)
class Roles:
    """Columns by role; None: the log has none. `time`: a timestamp, or µs UTC as a number; `arrival`: what orders events of one instant
    (without it: the order in which Spark reads them); `value`: whole units of money; `text`: customers' own words (handed over with every
    question, masked where they are looked at); `properties`: further columns of words or numbers."""

    customer: str = "customer"
    time: str = "time"
    event: str = "event"
    arrival: str | None = None
    channel: str | None = None
    value: str | None = None
    score: str | None = None
    instrument: str | None = None
    session: str | None = None
    order: str | None = None
    source: str | None = None
    text: str | None = None
    properties: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class SparkLog:
    """A log of Spark's, ready for questions. `rows`: encoded, whole customers in one partition, in (customer, time, arrival) order.

    Kept by Spark (memory, then disk) between questions until `close`; a lost partition is made again from the log.
    """

    rows: DataFrame
    facts: LogFacts
    customers: int | None
    """How many there must be; None: Spark has brought them together itself."""
    moves: int
    """How many times Spark shuffles the rows to bring customers together: 0 where it knows that they lie so."""

    @cached_property
    def parts(self) -> int:
        """In how many partitions the log lies."""
        from pyspark.sql import functions as f

        return self.rows.select(f.spark_partition_id()).distinct().count()

    def over(self, task: Task, merge: Merge, nothing: Any) -> Any:
        """A task over all parts, merged. `nothing`: what it finds in no events."""
        local = str(self.rows.sparkSession.conf.get("spark.master", "")).startswith("local")
        found = self.rows.mapInArrow(shipped(task, self.facts, cluster=not local), SCHEMA)
        parts = self.parts
        while parts > MANY:
            parts = -(-parts // 8)
            found = found.repartition(parts).mapInArrow(merged(merge), SCHEMA)
        return reduce(merge, (unpacked(bytes(row[FOUND])) for row in found.collect()), nothing)

    def close(self) -> None:
        """Lets go of what Spark keeps."""
        self.rows.unpersist()


def spark_log(
    frame: DataFrame,
    roles: Roles,
    *,
    currency: str | None = None,
    zone: str | None = None,
    complete_until: Mapping[str, int] | None = None,
    together: bool = False,
    version: str | None = None,
) -> SparkLog:
    """A log from a data frame of Spark's.

    Rows are brought together by customer unless Spark knows that they lie so (a table bucketed by customer, a frame repartitioned by
    it). `together`: they do though Spark does not know; it is checked that no customer lies in two partitions. `zone`: of times without
    one (UTC). `complete_until`: µs by source, else each one's last event. `version`: what answers name as their data (else made of
    counts and names).
    Raises TR-T420 for a column that is not there, TR-T421 for one of an unfit type, TR-T422 for rows without customer, time or event,
    TR-T423 for a column of too many different names, TR-T424 for an empty log.
    """
    from pyspark import StorageLevel
    from pyspark.sql import functions as f

    known = _known(frame, roles, zone or "UTC")
    whole = _whole(known)
    names = _dictionaries(known, roles)
    facts = _facts(known, whole, names, roles, currency, complete_until or {}, version)
    encoded = known
    for column, words in names.items():
        encoded = _encoded(encoded, column, words)
    customers = int(_one(known.agg(f.count_distinct("customer")))[0]) if together else None
    rows = _side_by_side(encoded, together=together)
    moves = len(MOVE.findall(_plan(rows)))  # asked before they are kept: then the plan would only say that they are
    return SparkLog(rows.persist(StorageLevel.MEMORY_AND_DISK), facts, customers, moves)


def _plan(frame: DataFrame) -> str:
    """What Spark is going to do."""
    with redirect_stdout(StringIO()) as told:
        frame.explain()
    return told.getvalue()


def _known(frame: DataFrame, roles: Roles, zone: str) -> DataFrame:
    """The log's columns under the names of their roles. The customer's is left as it is, so that Spark still knows how rows lie."""
    from pyspark.sql import functions as f

    given = {role: getattr(roles, role) for role in ("customer", "time", "event", *OPTIONAL)}
    columns = [_column(frame, role, name, zone) for role, name in given.items() if name is not None]
    if roles.arrival is None:
        columns.append(f.monotonically_increasing_id().alias("arrival"))
    return frame.select(*columns, *(_column(frame, f"p{k}", name, zone) for k, name in enumerate(roles.properties)))


def _column(frame: DataFrame, role: str, name: str, zone: str) -> Column:
    """One column as its role wants it; `zone`: of times without one. Raises TR-T420, TR-T421."""
    from pyspark.sql import functions as f
    from pyspark.sql import types as t

    if name not in frame.columns:
        known = frame.columns
        raise TropaError("TR-T420", name=name, near=near_miss(name, known), known=", ".join(known))
    kind, column = frame.schema[name].dataType, f.col(f"`{name}`")
    whole = isinstance(kind, t.IntegralType)
    fits = {
        "customer": whole or isinstance(kind, t.StringType),
        "time": isinstance(kind, (t.TimestampType, t.TimestampNTZType, t.LongType)),
        "arrival": whole,
        "value": isinstance(kind, t.NumericType),
        "score": isinstance(kind, t.NumericType),
    }
    if not fits.get(role, isinstance(kind, t.AtomicType)):
        raise TropaError("TR-T421", name=name, kind=kind.simpleString())
    if role == "time" and isinstance(kind, t.TimestampNTZType):
        there = f.convert_timezone(f.lit(zone), f.lit("UTC"), column)
        column = f.timestamp_diff("MICROSECOND", f.lit("1970-01-01").cast("timestamp_ntz"), there)
    elif role == "time" and isinstance(kind, t.TimestampType):
        column = f.unix_micros(column)
    elif role == "value":
        column = (column.cast("long") * 100 if whole else f.rint(column.cast("double") * 100)).cast("long")
    elif role != "customer":
        column = column.cast({"time": "long", "arrival": "long", "score": "double"}.get(role, "string"))
    return column.alias(role)


def _one(frame: DataFrame) -> Any:
    """The only row of an aggregate."""
    return frame.collect()[0]


def _whole(known: DataFrame) -> tuple[int, int, int]:
    """Events, the first and the last instant (µs). Raises TR-T422, TR-T424."""
    from pyspark.sql import functions as f

    def missing(name: str) -> Column:
        return f.col(name).isNull() | (f.col(name).cast("string") == "")

    needed = ("customer", "time", "event")
    row = _one(known.agg(f.count("*"), f.min("time"), f.max("time"), *(f.count_if(missing(name)) for name in needed)))
    for name, count in zip(needed, row[3:], strict=True):
        if count:
            raise TropaError("TR-T422", n=int(count), name=name)
    if not row[0]:
        raise TropaError("TR-T424")
    return int(row[0]), int(row[1]), int(row[2])


def _dictionaries(known: DataFrame, roles: Roles) -> dict[str, tuple[str, ...]]:
    """Names by column of words, in order of their first appearance, as on this machine. Raises TR-T421 for too many."""
    from pyspark.sql import functions as f

    out = {}
    for column in [
        *(name for name in WORDS if name in known.columns),
        *(f"p{k}" for k in range(len(roles.properties))),
    ]:
        there = known.where(f.col(column) != "").groupBy(column).agg(f.min("arrival").alias("at"))
        found = [row[0] for row in there.orderBy("at", column).limit(MOST_NAMES + 1).collect()]
        if len(found) > MOST_NAMES:
            name = roles.properties[int(column[1:])] if column[0] == "p" else str(getattr(roles, column))
            raise TropaError("TR-T423", name=name, most=MOST_NAMES)
        out[column] = ("", *found)
    return out


def _facts(
    known: DataFrame,
    whole: tuple[int, int, int],
    names: Mapping[str, tuple[str, ...]],
    roles: Roles,
    currency: str | None,
    complete_until: Mapping[str, int],
    version: str | None,
) -> LogFacts:
    from pyspark.sql import functions as f

    events, start, end = whole
    rows: list[Any] = [("log", events, start, end)]
    if "source" in names:
        by_source = known.where(f.col("source") != "").groupBy("source")
        rows = by_source.agg(f.count("*"), f.min("time"), f.max("time")).collect()
        rows.sort(key=lambda row: names["source"].index(row[0]))
    sources = tuple(Source(row[0], int(row[1]), int(row[2]), complete_until.get(row[0], int(row[3]))) for row in rows)
    told = {
        f"{PROPERTY}{roles.properties[int(one[1:])]}" if one[0] == "p" else one: words for one, words in names.items()
    }
    counted = hashlib.blake2b(repr((sorted(told.items()), sources, events, start, end)).encode(), digest_size=6)
    return LogFacts(version or counted.hexdigest(), told, sources, currency, events, start, end, roles.properties)


def _encoded(frame: DataFrame, column: str, words: tuple[str, ...]) -> DataFrame:
    """A column of words as numbers of its dictionary. The dictionary is sent everywhere, so that nothing is shuffled for it."""
    from pyspark.sql import functions as f

    if len(words) == 1:
        return frame.drop(column)
    kind = "smallint" if len(words) < 1 << 15 else "int"
    codes = frame.sparkSession.createDataFrame(list(enumerate(words))[1:], f"code_ {kind}, word_ string")
    joined = frame.join(f.broadcast(codes), frame[column] == codes["word_"], "left")
    rest = [f.col(name) for name in frame.columns if name != column]
    return joined.select(*rest, f.coalesce("code_", f.lit(0).cast(kind)).alias(column))


def _side_by_side(encoded: DataFrame, *, together: bool) -> DataFrame:
    """Whole customers in one partition, in order; their names on their first rows.

    A window by customer asks for just that, and Spark moves and sorts rows only where they do not lie so already.
    """
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    order = ["time", "arrival"]
    rest = [name for name in encoded.columns if name not in ("customer", "arrival")]
    name = f.col("customer").cast("string")
    if together:
        return encoded.sortWithinPartitions("customer", *order).select(name.alias(EVERY), *rest)
    number = f.row_number().over(Window.partitionBy("customer").orderBy(*order))
    return encoded.select("*", number.alias("number_")).select(f.when(f.col("number_") == 1, name).alias(FIRST), *rest)
