"""Logs that grow (R-20): only what was appended is read, whatever the pieces the trail is the same, and a rewritten file is read anew."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tropa.cli import following
from tropa.cli.main import run
from tropa.events.contract import ColumnRole as R
from tropa.events.contract import Overrides, ReadPlan
from tropa.model import TropaError
from tropa.service import growing, importing
from tropa.service.following import Follower
from tropa.service.workspace import Workspace, create_workspace
from tropa.words import words

NOW = datetime(2024, 6, 1, tzinfo=UTC)
ROLES = {"who": R.CUSTOMER, "at": R.TIME, "what": R.EVENT, "note": R.PROPERTY, "own": R.PROPERTY}
TOLD = Overrides(roles=ROLES)
HEADER = "who,at,what,note,own\n"


def bring(workspace: Workspace, file: Path, told: Overrides = TOLD, now: datetime = NOW) -> importing.ImportOutcome:
    """Imports a file as the command line does."""
    (out,) = importing.add(workspace, importing.plan([file], told), now, lambda *_: None, told=told)
    return out


def events_of(workspace: Workspace) -> Counter[tuple[Any, ...]]:
    """All events of a trail, and how often each is there."""
    tape = workspace.tape()
    if tape is None:
        return Counter()
    owner = [row for row in range(len(tape.customers)) for _ in range(int(tape.offsets[row + 1] - tape.offsets[row]))]
    names = {name: [column.names[code] for code in column.codes] for name, column in tape.properties.items()}
    whose = {owner[at]: names["own"][at] for at in range(len(owner))}
    assert len(set(whose.values())) == len(whose)
    what = [tape.event.names[code] for code in tape.event.codes]
    return Counter(zip((whose[one] for one in owner), tape.time.tolist(), what, names["note"], strict=True))


def in_order(workspace: Workspace) -> bool:
    """Whether each customer's events stand in the order of their times."""
    tape = workspace.tape()
    assert tape is not None
    spans = zip(tape.offsets[:-1].tolist(), tape.offsets[1:].tolist(), strict=True)
    return all(sorted(part) == part for part in (tape.time[begin:end].tolist() for begin, end in spans))


def csv_line(row: dict[str, str]) -> str:
    """A row as CSV."""
    return f'{row["who"]},{row["at"]},{row["what"]},"{row["note"]}",{row["who"]}\n'


def json_line(row: dict[str, str]) -> str:
    """A row as JSON."""
    return json.dumps(row | {"own": row["who"]}, ensure_ascii=False) + "\n"


ROW = st.fixed_dictionaries(
    {
        "who": st.sampled_from(["ann", "bob", "вера"]),
        "at": st.integers(1, 28).map(lambda day: f"2024-05-{day:02d} 10:00:00"),
        "what": st.sampled_from(["visit", "pay"]),
        "note": st.sampled_from(["so", "two\nlines", "да"]),
    }
)
LOG = st.lists(ROW, min_size=1, max_size=14)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(LOG, st.data(), st.sampled_from(["csv", "jsonl"]))
def test_whatever_the_pieces_the_trail_is_the_same(rows: list[dict[str, str]], data: st.DataObject, kind: str) -> None:
    """R-20: a log in one import, and in appends cut anywhere with its rows in any order, equal rows among them: the same events."""
    folder = Path(tempfile.mkdtemp())
    try:
        line, head = (csv_line, HEADER) if kind == "csv" else (json_line, "")
        whole = folder / f"whole.{kind}"
        whole.write_text(head + "".join(map(line, rows)), encoding="utf-8")
        once = create_workspace(folder / "once")
        bring(once, whole)
        mixed = data.draw(st.permutations(rows))
        cuts = sorted([*data.draw(st.lists(st.integers(1, len(rows)), max_size=3)), len(rows)])
        pieces, grown = create_workspace(folder / "pieces"), folder / f"grown.{kind}"
        begin, accepted = 0, 0
        for number, end in enumerate(cuts):
            with grown.open("a", encoding="utf-8") as out:
                out.write((head if number == 0 else "") + "".join(map(line, mixed[begin:end])))
            done = bring(pieces, grown)
            accepted += done.accepted
            assert (done.accepted, done.duplicates) == (end - begin, 0)
            begin = end
        assert accepted == len(rows)
        assert events_of(pieces) == events_of(once)
        assert in_order(pieces)
    finally:
        shutil.rmtree(folder)


def log_of(days: Sequence[int]) -> str:
    """Rows of one customer on these days of May."""
    return "".join(
        csv_line({"who": "ann", "at": f"2024-05-{day:02d} 10:00", "what": "visit", "note": "-"}) for day in days
    )


