"""The loop: whether customers who bought come again, and after how long."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tropa.model import CannotTell, LoopReading, Rate, Times, Unit
from tropa.stats.means import clustered_share
from tropa.stats.quantiles import quantiles
from tropa.stats.survival import Curve, curve_interval, kaplan_meier
from tropa.trail.passes import DAY, DONE
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


def find_waits(ready: Prepared, chosen: Bytes) -> Waits:
    """All waits after the purchases that are counted. Purchases after the end of the deals' sources are left out."""
    passes, until = ready.whole.passes, deals_until(ready)
    done = np.flatnonzero(passes.status == DONE)
    customer, at = passes.customer[done].astype(np.int64), passes.deal[done]
    mine = (chosen[customer] != 0) & (at <= until)
    customer, at = customer[mine], at[mine]
    came = np.r_[customer[1:] == customer[:-1], np.zeros(min(1, len(customer)), np.bool_)]
    wait = until - at
    wait[came] = np.diff(at)[came[:-1]] if len(at) else wait[came]
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


def loop_reading(ready: Prepared, chosen: Bytes, horizon: int | None = None) -> LoopReading:
    """Repeat purchase among the chosen customers within the horizon (µs; None: found from these customers)."""
    bound = ready.bound
    if bound.deal_stage < 0:
        return LoopReading()
    mine = chosen[bound.deals.customer] != 0
    buyers = bound.deals.customer[mine]
    edges = np.flatnonzero(np.r_[np.ones(min(1, len(buyers)), np.bool_), buyers[1:] != buyers[:-1]])
    waits = find_waits(ready, chosen)
    base = LoopReading(
        buyers=len(edges),
        buyers_again=int((np.diff(np.r_[edges, len(buyers)]) > 1).sum()),
        deals=int(mine.sum()),
        deals_void=int((chosen[bound.deals.void_customer] != 0).sum()),
    )
    if not len(waits.wait):
        return base
    curve = kaplan_meier(waits.wait, waits.came)
    horizon = horizon_of(ready, waits, curve) if horizon is None else horizon
    came = curve.at(horizon)
    around = curve_interval(
        came, horizon, waits.wait, waits.came, ready.buckets[waits.customer].astype(np.int64), max(horizon // 400, 1)
    )
    rate = _rate(waits, horizon)
    if around is None and isinstance(rate, Rate):
        around = (min(rate.low, came), max(rate.high, came))
    again = ready.map.bought_again
    return base.model_copy(
        update={
            "horizon_s": horizon / SECOND,
            "repeat_rate": rate if again else CannotTell(cannot_tell="not-bought-again", n=len(waits.wait)),
            "repeat_curve": came if again else None,
            "repeat_curve_low": float(around[0]) if around and again else None,
            "repeat_curve_high": float(around[1]) if around and again else None,
            "interval": _interval(waits, curve, horizon, came),
        }
    )


def _rate(waits: Waits, horizon: int) -> Rate | CannotTell:
    """Purchases seen for the whole horizon, and how many of them were followed by another within it."""
    seen = waits.at + horizon <= waits.until
    left_out = int(len(seen) - seen.sum())
    if not seen.any():
        return CannotTell(cannot_tell="window-not-seen", n=left_out)
    hit = (waits.came & (waits.wait <= horizon))[seen]
    customer = waits.customer[seen]
    edges = np.flatnonzero(np.r_[True, customer[1:] != customer[:-1]])
    hits = np.add.reduceat(hit.astype(np.int64), edges)
    bases = np.diff(np.r_[edges, len(customer)])
    low, high = clustered_share(hits, bases, len(edges))
    return Rate(
        numerator=int(hit.sum()),
        denominator=int(seen.sum()),
        unit=Unit.PASSES,
        low=low,
        high=high,
        method="wilson-clustered",
        left_out=left_out,
        window_s=horizon / SECOND,
    )


def _interval(waits: Waits, curve: Curve, horizon: int, came: float) -> Times | CannotTell:
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
    passes, deals = ready.passes, ready.whole.bound.deals
    if not len(deals.event):
        return CannotTell(cannot_tell="no-deal")
    first = np.flatnonzero(passes.is_first)
    start = np.full(len(ready.tape.customers), 0, np.int64)
    start[passes.customer[first]] = passes.start[first]
    begun = np.zeros(len(ready.tape.customers), np.bool_)
    begun[passes.customer[first]] = True
    unsure = np.zeros(len(ready.tape.customers), np.bool_)
    unsure[passes.customer[first]] = passes.left_truncated[first]
    begins = np.r_[True, deals.customer[1:] != deals.customer[:-1]]
    who, when = deals.customer[begins], deals.time[begins]
    mine = (chosen[who] != 0) & begun[who]
    who, when = who[mine], when[mine]
    sure = ~unsure[who]
    lengths = (when - start[who])[sure]
    if not len(lengths):
        return CannotTell(cannot_tell="too-few", n=len(who))
    q25, q50, q75 = quantiles(lengths)
    return Times(
        n=len(lengths),
        unit=Unit.CUSTOMERS,
        q25_s=q25 / SECOND,
        median_s=q50 / SECOND,
        q75_s=q75 / SECOND,
        left_out=int((~sure).sum()),
    )
