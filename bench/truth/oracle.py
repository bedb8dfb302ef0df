"""Which order of losses can be told at all: an oracle that knows how Markov worlds are made, but must learn the rates from the same log.

It is told all that the product has to find out or to guess: which moves there are and in what proportions, how each wait is spread, what a
deal is worth, when every customer came, and the prior that rates are drawn from. Not told are only how many leave at each stage, how much
more rarely buyers do, and how many come again or back. Its answer is the mean of each loss over the posterior of these: nobody who is told
less can be expected to do better.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from tropa.simulate.markov import START, STEP, Chain, chain_of, expected_money, first_steps, markov
from tropa.simulate.world import World

DAYS, DRAWS, LONGEST_HOP = 180, 24, 4
LEAVE, EASE = np.linspace(0.1, 0.5, 41), np.linspace(0.4, 1.0, 13)
AGAIN, BACK = np.linspace(0.15, 0.6, 46), np.linspace(0.0, 0.3, 31)
"""Grids over the bounds within which `simulate.markov` draws rates."""
Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Visits:
    """Visits of stages in (customer, time) order: stage, kind (bought before or not), steps that are left of the log; whether a deal was
    made there, whether it was left there, whether that is known, whether the same customer is seen later."""

    stage: Longs
    kind: Longs
    room: Longs
    bought: Flags
    left: Flags
    known: Flags
    later: Flags


def losses(seed: int, customers: int) -> dict[str, float]:
    """The expected losses of a Markov world by place (`loop` for the loop), as far as its log tells them."""
    world, chain, steps = markov(seed, customers=customers, days=DAYS), chain_of(seed), 2 * DAYS
    stages = len(chain.start)
    seen = _visits(world, stages, steps)
    chains = _possible(chain, seen, np.random.default_rng((seed, 41)))
    reached = np.array([[np.sum((seen.kind == kind) & (seen.stage == j)) for j in range(stages)] for kind in (0, 1)])
    walked = []
    for one in chains:
        walked.append(one)
        for place, planted in enumerate(world.truth["breaks"]):
            factor = planted["reference"] / planted["rate"]
            if place < stages:
                share = (reached * chain.leave)[:, place].sum() / (reached * one.leave)[:, place].sum()
                walked.append(one.changed(place, min(factor * float(share), 1.0)))
            else:
                walked.append(one.changed(None, min(factor * (1 - chain.comes_again) / (1 - one.comes_again), 1.0)))
    room = steps - 1 - first_steps(seed, customers, DAYS)
    money = expected_money(walked, steps)[:, room].sum(axis=1).reshape(len(chains), -1)
    gain = (money[:, 1:] - money[:, :1]).mean(axis=0) / (DAYS / 30)
    names = [one["stage"] or "loop" for one in world.truth["breaks"]]
    return dict(zip(names, gain.tolist(), strict=True))


def _visits(world: World, stages: int, steps: int) -> Visits:
    log = world.log
    who, event = (log[name].combine_chunks().indices.to_numpy() for name in ("customer_id", "event"))
    step = (log["time"].cast("int64").to_numpy() - START) // STEP
    order = np.lexsort((np.arange(len(who)), who))
    order = order[event[order] != stages]  # what is done after the deal tells nothing here
    who, event, step = who[order], event[order].astype(np.int64), step[order]
    same = np.append(who[1:] == who[:-1], False)
    paid = event == stages + 1
    deal = same & np.append(paid[1:], False)
    visit = np.flatnonzero(~paid)
    who, event, step, bought = who[visit], event[visit], step[visit], deal[visit]
    later = np.append(who[1:] == who[:-1], False)
    gap = np.append(np.diff(step), 0)
    before = np.cumsum(bought) - bought
    first = np.flatnonzero(np.append(True, who[1:] != who[:-1]))
    kind = before > np.repeat(before[first], np.diff(np.append(first, len(who))))
    room = steps - 1 - step
    left = ~bought & (~later | (gap > LONGEST_HOP))
    return Visits(event, kind.astype(np.int64), room, bought, left, bought | later | (room >= LONGEST_HOP), later)


def _possible(chain: Chain, seen: Visits, rng: np.random.Generator) -> list[Chain]:
    """Chains drawn from the posterior: all that is not a rate is as it is."""
    stages = len(chain.start)
    same_ease = np.allclose(chain.move[0], chain.move[1]) and np.allclose(chain.leave[0], chain.leave[1])
    ease = np.ones(1) if same_ease else EASE
    count, gone = np.zeros((2, stages)), np.zeros((2, stages))
    for table, which in ((count, seen.known), (gone, seen.known & seen.left)):
        np.add.at(table, (seen.kind[which], seen.stage[which]), 1)
    logs = np.zeros((len(ease), stages, len(LEAVE)))
    for kind, rate in enumerate((np.tile(LEAVE, (len(ease), 1)), LEAVE * ease[:, None])):
        left, stayed = gone[kind][None, :, None], (count - gone)[kind][None, :, None]
        logs += left * np.log(rate)[:, None] + stayed * np.log1p(-rate)[:, None]
    weight = np.exp(logs - logs.max(axis=-1, keepdims=True))
    of_ease = (logs.max(axis=-1) + np.log(weight.sum(axis=-1))).sum(axis=-1)
    easy = _draws(np.arange(len(ease)), of_ease, rng)
    again = _draws(AGAIN, _coming(AGAIN, seen.bought, seen, np.cumsum(chain.again)), rng)
    back = [
        _draws(BACK, _coming(BACK, seen.left & seen.known & (seen.stage == j), seen, np.cumsum(chain.back)), rng)
        for j in range(stages)
    ]
    out = []
    for draw, number in enumerate(easy):
        middle = np.array([_draws(LEAVE, logs[number, j], rng, 1)[0] for j in range(stages)])
        leave = np.stack([middle, middle * ease[number]])
        on = (1 - leave) / (1 - chain.leave)
        out.append(
            replace(
                chain, leave=leave, move=chain.move * on[..., None], deal=chain.deal * on, comes_again=float(again[draw]),
                comes_back=np.array([one[draw] for one in back]),
            )
        )  # fmt: skip
    return out


def _coming(grid: Floats, which: Flags, seen: Visits, spread: Floats) -> Floats:
    """Logarithm of the likelihood of each chance to come, waits cut off by the end of the log."""
    waited = spread[np.clip(seen.room[which & ~seen.later], 0, len(spread) - 1)]
    came = np.log(np.maximum(grid, 1e-12)) * int((which & seen.later).sum())
    return np.asarray(came + np.log1p(-grid[:, None] * waited).sum(axis=1))


def _draws(
    grid: npt.NDArray[np.generic], logs: Floats, rng: np.random.Generator, number: int = DRAWS
) -> npt.NDArray[np.generic]:
    weight = np.exp(logs - logs.max())
    return rng.choice(grid, number, p=weight / weight.sum())
