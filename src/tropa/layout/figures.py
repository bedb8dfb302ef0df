"""Figures in words: what a reading says, where it comes from, what the headline is. Text only; no places, no sizes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from babel.dates import format_date

from tropa.model import (
    Break,
    CannotTell,
    Evidence,
    EvidenceState,
    LoopReading,
    Loss,
    Map,
    Metric,
    Rate,
    Readings,
    Satisfaction,
    Stage,
    StageReading,
    Times,
    TouchpointReading,
    say,
)
from tropa.model.lookup import Known, entered_at, entered_known, known_at
from tropa.words import Words
from tropa.words.numbers import MINUS

CHANNEL_ICONS = {
    "website": "website", "site": "website", "web": "website", "landing": "website", "app": "app", "mobile": "app",
    "search": "search", "seo": "search", "ads": "ads", "ad": "ads", "advertising": "ads", "cpc": "ads", "social": "social",
    "friend": "friend", "referral": "friend", "reviews": "reviews", "review": "reviews", "mail": "mail", "email": "mail",
    "e-mail": "mail", "letter": "mail", "sms": "sms", "messenger": "messenger", "telegram": "messenger",
    "whatsapp": "messenger", "vk": "social", "chat": "chat", "phone": "phone", "call": "phone", "consultant": "consultant",
    "sales": "consultant", "manager": "consultant", "shop": "shop", "store": "shop", "branch": "branch",
    "marketplace": "marketplace", "courier": "courier", "delivery": "courier", "pickup": "pickup", "package": "package",
    "support": "support", "return": "return", "push": "push", "video": "video", "blog": "blog", "event": "event",
    "webinar": "video", "documents": "documents", "loyalty": "loyalty", "meeting": "meeting", "demo": "demo",
    "product": "package", "payment": "payment", "cart": "cart", "survey": "survey", "qr": "qr", "robot": "robot",
    "content": "blog", "outdoor": "ads", "tv": "video",
}  # fmt: skip
"""Symbol names (`channel-…`) by the spelling of a channel."""


LEAST_CASES, WIDEST, LEAST_WAIT = 30, 0.4, 7 * 86_400.0
"""A share is a finding from so many cases, with an interval no wider than this, and (coming back) after a wait of so many seconds."""

NO_CURRENCY = "XXX"
"""ISO 4217's code for no particular currency, written ¤: nobody has said what the amounts are in."""

SHORT_LOG = 60 * 86_400.0
"""In a shorter log (seconds) few have had the time to come back, and that is said."""

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def channel_icon(channel: str | None) -> str:
    """The symbol of a channel; a plain dot for one we do not know; nothing for none."""
    return f"channel-{CHANNEL_ICONS.get(channel.lower(), 'other')}" if channel else ""


def channel_words(words: Words, channel: str | None) -> str:
    """The channel's name, the user's own where it is not one of ours."""
    return words.or_own(f"channel-{channel}", channel) if channel else ""


def signed(words: Words, value: float, digits: int | None = None) -> str:
    """A score with its sign: +1,2 or −0,5."""
    text = words.decimal(abs(value), digits)
    if value == 0 or not any(char in "123456789" for char in text):
        return text
    return ("+" if value > 0 else MINUS) + text


def worst_break(readings: Readings | None) -> Break | None:
    """The dearest break that costs anything and rests on enough cases to be called a finding (figures typed by hand always do)."""
    if readings is None:
        return None
    sure = [item for item in priced_breaks(readings) if is_entered(readings) or _is_finding(item, readings)]
    return min(sure, key=lambda item: item.rank, default=None)


def priced_breaks(readings: Readings) -> list[Break]:
    """The breaks that cost something, the dearest first: a loss of nothing is no finding."""
    return sorted((item for item in readings.breaks if costs(item.loss)), key=lambda item: item.rank)


def costs(loss: Loss) -> bool:
    """Whether a loss is more than nothing as it would be written (whole units of money, tenths of a deal)."""
    return loss.value >= (0.05 if loss.kind == "deals" else 0.5)


