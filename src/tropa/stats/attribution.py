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
        found = tell(counts, weights, kept)
        sample, drawn = np.array([one[0] for one in found])[None], np.array([one[1] for one in found]).T
        return _lost(sample)[0], _lost(drawn)

    def _solved(self, counts: Floats, weights: Floats, choices: list[Bools]) -> list[tuple[float, Floats]]:
        """By choice, the chance of a deal from the beginning where the states that are not kept lead to leaving: of the sample, and by
        replicate."""
        every = np.concatenate([counts.sum(axis=0)[None], weights @ counts])
        size = len(self.newest)
        totals = np.add.reduceat(every, self._starts, axis=1)[:, self.source]
        shares = np.divide(every, totals, out=np.zeros_like(every), where=totals > 0)
        inner, deals = self.target >= 0, self.target == DEAL
        out = []
        for kept in choices:
            matrix, ends = np.tile(np.eye(size), (len(every), 1, 1)), np.zeros((len(every), size, 1))
            matrix[:, self.source[inner], self.target[inner]] -= shares[:, inner] * kept[self.source[inner]]
            ends[:, self.source[deals], 0] = shares[:, deals] * kept[self.source[deals]]
            won = np.linalg.solve(matrix, ends)[:, 0, 0]
            out.append((float(won[0]), np.asarray(won[1:], dtype=np.float64)))
        return out

    def _sloped(self, counts: Floats, weights: Floats, choices: list[Bools]) -> list[tuple[float, Floats]]:
        """As `_solved`, replicates by the slope of the chance along each bucket's weight.

        One more step from a state changes the chance by how much better that step is than the state, for each time the state is expected
        to be met. Source: Jaeckel (1972), the infinitesimal jackknife; Efron (1982), The Jackknife, the Bootstrap and Other Resampling
        Plans. The chain is solved once; without some states it is that solution less the ways through them (Schur's complement).
        """
        whole, size = counts.sum(axis=0), len(self.newest)
        totals = np.bincount(self.source, whole, size)
        shares, inner = whole / totals[self.source], self.target >= 0
        matrix = np.eye(size)
        matrix[self.source[inner], self.target[inner]] -= shares[inner]
        inverse = np.linalg.inv(matrix)
        chance, times = inverse @ np.bincount(self.source, shares * (self.target == DEAL), size), inverse[0]
        out = []
        for kept in choices:
            gone = ~kept
            won, met = np.zeros(size + 2), np.zeros(size)
            within = inverse[np.ix_(gone, gone)]
            won[:size][kept] = chance[kept] - inverse[np.ix_(kept, gone)] @ np.linalg.solve(within, chance[gone])
            back = np.linalg.solve(within.T, times[gone])
            met[kept] = times[kept] - back @ inverse[np.ix_(gone, kept)]
            won[size + 1] = 1.0  # the last two: LEFT, DEAL
            slope = (won[self.target] - won[self.source]) * (met / totals)[self.source]
            out.append((float(won[0]), np.clip(won[0] + (weights - 1.0) @ (counts @ slope), 0.0, 1.0)))
        return out

    @property
    def _starts(self) -> Longs:
        """Where the steps of each state begin."""
        return np.searchsorted(self.source, np.arange(len(self.newest))).astype(np.int64)


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
