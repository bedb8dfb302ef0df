"""Setting up, signing in and out, one's own account (R-60; ASVS 2 and 3)."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tropa.service import accounts, passwords
from tropa.service.desk import AccessChange, Desk
from tropa.store.people import Person
from tropa.web import cookies, make_app
from web_desk import PASSWORD, ClientOf, Clock

API = "/api/v1"
NEW = {"email": "Sergey@Example.org", "name": "Сергей", "password": "трава у дома зелёная", "language": "ru"}


def code_of(answer: object) -> str:
    """The code of a problem."""
    return str(answer.json()["code"])  # type: ignore[attr-defined]


@pytest.fixture
def empty(desk: Desk) -> TestClient:
    """A visitor of a workspace that nobody owns yet."""
    return TestClient(make_app(desk), raise_server_exceptions=False)


def sign_with(client: TestClient, secret: str) -> None:
    """Puts an old cookie back."""
    client.cookies.clear()
    client.cookies.set(cookies.LOGIN, secret, domain="testserver.local")


def log_in(client: TestClient, who: str = "owner", password: str = PASSWORD) -> object:
    return client.post(f"{API}/login", json={"email": f"{who}@example.org", "password": password})


def test_the_first_owner_comes_by_a_link_that_works_once(desk: Desk, empty: TestClient) -> None:
    """R-60: set-up signs in; the link and any other are no good afterwards."""
    assert empty.get(f"{API}/me").json()["needs_owner"] is True
    token = accounts.offer_setup(desk)
    assert empty.get(f"{API}/setup/{token}").status_code == 204
    answer = empty.post(f"{API}/setup", json={"token": token, **NEW})
    assert answer.status_code == 201
    told = answer.json()
    assert (told["kind"], told["role"], told["name"], told["language"]) == ("user", "owner", "Сергей", "ru")
    assert empty.get(f"{API}/me").json()["id"] == told["id"]
    again = TestClient(empty.app, raise_server_exceptions=False)
    assert code_of(again.post(f"{API}/setup", json={"token": token, **NEW, "email": "b@example.org"})) == "TR-W103"
    late = accounts.offer_setup(desk)
    assert code_of(again.post(f"{API}/setup", json={"token": late, **NEW, "email": "b@example.org"})) == "TR-W103"


def test_a_set_up_link_ends_by_itself_and_by_a_newer_one(desk: Desk, empty: TestClient, clock: Clock) -> None:
    old, new = accounts.offer_setup(desk), accounts.offer_setup(desk)
    assert empty.get(f"{API}/setup/{old}").status_code == 404
    assert empty.get(f"{API}/setup/{new}").status_code == 204
    clock.move(days=7)
    assert empty.get(f"{API}/setup/{new}").status_code == 404


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("коротко", "TR-W104"),
        ("password123", "TR-W105"),
        ("йцукенгшщз", "TR-W105"),
        ("1234567890", "TR-W105"),
        ("aaaaaaaaaaaa", "TR-W105"),
        ("sergey2026!", "TR-W105"),
        ("Пароль-2026-", "TR-W105"),
        ("qwerty1234567", "TR-W105"),
    ],
)
def test_easy_passwords_are_refused(desk: Desk, empty: TestClient, password: str, code: str) -> None:
    """ASVS 2.1.1, 2.1.7: too short, well-known, a row of keys, one's own name."""
    token = accounts.offer_setup(desk)
    answer = empty.post(f"{API}/setup", json={"token": token, **NEW, "password": password})
    assert (answer.status_code, code_of(answer)) == (422, code)
    assert empty.get(f"{API}/setup/{token}").status_code == 204


@pytest.mark.parametrize("password", ["correct horse battery", "трава у дома", "xK9#mQ2$vL", "7291846350182734"])
def test_good_passwords_are_taken(desk: Desk, empty: TestClient, password: str) -> None:
    """ASVS 2.1.9: no rules of composition; any signs, spaces among them."""
    answer = empty.post(f"{API}/setup", json={"token": accounts.offer_setup(desk), **NEW, "password": password})
    assert answer.status_code == 201, answer.json()


