"""Doors to the maps of the workspace: the list, making, settings, files out and in (R-01, R-08, R-10, R-13)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import Query, Request, Response, UploadFile
from pydantic import BaseModel, Field

from tropa.model import Map, TropaError
from tropa.model.access import Right, Role
from tropa.service import creating, exchange, maps
from tropa.web.attachment import attachment
from tropa.web.doors import AtDesk, Doors, Who
from tropa.web.language import words_of
from tropa.web.paths import API
from tropa.web.problem import Problem, problem_of
from tropa.words import Language, words

DOORS = Doors(API, "maps")
MOST_BYTES = 20_000_000
Title = Annotated[str, Field(min_length=1, max_length=300)]
Limit = Annotated[int, Query(ge=1, le=200)]


class MapCard(BaseModel):
    """A map as it is listed. `rights`: what the one who asks may do with it; `headline`: the finding, null until it is worked out."""

    id: str
    title: str
    kind: Literal["as-is", "to-be"]
    language: str
    tags: list[str]
    stages: list[str]
    file: str
    seq: int
    updated: datetime
    archived: bool
    role: Role | None
    rights: list[Right]
    open_comments: int
    headline: str | None
    proposal: bool
    simulated: bool
    problem: Problem | None


class MapList(BaseModel):
    """A page of maps. `unreadable`: files of the workspace that look like maps and cannot be read, for those who may edit."""

    items: list[MapCard]
    next: str | None
    unreadable: list[Problem] = []


class NewMap(BaseModel):
    """What a new map begins as: a template, another map (`from`), or, with neither, one empty stage."""

    template: str | None = Field(None, max_length=100)
    source: str | None = Field(None, alias="from", max_length=64)
    title: Title | None = None
    language: Language | None = None


class MapMade(BaseModel):
    """The new map."""

    id: str


class MapSettings(BaseModel):
    """What of a map is set from outside the editor; what is left out stays. `archived` false brings a map back."""

    title: Title | None = None
    language: Language | None = None
    kind: Literal["as-is", "to-be"] | None = None
    tags: list[Annotated[str, Field(min_length=1, max_length=60)]] | None = Field(None, max_length=50)
    archived: bool | None = None


class Copy(BaseModel):
    """How a map is copied; as it is → as it shall be unless said."""

    title: Title | None = None
    kind: Literal["as-is", "to-be"] | None = None


class Template(BaseModel):
    """A template as it is offered."""

    name: str
    title: str
    about: str
    stages: list[str]


class MapEdit(BaseModel):
    """One cell that a file changed."""

    address: str
    before: str | float | None
    after: str | float | None


class BroughtIn(BaseModel):
    """What came of a file: the cells it changed, what it could not say, the number of the update (null: it was only looked at)."""

    edits: list[MapEdit]
    lost: list[str]
    seq: int | None


class MadeFrom(BaseModel):
    """The map that a file became, and what the file could not say."""

    id: str
    lost: list[str]


class MapValue(BaseModel):
    """The map as it stands, and the number of the last update in it."""

    seq: int
    map: Map


def _card(card: maps.Card, request: Request) -> MapCard:
    told: dict[str, Any] = {name: getattr(card, name) for name in MapCard.model_fields if name != "problem"}
    return MapCard(**told, problem=None if card.problem is None else problem_of(card.problem, words_of(request)))


@DOORS.get("/maps", Right.PUBLIC)
def list_maps(
    desk: AtDesk, who: Who, request: Request, limit: Limit = 50, after: str | None = None, archived: bool = False
) -> MapList:
    """The maps that one may read, by id. Nobody's list is empty."""
    say = words_of(request)
    items, following = maps.cards(desk, who, say, after=after, limit=limit, archived=archived)
    unreadable = desk.living.unreadable.values() if who.may(Right.EDIT) else ()
    told = [problem_of(fault, say) for fault in unreadable]
    return MapList(items=[_card(one, request) for one in items], next=following, unreadable=told)


@DOORS.post("/maps", Right.EDIT, status_code=201)
def make_map(desk: AtDesk, who: Who, request: Request, wanted: NewMap) -> MapMade:
    """A new map from a template, another map or nothing, in the language asked for."""
    say = words_of(request) if wanted.language is None else words(wanted.language)
    return MapMade(id=maps.make(desk, who, say, maps.Start(wanted.template, wanted.source), wanted.title))


