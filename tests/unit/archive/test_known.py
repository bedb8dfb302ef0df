"""What was known at a moment: a tape of the imports of then, the same as if later ones had never come (R-31)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tropa.trail.archive import Archive, known
from tropa.trail.archive.known import known_by, tape_known
from tropa.trail.archive.manifest import load
from tropa.trail.tape import Column, Tape

START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def told(tape: Tape) -> list[tuple[Any, ...]]:
    """Everything that a tape says of its events, in words."""

    def words(column: Column) -> list[str]:
        return [column.names[code] for code in column.codes]

    who = np.repeat(tape.customers, np.diff(tape.offsets)).tolist()
    spoken = dict(zip(tape.texts["event"], tape.texts["text"], strict=True)) if "event" in tape.texts else {}
    names = sorted(tape.properties)
    return list(
        zip(
            who, tape.time.tolist(), words(tape.event), words(tape.channel), tape.value.tolist(),
            [str(score) for score in tape.score], words(tape.source),
            [spoken.get(at, "") for at in range(tape.events)],
            *[words(tape.properties[name]) for name in names], strict=True,
        )
    )  # fmt: skip


def bring(batch: Any, archive: Archive, rows: list[dict[str, Any]], day: int, source: str = "log") -> None:
    archive.add([batch(rows)], source=source, file=f"{day}.csv", now=START + timedelta(days=day))


EVENTS = st.fixed_dictionaries(
    {
        "customer": st.sampled_from("abcdef"), "time": st.integers(0, 50), "event": st.sampled_from(["see", "pay", "use"]),
        "channel": st.sampled_from([None, "site", "shop"]), "value": st.sampled_from([None, 100]),
        "text": st.sampled_from([None, "долго", "хорошо"]), "city": st.sampled_from(["", "Omsk", "Tver"]),
    }
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    logs=st.lists(st.lists(EVENTS, min_size=1, max_size=12), min_size=2, max_size=4),
    chunk=st.sampled_from([3, 1 << 20]),
)
def test_what_was_known_is_the_log_without_later_imports(
    logs: list[list[dict[str, Any]]],
    chunk: int,
    batch: Any,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """R-31: the oracle is an archive that never got the later imports. Small chunks and files stand for a large log."""
    monkeypatch.setattr(known, "CHUNK", chunk)
    monkeypatch.setattr(known, "IN_MEMORY", 16 if chunk == 3 else 64 << 20)
    folder = tmp_path_factory.mktemp("whole")
    whole = Archive(folder)
    for day, rows in enumerate(logs):
        bring(batch, whole, rows, day)
    manifest = load(folder)
    for count in range(1, len(logs) + 1):
        own = tmp_path_factory.mktemp("part")
        alone = Archive(own)
        for day, rows in enumerate(logs[:count]):
            bring(batch, alone, rows, day)
        found = known_by(manifest, START + timedelta(days=count - 1))
        got, want = tape_known(folder, manifest, found), alone.tape()
        assert want is not None
        key = _pseudonyms(whole, alone)
        assert sorted(told(got)) == sorted((key[row[0]], *row[1:]) for row in told(want))
        assert [(one.name, one.events, one.complete_until) for one in got.sources] == [
            (one.name, one.events, one.complete_until) for one in want.sources
        ]
        assert bool(np.all(np.diff(got.offsets) > 0))


def _pseudonyms(whole: Archive, alone: Archive) -> dict[str, str]:
    """Pseudonyms of one archive by those of another: keys differ."""
    here, there = whole.tape(), alone.tape()
    assert here is not None
    assert there is not None
    mine = {alone.reveal(str(name)).ids[0]: str(name) for name in there.customers}
    others = {whole.reveal(str(name)).ids[0]: str(name) for name in here.customers}
    return {name: others[real] for real, name in mine.items()}


def test_who_was_erased_since_makes_it_no_longer_reproducible(tmp_path: Path, batch: Any) -> None:
    """R-31, R-64: the events are gone from what was known then too, and how many is told."""
    archive = Archive(tmp_path)
    bring(
        batch,
        archive,
        [{"customer": "anna", "time": 1, "event": "see"}, {"customer": "bert", "time": 2, "event": "see"}],
        0,
    )
    bring(batch, archive, [{"customer": "carl", "time": 3, "event": "see"}], 1)
    before = known_by(load(tmp_path), START)
    assert before.reproducible
    assert (before.imports, before.rows) == (1, 2)
    tape = archive.tape()
    assert tape is not None
    archive.erase(str(tape.customers[0]))
    manifest = load(tmp_path)
    after = known_by(manifest, START)
    assert not after.reproducible
    assert (after.rows, after.erased) == (1, 1)
    assert len(tape_known(tmp_path, manifest, after).customers) == 1


def test_before_the_first_import_nothing_was_known(tmp_path: Path, batch: Any) -> None:
    """R-31."""
    archive = Archive(tmp_path)
    bring(batch, archive, [{"customer": "anna", "time": 1, "event": "see"}], 0)
    found = known_by(load(tmp_path), START - timedelta(seconds=1))
    assert (found.imports, found.rows, found.everything) == (0, 0, False)


def test_versions_tell_what_was_known_apart(tmp_path: Path, batch: Any) -> None:
    """R-31: answers are kept by version."""
    archive = Archive(tmp_path)
    for day in range(3):
        bring(batch, archive, [{"customer": "anna", "time": day, "event": f"see{day}"}], day)
    manifest = load(tmp_path)
    versions = [
        tape_known(tmp_path, manifest, known_by(manifest, START + timedelta(days=day))).version for day in range(3)
    ]
    assert len(set(versions)) == 3
    assert versions[2] == manifest.version
