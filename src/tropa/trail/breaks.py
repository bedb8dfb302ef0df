"""Where the deal breaks, and what it costs: breaks ranked by recoverable loss (definition: docs/guide/breaks.md)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tropa.model import Break, Loss, Map
from tropa.trail.bind import Bound
from tropa.trail.counting import count
from tropa.trail.passes import DONE, Passes, find_passes
from tropa.trail.pricing import Place, Pricing, cap, clean
from tropa.trail.strata import strata_of
from tropa.trail.tape import Tape

REPLICATES = 400


def breaks(
    tape: Tape,
    bound: Bound,
    passes: Passes,
    value: Map,
    *,
    horizon: int | None = None,
    sensitivity: bool = True,
    replicates: int = REPLICATES,
    seed: int = 20_261_122,
) -> tuple[tuple[Break, ...], Loss | None]:
    """Breaks by recoverable loss, dearest first, and all of them mended at once.

    `horizon` (µs): how long a repeat purchase is awaited; None: the limit of the passes, else the time in which 90 % of them come.
    `sensitivity`: also price with half and twice the silence limit. No deals: ((), None). The same input gives the same answer: the
    resampling is seeded.
    """
    if not len(passes) or passes.observed_until <= passes.log_start or not (passes.status == DONE).any():
        return (), None
    strata = strata_of(tape, value, passes)
    counted = count(bound, passes, strata)
    price = Pricing(value, bound, passes, strata, counted, horizon, replicates, seed, tape.currency)
    found = price.places()
    if not found:
        return (), None
    ranked, together = price.priced(found)
    if sensitivity:
        ranked = _with_sensitivity(ranked, found, price, tape, bound, passes, value)
    return ranked, together


def _with_sensitivity(
    ranked: tuple[Break, ...], found: list[Place], price: Pricing, tape: Tape, bound: Bound, passes: Passes, value: Map
) -> tuple[Break, ...]:
    """The same breaks priced with half and with twice the silence limit, against the same references."""
    extra: dict[tuple[str, str], dict[str, float]] = {}
    for name, factor in (("half", 0.5), ("double", 2.0)):
        limits = replace(
            passes.limits,
            silence=(passes.limits.silence * factor).astype(np.int64),
            silence_all=int(passes.limits.silence_all * factor),
        )
        other = find_passes(tape, bound, value, limits)
        if not (other.status == DONE).any():
            continue
        strata = strata_of(tape, value, other)
        pricing = Pricing(
            value, bound, other, strata, count(bound, other, strata), price.horizon, 0, price.seed, tape.currency
        )
        again = {(place.stage, place.index < 0): place for place in pricing.places()}
        same = []
        for place in found:
            twin = again.get((place.stage, place.index < 0))
            if twin is not None:
                factor_now = place.reference.factor * place.rate.value / max(twin.rate.value, 1e-9)
                same.append(replace(twin, reference=replace(place.reference, factor=cap(factor_now))))
        if same:
            values, _ = pricing.losses(same)
            for place, amount in zip(same, values, strict=False):
                kind = "loop" if place.index < 0 else "exit"
                extra.setdefault((place.stage, kind), {})[name] = clean(float(amount) / pricing.counted.months)
    return tuple(one.model_copy(update={"sensitivity": extra.get((one.stage, one.kind), {})}) for one in ranked)
