"""What stands at each event when paths are looked at: its stage, its touchpoint, or its name; and the units that paths are cut into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.model import TropaError, near_miss
from tropa.trail.bind import NO_POINT, NO_STAGE
from tropa.trail.filters import events_of
from tropa.trail.kernels.sequences import MARKS, NONE
from tropa.trail.passes import DONE, EXIT
from tropa.trail.prepare import Prepared
from tropa.trail.slices import fixed
from tropa.trail.tape import Longs

LEVELS = ("stages", "touchpoints", "events")
MOST = 48
"""More different states than this are told as the most frequent ones and "other"."""
MARK_NAMES = ("mark:start", "mark:left", "mark:deal", "mark:open")
OTHER = "mark:other"


@dataclass(frozen=True, slots=True)
class States:
    """`code` uint16 (events): index in `names`, `NONE` for none. Names: `stage:id`, `point:id`, `event:name`, `mark:other`."""

    code: npt.NDArray[np.uint16]
    names: tuple[str, ...]

    @property
    def nodes(self) -> tuple[str, ...]:
        """Names of the states and of the four marks after them, as the kernels number them."""
        return (*self.names, *MARK_NAMES)

    @property
    def size(self) -> int:
        """Number of states and marks."""
        return len(self.names) + MARKS


def states_of(ready: Prepared, level: str, most: int = MOST) -> States:
    """Stages (bound events), touchpoints (a bound event without one stands for its stage), or events (bound or not) within the passes."""
    bound, tape = ready.bound, ready.tape
    if level == "stages":
        table = np.append(np.arange(NO_STAGE, dtype=np.uint16), np.uint16(NONE))
        names = [f"stage:{name}" for name in bound.stages]
        code = table[bound.stage]
    elif level == "touchpoints":
        points = len(bound.points)
        names = [f"point:{name}" for _, name in bound.points] + [f"stage:{name}" for name in bound.stages]
        at_stage = np.append(np.arange(NO_STAGE, dtype=np.int64) + points, NONE).astype(np.uint16)
        code = np.where(bound.point == NO_POINT, at_stage[bound.stage], bound.point).astype(np.uint16)
    else:
        names = [f"event:{name}" for name in tape.event.names]
        code = tape.event.codes.astype(np.uint16) if len(names) < NONE else _few(tape.event.codes, len(names))
        if ready.part is not None:
            code = np.where(events_of(ready.whole, ready.part.which), code, np.uint16(NONE)).astype(np.uint16)
    return _frequent(code, names, most)


def _few(codes: npt.NDArray[Any], names: int) -> npt.NDArray[np.uint16]:
    """Codes of more names than sixteen bits hold: all but the most frequent ones are one."""
    counts = np.bincount(codes, minlength=names)
    table = np.full(names, NONE - 1, np.uint16)
    kept = np.sort(np.argsort(-counts, kind="stable")[: NONE - 1])
    table[kept] = kept.astype(np.uint16)
    return np.asarray(table[codes], np.uint16)


def _frequent(code: npt.NDArray[np.uint16], names: list[str], most: int) -> States:
    """Only the states that occur, numbered anew in their order; beyond `most` the rarest are one."""
    counts = np.bincount(code, minlength=NONE + 1)[:NONE]
    there = np.flatnonzero(counts)
    kept = there if len(there) <= most else np.sort(there[np.argsort(-counts[there], kind="stable")[: most - 1]])
    table = np.full(NONE + 1, NONE, np.uint16)
    shown = [names[int(at)] for at in kept]
    if len(kept) < len(there):
        table[there] = len(kept)
        shown.append(OTHER)
    table[kept] = np.arange(len(kept), dtype=np.uint16)
    return States(fixed(table[code], np.uint16), tuple(shown))


def find_state(ready: Prepared, wanted: str, levels: tuple[str, ...] = LEVELS) -> str:
    """The full name of a state that is given by it or by its bare name. Raises TR-T305 with the nearest one."""
    known = [name for level in levels for name in _known(ready.whole, level)]
    for name in (wanted, f"stage:{wanted}", f"point:{wanted}", f"event:{wanted}"):
        if name in known:
            return name
    bare = list(dict.fromkeys(name.partition(":")[2] for name in known))
    raise TropaError(
        "TR-T305", name=wanted, near=near_miss(wanted.rpartition(":")[2], bare), known=", ".join(bare[:50])
    )


def _known(ready: Prepared, level: str) -> list[str]:
    """Names of a level's states with events."""
    bound = ready.bound
    if level == "events":
        return [f"event:{name}" for name in ready.tape.event.names[1:]]
    stages = [f"stage:{name}" for name, seen in zip(bound.stages, bound.observed, strict=True) if seen]
    points = [f"point:{name}" for (_, name), events in zip(bound.points, bound.point_events, strict=True) if events]
    return stages if level == "stages" else points + stages


@dataclass(frozen=True, slots=True)
class Units:
    """The passes as units of the kernels: `begins` uint8 (events), `closing` uint16 (passes): the mark each ends in."""

    begins: npt.NDArray[np.uint8]
    closing: npt.NDArray[np.uint16]
    first_event: Longs

    def from_event(self, event: int) -> int:
        """The number of the first unit that begins at or after an event."""
        return int(np.searchsorted(self.first_event, event))


def units_of(ready: Prepared, size: int) -> Units:
    """Every pass a unit; `size`: number of states, which the marks come after."""
    passes = ready.passes
    begins = np.zeros(ready.tape.events, np.uint8)
    begins[passes.first_event] = 1
    mark = np.full(3, size + 3, np.uint16)  # still under way
    mark[EXIT], mark[DONE] = size + 1, size + 2
    return Units(fixed(begins), fixed(mark[passes.status], np.uint16), fixed(passes.first_event, np.int64))
