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


def deleted(data: bytes) -> dict[int, int]:
    """For each client the end of the last range that a delete set names. Raises BadFrame."""
    scanner = Scanner(data)
    out: dict[int, int] = {}
    for _ in range(scanner.number()):
        client = scanner.number()
        for _ in range(scanner.number()):
            out[client] = max(out.get(client, 0), scanner.number() + scanner.number())
    scanner.end()
    return out
