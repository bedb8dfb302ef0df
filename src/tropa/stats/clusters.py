"""Groups of like rows: k-means with a careful start, and whether the groups are really there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]
STARTS, TURNS = 4, 50
HALVES = 8
"""The sample is cut in two so many times, to see whether both halves find the same groups."""
STABLE = 0.8
"""Mean agreement of the two halves (adjusted Rand index) from which groups are called stable."""
APART = 0.25
"""Mean silhouette below which there is no substantial structure (Kaufman and Rousseeuw 1990, table 2.4)."""
LEAST = 0.05
"""A group with a smaller share of the rows is no group."""
NEARLY = 0.1
"""Fewer groups are taken where their silhouette is so little below the best one."""


@dataclass(frozen=True, slots=True)
class Space:
    """Where rows are compared: the directions in which they differ most."""

    mean: Floats
    axes: Floats

    def of(self, rows: Floats) -> Floats:
        """Rows as points of this space, (n, directions)."""
        return np.asarray((rows - self.mean) @ self.axes)


@dataclass(frozen=True, slots=True)
class Groups:
    """Groups that were found. `agreement`: of independent halves (adjusted Rand index); `apart`: mean silhouette; `by_group`: how much of
    each group comes out again from halves (Jaccard)."""

    space: Space
    centres: Floats
    agreement: float
    apart: float
    by_group: Floats

    def label(self, rows: Floats) -> Longs:
        """The group of each row."""
        return nearest(self.space.of(rows), self.centres)


def space_of(rows: Floats, directions: int = 8, share: float = 0.9) -> Space:
    """As many principal directions as tell `share` of the variance, at most `directions`."""
    mean = rows.mean(axis=0)
    _, sizes, axes = np.linalg.svd(rows - mean, full_matrices=False)
    told = np.cumsum(sizes**2) / max(float((sizes**2).sum()), 1e-300)
    kept = min(int(np.searchsorted(told, share)) + 1, directions, len(sizes))
    signs = np.sign(axes[np.arange(kept), np.abs(axes[:kept]).argmax(axis=1)])  # a direction has no sign of its own
    return Space(mean, np.ascontiguousarray((axes[:kept] * signs[:, None]).T))


def nearest(points: Floats, centres: Floats) -> Longs:
    """The nearest centre of each point."""
    return np.asarray(distances(points, centres).argmin(axis=1))


def distances(points: Floats, centres: Floats) -> Floats:
    """Squared distances (points, centres)."""
    out = (points**2).sum(axis=1)[:, None] - 2 * points @ centres.T + (centres**2).sum(axis=1)
    return np.asarray(np.maximum(out, 0.0))


def k_means(points: Floats, k: int, rng: np.random.Generator) -> Floats:
    """Centres (k, directions) with the least sum of squared distances of a few careful starts.

    Source: Lloyd, IEEE Trans. Inf. Theory 28 (1982); Arthur and Vassilvitskii, k-means++ (SODA 2007).
    """
    best, least, across = points[:k], np.inf, np.ascontiguousarray(points.T)
    for _ in range(STARTS):
        centres, before = _start(points, k, rng), np.full(len(points), -1)
        for _ in range(TURNS):
            mine = (-2 * centres @ across + (centres**2).sum(axis=1)[:, None]).argmin(axis=0)
            if np.array_equal(before, mine):
                break
            before = mine
            ones = (mine == np.arange(k)[:, None]).astype(np.float64)
            sizes = ones.sum(axis=1)[:, None]
            moved = np.where(sizes > 0, ones @ points / np.maximum(sizes, 1), centres)
            done = bool((np.abs(moved - centres) <= 1e-9).all())
            centres = moved
            if done:
                break
        spent = float(distances(points, centres).min(axis=1).sum())
        if spent < least:
            best, least = centres, spent
    return best[np.lexsort(best.T[::-1])]


def _start(points: Floats, k: int, rng: np.random.Generator) -> Floats:
    chosen = [int(rng.integers(len(points)))]
    for _ in range(k - 1):
        far = distances(points, points[chosen]).min(axis=1)
        total = float(far.sum())
        chosen.append(int(rng.choice(len(points), p=far / total)) if total > 0 else int(rng.integers(len(points))))
    return points[chosen].copy()


def agreement(one: Longs, other: Longs) -> float:
    """The adjusted Rand index of two groupings of the same rows: 1 the same, 0 as chance would have it. Source: Hubert and Arabie 1985."""
    table = np.zeros((int(one.max(initial=0)) + 1, int(other.max(initial=0)) + 1))
    np.add.at(table, (one, other), 1)

    def pairs(counts: Floats) -> float:
        return float((counts * (counts - 1) / 2).sum())

    both, left, right, every = (
        pairs(table), pairs(table.sum(axis=1)), pairs(table.sum(axis=0)), len(one) * (len(one) - 1) / 2,
    )  # fmt: skip
    expected = left * right / every if every else 0.0
    most = (left + right) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)


def silhouette(points: Floats, centres: Floats) -> float:
    """The mean simplified silhouette: (b − a) / max(a, b) of the distances to the own centre and to the next. Source: Rousseeuw 1987;
    Vendramin, Campello and Hruschka, Statistical Analysis and Data Mining 3 (2010)."""
    near = np.sqrt(np.sort(distances(points, centres), axis=1)[:, :2])
    largest = np.maximum(near[:, 1], 1e-300)
    return float(((near[:, 1] - near[:, 0]) / largest).mean())


def find_groups(rows: Floats, seed: int, most: int = 8, k: int | None = None) -> Groups | None:
    """The groups of the rows (n, columns): as few as are stable and nearly as far apart as any number of them up to `most` (or just `k`).

    Each half of the sample finds its own groups and labels everybody; where they disagree the groups are an accident. None where no number
    of groups is both stable and apart (see `STABLE`, `APART`, `LEAST`). Source of the idea: Ben-Hur, Elisseeff and Guyon, PSB 2002;
    Tibshirani and Walther, J. Comp. Graph. Stat. 14 (2005); of the measure by group: Hennig, Comput. Stat. Data Anal. 52 (2007).
    """
    space = space_of(rows)
    points, found = space.of(rows), list[Groups]()
    if len(np.unique(points.round(9), axis=0)) < 2:
        return None
    for number in range(2, most + 1) if k is None else (k,):
        if len(rows) < 20 * number:
            break
        centres = k_means(points, number, np.random.default_rng((seed, number)))
        mine = nearest(points, centres)
        if np.bincount(mine, minlength=number).min() < LEAST * len(rows):
            continue
        apart = silhouette(points, centres)
        if apart < APART:  # asked first: whether they are stable costs much more
            continue
        agreed, by_group = _halves(points, mine, number, seed)
        if agreed < STABLE:
            continue
        found.append(Groups(space, centres, agreed, apart, by_group))
    best = max((one.apart for one in found), default=0.0)
    return next((one for one in found if one.apart >= best - NEARLY), None)


def _halves(points: Floats, mine: Longs, k: int, seed: int) -> tuple[float, Floats]:
    """The mean agreement of the groups of two halves, and by group the mean Jaccard of its likest group of a half."""
    agreed, jaccard = [], np.zeros(k)
    for turn in range(HALVES):
        rng = np.random.default_rng((seed, k, turn))
        order = rng.permutation(len(points))
        sides = [nearest(points, k_means(points[half], k, rng)) for half in np.array_split(order, 2)]
        agreed.append(agreement(*sides))
        for side in sides:
            table = np.zeros((k, k))
            np.add.at(table, (mine, side), 1)
            union = table.sum(axis=1)[:, None] + table.sum(axis=0)[None] - table
            jaccard += (table / np.maximum(union, 1)).max(axis=1) / (2 * HALVES)
    return float(np.mean(agreed)), jaccard
