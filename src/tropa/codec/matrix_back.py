"""From an edited table back to the map, cell by cell, with a report of what was changed (R-13)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from math import isclose
from typing import Any

from tropa.codec.document import checked
from tropa.codec.matrix import Carried, Matrix, Row, cell_at, items_of, lane_name, owner_of, owners_of
from tropa.codec.merge import same
from tropa.codec.table_rows import (
    CHOICES,
    BadCell,
    CellValue,
    Kind,
    Many,
    One,
    Plain,
    Spec,
    clean,
    fits,
    get,
    put,
    read,
    show,
    specs_of,
    split_key,
    text_of,
    with_text,
)
from tropa.codec.table_shape import arrange, new_id, place_columns
from tropa.codec.writer import plain_map
from tropa.model import Map, TropaError, Where
from tropa.words import LANGUAGES


@dataclass(frozen=True, slots=True)
class Edit:
    """One change: where in the map (`purchase/cart/pains/0/severity`, `purchase`, `stages`), what stood there and what stands there now."""

    address: str
    before: CellValue
    after: CellValue


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the sheet and what it is: a spec, the index of its item ("": a single value, "+": a new item), an attribute."""

    row: Row
    spec: Spec
    index: str
    attribute: str


class _Back:
    """One reading of a table: the plain map it was made from (`old`), the one to change (`new`), and what has been found."""

    def __init__(self, matrix: Matrix, origin: Map, base: Map | None, lang: str) -> None:
        self.matrix = matrix
        self.lang = lang
        self.old = plain_map(origin)
        self.new = plain_map(base or origin)
        self.old_owners = owners_of(self.old)
        self.new_owners = owners_of(self.new)
        self.edits: list[Edit] = []
        self.made_ids: set[str] = set()
        self.faults: list[TropaError] = []

    def where(self, row: int, column: int) -> Where:
        """The cell as people name it: `C12`."""
        at, letters = self.matrix.first_column + column, ""
        while at:
            at, rest = divmod(at - 1, 26)
            letters = chr(65 + rest) + letters
        cell = f"{letters}{row}"
        return Where(
            self.matrix.name,
            row,
            self.matrix.first_column + column,
            f"{self.matrix.sheet}!{cell}" if self.matrix.sheet else cell,
        )

    def edit(self, address: str, before: Any, after: Any) -> None:
        self.edits.append(Edit(address, before, after))


def from_matrix(matrix: Matrix, base: Map | None = None) -> tuple[Map, tuple[Edit, ...]]:
    """The map an edited table says, and what was changed in it.

    `base` is the map as it stands today. The table knows the map it was made from; what was changed in the table is changed in `base`,
    and a cell that was changed in both is TR-C074 (all of them at once, nothing is written). Raises TR-C072…TR-C079, and
    whatever the map breaks.
    """
    carried = _carried(matrix, base)
    origin = carried.value if carried else base
    if origin is None:
        origin = _skeleton(matrix)
    back = _Back(matrix, origin, base, carried.lang if carried else matrix.lang)
    columns = place_columns(back, carried.columns if carried else matrix.columns)
    lines = tuple(_lines(back, origin))
    for number, column in enumerate(columns):
        if column:
            _column(back, number, column, lines)
    if back.faults:
        first, *rest = back.faults
        raise TropaError(first.code, first.where, tuple(rest), **first.facts)
    value = checked(back.new, back.new, matrix.name)
    return value, tuple(back.edits)


def _carried(matrix: Matrix, base: Map | None) -> Carried | None:
    if not matrix.carried:
        return None
    try:
        body = json.loads(matrix.carried)
        value = checked(body["map"], body["map"], matrix.name)
        return Carried(
            value, str(body["lang"]) if body["lang"] in LANGUAGES else "en", tuple(map(str, body["columns"]))
        )
    except (ValueError, KeyError, TypeError, RecursionError, TropaError) as fault:
        if base is None:
            raise TropaError("TR-C075", Where(file=matrix.name)) from fault
        return None


def _skeleton(matrix: Matrix) -> Map:
    """Stages and touchpoints of a table that carries nothing: all its cells are then news."""
    titles = {row.key: row.cells for row in matrix.rows if row.key in ("title", "touchpoint")}
    stages: list[Plain] = []
    for number, key in enumerate(matrix.columns):
        stage, _, point = key.partition("/")
        if not stage:
            continue
        said = titles.get("touchpoint" if point else "title", ())
        title = clean(str(said[number])) if number < len(said) and said[number] else point or stage
        if not point:
            stages.append({"id": stage, "title": title, "touchpoints": []})
        elif stages:
            stages[-1]["touchpoints"].append({"id": point, "title": title})
    if not stages:
        raise TropaError("TR-C072", Where(file=matrix.name))
    body = {"tropa": 1, "title": matrix.name, "language": matrix.lang, "stages": stages}
    return checked(body, body, matrix.name)


