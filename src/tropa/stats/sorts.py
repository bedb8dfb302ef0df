"""Customers who differ in ways that no column tells: two hidden sorts, the keen and the reluctant, as far as the log lets one see them.

Every customer is of one sort or the other, each as likely at first. The keen leave more rarely at every stage (by `leave` on the scale of
log-odds, against the middle), come again oftener after a deal (`come`) and pay more (`worth`, logarithm), or less where that is negative.
What is known of these three is a posterior on a grid: where customers' second and third passes and payments do not tell, the prior
decides. Source: J. Heckman and B. Singer, Econometrica 52 (1984), for sorts in place of a distribution; P. Fader and B. Hardie, Journal of
Interactive Marketing 21 (2007), for coming again; A. Gelman et al., Bayesian Data Analysis (3rd ed., 2013), 13.6, for the averages.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.stats.value import KINDS, PULL, TINY, Chances

Floats = npt.NDArray[np.float64]

LEAVE = np.array([0.0, 0.2, 0.4, 0.6])
COME = np.array([-1.0, -0.5, 0.0, 0.5, 1.0, 1.5])
WORTH = np.array([-0.3, -0.15, 0.0, 0.15, 0.3, 0.45])
PRIOR = (0.4, 0.7, 0.3)
"""Standard deviations of the three around 0: customers of one shop differ, though seldom by much more than twice in their odds."""
LEVELS = 8
"""How long somebody has been waited for is told in so many steps of the share that would have come by then."""
ROUNDS = 8
STIFF = 1.0


@dataclass(frozen=True, slots=True)
class Histories:
    """What each customer did (n; `times`: how many customers did just so). `segment` (n); by kind of pass and stage (n, KINDS, J): `visits`
    whose end is known and `leaves`; `passes`, `deals` (n, KINDS); `came` (n) again after a deal, and `waited` (n, LEVELS + 1) for in vain;
    payments (n, 3): how many, sum and sum of squares of their logarithms, less the segment's mean."""

    times: Floats
    segment: npt.NDArray[np.int64]
    visits: Floats
    leaves: Floats
    passes: Floats
    deals: Floats
    came: Floats
    waited: Floats
    paid: Floats


@dataclass(frozen=True, slots=True)
class Sorts:
    """The posterior (G points): `weight` adds to 1; tilts `leave`, `come`, `worth`; `coming` (G, S, 2): chance of the keen and of the
    reluctant of each segment to come again. Shares of the keen among `passes` and `deals` (G, S, KINDS) and `visits` (G, S, KINDS, J)."""

    weight: Floats
    leave: Floats
    come: Floats
    worth: Floats
    coming: Floats
    passes: Floats
    deals: Floats
    visits: Floats

    def draw(self, rows: int) -> npt.NDArray[np.int64]:
        """Points of the posterior in `rows` even steps of its weight, in the order of the points."""
        steps = (np.arange(rows) + 0.5) / rows
        return np.minimum(np.searchsorted(np.cumsum(self.weight), steps), len(self.weight) - 1).astype(np.int64)


def fit(seen: Histories, segments: int = 1) -> Sorts:
    """The posterior of the tilts. At each point of the grid the rates of the middle are those that suit the data best (EM)."""
    leave, come, worth = (axis.ravel() for axis in np.meshgrid(LEAVE, COME, WORTH, indexing="ij"))
    fitted = _Fit(seen, segments, leave, come, worth)
    for _ in range(ROUNDS):
        fitted.step()
    logs = fitted.likelihood()
    for tilt, scale in zip((leave, come, worth), PRIOR, strict=True):
        logs = logs - 0.5 * (tilt / scale) ** 2
    weight = np.exp(logs - logs.max())

    def share(counts: Floats) -> Floats:
        """Of each segment, drawn to that of all where a segment has few."""
        flat = fitted.by_segment(seen.times[:, None] * counts.reshape(len(counts), -1))
        keen = (fitted.keen.T @ flat.astype(np.float32)).reshape(len(weight), segments, -1).astype(np.float64)
        whole = flat.sum(axis=0).reshape(segments, -1)
        every = (keen.sum(axis=1) + 0.5 * STIFF) / (whole.sum(axis=0) + STIFF)
        return np.asarray((keen + PULL * every[:, None]) / (whole + PULL)).reshape(
            len(weight), segments, *counts.shape[1:]
        )

    return Sorts(
        weight=weight / weight.sum(), leave=leave, come=come, worth=worth,
        coming=_odds(fitted.base[..., None] + come[:, None] * SIGNS).transpose(1, 0, 2),
        passes=share(seen.passes), deals=share(seen.deals), visits=share(seen.visits),
    )  # fmt: skip


