"""Which state stands at which step: from the beginning of a pass, or around a state (R-26)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from tropa.model import Unit
from tropa.model.measure import Answer, Cell, Column, Declaration, Parameter, Picture, Setting
from tropa.stats.means import clustered_share
from tropa.trail.kernels.sequences import NONE, steps
from tropa.trail.measures.asked import Asked, answer_of, number
from tropa.trail.measures.states import LEVELS, States, find_state, states_of, units_of
from tropa.trail.rounds import Round, added, run
from tropa.trail.slices import fixed

DECLARATION = Declaration(
    id="steps",
    unit=Unit.PASSES,
    parameters=(
        Parameter(id="level", kind="choice", choices=LEVELS, default="touchpoints"),
        Parameter(id="around", kind="state", optional=True),
        Parameter(id="before", kind="number", default=4, least=0, most=30),
        Parameter(id="after", kind="number", default=10, least=1, most=50),
        Parameter(id="repeats", kind="flag", default=False),
    ),
    picture=Picture(kind="matrix", x="step", y="state", value="share"),
    columns=(
        Column(id="step", kind="number"),
        Column(id="state", kind="state"),
        Column(id="share", kind="share", low="low", high="high", part="passes", whole="whole"),
        Column(id="low", kind="share", aside=True),
        Column(id="high", kind="share", aside=True),
        Column(id="passes", kind="count"),
        Column(id="whole", kind="count", aside=True),
    ),
    definition="steps",
)


def answer(asked: Asked, settings: Mapping[str, Setting]) -> Answer:
    """Shares of passes by step and state. Steps count from 1; around a state it stands at 0, and what was before is negative."""
    ready = asked.ready
    states = states_of(ready, str(settings["level"]))
    units = units_of(ready, len(states.names))
    around = settings["around"]
    name = None if around is None else find_state(ready, str(around), (str(settings["level"]),))
    if name is not None and name not in states.names:
        return answer_of(DECLARATION, asked, 0, ())  # it is there, but not among these passes (or among the rarest)
    anchor = NONE if name is None else states.names.index(name)
    before = 0 if around is None else int(number(settings["before"]))
    width = int(number(settings["after"])) + (0 if around is None else before + 1)
    args: Any = (
        fixed(ready.tape.offsets, np.int64), states.code, units.begins, units.closing, asked.customers,
        0 if settings["repeats"] else 1, anchor, before,
    )  # fmt: skip

    def chunk(first: int, last: int) -> tuple[Any, ...]:
        counts = np.zeros((256, states.size, width), np.int64)
        rest: Any = (*args, counts)
        steps(first, last, units.from_event(int(ready.tape.offsets[first])), *rest)
        return (counts,)

    label = 1 if around is None else -before
    result: Answer = run(Round(chunk, added, lambda found: _told(asked, states, found[0], label)), ready.tape.offsets)
    return result


def _told(asked: Asked, states: States, counts: Any, label: int) -> Answer:
    total = counts.sum(axis=0)
    whole = int(total[:, 0].sum())
    if not whole:
        return answer_of(DECLARATION, asked, 0, ())
    bases = counts[:, :, 0].sum(axis=1)
    rows: list[tuple[Cell, ...]] = []
    for s, k in np.argwhere(total > 0).tolist():
        n = int(total[s, k])
        low, high = clustered_share(counts[:, s, k], bases, int(np.count_nonzero(bases)))
        rows.append((k + label, states.nodes[s], n / whole, low, high, n, whole))
    rows.sort(key=lambda row: (row[0], -int(row[5] or 0)))
    return answer_of(DECLARATION, asked, whole, rows)
