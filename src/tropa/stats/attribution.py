"""What channels contribute: removal from a Markov chain, exactly; and Shapley values of any game, for holding others against."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from math import factorial

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
DEAL, LEFT = -1, -2
"""Where steps end."""
MOST_SOLVED = 12
"""Chains of so many states at most are solved for each replicate; of larger ones replicates are told from the slopes."""
LEAST = 1e-9
"""A smaller loss is none: it is what solving leaves over."""


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain of any order over the states that were observed, and steps between them: `source` (steps, rising) and `target` (a state,
    `DEAL` or `LEFT`). State 0 is the beginning; `newest` (states): the channel a state was entered with, −1 for none; `channels`: how
    many."""

    newest: Longs
    source: Longs
    target: Longs
    channels: int

    def removal(self, counts: Floats, weights: Floats) -> tuple[Floats, Floats]:
        """Each channel's share of the removal effects: of the sample (C), and of replicates of it (replicates, C).

        `counts` (buckets, steps): how often each step was taken; `weights` (replicates, buckets). Removal: every step into a state with
        that channel as its newest one leads to leaving. Zeros where no channel has an effect. Source: Anderl et al., International
        Journal of Research in Marketing 33 (2016) 457–474; of higher order over the states observed.
        """
        tell = self._solved if len(self.newest) <= MOST_SOLVED else self._sloped
        kept = [self.newest != k for k in (-9, *range(self.channels))]
        found = [tell(counts, weights, one) for one in kept]
        sample, drawn = np.array([one[0] for one in found])[None], np.array([one[1] for one in found]).T
        return _lost(sample)[0], _lost(drawn)

    def _placed(self, kept: Bools) -> tuple[int, Bools, Longs, Longs]:
        """How many states are kept, which steps leave them, and these steps' ends among them: `size` a deal, `size + 1` leaving."""
        size = int(kept.sum())
        place = np.append(np.where(kept, np.cumsum(kept) - 1, size + 1), [size + 1, size])  # the last two: LEFT, DEAL
        mine = kept[self.source]
        return size, mine, place[self.source[mine]], place[self.target[mine]]

    def _solved(self, counts: Floats, weights: Floats, kept: Bools) -> tuple[float, Floats]:
        """Chance of a deal from the beginning where the states that are not kept lead to leaving: of the sample, and by replicate."""
        size, mine, source, target = self._placed(kept)
        every = np.concatenate([counts.sum(axis=0)[None], weights @ counts])[:, mine]
        starts = np.searchsorted(source, np.arange(size))
        totals = np.add.reduceat(every, starts, axis=1)[:, source]
        shares = np.divide(every, totals, out=np.zeros_like(every), where=totals > 0)
        inner, deals = target < size, target == size
        matrix = np.tile(np.eye(size), (len(every), 1, 1))
        matrix[:, source[inner], target[inner]] -= shares[:, inner]
        ends = np.zeros((len(every), size, 1))
        ends[:, source[deals], 0] = shares[:, deals]
        won = np.linalg.solve(matrix, ends)[:, 0, 0]
        return float(won[0]), np.asarray(won[1:], dtype=np.float64)

    def _sloped(self, counts: Floats, weights: Floats, kept: Bools) -> tuple[float, Floats]:
        """As `_solved`, replicates by the slope of the chance along each bucket's weight.

        One more step from a state changes the chance by how much better that step is than the state, for each time the state is expected
        to be met. Source: Jaeckel (1972), the infinitesimal jackknife; Efron (1982), The Jackknife, the Bootstrap and Other Resampling
        Plans.
        """
        size, mine, source, target = self._placed(kept)
        whole = counts.sum(axis=0)[mine]
        totals = np.bincount(source, whole, size)
        shares = whole / totals[source]
        inner = target < size
        matrix = np.eye(size)
        matrix[source[inner], target[inner]] -= shares[inner]
        won = np.append(np.linalg.solve(matrix, np.bincount(source, shares * (target == size), size)), [1.0, 0.0])
        begin = np.zeros(size)
        begin[0] = 1.0
        met = np.linalg.solve(matrix.T, begin)
        slope = np.zeros(counts.shape[1])
        slope[mine] = (won[target] - won[source]) * (met / totals)[source]
        return float(won[0]), np.clip(won[0] + (weights - 1.0) @ (counts @ slope), 0.0, 1.0)


def _lost(chances: Floats) -> Floats:
    """Shares of the removal effects; `chances` (…, 1 + C): with all channels, then without each."""
    whole = chances[:, :1]
    lost = 1 - np.divide(chances[:, 1:], whole, out=np.ones_like(chances[:, 1:]), where=whole > LEAST)
    lost = np.where(lost > LEAST, lost, 0.0)
    total = lost.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(lost, total, out=np.zeros_like(lost), where=total > 0))


def conversion(chain: Floats) -> Floats:
    """Probability of a deal from the beginning. `chain` (…, C + 1, C + 2): counts of steps from channel (last row: the beginning) to
    channel, deal (column C) or leaving (C + 1). Solved, not simulated. 0 where nothing begins."""
    size = chain.shape[-2] - 1
    totals = chain.sum(axis=-1, keepdims=True)
    steps = np.divide(chain, totals, out=np.zeros_like(chain), where=totals > 0)
    inner = np.eye(size) - steps[..., :size, :size]
    won = np.linalg.solve(inner + 1e-12 * np.eye(size), steps[..., :size, size][..., None])[..., 0]
    return np.asarray((steps[..., size, :size] * won).sum(axis=-1) + steps[..., size, size], dtype=np.float64)


def removal_shares(chain: Floats) -> Floats:
    """Each channel's share of the removal effects (…, C): how much of the chance of a deal is lost when steps into it lead to leaving.

    Zeros where no channel has an effect. Source: Anderl et al., International Journal of Research in Marketing 33 (2016) 457–474.
    """
    size = chain.shape[-2] - 1
    whole = conversion(chain)
    effects = np.zeros((*chain.shape[:-2], size))
    for k in range(size):
        without = chain.copy()
        without[..., :, size + 1] += without[..., :, k]
        without[..., :, k] = 0.0
        kept = conversion(without)
        effects[..., k] = np.where(whole > 0, 1 - kept / np.where(whole > 0, whole, 1.0), 0.0)
    effects = np.maximum(effects, 0.0)
    total = effects.sum(axis=-1, keepdims=True)
    return np.asarray(np.divide(effects, total, out=np.zeros_like(effects), where=total > 0), dtype=np.float64)


def shapley(players: int, worth: Callable[[frozenset[int]], float]) -> list[float]:
    """Shapley values by their definition, over all coalitions: for few players. Source: Shapley 1953."""
    out = [0.0] * players
    everyone = range(players)
    for k in everyone:
        others = [one for one in everyone if one != k]
        for size in range(players):
            weight = factorial(size) * factorial(players - size - 1) / factorial(players)
            for chosen in combinations(others, size):
                out[k] += weight * (worth(frozenset(chosen) | {k}) - worth(frozenset(chosen)))
    return out
