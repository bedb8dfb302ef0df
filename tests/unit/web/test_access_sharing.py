"""Share links and tokens: as much as they say, as long as they say (R-60, R-62)."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest

from tropa.service.desk import AccessChange, Desk
from tropa.service.knowing import still
from tropa.store.people import Person
from tropa.web import cookies
from web_desk import MAP, ClientOf, Clock

API = "/api/v1"
MEMBERS = f"{API}/maps/{MAP}/members"
"""A door that asks for the right to read the map."""


def share(client: object, **body: object) -> tuple[str, str]:
    """A new link: its id and its token."""
    answer = client.post(f"{API}/maps/{MAP}/shares", json={"role": "viewer", **body})  # type: ignore[attr-defined]
    assert answer.status_code == 201, answer.text
    return answer.json()["id"], answer.json()["url"].rsplit("/", 1)[1]


def test_a_link_lets_look_at_its_map_and_nothing_else(client_of: ClientOf) -> None:
    """R-60: no other map, no team, no data, and the map's name is not told before."""
    _, token = share(client_of("owner"), title="для инвестора")
    guest = client_of("nobody")
    look = guest.get(f"{API}/shared/{token}").json()
    assert look == {"role": "viewer", "needs_password": False, "expires_at": None}
    assert guest.get(MEMBERS).status_code == 401
    opened = guest.post(f"{API}/shared/{token}", json={"name": "Инвестор"})
    assert opened.json() == {"map_id": MAP, "role": "viewer"}
    me = guest.get(f"{API}/me").json()
    assert (me["kind"], me["name"], me["map_roles"]) == ("guest", "Инвестор", {MAP: "viewer"})
    assert me["csrf"] == guest.cookies[cookies.CSRF]
    assert guest.get(MEMBERS).status_code == 200
    assert guest.get(f"{API}/maps/another/members").status_code == 404
    for path in ("/people", "/audit", "/tokens", "/me/logins"):
        assert guest.get(API + path).status_code == 403, path


def test_a_link_ends_at_its_time_and_when_it_is_revoked(client_of: ClientOf, clock: Clock, desk: Desk) -> None:
    """R-60: those who are in are out at once; rooms hear of it."""
    owner, heard = client_of("owner"), []
    desk.on_access_changed(heard.append)
    _, short = share(owner, expires_at=(clock() + timedelta(days=2)).isoformat())
    share_id, long = share(owner)
    early, late = client_of("nobody"), client_of("nobody")
    early.post(f"{API}/shared/{short}", json={})
    late.post(f"{API}/shared/{long}", json={})
    assert (early.get(MEMBERS).status_code, late.get(MEMBERS).status_code) == (200, 200)
    clock.move(days=2)
    assert (early.get(MEMBERS).status_code, late.get(MEMBERS).status_code) == (401, 200)
    assert owner.delete(f"{API}/maps/{MAP}/shares/{share_id}").status_code == 204
    assert late.get(MEMBERS).status_code == 401
    for token in (short, long):
        assert early.get(f"{API}/shared/{token}").json()["code"] == "TR-W103"
    assert heard == [AccessChange(share_id=share_id, map_id=MAP)]
    assert owner.delete(f"{API}/maps/{MAP}/shares/{share_id}").status_code == 404


def test_a_link_with_a_password(client_of: ClientOf) -> None:
    """R-60, ASVS 2.2.1: asked before anything is told; guessing is slow; a new password asks everybody again."""
    owner, guest = client_of("owner"), client_of("nobody")
    share_id, token = share(owner, password="сезам")
    assert guest.get(f"{API}/shared/{token}").json()["needs_password"] is True
    for body in ({}, {"password": "симсим"}):
        answer = guest.post(f"{API}/shared/{token}", json=body)
        assert (answer.status_code, answer.json()["code"]) == (403, "TR-W111")
    assert guest.post(f"{API}/shared/{token}", json={"password": "сезам"}).status_code == 200
    assert guest.get(MEMBERS).status_code == 200
    guest.headers["X-CSRF-Token"] = guest.cookies[cookies.CSRF]
    owner.patch(f"{API}/maps/{MAP}/shares/{share_id}", json={"password": "откройся"})
    assert guest.get(MEMBERS).status_code == 401
    tries = [guest.post(f"{API}/shared/{token}", json={"password": f"{n}"}).status_code for n in range(9)]
    assert tries[-1] == 429
    assert set(tries[:5]) == {403}


