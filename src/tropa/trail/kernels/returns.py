"""Kernel that gives goods brought back to the purchases they came from."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.jit import kernel

Longs = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]


@kernel
def take_back(
    customers: int, line_event: Longs, line_begin: Longs, back_event: Longs, back_begin: Longs, deal_event: Longs, deal_begin: Longs,
    time: Longs, order: Any, goods: Any, value: Longs, no_value: int,
    deal_of: Longs, last: Longs, line_deal: Longs, line_left: Longs, same: Longs, any_line: Longs,
    deal_value: Longs, gone: Bytes, unmatched: Longs,
) -> None:  # fmt: skip
    """Takes returned amounts off deals, customer by customer (only those with returns; all arrays are theirs, `…_begin` are n + 1 long).

    A return under a deal's own order comes off that deal. Any other comes off the latest earlier lines of the same goods that still have
    something left, then the ones before; without goods, off the latest earlier lines at all. `deal_value` is reduced in place, `gone` is
    1 for deals of which nothing is left, `unmatched` is what of each return found no purchase.
    Work space: `deal_of` by order code and `last` by goods code (the last place is for lines of any goods), both filled with -1;
    `line_deal`, `line_left`, `same`, `any_line` as long as the lines.
    """
    whole = len(last) - 1
    for c in range(customers):
        for k in range(deal_begin[c], deal_begin[c + 1]):
            if order[deal_event[k]] != 0:
                deal_of[order[deal_event[k]]] = k
        bare = -1
        k = deal_begin[c]
        j = line_begin[c]
        for r in range(back_begin[c], back_begin[c + 1]):
            e = back_event[r]
            while j < line_begin[c + 1] and line_event[j] < e:
                i = line_event[j]
                while k < deal_begin[c + 1] and deal_event[k] <= i:
                    if order[deal_event[k]] == 0:
                        bare = k
                    k += 1
                if order[i] != 0:
                    line_deal[j] = deal_of[order[i]]
                else:
                    line_deal[j] = bare if bare >= 0 and time[deal_event[bare]] == time[i] else -1
                line_left[j] = value[i] if value[i] != no_value and value[i] > 0 else 0
                same[j], last[goods[i]] = last[goods[i]], j
                any_line[j], last[whole] = last[whole], j
                j += 1
            amount = -value[e]
            own = deal_of[order[e]] if order[e] != 0 else -1
            if own >= 0:
                taken = min(amount, deal_value[own]) if deal_value[own] != no_value else 0
                if taken > 0:
                    deal_value[own] -= taken
                    amount -= taken
                    gone[own] = 1 if deal_value[own] <= 0 else gone[own]
            else:
                chain = np.int64(goods[e]) if goods[e] != 0 else whole
                while amount > 0 and last[chain] >= 0:
                    at = last[chain]
                    d = line_deal[at]
                    left = min(line_left[at], deal_value[d]) if d >= 0 and deal_value[d] != no_value else 0
                    taken = min(amount, left)
                    if taken > 0:
                        line_left[at] -= taken
                        deal_value[d] -= taken
                        amount -= taken
                        gone[d] = 1 if deal_value[d] <= 0 else gone[d]
                    if taken == left:
                        last[chain] = same[at] if chain != whole else any_line[at]
            unmatched[r] = amount
        for k in range(deal_begin[c], deal_begin[c + 1]):
            if order[deal_event[k]] != 0:
                deal_of[order[deal_event[k]]] = -1
        for j in range(line_begin[c], line_begin[c + 1]):
            last[goods[line_event[j]]] = -1
        last[whole] = -1


def naive_take_back(
    events: Any,
    lines: set[int],
    backs: set[int],
    deals: dict[int, int],
    time: Any,
    order: Any,
    goods: Any,
    value: Any,
    no_value: int,
) -> tuple[dict[int, int], set[int], dict[int, int]]:
    """The same for one customer in plain Python. `deals`: event → value. Answers what is left, what is gone, what fits nothing."""
    left_of = dict(deals)
    lines_left: dict[int, int] = {}
    owner: dict[int, int] = {}
    gone, unmatched = set(), {}
    for i in events:
        if i in lines:
            own = [d for d in deals if d <= i and order[d] == order[i] and (order[i] or time[d] == time[i])]
            owner[i] = own[-1] if own else -1
            lines_left[i] = int(value[i]) if value[i] != no_value and value[i] > 0 else 0
        if i not in backs:
            continue
        amount = -int(value[i])
        under = [d for d in deals if order[i] and order[d] == order[i]]
        if under:
            asked: list[tuple[int | None, int]] = [(None, under[-1])]
        else:
            alike = [j for j in lines_left if j < i and (not goods[i] or goods[j] == goods[i])]
            asked = [(j, owner[j]) for j in reversed(alike)]
        for line, deal in asked:
            if deal < 0 or left_of[deal] == no_value:
                continue
            most = left_of[deal] if line is None else min(left_of[deal], lines_left[line])
            taken = max(min(amount, most), 0)
            amount -= taken
            left_of[deal] -= taken
            if line is not None:
                lines_left[line] -= taken
            if taken and left_of[deal] <= 0:
                gone.add(deal)
        unmatched[i] = amount
    return left_of, gone, unmatched
