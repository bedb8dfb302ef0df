"""What channels contribute: removal from a Markov chain, exactly; and Shapley values of any game, for holding others against."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from math import factorial

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


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
