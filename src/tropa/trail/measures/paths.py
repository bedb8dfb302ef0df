"""The most frequent last steps before a deal, and before leaving (R-26)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from tropa.model import Unit
from tropa.model.measure import Answer, Cell, Column, Declaration, Note, Parameter, Picture, Setting
from tropa.stats.bootstrap import BUCKETS, bucket_of
from tropa.stats.means import clustered_share
from tropa.stats.quantiles import quantiles
from tropa.trail.kernels.sequences import NONE, last_steps
from tropa.trail.measures.asked import Asked, answer_of, number
from tropa.trail.measures.states import LEVELS, States, states_of
from tropa.trail.passes import DONE, EXIT
from tropa.trail.prepare import Prepared
from tropa.trail.rounds import Round, joined, run
from tropa.trail.slices import fixed
from tropa.trail.tape import Longs

SECOND = 1_000_000
OUTCOMES = ("deal", "left")
DECLARATION = Declaration(
    id="paths",
    unit=Unit.PASSES,
    parameters=(
        Parameter(id="outcome", kind="choice", choices=OUTCOMES, default="deal"),
        Parameter(id="level", kind="choice", choices=LEVELS, default="touchpoints"),
        Parameter(id="length", kind="number", default=5, least=1, most=20),
        Parameter(id="repeats", kind="flag", default=False),
        Parameter(id="rows", kind="number", default=20, least=1, most=200),
    ),
    picture=Picture(kind="bars", x="path", value="share"),
    columns=(
        Column(id="path", kind="path"),
        Column(id="share", kind="share", low="low", high="high", part="passes", whole="whole"),
        Column(id="low", kind="share", aside=True),
        Column(id="high", kind="share", aside=True),
        Column(id="passes", kind="count"),
        Column(id="whole", kind="count", aside=True),
        Column(id="median", kind="seconds"),
    ),
    definition="paths",
)


def answer(asked: Asked, settings: Mapping[str, Setting]) -> Answer:
    """Paths to the deal (up to it), or to the last event of passes that left; how often, and the median time they took."""
    ready, passes = asked.ready, asked.ready.passes
    most, wanted = int(number(settings["length"])), DONE if settings["outcome"] == "deal" else EXIT
    states = states_of(ready, str(settings["level"]))
    begin = fixed(passes.first_event, np.int64)
    stop = fixed(stops(ready), np.int64)
    until = fixed(np.where(passes.status == DONE, passes.deal, passes.end), np.int64)
    collapse = 0 if settings["repeats"] else 1
    args: Any = (
        begin, stop, states.code, fixed(ready.tape.time, np.int64), until, asked.customers, fixed(passes.customer, np.int32),
        collapse, most,
    )  # fmt: skip
    digest, took = np.zeros(len(passes), np.uint64), np.full(len(passes), -1, np.int64)

    def chunk(first: int, last: int) -> tuple[Any, ...]:
        mine = slice(*np.searchsorted(passes.customer, [first, last]))
        rest: Any = (*args, digest, took)
        last_steps(mine.start, mine.stop, *rest)
        which = np.flatnonzero((took[mine] >= 0) & (passes.status[mine] == wanted)) + mine.start
        found, at, counts = np.unique(digest[which], return_index=True, return_counts=True)
        return found, which[at], counts

    def then(found: tuple[Any, ...]) -> Answer:
        names, inverse = np.unique(found[0], return_inverse=True)
        counts = np.bincount(inverse, weights=found[2], minlength=len(names)).astype(np.int64)
        example = np.full(len(names), len(passes), np.int64)
        np.minimum.at(example, inverse, found[1])
        order = np.lexsort((example, -counts))[: int(number(settings["rows"]))]
        mine = (took >= 0) & (passes.status == wanted)
        bucket = bucket_of(len(ready.tape.customers))[passes.customer]
        bases = np.bincount(bucket[mine], minlength=BUCKETS)
        customers = len(np.unique(passes.customer[mine]))
        rows: list[tuple[Cell, ...]] = []
        for at in order.tolist():
            here = mine & (digest == names[at])
            low, high = clustered_share(np.bincount(bucket[here], minlength=BUCKETS), bases, customers)
            path = spelled(asked, states, int(example[at]), int(until[example[at]]), most, collapse=bool(collapse))
            n, whole = int(counts[at]), int(mine.sum())
            rows.append((path, n / whole, low, high, n, whole, quantiles(took[here], (0.5,))[0] / SECOND))
        told = {"shown": len(rows), "all": len(names)}
        notes = (Note(message="measure-note-rows", facts=told),) if len(names) > len(rows) else ()
        return answer_of(DECLARATION, asked, int(mine.sum()), rows, notes)

    result: Answer = run(Round(chunk, joined, then), ready.tape.offsets)
    return result


def stops(ready: Prepared) -> Longs:
    """Where the events of each pass end: before the next one of the same customer."""
    passes = ready.passes
    follows = np.append(passes.customer[1:] == passes.customer[:-1], [False])[: len(passes)]
    return np.where(
        follows, np.append(passes.first_event[1:], [0])[: len(passes)], ready.tape.offsets[passes.customer + 1]
    )


def spelled(asked: Asked, states: States, unit: int, until: int, most: int, *, collapse: bool) -> str:
    """The last states of one pass, joined; an ellipsis before a path that was longer."""
    ready = asked.ready
    begin, stop = int(ready.passes.first_event[unit]), int(stops(ready)[unit])
    seen: list[int] = []
    for i in range(begin, stop):
        s = int(states.code[i])
        if s == NONE or ready.tape.time[i] > until or (collapse and seen and seen[-1] == s):
            continue
        seen.append(s)
    head = ["…"] if len(seen) > most else []
    return " > ".join([*head, *(states.names[s] for s in seen[-most:])])
