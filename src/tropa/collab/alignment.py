"""What became of what: items of two lists paired, those that were moved, and the edits between two texts."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

_LIKE = 0.5
"""Two lines at least this much alike are one line that was edited."""


def paired(before: Sequence[Any], after: Sequence[Any]) -> list[int | None]:
    """For each item after, the place of the item before that it was: by id, by equal content, by likeness. None: it is new.

    An item whose id is new but which otherwise equals one that has gone was given another id.
    """
    out: list[int | None] = [None] * len(after)
    left = dict(enumerate(before))
    for same in (_identity, _content):
        _pair(left, after, out, same)
    rest = [index for index, old in enumerate(out) if old is None and _identity(after[index]) is None]
    free = [index for index, item in left.items() if _identity(item) is None]
    if len(rest) == len(free):
        for index, old in zip(rest, free, strict=True):
            out[index] = old
        return out
    for index in rest:
        ratios = [(_likeness(before[old], after[index]), -old) for old in free]
        best = max(ratios, default=(0.0, 0))
        if best[0] >= _LIKE:
            out[index] = -best[1]
            free.remove(-best[1])
    return out


def _pair(left: dict[int, Any], after: Sequence[Any], out: list[int | None], same: Any) -> None:
    places: dict[Any, list[int]] = {}
    for index, item in left.items():
        places.setdefault(same(item), []).append(index)
    for index, item in enumerate(after):
        mark = same(item)
        if out[index] is None and mark is not None and places.get(mark):
            out[index] = places[mark].pop(0)
            del left[out[index]]  # type: ignore[arg-type]


def _identity(item: Any) -> str | None:
    return str(item["id"]) if isinstance(item, dict) and "id" in item else None


def _content(item: Any) -> str:
    body = {key: value for key, value in item.items() if key != "id"} if isinstance(item, dict) else item
    return json.dumps(body, ensure_ascii=False, sort_keys=True)


def _likeness(one: Any, other: Any) -> float:
    return SequenceMatcher(None, _content(one), _content(other), autojunk=False).ratio()


def moved(places: Sequence[int | None]) -> set[int]:
    """Of items given by their places before, the fewest that must have been moved (None: new, never moved)."""
    known = [(index, place) for index, place in enumerate(places) if place is not None]
    tails: list[int] = []
    ends: list[int] = []
    back: dict[int, int | None] = {}
    for index, place in known:
        at = bisect_left(tails, place)
        back[index] = ends[at - 1] if at else None
        if at == len(tails):
            tails.append(place)
            ends.append(index)
        else:
            tails[at], ends[at] = place, index
    stay: set[int] = set()
    last: int | None = ends[-1] if ends else None
    while last is not None:
        stay.add(last)
        last = back[last]
    return {index for index, _ in known} - stay


def edits(before: str, after: str, now: str) -> list[tuple[int, int, str]]:
    """What turned `before` into `after`, as edits of `now`: (place, characters removed, text put in), last place first.

    Characters that were put into `now` meanwhile stay; those that have gone meanwhile are not removed twice.
    """
    place = _places(before, now)
    out: list[tuple[int, int, str]] = []
    for tag, low, high, new_low, new_high in reversed(_opcodes(before, after)):
        if tag == "equal":
            continue
        gone = sorted((place[index] for index in range(low, high) if place[index] >= 0), reverse=True)
        out += [(spot, 1, "") for spot in gone]
        if new_high > new_low:
            before_it = next((place[index] + 1 for index in range(low - 1, -1, -1) if place[index] >= 0), 0)
            out.append((before_it, 0, after[new_low:new_high]))
    return _joined(out)


def _joined(steps: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Neighbouring removals as one, and a removal with what takes its place."""
    out: list[tuple[int, int, str]] = []
    for place, count, words in steps:
        if out and not out[-1][2] and out[-1][1] and out[-1][0] == place + count:
            out[-1] = (place, count + out[-1][1], words)
        else:
            out.append((place, count, words))
    return out


def _places(before: str, now: str) -> list[int]:
    """For each character of `before` where it is now, −1 where it is no more."""
    if before == now:
        return list(range(len(now)))
    out = [-1] * len(before)
    for tag, low, high, new_low, _ in _opcodes(before, now):
        if tag == "equal":
            out[low:high] = range(new_low, new_low + high - low)
    return out


def _opcodes(one: str, other: str) -> list[tuple[str, int, int, int, int]]:
    """difflib's steps, after what both begin and end with was set aside."""
    head = 0
    while head < min(len(one), len(other)) and one[head] == other[head]:
        head += 1
    tail = 0
    while tail < min(len(one), len(other)) - head and one[-1 - tail] == other[-1 - tail]:
        tail += 1
    middle = SequenceMatcher(None, one[head : len(one) - tail], other[head : len(other) - tail], autojunk=False)
    out: list[tuple[str, int, int, int, int]] = [("equal", 0, head, 0, head)] if head else []
    out += [(tag, a + head, b + head, c + head, d + head) for tag, a, b, c, d in middle.get_opcodes()]
    if tail:
        out.append(("equal", len(one) - tail, len(one), len(other) - tail, len(other)))
    return out
