"""Those who left at a break beside those who went on, and everything the two had met by then (R-25)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.model import TropaError, near_miss
from tropa.trail.bind import NO_POINT
from tropa.trail.kernels.exposure import expose, spans, until_moment
from tropa.trail.loops import common_horizon, find_waits
from tropa.trail.measures.asked import Asked
from tropa.trail.passes import DAY, DONE, EXIT
from tropa.trail.rules import customers_that_fit, number_of
from tropa.trail.segments import rules_of
from tropa.trail.slices import fixed
from tropa.trail.tape import Column, Longs

MOST_UNITS = 100_000
"""Reasons are looked for among at most so many passes, drawn by a hash."""
MOST_NAMES, MOST_VALUES = 120, 12
HOUR = 3_600_000_000
UNKNOWN = 2
Bytes = npt.NDArray[np.uint8]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sides:
    """The passes that are compared, one a customer: `left` (bool) or went on; events begin…leave−1 are what they had met, `entry` the
    event with which they came to the stage (of a loop: the first event), `stop` the end of the pass. `eligible`: passes before drawing."""

    units: Longs
    left: Bools
    begin: Longs
    entry: Longs
    leave: Longs
    stop: Longs
    visits: Longs
    eligible: int


@dataclass(frozen=True, slots=True)
class Features:
    """What passes had met: names (`family:what`) and a table (features, units) of 0 (no), 1 (yes) and 2 (nobody can know)."""

    names: tuple[str, ...]
    met: Bytes


def sides_of(asked: Asked, stage: str, kind: str) -> Sides:
    """The two sides of a break. Raises TR-T305 for a stage that the map does not have."""
    ready = asked.ready
    if stage not in ready.bound.stages:
        known = list(ready.bound.stages)
        raise TropaError("TR-T305", name=stage, near=near_miss(stage, known), known=", ".join(known))
    return _of_loop(asked) if kind == "loop" else _of_exit(asked, ready.bound.stages.index(stage))


def _stops(asked: Asked) -> Longs:
    passes = asked.ready.passes
    out = np.asarray(asked.ready.tape.offsets[passes.customer + 1]).astype(np.int64)
    follows = np.flatnonzero(passes.customer[1:] == passes.customer[:-1])
    out[follows] = passes.first_event[follows + 1]
    return out


def _of_exit(asked: Asked, target: int) -> Sides:
    ready, passes = asked.ready, asked.ready.passes
    stop = _stops(asked)
    entry, leave = np.empty(len(passes), np.int64), np.empty(len(passes), np.int64)
    went, visits = np.empty(len(passes), np.uint8), np.empty(len(passes), np.int64)
    later = int(sum(1 << int(s) for s in np.flatnonzero(ready.bound.later[target])))
    rest: Any = (
        fixed(passes.first_event, np.int64), fixed(stop, np.int64), fixed(ready.bound.stage), fixed(ready.tape.time, np.int64),
        fixed(passes.deal, np.int64), target, later, entry, leave, went, visits,
    )  # fmt: skip
    spans(*rest)
    left = (passes.status == EXIT) & (passes.last_stage == target) & (went == 0)
    able = (entry >= 0) & (left | (went != 0)) & (asked.customers[passes.customer] != 0)
    return _drawn(asked, able, left, entry, leave, stop, visits)


def _of_loop(asked: Asked) -> Sides:
    """Purchases that were watched for the whole horizon: those that nobody followed up within it are the ones who left.

    What was met counts up to a landmark, a quarter of the horizon after the deal, and whoever was back before it is left out: else coming
    back early would itself decide what one has had the time to meet (Anderson, Cain and Gelber, Journal of Clinical Oncology 1, 1983).
    """
    ready, passes = asked.ready, asked.ready.passes
    waits = find_waits(ready, asked.customers)
    horizon = common_horizon(ready) or DAY
    until = int(ready.bound.until[ready.bound.deal_stage])
    done = np.flatnonzero((passes.status == DONE) & (asked.customers[passes.customer] != 0) & (passes.deal <= until))
    able, left = np.zeros(len(passes), np.bool_), np.zeros(len(passes), np.bool_)
    landmark = horizon // 4
    able[done] = (waits.at + horizon <= waits.until) & (waits.wait > landmark)
    left[done] = ~(waits.came & (waits.wait <= horizon))
    stop, leave = _stops(asked), np.empty(len(passes), np.int64)
    begin = fixed(passes.first_event, np.int64)
    moment = np.where(passes.status == DONE, passes.deal, passes.start) + landmark
    rest: Any = (begin, fixed(stop, np.int64), fixed(asked.ready.tape.time, np.int64), fixed(moment, np.int64), leave)
    until_moment(*rest)
    return _drawn(asked, able, left, passes.first_event, leave, stop, np.ones(len(passes), np.int64))


def _hash(numbers: Longs) -> npt.NDArray[np.uint64]:
    x = (numbers.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(x ^ (x >> np.uint64(31)))


def _drawn(asked: Asked, able: Bools, left: Bools, entry: Longs, leave: Longs, stop: Longs, visits: Longs) -> Sides:
    """One pass of each customer, drawn by a hash (passes of one customer are not independent), of at most `MOST_UNITS` customers."""
    passes = asked.ready.passes
    which = np.flatnonzero(able)
    order = which[np.lexsort((_hash(which), passes.customer[which]))]
    owner = passes.customer[order]
    units = order[np.append([True], owner[1:] != owner[:-1])[: len(order)]]
    if len(units) > MOST_UNITS:
        units = np.sort(units[np.argsort(_hash(passes.customer[units].astype(np.int64)), kind="stable")[:MOST_UNITS]])
    return Sides(
        units=units, left=left[units], begin=passes.first_event[units], entry=entry[units], leave=leave[units],
        stop=stop[units], visits=visits[units], eligible=len(which),
    )  # fmt: skip


def features_of(asked: Asked, sides: Sides) -> Features:
    """Everything that is held against leaving: exposures, the touchpoint before, repeats, times, properties, channel, persona, scores."""
    names: list[str] = []
    rows: list[Bytes] = []
    for name, row in _all(asked, sides):
        names.append(name)
        rows.append(row)
    met = np.stack(rows) if rows else np.zeros((0, len(sides.units)), np.uint8)
    return Features(tuple(names), met)


Found = Iterator[tuple[str, Bytes]]


def _all(asked: Asked, sides: Sides) -> Found:
    tape = asked.ready.tape
    yield from _met(sides, tape.event, "event", MOST_NAMES)
    yield from _before(asked, sides)
    yield from _repeats_and_times(asked, sides)
    yield from _scores(asked, sides)
    yield from _people(asked, sides)
    for name, column in tape.properties.items():
        if name == "text":
            continue
        if _is_number(column):
            yield from _numbers(sides, column, name)
        else:
            yield from _met(sides, column, f"property:{name}", MOST_VALUES)


def _met(sides: Sides, column: Column, family: str, most: int) -> Found:
    """Which of the most frequent names of a column each pass had met; of a property only among passes that had met any value of it."""
    counts = np.bincount(column.codes, minlength=len(column.names))
    counts[0] = 0
    kept = [int(code) for code in np.argsort(-counts, kind="stable")[:most] if counts[code]]
    row = np.full(len(column.names), -1, np.int32)
    row[kept] = np.arange(len(kept), dtype=np.int32)
    met = np.zeros((len(kept), len(sides.units)), np.uint8)
    rest: Any = (
        fixed(sides.begin, np.int64),
        fixed(sides.leave, np.int64),
        fixed(column.codes, np.uint32),
        fixed(row),
        met,
    )
    expose(*rest)
    if family == "event":
        for index, code in enumerate(kept):
            yield f"{family}:{column.names[code]}", met[index]
        return
    row[:] = 0
    row[0] = -1
    known = np.zeros((1, len(sides.units)), np.uint8)
    again: Any = (*rest[:3], fixed(row), known)
    expose(*again)
    for index, code in enumerate(kept):
        yield f"{family}={column.names[code]}", np.where(known[0] == 1, met[index], UNKNOWN).astype(np.uint8)


def _before(asked: Asked, sides: Sides) -> Found:
    """The touchpoint (or stage) that the customer came from: the last bound event before the stage."""
    bound = asked.ready.bound
    came = np.full(len(sides.units), -1, np.int64)
    points = len(bound.points)
    for back in range(1, 30):  # bound events lie close to one another; further back it would be no reason any more
        at = sides.entry - back
        open_ = (came < 0) & (at >= sides.begin)
        if not open_.any():
            break
        spot = at[open_]
        place = np.where(bound.point[spot] == NO_POINT, bound.stage[spot].astype(np.int64) + points, bound.point[spot])
        came[open_] = np.where(bound.stage[spot] == 255, -1, place)
    for code in np.unique(came[came >= 0]):
        name = f"point:{bound.points[code][1]}" if code < points else f"stage:{bound.stages[code - points]}"
        yield f"before:{name}", (came == code).astype(np.uint8)


def _repeats_and_times(asked: Asked, sides: Sides) -> Found:
    ready = asked.ready
    time = ready.tape.time
    yield "repeat:stage", (sides.visits > 1).astype(np.uint8)
    yield "pass:again", (~ready.passes.is_first[sides.units]).astype(np.uint8)
    if not len(sides.units):
        return
    yield from _quarters("time:to-stage", (time[sides.entry] - time[sides.begin]).astype(np.float64))
    yield from _quarters("count:events", (sides.entry - sides.begin).astype(np.float64))
    moment = time[sides.entry]
    yield "time:weekend", ((moment // DAY + 3) % 7 >= 5).astype(np.uint8)
    for name, begin in (("night", 0), ("morning", 6), ("day", 12), ("evening", 18)):
        hour = moment % DAY // HOUR
        yield f"time:{name}", ((hour >= begin) & (hour < begin + 6)).astype(np.uint8)


def _quarters(name: str, values: npt.NDArray[np.float64]) -> Found:
    """The quarter with the highest and the quarter with the lowest values, where these differ."""
    known = values[~np.isnan(values)]
    if not len(known):
        return
    low, high = np.quantile(known, [0.25, 0.75])
    if high > known.min():
        yield f"{name}>{high:g}", np.where(np.isnan(values), UNKNOWN, values > high).astype(np.uint8)
    if low < known.max():
        yield f"{name}<={low:g}", np.where(np.isnan(values), UNKNOWN, values <= low).astype(np.uint8)


def _scores(asked: Asked, sides: Sides) -> Found:
    """A score was given; a low one (−1 or less) was."""
    score = asked.ready.tape.score
    spots = np.flatnonzero(~np.isnan(score))
    edges = np.searchsorted(spots, sides.begin), np.searchsorted(spots, sides.leave)
    if not (edges[1] > edges[0]).any():
        return
    low = np.append([0], np.cumsum(score[spots] <= -1))
    given = edges[1] > edges[0]
    yield "score:given", given.astype(np.uint8)
    yield "score:low", np.where(given, low[edges[1]] > low[edges[0]], UNKNOWN).astype(np.uint8)


def _people(asked: Asked, sides: Sides) -> Found:
    """First channel, and segments and personas; those whose rule looks at what customers did are left out: that would look ahead."""
    ready = asked.ready
    tape, customer = ready.tape, ready.passes.customer[sides.units]
    first = tape.channel.codes[sides.begin].astype(np.int64)
    for code in np.argsort(-np.bincount(first, minlength=len(tape.channel.names)), kind="stable")[:MOST_VALUES]:
        if code and (first == code).any():
            yield f"channel:{tape.channel.names[code]}", (first == code).astype(np.uint8)
    for name, rule in rules_of(ready.map).items():
        if not rule.did:
            fits = customers_that_fit(tape, rule, f"segments.{name}.rule")
            yield f"segment:{name}", fits[customer].astype(np.uint8)


def _is_number(column: Column) -> bool:
    names = column.names[1:]
    if len(names) <= MOST_VALUES:
        return False
    known = sum(1 for name in names[:500] if number_of(name) == number_of(name))
    return known >= 0.9 * min(len(names), 500)


def _numbers(sides: Sides, column: Column, name: str) -> Found:
    """A column of numbers: the largest one that each pass had met, by quarters."""
    values = np.array([np.nan, *(number_of(word) for word in column.names[1:])])
    spots = np.flatnonzero(column.codes)
    of_spot = values[column.codes[spots]]
    begin, leave = np.searchsorted(spots, sides.begin), np.searchsorted(spots, sides.leave)
    largest = np.full(len(sides.units), np.nan)
    there = np.flatnonzero(leave > begin)
    if len(there):
        edges = np.column_stack([begin[there], leave[there]]).ravel()
        largest[there] = np.fmax.reduceat(np.append(of_spot, np.nan), edges)[::2]
    yield f"property:{name}", (leave > begin).astype(np.uint8)
    yield from _quarters(f"property:{name}", largest)
