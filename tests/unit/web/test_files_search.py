"""Files attached to maps, and search (R-02, R-60)."""

from __future__ import annotations

import pytest

from tropa.model import TropaError
from tropa.service import uploading
from tropa.service.searching import folded
from web_desk import MAP, ClientOf

FILES = f"/api/v1/maps/{MAP}/files"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


def test_a_picture_is_kept_and_shown_but_runs_nothing(client_of: ClientOf) -> None:
    """R-02: pictures and files in cells; served so that nothing in them runs."""
    made = client_of("editor").post(FILES, files={"file": ("чек № 1.png", PNG)}).json()
    assert (made["name"], made["media"], made["size"]) == ("чек № 1.png", "image/png", len(PNG))
    answer = client_of("guest").get(made["url"])
    assert answer.content == PNG
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["content-disposition"].startswith("inline")
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"
    again = client_of("editor").post(FILES, files={"file": ("чек № 1.png", PNG)}).json()
    assert again["id"] == made["id"]


def test_a_document_is_only_handed_out(client_of: ClientOf) -> None:
    made = client_of("editor").post(FILES, files={"file": ("a.pdf", b"%PDF-1.7")}).json()
    assert client_of("viewer").get(made["url"]).headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.svg", b"<svg onload=alert(1)>"), ("a.html", b"<script>"), ("a.png", b"<script>"), ("a.jpg", PNG),
        ("a.exe", b"MZ"), ("a", PNG), ("a.txt", b"\xff\xfe\x00"), ("a.js", b"alert(1)"), ("a.pdf.html", b"%PDF-"),
    ],
)  # fmt: skip
def test_what_is_not_what_it_says_is_not_taken(client_of: ClientOf, name: str, body: bytes) -> None:
    """R-60: known kinds, by content and by name."""
    answer = client_of("editor").post(FILES, files={"file": (name, body)})
    assert (answer.status_code, answer.json()["code"]) == (422, "TR-W260")


def test_who_may_not_read_the_map_may_not_have_its_files(client_of: ClientOf) -> None:
    """R-60: knowing the address is not enough."""
    made = client_of("editor").post(FILES, files={"file": ("a.png", PNG)}).json()
    for role in ("outsider", "nobody"):
        assert client_of(role).get(made["url"]).status_code == 404
    for role in ("viewer", "commenter", "guest"):
        assert client_of(role).post(FILES, files={"file": ("a.png", PNG)}).status_code == 403


def test_too_much_is_refused(client_of: ClientOf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploading, "MOST_BYTES", 100)
    answer = client_of("editor").post(FILES, files={"file": ("a.png", PNG + bytes(200))})
    assert (answer.status_code, answer.json()["code"]) == (413, "TR-A006")
    monkeypatch.setattr(uploading, "MOST_OF_A_MAP", 40)
    assert client_of("editor").post(FILES, files={"file": ("a.png", PNG)}).status_code == 201
    assert client_of("editor").post(FILES, files={"file": ("b.png", PNG)}).status_code == 413


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\a\\б.png", "б.png"),
        ('a"\r\nb.png', "ab.png"),
        ("...", "file"),
        ("x" * 300 + ".png", "x" * 100 + ".png"),
    ],
)
def test_names_are_only_names(name: str, plain: str) -> None:
    assert uploading.plain_name(name) == plain


def test_kinds_are_told() -> None:
    with pytest.raises(TropaError, match="TR-W260"):
        uploading.kind_of("a.zip", b"PK\x03\x04")


def search(client_of: ClientOf, role: str, query: str) -> list[tuple[str, str, str]]:
    items = client_of(role).get("/api/v1/search", params={"q": query, "lang": "ru"}).json()["items"]
    return [(one["kind"], one["address"], one["text"]) for one in items]


def test_found_whatever_the_case(client_of: ClientOf) -> None:
    """R-60: Cyrillic case and ё are folded; titles, cells, comments."""
    client_of("editor").patch(f"/api/v1/maps/{MAP}", json={"title": "Ёлочный БАЗАР"}, params={"lang": "ru"})
    client_of("commenter").post(f"/api/v1/maps/{MAP}/comments", json={"text": "где базар ёлок?", "address": "need"})
    found = search(client_of, "viewer", "базар ЕЛО")
    assert [(kind, address) for kind, address, _ in found] == [("map", ""), ("comment", "need")]
    assert "БАЗАР" in found[0][2]


def test_found_in_cells_with_their_address(client_of: ClientOf) -> None:
    value = client_of("viewer").get(f"/api/v1/maps/{MAP}/value").json()["map"]
    stage = next(one for one in value["stages"] if one["pains"])
    text = stage["pains"][0]["text"]
    words = text if isinstance(text, str) else text["ru"]
    found = search(client_of, "viewer", words.upper())
    address = f"stages/{stage['id']}/pains/{stage['pains'][0]['id']}/text"
    assert any(kind == "cell" and where.startswith(address) for kind, where, _ in found)


def test_nothing_is_found_where_one_may_not_read(client_of: ClientOf) -> None:
    """R-60: search shows only what is theirs."""
    assert search(client_of, "viewer", "а")
    assert search(client_of, "outsider", "а") == []
    assert search(client_of, "nobody", "а") == []


def test_folding() -> None:
    assert folded("ЁЖ Straße И\u0306") == "еж strasse й"
