"""Where events typically stand between two deals: what a draft orders them by."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tropa.trail.tape import NO_VALUE, Tape

SAMPLE = 1_000_000
"""Events looked at; of a longer log, evenly spread blocks of customers."""
BLOCK = 512


@dataclass(frozen=True, slots=True)
class Habit:
    """How one event behaves. `place`: its mean place between two deals (or in the whole trail), 0 first … 1 last.

    `after`: share of its occurrences that come after the customer's last deal, of those of customers who have a deal.
    `worth`: money on it in minor units.
    """

    events: int
    customers: int
    place: float
    after: float
    worth: int
    comes_after: tuple[tuple[str, int], ...]
    """The events that directly precede it in a customer's trail, with how often; the most frequent first."""


def habits(tape: Tape, deal: str | None) -> dict[str, Habit]:
    """The habits of all events in a sample of the tape, by name, in order of first appearance in the dictionary."""
    index, owner = _sample(tape)
    code = tape.event.codes[index].astype(np.int64)
    size = len(tape.event.names)
    is_deal = np.zeros(len(index), np.bool_) if deal is None else code == tape.event.names.index(deal)
    begins = np.r_[True, owner[1:] != owner[:-1]] | np.r_[False, is_deal[:-1]]
    run = np.cumsum(begins) - 1
    start = np.flatnonzero(begins)
    length = np.diff(np.r_[start, len(index)])
    place = (np.arange(len(index)) - start[run] + 0.5) / length[run]
    ends_in_deal = is_deal[start + length - 1][run]
    buyers = np.zeros(len(tape.customers), np.bool_)
    buyers[owner[is_deal]] = True
    of_buyer = buyers[owner]
    events = np.bincount(code, minlength=size)
    places = np.bincount(code, weights=place, minlength=size)
    theirs = np.bincount(code[of_buyer], minlength=size)
    after = np.bincount(code[of_buyer & ~ends_in_deal], minlength=size)
    who = np.unique(code * (len(tape.customers) + 1) + owner)
    customers = np.bincount(who // (len(tape.customers) + 1), minlength=size)
    value = tape.value[index]
    worth = np.bincount(code, weights=np.where(value == NO_VALUE, 0, value), minlength=size)
    preceding = _preceding(tape, code, owner, size)
    return {
        tape.event.names[c]: Habit(
            events=int(events[c]),
            customers=int(customers[c]),
            place=float(places[c] / events[c]),
            after=float(after[c] / theirs[c]) if theirs[c] else 0.0,
            worth=int(worth[c]),
            comes_after=preceding.get(int(c), ()),
        )
        for c in np.flatnonzero(events)
        if c
    }


def _preceding(
    tape: Tape,
    code: np.ndarray[tuple[int], np.dtype[np.int64]],
    owner: np.ndarray[tuple[int], np.dtype[np.int64]],
    size: int,
) -> dict[int, tuple[tuple[str, int], ...]]:
    """By event code the events directly before it (another event of the same customer)."""
    pairs = np.flatnonzero((owner[1:] == owner[:-1]) & (code[1:] != code[:-1]))
    cells, counts = np.unique(code[pairs + 1] * size + code[pairs], return_counts=True)
    out: dict[int, list[tuple[str, int]]] = {}
    for cell, count in sorted(zip(cells.tolist(), counts.tolist(), strict=True), key=lambda one: (-one[1], one[0])):
        out.setdefault(cell // size, []).append((tape.event.names[cell % size], count))
    return {c: tuple(found) for c, found in out.items()}


def _sample(
    tape: Tape,
) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """Events (indices) and their customers: blocks of whole customers, evenly spread."""
    customers = len(tape.customers)
    stride = max(1, tape.events // SAMPLE)
    chosen = np.arange(customers)
    if stride > 1:
        chosen = chosen[(chosen // BLOCK) % stride == 0]
    counts = np.diff(tape.offsets)[chosen]
    owner = np.repeat(chosen, counts)
    begin = np.repeat(tape.offsets[:-1][chosen] - np.r_[0, np.cumsum(counts)[:-1]], counts)
    return (begin + np.arange(len(owner))).astype(np.int64), owner.astype(np.int64)
