"""Real logs from file to tape: counts that others published (R-20)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tropa import events
from tropa.events.contract import Overrides
from tropa.trail.archive import Archive


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "accepted", "customers"),
    [
        ("retentioneering_ecom/ecom.csv.gz", 31_106, 600),
        ("online_retail/online_retail.parquet", 406_829, 4_372),
    ],
)
def test_known_counts(
    shared_data: Path, tmp_path: Path, now: datetime, name: str, accepted: int, customers: int
) -> None:
    """R-20: every row is an event of a known customer or in quarantine; again, it is all duplicates."""
    plan = events.plan(shared_data / name, Overrides())
    archive = Archive(tmp_path)
    report = archive.add(events.read(plan), source=plan.source, currency=plan.currency, now=now)
    assert (report.accepted, report.customers) == (accepted, customers)
    again = archive.add(events.read(plan), source=plan.source, currency=plan.currency, now=now)
    assert (again.accepted, again.duplicates, again.quarantined) == (0, accepted, report.quarantined)
