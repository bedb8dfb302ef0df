"""How many purchases customers will still make: the BG/NBD model (Fader, Hardie and Lee, Marketing Science 24, 2005).

While alive a customer buys at random at a rate of its own, gamma(r, α) over customers; after each purchase but the first it drops out with
a chance of its own, beta(a, b) over customers. A history is how many repeat purchases x a customer made, when the last one was (t_x), and
for how long it was watched (T), both since its first purchase. In that model one-time buyers never count as dropped out. In its sister
(MBG/NBD: Batislam, Denizel and Filiztekin, International Journal of Research in Marketing 24, 2007) the first purchase too may be the last.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]
NODES = 20
"""Points at which an integral over the chance of dropping out is taken: more change no digit that is shown."""
DENSE = 1 << 26
MANY = 20_000
"""From so many customers on, times are told in so many steps as `STEPS`: the likelihood is then summed over far fewer rows."""
STEPS = 256
NEVER = 1e-300
"""Next to no chance of dropping out, as a number of the model."""
BLOCK = 1 << 16
"""Points times histories that a likelihood is found of at once."""


@dataclass(frozen=True, slots=True)
class Histories:
    """Histories with how many customers have them. By row: `repeats` (x), `last` (t_x), `age` (T), `weight`; `row`: of each customer."""

    repeats: Floats
    last: Floats
    age: Floats
    weight: Floats
    row: Longs

    @property
    def customers(self) -> float:
        """How many customers there are."""
        return float(self.weight.sum())

    @property
    def again(self) -> float:
        """How many of them bought again."""
        return float(self.weight[self.repeats > 0].sum())


def histories(repeats: Longs, last: Floats, age: Floats, steps: int | None = None) -> Histories:
    """Customers with the same history as one row. Times in any one unit, 0 ≤ last ≤ age; `last` 0 where nothing was bought again.

    `steps`: times are rounded to so many steps of the longest age (None: exact up to `MANY` customers, then `STEPS`).
    """
    if steps is None:
        steps = STEPS if len(repeats) > MANY else 0
    if not steps:
        table = np.stack([repeats.astype(np.float64), last, age], axis=1)
        found, row, weight = np.unique(table, axis=0, return_inverse=True, return_counts=True)
        columns = found.reshape(-1, 3).T
        return Histories(
            columns[0], columns[1], columns[2], weight.astype(np.float64), row.reshape(-1).astype(np.int64)
        )
    step = float(age.max()) / steps or 1.0
    ages = np.rint(age / step).astype(np.int64)
    lasts = np.minimum(np.rint(last / step).astype(np.int64), ages)
    width = steps + 1
    code = (repeats.astype(np.int64) * width + lasts) * width + ages
    size = int(code.max(initial=-1)) + 1
    if size <= DENSE:
        counted = np.bincount(code, minlength=size)
        names = np.flatnonzero(counted)
        weight = counted[names]
        place = np.zeros(size, np.int64)
        place[names] = np.arange(len(names))
        row = place[code]
    else:
        names, row, weight = np.unique(code, return_inverse=True, return_counts=True)
    many, at = np.divmod(names, width * width)
    early, late = np.divmod(at, width)
    told = (many.astype(np.float64), early * step, late * step, weight.astype(np.float64))
    return Histories(*told, row.astype(np.int64))


@dataclass(frozen=True, slots=True)
class Rates:
    """The model's four numbers. `alpha` in the unit of the times. `first`: 1 where the first purchase may be the last one (MBG/NBD).
    `a` of `NEVER` is nobody who leaves: the NBD model (Ehrenberg, Applied Statistics 8, 1959)."""

    r: float
    alpha: float
    a: float
    b: float
    first: int = 0


def log_likelihood(rates: Rates, seen: Histories) -> float:
    """Logarithm of the likelihood of all histories (Fader, Hardie and Lee 2005, equation 6)."""
    return float(log_likelihoods(np.array([[rates.r, rates.alpha, rates.a, rates.b]]), rates.first, seen)[0])


def log_likelihoods(numbers: Floats, first: int, seen: Histories) -> Floats:
    """The same for many points at once: `numbers` (points, 4) are r, α, a, b."""
    from scipy.special import gammaln

    r, alpha, a, b = numbers.T[:, :, None]
    names, by_name = _by_repeats(seen)
    kept = names + first
    worth = (
        gammaln(r + names) - gammaln(r) + r * np.log(alpha)
        + gammaln(b + kept) - gammaln(a + b + kept) - gammaln(b) + gammaln(a + b)
    )  # fmt: skip
    out = worth @ by_name
    x, dead = seen.repeats, seen.repeats + first > 0
    block = max(1, BLOCK // max(len(x), 1))
    for begin in range(0, len(out), block):
        some = slice(begin, begin + block)
        living = -(r[some] + x) * np.log(alpha[some] + seen.age)
        out[some] += living @ seen.weight
        gone = np.log(a[some]) - np.log(b[some] + x[dead] + first - 1)
        gone -= (r[some] + x[dead]) * np.log(alpha[some] + seen.last[dead])
        over = gone - living[:, dead]
        out[some] += (np.maximum(over, 0.0) + np.log1p(np.exp(-np.abs(over)))) @ seen.weight[dead]
    return np.asarray(out)


def slope(rates: Rates, seen: Histories) -> Floats:
    """The derivatives of the likelihood's logarithm by log r, log α, log a, log b."""
    from scipy.special import digamma

    r, alpha, a, b = rates.r, rates.alpha, rates.a, rates.b
    x, w = seen.repeats, seen.weight
    names, by_name = _by_repeats(seen)
    living, gone, dead = _sides(rates, seen)
    share = np.exp(gone - np.logaddexp(living, gone))  # of having dropped out
    log_age, log_last = np.log(alpha + seen.age), np.log(alpha + seen.last)
    by_r = by_name @ (digamma(r + names) - digamma(r) + np.log(alpha)) - w @ ((1 - share) * log_age + share * log_last)
    pull = (1 - share) / (alpha + seen.age) + share / (alpha + seen.last)
    by_alpha = w.sum() * r / alpha - w @ ((r + x) * pull)
    kept = names + rates.first
    both = digamma(a + b) - digamma(a + b + kept)
    by_a = by_name @ both + (w @ share) / a
    by_b = by_name @ (both + digamma(b + kept) - digamma(b)) - w[dead] @ (share[dead] / (b + x[dead] + rates.first - 1))
    return np.array([by_r * r, by_alpha * alpha, by_a * a, by_b * b])


