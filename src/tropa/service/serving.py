"""Making ready to serve: the workspace, its database, the lock that keeps a second server away, the first owner's link (R-63)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit, urlunsplit

from tropa.model import TropaError, Where
from tropa.model.access import LOCAL, Role
from tropa.service import accounts, second_factor, signing_in
from tropa.service.desk import Desk
from tropa.service.notifying import Post
from tropa.service.workspace import create_workspace

DATABASE = "tropa.db"
LOCK = ".tropa-serve.lock"
DEMO_EMAIL = "sergey@demo.tropa"


@dataclass(frozen=True, slots=True)
class Settings:
    """How to serve. `database`: a URL (None: a file in the workspace); `post`: where letters are handed over (None: none are
    written); `private_hooks`: whether webhooks may lead into this machine and private networks."""

    database: str | None = None
    post: Post | None = None
    private_hooks: bool = False


@contextmanager
def open_desk(
    folder: Path, clock: Callable[[], datetime], new_id: Callable[[], str], settings: Settings
) -> Iterator[Desk]:
    """A desk on the workspace in `folder` (made where there is none), its database brought up to date.

    Raises TR-S004 (a file is in the way), TR-W119 and TR-W122 (the database), TR-W120 (another server serves the folder).
    """
    from tropa.store import open_store

    workspace = create_workspace(folder)
    with only_server(folder):
        store = open_store(settings.database or workspace.folder / DATABASE)
        try:
            yield Desk(workspace, store, clock, new_id, post=settings.post, private_hooks=settings.private_hooks)
        finally:
            store.close()


@contextmanager
def desk_to_work_on(
    folder: Path, clock: Callable[[], datetime], new_id: Callable[[], str], database: str | None
) -> Iterator[Desk]:
    """A desk for one piece of work on a workspace that nobody serves; one that was never served gets no database by it.

    Raises TR-S001 (no workspace), TR-W119 and TR-W122 (the database), TR-W120 (a server is at work: do it in the app).
    """
    from tempfile import TemporaryDirectory

    from tropa.service.workspace import Workspace, open_workspace
    from tropa.store import open_store

    own = folder / DATABASE
    workspace = Workspace(folder) if own.is_file() else open_workspace(folder)
    with only_server(folder), TemporaryDirectory(ignore_cleanup_errors=True) as nowhere:
        store = open_store(database or (own if own.is_file() else Path(nowhere) / DATABASE))
        desk = Desk(workspace, store, clock, new_id)
        try:
            yield desk
        finally:
            desk.living.end(desk)
            store.close()


@contextmanager
def only_server(folder: Path) -> Iterator[None]:
    """While the block runs nobody else serves the folder. Raises TR-W120 where somebody does already."""
    from filelock import FileLock, Timeout

    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise TropaError("TR-W120", Where(file=str(folder)), folder=str(folder)) from error
    try:
        yield
    finally:
        lock.release()


def require_public_url(url: str) -> str:
    """The address without a slash at its end. Raises TR-W118 where it is not a site's whole address."""
    asked = urlsplit(url)
    if asked.scheme not in ("http", "https") or not asked.netloc or asked.path.strip("/") or asked.query:
        raise TropaError("TR-W118", url=url)
    return url.rstrip("/")


def post_of(url: str, home: str) -> Post:
    """Where letters are handed over: `smtp://name:password@host:587?from=tropa@example.org`. Raises TR-W231 for what is no such address."""
    parts = urlsplit(url)
    sender = parse_qs(parts.query).get("from", [""])[0]
    return Post(urlunsplit(parts._replace(query="")), sender, home).check()


def first_link(desk: Desk) -> str | None:
    """The path of the one-time link with which the first owner makes their account; None where there is an owner."""
    return f"/setup/{accounts.offer_setup(desk)}" if accounts.needs_owner(desk) else None


def renewal_link(desk: Desk, email: str) -> str:
    """The path of a one-time link for who forgot the password, made at the machine itself, which takes their
    second factor away too. Raises TR-A003 for an unknown address."""
    from tropa.store import people

    with desk.store.read() as connection:
        person = people.by_email(connection, email)
    if person is None:
        raise TropaError("TR-A003", name=email)
    second_factor.drop(desk, LOCAL, person.id)  # phone and codes may be lost too
    return f"/enter/{signing_in.offer_link(desk, LOCAL, person.id, purpose='renew', target='/settings')}"


def demo_link(desk: Desk, language: str, target: str) -> str:
    """The path of a one-time link that signs the demo's owner in and shows the page `target`; makes that owner where there is none."""
    from tropa.store import people

    with desk.store.begin() as connection:
        owner = people.by_email(connection, DEMO_EMAIL)
        if owner is None:
            name = "Сергей" if language == "ru" else "Sergey"
            owner = accounts.new_person(
                desk, email=DEMO_EMAIL, name=name, password=None, language=language, role=Role.OWNER
            )
            people.add(connection, owner)
    return f"/enter/{signing_in.offer_link(desk, LOCAL, owner.id, purpose='enter', target=target)}"
