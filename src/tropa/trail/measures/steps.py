"""Which state stands at which step: from the beginning of a pass, or around a state (R-26)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from tropa.model import Unit
from tropa.model.measure import Answer, Cell, Column, Declaration, Parameter, Picture, Setting
from tropa.stats.means import clustered_share
from tropa.trail.kernels.sequences import NOTHING, steps
from tropa.trail.kernels.units import NONE
from tropa.trail.measures.asked import UNIT, Asked, answer_of, number
from tropa.trail.measures.states import LEVELS, States, Walks, find_state, with_states
from tropa.trail.rounds import Counts, Lengths, Quartiles, Round, added, bins, fineness, quartile_round
from tropa.trail.slices import fixed
from tropa.trail.tape import Longs

SECOND = 1_000_000
DECLARATION = Declaration(
    id="steps",
    unit=Unit.PASSES,
    parameters=(
        Parameter(id="level", kind="choice", choices=LEVELS, default="touchpoints"),
        Parameter(id="around", kind="state", optional=True),
        Parameter(id="before", kind="number", default=4, least=0, most=30),
        Parameter(id="after", kind="number", default=10, least=1, most=50),
        Parameter(id="repeats", kind="flag", default=False),
        Parameter(id="times", kind="flag", default=False),
        UNIT,
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
        Column(id="median", kind="seconds", low="q25", high="q75"),
        Column(id="q25", kind="seconds", aside=True),
        Column(id="q75", kind="seconds", aside=True),
    ),
    definition="steps",
)


UNTIMED = -1


@dataclass(frozen=True, slots=True)
class Wish:
    """How passes are looked at: the number of the anchor (`NONE`: none), steps before it, all steps; bins of times, or `UNTIMED`."""

    states: States
    collapse: int
    anchor: int
    before: int
    width: int
    fine: int = UNTIMED


def rounds(frame: Asked, settings: Mapping[str, Setting]) -> Any:
    """Shares of passes by step and state; with `times` also how long it is from the beginning.

    Steps count from 1; around a state it stands at 0, what was before is negative, and times are those to it.
    """
    level, around = str(settings["level"]), settings["around"]
    name = None if around is None else find_state(frame.ready, str(around), (level,))
    before = 0 if around is None else int(number(settings["before"]))
    width = int(number(settings["after"])) + (0 if around is None else before + 1)
    view = partial(Walks, level=level)

    def walk(states: States) -> Any:
        if name is not None and name not in states.names:
            return answer_of(DECLARATION, frame, 0, ())  # it is there, but not among these passes (or among the rarest)
        anchor = NONE if name is None else states.names.index(name)
        timed, label = bool(settings["times"]), 1 if name is None else -before
        fine = fineness(len(states.names) * width) if timed else UNTIMED
        wish = Wish(states, 0 if settings["repeats"] else 1, anchor, before, width, fine)

        def then(found: tuple[Longs, Longs]) -> Any:
            if not timed:
                return _without_times(_told(frame, states, found[0], label, {}))
            lengths = partial(_lengths, wish=wish)
            return quartile_round(
                view, lengths, found[1], fine, lambda times: _told(frame, states, found[0], label, times)
            )

        return Round(view, partial(stood, wish=wish), added, then)

    return with_states(frame, view, level, walk)


def _without_times(answer: Answer) -> Answer:
    """The answer without the columns that nobody asked for."""
    kept = len(DECLARATION.columns) - 3
    return answer.model_copy(
        update={"columns": answer.columns[:kept], "rows": tuple(row[:kept] for row in answer.rows)}
    )


def stood(view: Walks, first: int, last: int, *, wish: Wish) -> tuple[Longs, Longs]:
    """Passes by bucket, state and step (256, S, width); histograms of times by state and step. The lengths are remembered."""
    total, hist, keys, lengths, _ = walked(view, first, last, wish)
    view.lengths[first, last] = keys, lengths
    return total, hist


def walked(view: Walks, first: int, last: int, wish: Wish, rows: bool = False) -> tuple[Longs, Longs, Any, Longs, Any]:
    """As `stood`; the lengths with their keys; and where `rows` are wanted the states that stand there, pass by pass (see the kernel)."""
    states, here, walk, timed = (
        wish.states,
        view.events(first, last),
        view.walk(first, last, wish.states),
        wish.fine != UNTIMED,
    )
    counts, lined = Counts.of(256 * states.size * wish.width), np.empty((0, wish.width + 1), np.uint8)
    if rows:
        lined = np.full((walk[3] - walk[2], wish.width + 1), NOTHING, np.uint8)
    room, spans = (here.stop - here.start, bins(wish.fine)) if timed else (0, 0)
    hist = Counts.of((len(states.names) + 1) * wish.width * spans)
    keys, lengths = np.empty(room, np.uint16), np.empty(room, np.int64)
    rest: Any = (
        *walk, fixed(view.part.ready.passes.status), view.closing(states), view.time, view.part.ready.buckets, wish.collapse, wish.anchor,
        wish.before, len(states.names), wish.width, wish.fine, counts.few, counts.many, lined, hist.few, hist.many, keys, lengths,
    )  # fmt: skip
    room = steps(*rest)
    total = counts.total().reshape(256, states.size, wish.width)
    # a pass that has ended stays in its mark
    np.cumsum(total[:, len(states.names) + 1 :], axis=2, out=total[:, len(states.names) + 1 :])
    told = hist.total().reshape(-1, max(spans, 1))[: len(states.names) * wish.width]
    return total, told, keys[:room], lengths[:room], lined


def _lengths(view: Walks, first: int, last: int, *, wish: Wish) -> Lengths:
    """The times of all states at their steps in a slice (state · width + step, µs): remembered, else found again."""
    if (first, last) not in view.lengths:
        stood(view, first, last, wish=wish)
    keys, lengths = view.lengths[first, last]
    return keys, lengths


def _told(frame: Asked, states: States, counts: Longs, label: int, times: Quartiles) -> Answer:
    total, width = counts.sum(axis=0), counts.shape[2]
    whole = int(total[:, 0].sum())
    if not whole:
        return answer_of(DECLARATION, frame, 0, ())
    bases = counts[:, :, 0].sum(axis=1)
    rows: list[tuple[Cell, ...]] = []
    for s, k in np.argwhere(total > 0).tolist():
        n = int(total[s, k])
        low, high = clustered_share(counts[:, s, k], bases, int(np.count_nonzero(bases)))
        took: tuple[float | None, ...] = (None, None, None)
        if times and s < len(states.names):
            q25, q50, q75 = (value / SECOND for value in times[s * width + k][1])
            took = (q50, q25, q75)
        rows.append((k + label, states.nodes[s], n / whole, low, high, n, whole, *took))
    rows.sort(key=lambda row: (row[0], -int(row[5] or 0)))
    return answer_of(DECLARATION, frame, whole, rows)
