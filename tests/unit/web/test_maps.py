"""Maps over HTTP: the list, making, settings, copies, files out and in, history (R-01, R-08, R-10, R-13, R-60)."""

from __future__ import annotations

import io
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from tropa.codec import loads
from tropa.files import write_text
from tropa.service import importing
from tropa.service.desk import Desk
from web_desk import MAP, ClientOf

MAPS = "/api/v1/maps"
ONE = f"{MAPS}/{MAP}"


def made(client_of: ClientOf, **wanted: Any) -> str:
    answer = client_of("editor").post(MAPS, json=wanted)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def test_the_list_says_what_one_may_do_and_what_was_found(client_of: ClientOf) -> None:
    """R-01: the portfolio with titles, stages, tags and the finding of each map."""
    for role, right in (("owner", "manage"), ("editor", "edit"), ("viewer", "read")):
        items = client_of(role).get(MAPS).json()["items"]
        assert [one["id"] for one in items] == [MAP]
        assert right in items[0]["rights"]
        assert items[0]["role"] == role
    assert len(items[0]["stages"]) >= 6
    assert items[0]["headline"]


def test_everybody_sees_only_what_is_theirs(client_of: ClientOf) -> None:
    """R-60: a guest sees the map of the link, nobody sees nothing."""
    made(client_of, template="classic")
    assert [one["id"] for one in client_of("guest").get(MAPS).json()["items"]] == [MAP]
    assert client_of("nobody").get(MAPS).json()["items"] == []
    assert client_of("outsider").get(MAPS).json()["items"] == []


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_map_from_each_template(client_of: ClientOf, desk: Desk, language: str) -> None:
    """R-08: every template in both languages, its comments in the file."""
    client = client_of("editor")
    for template in client.get("/api/v1/templates", params={"lang": language}).json():
        own = made(client_of, template=template["name"], language=language)
        card = client.get(f"{MAPS}/{own}", params={"lang": language}).json()
        assert card["title"]
        assert card["language"] == language
        assert "#" in (desk.workspace.folder / card["file"]).read_text(encoding="utf-8")


def test_blank_and_named(client_of: ClientOf, desk: Desk) -> None:
    """R-01: from nothing, under a name in any alphabet."""
    own = made(client_of, title="Опт для кофеен", language="ru")
    card = client_of("editor").get(f"{MAPS}/{own}").json()
    assert (card["title"], card["file"]) == ("Опт для кофеен", "опт-для-кофеен.yaml")
    assert len(card["stages"]) == 1
    assert (desk.workspace.folder / card["file"]).is_file()
    again = made(client_of, title="Опт для кофеен", language="ru")
    assert client_of("editor").get(f"{MAPS}/{again}").json()["file"] == "опт-для-кофеен-2.yaml"


def test_two_who_make_a_map_of_one_name_get_two(client_of: ClientOf) -> None:
    """R-60: at once, from several threads."""
    client = client_of("editor")
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: client.post(MAPS, json={"title": "Одна"}), range(4)))
    assert [one.status_code for one in answers] == [201] * 4
    files = {client.get(f"{MAPS}/{one.json()['id']}").json()["file"] for one in answers}
    assert files == {"одна.yaml", "одна-2.yaml", "одна-3.yaml", "одна-4.yaml"}


def test_an_unknown_template_is_told_with_the_near_one(client_of: ClientOf) -> None:
    answer = client_of("editor").post(MAPS, json={"template": "clasic"}, params={"lang": "en"})
    assert (answer.status_code, answer.json()["code"]) == (422, "TR-S007")
    assert "classic" in answer.json()["fix"]


def test_a_copy_is_what_shall_be(client_of: ClientOf, desk: Desk) -> None:
    """R-10: as it is → as it shall be, comments of the file and all."""
    answer = client_of("editor").post(f"{ONE}/duplicate", json={"title": "Как будет"})
    own = answer.json()["id"]
    card = client_of("editor").get(f"{MAPS}/{own}").json()
    assert (card["title"], card["kind"]) == ("Как будет", "to-be")
    assert "#" in (desk.workspace.folder / card["file"]).read_text(encoding="utf-8")
    before, after = (client_of("editor").get(f"{MAPS}/{name}/value").json()["map"] for name in (MAP, own))
    assert before["stages"] == after["stages"]
    assert client_of("viewer").post(f"{ONE}/duplicate", json={}).status_code == 403


