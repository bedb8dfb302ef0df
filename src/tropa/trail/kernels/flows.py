"""The kernel of flows: from which state at one step to which at the next."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.jit import kernel
from tropa.trail.kernels.sequences import NOTHING, Sequence

Ints = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]
Shorts = npt.NDArray[np.uint16]


@kernel
def flows(
    unit: int, stop: int, customer: Ints, status: Bytes, closing: Shorts, bucket: Bytes, rows: Bytes, slot: Bytes, counts: Any
) -> None:  # fmt: skip
    """Counts steps of the units unit…stop−1 into `counts` (256, steps − 1, M, M) by bucket. `status`, `closing` as in `transitions`.

    `rows` as `sequences.steps` writes them; `slot` (256, steps): which of the M places of a step stands for a state or mark there. A unit
    that begins after the first step comes from START once; one that ends goes into the mark it ends in once, and nowhere from there.
    """
    width, start = slot.shape[1], closing[0] - 3
    for u in range(unit, stop):
        b, mark = bucket[customer[u]], closing[status[u]]
        came = rows[u - unit, 0]
        for k in range(1, width):
            there = rows[u - unit, k]
            node = mark if there == NOTHING else there
            counts[b, k - 1, slot[came, k - 1], slot[node, k]] += (came != NOTHING) & (node != start)
            came = there


def naive_flows(
    units: list[tuple[int, Sequence]], closing: Any, size: int, width: int, anchor: int | None, before: int
) -> dict[tuple[int, int, int], int]:
    """The same in plain Python: by step (from 0), state or mark there, and the one at the next step."""
    out: dict[tuple[int, int, int], int] = {}
    for number, (_, mine) in enumerate(units):
        names = [s for s, _ in mine]
        if not names or (anchor is not None and anchor not in names):
            continue
        start = 0 if anchor is None else names.index(anchor) - before
        row = [size] * max(0, -start) + names[max(0, start) :] + [int(closing[number])]
        for k, (a, b) in enumerate(pairwise(row[:width])):
            if b != size:
                out[k, a, b] = out.get((k, a, b), 0) + 1
    return out
