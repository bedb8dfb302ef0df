"""What the tests of the web app share: a desk, and a browser for each kind of visitor."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from importlib import resources
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tropa.files import write_text
from tropa.model.access import LOCAL, Right, Role
from tropa.service import passwords
from tropa.service.accounts import new_person
from tropa.service.desk import Desk
from tropa.service.knowing import GUEST_LIFETIME
from tropa.service.passwords import digest
from tropa.service.signing_in import Browser, as_person, begin
from tropa.service.tokens import make as make_token
from tropa.service.workspace import create_workspace
from tropa.store import open_store, shares
from tropa.store import people as store_of_people
from tropa.store.people import Person
from tropa.store.shares import Share
from tropa.web import cookies, make_app
from web_desk import MAP, PASSWORD, ClientOf, Clock, Ids
from web_trail import bring_trail


@pytest.fixture
def clock() -> Clock:
    """The desk's clock; `clock.move(days=15)`."""
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """A workspace with Sergey's map, an empty SQLite, a clock that can be moved, ids in a row."""
    workspace = create_workspace(tmp_path / "Мастерская Сергея")
    text = resources.files("tropa.simulate").joinpath("sergey.yaml").read_text(encoding="utf-8")
    write_text(workspace.map_path(), text)
    store = open_store(f"sqlite:///{workspace.folder / 'tropa.db'}")
    made = Desk(workspace, store, clock, Ids())
    yield made
    made.living.end(made)
    store.close()


QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture
def trail(desk: Desk, clock: Clock) -> Desk:
    """The desk ten months later, with the shop's year in it."""
    clock.move(days=300)
    bring_trail(desk)
    return desk


@pytest.fixture(autouse=True)
def quick_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing is slow on purpose; tests that do not look at that need not wait."""
    monkeypatch.setattr(passwords, "_hasher", lambda: QUICK)


@pytest.fixture(scope="session")
def kept_password() -> str:
    """`PASSWORD` as it is kept."""
    return QUICK.hash(PASSWORD)


@pytest.fixture
def people(desk: Desk, kept_password: str) -> dict[str, Person]:
    """One person per role, and `outsider`: an account without any."""
    found: dict[str, Person] = {}
    with desk.store.begin() as connection:
        for name in (*Role, "outsider"):
            role = None if name == "outsider" else Role(name)
            person = new_person(
                desk,
                email=f"{name}@example.org",
                name=str(name).title(),
                password=kept_password,
                language="en",
                role=role,
            )
            store_of_people.add(connection, person)
            found[str(name)] = person
    return found


@pytest.fixture
def app(desk: Desk) -> FastAPI:
    """The app on the desk."""
    return make_app(desk)


@pytest.fixture
def client_of(desk: Desk, app: FastAPI, people: dict[str, Person]) -> Iterator[ClientOf]:
    """A signed-in client: `client_of("owner")`, editor, commenter, viewer, outsider, guest, guest_commenter, nobody, token.

    The guests came by share links of `MAP`. The token is the owner's, with the scopes read and comment; `outsider` has an
    account without any role. All clients talk to one app in one event loop, and send the CSRF value by themselves.
    """
    with ExitStack() as stack:
        first = stack.enter_context(TestClient(app, raise_server_exceptions=False))

        def client(role: str) -> TestClient:
            made = TestClient(app, raise_server_exceptions=False)
            made.portal = first.portal  # one event loop for all, as in the real server
            introduce(made, desk, people, role)
            return made

        yield client


def introduce(client: TestClient, desk: Desk, people: dict[str, Person], role: str) -> None:
    """Gives the client what it needs to come as somebody."""
    owner = as_person(people["owner"], LOCAL)
    if role == "nobody":
        return
    if role == "token":
        scopes = frozenset({Right.READ, Right.COMMENT})
        client.headers["Authorization"] = (
            f"Bearer {make_token(desk, owner, title='robot', scopes=scopes, expires_at=None)[1]}"
        )
    elif role.startswith("guest"):
        kind = Role.COMMENTER if role == "guest_commenter" else Role.VIEWER
        made = Share(desk.new_id(), MAP, desk.new_id(), role, kind, None, owner.id, desk.clock(), None, None)
        with desk.store.begin() as connection:
            shares.add(connection, made)
            guest = shares.Guest(desk.new_id(), digest(f"secret of {role}"), role, desk.clock())
            if shares.guest_by_secret(connection, guest.secret, desk.clock() - GUEST_LIFETIME) is None:
                shares.welcome(connection, guest)
                shares.give_pass(connection, guest.id, made.id)
        sign(client, cookies.GUEST, f"secret of {role}")
    else:
        with desk.store.begin() as connection:
            sign(client, cookies.LOGIN, begin(desk, connection, LOCAL, people[role], Browser("test")).secret)


def sign(client: TestClient, cookie: str, secret: str) -> None:
    """The cookie, and the value that goes with each change."""
    client.cookies.set(cookie, secret, domain="testserver.local")
    client.headers["X-CSRF-Token"] = cookies.csrf_of(secret)