def test_signing_in_gives_a_fresh_cookie_and_ends_the_old_sign_in(client_of: ClientOf) -> None:
    """ASVS 3.2.1, 3.4: rotation; HttpOnly, SameSite, whole site."""
    client = client_of("nobody")
    first = log_in(client)
    assert first.status_code == 200
    secret = client.cookies[cookies.LOGIN]
    header = next(line for line in first.headers.get_list("set-cookie") if line.startswith(cookies.LOGIN))
    assert "HttpOnly" in header
    assert "SameSite=lax" in header
    assert "Path=/" in header
    assert client.cookies[cookies.CSRF] == first.json()["csrf"] == cookies.csrf_of(secret)
    client.headers["X-CSRF-Token"] = first.json()["csrf"]
    log_in(client)
    assert client.cookies[cookies.LOGIN] != secret
    sign_with(client, secret)
    assert client.get(f"{API}/me").json()["kind"] == "nobody"


def test_by_https_the_cookie_is_bound_to_the_host(desk: Desk, people: dict[str, Person]) -> None:
    """ASVS 3.4.1, 3.4.4."""
    client = TestClient(make_app(desk, "https://cjm.example.org"), base_url="https://cjm.example.org")
    answer = log_in(client)
    header = next(line for line in answer.headers.get_list("set-cookie") if "tropa_login" in line)
    assert header.startswith("__Host-tropa_login=")
    assert "Secure" in header
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    assert client.get(f"{API}/me").json()["kind"] == "user"


def test_why_somebody_may_not_sign_in_is_not_told(client_of: ClientOf, desk: Desk, people: dict[str, Person]) -> None:
    """ASVS 2.2.1, 3.x: an unknown address, a wrong password and a shut account look the same; the log knows."""
    client, owner = client_of("nobody"), client_of("owner")
    owner.patch(f"{API}/people/{people['viewer'].id}", json={"disabled": True})
    answers = [
        log_in(client, "nobody-here"),
        log_in(client, "owner", "не тот пароль совсем"),
        log_in(client, "viewer"),
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text for answer in answers}) == 1
    told = [entry["subject"] for entry in owner.get(f"{API}/audit", params={"act": "login-refused"}).json()["items"]]
    assert told == [people["viewer"].id, people["owner"].id, ""]


def test_an_unknown_address_takes_as_long_as_a_wrong_password(
    monkeypatch: pytest.MonkeyPatch, client_of: ClientOf
) -> None:
    """ASVS 2.2.1: the hash is computed either way."""
    asked: list[str] = []
    hasher = passwords._hasher()

    class Counting:
        def verify(self, kept: str, password: str) -> bool:
            asked.append(password)
            return hasher.verify(kept, password)

        def hash(self, password: str) -> str:
            return hasher.hash(password)

    monkeypatch.setattr(passwords, "_hasher", Counting)
    log_in(client_of("nobody"), "nobody-here", "раз два три четыре")
    assert asked == ["раз два три четыре"]


def test_guessing_is_slow(client_of: ClientOf, clock: Clock) -> None:
    """ASVS 2.2.1: eight tries for an address in ten minutes, then even the right password waits."""
    client = client_of("nobody")
    for _ in range(8):
        assert log_in(client, password="не тот пароль совсем").status_code == 401
    answer = log_in(client)
    assert (answer.status_code, code_of(answer)) == (429, "TR-A005")
    assert "10 min" in answer.json()["fix"] or "600" in answer.json()["fix"]
    assert log_in(client, "editor").status_code == 200
    clock.move(minutes=10)
    assert log_in(client_of("nobody")).status_code == 200


def test_one_place_may_not_try_many_accounts(client_of: ClientOf) -> None:
    """ASVS 2.2.1: guessing over many addresses is slow too."""
    client = client_of("nobody")
    seen = [log_in(client, f"person{n}", "не тот пароль совсем").status_code for n in range(41)]
    assert seen == [401] * 40 + [429]


def test_signing_out_ends_the_sign_in_on_the_server(client_of: ClientOf) -> None:
    """ASVS 3.3.1: the old cookie is worth nothing."""
    client = client_of("editor")
    secret = client.cookies[cookies.LOGIN]
    assert client.post(f"{API}/logout").status_code == 204
    assert cookies.LOGIN not in client.cookies
    sign_with(client, secret)
    assert client.get(f"{API}/me").json()["kind"] == "nobody"


