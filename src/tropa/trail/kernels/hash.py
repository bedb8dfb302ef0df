"""Hashes that never change between versions of Python, Arrow or DuckDB, and tables of them.

`sip` is SipHash-c-d with 128 bits out (Aumasson and Bernstein, 2012): a keyed pseudo-random function, so that neither pseudonyms nor
row identities can be guessed or confirmed without the archive's key. Unsigned 64-bit words wrap.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.jit import kernel

Words = npt.NDArray[np.uint64]
BUCKETS = 4096
"""Identities are kept in buckets by their highest 12 bits, so that looking for equals stays within the processor's cache."""

_U = np.uint64
_I0, _I1 = _U(0x736F6D6570736575), _U(0x646F72616E646F6D ^ 0xEE)
_I2, _I3 = _U(0x6C7967656E657261), _U(0x7465646279746573)
_EE, _DD, _8, _56, _64 = _U(0xEE), _U(0xDD), _U(8), _U(56), _U(64)
_13, _16, _17, _21, _32 = _U(13), _U(16), _U(17), _U(21), _U(32)
_27, _30, _31, _33 = _U(27), _U(30), _U(31), _U(33)
_M1, _M2, _M3 = _U(0xBF58476D1CE4E5B9), _U(0x94D049BB133111EB), _U(0x9E3779B97F4A7C15)


@kernel
def _turn(x: Any, bits: Any) -> Any:
    return (x << bits) | (x >> (_64 - bits))


@kernel
def _rounds(v0: Any, v1: Any, v2: Any, v3: Any, count: int) -> Any:
    for _ in range(count):
        v0 = v0 + v1
        v1 = _turn(v1, _13) ^ v0
        v0 = _turn(v0, _32)
        v2 = v2 + v3
        v3 = _turn(v3, _16) ^ v2
        v0 = v0 + v3
        v3 = _turn(v3, _21) ^ v0
        v2 = v2 + v1
        v1 = _turn(v1, _17) ^ v2
        v2 = _turn(v2, _32)
    return v0, v1, v2, v3


@kernel
def sip_strings(data: Any, offsets: Any, k0: Any, k1: Any, compress: int, finish: int, hi: Any, lo: Any) -> None:
    """SipHash-`compress`-`finish`-128 of each string: bytes data[offsets[i]:offsets[i + 1]] → (hi[i], lo[i]).

    `k0`, `k1`: the key as two little-endian words (np.uint64). `lo` is the first half of the published output, `hi` the second.
    """
    for row in range(len(offsets) - 1):
        start, stop = offsets[row], offsets[row + 1]
        v0, v1, v2, v3 = k0 ^ _I0, k1 ^ _I1, k0 ^ _I2, k1 ^ _I3
        at = start
        while at + 8 <= stop:
            word = _U(0)
            for byte in range(8):
                word |= _U(data[at + byte]) << _U(8 * byte)
            v3 ^= word
            v0, v1, v2, v3 = _rounds(v0, v1, v2, v3, compress)
            v0 ^= word
            at += 8
        word = _U(stop - start) << _56
        shift = _U(0)
        while at < stop:
            word |= _U(data[at]) << shift
            shift += _8
            at += 1
        v3 ^= word
        v0, v1, v2, v3 = _rounds(v0, v1, v2, v3, compress)
        v0 ^= word
        v2 ^= _EE
        v0, v1, v2, v3 = _rounds(v0, v1, v2, v3, finish)
        lo[row] = v0 ^ v1 ^ v2 ^ v3
        v1 ^= _DD
        v0, v1, v2, v3 = _rounds(v0, v1, v2, v3, finish)
        hi[row] = v0 ^ v1 ^ v2 ^ v3


_WORD = (1 << 64) - 1


def naive_sip(data: bytes, key: bytes, compress: int = 2, finish: int = 4) -> tuple[int, int]:
    """The same for one string, in plain Python: (hi, lo). `key`: 16 bytes."""
    k0, k1 = int.from_bytes(key[:8], "little"), int.from_bytes(key[8:16], "little")
    v = [k0 ^ int(_I0), k1 ^ int(_I1), k0 ^ int(_I2), k1 ^ int(_I3)]

    def turn(x: int, bits: int) -> int:
        return ((x << bits) | (x >> (64 - bits))) & _WORD

    def rounds(count: int) -> None:
        for _ in range(count):
            v[0] = (v[0] + v[1]) & _WORD
            v[1] = turn(v[1], 13) ^ v[0]
            v[0] = turn(v[0], 32)
            v[2] = (v[2] + v[3]) & _WORD
            v[3] = turn(v[3], 16) ^ v[2]
            v[0] = (v[0] + v[3]) & _WORD
            v[3] = turn(v[3], 21) ^ v[0]
            v[2] = (v[2] + v[1]) & _WORD
            v[1] = turn(v[1], 17) ^ v[2]
            v[2] = turn(v[2], 32)

    whole = len(data) // 8 * 8
    tail = data[whole:] + bytes(7 - len(data) % 8) + bytes([len(data) & 0xFF])
    for at in range(0, whole + 8, 8):
        word = int.from_bytes((data[:whole] + tail)[at : at + 8], "little")
        v[3] ^= word
        rounds(compress)
        v[0] ^= word
    v[2] ^= 0xEE
    rounds(finish)
    low = v[0] ^ v[1] ^ v[2] ^ v[3]
    v[1] ^= 0xDD
    rounds(finish)
    return v[0] ^ v[1] ^ v[2] ^ v[3], low


