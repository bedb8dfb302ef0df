"""Texts told apart by what rated texts are like: logistic regression whose chances are calibrated, and which may answer "unknown"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]
FOLDS = 5
UNKNOWN = -1
WANTED = 0.8
"""Of the texts that are told so large a share should be told right; the threshold is the lowest that reaches it."""
THRESHOLDS = np.round(np.arange(0.5, 0.96, 0.02), 2)
"""What is less likely than not is never told."""
STRENGTH = 4.0
"""Inverse of the penalty on the weights (scikit-learn's C)."""


@dataclass(frozen=True, slots=True)
class Tuned:
    """What chances are raised to (1 ÷ temperature), and below which chance of the likeliest class the answer is "unknown"."""

    power: float
    threshold: float

    def tell(self, chances: Floats) -> Longs:
        """The place of the likeliest class of each row, or `UNKNOWN`."""
        best = self.calibrated(chances)
        told = best.argmax(axis=1)
        return np.where(best[np.arange(len(best)), told] >= self.threshold, told, UNKNOWN).astype(np.int64)

    def calibrated(self, chances: Floats) -> Floats:
        """Chances that come true as often as they say (rows sum to 1)."""
        raised = np.power(np.maximum(chances, 1e-12), self.power)
        return np.asarray(raised / raised.sum(axis=1, keepdims=True))


@dataclass(frozen=True, slots=True)
class Learnt:
    """A model of rated texts. `held_out`: for each of them, what a model told that had not seen it (place of a class, or `UNKNOWN`)."""

    classes: Longs
    model: Any
    tuned: Tuned
    held_out: Longs

    def tell(self, rows: Any) -> Longs:
        """The class of each row, by its place in `classes`, or `UNKNOWN`."""
        return self.tuned.tell(np.asarray(self.model.predict_proba(rows)))


def learn(rows: Any, kinds: Longs, fold: Longs) -> Learnt:
    """Learns from rows (sparse, n × features) of known kinds. `fold`: 0…4, the same for all texts of one customer.

    Each fold is told by a model of the others, its temperature and threshold chosen on the others' held-out chances
    too. Every fold's rest must have every kind (see `deal_folds`).
    Source of the temperature: Guo, Pleiss, Sun and Weinberger, ICML 2017; of "unknown" (reject option): Chow, IEEE
    Trans. Inf. Theory 16 (1970).
    """
    classes = np.unique(kinds)
    place = np.searchsorted(classes, kinds)
    chances = np.zeros((len(kinds), len(classes)))
    for k in range(FOLDS):
        mine = fold == k
        if mine.any():
            chances[mine] = _fitted(rows[~mine], place[~mine]).predict_proba(rows[mine])
    held_out = np.full(len(kinds), UNKNOWN, np.int64)
    for k in range(FOLDS):
        mine = fold == k
        held_out[mine] = tune(chances[~mine], place[~mine]).tell(chances[mine])
    return Learnt(classes, _fitted(rows, place), tune(chances, place), held_out)


def deal_folds(keys: npt.NDArray[np.uint64], kinds: Longs) -> Longs | None:
    """A fold for each row by a mixed key of its customer; None where some fold would leave a kind without rows in the rest."""
    fold = (keys % np.uint64(FOLDS)).astype(np.int64)
    classes = np.unique(kinds)
    enough = all(len(np.unique(kinds[fold != k])) == len(classes) for k in range(FOLDS))
    return fold if enough else None


def tune(chances: Floats, place: Longs) -> Tuned:
    """The temperature with the best log score, and the lowest threshold from which told rows are right often enough (else the best one)."""
    from scipy.optimize import minimize_scalar

    own = np.arange(len(place))

    def lost(log_power: float) -> float:
        return -float(np.log(Tuned(float(np.exp(log_power)), 0).calibrated(chances)[own, place]).mean())

    power = float(np.exp(minimize_scalar(lost, bounds=(-1.5, 1.5), method="bounded").x))
    calibrated = Tuned(power, 0).calibrated(chances)
    best, right = calibrated.max(axis=1), calibrated.argmax(axis=1) == place
    at_best, most = float(THRESHOLDS[0]), -1.0
    for threshold in THRESHOLDS.tolist():
        told = best >= threshold
        if told.sum() < max(10, 0.05 * len(place)):
            break
        accuracy = float(right[told].mean())
        if accuracy >= WANTED:
            return Tuned(power, threshold)
        if accuracy > most:
            at_best, most = threshold, accuracy
    return Tuned(power, at_best)


def _fitted(rows: Any, place: Longs) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=STRENGTH, max_iter=400).fit(rows, place)
