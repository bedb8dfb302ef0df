"""The team: roles, invitations, roles in single maps, the log of it all (R-60, R-64)."""

from __future__ import annotations

import pytest

from tropa.service.desk import AccessChange, Desk
from tropa.store.people import Person
from web_desk import MAP, PASSWORD, ClientOf, Clock

API = "/api/v1"
NEW = {"name": "Новенький", "password": "трава у дома зелёная", "language": "ru"}


def test_a_role_counts_from_the_next_request_on(client_of: ClientOf, desk: Desk, people: dict[str, Person]) -> None:
    """R-60: up and down, without signing in again; rooms hear of it."""
    viewer, owner, heard = client_of("viewer"), client_of("owner"), []
    desk.on_access_changed(heard.append)
    person = people["viewer"].id
    assert viewer.get(f"{API}/audit").status_code == 403
    assert owner.patch(f"{API}/people/{person}", json={"role": "owner"}).json()["role"] == "owner"
    assert viewer.get(f"{API}/audit").status_code == 200
    owner.patch(f"{API}/people/{person}", json={"role": "none"})
    assert viewer.get(f"{API}/people").status_code == 403
    assert heard == [AccessChange(user_id=person)] * 2


def test_who_is_shut_out_is_out_at_once_and_can_be_let_in_again(client_of: ClientOf, people: dict[str, Person]) -> None:
    """ASVS 3.3: sign-ins and tokens end."""
    editor, owner = client_of("editor"), client_of("owner")
    token = editor.post(f"{API}/tokens", json={"title": "робот", "scopes": ["read"]}).json()["secret"]
    person = f"{API}/people/{people['editor'].id}"
    assert owner.patch(person, json={"disabled": True}).json()["disabled"] is True
    assert editor.get(f"{API}/people").status_code == 401
    robot = client_of("nobody")
    robot.headers["Authorization"] = f"Bearer {token}"
    assert robot.get(f"{API}/people").status_code == 401
    owner.patch(person, json={"disabled": False})
    assert editor.get(f"{API}/people").status_code == 401
    assert robot.get(f"{API}/people").status_code == 200


def test_a_workspace_always_has_an_owner(client_of: ClientOf, people: dict[str, Person]) -> None:
    """R-60: the last one can neither leave nor be shut out; a second one can."""
    owner = client_of("owner")
    me = f"{API}/people/{people['owner'].id}"
    for answer in (
        owner.patch(me, json={"role": "editor"}),
        owner.patch(me, json={"role": "none"}),
        owner.patch(me, json={"disabled": True}),
        owner.delete(me),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "TR-W108")
    assert owner.get(f"{API}/me").json()["role"] == "owner"
    owner.patch(f"{API}/people/{people['editor'].id}", json={"role": "owner"})
    assert owner.delete(me).status_code == 204
    assert owner.get(f"{API}/me").json()["kind"] == "nobody"


def test_addresses_are_for_owners(client_of: ClientOf) -> None:
    """R-64: colleagues see names, not addresses."""
    seen = client_of("viewer").get(f"{API}/people").json()["items"]
    assert {one["name"] for one in seen} == {"Viewer", "Commenter", "Editor", "Owner", "Outsider"}
    assert {one["email"] for one in seen} == {None}
    assert {one["email"] for one in client_of("owner").get(f"{API}/people").json()["items"]} >= {"viewer@example.org"}


