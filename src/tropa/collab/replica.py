"""A copy of the document in which a change is tried before it counts."""

from __future__ import annotations

from typing import Any

from pycrdt import Doc
from pycrdt import Map as SharedMap
from pycrdt import get_update as changes_since

from tropa.collab import wire
from tropa.collab.hearing import hearing
from tropa.collab.shape import IDENTITY, ROOT_KEY


class Unfit(Exception):
    """A change that cannot be taken. `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Replica:
    """A document that tells exactly what a change brought, and spoils nothing when it is refused: after `Unfit`, make a new one."""

    def __init__(self, state: bytes, most_bytes: int) -> None:
        self._doc: Doc[Any] = Doc()
        self._most = most_bytes
        if state:
            self._doc.apply_update(state)
        self._size = len(state)

    def take(self, update: bytes) -> bytes | None:
        """Apply a change. Returns what it brought that was not known (None: nothing). Raises Unfit."""
        try:
            with hearing(self._doc) as brought:
                self._doc.apply_update(update)
            rest = changes_since(update, self._doc.get_state())
            whole = self._rests_on_known(rest)
        except (ValueError, RuntimeError) as fault:
            raise Unfit("TR-W401") from fault
        except BaseException as fault:
            # the engine panics (an exception beyond Exception) on some bytes that are no honest change
            if type(fault).__name__ != "PanicException":
                raise
            raise Unfit("TR-W401") from fault
        if not whole:
            raise Unfit("TR-W405")
        if not brought:
            return None
        self._size += len(update)
        if self._size > self._most:
            self._size = len(self.state())
            if self._size > self._most:
                raise Unfit("TR-W404")
        return brought[-1]

    def _rests_on_known(self, rest: bytes) -> bool:
        """Whether nothing of a change is left waiting for other changes (`rest`: what of it is not in the document)."""
        if rest[:1] != b"\x00":
            return False
        known = wire.vector(self._doc.get_state())
        return all(end <= known.get(client, 0) for client, end in wire.deleted(rest[1:]).items())

    def identity(self) -> str:
        """The document's own name; empty where it has none."""
        name = self._doc.get(ROOT_KEY, type=SharedMap).get(IDENTITY)
        return name if isinstance(name, str) else ""

    def state(self) -> bytes:
        """The whole document as one update."""
        return self._doc.get_update()

    def vector(self) -> bytes:
        """What of each client's changes is here."""
        return self._doc.get_state()

    def lacking(self, vector: bytes) -> bytes:
        """What somebody with this state vector does not have. Raises BadFrame for bytes that are none."""
        wire.vector(vector)
        return self._doc.get_update(vector)
