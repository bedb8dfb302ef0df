"""How often one may try: sliding windows in memory, so that guessing is slow (R-60)."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from threading import Lock

from tropa.model import TropaError

_MOST_KEYS = 20_000
"""Beyond so many, the ones whose window is over are forgotten; an attacker's many names must not fill the memory."""


@dataclass(frozen=True, slots=True)
class Rule:
    """At most `times` tries of one kind within `seconds`."""

    name: str
    times: int
    seconds: float


LOGIN_BY_EMAIL = Rule("login-email", 8, 600)
LOGIN_BY_ADDRESS = Rule("login-address", 40, 600)
LINK_BY_ADDRESS = Rule("link-address", 30, 600)
"""Set-up links, invitations and share links together: their tokens cannot be guessed, but nobody need try."""
SHARE_PASSWORD = Rule("share-password", 10, 600)
OWN_PASSWORD = Rule("own-password", 8, 600)
SECOND_FACTOR = Rule("second-factor", 8, 600)
"""Of one person, wherever they are asked: six digits would be guessed in a year of this."""

COMMENTS = Rule("comments", 120, 600)
"""Of one person: each may send letters to those it mentions."""


class Limiter:
    """Counts tries. Safe to use from several threads."""

    def __init__(self) -> None:
        self._tries: dict[tuple[str, str], deque[datetime]] = {}
        self._lock = Lock()

    def take(self, rule: Rule, key: str, now: datetime) -> None:
        """One more try of `key`. Raises TR-A005 with the seconds to wait when there were too many."""
        with self._lock:
            tries = self._tries.setdefault((rule.name, key), deque())
            while tries and (now - tries[0]).total_seconds() >= rule.seconds:
                tries.popleft()
            if len(tries) >= rule.times:
                raise TropaError("TR-A005", seconds=ceil(rule.seconds - (now - tries[0]).total_seconds()))
            tries.append(now)
            if len(self._tries) > _MOST_KEYS:
                self._forget(now)

    def check(self, rule: Rule, key: str, now: datetime) -> None:
        """Raises as `take` does; is no try itself."""
        with self._lock:
            recent = [
                one for one in self._tries.get((rule.name, key), ()) if (now - one).total_seconds() < rule.seconds
            ]
        if len(recent) >= rule.times:
            raise TropaError("TR-A005", seconds=ceil(rule.seconds - (now - recent[0]).total_seconds()))

    def give_back(self, rule: Rule, key: str) -> None:
        """The last try of `key` was no guess: it does not count."""
        with self._lock:
            tries = self._tries.get((rule.name, key))
            if tries:
                tries.pop()

    def forgive(self, rule: Rule, key: str) -> None:
        """Forgets the tries of `key`: the right answer was given."""
        with self._lock:
            self._tries.pop((rule.name, key), None)

    def _forget(self, now: datetime) -> None:
        longest = max(rule.seconds for rule in (LOGIN_BY_EMAIL, LOGIN_BY_ADDRESS, LINK_BY_ADDRESS, SHARE_PASSWORD))
        old = [key for key, tries in self._tries.items() if (now - tries[-1]).total_seconds() >= longest]
        # Where all are fresh it is a flood: the oldest go, so that memory stays bounded.
        for key in old or list(self._tries)[: _MOST_KEYS // 4]:
            del self._tries[key]
