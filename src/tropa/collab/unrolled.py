"""A document gone through update by update: to put old updates together, and to look at what once stood there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from pycrdt import Doc
from pycrdt import Map as SharedMap
from pycrdt import Text as SharedText
from pycrdt import get_update as changes_since

from tropa.collab import wire
from tropa.collab.hearing import hearing
from tropa.collab.shape import ROOT_KEY, THINGS

Find = Callable[[str], Sequence[tuple[int, int]]]
"""Where in a text (start, end; in characters, none inside another) something stands."""


class Unrolled:
    """A document to which updates are applied one after another. What was deleted is gone from it: only that it was there is kept."""

    def __init__(self, parts: Iterable[bytes] = ()) -> None:
        self._doc: Doc[Any] = Doc()
        self._mark, self._gone = self._doc.get_state(), wire.Ranges()
        for part in parts:
            self.take(part)
        self.mark()

    def take(self, update: bytes) -> None:
        """Goes on by one update."""
        self._doc.apply_update(update)

    def mark(self) -> None:
        """From here on `since_mark` counts."""
        self._mark, self._gone = self._doc.get_state(), self._deleted(self._doc.get_update())[1]

    def since_mark(self) -> bytes:
        """One update that brings a document from where it was marked to where it is now; what came and went meanwhile is not in it."""
        update = self._doc.get_update(self._mark)
        size, gone = self._deleted(update)
        if wire.ranges(update[len(update) - size :]) != gone:
            return update
        # Yjs tells all that was ever deleted; what was gone at the mark need not be told again
        return update[: len(update) - size] + wire.write_ranges(wire.without(gone, self._gone))

    def _deleted(self, update: bytes) -> tuple[int, wire.Ranges]:
        """How many bytes at the end of an update tell what was deleted, and what that is."""
        rest = changes_since(update, self._doc.get_state())
        return len(rest) - 1, wire.ranges(rest[1:])

    def state(self) -> bytes:
        """The whole document as one update, without a word that was deleted."""
        return self._doc.get_update()

    def texts(self) -> dict[str, str]:
        """Every text that stands in the document, whatever it is, by where it stands."""
        out: dict[str, str] = {}
        with self._doc.transaction():
            for name in sorted(self._doc.keys()):
                if name in (ROOT_KEY, THINGS):
                    _gather(self._doc.get(name, type=SharedMap).to_py() or {}, name, out)
                else:
                    out[f"text {name}"] = str(self._doc.get(name, type=SharedText))
                    out[f"name {name}"] = name
        return {place: text for place, text in out.items() if text}

    def rewrite(self, find: Find, mark: str) -> bytes:
        """Puts `mark` where `find` says so; returns the update that does it (empty bytes: nothing was to be done).

        In a shared text only what is found is touched, so what others type beside it stays.
        """
        with hearing(self._doc) as brought, self._doc.transaction():
            for name in sorted(self._doc.keys()):
                if name == ROOT_KEY:
                    _rewrite_map(self._doc.get(name, type=SharedMap), find, mark)
                elif name == THINGS:
                    things = self._doc.get(name, type=SharedMap)
                    for key in sorted(things.keys()):
                        inner = things[key]
                        if isinstance(inner, SharedMap):
                            _rewrite_map(inner, find, mark)
                else:
                    _rewrite_text(self._doc.get(name, type=SharedText), find, mark)
        return brought[-1] if brought else b""


def _gather(value: Any, place: str, out: dict[str, str]) -> None:
    if isinstance(value, str):
        out[place] = value
    elif isinstance(value, dict):
        for key, inner in value.items():
            out[f"{place}/{key} name"] = str(key)
            _gather(inner, f"{place}/{key}", out)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            _gather(inner, f"{place}/{number}", out)


def _rewrite_map(target: Any, find: Find, mark: str) -> None:
    for key in sorted(target.keys()):
        before = target[key]
        if isinstance(before, SharedMap | SharedText):
            continue
        after = replaced(before, find, mark)
        if after != before:
            target[key] = after


def _rewrite_text(target: Any, find: Find, mark: str) -> None:
    words = str(target)
    for start, end in sorted(find(words), reverse=True):
        low, high = len(words[:start].encode()), len(words[:end].encode())  # places are counted in bytes
        del target[low:high]
        target.insert(low, mark)


def replaced(value: Any, find: Find, mark: str) -> Any:
    """A plain value with `mark` in place of what is found in its texts."""
    if isinstance(value, str):
        for start, end in sorted(find(value), reverse=True):
            value = f"{value[:start]}{mark}{value[end:]}"
        return value
    if isinstance(value, dict):
        return {key: replaced(inner, find, mark) for key, inner in value.items()}
    if isinstance(value, list):
        return [replaced(inner, find, mark) for inner in value]
    return value