@pytest.mark.parametrize(("step", "steps", "kind"), [(13, 6, "user"), (14, 1, "nobody"), (13, 7, "nobody")])
def test_sign_ins_end_by_themselves(client_of: ClientOf, clock: Clock, step: int, steps: int, kind: str) -> None:
    """ASVS 3.3.2: after 14 days without a visit, and after 90 days whatever."""
    client = client_of("editor")
    for _ in range(steps):
        clock.move(days=step)
        told = client.get(f"{API}/me").json()["kind"]
    assert told == kind


def test_sign_ins_are_listed_and_ended_one_by_one(client_of: ClientOf, desk: Desk) -> None:
    """ASVS 3.3.4; rooms hear of it."""
    here, there = client_of("editor"), client_of("editor")
    heard: list[AccessChange] = []
    desk.on_access_changed(heard.append)
    found = here.get(f"{API}/me/logins").json()["items"]
    assert sorted(one["current"] for one in found) == [False, True]
    other = next(one["id"] for one in found if not one["current"])
    assert here.delete(f"{API}/me/logins/{other}").status_code == 204
    assert there.get(f"{API}/me").json()["kind"] == "nobody"
    assert here.delete(f"{API}/me/logins/{other}").status_code == 404
    assert heard == [AccessChange(login_id=other)]


def test_nobody_ends_the_sign_in_of_another(client_of: ClientOf) -> None:
    """R-60: an id is no right."""
    editor, owner = client_of("editor"), client_of("owner")
    theirs = editor.get(f"{API}/me/logins").json()["items"][0]["id"]
    assert owner.delete(f"{API}/me/logins/{theirs}").status_code == 404
    assert editor.get(f"{API}/me").json()["kind"] == "user"


def test_signed_out_everywhere_else(client_of: ClientOf) -> None:
    """ASVS 3.3.3."""
    here, there = client_of("editor"), client_of("editor")
    assert here.delete(f"{API}/me/logins").json() == {"count": 1}
    assert there.get(f"{API}/me").json()["kind"] == "nobody"
    assert here.get(f"{API}/me").json()["kind"] == "user"


def test_a_new_password_ends_all_sign_ins_but_the_one_that_asked(client_of: ClientOf) -> None:
    """ASVS 2.1.5, 2.1.6, 3.3.3: with the current one; the browser that asked gets a fresh cookie."""
    here, there = client_of("editor"), client_of("editor")
    before = here.cookies[cookies.LOGIN]
    wrong = here.post(f"{API}/me/password", json={"current": "не тот пароль совсем", "password": "трава у дома"})
    assert (wrong.status_code, code_of(wrong)) == (403, "TR-W110")
    assert here.post(f"{API}/me/password", json={"password": "трава у дома"}).status_code == 403
    answer = here.post(f"{API}/me/password", json={"current": PASSWORD, "password": "трава у дома"})
    assert answer.status_code == 200
    assert here.cookies[cookies.LOGIN] != before
    assert here.get(f"{API}/me").json()["kind"] == "user"
    assert there.get(f"{API}/me").json()["kind"] == "nobody"
    assert log_in(client_of("nobody"), "editor").status_code == 401
    assert log_in(client_of("nobody"), "editor", "трава у дома").status_code == 200


def test_ones_own_name_language_and_address(client_of: ClientOf) -> None:
    """R-60: the address only with the password, and none that another has."""
    client = client_of("editor")
    told = client.patch(f"{API}/me", json={"name": "Редактор", "language": "ru"}).json()
    assert (told["name"], told["language"]) == ("Редактор", "ru")
    assert client.cookies["tropa_lang"] == "ru"
    assert client.patch(f"{API}/me", json={"email": "new@example.org"}).status_code == 403
    taken = client.patch(f"{API}/me", json={"email": "OWNER@example.org", "password": PASSWORD})
    assert (taken.status_code, code_of(taken)) == (409, "TR-W106")
    told = client.patch(f"{API}/me", json={"email": "new@example.org", "password": PASSWORD}).json()
    assert told["email"] == "new@example.org"
    assert log_in(client_of("nobody"), "new").status_code == 200


