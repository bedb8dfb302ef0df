"""Which state stands at which step: from the beginning of a pass, or around a state (R-26)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from tropa.model import Unit
from tropa.model.measure import Answer, Cell, Column, Declaration, Parameter, Picture, Setting
from tropa.stats.shares import clustered_shares
from tropa.trail.kernels.sequences import NOTHING, near_places, steps
from tropa.trail.kernels.units import NONE
from tropa.trail.measures.asked import UNIT, Asked, answer_of, number, without
from tropa.trail.measures.states import LEVELS, States, Walks, find_state, with_states
from tropa.trail.rounds import Counts, Lengths, Near, Quartiles, Round, added, bins, fineness, quartile_round
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
TIMES = ("median", "q25", "q75")


@dataclass(frozen=True, slots=True)
class Wish:
    """How passes are looked at: the number of the anchor (`NONE`: none), steps before it, all steps; bins of times, or `UNTIMED`."""

    states: States
    collapse: int
    anchor: int
    before: int
    width: int
    fine: int = UNTIMED

    @property
    def walk(self) -> tuple[int, ...]:
        """What the kernels ask for: collapse, anchor, before, size, width."""
        return self.collapse, self.anchor, self.before, len(self.states.names), self.width


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
                return without(_told(frame, states, found[0], label, {}), TIMES)
            near = partial(_near, wish=wish)
            return quartile_round(
                view, near, found[1], fine, lambda times: _told(frame, states, found[0], label, times)
            )

        return Round(view, partial(stood, wish=wish), added, then)

    return with_states(frame, view, level, walk)


def stood(view: Walks, first: int, last: int, *, wish: Wish) -> tuple[Longs, Longs]:
    """Passes by bucket, state and step (256, S, width); histograms of times by state and step."""
    total, hist, _ = walked(view, first, last, wish)
    return total, hist


def walked(view: Walks, first: int, last: int, wish: Wish, rows: bool = False) -> tuple[Longs, Longs, Any]:
    """As `stood`; and where `rows` are wanted the states that stand there, pass by pass (see the kernel)."""
    states, names, spans = wish.states, len(wish.states.names), bins(wish.fine) if wish.fine != UNTIMED else 0
    counts, hist = Counts.of(256 * states.size * wish.width), Counts.of((names + 1) * wish.width * spans)
    unit, stop = view.unit(first), view.unit(last)
    lined = np.full((stop - unit if rows else 0, wish.width), NOTHING, np.uint8)
    tables = view.closing(states), view.part.ready.buckets, *wish.walk, wish.fine, counts.few, counts.many
    for piece in view.pieces(first, last, states):
        mine = lined[piece.units.start - unit : piece.units.stop - unit] if rows else lined
        rest: Any = (*piece.walk, *tables, mine, hist.few, hist.many)
        steps(*rest)
    total = counts.total().reshape(256, states.size, wish.width)
    # a pass that has ended stays in its mark
    np.cumsum(total[:, names + 1 :], axis=2, out=total[:, names + 1 :])
    return total, hist.total().reshape(-1, max(spans, 1))[: names * wish.width], lined


def _near(view: Walks, first: int, last: int, *, wish: Wish, low: Longs, wide: Any) -> Lengths:
    """The times of states at their steps in a slice that lie near the quartiles (state · width + step, µs): found again."""
    near = Near.of(low, wide, wish.width)
    for piece in view.pieces(first, last, wish.states):
        most = len(piece.state) + wish.before * len(piece.customer)
        near.add(most, near_places, piece.state, piece.time, *wish.walk)
    return near.found


def _told(frame: Asked, states: States, counts: Longs, label: int, times: Quartiles) -> Answer:
    total, width = counts.sum(axis=0), counts.shape[2]
    whole = int(total[:, 0].sum())
    if not whole:
        return answer_of(DECLARATION, frame, 0, ())
    bases = counts[:, :, 0].sum(axis=1)
    state, step = np.nonzero(total)
    n = total[state, step]
    low, high = clustered_shares(counts[:, state, step].T, bases, np.array([np.count_nonzero(bases)]))
    rows: list[tuple[Cell, ...]] = []
    for s, k, *cells in zip(*(column.tolist() for column in (state, step, n / whole, low, high, n)), strict=True):
        took: tuple[float | None, ...] = (None, None, None)
        if times and s < len(states.names):
            q25, q50, q75 = (value / SECOND for value in times[s * width + k][1])
            took = (q50, q25, q75)
        rows.append((k + label, states.nodes[s], *cells, whole, *took))
    rows.sort(key=lambda row: (row[0], -int(row[5] or 0)))
    return answer_of(DECLARATION, frame, whole, rows)