def _by_repeats(seen: Histories) -> tuple[Floats, Floats]:
    """Numbers of repeat purchases that occur, and how many customers made so many."""
    times = np.bincount(seen.repeats.astype(np.int64), weights=seen.weight)
    names = np.flatnonzero(times)
    return names.astype(np.float64), np.asarray(times[names], dtype=np.float64)


def _sides(rates: Rates, seen: Histories) -> tuple[Floats, Floats, npt.NDArray[np.bool_]]:
    """Logarithms of the two ways to a history: still alive, or dropped out after the last purchase; and who may have dropped out."""
    x = seen.repeats
    living = -(rates.r + x) * np.log(rates.alpha + seen.age)
    dead = x + rates.first > 0
    gone = np.full(len(x), -np.inf)
    odds = np.log(rates.a) - np.log(rates.b + x[dead] + rates.first - 1)
    gone[dead] = odds - (rates.r + x[dead]) * np.log(rates.alpha + seen.last[dead])
    return living, gone, dead


def alive(rates: Rates, seen: Histories) -> Floats:
    """By row, the chance of not having dropped out (BG/NBD: 1 for who bought once)."""
    living, gone, _ = _sides(rates, seen)
    return np.asarray(1 / (1 + np.exp(np.minimum(gone - living, 700))), dtype=np.float64)