def test_a_link_changes_what_its_guests_may_do(client_of: ClientOf) -> None:
    owner, guest = client_of("owner"), client_of("nobody")
    share_id, token = share(owner)
    guest.post(f"{API}/shared/{token}", json={})
    changed = owner.patch(f"{API}/maps/{MAP}/shares/{share_id}", json={"role": "commenter", "title": "новое"}).json()
    assert (changed["role"], changed["title"], changed["url"]) == ("commenter", "новое", None)
    assert guest.get(f"{API}/me").json()["map_roles"] == {MAP: "commenter"}


@pytest.mark.parametrize("role", ["editor", "owner", "none"])
def test_a_link_never_lets_edit(client_of: ClientOf, role: str) -> None:
    """R-60."""
    assert client_of("owner").post(f"{API}/maps/{MAP}/shares", json={"role": role}).status_code == 400


def test_a_link_of_the_past_is_refused(client_of: ClientOf, clock: Clock) -> None:
    body = {"role": "viewer", "expires_at": clock().isoformat()}
    assert client_of("owner").post(f"{API}/maps/{MAP}/shares", json=body).json()["code"] == "TR-W115"


def test_a_link_of_one_map_is_not_changed_through_another(client_of: ClientOf) -> None:
    """R-60: ids of others' things are no way in."""
    share_id, _ = share(client_of("owner"))
    answer = client_of("owner").delete(f"{API}/maps/another/shares/{share_id}")
    assert answer.status_code == 404


def test_who_is_signed_in_stays_that_when_opening_a_link(client_of: ClientOf) -> None:
    """R-60: an editor does not become a guest; somebody without a role sees that map as well."""
    owner, editor, outsider = client_of("owner"), client_of("editor"), client_of("outsider")
    _, token = share(owner)
    for client in (editor, outsider):
        assert client.post(f"{API}/shared/{token}", json={}).status_code == 200
        assert client.get(f"{API}/me").json()["kind"] == "user"
        assert client.get(MEMBERS).status_code == 200
        assert client.patch(f"{API}/me", json={"name": "Тот же"}).status_code == 200
    assert outsider.get(f"{API}/me").json()["map_roles"] == {MAP: "viewer"}


def test_one_browser_opens_several_links(client_of: ClientOf) -> None:
    """The most that any of them gives."""
    owner, guest = client_of("owner"), client_of("nobody")
    _, look = share(owner)
    comment_id, comment = share(owner, role="commenter")
    guest.post(f"{API}/shared/{comment}", json={})
    guest.headers["X-CSRF-Token"] = guest.cookies[cookies.CSRF]
    guest.post(f"{API}/shared/{look}", json={})
    assert guest.get(f"{API}/me").json()["map_roles"] == {MAP: "commenter"}
    owner.delete(f"{API}/maps/{MAP}/shares/{comment_id}")
    assert guest.get(f"{API}/me").json()["map_roles"] == {MAP: "viewer"}


def test_guessing_links_is_slow(client_of: ClientOf) -> None:
    """ASVS 2.2.1: thirty tries in ten minutes from one place."""
    guest = client_of("nobody")
    assert [guest.get(f"{API}/shared/{n}").status_code for n in range(31)] == [404] * 30 + [429]


def test_a_token_does_what_its_scopes_and_its_maker_may(client_of: ClientOf) -> None:
    """R-62: never more than its maker has now, and never the account itself."""
    editor, robot = client_of("editor"), client_of("nobody")
    made = editor.post(f"{API}/tokens", json={"title": "выгрузка", "scopes": ["read", "edit"]}).json()
    robot.headers["Authorization"] = f"Bearer {made['secret']}"
    assert made["secret"].startswith("tropa_")
    assert made["secret"].endswith(made["ending"])
    me = robot.get(f"{API}/me").json()
    assert (me["kind"], me["name"], me["rights"]) == ("token", "Editor · выгрузка", ["public", "read", "edit"])
    assert robot.get(f"{API}/people").status_code == 200
    for path in ("/tokens", "/me/logins", "/audit"):
        assert robot.get(API + path).status_code == 403
    listed = editor.get(f"{API}/tokens").json()["items"]
    assert [(one["title"], one["secret"]) for one in listed] == [("выгрузка", None)]
    assert listed[0]["used_at"] is not None


def test_a_token_cannot_be_given_more_than_one_has(client_of: ClientOf) -> None:
    """R-62."""
    for scope in ("manage", "reveal"):
        answer = client_of("editor").post(f"{API}/tokens", json={"title": "x", "scopes": ["read", scope]})
        assert answer.json()["code"] == "TR-W114"
    for scopes in ([], ["self"], ["public"], ["everything"]):
        answer = client_of("owner").post(f"{API}/tokens", json={"title": "x", "scopes": scopes})
        assert answer.status_code == 400


