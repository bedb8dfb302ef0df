"""Who is here: what tabs say of themselves, with the user written in by the server."""

from __future__ import annotations

from dataclasses import dataclass

from tropa.collab.wire import AwarenessState

MOST_BYTES = 4096
"""More than this is nobody's caret."""


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a room. `id` is how the log names them; `name` is what others see."""

    id: str
    name: str


class Presence:
    """The states of all tabs. A tab may speak only for itself; its clock is the server's, so that it never runs backwards."""

    def __init__(self) -> None:
        self._states: dict[int, AwarenessState] = {}
        self._owners: dict[int, tuple[object, str]] = {}
        self._clocks: dict[int, int] = {}

    def say(self, seat: object, member: Member, said: list[AwarenessState]) -> list[AwarenessState]:
        """Take in what a tab says; returns what others are to be told.

        The first number that a tab speaks of is its own. A number somebody else has is not given away, unless to the same person: a
        tab that connects anew is often here before its old connection is known to be dead.
        """
        own = next((client for client, (owner, _) in self._owners.items() if owner is seat), None)
        for item in said:
            if own is None and self._owners.get(item.client, (None, member.id))[1] == member.id:
                own = item.client
            if item.client == own:
                self._owners[own] = (seat, member.id)
                state = None if item.state is None else {**item.state, "user": {"id": member.id, "name": member.name}}
                return [self._set(own, state)]
        return []

    def leave(self, seat: object) -> list[AwarenessState]:
        """Forget a tab; returns what others are to be told."""
        own = next((client for client, (owner, _) in self._owners.items() if owner is seat), None)
        if own is None:
            return []
        del self._owners[own]
        gone = self._set(own, None)
        del self._states[own]
        return [gone]

    def all(self) -> list[AwarenessState]:
        """Everybody who is here."""
        return [item for item in self._states.values() if item.state is not None]

    def _set(self, client: int, state: dict[str, object] | None) -> AwarenessState:
        self._clocks[client] = self._clocks.get(client, 0) + 1
        self._states[client] = AwarenessState(client, self._clocks[client], state)
        return self._states[client]
