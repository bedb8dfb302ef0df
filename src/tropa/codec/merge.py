"""Writing a changed map into a file somebody wrote: what is equal stays as it was spelled, with its comments."""

from __future__ import annotations

from typing import Any

from tropa.codec.writer import tree_of

_NOTHING = object()


def merged(tree: Any, before: Any, after: Any, spelled: Any) -> Any:
    """The tree with `after` in the place of `before`; both are full plain values, `spelled` is `after` without its defaults.

    `tree` is parallel to `before`. Mappings go key by key, lists of things with ids by id, other lists by place. Nodes that say the same
    before and after are not touched, however they are spelled (`24h` stays `24h`).
    """
    if same(before, after):
        return tree
    if isinstance(tree, dict) and isinstance(before, dict) and isinstance(after, dict):
        return _mapping(tree, before, after, spelled)
    if isinstance(tree, list) and isinstance(before, list) and isinstance(after, list) and len(tree) == len(before):
        return _list(tree, before, after, spelled)
    return tree_of(spelled)


def same(one: Any, other: Any) -> bool:
    """Equal in content and in kind: 1, 1.0 and true are three things."""
    return one is other or repr(one) == repr(other)


def _mapping(tree: Any, before: dict[str, Any], after: dict[str, Any], spelled: dict[str, Any]) -> Any:
    for key in dict.fromkeys((*before, *after)):
        if same(before.get(key, _NOTHING), after.get(key, _NOTHING)):
            continue
        if key not in spelled:
            tree.pop(key, None)
        elif key in tree and key in before:
            _put(tree, key, merged(tree[key], before[key], after[key], spelled[key]))
        else:
            tree[key] = tree_of(spelled[key])
    return tree


def _list(tree: Any, before: list[Any], after: list[Any], spelled: list[Any]) -> Any:
    pairs = _pairs(before, after)
    items = [
        tree_of(spelled[index]) if old is None else merged(tree[old], before[old], after[index], spelled[index])
        for index, old in enumerate(pairs)
    ]
    if pairs == list(range(len(tree))):
        for index, item in enumerate(items):
            _put(tree, index, item)
        return tree
    out = tree_of(items)
    if hasattr(tree, "fa"):
        out.clear()
        out.extend(items)
        if tree.fa.flow_style():
            out.fa.set_flow_style()
    return out


def _put(tree: Any, key: Any, item: Any) -> None:
    """Assigning a node to its own place would lose the comment before it."""
    if tree[key] is not item:
        tree[key] = item


def _pairs(before: list[Any], after: list[Any]) -> list[int | None]:
    """For each item after, which item before it was: by id, else the same content, else (as many as before) the same place."""
    ids = {item["id"]: index for index, item in enumerate(before) if isinstance(item, dict) and "id" in item}
    if ids:
        return [ids.get(item.get("id")) if isinstance(item, dict) else None for item in after]
    if len(before) == len(after):
        return list(range(len(before)))
    left = dict(enumerate(before))
    out: list[int | None] = []
    for item in after:
        found = next((index for index, old in left.items() if same(old, item)), None)
        left.pop(found, None) if found is not None else None
        out.append(found)
    return out
