"""Credit of channels for passes that came somewhere, by every rule at once, and the chain of their steps. Shared by the measures of
channels (R-28)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.stats.attribution import DEAL, LEFT, Chain
from tropa.stats.bootstrap import BUCKETS, bucket_weights
from tropa.trail.kernels.attribution import DECAY, FIRST, LAST, LINEAR, POSITION, RULES, SETS, TOUCHED, UNIT, attribute
from tropa.trail.measures.asked import Asked
from tropa.trail.passes import DONE, EXIT, NEVER, event_stops
from tropa.trail.rounds import tallied
from tropa.trail.slices import fixed
from tropa.trail.tape import Longs

MOST = {1: 30, 2: 15, 3: 7}
"""Channels told by name, by the order of the chain: with the rest as one, a chain has some 400 states at most."""
REPLICATES, SEED = 300, 20_261_128
CENTI = 1_000
"""Parts of a minor unit that money is shared out in."""
SHARED = {"first": FIRST, "last": LAST, "linear": LINEAR, "decay": DECAY, "position": POSITION, "shapley": SETS}
NAMES = ("first", "last", "linear", "decay", "position", "markov", "shapley")
Floats = npt.NDArray[np.float64]
Table = npt.NDArray[np.uint16]
Partial = tuple[Longs, ...]
"""Credits in `UNIT`s and in money (256, rules, C), deals with a channel (256), customers (256); all deals and customers not asked about
(2); and of the chain: keys and how often."""


def counted(part: Asked, first: int, last: int) -> tuple[Longs]:
    """Events by channel."""
    column, offsets = part.ready.tape.channel, part.ready.tape.offsets
    return (np.bincount(column.codes[offsets[first] : offsets[last]], minlength=len(column.names)),)


def named(
    known: tuple[str, ...], counts: Longs, most: int, wanted: tuple[str, ...] = ()
) -> tuple[tuple[str, ...], Table]:
    """The channels that occur, `most` of them by name and the rest as one; and their number + 1 by code (0: none).

    Those that are `wanted` come first, then the most frequent ones.
    """
    counts, first = counts.copy(), np.array([name not in wanted for name in known])
    counts[0] = 0
    kept = [int(code) for code in np.lexsort((np.arange(len(known)), -counts, first)) if counts[code]]
    table = np.zeros(len(known), np.uint16)
    names = [known[code] for code in kept[:most]]
    table[kept[:most]] = np.arange(1, len(names) + 1, dtype=np.uint16)
    if len(kept) > most:
        names.append("mark:other")
        table[kept[most:]] = len(names)
    return tuple(names), table


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is counted: by which channels, and how it ends (`goal`: a stage, −1: the deal). `money`: whether that is shared out too."""

    table: Table
    channels: int
    order: int
    half_life: float
    goal: int = -1
    money: bool = False

    @property
    def states(self) -> int:
        """How many states a chain can have."""
        return int((self.channels + 1) ** self.order)

    @property
    def chunk(self) -> Any:
        """The chunk of a round."""
        return partial(credited, wanted=self)


def credited(part: Asked, first: int, last: int, *, wanted: Wanted) -> Partial:
    """The credit of the customers first…last−1."""
    ready, passes, tape = part.ready, part.ready.passes, part.ready.tape
    here = passes.those_of(first, last)
    events = slice(int(tape.offsets[first]), int(tape.offsets[last]))
    customer, size = passes.customer[here], wanted.channels
    won, until = _ends(part, here, wanted.goal)
    chain = np.zeros((BUCKETS, wanted.states, size + 2), np.int64)
    credit, money = np.zeros((2, BUCKETS, RULES, size), np.int64)
    deals = np.zeros(BUCKETS, np.int64)
    worth = np.maximum(passes.value[here], 0) * CENTI
    rest: Any = (
        fixed(passes.first_event[here] - events.start, np.int64), fixed(event_stops(passes, tape.offsets, here) - events.start, np.int64),
        fixed(tape.time[events], np.int64), fixed(until, np.int64), fixed(won), fixed(wanted.table[tape.channel.codes[events]], np.uint16),
        fixed(ready.buckets[customer]), wanted.half_life,
    )  # fmt: skip
    given: Any = (fixed(np.full(len(customer), UNIT)), credit, chain, deals)
    attribute(0, len(customer), *(rest + given))
    if wanted.money:
        blank = np.zeros((BUCKETS, 1, size + 2), np.int64)
        given = (fixed(worth, np.int64), money, blank, np.zeros(BUCKETS, np.int64))
        attribute(0, len(customer), *(rest + given))
    mine = part.customers[first:last] != 0
    people = np.bincount(ready.buckets[first:last][mine], minlength=BUCKETS).astype(np.int64)
    facts = np.array([(won == 1).sum(), (~mine).sum()], np.int64)
    keys = np.flatnonzero(chain)
    return credit, money, deals, people, facts, keys, chain.ravel()[keys]


