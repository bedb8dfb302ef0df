"""A source goes on being read as it was: rules about exports that came later do not give one trail two vocabularies (R-20, R-21)."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tropa import events
from tropa.events.contract import Overrides
from tropa.service import importing
from tropa.service.workspace import Workspace, create_workspace
from tropa.words import words

NOW = datetime(2024, 6, 1, tzinfo=UTC)
HEAD = "user;time;event;utm_source;utm_medium\n"
PLAIN, MARKED = Overrides(preset="none"), Overrides()


def rows(day: int, *marks: str) -> str:
    """A visit by each pair of marks."""
    return "".join(f"{n};2024-01-{day:02d} 10:00;visit;{pair}\n" for n, pair in enumerate(marks))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty workspace."""
    return create_workspace(tmp_path / "work")


def brought(workspace: Workspace, file: Path, told: Overrides) -> tuple[str | None, bool, list[str]]:
    """Imports a file as the command line does: by which preset, whether that is said to be as before, and the trail's channels."""
    (one,) = importing.plan([file], told, workspace)
    importing.add(workspace, [one], NOW, lambda *_: None)
    tape = workspace.tape()
    assert tape is not None
    return (
        one.preset,
        "events-warn-as-before" in one.warnings,
        sorted({tape.channel.names[c] for c in tape.channel.codes}),
    )


def forgotten(workspace: Workspace) -> None:
    """As an archive is in which sources came in before it was kept how."""
    for note in (workspace.folder / "reading").glob("*.source.json"):
        note.unlink()


@pytest.mark.parametrize("known", [True, False])
def test_marks_that_were_channels_stay_channels(tmp_path: Path, workspace: Workspace, known: bool) -> None:
    """R-21: as remembered, or as the trail's own channels tell; the user may say otherwise, and another source is another matter."""
    file = tmp_path / "visits.csv"
    file.write_text(HEAD + rows(1, "yandex;cpc", "partner;x"))
    assert brought(workspace, file, PLAIN) == (None, False, ["partner", "yandex"])
    if not known:
        forgotten(workspace)
    file.write_text(HEAD + rows(2, "vk;cpc", "yandex;cpc"))
    assert brought(workspace, file, MARKED) == (None, True, ["partner", "vk", "yandex"])
    for lang in ("ru", "en"):
        (one,) = importing.plan([file], MARKED, workspace)
        assert "--preset" in words(lang)("events-warn-as-before", **events.facts(one))
    assert importing.plan([file], Overrides(preset="utm"), workspace)[0].preset == "utm"
    assert importing.plan([file], Overrides(source="other"), workspace)[0].preset == "utm"
    file.write_text(HEAD + rows(3, "yandex;cpc"))
    told = Overrides(preset="utm")
    assert brought(workspace, file, told) == ("utm", False, ["paid search", "partner", "vk", "yandex"])
    assert importing.plan([file], MARKED, workspace)[0].preset == "utm", "what was said last is remembered"


@pytest.mark.parametrize("known", [True, False])
def test_groups_stay_groups(tmp_path: Path, workspace: Workspace, known: bool) -> None:
    """R-21: channels that the rules made themselves, names of sources that no rule knows among them, are no reason for anything."""
    file = tmp_path / "visits.csv"
    file.write_text(HEAD + rows(1, "yandex;cpc", "partner;x", "(direct);", "mail;newsletter"))
    first = brought(workspace, file, MARKED)
    if not known:
        forgotten(workspace)
    file.write_text(HEAD + rows(2, "vk;cpc"))
    assert first == ("utm", False, ["direct", "email", "paid search", "partner"])
    assert brought(workspace, file, MARKED)[:2] == ("utm", False)


def test_another_trail_in_the_folder_knows_nothing_of_it(tmp_path: Path, workspace: Workspace) -> None:
    """R-20: what was remembered belongs to the trail that it came into; what cannot be read is not remembered."""
    file = tmp_path / "visits.csv"
    file.write_text(HEAD + rows(1, "partner;x"))
    brought(workspace, file, PLAIN)
    (note,) = (workspace.folder / "reading").glob("*.source.json")
    assert importing.plan([file], MARKED, workspace)[0].preset is None
    kept = note.read_text()
    note.write_text("{")
    assert importing.plan([file], MARKED, workspace)[0].preset == "utm"
    note.write_text(kept.replace("000001", "000009"))
    assert importing.plan([file], MARKED, workspace)[0].preset == "utm"
    note.write_text(kept)
    shutil.rmtree(workspace.folder / "trail")
    assert importing.plan([file], MARKED, workspace)[0].preset == "utm"
