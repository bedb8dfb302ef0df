"""The loop: whether customers who bought come again, and after how long."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tropa.model import CannotTell, LoopReading, Rate, Times, Unit
from tropa.stats.means import clustered_share, in_order
from tropa.stats.quantiles import quantiles
from tropa.stats.survival import Curve, curve_interval, kaplan_meier
from tropa.trail.passes import DAY, DONE, firsts, lasts
from tropa.trail.prepare import Prepared
from tropa.trail.tape import Longs

SECOND = 1_000_000
REPEATS = 0.9
"""The horizon is the time in which so many of the repeats come."""
Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Waits:
    """Waits for the next purchase. A purchase is a pass with a deal: deals less than the settle time apart are one.

    By purchase of chosen customers, in (customer, time) order: `customer`, `at` (µs), `wait` (µs to the next purchase, or to the end of
    what was observed), `came` (whether there was a next).
    """

    customer: Longs
    at: Longs
    wait: Longs
    came: npt.NDArray[np.bool_]
    until: int


def find_waits(ready: Prepared, chosen: Bytes, first: int = 0, last: int | None = None) -> Waits:
    """The waits after the purchases that are counted, of all customers or of first…last−1. Purchases after the end of the deals' sources
    are left out."""
    passes, until = ready.whole.passes, deals_until(ready)
    here = passes.those_of(first, len(ready.tape.customers) if last is None else last)
    done = np.flatnonzero(passes.status[here] == DONE) + here.start
    customer, at = passes.customer[done].astype(np.int64), passes.deal[done]
    mine = (chosen[customer] != 0) & (at <= until)
    customer, at = customer[mine], at[mine]
    came = ~lasts(customer)
    wait = until - at
    wait[came] = np.diff(at)[came[:-1]]
    if ready.part is not None:
        counted = ready.part.which[done][mine]
        customer, at, wait, came = customer[counted], at[counted], wait[counted], came[counted]
    return Waits(customer, at, wait, came, until)


def deals_until(ready: Prepared) -> int:
    """µs until which the sources of deals are complete."""
    bound = ready.bound
    return int(bound.until[bound.deal_stage]) if bound.deal_stage >= 0 else ready.tape.complete_until


def horizon_of(ready: Prepared, waits: Waits, curve: Curve) -> int:
    """How long a repeat is awaited, in µs: the map's horizon; else the time in which nine in ten of the repeats come.

    That share is read off the Kaplan–Meier curve (so that waits cut short by the end of the log do not make it too short), rounded
    up to whole days, at most half of the log (else hardly a purchase would have been seen for so long). Where nobody came again: as
    long as the silence limit.
    """
    if ready.limits.horizon is not None:
        return ready.limits.horizon
    longest = max(waits.until - ready.passes.log_start, DAY)
    if not len(curve.times):
        return min(ready.limits.silence_all, longest)
    found = curve.when(REPEATS * float(curve.came[-1]))
    days = -(-max(found or 0, 1) // DAY)
    return min(days * DAY, max(longest // 2 // DAY * DAY, DAY))


def common_horizon(ready: Prepared) -> int | None:
    """The horizon in force for everybody and every segment (µs): found from all customers; None where nobody bought."""
    if ready.limits.horizon is not None:
        return ready.limits.horizon
    ready = ready.whole
    waits = find_waits(ready, ready.everybody)
    if not len(waits.wait):
        return None
    return horizon_of(ready, waits, kaplan_meier(waits.wait, waits.came))


@dataclass(frozen=True, slots=True)
class Bought:
    """What is counted of purchases: different buyers, those with several deals, deals, void ones; waits (µs), whether they came, the
    buckets of their customers; of purchases seen for the whole horizon, hits and bases by customer; those not seen for so long."""

    counts: Longs
    wait: Longs
    came: npt.NDArray[np.bool_]
    bucket: Bytes
    hits: Longs
    bases: Longs
    left_out: int


def bought(ready: Prepared, chosen: Bytes, horizon: int | None) -> Bought:
    """Purchases of the chosen customers; `horizon` (µs): how long a repeat is awaited (None: nobody bought)."""
    deals = ready.bound.deals
    mine = chosen[deals.customer] != 0
    buyers = deals.customer[mine]
    edges = np.flatnonzero(firsts(buyers))
    again = int((np.diff(np.r_[edges, len(buyers)]) > 1).sum())
    void = int((chosen[deals.void_customer] != 0).sum())
    waits = find_waits(ready, chosen)
    seen = waits.at + (horizon or 0) <= waits.until
    hit = (waits.came & (waits.wait <= (horizon or 0)))[seen]
    customer = waits.customer[seen]
    first = np.flatnonzero(firsts(customer))
    return Bought(
        counts=np.array([len(edges), again, int(mine.sum()), void], np.int64),
        wait=waits.wait,
        came=waits.came,
        bucket=ready.buckets[waits.customer],
        hits=np.add.reduceat(hit.astype(np.int64), first) if len(first) else np.zeros(0, np.int64),
        bases=np.diff(np.r_[first, len(customer)]) if len(first) else np.zeros(0, np.int64),
        left_out=int(len(seen) - seen.sum()),
    )


def loop_reading(ready: Prepared, chosen: Bytes, horizon: int | None = None) -> LoopReading:
    """Repeat purchase among the chosen customers within the horizon (µs; None: found from these customers)."""
    if ready.bound.deal_stage < 0:
        return LoopReading()
    if horizon is None:
        waits = find_waits(ready, chosen)
        horizon = horizon_of(ready, waits, kaplan_meier(waits.wait, waits.came)) if len(waits.wait) else None
    return loop_told(ready, bought(ready, chosen, horizon), horizon)


def loop_told(ready: Prepared, found: Bought, horizon: int | None) -> LoopReading:
    """The reading from what was counted. `ready`: the facts of the whole are enough."""
    if ready.bound.deal_stage < 0:
        return LoopReading()
    buyers, buyers_again, deals, void = found.counts.tolist()
    base = LoopReading(buyers=buyers, buyers_again=buyers_again, deals=deals, deals_void=void)
    if not len(found.wait) or horizon is None:
        return base
    curve = kaplan_meier(found.wait, found.came)
    came = curve.at(horizon)
    bucket = found.bucket.astype(np.int64)
    around = curve_interval(came, horizon, found.wait, found.came, bucket, max(horizon // 400, 1))
    rate = _rate(found, horizon)
    if around is None and isinstance(rate, Rate):
        around = (min(rate.low, came), max(rate.high, came))
    again = ready.map.bought_again
    return base.model_copy(
        update={
            "horizon_s": horizon / SECOND,
            "repeat_rate": rate if again else CannotTell(cannot_tell="not-bought-again", n=len(found.wait)),
            "repeat_curve": came if again else None,
            "repeat_curve_low": float(around[0]) if around and again else None,
            "repeat_curve_high": float(around[1]) if around and again else None,
            "interval": _interval(found, curve, horizon, came),
        }
    )


def _rate(found: Bought, horizon: int) -> Rate | CannotTell:
    """Purchases seen for the whole horizon, and how many of them were followed by another within it."""
    if not len(found.bases):
        return CannotTell(cannot_tell="window-not-seen", n=found.left_out)
    hits, bases = in_order(found.hits, found.bases)
    low, high = clustered_share(hits, bases, len(bases))
    return Rate(
        numerator=int(found.hits.sum()),
        denominator=int(found.bases.sum()),
        unit=Unit.PASSES,
        low=low,
        high=high,
        method="wilson-clustered",
        left_out=found.left_out,
        window_s=horizon / SECOND,
    )


def _interval(waits: Bought, curve: Curve, horizon: int, came: float) -> Times | CannotTell:
    """Time to the next purchase among those that come within the horizon: quartiles of the curve."""
    n = int((waits.came & (waits.wait <= horizon)).sum())
    spots = [curve.when(share * came) for share in (0.25, 0.5, 0.75)]
    if n == 0 or None in spots:
        return CannotTell(cannot_tell="too-few", n=len(waits.wait))
    q25, q50, q75 = (int(spot or 0) for spot in spots)
    return Times(
        n=n,
        unit=Unit.PASSES,
        q25_s=q25 / SECOND,
        median_s=q50 / SECOND,
        q75_s=q75 / SECOND,
        left_out=int((~waits.came).sum()),
        method="kaplan-meier",
    )


def sales_cycle(ready: Prepared, chosen: Bytes) -> Times | CannotTell:
    """From a customer's first bound event to the first deal. Customers whose beginning may lie before the log are left out.

    Of a period: of those whose first pass began in it, whenever the deal was.
    """
    return cycle_told(len(ready.whole.bound.deals.event), *cycles(ready, chosen))


def cycles(ready: Prepared, chosen: Bytes) -> tuple[int, Longs]:
    """How many of the chosen customers have both a beginning and a deal, and the lengths (µs) of those whose beginning is sure."""
    passes, deals = ready.passes, ready.whole.bound.deals
    first = np.flatnonzero(passes.is_first)
    start = np.full(len(ready.tape.customers), 0, np.int64)
    start[passes.customer[first]] = passes.start[first]
    begun = np.zeros(len(ready.tape.customers), np.bool_)
    begun[passes.customer[first]] = True
    unsure = np.zeros(len(ready.tape.customers), np.bool_)
    unsure[passes.customer[first]] = passes.left_truncated[first]
    begins = firsts(deals.customer)
    who, when = deals.customer[begins], deals.time[begins]
    mine = (chosen[who] != 0) & begun[who]
    who, when = who[mine], when[mine]
    return len(who), (when - start[who])[~unsure[who]]


def cycle_told(deals: int, customers: int, lengths: Longs) -> Times | CannotTell:
    """The reading from the deals there are at all and `cycles`."""
    if not deals:
        return CannotTell(cannot_tell="no-deal")
    if not len(lengths):
        return CannotTell(cannot_tell="too-few", n=customers)
    q25, q50, q75 = quantiles(lengths)
    return Times(
        n=len(lengths),
        unit=Unit.CUSTOMERS,
        q25_s=q25 / SECOND,
        median_s=q50 / SECOND,
        q75_s=q75 / SECOND,
        left_out=customers - len(lengths),
    )