def test_only_what_was_appended_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-20: the second reading sees the new bytes only; lines of bad rows count from the file's beginning."""
    from tropa import events

    seen: list[int] = []
    read = events.read
    monkeypatch.setattr(events, "read", lambda plan, **more: _watched(read(plan, **more), seen))
    file, workspace = tmp_path / "log.csv", create_workspace(tmp_path / "work")
    file.write_text(HEADER + log_of(range(1, 20)))
    assert bring(workspace, file).accepted == 19
    first = sum(seen)
    seen.clear()
    with file.open("a") as out:
        out.write(log_of([20, 20]) + "ann,no time at all,visit,-,ann\n")
    done = bring(workspace, file)
    assert (done.accepted, done.duplicates, done.quarantined) == (2, 0, 1)
    assert sum(seen) < first / 4
    assert [note.message for note in done.notes] == ["import-note-appended"]
    (waiting,) = workspace.quarantine.list()
    assert [row.line for row in workspace.quarantine.rows(waiting.import_id)] == [23]  # under the header and 21 rows
    assert bring(workspace, file).accepted == 0


def _watched(batches: Any, seen: list[int]) -> Any:
    for batch in batches:
        seen.append(batch.bytes_read)
        yield batch


def test_a_shorter_or_rewritten_file_is_read_anew(tmp_path: Path) -> None:
    """R-20: rows that are known do not come twice, and the user is told."""
    file, workspace = tmp_path / "log.csv", create_workspace(tmp_path / "work")
    file.write_text(HEADER + log_of(range(1, 10)))
    bring(workspace, file)
    for days, new in (([1, 2], 0), ([3, 4, 5, 6, 28], 1), ([27, *range(1, 10)], 1)):
        file.write_text(HEADER + log_of(days))
        done = bring(workspace, file)
        assert (done.accepted, done.notes[-1].message) == (new, "import-note-anew")
    with file.open("a") as out:
        out.write(log_of([26]))
    other = Overrides(roles=ROLES, event="seen", source="log")
    assert [note.message for note in bring(workspace, file, other).notes][-1] == "import-note-anew"


def test_a_last_row_that_was_still_being_written(tmp_path: Path) -> None:
    """R-20: a row without its line break is read as it stands; when it goes on, the file is read anew and nothing is lost."""
    file, workspace = tmp_path / "log.csv", create_workspace(tmp_path / "work")
    file.write_text(HEADER + log_of([1, 2]) + "ann,2024-0")
    done = bring(workspace, file)
    assert (done.accepted, done.quarantined) == (2, 1)
    with file.open("a") as out:
        out.write("5-03 10:00,visit,-,ann\n")
    assert bring(workspace, file).accepted == 1
    file.write_text(file.read_text() + log_of([4]).rstrip("\n"))
    assert bring(workspace, file).accepted == 1
    with file.open("a") as out:
        out.write("\n" + log_of([5]))
    assert bring(workspace, file).accepted == 1
    assert sum(events_of(workspace).values()) == 5


def test_another_trail_knows_nothing_of_what_was_read(tmp_path: Path) -> None:
    """R-20: where the trail was taken away, the file is read from its beginning."""
    file, workspace = tmp_path / "log.csv", create_workspace(tmp_path / "work")
    file.write_text(HEADER + log_of([1, 2]))
    bring(workspace, file)
    assert bring(workspace, file).notes[-1].message == "import-note-unchanged"
    shutil.rmtree(workspace.archive.folder)
    other = tmp_path / "other.csv"
    other.write_text(HEADER + log_of([7]))
    bring(workspace, other, now=datetime(2024, 6, 2, tzinfo=UTC))
    assert bring(workspace, file).accepted == 2


