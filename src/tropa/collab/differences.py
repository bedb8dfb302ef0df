"""An edit made outside, brought into the live document: only what it changed is changed here."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from pycrdt import Doc
from pycrdt import Map as SharedMap
from pycrdt import Text as SharedText

from tropa.codec import plain_map
from tropa.collab.alignment import edits, moved, paired
from tropa.collab.decoding import mended, plain
from tropa.collab.encoding import WHOLE, Filler, NewKey, is_folded_in_full, reference, rule_text, text_marker, unfolded
from tropa.collab.order import between, is_fraction, spread
from tropa.collab.raw import read_raw, text_name
from tropa.collab.repair import EMPTY_STAGE
from tropa.collab.shape import ROOT_KEY, THINGS, FieldShape, Kind, kinds
from tropa.collab.tree import Node
from tropa.model import Map


def apply_difference(doc: Doc[Any], before: Map, after: Map, new_key: NewKey) -> None:
    """Do to a document what turned `before` into `after`, in one transaction."""
    if before != after:
        with doc.transaction():
            _Differ(doc, new_key).apply(plain_map(before), plain_map(after))


class _Differ:
    """Walks the document's tree and both maps in step, and changes the document where the maps differ."""

    def __init__(self, doc: Doc[Any], new_key: NewKey) -> None:
        self.raw = read_raw(doc)
        self.tree, _, ids = mended(self.raw)
        self.known = {(group, name): key for group, names in ids.items() for key, name in names.items()}
        self.filler = Filler(new_key)
        self.lanes_before: dict[str, str] = {}
        self._doc = doc
        self._root = doc.get(ROOT_KEY, type=SharedMap)
        self._things = doc.get(THINGS, type=SharedMap)
        self._references: list[tuple[str, str, FieldShape, Any]] = []

    def apply(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """The whole map. References come last, when every new thing has its key."""
        self._settle_empty_stage()
        lanes = (before.get("lanes") or [], after.get("lanes") or [])
        self._lanes(self._found(self.tree.values.get("lanes") or [], lanes[0]), paired(*lanes), *lanes)
        self._thing(self.tree, before, after)
        self.filler.refer(self.known)
        for key, fields in self.filler.raw.fields.items():
            if key != ROOT_KEY:
                self._things[key] = SharedMap(fields)
        for name, words in self.filler.raw.texts.items():
            self._doc.get(name, type=SharedText).insert(0, words)
        keys = {**self.known, **self.filler.keys}
        for key, path, shape, value in self._references:
            self._set(key, path, None if value is None else reference(shape, value, keys))

    def _settle_empty_stage(self) -> None:
        """The stage that a document without any is shown with becomes a real one before something is said of it."""
        if EMPTY_STAGE not in self.raw.fields and self.tree.values["stages"][0].key == EMPTY_STAGE:
            fields = {"_in": ROOT_KEY, "_at": "stages", "_order": spread(1)[0], "id": EMPTY_STAGE}
            self.raw.fields[EMPTY_STAGE] = fields
            self._things[EMPTY_STAGE] = SharedMap(fields)

    def _thing(self, node: Node, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """The fields of a thing or part that differ."""
        for shape in node.kind.fields.values():
            old, new = before.get(shape.name), after.get(shape.name)
            if not _same(old, new):
                self._field(node, shape, old, new)

    def _field(self, node: Node, shape: FieldShape, old: Any, new: Any) -> None:
        key, path = node.key, node.prefix + shape.name
        match shape.form:
            case "text":
                self._words(key, path, old, new)
            case "plain":
                self._set(key, path, new)
                if shape.name == "id" and node.kind.group:
                    self.known[node.kind.group, new] = key
            case "rule":
                self._set(key, path, None if new is None else rule_text(new))
            case "ref" | "refs":
                self._references.append((key, path, shape, new))
            case "list":
                self._list(node, shape, old or [], new or [])
            case "part":
                self._part(kinds()[str(shape.of)], key, path, node.values.get(shape.name), old, new)
            case "cells":
                self._cells(node, path, node.values.get(shape.name) or {}, old or {}, new or {})

    # Words

    def _words(self, key: str, path: str, old: Any, new: Any) -> None:
        before, after = _by_language(old), _by_language(new)
        for lang in dict.fromkeys((*before, *after)):
            self._edit(text_name(key, path, lang), before.get(lang, ""), after.get(lang, ""))
        self._set(key, path, None if new is None else text_marker(new))

    def _edit(self, name: str, before: str, after: str) -> None:
        if before == after:
            return
        text = self._doc.get(name, type=SharedText)
        now = str(text)
        for place, count, words in edits(before, after, now):
            at = len(now[:place].encode())
            if count:
                del text[at : at + len(now[place : place + count].encode())]
            if words:
                text.insert(at, words)
            now = now[:place] + words + now[place + count :]

    # Parts and cells

    def _part(self, kind: Kind, key: str, path: str, node: Node | None, old: Any, new: Any) -> None:
        if new is None:
            self._clear(key, f"{path}/")
            self._set(key, path, None)
            return
        body = unfolded(kind, new)
        self._thing(node or Node(kind, key, f"{path}/"), {} if old is None else unfolded(kind, old), body)
        self._set(key, path, WHOLE if is_folded_in_full(kind, new) or not body else None)

    def _cells(
        self, node: Node, path: str, cells: Mapping[str, Node], old: Mapping[str, Any], new: Mapping[str, Any]
    ) -> None:
        there = {cell.prefix: cell for cell in cells.values()}
        before = {_token(self.lanes_before, lane): cell for lane, cell in old.items()}
        after = {self.filler.lane_token(lane): cell for lane, cell in new.items()}
        for token in dict.fromkeys((*before, *after)):
            if not _same(before.get(token), after.get(token)):
                spot = f"{path}/{token}"
                self._part(kinds()["Cell"], node.key, spot, there.get(f"{spot}/"), before.get(token), after.get(token))

    # Lists

    def _list(self, owner: Node, shape: FieldShape, old: list[Any], new: list[Any]) -> None:
        kind, path = kinds()[str(shape.of)], owner.prefix + shape.name
        nodes: list[Node] = owner.values.get(shape.name) or []
        there = self._found(nodes, old)
        origin = paired(old, new)
        for index in sorted(set(range(len(old))) - set(origin) - {None}):
            if there[index] is not None:
                self._remove(there[index])
        line = [(self._order(node), node.key) for node in nodes]
        shifted = moved(origin)
        last: str | None = None
        for index, item in enumerate(new):
            was = origin[index]
            node = None if was is None else there[was]
            if was is not None and node is None:
                continue  # it has gone here meanwhile
            if node is None:
                order = self._place(line, last)
                last = self.filler.thing(kind, owner.key, path, order, item)
                line = sorted([*line, (order, last)])
                continue
            if index in shifted:
                line = [spot for spot in line if spot[1] != node.key]
                order = self._place(line, last)
                self._set(node.key, "_order", order)
                line = sorted([*line, (order, node.key)])
            last = node.key
            self._changed(node, kind, old[was or 0], item)

    def _changed(self, node: Node, kind: Kind, old: Any, new: Any) -> None:
        """A thing that was there before and is there after."""
        if _same(old, new):
            return
        if kind.opaque:
            self._set(node.key, "value", rule_text(new))
            return
        self._thing(node, unfolded(kind, old), unfolded(kind, new))
        self._set(node.key, "_form", WHOLE if is_folded_in_full(kind, new) else None)

    def _lanes(self, there: list[Node | None], origin: list[int | None], old: list[Any], new: list[Any]) -> None:
        """Which keys the lanes had and have: their cells go by them. (New lanes get theirs when they are made.)"""
        self.lanes_before = {str(item["id"]): node.key for node, item in zip(there, old, strict=True) if node}
        for item, was in zip(new, origin, strict=True):
            node = None if was is None else there[was]
            if node is not None:
                self.filler.lanes[str(item["id"])] = node.key

    def _found(self, nodes: list[Node], old: list[Any]) -> list[Node | None]:
        """For each item of the map before, the thing it is in the document now."""
        out: list[Node | None] = [None] * len(old)
        for node, index in zip(nodes, paired(old, [plain(node) for node in nodes]), strict=True):
            if index is not None:
                out[index] = node
        return out

    def _order(self, node: Node) -> str:
        order = self.raw.fields[node.key].get("_order") if node.key in self.raw.fields else None
        return order if isinstance(order, str) and is_fraction(order) else ""

    def _place(self, line: list[tuple[str, str]], last: str | None) -> str:
        """A fraction right after the thing `last` (None: at the start)."""
        at = next((index for index, (_, key) in enumerate(line) if key == last), -1)
        low = line[at][0] if at >= 0 else ""
        high = next((order for order, _ in line[at + 1 :] if order > low), "")
        return between(low, high, secrets.randbelow)

    # The document

    def _set(self, key: str, path: str, value: Any) -> None:
        """A field of a thing; None takes it away. Only a real change is written."""
        if self.raw.fields.get(key, {}).get(path) == value:
            return
        target = self._root if key == ROOT_KEY else self._things.get(key)
        if target is None:
            return
        if value is not None:
            target[path] = value
        elif path in target:
            del target[path]

    def _remove(self, node: Node | None) -> None:
        """A thing with all that is in it."""
        for inner in node.walk() if node else ():
            if inner.prefix:
                continue
            self._clear_texts(f"{inner.key}/")
            if inner.key in self._things:
                del self._things[inner.key]

    def _clear(self, key: str, prefix: str) -> None:
        """All that stands under a part."""
        for path in [path for path in self.raw.fields.get(key, {}) if path.startswith(prefix)]:
            self._set(key, path, None)
        self._clear_texts(f"{key}/{prefix}")
        self._drop(
            child
            for child, fields in self.raw.fields.items()
            if fields.get("_in") == key and str(fields.get("_at", "")).startswith(prefix)
        )

    def _drop(self, keys: Iterable[str]) -> None:
        for key in keys:
            self._clear_texts(f"{key}/")
            if key in self._things:
                del self._things[key]

    def _clear_texts(self, start: str) -> None:
        for name in self.raw.texts:
            if name.startswith(start):
                self._doc.get(name, type=SharedText).clear()


def _same(one: Any, other: Any) -> bool:
    """Equal in content and in kind: 1 and true are two things."""
    return one is other or repr(one) == repr(other)


def _by_language(words: Any) -> Mapping[str, str]:
    if words is None:
        return {}
    return {"": words} if isinstance(words, str) else words


def _token(lanes: Mapping[str, str], lane: str) -> str:
    return f"@{lanes[lane]}" if lane in lanes else lane
