"""The headline: what a map found out, in one sentence; where too little is known to have found anything, what there is to count."""

from __future__ import annotations

from tropa.layout.figures import (
    digits_for,
    is_enough,
    is_entered,
    is_small,
    log_length,
    share_text,
    waited_enough,
    worst_break,
)
from tropa.model import Map, Rate, Readings, say
from tropa.words import Words


def headline(value: Map, readings: Readings | None, words: Words) -> str:
    """The finding: the dearest break and its price; else how many buy again; else the narrowest place; else what there is to count.

    What rests on too few cases is no finding: then the plain fact stands there. A map without readings is called by its title.
    """
    if readings is None:
        return say(value.title, words.lang)
    worst = worst_break(readings)
    if worst is not None and (worst.loss.kind != "deals" or worst.loss.value >= 1):
        return words(
            f"picture-headline-{worst.kind}-{'deals' if worst.loss.kind == 'deals' else 'money'}",
            stage=say(value.stage(worst.stage).title, words.lang),
            money=words.money(worst.loss.value, worst.loss.currency),
            n=round(worst.loss.value),
            share=share_text(words, worst.rate),
            sure="no" if worst.loss.low <= 0 else "yes",
        )
    return (
        _loop_headline(value, readings, words)
        or _narrow_headline(value, readings, words)
        or _fact(value, readings, words)
    )


def _loop_headline(value: Map, readings: Readings, words: Words) -> str:
    """How many buy again; nobody and everybody are told as counts, since a few cases cannot make them a percentage."""
    rate = readings.loop.repeat_rate
    if not isinstance(rate, Rate) or (value.deal_stage is None and not is_entered(readings)):
        return ""
    if not is_entered(readings) and not (is_enough(rate) and waited_enough(readings.loop)):
        return ""
    if rate.numerator in (0, rate.denominator) and is_small(readings):
        return words(f"picture-headline-loop-{'all' if rate.numerator else 'nobody'}", n=rate.denominator)
    return words("picture-headline-loop", share=share_text(words, rate))


def _narrow_headline(value: Map, readings: Readings, words: Words) -> str:
    """The stage that the fewest go on from."""
    rates = [
        (stage.conversion, stage.id)
        for stage in readings.stages
        if isinstance(stage.conversion, Rate) and (is_entered(readings) or is_enough(stage.conversion))
    ]
    if not rates:
        return ""
    rate, narrow = min(rates, key=lambda pair: pair[0].value)
    stage = say(value.stage(narrow).title, words.lang)
    lost = rate.denominator - rate.numerator
    if lost == 0:
        return ""
    if lost == rate.denominator and is_small(readings):
        return words("picture-headline-narrow-nobody", stage=stage, n=rate.denominator)
    share = words.percent(1 - rate.value, digits_for(rate.low, rate.high))
    return words("picture-headline-narrow", stage=stage, share=share)


def _fact(value: Map, readings: Readings, words: Words) -> str:
    """What there is, counted: deals, customers, time. The map's title where there is nothing to count."""
    scope, loop, length = readings.scope, readings.loop, log_length(readings)
    if is_entered(readings) or not scope.events:
        return say(value.title, words.lang)
    deals = value.deal_stage is not None and loop.deals > 0
    return words(
        "picture-headline-deals" if deals else "picture-headline-events",
        n=loop.deals if deals else scope.events,
        people=loop.buyers if deals else scope.customers,
        time=words.duration(length) if length and length >= 86_400 else "",
        few="yes" if is_small(readings) else "no",
    )
