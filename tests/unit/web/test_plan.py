"""The plan: priority by formula, from a break or pain in one call, out as CSV and Markdown (R-40)."""

from __future__ import annotations

import csv
import io
import math
from typing import Any

import pytest

from tropa.model import Figure, Improvement, Map, TropaError
from tropa.service.desk import Desk
from tropa.service.formula import DEFAULT, formula
from tropa.service.maps import revised
from tropa.store.documents import Author
from web_desk import MAP, ClientOf

ONE = f"/api/v1/maps/{MAP}"
ANNA = Author("user:anna", "Анна")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (DEFAULT, 500.0),
        ("impact × confidence ÷ effort", 500.0),
        ("(impact + 1) * confidence - effort ** 2", 499.5),
        ("min(impact, 10) * max(confidence, effort) / sqrt(4)", 10.0),
        ("-impact", -1000.0),
        ("impact / (effort - 2)", math.inf),
        ("(effort + 1) ** 2000", None),
        ("log(0)", None),
        ("min", None),
    ],
)
def test_own_formulas(text: str, expected: float | None) -> None:
    """R-40: arithmetic over impact, confidence, effort; no answer is no answer."""
    found = formula(text)(1000, 0.5, 1 if expected not in (10.0, math.inf) else 2)
    assert found == (None if expected in (None, math.inf) else expected)


@pytest.mark.parametrize(
    "text",
    [
        "", "impact +", "impakt", "__import__('os')", "impact.__class__", "impact if 1 else 2", "[1]", "impact == 1",
        "lambda: 1", "min(impact, key=1)", "'a' * 9", "impact; 1", "True", "9" * 300, "(" * 150, "1e400", "impact @ 2",
        "+".join(["impact"] * 40), "f'{impact}'", "min(*impact)", "(x := 1)",
    ],
)  # fmt: skip
def test_nothing_else_is_a_formula(text: str) -> None:
    """R-40: no text of a user runs as a program."""
    with pytest.raises(TropaError, match="TR-W220"):
        formula(text)


def test_no_formula_takes_long() -> None:
    assert formula("9**9**9**9**impact")(9, 9, 9) is None


def plan(client_of: ClientOf, **params: Any) -> dict[str, Any]:
    found: dict[str, Any] = client_of("viewer").get(f"{ONE}/plan", params=params).json()
    return found


def put(desk: Desk, *items: Improvement) -> None:
    desk.living.change(desk, MAP, ANNA, lambda value: revised(value, improvements=items))


def some(desk: Desk) -> tuple[Improvement, ...]:
    stage = desk.living.current(desk, MAP)[1].stages[0].id
    return (
        Improvement(id="slow", text="Дорого", stage=stage, impact=9000, confidence=0.5, effort=30),
        Improvement(id="quick", text="Быстро", stage=stage, impact=600, confidence=0.9, effort=1, owner="anna"),
        Improvement(id="unknown", text='=HYPERLINK("http://x")', stage=stage, impact=600),
    )


def test_the_most_worthwhile_first(desk: Desk, client_of: ClientOf) -> None:
    """R-40: impact × confidence ÷ effort; what cannot be told stands last, without a figure."""
    put(desk, *some(desk))
    found = plan(client_of)
    assert [(one["id"], one["priority"]) for one in found["items"]] == [
        ("quick", 540),
        ("slow", 150),
        ("unknown", None),
    ]
    assert (found["formula"], found["own_formula"]) == (DEFAULT, False)
    tried = plan(client_of, formula="impact")
    assert [one["id"] for one in tried["items"]] == ["slow", "quick", "unknown"]
    assert plan(client_of)["own_formula"] is False


