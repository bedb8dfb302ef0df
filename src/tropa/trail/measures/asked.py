"""What every measure is asked with, and what its answer is put together from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from tropa.model import CannotTell
from tropa.model.measure import Answer, Cell, Declaration, Note, Setting
from tropa.trail.answers import AnswerTable, no_answers
from tropa.trail.filters import Chosen
from tropa.trail.parts import frame_of
from tropa.trail.prepare import Prepared


@dataclass(frozen=True, slots=True)
class Asked:
    """A prepared trail with a filter over it (see `filters.choose`). `customers` uint8: whose passes count.

    It is the whole log on this machine, or a *part* of it: some whole customers, with a tape of their own. A part tells the facts of the
    whole: its map, dictionaries, limits, tables, numbers of bound events, ends of observation and beginning are those of the whole log.
    """

    ready: Prepared
    answers: AnswerTable
    customers: npt.NDArray[np.uint8]

    @staticmethod
    def of(chosen: Chosen) -> Asked:
        """A filtered trail as measures want it."""
        return Asked(chosen.ready, chosen.answers, chosen.customers)

    @property
    def frame(self) -> Asked:
        """The facts alone: a part without customers. What a measure begins with, and answers with."""
        ready = frame_of(self.ready)
        return Asked(ready, no_answers(self.answers), ready.everybody)


def number(value: Setting) -> float:
    """A setting that was declared to be a number."""
    assert isinstance(value, (int, float))
    return float(value)


def micros(value: Setting) -> int:
    """A setting that was declared to be a length of time, in µs."""
    assert isinstance(value, timedelta)
    return value // timedelta(microseconds=1)


def answer_of(
    declared: Declaration,
    asked: Asked,
    n: int,
    rows: Iterable[Sequence[Cell]],
    notes: Sequence[Note] = (),
    *,
    quotes: Sequence[str] = (),
    cannot_tell: CannotTell | None = None,
) -> Answer:
    """An answer of a declared measure."""
    found = tuple(tuple(row) for row in rows)
    if not found and cannot_tell is None:
        cannot_tell = CannotTell(cannot_tell="too-few", n=n)
    return Answer(
        measure=declared.id, unit=declared.unit, n=n, columns=declared.columns, rows=found, notes=tuple(notes),
        quotes=tuple(quotes), cannot_tell=cannot_tell, data_version=asked.ready.tape.version,
    )  # fmt: skip
