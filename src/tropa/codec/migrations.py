"""Older formats, brought up to date on the tree itself, so that comments and order survive. Old fixtures stay for ever."""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping
from typing import Any

from tropa.codec.plain import located
from tropa.model import FORMAT_VERSION, TropaError, Where

Tree = MutableMapping[str, Any]


def migrate(tree: Tree, name: str) -> tuple[int, ...]:
    """Bring a tree to `FORMAT_VERSION` in place; the versions it went through. Raises TR-C020 (no version), TR-C021 (newer), TR-C022."""
    if "tropa" not in tree:
        raise TropaError("TR-C020", Where(file=name, line=1, column=1), version=FORMAT_VERSION)
    version, where = tree["tropa"], located(tree, ("tropa",), name)
    if isinstance(version, bool) or not isinstance(version, int) or version < 0:
        raise TropaError("TR-C022", where, value=str(version), version=FORMAT_VERSION)
    if version > FORMAT_VERSION:
        raise TropaError("TR-C021", where, value=int(version), version=FORMAT_VERSION)
    passed = []
    for step in range(int(version), FORMAT_VERSION):
        MIGRATIONS[step](tree)
        tree["tropa"] = step + 1
        passed.append(step)
    return tuple(passed)


def _from_0(tree: Tree) -> None:
    """Format 0, the sketch before the first release: `emotion: -1`, `feelings: […]`, `truth: true`, loops with `source` and `target`."""
    for owner in _owners(tree):
        if "emotion" in owner or "feelings" in owner:
            feels: dict[str, Any] = {}
            if "emotion" in owner:
                feels["score"] = owner["emotion"]
            if "feelings" in owner:
                feels["words"] = owner["feelings"]
            at = next(key for key in owner if key in ("emotion", "feelings"))
            _rename(owner, at, "feels", feels)
            owner.pop("feelings", None)
            owner.pop("emotion", None)
        if "truth" in owner:
            _rename(owner, "truth", "moment_of_truth", owner["truth"])
    for loop in _mappings(tree.get("loops")):
        for old, new in (("source", "from"), ("target", "to")):
            if old in loop:
                _rename(loop, old, new, loop[old])


MIGRATIONS: dict[int, Callable[[Tree], None]] = {0: _from_0}
"""By the version that is left behind."""


def _owners(tree: Tree) -> Iterator[Tree]:
    """Stages and touchpoints, those of sub-stages too."""
    for stage in _mappings(tree.get("stages")):
        yield stage
        yield from _mappings(stage.get("touchpoints"))
        for part in _mappings(stage.get("stages")):
            yield from _mappings(part.get("touchpoints"))


def _mappings(items: Any) -> Iterator[Tree]:
    if isinstance(items, list):
        yield from (item for item in items if isinstance(item, MutableMapping))


def _rename(owner: Any, old: str, new: str, value: Any) -> None:
    """Give a key another name where it stands, with its comment."""
    at = list(owner).index(old)
    if hasattr(owner, "insert"):
        comment = owner.ca.items.pop(old, None)
        line = owner.lc.data.get(old) if owner.lc.data else None
        del owner[old]
        owner.insert(at, new, value)
        if comment is not None:
            owner.ca.items[new] = comment
        if line is not None:
            owner.lc.data[new] = line
        return
    items = list(owner.items())
    items[at] = (new, value)
    owner.clear()
    owner.update(items)
