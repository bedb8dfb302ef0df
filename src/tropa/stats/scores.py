"""Scores from 1 to 5 by rank, ties alike."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

GRADES = 5


def grades(values: npt.NDArray[np.int64], grades_of: int = GRADES) -> npt.NDArray[np.int64]:
    """1…`grades_of` by value: one more than so many fifths of all as are strictly worse. Higher is better; equal values get equal grades.

    Where seven in ten have the lowest value, they get 1 and the next 4: there is no telling apart what is equal.
    """
    n = len(values)
    if not n:
        return np.zeros(0, np.int64)
    _, at, times = np.unique(values, return_inverse=True, return_counts=True)
    worse = np.cumsum(times) - times
    return np.asarray(1 + worse * grades_of // n, dtype=np.int64)[at]
