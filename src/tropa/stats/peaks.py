"""The peak of a likelihood, or of a posterior, and how far from it the truth may lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
TAIL = 6
"""Degrees of freedom of what is proposed: heavier tails than the posterior is likely to have."""
PROPOSED = 5
"""Points proposed for each one drawn."""
STEP = 1e-4
LAST_STEPS, MOST_STEPS, HALVINGS, CLIMBS = 30, 60, 30, 2
LONGEST, NEAR = 1.5, 1e-6


class Hill(Protocol):
    """The logarithm of what is maximised, by points of some free scale."""

    def heights(self, points: Floats) -> Floats:
        """The logarithm itself, by point (points, dimensions)."""
        ...

    def slope(self, point: Floats) -> Floats:
        """Its derivatives."""
        ...


def highest(hill: Hill, starts: Sequence[Floats], edge: float) -> Floats:
    """The highest point found by climbing from the two highest starts; no coordinate goes beyond ± `edge`."""
    best = np.argsort(-hill.heights(np.stack(starts)), kind="stable")[:CLIMBS]
    found = np.stack([_climbed(hill, starts[one], edge) for one in best])
    return np.asarray(found[int(np.argmax(hill.heights(found)))])


def _climbed(hill: Hill, start: Floats, edge: float) -> Floats:
    """Newton's steps, with every direction taken to bend downwards (its curvature's size alone counts), no longer than `LONGEST`, halved
    where they lead down. Source: Nocedal and Wright, Numerical Optimization (2006), 3.4."""
    here, height = start, _height(hill, start)
    for _ in range(MOST_STEPS):
        slope = hill.slope(here)
        step = np.linalg.solve(bend_of(hill, here), slope)
        if float(slope @ step) < 1e-9:
            break
        step *= min(1.0, LONGEST / float(np.abs(step).max()))
        for _ in range(HALVINGS):
            there = np.clip(here + step, -edge, edge)
            found = _height(hill, there)
            if found > height:
                break
            step = step / 2
        else:
            break
        here, height = there, found
    return here


def _height(hill: Hill, point: Floats) -> float:
    return float(hill.heights(point[None])[0])


def bend_of(hill: Hill, peak: Floats) -> Floats:
    """How the hill bends at a point: the negative second derivatives, by differences of the slope, every curvature by its size
    and at least a hundredth."""
    size = len(peak)
    bend = np.empty((size, size))
    for at in range(size):
        move = np.zeros(size)
        move[at] = STEP
        bend[at] = (hill.slope(peak - move) - hill.slope(peak + move)) / (2 * STEP)
    values, vectors = np.linalg.eigh((bend + bend.T) / 2)
    return np.asarray((vectors * np.maximum(np.abs(values), 1e-2)) @ vectors.T)


def walked(hill: Hill, start: Floats, bend: Floats) -> Floats:
    """The peak near `start` of a hill that bends about as `bend` says: Newton's steps with that bend, shorter where they do not bring it
    closer. Ends a thousandth of a standard error from the peak."""
    here, slope = start, hill.slope(start)
    left = float(slope @ np.linalg.solve(bend, slope))
    for _ in range(LAST_STEPS):
        if left < NEAR:
            break
        there = here + np.linalg.solve(bend, slope)
        found = hill.slope(there)
        then = float(found @ np.linalg.solve(bend, found))
        if not then < left:
            bend = bend * 2
            left *= 2
            continue
        here, slope, left = there, found, then
    return here


@dataclass(frozen=True, slots=True)
class Spread:
    """What is known of a point: its `peak`, and `root`, a root of the normal covariance there.

    `hill`: the posterior that draws follow; None: the normal itself, as good where there are many customers.
    """

    peak: Floats
    root: Floats
    hill: Hill | None

    def draws(self, count: int, seed: int) -> Floats:
        """`count` points (count, dimensions), the same for the same seed.

        Student's t around the peak, weighted by posterior over proposal and resampled (Rubin 1988, sampling–importance resampling).
        """
        rng = np.random.default_rng(seed)
        size = len(self.peak)
        if self.hill is None:
            return np.asarray(self.peak + rng.standard_normal((count, size)) @ self.root.T)
        many = count * PROPOSED
        steps = rng.standard_normal((many, size)) / np.sqrt(rng.chisquare(TAIL, (many, 1)) / TAIL)
        points = self.peak + steps @ self.root.T
        proposed = -(TAIL + size) / 2 * np.log1p((steps**2).sum(axis=1) / TAIL)
        heights = self.hill.heights(points)
        told = np.where(np.isfinite(heights), heights - proposed, -np.inf)
        weights = np.exp(told - told.max())
        edges = np.cumsum(weights) / weights.sum()
        spots = np.searchsorted(edges, (np.arange(count) + rng.random()) / count)
        return np.asarray(rng.permutation(points[np.minimum(spots, many - 1)]))


def spread_at(peak: Floats, bend: Floats, hill: Hill | None) -> Spread:
    """What is known of a point where the hill bends like that."""
    values, vectors = np.linalg.eigh(bend)
    return Spread(peak, np.asarray(vectors / np.sqrt(values)), hill)
