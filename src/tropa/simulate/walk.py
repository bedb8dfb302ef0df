"""How the customers of Sergey's shop walk: every decision of every pass, without writing a single event.

Decisions and events are made apart, so that re-running the same customers without a cause costs little.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
import numpy.typing as npt

from tropa.simulate.noise import Floats, Longs, Noise
from tropa.simulate.shop import STAGES, Cause, Shop
from tropa.simulate.world import DAY

Flags = npt.NDArray[np.bool_]
HOUR = DAY // 24
MOSCOW = 3 * HOUR
"""Local time of the shop, from UTC."""
MAX_PASSES = 12
BOUGHT = 4
"""`left_at` of a pass that ended with a paid order; 0…3 are the stages before it."""


@dataclass(frozen=True, slots=True)
class Customers:
    """Who comes (n): lasting facts and the first instant (µs UTC)."""

    persona: Longs
    channel: Longs
    city: Longs
    device: Longs
    first: Longs


@dataclass(frozen=True, slots=True)
class Walk:
    """All passes of all customers (p rows, in no special order). Times in µs UTC; -1 where it did not happen."""

    who: Longs
    turn: Longs
    start: Longs
    known: Flags
    """Has bought here before."""
    left_at: Longs
    t_consider: Longs
    t_decide: Longs
    t_checkout: Longs
    t_paid: Longs
    t_delivered: Longs
    t_void: Longs
    """When the order was cancelled or returned."""
    cancelled: Flags
    returned: Flags
    wants_reviews: Flags
    reviews_found: Flags
    asks: Flags
    answered: Flags
    quoted: Flags
    basket: Floats
    delivery_days: Floats
    late: Flags
    reads: Flags
    again: Flags
    """Comes again after the deal."""
    t_again: Longs
    """When a customer who comes again does so."""


def people(shop: Shop, seed: int, customers: int, start: int, days: int) -> Customers:
    """The customers and when each first comes: by month and hour of the day, evenly within."""
    who = np.arange(customers, dtype=np.int64)
    noise = Noise(seed, who)
    persona = noise.choice("persona", shop.persona_share)
    channel = noise.choice("channel", shop.channel_share)
    weights = np.array([shop.months[int(day / 30.4375) % 12] for day in range(days)])
    day = noise.choice("day", weights)
    return Customers(
        persona=persona,
        channel=channel,
        city=noise.choice("city", shop.city_share),
        device=noise.choice("device", shop.device_share),
        first=start + day * DAY + (_clock(noise, shop, "first") - MOSCOW) % DAY,
    )


def _clock(noise: Noise, shop: Shop, name: str) -> Longs:
    """A local time of day, µs since midnight."""
    hour = noise.choice(f"{name}-hour", shop.hours)
    return hour * HOUR + (noise.uniform(f"{name}-minute") * HOUR).astype(np.int64)


def _at(array: tuple[float, ...], index: Longs) -> Floats:
    return np.asarray(array, dtype=np.float64)[index]


@dataclass(frozen=True, slots=True)
class Better:
    """What is changed: causes that are removed; and by place (a stage, or `loop`) the chance (persona, kind of pass: first, back, bought
    before) that one who would leave there goes on after all, whatever the cause."""

    without: frozenset[Cause] = frozenset()
    spared: Mapping[str, Floats] = field(default_factory=dict)

    def stays(self, noise: Noise, persona: Longs, kind: Longs, place: str) -> Flags:
        """Who would not leave at a place even if something made them."""
        chance = self.spared.get(place)
        return (
            np.zeros(noise.n, np.bool_) if chance is None else noise.happens(f"spared-{place}", chance[persona, kind])
        )


@dataclass(frozen=True, slots=True)
class Runs:
    """The dice of several runs of the same customers, side by side: each customer's seed, that of the run, and number in it (n)."""

    seed: Longs
    number: Longs


