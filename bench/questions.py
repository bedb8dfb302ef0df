"""How fast every question of the trail is: each declared measure, asked again and again on one log, its variants too.

    python bench/questions.py --rows 10000000
    python bench/questions.py --log log.parquet --only funnel sankey --times 3

Prints the slowest first: seconds on the clock and of the processor (all threads), and the anonymous memory that a question needed beyond
the prepared trail. Goals are those of 2 quiet cores; on a machine that does other things too, believe the processor's seconds.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import statistics
import sys
import tempfile
import threading
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent / "peers"))
import log as logs

from tropa import trail
from tropa.model import Deal, EventRule, Limits, Map, Persona, Segment, SegmentRule, Stage, Touchpoint
from tropa.simulate.big import NAMES
from tropa.trail.answers import find_answers
from tropa.trail.measures import DECLARATIONS, Asked, ask, declaration
from tropa.trail.tape import NO_VALUE
from tropa.trail.trusted import Roles, trusted_tape

PAID = "order_paid"
FUNNEL = ("event:product_view", "event:add_to_cart", "event:checkout_start", "event:order_created", "event:order_paid")
LATE = {"path": FUNNEL, "window": "7d"}
VARIANTS: tuple[tuple[str, dict[str, Any]], ...] = (
    *((one.id, {}) for one in DECLARATIONS),
    ("transitions", {"level": "touchpoints"}),
    ("transitions", {"level": "events", "repeats": True}),
    ("steps", {"level": "events", "after": 20}),
    ("steps", {"level": "events", "after": 20, "times": True}),
    ("steps", {"around": "p-14"}),
    ("sankey", {"level": "events"}),
    ("sankey", {"around": "p-14"}),
    ("paths", {"outcome": "left"}),
    ("paths", {"outcome": "left", "level": "events", "length": 8}),
    ("loops", {"level": "stages"}),
    ("loops", {"level": "events"}),
    ("funnel", LATE),
    ("funnel", {**LATE, "order": "strict"}),
    ("funnel", {**LATE, "order": "any-order"}),
    ("funnel", {**LATE, "per": "step"}),
    ("funnel", {**LATE, "without": ("event:remove_from_cart",)}),
    ("funnel", {**LATE, "split": "channels"}),
    ("funnel", {**LATE, "split": "segments"}),
    ("funnel-difference", {**LATE, "first": "channel:seo", "second": "channel:email"}),
    ("funnel-difference", {**LATE, "order": "any-order"}),
    ("funnel", {"order": "strict"}),
    ("funnel", {"order": "any-order"}),
    ("funnel", {"split": "channels"}),
    ("funnel", {"split": "segments"}),
    ("funnel", {"path": (FUNNEL[0], FUNNEL[0], FUNNEL[-1]), "window": "7d", "order": "any-order"}),
    ("funnel-difference", {"first": "segment:searchers", "second": "segment:buyers"}),
    ("channels", {"rule": "markov", "intervals": False}),
    ("channels", {"rule": "shapley", "intervals": False}),
    ("channels", {"goal": "s2"}),
    ("channels", {"order": 3}),
    ("channel-return", {"costs": "seo=1000, email=2000"}),
    ("referrals", {"column": "channel"}),
    ("retention", {"by": "visits"}),
    ("retention", {"by": "visits", "counted": "age"}),
    ("sales-cycle", {"split": "segments"}),
    ("purchase-interval", {"points": 120}),
    ("clusters", {"level": "events"}),
    ("clusters", {"groups": 4}),
    ("reasons", {"break": "s2/exit"}),
    ("touchpoints", {"stage": "s1"}),
    ("retention", {"by": "visits", "period": "week"}),
    ("retention", {"counted": "age"}),
    ("repeat-curve", {"split": "channels"}),
    ("ltv", {"split": "channels"}),
    ("next-purchase", {"rank": "worth"}),
    ("sales-cycle", {"split": "points"}),
    ("conformance", {"sort": "money"}),
)
SLOW_ALIKE = frozenset({"channels"})
"""Slow by the rule, though not by its declaration: intervals by bootstrap."""


def journey() -> Map:
    """Five stages of five touchpoints; the deal in the fourth; two segments, one of them a persona's."""
    stages = []
    for k in range(5):
        names = NAMES[k * 5 : k * 5 + 5]
        points = tuple(
            Touchpoint(id=f"p-{n}", title=name, when=EventRule(event=name)) for n, name in enumerate(names, k * 5)
        )
        deal = Deal(event=PAID) if PAID in names else None
        stages.append(Stage(id=f"s{k}", title=f"s{k}", touchpoints=points, deal=deal))
    segments = (
        Segment(id="searchers", title="searchers", rule=SegmentRule(first_channel=("seo", "search_ads"))),
        Segment(id="buyers", title="buyers", rule=SegmentRule(where=f'count("{PAID}") >= 2')),
    )
    persona = Persona(id="anna", title="anna", segment="searchers")
    limits = Limits(silence=timedelta(days=30), window=timedelta(days=7))
    return Map(title="bench", stages=tuple(stages), segments=segments, personas=(persona,), limits=limits)


