"""Kernels that say what state each event stands for, by tables of stages, touchpoints and event names."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.jit import kernel

Longs = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Shorts = npt.NDArray[np.uint16]
NO_POINT: Any = 65_535
NONE: Any = 65_535


@kernel
def code_at(raw: Bytes, width: int, i: Any) -> Any:
    """The code at a place of a column of 1, 2 or 4 bytes a code, given as bytes: so kernels are compiled for one kind (little-endian)."""
    if width == 1:
        return np.int64(raw[i])
    if width == 2:
        return np.int64(raw[2 * i]) | np.int64(raw[2 * i + 1]) << 8
    low = np.int64(raw[4 * i]) | np.int64(raw[4 * i + 1]) << 8
    return low | np.int64(raw[4 * i + 2]) << 16 | np.int64(raw[4 * i + 3]) << 24


def raw_codes(codes: npt.NDArray[Any]) -> tuple[Bytes, int]:
    """A column's codes as `code_at` wants them: its bytes, and how many a code has."""
    kept = np.ascontiguousarray(codes).view(np.ndarray)
    kept = kept if kept.dtype.isnative and sys.byteorder == "little" else kept.astype(kept.dtype.newbyteorder("<"))
    raw = kept.view(np.uint8)
    raw.flags.writeable = False
    return raw, codes.dtype.itemsize


@kernel
def by_stage(begin: int, end: int, stage: Bytes, of_stage: Shorts, out: Any) -> None:
    """Writes the state of each of the events begin…end−1 into `out` (events): `of_stage` (256) of its stage."""
    for i in range(begin, end):
        out[i] = of_stage[stage[i]]


@kernel
def by_point(begin: int, end: int, stage: Bytes, point: Shorts, of_stage: Shorts, of_point: Shorts, out: Any) -> None:
    """As `by_stage`, but `of_point` (65,536) of its touchpoint, where it has one."""
    for i in range(begin, end):
        p = point[i]
        out[i] = of_stage[stage[i]] if p == NO_POINT else of_point[p]


@kernel
def by_event(
    begin: int, end: int, event: Bytes, width: int, limited: int, inside: Bytes, of_event: Shorts, out: Any
) -> None:
    """As `by_stage`, but `of_event` (names) of its name; `limited`: no state for events that are not `inside` (events)."""
    for i in range(begin, end):
        out[i] = NONE if limited and inside[i] == 0 else of_event[code_at(event, width, i)]


@kernel
def count_events(begin: int, end: int, event: Bytes, width: int, limited: int, inside: Bytes, out: Any) -> None:
    """Adds to `out` (names) how many of the events begin…end−1 have each name; where `limited`, of those `inside` alone."""
    for i in range(begin, end):
        if not limited or inside[i]:
            out[code_at(event, width, i)] += 1


@kernel
def count_states(begin: int, end: int, state: Shorts, out: Any) -> None:
    """Adds to `out` (states) how many of the events begin…end−1 are in each; those in a higher one or in none are left out."""
    for i in range(begin, end):
        s = state[i]
        if s < len(out):
            out[s] += 1


@kernel
def mark_passes(begin: Any, stop: Any, which: Any, out: Any) -> None:
    """Sets 1 in `out` (events) for the events begin…stop−1 of each of the passes that are meant (`which` uint8 by pass)."""
    for p in range(len(begin)):
        if which[p]:
            out[begin[p] : stop[p]] = 1


@kernel
def count_fitting(offsets: Longs, codes: Bytes, width: int, fits: Bytes, out: Any) -> None:
    """Writes into `out` (customers) how many of each customer's events have a code that `fits` (codes, uint8)."""
    for c in range(len(out)):
        count = 0
        for i in range(offsets[c], offsets[c + 1]):
            count += fits[code_at(codes, width, i)]
        out[c] = count


@kernel
def known_codes(offsets: Longs, codes: Bytes, width: int, backwards: int, out: Any) -> None:
    """Writes into `out` (customers) the first code that is not 0 of each customer's events, or the last one (`backwards`); 0: none."""
    for c in range(len(out)):
        out[c] = 0
        for k in range(offsets[c + 1] - offsets[c]):
            code = code_at(codes, width, offsets[c + 1] - 1 - k if backwards else offsets[c] + k)
            if code != 0:
                out[c] = code
                break
