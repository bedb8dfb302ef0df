"""Maps, segments and periods side by side over HTTP: changes in words, figures with interval, p and verdict (R-10, R-29)."""

from __future__ import annotations

from tropa.service.desk import Desk
from web_desk import MAP, ClientOf

BASE = f"/api/v1/maps/{MAP}"
DOOR = f"{BASE}/comparison"


def test_two_segments_of_one_map(trail: Desk, client_of: ClientOf) -> None:
    """R-10, R-29: every figure is that of the readings; q is no less than p; the verdict follows q, in both languages."""
    client = client_of("viewer")
    found = client.get(DOOR, params={"segment": "coaches", "lang": "ru"}).json()
    assert found["changes"] == []
    # coaches are among everybody: customers on both sides
    assert found["data"] == "overlapping"
    assert len(found["notes"]) == 2
    assert 0 < found["before"]["passes"] < found["after"]["passes"]
    halves = [
        client.get(f"{BASE}/readings", params=wish).json()["readings"]["stages"]
        for wish in ({"segment": "coaches"}, {})
    ]
    stages = [{stage["id"]: stage for stage in half} for half in halves]
    assert {one["measure"] for one in found["differences"]} >= {"conversion", "time_to_next"}
    for one in found["differences"]:
        assert one["before"] == stages[0][one["stage"]][one["measure"]]
        assert one["after"] == stages[1][one["stage"]][one["measure"]]
        assert one["low"] <= one["value"] <= one["high"]
        assert one["p"] <= one["q"]
        assert one["significant"] is (one["q"] <= 0.05)
        assert one["verdict"] == ("больше случайного" if one["significant"] else "может быть случайностью")
        assert all(one[part] for part in ("title", "figure", "was", "now", "gap"))
    english = client.get(DOOR, params={"segment": "coaches", "lang": "en"}).json()["differences"]
    assert {one["verdict"] for one in english} <= {"more than chance", "may be chance"}


def test_two_periods_and_the_same_twice(trail: Desk, client_of: ClientOf) -> None:
    """R-10: passes of each period are counted apart; a half against itself has no chance in it, and says so."""
    client = client_of("viewer")
    periods = {"from": "2025-01-01", "to": "2026-03-31", "other_from": "2026-04-01", "other_to": "2027-12-31"}
    found = client.get(DOOR, params=periods).json()
    whole = client.get(f"{BASE}/readings").json()["readings"]["scope"]["passes"]
    assert found["before"]["passes"] + found["after"]["passes"] == whole
    assert found["before"]["filter"]["end"] == "2026-03-31"
    assert found["data"] == "overlapping"
    assert {one["p"] is None for one in found["differences"]} == {False}
    same = client.get(DOOR, params={"segment": "coaches", "other_segment": "coaches"}).json()
    assert same["data"] == "same"
    assert {(one["measure"] == "time_to_next", one["value"]) for one in same["differences"]} <= {(True, 1), (False, 0)}
    assert {(one["p"], one["significant"]) for one in same["differences"]} == {(None, None)}


def test_two_maps_in_words(trail: Desk, client_of: ClientOf) -> None:
    """R-10: a copy with another title counts the same events; what was changed is told in the reader's language."""
    client = client_of("editor")
    own = client.post(f"{BASE}/duplicate", json={"title": "Как будет"}).json()["id"]
    found = client.get(DOOR, params={"other": own, "lang": "ru"}).json()
    assert found["data"] == "same"
    assert len(found["notes"]) == 1
    assert found["after"]["title"] == "Как будет"
    title = next(one for one in found["changes"] if one["address"] == "title")
    assert title["text"].startswith("Название: было «")
    assert title["text"].endswith("стало «Как будет»")
    english = client.get(f"{BASE}/diff", params={"other": own, "lang": "en"}).json()["changes"]
    assert next(one for one in english if one["address"] == "title")["text"].startswith("Title: was “")
    guest = client_of("guest")
    assert guest.get(DOOR, params={"other": own}).status_code == 404
    assert guest.get(DOOR, params={"segment": "coaches"}).status_code == 200


def test_without_a_log_there_are_changes_only(client_of: ClientOf) -> None:
    """R-10: no figures are made up; an unknown segment of a map with a log is told in other tests."""
    found = client_of("viewer").get(DOOR, params={"segment": "coaches"}).json()
    assert (found["data"], found["differences"], found["notes"]) == ("none", [], [])
    assert found["before"]["passes"] is None
