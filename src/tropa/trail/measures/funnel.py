"""Ordered funnels: of those who took the first step, who took the next ones within a window (R-23, R-26)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.model import CannotTell, TropaError, Unit
from tropa.model.measure import Answer, Cell, Column, Declaration, Note, Parameter, Picture, Setting
from tropa.stats.intervals import wilson
from tropa.trail.bind import NO_POINT, NO_STAGE
from tropa.trail.filters import events_of
from tropa.trail.kernels.funnel import funnel
from tropa.trail.measures.asked import Asked, answer_of, micros
from tropa.trail.measures.states import find_state
from tropa.trail.prepare import Prepared
from tropa.trail.rounds import Lengths, Quartiles, Round, added, histograms, quartile_round
from tropa.trail.slices import fixed
from tropa.trail.tape import Longs

SECOND = 1_000_000
MOST_STEPS = 16
FINE = 4
DECLARATION = Declaration(
    id="funnel",
    unit=Unit.CUSTOMERS,
    parameters=(
        Parameter(id="path", kind="states", optional=True),
        Parameter(id="window", kind="duration", optional=True),
    ),
    picture=Picture(kind="bars", x="state", value="share"),
    columns=(
        Column(id="state", kind="state"),
        Column(id="customers", kind="count"),
        Column(id="share", kind="share", low="low", high="high", part="customers", whole="whole"),
        Column(id="low", kind="share", aside=True),
        Column(id="high", kind="share", aside=True),
        Column(id="whole", kind="count", aside=True),
        Column(id="onward", kind="share", low="onward_low", high="onward_high", part="customers", whole="previous"),
        Column(id="onward_low", kind="share", aside=True),
        Column(id="onward_high", kind="share", aside=True),
        Column(id="previous", kind="count", aside=True),
        Column(id="median", kind="seconds", low="q25", high="q75"),
        Column(id="q25", kind="seconds", aside=True),
        Column(id="q75", kind="seconds", aside=True),
    ),
    definition="funnel",
)


def rounds(frame: Asked, settings: Mapping[str, Setting]) -> Any:
    """Customers by how far their best attempt came. Without `path`: the observed stages up to the deal; without `window`: the map's.

    Raises TR-T304 for fewer than two or more than sixteen steps, TR-T305 for a step that is not there.
    """
    ready, given = frame.ready, settings["path"]
    names = tuple(given) if isinstance(given, tuple) and given else _way(ready)
    if not given and len(names) < 2:
        return answer_of(DECLARATION, frame, 0, (), cannot_tell=CannotTell(cannot_tell="one-stage"))
    if not 2 <= len(names) <= MOST_STEPS:
        raise TropaError("TR-T304", n=len(names), most=MOST_STEPS)
    window = ready.limits.window_all if settings["window"] is None else micros(settings["window"])
    full = tuple(find_state(ready, wanted) for wanted in names)
    view = partial(Attempts, names=full, window=window)

    def then(found: tuple[Any, ...]) -> Round[Attempts, tuple[Longs]]:
        at_least = np.cumsum(found[0][::-1])[::-1][1:]
        return quartile_round(
            view, Attempts.lengths, found[2], FINE, lambda times: _told(frame, full, at_least, int(found[1]), times)
        )

    return Round(view, _counted, added, then)


class Attempts:
    """How far a part's customers came. A view of rounds: what is found for a slice of customers is remembered."""

    def __init__(self, part: Asked, names: tuple[str, ...], window: int) -> None:
        self.part, self.levels, self.window = part, len(names), window
        self.tables = _tables(part.ready, names)
        self.match = np.zeros(part.ready.tape.events, np.uint16)
        self.time = fixed(part.ready.tape.time, np.int64)
        self._found: dict[tuple[int, int], tuple[Longs, Longs]] = {}

    def attempts(self, first: int, last: int) -> tuple[Longs, Longs]:
        """`reached` and `when` of the kernel for the customers first…last−1."""
        if (first, last) not in self._found:
            offsets = fixed(self.part.ready.tape.offsets[first : last + 1], np.int64)
            here = slice(int(offsets[0]), int(offsets[-1]))
            for codes, bits in self.tables:
                self.match[here] |= bits[codes[here]]
            reached, when = np.full(last - first, -1, np.int64), np.zeros((last - first, self.levels), np.int64)
            rest: Any = (
                offsets, self.time, fixed(self.match), self.window, self.part.ready.whole.passes.observed_until,
                fixed(self.part.customers[first:last]), self.levels, reached, when,
            )  # fmt: skip
            funnel(0, last - first, *rest)
            self._found[first, last] = reached, when
        return self._found[first, last]

    def lengths(self, first: int, last: int) -> Lengths:
        """How long customers took from step to step: the step's number and µs."""
        reached, when = self.attempts(first, last)
        parts = [
            (np.full(int((reached > k).sum()), k), np.diff(when[reached > k, k - 1 : k + 1]))
            for k in range(1, self.levels)
        ]
        return np.concatenate([key for key, _ in parts]), np.concatenate([took.ravel() for _, took in parts])


