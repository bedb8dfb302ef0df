"""Yandex Metrica, Logs API: events (`ym:pv:…`) and visits (`ym:s:…`), as tables with these headings.

Fields: yandex.ru/dev/metrika/ru/logs/fields/{hits,visits}. `dateTime` is in the counter's zone,
    `dateTimeUTC` and the goals' times are in UTC+3.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tropa.events.contract import ColumnRole as R
from tropa.events.presets.cells import Cells, Longs, is_one, listed, mapped_rows, where, with_zone
from tropa.events.presets.channels import of_metrica
from tropa.events.presets.pages import page_events
from tropa.events.presets.preset import Made, Preset

MOSCOW = "+03:00"
_ATTRIBUTIONS = (
    "last",
    "lastsign",
    "last_significant",
    "first",
    "automatic",
    "cross_device_last",
    "cross_device_first",
    "",
)


def _attributed(prefix: str, field: str) -> tuple[str, ...]:
    """A field under each attribution that a request may have asked for, the usual one first."""
    return (f"ym:{prefix}:{field}", *(f"ym:{prefix}:{way}{field}" for way in _ATTRIBUTIONS if way))


def _channel(cells: Cells, prefix: str, url: str) -> Any:
    def of(*fields: str) -> Any:
        return cells.text(*(name for field in fields for name in _attributed(prefix, field)))

    gclid = where(is_one(of("hasGCLID"), "1", "true"), cells.constant("gclid"))
    found = (
        of("TrafficSource"),
        of("AdvEngine"),
        of("UTMSource"),
        of("UTMMedium"),
        of("referer"),
        cells.text(url),
        gclid,
    )
    return mapped_rows(found, of_metrica)


def _hit_name(cells: Cells) -> Any:
    """What an event of the log is: a view of a kind of page, a link, a file, or a bare hit."""
    page = page_events(cells.text("ym:pv:URL"))
    name = where(is_one(cells.text("ym:pv:link"), "1", "true"), cells.constant("link_click"), cells.constant("hit"))
    name = where(is_one(cells.text("ym:pv:download"), "1", "true"), cells.constant("file_download"), name)
    if cells.name("ym:pv:isPageView") is None:
        return pc.coalesce(page, name)
    return where(
        is_one(cells.text("ym:pv:isPageView"), "1", "true"), pc.coalesce(page, cells.constant("page_view")), name
    )


def hits(cells: Cells) -> Made:
    """A row is an event; each goal that was reached by it is one more, `goal_<number>`. A hit that only reached goals is none itself."""
    name = _hit_name(cells)
    goals = listed(cells.text("ym:pv:goalsID"))
    bare = pc.and_(pc.equal(name, "hit"), pa.array([bool(reached) for reached in goals]))
    found: list[tuple[int, str | None, str | None]] = []
    watch = cells.text("ym:pv:watchID").to_pylist()
    for at, (own, reached, only) in enumerate(zip(name.to_pylist(), goals, bare.to_pylist(), strict=True)):
        if not only:
            found.append((at, own, watch[at]))
        found += [(at, f"goal_{goal}", f"{watch[at]}:{goal}" if watch[at] else None) for goal in dict.fromkeys(reached)]
    index = np.array([at for at, _, _ in found], np.int64)
    taken = pa.array(index)
    columns = {
        "=event": pa.array([name for _, name, _ in found], pa.string()),
        "=message_id": pa.array([number for _, _, number in found], pa.string()),
        "=channel": _channel(cells, "pv", "ym:pv:URL").take(taken),
    }
    utc = cells.name("ym:pv:dateTimeUTC")
    if utc is not None:
        columns["=time"] = with_zone(cells.own(utc), MOSCOW).take(taken)
    return Made(columns, index)


def visits(cells: Cells) -> Made:
    """A row is a visit; goals and purchases that its lists tell of are events of their own, at their own times."""
    start = cells.text("ym:s:dateTime")
    utc = cells.name("ym:s:dateTimeUTC")
    if utc is not None:
        start = pc.coalesce(with_zone(cells.own(utc), MOSCOW), start)
    found = _Events(start.to_pylist())
    goal_times = listed(cells.text("ym:s:goalsDateTime"))
    found.add(listed(cells.text("ym:s:goalsID")), goal_times, "goal_")
    orders = listed(cells.text("ym:s:purchaseID"))
    money, currency = listed(cells.text("ym:s:purchaseRevenue")), listed(cells.text("ym:s:purchaseCurrency"))
    found.add(orders, listed(cells.text("ym:s:purchaseDateTime")), "", money, currency)
    index: Longs = np.array(found.rows, np.int64)
    return Made(
        {
            "=event": pa.array(found.events, pa.string()),
            "=time": pa.array(found.times, pa.string()),
            "=order": pa.array(found.orders, pa.string()),
            "=value": pa.array(found.values, pa.string()),
            "=currency": pa.array(found.currencies, pa.string()),
            "=channel": _channel(cells, "s", "ym:s:startURL").take(pa.array(index)),
        },
        index,
    )


class _Events:
    """The events of visits: first the visit, then what its lists hold."""

    def __init__(self, start: list[str | None]) -> None:
        self.start = start
        self.rows = list(range(len(start)))
        self.events: list[str] = ["visit"] * len(start)
        self.times: list[str | None] = list(start)
        self.orders: list[str | None] = [None] * len(start)
        self.values: list[str | None] = [None] * len(start)
        self.currencies: list[str | None] = [None] * len(start)

    def add(
        self, ids: list[list[str]], times: list[list[str]], prefix: str,
        money: list[list[str]] | None = None, currency: list[list[str]] | None = None,
    ) -> None:  # fmt: skip
        """One event an item. An item without a time of its own is dated by the visit's start."""
        for row, own in enumerate(ids):
            for at, one in enumerate(own):
                self.rows.append(row)
                self.events.append(f"{prefix}{one}" if prefix else "purchase")
                dated = times[row][at] if at < len(times[row]) else None
                self.times.append(f"{dated}{MOSCOW}" if dated else self.start[row])
                self.orders.append(None if prefix else one)
                self.values.append(money[row][at] if money and at < len(money[row]) else None)
                self.currencies.append(currency[row][at] if currency and at < len(currency[row]) else None)