def mean_ahead(rates: Rates, seen: Histories, ahead: float, nodes: int = NODES) -> Floats:
    """By row, the mean of purchases in (T, T + ahead]. Source: Fader, Hardie and Lee (2005), equation 10, here as an integral over the
    chance of dropping out.

    Given alive, rate and chance of dropping out are independent: gamma(r + x, α + T) and beta(a, b + x) (MBG/NBD: b + x + 1), and
    purchases are min(Poisson(λt), geometric(p)): averaged over λ in closed form and over p by nodes. Gauss–Jacobi quadrature holds where
    the closed form with ₂F₁ does not (a = 1, large x).
    """
    names, at = np.unique(seen.repeats, return_inverse=True)
    points, weights = beta_nodes(np.full(len(names), rates.a), rates.b + rates.first + names, nodes)
    points = np.maximum(points, 1e-12)
    mean = np.empty(len(at))
    for begin in range(0, len(at), 1 << 15):
        part = slice(begin, begin + (1 << 15))
        p, w = points[at[part]], weights[at[part]]
        way = np.log1p(p * (ahead / (rates.alpha + seen.age[part]))[:, None])  # −log E[exp(−λpt)] = (r + x) · way
        mean[part] = -(w / p * np.expm1(way * -(rates.r + seen.repeats[part])[:, None])).sum(axis=1)
    return np.asarray(alive(rates, seen) * mean)


def beta_nodes(first: Floats, second: Floats, nodes: int) -> tuple[Floats, Floats]:
    """Gauss–Jacobi points and weights (summing to 1) of the distributions beta(first, second): (many, nodes) each.

    Source: Golub and Welsch, Mathematics of Computation 23 (1969).
    """
    low, high = (second - 1)[:, None], (first - 1)[:, None]  # exponents of (1 − z) and (1 + z)
    n = np.arange(nodes, dtype=np.float64)[None, :]
    both = low + high
    with np.errstate(invalid="ignore", divide="ignore"):
        middle = (high**2 - low**2) / ((2 * n + both) * (2 * n + both + 2))
        off = 4 * n * (n + low) * (n + high) * (n + both)
        off = off / ((2 * n + both) ** 2 * (2 * n + both + 1) * (2 * n + both - 1))
    middle[:, :1] = (high - low) / (both + 2)
    off[:, 1:2] = 4 * (1 + low) * (1 + high) / ((2 + both) ** 2 * (3 + both))
    matrix = np.zeros((len(first), nodes, nodes))
    spot = np.arange(nodes)
    matrix[:, spot, spot] = middle
    side = np.sqrt(off[:, 1:])
    matrix[:, spot[1:], spot[:-1]] = side
    matrix[:, spot[:-1], spot[1:]] = side
    values, vectors = np.linalg.eigh(matrix)
    return np.clip((values + 1) / 2, 0.0, 1.0), np.asarray(vectors[:, 0, :] ** 2)


def at_least(rates: Rates, seen: Histories, ahead: float, count: int) -> Floats:
    """By row, the chance of at least `count` ≥ 1 purchases in (T, T + ahead].

    The customer is alive, would buy so often (negative binomial), and drops out after none of the first count − 1.
    """
    from scipy.special import betainc, betaln

    kept = rates.b + rates.first + seen.repeats
    buys = betainc(count, rates.r + seen.repeats, ahead / (rates.alpha + seen.age + ahead))
    stays = np.exp(betaln(rates.a, kept + count - 1) - betaln(rates.a, kept))
    return np.asarray(alive(rates, seen) * buys * stays, dtype=np.float64)


def next_wait(rates: Rates, seen: Histories, share: float) -> Floats:
    """By row: of those alive, so long after T has `share` of them bought again (0.5: the median)."""
    return np.asarray((rates.alpha + seen.age) * np.expm1(-np.log1p(-share) / (rates.r + seen.repeats)))