def test_lists_come_in_pages(client_of: ClientOf) -> None:
    """R-62: every item once, `next` leads on, null ends."""
    owner = client_of("owner")
    seen, after = [], None
    for _ in range(10):
        page = owner.get(f"{API}/people", params={"limit": 2, **({"after": after} if after else {})}).json()
        seen += [one["id"] for one in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 5


@pytest.mark.parametrize("limit", [0, 201, "x"])
def test_a_page_has_a_sensible_size(client_of: ClientOf, limit: object) -> None:
    assert client_of("owner").get(f"{API}/people", params={"limit": limit}).status_code == 400


def test_an_invitation_makes_one_account(client_of: ClientOf) -> None:
    """R-60: the link is told once, works once, and only for that address."""
    owner, visitor = client_of("owner"), client_of("nobody")
    made = owner.post(f"{API}/invitations", json={"email": "new@example.org", "role": "commenter"}).json()
    token = made["url"].rsplit("/", 1)[1]
    listed = owner.get(f"{API}/invitations").json()["items"]
    assert [(one["email"], one["url"]) for one in listed] == [("new@example.org", None)]
    look = visitor.get(f"{API}/invitations/{token}").json()
    assert (look["by"], look["role"], look["email"]) == ("Owner", "commenter", "new@example.org")
    other = visitor.post(f"{API}/invitations/{token}", json={**NEW, "email": "other@example.org"})
    assert (other.status_code, other.json()["code"]) == (422, "TR-W112")
    me = visitor.post(f"{API}/invitations/{token}", json=NEW)
    assert (me.status_code, me.json()["role"], me.json()["email"]) == (201, "commenter", "new@example.org")
    assert client_of("nobody").post(f"{API}/invitations/{token}", json=NEW).json()["code"] == "TR-W103"
    assert owner.get(f"{API}/invitations").json()["items"] == []


def test_an_invitation_ends_by_itself_and_by_its_maker(client_of: ClientOf, clock: Clock) -> None:
    owner, visitor = client_of("owner"), client_of("nobody")
    made = [owner.post(f"{API}/invitations", json={"role": "viewer"}).json() for _ in range(2)]
    tokens = [one["url"].rsplit("/", 1)[1] for one in made]
    assert owner.delete(f"{API}/invitations/{made[0]['id']}").status_code == 204
    assert owner.delete(f"{API}/invitations/{made[0]['id']}").status_code == 404
    assert visitor.get(f"{API}/invitations/{tokens[0]}").status_code == 404
    assert visitor.get(f"{API}/invitations/{tokens[1]}").status_code == 200
    clock.move(days=14)
    assert visitor.get(f"{API}/invitations/{tokens[1]}").status_code == 404


def test_who_has_an_account_joins_with_it_and_never_loses_by_it(client_of: ClientOf) -> None:
    """R-60: another account for the same address is not made; an editor invited as viewer stays editor."""
    owner, outsider, editor = client_of("owner"), client_of("outsider"), client_of("editor")
    for client, before, after in ((outsider, None, "viewer"), (editor, "editor", "editor")):
        token = owner.post(f"{API}/invitations", json={"role": "viewer"}).json()["url"].rsplit("/", 1)[1]
        assert client.get(f"{API}/me").json()["role"] == before
        taken = {**NEW, "email": "editor@example.org"}
        refused = client_of("nobody").post(f"{API}/invitations/{token}", json=taken)
        assert (refused.status_code, refused.json()["code"]) == (409, "TR-W106")
        assert client.post(f"{API}/invitations/{token}/join").json()["role"] == after
        assert client.post(f"{API}/invitations/{token}/join").status_code == 404


def test_an_invitation_must_lead_somewhere(client_of: ClientOf) -> None:
    owner = client_of("owner")
    for body in ({}, {"map_id": MAP}, {"map_role": "editor"}):
        assert owner.post(f"{API}/invitations", json=body).json()["code"] == "TR-W116"
    assert owner.post(f"{API}/invitations", json={"map_id": "none", "map_role": "editor"}).status_code == 404
    assert owner.post(f"{API}/invitations", json={"map_id": MAP, "map_role": "owner"}).status_code == 400


def test_a_role_in_a_map_goes_before_that_in_the_workspace(client_of: ClientOf, people: dict[str, Person]) -> None:
    """R-60: up for a viewer, down for an editor, in for an outsider; taken away again."""
    owner = client_of("owner")
    members = f"{API}/maps/{MAP}/members"
    for who, role in (("viewer", "editor"), ("editor", "viewer"), ("outsider", "commenter")):
        assert owner.put(f"{members}/{people[who].id}", json={"role": role}).status_code == 204
    told = {one["name"]: (one["role"], one["own"]) for one in client_of("outsider").get(members).json()["items"]}
    assert told == {
        "Commenter": ("commenter", False), "Editor": ("viewer", True), "Outsider": ("commenter", True),
        "Owner": ("owner", False), "Viewer": ("editor", True),
    }  # fmt: skip
    assert client_of("outsider").get(f"{API}/people").status_code == 403
    assert owner.delete(f"{members}/{people['outsider'].id}").status_code == 204
    assert owner.delete(f"{members}/{people['outsider'].id}").status_code == 404
    gone = client_of("outsider").get(members)
    assert (gone.status_code, gone.json()["code"]) == (404, "TR-A003")


def test_an_invitation_to_one_map_leads_there_only(client_of: ClientOf) -> None:
    owner, visitor = client_of("owner"), client_of("nobody")
    made = owner.post(f"{API}/invitations", json={"map_id": MAP, "map_role": "editor"}).json()
    me = visitor.post(
        f"{API}/invitations/{made['url'].rsplit('/', 1)[1]}", json={**NEW, "email": "n@example.org"}
    ).json()
    assert (me["role"], me["map_roles"]) == (None, {MAP: "editor"})
    assert visitor.get(f"{API}/maps/{MAP}/members").status_code == 200
    assert visitor.get(f"{API}/people").status_code == 403


def test_a_guest_sees_nobody_of_the_team(client_of: ClientOf) -> None:
    """R-64."""
    assert client_of("guest").get(f"{API}/maps/{MAP}/members").json() == {"items": []}


def test_what_matters_is_written_down_with_who_and_from_where(client_of: ClientOf, people: dict[str, Person]) -> None:
    """R-64, ASVS 7: in the reader's language, latest first, no secret in it."""
    owner = client_of("owner")
    client_of("nobody").post(f"{API}/login", json={"email": "editor@example.org", "password": PASSWORD})
    owner.patch(f"{API}/people/{people['viewer'].id}", json={"role": "editor", "reveal": True})
    made = owner.post(f"{API}/tokens", json={"title": "робот", "scopes": ["read"]}).json()
    page = owner.get(f"{API}/audit", headers={"Accept-Language": "ru"}).json()
    acts = [(one["act"], one["name"]) for one in page["items"]]
    assert acts[:3] == [("token-made", "Owner"), ("person-changed", "Owner"), ("login-made", "Editor")]
    assert page["items"][1]["told"] == "Viewer: роль «редактор», видит имена клиентов"
    assert page["items"][0]["address"] == "testclient"
    assert made["secret"] not in str(page)
    assert PASSWORD not in str(page)
    rest = owner.get(f"{API}/audit", params={"limit": 1, "after": page["items"][1]["seq"]}).json()["items"]
    assert rest == [
        {**page["items"][2], "told": owner.get(f"{API}/audit", params={"act": "login-made"}).json()["items"][0]["told"]}
    ]
