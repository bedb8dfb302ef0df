"""Loops and rework: what passes repeat, where they come back to, in which circles they go, and whether they reach the deal (R-26)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.model import CannotTell, Unit
from tropa.model.measure import Answer, Cell, Column, Declaration, Note, Parameter, Picture, Setting
from tropa.stats.contrast import false_discovery
from tropa.stats.differences import Gap, Measured, newcombe
from tropa.stats.means import clustered_share
from tropa.trail.kernels.cycles import MOST_STATES, keys_of, kinds_of, seen_in, spelled, told_of
from tropa.trail.kernels.entries import BUCKETS
from tropa.trail.kernels.units import NOBODY
from tropa.trail.measures.asked import UNIT, Asked, answer_of, number
from tropa.trail.measures.states import LEVELS, OTHER, States, Walks, with_states
from tropa.trail.rounds import Lengths, Quartiles, Round, added, bins, fineness, quartile_round, remembered
from tropa.trail.slices import fixed
from tropa.trail.tape import Longs

SECOND = 1_000_000
KINDS = ("return", "ping-pong", "cycle", "repeat")
LEAST = 10
"""A loop is held against passes without it from so many finished passes on each side on."""
STEP = " > "
DECLARATION = Declaration(
    id="loops",
    unit=Unit.PASSES,
    parameters=(
        Parameter(id="level", kind="choice", choices=LEVELS, default="touchpoints"),
        Parameter(id="kind", kind="choice", choices=("all", *KINDS), default="all"),
        Parameter(id="rows", kind="number", default=5, least=1, most=25),
        UNIT,
    ),
    picture=Picture(kind="pairs", x="path", value="deal_share", series="plain_share"),
    columns=(
        Column(id="kind", kind="state"),
        Column(id="path", kind="path"),
        Column(id="passes", kind="count"),
        Column(id="share", kind="share", low="low", high="high", part="passes", whole="whole"),
        Column(id="low", kind="share", aside=True),
        Column(id="high", kind="share", aside=True),
        Column(id="whole", kind="count", aside=True),
        Column(id="times", kind="count"),
        Column(id="customers", kind="count"),
        Column(id="median", kind="seconds", low="q25", high="q75"),
        Column(id="q25", kind="seconds", aside=True),
        Column(id="q75", kind="seconds", aside=True),
        Column(id="deal_share", kind="share", low="deal_low", high="deal_high", part="deal_on", whole="deal_all"),
        Column(id="deal_low", kind="share", aside=True),
        Column(id="deal_high", kind="share", aside=True),
        Column(id="deal_on", kind="count", aside=True),
        Column(id="deal_all", kind="count", aside=True),
        Column(id="plain_share", kind="share", low="plain_low", high="plain_high", part="plain_on", whole="plain_all"),
        Column(id="plain_low", kind="share", aside=True),
        Column(id="plain_high", kind="share", aside=True),
        Column(id="plain_on", kind="count", aside=True),
        Column(id="plain_all", kind="count", aside=True),
        Column(id="difference", kind="share", low="difference_low", high="difference_high"),
        Column(id="difference_low", kind="share", aside=True),
        Column(id="difference_high", kind="share", aside=True),
        Column(id="chance", kind="chance", aside=True),
    ),
    definition="loops",
)


@dataclass(frozen=True, slots=True)
class _Loops:
    """The loops that are told: their keys in the order of the answer, how many there are of all kinds."""

    states: States
    keys: tuple[int, ...]
    all: int

    @property
    def size(self) -> int:
        """Number of states."""
        return len(self.states.names)


def rounds(frame: Asked, settings: Mapping[str, Setting]) -> Any:
    """The most frequent loops of each kind, by passes; `rows` of each."""
    level, kind, most = str(settings["level"]), str(settings["kind"]), int(number(settings["rows"]))
    view = partial(Walks, level=level)

    def walk(states: States) -> Round[Walks, tuple[Longs]]:
        def then(found: tuple[Longs]) -> Any:
            loops = _chosen(states, found[0], KINDS if kind == "all" else (kind,), most)
            if not loops.keys:
                none = CannotTell(cannot_tell="nothing-found") if states.names else None
                return answer_of(DECLARATION, frame, 0, (), cannot_tell=none)

            def timed(counted: tuple[Any, ...]) -> Any:
                fine = fineness(len(loops.keys))
                lengths = partial(remembered, lengths=partial(_lengths, loops=loops))
                return quartile_round(
                    view, lengths, counted[4], fine, lambda times: _told(frame, loops, most, counted, times)
                )

            return Round(view, partial(_counted, loops=loops), added, timed)

        return Round(view, partial(_seen, states=states), added, then)

    return with_states(frame, view, level, walk, MOST_STATES)


def _seen(view: Walks, first: int, last: int, *, states: States) -> tuple[Longs]:
    """Passes by key of a loop."""
    size = len(states.names)
    seen = np.full(keys_of(size), NOBODY, np.int64)
    for piece in view.pieces(first, last, states):
        rest: Any = (piece.units.start, piece.state, piece.time, size, seen)
        seen_in(*rest)
    return (seen >> 32,)


def _chosen(states: States, passes: Longs, kinds: tuple[str, ...], most: int) -> _Loops:
    """The most frequent loops of each kind; none of what is only known as “the rest”."""
    size, found = len(states.names), np.flatnonzero(passes)
    found = found[np.argsort(-passes[found], kind="stable")]
    kind_of, blurred = kinds_of(found, size, states.names.index(OTHER) if OTHER in states.names else -1)
    mine = {kind: found[(kind_of == kind) & ~blurred] for kind in kinds}
    keys = [key for kind in kinds for key in mine[kind][:most].tolist()]
    return _Loops(states, tuple(keys), sum(len(one) for one in mine.values()))


def _counted(view: Walks, first: int, last: int, *, loops: _Loops) -> tuple[Any, ...]:
    """Customers (L), passes by bucket (256, L) and in all (256), sides (256, L, 2, 2), histograms of times. The times
    are remembered."""
    size, many, fine = loops.size, len(loops.keys), fineness(len(loops.keys))
    place = np.full(keys_of(size), -1, np.int16)
    place[list(loops.keys)] = np.arange(many)
    need = [sum(1 << state for state in set(spelled(key, size)[1])) for key in loops.keys]
    people, passes = np.zeros(many, np.int64), np.zeros((BUCKETS, many), np.int64)
    whole, sides = np.zeros(BUCKETS, np.int64), np.zeros((BUCKETS, 2, 2, many), np.int64)
    hist, parts, deal = np.zeros((many, bins(fine)), np.int64), [], fixed(view.part.ready.passes.deal, np.int64)
    room = np.empty(0, np.uint16), np.empty(0, np.int64)
    tables = view.part.ready.buckets, size, fine, fixed(place), fixed(np.array(need, np.int64))
    for piece in view.pieces(first, last, loops.states):
        most = 2 * len(piece.state)
        room = room if len(room[0]) >= most else (np.empty(most, np.uint16), np.empty(most, np.int64))
        rest: Any = (*piece.walk, deal[piece.units], *tables, people, passes, whole, sides, hist, *room)
        used = told_of(*rest)
        parts.append((room[0][:used].copy(), room[1][:used].copy()))
    view.lengths[first, last] = parts
    return people, passes, whole, sides.transpose(0, 3, 2, 1), hist


def _lengths(view: Walks, first: int, last: int, *, loops: _Loops) -> list[Lengths]:
    if (first, last) not in view.lengths:
        _counted(view, first, last, loops=loops)
    return view.lengths[first, last]  # type: ignore[no-any-return]


def _told(frame: Asked, loops: _Loops, most: int, found: tuple[Any, ...], times: Quartiles) -> Answer:
    people, passes, whole, sides, hist = found
    often = hist.sum(axis=1)
    dealt = frame.ready.map.deal_stage is not None
    sides = sides if dealt else np.zeros_like(sides)  # without a deal on the map nobody can have failed to make one
    n, groups = int(whole.sum()), int(np.count_nonzero(whole))
    gaps = [_gap(sides[:, at]) for at in range(len(loops.keys))]
    tested = [at for at, gap in enumerate(gaps) if gap is not None]
    chances = false_discovery(np.array([gap.p for gap in gaps if gap is not None]))
    chance = dict(zip(tested, chances.tolist(), strict=True))
    rows: list[tuple[Cell, ...]] = []
    for at, key in enumerate(loops.keys):
        kind, path = spelled(key, loops.size)
        mine, gap = int(passes[:, at].sum()), gaps[at]
        q25, q50, q75 = (value / SECOND for value in times[at][1])
        rows.append(
            (f"loop:{kind}", STEP.join(loops.states.names[state] for state in path), mine, mine / n)
            + clustered_share(passes[:, at], whole, groups)
            + (n, int(often[at]), int(people[at]), q50, q25, q75)
            + _side(sides[:, at, 0])
            + _side(sides[:, at, 1])
            + ((None, None, None) if gap is None else (gap.value, gap.low, gap.high))
            + (chance.get(at),)
        )
    notes = [Note(message="measure-note-loops")] if dealt else []
    if loops.all > len(loops.keys):
        notes.append(Note(message="measure-note-loops-shown", facts={"n": most, "all": loops.all}))
    if OTHER in loops.states.names:
        notes.append(Note(message="measure-note-loops-few", facts={"n": MOST_STATES - 1}))
    return answer_of(DECLARATION, frame, n, rows, notes)


def _side(counts: npt.NDArray[np.int64]) -> tuple[float | None, float | None, float | None, int, int]:
    """Of finished passes by bucket and whether they made a deal: the share with one, its interval, how many, of how many."""
    bases = counts.sum(axis=1)
    total, deals = int(bases.sum()), int(counts[:, 1].sum())
    if not total:
        return None, None, None, 0, 0
    return (deals / total, *clustered_share(counts[:, 1], bases, int(np.count_nonzero(bases))), deals, total)


def _gap(sides: npt.NDArray[np.int64]) -> Gap | None:
    """The difference of the two shares; None where a side has too few."""
    with_it, without = _side(sides[:, 0]), _side(sides[:, 1])
    if min(with_it[4], without[4]) < LEAST:
        return None
    return newcombe(_measured(without), _measured(with_it))


def _measured(side: tuple[float | None, float | None, float | None, int, int]) -> Measured:
    value, low, high = side[:3]
    assert value is not None  # there are enough
    return Measured(value, low or 0.0, high or 0.0)
