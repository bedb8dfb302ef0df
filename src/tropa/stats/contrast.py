"""Two groups and a yes or no: difference of shares, odds ratio, a test, and many tests at once."""

from __future__ import annotations

from math import erfc, exp, lgamma, log, sqrt

import numpy as np
import numpy.typing as npt

from tropa.stats.intervals import wilson
from tropa.stats.normal import normal_quantile

Floats = npt.NDArray[np.float64]
FEW = 5.0
"""Below so many expected in a cell the exact test is taken."""


def difference(x: int, n: int, y: int, m: int, level: float = 0.95) -> tuple[float, float, float]:
    """x/n − y/m and its interval, from Wilson's intervals of the two.

    Source: Newcombe, Statistics in Medicine 17 (1998) 873–890, method 10. Raises ValueError for an empty group.
    """
    p, q = x / n, y / m
    (l1, u1), (l2, u2) = wilson(x, n, level), wilson(y, m, level)
    return p - q, p - q - sqrt((p - l1) ** 2 + (u2 - q) ** 2), p - q + sqrt((u1 - p) ** 2 + (q - l2) ** 2)


def odds_ratio(a: int, b: int, c: int, d: int, level: float = 0.95) -> tuple[float, float, float]:
    """(a/b) / (c/d) and its interval on the logarithmic scale, with a half added to every cell (so that none is empty).

    Source: Gart, Biometrika 53 (1966); Agresti, Categorical Data Analysis (2013), 3.1.
    """
    w, x, y, z = (n + 0.5 for n in (a, b, c, d))
    middle = log(w * z / (x * y))
    half = normal_quantile(0.5 + level / 2) * sqrt(1 / w + 1 / x + 1 / y + 1 / z)
    return exp(middle), exp(middle - half), exp(middle + half)


def independence(a: int, b: int, c: int, d: int) -> float:
    """Probability of a table at least as uneven if rows and columns had nothing to do with one another. 1 where a margin is empty.

    Pearson's chi-squared with Yates's correction; Fisher's exact test where fewer than five are expected in a cell.
    """
    n, rows, columns = a + b + c + d, (a + b, c + d), (a + c, b + d)
    if not (all(rows) and all(columns)):
        return 1.0
    if min(rows) * min(columns) / n < FEW:
        return fisher(a, b, c, d)
    uneven = max(0.0, abs(a * d - b * c) - n / 2)
    return erfc(sqrt(n * uneven * uneven / (rows[0] * rows[1] * columns[0] * columns[1]) / 2))


def fisher(a: int, b: int, c: int, d: int) -> float:
    """Fisher's exact test, two-sided: all tables with these margins that are no likelier than the one seen."""
    row, column, n = a + b, a + c, a + b + c + d
    low, high = max(0, row + column - n), min(row, column)

    def weight(k: int) -> float:
        return -(lgamma(k + 1) + lgamma(row - k + 1) + lgamma(column - k + 1) + lgamma(n - row - column + k + 1))

    weights = [weight(k) for k in range(low, high + 1)]
    top = max(weights)
    seen = weights[a - low] + 1e-9
    total = sum(exp(one - top) for one in weights)
    return min(1.0, sum(exp(one - top) for one in weights if one <= seen) / total)


def false_discovery(chances: Floats) -> Floats:
    """The smallest share of false discoveries at which each would be called one (adjusted p-values), in the same order.

    Source: Benjamini and Hochberg, JRSS B 57 (1995) 289–300.
    """
    n = len(chances)
    if not n:
        return np.zeros(0)
    order = np.argsort(chances)[::-1]
    ranked = chances[order] * n / np.arange(n, 0, -1)
    out = np.empty(n)
    out[order] = np.minimum(np.minimum.accumulate(ranked), 1.0)
    return out
