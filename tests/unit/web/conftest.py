"""What the tests of the web app share: a desk, and a browser for each kind of visitor."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from importlib import resources
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from tropa.files import write_text
from tropa.model.access import NOBODY, Actor, Right, Role
from tropa.service.desk import Desk
from tropa.service.workspace import create_workspace
from tropa.store import open_store
from tropa.web import make_app
from web_desk import MAP, ClientOf, Clock, Ids


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
    yield Desk(workspace, store, clock, Ids())
    store.close()


class _Introduced:
    """The app behind somebody who introduces the visitor (until sign-ins are there)."""

    def __init__(self, app: ASGIApp, actor: Actor) -> None:
        self.app, self.actor = app, actor

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            scope.setdefault("state", {})["actor"] = self.actor
        await self.app(scope, receive, send)


@pytest.fixture
def client_of(desk: Desk) -> Iterator[ClientOf]:
    """A signed-in client: `client_of("owner")`, editor, commenter, viewer, guest, guest_commenter, nobody, token.

    The guest came by a share link of `MAP`. The token has the scopes read and comment. All clients talk to one app.
    """
    app = make_app(desk)
    read = frozenset({Right.READ})
    actors = {
        **{role.value: Actor("user", f"user-{role.value}", role.value.title(), role) for role in Role},
        "guest": Actor("guest", "guest-1", "Guest", None, {MAP: Role.VIEWER}, read),
        "guest_commenter": Actor("guest", "guest-2", "Guest", None, {MAP: Role.COMMENTER}, read | {Right.COMMENT}),
        "token": Actor("token", "token-1", "Robot", Role.OWNER, scopes=read | {Right.COMMENT}),
        "nobody": NOBODY,
    }
    with ExitStack() as stack:
        first = stack.enter_context(TestClient(app))

        def client(role: str) -> TestClient:
            made = TestClient(_Introduced(app, actors[role]), raise_server_exceptions=False)
            made.portal = first.portal  # one event loop for all, as in the real server
            return made

        yield client
