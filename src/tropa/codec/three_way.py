"""Two edits of one map, made apart, put together: what only one side changed is taken from it.

Works on plain values with every key (`codec.writer.full_map`), so that it needs to know nothing about maps but that things have ids.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tropa.codec.merge import same

_NOTHING: Any = object()


def three_way(base: Any, ours: Any, theirs: Any) -> tuple[Any, tuple[str, ...]]:
    """`ours` with what `theirs` changed since `base`. Returns it with the addresses where both changed the same thing differently.

    There `theirs` stands, except that something changed on one side is not dropped because the other side removed it.
    """
    clashes: list[str] = []
    return _merged(base, ours, theirs, "", clashes), tuple(clashes)


def _merged(base: Any, ours: Any, theirs: Any, at: str, clashes: list[str]) -> Any:
    if same(ours, theirs) or same(base, theirs):
        return ours
    if same(base, ours):
        return theirs
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return _mapping(base if isinstance(base, dict) else {}, ours, theirs, at, clashes)
    if isinstance(ours, list) and isinstance(theirs, list):
        return _list(base if isinstance(base, list) else [], ours, theirs, at, clashes)
    clashes.append(at)
    return ours if theirs is _NOTHING else theirs


def _mapping(base: Any, ours: Any, theirs: Any, at: str, clashes: list[str]) -> dict[str, Any]:
    out = {}
    for key in dict.fromkeys((*ours, *theirs)):
        found = _merged(
            base.get(key, _NOTHING),
            ours.get(key, _NOTHING),
            theirs.get(key, _NOTHING),
            f"{at}.{key}" if at else key,
            clashes,
        )
        if found is not _NOTHING:
            out[key] = found
    return out


def _list(base: list[Any], ours: list[Any], theirs: list[Any], at: str, clashes: list[str]) -> list[Any]:
    if all(_has_id(item) for side in (base, ours, theirs) for item in side):
        sides = [{item["id"]: item for item in side} for side in (base, ours, theirs)]
        if all(len(side) == len(own) for side, own in zip(sides, (base, ours, theirs), strict=True)):
            return _by_id(sides[0], sides[1], sides[2], at, clashes)
    if len(base) == len(ours) == len(theirs):
        trios = zip(base, ours, theirs, strict=True)
        return [_merged(*trio, f"{at}.{index}", clashes) for index, trio in enumerate(trios)]
    return _by_content(base, ours, theirs)


def _has_id(item: Any) -> bool:
    return isinstance(item, dict) and isinstance(item.get("id"), str)


def _by_id(base: Any, ours: Any, theirs: Any, at: str, clashes: list[str]) -> list[Any]:
    kept: dict[str, Any] = {}
    for name in dict.fromkeys((*ours, *theirs)):
        found = _merged(
            base.get(name, _NOTHING), ours.get(name, _NOTHING), theirs.get(name, _NOTHING), f"{at}.{name}", clashes
        )
        if found is not _NOTHING:
            kept[name] = found
    common = [name for name in base if name in ours and name in theirs]
    moved = [name for name in theirs if name in common] != common
    lead, other = (list(theirs), list(ours)) if moved else (list(ours), list(theirs))
    return [kept[name] for name in _woven(lead, other) if name in kept]


def _woven(lead: Sequence[Any], other: Sequence[Any]) -> list[Any]:
    """`lead` with what only `other` has, each put after the one it follows there."""
    out = list(lead)
    for index, name in enumerate(other):
        if name not in out:
            before = next((out.index(one) for one in reversed(other[:index]) if one in out), -1)
            out.insert(before + 1, name)
    return out


def _by_content(base: list[Any], ours: list[Any], theirs: list[Any]) -> list[Any]:
    """Lines without ids: those that `theirs` dropped go, those that it has new come in after the line they follow there."""
    keys = {repr(item): item for side in (base, ours, theirs) for item in side}
    was, now, want = ([repr(item) for item in side] for side in (base, ours, theirs))
    dropped = set(was) - set(want)
    gone = set(was) - set(now)
    lead = [key for key in now if key not in dropped]
    other = [key for key in want if key not in gone]
    return [keys[key] for key in _woven(lead, other)]
