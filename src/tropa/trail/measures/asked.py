"""What every measure is asked with, and what its answer is put together from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from tropa.model import CannotTell, Limits, Unit
from tropa.model.measure import Answer, Cell, Column, Declaration, Note, Parameter, Setting
from tropa.trail.answers import AnswerTable, no_answers
from tropa.trail.filters import Chosen, Filter
from tropa.trail.parts import frame_of
from tropa.trail.prepare import Prepared

UNIT = Parameter(id="unit", kind="choice", choices=("passes", "sessions"), default="passes")
"""Of measures that may be asked of sessions: each session of a chosen customer is then a pass, and a customer, of its own."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A prepared trail with a filter over it (see `filters.choose`). `customers` uint8: whose passes count.

    It is the whole log on this machine, or a *part* of it: some whole customers, with a tape of their own. A part tells the facts of the
    whole: its map, dictionaries, limits, tables, numbers of bound events, ends of observation and beginning are those of the whole log.
    """

    ready: Prepared
    answers: AnswerTable
    customers: npt.NDArray[np.uint8]
    wish: Filter = field(default_factory=Filter)
    """The filter that lies over it."""

    @staticmethod
    def of(chosen: Chosen) -> Asked:
        """A filtered trail as measures want it."""
        return Asked(chosen.ready, chosen.answers, chosen.customers, chosen.wish)

    @property
    def frame(self) -> Asked:
        """The facts alone: a part without customers. What a measure begins with, and answers with."""
        ready = frame_of(self.ready)
        return Asked(ready, no_answers(self.answers), ready.everybody, self.wish)


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
    unit, columns, notes = declared.unit, declared.columns, tuple(notes)
    if asked.ready.tape.cut_of is not None:
        unit = unit if unit is Unit.EVENTS else Unit.SESSIONS
        columns = tuple(_of_sessions(one) for one in columns)
        notes = (*(_note_of_sessions(one) for one in notes), _about_sessions(asked.ready.map.limits))
    return Answer(
        measure=declared.id, unit=unit, n=n, columns=columns, rows=found, notes=notes,
        quotes=tuple(quotes), cannot_tell=cannot_tell, data_version=asked.ready.tape.version, zone=asked.ready.tape.zone,
    )  # fmt: skip


def without(answer: Answer, names: Sequence[str]) -> Answer:
    """An answer without the columns that nobody asked for."""
    kept = [at for at, column in enumerate(answer.columns) if column.id not in names]
    columns = tuple(answer.columns[at] for at in kept)
    return answer.model_copy(
        update={"columns": columns, "rows": tuple(tuple(row[at] for at in kept) for row in answer.rows)}
    )


def zone_notes(frame: Asked) -> list[Note]:
    """Whose calendar days, weeks and months are of, where it is not UTC's."""
    zone = frame.ready.tape.zone
    return [] if zone == "UTC" else [Note(message="measure-note-zone", facts={"zone": zone})]


def _about_sessions(limits: Limits) -> Note:
    """How sessions were cut."""
    minutes = round(limits.session_gap.total_seconds() / 60, 1)
    whole = int(minutes) if minutes == int(minutes) else minutes
    return Note(message="measure-note-sessions", facts={"minutes": whole, "by": limits.session_by})


def _note_of_sessions(note: Note) -> Note:
    """A note that speaks of customers, of sessions."""
    told = note.message == "measure-note-left-out"
    return note.model_copy(update={"message": f"{note.message}-sessions"}) if told else note


def _of_sessions(column: Column) -> Column:
    """A column of numbers of passes or customers where each of these is a session."""
    counted = column.id in ("passes", "customers")
    return column.model_copy(update={"called": "measure-column-sessions"}) if counted else column