def _counted(view: Attempts, first: int, last: int) -> tuple[Longs, int, Longs]:
    """Customers by steps reached, those not seen for long enough, and histograms of times by step."""
    reached, _ = view.attempts(first, last)
    by_steps = np.bincount(np.maximum(reached, 0), minlength=view.levels + 1)
    return by_steps, int((reached == -2).sum()), histograms(*view.lengths(first, last), view.levels, FINE)


def _way(ready: Prepared) -> tuple[str, ...]:
    """The observed stages in the map's order up to the deal's."""
    bound = ready.bound
    upto = len(bound.stages) if bound.deal_stage < 0 else bound.deal_stage + 1
    return tuple(f"stage:{name}" for name, seen in zip(bound.stages[:upto], bound.observed[:upto], strict=True) if seen)


def _tables(ready: Prepared, names: tuple[str, ...]) -> list[tuple[npt.NDArray[Any], npt.NDArray[np.uint16]]]:
    """Codes by event with, by code, bits for the steps that it is. A touchpoint or an event is looked for beside its stage."""
    bound, event = ready.bound, ready.tape.event
    codes: npt.NDArray[Any] = event.codes
    if ready.part is not None and any(name.startswith("event:") for name in names):
        codes = np.where(events_of(ready.whole, ready.part.which), codes, np.uint32(len(event.names)))
    levels: dict[str, tuple[npt.NDArray[Any], tuple[str, ...], int]] = {
        "stage": (bound.stage, bound.stages, NO_STAGE + 1),
        "point": (bound.point, tuple(name for _, name in bound.points), NO_POINT + 1),
        "event": (codes, event.names, len(event.names) + 1),
    }
    out = []
    for kind, (column, known, size) in levels.items():
        bits = np.zeros(size, np.uint16)
        for k, name in enumerate(names):
            if name.partition(":")[0] == kind:
                bits[known.index(name.partition(":")[2])] |= np.uint16(1 << k)
        if bits.any():
            out.append((column, bits))
    return out


def _told(frame: Asked, names: tuple[str, ...], at_least: Longs, left_out: int, times: Quartiles) -> Answer:
    whole = int(at_least[0])
    rows: list[tuple[Cell, ...]] = []
    previous = whole
    for k, name in enumerate(names):
        n = int(at_least[k])
        share = (n / whole, *wilson(n, whole)) if whole else (None, None, None)
        onward = (n / previous, *wilson(n, previous)) if k and previous else (None, None, None)
        q25, q50, q75 = (value / SECOND for value in times[k][1]) if k in times else (None, None, None)
        rows.append((name, n, *share, whole, *onward, previous if k else None, q50, q25, q75))
        previous = n
    notes = (Note(message="measure-note-left-out", facts={"n": left_out}),) if left_out else ()
    return answer_of(DECLARATION, frame, whole, rows if whole else (), notes)
