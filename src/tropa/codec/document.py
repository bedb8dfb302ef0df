"""A map file that is being worked on: the map, and the text with its comments and its order."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tropa.codec.faults import coded, placed
from tropa.codec.json_text import parse_json, with_positions
from tropa.codec.merge import merged, put, take
from tropa.codec.migrations import migrate
from tropa.codec.plain import located, path_of_ids, plain
from tropa.codec.writer import full_map, plain_map, to_json, tree_of
from tropa.codec.yaml_text import decode, dump, parse
from tropa.files import write_bytes
from tropa.model import Map, TropaError, Where


class Document:
    """A map file. `map` is its value now; `set` and `update` change it and keep the comments; `save` writes all or nothing."""

    def __init__(
        self, text: str, tree: Any, value: Map, name: str, *, migrated: tuple[int, ...] = (), form: str = "yaml"
    ) -> None:
        self._text = text
        self._tree: Any | None = tree
        self._map = value
        self.name = name
        self.path: Path | None = None
        self.migrated = migrated
        """Versions the file was brought up from; empty for a file of today."""
        self.form = form
        """`yaml` or `json`."""

    @property
    def map(self) -> Map:
        """The map as it stands now."""
        return self._map

    def text(self) -> str:
        """The file's text, with comments and order as they were read."""
        return self._text

    def where(self, address: str) -> Where:
        """Line and column of an address with ids, such as `stages.purchase.pains`; the nearest that is known."""
        self._tree = tree = self._taken()
        return located(tree, path_of_ids(tree, address), self.name)

    def set(self, address: str, value: Any) -> None:
        """Put a plain value at an address with ids (`stages.purchase.owner`, `title.ru`); None takes the key away.

        Raises TR-C060 for an address that leads nowhere, and whatever the whole map then breaks; the document is then as it was.
        """
        holder, _, key = address.rpartition(".")
        tree = self._taken()
        if holder and not _reached(tree, holder):
            raise TropaError("TR-C060", Where(file=self.name, path=address), address=address)
        path = path_of_ids(tree, holder) if holder else ()
        node = tree
        for part in path:
            node = node[part]
        step: str | int = key
        if isinstance(node, list):
            found = path_of_ids(tree, address)[len(path) :]
            if len(found) != 1:
                raise TropaError("TR-C060", Where(file=self.name, path=address), address=address)
            step = found[0]
        elif not isinstance(node, dict):
            raise TropaError("TR-C060", Where(file=self.name, path=address), address=address)
        if value is not None:
            put(node, step, tree_of(value))
        else:
            take(node, step)
        value = checked(plain(tree, self.name), tree, self.name)
        self._become(to_json(plain_map(value)) if self.form == "json" else dump(tree), value)

    def update(self, value: Map) -> None:
        """Make the document say `value`: what is equal stays untouched with its comments, lists of things with ids go by id."""
        if value == self._map:
            return
        if self.form == "json":
            self._become(to_json(plain_map(value)), value)
            return
        text = dump(merged(self._taken(), full_map(self._map), full_map(value), plain_map(value)))
        if loads(text, self.name).map != value:
            # keys in another spelling (`source` for `from`) beside new ones: the whole text is written anew
            text = dump(tree_of(plain_map(value)))
        self._become(text, value)

    def save(self, path: Path | None = None) -> Path:
        """Write the file: first beside it, then in its place, so that a crash leaves the old or the new. Returns where."""
        target = path or self.path
        if target is None:
            raise TropaError("TR-C061", Where(file=self.name))
        write_whole(target, self._text.encode("utf-8"))
        self.path = target
        return target

    def _taken(self) -> Any:
        """The tree, to change and to write out: after that it is spent (writing uses up its comments), and the text is parsed again."""
        tree, self._tree = self._tree, None
        if tree is not None:
            return tree
        return parse_json(self._text, self.name) if self.form == "json" else parse(self._text, self.name)

    def _become(self, text: str, value: Map) -> None:
        self._text, self._map, self._tree = text, value, None


def load(path: Path | str) -> Document:
    """Read a map file (`.json`: JSON, else YAML). Raises coded errors TR-C…, TR-M… with file, line and column."""
    file = Path(path)
    try:
        raw = file.read_bytes()
    except OSError as fault:
        raise TropaError("TR-C001", Where(file=str(path)), reason=fault.strerror or str(fault)) from fault
    document = loads(decode(raw, str(path)), str(path))
    document.path = file
    return document


def loads(text: str | bytes, name: str = "map.yaml") -> Document:
    """Read a map from text; `name` stands for the file in errors, and its ending chooses the format."""
    if isinstance(text, bytes):
        text = decode(text, name)
    form = "json" if name.lower().endswith(".json") else "yaml"
    tree = parse_json(text, name) if form == "json" else parse(text, name)
    if tree is None:
        raise TropaError("TR-C017", Where(file=name, line=1, column=1))
    if not isinstance(tree, dict):
        raise TropaError("TR-C018", Where(file=name, line=1, column=1))
    try:
        body = plain(tree, name)
        migrated = migrate(tree, name)
        if migrated:
            body = plain(tree, name)
        value = checked(body, tree, name)
        if migrated:
            text = to_json(plain_map(value)) if form == "json" else dump(tree)
        return Document(text, tree, value, name, migrated=migrated, form=form)
    except TropaError as fault:
        if form == "yaml" or fault.where.line is not None:
            raise
        positions = with_positions(text, tree, name)
        if positions is not tree:
            # the same reading once more, on a tree that knows its lines: only to raise the same error with its place
            migrate(positions, name)
            checked(plain(positions, name), positions, name)
        raise


def checked(body: Any, tree: Any, name: str) -> Map:
    """The map a plain value says. Raises all its faults as one coded error with their places."""
    try:
        return Map.model_validate(body)
    except ValidationError as fault:
        raise coded(fault, body, tree, name) from fault
    except TropaError as fault:
        raise placed(fault, tree, name) from fault


def write_whole(target: Path, raw: bytes) -> None:
    """Write a file so that it is as before or as after, never between. Raises TR-C062 where the disk refuses."""
    try:
        write_bytes(target, raw)
    except OSError as fault:
        raise TropaError("TR-C062", Where(file=str(target)), reason=fault.strerror or str(fault)) from fault


def _reached(tree: Any, address: str) -> bool:
    path = path_of_ids(tree, address) if address else ()
    node, names = tree, []
    for part in path:
        node = node[part]
        names.append(str(node.get("id", part)) if isinstance(part, int) and isinstance(node, Mapping) else str(part))
    return ".".join(names) == address or ".".join(str(part) for part in path) == address
