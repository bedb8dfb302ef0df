"""Where the deal breaks, and what it costs: breaks ranked by recoverable loss (definition: docs/guide/breaks.md)."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from tropa.model import Break, Loss, Map
from tropa.stats.threads import one_thread
from tropa.trail.bind import Bound
from tropa.trail.counting import Counted, count
from tropa.trail.leaving import Leaving, OfPasses
from tropa.trail.passes import DONE, Passes, find_passes, passes_of
from tropa.trail.prepare import customers_of
from tropa.trail.pricing import Place, Pricing, cap, clean
from tropa.trail.strata import Strata, strata_of
from tropa.trail.tape import Tape

REPLICATES = 400
SEED = 20_261_122
HALF, DOUBLE = "half", "double"
Seen = tuple[Leaving, Strata, Counted]


@one_thread()
def breaks(
    tape: Tape,
    bound: Bound,
    passes: Passes,
    value: Map,
    *,
    horizon: int | None = None,
    sensitivity: bool = True,
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> tuple[tuple[Break, ...], Loss | None]:
    """Breaks by recoverable loss, dearest first, and all of them mended at once.

    `passes`: everybody's, or those of some customers only. `horizon` (µs): how long those who bought are awaited; None: the limit
    of the passes, else the time in which 90 % of them come. `sensitivity`: also price with half and twice the silence limit.
    No deals: ((), None). The same input gives the same answer: the resampling is seeded.
    """
    if not _any_deal(passes):
        return (), None
    whose = np.zeros(len(tape.customers), dtype=np.bool_)
    whose[passes.customer] = True
    with ThreadPoolExecutor(1) as pool:
        later = {
            name: pool.submit(_seen_again, tape, bound, passes, value, factor, whose)
            for name, factor in ((HALF, 0.5), (DOUBLE, 2.0))
            if sensitivity
        }
        seen = _counted(tape, bound, passes, value)
        wait = horizon or passes.limits.horizon
        price = Pricing(value, bound, *seen, wait, replicates, seed, tape.currency)
        found = price.places()
        if not found:
            return (), None
        ranked, together = price.priced(found)
        return _with_sensitivity(ranked, found, price, later), together


def _any_deal(passes: Passes) -> bool:
    return bool(len(passes) and passes.observed_until > passes.log_start and (passes.status == DONE).any())


def _seen_again(
    tape: Tape, bound: Bound, passes: Passes, value: Map, factor: float, whose: npt.NDArray[np.bool_]
) -> Seen | None:
    """The passes and their counts with `factor` times the silence limit; None where there is no deal then."""
    limits = replace(
        passes.limits,
        silence=(passes.limits.silence * factor).astype(np.int64),
        silence_all=int(passes.limits.silence_all * factor),
    )
    other = passes_of(find_passes(tape, bound, value, limits), whose.astype(np.uint8))
    if not _any_deal(other):
        return None
    return _counted(tape, bound, other, value)


def _counted(tape: Tape, bound: Bound, passes: Passes, value: Map) -> Seen:
    """What prices hang on. Where customers have numbers, chance goes by these, so that parts of a log come to the same."""
    strata = strata_of(tape, value, passes)
    counted = count(bound, passes, strata, None if tape.numbers is None else customers_of(tape)[1])
    return OfPasses(bound, passes, strata, counted.until, tape.numbers), strata, counted


def _with_sensitivity(
    ranked: tuple[Break, ...], found: list[Place], price: Pricing, later: dict[str, Future[Seen | None]]
) -> tuple[Break, ...]:
    """The same breaks priced with other silence limits, against the same references."""
    extra: dict[tuple[str, str], dict[str, float]] = {(one.stage, one.kind): {} for one in ranked}
    for name, future in later.items():
        seen = future.result()
        if seen is None:
            continue
        other = Pricing(
            price.map, price.bound, *seen, price.horizon, replicates=0, seed=price.seed, currency=price.currency,
            sorts=price.sorts,
        )  # fmt: skip
        twins = {place.index: place for place in other.places(priced_before=True)}
        same = [place for place in found if place.index in twins]
        if not same:
            continue
        values, _ = other.losses([_against(place, twins[place.index]) for place in same])
        for place, amount in zip(same, values[:-1], strict=True):
            extra[place.stage, place.kind][name] = clean(float(amount) / other.counted.months)
    return tuple(one.model_copy(update={"sensitivity": extra[one.stage, one.kind]}) for one in ranked)


def _against(place: Place, twin: Place) -> Place:
    """The same place counted otherwise, held against the same reference rate."""
    factor = place.reference.factor * place.rate.value / max(twin.rate.value, 1e-9)
    return replace(twin, reference=replace(place.reference, factor=cap(factor)))