SIGNS = np.array([1.0, -1.0])
"""The keen, and the reluctant."""


def _odds(x: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-x)))


class _Fit:
    """Expectation and maximisation at all points of the grid at once (last axis G), the tilts held fast.

    The logarithm of the likelihood of a history is linear in what was counted, so that a round is two products of matrices. Columns
    of `table` (n, 2 M + S (LEVELS + 2) + 3): leaving and staying at each of M places (segment, bought before or not, stage); came and
    waited by segment; paid.
    """

    def __init__(self, seen: Histories, segments: int, leave: Floats, come: Floats, worth: Floats) -> None:
        self.times, self.tilts, self.segments = seen.times, (leave, come, worth), segments
        self.own = (seen.segment[:, None] == np.arange(segments)).astype(np.float64)
        stays = np.maximum(seen.visits - seen.leaves, 0.0)
        # those who have never bought share one rate, whether it is their first pass or not
        parts = [np.stack([part[:, 0] + part[:, 1], part[:, 2]], axis=1) for part in (seen.leaves, stays)]
        wide = [self.by_segment(part.reshape(len(part), -1)) for part in (*parts, seen.came, seen.waited)]
        self.places = wide[0].shape[1]
        table = np.concatenate([*wide, seen.paid], axis=1)
        weighed = (self.times[:, None] * table).T
        self.sums = weighed.sum(axis=1)
        self.table, self.weighed = table.astype(np.float32), np.ascontiguousarray(weighed, np.float32)
        left, stayed, came, waited, (n, total, squares) = self._cut(self.sums)
        points = len(leave)
        self.middle = np.repeat(np.log((left + 0.5) / (stayed + 0.5))[:, None], points, axis=1)
        first = np.clip((came + 0.5) / (came + GRADES @ waited + 1.0), 0.01, 0.95)
        self.base = np.repeat(np.log(first / (1 - first))[:, None], points, axis=1)
        self.mean = np.zeros(points)
        self.spread = np.full(points, max((squares - total**2 / max(n, 1.0)) / max(n, 1.0), 1e-6))
        self.keen: npt.NDArray[np.float32] = np.full((len(seen.times), points), 0.5, np.float32)

    def by_segment(self, counts: Floats) -> Floats:
        """The columns once for each segment, 0 for the customers of others, (n, S x)."""
        return np.asarray(np.einsum("ns,nx->nsx", self.own, counts).reshape(len(counts), -1))

    def _cut(self, sums: Floats) -> tuple[Any, ...]:
        """Sums of the columns of the table, by what they are: left, stayed, came (S), waited (LEVELS + 1, S), paid."""
        m, s = self.places, self.segments
        waited = sums[2 * m + s : -3].reshape(s, LEVELS + 1, *sums.shape[1:]).swapaxes(0, 1)
        return sums[:m], sums[m : 2 * m], sums[2 * m : 2 * m + s], waited, sums[-3:]

    def _terms(self, sign: float) -> Floats:
        """What each column of the table adds to the logarithm of the likelihood of a sort, (columns, G)."""
        leave, come, worth = self.tilts
        x, comes, mean = self.middle - sign * leave, _odds(self.base + sign * come), self.mean + sign * worth
        paid = [-0.5 * (mean**2 / self.spread + np.log(self.spread)), mean / self.spread, -0.5 / self.spread]
        parts = [-np.logaddexp(0, -x), -np.logaddexp(0, x), np.log(comes)]
        waits = np.log1p(-comes[:, None] * GRADES[:, None]).reshape(-1, comes.shape[-1])
        return np.concatenate([*parts, waits, paid])

    def likelihood(self) -> Floats:
        """Logarithm of the likelihood of all, (G)."""
        keen, loath = (self.table @ self._terms(sign).astype(np.float32) for sign in SIGNS)
        return np.asarray(self.times @ np.logaddexp(keen, loath))

    def step(self) -> None:
        """Who is how likely keen, and then the rates of the middle that suit that best (one step of Newton's)."""
        keen, loath = (self._terms(sign) for sign in SIGNS)
        against = np.clip(self.table @ (loath - keen).astype(np.float32), -30, 30)
        self.keen = np.asarray(1 / (1 + np.exp(against)), np.float32)
        mine = (self.weighed @ self.keen).astype(np.float64)
        leave, come, worth = self.tilts
        slopes: list[Any] = [0.0, 0.0]
        bends: list[Any] = [STIFF, STIFF]
        total: Any = 0.0
        squares: Any = 0.0
        count: Any = TINY
        for sign, sums in zip(SIGNS, (mine, self.sums[:, None] - mine), strict=True):
            left, stayed, came, waited, (n, paid, square) = self._cut(sums)
            rate = _odds(self.middle - sign * leave)
            slopes[0], bends[0] = (
                slopes[0] + left - (left + stayed) * rate,
                bends[0] + (left + stayed) * rate * (1 - rate),
            )
            rate = _odds(self.base + sign * come)
            grades = GRADES[:, None, None]
            lost = (waited * grades * rate * (1 - rate) / (1 - rate * grades)).sum(axis=0)
            slopes[1], bends[1] = (
                slopes[1] + came * (1 - rate) - lost,
                bends[1] + came * (1 - rate) * rate + lost * (1 - rate),
            )
            mean = self.mean + sign * worth
            total, count = total + paid - sign * worth * n, count + n
            squares = squares + square - 2 * mean * paid + n * mean**2
        self.middle = self.middle + np.clip(slopes[0] / bends[0], -1, 1)
        self.base = np.clip(self.base + np.clip(slopes[1] / bends[1], -1, 1), -6, 6)
        self.mean, self.spread = total / count, np.maximum(squares / count, 1e-6)


