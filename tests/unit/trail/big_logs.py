"""Asks every question of logs that are large in one way, and tells of each in a line as it ends.

A process of its own, so that whoever started it sees its memory and nobody else's (`test_big_logs.py`).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from every_question import ABSENT, MEASURES, questions
from shops import DAY, HOUR, shop_map

from tropa.model import Segment, SegmentRule, TropaError
from tropa.trail import prepare
from tropa.trail.answers import find_answers
from tropa.trail.archive.build import tape_from_arrays
from tropa.trail.measure import readings_of
from tropa.trail.measures import Asked, ask
from tropa.trail.tape import NO_VALUE, Column, Tape

MILLION = 1_000_000
WAY = ("", "see", "see2", "pick", "enter", "pay", "send", "use")
SEGMENTS = (Segment(id="site", title="site", rule=SegmentRule(first_channel="site")),)


def tape(who: np.ndarray, when: np.ndarray, what: np.ndarray, names: tuple[str, ...] = WAY, channels: int = 2) -> Tape:
    """A tape of events in any order; each customer comes by a channel."""
    many = int(who.max()) + 1
    told = ("", "site", "app", *(f"ch{k}" for k in range(2, channels)))
    return tape_from_arrays(
        customer=who.astype(np.int64),
        customers=np.array([f"c{k}" for k in range(many)]),
        time=when.astype(np.int64),
        event=Column(what.astype(np.uint32), names),
        channel=Column((1 + who % channels).astype(np.uint16), told),
        value=np.where(what == WAY.index("pay"), 5_000, NO_VALUE),
        currency="RUB",
    )


def some(customers: int, seed: int = 7) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Ordinary customers, seven events each, a few hours apart."""
    rng = np.random.default_rng(seed)
    who = np.repeat(np.arange(customers), 7)
    gaps = rng.integers(1, 30, len(who)).reshape(customers, 7) * HOUR
    when = (rng.integers(0, 100, customers)[:, None] * DAY + np.cumsum(gaps, axis=1)).ravel()
    return who, when, np.tile(np.arange(1, 8), customers)


def one_of_a_million(events: int = MILLION) -> Tape:
    """One customer with so many events, a minute apart, beside some who are like others."""
    who, when, what = some(300)
    at = np.arange(events)
    mine = np.full(events, who.max() + 1)
    return tape(*map(np.concatenate, ((who, mine), (when, at * 60_000_000), (what, 1 + at * at % 7))))


def a_million_of_one(customers: int = MILLION) -> Tape:
    """So many customers with one event each, out of order."""
    who = np.random.default_rng(1).permutation(customers)
    return tape(who, who % 1_000 * (DAY // 5), 1 + who % 7)


def of_many_names(events: int = 200_000) -> Tape:
    """5,000 names of events, 300 channels."""
    who, when, what = some(2_000)
    at = np.arange(events)
    names = (*WAY, *(f"name {k}" for k in range(5_000)))
    more = len(WAY) + at * 7_919 % 5_000
    return tape(*map(np.concatenate, ((who, at % 2_000), (when, at * HOUR // 90), (what, more))), names, 300)


LOGS: dict[str, Callable[[], Tape]] = {
    "small": lambda: tape(*some(300)),
    "one customer with a million events": one_of_a_million,
    "a million customers with one event": a_million_of_one,
    "5,000 names and 300 channels": of_many_names,
}
"""`small` first: after it every kernel is loaded, and what comes more is the log's."""


def tell(**line: Any) -> None:
    """A line for the test."""
    print(json.dumps(line), flush=True)


def main() -> None:
    """All questions of all logs."""
    for name, make in LOGS.items():
        tell(log=name, step="begun")
        ready = prepare(make(), shop_map(segments=SEGMENTS))
        asked = Asked(ready, find_answers(ready), ready.everybody)
        tell(log=name, step="prepared")
        found = readings_of(ready, asked.answers, asked.customers, sensitivity=True)
        tell(log=name, step="readings", entrants=[stage.entrants for stage in found.stages])
        for one in MEASURES:
            for raw in questions(one):
                try:
                    answer = ask(one, asked, raw)
                    told = answer.cannot_tell is not None or bool(answer.rows)
                except TropaError as refused:
                    told = refused.code in ABSENT
                tell(log=name, step=f"{one} {raw}", told=told)
        del ready, asked, found


if __name__ == "__main__":
    main()