def is_enough(rate: Rate) -> bool:
    """Whether a share rests on enough cases, and its interval is narrow enough, to be told as a finding."""
    return rate.denominator >= LEAST_CASES and rate.high - rate.low <= WIDEST


def _is_finding(item: Break, readings: Readings) -> bool:
    return is_enough(item.rate) and (item.kind != "loop" or waited_enough(readings.loop))


def waited_enough(loop: LoopReading) -> bool:
    """Whether buyers were waited for long enough to say who comes back."""
    return loop.horizon_s is None or loop.horizon_s >= LEAST_WAIT


def log_length(readings: Readings) -> float | None:
    """Length of the log in seconds; None where it has no time."""
    period = readings.scope.period
    return None if period is None else (period.end - period.start).total_seconds()


def is_entered(readings: Readings | None) -> bool:
    """Whether the figures were typed by hand rather than measured."""
    return readings is not None and readings.scope.data_version == "entered"


def evidence_tip(words: Words, state: EvidenceState | None, evidence: Sequence[Evidence]) -> str:
    """What a statement rests on, in a sentence or several."""
    if state is None:
        return ""
    parts = [_state_tip(words, state)]
    for item in evidence[:3]:
        kind = words.or_own(f"evidence-kind-{item.kind}", item.kind)
        detail = str(getattr(item, item.kind))
        source = " · ".join(
            part
            for part in (
                say(item.source, words.lang),
                words.day(item.date) if item.date else "",
                words("picture-n", n=item.n) if item.n else "",
            )
            if part
        )
        parts.append(
            f"{kind}: {words('picture-quoted', text=detail) if item.quote else detail}{f' ({source})' if source else ''}"
        )
    return ". ".join(parts)


@lru_cache(maxsize=64)
def _state_tip(words: Words, state: EvidenceState) -> str:
    return words(f"picture-tip-{state.value}")


@lru_cache(maxsize=64)
def state_word(words: Words, state: EvidenceState) -> str:
    """The name of an evidence state."""
    return words(f"evidence-state-{state.value}")


def rate_text(words: Words, rate: Rate) -> str:
    """A share with everything that belongs to it."""
    return words(
        "picture-rate",
        share=words.percent(rate.value),
        numerator=rate.numerator,
        denominator=rate.denominator,
        low=words.percent(rate.low),
        high=words.percent(rate.high),
        unit=words(f"picture-unit-{rate.unit.value}"),
        left=rate.left_out,
    )


def touchpoint_tip(words: Words, reading: TouchpointReading | None, tip: str) -> str:
    """Where a touchpoint's figures come from."""
    parts = [tip] if tip else []
    if reading is not None and reading.observed:
        parts.append(words("picture-tip-touchpoint", events=reading.events, entrants=reading.entrants))
        if isinstance(reading.conversion, Rate):
            parts.append(words("picture-tip-conversion", rate=rate_text(words, reading.conversion)))
        if isinstance(reading.satisfaction, Satisfaction):
            parts.append(satisfaction_text(words, reading.satisfaction))
    return ". ".join(parts)


def satisfaction_text(words: Words, score: Satisfaction) -> str:
    """A mean score with interval, number of answers and instruments."""
    return words(
        "picture-satisfaction",
        mean=signed(words, score.mean, 1),
        low=signed(words, score.low, 1),
        high=signed(words, score.high, 1),
        n=score.n,
        instruments=", ".join(words.or_own(f"picture-instrument-{name}", name) for name in sorted(score.instruments)),
    )


def cannot_text(words: Words, why: CannotTell) -> str:
    """Why there is no figure."""
    return words(f"cannot-tell-{why.cannot_tell}", n=why.n).rstrip(".")


