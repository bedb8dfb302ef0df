"""Everyone sees only what is theirs: every role at every door and room, for their own map and for another (R-60, R-62; ASVS 4.1).

The doors come from the app's routes, so a new one is in the matrix the day it is made. What a role may do is written down here
once more, on purpose: the code must agree with this table, not with itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from starlette.routing import BaseRoute, Mount, WebSocketRoute
from starlette.websockets import WebSocketDisconnect

from tropa.files import write_text
from tropa.service.desk import Desk
from tropa.store import people as store_of_people
from tropa.store.people import Person
from web_desk import MAP, OTHER_MAP, ClientOf

NOTHING: frozenset[str] = frozenset()
LOOK = frozenset({"read"})
TALK = LOOK | {"comment"}
CHANGE = TALK | {"edit"}
EVERYTHING = CHANGE | {"data", "reveal", "manage", "self"}


@dataclass(frozen=True)
class May:
    """What somebody may do in the whole workspace, with the map `MAP`, and with another map."""

    workspace: frozenset[str]
    here: frozenset[str]
    there: frozenset[str]


TABLE = {
    "owner": May(EVERYTHING, EVERYTHING, EVERYTHING),
    "editor": May(CHANGE | {"data", "self"}, CHANGE, CHANGE),
    "commenter": May(TALK | {"self"}, TALK, TALK),
    "viewer": May(LOOK | {"self"}, LOOK, LOOK),
    "outsider": May(frozenset({"self"}), NOTHING, NOTHING),
    "nobody": May(NOTHING, NOTHING, NOTHING),
    "token": May(TALK, TALK, TALK),  # an owner’s, with the scopes read and comment
    "guest": May(NOTHING, LOOK, NOTHING),
    "guest_commenter": May(NOTHING, TALK, NOTHING),
    "editor_of_one_map": May(frozenset({"self"}), CHANGE, NOTHING),
    "editor_who_only_looks_here": May(CHANGE | {"data", "self"}, LOOK, CHANGE),
    "viewer_who_sees_customers": May(LOOK | {"reveal", "self"}, LOOK | {"reveal"}, LOOK | {"reveal"}),
}
PUBLIC = {
    "GET /healthz", "GET /readyz", "GET /api/v1/openapi.json", "GET /enter/{token}", "POST /enter/{token}",
    "GET /embed/{token}", "GET /embed/{token}/picture.svg",
    "GET /api/v1/me", "POST /api/v1/login", "POST /api/v1/logout", "POST /api/v1/setup", "GET /api/v1/setup/{token}",
    "GET /api/v1/invitations/{token}", "POST /api/v1/invitations/{token}",
    "GET /api/v1/shared/{token}", "POST /api/v1/shared/{token}", "GET /api/v1/templates",
    "GET /api/v1/measures", "GET /api/v1/measures/{measure_id}/definition",
    # these look at what each visitor may read: see the tests at the end and those of uploads
    "GET /api/v1/maps", "GET /api/v1/search", "GET /api/v1/files/{file_id}",
}  # fmt: skip
"""Doors that ask for no right. A new one is a decision, so it must be added here."""
ALSO = {"POST /api/v1/maps/{map_id}/duplicate": "edit"}
"""Doors to a map that ask for a right in the workspace as well: a copy is a new map."""
LAST = ("DELETE /api/v1/maps/{map_id}", "DELETE /api/v1/me/logins")
"""Doors that would change what the others answer."""


Door = tuple[str, APIRoute]


def flat(routes: Any) -> Iterator[BaseRoute]:
    """Routes, those of included routers among them."""
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is None:
            yield route
        else:
            yield from flat(inner.routes)


def right_of(route: APIRoute) -> str | None:
    """The right that a door declares."""
    right = (route.openapi_extra or {}).get("x-right")
    return None if right is None else str(right)


def doors_of(app: FastAPI) -> list[Door]:
    """All doors but the page of the front end; those that change what others answer come last."""
    routes = [route for route in flat(app.routes) if isinstance(route, APIRoute) and route.path != "/{path:path}"]
    found = [(method, route) for route in routes for method in sorted(route.methods)]
    return sorted(found, key=lambda door: name_of(*door) in LAST)


def rooms_of(app: FastAPI) -> list[str]:
    """Paths of all sockets."""
    return [route.path_format for route in flat(app.routes) if isinstance(route, WebSocketRoute)]


def name_of(method: str, route: APIRoute) -> str:
    return f"{method} {route.path_format}"


def test_every_door_of_the_app_is_in_the_matrix(app: FastAPI) -> None:
    """A route that declares no right fails here, but for the page of the front end and its assets."""
    others = [route for route in flat(app.routes) if not isinstance(route, (APIRoute, WebSocketRoute))]
    assert [(type(route), getattr(route, "path", "")) for route in others] == [(Mount, "/assets")]
    pages = [route for route in flat(app.routes) if getattr(route, "path", "") == "/{path:path}"]
    assert [getattr(route, "methods", None) for route in pages] == [{"GET"}]
    assert not [name_of(method, route) for method, route in doors_of(app) if right_of(route) is None]
    assert rooms_of(app) == ["/api/v1/maps/{map_id}/room"]
    assert len(doors_of(app)) > 60


def test_a_door_without_a_right_was_meant_so(app: FastAPI) -> None:
    """R-60: what anybody may open is a list that people have read."""
    assert {name_of(method, route) for method, route in doors_of(app) if right_of(route) == "public"} == PUBLIC


@pytest.fixture
def two_maps(desk: Desk) -> None:
    """The workspace with a second map."""
    text = desk.workspace.map_path().read_text(encoding="utf-8")
    write_text(desk.workspace.folder / "other.yaml", text.replace("id: sergey", f"id: {OTHER_MAP}", 1))


@pytest.fixture
def come(desk: Desk, two_maps: None, client_of: ClientOf, people: dict[str, Person]) -> ClientOf:
    """A fresh client of each row of the table."""

    def client(role: str) -> TestClient:
        account = {
            "editor_of_one_map": "outsider", "editor_who_only_looks_here": "editor", "viewer_who_sees_customers": "viewer",
        }.get(role, role)  # fmt: skip
        with desk.store.begin() as connection:
            if role == "editor_of_one_map":
                store_of_people.set_map_role(connection, MAP, people["outsider"].id, store_of_people.Role.EDITOR)
            elif role == "editor_who_only_looks_here":
                store_of_people.set_map_role(connection, MAP, people["editor"].id, store_of_people.Role.VIEWER)
            elif role == "viewer_who_sees_customers":
                store_of_people.change(connection, people["viewer"].id, reveal=True)
        return client_of(account)

    return client


def asked(client: TestClient, method: str, route: APIRoute, map_id: str) -> tuple[int, str]:
    """Knocks at a door with nothing in hand: the status and the code of the answer."""
    values = {name: "1" if name == "seq" else "none" for name in route.param_convertors}
    path = route.path_format.format(**{**values, "map_id": map_id} if "map_id" in values else values)
    body: dict[str, Any] = {} if method in ("GET", "DELETE") else {"json": {}}
    answer = client.request(method, path, follow_redirects=False, **body)
    kind = answer.headers.get("content-type", "")
    code = answer.json().get("code", "") if kind.startswith("application/problem+json") else ""
    if code == "TR-A003" and map_id not in answer.json()["title"]:
        code = "another thing is not there"
    return answer.status_code, code


REFUSED = {(401, "TR-A001"), (403, "TR-A002"), (404, "TR-A003")}


@pytest.mark.parametrize("where", ["here", "there"])
@pytest.mark.parametrize("role", TABLE)
def test_matrix(role: str, where: str, app: FastAPI, come: ClientOf) -> None:
    """R-60: what the table allows is not refused; what it does not allow is, and a map one may not read is as if not there."""
    may, map_id = TABLE[role], MAP if where == "here" else OTHER_MAP
    client = come(role)
    wrong = []
    for method, route in doors_of(app):
        name, right = name_of(method, route), right_of(route)
        in_map = "map_id" in route.param_convertors
        if (where == "there" and not in_map) or right == "public":
            continue
        given = getattr(may, where) if in_map else may.workspace
        allowed = right in given or (right in ("manage", "data", "reveal") and right in may.workspace)
        allowed = allowed and (ALSO.get(name) is None or ALSO[name] in may.workspace)
        status, code = asked(client, method, route, map_id)
        refused = (status, code) in REFUSED
        if status >= 500 or refused is allowed:
            wrong.append(f"{name}: {status} {code}")
        elif refused and in_map and role != "nobody" and "read" not in given and status != 404:
            wrong.append(f"{name}: tells that the map is there ({status})")
        elif refused and role == "nobody" and status != 401:
            wrong.append(f"{name}: does not ask to sign in ({status})")
        if name == "DELETE /api/v1/me/logins" and allowed:
            client = come(role)
    assert not wrong


@pytest.mark.parametrize("role", TABLE)
def test_rooms_and_lists(role: str, app: FastAPI, come: ClientOf) -> None:
    """R-60: into the room of a map comes who may read it; lists that anybody may ask for hold only what one may read."""
    client = come(role)
    mine = {map_id for map_id, given in ((MAP, TABLE[role].here), (OTHER_MAP, TABLE[role].there)) if "read" in given}
    assert {one["id"] for one in client.get("/api/v1/maps").json()["items"]} == mine
    found = client.get("/api/v1/search", params={"q": "Сергей"}).json()["items"]
    assert {one["map_id"] for one in found} == mine
    origin = {} if role == "token" else {"Origin": "http://testserver"}
    for path in rooms_of(app):
        for map_id in (MAP, OTHER_MAP):
            with client.websocket_connect(path.format(map_id=map_id), headers=origin) as socket:
                if map_id in mine:
                    assert socket.receive_bytes()
                else:
                    with pytest.raises(WebSocketDisconnect) as end:
                        socket.receive_bytes()
                    assert end.value.code in (4403, 4404)


@pytest.mark.parametrize("role", ["guest", "guest_commenter", "editor_of_one_map", "outsider", "token"])
def test_no_way_into_a_map_by_its_name_in_a_question(role: str, come: ClientOf) -> None:
    """R-60: a map named in a query or a body is asked for its right just as one in the path."""
    client, there = come(role), "read" in TABLE[role].there
    diff = client.get(f"/api/v1/maps/{MAP}/diff", params={"other": OTHER_MAP})
    comparison = client.get(f"/api/v1/maps/{MAP}/comparison", params={"other": OTHER_MAP})
    copy = client.post("/api/v1/maps", json={"from": OTHER_MAP, "language": "ru", "title": "Копия"})
    assert (diff.status_code == 200) is there
    assert (comparison.status_code == 200) is there
    assert (copy.status_code == 201) is (there and "edit" in TABLE[role].workspace)
