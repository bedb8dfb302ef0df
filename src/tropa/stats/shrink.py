"""How much better the best of several groups really is: noisy ratios drawn towards one before they are compared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

SPREAD = 0.25
"""Prior scale of how much groups of one shop differ (standard deviation of the ratio to the average)."""
_GRID = np.linspace(0.0, 1.5, 151)


@dataclass(frozen=True, slots=True)
class Shrunk:
    """Ratios of k groups to the average after shrinking: `mean` and `sd` of what each group's true ratio may be (k)."""

    mean: Floats
    sd: Floats


def shrink_ratios(seen: Floats, expected: Floats, rate: float) -> Shrunk:
    """True ratios of k groups, given how many left (`seen`) and how many would have at the average (`expected`).

    Normal model with known sampling variance (1 − rate) / expected, groups around 1 with a standard deviation that is itself
    unknown, with a half-normal prior of scale `SPREAD`, summed out on a grid (so that a few noisy groups are drawn almost wholly
    to the average, but never by an all-or-nothing rule). Groups nobody was expected to leave in come back as 1 ± the spread.
    Source of the model: A. Gelman et al., Bayesian Data Analysis (3rd ed., 2013), 5.4; D. B. Rubin (1981).
    """
    there = expected > 0
    if not there.any():
        return Shrunk(np.ones(len(seen)), np.zeros(len(seen)))
    ratio = np.where(there, seen / np.where(there, expected, 1.0), 1.0)
    noise = np.where(there, max(1.0 - rate, 0.02) / np.where(there, expected, 1.0), 1e9)
    between = _GRID[:, None] ** 2
    total = between + noise
    logs = -0.5 * (_GRID / SPREAD) ** 2 - 0.5 * np.where(there, np.log(total) + (ratio - 1) ** 2 / total, 0.0).sum(
        axis=1
    )
    weight = np.exp(logs - logs.max())
    weight /= weight.sum()
    pull = between / total
    means = 1 + pull * (ratio - 1)
    mean = weight @ means
    variance = weight @ (pull * noise) + weight @ (means - mean) ** 2
    return Shrunk(mean, np.sqrt(variance))
