"""R-21: an import of order lines with credit notes, and what `tropa events` tells of those that fit no purchase."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from tropa import events, trail
from tropa.service import importing, listing
from tropa.service.workspace import create_workspace

Write = Callable[..., Path]
LINES = (
    "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID\n"
    "536365,85123A,6,2010-12-01 08:26,2.55,17850\n536366,71053,2,2010-12-02 08:26,3.39,17850\n"
    "C536379,71053,-1,2010-12-03 09:41,3.39,17850\nC536380,D,-1,2010-12-03 09:42,27.50,17850\n"
    "C536381,85123A,-6,2010-12-04 09:41,2.55,17850\n"
)
MAP = """tropa: 1
title: Shop
stages:
  - id: purchase
    title: Purchase
    deal: {event: order_paid, void: {event: order_cancelled}}
"""


def test_returns_that_fit_no_purchase_are_listed(write: Write, tmp_path: Path) -> None:
    """R-21: a part comes off, the whole is no deal, a discount that nobody bought is listed with its customer, day and amount."""
    space = create_workspace(tmp_path / "shop")
    plans = importing.plan([write("lines.csv", LINES)], events.Overrides())
    importing.add(space, plans, datetime(2026, 1, 1, tzinfo=UTC), lambda *_: None)
    (tmp_path / "shop" / "map.yaml").write_text(MAP, encoding="utf-8")
    deals = trail.bind(space.tape(), space.map()).deals
    assert (deals.value.tolist(), deals.brought_back.tolist()) == ([339], [True])
    found = listing.log(space)
    assert found.returns == 3
    assert [(one.amount, one.left) for one in found.unmatched] == [(2_750, 2_750)]
    told = listing.log_data(found)["returns"]
    assert (told["events"], told["unmatched"][0]["amount"], told["unmatched"][0]["time"]) == (
        3,
        27.5,
        "2010-12-03T09:42:00+00:00",
    )
