"""The map held against the trail: what customers do that the map does not have, and the reverse (R-22)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.model import CannotTell, Unit
from tropa.model.measure import Answer, Cell, Column, Declaration, Note, Parameter, Picture, Setting
from tropa.stats.bootstrap import BUCKETS, bucket_weights, percentile_interval
from tropa.stats.contrast import false_discovery
from tropa.stats.differences import Gap, Measured, newcombe
from tropa.stats.means import clustered_share
from tropa.trail.kernels.bind import DEAL, VOID
from tropa.trail.kernels.conform import CLOSED, DEALS, PASSES, VALUE, conform, count_strange, meet_strange
from tropa.trail.kernels.standing import raw_codes
from tropa.trail.measures.asked import Asked, answer_of, number
from tropa.trail.measures.buyers import wealth_of
from tropa.trail.measures.columns import ranged, share_of
from tropa.trail.passes import event_stops
from tropa.trail.prepare import Prepared
from tropa.trail.rounds import Round, added, itself
from tropa.trail.slices import fixed
from tropa.trail.tape import Longs

Floats = npt.NDArray[np.float64]
MONTH = 30 * 86_400_000_000
LEAST = 10
"""A deviation is held against passes without it from so many finished passes on each side on."""
MOST_NAMES = 200
"""Event names that the map does not know beyond this many are left out, the rarest first, and counted."""
REPLICATES, SEED = 400, 20_261_128
STEP = " > "
SKIPPED, BACK, UNKNOWN, UNSEEN = "mark:skipped", "mark:back", "mark:unknown-event", "mark:unseen"
DECLARATION = Declaration(
    id="conformance",
    unit=Unit.PASSES,
    parameters=(
        Parameter(id="sort", kind="choice", choices=("often", "money"), default="often"),
        Parameter(id="rows", kind="number", default=50, least=1, most=500),
    ),
    picture=Picture(kind="bars", x="what", value="share"),
    columns=(
        Column(id="deviation", kind="state"),
        Column(id="what", kind="path"),
        Column(id="passes", kind="count"),
        *ranged("share", part="passes", whole="whole"),
        Column(id="whole", kind="count", aside=True),
        Column(id="customers", kind="count"),
        *share_of("mine_share", "mine_on", "mine_all"),
        *share_of("rest_share", "rest_on", "rest_all"),
        *ranged("difference"),
        Column(id="chance", kind="chance", aside=True),
        *ranged("effect", "money"),
    ),
    definition="conformance",
)


@dataclass(frozen=True, slots=True)
class Keys:
    """What can differ from the map, by number. `back` int64 (S, S), `unknown` int64 (event names): their numbers, −1 for none."""

    stages: int
    back: Longs
    unknown: Longs
    names: tuple[tuple[str, str], ...]
    """(deviation, what) by number."""
    left_out: int = 0
    """Event names without a number."""


def rounds(frame: Asked, settings: Mapping[str, Setting]) -> Any:
    """Deviations of passes, and what of the map no event was seen for."""

    def walk(found: tuple[Longs]) -> Round[Asked, tuple[Longs, ...]]:
        keys = keys_of(frame.ready, found[0])
        chunk = partial(_counted, keys=keys)
        return Round(itself, chunk, added, lambda counts: _told(frame, keys, settings, found[0], *counts))

    return Round(itself, _unknown, added, walk)


def _strange(part: Asked, first: int, last: int) -> tuple[Any, ...]:
    """Where the passes of a slice are, and what both kernels over their events want. Of a period, a pass ends where one before or after
    the period begins."""
    ready, passes = part.ready, part.ready.passes
    here = passes.those_of(first, last)
    if ready.part is None:
        stop = event_stops(passes, ready.tape.offsets, here)
    else:
        every = ready.whole.passes
        there = every.those_of(first, last)
        stop = event_stops(every, ready.tape.offsets, there)[ready.part.which[there]]
    return (
        here.start, here.stop, fixed(passes.customer, np.int32), fixed(passes.first_event, np.int64), fixed(stop, np.int64),
        fixed(ready.bound.stage), fixed(ready.bound.flags), DEAL | VOID, *raw_codes(ready.tape.event.codes),
    )  # fmt: skip


def _unknown(part: Asked, first: int, last: int) -> tuple[Longs]:
    """Events of each name that are bound to nothing and lie within passes, and (last) all that are bound.

    What makes or voids a deal is used, though it may be bound to no stage.
    """
    out = np.zeros(len(part.ready.tape.event.names) + 1, np.int64)
    rest: Any = (*_strange(part, first, last), part.customers, out)
    count_strange(*rest)
    return (out,)


def keys_of(ready: Prepared, events: Longs) -> Keys:
    """The numbers of all that can differ: skipped stages, ways back without a loop of the map, events that it does not know."""
    bound, size = ready.bound, len(ready.bound.stages)
    names = [(SKIPPED, f"stage:{name}") for name in bound.stages]
    back = np.full((size, size), -1, np.int64)
    loops = {(one.source, one.target) for one in ready.map.loops}
    for a, b in np.argwhere(bound.later).tolist():
        if (bound.stages[b], bound.stages[a]) not in loops:
            back[b, a] = len(names)
            names.append((BACK, f"stage:{bound.stages[b]}{STEP}stage:{bound.stages[a]}"))
    unknown = np.full(len(ready.tape.event.names), -1, np.int64)
    there = [int(code) for code in np.argsort(-events[:-1], kind="stable") if events[code]]
    for code in there[:MOST_NAMES]:
        unknown[code] = len(names)
        names.append((UNKNOWN, f"event:{ready.tape.event.names[code]}"))
    return Keys(size, back, unknown, tuple(names), max(len(there) - MOST_NAMES, 0))


def _counted(part: Asked, first: int, last: int, *, keys: Keys) -> tuple[Longs, ...]:
    """Counts by bucket, key, side and kind (256, K, 2, 4), customers by key (K), fitting passes and all of them by bucket (256, 4)."""
    ready, passes = part.ready, part.ready.passes
    here = passes.those_of(first, last)
    found, people = np.zeros((BUCKETS, len(keys.names), 4), np.int64), np.zeros(len(keys.names), np.int64)
    occasions = np.zeros((BUCKETS, 2, keys.stages, 4), np.int64)
    fits, whole = np.zeros(BUCKETS, np.int64), np.zeros((BUCKETS, 4), np.int64)
    later = ready.bound.later
    before = np.array([_bits(later[:, s]) for s in range(keys.stages)], np.uint64)
    after = np.array([_bits(later[s]) for s in range(keys.stages)], np.uint64)
    about = (fixed(passes.status), fixed(passes.value, np.int64), part.customers, ready.buckets)
    rest: Any = (
        fixed(passes.customer, np.int32), fixed(passes.visits_from, np.int64), fixed(passes.visit_stage), *about, fixed(before),
        fixed(after), np.uint64(_bits(ready.bound.observed)), fixed(keys.back), found, occasions, people, fits, whole,
    )  # fmt: skip
    conform(here.start, here.stop, *rest)
    if (keys.unknown >= 0).any():
        strange: Any = (*_strange(part, first, last), *about, fixed(keys.unknown), found, people)
        meet_strange(*strange)
    sides = np.zeros((BUCKETS, len(keys.names), 2, 4), np.int64)
    sides[:, :, 0], sides[:, : keys.stages, 1] = found, occasions[:, 0]
    ways = np.argwhere(keys.back >= 0)
    sides[:, keys.back[ways[:, 0], ways[:, 1]], 1] = occasions[:, 1, ways[:, 0]]
    return sides, people, fits, whole


def _bits(which: npt.NDArray[np.bool_]) -> int:
    return sum(1 << int(at) for at in np.flatnonzero(which))


def _told(
    frame: Asked, keys: Keys, settings: Mapping[str, Setting], events: Longs, found: Longs, people: Longs, fits: Longs, whole: Longs
) -> Answer:  # fmt: skip
    ready, n = frame.ready, int(whole[:, PASSES].sum())
    if not n:
        return answer_of(DECLARATION, frame, 0, ())
    unknown = [k for k, (kind, _) in enumerate(keys.names) if kind == UNKNOWN]
    found[:, unknown, 1] = whole[:, None, :]
    if ready.map.deal_stage is None:  # without a deal on the map nobody can have failed to make one
        found[..., [CLOSED, DEALS, VALUE]] = 0
    there = [k for k in range(len(keys.names)) if found[:, k, 0, PASSES].any()]
    money, gaps = _money(ready, found), [_gap(found[:, k]) for k in there]
    chance = _chances(there, gaps)
    rows: list[tuple[Cell, ...]] = []
    for k, gap in zip(there, gaps, strict=True):
        with_it, base = found[:, k, 0], found[:, k, 1]
        passes, whole_n = int(with_it[:, PASSES].sum()), int(base[:, PASSES].sum())
        low, high = clustered_share(with_it[:, PASSES], base[:, PASSES], int(np.count_nonzero(base[:, PASSES])))
        worth = money(k) if gap is not None else (None, None, None)
        told = (None, None, None) if gap is None else (gap.value, gap.low, gap.high)
        rows.append(
            (*keys.names[k], passes, passes / whole_n, low, high, whole_n, int(people[k]), *_side(with_it), *_side(base - with_it), *told,
             chance.get(k), *worth)
        )  # fmt: skip
    by_money = settings["sort"] == "money"
    rows.sort(key=lambda row: (-abs(float(row[-3] or 0)) if by_money else 0, -int(row[2] or 0), str(row[1])))
    most = int(number(settings["rows"]))
    shown = rows[:most] + _unseen(ready)
    notes = [*_notes(frame, keys, events, int(fits.sum()), n)]
    if len(rows) > most:
        notes.append(Note(message="measure-note-rows", facts={"shown": most, "all": len(rows)}))
    none = CannotTell(cannot_tell="nothing-found", n=n) if not shown else None
    return answer_of(DECLARATION, frame, n, shown, notes, cannot_tell=none)


def _side(counts: Longs) -> tuple[Cell, ...]:
    """Of finished passes by bucket (256, 4): the share with a deal, its interval, how many, of how many."""
    base, deals = int(counts[:, CLOSED].sum()), int(counts[:, DEALS].sum())
    if not base:
        return None, None, None, 0, 0
    side = _measured(counts)
    return side.value, side.low, side.high, deals, base


def _gap(counts: Longs) -> Gap | None:
    """The difference of the shares with and without it; None where a side has too few finished passes."""
    plain, mine = counts[:, 1] - counts[:, 0], counts[:, 0]
    if min(int(plain[:, CLOSED].sum()), int(mine[:, CLOSED].sum())) < LEAST:
        return None
    return newcombe(_measured(plain), _measured(mine))


def _measured(counts: Longs) -> Measured:
    base, deals = int(counts[:, CLOSED].sum()), int(counts[:, DEALS].sum())
    low, high = clustered_share(counts[:, DEALS], counts[:, CLOSED], int(np.count_nonzero(counts[:, CLOSED])))
    return Measured(deals / base, low, high)


def _chances(there: list[int], gaps: list[Gap | None]) -> dict[int, float]:
    tested = [(k, gap.p) for k, gap in zip(there, gaps, strict=True) if gap is not None]
    shares = false_discovery(np.array([p for _, p in tested]))
    return dict(zip((k for k, _ in tested), shares.tolist(), strict=True))


def _money(ready: Prepared, found: Longs) -> Callable[[int], tuple[Cell, ...]]:
    """By number of a deviation: what passes with it bring more (less: negative) than those without, in 30 days, with its interval."""
    span = max(ready.passes.observed_until - ready.passes.log_start, MONTH) / MONTH
    weights, wealth = bucket_weights(REPLICATES, SEED), wealth_of(ready.map, found[..., VALUE].ravel())

    def difference(with_it: Floats, rest: Floats) -> Floats:
        passes = np.maximum(with_it[..., CLOSED], 1), np.maximum(rest[..., CLOSED], 1)
        money = [wealth.of(side[..., VALUE], side[..., DEALS]) for side in (with_it, rest)]
        return np.asarray((money[0] / passes[0] - money[1] / passes[1]) * with_it[..., CLOSED] / span)

    def told(k: int) -> tuple[Cell, ...]:
        if wealth.kind is None:
            return None, None, None
        with_it, rest = found[:, k, 0].astype(np.float64), (found[:, k, 1] - found[:, k, 0]).astype(np.float64)
        value = float(difference(with_it.sum(axis=0), rest.sum(axis=0)))
        return value, *percentile_interval(value, difference(weights @ with_it, weights @ rest))

    return told


def _unseen(ready: Prepared) -> list[tuple[Cell, ...]]:
    """Stages and touchpoints that have a rule, but no event in the whole log."""
    bound = ready.bound
    ruled = {
        stage.id for stage in ready.map.stages if stage.when or stage.deal or any(p.when for p in stage.touchpoints)
    }
    names = [
        f"stage:{name}" for name, seen in zip(bound.stages, bound.observed, strict=True) if name in ruled and not seen
    ]
    names += [f"point:{name}" for (_, name), events in zip(bound.points, bound.point_events, strict=True) if not events]
    empty: list[Cell] = [None] * (len(DECLARATION.columns) - 3)
    return [(UNSEEN, name, 0, *empty) for name in names]


def _notes(frame: Asked, keys: Keys, events: Longs, fits: int, n: int) -> tuple[Note, ...]:
    bound, unknown = int(events[-1]), int(events[:-1].sum())
    notes = [
        Note(message="measure-note-fit-passes", facts={"n": fits, "all": n}),
        Note(message="measure-note-fit-events", facts={"n": bound, "all": bound + unknown}),
    ]
    if frame.ready.map.deal_stage is not None:
        notes.append(Note(message="measure-note-fit-association"))  # fmt: skip
    if keys.left_out:
        notes.append(Note(message="measure-note-fit-names", facts={"n": keys.left_out}))
    return tuple(notes)
