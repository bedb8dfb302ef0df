"""A map file in another format, without loss where the format can hold it, and with a list of the losses where it cannot."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tropa.files import write_bytes
from tropa.model import Map, TropaError, Where, near_miss
from tropa.service.drawing import Wish, draw_measured
from tropa.service.measuring import Measured
from tropa.words import Words

if TYPE_CHECKING:
    from tropa.codec import Edit

READ = ("yaml", "yml", "json", "xlsx", "csv", "mmd", "mermaid")


@dataclass(frozen=True)
class Converted:
    """What was written; `edits` where a table was read back, `lost` what the format could not hold."""

    path: Path
    edits: tuple[Edit, ...] = ()
    lost: tuple[str, ...] = ()
    compared: bool = False
    """Whether a table was compared with the map it came from."""


def convert(source: Path, target: Path, say: Words, *, today: date, force: bool = False) -> Converted:
    """Reads `source`, writes `target`, each by its suffix.

    A table (XLSX, CSV) read onto an existing map file changes just the cells that were edited and keeps the file's comments. Any other
    target that exists is only overwritten with `force` (TR-S008). Raises TR-S013 for a format that is only written, TR-S014 for no file.
    """
    if not source.is_file():
        beside = sorted(one.name for one in source.parent.iterdir()) if source.parent.is_dir() else []
        raise TropaError("TR-S014", Where(file=str(source)), path=str(source), near=near_miss(source.name, beside))
    kind, wanted = _suffix(source), _suffix(target)
    if kind not in READ:
        raise TropaError("TR-S013", Where(file=str(source)), suffix=kind)
    table, document = kind in ("xlsx", "csv"), wanted in ("yaml", "yml", "json")
    if table and document and target.is_file():
        return _edit(source, target)
    if target.exists() and not force:
        raise TropaError("TR-S008", Where(file=str(target)), path=str(target))
    value, edits, lost = _read(source, say)
    if not document:
        written = _write(value, target, wanted, say, today, edits)
        return replace(written, lost=(*lost, *written.lost))
    from tropa.codec import dumps, load
    from tropa.codec.writer import plain_map, to_json

    if wanted in ("yaml", "yml") and kind in ("yaml", "yml"):
        text = load(source).text()
    else:
        text = to_json(plain_map(value)) if wanted == "json" else dumps(value)
    write_bytes(target, text.encode())
    return Converted(target, edits, lost, compared=table)


def _suffix(path: Path) -> str:
    return path.suffix.lower().lstrip(".")


def _read(source: Path, say: Words) -> tuple[Map, tuple[Edit, ...], tuple[str, ...]]:
    """The map of a file, the edits of a table, and what of a foreign format a map cannot hold."""
    from tropa.codec import from_matrix, from_mermaid, load, read_table
    from tropa.codec.yaml_text import decode

    if _suffix(source) in ("xlsx", "csv"):
        return *from_matrix(read_table(source)), ()
    if _suffix(source) in ("mmd", "mermaid"):
        value, lost = from_mermaid(decode(source.read_bytes(), str(source)), str(source), say)
        return value, (), lost
    return load(source).map, (), ()


def _edit(table: Path, target: Path) -> Converted:
    """The cells that were edited in the table, changed in the map file; its comments stay."""
    from tropa.codec import from_matrix, load, read_table

    document = load(target)
    value, edits = from_matrix(read_table(table), document.map)
    document.update(value)
    document.save()
    return Converted(target, edits, compared=True)


def _write(value: Map, target: Path, wanted: str, say: Words, today: date, edits: tuple[Edit, ...]) -> Converted:
    if wanted == "csv":
        from tropa.codec import to_matrix, write_csv

        text = write_csv(to_matrix(value, say.lang), ";" if say.lang == "ru" else ",")
        write_bytes(target, text.encode("utf-8-sig"))
        return Converted(target, edits)
    drawn = draw_measured(Measured(value, None, {}), target, Wish(today), say)
    return Converted(target, edits, drawn.notes)
