"""The driver of the Spark test: one log asked on this machine and on a cluster, a line of JSON for each thing that came out.

    python spark_driver.py MASTER FOLDER

`tests/e2e/test_spark.py` starts the cluster, reads the lines, and kills a worker when it is told that a job is under way.
"""

from __future__ import annotations

import json
import sys
import threading
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tropa.model import Deal, Did, EventRule, Limits, Map, Persona, Segment, SegmentRule, Stage, Touchpoint, TropaError
from tropa.trail import draft, prepare
from tropa.trail.answers import find_answers
from tropa.trail.archive.build import tape_from_columns
from tropa.trail.filters import Filter, choose
from tropa.trail.measure import readings_of
from tropa.trail.measures import DECLARATIONS, Asked, ask
from tropa.trail.numbers import by_name
from tropa.trail.spark import Roles, Seen, sample_of, see, spark_log
from tropa.trail.spark import log as log_
from tropa.trail.tape import NO_VALUE, Tape
from tropa.words import words

HOUR = 3_600_000_000
DAY = 24 * HOUR
CUSTOMERS = 400
ROLES = Roles(
    arrival="row", channel="channel", value="money", score="score", instrument="asked", session="visit", order="order",
    source="system", text="said", properties=("city", "age"),
)  # fmt: skip
SAID = (
    "долго везли, но всё хорошо",
    "delivery was slow and the courier rude",
    None,
    "отличный магазин",
    "great, will come again",
)
WISHES = {
    "everybody": Filter(),
    "a segment": Filter(segment="north"),
    "a channel": Filter(channel="ads"),
    "a period": Filter(start=20 * DAY, end=70 * DAY),
    "those who came to see twice": Filter(segment="lookers", start=10 * DAY),
}
ASKED: tuple[tuple[str, dict[str, Any]], ...] = (
    *((declared.id, {}) for declared in DECLARATIONS),
    ("transitions", {"level": "events", "repeats": True}),
    ("steps", {"around": "at-pick"}),
    ("steps", {"unit": "sessions"}),
    ("paths", {"outcome": "left", "level": "events"}),
    ("funnel", {"path": "see,pick,buy", "window": "3d"}),
    ("retention", {"by": "visits", "period": "week", "counted": "age"}),
    ("reasons", {"break": "buy/loop"}),
)
AGAIN = ("transitions", "reasons", "retention", "transitions", "channels")
"""What is asked while a worker dies, and after."""


def journey() -> Map:
    """See, pick, buy, use; deals can be void; segments by place and by what was done; limits proposed from the log."""

    def stage(name: str, *events: str, deal: Deal | None = None) -> Stage:
        points = tuple(Touchpoint(id=f"at-{one}", title=one, when=EventRule(event=one)) for one in events)
        return Stage(id=name, title=name, touchpoints=points, deal=deal)

    paid = Deal(event="pay", void=EventRule(event="cancel"))
    return Map(
        title="shop",
        stages=(
            stage("see", "see", "ad"),
            stage("pick", "pick"),
            stage("buy", "cart", "pay", deal=paid),
            stage("use", "use"),
        ),
        segments=(
            Segment(id="north", title="north", rule=SegmentRule(has={"city": "Omsk"})),
            Segment(
                id="lookers", title="lookers", rule=SegmentRule(did=(Did(rule=EventRule(event="see"), at_least=2),))
            ),
        ),
        personas=(Persona(id="ann", title="Ann", segment=SegmentRule(first_channel="ads")),),
        limits=Limits(),
    )


def rows() -> dict[str, list[Any]]:
    """A log with ties in time, orders of several lines, void deals, scores, two systems that end at different times."""
    rng = np.random.default_rng(20_261_128)
    out: dict[str, list[Any]] = {name: [] for name in (
        "customer", "time", "event", "row", "channel", "money", "score", "asked", "visit", "order", "system", "said", "city", "age",
    )}  # fmt: skip
    for who in range(CUSTOMERS):
        at = int(rng.integers(0, 80)) * DAY
        city, age = ("Omsk", "Tver", None)[who % 3], str(18 + who % 50)
        for goes in range(int(rng.integers(1, 4))):
            order = f"o{who}-{goes}"
            way = ["ad", "see", "noise", "pick", "see", "cart", "pay", "pay", "use"]
            # those from Tver mostly leave at the beginning
            way = way[: int(rng.integers(1, 10) if city != "Tver" or rng.random() < 0.3 else rng.integers(1, 4))]
            for step, event in enumerate([*way, *(["cancel"] if rng.random() < 0.1 else [])]):
                at += int(rng.integers(0, 3)) * HOUR  # every third step is at the instant of the one before
                scored = event == "use" and rng.random() < 0.7
                for name, cell in {
                    "customer": f"клиент {who}", "time": at, "event": event, "channel": ("ads", "mail", None, "shop")[(who + step) % 4],
                    "money": int(rng.integers(10, 900)) if event == "pay" and rng.random() < 0.9 else None,
                    "score": float(rng.integers(-2, 3)) if scored else None, "asked": "csat" if scored and who % 2 else None,
                    "visit": f"{who}-{goes}", "order": order if event in ("pay", "cancel") else None,
                    "system": "support" if event in ("use", "noise") else "site", "city": city, "age": age,
                    "said": SAID[(who + goes) % len(SAID)] if scored else None,
                }.items():  # fmt: skip
                    out[name].append(cell)
            at += int(rng.integers(1, 40)) * DAY
    out["row"] = list(range(len(out["customer"])))
    return out


