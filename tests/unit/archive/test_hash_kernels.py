"""Hashes and tables of them: published vectors, naive twins (R-20, R-64)."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tropa.trail.archive.arrow import string_buffers
from tropa.trail.archive.digests import Digests
from tropa.trail.kernels import hash as hashing
from tropa.trail.kernels.numbering import naive_number

KEY = bytes(range(16))
SMALL = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5)), max_size=60)
"""Digests that often are equal; the first number spreads over buckets."""


def words(key: bytes) -> tuple[np.uint64, np.uint64]:
    return np.uint64(int.from_bytes(key[:8], "little")), np.uint64(int.from_bytes(key[8:], "little"))


def test_sip_agrees_with_its_published_vectors() -> None:
    """R-64: SipHash-2-4-128 of the empty string and of one zero byte, from its authors' reference."""
    published = {b"": "a3817f04ba25a8e66df67214c7550293", b"\0": "da87c1d86b99af44347659119b22fc45"}
    for data, expected in published.items():
        high, low = hashing.naive_sip(data, KEY)
        assert (low.to_bytes(8, "little") + high.to_bytes(8, "little")).hex() == expected


@settings(deadline=None)
@given(st.lists(st.text(max_size=40), max_size=20), st.binary(min_size=16, max_size=16), st.booleans())
def test_kernel_hashes_like_its_twin(texts: list[str], key: bytes, quick: bool) -> None:
    """R-20: the same hash from plain strings, long strings and slices of a column."""
    rounds = (1, 3) if quick else (2, 4)
    for array in (pa.array(["x", *texts], pa.string()).slice(1), pa.array(texts, pa.large_string())):
        data, offsets = string_buffers(array)
        hi, lo = np.zeros(len(texts), np.uint64), np.zeros(len(texts), np.uint64)
        hashing.sip_strings(data, offsets, *words(key), *rounds, hi, lo)
        expected = [hashing.naive_sip(text.encode(), key, *rounds) for text in texts]
        assert list(zip(hi.tolist(), lo.tolist(), strict=True)) == expected


@settings(deadline=None)
@given(st.lists(st.integers(0, 2**64 - 1), max_size=20))
def test_numbers_are_mixed_like_their_twin(numbers: list[int]) -> None:
    """R-20: numbers of typed columns."""
    array = np.array(numbers, np.uint64)
    hi, lo = np.zeros(len(array), np.uint64), np.zeros(len(array), np.uint64)
    first, second = words(KEY)
    hashing.mix_words(array, first, second, hi, lo)
    expected = [hashing.naive_mix(number, int(first), int(second)) for number in numbers]
    assert list(zip(hi.tolist(), lo.tolist(), strict=True)) == expected


@settings(deadline=None)
@given(st.lists(SMALL, max_size=4))
def test_digests_are_numbered_in_order_of_appearance(batches: list[list[tuple[int, int]]]) -> None:
    """R-20: across batches, as a dictionary would."""
    table, known = Digests(), dict[tuple[int, int], int]()
    for pairs in batches:
        hi = np.array([pair[0] for pair in pairs], np.uint64)
        lo = np.array([pair[1] for pair in pairs], np.uint64)
        assert table.codes(hi, lo).tolist() == naive_number(pairs, known)
        assert table.find(hi, lo).tolist() == [known[pair] for pair in pairs]
    assert table.find(np.array([9], np.uint64), np.array([9], np.uint64)).tolist() == [-1]


def test_a_table_grows_and_goes_on_behind_what_was_known() -> None:
    """R-20: far more digests than its first size; half of them known before anything is looked for."""
    numbers = np.arange(50_000, dtype=np.uint64)
    hi, lo = numbers << np.uint64(40), numbers * np.uint64(0x9E3779B97F4A7C15)
    table = Digests(hi[:25_000], lo[:25_000])
    assert table.codes(hi, lo).tolist() == list(range(50_000))
    assert table.codes(hi[::-1].copy(), lo[::-1].copy()).tolist() == list(range(49_999, -1, -1))
    table.append(hi[1:4], numbers[1:4])
    assert table.find(hi[1:4], numbers[1:4]).tolist() == [50_000, 50_001, 50_002]
    assert table.count == 50_003


def test_what_is_said_to_be_new_and_is_not_is_seen() -> None:
    """R-20: digests out of a damaged archive would give two numbers to one customer."""
    same = np.array([5, 5], np.uint64)
    with pytest.raises(AssertionError, match="numbered once"):
        Digests(same, same).find(same, same)


@settings(deadline=None)
@given(SMALL, SMALL, st.integers(0, 63))
def test_what_is_new_is_chosen_like_its_twin(old: list[tuple[int, int]], new: list[tuple[int, int]], once: int) -> None:
    """R-20: as many of equal rows as are not known yet, in order of arrival; of those that may come once, one. Buckets are by high bits."""
    single = [bool(once >> pair[1] & 1) for pair in new]
    older = _segment(old)
    hi, lo, starts, order = _segment(new)
    known, slots = np.zeros(len(new), np.int32), np.empty(1 << 10, np.int64)
    hashing.count_known(hi, lo, starts, *older[:3], known, slots)
    kept, keep = np.zeros(len(new), bool), np.zeros(len(new), bool)
    once_each = np.array(single, bool)[order]
    accepted = hashing.choose_new(hi, lo, once_each, starts, known, slots, kept)
    keep[order] = kept
    assert keep.tolist() == hashing.naive_choose(new, single, dict(Counter(old)))
    assert accepted == keep.sum()


def _segment(pairs: list[tuple[int, int]]) -> tuple[Any, Any, Any, Any]:
    """Digests in the order of buckets, where each bucket begins, and their rows."""
    hi = np.array([pair[0] << 60 for pair in pairs], np.uint64)
    lo = np.array([pair[1] for pair in pairs], np.uint64)
    starts, order = np.zeros(hashing.BUCKETS + 1, np.int64), np.empty(len(pairs), np.uint32)
    hashing.by_bucket(hi, starts, order)
    return hi[order], lo[order], starts, order