def test_a_formula_of_the_teams_own(desk: Desk, client_of: ClientOf) -> None:
    """R-40: own formulas, kept with the map; who only reads may try, not set."""
    put(desk, *some(desk))
    assert client_of("viewer").put(f"{ONE}/plan/formula", json={"formula": "impact"}).status_code == 403
    assert client_of("editor").put(f"{ONE}/plan/formula", json={"formula": "impact - effort"}).status_code == 200
    assert [one["priority"] for one in plan(client_of)["items"]] == [8970, 599, None]
    bad = client_of("editor").put(f"{ONE}/plan/formula", json={"formula": "exit()"})
    assert (bad.status_code, bad.json()["code"]) == (422, "TR-W220")
    assert client_of("editor").put(f"{ONE}/plan/formula", json={"formula": None}).status_code == 200
    assert plan(client_of)["formula"] == DEFAULT


def pain_of(value: Map) -> tuple[str, str]:
    return next((stage.id, pain.id) for stage in value.stages for pain in stage.pains)


def test_from_a_pain_in_one_call(desk: Desk, client_of: ClientOf) -> None:
    """R-40: the improvement knows its pain and its stage."""
    stage, pain = pain_of(desk.living.current(desk, MAP)[1])
    made = client_of("editor").post(f"{ONE}/improvements", json={"pain": pain}, params={"lang": "ru"})
    assert made.status_code == 201, made.text
    item = next(one for one in plan(client_of)["items"] if one["id"] == made.json()["id"])
    assert (item["stage"], item["pain"], item["status"]) == (stage, pain, "idea")
    assert item["text"].startswith("Устранить: ")
    again = client_of("editor").post(f"{ONE}/improvements", json={"pain": pain, "text": "Иначе"})
    assert again.json()["id"] != made.json()["id"]


def test_from_a_break_with_what_it_could_regain(desk: Desk, client_of: ClientOf) -> None:
    """R-40, R-24: the impact is the break's recoverable loss (here of figures typed by hand)."""
    dear = (
        Figure(reading="entrants", value=1000),
        Figure(reading="conversion", value=0.4, n=1000),
        Figure(reading="loss", value=52_000),
    )
    stages = desk.living.current(desk, MAP)[1].stages
    second = stages[1].model_copy(update={"figures": dear})
    desk.living.change(desk, MAP, ANNA, lambda value: revised(value, stages=(stages[0], second, *stages[2:])))
    found = client_of("viewer").get(f"{ONE}/breaks").json()["breaks"]
    assert found[0]["loss"]["value"] == 52_000
    made = client_of("editor").post(f"{ONE}/improvements", json={"stage": found[0]["stage"], "kind": found[0]["kind"]})
    item = next(one for one in plan(client_of)["items"] if one["id"] == made.json()["id"])
    assert item["impact"] == pytest.approx(found[0]["loss"]["value"], abs=0.01)


@pytest.mark.parametrize(
    ("wanted", "status"),
    [({"pain": "nowhere"}, 404), ({"stage": "nowhere"}, 404), ({}, 400), ({"pain": "a", "stage": "b"}, 400)],
)
def test_from_nothing_comes_nothing(client_of: ClientOf, desk: Desk, wanted: dict[str, str], status: int) -> None:
    assert client_of("editor").post(f"{ONE}/improvements", json=wanted).status_code == status
    assert desk.living.current(desk, MAP)[0] == 1


def test_out_as_a_table(desk: Desk, client_of: ClientOf) -> None:
    """R-40: for a spreadsheet in its own language; text is never taken for a formula."""
    put(desk, *some(desk))
    raw = client_of("viewer").get(f"{ONE}/plan.csv", params={"lang": "ru"}).content
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][0] == "Улучшение"
    assert [row[0] for row in rows[1:]] == ["Быстро", "Дорого", '\'=HYPERLINK("http://x")']
    assert rows[1][7:10] == ["0,9", "1", "540"]


def test_out_as_markdown(desk: Desk, client_of: ClientOf) -> None:
    """R-40: for an issue tracker; user text makes no markup."""
    one, *_ = some(desk)
    put(desk, one.model_copy(update={"text": "a | b <script>"}))
    text = client_of("viewer").get(f"{ONE}/plan.md", params={"lang": "en"}).content.decode()
    assert text.startswith("# Plan: ")
    line = text.splitlines()[-1]
    assert r"a \| b \<script\>" in line
    assert line.count(" | ") == 10  # eleven cells