def _lines(back: _Back, origin: Map) -> Iterator[_Line]:
    """What each row of the sheet is. An inserted row is one more item of the list above it, or a lane of one's own by its heading."""
    specs = specs_of(origin)
    named = {lane_name(spec, origin, lang).casefold(): spec for spec in reversed(specs) for lang in LANGUAGES}
    seen: set[str] = set()
    last: Spec | None = None
    for row in back.matrix.rows:
        if row.key.startswith("#") or (not row.key and not any(_filled(cell) for cell in row.cells)):
            continue
        found = split_key(row.key, specs) if row.key else None
        if row.key and row.key in seen:
            back.faults.append(
                TropaError("TR-C076", back.where(row.number, 1 - back.matrix.first_column), mark=row.key, kind="rows")
            )
            continue
        seen.add(row.key)
        if found is not None:
            last = found[0]
            yield _Line(row, *found)
        elif row.heading.strip():
            last = named.get(row.heading.strip().casefold()) or _own_lane(back, row)
            yield _Line(row, last, "+" if isinstance(last, Many) else "", "")
        elif isinstance(last, Many):
            yield _Line(row, last, "+", "")
        else:
            back.faults.append(TropaError("TR-C079", back.where(row.number, 0), kind="rows"))


def _own_lane(back: _Back, row: Row) -> Spec:
    """A row with a heading that nobody knows is a lane of one's own."""
    taken = {lane["id"] for lane in back.new.get("lanes", ())}
    lane = {"id": new_id(row.heading, taken), "title": clean(row.heading)}
    back.new.setdefault("lanes", []).append(lane)
    back.edit(f"lanes/{lane['id']}", None, lane["title"])
    return One(f"cells:{lane['id']}", ("cells", lane["id"], "text"), "text")


def _filled(cell: CellValue) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def _column(back: _Back, number: int, column: str, lines: tuple[_Line, ...]) -> None:
    point = "/" in column
    groups: dict[str, list[_Line]] = {}
    for line in lines:
        if fits(line.spec, point):
            groups.setdefault(line.spec.key, []).append(line)
        elif number < len(line.row.cells) and _filled(line.row.cells[number]) and not _title_of_other(line, point):
            back.faults.append(_bad(back, line, number, line.row.cells[number], "text"))
    for group in groups.values():
        try:
            if isinstance(group[0].spec, One):
                _one(back, number, column, group[-1], group[0].spec)
            else:
                _many(back, number, column, group, group[0].spec)
        except _Stop as stop:
            back.faults.append(stop.fault)


def _title_of_other(line: _Line, point: bool) -> bool:
    """The title of a stage repeated over its touchpoints (Excel unmerges cells so) says nothing new."""
    return point and line.spec.key == "title"


class _Stop(Exception):
    def __init__(self, fault: TropaError) -> None:
        super().__init__(fault.code)
        self.fault = fault


def _bad(back: _Back, line: _Line, number: int, cell: CellValue, kind: str) -> TropaError:
    known = ", ".join(CHOICES.get(kind, ()))  # type: ignore[call-overload]  # any text may be asked for
    return TropaError("TR-C073", back.where(line.row.number, number), value=str(cell), kind=kind, known=known)


def _read(back: _Back, line: _Line, number: int, kind: Kind, old: Any = None) -> Any:
    cell = line.row.cells[number] if number < len(line.row.cells) else None
    try:
        return read(cell, kind, back.lang, old)
    except BadCell as fault:
        raise _Stop(_bad(back, line, number, cell, str(fault))) from fault


def _changed(back: _Back, line: _Line, number: int, before: CellValue) -> bool:
    """Whether a cell says something else than the table said when it was made."""
    cell = line.row.cells[number] if number < len(line.row.cells) else None
    if not _filled(cell) or before is None:
        return _filled(cell) or before is not None
    if isinstance(before, float):
        try:
            return not isclose(float(read(cell, "number", back.lang)), before, rel_tol=1e-12, abs_tol=1e-300)
        except BadCell:
            return True
    return clean(str(cell)) != before and read(cell, "plain", back.lang) != before


def _conflict(back: _Back, line: _Line, number: int, now: Any, after: Any) -> _Stop:
    shown = text_of(now, back.lang) if isinstance(now, (str, dict)) else str(now or "")
    return _Stop(TropaError("TR-C074", back.where(line.row.number, number), now=shown, after=str(after or "")))


