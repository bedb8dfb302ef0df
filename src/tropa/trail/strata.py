"""Customers and passes in strata and in groups that can be compared: segments, first channel, month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tropa.model import Map, SegmentRule
from tropa.trail.calendar import wall
from tropa.trail.passes import DAY, Passes
from tropa.trail.rules import customers_that_fit
from tropa.trail.tape import Longs, Tape

NO_GROUP = 65_535
MOST_STRATA = 4
"""More segments than this are priced together, so that each stratum has something to say."""
MOST_CHANNELS = 16
NEVER, FOREVER = np.iinfo(np.int64).min, np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Strata:
    """`segment` uint8 (customers): stratum of the chain, `count` of them. `group` uint16 (dimensions, customers) and `month` uint16
    (passes): codes into `names`, `NO_GROUP` for none. `dimensions`: by name, the codes that are compared with one another.
    `everybody`: the codes that together hold every pass once (the months)."""

    segment: npt.NDArray[np.uint8]
    count: int
    group: npt.NDArray[np.uint16]
    month: npt.NDArray[np.uint16]
    names: tuple[str, ...]
    dimensions: Mapping[str, tuple[int, ...]]

    @property
    def everybody(self) -> tuple[int, ...]:
        """Codes of the months."""
        return self.dimensions["month"]


@dataclass(frozen=True, slots=True)
class Kept:
    """What strata are made of, of some whole customers. By customer: `persona`, the number of the first rule that fits (−1: none); `inside`
    (segments, customers); `channel`, the first one's code. By pass: `month` since 1970 (UTC's or the zone's)."""

    persona: Longs
    inside: npt.NDArray[np.bool_]
    channel: Longs
    month: Longs


@dataclass(frozen=True, slots=True)
class StrataFacts:
    """What is known of everybody, to be added: customers by persona (the last: of none), by first channel; first and last month (`first` >
    `last`: no passes)."""

    personas: Longs
    channels: Longs
    first: int = FOREVER
    last: int = NEVER

    def beside(self, other: StrataFacts) -> StrataFacts:
        """Of both."""
        months = min(self.first, other.first), max(self.last, other.last)
        return StrataFacts(self.personas + other.personas, self.channels + other.channels, *months)


def strata_of(tape: Tape, value: Map, passes: Passes) -> Strata:
    """Strata by the personas' segments (the first that fits), groups by persona, segment, first channel and month."""
    kept = kept_of(tape, value, passes)
    return strata_from(value, tape, kept, facts_of(value, tape, kept))


def kept_of(tape: Tape, value: Map, passes: Passes) -> Kept:
    """What strata are made of, of the tape's customers and these passes."""
    persona = np.full(len(tape.customers), -1, np.int64)
    for number, (name, rule) in enumerate(_personas(value)):
        persona[customers_that_fit(tape, rule, f"personas.{name}.segment") & (persona < 0)] = number
    inside = [customers_that_fit(tape, one.rule, f"segments.{one.id}") for one in value.segments]
    channel = np.zeros(len(tape.customers), np.int64)
    there = np.diff(tape.offsets) > 0
    channel[there] = tape.channel.codes[tape.offsets[:-1][there]]
    shape = (len(inside), len(tape.customers))
    return Kept(persona, np.array(inside, np.bool_).reshape(shape), channel, _months(passes, tape.zone))


def facts_of(
    value: Map, tape: Tape, kept: Kept, customers: slice = slice(None), passes: slice = slice(None)
) -> StrataFacts:
    """What these customers with these passes add to what is known of everybody."""
    personas = len(_personas(value))
    mine = kept.persona[customers]
    sizes = np.bincount(np.where(mine < 0, personas, mine), minlength=personas + 1)
    channels = np.bincount(kept.channel[customers], minlength=len(tape.channel.names))
    months = kept.month[passes]
    first, last = int(months.min(initial=FOREVER)), int(months.max(initial=NEVER))
    return StrataFacts(sizes.astype(np.int64), channels.astype(np.int64), first, last)


def strata_from(value: Map, tape: Tape, kept: Kept, facts: StrataFacts) -> Strata:
    """The strata of some customers and passes, named and numbered as everybody's are."""
    people = len(kept.persona)
    names: list[str] = []
    rows: list[npt.NDArray[np.uint16]] = []
    dimensions: dict[str, tuple[int, ...]] = {}

    def add(name: str, codes: Longs, labels: list[str]) -> None:
        base = len(names)
        names.extend(labels)
        rows.append(np.where(codes >= 0, codes + base, NO_GROUP).astype(np.uint16))
        dimensions[name] = tuple(range(base, base + len(labels)))

    personas = np.flatnonzero(facts.personas[:-1])
    persona = _renumbered(kept.persona, personas, len(facts.personas))
    if len(personas) > 1:
        add("persona", persona, [_personas(value)[number][0] for number in personas])
    for segment, inside in zip(value.segments, kept.inside, strict=True):
        add(f"segment {segment.id}", np.where(inside, 0, -1).astype(np.int64), [segment.id])
    sizes = facts.channels.copy()
    sizes[0] = 0
    channels = np.array([code for code in np.argsort(-sizes, kind="stable")[:MOST_CHANNELS] if sizes[code]], np.int64)
    if len(channels) > 1:
        codes = _renumbered(kept.channel, channels, len(sizes))
        add("channel", codes, [tape.channel.names[code] for code in channels])
    base = len(names)
    months = np.arange(facts.first, facts.last + 1) if facts.first <= facts.last else np.zeros(0, np.int64)
    names.extend(str(month) for month in months.astype("datetime64[M]"))
    dimensions["month"] = tuple(range(base, base + len(months)))
    segment_of, count = _strata(persona, personas, facts)
    return Strata(
        segment=segment_of.astype(np.uint8),
        count=count,
        group=np.stack(rows) if rows else np.zeros((0, people), np.uint16),
        month=(kept.month - facts.first + base).astype(np.uint16),
        names=tuple(names),
        dimensions=dimensions,
    )


def _strata(persona: Longs, personas: Longs, facts: StrataFacts) -> tuple[Longs, int]:
    """The stratum of each customer, and how many there are: by persona, where these are few enough, else one."""
    if not 0 < len(personas) <= MOST_STRATA:
        return np.zeros(len(persona), np.int64), 1
    rest = len(personas)
    return np.where(persona >= 0, persona, rest), rest + int(facts.personas[-1] > 0)


def _personas(value: Map) -> list[tuple[str, SegmentRule]]:
    """The personas that are bound to customers, with their rules."""
    rules: dict[str, SegmentRule] = {segment.id: segment.rule for segment in value.segments}
    named = [(one.id, rules[one.segment] if isinstance(one.segment, str) else one.segment) for one in value.personas]
    return [(name, rule) for name, rule in named if rule is not None]


def _renumbered(codes: Longs, kept: Longs, size: int) -> Longs:
    """Codes (−1: none) as places among those kept, −1 for all others."""
    number = np.full(size + 1, -1, np.int64)
    number[kept] = np.arange(len(kept))
    return number[codes]


def _months(passes: Passes, zone: str) -> Longs:
    """The calendar month that each pass begins in, since 1970."""
    if not len(passes):
        return np.zeros(0, np.int64)
    day = wall(passes.start, zone) // DAY
    first = int(day.min())
    # by day: a table is much faster than a search for each pass
    month = np.arange(first, int(day.max()) + 1).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return np.asarray(month[day - first])
