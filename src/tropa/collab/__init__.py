"""The map as a live document that several people change at once (Yjs), and the room where they meet.

How a map lives in its document is stated once, in `shape.py`; the browser has the same as `frontend/src/doc/shape.json`. The frames of a
room are in `wire.py`. Documents go from hand to hand as bytes (one Yjs update with all of it), so nobody else needs to know Yjs:

    state = encode(value)                                   # bytes: a new document that says this map
    decode(state)                                           # Decoded: a valid map, notes of what was mended, keys by id
    change = difference(state, before, after)               # bytes: a change that does to the document what was done to `before` elsewhere
    room = Room("map-1", state, commit, sequence=12)        # in the event loop
    await room.join(connection, can_write, Member("user:1", "Аня"))
    await room.put(change, Member("file", "file"))          # a change of the server's own
    decode(room.state()).map
    await room.close()

`encode`, `decode` and `difference` are pure and may run in any thread. A document made by `encode` twice is two documents: make it once and
store it. To restore an old version: `difference(now, decode(now).map, decode(then).map)` and `put` it.
"""

from tropa.collab.decoding import Decoded
from tropa.collab.documents import EMPTY, decode, difference, encode, merge
from tropa.collab.presence import Member
from tropa.collab.replica import Unfit
from tropa.collab.room import Change, Commit, Room
from tropa.collab.seat import Connection, RoomLimits
from tropa.collab.tree import Note
from tropa.collab.unrolled import Find, Unrolled, replaced

__all__ = [
    "EMPTY",
    "Change",
    "Commit",
    "Connection",
    "Decoded",
    "Find",
    "Member",
    "Note",
    "Room",
    "RoomLimits",
    "Unfit",
    "Unrolled",
    "decode",
    "difference",
    "encode",
    "merge",
    "replaced",
]
