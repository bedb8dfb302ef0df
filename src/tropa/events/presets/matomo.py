"""Matomo: `Live.getLastVisitsDetails` as JSON (a visit with its actions), and the same as CSV (a column for each action's field).

developer.matomo.org/api-reference/reporting-api (Live). `timestamp` of an action is seconds since 1970 UTC.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tropa.events.contract import ColumnRole as R
from tropa.events.presets.cells import Cells, is_one, mapped_rows, since_1970, where
from tropa.events.presets.channels import DIRECT, PAID_OTHER, REFERRAL, SEARCH, SOCIAL, channel_of
from tropa.events.presets.pages import page_events
from tropa.events.presets.preset import Made, Preset

_NUMBERED = re.compile(r"(\w+) \(actionDetails (\d+)\)")
_FIELDS = (
    "type", "url", "pageTitle", "timestamp", "serverTimePretty", "goalName", "goalId", "revenue", "orderId",
    "eventCategory", "eventAction",
    "siteSearchKeyword",
)  # fmt: skip
_REFERRERS = {"direct": DIRECT, "search": SEARCH, "website": REFERRAL, "social": SOCIAL, "campaign": PAID_OTHER}


def _spread(cells: Cells) -> tuple[dict[str, Any], Any]:
    """Fields of actions as columns of one row an action, and the row of the file for each (None: the rows are actions already)."""
    numbered = cells.names(_NUMBERED)
    if not numbered:
        return {field: cells.text(f"actionDetails.{field}") for field in _FIELDS}, None
    places = sorted({int(found[2]) for _, found in numbered})
    have = {(found[1], int(found[2])): name for name, found in numbered}
    parts: dict[str, list[Any]] = {field: [] for field in _FIELDS}
    rows = []
    for place in places:
        known = [cells.own(have[field, place]) if (field, place) in have else cells.nothing() for field in _FIELDS]
        there = pc.indices_nonzero(pc.or_(pc.is_valid(known[0]), pc.is_valid(known[3])))
        rows.append(np.asarray(there).astype(np.int64))
        for field, column in zip(_FIELDS, known, strict=True):
            parts[field].append(column.take(there))
    index = np.concatenate(rows)
    order = np.argsort(index, kind="stable")
    turn = pa.array(order)
    return {field: pa.chunked_array(found).combine_chunks().take(turn) for field, found in parts.items()}, index[order]


def _channel(kind: str, name: str, source: str, medium: str, referrer: str) -> str | None:
    marked = channel_of(source, medium) if source or medium else None
    if marked is None and kind == "campaign":
        marked = channel_of(name, "cpc") if name else PAID_OTHER
    return marked or _REFERRERS.get(kind) or channel_of("", "", referrer)


def _name(kind: str, page: str, goal: str, number: str, category: str, action: str) -> str | None:
    match kind:
        case "action" | "":
            return page or ("page_view" if kind else None)
        case "goal":
            return f"goal_{goal or number}"
        case "ecommerceOrder":
            return "purchase"
        case "ecommerceAbandonedCart":
            return "cart_abandoned"
        case "event":
            return f"{category}/{action}" if category and action else action or category or "event"
        case "outlink":
            return "link_click"
        case "download":
            return "file_download"
        case _:
            return kind


def make(cells: Cells) -> Made:
    """One event an action. A customer is the login where there is one, else the visitor; both are one person."""
    action, rows = _spread(cells)

    def of_visit(*names: str) -> Any:
        found = cells.text(*names)
        return found if rows is None else found.take(pa.array(rows))

    referred = (
        of_visit("referrerType"),
        of_visit("referrerName"),
        of_visit("campaignSource"),
        of_visit("campaignMedium"),
        of_visit("referrerUrl"),
    )
    bought = is_one(action["type"], "ecommerceorder")
    user, visitor = of_visit("userId"), of_visit("visitorId", "fingerprint")
    dated = pc.coalesce(
        since_1970(action["timestamp"]),
        since_1970(of_visit("serverTimestamp", "firstActionTimestamp", "lastActionTimestamp")),
    )
    return Made(
        {
            "=event": mapped_rows(
                (action["type"], page_events(action["url"]), action["goalName"], action["goalId"],
                action["eventCategory"], action["eventAction"]), _name
            ),
            "=time": dated,
            "=customer": pc.coalesce(user, visitor),
            "=alias": where(pc.is_valid(user), visitor),
            "=session": of_visit("idVisit"),
            "=order": where(bought, action["orderId"]),
            "=value": where(pc.or_(bought, is_one(action["type"], "goal")), action["revenue"]),
            "=currency": of_visit("siteCurrency"),
            "=channel": mapped_rows(referred, _channel),
        },
        rows,
    )  # fmt: skip


MATOMO = Preset(
    "matomo",
    (("idVisit", "visitorId", "actionDetails.type"), ("idVisit", "visitorId", "type (actionDetails 0)"), ("idVisit",
    "visitorId", "serverTimestamp")),
    {R.PROPERTY: ("deviceType", "city", "country", "visitorType")},
    make,
    drop=(
        "visitIp", "latitude", "longitude", "userId", "visitorId", "idVisit", "referrerUrl", "referrerName",
        "referrerType", "campaignSource", "campaignMedium",
        "fingerprint", "serverTimestamp", "firstActionTimestamp", "lastActionTimestamp", "siteCurrency",
        "siteCurrencySymbol", "serverDate", "serverTimePretty",
        "serverDatePretty", "lastActionDateTime", "goalConversions", *(f"actionDetails.{field}" for field in _FIELDS),
    ),
    drop_like=re.compile(r".* \(actionDetails \d+\)"),
    source="matomo",
    notes=("preset-note-stitched", "preset-note-pages", "preset-note-goals"),
)  # fmt: skip
