"""Methods for few cases against their exact behaviour: every table that can come up, weighed by how likely it is."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy.stats import binom, binomtest

from tropa.stats.contrast import difference, independence, odds_ratio
from tropa.stats.intervals import wilson

SHARES = np.linspace(0.02, 0.98, 97)
PAIRS = np.linspace(0.05, 0.95, 19)
Floats = npt.NDArray[np.float64]


def one_share(n: int) -> tuple[float, float, float, float]:
    """Wilson's interval of a share of `n`: mean, least coverage, share of truths with 93 % or more, width against Clopper and Pearson's."""
    ends = np.array([wilson(x, n) for x in range(n + 1)])
    weight = binom.pmf(np.arange(n + 1)[None], n, SHARES[:, None])
    inside = (ends[:, 0] <= SHARES[:, None]) & (SHARES[:, None] <= ends[:, 1])
    covers = (weight * inside).sum(axis=1)
    wide = np.array([np.ptp(list(binomtest(x, n).proportion_ci(method="exact"))) for x in range(n + 1)])
    ratio = float((weight @ np.diff(ends, axis=1)[:, 0]).mean() / (weight @ wide).mean())
    return float(covers.mean()), float(covers.min()), float((covers >= 0.93).mean()), ratio


def two_shares(
    n: int,
    m: int,
    what: Callable[[int, int, int, int], tuple[float, ...]],
    real: Callable[[Floats, Floats], Floats],
) -> tuple[float, float, float]:
    """Coverage of an interval for two groups of `n` and `m`: mean, least, share of truths with 93 % or more."""
    ends = np.array([[what(x, n, y, m) for y in range(m + 1)] for x in range(n + 1)])
    first, second = (binom.pmf(np.arange(size + 1)[None], size, PAIRS[:, None]) for size in (n, m))
    truth = real(PAIRS[:, None], PAIRS[None])[..., None, None]
    inside = (ends[None, None, ..., 0] <= truth + 1e-12) & (truth - 1e-12 <= ends[None, None, ..., 1])
    covers = np.einsum("ax,by,abxy->ab", first, second, inside)
    return float(covers.mean()), float(covers.min()), float((covers >= 0.93).mean())


def size_of_test(n: int, m: int) -> float:
    """How often the test calls two equal shares different at 5 %, at worst."""
    called = np.array([[independence(x, n - x, y, m - y) <= 0.05 for y in range(m + 1)] for x in range(n + 1)])
    first, second = (binom.pmf(np.arange(size + 1)[None], size, SHARES[:, None]) for size in (n, m))
    return float(np.einsum("ax,ay,xy->a", first, second, called).max())


def table() -> str:
    """The whole of it, in Markdown."""
    lines = ["## Few cases", "", "Exact, by enumeration: no worlds, no chance. Shares 2–98 % (pairs: 5–95 %).", ""]
    lines += [
        "| method | n | mean coverage | least | truths with ≥ 93 % | width ÷ Clopper–Pearson's |",
        "|---|---|---|---|---|---|",
    ]
    for n in (10, 20, 50, 100):
        mean, least, good, ratio = one_share(n)
        lines.append(f"| Wilson | {n} | {mean:.1%} | {least:.1%} | {good:.0%} | {ratio:.2f} |")
    for n, m in ((10, 10), (20, 20), (15, 40), (40, 40)):
        mean, least, good = two_shares(n, m, lambda *of: difference(*of)[1:], lambda p, q: p - q)
        lines.append(f"| Newcombe, difference | {n}, {m} | {mean:.1%} | {least:.1%} | {good:.0%} | |")
    for n, m in ((20, 20), (40, 40)):
        mean, least, good = two_shares(
            n, m, lambda x, a, y, b: odds_ratio(x, a - x, y, b - y)[1:], lambda p, q: p / (1 - p) / (q / (1 - q))
        )
        lines.append(f"| Gart, odds ratio | {n}, {m} | {mean:.1%} | {least:.1%} | {good:.0%} | |")
    lines += ["", "| test at 5 % | n | calls equal shares different, at worst |", "|---|---|---|"]
    lines += [
        f"| Fisher, Pearson with Yates | {n}, {m} | {size_of_test(n, m):.1%} |"
        for n, m in ((10, 10), (20, 20), (30, 60), (60, 60))
    ]
    lines += [
        "",
        "Published numbers (Newcombe; Benjamini, Hochberg; Freireich; Agresti) are tests: `tests/unit/stats`, `tests/unit/trail`.",
    ]
    return "\n".join(lines)
