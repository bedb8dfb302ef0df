"""Sergey's shop with losses as the guide defines them: as few leave at one place as a reference says, and nothing else is changed.

The same customers walk again; of those who would leave at the place, so many go on as the definition allots to their stratum (persona and
kind of pass), drawn evenly, and then do whatever they would have done. Of those who would not come again so many more are kept as come
later than the horizon: what falls to the reference is the rate of not coming within it. The loss is what is expected: the mean over
`RUNS` throws of all dice. A cause that is removed, as in the demo's own truth, works at several places at once: that is `sergey-causes`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
from join import map_of, tape_of

from tropa.simulate import STAGES, Shop, World, sergey
from tropa.simulate.emit import log_of, seen_using
from tropa.simulate.sergey import HORIZON, SILENCE, revenue
from tropa.simulate.walk import BOUGHT, Better, Customers, Runs, Walk, first_draws, people, side_by_side, walk
from tropa.simulate.world import DAY
from tropa.trail.bind import bind
from tropa.trail.kernels.passes import EXIT
from tropa.trail.passes import find_passes, pass_limits

RUNS, CUSTOMERS, DAYS = 8, 6_000, 365
BEGIN = round(datetime(2025, 11, 1, tzinfo=UTC).timestamp()) * 1_000_000
"""When the simulated year begins, µs UTC."""
PLACES = (*STAGES[1:5], "loop")
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def world_of(seed: int) -> World:
    """The world of a seed: the log that `sergey` has, and the truth of the definition in place of that of the causes."""
    shop, end = Shop(), BEGIN + DAYS * DAY
    them = people(shop, seed, CUSTOMERS, BEGIN, DAYS)
    log = log_of(shop, seed, them, walk(shop, seed, them, end), end)
    limits = {"days": DAYS, "silence_days": SILENCE // DAY, "horizon_days": HORIZON // DAY}
    return World("sergey", seed, log, limits | _truth(seed, BEGIN))


def _truth(seed: int, begin: int) -> dict[str, Any]:
    """Breaks with losses and targets, each with a factor of its own drawn from the seed."""
    shop, end = Shop(), begin + DAYS * DAY
    them, dice = side_by_side(
        people(shop, seed, CUSTOMERS, begin, DAYS), [seed * 1_000 + number + 1 for number in range(RUNS)]
    )
    first = first_draws(dice, them)

    def walked(better: Better) -> Walk:
        return walk(shop, dice, them, end, better, first)

    now = walked(Better())
    base, months = revenue(now, end), (end - begin) / DAY / 30 * RUNS
    factors = np.random.default_rng((seed, 31)).uniform(0.4, 0.9, len(PLACES))
    spared: dict[str, Floats] = {}
    breaks = []
    for place, factor in zip(PLACES, factors, strict=True):
        reached, gone = _table(now, them, place, dice, end)
        spared[place] = 1 - _allotted(gone, reached, float(factor))
        if place == "loop":
            spared[place] = _kept_for_good(spared[place], gone, now, them, end)
        better = walked(Better(spared={place: spared[place]}))
        rate = float(gone.sum() / reached.sum()) * (1.0 if place == "loop" else _seen()[place])
        breaks.append(
            {"stage": "loyalty" if place == "loop" else place, "kind": "loop" if place == "loop" else "exit", "rate": rate,
             "loss": (revenue(better, end) - base) / months, "reference": rate * float(factor)}
        )  # fmt: skip
    every = walked(Better(spared=spared))
    return {"breaks": breaks, "all_together": (revenue(every, end) - base) / months}


def _kept_for_good(share: Floats, gone: Floats, now: Walk, them: Customers, end: int) -> Floats:
    """Of those who would never come again, the share to be kept so that a `share` of all who do not come within the horizon does then.

    Whoever is kept waits as the others do, so that some of them still come too late.
    """
    deal = (now.t_paid > 0) & (now.t_void <= 0) & (now.t_paid + HORIZON < end)
    never = np.bincount(_row(now, them)[deal & ~now.again], minlength=9).reshape(3, 3)
    ever = deal & now.again
    within = ever & (now.t_again - now.t_paid <= HORIZON)
    return np.minimum(share * gone * ever.sum() / np.maximum(never * within.sum(), 1), 1.0)


def _row(walked: Walk, them: Customers) -> npt.NDArray[np.int64]:
    """Persona and kind of each pass as one number below 9."""
    return np.asarray(them.persona[walked.who] * 3 + np.where(walked.known, 2, np.minimum(walked.turn, 1)))


def _table(walked: Walk, them: Customers, place: str, seed: int | Runs, end: int) -> tuple[Floats, Floats]:
    """Passes that reached a place and were seen long enough, and those that ended there, by persona and kind of pass."""
    reached, gone = _at(walked, them, place, seed, end)
    row = _row(walked, them)
    return tuple(
        np.bincount(row[which], minlength=9).reshape(3, 3).astype(float) for which in (reached, reached & gone)
    )  # type: ignore[return-value]


def _at(walked: Walk, them: Customers, place: str, seed: int | Runs, end: int) -> tuple[Flags, Flags]:
    void = walked.t_void > 0
    if place == "loop":
        deal = (walked.t_paid > 0) & ~void & (walked.t_paid + HORIZON < end)
        return deal, ~(walked.again & (walked.t_again - walked.t_paid <= HORIZON))
    last = np.maximum.reduce([walked.start, walked.t_consider, walked.t_decide, walked.t_checkout, walked.t_paid])
    seen = last + SILENCE < end
    if place == "consideration":
        return (walked.t_consider > 0) & seen, walked.left_at == 1
    if place == "decision":
        return (walked.t_decide > 0) & seen, walked.left_at == 2
    if place == "purchase":
        return (walked.t_checkout > 0) & seen, (walked.left_at == 3) | walked.cancelled
    return seen_using(seed, them, walked) & seen, walked.returned & (walked.left_at == BOUGHT)


def _allotted(gone: Floats, reached: Floats, factor: float) -> Floats:
    """What each stratum's rate is multiplied by: those at the wanted common rate or better stay, the others fall in one proportion."""
    rate = gone / np.maximum(reached, 1)
    wanted = factor * gone.sum() / reached.sum()
    worse = rate > wanted
    rest = wanted * reached.sum() - gone[~worse].sum()
    return np.where(worse, max(rest, 0) / max(gone[worse].sum(), 1), 1.0)


@cache
def _seen() -> dict[str, float]:
    """What a log shows of each exit rate, against where the simulated customer decides: the last thing seen of some who gave up in the
    basket is a page of the catalogue. From one large shop."""
    world = sergey(1, customers=60_000)
    tape, value = tape_of(world), map_of(world)
    bound = bind(tape, value)
    passes = find_passes(tape, bound, value, pass_limits(value))
    out = {}
    for stage, name in enumerate(STAGES[:5]):
        known = passes.visit_time + SILENCE < passes.observed_until
        owner = np.repeat(np.arange(len(passes)), np.diff(passes.visits_from))
        reached = len(np.unique(owner[(passes.visit_stage == stage) & known]))
        left = (passes.status == EXIT) & (passes.last_stage == stage) & (passes.end + SILENCE < passes.observed_until)
        out[name] = float(left.sum() / reached / world.truth["rates"][name]["exit_rate"])
    return out
