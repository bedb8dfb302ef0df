"""Measures over HTTP: every page made from a declaration, in both languages (R-25, R-26, R-61)."""

from __future__ import annotations

import csv
import io

import pytest

from tropa.service.asking import answer_csv, declarations
from tropa.service.desk import Desk
from tropa.words import words
from web_desk import MAP, ClientOf

BASE = f"/api/v1/maps/{MAP}"
NAMES = [one.id for one in declarations()]
OF_PEOPLE = {one.id for one in declarations() if one.people}
PARAMS = {"referrals": {"column": "persona"}, "channel-return": {"costs": "friend=1000; seo=20000"}}
"""What a measure has to be asked with on this log."""


def test_declarations_are_told_in_both_languages(client_of: ClientOf) -> None:
    """R-26: titles, questions, parameters with their choices, columns: all there is to make a page from."""
    client = client_of("viewer")
    told = {lang: client.get("/api/v1/measures", params={"lang": lang}).json()["items"] for lang in ("ru", "en")}
    assert [one["id"] for one in told["ru"]] == NAMES
    for russian, english in zip(told["ru"], told["en"], strict=True):
        assert russian["title"] != english["title"]
        assert russian["question"].endswith("?")
        assert russian["family_title"] != english["family_title"]
        assert all(one["title"] for one in russian["parameters"] + russian["columns"])
        assert all(choice["title"] for one in russian["parameters"] for choice in one["choices"])


@pytest.mark.parametrize("name", NAMES)
def test_every_measure_answers(trail: Desk, client_of: ClientOf, name: str) -> None:
    """R-26, R-61: rows of typed columns with words for what they name; the same as a table; filtered too."""
    client, params = client_of("owner" if name in OF_PEOPLE else "viewer"), PARAMS.get(name, {})
    found = client.post(f"{BASE}/measures/{name}", json={"params": params})
    assert found.status_code == 200, found.text
    answer = found.json()
    assert answer["rows"] or answer["cannot_tell"]
    assert answer["n"] > 0
    columns = answer["columns"]
    for row in answer["rows"]:
        assert len(row) == len(columns)
        for column, cell in zip(columns, row, strict=True):
            if column["kind"] in ("state", "path") and cell is not None:
                assert answer["labels"][cell]
            if column["kind"] == "reason":
                assert f"{cell}|{row[1]}" in answer["labels"]
    filtered = client.post(
        f"{BASE}/measures/{name}", json={"params": params, "segment": "coaches", "from": "2026-01-01"}
    ).json()
    assert filtered["n"] < answer["n"]
    assert filtered["filter"]["segment"] == "coaches"
    table = client.get(f"{BASE}/measures/{name}.csv", params={"lang": "ru", **params})
    lines = list(csv.reader(io.StringIO(table.text.removeprefix("\ufeff")), delimiter=";"))
    assert len(lines) == len(answer["rows"]) + 1
    assert lines[0] == [
        column["title"]
        for column in client.post(f"{BASE}/measures/{name}?lang=ru", json={"params": params}).json()["columns"]
    ]


def test_parameters_are_taken_or_refused(trail: Desk, client_of: ClientOf) -> None:
    """R-26: the same measure asked otherwise; unknown names with the nearest."""
    client = client_of("viewer")
    steps = client.post(f"{BASE}/measures/steps", json={"params": {"around": "cart", "before": 2, "after": 2}}).json()
    assert {row[0] for row in steps["rows"]} == {-2, -1, 0, 1, 2}
    funnel = client.post(
        f"{BASE}/measures/funnel", json={"params": {"path": ["point:cart", "event:order_paid"], "window": "3d"}}
    )
    assert [row[0] for row in funnel.json()["rows"]] == ["point:cart", "event:order_paid"]
    queried = client.get(f"{BASE}/measures/funnel.csv", params={"path": "point:cart,event:order_paid", "window": "3d"})
    assert queried.status_code == 200
    for name, params, code, status in (
        ("funel", {}, "TR-T301", 404), ("funnel", {"paht": "x"}, "TR-T302", 422), ("steps", {"after": 900}, "TR-T303", 422),
        ("funnel", {"path": "cart"}, "TR-T304", 422), ("steps", {"around": "kart"}, "TR-T305", 422),
        ("channel-return", {"costs": "frend=1"}, "TR-T382", 422), ("channel-return", {"costs": "@/etc/hosts"}, "TR-T381", 422),
    ):  # fmt: skip
        answer = client.post(f"{BASE}/measures/{name}", json={"params": params})
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert answer.json()["fix"]


def test_a_break_with_its_reasons(trail: Desk, client_of: ClientOf) -> None:
    """R-25: the price, what sets those who left apart, and what was tried; said as association."""
    client = client_of("viewer")
    dearest = client.get(f"{BASE}/breaks").json()["breaks"][0]
    one = client.get(f"{BASE}/breaks/{dearest['stage']}", params={"kind": dearest["kind"], "lang": "en"}).json()
    assert one["found"] == dearest
    assert "association" in one["reasons"]["notes"][-1] or one["reasons"]["cannot_tell"]
    lost = client.get(f"{BASE}/breaks/nowhere")
    assert (lost.status_code, lost.json()["code"]) == (404, "TR-T306")


def test_no_log_no_answer(desk: Desk, client_of: ClientOf) -> None:
    """R-22: TR-S003, which says how to bring a log."""
    assert client_of("viewer").post(f"{BASE}/measures/steps", json={}).json()["code"] == "TR-S003"


@pytest.mark.parametrize("role", ["viewer", "editor", "guest", "token"])
def test_single_customers_are_shown_to_those_who_may_see_them(trail: Desk, client_of: ClientOf, role: str) -> None:
    """R-27, R-64: rows that are customers take the right to see customers; no share link and no plain token has it."""
    assert {"next-purchase"} == OF_PEOPLE
    for asked in (
        client_of(role).post(f"{BASE}/measures/next-purchase", json={}),
        client_of(role).get(f"{BASE}/measures/next-purchase.csv"),
        client_of(role).get(f"{BASE}/measures/next-purchase.svg"),
    ):
        assert (asked.status_code, asked.json()["code"]) == (403, "TR-A002")
    assert client_of("owner").post(f"{BASE}/measures/next-purchase", json={}).status_code == 200


def test_a_guest_asks_only_of_the_shared_map(trail: Desk, client_of: ClientOf) -> None:
    """R-60: a share link of one map opens no other."""
    assert client_of("guest").post(f"{BASE}/measures/steps", json={}).status_code == 200
    assert client_of("guest").post("/api/v1/maps/other/measures/steps", json={}).status_code == 404


def test_a_table_holds_no_formula() -> None:
    """R-63: names from the log that a spreadsheet would take for a formula are written as text."""
    from tropa.model import Map, Stage, Unit
    from tropa.model.measure import Answer, Column

    columns = (Column(id="state", kind="state"), Column(id="share", kind="share"))
    answer = Answer(measure="steps", unit=Unit.PASSES, n=1, columns=columns, rows=(("event:=cmd|x", 0.5),))
    value = Map(title="m", stages=(Stage(id="a", title="a"),))
    assert "'=cmd|x;0,5" in answer_csv(answer, value, words("ru"))
    assert "'=cmd|x,0.5" in answer_csv(answer, value, words("en"))
