"""Logs of any size, for measuring speed: 25 event names, 8 channels, 26 weeks, text ids."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pyarrow as pa

from tropa.simulate.world import DAY

NAMES = (
    "ad_click", "article_read", "video_view", "catalog_view", "product_view", "reviews_view", "compare_view", "search", "filter",
    "chat_question", "chat_answer", "add_to_cart", "remove_from_cart", "delivery_quote", "checkout_start", "order_created", "order_paid",
    "order_sent", "order_delivered", "instruction_view", "support_question", "csat_answered", "review_posted", "loyalty_view",
    "repeat_visit",
)  # fmt: skip
CHANNELS = ("search_ads", "seo", "blogger", "social", "marketplace", "friend", "email", "direct")
START = round(datetime(2026, 1, 5, tzinfo=UTC).timestamp()) * 1_000_000
WEEKS = 26


def big(rows: int, seed: int = 1, *, in_time_order: bool = True) -> pa.Table:
    """A log of `rows` events of rows / 20 customers: `customer_id`, `time`, `event`, `channel`, `value` (on `order_paid`).

    Later events come later in a customer's session; money only where something is paid. `in_time_order`: rows in order of arrival,
    as a tracker writes them; else in order of customers.
    """
    rng = np.random.default_rng((seed, rows))
    people = max(rows // 20, 1)
    who = rng.integers(0, people, rows, dtype=np.int64)
    session = rng.integers(0, 4, rows)
    mixed = (who * 4 + session).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)  # wraps round on purpose
    begin = (mixed % np.uint64(WEEKS * 7 * DAY - DAY)).astype(np.int64)
    depth = rng.random(rows)
    time = START + begin + (depth * DAY / 12).astype(np.int64)
    event = np.minimum((depth**2 * len(NAMES) + rng.random(rows) * 6).astype(np.int64), len(NAMES) - 1)
    order = np.argsort(time, kind="stable") if in_time_order else np.argsort(who, kind="stable")
    paid = event == NAMES.index("order_paid")
    value = np.round(rng.lognormal(8.0, 0.5, rows), 2)
    ids = pa.array([f"user-{number:08x}" for number in range(people)])
    return pa.table(
        {
            "customer_id": pa.DictionaryArray.from_arrays(pa.array(who[order].astype(np.int32)), ids).cast(pa.string()),
            "time": pa.array(time[order], pa.timestamp("us", "UTC")),
            "event": pa.DictionaryArray.from_arrays(pa.array(event[order].astype(np.int8)), pa.array(NAMES)),
            "channel": pa.DictionaryArray.from_arrays(
                pa.array((who[order] % len(CHANNELS)).astype(np.int8)), pa.array(CHANNELS)
            ),
            "value": pa.array(value[order], mask=~paid[order]),
        }
    )