def test_settings_and_putting_away(client_of: ClientOf, desk: Desk) -> None:
    """R-01: renamed in the language of the request, tagged, archived, brought back."""
    client = client_of("editor")
    answer = client.patch(ONE, json={"title": "Новое имя", "tags": ["спорт", "магазин"]}, params={"lang": "ru"})
    assert (answer.json()["title"], answer.json()["tags"]) == ("Новое имя", ["спорт", "магазин"])
    assert client.get(ONE, params={"lang": "en"}).json()["title"] != "Новое имя"
    assert client.delete(ONE).status_code == 204
    assert client.get(MAPS).json()["items"] == []
    assert [one["id"] for one in client.get(MAPS, params={"archived": True}).json()["items"]] == [MAP]
    assert client.patch(ONE, json={"archived": False}).json()["archived"] is False
    assert [one["id"] for one in client.get(MAPS).json()["items"]] == [MAP]


def test_the_list_is_paged(client_of: ClientOf) -> None:
    for number in range(3):
        made(client_of, title=f"Карта {number}")
    client, seen, after = client_of("editor"), [], None
    while True:
        page = client.get(MAPS, params={"limit": 2, **({"after": after} if after else {})}).json()
        seen += [one["id"] for one in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert seen == sorted(set(seen))
    assert len(seen) == 4


@pytest.mark.parametrize("form", ["yaml", "json", "xlsx", "csv", "mmd", "md"])
def test_out_in_every_format_and_back(client_of: ClientOf, form: str) -> None:
    """R-13: what we write we read; nothing edited, nothing changed; losses are told."""
    client = client_of("editor")
    answer = client.get(f"{ONE}/file", params={"format": form, "lang": "ru"})
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["content-security-policy"]
    if form in ("mmd", "md"):
        assert (form == "mmd") == ("tropa-lost" in answer.headers)
        if form == "mmd":
            assert len(json.loads(unquote(answer.headers["tropa-lost"]))) == int(answer.headers["tropa-lost-count"])
        return
    back = client.put(f"{ONE}/file", files={"file": (f"map.{form}", io.BytesIO(answer.content))})
    assert back.status_code == 200, back.text
    assert back.json() == {"edits": [], "lost": [], "seq": 1}


@pytest.mark.parametrize("form", ["yaml", "json", "xlsx", "csv"])
def test_a_file_becomes_a_new_map(client_of: ClientOf, desk: Desk, form: str) -> None:
    """R-13: whatever we write begins a map of its own; a YAML keeps its comments."""
    client = client_of("editor")
    body = client.get(f"{ONE}/file", params={"format": form, "lang": "ru"}).content
    answer = client.post(f"{MAPS}/file", files={"file": (f"Копия Сергея.{form}", body)})
    assert answer.status_code == 201, answer.text
    own = answer.json()["id"]
    card = client.get(f"{MAPS}/{own}").json()
    assert card["file"] == "копия-сергея.yaml"
    text = (desk.workspace.folder / card["file"]).read_text(encoding="utf-8")
    assert ("#" in text) == (form == "yaml")
    before, after = (client.get(f"{MAPS}/{name}/value").json()["map"] for name in (MAP, own))
    assert {**before, "id": ""} == {**after, "id": ""}
    assert client.post(f"{MAPS}/file", files={"file": ("x.yaml", b"tropa: [")}).status_code == 422
    assert client_of("viewer").post(f"{MAPS}/file", files={"file": ("x.yaml", b"")}).status_code == 403


BROKEN = {
    "torn.yaml": b"tropa: [", "foreign.yaml": "tropa: 1\ntitel: Смета\n".encode(), "empty.json": b"", "noise.xlsx": b"\x00\x01",
    "empty.csv": b"", "plan.mmd": b"gantt\n  title A\n", "picture.png": b"\x89PNG",
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_leaves_nothing_behind(client_of: ClientOf, desk: Desk, name: str) -> None:
    """R-13, R-60: refused with a code in one request: no map, no map put away, no file in the workspace."""
    client, folder = client_of("editor"), desk.workspace.folder

    def there() -> tuple[list[str], list[str]]:
        lists = [client.get(MAPS, params={"archived": put_away}).json()["items"] for put_away in (False, True)]
        return [one["id"] for items in lists for one in items], sorted(str(one) for one in folder.rglob("*.yaml"))

    before = there()
    answer = client.post(f"{MAPS}/file", files={"file": (name, BROKEN[name])})
    assert 400 <= answer.status_code < 500, answer.text
    assert answer.json()["code"].startswith("TR-")
    assert there() == before


def test_a_mermaid_journey_becomes_a_map(client_of: ClientOf) -> None:
    """R-13: in and out, with what either side cannot hold."""
    client = client_of("editor")
    text = (
        "journey\n    title День\n    section Утро\n      Кофе: 5: Я\n    section Работа\n      Созвон: 1: Я, Коллега\n"
    )
    own = client.post(f"{MAPS}/file", files={"file": ("день.mmd", text.encode())}).json()["id"]
    card = client.get(f"{MAPS}/{own}").json()
    assert (card["title"], card["stages"]) == ("День", ["Утро", "Работа"])


def test_an_edited_file_changes_just_its_cells(client_of: ClientOf, desk: Desk) -> None:
    """R-13: a report cell by cell, first to look at, then for good."""
    client = client_of("editor")
    text = client.get(f"{ONE}/file").text
    document = loads(text)
    stage = document.map.stages[0].id
    document.set(f"stages.{stage}.owner", "кто-то новый")
    file = {"file": ("map.yaml", document.text().encode())}
    looked = client.put(f"{ONE}/file", files=file, params={"only_look": True}).json()
    assert [(one["address"], one["after"]) for one in looked["edits"]] == [(f"stages.{stage}.owner", "кто-то новый")]
    assert looked["seq"] is None
    assert desk.living.current(desk, MAP)[0] == 1
    done = client.put(f"{ONE}/file", files=file).json()
    assert (done["edits"], done["seq"]) == (looked["edits"], 2)
    assert client.get(f"{ONE}/value").json()["map"]["stages"][0]["owner"] == "кто-то новый"


def test_an_edited_table_is_merged_with_what_was_changed_meanwhile(client_of: ClientOf, desk: Desk) -> None:
    """R-13: only the cells edited in the spreadsheet change."""
    client = client_of("editor")
    table = client.get(f"{ONE}/file", params={"format": "csv", "lang": "ru"}).content
    client.patch(ONE, json={"tags": ["пока", "таблица", "была", "у", "Бориса"]})
    title = desk.living.current(desk, MAP)[1].stages[0].title
    ru = title if isinstance(title, str) else title["ru"]
    edited = table.decode("utf-8-sig").replace(f";{ru};", ";Другое имя;", 1).encode("utf-8-sig")
    done = client.put(f"{ONE}/file", files={"file": ("map.csv", edited)}).json()
    assert [one["after"] for one in done["edits"]] == ["Другое имя"]
    card = client.get(ONE, params={"lang": "ru"}).json()
    assert card["stages"][0] == "Другое имя"
    assert card["tags"][0] == "пока"


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("map.yaml", b"tropa: [", "TR-C"),
        ("map.xlsx", b"PK", "TR-C"),
        ("map.pdf", b"%PDF", "TR-S013"),
        ("", b"x", "TR-"),
    ],
)
def test_what_cannot_be_read_changes_nothing(
    client_of: ClientOf, desk: Desk, name: str, body: bytes, code: str
) -> None:
    """R-13: a coded error says what to do."""
    answer = client_of("editor").put(f"{ONE}/file", files={"file": (name, body)})
    assert answer.status_code in (400, 422)
    assert answer.json()["code"].startswith(code)
    assert answer.json()["fix"]
    assert desk.living.current(desk, MAP)[0] == 1


