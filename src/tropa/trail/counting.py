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
Bytes = npt.NDArray[np.uint8]
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


Tables = tuple[npt.NDArray[Any], ...]
"""What is counted of some passes, to be added."""


def count(bound: Bound, passes: Passes, strata: Strata, buckets: Bytes | None = None) -> Counted:
    """One walk over the passes, in threads over whole customers. `buckets`: of each customer (None: dealt by place)."""
    dealt = bucket_of(len(strata.segment)) if buckets is None else buckets
    parts = over(_pass_slices(passes), lambda first, last: tables_of(bound, passes, strata, dealt, first, last))
    return counted_of(reduce(both, parts), bound, passes.log_start, passes.observed_until)


def tables_of(bound: Bound, passes: Passes, strata: Strata, buckets: Bytes, first: int, last: int) -> Tables:
    """What is counted of the passes first…last−1 (whole customers)."""
    stages = np.flatnonzero(bound.observed)
    place = np.full(256, NO_STAGE, np.uint8)
    place[stages] = np.arange(len(stages), dtype=np.uint8)
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
    out = [np.zeros(shape, np.int64 if number == 5 else np.int32) for number, shape in enumerate(shapes)]
    tally(
        first, last, fixed(passes.customer), fixed(passes.start), fixed(passes.end), fixed(passes.status), fixed(passes.deal),
        fixed(passes.value), fixed(passes.visits_from, np.int64), fixed(passes.visit_stage), fixed(passes.visit_time), fixed(place),
        fixed(post), fixed(silence), passes.log_start, passes.observed_until, BINS, fixed(buckets), fixed(strata.segment),
        fixed(strata.group), fixed(strata.month), *out,
    )  # fmt: skip
    return tuple(out)


def both(one: Tables, other: Tables) -> Tables:
    """Of both. In place: what was counted first is no longer wanted by itself."""
    for mine, theirs in zip(one, other, strict=True):
        mine += theirs
    return one


def counted_of(found: Tables, bound: Bound, origin: int, until: int) -> Counted:
    """The counts from the tables of all passes."""
    flow, starts, delay, again_deal, again_exit, money, reach, by_group = found
    return Counted(
        counts=Counts(
            flow, starts, delay[:, 0], delay[:, 1], delay[:, 2], delay[:, 3], again_deal[:, 0], again_deal[:, 1], again_exit[:, 0],
            again_exit[:, 1], money, reach,
        ),
        by_group=by_group.astype(np.float64), stages=tuple(int(index) for index in np.flatnonzero(bound.observed)), origin=origin,
        until=until,
    )  # fmt: skip


def _pass_slices(passes: Passes) -> list[tuple[int, int]]:
    """Passes in two slices at a change of customer where there are many."""
    total = len(passes)
    if total < 200_000:
        return [(0, total)]
    middle = int(np.searchsorted(passes.customer, passes.customer[total // 2]))
    return [(a, b) for a, b in ((0, middle), (middle, total)) if b > a]
