"""Customers and passes in strata and in groups that can be compared: segments, first channel, month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt

from tropa.model import Map, SegmentRule
from tropa.trail.passes import DAY, Passes
from tropa.trail.rules import customers_that_fit
from tropa.trail.tape import Tape, instant

NO_GROUP = 65_535
MOST_STRATA = 4
"""More segments than this are priced together, so that each stratum has something to say."""
MOST_CHANNELS = 16


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


def strata_of(tape: Tape, value: Map, passes: Passes) -> Strata:
    """Strata by the personas' segments (the first that fits), groups by persona, segment, first channel and month."""
    people = len(tape.customers)
    names: list[str] = []
    rows: list[npt.NDArray[np.uint16]] = []
    dimensions: dict[str, tuple[int, ...]] = {}

    def add(name: str, codes: npt.NDArray[np.int64], labels: list[str]) -> None:
        base = len(names)
        names.extend(labels)
        rows.append(np.where(codes >= 0, codes + base, NO_GROUP).astype(np.uint16))
        dimensions[name] = tuple(range(base, base + len(labels)))

    persona, labels = _personas(tape, value)
    if len(labels) > 1:
        add("persona", persona, labels)
    for segment in value.segments:
        inside = customers_that_fit(tape, segment.rule, f"segments.{segment.id}")
        add(f"segment {segment.id}", np.where(inside, 0, -1).astype(np.int64), [segment.id])
    channel, labels = _channels(tape)
    if len(labels) > 1:
        add("channel", channel, labels)
    month, labels = _months(passes)
    base = len(names)
    names.extend(labels)
    dimensions["month"] = tuple(range(base, base + len(labels)))
    count = int(persona.max(initial=-1)) + 2
    fits = 1 < count <= MOST_STRATA + 1
    stratum = np.where(persona >= 0, persona, count - 1) if fits else np.zeros(people, np.int64)
    used = np.bincount(stratum, minlength=1) > 0
    used[0] |= people == 0
    stratum = (np.cumsum(used) - 1)[stratum]
    return Strata(
        segment=stratum.astype(np.uint8),
        count=int(used.sum()),
        group=np.stack(rows) if rows else np.zeros((0, people), np.uint16),
        month=np.where(month >= 0, month + base, NO_GROUP).astype(np.uint16),
        names=tuple(names),
        dimensions=dimensions,
    )


def _personas(tape: Tape, value: Map) -> tuple[npt.NDArray[np.int64], list[str]]:
    """Each customer's persona (the first whose segment fits), −1 for none."""
    rules: dict[str, SegmentRule] = {segment.id: segment.rule for segment in value.segments}
    out = np.full(len(tape.customers), -1, np.int64)
    labels: list[str] = []
    for persona in value.personas:
        rule = rules[persona.segment] if isinstance(persona.segment, str) else persona.segment
        if rule is None:
            continue
        inside = customers_that_fit(tape, rule, f"personas.{persona.id}.segment") & (out < 0)
        if inside.any():
            out[inside] = len(labels)
            labels.append(persona.id)
    return out, labels


def _channels(tape: Tape) -> tuple[npt.NDArray[np.int64], list[str]]:
    """Each customer's first channel among the most frequent ones, −1 for another or none."""
    out = np.full(len(tape.customers), -1, np.int64)
    if len(tape.channel.names) < 2:
        return out, []
    there = np.diff(tape.offsets) > 0
    first = np.zeros(len(out), np.int64)
    first[there] = tape.channel.codes[tape.offsets[:-1][there]]
    sizes = np.bincount(first, minlength=len(tape.channel.names))
    sizes[0] = 0
    kept = [int(code) for code in np.argsort(-sizes, kind="stable")[:MOST_CHANNELS] if sizes[code] > 0]
    number = np.full(len(tape.channel.names), -1, np.int64)
    number[kept] = np.arange(len(kept))
    return number[first], [tape.channel.names[code] for code in kept]


def _months(passes: Passes) -> tuple[npt.NDArray[np.int64], list[str]]:
    """The calendar month (UTC) that each pass begins in."""
    if not len(passes):
        return np.zeros(0, np.int64), []
    first, last = instant(int(passes.start.min())), instant(int(passes.start.max()))
    edges, labels = [], []
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        edges.append(round(datetime(year, month, 1, tzinfo=UTC).timestamp() * 1e6))
        labels.append(f"{year}-{month:02d}")
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    # by day: a table is much faster than a search for each pass
    days = np.arange(edges[0] // DAY, int(passes.start.max()) // DAY + 1) * DAY
    month_of = np.searchsorted(np.array(edges, np.int64), days, side="right") - 1
    return month_of[passes.start // DAY - edges[0] // DAY], labels