def local_tape(log: dict[str, list[Any]]) -> Tape:
    """The same log as a tape of this machine."""
    tape = tape_from_columns(
        log["customer"], log["time"], log["event"], log["channel"],
        np.array([NO_VALUE if one is None else one * 100 for one in log["money"]]),
        np.array([np.nan if one is None else one for one in log["score"]], np.float32),
        instruments=log["asked"], sessions=log["visit"], orders=log["order"], sources=log["system"],
        properties={"city": log["city"], "age": log["age"]}, currency="EUR", texts=log["said"],
    )  # fmt: skip
    return by_name(tape)


def say(**told: Any) -> None:
    """One line for the test."""
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


class Both:
    """The same question here and there."""

    def __init__(self, tape: Tape, value: Map, seen: Seen) -> None:
        self.ready, self.seen = prepare(tape, value), seen
        self.answers = find_answers(self.ready)

    def ask(self, name: str, raw: dict[str, Any], wish: Filter) -> tuple[int, bool]:
        """Rows of the local answer, and whether the cluster's is equal to it."""
        here = ask(name, Asked.of(choose(self.ready, self.answers, wish)), raw)
        there = self.seen.ask(name, raw, wish)
        return len(here.rows), there == here.model_copy(update={"data_version": there.data_version})

    def readings(self, wish: Filter, *, breaks: bool = False) -> tuple[int, bool]:
        """Stages of the map that were observed (or breaks), and whether all readings are equal."""
        chosen = choose(self.ready, self.answers, wish)
        here = readings_of(chosen.ready, chosen.answers, chosen.customers, segment=wish.segment, breaks=breaks)
        there = self.seen.readings(wish, breaks=breaks)
        scope = here.scope.model_copy(update={"data_version": there.scope.data_version})
        count = len(here.breaks) if breaks else sum(one.observed for one in here.stages)
        return count, there == here.model_copy(update={"scope": scope})


def main(master: str, folder: Path) -> None:
    """Everything, in order."""
    from pyspark.sql import SparkSession

    warnings.filterwarnings("ignore", category=FutureWarning, module="pyspark")
    log, value = rows(), journey()
    tape = local_tape(log)
    order = np.random.default_rng(1).permutation(len(log["row"]))  # in the file rows lie in no order
    pq.write_table(pa.table(log).take(pa.array(order)), folder / "log.parquet", row_group_size=500)
    settings = {
        "spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "3", "spark.driver.host": "127.0.0.1",
        "spark.sql.warehouse.dir": str(folder / "tables"), "spark.executor.memory": "600m", "spark.sql.files.maxPartitionBytes": "60000",
    }  # fmt: skip
    builder = SparkSession.builder.master(master).appName("tropa")
    for name, told in settings.items():
        builder = builder.config(name, told)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    frame = spark.read.parquet(str(folder / "log.parquet"))
    kept = spark_log(frame, ROLES, currency="EUR")
    both = Both(tape, value, see(kept, value))
    say(step="bound", customers=both.seen.customers, partitions=kept.parts, limits=both.ready.limits.silence_all)
    say(step="limits", equal=both.ready.limits.silence_all == both.seen.ready.limits.silence_all)
    for name, raw in ASKED:
        count, equal = both.ask(name, raw, Filter())
        say(step="asked", name=name, raw=raw, rows=count, equal=equal)
    for about, wish in WISHES.items():
        count, equal = both.readings(wish)
        say(step="readings", of=about, stages=count, equal=equal)
        if wish.dated:
            count, equal = both.ask("transitions", {"level": "events"}, wish)
            say(step="filtered", of=about, rows=count, equal=equal)
    for about in ("everybody", "a segment", "a period"):
        count, equal = both.readings(WISHES[about], breaks=True)
        say(step="breaks", of=about, places=count, equal=equal)
    sample, customers = sample_of(kept)
    here, there = (draft(one, words("en")) for one in (tape, sample))
    say(step="draft", customers=customers, stages=len(here.stages), equal=here == there)
    _lying_together(spark, frame, both)
    _refused(spark, frame, value)
    _by_the_door(frame, value)
    _losing_one(spark, both)
    kept.close()
    spark.stop()