def _ends(part: Asked, here: slice, goal: int) -> tuple[npt.NDArray[np.uint8], Longs]:
    """By pass, whether it got there (1), did not (0), or is not looked at (2), and until when its touches count (µs)."""
    passes = part.ready.passes
    status, mine = passes.status[here], part.customers[passes.customer[here]] != 0
    reached = np.where(status == DONE, passes.deal[here], NEVER)
    over = status == EXIT
    if goal >= 0:
        reached, over = np.full(len(status), NEVER, np.int64), (status == EXIT) | (status == DONE)
        bounds = passes.visits_from[here.start : here.stop + 1]
        there = passes.visit_stage[bounds[0] : bounds[-1]] == goal
        before = np.concatenate([np.zeros(1, np.int64), np.cumsum(there)])[bounds - bounds[0]]
        came = before[1:] > before[:-1]
        reached[came] = passes.visit_time[bounds[0] : bounds[-1]][there][before[:-1][came]]  # the first visit of each
    won = np.full(len(status), 2, np.uint8)
    won[mine & over] = 0
    won[mine & (reached != NEVER)] = 1
    return won, np.where(won == 1, reached, passes.end[here])


def together(one: Partial, other: Partial) -> Partial:
    """The merge of partials."""
    return (*(a + b for a, b in zip(one[:-2], other[:-2], strict=True)), *tallied(one[-2:], other[-2:]))


class Credits:
    """What was found of everybody, and replicates of it. `share` of deals and `money` (in minor units) by rule: (1 + replicates, C), the
    sample first; `deals`, `minor`: of all deals with a channel, (1 + replicates)."""

    def __init__(self, wanted: Wanted, found: Partial) -> None:
        credit, money, deals, people, self.facts, keys, often = found
        self.touched = credit.sum(axis=0)[TOUCHED] // UNIT
        weights = np.concatenate([np.ones((1, BUCKETS)), bucket_weights(REPLICATES, SEED, people.astype(np.float64))])
        self.deals, self.minor = weights @ deals, weights @ money[:, FIRST].sum(axis=1) / CENTI
        base = np.maximum(self.deals, 1e-12)[:, None]
        by_rule = np.einsum("rb,bkc->krc", weights, credit / UNIT)
        self.share = {name: by_rule[rule] / base for name, rule in SHARED.items()}
        self.share["markov"] = _removed(wanted, keys, often, weights[1:])
        self.money = {"markov": self.share["markov"] * self.minor[:, None]}
        if wanted.money:
            paid_out = np.einsum("rb,bkc->krc", weights, money / CENTI)
            self.money |= {name: paid_out[rule] for name, rule in SHARED.items()}


def _removed(wanted: Wanted, keys: Longs, often: Longs, weights: Floats) -> Floats:
    """Shares of the removal effects, (1 + replicates, C), from steps by bucket, state and where to."""
    if not len(keys):
        return np.zeros((1 + len(weights), wanted.channels))
    base, ends = wanted.channels + 1, wanted.channels + 2
    bucket, step = np.divmod(keys, wanted.states * ends)
    steps, at = np.unique(step, return_inverse=True)
    counts = np.zeros((BUCKETS, len(steps)))
    counts[bucket, at] = often
    state, to = np.divmod(steps, ends)
    states = np.unique(state)
    after = (state * base + to + 1) % wanted.states
    target = np.where(to == wanted.channels, DEAL, np.where(to > wanted.channels, LEFT, np.searchsorted(states, after)))
    chain = Chain(states % base - 1, np.searchsorted(states, state), target, wanted.channels)
    sample, drawn = chain.removal(counts, weights)
    return np.concatenate([sample[None], drawn])
