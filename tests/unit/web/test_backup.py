"""Backup while everything goes on, and back on another machine and another kind of database (R-63, R-64)."""

from __future__ import annotations

import json
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tropa.codec import load
from tropa.files import write_text
from tropa.model import TropaError
from tropa.model.access import LOCAL
from tropa.service import commenting, history, maps, uploading
from tropa.service.backing_up import back_up, back_up_folder
from tropa.service.desk import Desk
from tropa.service.restoring import Restored, restore
from tropa.service.serving import DATABASE
from tropa.service.workspace import Workspace
from tropa.store import Store, comments, documents, dumping, notices, open_store
from tropa.store.letters import Letter
from tropa.store.notices import Notice
from tropa.words import words
from web_desk import MAP, Clock, Ids

RU = words("ru")
LOG = "customer;event;time\n" + "".join(f"k{n};order_paid;2026-01-{n % 28 + 1:02d} 10:00\n" for n in range(60))


def silent(step: str, done: float, total: float) -> None:
    """Tells nobody."""


@pytest.fixture
def team(store: Store, desk: Desk) -> Iterator[Desk]:
    """The workspace with its database on SQLite and on PostgreSQL in turn."""
    made = replace(desk, store=store, living=type(desk.living)(), new_id=Ids())
    yield made
    made.living.end(made)


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest) -> str | None:
    """Where it is restored: the folder's own file, or a PostgreSQL that is empty."""
    return None if request.param == "sqlite" else str(request.getfixturevalue("other_postgres_url"))


def opened(restored: Restored, database: str | None) -> Desk:
    store = open_store(database or restored.folder / DATABASE)
    return Desk(Workspace(restored.folder), store, Clock(), Ids())


def closed(desk: Desk) -> None:
    desk.living.end(desk)
    desk.store.close()


