"""Sergey's sports-nutrition shop as numbers: who comes, what they do, and what drives them away.

Nothing here is measured on a real shop; the numbers are chosen so that the story is told: people come, prices are good, delivery
is mostly quick, and nobody comes back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Cause = Literal["silence", "reviews", "delivery-time", "chat", "late"]
CAUSES: tuple[Cause, ...] = get_args(Cause)
"""What is wrong with the shop, dearest first. In words: message `simulate-cause-<id>`."""

PERSONAS = ("beginner", "experienced", "coach")
CHANNELS = ("search_ads", "blogger", "seo", "marketplace", "social", "friend")
CITIES = ("Москва", "Санкт-Петербург", "Казань", "Екатеринбург", "Новосибирск", "Краснодар", "Хабаровск")
DEVICES = ("phone", "desktop", "tablet")

STAGES = ("awareness", "consideration", "decision", "purchase", "use", "loyalty")
STAGE_OF = {
    "ad_click": "awareness",
    "article_read": "awareness",
    "video_view": "awareness",
    "catalog_view": "consideration",
    "product_view": "consideration",
    "reviews_view": "consideration",
    "compare_view": "consideration",
    "chat_question": "decision",
    "chat_answer": "decision",
    "add_to_cart": "decision",
    "delivery_quote": "decision",
    "checkout_start": "purchase",
    "order_created": "purchase",
    "order_paid": "purchase",
    "order_cancelled": "purchase",
    "order_sent": "purchase",
    "order_delivered": "purchase",
    "order_returned": "use",
    "instruction_view": "use",
    "support_question": "use",
    "support_answer": "use",
    "csat_answered": "use",
    "review_posted": "use",
    "nps_answered": "loyalty",
    "loyalty_view": "loyalty",
    "repeat_visit": "loyalty",
    "referral_shared": "loyalty",
}
"""All events of the shop and the stage each belongs to."""
EVENTS = tuple(STAGE_OF)

CAUSE_PLACE: dict[Cause, tuple[str, Literal["exit", "loop"]]] = {
    "silence": ("loyalty", "loop"),
    "reviews": ("consideration", "exit"),
    "delivery-time": ("purchase", "exit"),
    "chat": ("decision", "exit"),
    "late": ("use", "exit"),
}
"""The break that each cause makes."""


@dataclass(frozen=True, slots=True)
class Shop:
    """The shop's numbers. Tuples follow PERSONAS, CHANNELS or CITIES in order; chances are probabilities."""

    persona_share: tuple[float, ...] = (0.56, 0.33, 0.11)
    channel_share: tuple[float, ...] = (0.25, 0.22, 0.18, 0.13, 0.12, 0.10)
    city_share: tuple[float, ...] = (0.34, 0.17, 0.10, 0.11, 0.11, 0.10, 0.07)
    device_share: tuple[float, ...] = (0.68, 0.27, 0.05)
    cost_per_click: tuple[float, ...] = (38.0, 55.0, 0.0, 24.0, 21.0, 0.0)
    """RUB for a visit; search articles and friends cost nothing per visit."""

    leave_awareness: tuple[float, ...] = (0.44, 0.52, 0.48, 0.20, 0.57, 0.16)
    leave_consideration: tuple[float, ...] = (0.20, 0.15, 0.10)
    leave_decision: tuple[float, ...] = (0.13, 0.10, 0.07)
    leave_checkout: float = 0.05
    known_shop: float = 0.45
    """Those who have bought before leave for no special reason this much more rarely."""

    wants_reviews: tuple[float, ...] = (0.62, 0.42, 0.20)
    no_reviews_leave: float = 0.32
    asks_chat: tuple[float, ...] = (0.40, 0.20, 0.10)
    no_answer_leave: float = 0.48
    chat_closes: int = 20
    """Local hour from which nobody answers."""
    quoted_cities: int = 2
    """Only the first so many cities are told when the parcel will come."""
    no_quote_leave: float = 0.145

    delivery_days: tuple[float, ...] = (1.6, 2.2, 2.9, 3.1, 3.5, 3.0, 6.6)
    late_after: float = 4.0
    late_return: float = 0.12
    other_return: float = 0.015
    cancel: float = 0.03

    reads_instruction: tuple[float, ...] = (0.12, 0.22, 0.30)
    reads_when_told: tuple[float, ...] = (0.80, 0.60, 0.45)
    comes_again: tuple[float, ...] = (0.07, 0.17, 0.56)
    comes_again_when_told: tuple[float, ...] = (0.46, 0.50, 0.60)
    late_comes_again: float = 0.8
    """A late parcel leaves this share of the chance to come again."""
    again_after_days: float = 47.0
    """Median time from payment to the next visit of those who come again."""
    back_after_leaving: tuple[float, ...] = (0.05, 0.12, 0.16, 0.18)
    """Chance to try again some weeks after leaving at awareness, consideration, decision, checkout."""

    basket: tuple[float, ...] = (3_100.0, 4_600.0, 8_800.0)
    basket_spread: float = 0.45

    hours: tuple[float, ...] = (2, 1, 1, 1, 1, 1, 2, 3, 5, 6, 7, 7, 8, 8, 7, 7, 7, 8, 9, 11, 13, 13, 10, 6)
    """How busy each local hour is."""
    months: tuple[float, ...] = (1.15, 1.05, 1.10, 1.05, 0.95, 0.85, 0.80, 0.85, 1.00, 1.05, 1.05, 1.10)
