"""The most frequent last steps before a deal, and before leaving (R-26)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.model import CannotTell, Unit
from tropa.model.measure import Answer, Cell, Column, Declaration, Note, Parameter, Picture, Setting
from tropa.stats.means import clustered_share
from tropa.trail.kernels.entries import BUCKETS
from tropa.trail.kernels.sequences import last_steps
from tropa.trail.kernels.units import NONE
from tropa.trail.measures.asked import UNIT, Asked, answer_of, number
from tropa.trail.measures.states import LEVELS, States, Walks, with_states
from tropa.trail.passes import DONE, EXIT, event_stops
from tropa.trail.rounds import Lengths, Quartiles, Round, fineness, histograms, quartile_round, remembered, tallied
from tropa.trail.slices import fixed
from tropa.trail.tape import Longs

SECOND = 1_000_000
Digests = npt.NDArray[np.uint64]
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
        UNIT,
    ),
    picture=Picture(kind="bars", x="path", value="share"),
    columns=(
        Column(id="path", kind="path"),
        Column(id="share", kind="share", low="low", high="high", part="passes", whole="whole"),
        Column(id="low", kind="share", aside=True),
        Column(id="high", kind="share", aside=True),
        Column(id="passes", kind="count"),
        Column(id="whole", kind="count", aside=True),
        Column(id="median", kind="seconds", low="q25", high="q75"),
        Column(id="q25", kind="seconds", aside=True),
        Column(id="q75", kind="seconds", aside=True),
    ),
    definition="paths",
)


def rounds(frame: Asked, settings: Mapping[str, Setting]) -> Any:
    """Paths to the deal (up to it), or to the last event of passes that left; how often, and the quartiles of the time they took."""
    level, rows = str(settings["level"]), int(number(settings["rows"]))
    wanted = DONE if settings["outcome"] == "deal" else EXIT
    collapse, most = 0 if settings["repeats"] else 1, int(number(settings["length"]))
    view = partial(Walks, level=level)

    def walk(states: States) -> Round[Walks, Any]:
        told: dict[str, Any] = {"states": states, "wanted": wanted, "collapse": collapse, "most": most}

        def then(found: tuple[Any, ...]) -> Any:
            (digests, counts), bases, customers = found
            # only those that are frequent enough are put in order
            least = np.partition(counts, -rows)[-rows] if len(counts) > rows else 0
            some = np.flatnonzero(counts >= least)
            top = some[np.lexsort((digests[some], -counts[some]))[:rows]]
            if not len(top):
                no_deal = wanted == DONE and frame.ready.map.deal_stage is None
                lack = CannotTell(cannot_tell="no-deal") if no_deal else None
                return answer_of(DECLARATION, frame, 0, (), cannot_tell=lack)
            wanted_digests = np.sort(digests[top])
            chunk = partial(_closer, wanted=wanted_digests, told=told)
            about = _About(counts[top], digests[top], len(digests), bases, int(customers))
            return Round(
                view, chunk, _closer_merged, lambda seen: _timed(frame, view, told, wanted_digests, about, seen)
            )

        return Round(view, partial(_tallied, told=told), _tallied_merged, then)

    return with_states(frame, view, level, walk)


@dataclass(frozen=True, slots=True)
class _About:
    """The most frequent paths: how often each, and its digest; how many there are; passes by bucket; customers."""

    counts: Longs
    digests: Digests
    all: int
    bases: Longs
    customers: int


def _ends(view: Walks, first: int, last: int, told: Mapping[str, Any]) -> tuple[Longs, Digests, Longs, Longs, int]:
    """The units that end as wanted and have states at all, their digests, and how long their last steps took (µs).

    And how many there are by bucket, and of how many customers.
    """
    if (first, last) not in view.lengths:
        ready, unit, stop = view.part.ready, view.unit(first), view.unit(last)
        until = fixed(ready.passes.deal if told["wanted"] == DONE else ready.passes.end, np.int64)
        size, bases, room, people = stop - unit, np.zeros(BUCKETS, np.int64), 0, 0
        units, digest, took = np.empty(size, np.int64), np.empty(size, np.uint64), np.empty(size, np.int64)
        for piece in view.pieces(first, last, told["states"], marked=False):
            rest: Any = (
                piece.units.start, piece.units.stop, view.first_event, view.offsets, piece.base, view.customer, view.part.customers,
                view.status, told["wanted"], until, piece.state, piece.time, ready.buckets, told["collapse"], told["most"], units[room:],
                digest[room:], took[room:], bases,
            )  # fmt: skip
            more, others = last_steps(*rest)
            room, people = room + more, people + others
        view.lengths[first, last] = units[:room], digest[:room], took[:room], bases, people
    return view.lengths[first, last]  # type: ignore[no-any-return]


def _tallied(view: Walks, first: int, last: int, *, told: Mapping[str, Any]) -> tuple[Any, ...]:
    """How often each different path is taken (sparse, by digest); passes by bucket; customers."""
    _, digests, _, bases, people = _ends(view, first, last, told)
    rising = np.sort(digests)
    begins = np.flatnonzero(np.append([True], rising[1:] != rising[:-1])[: len(rising)])
    return (rising[begins], np.diff(begins, append=len(rising))), bases, people


def _tallied_merged(one: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
    return tallied(one[0], other[0]), one[1] + other[1], one[2] + other[2]


def _picked(view: Walks, first: int, last: int, wanted: Digests, told: Mapping[str, Any]) -> tuple[Longs, Longs, Longs]:
    """The units with one of the wanted paths (digests in rising order): which of them, the units, how long they took."""
    units, digests, took, _, _ = _ends(view, first, last, told)
    some = np.zeros(1 << 16, np.bool_)  # by the lowest bits of a digest: most of the others are left out by these alone
    some[wanted.astype(np.uint16)] = True
    mine = np.flatnonzero(some[digests.astype(np.uint16)])
    at = np.minimum(np.searchsorted(wanted, digests[mine]), len(wanted) - 1)
    same = wanted[at] == digests[mine]
    return at[same], units[mine[same]], took[mine[same]]


def _closer(view: Walks, first: int, last: int, *, wanted: Digests, told: Mapping[str, Any]) -> tuple[Any, ...]:
    """Of the wanted paths: passes by bucket, histograms of times, and how they are spelled."""
    at, units, took = _picked(view, first, last, wanted, told)
    buckets = view.part.ready.buckets[view.part.ready.passes.customer[units]]
    by_bucket = np.bincount(at * BUCKETS + buckets, minlength=len(wanted) * BUCKETS).reshape(-1, BUCKETS)
    which, example = np.unique(at, return_index=True)
    names = {int(one): _spelled(view, int(units[spot]), told) for one, spot in zip(which, example, strict=True)}
    return by_bucket, histograms(at, took, len(wanted), fineness(len(wanted))), names


def _closer_merged(one: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
    return one[0] + other[0], one[1] + other[1], one[2] | other[2]


def _lengths(view: Walks, first: int, last: int, *, wanted: Digests, told: Mapping[str, Any]) -> list[Lengths]:
    at, _, took = _picked(view, first, last, wanted, told)
    return [(at, took)]


def _timed(
    frame: Asked,
    view: Callable[[Asked], Walks],
    told: Mapping[str, Any],
    wanted: Digests,
    about: _About,
    seen: tuple[Any, ...],
) -> Round[Walks, Lengths]:
    by_bucket, hist, names = seen
    lengths = partial(_lengths, wanted=wanted, told=told)
    order = np.searchsorted(wanted, about.digests).tolist()

    def then(times: Quartiles) -> Answer:
        whole = int(about.bases.sum())
        rows: list[tuple[Cell, ...]] = []
        for at, n in zip(order, about.counts.tolist(), strict=True):
            low, high = clustered_share(by_bucket[at], about.bases, about.customers)
            q25, q50, q75 = (value / SECOND for value in times[at][1])
            rows.append((names[at], n / whole, low, high, n, whole, q50, q25, q75))
        facts = {"shown": len(rows), "all": about.all}
        notes = (Note(message="measure-note-rows", facts=facts),) if about.all > len(rows) else ()
        return answer_of(DECLARATION, frame, whole, rows, notes)

    return quartile_round(view, partial(remembered, lengths=lengths), hist, fineness(len(wanted)), then)


def _spelled(view: Walks, unit: int, told: Mapping[str, Any]) -> str:
    """The last states of one unit, joined; an ellipsis before a path that was longer."""
    ready, passes, states = view.part.ready, view.part.ready.passes, told["states"]
    begin, stop = int(passes.first_event[unit]), int(event_stops(passes, ready.tape.offsets, slice(unit, unit + 1))[0])
    until = int(passes.deal[unit] if passes.status[unit] == DONE else passes.end[unit])
    seen: list[int] = []
    for s, t in zip(view.some(begin, stop, states).tolist(), ready.tape.time[begin:stop].tolist(), strict=True):
        if s == NONE or t > until or (told["collapse"] and seen and seen[-1] == s):
            continue
        seen.append(s)
    head = ["…"] if len(seen) > told["most"] else []
    return " > ".join([*head, *(states.names[s] for s in seen[-told["most"] :])])
