"""Reading a map for its value alone (R-12): the same value and errors as the full reader, with and without a cache."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from strategies import maps
from tropa.codec import dumps, load
from tropa.codec.quick import read
from tropa.model import Map, TropaError


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=maps())
def test_the_same_map_twice(value: Map, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TROPA_CACHE_DIR", str(tmp_path / "cache"))
    file = tmp_path / "map.yaml"
    file.write_text(dumps(value), encoding="utf-8")
    assert read(file) == read(file) == load(file).map


def test_an_edit_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TROPA_CACHE_DIR", str(tmp_path / "cache"))
    file = tmp_path / "map.yaml"
    file.write_text("tropa: 1\ntitle: A\nstages:\n  - {id: a, title: A}\n", encoding="utf-8")
    assert read(file).title == "A"
    file.write_text("tropa: 1\ntitle: B\nstages:\n  - {id: a, title: A}\n", encoding="utf-8")
    assert read(file).title == "B"


def test_faults_are_those_of_the_full_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TROPA_CACHE_DIR", str(tmp_path / "cache"))
    file = tmp_path / "map.yaml"
    for _ in range(2):
        with pytest.raises(TropaError):
            read(file)
        file.write_text("tropa: 1\ntitle: A\nstagez: []\n", encoding="utf-8")


def test_a_damaged_or_forbidden_cache_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TROPA_CACHE_DIR", str(tmp_path / "cache"))
    file = tmp_path / "map.yaml"
    file.write_text("tropa: 1\ntitle: A\nstages:\n  - {id: a, title: A}\n", encoding="utf-8")
    value = read(file)
    for kept in (tmp_path / "cache" / "maps").iterdir():
        kept.write_text("{", encoding="utf-8")
    assert read(file) == value
    (tmp_path / "blocked").write_text("", encoding="utf-8")
    monkeypatch.setenv("TROPA_CACHE_DIR", str(tmp_path / "blocked"))
    assert read(file) == value