@pytest.mark.parametrize("published", [False, True])
def test_a_kill_neither_loses_nor_doubles(tmp_path: Path, published: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-20: stopped before or after the publishing, the next reading takes what is missing and no more, equal rows included."""
    from tropa.trail.archive import Archive

    file, workspace = tmp_path / "log.csv", create_workspace(tmp_path / "work")
    file.write_text(HEADER + log_of([1, 1]))
    bring(workspace, file)
    with file.open("a") as out:
        out.write(log_of([1, 1, 2]))
    publish = Archive._publish

    def killed(self: Archive, manifest: Any) -> None:
        if published:
            publish(self, manifest)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Archive, "_publish", killed)
        with pytest.raises(KeyboardInterrupt):
            bring(workspace, file)
    assert sum(events_of(workspace).values()) == (5 if published else 2)
    assert bring(workspace, file).accepted == (0 if published else 3)
    assert sum(events_of(workspace).values()) == 5


def test_two_readers_of_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-20: who comes second to the lock does not read the same rows again as new ones (TR-S048)."""
    file, workspace = tmp_path / "log.csv", create_workspace(tmp_path / "work")
    file.write_text(HEADER + log_of([1]))
    bring(workspace, file)
    with file.open("a") as out:
        out.write(log_of([1, 2]))
    late = growing.going(workspace, importing.plan([file], TOLD)[0], TOLD)
    bring(workspace, file)
    monkeypatch.setattr(importing, "going", lambda *_, **__: late)
    with pytest.raises(TropaError, match="TR-S048"):
        bring(workspace, file)
    assert sum(events_of(workspace).values()) == 3


def test_files_are_followed(tmp_path: Path) -> None:
    """R-20: each look takes whole rows only, nothing where nothing came, and the end of it all is well."""
    file, workspace = tmp_path / "log.csv", create_workspace(tmp_path / "work")
    file.write_text(HEADER + log_of([1, 2]))
    more = iter([log_of([3]) + 'ann,2024-05-04 10:00,visit,"two\nli', 'nes",ann\n', "", log_of([5])])

    def pause(_: float) -> bool:
        text = next(more, None)
        if text is not None:
            with file.open("a") as out:
                out.write(text)
        return text is not None

    found = Follower(workspace, TOLD, lambda: NOW, lambda *_: None).follow([file], pause, lambda: 0.0)
    assert [one.accepted for one in found] == [2, 1, 1, 1]
    assert ("ann", 1_714_816_800_000_000, "visit", "two\nlines") in events_of(workspace)


def test_following_from_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """R-20: an interruption ends it with what came in; a query cannot be followed."""
    file = tmp_path / "log.csv"
    file.write_text(HEADER + log_of([1, 2]))

    def interrupted(_: float) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(following, "_wait", interrupted)
    command = ["import", str(tmp_path / "work"), str(file), "--follow", "--yes", "--as", "customer=who"]
    assert run(command, words("en")) == 0
    said = capsys.readouterr().err
    assert "2 new events" in said
    assert "2 events came in" in said
    (tmp_path / "shop.db").touch()
    asked = ["--query", "select 1 as a", "--database", f"sqlite:///{tmp_path / 'shop.db'}"]
    assert run(["import", str(tmp_path / "work"), *asked, "--follow", "--yes"], words("en")) != 0
    assert "TR-S047" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "pieces", "accepted"),
    [
        ("log.csv", ["", "who,at,", "what,note,own\n", log_of([1])[:9], log_of([1])[9:], log_of([2])], [1, 1]),
        ("log.jsonl", ["", '{"who": "ann", ', '"at": "2024-05-04T10:00:00Z", "what": "see"}', "\n"], [1]),
    ],
)
def test_rows_are_waited_for(tmp_path: Path, name: str, pieces: list[str], accepted: list[int]) -> None:
    """R-20: an empty file, half a heading, a heading alone, half a row: is not read, and whole rows alone tell how they are read."""
    file, workspace = tmp_path / name, create_workspace(tmp_path / "work")
    told = Overrides(roles={"who": R.CUSTOMER, "at": R.TIME, "what": R.EVENT})
    shown: list[ReadPlan] = []
    waited: list[Path] = []
    coming = iter(pieces)
    file.write_text(next(coming))

    def pause(_: float) -> bool:
        with file.open("a") as out:
            text = next(coming, None)
            out.write(text or "")
        return text is not None

    follower = Follower(workspace, told, lambda: NOW, lambda *_: None, shown.append, waited.append)
    news = follower.follow([file], pause, lambda: 0.0)
    assert [one.accepted for one in news] == accepted
    assert [len(waited), [one.format for one in shown]] == [1, [file.suffix[1:]]]
    assert sum(events_of_names(workspace).values()) == sum(accepted)


def events_of_names(workspace: Workspace) -> Counter[str]:
    """Event names of a trail, and how often each is there."""
    tape = workspace.tape()
    return Counter(tape.event.names[code] for code in tape.event.codes)


def test_a_heading_alone_is_no_fault_on_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """R-20: it says that it waits; a file that is not there is said at once."""
    file = tmp_path / "log.csv"
    file.write_text(HEADER)

    def interrupted(_: float) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(following, "_wait", interrupted)
    assert run(["import", str(tmp_path / "work"), str(file), "--follow"], words("en")) == 0
    said = capsys.readouterr().err
    assert "log.csv has no rows yet" in said
    assert "Nothing new came in" in said
    assert run(["import", str(tmp_path / "work"), str(tmp_path / "lag.csv"), "--follow"], words("en")) != 0
    assert "TR-S014" in capsys.readouterr().err
