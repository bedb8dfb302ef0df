"""Orders whose lines of goods lie in two batches, or come in two readings of a growing file (R-21)."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tropa import events
from tropa.events.contract import Overrides
from tropa.events.making import make_events
from tropa.events.raw import RawRows
from tropa.events.reading import raw_rows
from tropa.service import importing
from tropa.service.workspace import Workspace, create_workspace
from tropa.trail.archive import Archive
from tropa.trail.tape import NO_VALUE, Tape

NOW = datetime(2026, 11, 28, tzinfo=UTC)
HEAD = "Name,Email,Financial Status,Paid at,Currency,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price\n"
ORDERS = [
    "#1,a@shop.example,paid,2024-03-01 10:05:00 +0000,EUR,30.00,2024-03-01 10:00:00 +0000,1,Tea,10.00\n",
    "#1,a@shop.example,,,,,2024-03-01 10:00:00 +0000,2,Cup,10.00\n",
    "#2,b@shop.example,paid,2024-03-02 10:05:00 +0000,EUR,5.00,2024-03-02 10:00:00 +0000,1,Tea,5.00\n",
    "#2,b@shop.example,,,,,2024-03-02 10:00:00 +0000,1,Cup,0.00\n",
    "#2,b@shop.example,,,,,2024-03-02 10:00:00 +0000,1,Spoon,0.00\n",
    "#3,a@shop.example,paid,2024-03-03 10:05:00 +0000,EUR,7.00,2024-03-03 10:00:00 +0000,1,Tea,7.00\n",
]


def told(tape: Tape | None) -> list[tuple[str, int]]:
    """Every event with its money."""
    assert tape is not None
    money = [None if value == NO_VALUE else value for value in tape.value.tolist()]
    return sorted((tape.event.names[code], worth or 0) for code, worth in zip(tape.event.codes, money, strict=True))


WANTED = sorted((event, worth) for worth in (3000, 500, 700) for event in ("order_created", "order_paid"))


@pytest.mark.parametrize("size", range(1, 7))
def test_lines_on_both_sides_of_a_border(tmp_path: Path, size: int) -> None:
    """R-21: three orders are three orders, with their own money, wherever batches end; the same file again adds nothing."""
    (tmp_path / "orders.csv").write_text(HEAD + "".join(ORDERS), encoding="utf-8")
    plan = events.plan(tmp_path / "orders.csv")
    assert plan.preset == "shopify"
    archive = Archive(tmp_path / "trail")
    (rows,) = raw_rows(plan)
    parts = (slice(at, at + size) for at in range(0, len(rows.lines), size))
    batches = [make_events(RawRows(rows.table[part], rows.lines[part]), plan) for part in parts]
    assert archive.add(batches, source=plan.source, now=NOW, currency="EUR").accepted == 6
    assert told(archive.tape()) == WANTED
    assert archive.add(events.read(plan), source=plan.source, now=NOW, currency="EUR").accepted == 0


def test_lines_that_are_written_later(tmp_path: Path) -> None:
    """R-20, R-21: a file that grows in the middle of an order."""
    workspace: Workspace = create_workspace(tmp_path / "shop")
    file, said = tmp_path / "orders.csv", Overrides()
    for count in (1, 3, 4, 6):
        file.write_text(HEAD + "".join(ORDERS[:count]), encoding="utf-8")
        importing.add(workspace, importing.plan([file], said), NOW, lambda *_: None, told=said)
    assert told(workspace.tape()) == WANTED
