"""How rows are told apart, and that what was imported by an older recipe keeps its identities (R-20; docs/adr/0068)."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tropa import events
from tropa.events.contract import EventBatch
from tropa.events.jsonl_rows import OTHER, batch_of
from tropa.model import TropaError
from tropa.trail.archive import Archive
from tropa.trail.archive import archive as archives
from tropa.trail.archive.identity import batch_digests, row_digests
from tropa.trail.archive.manifest import FORMAT, load
from tropa.trail.archive.people import Key

KEY = Key(bytes(16))
ONE = {"user": "u1", "event": "see", "time": "2024-01-01T10:00:00Z", "page": "/a"}
TWO = {"user": "u2", "event": "buy", "time": "2024-01-02T10:00:00Z", "coupon": "x"}
LATE = {"user": "u3", "event": "see", "time": "2023-12-31T10:00:00Z", "device": "phone", "page": "/b"}


def digests(rows: list[dict[str, str | None]], names: tuple[str, ...]) -> list[tuple[int, int]]:
    """Of flattened rows, where the sample had these columns."""
    table = batch_of(rows, [*range(len(rows))], [], (*names, OTHER), "a.jsonl", 0).table
    hi, lo = row_digests(table, KEY, "a")
    return list(zip(hi.tolist(), lo.tolist(), strict=True))


CELLS = st.dictionaries(st.sampled_from(["a", "b", "c.d", "é"]), st.none() | st.text(max_size=3), max_size=4)
NAMES = st.lists(st.sampled_from(["a", "b", "c.d", "é", "z"]), unique=True).map(tuple)


@settings(max_examples=120)
@given(st.lists(CELLS, min_size=1, max_size=6), NAMES, NAMES)
def test_a_row_is_told_by_its_own_keys_and_values(
    rows: list[dict[str, str | None]], first: tuple[str, ...], second: tuple[str, ...]
) -> None:
    """R-20: whatever the sample showed, the same row is the same, and other values or keys are another row."""
    found = digests(rows, first)
    assert found == digests(rows, second)
    bare = [tuple(sorted((key, cell) for key, cell in row.items() if cell is not None)) for row in rows]
    assert len(set(found)) == len(set(bare))


def brought(archive: Archive, file: Path, now: datetime) -> tuple[int, int]:
    """Accepted and known rows of a file."""
    plan = events.plan(file, events.Overrides(source="app"))
    report = archive.add(events.read(plan), source=plan.source, now=now)
    return report.accepted, report.duplicates


def written(folder: Path, *rows: dict[str, str]) -> Path:
    file = folder / "app.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return file


def test_a_key_elsewhere_in_the_file_changes_no_row(tmp_path: Path, now: datetime) -> None:
    """R-20: a small file is sampled whole, so a newer export of it has another sample; only the new row comes in."""
    archive = Archive(tmp_path / "trail")
    assert brought(archive, written(tmp_path, ONE, TWO), now) == (2, 0)
    assert brought(archive, written(tmp_path, LATE, TWO, ONE), now) == (1, 2)
    assert brought(archive, written(tmp_path, TWO), now) == (0, 1)


def test_what_was_imported_before_keeps_its_identities(
    tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R-20: an archive of the first format knows its rows again and goes on by its recipe; a new source has the new one."""
    archive, path = Archive(tmp_path / "trail"), tmp_path / "trail" / "manifest.json"
    with monkeypatch.context() as patch:
        patch.setattr(archives, "RECIPE", 1)
        brought(archive, written(tmp_path, ONE, TWO), now)
    told = json.loads(path.read_text(encoding="utf-8"))
    for one in told["imports"]:
        assert one.pop("recipe") == 1
    path.write_text(json.dumps({**told, "format": 1}), encoding="utf-8")
    assert brought(archive, written(tmp_path, ONE, TWO), now) == (0, 2)
    assert brought(archive, written(tmp_path, ONE, TWO, ONE), now) == (1, 2)
    other = written(tmp_path, ONE)
    archive.add(events.read(events.plan(other)), source="other", now=now)
    manifest = load(tmp_path / "trail")
    assert ([one.recipe for one in manifest.imports], manifest.format) == ([1, 1, 2], FORMAT)


def test_the_first_recipe_for_ever() -> None:
    """R-20: the very numbers that the first recipe gave."""
    table = pa.table(
        {
            "who": ["a", "b"],
            "n": pa.array([1, None]),
            "note": pa.array([None, "x"]),
            OTHER: pa.array([None, '{"k": "v"}']),
        }
    )
    hi, lo = row_digests(table, KEY, "log", 1)
    assert hi.tolist() == [8199800170243308540, 4683972598293777567]
    assert lo.tolist() == [3341742047316208551, 5452499308491919372]


def test_a_newer_archive_is_not_guessed_at(tmp_path: Path, now: datetime) -> None:
    """R-20: TR-T108 for an archive of a newer Tropa."""
    archive, path = Archive(tmp_path / "trail"), tmp_path / "trail" / "manifest.json"
    brought(archive, written(tmp_path, ONE), now)
    told = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**told, "format": FORMAT + 1}), encoding="utf-8")
    with pytest.raises(TropaError) as caught:
        archive.tape()
    assert caught.value.code == "TR-T108"


def test_columns_that_a_preset_made_say_nothing_new() -> None:
    """R-21: another version of a preset finds the same rows; a column of nothing changes nothing either, whatever its type."""
    plain = pa.table({"id": ["1", "2"], "n": pa.array([5, 6])})
    more = plain.append_column("=channel", pa.array(["ads", None])).append_column("empty", pa.nulls(2, pa.float64()))
    coded = plain.append_column("void", pa.nulls(2, pa.string()).dictionary_encode())
    for table in (more, coded):
        assert all(map(np.array_equal, row_digests(table, KEY, "s"), row_digests(plain, KEY, "s")))


def test_an_order_told_of_by_many_rows_counts_once(batch: Any) -> None:
    """R-21: where a batch says so, events with an order number are known once; those without one as often as they stand there."""
    rows = [{"customer": "c", "time": 0, "event": "order_created", "order": order} for order in ("1", "1", None, None)]
    made: EventBatch = batch(rows, wide=True)
    assert batch_digests(made, KEY, "s")[2] is None
    told = EventBatch(made.events, made.raw, (), made.raw_index, 0, order_once=True)
    once = batch_digests(told, KEY, "s")[2]
    assert once is not None
    assert once.tolist() == [True, True, False, False]
