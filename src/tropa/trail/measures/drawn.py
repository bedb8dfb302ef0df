"""The sides of many stages at once: the same passes as `sides` draws, in one walk for all of them (R-25, R-27)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.drawing import NOBODY, count_lots, draw, meet
from tropa.trail.measures.asked import Asked
from tropa.trail.measures.sides import DRAWS, lots_within
from tropa.trail.numbers import numbers_of
from tropa.trail.rounds import Round, added
from tropa.trail.slices import fixed
from tropa.trail.tape import Longs


class Drawn:
    """A part, one pass of each customer drawn for each stage (see `sides.Sided`). A view of rounds, which remembers what was drawn."""

    def __init__(self, part: Asked, stages: tuple[int, ...]) -> None:
        self.part, self.stages = part, stages
        self._found: dict[tuple[int, int], tuple[Longs, npt.NDArray[np.uint16], tuple[Longs, Longs]]] = {}

    def counts(self, first: int, last: int) -> tuple[Longs, Longs]:
        """Among the customers first…last−1: passes on either side, by stage; those drawn by stage and lot."""
        return self._draw(first, last)[2]

    def side(self, first: int, last: int, at: int, lots: int) -> tuple[Longs, npt.NDArray[np.bool_]]:
        """The passes that are compared at a stage (its place in the list), one a customer, of the first so many lots; which left."""
        drawn, lot, _ = self._draw(first, last)
        mine = drawn[:, at]
        mine = mine[(mine >= 0) & (lot < lots)]
        return mine >> 1, (mine & 1) != 0

    def met(self, units: Longs, at: int, points: list[int]) -> npt.NDArray[np.uint8]:
        """Which of the touchpoints passes had met before they went on from a stage, (touchpoints, passes)."""
        ready, passes, out = self.part.ready, self.part.ready.passes, np.zeros((len(points), len(units)), np.uint8)
        if not len(units):
            return out
        stop = ready.tape.offsets[passes.customer[units].astype(np.int64) + 1]
        row = np.full(1 << 16, -1, np.int32)
        row[points] = np.arange(len(points), dtype=np.int32)
        rest: Any = (
            fixed(units), fixed(stop, np.int64), fixed(passes.first_event, np.int64), fixed(passes.deal, np.int64),
            fixed(ready.tape.time, np.int64), fixed(ready.bound.stage), fixed(ready.bound.point), self.stages[at],
            int(sum(1 << int(s) for s in np.flatnonzero(ready.bound.later[self.stages[at]]))), fixed(row), out,
        )  # fmt: skip
        meet(*rest)
        return out

    def _draw(self, first: int, last: int) -> tuple[Longs, npt.NDArray[np.uint16], tuple[Longs, Longs]]:
        if (first, last) not in self._found:
            ready, passes, bound = self.part.ready, self.part.ready.passes, self.part.ready.bound
            begin, end = (int(edge) for edge in np.searchsorted(passes.customer, [first, last]))
            bit, before = np.zeros(256, np.int64), np.zeros(256, np.int64)
            for s in range(len(bound.stages)):
                bit[s] = 1 << s
                before[s] = sum(1 << int(a) for a in np.flatnonzero(bound.later[:, s]))
            many, numbers = len(self.stages), fixed(numbers_of(ready.tape), np.uint64)
            eligible, by_lot = np.zeros(many, np.int64), np.zeros((many, DRAWS), np.int64)
            least, drawn = np.full((last - first, many), NOBODY, np.uint64), np.full((last - first, many), -1, np.int64)
            rest: Any = (
                begin, end, first, fixed(ready.tape.offsets, np.int64), fixed(passes.first_event, np.int64),
                fixed(passes.customer, np.int32), fixed(passes.status), fixed(passes.last_stage), fixed(passes.deal, np.int64),
                fixed(ready.tape.time, np.int64),
                fixed(bound.stage), self.part.customers, numbers, fixed(bit), fixed(before), fixed(np.array(self.stages, np.int64)),
                eligible, least, drawn,
            )  # fmt: skip
            draw(*rest)
            lot = np.empty(last - first, np.uint16)
            lots: Any = (first, numbers, fixed(drawn), 65 - DRAWS.bit_length(), lot, by_lot)
            count_lots(*lots)
            self._found[first, last] = drawn, lot, (eligible, by_lot)
        return self._found[first, last]


def _counted(view: Drawn, first: int, last: int) -> tuple[Longs, Longs]:
    return view.counts(first, last)


def drawn_round(
    stages: tuple[int, ...], then: Callable[[Callable[[Asked], Drawn], tuple[int, ...]], Any]
) -> Round[Drawn, tuple[Longs, Longs]]:
    """The round that draws. `then` gets the view to go on with, and how many lots of each stage hold no more passes than are compared."""
    view = partial(Drawn, stages=stages)
    return Round(view, _counted, added, lambda found: then(view, tuple(lots_within(row) for row in found[1])))