GRADES = np.arange(LEVELS + 1) / (LEVELS + 1e-9) * 0.999
"""Share of those who come that would have come by the end of each step."""


def split(chances: Chances, sorts: Sorts, points: npt.NDArray[np.int64]) -> Chances:
    """The chain with each stratum in two, first all strata of the keen, then all of the reluctant; row r at the point `points[r]`.

    On average over the sorts every stratum stays as it is: only who does what is told apart.
    """
    one = Chances(*(np.broadcast_to(array, (len(points), *array.shape[1:])) for array in _arrays(chances)))
    strata = one.leave.shape[:2]
    passes, deals = (array[points].reshape(strata) for array in (sorts.passes, sorts.deals))
    visits = sorts.visits[points].reshape(one.leave.shape)
    coming = np.repeat(sorts.coming[points], KINDS, axis=1)
    usual = deals * coming[..., 0] + (1 - deals) * coming[..., 1]
    keen, loath = _rates(one.leave, visits, sorts.leave[points][:, None, None])
    parts = []
    for number, (leave, sign) in enumerate(((keen, 1.0), (loath, -1.0))):
        on = (1 - leave) / np.maximum(1 - one.leave, TINY)
        again = one.again_deal * (coming[..., number] / usual)[..., None]
        again = again / np.maximum(again.sum(axis=-1, keepdims=True) / 0.999, 1.0)
        paid = np.exp(sorts.worth[points])[:, None]
        worth = one.worth * paid**sign / (deals * paid + (1 - deals) / paid)
        share = passes if number == 0 else 1 - passes
        parts.append(
            replace(
                one, leave=leave, move=one.move * on[..., None], deal=one.deal * on, again_deal=again, worth=worth,
                starts=one.starts * share[..., None],
            )
        )  # fmt: skip
    return Chances(*(_joined(*pair) for pair in zip(_arrays(parts[0]), _arrays(parts[1]), strict=True)))


def _arrays(chances: Chances) -> tuple[Floats, ...]:
    return (
        chances.start, chances.move, chances.deal, chances.leave, chances.worth, chances.deal_after, chances.exit_after, chances.again_deal,
        chances.again_exit, chances.starts,
    )  # fmt: skip


def _joined(keen: Floats, loath: Floats) -> Floats:
    """Strata are the second axis."""
    return np.concatenate([keen, loath], axis=1)


def _rates(middle: Floats, share: Floats, tilt: Floats) -> tuple[Floats, Floats]:
    """Rates of the keen (a share of all) and the reluctant whose log-odds lie twice the tilt apart and that come to `middle` together."""
    wanted = np.clip(middle, 1e-9, 1 - 1e-9)
    x = np.log(wanted / (1 - wanted))
    for _ in range(8):
        keen, loath = _odds(x - tilt), _odds(x + tilt)
        bend = share * keen * (1 - keen) + (1 - share) * loath * (1 - loath)
        x = x - np.clip((share * keen + (1 - share) * loath - wanted) / np.maximum(bend, 1e-12), -1, 1)
    same = (middle <= 1e-9) | (middle >= 1 - 1e-9)
    return np.where(same, middle, _odds(x - tilt)), np.where(same, middle, _odds(x + tilt))
