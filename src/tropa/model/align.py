"""Which item of one list is which of another: by content, by the key it goes by, by likeness of words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Sequence
from difflib import SequenceMatcher
from typing import Any, TypeVar

ALIKE = 0.6
"""Texts with more in common than this are one text, reworded (difflib's ratio)."""

T = TypeVar("T", bound=Hashable)


def moved(before: Sequence[T], after: Sequence[T]) -> set[T]:
    """The fewest things that must be moved to bring one order into the other (both hold the same things, each once).

    What stays is a longest increasing run of old places in the new order (patience sorting, O(n log n)).
    """
    places = {name: index for index, name in enumerate(before)}
    ends: list[int] = []
    tails: list[int] = []
    back: list[int] = []
    for index, name in enumerate(after):
        at = bisect_left(ends, places[name])
        back.append(tails[at - 1] if at else -1)
        ends[at : at + 1] = [places[name]]
        tails[at : at + 1] = [index]
    stay, index = set[int](), tails[-1] if tails else -1
    while index >= 0:
        stay.add(index)
        index = back[index]
    return {name for index, name in enumerate(after) if index not in stay}


def aligned(before: Sequence[Any], after: Sequence[Any]) -> list[tuple[int, int | None]]:
    """For each item before, which item after it is; None: gone. Equal ones first, then those of one key, then the most alike."""
    left, right = dict(enumerate(before)), dict(enumerate(after))
    pairs: dict[int, int] = {}
    for same in (_equal, _one_key):
        for here in list(left):
            there = next((index for index, item in right.items() if same(left[here], item)), None)
            if there is not None:
                pairs[here] = there
                del left[here], right[there]
    _pair_alike(left, right, pairs)
    return [(here, pairs.get(here)) for here in range(len(before))]


def _pair_alike(left: dict[int, Any], right: dict[int, Any], pairs: dict[int, int]) -> None:
    """Lines that were reworded. Things that go by something else than their words (loops, figures) are never alike."""
    worded = [
        {at: text for at, item in side.items() if key_of(item) == ((text := text_of(item)),)} for side in (left, right)
    ]
    ranked = sorted(
        (-_likeness(old, new), here, there) for here, old in worded[0].items() for there, new in worded[1].items()
    )
    for ratio, here, there in ranked:
        if -ratio >= ALIKE and here in left and there in right:
            pairs[here] = there
            del left[here], right[there]


def _likeness(one: str, other: str) -> float:
    first, second = sorted((one, other))  # difflib's ratio depends on which comes first
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _equal(old: Any, new: Any) -> bool:
    return repr(old) == repr(new)


def _one_key(old: Any, new: Any) -> bool:
    return key_of(old) is not None and key_of(old) == key_of(new)


def key_of(item: Any) -> tuple[str, ...] | None:
    """What an item without an id goes by: its text, the reading of a figure, the ends of a loop, whose score it is; None: nothing."""
    if isinstance(item, dict):
        if "from" in item:
            return str(item["from"]), str(item["to"])
        if "rival" in item:
            return "rival", str(item["rival"])
        if "exit_rate" in item:
            return str(item["stage"]), str(item["kind"])
        if "value" in item and "reading" in item:
            return "reading", str(item["reading"])
        if "instrument" in item:
            return "when", repr(item["when"])
    text = text_of(item)
    return (text,) if text else None


def text_of(item: Any) -> str:
    """The words of a line, of a statement or of evidence, of a text in several languages all of them."""
    if isinstance(item, str):
        return item
    if isinstance(item, dict):
        for key in ("text", "title", "quote", "interview", "visit", "link", "file", "reading", "experiment"):
            if item.get(key):
                return text_of(item[key])
        if all(len(key) == 2 for key in item):
            return " / ".join(str(text) for text in item.values())
    return ""
