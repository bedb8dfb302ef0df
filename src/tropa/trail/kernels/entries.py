"""Kernels that judge entries: whether the customer then went on to a later stage, and bought, within the windows.

An entry is the first time in a pass that a stage is entered, or a touchpoint touched, before any later stage. Kernels that walk over
passes collect entries in small buffers, and these judge a bufferful at a time: two plain loops without a branch that hangs on the data
are much faster than one loop that guesses at each step.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.jit import kernel

Longs = npt.NDArray[np.int64]
Ints = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]
NEVER: Any = np.iinfo(np.int64).min
FOREVER: Any = np.iinfo(np.int64).max
"""How long somebody waits for what never comes."""
BUCKETS = 256
FULL = 1024
"""Entries in a buffer before they are judged: few enough to stay in the fastest cache."""
UNSEEN, NOT, WENT_ON = 0, 1, 2
"""What became of an entry, its next stage: not seen for the whole window; did not go on in it; did."""
NOT_ASKED, DEAL_UNSEEN, NO_DEAL, DEAL = 0, 4, 8, 12
"""The same for the deal, added to it; not asked: bought before, or the deal lies before on the map."""
CODES = 16
FIRST, FIRST_SEEN, FIRST_DEAL_SEEN = 1, 2, 4
"""Bits: the customer's first entry here; the first whose next stage, whose deal, could be seen."""


@kernel
def bucket_of(number: Any) -> Any:
    """Which of the 256 buckets a customer belongs to: a well-mixed hash of its number (splitmix64)."""
    x = np.uint64(number) + np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    x = x ^ (x >> np.uint64(31))
    return np.uint8(x >> np.uint64(56))


@kernel
def buckets_of(numbers: npt.NDArray[np.uint64], out: Bytes) -> None:
    """The buckets of customers by their numbers."""
    for customer in range(len(out)):
        out[customer] = bucket_of(numbers[customer])


def naive_bucket_of(customer: int) -> int:
    """The same in plain Python."""
    mask = (1 << 64) - 1
    x = (customer + 0x9E3779B97F4A7C15) & mask
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & mask
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & mask
    return (x ^ (x >> 31)) >> 56


@kernel
def onward(
    count: int, whose: Longs, spot: Longs, at: Longs, behind: Longs, stage_of: Longs, after: Longs, entry_whose: Longs, entry_stage: Longs,
    entry_at: Longs, wait: Longs,
) -> None:  # fmt: skip
    """How long each of `count` entries waited for a stage that lies after its own (`FOREVER`: none came in its pass), into `wait`.

    An entry: pass `whose`, `spot` (stage or touchpoint, of stage `stage_of[spot]`), time `at`; `behind`: where the stages entered after it
    begin among `entry_…` (which end with a pass −1). The first later stage is always one of those: it is entered before any
    stage beyond it, else that one would have come first.
    """
    for j in range(count):
        s = stage_of[spot[j]]
        p = whose[j]
        k = behind[j]
        # mostly the very next one; & and not `and`: no guessing
        while (entry_whose[k] == p) & (after[s] >> entry_stage[k] & 1 == 0):
            k += 1
        length = entry_at[k] - at[j]
        wait[j] = length if entry_whose[k] == p else FOREVER


@kernel
def judge(
    count: int, whose: Longs, spot: Longs, at: Longs, wait: Longs, stage_of: Longs, customer: Ints, bucket: Bytes, deal: Longs,
    limit: Longs, window: Longs, deal_limit: Longs, deal_window: Longs, to_deal: Bytes, last_in: Ints, outcomes: Ints, firsts: Longs,
) -> None:  # fmt: skip
    """Counts `count` entries (as in `onward`) by bucket, spot and what became of them.

    `customer`, `deal` by pass, `bucket` by customer; by stage: the windows, the latest entries that could be seen for that long
    (`limit`), whether the deal lies at or after it. `last_in` (4 · spots): the last customers in the three kinds of `firsts`, −1 at the
    beginning. Added to: `outcomes` (256 · spots · 16) and `firsts` (spots · 8).
    """
    spots = len(firsts) // 8
    for j in range(count):
        k = spot[j]
        s = stage_of[k]
        p = whose[j]
        t = at[j]
        c = customer[p]
        bought = deal[p]
        seen = t <= limit[s]
        went_on = seen & (wait[j] <= window[s])
        asked = (to_deal[s] != 0) & ((bought >= t) | (bought == NEVER))
        deal_seen = asked & (t <= deal_limit[s])
        # as unsigned numbers a deal before, or none, is very far away
        dealt = deal_seen & (np.uint64(bought - t) <= np.uint64(deal_window[s]))
        code = np.int64(seen) + np.int64(went_on) + 4 * (np.int64(asked) + np.int64(deal_seen) + np.int64(dealt))
        outcomes[(np.int64(bucket[c]) * spots + k) * CODES + code] += 1
        one, two, three = last_in[4 * k], last_in[4 * k + 1], last_in[4 * k + 2]
        firsts[
            8 * k + np.int64(one != c) + 2 * np.int64(seen & (two != c)) + 4 * np.int64(deal_seen & (three != c))
        ] += 1
        last_in[4 * k] = c
        last_in[4 * k + 1] = c if seen else two
        last_in[4 * k + 2] = c if deal_seen else three
