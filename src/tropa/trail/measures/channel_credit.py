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
from tropa.trail.kernels.attribution import (
    CHAIN,
    DECAY,
    FIRST,
    LAST,
    LINEAR,
    POSITION,
    RULES,
    SETS,
    TOUCHED,
    UNIT,
    attribute,
)
from tropa.trail.kernels.standing import count_events, raw_codes
from tropa.trail.measures.asked import Asked
from tropa.trail.rounds import tallied
from tropa.trail.slices import fixed
from tropa.trail.tape import Longs
from tropa.trail.visits import Arrays

MOST = {1: 30, 2: 15, 3: 7}
"""Channels told by name, by the order of the chain: with the rest as one, a chain has some 400 states at most."""
REPLICATES, SEED = 300, 20_261_128
CENTI = 1_000
"""Parts of a minor unit that money is shared out in."""
SHARED = {"first": FIRST, "last": LAST, "linear": LINEAR, "decay": DECAY, "position": POSITION, "shapley": SETS}
NAMES = ("first", "last", "linear", "decay", "position", "markov", "shapley")
Floats = npt.NDArray[np.float64]
Table = npt.NDArray[np.uint16]
NO_VISITS: Arrays = np.zeros(0, np.int64), np.zeros(0, np.uint8), np.zeros(0, np.int64)
"""Of passes that are only asked whether they made a deal."""
Partial = tuple[Longs, ...]
"""Credits in `UNIT`s and in money (buckets, rules, C), deals with a channel (buckets), customers (buckets); all deals and customers not
asked about (2); and of the chain: keys and how often. Without intervals there is one bucket."""


def counted(part: Asked, first: int, last: int) -> tuple[Longs]:
    """Events by channel."""
    column, offsets = part.ready.tape.channel, part.ready.tape.offsets
    out = np.zeros(len(column.names), np.int64)
    rest: Any = (*raw_codes(column.codes), 0, fixed(np.zeros(0, np.uint8)), out)
    count_events(int(offsets[first]), int(offsets[last]), *rest)
    return (out,)


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
    """What is counted: by which channels, and how it ends (`goal`: a stage, −1: the deal). `money`: whether that is shared out too;
    `rules`: by which rules; `intervals`: whether buckets of customers are told apart."""

    table: Table
    channels: int
    order: int
    half_life: float
    goal: int = -1
    money: bool = False
    rules: tuple[str, ...] = NAMES
    intervals: bool = True

    @property
    def states(self) -> int:
        """How many states a chain can have."""
        return int((self.channels + 1) ** self.order)

    @property
    def bits(self) -> int:
        """The rules as the kernel wants them."""
        return sum(1 << SHARED.get(name, CHAIN) for name in self.rules)

    @property
    def chunk(self) -> Any:
        """The chunk of a round."""
        return partial(credited, wanted=self)


def credited(part: Asked, first: int, last: int, *, wanted: Wanted) -> Partial:
    """The credit of the customers first…last−1."""
    ready, passes, tape, size = part.ready, part.ready.passes, part.ready.tape, wanted.channels
    here, groups = passes.those_of(first, last), BUCKETS if wanted.intervals else 1
    buckets = fixed(ready.buckets if wanted.intervals else np.zeros(len(ready.buckets), np.uint8))
    chain = np.zeros((groups, wanted.states, size + 2), np.int64)
    credit, money = np.zeros((2, groups, RULES, size), np.int64)
    deals, facts = np.zeros(groups, np.int64), np.zeros(2, np.int64)
    most = int(np.diff(tape.offsets[first : last + 1]).max(initial=0)) + 1
    begins, stages, times = passes.visits.arrays if wanted.goal >= 0 else NO_VISITS
    rest: Any = (
        fixed(tape.offsets, np.int64), fixed(tape.time, np.int64), *raw_codes(tape.channel.codes), fixed(wanted.table, np.uint16),
        fixed(passes.customer, np.int32), fixed(passes.first_event, np.int64), fixed(passes.status), fixed(passes.end, np.int64),
        fixed(passes.deal, np.int64), fixed(passes.value, np.int64), fixed(ready.bound.deals.event, np.int64), fixed(begins, np.int64),
        fixed(stages), fixed(times, np.int64), wanted.goal, fixed(part.customers), buckets, wanted.half_life, wanted.bits,
        CENTI if wanted.money else 0, credit, money, chain, deals, facts, np.empty(most, np.int64), np.empty(most, np.int64),
        np.empty(most, np.float64),
    )  # fmt: skip
    attribute(here.start, here.stop, *rest)
    mine = part.customers[first:last] != 0
    facts[1] = np.count_nonzero(~mine)
    people = np.bincount(buckets[first:last][mine], minlength=groups).astype(np.int64)
    keys = np.flatnonzero(chain)
    return credit, money, deals, people, facts, keys, chain.ravel()[keys]


def together(one: Partial, other: Partial) -> Partial:
    """The merge of partials."""
    return (*(a + b for a, b in zip(one[:-2], other[:-2], strict=True)), *tallied(one[-2:], other[-2:]))


class Credits:
    """What was found of everybody, and replicates of it. `share` of deals and `money` (in minor units) by rule: (1 + replicates, C), the
    sample first; `deals`, `minor`: of all deals with a channel, (1 + replicates)."""

    def __init__(self, wanted: Wanted, found: Partial) -> None:
        credit, money, deals, people, self.facts, keys, often = found
        self.touched = credit.sum(axis=0)[TOUCHED] // UNIT
        weights = np.ones((1, len(people)))
        if wanted.intervals:
            weights = np.concatenate([weights, bucket_weights(REPLICATES, SEED, people.astype(np.float64))])
        self.deals, self.minor = weights @ deals, weights @ money[:, FIRST].sum(axis=1) / CENTI
        base = np.maximum(self.deals, 1e-12)[:, None]
        by_rule = np.einsum("rb,bkc->krc", weights, credit / UNIT)
        self.share = {name: by_rule[rule] / base for name, rule in SHARED.items()}
        self.money: dict[str, Floats] = {}
        if "markov" in wanted.rules:
            self.share["markov"] = _removed(wanted, keys, often, weights[1:])
            self.money["markov"] = self.share["markov"] * self.minor[:, None]
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
    counts = np.zeros((BUCKETS if wanted.intervals else 1, len(steps)))
    counts[bucket, at] = often
    state, to = np.divmod(steps, ends)
    states = np.unique(state)
    after = (state * base + to + 1) % wanted.states
    target = np.where(to == wanted.channels, DEAL, np.where(to > wanted.channels, LEFT, np.searchsorted(states, after)))
    chain = Chain(states % base - 1, np.searchsorted(states, state), target, wanted.channels)
    sample, drawn = chain.removal(counts, weights)
    return np.concatenate([sample[None], drawn])
