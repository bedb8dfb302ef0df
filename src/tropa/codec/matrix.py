"""The map as a table of lanes and stages that people edit in a spreadsheet, and its way there (R-13). The way back: `matrix_back`.

Columns are stages, each followed by its touchpoints where it is opened; rows are lanes, one line an item. Ids are in a hidden first
row and column. What a table cannot show is carried along as text, so that the table alone is the whole map.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tropa.codec.table_rows import (
    CellValue,
    Many,
    One,
    Plain,
    Spec,
    fits,
    get,
    row_keys,
    show,
    specs_of,
    split_key,
    text_of,
)
from tropa.codec.writer import plain_map
from tropa.model import Map, say
from tropa.words import LANGUAGES, words

CORNER = "#tropa"
"""Stands in the first cell of a table that we wrote."""
CARRIED = "#carried"
"""Begins the rows (or fills the hidden sheet) that carry the whole map."""
CHUNK = 30_000


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its key (empty: somebody inserted it), heading, one value a column, and its number in the sheet (from 1)."""

    key: str
    heading: str
    cells: tuple[CellValue, ...]
    number: int = 0


@dataclass(frozen=True, slots=True)
class Matrix:
    """The table. `columns`: `stage` or `stage/touchpoint`, empty for one that somebody inserted; `titles` are in the row `title`."""

    lang: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    carried: str | None = None
    name: str = "table"
    sheet: str = ""
    first_column: int = 3


@dataclass(frozen=True, slots=True)
class Carried:
    """What travels with a table: the map it was made from, in which language, and which columns it then had."""

    value: Map
    lang: str
    columns: tuple[str, ...]


def to_matrix(value: Map, lang: str | None = None, opened: frozenset[str] | str = "all") -> Matrix:
    """The table of a map in a language (the map's own unless said), with the touchpoints of the `opened` stages as columns of their own."""
    language = lang or (value.language if value.language in LANGUAGES else "en")
    body = plain_map(value)
    columns = tuple(_columns(value, opened))
    owners = owners_of(body)
    rows: list[Row] = []
    for spec in specs_of(value):
        most = 0
        if isinstance(spec, Many):
            most = max(
                (len(items_of(body, owners, column, spec)) for column in columns if fits(spec, "/" in column)),
                default=0,
            )
        for key in row_keys(spec, most):
            cells = tuple(cell_at(body, owners, column, key, (spec,), language) for column in columns)
            rows.append(Row(key, _heading(key, spec, value, language, empty=most == 0), cells, len(rows) + 2))
    carried = json.dumps(
        {"tropa": 1, "lang": language, "columns": columns, "map": body}, ensure_ascii=True, separators=(",", ":")
    )
    return Matrix(language, columns, tuple(rows), carried)


def _columns(value: Map, opened: frozenset[str] | str) -> Iterator[str]:
    for stage in value.stages:
        yield stage.id
        if opened == "all" or stage.id in opened:
            for point in stage.all_touchpoints:
                yield f"{stage.id}/{point.id}"


def owners_of(body: Plain) -> dict[str, Plain]:
    """The plain stages and touchpoints by id; the ids of touchpoints begin with a slash, for a stage may have the same."""
    out: dict[str, Plain] = {}
    for stage in body["stages"]:
        out[stage["id"]] = stage
        parts = [stage, *stage.get("stages", ())]
        out.update({f"/{point['id']}": point for part in parts for point in part.get("touchpoints", ())})
    return out


def owner_of(owners: dict[str, Plain], column: str) -> Plain | None:
    """The plain stage or touchpoint of a column."""
    stage, _, point = column.partition("/")
    return owners.get(f"/{point}" if point else stage)


def items_of(body: Plain, owners: dict[str, Plain], column: str, spec: Many) -> list[Any]:
    """The list a spec shows in a column. Improvements stand at the map and name their stage."""
    if spec.key == "improvements":
        return [item for item in body.get("improvements", ()) if item["stage"] == column]
    owner = owner_of(owners, column)
    found = get(owner, spec.path) if owner is not None else None
    return found if isinstance(found, list) else []


def cell_at(
    body: Plain, owners: dict[str, Plain], column: str, key: str, specs: tuple[Spec, ...], lang: str
) -> CellValue:
    """What a plain map says in a cell."""
    found = split_key(key, specs)
    owner = owner_of(owners, column)
    if found is None or owner is None or not fits(found[0], "/" in column):
        return None
    spec, index, attribute = found
    if isinstance(spec, One):
        return show(get(owner, spec.path), spec.kind, lang)
    items = items_of(body, owners, column, spec)
    if index == "+" or int(index) >= len(items):
        return None
    item = items[int(index)]
    if not attribute:
        return text_of(item, lang, spec.text) or None
    about = next(one for one in spec.attributes if one.key == attribute)
    own = item.get(attribute) if isinstance(item, dict) else None
    return show(about.default if own is None else own, about.kind, lang)


def lane_name(spec: Spec, value: Map | None, lang: str) -> str:
    """What a lane is called in the table."""
    if spec.key.startswith("cells:") and value is not None:
        return say(next(one for one in value.lanes if one.id == spec.key[6:]).title, lang)
    return words(lang)(f"table-row-{spec.key.replace('.', '-').replace('_', '-')}")


def _heading(key: str, spec: Spec, value: Map, lang: str, *, empty: bool) -> str:
    """The lane's name on its first row, the attribute's name under an item, a hint on the waiting row, nothing on further rows."""
    _, index, attribute = split_key(key, (spec,)) or (spec, "", "")
    if attribute:
        return words(lang)(f"table-attribute-{attribute.replace('_', '-')}")
    if index in ("", "0") or empty:
        return lane_name(spec, value, lang)
    return words(lang)("table-row-more") if index == "+" else ""


def grid(matrix: Matrix) -> list[list[CellValue]]:
    """The table as rows of cells: ids in the first row and column, headings in the second column."""
    rows: list[list[CellValue]] = [[CORNER, matrix.lang, *matrix.columns]]
    rows += [[row.key, row.heading, *row.cells] for row in matrix.rows]
    return rows


def chunks(carried: str) -> list[str]:
    """The carried text in pieces that fit into cells."""
    return [carried[at : at + CHUNK] for at in range(0, len(carried), CHUNK)]
