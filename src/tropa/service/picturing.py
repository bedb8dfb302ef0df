"""Pictures of the live map, and what they are drawn from (R-07, R-13)."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from tropa.model import Map, TropaError, near_miss
from tropa.model.access import Actor, Right
from tropa.service.answering import Wish as Filter
from tropa.service.answering import readings_of, tape_of
from tropa.service.current import current_map
from tropa.service.desk import Desk
from tropa.service.drawing import VIEWS, WRITERS, Studio, Wish
from tropa.service.keeping import Kept
from tropa.service.measuring import Measured
from tropa.service.photographing import attached, photos_of
from tropa.words import Words

if TYPE_CHECKING:
    from tropa.layout import Page

MOST_STUDIOS, MOST_PICTURES = 8, 16
MEDIA = {
    "svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf", "html": "text/html; charset=utf-8",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "md": "text/markdown; charset=utf-8",
    "mmd": "text/plain; charset=utf-8",
}  # fmt: skip
_STUDIOS, _PICTURES = Kept(MOST_STUDIOS), Kept(MOST_PICTURES)


@dataclass(frozen=True)
class Picture:
    """A drawn file: its bytes, its type, a name to keep it under, and what the format could not hold."""

    body: bytes
    media: str
    name: str
    notes: tuple[str, ...]


class _Shared:
    """A studio that several threads ask, one at a time."""

    def __init__(self, studio: Studio) -> None:
        self.studio = studio
        self.lock = threading.Lock()


def picture(desk: Desk, who: Actor, map_id: str, form: str, wish: Wish, say: Words) -> Picture:
    """A picture of the live map with its readings. Raises TR-S006 for a format we do not draw, TR-R00x, TR-S015."""
    who.require(Right.READ, map_id)
    if form not in WRITERS:
        raise TropaError("TR-S006", suffix=form, near=near_miss(form, list(WRITERS)), known=", ".join(WRITERS))
    value = current_map(desk, map_id)
    _check(value, wish)
    shared, key = _studio(desk, map_id, value, wish, say)

    def draw() -> tuple[bytes, tuple[str, ...]]:
        with shared.lock:
            return WRITERS[form](shared.studio, wish)

    body, notes = _PICTURES.get((key, form, wish), draw)
    return Picture(body, MEDIA[form], f"{map_id}-{wish.view}.{form}", notes)


def _check(value: Map, wish: Wish) -> None:
    known = [one.id for one in value.stages]
    for stage in sorted(wish.opened - {"all"}):
        if stage not in known:
            raise TropaError("TR-S015", name=stage, near=near_miss(stage, known), known=", ".join(known))


def _studio(desk: Desk, map_id: str, value: Map, wish: Wish, say: Words) -> tuple[_Shared, Any]:
    """The studio of a map as it stands, at its data's version; side by side where personas are wanted."""
    tape = tape_of(desk)
    digest = hashlib.blake2b(value.model_dump_json().encode(), digest_size=12).hexdigest()
    version = None if tape is None else tape.version
    key = (str(desk.workspace.folder), map_id, digest, version, say.lang, wish.today, wish.personas)

    def make() -> _Shared:
        names = [*(one.id for one in value.segments), *(one.id for one in value.personas if one.segment is not None)]
        others = {}
        if wish.personas and tape is not None:
            for name in names:
                found = readings_of(desk, value, Filter(segment=name))
                if found is not None:
                    others[name] = found
        readings = None if tape is None else readings_of(desk, value, breaks=True)
        return _Shared(Studio(Measured(value, readings, others), say, photos_of(value, attached(desk, map_id))))

    return _STUDIOS.get(key, make), key


def geometry(desk: Desk, who: Actor, map_id: str, wish: Wish, say: Words) -> dict[str, Any]:
    """The laid-out page as vectors: boxes, curves and measured lines in numbers, each group with its address in the map."""
    who.require(Right.READ, map_id)
    value = current_map(desk, map_id)
    _check(value, wish)
    shared, key = _studio(desk, map_id, value, wish, say)

    def lay() -> dict[str, Any]:
        with shared.lock:
            return _page(shared.studio.page(wish))

    found: dict[str, Any] = _PICTURES.get((key, "geometry", wish), lay)
    return found


def _page(page: Page) -> dict[str, Any]:
    data = {
        "width": page.width, "height": page.height, "title": page.title, "description": page.description,
        "items": [_item(one) for one in page.items], "notes": list(page.notes),
        "shortened": [list(one) for one in page.shortened], "tables": [asdict(one) for one in page.tables],
    }  # fmt: skip
    return {**data, "more": [_page(one) for one in page.more]}


def _item(item: Any) -> dict[str, Any]:
    """A thing of the scene with its kind (`rect`, `path`, `disc`, `line`, `symbol`, `group`)."""
    kind = type(item).__name__.lower()
    if kind == "group":
        rest = asdict(replace(item, items=()))
        return {**rest, "kind": kind, "what": item.kind, "items": [_item(one) for one in item.items]}
    return {"kind": kind, **asdict(item)}


__all__ = ["MEDIA", "VIEWS", "Picture", "Wish", "geometry", "picture"]