def test_history_versions_and_back(client_of: ClientOf) -> None:
    """R-10, R-60: named points, any point's map, restore as a new change."""
    client = client_of("editor")
    named = client.post(f"{ONE}/versions", json={"title": "До ремонта"}).json()
    client.patch(ONE, json={"tags": ["ремонт"]})
    assert [one["title"] for one in client_of("viewer").get(f"{ONE}/versions").json()] == ["До ремонта"]
    assert client.get(f"{ONE}/at/{named['seq']}").json()["map"]["tags"] != ["ремонт"]
    assert client.get(f"{ONE}/at/99").status_code == 404
    back = client.post(f"{ONE}/restore", json={"seq": named["seq"]}).json()
    assert back["seq"] == 3
    assert client.get(ONE).json()["tags"] != ["ремонт"]
    history = client.get(f"{ONE}/history").json()["items"]
    assert [(one["author"]["name"], one["first"], one["last"]) for one in history] == [("Editor", 2, 3), ("file", 1, 1)]
    assert client_of("viewer").post(f"{ONE}/restore", json={"seq": 1}).status_code == 403


def test_two_points_and_two_maps_compared(client_of: ClientOf) -> None:
    """R-10: cell by cell, one map at two dates, or two maps."""
    client = client_of("editor")
    client.patch(ONE, json={"tags": ["раз"]})
    client.patch(ONE, json={"tags": ["раз", "два"], "kind": "to-be"})
    told = client_of("viewer").get(f"{ONE}/diff", params={"from": 2}).json()["changes"]
    assert [(one["address"], one["kind"], one["before"], one["after"]) for one in told] == [
        ("kind", "changed", "as-is", "to-be"),
        ("tags.1", "added", None, "два"),
    ]
    assert client.get(f"{ONE}/diff", params={"from": 2, "to": 2}).json() == {"changes": []}
    back = client.get(f"{ONE}/diff", params={"to": 2}).json()["changes"]
    assert [(one["address"], one["kind"]) for one in back] == [("kind", "changed"), ("tags.1", "removed")]
    own = client.post(f"{ONE}/duplicate", json={"title": "Как будет"}).json()["id"]
    apart = client.get(f"{ONE}/diff", params={"other": own}).json()["changes"]
    assert {one["address"] for one in apart} >= {"id", "title"}
    for other, status in (("no", 404), (own, 404)):
        assert client_of("guest").get(f"{ONE}/diff", params={"other": other}).status_code == status
    assert client.get(f"{ONE}/diff", params={"from": 99}).status_code == 404


