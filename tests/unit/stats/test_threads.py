"""Linear algebra keeps to one thread while we are at work, and only then (R-61, R-63)."""

from __future__ import annotations

import importlib
import sys
import threading

import pytest

from tropa.stats.threads import Cap, Library, loaded, one_thread


class Fake:
    """A library that remembers."""

    def __init__(self, count: int) -> None:
        self.count = count

    def library(self) -> Library:
        return Library(lambda: self.count, lambda count: setattr(self, "count", count))


def test_each_gets_back_what_it_had() -> None:
    first, second = Fake(8), Fake(3)
    cap = Cap(lambda: [first.library(), second.library()])

    @cap()
    def work(deep: int) -> None:
        assert (first.count, second.count) == (1, 1)
        if deep:
            work(deep - 1)
        assert (first.count, second.count) == (1, 1)

    for _ in range(2):
        work(2)
        assert (first.count, second.count) == (8, 3)
    with pytest.raises(ZeroDivisionError), cap():
        raise ZeroDivisionError
    assert (first.count, second.count) == (8, 3)


def test_whoever_comes_and_goes_between() -> None:
    """The first to leave does not open it for the second, and the second leaves nothing capped."""
    fake = Fake(4)
    cap = Cap(lambda: [fake.library()])
    both_in, first_out = threading.Barrier(2), threading.Event()

    def first() -> None:
        with cap():
            both_in.wait(30)
        first_out.set()

    other = threading.Thread(target=first)
    other.start()
    with cap():
        both_in.wait(30)
        assert first_out.wait(30)
        assert fake.count == 1
    other.join()
    assert fake.count == 4


def test_the_librarys_own_word() -> None:
    """NumPy's and SciPy's wheels for Linux have an OpenBLAS each; it tells how many threads it takes."""
    importlib.import_module("scipy.linalg._fblas")
    found = loaded()
    if sys.platform == "linux":
        assert len(found) == 2
    before = [library.get() for library in found]
    try:
        for library in found:
            library.set(2)
        with one_thread():
            assert [library.get() for library in found] == [1] * len(found)
        assert [library.get() for library in found] == [2] * len(found)
    finally:
        for library, count in zip(found, before, strict=True):
            library.set(count)