def lived_in(desk: Desk) -> None:
    """Some history, a comment, a file, a second map."""
    maps.settle(desk, LOCAL, RU, MAP, maps.Settings(title="Жизнь карты", tags=("ё", "копия")))
    history.name_version(desk, LOCAL, MAP, "До ремонта", None)
    maps.settle(desk, LOCAL, RU, MAP, maps.Settings(tags=("после",)))
    commenting.say_something(desk, LOCAL, MAP, "В поле ☎ пусто", address="need/does", thread=None, mentions=())
    uploading.attach(desk, LOCAL, MAP, "чек.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    maps.make(desk, LOCAL, RU, maps.Start(template="classic"), "Вторая")


def rows_of(store: Store) -> dict[str, list[str]]:
    with dumping.snapshot(store) as view:
        return {name: list(dumping.lines(view, name)) for name in dumping.tables()}


def test_everything_comes_back_on_the_other_kind_too(team: Desk, target: str | None, tmp_path: Path) -> None:
    """R-63, R-64: the same state, history and files, SQLite ↔ PostgreSQL."""
    lived_in(team)
    team.living.write_files(team)
    made = back_up(team.workspace, team.store, tmp_path / "копия.zip", team.clock(), silent)
    assert made.path.stat().st_mode & 0o077 == 0
    back = restore(made.path, tmp_path / "другая машина", target, silent)
    assert (back.maps, back.rows) == (2, made.rows)
    there = opened(back, target)
    try:
        assert rows_of(there.store) == rows_of(team.store)
        for row in team.living.rows(team):
            assert there.living.current(there, row.id) == team.living.current(team, row.id)
            file = there.workspace.folder / row.file
            assert file.read_bytes() == (team.workspace.folder / row.file).read_bytes()
        assert there.living.at(there, MAP, 2) == team.living.at(team, MAP, 2)
        # and life goes on: new rows are numbered after the old ones
        maps.settle(there, LOCAL, RU, MAP, maps.Settings(tags=("дальше",), archived=True))
        assert there.living.row(there, MAP).seq == 4
    finally:
        closed(there)


def test_what_was_not_written_yet_is_written_where_it_comes_back(team: Desk, tmp_path: Path) -> None:
    """R-64: the log is the truth, whatever the file said at that moment."""
    maps.settle(team, LOCAL, RU, MAP, maps.Settings(tags=("ещё не в файле",)))
    made = back_up(team.workspace, team.store, tmp_path / "b.zip", team.clock(), silent)
    there = opened(restore(made.path, tmp_path / "there", None, silent), None)
    try:
        there.living.write_files(there)
        assert load(there.workspace.map_path()).map.tags == ("ещё не в файле",)
    finally:
        closed(there)


def test_an_edit_by_hand_that_nobody_took_in_yet_comes_along(team: Desk, tmp_path: Path) -> None:
    """R-12, R-64: it is merged where it comes back."""
    team.living.current(team, MAP)
    path = team.workspace.map_path()
    write_text(path, path.read_text(encoding="utf-8") + "\n# рукой\n")
    made = back_up(team.workspace, team.store, tmp_path / "b.zip", team.clock(), silent)
    back = restore(made.path, tmp_path / "there", None, silent)
    assert "# рукой" in (back.folder / "map.yaml").read_text(encoding="utf-8")


def test_one_moment_while_many_write(team: Desk, target: str | None, tmp_path: Path) -> None:
    """R-64: under load the backup is one consistent state, and restores to just that."""
    stop = threading.Event()
    faults: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for turn in range(10_000):
                if stop.is_set():
                    return
                tag = f"{number}-{turn}"
                maps.settle(team, LOCAL, RU, MAP, maps.Settings(tags=(tag,)))
                commenting.say_something(team, LOCAL, MAP, tag, address="", thread=None, mentions=())
        except BaseException as fault:  # noqa: BLE001 - told below, in the test's own thread
            faults.append(fault)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    try:
        while team.living.current(team, MAP)[0] < 10:
            stop.wait(0.01)
        made = back_up(team.workspace, team.store, tmp_path / "b.zip", team.clock(), silent)
        seen_after = team.living.current(team, MAP)[0]
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert faults == []
    there = opened(restore(made.path, tmp_path / "there", target, silent), target)
    try:
        seq, value = there.living.current(there, MAP)
        assert 10 <= seq <= seen_after
        assert value == team.living.at(team, MAP, seq)
        with there.store.read() as c:
            assert [one.seq for one in documents.entries(c, MAP, None, 10_000)] == list(range(seq, 0, -1))
            said = {one.text for one in comments.texts(c, [MAP])}
        # whoever had commented had changed the map before: no comment without its change
        tags = {there.living.at(there, MAP, number).tags for number in range(2, seq + 1)}
        assert {(text,) for text in said} <= tags
    finally:
        closed(there)


def test_the_trail_comes_along_as_it_was_published(
    team: Desk, tmp_path: Path, importing: Callable[[Desk, str], None]
) -> None:
    """R-64: the generation, its parts, the vault and the key, while the next import waits its turn."""
    importing(team, LOG)
    version = team.workspace.tape().version
    made = back_up(team.workspace, team.store, tmp_path / "b.zip", team.clock(), silent)
    assert not list(team.workspace.folder.glob(".backup-*"))
    importing(team, LOG.replace("2026-01", "2026-02"))
    back = restore(made.path, tmp_path / "there", None, silent)
    tape = Workspace(back.folder).tape()
    assert (tape.version, tape.events) == (version, 60)
    assert (back.folder / "trail" / "key").stat().st_mode & 0o077 == 0
    names = zipfile.ZipFile(made.path).namelist()
    assert not [name for name in names if name.endswith((".lock", ".db", "-wal", "-shm"))]


@pytest.fixture
def importing(tmp_path: Path) -> Callable[[Desk, str], None]:
    from tropa.service import importing as service

    def bring(desk: Desk, text: str) -> None:
        file = tmp_path / f"log-{abs(hash(text))}.csv"
        write_text(file, text)
        service.add(desk.workspace, service.plan((file,), service.overrides()), desk.clock(), silent)

    return bring


def test_a_file_that_goes_meanwhile_is_no_fault(desk: Desk, tmp_path: Path) -> None:
    """R-64: uploads come and go while the backup is being written."""
    desk.living.current(desk, MAP)
    for name in ("a.csv", "b.csv"):
        write_text(desk.workspace.folder / "uploads" / name, name)

    def goes(step: str, done: float, total: float) -> None:
        if total != len(dumping.tables()):  # the tables are in, the files have been listed
            (desk.workspace.folder / "uploads" / "b.csv").unlink(missing_ok=True)

    made = back_up(desk.workspace, desk.store, tmp_path / "b.zip", desk.clock(), silent)
    assert "workspace/uploads/b.csv" in zipfile.ZipFile(made.path).namelist()
    made = back_up(desk.workspace, desk.store, tmp_path / "c.zip", desk.clock(), goes)
    names = zipfile.ZipFile(made.path).namelist()
    assert "workspace/uploads/a.csv" in names
    assert "workspace/uploads/b.csv" not in names
    restore(made.path, tmp_path / "there", None, silent)


def test_an_import_that_does_not_end_is_told(team: Desk, tmp_path: Path) -> None:
    with team.workspace.archive.alone(), pytest.raises(TropaError, match="TR-T101"):
        back_up(team.workspace, team.store, tmp_path / "b.zip", team.clock(), silent, patience_s=0.3)
    assert not (tmp_path / "b.zip").exists()
    assert not list(tmp_path.glob("*.part"))


def test_who_restores_sends_no_old_letters_and_signs_in_anew(team: Desk, tmp_path: Path) -> None:
    """R-60, R-64: what waited may have gone since; sign-ins are not carried."""
    said = commenting.say_something(team, LOCAL, MAP, "x", address="", thread=None, mentions=())
    with team.store.begin() as c:
        notices.add(c, Notice("n", "anna", "mention", MAP, said.id, "x", team.clock()))
        notices.LETTERS.put(c, Letter("n", "a@example.org", "s", "b", "waiting", 0, team.clock()))
    made = back_up(team.workspace, team.store, tmp_path / "b.zip", team.clock(), silent)
    there = opened(restore(made.path, tmp_path / "there", None, silent), None)
    try:
        with there.store.read() as c:
            assert [one.state for one in notices.LETTERS.letters(c)] == ["unknown"]
    finally:
        closed(there)
    assert not [name for name in zipfile.ZipFile(made.path).namelist() if "login" in name or "one_time" in name]


def damaged(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    change(parts)
    out = path.with_name("damaged.zip")
    with zipfile.ZipFile(out, "w") as target:
        for name, body in parts.items():
            target.writestr(name, body)
    return out


def told(parts: dict[str, bytes], **changes: object) -> None:
    parts["tropa-backup.json"] = json.dumps({**json.loads(parts["tropa-backup.json"]), **changes}).encode()


def escape(parts: dict[str, bytes]) -> None:
    parts["workspace/../../evil"] = b"x"
    about = json.loads(parts["tropa-backup.json"])
    about["entries"]["workspace/../../evil"] = {"size": 1, "sha256": "x"}
    told(parts, entries=about["entries"])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda parts: parts.update({"workspace/map.yaml": b"tropa: 1"}), "TR-W270"),
        (lambda parts: parts.pop("workspace/map.yaml"), "TR-W270"),
        (lambda parts: parts.pop("tropa-backup.json"), "TR-W270"),
        (lambda parts: told(parts, format=99), "TR-W271"),
        (lambda parts: told(parts, schema="9999"), "TR-W123"),
        (escape, "TR-W270"),
    ],
)
def test_a_damaged_backup_puts_nothing_in_place(
    desk: Desk, tmp_path: Path, change: Callable[[dict[str, bytes]], None], code: str
) -> None:
    """R-64: all is checked first; nothing is written outside the folder."""
    desk.living.current(desk, MAP)
    made = back_up(desk.workspace, desk.store, tmp_path / "b.zip", desk.clock(), silent)
    target = tmp_path / "there"
    with pytest.raises(TropaError, match=code):
        restore(damaged(made.path, change), target, None, silent)
    assert not target.exists()
    assert not list(tmp_path.glob(".*.restoring"))
    assert not (tmp_path.parent / "evil").exists()


