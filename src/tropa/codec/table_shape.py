"""Columns of an edited table: stages and touchpoints that were added, moved, renamed or removed."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from tropa.codec.table_rows import Plain, clean
from tropa.model import TropaError

if TYPE_CHECKING:
    from tropa.codec.matrix_back import _Back


_LETTERS = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Nd"})
"""What an id may hold in every engine of patterns: Python's `\\w` has ² and ⅓ too, pydantic's has not."""


def new_id(text: str, taken: set[str]) -> str:
    """A free id made from words: letters of any alphabet and digits, joined by `-`."""
    kept = "".join(char if unicodedata.category(char) in _LETTERS else " " for char in text.lower())
    stem = "-".join(kept.split()[:4])[:40].strip("-") or "new"
    name, number = stem, 2
    while name in taken:
        name, number = f"{stem}-{number}", number + 1
    return name


def place_columns(back: _Back, written: tuple[str, ...]) -> tuple[str, ...]:
    """Bring stages and touchpoints of the new map in line with the columns of the sheet; each column's key in the new map ("": nothing).

    `written` are the columns the table had when it was made: one that is missing now was removed. What was never in the table stays.
    """
    titles = {row.key: row.cells for row in back.matrix.rows if row.key in ("title", "touchpoint")}
    _doubled(back)
    keys: list[str] = []
    stage = ""
    for number, key in enumerate(back.matrix.columns):
        known = f"/{key.partition('/')[2]}" if "/" in key else key
        if key and known in back.old_owners:
            stage = stage if "/" in key else key
            keys.append(key)
            continue
        said = [_said(titles.get(name, ()), number) for name in ("title", "touchpoint")]
        if said[0] or (said[1] and stage):
            made = _add(back, said[0] or said[1], "" if said[0] else stage, keys)
            stage = stage if "/" in made else made
            keys.append(made)
        elif any(_said(row.cells, number) for row in back.matrix.rows if not row.key.startswith("#")):
            back.faults.append(TropaError("TR-C079", back.where(2, number), kind="columns"))
            keys.append("")
        else:
            keys.append("")
    _remove(back, written, keys)
    _order_stages(back, keys, written)
    return tuple(_order_points(back, keys))


def _said(cells: Any, number: int) -> str:
    return clean(str(cells[number])) if number < len(cells) and cells[number] is not None else ""


def _doubled(back: _Back) -> None:
    for number, key in enumerate(back.matrix.columns):
        if key and key in back.matrix.columns[:number]:
            back.faults.append(TropaError("TR-C076", back.where(1, number), mark=key, kind="columns"))


def _add(back: _Back, title: str, stage: str, keys: list[str]) -> str:
    """A new stage after the one on the left, or a new touchpoint of the stage on the left. Its title is filled in as any cell is."""
    taken = {name.removeprefix("/") for name in (*back.new_owners, *back.old_owners)}
    name = new_id(title, taken)
    made: Plain = {"id": name, "title": title}
    if stage:
        owner = back.new_owners.get(stage)
        if owner is None:
            return ""
        owner.setdefault("touchpoints", []).append(made)
        back.new_owners[f"/{name}"] = made
        back.edit(f"{stage}/{name}", None, title)
        return f"{stage}/{name}"
    stages = back.new["stages"]
    left = [key for key in keys if key and "/" not in key]
    at = next(
        (index + 1 for index, item in enumerate(stages) if left and item["id"] == left[-1]),
        0 if not left else len(stages),
    )
    stages.insert(at, made)
    back.new_owners[name] = made
    back.edit(name, None, title)
    return name


def _remove(back: _Back, written: tuple[str, ...], keys: list[str]) -> None:
    kept = {key.partition("/")[2] or key for key in keys if key}
    for key in written:
        stage, _, point = key.partition("/")
        name = f"/{point}" if point else stage
        if (point or stage) in kept or name not in back.new_owners:
            continue
        owner = back.new_owners.pop(name)
        title = owner["title"] if isinstance(owner["title"], str) else next(iter(owner["title"].values()), "")
        back.edit(key, title, None)
        if point:
            for holder in _holders(back.new):
                if owner in holder.get("touchpoints", ()):
                    holder["touchpoints"].remove(owner)
        else:
            drop_stage(back, stage)


def drop_stage(back: _Back, stage: str) -> None:
    """Take a stage out, with what points at it: loops, targets, improvements, `after`. Each is reported."""
    body = back.new
    for point in [key for holder in _holders(body, stage) for key in holder.get("touchpoints", ())]:
        back.new_owners.pop(f"/{point['id']}", None)
    body["stages"] = [item for item in body["stages"] if item["id"] != stage]
    for name, ends in (("loops", ("from", "to")), ("targets", ("stage",)), ("improvements", ("stage",))):
        for item in [item for item in body.get(name, ()) if stage in (item.get(end) for end in ends)]:
            body[name].remove(item)
            back.edit(name, " → ".join(str(item.get(end)) for end in ends), None)
    for item in body["stages"]:
        if stage in item.get("after", ()):
            item["after"] = [other for other in item["after"] if other != stage]
            if not item["after"]:
                del item["after"]


def _holders(body: Plain, stage: str | None = None) -> list[Plain]:
    """What holds touchpoints: stages and their parts."""
    return [part for item in body["stages"] if stage in (None, item["id"]) for part in (item, *item.get("stages", ()))]


def _order_stages(back: _Back, keys: list[str], written: tuple[str, ...]) -> None:
    sheet = [key for key in keys if key and "/" not in key]
    before = [key for key in written if "/" not in key and key in sheet]
    if [key for key in sheet if key in before] == before:
        return
    stages = {item["id"]: item for item in back.new["stages"]}
    order = [key for key in sheet if key in stages]
    previous: str | None = None
    for name in stages:
        if name not in order:
            order.insert(order.index(previous) + 1 if previous in order else 0, name)
        previous = name
    back.edit("stages", ", ".join(stages), ", ".join(order))
    back.new["stages"] = [stages[name] for name in order]


def _order_points(back: _Back, keys: list[str]) -> list[str]:
    """Touchpoints stand under the stage they are right of, in the order of the columns; those of a sub-stage stay in it."""
    out: list[str] = []
    stage = ""
    order: dict[str, int] = {}
    for number, key in enumerate(keys):
        home, _, name = key.partition("/")
        if name and stage and home != stage and f"/{name}" in back.new_owners and stage in back.new_owners:
            point = back.new_owners[f"/{name}"]
            for holder in _holders(back.new):
                if point in holder.get("touchpoints", ()):
                    holder["touchpoints"].remove(point)
            back.new_owners[stage].setdefault("touchpoints", []).append(point)
            back.edit(f"{home}/{name}", home, stage)
            back.old_owners.setdefault(f"/{name}", point)
            key = f"{stage}/{name}"
        elif key and not name:
            stage = key
        if name:
            order[name] = number
        out.append(key)
    for holder in _holders(back.new):
        points = holder.get("touchpoints", [])
        shown = sorted((point for point in points if point["id"] in order), key=lambda point: order[point["id"]])
        places = [index for index, point in enumerate(points) if point["id"] in order]
        arranged = list(points)
        for index, point in zip(places, shown, strict=True):
            arranged[index] = point
        if [point["id"] for point in arranged] != [point["id"] for point in points]:
            back.edit(
                f"{holder['id']}/touchpoints", ", ".join(p["id"] for p in points), ", ".join(p["id"] for p in arranged)
            )
            holder["touchpoints"] = arranged
    return out


def arrange(body: Plain, stage: str, made: list[Any]) -> None:
    """Put the improvements of one stage into the map's list, in the places theirs had, further ones after them."""
    old = body.get("improvements", [])
    left = list(made)
    out: list[Any] = []
    for item in old:
        if item["stage"] != stage:
            out.append(item)
        elif left:
            out.append(left.pop(0))
    if out or left:
        body["improvements"] = out + left
    else:
        body.pop("improvements", None)