def _lying_together(spark: Any, frame: Any, both: Both) -> None:
    """A table that is bucketed by customer, and a frame that only we know to be in order."""
    frame.write.bucketBy(3, "customer").sortBy("customer", "time", "row").saveAsTable("log")
    kept = spark_log(spark.table("log"), ROLES, currency="EUR")
    say(step="plan", of="bucketed", exchanges=kept.moves)
    count, equal = Both.ask(_with(both, see(kept, both.ready.map)), "funnel", {}, Filter())
    say(step="asked", name="funnel of a bucketed table", rows=count, equal=equal)
    say(step="plan", of="a plain frame", exchanges=both.seen.log.moves)
    log_.MANY = 1  # as if there were many partitions: their partials are merged on the cluster
    together = spark_log(frame.repartition(3, "customer").persist(), ROLES, currency="EUR", together=True)
    count, equal = Both.ask(_with(both, see(together, both.ready.map)), "paths", {}, Filter())
    say(step="asked", name="paths of rows said to lie together", rows=count, equal=equal)
    log_.MANY = 64
    for one in (kept, together):
        one.close()


def _refused(spark: Any, frame: Any, value: Map) -> None:
    """What cannot be asked, and is told so."""
    from pyspark.sql import functions as f

    many = spark.range(70_000).select(
        f.lit("c").alias("customer"), f.col("id").alias("time"), f.col("id").cast("string").alias("event")
    )
    questions: dict[str, Callable[[], Any]] = {
        "TR-T420": lambda: spark_log(frame, Roles(channel="canal")),
        "TR-T421": lambda: spark_log(frame, Roles(time="city")),
        "TR-T422": lambda: spark_log(frame.withColumn("event", f.when(f.col("row") > 5, f.col("event"))), Roles()),
        "TR-T423": lambda: spark_log(many, Roles()),
        "TR-T424": lambda: spark_log(frame.limit(0), Roles()),
        "TR-T425": lambda: see(spark_log(frame.repartition(3), ROLES, together=True), value),
    }
    for code, question in questions.items():
        try:
            question()
        except TropaError as error:
            say(step="refused", wanted=code, code=error.code)
        else:
            say(step="refused", wanted=code, code=None)


def _by_the_door(frame: Any, value: Map) -> None:
    """As a notebook asks."""
    from tropa.api import trail as asked

    trail: Any = asked(frame, channel="channel", arrival="row", properties="city, age", currency="EUR", lang="en")
    found = trail.funnel(["see", "pick"], through=value, segment="north")
    say(
        step="door",
        title=found.title,
        rows=[row["customers"] for row in found],
        events=len(trail.events()),
        told=repr(trail),
    )
    say(step="door", title=trail.measure(value).title, rows=len(trail.measure(value)))
    told = trail.compare({"channel": "ads"}, {"channel": "mail"}, through=value)
    say(step="door", title=told.title, rows=len(told), notes=len(told.notes))
    say(
        step="door",
        title=trail.funnel().title,
        stages=[one.id for one in trail.map.stages],
        rows=len(trail.breaks(value)),
    )
    trail.close()


def _with(both: Both, seen: Seen) -> Both:
    other = object.__new__(Both)
    other.ready, other.answers, other.seen = both.ready, both.answers, seen
    return other


def _losing_one(spark: Any, both: Both) -> None:
    """Asks on while a worker is killed: the test is told when a task of a job is running."""
    context = spark.sparkContext

    def watch() -> None:
        tracker = context.statusTracker()
        while not any(
            (stage := tracker.getStageInfo(one)) is not None and stage.numActiveTasks
            for one in tracker.getActiveStageIds()
        ):
            time.sleep(0.02)
        say(step="running")

    executors = context._jsc.sc().getExecutorMemoryStatus()
    say(step="executors", n=executors.size() - 1)
    watcher = threading.Thread(target=watch)
    watcher.start()
    for name in AGAIN:
        count, equal = both.ask(name, {}, Filter())
        say(step="asked", name=f"{name} while a worker dies", rows=count, equal=equal)
    watcher.join()
    say(step="executors", n=context._jsc.sc().getExecutorMemoryStatus().size() - 1)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
