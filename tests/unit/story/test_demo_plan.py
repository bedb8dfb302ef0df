"""The demo's plan is filled at the first look, with what was read (R-40)."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tropa.codec import load
from tropa.service.demo import make
from tropa.words import words


def test_impacts_are_what_the_dearest_break_could_regain_and_stand_in_the_file(tmp_path: Path) -> None:
    """R-40: no number is made up; the file keeps its comments."""
    folder = tmp_path / "shop"
    made = make(
        folder, words("ru"), customers=1_500, seed=3, now=datetime(2026, 11, 28, tzinfo=UTC), advance=lambda *_: None
    )
    dearest: dict[str, float] = {}
    for item in sorted(made.readings.breaks, key=lambda one: one.rank):
        if item.loss.value > 0:
            dearest.setdefault(item.stage, round(item.loss.value, 2))
    document = load(next(folder.glob("*.yaml")))
    assert document.map.improvements == made.measured.map.improvements
    assert {one.stage: one.impact for one in document.map.improvements} == {
        one.stage: dearest.get(one.stage) for one in document.map.improvements
    }
    assert all(one.effort and one.confidence for one in document.map.improvements)
    assert dearest
    assert document.text().lstrip().startswith("#")
