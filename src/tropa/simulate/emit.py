"""The walk written down as a tracker would: one row an event, with the columns a shop's export has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tropa.simulate.noise import Floats, Longs, Noise
from tropa.simulate.reviews import sentences
from tropa.simulate.shop import CHANNELS, CITIES, DEVICES, EVENTS, PERSONAS, Shop
from tropa.simulate.walk import BOUGHT, HOUR, MOSCOW, Customers, Flags, Runs, Walk, noise_of
from tropa.simulate.world import DAY

MINUTE = HOUR // 60
MOODS = ("good", "lost", "late", "chat")
INSTRUMENTS = ("csat", "nps", "stars")
ABOUT = ("chat", "delivery", "use")
_TEXTS = tuple(text for mood in MOODS for text in sentences(mood))
_FIRST_TEXT = dict(zip(MOODS, np.cumsum([0] + [len(sentences(mood)) for mood in MOODS[:-1]]), strict=True))


class Writer:
    """Gathers events: `row` is the pass, `time` µs; other columns where given."""

    def __init__(self) -> None:
        self.parts: list[dict[str, npt.NDArray[Any]]] = []

    def put(self, event: str, row: Longs, time: Longs, **columns: npt.NDArray[Any]) -> None:
        """Adds one event for each of the passes `row`, at `time`."""
        code = np.full(len(row), EVENTS.index(event), dtype=np.int8)
        self.parts.append({"event": code, "row": row, "time": time, **columns})

    def column(self, name: str, missing: Any, kind: Any) -> npt.NDArray[Any]:
        """All parts of a column, `missing` where a part has none."""
        return np.concatenate(
            [
                part[name].astype(kind) if name in part else np.full(len(part["row"]), missing, kind)
                for part in self.parts
            ]
        )


def log_of(shop: Shop, seed: int, them: Customers, walk: Walk, end: int) -> pa.Table:
    """The log of a walk up to `end` (µs UTC), sorted by time, then customer."""
    noise = Noise(seed, walk.who, walk.turn)
    writer = Writer()
    _looking(writer, noise, them, walk)
    _deciding(writer, noise, shop, walk)
    _buying(writer, noise, shop, walk)
    _using(writer, noise, them, walk)
    return _table(writer, them, walk, end)


def _rows(mask: npt.NDArray[np.bool_]) -> Longs:
    return np.flatnonzero(mask).astype(np.int64)


def _after(noise: Noise, name: str, row: Longs, low: float, high: float) -> Longs:
    """Microseconds between `low` and `high` minutes for the passes `row`."""
    out: Longs = ((low + (high - low) * noise.uniform(name)[row]) * MINUTE).astype(np.int64)
    return out


def _looking(writer: Writer, noise: Noise, them: Customers, walk: Walk) -> None:
    """Awareness and consideration."""
    channel = them.channel[walk.who]
    new = walk.turn == 0
    paid = np.isin(channel, (0, 1, 3, 4))
    again = ~new & ~walk.known
    row = _rows((new & paid) | (again & noise.happens("ad-again", 0.5) & paid))
    writer.put("ad_click", row, walk.start[row])
    row = _rows((new & ~paid) | (again & ~paid))
    writer.put("article_read", row, walk.start[row])
    row = _rows(new & noise.happens("video", np.where(channel == 1, 0.6, 0.25)))
    writer.put("video_view", row, walk.start[row] + _after(noise, "video-at", row, 0.5, 1.9))
    for k, chance in enumerate((0.5, 0.3)):
        row = _rows(new & noise.happens(f"read-{k}", np.where(channel == 2, chance, chance / 2)))
        writer.put("article_read", row, walk.start[row] + _after(noise, f"read-at-{k}", row, 0.3, 1.8))
    row = _rows(walk.known)
    writer.put("repeat_visit", row, walk.start[row])

    there = walk.left_at >= 1
    for k, chance in enumerate((1.0, 0.9, 0.8, 0.7, 0.5, 0.35)):
        row = _rows(there & noise.happens(f"catalog-{k}", chance))
        writer.put(
            "catalog_view", row, walk.t_consider[row] + _after(noise, f"catalog-at-{k}", row, 11.0 * k, 11.0 * k + 5)
        )
    for k, chance in enumerate((1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.6, 0.5, 0.45, 0.4, 0.3)):
        row = _rows(there & noise.happens(f"product-{k}", chance))
        at = walk.t_consider[row] + _after(noise, f"product-at-{k}", row, 3 + 6.0 * k, 3 + 6.0 * k + 5)
        writer.put("product_view", row, at)
    row = _rows(there & walk.wants_reviews)
    found = walk.reviews_found[row].astype(np.int8)
    writer.put(
        "reviews_view", row, walk.t_consider[row] + _after(noise, "reviews-at", row, 14, 29), reviews_found=found
    )
    row = _rows(there & noise.happens("compare", np.where(walk.known, 0.08, 0.3)))
    writer.put("compare_view", row, walk.t_consider[row] + _after(noise, "compare-at", row, 12, 28))


def _deciding(writer: Writer, noise: Noise, shop: Shop, walk: Walk) -> None:
    """Chat, basket, delivery quote."""
    there = walk.left_at >= 2
    row = _rows(there)
    writer.put("add_to_cart", row, walk.t_decide[row])
    row = _rows(there & walk.asks)
    asked = walk.t_decide[row] + MINUTE
    hour = ((asked + MOSCOW) // HOUR % 24).astype(np.int8)
    writer.put("chat_question", row, asked, chat_hour=hour)
    row = _rows(there & walk.asks & walk.answered)
    replied = walk.t_decide[row] + MINUTE + _after(noise, "reply", row, 1, 6)
    writer.put("chat_answer", row, replied, chat_hour=((replied + MOSCOW) // HOUR % 24).astype(np.int8))
    scored = noise.happens("chat-csat", 0.35)[row]
    _score(
        writer,
        "csat_answered",
        row[scored],
        replied[scored] + 3 * MINUTE,
        _stars(noise, "chat-score", row[scored], 4.5),
        "csat",
        0,
    )
    silent = _rows(there & walk.asks & ~walk.answered & noise.happens("silent-csat", 0.2))
    _score(
        writer,
        "csat_answered",
        silent,
        walk.t_decide[silent] + 40 * MINUTE,
        _stars(noise, "silent-score", silent, 1.8),
        "csat",
        0,
    )
    row = _rows(walk.left_at >= 3)
    quote = np.maximum(walk.t_checkout[row] - 4 * MINUTE, walk.t_decide[row] + 8 * MINUTE)
    writer.put("delivery_quote", row, quote, quote_shown=walk.quoted[row].astype(np.int8))


def _stars(noise: Noise, name: str, row: Longs, mean: float | Floats) -> Floats:
    return np.clip(np.round(mean + 0.9 * noise.normal(name)[row]), 1, 5)


def _score(
    writer: Writer,
    event: str,
    row: Longs,
    time: Longs,
    score: Floats,
    instrument: str,
    about: int = -1,
    **more: npt.NDArray[Any],
) -> None:
    writer.put(
        event, row, time, score=score, instrument=np.full(len(row), INSTRUMENTS.index(instrument)), about=np.full(len(row), about), **more
    )  # fmt: skip


def _buying(writer: Writer, noise: Noise, shop: Shop, walk: Walk) -> None:
    """Checkout to the parcel at the door."""
    row = _rows(walk.left_at >= 3)
    writer.put("checkout_start", row, walk.t_checkout[row] + 5 * MINUTE)
    row = _rows(walk.left_at == BOUGHT)
    value = walk.basket[row]
    created = np.maximum(walk.t_paid[row] - MINUTE, walk.t_checkout[row] + 6 * MINUTE)
    paid = created + MINUTE
    order = row
    writer.put("order_created", row, created, value=value, order=order)
    writer.put("order_paid", row, paid, value=value, order=order)
    row = _rows(walk.cancelled)
    writer.put("order_cancelled", row, walk.t_void[row], value=walk.basket[row], order=row)
    row = _rows(walk.t_delivered > 0)
    days = walk.delivery_days[row].astype(np.float32)
    sent = walk.t_paid[row] + ((0.15 + 0.2 * noise.uniform("sent")[row]) * walk.delivery_days[row] * DAY).astype(
        np.int64
    )
    writer.put("order_sent", row, sent, order=row)
    writer.put("order_delivered", row, walk.t_delivered[row], order=row, delivery_days=days)


@dataclass(frozen=True, slots=True)
class Use:
    """What those who keep the goods do with them (p): know how to use them, ask for help, answer, write."""

    knows: Flags
    support: Flags
    answers: Flags
    reviews: Flags


def use_of(noise: Noise, them: Customers, walk: Walk) -> Use:
    """The same draws for the log and for the truth."""
    kept = (walk.t_delivered > 0) & ~walk.returned
    persona = them.persona[walk.who]
    knows = walk.reads | (persona == 2) | ((persona == 1) & noise.happens("knows", 0.6))
    support = kept & noise.happens("support", np.where(knows, 0.03, 0.14))
    return Use(knows, support, kept & noise.happens("use-csat", 0.3), kept & noise.happens("review", 0.18))


def seen_using(seed: int | Runs, them: Customers, walk: Walk) -> Flags:
    """Passes that leave any trace at the stage of use (p)."""
    use = use_of(noise_of(seed, walk.who, walk.turn), them, walk)
    return np.asarray(walk.returned | walk.reads & (walk.t_delivered > 0) | use.support | use.answers | use.reviews)


def _using(writer: Writer, noise: Noise, them: Customers, walk: Walk) -> None:
    """Instruction, support, scores, reviews, loyalty."""
    got = walk.t_delivered > 0
    use = use_of(noise, them, walk)
    knows = use.knows
    row = _rows(got & noise.happens("delivery-csat", 0.4))
    mean = np.where(walk.late[row], 2.3, 4.5)
    at = walk.t_delivered[row] + _after(noise, "delivery-csat-at", row, 60, 900)
    _score(writer, "csat_answered", row, at, _stars(noise, "delivery-score", row, mean), "csat", 1)
    row = _rows(walk.returned)
    writer.put("order_returned", row, walk.t_void[row], value=walk.basket[row], order=row)
    kept = got & ~walk.returned
    row = _rows(kept & walk.reads)
    writer.put("instruction_view", row, walk.t_delivered[row] + _after(noise, "instruction-at", row, 30, 2800))
    row = _rows(use.support)
    asked = walk.t_delivered[row] + _after(noise, "support-at", row, 600, 5600)
    writer.put("support_question", row, asked)
    writer.put("support_answer", row, asked + _after(noise, "support-reply", row, 40, 1300))
    mood = np.where(walk.late, 2.6, np.where(knows, 4.5, 3.1))
    row = _rows(use.answers)
    at = walk.t_delivered[row] + _after(noise, "use-csat-at", row, 7 * 1440, 9 * 1440)
    _score(writer, "csat_answered", row, at, _stars(noise, "use-score", row, mood[row]), "csat", 2)
    row = _rows(use.reviews)
    at = walk.t_delivered[row] + _after(noise, "review-at", row, 5 * 1440, 12 * 1440)
    stars = _stars(noise, "review-score", row, mood[row])
    kind = np.where(stars >= 4, "good", np.where(walk.late[row], "late", "lost"))
    first = np.array([_FIRST_TEXT[str(name)] for name in kind], dtype=np.int64)
    text = first + (noise.uniform("review-text")[row] * 25).astype(np.int64)
    _score(writer, "review_posted", row, at, stars, "stars", text=text)
    row = _rows(kept & noise.happens("nps", 0.28))
    at = walk.t_delivered[row] + _after(noise, "nps-at", row, 10 * 1440, 13 * 1440)
    _score(
        writer,
        "nps_answered",
        row,
        at,
        np.clip(np.round(mood[row] * 2.1 - 1.3 + 1.6 * noise.normal("nps-score")[row]), 0, 10),
        "nps",
    )
    row = _rows(kept & noise.happens("loyalty", np.where(walk.again, 0.7, 0.12)))
    writer.put("loyalty_view", row, walk.t_delivered[row] + _after(noise, "loyalty-at", row, 6 * 1440, 14 * 1440))
    row = _rows(kept & noise.happens("share", np.where(mood > 4, 0.09, 0.02)))
    writer.put("referral_shared", row, walk.t_delivered[row] + _after(noise, "share-at", row, 3 * 1440, 13 * 1440))


def _words(codes: npt.NDArray[Any], names: tuple[str, ...]) -> pa.Array:
    """A dictionary column; a code below 0 is null."""
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32), mask=codes < 0), pa.array(names))


def _table(writer: Writer, them: Customers, walk: Walk, end: int) -> pa.Table:
    time = writer.column("time", 0, np.int64) // 1_000_000 * 1_000_000
    row = writer.column("row", 0, np.int64)
    seen = np.flatnonzero(time < end)
    order = seen[np.lexsort((row[seen], time[seen]))]
    who = walk.who[row][order]
    event = writer.column("event", 0, np.int8)[order]

    def column(name: str, missing: float, kind: Any) -> npt.NDArray[Any]:
        return writer.column(name, missing, kind)[order]

    def number(name: str) -> pa.Array:
        values = column(name, np.nan, np.float64)
        return pa.array(values, mask=np.isnan(values))

    placed = column("order", -1, np.int64)
    by_time = np.argsort(walk.t_paid, kind="stable")
    number_of = np.empty(len(by_time), dtype=np.int64)
    number_of[by_time] = np.arange(len(by_time)) - int((walk.t_paid < 0).sum())
    orders = np.where(placed >= 0, number_of[placed], -1)
    names = pa.array([f"S-{n:06d}" for n in range(1, max(int(orders.max(initial=-1)) + 2, 1))], pa.string())
    customers = pa.array([f"c{n:06d}" for n in range(1, len(them.first) + 1)], pa.string())
    found = column("reviews_found", -1, np.int8)
    shown = column("quote_shown", -1, np.int8)
    hour = column("chat_hour", -1, np.int8).astype(np.int16)
    return pa.table(
        {
            "customer_id": pa.DictionaryArray.from_arrays(pa.array(who.astype(np.int32)), customers),
            "time": pa.array(time[order], pa.timestamp("us", "UTC")),
            "event": _words(event, EVENTS),
            "channel": _words(them.channel[who], CHANNELS),
            "value": number("value"),
            "order_id": pa.DictionaryArray.from_arrays(pa.array(orders.astype(np.int32), mask=orders < 0), names),
            "score": number("score"),
            "instrument": _words(column("instrument", -1, np.int64), INSTRUMENTS),
            "about": _words(column("about", -1, np.int64), ABOUT),
            "text": _words(column("text", -1, np.int64), _TEXTS),
            "persona": _words(them.persona[who], PERSONAS),
            "device": _words(them.device[who], DEVICES),
            "city": _words(them.city[who], CITIES),
            "delivery_days": number("delivery_days"),
            "quote_shown": _words(shown, ("no", "yes")),
            "reviews_found": _words(found, ("no", "yes")),
            "chat_hour": pa.array(hour, mask=hour < 0),
        }
    )
