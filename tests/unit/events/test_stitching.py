"""Who is who before and after signing in: a plain table with a login and a browser's number (R-20, R-21)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tropa import events
from tropa.events.contract import ColumnRole as R
from tropa.events.contract import Overrides
from tropa.trail.archive import Archive

NOW = datetime(2026, 11, 28, tzinfo=UTC)
LATER = """user_id,anonymous_id,time,event
,v1,2024-01-01 10:00,visit
u1,v1,2024-01-02 10:00,login
u1,v2,2024-01-03 10:00,login
,v3,2024-01-03 11:00,visit
"""
EARLIER = """visitor_id,time,event
v2,2023-12-01 10:00,visit
v4,2023-12-01 10:00,visit
"""


def brought(archive: Archive, *files: Path) -> list[int]:
    """Events of each customer, after the files came in one after the other; nothing may be set aside."""
    for file in files:
        assert archive.add(events.read(events.plan(file)), source=file.stem, now=NOW).quarantined == 0
    tape = archive.tape()
    assert tape is not None
    return sorted((tape.offsets[1:] - tape.offsets[:-1]).tolist())


def test_the_path_before_signing_in_belongs_to_who_signed_in(
    write: Callable[..., Path], rows_of: Callable[..., Any], tmp_path: Path
) -> None:
    """R-20: also retroactively, and in whichever order files come: a browser that was seen before, or that signs in later."""
    early, late = write("early.csv", EARLIER), write("late.csv", LATER)
    plan = events.plan(late)
    assert (plan.column(R.CUSTOMER), plan.column(R.ALIAS)) == ("user_id", "anonymous_id")
    assert any("anonymous_id" in text for text in events.notes(plan, "en"))
    good, bad = rows_of(late)
    assert ([row["customer"] for row in good], bad) == (["v1", "u1", "u1", "v3"], [])
    assert brought(Archive(tmp_path / "one"), early, late) == [1, 1, 4]
    assert brought(Archive(tmp_path / "two"), late, early) == [1, 1, 4]


@pytest.mark.parametrize(
    ("heading", "told", "customer"),
    [
        ("user_id,client_id,time,event", {}, "client_id"),
        ("user_id,anonymous_id,time,event", {"anonymous_id": R.CUSTOMER}, "anonymous_id"),
        ("manager,visitor_id,time,event", {}, "visitor_id"),
    ],
)
def test_who_might_be_somebody_else_is_not_stitched(
    write: Callable[..., Path], heading: str, told: dict[str, R], customer: str
) -> None:
    """R-20: a shop's client and the manager who serves them are two people; what the user said stays."""
    plan = events.plan(
        write("log.csv", LATER.replace("user_id,anonymous_id,time,event", heading)), Overrides(roles=told)
    )
    assert plan.column(R.ALIAS) is None
    assert plan.column(R.CUSTOMER) == customer
