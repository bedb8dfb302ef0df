"""A log dealt out to parts, each with a tape of its own, and rounds sent to them as to other machines."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import Any

import numpy as np

from tropa.trail.answers import find_answers
from tropa.trail.filters import Filter, choose
from tropa.trail.measures import Asked
from tropa.trail.rounds import Round
from tropa.trail.tape import Column, Tape


def numbered(tape: Tape) -> Tape:
    """The tape, its customers numbered by a rule that has nothing to do with their places."""
    numbers = (np.arange(len(tape.customers), dtype=np.uint64) + np.uint64(7)) * np.uint64(0x9E3779B97F4A7C15)
    return replace(tape, numbers=numbers)


def part_of(tape: Tape, whose: list[int]) -> Tape:
    """Some customers alone, in the order given, under the same dictionaries."""
    sizes = np.diff(tape.offsets)
    index = np.concatenate([np.zeros(0, np.int64), *(np.arange(tape.offsets[c], tape.offsets[c + 1]) for c in whose)])

    def some(column: Column) -> Column:
        return Column(column.codes[index], column.names)

    columns: dict[str, Any] = {name: some(getattr(tape, name)) for name in ("event", "channel", "instrument", "source")}
    arrays: dict[str, Any] = {
        name: getattr(tape, name)[index] for name in ("time", "value", "score", "session", "order")
    }
    assert tape.numbers is not None
    return replace(
        tape,
        customers=tape.customers[whose],
        numbers=tape.numbers[whose],
        offsets=np.concatenate([[0], np.cumsum(sizes[whose])]).astype(np.int64),
        properties={name: some(column) for name, column in tape.properties.items()},
        **columns,
        **arrays,
    )


def asked_of(ready: Any, wish: Filter) -> Asked:
    return Asked.of(choose(ready, find_answers(ready), wish))


def sent(step: Any) -> Any:
    """A round, and all that follow, whose functions and partials are pickled on the way."""
    if not isinstance(step, Round):
        return step
    view, chunk, merge = pickle.loads(pickle.dumps((step.view, step.chunk, step.merge)))
    return Round(view, chunk, merge, lambda found: sent(step.then(pickle.loads(pickle.dumps(found)))))
