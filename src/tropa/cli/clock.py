"""The one place where the terminal looks at the clock; everything below is told what time it is."""

from __future__ import annotations

from datetime import UTC, date, datetime


def now() -> datetime:
    """This instant, UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Today where the user is."""
    return now().astimezone().date()