_PURCHASES = ("ID", "DateTime", "Affiliation", "Revenue", "Tax", "Shipping", "Coupon", "Currency", "ProductQuantity")
HITS = Preset(
    "metrica-hits",
    (("ym:pv:watchID", "ym:pv:dateTime"), ("ym:pv:clientID", "ym:pv:dateTime"), ("ym:pv:watchID", "ym:pv:dateTimeUTC")),
    {
        R.CUSTOMER: ("ym:pv:clientID", "ym:pv:counterUserIDHash"),
        R.TIME: ("ym:pv:dateTime", "ym:pv:dateTimeUTC"),
        R.SESSION: ("ym:pv:visitID",),
        R.PROPERTY: ("ym:pv:deviceCategory", "ym:pv:regionCity", "ym:pv:isNewUser"),
    },
    hits,
    drop=(
        "ym:pv:URL",
        "ym:pv:referer",
        "ym:pv:title",
        "ym:pv:goalsID",
        "ym:pv:ipAddress",
        "ym:pv:params",
        "ym:pv:isPageView",
        "ym:pv:link",
        "ym:pv:download",
        "ym:pv:dateTimeUTC",
        "ym:pv:date",
        "ym:pv:watchID",
    ),
    zone="Europe/Moscow",
    source="metrica-hits",
    notes=("preset-note-metrica-zone", "preset-note-pages", "preset-note-goals"),
)
VISITS = Preset(
    "metrica-visits",
    (("ym:s:visitID", "ym:s:dateTime"), ("ym:s:clientID", "ym:s:dateTime"), ("ym:s:visitID", "ym:s:dateTimeUTC")),
    {
        R.CUSTOMER: ("ym:s:clientID", "ym:s:counterUserIDHash"),
        R.SESSION: ("ym:s:visitID",),
        R.PROPERTY: ("ym:s:deviceCategory", "ym:s:regionCity", "ym:s:isNewUser", "ym:s:bounce"),
    },
    visits,
    drop=(
        "ym:s:dateTime", "ym:s:dateTimeUTC", "ym:s:watchIDs", "ym:s:startURL", "ym:s:endURL", "ym:s:referer", "ym:s:ipAddress", "ym:s:date",
        "ym:s:goalsID", "ym:s:goalsDateTime",
        "ym:s:goalsPrice", "ym:s:goalsOrder", "ym:s:goalsSerialNumber", "ym:s:goalsCurrency",
        *(f"ym:s:purchase{part}" for part in _PURCHASES),
    ),
    zone="Europe/Moscow",
    source="metrica-visits",
    notes=("preset-note-metrica-zone", "preset-note-goals", "preset-note-metrica-both"),
)  # fmt: skip
