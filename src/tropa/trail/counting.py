"""What the price of a break is made of, counted once over all passes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.stats.bootstrap import BUCKETS, bucket_of
from tropa.stats.value import Counts
from tropa.trail.bind import Bound
from tropa.trail.kernels.breaks import NO_STAGE, tally
from tropa.trail.passes import DAY, Passes
from tropa.trail.slices import fixed, over
from tropa.trail.strata import Strata

Floats = npt.NDArray[np.float64]
BINS = 48
"""Equal parts that the log's time is cut into."""
MONTH = 30 * DAY


@dataclass(frozen=True, slots=True)
class Counted:
    """Everything counted once: `counts` with a leading axis of buckets; `by_group` (kind, J, groups, 2); `stages`: J indices in the map."""

    counts: Counts
    by_group: Floats
    stages: tuple[int, ...]
    origin: int
    until: int

    @property
    def months(self) -> float:
        """Length of the log in months of 30 days."""
        return (self.until - self.origin) / MONTH


def count(bound: Bound, passes: Passes, strata: Strata) -> Counted:
    """One walk over the passes, in threads over whole customers."""
    stages = tuple(int(index) for index in np.flatnonzero(bound.observed))
    place = np.full(256, NO_STAGE, np.uint8)
    place[list(stages)] = np.arange(len(stages), dtype=np.uint8)
    post = np.zeros(256, dtype=np.bool_)
    if bound.deal_stage >= 0:
        post[: len(bound.stages)] = bound.later[bound.deal_stage]
    silence = np.zeros(256, np.int64)
    silence[: len(passes.limits.silence)] = passes.limits.silence
    classes, width = strata.count * 3, len(stages)
    shapes = (
        (BUCKETS, classes, width + 1, width + 2), (BUCKETS, classes, BINS), (BUCKETS, 4, classes, BINS), (BUCKETS, 2, classes, BINS),
        (BUCKETS, 2, classes, width, BINS), (BUCKETS, classes, 2), (BUCKETS, classes, width, 2), (3, width, len(strata.names), 2),
    )  # fmt: skip
    fixed_args = (
        fixed(passes.customer), fixed(passes.start), fixed(passes.end), fixed(passes.status), fixed(passes.deal), fixed(passes.value),
        fixed(passes.visits_from, np.int64), fixed(passes.visit_stage), fixed(passes.visit_time), fixed(place), fixed(post), fixed(silence),
        passes.log_start, passes.observed_until, BINS, fixed(bucket_of(len(strata.segment))), fixed(strata.segment), fixed(strata.group),
        fixed(strata.month),
    )  # fmt: skip

    def work(first: int, last: int) -> list[npt.NDArray[Any]]:
        kinds = [np.int64 if number == 5 else np.int32 for number in range(len(shapes))]
        out = [np.zeros(shape, kind) for shape, kind in zip(shapes, kinds, strict=True)]
        tally(first, last, *fixed_args, *out)
        return out

    parts = over(_pass_slices(passes), work)
    summed: list[npt.NDArray[Any]] = [reduce(np.add, [part[i] for part in parts]) for i in range(len(shapes))]
    flow, starts, delay, again_deal, again_exit, money, reach, by_group = summed
    return Counted(
        counts=Counts(
            flow, starts, delay[:, 0], delay[:, 1], delay[:, 2], delay[:, 3], again_deal[:, 0], again_deal[:, 1], again_exit[:, 0],
            again_exit[:, 1], money, reach,
        ),
        by_group=by_group.astype(np.float64), stages=stages, origin=passes.log_start, until=passes.observed_until,
    )  # fmt: skip


def _pass_slices(passes: Passes) -> list[tuple[int, int]]:
    """Passes in two slices at a change of customer where there are many."""
    total = len(passes)
    if total < 200_000:
        return [(0, total)]
    middle = int(np.searchsorted(passes.customer, passes.customer[total // 2]))
    return [(a, b) for a, b in ((0, middle), (middle, total)) if b > a]