def test_no_zip_and_no_empty_place(desk: Desk, tmp_path: Path, store: Store) -> None:
    write_text(tmp_path / "b.zip", "no zip")
    with pytest.raises(TropaError, match="TR-W270"):
        restore(tmp_path / "b.zip", tmp_path / "there", None, silent)
    with pytest.raises(TropaError, match="TR-W272"):
        restore(tmp_path / "b.zip", desk.workspace.folder, None, silent)
    desk.living.current(desk, MAP)
    made = back_up(desk.workspace, desk.store, tmp_path / "c.zip", desk.clock(), silent)
    with store.begin() as c:
        documents.add(c, "x", "x.yaml", documents.FileText("", ""), b"", documents.FILE, desk.clock())
    with pytest.raises(TropaError, match="TR-W273"):
        restore(made.path, tmp_path / "there", store.engine.url.render_as_string(hide_password=False), silent)


def test_a_workspace_that_was_never_served(desk: Desk, tmp_path: Path) -> None:
    """R-64: plain files are backed up too, and nothing is added to them."""
    folder = tmp_path / "plain"
    folder.mkdir()
    write_text(folder / "map.yaml", desk.workspace.map_path().read_text(encoding="utf-8"))
    made = back_up_folder(folder, None, tmp_path / "b.zip", desk.clock(), silent)
    assert [path.name for path in folder.iterdir()] == ["map.yaml"]
    back = restore(made.path, tmp_path / "there", None, silent)
    assert (back.folder / "map.yaml").read_bytes() == (folder / "map.yaml").read_bytes()
    with pytest.raises(TropaError, match="TR-S008"):
        back_up_folder(folder, None, tmp_path / "b.zip", desk.clock(), silent)
    with pytest.raises(TropaError, match="TR-S001"):
        back_up_folder(tmp_path / "nothing", None, tmp_path / "d.zip", desk.clock(), silent)
