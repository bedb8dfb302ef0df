"""Any tree of things made a valid map, by rules that do not depend on who read first. Everything mended is noted.

What two people did at once may leave doubled ids, names that lead nowhere, two deals, a circle of stages. Nothing is written back: every
reader mends alike, so all see the same map. `repair.ts` is the twin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tropa.collab.shape import ID_SCHEMA, FieldShape, kinds
from tropa.collab.tree import Node, Note, Ref
from tropa.collab.values import fits

EMPTY_STAGE = "stage"
"""Key and id of the stage that a map without any is given: there is no map without a stage."""

_ROOM = 58
"""Characters of a doubled id that are kept, so that a number fits behind it."""


class Mender:
    """Mends one tree in place. `keys`: the key of each id by group, once `mend` is through."""

    def __init__(self, root: Node, notes: list[Note]) -> None:
        self.root = root
        self.notes = notes
        self.ids: dict[str, dict[str, str]] = {}
        """The id of each key by group."""

    def mend(self) -> None:
        """All rules, in the one order in which they work together."""
        if not self.stages:
            self._an_empty_stage()
        self._ids()
        self._cells()
        self._references(self.root, None)
        self._one_deal()
        self._no_circles()

    @property
    def stages(self) -> list[Node]:
        """The stages, in order."""
        found: list[Node] = self.root.values.setdefault("stages", [])
        return found

    def _an_empty_stage(self) -> None:
        stage = Node(kinds()["Stage"], EMPTY_STAGE, "", {"id": EMPTY_STAGE, "title": ""})
        for shape in stage.kind.fields.values():
            if shape.form == "list":
                stage.values[shape.name] = []
            elif shape.form == "cells":
                stage.values[shape.name] = {}
            elif shape.default is not None:
                stage.values[shape.name] = shape.default
        self.stages.append(stage)
        self.note("TR-W419", EMPTY_STAGE)

    def _ids(self) -> None:
        """Every thing has an id; within a group the first keeps a doubled one, later ones get a number."""
        groups: dict[str, list[Node]] = {}
        for node in self.root.walk():
            shape = node.kind.fields.get("id")
            if shape is None or node is self.root:
                continue
            if "id" not in node.values:
                node.values["id"] = f"{node.kind.name.lower()}-{node.key}"
                self.note("TR-W412", node.key, "id", id=node.values["id"])
            if node.kind.group:
                groups.setdefault(node.kind.group, []).append(node)
        for group, nodes in groups.items():
            taken = {str(node.values["id"]) for node in nodes}
            seen: set[str] = set()
            for node in nodes:
                name = str(node.values["id"])
                if name in seen:
                    node.values["id"] = _next_free(name, taken)
                    self.note("TR-W413", node.key, "id", old=name, new=node.values["id"])
                    taken.add(node.values["id"])
                seen.add(node.values["id"])
            self.ids[group] = {node.key: str(node.values["id"]) for node in nodes}

    def _cells(self) -> None:
        """Cells go by the ids of their lanes; those of a lane that has gone are not shown."""
        lanes = self.ids.get("lanes", {})
        for node in self.root.walk():
            for shape in node.kind.fields.values():
                if shape.form == "cells" and shape.name in node.values:
                    node.values[shape.name] = dict(self._named(node, shape.name, node.values[shape.name], lanes))

    def _named(
        self, node: Node, path: str, cells: Mapping[str, Node], lanes: Mapping[str, str]
    ) -> Iterator[tuple[str, Node]]:
        by_key = {lanes[token[1:]]: cell for token, cell in cells.items() if token[1:] in lanes and token[:1] == "@"}
        yield from by_key.items()
        for token, cell in cells.items():
            if token[:1] == "@":
                if token[1:] not in lanes:
                    self.note("TR-W414", node.key, f"{path}/{token}", name=token)
            elif token in by_key or not fits(token, ID_SCHEMA):
                self.note("TR-W421", node.key, f"{path}/{token}", name=token)
            else:
                yield token, cell

    def _references(self, node: Node, owner: list[Node] | None) -> None:
        """References become ids; what leads nowhere is dealt with as the shape says."""
        for value in node.values.values():
            if isinstance(value, list):
                for child in [item for item in value if isinstance(item, Node)]:
                    self._references(child, value)
            elif isinstance(value, (dict, Node)):
                for part in [value] if isinstance(value, Node) else value.values():
                    if isinstance(part, Node):
                        self._references(part, None)
        for shape in node.kind.fields.values():
            value = node.values.get(shape.name)
            if shape.form == "refs" and value is not None:
                self._many(node, shape, value)
            elif isinstance(value, Ref):
                name = self._resolved(shape, value)
                if name is not None:
                    node.values[shape.name] = name
                elif self._lost(node, shape, value, owner):
                    return

    def _many(self, node: Node, shape: FieldShape, refs: list[Ref]) -> None:
        names = [(ref, self._resolved(shape, ref)) for ref in refs]
        for ref, name in names:
            if name is None:
                self.note("TR-W414", node.key, node.prefix + shape.name, name=ref.name or ref.key or "")
        found = [name for _, name in names if name is not None]
        if found or not refs:
            node.values[shape.name] = found
        else:
            del node.values[shape.name]

    def _resolved(self, shape: FieldShape, ref: Ref) -> str | None:
        assert shape.reference is not None
        ids = self.ids.get(shape.reference.to, {})
        if ref.key is not None:
            return ids.get(ref.key)
        return ref.name if not shape.reference.strict or ref.name in ids.values() else None

    def _lost(self, node: Node, shape: FieldShape, ref: Ref, owner: list[Node] | None) -> bool:
        """Deals with a reference that leads nowhere. Whether the thing itself has gone."""
        assert shape.reference is not None
        path, name = node.prefix + shape.name, ref.name or ref.key or ""
        if shape.reference.lost == "drop-owner" and owner is not None:
            owner.remove(node)
            self.note("TR-W415", node.key, path, name=name)
            return True
        if shape.reference.lost == "first":
            node.values[shape.name] = str(self.stages[0].values["id"])
            self.note("TR-W416", node.key, path, name=name, stage=node.values[shape.name])
        else:
            del node.values[shape.name]
            self.note("TR-W414", node.key, path, name=name)
        return False

    def _one_deal(self) -> None:
        deals = [stage for stage in self.stages if "deal" in stage.values]
        for stage in deals[1:]:
            del stage.values["deal"]
            self.note("TR-W417", stage.key, "deal", first=str(deals[0].values["id"]), second=str(stage.values["id"]))

    def _no_circles(self) -> None:
        """From the first stage on, a stage is no longer after those that come after it."""
        for stage in self.stages:
            after = stage.values.get("after")
            if not after:
                continue
            kept = [name for name in after if name != stage.values["id"] and not self._comes_after(name, stage)]
            if len(kept) < len(after):
                stage.values["after"] = kept
                gone = [name for name in after if name not in kept]
                self.note("TR-W418", stage.key, "after", names=", ".join(gone))

    def _comes_after(self, name: str, stage: Node) -> bool:
        """Whether the stage called `name` lies on some way behind `stage`."""
        before, goal = _predecessors(self.stages), stage.values["id"]
        seen: set[str] = set()
        wave = {name}
        while wave - seen:
            seen |= wave
            wave = {far for near in wave for far in before.get(near, ())}
        return goal in seen

    def note(self, code: str, key: str, path: str = "", **facts: Any) -> None:
        """Something mended."""
        self.notes.append(Note(code, key, path, facts))


def _predecessors(stages: Iterable[Node]) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    previous: list[str] = []
    for stage in stages:
        after = stage.values.get("after")
        out[stage.values["id"]] = previous if after is None else after
        previous = [stage.values["id"]]
    return out


def _next_free(name: str, taken: set[str]) -> str:
    """`name-2`, or the first number after it that nobody has."""
    stem = re.sub(r"-\d+$", "", name, flags=re.ASCII)[:_ROOM] or name[:_ROOM]
    number = 2
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"
