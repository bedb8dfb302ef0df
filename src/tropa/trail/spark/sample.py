"""Some whole customers of a log of Spark's as one tape where the question was asked: what a draft is proposed from."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from tropa.trail.archive.build import frozen, narrow
from tropa.trail.numbers import hashed, numbers_of, numbers_of_names
from tropa.trail.order import SAMPLE
from tropa.trail.spark.pieces import LogFacts
from tropa.trail.tape import Codes, Column, Longs, Tape

if TYPE_CHECKING:
    from tropa.trail.spark.log import SparkLog

CODED, OWN, PLAIN = ("event", "channel", "instrument", "source"), ("session", "order"), ("time", "value", "score")
"""Columns with a dictionary of the whole log, with codes of each part's own, and without codes."""
Piece = dict[str, npt.NDArray[Any]]
Found = tuple[int, tuple[Piece, ...]]
"""How many customers there are, and the events of those that are drawn, by part."""


def sample_of(log: SparkLog, events: int = SAMPLE) -> tuple[Tape, int]:
    """A tape of customers drawn by a hash of who they are, of about so many `events` (all of a log that has no more), and how many
    customers the log has. Properties and words stay where they are."""
    stride = max(1, log.facts.events // events)
    nothing: Found = (0, ())
    customers, pieces = log.over(partial(sample_part, stride=stride), add_samples, nothing)
    return tape_of_sample(pieces, log.facts), customers


def sample_part(tape: Tape, *, stride: int) -> Found:
    """The drawn customers of a part: one in `stride`."""
    there = np.diff(tape.offsets) > 0
    drawn = np.flatnonzero(there & (hashed(numbers_of(tape)) % np.uint64(stride) == 0))
    mine = np.repeat(np.isin(np.arange(len(there)), drawn), np.diff(tape.offsets))
    piece: Piece = {"customers": tape.customers[drawn], "sizes": np.diff(tape.offsets)[drawn]}
    piece |= {name: getattr(tape, name).codes[mine] for name in CODED}
    piece |= {name: getattr(tape, name)[mine] for name in (*OWN, *PLAIN)}
    return int(np.count_nonzero(there)), (piece,)


def add_samples(one: Found, other: Found) -> Found:
    """The merge of `sample_part`."""
    return one[0] + other[0], one[1] + other[1]


def tape_of_sample(pieces: Sequence[Piece], facts: LogFacts) -> Tape:
    """The drawn customers by name, under the dictionaries of the whole log."""

    def every(name: str, kind: Any) -> npt.NDArray[Any]:
        return np.concatenate([np.zeros(0, kind), *(piece[name] for piece in pieces)])

    names = every("customers", np.str_)
    order = np.argsort(names, kind="stable")
    sizes = every("sizes", np.int64)
    begins = np.concatenate([[0], np.cumsum(sizes)[:-1]]) if len(sizes) else sizes
    mine, offsets = sizes[order], np.concatenate([[0], np.cumsum(sizes[order])]).astype(np.int64)
    index = np.arange(int(sizes.sum())) + np.repeat(begins[order] - offsets[:-1], mine)

    def coded(name: str) -> Column:
        words = facts.names.get(name, ("",)) if name != "source" or "source" in facts.names else _sources(facts)
        return Column(frozen(narrow(every(name, np.uint8)[index], len(words))), words)

    return Tape(
        version=facts.version,
        customers=frozen(names[order]),
        offsets=frozen(offsets),
        time=frozen(_longs(every("time", np.int64)[index])),
        event=coded("event"),
        channel=coded("channel"),
        value=frozen(_longs(every("value", np.int64)[index])),
        score=frozen(every("score", np.float32)[index].astype(np.float32)),
        instrument=coded("instrument"),
        session=frozen(_apart(pieces, "session")[index]),
        order=frozen(_apart(pieces, "order")[index]),
        source=coded("source"),
        sources=facts.sources,
        currency=facts.currency,
        numbers=frozen(numbers_of_names(names[order].tolist())),
        zone=facts.zone,
    )


def _sources(facts: LogFacts) -> tuple[str, ...]:
    """The only source of a log that does not tell them apart."""
    return ("", *(one.name for one in facts.sources[:1]))


def _longs(column: npt.NDArray[Any]) -> Longs:
    return np.asarray(column, np.int64)


def _apart(pieces: Sequence[Piece], name: str) -> Codes:
    """Codes that each part has made for itself, those of different parts told apart."""
    out, base = [np.zeros(0, np.int64)], 0
    for piece in pieces:
        codes = piece[name].astype(np.int64)
        out.append(np.where(codes > 0, codes + base, 0))
        base += int(codes.max(initial=0))
    return narrow(np.concatenate(out), base + 1)
