"""Which of several figures are greater than which by more than chance."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tropa.stats.normal import normal_quantile

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def greater(value: Floats, replicates: Floats, known: Flags, level: float = 0.95) -> Flags:
    """Which of K figures (rows) are greater than which (columns), (K, K).

    `value` (K) with `replicates` of all of them together (R, K). One is greater where the difference is more than its standard error, as
    the replicates show it, times the normal quantile of the `level`: an interval for each pair, as one looks at pairs. Those that are not
    `known` (K) are never apart, nor is anything where there are no two replicates. Source: H. Goldstein and M. Healy, JRSS A 158 (1995)
    175–177.
    """
    if len(replicates) < 2:
        return np.zeros((len(value), len(value)), np.bool_)
    spread = np.atleast_2d(np.cov(replicates.T))
    variance = np.diag(spread)
    errors = np.sqrt(np.maximum(variance[:, None] + variance - 2 * spread, 0.0))
    above = value[:, None] - value > normal_quantile(0.5 + level / 2) * errors
    return np.asarray(above & known[:, None] & known & ~np.eye(len(value), dtype=np.bool_))