@DOORS.post("/maps/file", Right.EDIT, status_code=201)
def make_map_from_file(desk: AtDesk, who: Who, request: Request, file: UploadFile) -> MadeFrom:
    """A new map from a file; its name's ending says the format. The comments of a YAML stay in the map's file."""
    map_id, lost = exchange.make_from(desk, who, words_of(request), file.filename or "", _read(file))
    return MadeFrom(id=map_id, lost=list(lost))


def _read(file: UploadFile) -> bytes:
    raw = file.file.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise TropaError("TR-A006", limit="20 MB")
    return raw


@DOORS.get("/templates", Right.PUBLIC)
def list_templates(request: Request) -> list[Template]:
    """The templates, the most general first."""
    return [
        Template(name=one.name, title=one.title, about=one.about, stages=list(one.stages))
        for one in creating.gallery(words_of(request).lang)
    ]


@DOORS.get("/maps/{map_id}", Right.READ)
def one_map(desk: AtDesk, who: Who, map_id: str, request: Request) -> MapCard:
    """One map as it is listed, with its finding."""
    return _card(maps.card(desk, who, words_of(request), map_id), request)


@DOORS.get("/maps/{map_id}/value", Right.READ)
def map_value(desk: AtDesk, who: Who, map_id: str) -> MapValue:
    """The whole map as a value. The editor has it live from the room; this is for programs."""
    who.require(Right.READ, map_id)
    seq, value = desk.living.current(desk, map_id)
    return MapValue(seq=seq, map=value)


@DOORS.patch("/maps/{map_id}", Right.EDIT)
def settle_map(desk: AtDesk, who: Who, map_id: str, request: Request, wanted: MapSettings) -> MapCard:
    """Sets title (in the language of the request), language, kind, tags; puts away or brings back."""
    tags = None if wanted.tags is None else tuple(wanted.tags)
    settings = maps.Settings(wanted.title, wanted.language, wanted.kind, tags, wanted.archived)
    maps.settle(desk, who, words_of(request), map_id, settings)
    return _card(maps.card(desk, who, words_of(request), map_id), request)


@DOORS.delete("/maps/{map_id}", Right.EDIT, status_code=204)
def archive_map(desk: AtDesk, who: Who, map_id: str) -> None:
    """Puts a map away. Nothing is lost: `PATCH` with `archived` false brings it back."""
    maps.put_away(desk, who, map_id)


@DOORS.post("/maps/{map_id}/duplicate", Right.READ, status_code=201)
def duplicate_map(desk: AtDesk, who: Who, map_id: str, wanted: Copy) -> MapMade:
    """A copy of a map; asks for the right to edit in the workspace too."""
    return MapMade(id=maps.duplicate(desk, who, map_id, wanted.title, wanted.kind))


@DOORS.get("/maps/{map_id}/file", Right.READ, response_class=Response)
def map_file(
    desk: AtDesk, who: Who, map_id: str, request: Request,
    format: Literal["yaml", "json", "xlsx", "csv", "mmd", "md"] = "yaml",  # noqa: A002 - the word for it
) -> Response:  # fmt: skip
    """The map as a file. What the format could not hold is in the header `Tropa-Lost` (JSON, percent-encoded)."""
    made = exchange.export(desk, who, words_of(request), map_id, format)
    return attachment(made.body, made.media, made.name, made.lost)


@DOORS.put("/maps/{map_id}/file", Right.EDIT)
def bring_map_file(
    desk: AtDesk, who: Who, map_id: str, request: Request, file: UploadFile, only_look: bool = False
) -> BroughtIn:
    """A file's content as a change of the live map; its name's ending says the format. `only_look`: tells what would change."""
    found = exchange.bring_in(
        desk, who, words_of(request), map_id, file.filename or "", _read(file), only_look=only_look
    )
    edits = [MapEdit(address=one.address, before=one.before, after=one.after) for one in found.edits]
    return BroughtIn(edits=edits, lost=list(found.lost), seq=found.seq)
