"""Single customers, the timeline and pictures over HTTP (R-07, R-13, R-26, R-42, R-64)."""

from __future__ import annotations

import pytest

from tropa.service.desk import Desk
from tropa.store import audit
from web_desk import MAP, ClientOf

BASE = f"/api/v1/maps/{MAP}"


def test_a_journey_is_replayed_and_the_look_is_written_down(trail: Desk, client_of: ClientOf) -> None:
    """R-26, R-64: only who has the right; words and values masked; an entry in the audit log for each look."""
    client = client_of("owner")
    page = client.get(f"{BASE}/customers", params={"outcome": "deal", "limit": 2}).json()
    assert len(page["items"]) == 2
    assert page["next"] == 2
    who = page["items"][0]["pseudonym"]
    found = client.get(f"/api/v1/customers/{who}/journey", params={"map_id": MAP}).json()
    assert found["events"] == len(found["steps"])
    assert any(one["status"] == "deal" for one in found["passes"])
    assert {step["stage"] for step in found["steps"]} >= {"purchase"}
    shown = client.post(f"/api/v1/customers/{who}/identity").json()
    assert shown["ids"]
    with trail.store.read() as connection:
        acts = [(one.act, one.subject) for one in audit.page(connection, None, 10)]
    assert acts[:3] == [("customer-revealed", who), ("journey-looked-at", who), ("customers-listed", MAP)]
    assert client.get("/api/v1/customers/abcdefghjkmn/journey", params={"map_id": MAP}).json()["code"] == "TR-T106"


def test_nobody_else_sees_a_customer(trail: Desk, client_of: ClientOf) -> None:
    """R-60, R-64: not an editor, not a share link, not a token without that scope."""
    for role in ("editor", "viewer", "guest", "token", "nobody"):
        client = client_of(role)
        assert client.get(f"{BASE}/customers").status_code in (401, 403)
        assert client.get("/api/v1/customers/abcdefghjkmn/journey", params={"map_id": MAP}).status_code in (401, 403)
        assert client.post("/api/v1/customers/abcdefghjkmn/identity").status_code in (401, 403)


def test_the_timeline_tells_months_changes_improvements_and_imports(trail: Desk, client_of: ClientOf) -> None:
    """R-31, R-42."""
    found = client_of("viewer").get(f"{BASE}/timeline", params={"months": 12}).json()
    names = [one["month"] for one in found["months"]]
    assert len(names) == 12
    assert names == sorted(names)
    assert {stage["id"] for stage in found["months"][0]["stages"]} >= {"awareness", "purchase"}
    assert found["compared"] > 20
    assert len(found["data"]) == 1
    assert all(one["stage"] for one in found["improvements"])
    coaches = client_of("viewer").get(f"{BASE}/timeline", params={"segment": "coaches"}).json()
    assert sum(one["passes"] for one in coaches["months"]) < sum(one["passes"] for one in found["months"])


@pytest.mark.parametrize(
    ("form", "start"),
    [("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF"), ("html", b"<!doctype html"), ("pptx", b"PK"), ("xlsx", b"PK"), ("md", b"#"),
     ("mmd", b"journey")],
)  # fmt: skip
def test_every_picture_is_drawn_from_the_live_map(trail: Desk, client_of: ClientOf, form: str, start: bytes) -> None:
    """R-07, R-13: with readings; nothing that a picture holds may run."""
    found = client_of("guest").get(f"{BASE}/picture.{form}", params={"lang": "en"})
    assert found.status_code == 200
    assert found.content.lower().startswith(start.lower())
    assert "sandbox" in found.headers["content-security-policy"]
    assert found.headers["content-disposition"].startswith("inline" if form in ("svg", "png", "pdf") else "attachment")


def test_pictures_take_wishes_and_refuse_nonsense(trail: Desk, client_of: ClientOf) -> None:
    """R-07, R-13: views, papers, opened stages, themes, personas side by side; coded errors else."""
    client = client_of("viewer")
    light = client.get(f"{BASE}/picture.svg", params={"view": "table", "page": "screen"}).text
    dark = client.get(f"{BASE}/picture.svg", params={"view": "table", "page": "screen", "theme": "dark"}).text
    opened = client.get(f"{BASE}/picture.svg", params={"view": "table", "page": "screen", "opened": "purchase"}).text
    side = client.get(f"{BASE}/picture.svg", params={"view": "table", "page": "screen", "personas": "true"}).text
    assert len({light, dark, opened, side}) == 4
    for query, code, status in (
        ({"page": "a9"}, "TR-R002", 422), ({"opened": "nowhere"}, "TR-S015", 422), ({"named_view": "x"}, "TR-R003", 422),
    ):  # fmt: skip
        answer = client.get(f"{BASE}/picture.svg", params=query)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert client.get(f"{BASE}/picture.gif").json()["code"] == "TR-S006"


def test_geometry_is_what_the_picture_is_drawn_from(trail: Desk, client_of: ClientOf) -> None:
    """R-07: the same page in numbers, every group with its address in the map."""
    client = client_of("viewer")
    found = client.get(f"{BASE}/geometry", params={"view": "table"}).json()
    assert found["width"] > 1000

    def cells(items: list[dict[str, object]]) -> set[str]:
        out = set()
        for one in items:
            if one["kind"] == "group":
                out |= {str(one["cell"])} | cells(one["items"])  # type: ignore[arg-type]
        return out

    assert any(cell.startswith("purchase/") for cell in cells(found["items"]))
    drawn = client.get(f"{BASE}/picture.svg", params={"view": "table", "page": "screen"}).text
    assert f'width="{found["width"]:g}"' in drawn


def test_a_map_without_a_log_is_drawn_too(desk: Desk, client_of: ClientOf) -> None:
    """R-22: figures typed by hand, or none."""
    assert client_of("viewer").get(f"{BASE}/picture.svg").status_code == 200
    assert client_of("viewer").get(f"{BASE}/timeline").json()["code"] == "TR-S003"
