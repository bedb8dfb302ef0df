"""Second factors, recovery codes, showing again who one is, rules of signing in, letters about one's account (R-60)."""

from __future__ import annotations

import base64
import logging
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tropa.model.access import LOCAL
from tropa.service import notifying, one_time, serving
from tropa.service.desk import Desk
from tropa.service.notifying import Post
from tropa.store import account_letters, factors
from tropa.store.people import Person
from tropa.web import make_app
from web_desk import MAP, PASSWORD, ClientOf, Clock

RFC = base64.b32encode(b"12345678901234567890").decode()
API = "/api/v1"


@pytest.mark.parametrize(
    ("at", "digits"),
    [
        (59, "94287082"), (1111111109, "07081804"), (1111111111, "14050471"), (1234567890, "89005924"),
        (2000000000, "69279037"), (20000000000, "65353130"),
    ],
)  # fmt: skip
def test_the_numbers_of_rfc_6238(at: int, digits: str) -> None:
    """R-60: appendix B of the RFC, SHA-1."""
    assert one_time.code_of(RFC, at // one_time.STEP_S, 8) == digits
    assert one_time.code_of(RFC, at // one_time.STEP_S) == digits[2:]


@pytest.mark.parametrize("count", range(10))
def test_the_numbers_of_rfc_4226(count: int) -> None:
    """R-60: appendix D of the RFC."""
    told = ("755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489")
    assert one_time.code_of(RFC, count) == told[count]


def test_an_authenticator_reads_the_address() -> None:
    """R-60: issuer and account are told, and the squares are a code of that address."""
    address = one_time.address_of(RFC, "анна@x.ru")
    assert address.startswith("otpauth://totp/Tropa:%D0%B0")
    assert f"secret={RFC}" in address
    rows = one_time.squares_of(address)
    assert len(rows) == len(rows[0])
    assert rows[0].startswith("1111111")


def now(desk: Desk, client: TestClient, secret: str) -> str:
    return one_time.code_of(secret, one_time.step_of(desk.clock()))


def set_up(desk: Desk, client: TestClient) -> tuple[str, list[str]]:
    """The secret and the recovery codes of a second factor that works."""
    secret = client.post(f"{API}/me/second-factor").json()["secret"]
    answer = client.post(f"{API}/me/second-factor/confirmation", json={"code": now(desk, client, secret)})
    assert answer.status_code == 201, answer.text
    return secret, answer.json()["codes"]


def sign_in(client: TestClient, role: str, code: str | None = None) -> Any:
    body = {"email": f"{role}@example.org", "password": PASSWORD, **({"code": code} if code else {})}
    return client.post(f"{API}/login", json=body)


def test_signing_in_takes_the_code(desk: Desk, client_of: ClientOf, clock: Clock) -> None:
    """R-60: asked only after the right password; no code counts twice; a phone's clock may be half a minute off."""
    secret, _ = set_up(desk, client_of("editor"))
    clock.move(minutes=2)
    stranger = client_of("nobody")
    assert sign_in(stranger, "editor").json()["code"] == "TR-W150"
    wrong = stranger.post(
        f"{API}/login", json={"email": "editor@example.org", "password": "совсем не тот", "code": "123456"}
    )
    assert wrong.json()["code"] == "TR-W102"
    assert sign_in(stranger, "editor", "000000").json()["code"] == "TR-W151"
    code = now(desk, stranger, secret)
    late = one_time.code_of(secret, one_time.step_of(clock()) - 3)
    assert sign_in(stranger, "editor", late).json()["code"] == "TR-W151"
    assert sign_in(stranger, "editor", f"{code[:3]} {code[3:]}").status_code == 200
    assert sign_in(client_of("nobody"), "editor", code).json()["code"] == "TR-W151", "used already"
    before = one_time.code_of(secret, one_time.step_of(clock()) - 1)
    assert sign_in(client_of("nobody"), "editor", before).json()["code"] == "TR-W151", (
        "older than the one that was used"
    )
    clock.move(seconds=30)
    assert sign_in(client_of("nobody"), "editor", now(desk, stranger, secret)).status_code == 200


def test_guessing_codes_is_slow(desk: Desk, client_of: ClientOf) -> None:
    """R-60: a handful of tries, wherever from."""
    set_up(desk, client_of("editor"))
    stranger = client_of("nobody")
    codes = [sign_in(stranger, "editor", f"{n:06d}").json()["code"] for n in range(12)]
    assert set(codes) == {"TR-W151", "TR-A005"}
    assert codes.count("TR-W151") <= 8


def test_recovery_codes_work_once(desk: Desk, client_of: ClientOf, clock: Clock, people: dict[str, Person]) -> None:
    """R-60: without the phone; only their digests are kept; new ones end the old."""
    editor = client_of("editor")
    _secret, codes = set_up(desk, editor)
    assert len(set(codes)) == 10
    with desk.store.read() as c:
        kept = " ".join(c.exec_driver_sql("SELECT secret FROM recovery_code").scalars())
    assert not any(one in kept or one_time.plain(one) in kept for one in codes)
    assert sign_in(client_of("nobody"), "editor", codes[0].upper()).status_code == 200
    assert sign_in(client_of("nobody"), "editor", codes[0]).json()["code"] == "TR-W151"
    assert editor.get(f"{API}/me/second-factor").json() == {"on": True, "codes_left": 9, "required": False}
    fresh = editor.post(f"{API}/me/second-factor/codes").json()["codes"]
    assert sign_in(client_of("nobody"), "editor", codes[1]).json()["code"] == "TR-W151"
    assert sign_in(client_of("nobody"), "editor", fresh[1]).status_code == 200
    assert editor.post(f"{API}/me/second-factor").json()["code"] == "TR-W154"
    assert editor.delete(f"{API}/me/second-factor").status_code == 204
    assert sign_in(client_of("nobody"), "editor").status_code == 200


def test_a_secret_that_was_never_tried_is_not_asked_for(desk: Desk, client_of: ClientOf) -> None:
    """R-60: a page closed half way locks nobody out; the next offer is another secret."""
    editor = client_of("editor")
    first = editor.post(f"{API}/me/second-factor").json()["secret"]
    assert sign_in(client_of("nobody"), "editor").status_code == 200
    second = editor.post(f"{API}/me/second-factor").json()["secret"]
    assert first != second
    wrong = editor.post(f"{API}/me/second-factor/confirmation", json={"code": now(desk, editor, first)})
    assert wrong.json()["code"] == "TR-W151"


def test_an_owner_asks_it_of_everybody(desk: Desk, client_of: ClientOf) -> None:
    """R-60: who has none can do nothing but set one up; their tokens rest; the owner must have one first."""
    owner, editor, token = client_of("owner"), client_of("editor"), client_of("token")
    wanted = {"second_factor": "everybody"}
    assert owner.put(f"{API}/policy", json=wanted).json()["code"] == "TR-W158"
    assert editor.put(f"{API}/policy", json=wanted).json()["code"] == "TR-A002"
    set_up(desk, owner)
    assert owner.put(f"{API}/policy", json=wanted).status_code == 200
    assert owner.get(f"{API}/policy").json() == wanted
    assert owner.get(f"{API}/maps/{MAP}").status_code == 200
    assert token.get(f"{API}/maps/{MAP}").status_code == 200, "the owner's token: the owner has one"
    assert editor.get(f"{API}/maps/{MAP}").json()["code"] == "TR-W153"
    assert editor.get(f"{API}/me").json()["needs_second_factor"] is True
    assert client_of("guest").get(f"{API}/maps/{MAP}").status_code == 200, "share links are not accounts"
    set_up(desk, editor)
    assert editor.get(f"{API}/maps/{MAP}").status_code == 200
    assert editor.get(f"{API}/me").json()["needs_second_factor"] is False
    assert owner.put(f"{API}/policy", json={"second_factor": "optional"}).status_code == 200
    assert client_of("viewer").get(f"{API}/maps/{MAP}").status_code == 200


GRAVE = (
    ("POST", "/me/second-factor", None), ("DELETE", "/me/second-factor", None), ("POST", "/me/second-factor/codes", None),
    ("PUT", "/policy", {"second_factor": "optional"}), ("POST", "/tokens", {"title": "t", "scopes": ["read"]}),
    ("POST", "/webhooks", {"url": "https://example.org/", "events": ["map.changed"]}),
    ("DELETE", "/people/{viewer}", None), ("PATCH", "/people/{viewer}", {"role": "owner"}), ("POST", "/people/{viewer}/link", None),
    ("DELETE", "/people/{viewer}/second-factor", None), ("POST", "/customers/abc/erasure", {"names": []}),
)  # fmt: skip


def test_grave_acts_ask_again_who_it_is(
    desk: Desk, client_of: ClientOf, clock: Clock, people: dict[str, Person]
) -> None:
    """R-60: a quarter of an hour after signing in; the password lets through for another quarter; every such door."""
    owner = client_of("owner")
    clock.move(minutes=16)
    fresh_doors = {
        (method.upper(), path)
        for path, methods in make_app(desk).openapi().get("paths", {}).items()
        for method, told in methods.items()
        if told.get("x-fresh")
    }
    assert len(fresh_doors) >= len(GRAVE)
    for method, path, body in GRAVE:
        answer = owner.request(method, API + path.format(viewer=people["viewer"].id), json=body)
        assert answer.json()["code"] == "TR-W152", (method, path, answer.text)
    assert owner.post(f"{API}/me/proof", json={"password": "совсем не тот"}).json()["code"] == "TR-W110"
    assert owner.post(f"{API}/me/proof", json={"password": PASSWORD}).status_code == 204
    assert owner.post(f"{API}/tokens", json={"title": "t", "scopes": ["read"]}).status_code == 201
    clock.move(minutes=16)
    assert owner.post(f"{API}/tokens", json={"title": "t", "scopes": ["read"]}).json()["code"] == "TR-W152"


def test_showing_who_one_is_takes_the_code_too(desk: Desk, client_of: ClientOf, clock: Clock) -> None:
    """R-60: a stolen password is not enough for grave acts either."""
    owner = client_of("owner")
    secret, _ = set_up(desk, owner)
    clock.move(minutes=16)
    assert owner.post(f"{API}/me/proof", json={"password": PASSWORD}).json()["code"] == "TR-W150"
    shown = {"password": PASSWORD, "code": now(desk, owner, secret)}
    assert owner.post(f"{API}/me/proof", json=shown).status_code == 204
    assert owner.delete(f"{API}/me/second-factor").status_code == 204


def test_who_lost_phone_and_codes_is_helped(desk: Desk, client_of: ClientOf, people: dict[str, Person]) -> None:
    """R-60: by an owner, or at the machine itself."""
    set_up(desk, client_of("editor"))
    owner = client_of("owner")
    assert client_of("viewer").delete(f"{API}/people/{people['editor'].id}/second-factor").json()["code"] == "TR-A002"
    assert owner.delete(f"{API}/people/{people['editor'].id}/second-factor").status_code == 204
    assert sign_in(client_of("nobody"), "editor").status_code == 200
    set_up(desk, owner)
    serving.renewal_link(desk, "owner@example.org")
    with desk.store.read() as c:
        assert factors.of(c, people["owner"].id) is None


def test_a_link_for_a_forgotten_password_takes_the_code(
    desk: Desk, client_of: ClientOf, people: dict[str, Person]
) -> None:
    """R-60: who got hold of the link only does not come in; the link stays good for who has the code."""
    _, codes = set_up(desk, client_of("editor"))
    url = client_of("owner").post(f"{API}/people/{people['editor'].id}/link").json()["url"]
    path = "/enter/" + url.rpartition("/")[2]
    stranger = client_of("nobody")
    origin = {"origin": "http://testserver"}
    first = stranger.post(path, headers=origin, follow_redirects=False)
    assert first.status_code == 401
    assert 'name="code"' in first.text
    assert stranger.post(path, data={"code": "000000"}, headers=origin, follow_redirects=False).status_code == 401
    assert stranger.post(path, data={"code": codes[3]}, headers=origin, follow_redirects=False).status_code == 303


def test_letters_about_ones_own_account(desk: Desk, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-60: a new password, another address, a second factor made or gone: whose account it is hears of it, at the address before."""
    posted = replace(desk, post=Post("smtp+plain://localhost", "tropa@example.org", "https://cjm.example.org"))
    editor = client_of("editor")
    editor.app.state.desk = posted  # type: ignore[attr-defined]
    set_up(posted, editor)
    assert editor.delete(f"{API}/me/second-factor").status_code == 204
    assert editor.patch(f"{API}/me", json={"email": "new@example.org", "password": PASSWORD}).status_code == 200
    changed = editor.post(f"{API}/me/password", json={"current": PASSWORD, "password": "другие четыре слова тут"})
    assert changed.status_code == 200
    with desk.store.read() as c:
        letters = account_letters.LETTERS.letters(c)
    assert sorted(one.recipient for one in letters) == ["editor@example.org"] * 3 + ["new@example.org"]
    assert all("cjm.example.org/settings" in one.body for one in letters)
    sent: list[str] = []
    monkeypatch.setattr(notifying, "send", lambda post, letter: sent.append(letter.subject))
    assert notifying.deliver(posted) == 4
    assert len(sent) == 4
    assert notifying.deliver(posted) == 0


def test_what_matters_is_in_the_process_log_too(client_of: ClientOf, caplog: pytest.LogCaptureFixture) -> None:
    """R-64: whoever can change the database does not change what the system's log has kept."""
    with caplog.at_level(logging.INFO, "tropa.audit"):
        client_of("owner").post(f"{API}/tokens", json={"title": "t", "scopes": ["read"]})
    told = [
        record
        for record in caplog.records
        if record.name == "tropa.audit" and getattr(record, "act", "") == "token-made"
    ]
    assert len(told) == 1
    assert LOCAL.who not in str(getattr(told[0], "by", ""))


@pytest.mark.parametrize(
    "easy", ["trustno1trustno1"[:8] + "12", "liverpool1", "Chelsea!!!", "basketball", "1q2w3e4r5t", "jennifer12"]
)
def test_passwords_met_in_leaks_are_refused(client_of: ClientOf, easy: str) -> None:
    """R-60: thirty thousand of them, with digits and signs behind."""
    answer = client_of("editor").post(f"{API}/me/password", json={"current": PASSWORD, "password": easy})
    assert answer.json()["code"] in ("TR-W105", "TR-W104"), easy
