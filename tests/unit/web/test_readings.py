"""Readings of the live map over HTTP, with filters (R-12, R-23, R-24, R-29, R-31)."""

from __future__ import annotations

import pytest

from tropa.model import Readings
from tropa.service import answering
from tropa.service.answering import Wish, counting_key
from tropa.service.desk import Desk
from tropa.service.keeping import Kept
from web_desk import MAP, ClientOf

BASE = f"/api/v1/maps/{MAP}"


def test_figures_of_everybody_and_of_some(trail: Desk, client_of: ClientOf) -> None:
    """R-23, R-29: by persona, period, channel, and all together."""
    client = client_of("viewer")
    whole = client.get(f"{BASE}/readings").json()
    assert whole["entered"] is False
    passes = whole["readings"]["scope"]["passes"]
    stage = whole["readings"]["stages"][0]
    assert stage["conversion"]["denominator"] > 100
    assert whole["readings"]["breaks"] == []
    persona = client.get(f"{BASE}/readings", params={"segment": "coaches"})
    assert 0 < persona.json()["readings"]["scope"]["passes"] < passes
    year = [client.get(f"{BASE}/readings", params={"from": a, "to": b}).json()["readings"]["scope"]["passes"]
            for a, b in (("2025-01-01", "2026-03-31"), ("2026-04-01", "2027-12-31"))]  # fmt: skip
    assert sum(year) == passes
    both = client.get(
        f"{BASE}/readings", params={"segment": "coaches", "channel": "friend", "from": "2026-01-01"}
    ).json()
    assert both["filter"] == {
        "segment": "coaches",
        "channel": "friend",
        "start": "2026-01-01",
        "end": None,
        "as_of": None,
        "where": None,
        "scope": "customers",
    }
    assert both["readings"]["scope"]["passes"] < persona.json()["readings"]["scope"]["passes"]


def test_breaks_are_priced(trail: Desk, client_of: ClientOf) -> None:
    """R-24: ranked, with their price, and what all together would bring."""
    found = client_of("viewer").get(f"{BASE}/breaks").json()
    assert [one["rank"] for one in found["breaks"]] == list(range(1, len(found["breaks"]) + 1))
    assert found["breaks"][0]["loss"]["value"] > 0
    assert found["all_together"]["value"] > 0
    assert found["scope"]["data_version"]


def test_an_unknown_segment_is_told_with_the_nearest(trail: Desk, client_of: ClientOf) -> None:
    """R-29: TR-S005 over HTTP."""
    answer = client_of("viewer").get(f"{BASE}/readings", params={"segment": "couches"})
    assert (answer.status_code, answer.json()["code"]) == (422, "TR-S005")
    assert "coaches" in answer.json()["title"] + answer.json()["fix"]


def test_a_map_without_a_log_shows_what_was_typed(desk: Desk, client_of: ClientOf) -> None:
    """R-22: no log is no error."""
    client = client_of("viewer")
    assert client.get(f"{BASE}/readings").status_code == 200
    assert client.get(f"{BASE}/breaks").status_code == 200
    assert client.get("/api/v1/freshness").json()["data_version"] is None


def test_evidence_lint_and_freshness(trail: Desk, client_of: ClientOf) -> None:
    """R-12, R-31: what cells rest on, what lint says in the reader's language, how old the data is."""
    client = client_of("viewer")
    states = client.get(f"{BASE}/standing").json()["states"]
    assert {"measured", "assumed"} <= set(states.values())
    russian = client.get(f"{BASE}/lint", params={"lang": "ru"}).json()["findings"]
    english = client.get(f"{BASE}/lint", params={"lang": "en"}).json()["findings"]
    assert [one["code"] for one in russian] == [one["code"] for one in english]
    assert [one["message"] for one in russian] != [one["message"] for one in english]
    fresh = client.get("/api/v1/freshness").json()
    assert fresh["sources"][0]["name"] == "shop"
    assert fresh["sources"][0]["age_days"] >= 0


def test_a_map_that_is_not_there_is_not_found(trail: Desk, client_of: ClientOf) -> None:
    """R-60: 404, whatever is asked of it."""
    for what in ("readings", "breaks", "standing", "lint"):
        assert client_of("owner").get(f"/api/v1/maps/nowhere/{what}").status_code == 404


def test_words_of_the_map_do_not_change_what_is_counted(desk: Desk) -> None:
    """R-31: an edit of words keeps what was prepared, an edit of a binding does not."""
    value = desk.workspace.map()
    worded = value.model_copy(update={"title": "другое"})
    first = value.stages[0].model_copy(update={"title": "Начало", "does": ("смотрит",)})
    assert counting_key(worded) == counting_key(value)
    assert counting_key(value.model_copy(update={"stages": (first, *value.stages[1:])})) == counting_key(value)
    point = first.touchpoints[0].model_copy(update={"when": None})
    unbound = first.model_copy(update={"touchpoints": (point, *first.touchpoints[1:])})
    assert counting_key(value.model_copy(update={"stages": (unbound, *value.stages[1:])})) != counting_key(value)


def test_the_same_question_is_answered_from_what_is_kept(trail: Desk) -> None:
    """R-23: a slider that comes back to where it was costs nothing."""
    value = trail.workspace.map()
    wish = Wish(segment="coaches")
    first = answering.readings_of(trail, value, wish)
    assert isinstance(first, Readings)
    assert answering.readings_of(trail, value.model_copy(update={"title": "слова"}), wish) is first


def test_kept_things_are_few_and_made_once() -> None:
    """R-63: memory is bounded; what failed is tried again."""
    kept, made = Kept(2), []

    def make(name: str) -> str:
        made.append(name)
        return name

    for name in ("a", "b", "a", "c", "a", "b"):
        assert kept.get(name, lambda name=name: make(name)) == name
    assert made == ["a", "b", "c", "b"]

    def fail() -> str:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        kept.get("x", fail)
    assert kept.get("x", lambda: "now") == "now"
