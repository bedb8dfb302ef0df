"""Shares of kinds when they are told with mistakes: what was told, set right by how often which kind is told as what."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
TURNS = 300


def told_given_kind(counts: Floats, whole: float = 1.0) -> Floats:
    """By kind, how often it is told as what (…, kinds, told), from counts of things whose kind is known.

    Every kind borrows `whole` further things from how all things are told, so that a kind with few of them is not
    taken to be told without a mistake.
    """
    every = counts.sum(axis=-2, keepdims=True)
    prior = (every + 1 / counts.shape[-1]) / (every + 1 / counts.shape[-1]).sum(axis=-1, keepdims=True)
    return np.asarray((counts + whole * prior) / (counts.sum(axis=-1, keepdims=True) + whole))


def true_shares(told: Floats, matrix: Floats) -> Floats:
    """The shares of the kinds (…, kinds) that make what was told (…, told) most likely, given P(told | kind) (…, kinds, told).

    With two kinds and two answers this is Rogan and Gladen's estimate, cut to 0…1. Found by expectation and
    maximisation, so that shares stay shares.
    Source: Rogan and Gladen, Am. J. Epidemiol. 107 (1978); Levy and Kass, Biometrics 26 (1970); Dempster, Laird and Rubin 1977.
    It holds where things whose kind is not known are told with the same mistakes as those whose kind is known.
    Where nothing was told, every kind is equally likely.
    """
    kinds = matrix.shape[-2]
    shape = np.broadcast_shapes(told.shape[:-1], matrix.shape[:-2])
    share = np.full((*shape, kinds), 1 / kinds)
    whole = np.maximum(told.sum(axis=-1, keepdims=True), 1e-300)
    there = told.sum(axis=-1, keepdims=True) > 0
    for _ in range(TURNS):
        expected = np.einsum("...k,...kt->...t", share, matrix)
        weight = told / np.maximum(expected, 1e-300)
        moved = share * np.einsum("...kt,...t->...k", matrix, weight) / whole
        moved = np.where(there, moved / np.maximum(moved.sum(axis=-1, keepdims=True), 1e-300), share)
        if np.abs(moved - share).max(initial=0.0) < 1e-10:
            return np.asarray(moved)
        share = moved
    return np.asarray(share)


def plain_shares(told: Floats, matrix: Floats) -> Floats:
    """The least-squares shares (…, kinds), which may lie outside 0…1: how they spread tells how sure a share near its end is."""
    whole = np.maximum(told.sum(axis=-1, keepdims=True), 1e-300)
    back = np.linalg.pinv(np.swapaxes(matrix, -1, -2))
    return np.asarray(np.einsum("...kt,...t->...k", back, told / whole))


def sharpness(matrix: Floats, kind: int) -> float:
    """How much telling says about one kind against the others: Youden's index of telling `kind`, 0 nothing … 1 all.

    A told thing is worth the square of it in things whose kind is known. Source: Youden, Cancer 3 (1950).
    """
    others = [k for k in range(matrix.shape[0]) if k != kind]
    return max(0.0, float(matrix[kind, kind] - max((matrix[k, kind] for k in others), default=0.0)))
