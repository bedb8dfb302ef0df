"""Ordered funnels: of those who took the first step, who took the next ones within a window (R-23, R-26)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from tropa.model import CannotTell, TropaError, Unit
from tropa.model.measure import Answer, Cell, Column, Declaration, Note, Parameter, Picture, Setting
from tropa.stats.intervals import wilson
from tropa.stats.quantiles import quantiles
from tropa.trail.kernels.funnel import funnel
from tropa.trail.measures.asked import Asked, answer_of, micros
from tropa.trail.measures.states import find_state, states_of
from tropa.trail.prepare import Prepared
from tropa.trail.rounds import Round, run
from tropa.trail.slices import fixed
from tropa.trail.tape import Longs

SECOND = 1_000_000
MOST_STEPS = 16
DECLARATION = Declaration(
    id="funnel",
    unit=Unit.CUSTOMERS,
    parameters=(
        Parameter(id="path", kind="states", optional=True),
        Parameter(id="window", kind="duration", optional=True),
    ),
    picture=Picture(kind="bars", x="state", value="share"),
    columns=(
        Column(id="state", kind="state"),
        Column(id="customers", kind="count"),
        Column(id="share", kind="share", low="low", high="high", part="customers", whole="whole"),
        Column(id="low", kind="share", aside=True),
        Column(id="high", kind="share", aside=True),
        Column(id="whole", kind="count", aside=True),
        Column(id="onward", kind="share", low="onward_low", high="onward_high", part="customers", whole="previous"),
        Column(id="onward_low", kind="share", aside=True),
        Column(id="onward_high", kind="share", aside=True),
        Column(id="previous", kind="count", aside=True),
        Column(id="median", kind="seconds", low="q25", high="q75"),
        Column(id="q25", kind="seconds", aside=True),
        Column(id="q75", kind="seconds", aside=True),
    ),
    definition="funnel",
)


def answer(asked: Asked, settings: Mapping[str, Setting]) -> Answer:
    """Customers by how far their best attempt came. Without `path`: the observed stages up to the deal; without `window`: the map's.

    Raises TR-T304 for fewer than two or more than sixteen steps, TR-T305 for a step that is not there.
    """
    ready = asked.ready
    given = settings["path"]
    names = tuple(given) if isinstance(given, tuple) and given else _way(ready)
    if not given and len(names) < 2:
        return answer_of(DECLARATION, asked, 0, (), cannot_tell=CannotTell(cannot_tell="one-stage"))
    if not 2 <= len(names) <= MOST_STEPS:
        raise TropaError("TR-T304", n=len(names), most=MOST_STEPS)
    window = ready.limits.window_all if settings["window"] is None else micros(settings["window"])
    match, names = _matches(ready, names)
    until, count, levels = ready.whole.passes.observed_until, len(ready.tape.customers), len(names)
    reached, when = np.full(count, -1, np.int64), np.zeros((count, levels), np.int64)
    args: Any = (
        fixed(ready.tape.offsets, np.int64), fixed(ready.tape.time, np.int64), match, window, until, asked.customers, levels,
    )  # fmt: skip

    def chunk(first: int, last: int) -> tuple[Any, ...]:
        rest: Any = (*args, reached, when)
        funnel(first, last, *rest)
        return (
            np.bincount(np.maximum(reached[first:last], 0), minlength=levels + 1),
            int((reached[first:last] == -2).sum()),
        )

    def merge(one: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
        return one[0] + other[0], one[1] + other[1]

    def then(found: tuple[Any, ...]) -> Answer:
        at_least = np.cumsum(found[0][::-1])[::-1][1:]
        return _told(asked, names, at_least, found[1], reached, when)

    result: Answer = run(Round(chunk, merge, then), ready.tape.offsets)
    return result


def _way(ready: Prepared) -> tuple[str, ...]:
    """The observed stages in the map's order up to the deal's."""
    bound = ready.bound
    upto = len(bound.stages) if bound.deal_stage < 0 else bound.deal_stage + 1
    return tuple(f"stage:{name}" for name, seen in zip(bound.stages[:upto], bound.observed[:upto], strict=True) if seen)


def _matches(ready: Prepared, names: tuple[str, ...]) -> tuple[Any, tuple[str, ...]]:
    """Bits by event: which of the steps it is; and the steps' full names. A touchpoint or an event is looked for beside its stage."""
    out = np.zeros(ready.tape.events, np.uint16)
    full = tuple(find_state(ready, wanted) for wanted in names)
    levels = {"stage": "stages", "point": "touchpoints", "event": "events"}
    found = {kind: states_of(ready, level, most=10_000) for kind, level in levels.items() if kind in _kinds(full)}
    for k, name in enumerate(full):
        states = found[name.partition(":")[0]]
        if name in states.names:
            out[states.code == states.names.index(name)] |= np.uint16(1 << k)
    return fixed(out, np.uint16), full


def _kinds(names: tuple[str, ...]) -> set[str]:
    return {name.partition(":")[0] for name in names}


def _told(asked: Asked, names: tuple[str, ...], at_least: Longs, left_out: int, reached: Longs, when: Longs) -> Answer:
    whole = int(at_least[0])
    rows: list[tuple[Cell, ...]] = []
    previous = whole
    for k, name in enumerate(names):
        n = int(at_least[k])
        share = (n / whole, *wilson(n, whole)) if whole else (None, None, None)
        onward = (n / previous, *wilson(n, previous)) if k and previous else (None, None, None)
        times: tuple[float | None, ...] = (None, None, None)
        if k and n:
            mine = reached > k
            q25, q50, q75 = quantiles(when[mine, k] - when[mine, k - 1])
            times = (q50 / SECOND, q25 / SECOND, q75 / SECOND)
        rows.append((name, n, *share, whole, *onward, previous if k else None, *times))
        previous = n
    notes = (Note(message="measure-note-left-out", facts={"n": left_out}),) if left_out else ()
    return answer_of(DECLARATION, asked, whole, rows if whole else (), notes)
