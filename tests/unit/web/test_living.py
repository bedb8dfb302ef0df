"""The live document is the truth, the file is written from it, outside edits are merged; on SQLite and PostgreSQL (R-12, R-60, R-63)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tropa.codec import load
from tropa.files import write_text
from tropa.model import Map, TropaError
from tropa.model.access import LOCAL
from tropa.service import history, map_files
from tropa.service.desk import Desk
from tropa.service.maps import revised
from tropa.store import Store, documents
from tropa.store.documents import Author, FileText
from web_desk import Clock
from web_shop import ANNA, TEXT, desk_on, does, title

Again = Callable[[], Desk]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def shop(store: Store, tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """A workspace with one map file, on each database in turn."""
    folder = tmp_path / "Лавка"
    folder.mkdir()
    write_text(folder / "map.yaml", TEXT)
    desk = desk_on(store, folder, clock)
    yield desk
    desk.living.end(desk)


def file_of(desk: Desk) -> Path:
    return desk.workspace.folder / "map.yaml"


def lines(text: str) -> list[str]:
    """Without the width of the gaps: a comment at the end of a longer line moves."""
    return [" ".join(line.split()) for line in text.splitlines()]


def test_a_file_becomes_a_live_map_under_its_own_id(shop: Desk) -> None:
    """R-12: opened from its file on first use."""
    assert [row.id for row in shop.living.rows(shop)] == ["shop"]
    seq, value = shop.living.current(shop, "shop")
    assert (seq, value) == (1, load(file_of(shop)).map)
    assert file_of(shop).read_text(encoding="utf-8") == TEXT


def test_a_change_is_in_the_log_at_once_and_in_the_file_with_its_comments(shop: Desk) -> None:
    """R-12, R-60: durable before anything else; comments of the file stay."""
    assert shop.living.change(shop, "shop", ANNA, title("Лавка у моста")) == 2
    with shop.store.read() as c:
        assert documents.entry(c, "shop", 2).author == ANNA  # type: ignore[union-attr]
    shop.living.write_files(shop)
    assert lines(file_of(shop).read_text(encoding="utf-8")) == lines(TEXT.replace("Лавка", "Лавка у моста"))


def test_nothing_changed_is_no_update(shop: Desk) -> None:
    assert shop.living.change(shop, "shop", ANNA, lambda value: value) == 1


def test_an_edit_that_would_break_the_map_changes_nothing(shop: Desk) -> None:
    def broken(value: Map) -> Map:
        return revised(value, stages=(*value.stages, value.stages[0]))

    with pytest.raises(TropaError, match="TR-M001"):
        shop.living.change(shop, "shop", ANNA, broken)
    assert shop.living.current(shop, "shop")[0] == 1


def test_an_outside_edit_is_merged_with_what_was_changed_meanwhile(shop: Desk) -> None:
    """R-12: the file edited by hand while the team edits in the app: both are kept, and history says who."""
    shop.living.current(shop, "shop")
    shop.living.change(shop, "shop", ANNA, does("buy", "платит"))
    outside = TEXT.replace("[ищет, читает]", "[ищет, читает, спрашивает]   # добавил Борис")
    write_text(file_of(shop), outside)
    shop.living.write_files(shop)
    _, value = shop.living.current(shop, "shop")
    assert value.stages[0].does == ("ищет", "читает", "спрашивает")
    assert value.stages[1].does == ("платит",)
    text = file_of(shop).read_text(encoding="utf-8")
    assert "# добавил Борис" in text
    assert "# сначала узнают" in text
    assert load(file_of(shop)).map == value
    assert [one.author.who for one in history.history(shop, LOCAL, "shop", before=None, limit=9)[0]] == [
        "file",
        "user:anna",
    ]


def test_both_changed_the_same_the_file_stands_and_texts_have_both(shop: Desk) -> None:
    """R-12: nothing that somebody typed is lost, and what was replaced is in the history."""
    shop.living.change(shop, "shop", ANNA, title("Лавка у моста"))
    shop.living.change(shop, "shop", ANNA, lambda value: revised(value, kind="to-be", bought_again=False))
    outside = TEXT.replace("title: Лавка", "title: Новая лавка") + "bought_again: true\nkind: as-is\nlanguage: en\n"
    write_text(file_of(shop), outside)
    shop.living.write_files(shop)
    seq, value = shop.living.current(shop, "shop")
    assert value.title == "Новая лавка у моста"
    assert (value.kind, value.bought_again, value.language) == (
        "to-be",
        False,
        "en",
    )  # the file changed only the language
    write_text(file_of(shop), file_of(shop).read_text(encoding="utf-8").replace("kind: to-be", "kind: as-is"))
    shop.living.change(shop, "shop", ANNA, lambda value: revised(value, tags=("x",)))
    shop.living.write_files(shop)
    assert shop.living.current(shop, "shop")[1].kind == "as-is"
    assert shop.living.at(shop, "shop", seq).kind == "to-be"


def test_a_file_somebody_is_in_the_middle_of_is_left_alone(shop: Desk) -> None:
    """R-12: what cannot be read is not overwritten; the reason is told; mended, it is merged."""
    shop.living.change(shop, "shop", ANNA, does("buy", "платит"))
    half = TEXT + "  - id: love\n    titl"
    write_text(file_of(shop), half)
    shop.living.write_files(shop)
    assert file_of(shop).read_text(encoding="utf-8") == half
    problem = shop.living.problem("shop")
    assert problem is not None
    assert problem.code.startswith("TR-C")
    write_text(file_of(shop), half + "e: Любовь\n")
    shop.living.write_files(shop)
    assert shop.living.problem("shop") is None
    _, value = shop.living.current(shop, "shop")
    assert [stage.id for stage in value.stages] == ["need", "buy", "love"]
    assert value.stages[1].does == ("платит",)


def test_a_removed_file_is_written_again(shop: Desk) -> None:
    shop.living.change(shop, "shop", ANNA, title("Лавка 2"))
    shop.living.write_files(shop)
    file_of(shop).unlink()
    shop.living.write_files(shop)
    assert load(file_of(shop)).map.title == "Лавка 2"


@pytest.fixture
def after_a_crash(shop: Desk, clock: Clock) -> Iterator[Again]:
    """The same workspace and database with nothing of the memory."""
    made: list[Desk] = []

    def again() -> Desk:
        made.append(desk_on(shop.store, shop.workspace.folder, clock))
        return made[-1]

    yield again
    for desk in made:
        desk.living.end(desk)


def test_a_crash_before_the_file_was_written_is_healed(shop: Desk, after_a_crash: Again) -> None:
    """R-60: committed, killed before the file: the next start writes it."""
    shop.living.change(shop, "shop", ANNA, title("Лавка у моста"))
    again = after_a_crash()
    assert again.living.current(again, "shop")[1].title == "Лавка у моста"
    again.living.write_files(again)
    assert load(file_of(again)).map.title == "Лавка у моста"


@pytest.mark.parametrize("in_the_file", [False, True])
def test_a_crash_between_the_notes_is_no_outside_edit(shop: Desk, after_a_crash: Again, in_the_file: bool) -> None:
    """R-60: killed after the intent was noted, before or after the file was replaced: nothing newer is undone."""
    shop.living.change(shop, "shop", ANNA, title("Раньше"))
    text = TEXT.replace("title: Лавка ", "title: Раньше ")
    with shop.store.begin() as c:
        documents.about_to_write(c, "shop", 2, FileText(text, map_files.digest(text.encode())))
    if in_the_file:
        write_text(file_of(shop), text)
    shop.living.change(shop, "shop", ANNA, title("Позже"))
    again = after_a_crash()
    again.living.write_files(again)
    assert again.living.current(again, "shop") == (3, load(file_of(again)).map)
    assert load(file_of(again)).map.title == "Позже"
    assert "# имя на вывеске" in file_of(again).read_text(encoding="utf-8")


def test_an_edit_of_the_file_in_the_last_second_is_taken_in(shop: Desk, after_a_crash: Again) -> None:
    """R-12: just before the server stops; and what comes while it stops waits for the next start."""
    shop.living.change(shop, "shop", ANNA, does("buy", "платит"))
    write_text(file_of(shop), TEXT.replace("title: Покупка", "title: Сделка"))
    shop.living.end(shop)
    value = load(file_of(shop)).map
    assert (value.stages[1].title, value.stages[1].does) == ("Сделка", ("платит",))
    again = after_a_crash()
    assert again.living.current(again, "shop")[1] == value


def test_a_map_that_would_grow_too_large_stays_as_it_is(shop: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.living.current(shop, "shop")
    monkeypatch.setattr(shop.living._maps["shop"].room._trial, "_most", 10_000)
    with pytest.raises(TropaError, match="TR-W404"):
        shop.living.change(shop, "shop", ANNA, title("Ы" * 20_000))
    assert shop.living.current(shop, "shop")[1].title == "Лавка"


def test_edits_of_the_file_while_the_server_was_away_are_taken_in(shop: Desk, after_a_crash: Again) -> None:
    """R-12: a pull from Git between two starts."""
    shop.living.change(shop, "shop", ANNA, does("buy", "платит"))
    write_text(file_of(shop), TEXT.replace("title: Покупка", "title: Сделка"))
    again = after_a_crash()
    again.living.write_files(again)
    _, value = again.living.current(again, "shop")
    assert (value.stages[1].title, value.stages[1].does) == ("Сделка", ("платит",))


def test_new_files_are_found_and_broken_ones_told(shop: Desk) -> None:
    folder = shop.workspace.folder
    write_text(folder / "вторая.yaml", TEXT.replace("Лавка", "Вторая"))
    write_text(folder / "broken.yaml", "tropa: 1\ntitle: [")
    write_text(folder / "compose.yaml", "services: {}\n")
    rows = shop.living.rows(shop)
    assert {row.file for row in rows} == {"map.yaml", "вторая.yaml"}
    assert len({row.id for row in rows}) == 2
    assert list(shop.living.unreadable) == ["broken.yaml"]


def test_any_point_of_history_and_back(shop: Desk) -> None:
    """R-10, R-60: restore is one more change; nothing of history is lost."""
    shop.living.change(shop, "shop", ANNA, does("buy", "платит"))
    shop.living.change(shop, "shop", ANNA, title("Другая"))
    assert shop.living.at(shop, "shop", 2).title == "Лавка"
    assert shop.living.at(shop, "shop", 2).stages[1].does == ("платит",)
    assert history.restore(shop, LOCAL, "shop", 1) == 4
    _, value = shop.living.current(shop, "shop")
    assert value == load_text(TEXT)
    assert shop.living.at(shop, "shop", 3).title == "Другая"
    for wrong in (0, 9):
        with pytest.raises(TropaError, match="TR-W210"):
            shop.living.at(shop, "shop", wrong)


def load_text(text: str) -> Map:
    from tropa.codec import loads

    return loads(text).map


def test_history_is_gathered_to_sittings(shop: Desk, clock: Clock) -> None:
    """R-60: who, when, how much; a pause begins another sitting, changes of others in between do not."""
    boris = Author("user:boris", "Борис")
    for author, minutes in ((ANNA, 0), (boris, 1), (ANNA, 5), (ANNA, 60), (boris, 61)):
        clock.move(minutes=minutes)
        shop.living.change(shop, "shop", author, title(f"{clock.now:%H:%M}"))
    found, following = history.history(shop, LOCAL, "shop", before=None, limit=50)
    assert [(one.author.name, one.first, one.last, one.updates) for one in found] == [
        ("Борис", 6, 6, 1),
        ("Анна", 5, 5, 1),
        ("Анна", 2, 4, 2),
        ("Борис", 3, 3, 1),
        ("file", 1, 1, 1),
    ]
    assert following is None
    page, following = history.history(shop, LOCAL, "shop", before=None, limit=2)
    assert [one.last for one in page] == [6, 5]
    rest, _ = history.history(shop, LOCAL, "shop", before=following, limit=50)
    assert page + rest == found


def test_opening_does_not_read_the_log_from_its_start(
    shop: Desk, after_a_crash: Again, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R-60: a checkpoint now and then keeps opening fast."""
    monkeypatch.setattr("tropa.service.live_map.CHECKPOINT_EVERY", 5)
    for number in range(12):
        shop.living.change(shop, "shop", ANNA, title(f"Лавка {number}"))
        shop.living.look(shop)
    with shop.store.read() as c:
        assert documents.since_checkpoint(c, "shop") < 5
        assert len(documents.bodies(c, "shop")) <= 5
    again = after_a_crash()
    assert again.living.current(again, "shop") == (13, shop.living.current(shop, "shop")[1])
