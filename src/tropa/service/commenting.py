"""Talk in the margin of a map: threads at an address, answers, mentions, resolved (R-60)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tropa.model import TropaError
from tropa.model.access import Actor, Right
from tropa.service import hooks, limits, notifying, talking
from tropa.service.desk import Desk
from tropa.service.maps import author_of

if TYPE_CHECKING:
    from tropa.store import Connection
    from tropa.store.comments import Comment


@dataclass(frozen=True)
class Thread:
    """A comment and what was answered to it, the oldest first."""

    first: Comment
    answers: tuple[Comment, ...]


@dataclass(frozen=True)
class Mentionable:
    """Somebody who may read the map, and so may be mentioned."""

    id: str
    name: str


def threads(
    desk: Desk, who: Actor, map_id: str, *, address: str | None, resolved: bool | None, after: str | None, limit: int
) -> tuple[list[Thread], str | None]:
    """A page of threads, the oldest first, and where the next one begins."""
    from tropa.store import comments

    who.require(Right.READ, map_id)
    desk.living.row(desk, map_id)
    with desk.store.read() as c:
        found = comments.threads(c, map_id, address=address, resolved=resolved, after=after, limit=limit + 1)
        page = found[:limit]
        answers = comments.replies(c, [one.id for one in page])
    by_thread: dict[str, list[Comment]] = {one.id: [] for one in page}
    for one in answers:
        by_thread[one.thread_id].append(one)
    following = page[-1].id if len(found) > limit else None
    return [Thread(one, tuple(by_thread[one.id])) for one in page], following


def open_by_address(desk: Desk, who: Actor, map_id: str) -> dict[str, int]:
    """How many open threads stand at each address."""
    from tropa.store import comments

    who.require(Right.READ, map_id)
    with desk.store.read() as c:
        return comments.open_by_address(c, map_id)


def mentionable(desk: Desk, who: Actor, map_id: str) -> list[Mentionable]:
    """Who may be mentioned: everybody with an account who may read the map. A guest is not told who the team is, and mentions nobody."""
    from tropa.store import people

    who.require(Right.COMMENT, map_id)
    if who.kind == "guest":
        return []
    with desk.store.read() as c:
        return [Mentionable(person.id, person.name) for person, _ in people.team_of(c, map_id)]


def say_something(
    desk: Desk, who: Actor, map_id: str, text: str, *, address: str, thread: str | None, mentions: tuple[str, ...]
) -> Comment:
    """A new comment at an address, or an answer in a thread.

    Raises TR-A003 (no such thread), TR-A005 (too many in a row), TR-W230 (mentioned who may not read).
    """
    from tropa.store import comments
    from tropa.store.comments import Comment

    who.require(Right.COMMENT, map_id)
    if who.kind != "local":
        desk.limits.take(limits.COMMENTS, who.who, desk.clock())
    title = desk.living.current(desk, map_id)[1].title
    with desk.store.begin() as c:
        first = None if thread is None else comments.find(c, map_id, thread)
        if thread is not None and (first is None or first.id != first.thread_id):
            raise TropaError("TR-A003", name=thread)
        _only_readers(c, who, map_id, mentions)
        own = desk.new_id()
        at_address = address if first is None else first.address
        made = Comment(own, map_id, thread or own, at_address, text, mentions, author_of(who), desk.clock())
        comments.add(c, made)
        if first is not None and first.resolved_at is not None:
            comments.resolve(c, first.id, None, None)
        notifying.tell(desk, c, who, made, title)
        hooks.tell(desk, c, "comment.made", {"map": map_id, "comment": made.id, "address": at_address, "by": who.name})
        told = _now(c, map_id, first.id if first is not None and first.resolved_at is not None else None, own)
    desk.wake.ring("outbox")
    talking.tell(desk, *told)
    return made


def change(
    desk: Desk, who: Actor, map_id: str, comment_id: str, *, text: str | None, mentions: tuple[str, ...] | None,
    resolved: bool | None,
) -> Comment:  # fmt: skip
    """Another text for one's own comment; a thread resolved or opened again by anybody who may comment."""
    from tropa.store import comments

    who.require(Right.COMMENT, map_id)
    title = desk.living.current(desk, map_id)[1].title
    with desk.store.begin() as c:
        found = _found(c, map_id, comment_id)
        if text is not None or mentions is not None:
            if found.author.who != who.who:
                raise TropaError("TR-A002", right=Right.COMMENT.value)
            named = found.mentions if mentions is None else mentions
            _only_readers(c, who, map_id, named)
            comments.edit(c, comment_id, found.text if text is None else text, named, desk.clock())
            notifying.tell(desk, c, who, _found(c, map_id, comment_id), title)
        if resolved is not None:
            thread = found.thread_id
            comments.resolve(c, thread, desk.clock() if resolved else None, who.name if resolved else None)
            if resolved:
                hooks.tell(desk, c, "comment.resolved", {"map": map_id, "comment": thread, "by": who.name})
        made = _found(c, map_id, comment_id)
        told = _now(c, map_id, comment_id, found.thread_id if resolved is not None else None)
    desk.wake.ring("outbox")
    talking.tell(desk, *told)
    return made


def remove(desk: Desk, who: Actor, map_id: str, comment_id: str) -> None:
    """Takes away one's own comment; an owner any. Answers to it stay."""
    from tropa.service import auditing
    from tropa.store import comments

    who.require(Right.COMMENT, map_id)
    with desk.store.begin() as c:
        found = _found(c, map_id, comment_id)
        if found.author.who != who.who and not who.may(Right.MANAGE):
            raise TropaError("TR-A002", right=Right.MANAGE.value)
        comments.remove(c, comment_id, desk.clock())
        if found.author.who != who.who:
            auditing.note(desk, c, who, "comment-removed", map_id, comment=comment_id, by=found.author.name)
        told = _now(c, map_id, comment_id)
    talking.tell(desk, *told)


def _now(c: Connection, map_id: str, *ids: str | None) -> list[Comment]:
    """These comments as they are kept after a change, in the order of their numbers."""
    from tropa.store import comments

    found = (comments.look(c, map_id, one) for one in dict.fromkeys(ids) if one is not None)
    return sorted((one for one in found if one is not None), key=lambda one: one.change)


def _found(c: Connection, map_id: str, comment_id: str) -> Comment:
    from tropa.store import comments

    found = comments.find(c, map_id, comment_id)
    if found is None:
        raise TropaError("TR-A003", name=comment_id)
    return found


def _only_readers(c: Connection, who: Actor, map_id: str, mentions: tuple[str, ...]) -> None:
    from tropa.store import people

    if mentions:
        readers = set() if who.kind == "guest" else {person.id for person, _ in people.team_of(c, map_id)}
        for user_id in mentions:
            if user_id not in readers:
                raise TropaError("TR-W230", name=user_id)
