"""From where to where: steps between stages, touchpoints or events, with shares and times (R-26)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from tropa.model import Unit
from tropa.model.measure import Answer, Cell, Column, Declaration, Note, Parameter, Picture, Setting
from tropa.stats.means import clustered_share
from tropa.trail.kernels.sequences import transitions
from tropa.trail.measures.asked import Asked, answer_of, number
from tropa.trail.measures.states import LEVELS, States, states_of, units_of
from tropa.trail.rounds import Round, added, bins, fineness, quartile_round, run
from tropa.trail.slices import fixed

SECOND = 1_000_000
DECLARATION = Declaration(
    id="transitions",
    unit=Unit.EVENTS,
    parameters=(
        Parameter(id="level", kind="choice", choices=LEVELS, default="stages"),
        Parameter(id="repeats", kind="flag", default=False),
        Parameter(id="rows", kind="number", default=100, least=1, most=1000),
    ),
    picture=Picture(kind="graph", x="from", y="to", value="times"),
    columns=(
        Column(id="from", kind="state"),
        Column(id="to", kind="state"),
        Column(id="times", kind="count"),
        Column(id="customers", kind="count"),
        Column(id="share", kind="share", low="low", high="high", part="times", whole="whole"),
        Column(id="low", kind="share", aside=True),
        Column(id="high", kind="share", aside=True),
        Column(id="whole", kind="count", aside=True),
        Column(id="median", kind="seconds", low="q25", high="q75"),
        Column(id="q25", kind="seconds", aside=True),
        Column(id="q75", kind="seconds", aside=True),
    ),
    definition="transitions",
)


def answer(asked: Asked, settings: Mapping[str, Setting]) -> Answer:
    """Steps by how often they are taken. Repeated states are one stay unless `repeats`."""
    ready = asked.ready
    states = states_of(ready, str(settings["level"]))
    units = units_of(ready, len(states.names))
    fine, size = fineness(len(states.names) ** 2), states.size
    args: Any = (
        fixed(ready.tape.offsets, np.int64), fixed(ready.tape.time, np.int64), states.code, units.begins, units.closing,
        asked.customers, 0 if settings["repeats"] else 1, fine,
    )  # fmt: skip

    def chunk(first: int, last: int) -> tuple[Any, ...]:
        begin, end = int(ready.tape.offsets[first]), int(ready.tape.offsets[last])
        counts, people = np.zeros((256, size, size), np.int64), np.zeros((size, size), np.int64)
        hist = np.zeros((len(states.names) ** 2, bins(fine)), np.int64)
        keys, lengths = np.empty(end - begin, np.uint16), np.empty(end - begin, np.int64)
        rest: Any = (*args, counts, people, hist, keys, lengths)
        room = transitions(first, last, units.from_event(begin), *rest)
        return counts, people, hist, ((first, keys[:room], lengths[:room]),)

    def then(found: tuple[Any, ...]) -> Any:
        counts, people, hist, lengths = found
        return quartile_round(
            hist,
            lengths,
            fine,
            lambda times: _told(asked, states, counts, people, times, int(number(settings["rows"]))),
        )

    result: Answer = run(Round(chunk, added, then), ready.tape.offsets)
    return result


def _told(
    asked: Asked, states: States, counts: Any, people: Any, times: dict[int, tuple[int, tuple[int, ...]]], most: int
) -> Answer:
    total, size, names = counts.sum(axis=0), len(states.names), states.nodes
    whole, by_bucket = total.sum(axis=1), counts.sum(axis=2)
    edges = np.argwhere(total > 0)
    order = sorted(edges.tolist(), key=lambda edge: (-int(total[edge[0], edge[1]]), edge))
    rows: list[tuple[Cell, ...]] = []
    for a, b in order[:most]:
        low, high = clustered_share(counts[:, a, b], by_bucket[:, a], int(people[a].max()))
        q25, q50, q75 = (
            (value / SECOND for value in times[a * size + b][1]) if a < size and b < size else (None, None, None)
        )
        n = int(total[a, b])
        rows.append(
            (names[a], names[b], n, int(people[a, b]), n / int(whole[a]), low, high, int(whole[a]), q50, q25, q75)
        )
    notes = (Note(message="measure-note-rows", facts={"shown": most, "all": len(order)}),) if len(order) > most else ()
    return answer_of(DECLARATION, asked, int(total.sum()), rows, notes)
