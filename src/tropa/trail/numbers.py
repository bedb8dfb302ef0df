"""Who is who, as a number: what chance goes by, so that it falls the same wherever a customer is looked at (docs/adr/0055)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels import names as kernels
from tropa.trail.slices import fixed
from tropa.trail.tape import Tape

Numbers = npt.NDArray[np.uint64]


def numbers_of(tape: Tape) -> Numbers:
    """By customer (see `Tape.numbers`)."""
    return np.arange(len(tape.customers), dtype=np.uint64) if tape.numbers is None else tape.numbers


def hashed(numbers: Numbers) -> Numbers:
    """Well-mixed numbers (the last steps of splitmix64)."""
    x = (numbers + np.uint64(0x9E3779B97F4A7C15)) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(x ^ (x >> np.uint64(31)))


def numbers_of_names(names: Sequence[str]) -> Numbers:
    """Numbers made from names, the same on every machine."""
    texts = [name.encode() for name in names]
    offsets = np.concatenate([[0], np.cumsum([len(text) for text in texts])]).astype(np.int64)
    out = np.empty(len(texts), np.uint64)
    rest: Any = (fixed(np.frombuffer(b"".join(texts), np.uint8)), fixed(offsets), out)
    kernels.numbers_of(*rest)
    return out


def by_name(tape: Tape) -> Tape:
    """The tape, its customers numbered by their names: then a cluster deals and draws the same ones."""
    return replace(tape, numbers=fixed(numbers_of_names(tape.customers.tolist())))