def _one(back: _Back, number: int, column: str, line: _Line, spec: One) -> None:
    before = cell_at(back.old, back.old_owners, column, spec.key, (spec,), back.lang)
    if not _changed(back, line, number, before):
        return
    old_owner, owner = owner_of(back.old_owners, column), owner_of(back.new_owners, column)
    was = get(old_owner, spec.path) if old_owner is not None else None
    value = _read(back, line, number, spec.kind, was)
    after = line.row.cells[number] if number < len(line.row.cells) else None
    if owner is None:
        raise _conflict(back, line, number, "", after)
    now = get(owner, spec.path)
    if not same(now, was) and old_owner is not None:
        if same(now, value):
            return
        raise _conflict(back, line, number, now, after)
    if same(now, value):
        return
    put(owner, spec.path, value)
    back.edit(
        f"{column}/{spec.key.replace('.', '/').removeprefix('cells:')}", before, after if _filled(after) else None
    )


def _many(back: _Back, number: int, column: str, group: list[_Line], spec: Many) -> None:
    was = items_of(back.old, back.old_owners, column, spec)
    edits: list[Edit] = []
    made = _items(back, number, column, group, spec, was, edits)
    if same(made, was):
        return
    if not edits:
        texts = ["; ".join(text_of(item, back.lang, spec.text) for item in items) for items in (was, made)]
        edits.append(Edit(f"{column}/{spec.key.replace('.', '/')}", texts[0], texts[1]))
    owner = owner_of(back.new_owners, column)
    now = items_of(back.new, back.new_owners, column, spec)
    if not same(now, was):
        if same(now, made):
            return
        raise _conflict(
            back, group[0], number, "; ".join(text_of(item, back.lang, spec.text) for item in now), edits[0].after
        )
    if spec.key == "improvements":
        arrange(back.new, column, made)
    elif owner is None:
        raise _conflict(back, group[0], number, "", edits[0].after)
    else:
        put(owner, spec.path, made)
    back.edits.extend(edits)


def _items(
    back: _Back, number: int, column: str, group: list[_Line], spec: Many, was: list[Any], edits: list[Edit]
) -> list[Any]:
    """The list that a column now says, in the order of the rows."""
    made: list[Any] = []
    at = f"{column}/{spec.key.replace('.', '/').removeprefix('cells:')}"
    mains = [line for line in group if not line.attribute]
    attributes = {(line.index, line.attribute): line for line in group if line.attribute}
    present = {line.index for line in mains}
    for index, item in enumerate(was):
        if str(index) not in present:
            edits.append(Edit(f"{at}/{index}", text_of(item, back.lang, spec.text), None))
    for line in mains:
        old = was[int(line.index)] if line.index.isdigit() and int(line.index) < len(was) else None
        before = None if old is None else text_of(old, back.lang, spec.text) or None
        text = _read(back, line, number, "plain")
        if text is None and before is not None:
            edits.append(Edit(f"{at}/{line.index}", before, None))
            continue
        if text is None and old is None:
            continue
        item = old
        if old is None:
            item = _new_item(back, spec, str(text), column)
            edits.append(Edit(f"{at}/{len(made)}", None, str(text)))
        elif _changed(back, line, number, before):
            item = with_text(old, str(text), back.lang, spec.text)
            edits.append(Edit(f"{at}/{line.index}", before, str(text)))
        if spec.attributes:
            own = {name: found for (index, name), found in attributes.items() if index == line.index and line.row.key}
            item = _attributes(back, number, spec, item, own, f"{at}/{len(made)}", edits)
        made.append(item)
    return made


def _attributes(
    back: _Back, number: int, spec: Many, item: Plain, lines: dict[str, _Line], at: str, edits: list[Edit]
) -> Plain:
    out = dict(item)
    for about in spec.attributes:
        line = lines.get(about.key)
        if line is None:
            continue
        own = out.get(about.key)
        before = show(about.default if own is None else own, about.kind, back.lang)
        if not _changed(back, line, number, before):
            continue
        value = _read(back, line, number, about.kind)
        if value is None and own is None:
            continue
        out.pop(about.key, None)
        if value is not None and (own is not None or value != about.default):
            out[about.key] = value
        if not same(own, out.get(about.key)):
            edits.append(Edit(f"{at}/{about.key}", before, line.row.cells[number]))
    return out


def _new_item(back: _Back, spec: Many, text: str, column: str) -> Any:
    if not spec.attributes:
        return text
    item: Plain = {}
    if spec.ids:
        item["id"] = new_id(text, {*_ids(back.new), *_ids(back.old), *back.made_ids})
        back.made_ids.add(item["id"])
    item[spec.text] = text
    if spec.key == "improvements":
        item["stage"] = column
    return item


def _ids(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("id"), str):
            yield node["id"]
        for value in node.values():
            yield from _ids(value)
    elif isinstance(node, list):
        for value in node:
            yield from _ids(value)
