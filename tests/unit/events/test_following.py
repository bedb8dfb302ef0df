"""Files that are followed (R-20): stray quotes, rotation in all its ways, files that vanish, rows half written, late or out of order."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tropa.events import stretch
from tropa.events.contract import ColumnRole as R
from tropa.events.contract import Overrides
from tropa.model import TropaError
from tropa.service import importing
from tropa.service.following import Follower
from tropa.service.workspace import Workspace, create_workspace

NOW = datetime(2024, 6, 1, tzinfo=UTC)
TOLD = Overrides(roles={"who": R.CUSTOMER, "at": R.TIME, "what": R.EVENT})
HEADER = "who,at,what\n"


def log_of(days: list[int], what: str = "visit") -> str:
    """Rows of one customer."""
    return "".join(f"ann,2024-05-{day:02d} 10:00:00,{what}\n" for day in days)


def days_of(workspace: Workspace) -> list[int]:
    """The days of the one customer's events, in the tape's order."""
    tape = workspace.tape()
    assert tape is not None
    return [datetime.fromtimestamp(time / 1e6, UTC).day for time in tape.time.tolist()]


Steps = Iterator[str | Callable[[], object]]


def followed(workspace: Workspace, file: Path, *steps: str | Callable[[], object]) -> list[tuple[str, int]]:
    """What comes in, file by file, while before each look but the first something is appended or done."""
    coming = iter(steps)

    def pause(_: float) -> bool:
        step = next(coming, None)
        if isinstance(step, str):
            with file.open("a") as out:
                out.write(step)
        elif step is not None:
            step()
        return step is not None

    news = Follower(workspace, TOLD, lambda: NOW, lambda *_: None).follow([file], pause, lambda: 0.0)
    return [(one.file, one.accepted) for one in news]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is durable is tested elsewhere."""
    monkeypatch.setattr(os, "fsync", lambda handle: None)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A log of two days."""
    file = tmp_path / "log.csv"
    file.write_text(HEADER + log_of([1, 2]))
    return file


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty workspace."""
    return create_workspace(tmp_path / "work")


@settings(deadline=None)
@given(st.text(st.sampled_from('ab,\n"'), max_size=40), st.booleans(), st.integers(1, 9), st.data())
def test_where_the_last_whole_row_ends(text: str, quoted: bool, block: int, data: st.DataObject) -> None:
    """R-20: against a plain walk over the signs, in pieces of any size. A quote counts where a cell begins; one alone closes it."""
    begin = data.draw(st.integers(0, len(text)))
    with tempfile.NamedTemporaryFile() as file, pytest.MonkeyPatch.context() as patch:
        patch.setattr(stretch, "_BLOCK", block)
        Path(file.name).write_text(text)
        found = stretch.last_break(Path(file.name), begin, len(text), "," if quoted else None)
    end, lines, seen, inside, fresh = begin, 0, 0, False, True
    rest = text[begin:]
    at = 0
    while at < len(rest):
        sign, pair = rest[at], rest[at : at + 2]
        if inside and pair == '""':
            at += 1
        elif inside or (quoted and fresh):
            inside ^= sign == '"'
        seen += sign == "\n"
        if sign == "\n" and not inside:
            end, lines = begin + at + 1, seen
        fresh = sign in ",\n" and not inside
        at += 1
    assert found == (end, lines)


def test_an_inch_sign_holds_nothing_back(log: Path, workspace: Workspace) -> None:
    """R-20: a stray quote inside a cell is a sign like any other, for who follows as for who reads."""
    found = followed(workspace, log, 'ann,2024-05-03 10:00:00,a 5" pipe\n', log_of([4]), log_of([5]))
    assert found == [("log.csv", 2), ("log.csv", 1), ("log.csv", 1), ("log.csv", 1)]


def _renamed(log: Path, late: str, fresh: str) -> None:
    """Rows after the last look, then the file is put aside and begun anew."""
    with log.open("a") as out:
        out.write(late)
    log.rename(log.with_name("log.csv.1"))
    log.write_text(fresh)


def _copied(log: Path, late: str, fresh: str) -> None:
    """The same by copying and emptying: the file stays the one it was."""
    with log.open("a") as out:
        out.write(late)
    shutil.copy(log, log.with_name("log-20240503.csv"))
    log.write_text(fresh)