def test_who_may_not_edit_changes_nothing(client_of: ClientOf, desk: Desk) -> None:
    """R-60: a role that may not is told so; the map stays as it was."""
    for role in ("viewer", "commenter", "token"):
        client = client_of(role)
        assert client.patch(ONE, json={"tags": ["x"]}).status_code == 403
        assert client.delete(ONE).status_code == 403
        assert client.post(MAPS, json={}).status_code == 403
        assert client.put(f"{ONE}/file", files={"file": ("map.yaml", b"")}).status_code == 403
    assert client_of("outsider").get(ONE).status_code == 404
    assert desk.living.current(desk, MAP)[0] == 1


def test_a_list_waits_for_no_figures(client_of: ClientOf, desk: Desk, tmp_path: Path) -> None:
    """R-01, R-31: with a log the finding is worked out aside; the list tells the last one known, one map's page waits for it."""
    own = "tropa: 1\nid: shop\ntitle: Shop\nstages:\n  - {id: see, title: See, when: {event: visit}}\n"
    write_text(desk.workspace.folder / "shop.yaml", f"{own}  - {{id: buy, title: Buy, deal: {{event: order_paid}}}}\n")
    log = tmp_path / "orders.csv"
    days = [f"2026-01-{day:02d}" for day in range(1, 29)]
    rows = "".join(f"c{n};visit;{day} 09:00\nc{n};order_paid;{day} 10:00\n" for n, day in enumerate(days))
    write_text(log, f"customer;event;time\n{rows}")
    importing.add(desk.workspace, importing.plan((log,), importing.overrides()), desk.clock(), lambda *_: None)
    client = client_of("viewer")
    assert {one["id"]: one["headline"] for one in client.get(MAPS).json()["items"]}["shop"] is None
    finding = client.get(f"{MAPS}/shop").json()["headline"]
    assert finding
    assert {one["id"]: one["headline"] for one in client.get(MAPS).json()["items"]}["shop"] == finding
