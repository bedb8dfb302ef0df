"""Sorting and joining: naive twins (R-20)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tropa.trail.kernels.sort import by_customer, naive_order, naive_unite, unite, within_customers


def kernel_order(customer: list[int], time: list[int], customers: int) -> list[int]:
    codes, times = np.array(customer, np.uint32), np.array(time, np.int64)
    offsets = np.zeros(customers + 1, np.int64)
    np.cumsum(np.bincount(codes, minlength=customers), out=offsets[1:])
    order, cursor = np.empty(len(codes), np.uint32), offsets[:-1].copy()
    half = len(codes) // 2
    by_customer(codes[:half], cursor, order, 0)
    by_customer(codes[half:], cursor, order, half)
    sorted_time, arrival = times[order], order.copy()
    within_customers(offsets, sorted_time, arrival, order)
    assert sorted_time.tolist() == times[order].tolist()
    return order.tolist()


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(-3, 3)), max_size=80))
def test_events_are_sorted_like_the_twin(events: list[tuple[int, int]]) -> None:
    """R-20: by customer, time, arrival; equal times keep the order of arrival."""
    customer, time = [event[0] for event in events], [event[1] for event in events]
    assert kernel_order(customer, time, 5) == naive_order(customer, time, range(len(time)))


@pytest.mark.parametrize("shape", ["falling", "random", "two runs", "equal"])
def test_one_customer_with_many_events(shape: str) -> None:
    """R-20: long runs take the merge sort."""
    count, random = 5_000, np.random.default_rng(3)
    time = {
        "falling": np.arange(count)[::-1],
        "random": random.integers(0, 500, count),
        "two runs": np.concatenate([np.arange(0, count, 2), np.arange(1, count, 2)]),
        "equal": np.zeros(count, np.int64),
    }[shape].tolist()
    assert kernel_order([0] * count, time, 1) == naive_order([0] * count, time, range(count))


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=20))
def test_joining_like_the_twin(pairs: list[tuple[int, int]]) -> None:
    """R-20: groups are led by their smallest number."""
    parent = np.arange(10)
    edges = np.array(pairs, np.int64).reshape(-1, 2)
    unite(parent, edges[:, 0].copy(), edges[:, 1].copy())
    assert parent.tolist() == naive_unite(10, pairs)