def load(file: Path) -> Asked:
    """The log bound and cut into passes; what was paid is drawn (the log of the peers has no values)."""
    tape = trusted_tape(file, Roles(channel="channel"), currency="RUB")
    paid = tape.event.codes == tape.event.names.index(PAID)
    value = np.full(tape.events, NO_VALUE, np.int64)
    drawn = np.random.default_rng(1).lognormal(8, 0.5, int(paid.sum())) * 100
    value[paid] = drawn.astype(np.int64)
    value.flags.writeable = False
    ready = trail.prepare(replace(tape, value=value), journey())
    return Asked(ready, find_answers(ready), ready.everybody)


class Memory:
    """The most anonymous memory of this process since `reset`, in bytes, looked at every 5 ms."""

    def __init__(self) -> None:
        self.most = 0
        threading.Thread(target=self._watch, daemon=True).start()

    @staticmethod
    def now() -> int:
        """What there is now."""
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("RssAnon"):
                return int(line.split()[1]) * 1024
        return 0

    def reset(self) -> None:
        """Begins anew."""
        self.most = 0

    def _watch(self) -> None:
        while True:
            self.most = max(self.most, self.now())
            time.sleep(0.005)


def named(measure: str, settings: dict[str, Any]) -> str:
    """A variant in a line."""
    told = " ".join(
        f"{key}={'…' if key == 'path' else ','.join(value) if isinstance(value, tuple) else value}"
        for key, value in settings.items()
    )
    return f"{measure} {told}".strip()


def main() -> None:
    """Makes the log where none is given, asks, prints."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int, default=10_000_000)
    options.add_argument("--log", type=Path, help="a log as bench/peers/log.py writes it")
    options.add_argument("--only", nargs="*", help="names of measures")
    options.add_argument("--times", type=int, default=5)
    options.add_argument("--json", type=Path, help="the answers, to be compared with those of another version")
    told = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        file = told.log or Path(scratch) / "log.parquet"
        if told.log is None:
            logs.make(file, told.rows)
        asked = load(file)
    gc.collect()
    memory, rows, answers = Memory(), [], {}
    for measure, settings in VARIANTS:
        if told.only and measure not in told.only:
            continue
        base = memory.now()
        memory.reset()
        wall, used = [], []
        for turn in range(told.times + 1):
            began, before = time.perf_counter(), time.process_time()
            answer = ask(measure, asked, settings)
            if turn:
                wall.append(time.perf_counter() - began)
                used.append(time.process_time() - before)
        slow = declaration(measure).slow or measure in SLOW_ALIKE
        rows.append(
            (statistics.median(used), statistics.median(wall), max(memory.most - base, 0), slow, measure, settings)
        )
        answers[named(measure, settings)] = answer.model_dump(mode="json")
        sys.stderr.write(f"{rows[-1][0]:8.3f} {named(measure, settings)}\n")
    report(asked, rows)
    if told.json:
        told.json.write_text(json.dumps(answers, ensure_ascii=False, sort_keys=True))


def report(asked: Asked, rows: list[tuple[float, float, int, bool, str, dict[str, Any]]]) -> None:
    """The slowest first. `goal`: whether processor time is within two cores' worth of the goal (0.1 s, slow ones 2 s)."""
    say = sys.stdout.write
    load_now = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    say(
        f"{asked.ready.tape.events:,} events, {len(asked.ready.passes):,} passes; {os.cpu_count()} cores, load {load_now}\n"
    )
    say(f"  {'question':<62} {'CPU, s':>8} {'clock, s':>9} {'memory, MB':>11}  goal\n")
    for used, wall, room, slow, measure, settings in sorted(rows, key=lambda row: -row[0]):
        kept = used <= (4.0 if slow else 0.2)
        line = (
            f"  {named(measure, settings):<62} {used:8.3f} {wall:9.3f} {room / 1e6:11.1f}  {'2 s' if slow else '0.1 s'}"
        )
        say(f"{line}{'' if kept else ' missed'}\n")


if __name__ == "__main__":
    main()
