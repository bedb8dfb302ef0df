"""The maps of a workspace: listed, made from a template or another map, renamed, put away (R-01, R-08, R-10)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from tropa.model import Map, Stage, TropaError, near_miss, say
from tropa.model.access import Actor, Right, Role
from tropa.service import auditing, hooks
from tropa.service.desk import Desk
from tropa.service.headlines import HEADLINES
from tropa.words import Language, Words

if TYPE_CHECKING:
    from tropa.codec import Document
    from tropa.store import Connection
    from tropa.store.documents import Author, DocumentRow


@dataclass(frozen=True)
class Card:
    """A map as it is listed. `headline`: the finding in one sentence; None until it has been worked out."""

    id: str
    title: str
    kind: str
    language: str
    tags: tuple[str, ...]
    stages: tuple[str, ...]
    file: str
    seq: int
    updated: datetime
    archived: bool
    role: Role | None
    rights: tuple[str, ...]
    open_comments: int
    headline: str | None
    proposal: bool
    simulated: bool
    problem: TropaError | None
    """Why the file could not be read or written, if so."""


@dataclass(frozen=True)
class Settings:
    """What of a map is set from outside the editor; None: as it is. `archived` false brings a map back."""

    title: str | None = None
    language: Language | None = None
    kind: Literal["as-is", "to-be"] | None = None
    tags: tuple[str, ...] | None = None
    archived: bool | None = None


@dataclass(frozen=True)
class Start:
    """What a new map begins as: a template's name, another map's id, or (neither) one empty stage."""

    template: str | None = None
    source: str | None = field(default=None)


def author_of(who: Actor) -> Author:
    """The one who asks, as the log names them."""
    from tropa.store.documents import Author

    return Author(who.who, who.name)


def revised(value: Map, **changes: Any) -> Map:
    """The map with other values in some of its fields, checked as a whole."""
    return Map.model_validate({**dict(value), **changes})


def cards(
    desk: Desk, who: Actor, words: Words, *, after: str | None, limit: int, archived: bool = False
) -> tuple[list[Card], str | None]:
    """A page of the maps that one may read, by id, and where the next one begins."""
    rows = [row for row in desk.living.rows(desk, archived=True) if who.may(Right.READ, row.id)]
    rows = [row for row in rows if (row.archived_at is not None) == archived and (after is None or row.id > after)]
    page = [_card(desk, who, words, row, wait=False) for row in rows[:limit]]
    return page, page[-1].id if len(rows) > limit else None


def card(desk: Desk, who: Actor, words: Words, map_id: str) -> Card:
    """One map."""
    who.require(Right.READ, map_id)
    return _card(desk, who, words, desk.living.row(desk, map_id), wait=True)


def _card(desk: Desk, who: Actor, words: Words, row: DocumentRow, *, wait: bool) -> Card:
    from tropa.store import comments

    seq, value = desk.living.current(desk, row.id)
    with desk.store.read() as c:
        open_threads = sum(comments.open_by_address(c, row.id).values())
    return Card(
        row.id,
        say(value.title, words.lang),
        value.kind,
        value.language,
        value.tags,
        tuple(say(stage.title, words.lang) for stage in value.stages),
        row.file,
        seq,
        row.updated_at,
        row.archived_at is not None,
        who.role_for(row.id),
        tuple(right.value for right in Right if who.may(right, row.id)),
        open_threads,
        HEADLINES.of(desk, row.id, value, words, wait=wait),
        value.proposal,
        value.simulated,
        desk.living.problem(row.id),
    )


def make(desk: Desk, who: Actor, words: Words, start: Start, title: str | None) -> str:
    """A new map; returns its id. Raises TR-S007 for an unknown template, TR-A003 for a source one may not read."""
    from tropa.codec import dumps, loads
    from tropa.codec import templates as shelf

    who.require(Right.EDIT)
    if start.source is not None:
        return duplicate(desk, who, start.source, title, None)
    if start.template is not None:
        if start.template not in shelf.names():
            known = list(shelf.names())
            raise TropaError(
                "TR-S007", name=start.template, near=near_miss(start.template, known), known=", ".join(known)
            )
        text = shelf.text(start.template, words.lang)
    else:
        first = Stage(id="stage-1", title=words("map-first-stage"))
        text = dumps(Map(title=title or words("map-untitled"), language=words.lang, stages=(first,)))
    document = loads(text)
    name = title or say(document.map.title, words.lang)
    with desk.living.making:
        document.update(revised(document.map, title=name, id=_own_name(desk, name)))
        return _add(desk, who, document)


def duplicate(desk: Desk, who: Actor, map_id: str, title: str | None, kind: Literal["as-is", "to-be"] | None) -> str:
    """A copy of a map with its comments in the file; as it is → as it shall be unless said. Returns its id."""
    from tropa.codec import loads

    who.require(Right.READ, map_id)
    who.require(Right.EDIT)
    row = desk.living.row(desk, map_id)
    value = desk.living.current(desk, map_id)[1]
    document = loads(row.written_text, row.file)
    name = title or say(value.title, value.language)
    new_title = value.title if title is None else title
    with desk.living.making:
        own = _own_name(desk, name)
        document.update(revised(value, title=new_title, id=own, kind=kind or "to-be", proposal=False))
        return _add(desk, who, document)


def take_in(desk: Desk, who: Actor, document: Document, name: str) -> str:
    """A document that came from outside as a new map, its file named after `name`. Returns its id."""
    who.require(Right.EDIT)
    with desk.living.making:
        document.update(revised(document.map, id=_own_name(desk, name)))
        return _add(desk, who, document)


def _own_name(desk: Desk, title: str) -> str:
    """A name made from a title that no map of the workspace has, in letters of any alphabet."""
    from tropa.codec.table_shape import new_id

    folder = desk.workspace.folder
    with desk.store.read() as c:
        taken = _taken(c)
    taken |= {path.stem for path in folder.iterdir()}
    return new_id(title, {name.casefold() for name in taken})  # some disks see no difference between Map and map


def _taken(c: Connection) -> set[str]:
    from tropa.store import documents

    known = documents.names(c, archived=True)
    return {*known.values(), *(file.rpartition(".")[0] for file in known)}


def _add(desk: Desk, who: Actor, document: Document) -> str:
    value = document.map
    map_id = desk.living.add(desk, value, document.text(), f"{value.id}.yaml", author_of(who))
    with desk.store.begin() as c:
        auditing.note(desk, c, who, "map-made", map_id, title=say(value.title, value.language))
        hooks.tell(desk, c, "map.made", {"map": map_id, "by": who.name})
    desk.wake.ring("outbox")
    return map_id


def settle(desk: Desk, who: Actor, words: Words, map_id: str, wanted: Settings) -> None:
    """Sets title (in the language asked in), language, kind, tags; puts away or brings back."""
    who.require(Right.EDIT, map_id)
    desk.living.row(desk, map_id)
    if wanted.archived is not None:
        _put_away(desk, who, map_id, archived=wanted.archived)

    def edit(value: Map) -> Map:
        changes: dict[str, Any] = {
            name: found for name in ("language", "kind", "tags") if (found := getattr(wanted, name)) is not None
        }
        if wanted.title is not None:
            old = value.title
            changes["title"] = {**old, words.lang: wanted.title} if isinstance(old, dict) else wanted.title
        return revised(value, **changes)

    desk.living.change(desk, map_id, author_of(who), edit)


def put_away(desk: Desk, who: Actor, map_id: str) -> None:
    """Puts a map away: it is no more listed, and nothing of it is lost."""
    who.require(Right.EDIT, map_id)
    desk.living.row(desk, map_id)
    _put_away(desk, who, map_id, archived=True)


def _put_away(desk: Desk, who: Actor, map_id: str, *, archived: bool) -> None:
    from tropa.store import documents

    with desk.store.begin() as c:
        documents.archive(c, map_id, desk.clock() if archived else None)
        auditing.note(desk, c, who, "map-archived" if archived else "map-restored", map_id)
        hooks.tell(desk, c, "map.archived" if archived else "map.restored", {"map": map_id, "by": who.name})
    desk.wake.ring("outbox")