def stage_tip(words: Words, reading: StageReading) -> str:
    """Everything the trail says of a stage."""
    if not reading.observed:
        return words("picture-cannot-not-observed")
    parts = [words("picture-tip-stage", entrants=reading.entrants, customers=reading.customers)]
    if isinstance(reading.conversion, Rate):
        parts.append(words("picture-tip-conversion", rate=rate_text(words, reading.conversion)))
    if isinstance(reading.time_to_next, Times):
        parts.append(
            words(
                "picture-tip-times",
                median=words.duration(reading.time_to_next.median_s),
                low=words.duration(reading.time_to_next.q25_s),
                high=words.duration(reading.time_to_next.q75_s),
                n=reading.time_to_next.n,
            )
        )
    for name in ("exits", "open", "skips", "returns", "backward_entries"):
        count = getattr(reading, name)
        if count:
            parts.append(words(f"picture-tip-{name.replace('_', '-')}", n=count))
    return ". ".join(parts)


def break_tip(words: Words, item: Break, value: Map) -> str:
    """The price of a break: interval, reference, ceiling, and what it is not."""
    loss = item.loss
    parts = [
        words(f"picture-tip-break-{item.kind}", rate=rate_text(words, item.rate)),
        words(
            f"picture-tip-loss-{loss.kind}",
            value=words.money(loss.value, loss.currency),
            low=words.money(loss.low, loss.currency),
            high=words.money(loss.high, loss.currency),
            ceiling=words.money(loss.ceiling, loss.currency),
        ),
        reference_text(words, loss, value),
        words("picture-tip-never-added"),
    ]
    return ". ".join(part for part in parts if part)


def reference_text(words: Words, loss: Loss, value: Map) -> str:
    """Against which exit rate a loss is counted."""
    name = reference_name(words, value, loss)
    return words(f"picture-reference-{loss.reference_kind}", rate=words.percent(loss.reference), name=name)


def reference_name(words: Words, value: Map, loss: Loss) -> str:
    """The reference by the name people gave it: a segment's or persona's title, a month in words, else as the engine calls it."""
    titles: Mapping[str, str] = {
        **{segment.id: say(segment.title, words.lang) for segment in value.segments},
        **{persona.id: say(persona.title, words.lang) for persona in value.personas},
    }
    name = loss.reference_name or ""
    month = _MONTH.fullmatch(name)
    if month:
        return str(format_date(date(int(month[1]), int(month[2]), 1), "LLLL y", locale=words.lang))
    return titles.get(name) or titles.get(name.rpartition("=")[2]) or name


def digits_for(low: float, high: float) -> int | None:
    """Places of a percentage that an interval deserves: no false precision; None where there is no interval to judge by."""
    width = high - low
    if width <= 0:
        return None
    return 0 if width >= 0.02 else 1 if width >= 0.002 else 2


def share_text(words: Words, rate: Rate) -> str:
    """A share as exactly as its interval allows."""
    return words.percent(rate.value, None if rate.value in (0.0, 1.0) else digits_for(rate.low, rate.high))


def segment_title(value: Map, key: str, words: Words) -> str:
    """The name of a persona or segment; the key itself where the map has none."""
    titles = {item.id: item.title for item in value.segments}
    titles.update({item.id: item.title for item in value.personas})
    return say(titles.get(key), words.lang, key)


def loop_text(words: Words, loop: LoopReading) -> str:
    """The loyalty loop in a few words: how many buy again, after how long."""
    if not isinstance(loop.repeat_rate, Rate):
        return ""
    rate = loop.repeat_rate
    share = loop.repeat_curve if loop.repeat_curve is not None else rate.value
    interval = words.duration(loop.interval.median_s) if isinstance(loop.interval, Times) else ""
    if rate.method != "entered" and not (is_enough(rate) and waited_enough(loop)):
        return words("picture-loop-few", part=rate.numerator, whole=rate.denominator)
    return words("picture-loop-rate", share=words.percent(share), interval=interval)


