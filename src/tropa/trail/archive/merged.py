"""New events merged into a tape that is there: what was in order stays, only the new ones are put in order (docs/adr/0070).

An append touches few customers, but every array has to be as long as the new tape. So the new events alone are sorted, the place of each
is found, and every column is copied once with them put between: no event of before is sorted or looked up again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.archive.people import People
from tropa.trail.archive.stored import Generation
from tropa.trail.kernels.merge import insertion_places, merge
from tropa.trail.kernels.sort import by_customer, within_customers
from tropa.trail.slices import fixed

Longs = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Merge:
    """How new events stand in a new tape of `events`. By new event in the tape's order: `at`, its place there; `which`, its number among
    the accepted ones. `offsets`, `leaders` (customers): of the new tape. `newcomers`: pseudonyms of customers who are new, `spots`: before
    which of the former ones each stands."""

    events: int
    at: Longs
    which: npt.NDArray[np.uint32]
    offsets: Longs
    leaders: Longs
    newcomers: npt.NDArray[np.str_]
    spots: Longs

    def chunks(
        self, former: npt.NDArray[Any], entries: npt.NDArray[Any], kind: np.dtype[Any], size: int
    ) -> Iterator[npt.NDArray[Any]]:
        """The new column, `size` entries at a time, in a room that is used again. `former`: the old column; `entries`: by `which`."""
        word = np.dtype(f"u{kind.itemsize}")
        old, new = (fixed(array, kind).view(word) for array in (former, entries))
        room = np.empty(min(size, self.events), kind)
        for begin in range(0, self.events, size):
            end = min(begin + size, self.events)
            first = int(np.searchsorted(self.at, begin))
            rest: Any = (fixed(old), fixed(new), begin, end, first, room.view(word))
            merge(self.at, *rest)
            yield room[: end - begin]

    def customers(self, former: npt.NDArray[np.str_], size: int) -> Iterator[npt.NDArray[np.str_]]:
        """The pseudonyms of the new tape's customers, those of `size` former ones at a time and of the newcomers among them."""
        for begin in range(0, max(len(former), 1), size):
            end = min(begin + size, len(former))
            first = int(np.searchsorted(self.spots, begin)) if begin else 0
            last = int(np.searchsorted(self.spots, end)) if end < len(former) else len(self.spots)
            here = slice(first, last)
            yield np.insert(former[begin:end], self.spots[here] - begin, self.newcomers[here])


def merge_of(old: Generation, customer: npt.NDArray[Any], time: Longs, people: People) -> Merge | None:
    """How new events (`customer`, `time`: of the accepted ones in order of arrival) are merged with the old ones.

    None where customers of before were joined meanwhile: then the old events stand in another order as well.
    """
    former, before = old.array("customer-number"), old.array("offsets")
    if bool((people.parent[former] != former).any()):
        return None
    who = people.parent[customer].astype(np.uint32)
    counts = np.bincount(who, minlength=people.numbers)
    mine = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
    which = np.empty(len(who), np.uint32)
    by_customer(who, mine[:-1].copy(), which, 0)
    when, arrival = time[which], which.copy()
    within_customers(mine, when, arrival, which)
    at = np.empty(len(who), np.int64)
    insertion_places(
        fixed(who[which]), fixed(when), fixed(former), fixed(before), fixed(old.array("time"), np.int64), at
    )
    seen = np.flatnonzero(counts)
    spots = np.searchsorted(former, seen.astype(former.dtype))
    fresh = np.append(former, np.iinfo(former.dtype).max)[spots] != seen
    leaders = np.insert(former.astype(np.int64), spots[fresh], seen[fresh])
    lengths = np.insert(np.diff(before), spots[fresh], 0)
    lengths[spots + np.cumsum(fresh) - fresh] += counts[seen]
    return Merge(
        events=int(before[-1]) + len(who),
        at=fixed(at),
        which=which,
        offsets=np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)]),
        leaders=leaders,
        newcomers=people.pseudonyms(seen[fresh]),
        spots=spots[fresh],
    )
