"""Writing a changed map into a file somebody wrote: what is equal stays as it was spelled, with its comments."""

from __future__ import annotations

from typing import Any

from ruamel.yaml.tokens import CommentToken

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
            take(tree, key)
        elif key in tree and key in before:
            put(tree, key, merged(tree[key], before[key], after[key], spelled[key]))
        else:
            put(tree, key, tree_of(spelled[key]))
    return tree


def _list(tree: Any, before: list[Any], after: list[Any], spelled: list[Any]) -> Any:
    pairs = _pairs(before, after)
    items = [
        tree_of(spelled[index]) if old is None else merged(tree[old], before[old], after[index], spelled[index])
        for index, old in enumerate(pairs)
    ]
    if pairs == list(range(len(tree))):
        for index, item in enumerate(items):
            put(tree, index, item)
        return tree
    out = tree_of(items)
    if hasattr(tree, "fa"):
        out.clear()
        out.extend(items)
        if tree.fa.flow_style():
            out.fa.set_flow_style()
    return out


def put(tree: Any, key: Any, item: Any) -> None:
    """Assign, keeping comments where they stand: the one before a node, and the one that closes a mapping's last line."""
    inside = key in tree if isinstance(tree, dict) else key < len(tree)
    if inside and tree[key] is item:
        return  # assigning a node to its own place would lose the comment before it
    last = next(reversed(tree), None) if isinstance(tree, dict) and not inside else None
    tree[key] = item
    comments = getattr(getattr(tree, "ca", None), "items", {})
    slot: list[Any] = comments.get(last) or []
    token = slot[2] if len(slot) > 2 else None
    if token is None:
        return
    first, rest = _parted(token)
    if rest is not None:
        # what follows the last line on lines of its own belongs after the new last line
        slot[2] = first
        if all(part is None for part in slot):
            del comments[last]
        _follow(tree, key, rest)


def take(tree: Any, key: Any) -> None:
    """Remove a key or an item, keeping what stands on lines of its own after it."""
    if isinstance(tree, dict) and key not in tree:
        return
    holder, leaf = _last_leaf(tree, key)
    slot = getattr(getattr(holder, "ca", None), "items", {}).get(leaf) or []
    place = 0 if isinstance(holder, list) else 2
    rest = _parted(slot[place])[1] if len(slot) > place and slot[place] is not None else None
    names = list(tree) if isinstance(tree, dict) else list(range(len(tree)))
    at = names.index(key)
    del tree[key]
    if rest is not None and at > 0:
        _follow(tree, names[at - 1], rest)


def _parted(token: Any) -> tuple[Any, Any]:
    """A comment token as the comment that ends a line, and the lines that follow it (None where there is none)."""
    first, newline, rest = token.value.partition("\n")
    ending = CommentToken(first + newline, token.start_mark, None) if first else None
    return ending, CommentToken(newline + rest, token.start_mark, None) if rest else None


def _follow(tree: Any, key: Any, rest: Any) -> None:
    """Put lines of comment after whatever ends the node under a key."""
    holder, leaf = _last_leaf(tree, key)
    if not hasattr(holder, "ca"):
        return
    place, empty = (0, [None, None]) if isinstance(holder, list) else (2, [None, None, None, None])
    slot = holder.ca.items.setdefault(leaf, empty)
    old = slot[place]
    if old is not None:
        rest = CommentToken(old.value.rstrip("\n") + rest.value, old.start_mark, None)
    slot[place] = rest


def _last_leaf(holder: Any, key: Any) -> tuple[Any, Any]:
    """The deepest last place under a key that ends a line (not inside brackets)."""
    node: Any = holder[key]
    while hasattr(node, "fa") and node and not node.fa.flow_style():
        holder, key = node, next(reversed(node)) if isinstance(node, dict) else len(node) - 1
        node = holder[key]
    return holder, key


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
