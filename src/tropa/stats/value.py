"""What a state is worth: money within the log if customers left less often, by a renewal chain of passes.

A customer walks in passes. A pass is a Markov chain over stages that ends with a deal or with leaving; after either the customer
begins another pass some time later, or never. Passes of one stratum share their chances: a stratum is a segment and a kind (a
customer's first pass; back after leaving, never bought; bought before). Time runs in D equal bins from the log's start to its end,
and only money inside the log counts, so nothing is extrapolated (docs/guide/breaks.md).

All arrays may have leading axes (replicates, scenarios); C strata in the order segment × kind, J stages, D bins.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
from numpy.fft import irfft, rfft

Floats = npt.NDArray[np.float64]

KINDS = 3
FIRST, BACK, BOUGHT = range(KINDS)
"""Kinds of passes: the customer's first; another one of somebody who has not bought yet; of somebody who has."""
PULL = 5.0
"""Small strata are drawn to the average of all, as if so many more cases of the average had been seen."""
TINY = 1e-12
FEW_LAGS = 6


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted, (…, …): sufficient for every price.

    `flow` (…, C, J + 1, J + 2): moves from a stage (row J: the start of a pass) to a stage, to the deal (column J), to leaving (J + 1).
    `starts` (…, C, D): passes that begin in each bin. `deal_delay`, `deal_room` (…, C, D): bins from start to deal, and how many bins
    the log left for it; `exit_delay`, `exit_room` the same for leaving. `again_deal`, `gone_deal` (…, C, D): bins from the deal to
    the next pass, and for those who have not come (yet) how many bins they were seen for; `again_exit`, `gone_exit` (…, C, J, D) likewise
    after leaving at each stage. `money` (…, C, 2): sum over deals and how many. `reach` (…, C, J, 2): passes that reached the stage, and
    that ended there by leaving, of those seen long enough.
    """

    flow: Floats
    starts: Floats
    deal_delay: Floats
    deal_room: Floats
    exit_delay: Floats
    exit_room: Floats
    again_deal: Floats
    gone_deal: Floats
    again_exit: Floats
    gone_exit: Floats
    money: Floats
    reach: Floats


@dataclass(frozen=True, slots=True)
class Chances:
    """The chain as estimated. `move` (…, C, J, J), `deal`, `leave` (…, C, J), `start` (…, C, J); `worth` (…, C) of a deal;
    `deal_after`, `exit_after` (…, C, D): distribution of the bins from start to deal / to leaving; `again_deal` (…, C, D), `again_exit`
    (…, C, J, D): chance to begin the next pass so many bins later; `starts` (…, C, D)."""

    start: Floats
    move: Floats
    deal: Floats
    leave: Floats
    worth: Floats
    deal_after: Floats
    exit_after: Floats
    again_deal: Floats
    again_exit: Floats
    starts: Floats


def resample(counts: Counts, weights: Floats) -> Counts:
    """Counts of replicates: `counts` have a leading axis of buckets, `weights` are (replicates, buckets)."""
    light = weights.astype(np.float32)

    def mix(array: npt.NDArray[np.generic]) -> Floats:
        flat = array.reshape(len(array), -1).astype(np.float32)
        return (light @ flat).astype(np.float64).reshape(len(weights), *array.shape[1:])

    return Counts(*(mix(getattr(counts, field.name)) for field in fields(Counts)))


def whole(counts: Counts) -> Counts:
    """Counts over all buckets, with a leading axis of one."""
    return Counts(*(getattr(counts, field.name).sum(axis=0, dtype=np.float64)[None] for field in fields(Counts)))


def estimate(counts: Counts) -> Chances:
    """The chain that the counts say; small strata are drawn towards their kind, and kinds towards all together (`PULL`).

    Buyers walk otherwise than newcomers, whatever their segment: drawn straight to all, few buyers would be worth too little. What a deal
    is worth is drawn to the segment's mean, and that to the mean of all: who pays little as a newcomer does as a buyer.
    """
    total = counts.flow.sum(axis=-3, keepdims=True)
    pooled = total / np.maximum(total.sum(axis=-1, keepdims=True), TINY)
    rows, columns = counts.flow.shape[-2:]
    segments = counts.flow.shape[-3] // KINDS
    kinds = counts.flow.reshape(*counts.flow.shape[:-3], segments, KINDS, rows, columns).sum(axis=-4)
    kinds = (kinds + PULL * pooled) / (kinds.sum(axis=-1, keepdims=True) + PULL)
    pooled = np.concatenate([kinds] * segments, axis=-3)
    seen = counts.flow.sum(axis=-1, keepdims=True)
    shares = (counts.flow + PULL * pooled) / (seen + PULL)
    stages = counts.flow.shape[-1] - 2
    begin = shares[..., stages, :stages]
    begin = begin / np.maximum(begin.sum(axis=-1, keepdims=True), TINY)
    value, number = counts.money[..., 0], counts.money[..., 1]
    mean = value.sum(axis=-1, keepdims=True) / np.maximum(number.sum(axis=-1, keepdims=True), TINY)
    own_value, own_number = (part.reshape(*part.shape[:-1], segments, KINDS).sum(axis=-1) for part in (value, number))
    mean = np.repeat((own_value + PULL * mean) / (own_number + PULL), KINDS, axis=-1)
    return Chances(
        start=begin,
        move=shares[..., :stages, :stages],
        deal=shares[..., :stages, stages],
        leave=shares[..., :stages, stages + 1],
        worth=(value + PULL * mean) / (number + PULL),
        deal_after=_delays(counts.deal_delay, counts.deal_room),
        exit_after=_delays(counts.exit_delay, counts.exit_room),
        again_deal=_repeats(counts.again_deal, counts.gone_deal),
        again_exit=_returns(counts.again_exit, counts.gone_exit, 2),
        starts=counts.starts,
    )


def _delays(count: Floats, room: Floats) -> Floats:
    """Distribution of a delay that is only seen where the log left room for it (Lynden-Bell's product-limit in reversed time).

    Kinds that have too few of their own take the distribution of all strata.
    """
    alone = _right_truncated(count, room)
    every = _right_truncated(count.sum(axis=-2, keepdims=True), room.sum(axis=-2, keepdims=True))
    number = count.sum(axis=-1, keepdims=True)
    share = number / (number + 10 * PULL)
    return np.asarray(share * alone + (1 - share) * every)


def _right_truncated(count: Floats, room: Floats) -> Floats:
    # at risk in reversed time at delay d: those with delay <= d whose log left room for at least d
    at_risk = np.cumsum(count, axis=-1) - (np.cumsum(room, axis=-1) - room)
    keep = 1 - count / np.maximum(at_risk, TINY)
    keep = np.where(count > 0, np.clip(keep, 0.0, 1.0), 1.0)
    later = np.cumprod(keep[..., ::-1], axis=-1)[..., ::-1]  # F(d - 1) / F(top)
    upto = np.concatenate([later[..., 1:], np.ones_like(later[..., :1])], axis=-1)
    out = upto - later
    out[..., 0] += later[..., 0]
    return np.asarray(out)


def _returns(came: Floats, gone: Floats, axes: int) -> Floats:
    """Chance to begin the next pass d bins later (Kaplan–Meier by bin). Few cases wait as all do, but come as often as their stratum does.

    Each bin's hazard is drawn to that of all times how much oftener the stratum comes (itself drawn to 1, as if five more cases of the
    average had been seen). Drawn to the hazard of all alone, bin by bin, rare comers would be told to come oftener than they do.
    """
    both = came + gone
    at_risk = np.cumsum(both[..., ::-1], axis=-1)[..., ::-1]
    axis = tuple(range(-1 - axes, -1))
    average = came.sum(axis=axis, keepdims=True) / np.maximum(at_risk.sum(axis=axis, keepdims=True), 1.0)
    few = PULL * (1 - np.prod(1 - average, axis=-1, keepdims=True)) + TINY
    ratio = (came.sum(axis=-1, keepdims=True) + few) / ((at_risk * average).sum(axis=-1, keepdims=True) + few)
    hazard = (came + PULL * np.minimum(ratio * average, 1.0)) / (at_risk + PULL)
    left = np.cumprod(1 - hazard, axis=-1)
    before = np.concatenate([np.ones_like(left[..., :1]), left[..., :-1]], axis=-1)
    return np.asarray(before * hazard)


def _repeats(came: Floats, gone: Floats) -> Floats:
    """Chance to begin the next pass d bins after a deal: a stratum comes as often as it does, and few comers wait as all do.

    Whoever is kept waits as those do who come anyway; of a few, chance may put most beyond the horizon, and a price would multiply that.
    """
    alone = _returns(came, gone, 1)
    every = _returns(came.sum(axis=-2, keepdims=True), gone.sum(axis=-2, keepdims=True), 1)
    every = every / np.maximum(every.sum(axis=-1, keepdims=True), TINY) * alone.sum(axis=-1, keepdims=True)
    number = came.sum(axis=-1, keepdims=True)
    share = number / (number + 10 * PULL)
    return np.asarray(share * alone + (1 - share) * every)


def ends(chances: Chances, leave_factor: Floats) -> tuple[Floats, Floats]:
    """Chance of a deal (…, C) and of leaving at each stage (…, C, J) for a pass.

    Leaving at a visit is made `leave_factor` (…, C, J) times as likely. Those who no longer leave go on as the others do, in the
    same proportions.
    """
    leave = np.clip(chances.leave * leave_factor, 0.0, 1.0)
    on = 1 - chances.leave
    scale = np.where(on > TINY, (1 - leave) / np.maximum(on, TINY), 0.0)
    leave = np.where(on > TINY, leave, chances.leave)
    move = chances.move * scale[..., None]
    stages = move.shape[-1]
    system = np.swapaxes(np.eye(stages) * (1 + 1e-9) - move, -1, -2)
    visits = np.linalg.solve(system, np.broadcast_to(chances.start, leave.shape)[..., None])[..., 0]
    return (visits * chances.deal * scale).sum(axis=-1), visits * leave


def _spread(first: Floats, then: Floats) -> Floats:
    """Distribution of the sum of two delays, cut at the last bin: `first` (…, D) with `then` (…, D)."""
    bins = first.shape[-1]
    lags = np.flatnonzero(first.reshape(-1, bins).any(axis=0))
    if len(lags) > FEW_LAGS:
        size = 2 * bins
        return np.asarray(irfft(rfft(first, size) * rfft(then, size), size)[..., :bins])
    out = np.zeros(np.broadcast_shapes(first.shape, then.shape))
    for lag in lags:
        out[..., lag:] += first[..., lag : lag + 1] * then[..., : bins - lag]
    return out


def fair_factors(rates: Floats, weights: Floats, factor: Floats) -> Floats:
    """What each stratum's rate is multiplied by so that the rate of all together becomes `factor` (…) times what it is, (…, C).

    `rates`, `weights` (…, C). Strata that are already at that common rate or better stay as they are (nothing says that they could
    be better still); the rates of all others fall in one proportion.
    """
    weights = np.broadcast_to(weights, rates.shape)
    wanted = factor * (rates * weights).sum(axis=-1) / np.maximum(weights.sum(axis=-1), TINY)
    worse = rates > wanted[..., None]
    share = rates * weights
    rest = wanted * weights.sum(axis=-1) - np.where(worse, 0.0, share).sum(axis=-1)
    down = np.clip(rest / np.maximum(np.where(worse, share, 0.0).sum(axis=-1), TINY), 0.0, 1.0)
    return np.where(worse, np.where(factor < 1, down, 1.0)[..., None], 1.0)


def within(bins: int, horizon: float) -> Floats:
    """Share of the waits of 0, 1, … bins that last `horizon` bins (any number) at most, (bins).

    A wait is told as the difference of the bins of its two ends. One of l bins lasts l − 1 to l + 1, distributed as a triangle where
    the ends lie evenly in their bins.
    """
    rest = np.clip(horizon - np.arange(bins), -1.0, 1.0)
    out = np.where(rest < 0, (1 + rest) ** 2 / 2, 1 - (1 - rest) ** 2 / 2)
    out[0] = 1 - (1 - rest[0]) ** 2  # no wait is less than nothing
    return np.asarray(out)


def gains(
    chances: Chances, leave_factor: Floats, gone_factor: Floats, soon: Floats, *, then: str = "changed"
) -> Floats:
    """Money within the log that each scenario adds, (R, K).

    `chances` with leading axis R; `leave_factor` (R, K, C, J), `gone_factor` (R, K, C): what leaving at each stage, and not coming again
    within the horizon after a deal (`soon` (D): share of the waits that end within it), are multiplied by. Method: the difference of two
    chains started alike is the sum, over the passes really seen, of what the change in that pass alone is worth when everything after it
    follows the changed chain (performance difference; S. Kakade and J. Langford, ICML 2002). With `then="now"` everything after it follows
    the chain as it is.
    """
    one = Chances(*(getattr(chances, field.name)[:, None] for field in fields(Chances)))
    come = one.again_deal @ soon
    again = np.where(come > 1e-6, (1 - (1 - come) * gone_factor) / np.maximum(come, 1e-6), 1.0)
    # nobody comes more than once after one deal, soon or late
    again = np.maximum(np.minimum(again, 1 / np.maximum(one.again_deal.sum(axis=-1), TINY)), 1.0)
    deal, leave = ends(one, np.ones(leave_factor.shape[-2:]))
    new_deal, new_leave = ends(one, leave_factor)
    bought = _spread(one.deal_after, one.again_deal)
    left = _spread(one.exit_after[..., None, :], one.again_exit)
    income = np.cumsum(one.deal_after, axis=-1) * one.worth[..., None]
    if then == "now":
        worth = _renewal(income, bought, left, deal, leave, np.ones_like(come))
    else:
        worth = _renewal(income, bought, left, new_deal, new_leave, again)
    per_deal = (one.starts[..., ::-1] * income).sum(axis=-1)
    after_deal = _spread(one.starts, bought)[..., ::-1]
    after_leaving = _spread(one.starts[..., None, :], left)[..., ::-1]
    out = ((new_deal - deal) * per_deal).sum(axis=-1)
    for place in range(one.worth.shape[-1]):
        segment, kind = divmod(place, KINDS)
        once = worth[..., segment, 1, :] @ after_deal[..., 0, place, :, None]
        out = out + ((new_deal * again)[..., place] - deal[..., place]) * once[..., 0]
        back = worth[..., segment, 1 if kind == BOUGHT else 0, :] @ after_leaving[..., 0, place, :, :].swapaxes(-1, -2)
        out = out + ((new_leave - leave)[..., place, :] * back).sum(axis=-1)
    return np.asarray(out)


def _renewal(income: Floats, bought: Floats, left: Floats, deal: Floats, leave: Floats, again: Floats) -> Floats:
    """Money from a pass and all that follow it, by the bins that are left, (…, G, 2, D): of the kinds BACK and BOUGHT.

    After a deal the next pass is of the kind BOUGHT; after leaving it is of the kind BACK, or BOUGHT where the customer has bought before.
    """
    spots = {kind: slice(kind, None, KINDS) for kind in (BACK, BOUGHT)}
    gain, next_deal, next_left = {}, {}, {}
    for kind, spot in spots.items():
        gain[kind] = deal[..., spot, None] * income[..., spot, :]
        next_deal[kind] = (deal * again)[..., spot, None] * bought[..., spot, :]
        next_left[kind] = (leave[..., spot, None, :] @ left[..., spot, :, :])[..., 0, :]
    shape = np.broadcast_shapes(*(array.shape for array in (*gain.values(), *next_deal.values(), *next_left.values())))
    out = np.zeros((*shape[:-1], 2, shape[-1]))
    own = next_deal[BOUGHT] + next_left[BOUGHT]
    for bin_ in range(shape[-1]):
        now = gain[BOUGHT][..., bin_] + _past(own, out[..., 1, :], bin_)
        out[..., 1, bin_] = now / np.maximum(1 - own[..., 0], 1e-6)
    for bin_ in range(shape[-1]):
        now = gain[BACK][..., bin_] + _past(next_left[BACK], out[..., 0, :], bin_)
        now = now + _past(next_deal[BACK], out[..., 1, :], bin_) + next_deal[BACK][..., 0] * out[..., 1, bin_]
        out[..., 0, bin_] = now / np.maximum(1 - next_left[BACK][..., 0], 1e-6)
    return out


def _past(kernel: Floats, value: Floats, bin_: int) -> Floats:
    """Sum over delays 1…bin of kernel(d) value(bin − d)."""
    return np.asarray(np.einsum("...d,...d->...", kernel[..., 1 : bin_ + 1], value[..., :bin_][..., ::-1]))