def test_a_body_with_an_unknown_field_is_refused(client_of: ClientOf) -> None:
    """ASVS 5.1.2: no mass assignment; the mistake is told."""
    answer = client_of("editor").patch(f"{API}/me", json={"name": "x", "role": "owner"})
    assert (answer.status_code, code_of(answer)) == (400, "TR-A007")
    assert "role" in answer.json()["title"]


def test_an_owner_helps_who_forgot_the_password(client_of: ClientOf, people: dict[str, Person], app: FastAPI) -> None:
    """R-60, ASVS 2.5: a link that works once; looking at it does not use it; the old password and sign-ins end."""
    signed_in = client_of("viewer")
    url = client_of("owner").post(f"{API}/people/{people['viewer'].id}/link").json()["url"]
    path = url.removeprefix("http://testserver")
    visitor = client_of("nobody")
    for _ in range(2):  # a messenger's preview, then the person
        page = visitor.get(path)
        assert page.status_code == 200
        assert "<form" in page.text
        assert "script" not in page.text
    foreign = visitor.post(path, headers={"Origin": "https://evil.example"}, follow_redirects=False)
    assert foreign.status_code == 403
    answer = visitor.post(path, headers={"Origin": "http://testserver"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/settings")
    assert signed_in.get(f"{API}/me").json()["kind"] == "nobody"
    me = visitor.get(f"{API}/me").json()
    assert (me["email"], me["has_password"]) == ("viewer@example.org", False)
    assert log_in(client_of("nobody"), "viewer").status_code == 401
    visitor.headers["X-CSRF-Token"] = me["csrf"]
    assert visitor.post(f"{API}/me/password", json={"password": "трава у дома"}).status_code == 200
    assert client_of("nobody").post(path, follow_redirects=False).status_code == 404


def test_passwords_are_kept_as_argon2id(monkeypatch: pytest.MonkeyPatch) -> None:
    """ASVS 2.4: no weaker than OWASP's least (19 MiB, 2 rounds); salted."""
    monkeypatch.undo()
    one, other = passwords.hashed("трава у дома"), passwords.hashed("трава у дома")
    assert one != other
    _, kind, _, costs, _, _ = one.split("$")
    assert kind == "argon2id"
    memory, rounds, _ = (int(part.split("=")[1]) for part in costs.split(","))
    assert memory >= 19 * 1024
    assert rounds >= 2
    assert passwords.matches(one, "трава у дома")
    assert not passwords.matches(one, "трава у дома ")
    assert not passwords.outdated(one)


def test_a_weaker_hash_is_renewed_at_the_next_sign_in(
    client_of: ClientOf, desk: Desk, people: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    """ASVS 2.4: parameters may grow."""
    from argon2 import PasswordHasher

    from tropa.store import people as store

    stronger = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", lambda: stronger)
    assert log_in(client_of("nobody")).status_code == 200
    with desk.store.read() as connection:
        kept = store.get(connection, people["owner"].id)
    assert kept is not None
    assert "m=16,t=2" in str(kept.password)


def test_an_office_behind_one_address_signs_in(client_of: ClientOf) -> None:
    """R-60: sign-ins that succeed are no guesses."""
    client = client_of("nobody")
    for _ in range(45):
        client.cookies.clear()
        assert log_in(client, "editor").status_code == 200


def test_a_flood_of_sign_ins_does_not_hold_the_server(client_of: ClientOf, monkeypatch: pytest.MonkeyPatch) -> None:
    """ASVS 11.1.4: who waits too long for a turn is told to come again."""
    from threading import BoundedSemaphore

    taken = BoundedSemaphore(1)
    taken.acquire()
    monkeypatch.setattr(passwords, "_AT_ONCE", taken)
    monkeypatch.setattr(passwords, "_PATIENCE_S", 0.01)
    answer = log_in(client_of("nobody"))
    assert (answer.status_code, code_of(answer)) == (429, "TR-A005")