@kernel
def mix_words(words: Any, k0: Any, k1: Any, hi: Any, lo: Any) -> None:
    """A 128-bit mix of each 64-bit word (numbers of typed columns), told apart by `k0`, `k1`: two rounds of splitmix64's finisher."""
    for row in range(len(words)):
        x = words[row] ^ k0
        y = (words[row] + k1) * _M3
        x = (x ^ (x >> _30)) * _M1
        x = (x ^ (x >> _27)) * _M2
        y = (y ^ (y >> _33)) * _M2
        y = (y ^ (y >> _31)) * _M1
        hi[row] = x ^ (x >> _31)
        lo[row] = y ^ (y >> _30)


def naive_mix(word: int, k0: int, k1: int) -> tuple[int, int]:
    """The same for one word, in plain Python."""
    x, y = word ^ k0, ((word + k1) * int(_M3)) & _WORD
    x = ((x ^ (x >> 30)) * int(_M1)) & _WORD
    x = ((x ^ (x >> 27)) * int(_M2)) & _WORD
    y = ((y ^ (y >> 33)) * int(_M2)) & _WORD
    y = ((y ^ (y >> 31)) * int(_M1)) & _WORD
    return x ^ (x >> 31), y ^ (y >> 30)


@kernel
def by_bucket(hi: Any, starts: Any, order: Any) -> None:
    """Rows by the highest 12 bits, in order of arrival inside a bucket: starts[b]:starts[b + 1] of `order` are the rows of bucket b."""
    shift = _U(52)
    for row in range(len(hi)):
        starts[(hi[row] >> shift) + _U(1)] += 1
    for bucket in range(BUCKETS):
        starts[bucket + 1] += starts[bucket]
    cursor = starts[:BUCKETS].copy()
    for row in range(len(hi)):
        bucket = hi[row] >> shift
        order[cursor[bucket]] = row
        cursor[bucket] += 1


@kernel
def count_known(
    hi: Any, lo: Any, starts: Any, old_hi: Any, old_lo: Any, old_starts: Any, known: Any, slots: Any
) -> None:
    """Adds to known[i] how often digest i is in an older segment; `hi`, `lo` and `known` are in bucket order.

    Only the first of equal digests is counted. `slots`: scratch, a power of two of at least twice the largest bucket.
    """
    for bucket in range(BUCKETS):
        begin, end = starts[bucket], starts[bucket + 1]
        if begin == end or old_starts[bucket] == old_starts[bucket + 1]:
            continue
        mask = _fill(hi, lo, begin, end, slots)
        for old in range(old_starts[bucket], old_starts[bucket + 1]):
            at = old_lo[old] & mask
            while slots[at] >= 0:
                spot = slots[at]
                if lo[spot] == old_lo[old] and hi[spot] == old_hi[old]:
                    known[spot] += 1
                    break
                at = (at + _U(1)) & mask


@kernel
def _fill(hi: Any, lo: Any, begin: int, end: int, slots: Any) -> Any:
    """Puts the first of each digest of a bucket into the scratch table; the result is its mask."""
    size = 4
    while size < 2 * (end - begin):
        size *= 2
    while size < 8 * (end - begin) and 2 * size <= len(slots):
        size *= 2
    mask = _U(size - 1)
    slots[:size] = -1
    for row in range(begin, end):
        at = lo[row] & mask
        while slots[at] >= 0 and (lo[slots[at]] != lo[row] or hi[slots[at]] != hi[row]):
            at = (at + _U(1)) & mask
        if slots[at] < 0:
            slots[at] = row
    return mask


@kernel
def choose_new(hi: Any, lo: Any, once: Any, starts: Any, known: Any, slots: Any, keep: Any) -> int:
    """Marks in `keep` the k-th occurrence of a digest (from 0) when fewer than k + 1 are known; those with `once` only if none is.

    All arrays in bucket order, which keeps the order of arrival among equals. `known` counts at the first of equal digests and is used
    up. The result is how many are kept.
    """
    kept = 0
    for bucket in range(BUCKETS):
        begin, end = starts[bucket], starts[bucket + 1]
        if begin == end:
            continue
        mask = _fill(hi, lo, begin, end, slots)
        for row in range(begin, end):
            at = lo[row] & mask
            while lo[slots[at]] != lo[row] or hi[slots[at]] != hi[row]:
                at = (at + _U(1)) & mask
            first = slots[at]
            if once[row]:
                new = known[first] == 0
                known[first] = 1
            else:
                new = known[first] <= 0
                known[first] -= 1
            keep[row] = new
            kept += new
    return kept


def naive_choose(
    digests: Sequence[tuple[int, int]], once: Sequence[bool], known: dict[tuple[int, int], int]
) -> list[bool]:
    """What of `digests`, in order of arrival, is new to an archive that has `known[digest]` of each."""
    seen: dict[tuple[int, int], int] = {}
    out = []
    for digest, single in zip(digests, once, strict=True):
        before = seen.get(digest, 0)
        seen[digest] = before + 1
        had = known.get(digest, 0)
        out.append(before == 0 and had == 0 if single else before >= had)
    return out