def loop_tip(words: Words, loop: LoopReading) -> str:
    """Where the rate of the loop comes from."""
    if not isinstance(loop.repeat_rate, Rate):
        return cannot_text(words, loop.repeat_rate)
    parts = [words("picture-tip-loop", rate=rate_text(words, loop.repeat_rate))]
    if loop.horizon_s:
        parts.append(words("picture-tip-horizon", horizon=words.duration(loop.horizon_s)))
    parts.append(words("picture-tip-buyers", buyers=loop.buyers, again=loop.buyers_again, deals=loop.deals))
    return ". ".join(parts)


def metric_text(words: Words, metric: Metric, stage: Stage, readings: Readings | None) -> str:
    """A metric with its figure, measured or entered; without one only its title."""
    title = say(metric.title, words.lang)
    known = _figure(metric, stage, readings)
    if known is None:
        return title
    return words("picture-metric", title=title, value=known_text(words, known, readings))


def _figure(metric: Metric, stage: Stage, readings: Readings | None) -> Known | None:
    found = known_at(readings, metric.reading, stage.id) if metric.reading else None
    if isinstance(found, Known):
        return found
    typed = entered_at(stage, metric.id) or (entered_at(stage, metric.reading) if metric.reading else None)
    return entered_known(typed) if typed else None


def known_text(words: Words, known: Known, readings: Readings | None) -> str:
    """A figure in the manner of its kind."""
    if known.kind == "share":
        return words.percent(known.value)
    if known.kind == "seconds":
        return words.duration(known.value)
    if known.kind == "score":
        return signed(words, known.value, 1)
    if known.kind == "money":
        return words.money(known.value, readings.scope.currency if readings else None)
    if known.kind == "count":
        return words.integer(known.value)
    return words.decimal(known.value)


def target_text(words: Words, metric: Metric, stage: Stage, readings: Readings | None) -> str:
    """The target of a metric: «не меньше 40 %»."""
    known = _figure(metric, stage, readings)
    name = (metric.reading or "").rpartition(".")[2]
    share = known.kind == "share" if known else name in ("conversion", "to_deal", "repeat_rate")
    seconds = known.kind == "seconds" if known else name in ("time_to_next", "repeat_interval", "sales_cycle")

    def told(value: float) -> str:
        return words.percent(value) if share else words.duration(value) if seconds else words.decimal(value)

    parts = []
    if metric.at_least is not None:
        parts.append(words("picture-at-least", value=told(metric.at_least)))
    if metric.at_most is not None:
        parts.append(words("picture-at-most", value=told(metric.at_most)))
    return ", ".join(parts)


def is_small(readings: Readings | None) -> bool:
    """Whether there are so few passes that figures must be read with care."""
    return readings is not None and 0 < readings.scope.passes < 1000


def to_collect(value: Map, readings: Readings | None, words: Words) -> tuple[str, ...]:
    """What to collect next, where there is little or nothing (R-65)."""
    if readings is None:
        return (words("picture-collect-log"),)
    out = []
    if value.deal_stage is None and not is_entered(readings):
        out.append(words("picture-collect-deal"))
    silent = [stage for stage in readings.stages if not stage.observed]
    if silent:
        names = ", ".join(words("picture-quoted", text=say(value.stage(item.id).title, words.lang)) for item in silent)
        out.append(words("picture-collect-events", n=len(silent), names=names))
    if not any(isinstance(stage.satisfaction, Satisfaction) for stage in readings.stages):
        out.append(words("picture-collect-scores"))
    if readings.breaks and all(item.loss.kind == "deals" for item in readings.breaks):
        out.append(words("picture-collect-money"))
    if readings.scope.currency == NO_CURRENCY and readings.scope.money_kind != "deals":
        out.append(words("picture-collect-currency"))
    length = log_length(readings)
    if length is not None and length < SHORT_LOG and value.bought_again and not is_entered(readings):
        out.append(words("picture-collect-longer", time=words.duration(length) if length >= 86_400 else ""))
    if is_small(readings):
        out.append(words("picture-collect-more"))
    return tuple(out)
