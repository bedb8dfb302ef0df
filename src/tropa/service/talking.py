"""Comments told live: what changed, to everybody in the map's room, and to who comes back from the number they had (R-60).

A comment is durable before it is told. Each change of a comment has a number in its map; whoever sees a number missing asks from the one
before, so that nothing is lost by a cut or by two who were told in the other order.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tropa.service.desk import Desk
    from tropa.store.comments import Comment

PAGE = 200
"""Comments that are told at once to who comes back."""
MOST_NUMBER = 2**31 - 1


def told(one: Comment) -> dict[str, Any]:
    """A comment as the API tells it (`CommentReply`), with its thread's end and the number of the change."""
    return {
        "id": one.id,
        "thread": one.thread_id,
        "address": one.address,
        "text": one.text,
        "mentions": list(one.mentions),
        "author": {"who": one.author.who, "name": one.author.name},
        "at": _moment(one.at),
        "edited_at": None if one.edited_at is None else _moment(one.edited_at),
        "removed": one.deleted_at is not None,
        "resolved_at": None if one.resolved_at is None else _moment(one.resolved_at),
        "resolved_by": one.resolved_by,
        "change": one.change,
    }


def _moment(at: Any) -> str:
    return str(at.isoformat()).replace("+00:00", "Z")


def changes(desk: Desk, map_id: str, after: int) -> bytes:
    """A page of what changed in a map's comments after a number: the JSON of a talk frame.

    `upto` below `after`: the number is of another database (a backup was brought back), so it is asked from 0 again.
    """
    from tropa.store import comments

    after = min(after, MOST_NUMBER)
    with desk.store.read() as c:
        found, last = comments.changes(c, map_id, after, PAGE)
    return _json(after, found[-1].change if len(found) == PAGE else last, last, found)


def tell(desk: Desk, *changed: Comment) -> None:
    """Tells these changes, which are durable, in the rooms of their maps. In any thread."""
    for one in changed:
        desk.living.tell(one.document_id, _json(one.change - 1, one.change, one.change, [one]))


def _json(after: int, upto: int, last: int, found: list[Comment]) -> bytes:
    whole = {"after": after, "upto": upto, "last": last, "comments": [told(one) for one in found]}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()