def side_by_side(them: Customers, seeds: Sequence[int]) -> tuple[Customers, Runs]:
    """The same customers once for each seed, and their dice: they walk just as they would run by run."""
    count, times = len(them.first), len(seeds)
    columns = (np.tile(getattr(them, name), times) for name in Customers.__dataclass_fields__)
    return Customers(*columns), Runs(np.repeat(np.asarray(seeds), count), np.tile(np.arange(count), times))


def noise_of(seed: int | Runs, who: Longs, turn: Longs | int, *, keep: bool = False) -> Noise:
    """The draws of customers on their passes."""
    if isinstance(seed, int):
        return Noise(seed, who, turn, keep=keep)
    return Noise(seed.seed[who], seed.number[who], turn, keep=keep)


def first_draws(seed: int | Runs, them: Customers) -> Noise:
    """The draws of everybody's first pass, to be handed to several walks with the same dice."""
    return noise_of(seed, np.arange(len(them.first), dtype=np.int64), 0, keep=True)


def walk(
    shop: Shop, seed: int | Runs, them: Customers, end: int, better: Better = Better(), first: Noise | None = None
) -> Walk:
    """All passes that begin before `end`, in a shop that is better in some way. `first`: see `first_draws`; it only saves time."""
    parts: list[Walk] = []
    who = np.arange(len(them.first), dtype=np.int64)
    start, known = them.first, np.zeros(len(who), dtype=bool)
    for turn in range(MAX_PASSES):
        noise = first if first is not None and turn == 0 else noise_of(seed, who, turn)
        part = _one_pass(shop, noise, them, who, turn, start, known, better)
        start_next, comes = _next(shop, noise, part)
        part = replace(part, t_again=np.where(comes, start_next, -1))
        parts.append(part)
        keep = comes & (start_next < end)
        who, start, known = part.who[keep], start_next[keep], (part.known | (part.left_at == BOUGHT))[keep]
        if not len(who):
            break
    return Walk(*(np.concatenate([getattr(part, name) for part in parts]) for name in Walk.__dataclass_fields__))


