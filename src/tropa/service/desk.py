"""What a running server holds in its hands: the workspace, the database, the clock. Use cases take it as their first argument."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Generic, TypeVar

from tropa.service.limits import Limiter
from tropa.service.living import Living
from tropa.service.workspace import Workspace

if TYPE_CHECKING:
    from tropa.service.notifying import Post
    from tropa.store import Store

News = TypeVar("News")


class Bell(Generic[News]):
    """Tells whoever listens. Rung after the database has the change, in the thread that made it."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[News], None]] = []

    def listen(self, callback: Callable[[News], None]) -> Callable[[], None]:
        """From now on calls back with each piece of news; the result ends that."""
        self._listeners = [*self._listeners, callback]

        def end() -> None:
            self._listeners = [one for one in self._listeners if one is not callback]

        return end

    def ring(self, news: News) -> None:
        """Calls all listeners, in the order they came."""
        for callback in self._listeners:
            callback(news)


@dataclass(frozen=True)
class AccessChange:
    """Somebody's rights changed or ended: whoever keeps a connection open asks again who that is (`knowing.still`).

    Exactly what changed is named; the rest is None. `map_id` beside `user_id`: only the role in that map changed.
    """

    user_id: str | None = None
    login_id: str | None = None
    share_id: str | None = None
    token_id: str | None = None
    map_id: str | None = None


@dataclass(frozen=True)
class Desk:
    """Collaborators of every use case of the server; nothing in it changes while it runs."""

    workspace: Workspace
    store: Store
    clock: Callable[[], datetime]
    """Now, aware, UTC."""
    new_id: Callable[[], str]
    """A fresh random id: 22 letters and digits that nobody can guess."""
    access_changed: Bell[AccessChange] = field(default_factory=Bell)
    stopping: Bell[str] = field(default_factory=Bell)
    """Rung once when the server is about to stop, with the reason: jobs end at their next safe place."""

    limits: Limiter = field(default_factory=Limiter)
    """How often somebody tried."""
    living: Living = field(default_factory=Living)
    """The live maps: what they say now, and the way to change them."""
    post: Post | None = None
    """Where letters are handed over; None: no letters are written."""
    private_hooks: bool = False
    """Whether webhooks may lead into this machine and private networks."""
    wake: Bell[str] = field(default_factory=Bell)
    """Rung when there is something in an outbox."""

    def on_access_changed(self, callback: Callable[[AccessChange], None]) -> Callable[[], None]:
        """Calls back after each change of rights (from any thread); the result ends that."""
        return self.access_changed.listen(callback)

    def on_stopping(self, callback: Callable[[str], None]) -> Callable[[], None]:
        """Calls back when the server is about to stop; the result ends that."""
        return self.stopping.listen(callback)
