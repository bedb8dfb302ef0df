"""Frames of a room: y-protocols' sync and awareness messages, and some of our own. `wire.ts` is the twin.

A frame is one message. Numbers are lib0's variable-length unsigned ones, bytes and strings have their length before them.

| frame              | from   | content                                                                                            |
|--------------------|--------|----------------------------------------------------------------------------------------------------|
| 0 0 `vector`       | both   | sync step 1: what I have. The other answers with step 2                                              |
| 0 1 `update`       | both   | sync step 2: what you lack. Towards the server it is a change like any other                         |
| 0 2 `update`       | both   | a change                                                                                             |
| 1 `states`         | both   | awareness: who is where                                                                              |
| 10 `n` `sequence`  | server | ack: the n-th change sent over this connection (from 1) is durable; the log stands at `sequence`     |
| 11 `n` `json`      | server | refused: the n-th change was not taken, `{"code": "TR-W40…"}` says why; n = 0: this connection ends  |
| 12 `0 or 1`        | server | right: whether changes from here are taken; sent at the start and when it changes                    |
| 13 `name`          | server | document: which one this is, before anything else. Who holds another under this map's address (of a  |
|                    |        | database that was made anew) must not sync: merged, the two would be one map with everything twice   |
| 14 `n`             | client | talk: what changed in the comments after their n-th change? One page of it comes                     |
| 14 `json`          | server | talk: `{"after", "upto", "last", "comments"}`: all that changed after `after` up to `upto` (`last`:  |
|                    |        | the newest change there is). Also sent unasked, when somebody said something; who lacks what is      |
|                    |        | before `after` asks for it                                                                           |

Changes are answered in the order in which they came, each with an ack or a refusal. After a refusal the server takes no further change over
that connection: later ones would rest on the refused one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SYNC, AWARENESS, ACK, REFUSED, RIGHT, DOCUMENT, TALK = 0, 1, 10, 11, 12, 13, 14
STEP_1, STEP_2, UPDATE = 0, 1, 2


class BadFrame(ValueError):
    """Bytes that are no frame."""


@dataclass(frozen=True, slots=True)
class AwarenessState:
    """What one tab says of itself. `state` None: it has gone."""

    client: int
    clock: int
    state: Mapping[str, Any] | None


class Scanner:
    """Reads numbers, bytes and strings off a frame. Raises BadFrame beyond its end."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def number(self) -> int:
        """A variable-length unsigned number of at most 53 bits, which is what JavaScript counts to."""
        value = shift = 0
        while True:
            if self._at >= len(self._data) or shift > 49:
                raise BadFrame("number")
            byte = self._data[self._at]
            self._at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                break
        if value >= 1 << 53:
            raise BadFrame("number")
        return value

    def bytes(self) -> bytes:
        """Bytes with their length before them."""
        end = self.number() + self._at
        if end > len(self._data):
            raise BadFrame("bytes")
        out = self._data[self._at : end]
        self._at = end
        return out

    def text(self) -> str:
        """A string."""
        try:
            return self.bytes().decode()
        except UnicodeDecodeError as fault:
            raise BadFrame("text") from fault

    def end(self) -> None:
        """Nothing may follow."""
        if self._at != len(self._data):
            raise BadFrame("more than one message")


def number(value: int) -> bytes:
    """A variable-length unsigned number."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def sized(data: bytes) -> bytes:
    """Bytes with their length before them."""
    return number(len(data)) + data


def sync(step: int, data: bytes) -> bytes:
    """A sync message."""
    return bytes((SYNC, step)) + sized(data)


def ack(count: int, sequence: int) -> bytes:
    """The `count`-th change is durable, the log stands at `sequence`."""
    return bytes((ACK,)) + number(count) + number(sequence)


def refused(count: int, code: str) -> bytes:
    """The `count`-th change was not taken (0: the connection ends)."""
    return bytes((REFUSED,)) + number(count) + sized(json.dumps({"code": code}).encode())


def right(can_write: bool) -> bytes:
    """Whether changes are taken."""
    return bytes((RIGHT, int(can_write)))


def document(name: str) -> bytes:
    """Which document this is."""
    return bytes((DOCUMENT,)) + sized(name.encode())


def talk(told: bytes) -> bytes:
    """What changed in the comments, as JSON."""
    return bytes((TALK,)) + sized(told)


def ask_talk(after: int) -> bytes:
    """What changed in the comments after a number?"""
    return bytes((TALK,)) + number(after)


def awareness(states: list[AwarenessState]) -> bytes:
    """An awareness message."""
    body = number(len(states))
    for item in states:
        words = json.dumps(item.state, separators=(",", ":"))
        body += number(item.client) + number(item.clock) + sized(words.encode())
    return bytes((AWARENESS,)) + sized(body)


def read_awareness(data: bytes) -> list[AwarenessState]:
    """The states of an awareness message's body. Raises BadFrame."""
    scanner = Scanner(data)
    out = []
    for _ in range(scanner.number()):
        client, clock, words = scanner.number(), scanner.number(), scanner.text()
        try:
            state = json.loads(words)
            json.dumps(state, allow_nan=False)  # NaN and what is beyond all numbers are no JSON to a browser
        except (ValueError, RecursionError) as fault:
            raise BadFrame("state") from fault
        if state is not None and not isinstance(state, dict):
            raise BadFrame("state")
        out.append(AwarenessState(client, clock, state))
    scanner.end()
    return out


def vector(data: bytes) -> dict[int, int]:
    """A state vector: how much of each client's changes somebody has. Raises BadFrame."""
    scanner = Scanner(data)
    out = {scanner.number(): scanner.number() for _ in range(scanner.number())}
    scanner.end()
    return out


class Ranges(dict[int, tuple[tuple[int, int], ...]]):
    """For each client which of its numbers were deleted: (first, how many), in order, apart from one another."""


def ranges(data: bytes) -> Ranges:
    """A delete set. Raises BadFrame."""
    scanner = Scanner(data)
    out = Ranges()
    for _ in range(scanner.number()):
        client = scanner.number()
        found = sorted((scanner.number(), scanner.number()) for _ in range(scanner.number()))
        joined: list[tuple[int, int]] = []
        for first, count in found:
            if joined and sum(joined[-1]) >= first:
                start = joined[-1][0]
                joined[-1] = (start, max(sum(joined[-1]), first + count) - start)
            elif count:
                joined.append((first, count))
        if joined:
            out[client] = tuple(joined)
    scanner.end()
    return out


def without(all_of: Ranges, known: Ranges) -> Ranges:
    """What is in the one delete set and not in the other."""
    out = Ranges()
    for client, found in all_of.items():
        left: list[tuple[int, int]] = []
        for first, count in found:
            at, end = first, first + count
            for low, size in known.get(client, ()):
                if low + size <= at or low >= end:
                    continue
                if low > at:
                    left.append((at, low - at))
                at = max(at, low + size)
            if at < end:
                left.append((at, end - at))
        if left:
            out[client] = tuple(left)
    return out


def write_ranges(told: Ranges) -> bytes:
    """A delete set as bytes."""
    out = number(len(told))
    for client, found in told.items():
        out += number(client) + number(len(found)) + b"".join(number(first) + number(count) for first, count in found)
    return out


def deleted(data: bytes) -> dict[int, int]:
    """For each client the end of the last range that a delete set names. Raises BadFrame."""
    return {client: sum(found[-1]) for client, found in ranges(data).items()}
