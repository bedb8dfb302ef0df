"""A year of Sergey's shop, with the truth beside it: what each cause costs, by running the same customers without it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pyarrow as pa

from tropa.simulate.emit import log_of, seen_using
from tropa.simulate.shop import CAUSE_PLACE, CAUSES, CHANNELS, STAGES, Cause, Shop
from tropa.simulate.walk import BOUGHT, Better, Customers, Walk, people, walk
from tropa.simulate.world import DAY, World

SILENCE = 30 * DAY
"""Silence after which the truth calls a pass left; the demo map has the same limit."""


HORIZON = 75 * DAY
"""Repeat purchases are awaited this long: somewhat more than nine in ten of them come within it."""


def sergey(
    seed: int = 1,
    customers: int = 20_000,
    *,
    start: datetime = datetime(2025, 11, 1, tzinfo=UTC),
    days: int = 365,
    shop: Shop | None = None,
) -> World:
    """A year of the shop.

    `customers` first come within `days` from `start`; whatever they would do after the end is not in the log. The truth is the
    revenue (RUB per 30 days of the log) that the same customers would have brought within the same time without a cause (`breaks`),
    without all (`all_together`); exit rates of every stage and the rate of not coming back after a deal, as they are (`rates`) and
    without the causes (`reference` of each break).
    """
    shop = shop or Shop()
    begin = round(start.timestamp()) * 1_000_000
    end = begin + days * DAY
    them = people(shop, seed, customers, begin, days)
    now = walk(shop, seed, them, end)
    return World(
        "sergey",
        seed,
        log_of(shop, seed, them, now, end),
        _truth(shop, seed, them, now, begin, end),
        _costs(shop, them, now, begin, end),
    )


def revenue(walked: Walk, end: int) -> float:
    """RUB of the orders paid before `end` and not cancelled or returned before it."""
    void = (walked.t_void > 0) & (walked.t_void < end)
    counts = (walked.t_paid > 0) & (walked.t_paid < end) & ~void
    return float(walked.basket[counts].sum())


def _rates(seed: int, them: Customers, walked: Walk, end: int) -> dict[str, dict[str, Any]]:
    """Per stage: passes that reached it and share that ended there, of those seen to the end of the silence; the loop likewise."""
    void = walked.t_void > 0
    place = np.where((walked.left_at == BOUGHT) & ~void, 9, np.where(walked.returned, 4, np.minimum(walked.left_at, 3)))
    last = np.maximum.reduce([walked.start, walked.t_consider, walked.t_decide, walked.t_checkout, walked.t_paid])
    seen = last + SILENCE < end
    reached = {
        "awareness": walked.turn == 0,
        "consideration": walked.t_consider > 0,
        "decision": walked.t_decide > 0,
        "purchase": walked.t_checkout > 0,
        "use": seen_using(seed, them, walked),
    }
    out: dict[str, dict[str, Any]] = {}
    for index, stage in enumerate(STAGES[:5]):
        here = reached[stage] & seen
        gone = here & (place == index)
        out[stage] = {
            "passes": int(here.sum()),
            "exits": int(gone.sum()),
            "exit_rate": round(float(gone.sum() / max(here.sum(), 1)), 6),
        }
    deal = (walked.t_paid > 0) & ~void & (walked.t_paid + HORIZON < end)
    gone = deal & ~(walked.again & (walked.t_again - walked.t_paid <= HORIZON))
    out["loop"] = {
        "passes": int(deal.sum()),
        "exits": int(gone.sum()),
        "exit_rate": round(float(gone.sum() / max(deal.sum(), 1)), 6),
    }
    return out


def _truth(shop: Shop, seed: int, them: Customers, now: Walk, begin: int, end: int) -> dict[str, Any]:
    months = (end - begin) / DAY / 30
    base = revenue(now, end)
    rates = _rates(seed, them, now, end)
    breaks = []
    for cause in CAUSES:
        stage, kind = CAUSE_PLACE[cause]
        better = walk(shop, seed, them, end, Better(frozenset({cause})))
        place = "loop" if kind == "loop" else stage
        breaks.append(
            {
                "cause": cause,
                "stage": stage,
                "kind": kind,
                "loss": round((revenue(better, end) - base) / months, 2),
                "rate": rates[place]["exit_rate"],
                "reference": _rates(seed, them, better, end)[place]["exit_rate"],
            }
        )
    breaks.sort(key=lambda item: -float(item["loss"]))
    everything: frozenset[Cause] = frozenset(CAUSES)
    together = revenue(walk(shop, seed, them, end, Better(everything)), end)
    return {
        "currency": "RUB", "money": "revenue", "per_days": 30, "days": (end - begin) // DAY, "revenue": round(base / months, 2),
        "customers": len(them.first), "orders": int(((now.t_paid > 0) & (now.t_paid < end)).sum()),
        "breaks": breaks, "all_together": round((together - base) / months, 2), "rates": rates, "silence_days": SILENCE // DAY,
        "horizon_days": HORIZON // DAY,
    }  # fmt: skip


def _costs(shop: Shop, them: Customers, now: Walk, begin: int, end: int) -> pa.Table:
    """Clicks that cost money, by month of 30.4375 days from the start and channel."""
    first = (now.turn == 0) & (now.start < end)
    channel = them.channel[now.who[first]]
    month = ((now.start[first] - begin) // round(30.4375 * DAY)).astype(np.int64)
    count = np.bincount(month * len(CHANNELS) + channel, minlength=(int(month.max(initial=0)) + 1) * len(CHANNELS))
    spot = np.flatnonzero(count)
    price = np.asarray(shop.cost_per_click)[spot % len(CHANNELS)]
    from_day = begin + (spot // len(CHANNELS)) * round(30.4375 * DAY)
    return pa.table(
        {
            "from": pa.array(from_day // DAY * DAY, pa.timestamp("us", "UTC")),
            "channel": pa.array([CHANNELS[index] for index in spot % len(CHANNELS)]),
            "clicks": pa.array(count[spot]),
            "cost": pa.array(np.round(count[spot] * price, 2)),
            "currency": pa.array(["RUB"] * len(spot)),
        }
    )
