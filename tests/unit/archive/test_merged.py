"""New events merged into a tape: equal, to the last byte, to putting all events in order anew (R-20, R-63)."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tropa.trail.archive import Archive, generation, merged
from tropa.trail.kernels.merge import fingerprint, insertion_places, merge, naive_fingerprint, naive_merge

EVENTS = st.lists(
    st.fixed_dictionaries(
        {
            "customer": st.sampled_from(["ann", "bob", "cid", "dan", "eve"]),
            "time": st.integers(-2, 4),
            "event": st.sampled_from(["view", "pay", "ask"]),
        },
        optional={
            "value": st.sampled_from([100, 250, None]),
            "score": st.sampled_from([-2.0, 1.5, None]),
            "phone": st.sampled_from(["+79160000001", None]),
            "order": st.sampled_from(["o1", "o2", None]),
            "p:city": st.sampled_from(["Пермь", "Уфа", None]),
        },
    ),
    min_size=1,
    max_size=8,
)


@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(imports=st.lists(EVENTS, min_size=2, max_size=3))
def test_a_merged_generation_is_the_sorted_one(imports: list[Any], batch: Any, now: datetime) -> None:
    """Every file of the last generation, whichever way it was made; chunks of three entries."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(generation, "CHUNK", 3)
        patch.setattr(generation, "PEOPLE", 2)
        patch.setattr(os, "fsync", lambda handle: None)  # what is durable is tested elsewhere
        quick = _generation(Path(folder) / "quick", imports, batch, now)
        patch.setattr(generation, "merge_of", lambda *_: None)
        slow = _generation(Path(folder) / "slow", imports, batch, now)
    assert quick.keys() == slow.keys()
    for name in quick:
        assert quick[name] == slow[name], name


def _generation(folder: Path, imports: Sequence[Any], batch: Any, now: datetime) -> dict[str, bytes]:
    archive = Archive(folder)
    folder.mkdir()
    (folder / "key").write_text("00" * 16)
    for rows in imports:
        archive.add([batch(rows)], source="shop", now=now)
    last = max(folder.glob("g[0-9]*"))
    return {path.name: path.read_bytes() for path in last.iterdir()}


def test_customers_who_were_joined_are_sorted_anew(tmp_path: Path, batch: Any, now: datetime) -> None:
    """Two customers of before turn out to be one: no merging, and their events stand together in time."""
    archive, called = Archive(tmp_path), []
    archive.add(
        [batch([{"customer": c, "time": t, "event": "view"} for c, t in (("a", 1), ("b", 2), ("a", 3))])],
        source="s",
        now=now,
    )
    with pytest.MonkeyPatch.context() as patch:
        real = merged.merge_of

        def told(*args: Any) -> Any:
            called.append(real(*args))
            return called[-1]

        patch.setattr(generation, "merge_of", told)
        both = [{"customer": c, "time": 4, "event": "view", "phone": "+79160000009"} for c in "ab"]
        archive.add([batch(both)], source="s", now=now)
    tape = archive.tape()
    assert called == [None]
    assert tape is not None
    assert (tape.offsets.tolist(), tape.time.tolist()) == ([0, 5], [1, 2, 3, 4, 4])


def test_new_customers_come_where_nobody_is_left(tmp_path: Path, batch: Any, now: datetime) -> None:
    """R-64: after the only customer was erased, the tape has no customers to stand among."""
    archive = Archive(tmp_path)
    archive.add([batch([{"customer": "ann", "time": 1, "event": "view"}])], source="s", now=now)
    tape = archive.tape()
    assert tape is not None
    archive.erase(str(tape.customers[0]))
    archive.add([batch([{"customer": c, "time": 2, "event": "view"} for c in ("bob", "cid")])], source="s", now=now)
    tape = archive.tape()
    assert tape is not None
    assert (tape.offsets.tolist(), len(set(tape.customers.tolist()))) == ([0, 1, 2], 2)


PAIRS = st.lists(st.tuples(st.integers(0, 6), st.integers(-3, 3)), max_size=40)


@settings(deadline=None)
@given(old=PAIRS, new=PAIRS, size=st.integers(1, 9), kind=st.sampled_from([np.uint8, np.float32, np.int64]))
def test_the_kernels_merge_like_their_twin(old: list[Any], new: list[Any], size: int, kind: Any) -> None:
    """Places and entries, in rooms of any size, of entries of any width."""
    old, new = sorted(old), sorted(new)
    expected = [number for _, _, number in naive_merge(old, new)]
    former = np.unique(np.array([c for c, _ in old], np.uint32))
    offsets = np.searchsorted([c for c, _ in old], np.append(former, 99)).astype(np.int64)
    who, time = (np.array([one[k] for one in new], kind) for k, kind in ((0, np.uint32), (1, np.int64)))
    at = np.empty(len(new), np.int64)
    rest: Any = (*_fixed(who, time, former, offsets, np.array([t for _, t in old], np.int64)), at)
    insertion_places(*rest)
    numbers = np.arange(len(old) + len(new)).astype(kind)
    found: list[int] = []
    word = f"u{np.dtype(kind).itemsize}"
    columns = _fixed(at, numbers[: len(old)].view(word), numbers[len(old) :].view(word))
    for begin in range(0, len(numbers), size):
        end = min(begin + size, len(numbers))
        room = np.empty(end - begin, kind)
        told: Any = (*columns, begin, end, int(np.searchsorted(at, begin)), room.view(word))
        merge(*told)
        found += room.tolist()
    assert found == expected


def _fixed(*arrays: Any) -> tuple[Any, ...]:
    from tropa.trail.slices import fixed

    return tuple(fixed(array) for array in arrays)


@given(words=st.lists(st.integers(0, 2**64 - 1), max_size=20), changed=st.integers(1, 2**64 - 1))
def test_sums_of_columns_are_the_twins_and_see_every_changed_word(words: list[int], changed: int) -> None:
    """Four running sums, which one changed word always changes."""
    words = words[: len(words) // 4 * 4]
    sums = np.arange(4, dtype=np.uint64)
    rest: Any = (*_fixed(np.array(words, np.uint64)), sums)
    fingerprint(*rest)
    assert sums.tolist() == naive_fingerprint(words, range(4))
    if words:
        other = [words[0] ^ changed, *words[1:]]
        assert naive_fingerprint(other, range(4)) != sums.tolist()


def test_a_sum_does_not_depend_on_how_much_comes_at_once_but_on_length_and_type() -> None:
    """Chunks of `CHUNK` entries, the last one shorter; zeros at the end count."""

    def told(array: Any, size: int) -> str:
        out = generation.ColumnSum(array.dtype)
        for begin in range(0, len(array), size):
            out.take(array[begin : begin + size])
        return out.text()

    plain = np.arange(100, dtype=np.uint8)
    assert told(plain, generation.CHUNK) == told(plain.copy(), generation.CHUNK)
    others = [np.append(plain, np.uint8(0)), plain.astype(np.uint16), plain[:-1], plain[::-1]]
    assert len({told(one, generation.CHUNK) for one in [plain, *others]}) == 5