def test_a_token_ends_at_its_time_and_when_it_is_taken_back(client_of: ClientOf, clock: Clock, desk: Desk) -> None:
    """R-62."""
    editor, heard = client_of("editor"), []
    desk.on_access_changed(heard.append)
    ends = (clock() + timedelta(days=1)).isoformat()
    short = editor.post(f"{API}/tokens", json={"title": "a", "scopes": ["read"], "expires_at": ends}).json()
    long = editor.post(f"{API}/tokens", json={"title": "b", "scopes": ["read"]}).json()
    robots = []
    for made in (short, long):
        robot = client_of("nobody")
        robot.headers["Authorization"] = f"Bearer {made['secret']}"
        robots.append(robot)
    assert [robot.get(f"{API}/people").status_code for robot in robots] == [200, 200]
    clock.move(days=1)
    assert [robot.get(f"{API}/people").status_code for robot in robots] == [401, 200]
    assert client_of("owner").delete(f"{API}/tokens/{long['id']}").status_code == 404
    assert editor.delete(f"{API}/tokens/{long['id']}").status_code == 204
    assert [robot.get(f"{API}/people").status_code for robot in robots] == [401, 401]
    assert heard == [AccessChange(token_id=long["id"])]


def test_no_secret_is_kept_as_it_is(client_of: ClientOf, desk: Desk, people: dict[str, Person]) -> None:
    """ASVS 2.10, 6: whoever copies the database can neither sign in nor open a link."""
    owner = client_of("owner")
    _, link = share(owner, password="сезам")
    token = owner.post(f"{API}/tokens", json={"title": "x", "scopes": ["read"]}).json()["secret"]
    invitation = owner.post(f"{API}/invitations", json={"role": "viewer"}).json()["url"].rsplit("/", 1)[1]
    renew = owner.post(f"{API}/people/{people['viewer'].id}/link").json()["url"].rsplit("/", 1)[1]
    login = owner.cookies[cookies.LOGIN]
    kept = b"".join(file.read_bytes() for file in desk.workspace.folder.glob("tropa.db*"))
    for secret in (link, token, invitation, renew, login, "сезам", owner.headers["X-CSRF-Token"]):
        assert secret.encode() not in kept, secret


def test_a_connection_that_stays_open_can_ask_again(client_of: ClientOf, desk: Desk, people: dict[str, Person]) -> None:
    """R-60: what rooms do at each message and after each change."""
    from tropa.service.knowing import Credential, know

    editor = client_of("editor")
    known = know(desk, (Credential("login", editor.cookies[cookies.LOGIN]),), "here")
    assert still(desk, known) == known.actor
    client_of("owner").patch(f"{API}/people/{people['editor'].id}", json={"role": "viewer"})
    assert still(desk, known).role == "viewer"
    editor.post(f"{API}/logout")
    assert still(desk, known).kind == "nobody"


def test_a_shared_map_can_be_shown_inside_another_site(client_of: ClientOf, clock: Clock) -> None:
    """R-60: a picture and its words, in any frame, without script or cookie; not with a password, not after it is revoked."""
    owner, visitor = client_of("owner"), client_of("nobody")
    share_id, token = share(owner)
    _, closed = share(owner, password="сезам")
    page = visitor.get(f"/embed/{token}", params={"lang": "ru"})
    assert page.status_code == 200
    assert "x-frame-options" not in page.headers
    assert "frame-ancestors" not in page.headers["content-security-policy"]
    assert "script" not in page.text
    assert "set-cookie" not in page.headers
    source = html.unescape(re.search('src="([^"]+)"', page.text)[1])  # type: ignore[index]
    assert "Спортпит" in page.text
    drawn = visitor.get(source)
    assert drawn.headers["content-type"].startswith("image/svg+xml")
    assert drawn.content.startswith(b"<svg")
    assert "sandbox" in drawn.headers["content-security-policy"]
    assert visitor.get(f"/embed/{closed}").json()["code"] == "TR-W111"
    owner.delete(f"{API}/maps/{MAP}/shares/{share_id}")
    assert [visitor.get(path).status_code for path in (f"/embed/{token}", source)] == [404, 404]


def test_many_may_look_at_the_same_good_link(client_of: ClientOf) -> None:
    """R-60: an office behind one address is no attacker."""
    _, token = share(client_of("owner"))
    guest = client_of("nobody")
    assert {guest.get(f"{API}/shared/{token}").status_code for _ in range(40)} == {200}
