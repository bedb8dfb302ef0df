"""Sorting events by customer, then time, then arrival; joining customers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tropa.trail.kernels.jit import kernel

SHORT = 24
"""Runs up to this length are sorted by insertion."""


@kernel
def by_customer(customer: Any, cursor: Any, order: Any, base: int) -> None:
    """Counting sort, stable: event i of customer c goes to place cursor[c], which moves on. `order[place]` = base + i.

    `cursor` starts as the customers' offsets; calling again with the next events and the same cursor appends them.
    """
    for row in range(len(customer)):
        place = cursor[customer[row]]
        order[place] = base + row
        cursor[customer[row]] = place + 1


@kernel
def _insertion(time: Any, arrival: Any, order: Any, begin: int, end: int) -> None:
    for row in range(begin + 1, end):
        t, a, o = time[row], arrival[row], order[row]
        at = row
        while at > begin and (time[at - 1] > t or (time[at - 1] == t and arrival[at - 1] > a)):
            time[at], arrival[at], order[at] = time[at - 1], arrival[at - 1], order[at - 1]
            at -= 1
        time[at], arrival[at], order[at] = t, a, o


@kernel
def _merge(time: Any, arrival: Any, order: Any, begin: int, middle: int, end: int, t: Any, a: Any, o: Any) -> None:
    """Merges two sorted neighbours; `t`, `a`, `o` are scratch for the left one."""
    left = middle - begin
    for row in range(left):  # slices here would take numba ten seconds to compile
        t[row], a[row], o[row] = time[begin + row], arrival[begin + row], order[begin + row]
    one, two, out = 0, middle, begin
    while one < left and two < end:
        if time[two] < t[one] or (time[two] == t[one] and arrival[two] < a[one]):
            time[out], arrival[out], order[out] = time[two], arrival[two], order[two]
            two += 1
        else:
            time[out], arrival[out], order[out] = t[one], a[one], o[one]
            one += 1
        out += 1
    while one < left:
        time[out], arrival[out], order[out] = t[one], a[one], o[one]
        one += 1
        out += 1


@kernel
def within_customers(offsets: Any, time: Any, arrival: Any, order: Any) -> None:
    """Sorts each customer's events (offsets[c]:offsets[c + 1] of the three arrays, in place) by time, then arrival.

    Most logs arrive nearly in order, so sorted runs are left alone: insertion for short runs, a bottom-up merge sort that skips
    neighbours already in order for long ones.
    """
    longest = 0
    for customer in range(len(offsets) - 1):
        longest = max(longest, offsets[customer + 1] - offsets[customer])
    room = longest if longest > SHORT else 0
    t, a, o = np.empty(room, time.dtype), np.empty(room, arrival.dtype), np.empty(room, order.dtype)
    for customer in range(len(offsets) - 1):
        begin, end = offsets[customer], offsets[customer + 1]
        for low in range(begin, end, SHORT):
            _insertion(time, arrival, order, low, min(low + SHORT, end))
        width = SHORT
        while width < end - begin:
            for low in range(begin, end - width, 2 * width):
                middle = low + width
                last, first = middle - 1, middle
                if time[last] > time[first] or (time[last] == time[first] and arrival[last] > arrival[first]):
                    _merge(time, arrival, order, low, middle, min(middle + width, end), t, a, o)
            width *= 2


def naive_order(customer: Sequence[int], time: Sequence[int], arrival: Sequence[int]) -> list[int]:
    """What the two kernels find together: event numbers by (customer, time, arrival)."""
    return sorted(range(len(time)), key=lambda row: (customer[row], time[row], arrival[row]))


@kernel
def _root(parent: Any, item: int) -> int:
    while parent[item] != item:
        parent[item] = parent[parent[item]]
        item = parent[item]
    return item


@kernel
def unite(parent: Any, left: Any, right: Any) -> int:
    """Union-find: joins left[i] with right[i] in `parent`; the smaller number leads. The result is how many joins were new."""
    joined = 0
    for row in range(len(left)):
        one, two = _root(parent, left[row]), _root(parent, right[row])
        if one != two:
            parent[max(one, two)] = min(one, two)
            joined += 1
    for item in range(len(parent)):
        parent[item] = _root(parent, item)
    return joined


def naive_unite(count: int, pairs: Sequence[tuple[int, int]]) -> list[int]:
    """The smallest number of each one's group, by repainting."""
    group = list(range(count))
    for one, two in pairs:
        low, high = sorted((group[one], group[two]))
        group = [low if item == high else item for item in group]
    return group
