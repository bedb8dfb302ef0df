"""From the tree of a file to plain values, and from a path of keys back to the line and column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq, TaggedScalar

from tropa.model import TropaError, Where

Path = tuple[str | int, ...]

MOST_DEPTH = 60
MOST_NODES = 200_000
"""More than any map needs; a bomb of aliases goes over it at once."""


class _Plainer:
    def __init__(self, name: str) -> None:
        self.name = name
        self.nodes = 0

    def value(self, node: Any, where: Where, path: Path) -> Any:
        self.nodes += 1
        if self.nodes > MOST_NODES or len(path) > MOST_DEPTH:
            raise TropaError("TR-C012", Where(file=self.name, line=where.line, column=where.column))
        tag = getattr(getattr(node, "tag", None), "value", None)
        if isinstance(node, TaggedScalar) or (tag and isinstance(node, (CommentedMap, CommentedSeq))):
            raise TropaError("TR-C014", where, tag=str(tag))
        if isinstance(node, Mapping):
            return self._mapping(node, path)
        if isinstance(node, (list, tuple)):
            return [self.value(item, self.where(node, index, path), (*path, index)) for index, item in enumerate(node)]
        return self._scalar(node, where)

    def _mapping(self, node: Mapping[Any, Any], path: Path) -> dict[str, Any]:
        out: dict[str, Any] = {}
        for key, item in node.items():
            where = self.where(node, key, path)
            if not isinstance(key, str):
                raise TropaError("TR-C015", where, key=str(key))
            out[str(key)] = self.value(item, where, (*path, str(key)))
        return out

    def _scalar(self, node: Any, where: Where) -> Any:
        if isinstance(node, bool) or node is None:
            return node
        if isinstance(node, int):
            # ruamel keeps a YAML boolean in its own class only where it has an anchor
            return bool(node) if type(node).__name__ == "ScalarBoolean" else int(node)
        if isinstance(node, float):
            if not isfinite(node):
                raise TropaError("TR-C016", where)
            return float(node)
        if isinstance(node, str):
            return str(node)
        raise TropaError("TR-C014", where, tag=type(node).__name__)

    def where(self, parent: Any, key: Any, path: Path) -> Where:
        line, column = spot(parent, key)
        return Where(
            file=self.name,
            line=line,
            column=column,
            path=dotted((*path, str(key) if isinstance(parent, Mapping) else key)),
        )


def plain(tree: Any, name: str) -> Any:
    """Dicts with text keys, lists, text, whole and decimal numbers, booleans and None. Raises TR-C012, TR-C014…TR-C016."""
    return _Plainer(name).value(tree, Where(file=name), ())


def spot(parent: Any, key: Any) -> tuple[int | None, int | None]:
    """Line and column (from 1) of a key of a mapping or an item of a list; (None, None) where the tree does not know."""
    marks = getattr(parent, "lc", None)
    data = getattr(marks, "data", None)
    if not data or key not in data:
        return None, None
    line, column = data[key][:2]
    return line + 1, column + 1


def dotted(path: Path) -> str:
    """`stages[0].title`."""
    out = ""
    for part in path:
        out += f"[{part}]" if isinstance(part, int) else f".{part}" if out else part
    return out


def located(tree: Any, path: Path, name: str) -> Where:
    """Where in the file the deepest known part of a path stands."""
    line: int | None = None
    column: int | None = None
    node = tree
    for part in path:
        found = spot(node, part)
        if found[0] is not None:
            line, column = found
        inside = isinstance(part, int) and isinstance(node, Sequence) and not isinstance(node, str) and part < len(node)
        if inside or (isinstance(node, Mapping) and part in node):
            node = node[part]
        else:
            break
    return Where(file=name, line=line, column=column, path=dotted(path))


def path_of_ids(tree: Any, address: str) -> Path:
    """The path of keys and indexes behind an address with ids: `stages.purchase.after` → ("stages", 2, "after").

    Ids may hold dots: the longest id that fits is taken. What leads nowhere ends the path.
    """
    parts, node, out, at = address.split("."), tree, [], 0
    while at < len(parts):
        for end in range(len(parts), at, -1):
            name = ".".join(parts[at:end])
            step = _step(node, name)
            if step is not None:
                out.append(step)
                node = node[step]
                at = end
                break
        else:
            break
    return tuple(out)


def _step(node: Any, name: str) -> str | int | None:
    if isinstance(node, Mapping):
        return name if name in node else None
    if isinstance(node, Sequence) and not isinstance(node, str):
        for index, item in enumerate(node):
            if isinstance(item, Mapping) and item.get("id") == name:
                return index
        if name.isdigit() and int(name) < len(node):
            return int(name)
    return None
