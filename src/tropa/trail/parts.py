"""Parts of a log: some whole customers with a tape of their own, and the facts of the whole (docs/adr/0055)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from tropa.trail.bind import bind
from tropa.trail.cells import Cells
from tropa.trail.deals import Deals
from tropa.trail.passes import find_passes, no_passes
from tropa.trail.prepare import Prepared, customers_of
from tropa.trail.tape import Column, Cut, Tape


def frame_of(ready: Prepared) -> Prepared:
    """The facts of a prepared trail alone: as it would be seen with none of its customers, and so with no events."""
    tape, bound = _no_events(ready.tape), ready.bound
    passes = no_passes(ready.passes)
    nothing = np.zeros(0, np.int64)
    cells = Cells.written(np.zeros(0, np.uint8), np.zeros(0, np.uint16), np.zeros(0, np.uint8))
    frame = replace(
        ready,
        tape=tape,
        bound=replace(bound, tape=tape, cells=cells, deals=Deals(nothing, nothing, nothing, nothing, nothing, nothing)),
        passes=passes,
        everybody=ready.everybody[:0],
        buckets=ready.buckets[:0],
    )
    if ready.part is None:
        return frame
    return replace(frame, part=replace(ready.part, whole=frame_of(ready.part.whole), which=ready.part.which[:0]))


def _no_events(tape: Tape) -> Tape:
    def none(column: Column) -> Column:
        return Column(column.codes[:0], column.names)

    columns: dict[str, Any] = {name: none(getattr(tape, name)) for name in ("event", "channel", "instrument", "source")}
    arrays: dict[str, Any] = {
        name: getattr(tape, name)[:0] for name in ("customers", "time", "value", "score", "session", "order")
    }
    properties = {name: none(column) for name, column in tape.properties.items()}
    offsets, numbers = np.zeros(1, np.int64), None if tape.numbers is None else tape.numbers[:0]
    cut = tape.cut_of
    if cut is not None:
        cut = Cut(_no_events(cut.whole), cut.owner[:0], None if cut.index is None else cut.index[:0])
    return replace(
        tape, offsets=offsets, properties=properties, texts={}, numbers=numbers, cut_of=cut, **columns, **arrays
    )


def prepare_part(tape: Tape, frame: Prepared) -> Prepared:
    """A part of a log seen through the map of a frame, with its limits and facts. `tape`: some whole customers, under the frame's
    dictionaries, their `numbers` told."""
    facts = frame.bound
    bound = replace(
        bind(tape, frame.map), stage_events=facts.stage_events, point_events=facts.point_events, until=facts.until
    )
    passes = find_passes(
        tape, bound, frame.map, frame.limits, until=frame.passes.observed_until, begins=frame.passes.log_start
    )
    everybody, buckets = customers_of(tape)
    return Prepared(tape, frame.map, bound, frame.limits, passes, frame.tables, everybody, buckets)
