"""What nobody means but somebody sends: the trail's doors answer with figures or a coded error, never with a fault (R-62)."""

from __future__ import annotations

from typing import Any

from tropa.model import EventRule, Map
from tropa.service.asking import declarations
from tropa.service.desk import Desk
from web_desk import MAP, ClientOf

BASE = f"/api/v1/maps/{MAP}"
FILTERS: list[dict[str, Any]] = [
    {"from": "0001-01-01", "to": "9999-12-31"}, {"from": "9999-12-31"}, {"to": "0001-01-01"}, {"from": "2026-06-01", "to": "2026-05-01"},
    {"channel": "nobody"}, {"channel": "\u202e"}, {"segment": "coaches", "to": "0001-01-01"}, {"as_of": "9999-12-31"},
]  # fmt: skip
NAMES = [one.id for one in declarations()]
PARAMS: list[tuple[str, dict[str, Any]]] = [
    ("funnel", {"window": "99999999999999999d"}), ("funnel", {"window": "9000000d"}), ("funnel", {"path": ["see"] * 40}),
    ("funnel", {"path": "order_paid,order_paid,order_paid"}), ("steps", {"after": 1e308}), ("steps", {"around": "\x00"}),
    ("steps", {"around": ["a", "b"]}), ("paths", {"length": "NaN"}), ("transitions", {"repeats": 1.5}), ("retention", {"by": []}),
    ("reasons", {"break": "///"}), ("reasons", {"break": "purchase/exit/exit"}), ("purchase-interval", {"points": -1}),
    ("funnel-difference", {"first": "0001-01-01..9999-12-31", "second": "9999-12-31.."}),
]  # fmt: skip


def test_filters_that_leave_nobody_or_everybody(trail: Desk, client_of: ClientOf) -> None:
    """R-29: empty choices are answers too."""
    client = client_of("owner")
    for wish in FILTERS:
        for path in ("readings", "breaks", "customers", "timeline"):
            found = client.get(f"{BASE}/{path}", params=wish)
            assert found.status_code == 200, (path, wish, found.text)
        for name in NAMES:
            found = client.post(f"{BASE}/measures/{name}", json=wish)
            assert found.status_code == 200, (name, wish, found.text)
            drawn = client.get(f"{BASE}/measures/{name}.svg", params=wish)
            assert drawn.status_code == 200, (name, wish, drawn.text)


def test_parameters_that_make_no_sense(trail: Desk, client_of: ClientOf) -> None:
    """R-26: refused with what would do."""
    client = client_of("viewer")
    for name, params in PARAMS:
        found = client.post(f"{BASE}/measures/{name}", json={"params": params})
        assert found.status_code in (200, 400, 404, 422), (name, params, found.text)
        if found.status_code != 200:
            assert found.json()["code"].startswith("TR-")


def test_pages_beyond_the_end(trail: Desk, client_of: ClientOf) -> None:
    """R-62: empty, not wrong."""
    client = client_of("owner")
    assert client.get(f"{BASE}/customers", params={"after": 10**12}).json()["items"] == []
    who = client.get(f"{BASE}/customers").json()["items"][0]["pseudonym"]
    journey = client.get(f"/api/v1/customers/{who}/journey", params={"map_id": MAP, "after": 10**12}).json()
    assert journey["steps"] == []
    assert client.get("/api/v1/data/events/%00").status_code == 404


def test_a_binding_that_makes_no_sense_is_told_everywhere(trail: Desk, client_of: ClientOf) -> None:
    """R-22: a rule on a column that the log does not have is TR-T001 with the nearest name, and mended by an edit."""
    from tropa.store.documents import Author

    def wrong(value: Map) -> Map:
        first = value.stages[0]
        point = first.touchpoints[0].model_copy(update={"when": EventRule(props={"devise": "phone"})})
        stage = first.model_copy(update={"touchpoints": (point, *first.touchpoints[1:])})
        return value.model_copy(update={"stages": (stage, *value.stages[1:])})

    trail.living.change(trail, MAP, Author("local:local", "local"), wrong)
    client = client_of("viewer")
    first = client.get(f"{BASE}/lint").json()["findings"][0]
    assert (first["code"], first["severity"]) == ("TR-T001", "error")
    assert first["address"].startswith("stages.awareness")
    for path in ("readings", "bindings", "standing", "timeline"):
        found = client.get(f"{BASE}/{path}")
        assert (found.status_code, found.json()["code"]) == (422, "TR-T001"), path
        assert "device" in found.json()["fix"]