def _one_pass(
    shop: Shop, noise: Noise, them: Customers, who: Longs, turn: int, start: Longs, known: Flags, better: Better
) -> Walk:
    without = better.without
    persona, channel, city = them.persona[who], them.channel[who], them.city[who]
    ease = np.where(known, shop.known_shop, 1.0)

    stays = partial(better.stays, noise, persona, np.where(known, 2, min(turn, 1)))
    left = np.full(len(who), BOUGHT, dtype=np.int64)
    aware = noise.happens("leave-awareness", _at(shop.leave_awareness, channel)) & (turn == 0)
    wants = noise.happens("wants-reviews", _at(shop.wants_reviews, persona) * np.where(known, 0.15, 1.0))
    found = (channel == 3) | ("reviews" in without)
    consider = noise.happens("leave-consideration", _at(shop.leave_consideration, persona) * ease)
    consider |= wants & ~found & noise.happens("no-reviews", shop.no_reviews_leave)
    t_consider = start + np.where(
        turn == 0, (noise.uniform("to-consider") ** 2 * 3 * DAY + 120e6).astype(np.int64), 60_000_000
    )
    t_decide = _decides(t_consider, _clock(noise, shop, "decide"))
    asks = noise.happens("asks", _at(shop.asks_chat, persona) * np.where(known, 0.35, 1.0))
    hour = (t_decide + MOSCOW) // HOUR % 24
    answered = asks & ((hour < shop.chat_closes) & (hour >= 8) | ("chat" in without))
    decide = noise.happens("leave-decision", _at(shop.leave_decision, persona) * ease)
    decide |= asks & ~answered & noise.happens("no-answer", shop.no_answer_leave)
    quoted = (city < shop.quoted_cities) | ("delivery-time" in without)
    checkout = noise.happens("leave-checkout", shop.leave_checkout * ease)
    checkout |= ~quoted & noise.happens("no-quote", shop.no_quote_leave * np.where(known, 0.6, 1.0))
    for stage, leaves in ((3, checkout), (2, decide), (1, consider), (0, aware)):
        left[leaves & ~stays(STAGES[stage])] = stage

    t_checkout = t_decide + ((0.2 + noise.uniform("to-checkout") ** 3 * 40) * HOUR).astype(np.int64)
    t_paid = t_checkout + ((0.05 + noise.uniform("to-pay") ** 4 * 6) * HOUR).astype(np.int64)
    usual = _at(shop.delivery_days, city)
    days = usual * np.exp(0.38 * noise.normal("delivery") - 0.07)
    late = days > shop.late_after
    days = np.where(late & ("late" in without), shop.late_after - 0.5 * noise.uniform("in-time"), days)
    late = days > shop.late_after
    bought = left == BOUGHT
    cancelled = bought & noise.happens("cancel", shop.cancel) & ~stays("purchase")
    sends_back = noise.happens("return", np.where(late, shop.late_return, shop.other_return))
    returned = bought & ~cancelled & sends_back & ~stays("use")
    t_delivered = t_paid + (days * DAY).astype(np.int64)
    t_void = np.where(
        cancelled, t_paid + 6 * HOUR, t_delivered + ((1 + 4 * noise.uniform("return-day")) * DAY).astype(np.int64)
    )
    told = "silence" in without
    reads = noise.happens("reads", _at(shop.reads_when_told if told else shop.reads_instruction, persona))
    chance = _at(shop.comes_again_when_told if told else shop.comes_again, persona)
    chance = chance * np.where(late, shop.late_comes_again, 1.0)
    again = bought & ~cancelled & ~returned & (noise.happens("again", chance) | stays("loop"))
    never = np.int64(-1)
    return Walk(
        who=who, turn=np.full(len(who), turn, dtype=np.int64), start=start, known=known, left_at=left,
        t_consider=np.where(left >= 1, t_consider, never), t_decide=np.where(left >= 2, t_decide, never),
        t_checkout=np.where(left >= 3, t_checkout, never), t_paid=np.where(bought, t_paid, never),
        t_delivered=np.where(bought & ~cancelled, t_delivered, never), t_void=np.where(cancelled | returned, t_void, never),
        cancelled=cancelled, returned=returned, wants_reviews=wants, reviews_found=wants & found, asks=asks, answered=answered,
        quoted=quoted, basket=np.round(_at(shop.basket, persona) * np.exp(shop.basket_spread * noise.normal("basket")) / 10) * 10,
        delivery_days=days, late=late & bought, reads=reads & bought & ~cancelled, again=again, t_again=start,
    )  # fmt: skip


def _decides(considered: Longs, clock: Longs) -> Longs:
    """The first time the clock (µs after Moscow's midnight) says so, half an hour or more after considering."""
    soonest = considered + HOUR // 2
    at = considered // DAY * DAY + clock - MOSCOW
    return np.asarray(at + DAY * np.where(at <= soonest, np.where(at + DAY > soonest, 1, 2), 0))


def _next(shop: Shop, noise: Noise, part: Walk) -> tuple[Longs, Flags]:
    """When each comes the next time, and whether they do."""
    wait = shop.again_after_days * np.exp(0.3 * noise.normal("again-after"))
    after_deal = np.maximum(part.t_paid + (wait * DAY).astype(np.int64), part.t_delivered + 15 * DAY)
    latest = np.maximum.reduce([part.start, part.t_consider, part.t_decide, part.t_checkout])
    after_leaving = latest + ((36 + 40 * noise.uniform("back-after")) * DAY).astype(np.int64)
    leaving = _at((*shop.back_after_leaving, 0.0), part.left_at) * np.where(part.known, 1.5, 1.0)
    back = (part.left_at < BOUGHT) & noise.happens("back", leaving)
    start = np.where(part.left_at == BOUGHT, after_deal, after_leaving)
    midnight = (start + MOSCOW) // DAY * DAY - MOSCOW
    return midnight + _clock(noise, shop, "again"), back | part.again
