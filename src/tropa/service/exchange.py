"""A map out into a file of another format, and an edited file back into the live map, cell by cell (R-13)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tropa.model import Map, TropaError, Where
from tropa.model.access import Actor, Right
from tropa.service.desk import Desk
from tropa.service.maps import author_of, take_in
from tropa.words import Words

if TYPE_CHECKING:
    from tropa.codec import Edit

MEDIA = {
    "yaml": "application/yaml; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "mmd": "text/vnd.mermaid; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
}
READ = ("yaml", "yml", "json", "xlsx", "csv", "mmd", "mermaid")


@dataclass(frozen=True)
class Exported:
    """A file to hand over; `lost`: what its format could not hold, in words."""

    name: str
    media: str
    body: bytes
    lost: tuple[str, ...]


@dataclass(frozen=True)
class Imported:
    """What came of a file: the cells that changed, what it could not say, and the number of the update (None: only looked)."""

    edits: tuple[Edit, ...]
    lost: tuple[str, ...]
    seq: int | None


def export(desk: Desk, who: Actor, words: Words, map_id: str, form: str) -> Exported:
    """The map in a format. Raises TR-S006 for one we do not write here."""
    who.require(Right.READ, map_id)
    if form not in MEDIA:
        raise TropaError("TR-S006", suffix=form, known=", ".join(MEDIA))
    row = desk.living.row(desk, map_id)
    value = desk.living.current(desk, map_id)[1]
    body, lost = _body(desk, words, value, form, row.written_text, row.file)
    return Exported(f"{row.file.rpartition('.')[0]}.{form}", MEDIA[form], body, lost)


def _body(desk: Desk, words: Words, value: Map, form: str, text: str, file: str) -> tuple[bytes, tuple[str, ...]]:
    from tropa.codec import dumps, loads, to_matrix, write_csv

    if form == "yaml":
        document = loads(text, file)
        document.update(value)
        return document.text().encode(), ()
    if form == "json":
        return dumps(value, "json").encode(), ()
    if form == "csv":
        return write_csv(to_matrix(value, words.lang), ";" if words.lang == "ru" else ",").encode("utf-8-sig"), ()
    from tropa.service.answering import readings_of
    from tropa.service.drawing import WRITERS, Studio, Wish
    from tropa.service.measuring import Measured

    readings = readings_of(desk, value, breaks=True)
    return WRITERS[form](Studio(Measured(value, readings, {}), words), Wish(desk.clock().date()))


def make_from(desk: Desk, who: Actor, words: Words, name: str, raw: bytes) -> tuple[str, tuple[str, ...]]:
    """A new map from a file, with the comments of a YAML; its ending says the format. Returns its id and what the file could not say.

    Raises the readers' errors, TR-S013 for a format that is only written.
    """
    from tropa.codec import dumps, loads

    who.require(Right.EDIT)
    form = _form(name)
    lost: tuple[str, ...] = ()
    if form in ("yaml", "yml"):
        document = loads(raw, name)
    else:
        value, _, lost = _read(form, raw, name, None, words)
        document = loads(dumps(value))
    return take_in(desk, who, document, name.rpartition(".")[0]), lost


def _form(name: str) -> str:
    form = name.rpartition(".")[2].lower()
    if form not in READ:
        raise TropaError("TR-S013", Where(file=name), suffix=form)
    return form


def bring_in(
    desk: Desk, who: Actor, words: Words, map_id: str, name: str, raw: bytes, *, only_look: bool = False
) -> Imported:
    """A file's content as a change of the live map; its ending says the format. With `only_look` nothing is changed.

    A table changes just the cells that were edited since it was written out; YAML and JSON say the whole map. Raises the readers' errors,
    TR-S013 for a format that is only written.
    """
    who.require(Right.EDIT, map_id)
    form = _form(name)
    found: list[tuple[tuple[Edit, ...], tuple[str, ...]]] = []

    def edit(now: Map) -> Map:
        value, edits, lost = _read(form, raw, name, now, words)
        found.append((edits, lost))
        return value

    if only_look:
        edit(desk.living.current(desk, map_id)[1])
        return Imported(*found[-1], None)
    seq = desk.living.change(desk, map_id, author_of(who), edit)
    return Imported(*found[-1], seq)


def _read(
    form: str, raw: bytes, name: str, now: Map | None, words: Words
) -> tuple[Map, tuple[Edit, ...], tuple[str, ...]]:
    """The map of a file, what it changes in the map as it is `now`, and what of a foreign format a map cannot hold."""
    from tropa.codec import from_matrix, from_mermaid, loads, read_csv, read_xlsx
    from tropa.codec.yaml_text import decode

    if form in ("xlsx", "csv"):
        value, edits = from_matrix(read_xlsx(raw, name) if form == "xlsx" else read_csv(raw, name), now)
        return value, edits, ()
    lost: tuple[str, ...] = ()
    if form in ("mmd", "mermaid"):
        value, lost = from_mermaid(decode(raw, name), name, words)
    else:
        value = loads(raw, name).map
    return value, () if now is None else whole_edits(now, value), lost


def whole_edits(before: Map, after: Map) -> tuple[Edit, ...]:
    """What differs between two maps, in the words of the report of an edited table."""
    from tropa.codec import Edit
    from tropa.model.diff import diff

    return tuple(Edit(one.address, _told(one.before), _told(one.after)) for one in diff(before, after))


def _told(value: Any) -> str | float | None:
    """A value as the report shows it: words and numbers as they are, a thing by its words, the rest as JSON."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, dict) and isinstance(words := value.get("text", value.get("title")), str):
        return words
    return json.dumps(value, ensure_ascii=False)
