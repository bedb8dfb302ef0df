"""Dates of one fixed layout, read as columns of bytes: two digits, a point, two digits… What does not fit is left to the general way."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Longs = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]

_POINT, _SLASH, _DASH, _COLON, _SPACE, _T, _ZERO = (ord(sign) for sign in "./-: T0")
_LENGTHS = (10, 16, 19)
"""A date; with hours and minutes; with seconds."""
_SLICE = 1 << 18


def fixed_parts(text: Any, day_first: bool) -> tuple[Flags, npt.NDArray[np.int16]]:
    """For a string array (no nulls among the rows that count): which rows have a fixed layout, and their six fields.

    Fields (n × 6): year, month, day, hour, minute, second; not yet checked to be a date. Layouts: `dd.mm.yyyy` (or month first, unless
    `day_first`) with points, slashes or dashes, `yyyy-mm-dd` likewise; then a space (or T) and `hh:mm` or `hh:mm:ss`, or nothing.
    """
    n = len(text)
    hit = np.zeros(n, np.bool_)
    fields = np.zeros((n, 6), np.int16)
    buffers = text.buffers()
    if n == 0 or buffers[2] is None:
        return hit, fields
    offsets = np.frombuffer(buffers[1], np.int32)[text.offset : text.offset + n + 1].astype(np.int64)
    data = np.frombuffer(buffers[2], np.uint8)
    lengths = np.diff(offsets)
    for length in _LENGTHS:
        rows = np.flatnonzero(lengths == length)
        for begin in range(0, len(rows), _SLICE):
            some = rows[begin : begin + _SLICE]
            signs = data[offsets[some][:, None] + np.arange(length)]
            for good, found in _layouts(signs, length, day_first):
                hit[some[good]] = True
                fields[some[good]] = found[good]
    return hit, fields


def _layouts(signs: Bytes, length: int, day_first: bool) -> list[tuple[Flags, npt.NDArray[np.int16]]]:
    digit = signs - _ZERO  # uint8: what is below "0" wraps far above 9
    timed, clock = _clock(signs, digit, length)
    out = []
    for places, marks in (((0, 5, 8), (4, 7)), ((6, 3, 0) if day_first else (6, 0, 3), (2, 5))):
        year, month, day = places
        mark = signs[:, marks[0]]
        good = timed & (mark == signs[:, marks[1]]) & ((mark == _POINT) | (mark == _SLASH) | (mark == _DASH))
        if not good.any():
            continue
        digits = [year, year + 1, year + 2, year + 3, month, month + 1, day, day + 1]
        good &= (digit[:, digits] < 10).all(axis=1)
        pair = _pairs(digit)
        whole_year = pair(year) * 100 + pair(year + 2)
        out.append((good, np.column_stack([whole_year, pair(month), pair(day), clock])))
    return out


def _pairs(digit: Bytes) -> Any:
    def pair(at: int) -> npt.NDArray[np.int16]:
        found: npt.NDArray[np.int16] = digit[:, at].astype(np.int16) * 10 + digit[:, at + 1]
        return found

    return pair


def _clock(signs: Bytes, digit: Bytes, length: int) -> tuple[Flags, npt.NDArray[np.int16]]:
    clock = np.zeros((len(signs), 3), np.int16)
    good = np.ones(len(signs), np.bool_)
    if length == 10:
        return good, clock
    pair = _pairs(digit)
    good &= ((signs[:, 10] == _SPACE) | (signs[:, 10] == _T)) & (signs[:, 13] == _COLON)
    digits = [11, 12, 14, 15]
    if length == 19:
        good &= signs[:, 16] == _COLON
        digits += [17, 18]
    good &= (digit[:, digits] < 10).all(axis=1)
    for field, at in enumerate(digits[::2]):
        clock[:, field] = pair(at)
    return good, clock


def first_filled(text: Any) -> str | None:
    """The first value that is not null."""
    for chunk in (text.slice(0, 64), text):
        full = chunk.drop_null()
        if len(full):
            return str(full[0].as_py())
    return None
