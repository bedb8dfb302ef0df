"""Values the tests of the web app share; the fixtures made of them are in `unit/web/conftest.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from fastapi.testclient import TestClient

MAP = "sergey"
"""The map that everybody in `client_of` has a role in."""
OTHER_MAP = "other"
"""The id of another map: guests have nothing to do with it."""
PASSWORD = "четыре слова не угадать"
"""Of everybody in `people`."""
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ClientOf = Callable[[str], TestClient]


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        """Forward by `days=`, `hours=`, `minutes=`, `seconds=`."""
        self.now += timedelta(**by)


@dataclass
class Ids:
    """Ids in a row, as long as real ones."""

    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def __call__(self) -> str:
        return f"id{next(self._numbers):020d}"
