"""Methods for few cases against their exact behaviour: every table that can come up, weighed by how likely it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import combinations

import numpy as np
import numpy.typing as npt
from scipy.stats import binom, binomtest, multinomial

from tropa.stats.contrast import difference, independence, odds_ratio
from tropa.stats.intervals import wilson
from tropa.stats.means import clustered_mean, clustered_share

SHARES = np.linspace(0.02, 0.98, 97)
PAIRS = np.linspace(0.05, 0.95, 19)
Floats = npt.NDArray[np.float64]
SCALE = np.arange(-2.0, 3.0)
OPINIONS = np.array(
    [
        [0.2, 0.2, 0.2, 0.2, 0.2],
        [0.05, 0.1, 0.2, 0.35, 0.3],
        [0.4, 0.05, 0.1, 0.05, 0.4],
        [0.02, 0.03, 0.1, 0.25, 0.6],
        [0.6, 0.2, 0.1, 0.05, 0.05],
    ]
)
"""Shares of the answers −2…+2: anything, rather pleased, split in two, delighted, cross."""


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


def one_mean(n: int, opinions: Floats = OPINIONS) -> tuple[float, float, float, float]:
    """The interval of a mean of `n` answers on an even scale from −2 to +2, over shares of its answers (opinions, answers): mean and least
    coverage, share of the opinions with 93 % or more, width against the normal one that knows the spread."""
    scale = np.linspace(SCALE[0], SCALE[-1], opinions.shape[1])
    tables = _tables(n, len(scale))
    ends = np.empty((len(tables), 2))
    for number, table in enumerate(tables):
        found = clustered_mean(np.repeat(scale, table), np.ones(n), scale[0], scale[-1])
        ends[number] = found.low, found.high
    covers, ratios = [], []
    for shares in opinions:
        weight = multinomial.pmf(tables, n, shares)
        mean = float(shares @ scale)
        covers.append(float(weight[(ends[:, 0] <= mean + 1e-12) & (mean - 1e-12 <= ends[:, 1])].sum()))
        error = np.sqrt((shares @ scale**2 - mean**2) / n)
        ratios.append(float(weight @ (ends[:, 1] - ends[:, 0]) / (2 * 1.959964 * error)))
    return float(np.mean(covers)), min(covers), float(np.mean(np.array(covers) >= 0.93)), float(np.median(ratios))


def many_opinions(answers: int, many: int = 300) -> Floats:
    """Shares of so many answers, drawn: a third in any way, a third mostly of one or two answers, a third heaped about some place."""
    draw, at = np.random.default_rng(answers), np.linspace(-2, 2, answers)
    heaped = np.exp(
        -0.5 * ((at - draw.uniform(-2.2, 2.2, (many // 3, 1))) / draw.uniform(0.4, 1.6, (many // 3, 1))) ** 2
    )
    drawn = [draw.dirichlet(np.full(answers, alike), many // 3) for alike in (1.0, 0.3)]
    return np.concatenate([*drawn, heaped / heaped.sum(axis=1, keepdims=True)])


def hanging_together(customers: int) -> tuple[float, float, float]:
    """Coverage of a share of passes, two by each customer, half of whom do the same both times: mean, least, share of truths with 93 %."""
    tables = _tables(customers, 3)  # customers with no, one and two hits
    ends = np.empty((len(tables), 2))
    for number, table in enumerate(tables):
        hits = np.repeat(np.arange(3), table)
        ends[number] = clustered_share(hits, np.full(customers, 2), customers)
    covers = []
    for share in PAIRS:
        alike, unlike = 0.5 * share, 0.5 * share * share
        both, one = alike + unlike, share * (1 - share)
        weight = multinomial.pmf(tables, customers, [1 - both - one, one, both])
        covers.append(float(weight[(ends[:, 0] <= share) & (share <= ends[:, 1])].sum()))
    return float(np.mean(covers)), min(covers), float((np.array(covers) >= 0.93).mean())


def _tables(n: int, cells: int) -> npt.NDArray[np.int64]:
    """All ways in which `n` things fall into `cells` cells."""
    bars = np.array(list(combinations(range(n + cells - 1), cells - 1)))
    edges = np.concatenate([np.full((len(bars), 1), -1), bars, np.full((len(bars), 1), n + cells - 1)], axis=1)
    return np.asarray(np.diff(edges, axis=1) - 1)


def size_of_test(n: int, m: int) -> float:
    """How often the test calls two equal shares different at 5 %, at worst."""
    called = np.array([[independence(x, n - x, y, m - y) <= 0.05 for y in range(m + 1)] for x in range(n + 1)])
    first, second = (binom.pmf(np.arange(size + 1)[None], size, SHARES[:, None]) for size in (n, m))
    return float(np.einsum("ax,ay,xy->a", first, second, called).max())


@cache
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
    for n in (10, 20, 40):
        mean, least, good = hanging_together(n)
        lines.append(
            f"| Wilson by design effect, two passes a customer | {n} | {mean:.1%} | {least:.1%} | {good:.0%} | |"
        )
    lines += [
        "",
        "| mean of answers, by Bayesian bootstrap | n | mean coverage | least | opinions with ≥ 93 % | width ÷ the normal one's |",
        "|---|---|---|---|---|---|",
    ]
    kinds = [("five answers, five kinds of opinion", OPINIONS, (3, 5, 10, 20))]
    kinds += [
        (f"{k} answers, 300 opinions drawn", many_opinions(k), sizes) for k, sizes in ((5, (5, 10, 20)), (11, (3, 5)))
    ]
    for name, opinions, sizes in kinds:
        for n in sizes:
            mean, least, good, ratio = one_mean(n, opinions)
            lines.append(f"| {name} | {n} | {mean:.1%} | {least:.1%} | {good:.0%} | {ratio:.2f} |")
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
