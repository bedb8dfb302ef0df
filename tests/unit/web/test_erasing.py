"""Erasing a customer reaches every word that people wrote about them; nothing is left in the bytes, nothing comes back (R-64)."""

from __future__ import annotations

import itertools
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postgres import as_its_user, server_folder
from tropa.files import write_text
from tropa.model import Map, TropaError
from tropa.model.access import LOCAL, NOBODY, Actor, Role
from tropa.service import auditing, backing_up, commenting, erasing, history, importing, restoring, thinning, uploads
from tropa.service.desk import Desk
from tropa.service.ledger import Ledger
from tropa.service.maps import revised
from tropa.service.traces import MARK, Finder, Identifiers, hashes, too_short
from tropa.service.uploading import attach
from tropa.store import Store, open_store
from web_desk import Clock
from web_shop import ANNA, TEXT, desk_on, does, title

PHONE, EMAIL, NAME = "+79161234567", "anna.karenina@mail.ru", "Анна Каренина"
SPELT = (
    "8 (916) 123-45-67",
    "+7 916 123 45 67",
    "89161234567",
    "9161234567",
    "Anna.Karenina@Mail.RU",
    "Каренина Анна",
    "анна каренина",
)
LOG = "customer;time;event;phone;email\n" + "".join(
    f"c-10{n};0{n % 9 + 1}.03.2026 10:00;view;{PHONE if n == 7 else f'+7916000000{n}'};{EMAIL if n == 7 else f'b{n}@x.ru'}\n"
    for n in range(9)
)
KEY = b"0123456789abcdef"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def shop(store: Store, tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """A workspace with a map and an imported log, on each database in turn."""
    folder = tmp_path / "Лавка"
    folder.mkdir()
    write_text(folder / "map.yaml", TEXT.replace("# наша карта", f"# наша карта; первой купила {NAME}, {PHONE}"))
    desk = desk_on(store, folder, clock)
    log = tmp_path / "log.csv"
    write_text(log, LOG)
    plans = importing.plan([log], importing.overrides())
    importing.add(desk.workspace, plans, datetime(2026, 4, 1, tzinfo=UTC), lambda *_: None)
    yield desk
    desk.living.end(desk)


def pseudonym(desk: Desk) -> str:
    """Of the customer who has the phone."""
    for name in desk.workspace.tape().customers:
        if PHONE in desk.workspace.archive.reveal(str(name)).phones:
            return str(name)
    raise AssertionError


def written_about(desk: Desk, clock: Clock) -> None:
    """Words about the customer everywhere: typed and deleted, in versions, comments, files, titles, the audit log, an upload."""
    change = desk.living.change
    desk.living.current(desk, "shop")
    change(desk, "shop", ANNA, does("need", f"звонит {SPELT[0]}", "читает"))
    clock.move(minutes=1)
    history.name_version(desk, LOCAL, "shop", f"После звонка {NAME}", None)
    change(desk, "shop", ANNA, does("need", "звонит", "читает"))
    for end in range(1, len(EMAIL) + 1):  # letter by letter
        change(desk, "shop", ANNA, title(f"Лавка {EMAIL[:end]}"))
    clock.move(days=2)
    change(desk, "shop", ANNA, title("Лавка"))
    change(desk, "shop", ANNA, quoted)
    said = commenting.say_something(
        desk, LOCAL, "shop", f"Это же {SPELT[5]}, {SPELT[2]}!", address="need/does/0", thread=None, mentions=()
    )
    commenting.say_something(desk, LOCAL, "shop", "Да", address="", thread=said.id, mentions=())
    attach(desk, LOCAL, "shop", f"жалоба {PHONE}.txt", f"Я, {NAME}, жду звонка на {SPELT[1]}".encode())
    with desk.store.begin() as c:
        auditing.note(desk, c, LOCAL, "link-made", EMAIL, purpose=f"для {NAME}")
    clock.move(days=40)
    thinning.thin(desk, "shop")
    change(desk, "shop", ANNA, does("buy", f"оплачивает; чек на {EMAIL}"))
    desk.living.write_files(desk)
    with (desk.workspace.folder.parent / "again.csv").open("w+b") as file:
        file.write(LOG.encode())
        file.seek(0)
        uploads.receive(desk, LOCAL, "again.csv", file)


def quoted(value: Map) -> Map:
    stage = value.stages[0]
    pain = {
        "id": "late",
        "text": "Поздно",
        "evidence": [{"quote": f"Ждала неделю. {NAME}, {SPELT[3]}", "source": "support"}],
    }
    return Map.model_validate(
        {**revised(value).model_dump(mode="json", by_alias=True, exclude_defaults=True),
         "stages": [{**stage.model_dump(mode="json", by_alias=True, exclude_defaults=True), "pains": [pain]},
                    *(one.model_dump(mode="json", by_alias=True, exclude_defaults=True) for one in value.stages[1:])]}
    )  # fmt: skip


def bytes_of(desk: Desk) -> dict[str, bytes]:
    """Everything on the disk and in the database, as bytes."""
    found = {str(path): path.read_bytes() for path in desk.workspace.folder.rglob("*") if path.is_file()}
    if desk.store.kind == "postgresql":
        url = desk.store.engine.url.render_as_string(hide_password=False).replace("postgresql+psycopg", "postgresql")
        dump = subprocess.run(as_its_user([str(server_folder() / "pg_dump"), url]), check=True, capture_output=True)
        found["pg_dump"] = dump.stdout
    else:
        assert desk.store.file is not None
        for ending in ("", "-wal", "-shm"):
            path = desk.store.file.with_name(desk.store.file.name + ending)
            found[path.name] = path.read_bytes() if path.exists() else b""
    return found


def left(desk: Desk) -> list[str]:
    """Where some spelling of the customer still is."""
    wanted = [word.encode() for word in (PHONE, EMAIL, NAME, "1234567", "123-45-67", *SPELT)]
    hexed = [word.hex().encode() for word in wanted]  # bytea in a dump
    return [name for name, raw in bytes_of(desk).items() if any(word in raw for word in (*wanted, *hexed))]


def test_nothing_is_left_anywhere(shop: Desk, clock: Clock) -> None:
    """R-64: first told, then done: maps, history, file and its comments, versions, talk, files, audit, uploads, trail, bytes."""
    written_about(shop, clock)
    name = pseudonym(shop)
    more = Identifiers(names=(NAME,))
    told = erasing.plan(shop, LOCAL, name, more)
    kinds = {place.kind for place in told.places}
    assert kinds >= {"map", "history", "file", "comments", "versions", "files", "file-content", "audit", "uploads"}
    assert told.events == 1
    assert left(shop), "a plan does nothing"
    last, before = shop.living.current(shop, "shop")
    assert erasing.erase(shop, LOCAL, name, more) == told
    assert left(shop) == []
    assert erasing.plan(shop, LOCAL, "", Identifiers(names=(NAME,), phones=(PHONE,), emails=(EMAIL,))).places == ()
    seq, after = shop.living.current(shop, "shop")
    assert seq == last + 1
    assert MARK in str(after)
    assert str(after.stages[1].does[0]) == f"оплачивает; чек на {MARK}"
    assert len(after.stages) == len(before.stages)
    text = (shop.workspace.folder / "map.yaml").read_text(encoding="utf-8")
    assert f"первой купила {MARK}, {MARK}" in text
    for one in history.versions(shop, LOCAL, "shop"):
        assert one.title == f"После звонка {MARK}"
        assert f"звонит {MARK}" in str(shop.living.at(shop, "shop", one.seq))
    known = shop.workspace.archive.reveal(name)
    assert (known.ids, known.phones, known.emails) == ((), (), ())
    made = shop.living.change(shop, "shop", ANNA, title("Дальше"))
    assert shop.living.at(shop, "shop", made).title == "Дальше"
    thinning.thin(shop, "shop")
    shop.living.call(shop.living.close_idle(0))
    assert shop.living.current(shop, "shop")[1].title == "Дальше"


def test_an_older_backup_does_not_bring_them_back(shop: Desk, clock: Clock, tmp_path: Path) -> None:
    """R-64: the keyed tombstone is applied again after a restore, on the map, its history, the talk and the trail."""
    written_about(shop, clock)
    old = tmp_path / "old.tropa.zip"
    backing_up.back_up(shop.workspace, shop.store, old, clock.now, lambda *_: None)
    erasing.erase(shop, LOCAL, pseudonym(shop), Identifiers(names=(NAME,)))
    ledger = shop.workspace.folder / "erasures"
    assert not any(word.encode() in path.read_bytes() for path in ledger.iterdir() for word in (PHONE[1:], EMAIL, NAME))
    assert (ledger / "key").stat().st_mode & 0o077 == 0
    back = tmp_path / "снова"
    made = restoring.restore(old, back, None, lambda *_: None, erased=ledger)
    assert made.erased == 1
    again = desk_on(open_store(back / "tropa.db"), back, clock)
    try:
        assert left(again) == []
        assert MARK in str(again.living.current(again, "shop")[1])
        newer = tmp_path / "new.tropa.zip"
        backing_up.back_up(again.workspace, again.store, newer, clock.now, lambda *_: None)
    finally:
        again.living.end(again)
        again.store.close()
    third = restoring.restore(newer, tmp_path / "третья", None, lambda *_: None)
    assert third.erased == 0, "the ledger came along in the backup, and nobody is there to erase"
    assert Ledger.of(third.folder).all() == Ledger(ledger).all()


def test_the_ledger_of_another_workspace_is_refused(shop: Desk, clock: Clock, tmp_path: Path) -> None:
    """R-64: TR-W157, and nothing is restored; TR-W156 for a ledger without its key."""
    erasing.erase(shop, LOCAL, "", Identifiers(names=(NAME,)))
    old = tmp_path / "old.tropa.zip"
    backing_up.back_up(shop.workspace, shop.store, old, clock.now, lambda *_: None)
    other = Ledger(tmp_path / "other")
    other.key()
    with pytest.raises(TropaError) as fault:
        restoring.restore(old, tmp_path / "r", None, lambda *_: None, erased=other.folder)
    assert fault.value.code == "TR-W157"
    assert not (tmp_path / "r").exists()
    (shop.workspace.folder / "erasures" / "key").unlink()
    with pytest.raises(TropaError) as fault:
        erasing.plan(shop, LOCAL, "", Identifiers(names=(NAME,)))
    assert fault.value.code == "TR-W156"


def test_a_file_that_cannot_be_read_is_told(shop: Desk, clock: Clock) -> None:
    """R-64, R-12: TR-W159 where a map's file is left alone because somebody broke it; mended, it is reached."""
    shop.living.current(shop, "shop")
    path = shop.workspace.folder / "map.yaml"
    whole = path.read_text(encoding="utf-8")
    write_text(path, f"stages: [{NAME}\n")
    with pytest.raises(TropaError) as fault:
        erasing.erase(shop, LOCAL, "", Identifiers(names=(NAME,)))
    assert fault.value.code == "TR-W159"
    assert "file" in str(fault.value.facts["places"])
    write_text(path, whole)
    erasing.erase(shop, LOCAL, "", Identifiers(names=(NAME,)))
    assert NAME not in path.read_text(encoding="utf-8")


def test_who_may_erase(shop: Desk) -> None:
    """R-64: owners only; and somebody must be named."""
    for who in (NOBODY, Actor("user", "e", "E", Role.EDITOR, reveal=True)):
        with pytest.raises(TropaError):
            erasing.plan(shop, who, "", Identifiers(names=(NAME,)))
    with pytest.raises(TropaError) as fault:
        erasing.plan(shop, LOCAL, "", Identifiers())
    assert fault.value.code == "TR-W155"


def finder(**known: tuple[str, ...]) -> Finder:
    return Finder(KEY, hashes(Identifiers(**known), KEY))


@pytest.mark.parametrize(
    "text", [f"пишет: {one}." for one in SPELT] + [f"тел.{SPELT[2]}", f"<mailto:{EMAIL}>", "АННА  КАРЕНИНА"]
)
def test_spellings_that_are_found(text: str) -> None:
    """R-64: phones, e-mails and names as people write them."""
    find = finder(phones=(PHONE,), emails=(EMAIL,), names=(NAME,))
    assert len(find(text)) == 1, text
    assert MARK in find.replaced(text)


@pytest.mark.parametrize(
    "text", ["заказ 191612345678", "79161234568", "xanna.karenina@mail.ru.org", "Анна и Каренина", "Каренин", "1234567"]
)
def test_what_is_somebody_else_stays(text: str) -> None:
    """R-64: other numbers, addresses and names are left alone."""
    assert finder(phones=(PHONE,), emails=(EMAIL,), names=(NAME,))(text) == ()


def test_what_is_too_short_is_told() -> None:
    """R-64: an id like 1042 would be found everywhere: it is not looked for, and that is said."""
    assert too_short(Identifiers(ids=("1042", "client-1042"), names=("Ли",))) == ("1042", "Ли")
    assert finder(ids=("1042",))("пришло 1042 заказа") == ()
    assert len(finder(ids=("client-1042",))("это Client-1042!")) == 1


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40)


@given(WORDS, WORDS, st.sampled_from(SPELT))
def test_whatever_stands_around(before: str, after: str, spelt: str) -> None:
    """R-64: spans lie in the text, in order; what is replaced is found no more."""
    find = finder(phones=(PHONE,), emails=(EMAIL,), names=(NAME,))
    text = f"{before} {spelt} {after}"
    spans = find(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert list(spans) == sorted(spans)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))
    replaced = find.replaced(text)
    assert not find(replaced)