@pytest.mark.parametrize(("rotate", "fresh"), [(_renamed, ""), (_renamed, HEADER + log_of([5, 4])), (_copied, HEADER)])
def test_what_came_before_a_rotation_is_not_lost(log: Path, workspace: Workspace, rotate: Any, fresh: str) -> None:
    """R-20: rows that nobody had looked at when the file was put aside; the new one is empty yet, a heading, or longer than the old."""
    further = log_of([6]) if fresh else HEADER + log_of([6])
    found = followed(workspace, log, lambda: rotate(log, log_of([3]), fresh), further, log_of([7]))
    assert [n for file, n in found if file != "log.csv"] == [1]
    assert days_of(workspace) == ([1, 2, 3, 4, 5, 6, 7] if "ann" in fresh else [1, 2, 3, 6, 7])


def test_the_old_file_may_be_written_a_little_longer(log: Path, workspace: Workspace) -> None:
    """R-20: until the new one has its first rows, as a writer opens it late; the half of a row there waits for its other half."""

    def late(text: str) -> Callable[[], object]:
        def write() -> None:
            with log.with_name("log.csv.1").open("a") as out:
                out.write(text)

        return write

    half, rest = log_of([4])[:9], log_of([4])[9:]
    steps = (lambda: _renamed(log, log_of([3]) + half, ""), late(rest), HEADER + log_of([5]))
    assert followed(workspace, log, *steps) == [("log.csv", 2), ("log.csv.1", 1), ("log.csv.1", 1), ("log.csv", 1)]
    assert days_of(workspace) == [1, 2, 3, 4, 5]


def test_a_look_alike_is_not_taken_for_the_old_file(log: Path, workspace: Workspace) -> None:
    """R-20: a neighbour of nearly the same name that began otherwise, and a copy of what was read without a row more."""
    log.with_name("log.csv.2").write_text(HEADER + log_of([1, 9, 10, 11]))
    shutil.copy(log, log.with_name("log.csv.bak"))
    found = followed(workspace, log, lambda: log.write_text(HEADER + log_of([3])))
    assert found == [("log.csv", 2), ("log.csv", 1)]


def test_a_link_that_leads_elsewhere(tmp_path: Path, workspace: Workspace) -> None:
    """R-20: a log of each day under a name of its own, and a link to today's: yesterday's is read to its end."""
    first, second, link = (tmp_path / name for name in ("a.csv", "b.csv", "today.csv"))
    first.write_text(HEADER + log_of([1]))
    second.write_text(HEADER + log_of([3]))
    link.symlink_to(first)

    def turned() -> None:
        with first.open("a") as out:
            out.write(log_of([2]))
        link.unlink()
        link.symlink_to(second)

    found = followed(workspace, link, turned, log_of([4]))
    assert [n for _, n in found] == [1, 1, 1, 1]
    assert days_of(workspace) == [1, 2, 3, 4]


def test_a_file_that_vanishes_is_waited_for(log: Path, workspace: Workspace) -> None:
    """R-20: between two looks or while it is being looked at."""
    text = log.read_text()
    found = followed(workspace, log, log.unlink, lambda: log.write_text(text + log_of([3])))
    assert found == [("log.csv", 2), ("log.csv", 1)]

    real, vanishing = Path.open, pytest.MonkeyPatch()

    def gone(self: Path, *rest: Any) -> Any:
        log.unlink(missing_ok=True)
        return real(self, *rest)

    vanishing.setattr(Path, "open", gone)
    assert followed(workspace, log, vanishing.undo, lambda: log.write_text(text + log_of([3, 4]))) == [("log.csv", 1)]


@pytest.mark.parametrize(
    "fault", [TropaError("TR-T104", reason="gone"), FileNotFoundError(2, "gone", "/elsewhere/part")]
)
def test_what_is_missing_elsewhere_is_no_reason_to_wait(
    log: Path, workspace: Workspace, fault: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R-20: a damaged trail ends it, though a file is missing there too."""
    fault.__cause__ = FileNotFoundError(2, "gone")

    def damaged(*_: Any, **__: Any) -> Any:
        raise fault

    monkeypatch.setattr(importing, "add", damaged)
    with pytest.raises(type(fault), match=r"gone|TR-T104"):
        followed(workspace, log, log_of([3]))


def test_shorter_and_longer_in_its_place(log: Path, workspace: Workspace) -> None:
    """R-20: emptied and written anew, at once longer than before: late rows stand in the order of their times; known ones come once."""
    steps = (
        lambda: log.write_text(HEADER + log_of([2])),
        lambda: log.write_text(HEADER + log_of([9, 3, 8, 1])),
        log_of([4]),
    )
    assert followed(workspace, log, *steps) == [("log.csv", 2), ("log.csv", 0), ("log.csv", 3), ("log.csv", 1)]
    assert days_of(workspace) == [1, 2, 3, 4, 8, 9]
