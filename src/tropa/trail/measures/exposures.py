"""Everything that both sides of a break had met by then, held ready to be set against leaving (R-25)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.bind import NO_POINT, NO_STAGE
from tropa.trail.calendar import wall
from tropa.trail.kernels.exposure import expose
from tropa.trail.measures.asked import Asked
from tropa.trail.measures.sides import Place, Sided, Sides
from tropa.trail.passes import DAY
from tropa.trail.rules import customers_that_fit, number_of
from tropa.trail.segments import rules_of
from tropa.trail.slices import fixed
from tropa.trail.tape import Column, Longs, Tape

MOST_NAMES, MOST_VALUES = 120, 12
FURTHEST = 30
"""How many events before the stage the touchpoint is looked for that somebody came from; further back it would be no reason any more."""
HOUR = 3_600_000_000
UNKNOWN = 2
Bytes = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]
Found = Iterator[tuple[str, Bytes]]


@dataclass(frozen=True, slots=True)
class Features:
    """What passes had met: names (`family:what`) and a table (features, units) of 0 (no), 1 (yes) and 2 (nobody can know)."""

    names: tuple[str, ...]
    met: Bytes


@dataclass(frozen=True, slots=True)
class Plan:
    """What is looked at, settled for the whole log: codes of the most frequent event names, and by property those of its most frequent
    values (None: a column of numbers)."""

    events: tuple[int, ...]
    properties: tuple[tuple[str, tuple[int, ...] | None], ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """What both sides had met, by pass in no order: `met` (rows of `_marks`, n) of 0, 1 and 2; `codes` (2, n): the place that the pass came
    from (−1: none), its first channel; `longs` (3, n): µs from its beginning to the stage, events until then, the moment (µs UTC);
    `numbers` (columns of numbers, n): the largest one met (NaN: none). At most `MOST_UNITS` passes."""

    key: npt.NDArray[np.uint64]
    left: npt.NDArray[np.bool_]
    met: Bytes
    codes: Longs
    longs: Longs
    numbers: Floats

    def beside(self, other: Looked) -> Looked:
        """The passes of both."""
        names = ("key", "left", "met", "codes", "longs", "numbers")
        return Looked(*(np.concatenate([getattr(self, name), getattr(other, name)], axis=-1) for name in names))

    def sorted(self) -> Looked:
        """The same in the order of their keys."""
        order = np.argsort(self.key, kind="stable")
        names = ("key", "left", "met", "codes", "longs", "numbers")
        return Looked(*(getattr(self, name)[..., order] for name in names))


def counts_of_names(view: Sided, first: int, last: int) -> tuple[Longs, ...]:
    """Events by name, then by value of each column that is not one of numbers: what a plan is made from."""
    tape = view.part.ready.tape
    here = slice(int(tape.offsets[first]), int(tape.offsets[last]))
    columns = [tape.event, *(tape.properties[name] for name in _worded(tape))]
    return tuple(np.bincount(column.codes[here], minlength=len(column.names)) for column in columns)


def plan_of(frame: Asked, counts: tuple[Longs, ...]) -> Plan:
    """What is looked at. `counts`: `counts_of_names` of the whole log."""
    tape, most = frame.ready.tape, {"event": MOST_NAMES}
    kept = {
        name: _most_frequent(found, most.get(name, MOST_VALUES))
        for name, found in zip(("event", *(f"property:{one}" for one in _worded(tape))), counts, strict=True)
    }
    properties = tuple((name, kept.get(f"property:{name}")) for name in tape.properties if name != "text")
    return Plan(kept["event"], properties)


def _most_frequent(counts: Longs, most: int) -> tuple[int, ...]:
    counts = np.append([0], counts[1:])  # code 0 is nothing
    return tuple(int(code) for code in np.argsort(-counts, kind="stable")[:most] if counts[code])


def _worded(tape: Tape) -> tuple[str, ...]:
    return tuple(name for name, column in tape.properties.items() if name != "text" and not _is_number(column))


def _is_number(column: Column) -> bool:
    names = column.names[1:]
    if len(names) <= MOST_VALUES:
        return False
    known = sum(1 for name in names[:500] if number_of(name) == number_of(name))
    return known >= 0.9 * min(len(names), 500)


def look(view: Sided, first: int, last: int, place: Place, lots: int, plan: Plan) -> Looked:
    """What the drawn passes of the customers first…last−1 had met."""
    asked, sides = view.part, view.sides(first, last, place, lots)
    time, marks = asked.ready.tape.time, list(_marks(asked, sides, plan))
    numbers = [_largest(sides, asked.ready.tape.properties[name]) for name, kept in plan.properties if kept is None]
    size = len(sides.units)
    first_channel = asked.ready.tape.channel.codes[sides.begin].astype(np.int64)
    moment = np.asarray(time[sides.entry])
    return Looked(
        key=sides.key,
        left=sides.left,
        met=np.concatenate([np.zeros((0, size), np.uint8), *(np.atleast_2d(row) for row in marks)]).astype(np.uint8),
        codes=np.stack([_came_from(asked, sides), first_channel]),
        longs=np.stack([moment - time[sides.begin], sides.entry - sides.begin, moment]),
        numbers=np.concatenate([np.zeros((0, size)), *(row[None] for row in numbers)]),
    )


def _marks(asked: Asked, sides: Sides, plan: Plan) -> Iterator[npt.NDArray[Any]]:
    """Rows of `Looked.met`, in the order in which `features_of` takes them."""
    tape = asked.ready.tape
    yield _exposed(sides, tape.event, plan.events)
    yield sides.visits > 1
    yield ~asked.ready.passes.is_first[sides.units]
    yield from _scores(asked, sides)
    customer = asked.ready.passes.customer[sides.units]
    for name, rule in _rules(asked):
        yield customers_that_fit(tape, rule, f"segments.{name}.rule")[customer]
    for name, kept in plan.properties:
        column = tape.properties[name]
        if kept is not None:
            yield _exposed(sides, column, kept)
        yield _exposed(sides, column, None)


def _exposed(sides: Sides, column: Column, codes: tuple[int, ...] | None) -> Bytes:
    """Which of the codes each pass had met, (codes, units); None: whether any at all, in one row."""
    row = np.full(len(column.names), -1, np.int32)
    if codes is None:
        row[1:] = 0
    else:
        row[list(codes)] = np.arange(len(codes), dtype=np.int32)
    met = np.zeros((1 if codes is None else len(codes), len(sides.units)), np.uint8)
    if not len(sides.units):
        return met
    here = slice(int(sides.begin.min()), int(sides.leave.max()))
    rest: Any = (
        fixed(sides.begin - here.start, np.int64), fixed(sides.leave - here.start, np.int64), fixed(column.codes[here], np.uint32),
        fixed(row), met,
    )  # fmt: skip
    expose(*rest)
    return met


def _came_from(asked: Asked, sides: Sides) -> Longs:
    """The touchpoint (or stage, numbered after them) of the last bound event before the stage; −1: none."""
    bound = asked.ready.bound
    came = np.full(len(sides.units), -1, np.int64)
    for back in range(1, FURTHEST):
        at = sides.entry - back
        open_ = (came < 0) & (at >= sides.begin)
        if not open_.any():
            break
        spot = at[open_]
        stage, point = bound.cells.stage_at(spot), bound.cells.point_at(spot)
        place = np.where(point == NO_POINT, stage.astype(np.int64) + len(bound.points), point)
        came[open_] = np.where(stage == NO_STAGE, -1, place)
    return came


def _scores(asked: Asked, sides: Sides) -> Iterator[npt.NDArray[Any]]:
    """Whether a score was given, and a low one (−1 or less)."""
    if not len(sides.units):
        yield np.zeros((2, 0), np.uint8)
        return
    begin = int(sides.begin.min())
    score = asked.ready.tape.score[begin : int(sides.leave.max())]
    spots = np.flatnonzero(~np.isnan(score)) + begin
    edges = np.searchsorted(spots, sides.begin), np.searchsorted(spots, sides.leave)
    low = np.append([0], np.cumsum(score[spots - begin] <= -1))
    given = edges[1] > edges[0]
    yield given
    yield np.where(given, low[edges[1]] > low[edges[0]], UNKNOWN)


def _rules(asked: Asked) -> Iterator[tuple[str, Any]]:
    """Segments and personas; those whose rule looks at what customers did are left out: that would look ahead."""
    for name, rule in rules_of(asked.ready.map).items():
        if not rule.did:
            yield name, rule


def _largest(sides: Sides, column: Column) -> Floats:
    """Of a column of numbers: the largest one that each pass had met."""
    largest = np.full(len(sides.units), np.nan)
    if not len(sides.units):
        return largest
    values = np.array([np.nan, *(number_of(word) for word in column.names[1:])])
    offset = int(sides.begin.min())
    codes = column.codes[offset : int(sides.leave.max())]
    spots = np.flatnonzero(codes)
    of_spot = values[codes[spots]]
    begin, leave = np.searchsorted(spots + offset, sides.begin), np.searchsorted(spots + offset, sides.leave)
    there = np.flatnonzero(leave > begin)
    if len(there):
        edges = np.column_stack([begin[there], leave[there]]).ravel()
        largest[there] = np.fmax.reduceat(np.append(of_spot, np.nan), edges)[::2]
    return largest


def features_of(frame: Asked, plan: Plan, looked: Looked) -> Features:
    """Everything that is held against leaving: exposures, the touchpoint before, repeats, times, properties, channel, persona, scores.

    `looked`: that of all drawn passes, sorted.
    """
    names: list[str] = []
    rows: list[Bytes] = []
    for name, row in _all(frame, plan, looked):
        names.append(name)
        rows.append(row)
    met = np.stack(rows) if rows else np.zeros((0, len(looked.key)), np.uint8)
    return Features(tuple(names), met)


def _all(frame: Asked, plan: Plan, looked: Looked) -> Found:
    tape, marks = frame.ready.tape, iter(looked.met)
    for code in plan.events:
        yield f"event:{tape.event.names[code]}", next(marks)
    yield from _before(frame, looked.codes[0])
    yield "repeat:stage", next(marks)
    yield "pass:again", next(marks)
    yield from _times(looked.longs, tape.zone)
    given, low = next(marks), next(marks)
    if given.any():
        yield "score:given", given
        yield "score:low", low
    yield from _channels(tape, looked.codes[1])
    for name, _ in _rules(frame):
        yield f"segment:{name}", next(marks)
    numbers = iter(looked.numbers)
    for name, kept in plan.properties:
        if kept is None:
            yield f"property:{name}", next(marks)
            yield from _quarters(f"property:{name}", next(numbers))
            continue
        # values are compared only among passes that had met any of the column, else every value would repeat its event
        met = [next(marks) for _ in kept]
        known = next(marks)
        for code, row in zip(kept, met, strict=True):
            value = np.where(known == 1, row, UNKNOWN).astype(np.uint8)
            yield f"property:{name}={tape.properties[name].names[code]}", value


def _before(frame: Asked, came: Longs) -> Found:
    """The touchpoint (or stage) that the customer came from."""
    bound = frame.ready.bound
    points = len(bound.points)
    for code in np.unique(came[came >= 0]):
        name = f"point:{bound.points[code][1]}" if code < points else f"stage:{bound.stages[code - points]}"
        yield f"before:{name}", (came == code).astype(np.uint8)


def _times(longs: Longs, zone: str) -> Found:
    to_stage, events, moment = longs
    if not len(moment):
        return
    yield from _quarters("time:to-stage", to_stage.astype(np.float64))
    yield from _quarters("count:events", events.astype(np.float64))
    moment = wall(moment, zone)
    yield "time:weekend", ((moment // DAY + 3) % 7 >= 5).astype(np.uint8)
    for name, begin in (("night", 0), ("morning", 6), ("day", 12), ("evening", 18)):
        hour = moment % DAY // HOUR
        yield f"time:{name}", ((hour >= begin) & (hour < begin + 6)).astype(np.uint8)


def _quarters(name: str, values: Floats) -> Found:
    """The quarter with the highest and the quarter with the lowest values, where these differ."""
    known = values[~np.isnan(values)]
    if not len(known):
        return
    low, high = np.quantile(known, [0.25, 0.75])
    if high > known.min():
        yield f"{name}>{high:g}", np.where(np.isnan(values), UNKNOWN, values > high).astype(np.uint8)
    if low < known.max():
        yield f"{name}<={low:g}", np.where(np.isnan(values), UNKNOWN, values <= low).astype(np.uint8)


def _channels(tape: Tape, first: Longs) -> Found:
    """The first channel."""
    for code in np.argsort(-np.bincount(first, minlength=len(tape.channel.names)), kind="stable")[:MOST_VALUES]:
        if code and (first == code).any():
            yield f"channel:{tape.channel.names[code]}", (first == code).astype(np.uint8)
