"""Readings as short texts for cells of tables: on slides, in Markdown, in the terminal. Text only; nothing is computed."""

from __future__ import annotations

from tropa.layout.figures import cannot_text, digits_for, reference_name, signed
from tropa.model import Break, CannotTell, Loss, Map, Rate, Readings, Satisfaction, Scope, Times, say
from tropa.words import Words
from tropa.words.numbers import NBSP

DASH = "—"


def _digits(value: float, low: float, high: float) -> int | None:
    """Places for the value itself: nothing and all need none."""
    return None if value in (0.0, 1.0) else digits_for(low, high)


def share(words: Words, rate: Rate | CannotTell) -> str:
    """A share alone, as exactly as its interval allows: «45 %»."""
    if isinstance(rate, CannotTell):
        return DASH
    return words.percent(rate.value, _digits(rate.value, rate.low, rate.high))


def rate(words: Words, value: Rate | CannotTell) -> str:
    """A share with its interval: «45 % [43; 47]»; a dash where it cannot be told."""
    if isinstance(value, CannotTell):
        return DASH
    return share_between(words, value.value, value.low, value.high)


def share_between(words: Words, value: float, low: float, high: float) -> str:
    """A share and the ends of its interval."""
    digits = digits_for(low, high)
    shown = words.percent(value, _digits(value, low, high))
    if digits is None:
        return shown
    ends = (words.decimal(end * 100, digits) for end in (low, high))
    return f"{shown}{NBSP}[{f';{NBSP}'.join(ends)}]"


def parts(words: Words, value: Rate | CannotTell) -> str:
    """Numerator and denominator: «9 310 из 21 640»."""
    if isinstance(value, CannotTell):
        return DASH
    return words("text-of", part=value.numerator, whole=value.denominator)


def times(words: Words, value: Times | CannotTell) -> str:
    """A median: «2 дня»."""
    return DASH if isinstance(value, CannotTell) else words.duration(value.median_s)


def quartiles(words: Words, value: Times | CannotTell) -> str:
    """A median with its quartiles: «2 дня (от 9 часов до 5 дней)»."""
    if isinstance(value, CannotTell):
        return DASH
    low, high = words.duration(value.q25_s), words.duration(value.q75_s)
    if low == high:
        return words.duration(value.median_s)
    return words("text-times", median=words.duration(value.median_s), low=low, high=high)


def score(words: Words, value: Satisfaction | CannotTell) -> str:
    """A mean score with its sign: «+0,9»."""
    return DASH if isinstance(value, CannotTell) else signed(words, value.mean, 1)


def score_full(words: Words, value: Satisfaction | CannotTell) -> str:
    """A mean score with interval and answers: «+0,9 [+0,8; +1,0], 1 322 ответа»."""
    if isinstance(value, CannotTell):
        return DASH
    low, high = signed(words, value.low, 1), signed(words, value.high, 1)
    shown = signed(words, value.mean, 1) + (f"{NBSP}[{low};{NBSP}{high}]" if value.low < value.high else "")
    return words("text-score", score=shown, n=value.n)


def price(words: Words, loss: Loss, value: float | None = None) -> str:
    """An amount of a loss (its value unless another of its amounts is given), in money or in deals."""
    amount = loss.value if value is None else value
    if _in_deals(loss):
        return words("text-deals", n=_count(amount))
    return words.money(amount, loss.currency)


def _in_deals(loss: Loss) -> bool:
    return loss.kind == "deals" or loss.currency is None


def _count(amount: float) -> int | float:
    """A number of deals as exactly as it matters: tenths below ten."""
    count = round(amount) if abs(amount) >= 10 else round(amount, 1)
    return int(count) if count == int(count) else float(count)


def rank(words: Words, item: Break) -> str:
    """The place of a break by price, and between which places it may lie where chance leaves that open: «2 (1–3)»."""
    if item.rank_from is None or item.rank_to is None or item.rank_from == item.rank_to:
        return words.integer(item.rank)
    first, last = words.integer(item.rank_from), words.integer(item.rank_to)
    return words("text-rank-between", rank=words.integer(item.rank), first=first, last=last)


def price_range(words: Words, loss: Loss) -> str:
    """The interval of a loss in words: «от 1,7 до 2,2 млн ₽»; what may be nothing at all is said so."""
    if loss.low >= loss.high:
        return ""
    if _in_deals(loss):
        if loss.low <= 0:
            return words("text-deals-up-to", high=_count(loss.high))
        return words("text-deals-between", low=_count(loss.low), high=_count(loss.high))
    if loss.low <= 0:
        return words("text-up-to", high=price(words, loss, loss.high))
    low, high = price(words, loss, loss.low), price(words, loss, loss.high)
    number, _, unit = low.partition(NBSP)
    if unit and high.partition(NBSP)[2] == unit:
        low = number  # the same unit is said once: «от 1,6 до 2,2 млн ₽», but «от 900 ₽ до 1,2 млн ₽»
    return words("text-between", low=low, high=high)


def what_is_lost(words: Words, loss: Loss) -> str:
    """What the amounts are: revenue, margin, or deals."""
    return words(f"text-loss-{loss.kind}")


def place(words: Words, value: Map, item: Break) -> str:
    """Where a break is: the stage, or the loop after the deal."""
    title = say(value.stage(item.stage).title, words.lang)
    return words("text-break-loop", stage=title) if item.kind == "loop" else title


def reference(words: Words, value: Map, item: Break) -> str:
    """Against what a break is priced: «у сегмента «Тренеры» уходят 40 %»."""
    loss = item.loss
    return words(
        f"text-reference-{loss.reference_kind}",
        kind=item.kind,
        rate=words.percent(loss.reference, digits_for(item.rate.low, item.rate.high)),
        name=reference_name(words, value, loss),
    )


def times_oftener(words: Words, item: Break) -> str:
    """How much oftener customers leave than at the reference: «в 2,4 раза чаще»; empty where it is not oftener by a tenth."""
    if item.loss.reference <= 0 or item.loss.reference_kind == "none":
        return ""
    ratio = item.rate.value / item.loss.reference
    if ratio < 1.1:
        return ""
    return words("text-oftener", times=float(round(ratio, 1)))


def scope(words: Words, value: Scope) -> str:
    """What the readings rest on: period, passes, customers."""
    if value.data_version == "entered":
        return words("text-entered")
    found = [words("text-scope", passes=value.passes, customers=value.customers, events=value.events)]
    if value.period is not None:
        found.insert(0, words.months(value.period.start, value.period.end))
    return " · ".join(found)


def under_way(words: Words, value: Scope) -> str:
    """How many passes are still under way; empty where there are none."""
    if not value.open_passes or not value.passes:
        return ""
    return words("text-under-way", share=words.percent(value.open_passes / value.passes), n=value.open_passes)


def reasons(words: Words, readings: Readings) -> dict[str, str]:
    """Why figures are missing: reason → words, in the order met, for a note under a table."""
    out: dict[str, str] = {}
    for stage in readings.stages:
        for answer in (stage.conversion, stage.to_deal, stage.time_to_next, stage.satisfaction):
            if (
                isinstance(answer, CannotTell) and answer.cannot_tell != "one-stage"
            ):  # the last stage has no next: no lack
                out.setdefault(answer.cannot_tell, cannot_text(words, answer))
    return out
