"""What channels contribute to deals, or to reaching a stage, by every usual rule side by side (R-28). Association: only a holdout shows
what a channel brings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from tropa.model import CannotTell, Unit
from tropa.model.measure import Answer, Cell, Column, Declaration, Note, Parameter, Picture, Setting
from tropa.stats.bootstrap import percentile_interval
from tropa.trail.measures.asked import Asked, answer_of, micros, number
from tropa.trail.measures.channel_credit import MOST, NAMES, Credits, Wanted, counted, named, together
from tropa.trail.measures.columns import ranged
from tropa.trail.measures.sides import stage_number
from tropa.trail.rounds import Round, added, itself
from tropa.trail.tape import Longs

ALL = "all"


def _columns(rules: tuple[str, ...] = NAMES, intervals: bool = True) -> tuple[Column, ...]:
    out = [Column(id="channel", kind="channel"), Column(id="touched", kind="count")]
    for name in rules:
        out += ranged(name) if intervals else (Column(id=name, kind="share"),)
    return tuple(out)


DECLARATION = Declaration(
    id="channels",
    unit=Unit.PASSES,
    parameters=(
        Parameter(id="goal", kind="stage", optional=True),
        Parameter(id="order", kind="number", default=1, least=1, most=max(MOST)),
        Parameter(id="half-life", kind="duration", default="7d"),
        Parameter(id="rule", kind="choice", choices=(ALL, *NAMES), default=ALL),
        Parameter(id="intervals", kind="flag", default=True),
    ),
    picture=Picture(kind="bars", x="channel", value="markov"),
    columns=_columns(),
    definition="channels",
)


def rounds(frame: Asked, settings: Mapping[str, Setting]) -> Any:
    """Shares of the deals (or of the passes that came to the stage `goal`) by channel, those with the largest removal effect first (where
    another `rule` alone is asked for, with the largest share). Without `intervals` nothing is resampled.

    Those without any known channel are left out. Raises TR-T305 for a stage that the map does not have.
    """
    goal, order, rule = settings["goal"], int(number(settings["order"])), str(settings["rule"])
    place = -1 if goal is None else stage_number(frame.ready, str(goal).removeprefix("stage:"))

    def then(found: tuple[Longs]) -> Any:
        names, table = named(frame.ready.tape.channel.names, found[0], MOST[order])
        if not names:
            return answer_of(DECLARATION, frame, 0, (), cannot_tell=CannotTell(cannot_tell="no-channels"))
        rules, life = NAMES if rule == ALL else (rule,), float(micros(settings["half-life"]))
        wanted = Wanted(table, len(names), order, life, place, rules=rules, intervals=bool(settings["intervals"]))
        return Round(itself, wanted.chunk, together, lambda found: _told(frame, names, wanted, Credits(wanted, found)))

    return Round(itself, counted, added, then)


def _told(frame: Asked, names: tuple[str, ...], wanted: Wanted, found: Credits) -> Answer:
    total, done = int(found.deals[0]), int(found.facts[0])
    if not total:
        lack = CannotTell(cannot_tell="no-deal" if wanted.goal < 0 else "too-few")
        return answer_of(DECLARATION, frame, 0, (), cannot_tell=lack)
    first = "markov" if "markov" in wanted.rules else wanted.rules[0]
    rows: list[tuple[Cell, ...]] = []
    for k in np.lexsort((np.arange(len(names)), -found.share[first][0])).tolist():
        if not found.touched[k]:
            continue
        row: list[Cell] = [names[k], int(found.touched[k])]
        for name in wanted.rules:
            value = float(found.share[name][0, k])
            row.append(value)
            row += percentile_interval(value, found.share[name][1:, k]) if wanted.intervals else ()
        rows.append(tuple(row))
    answer = answer_of(DECLARATION, frame, total, rows, _notes(frame, names, wanted, total, done))
    return answer.model_copy(update={"columns": _columns(wanted.rules, wanted.intervals)})


def _notes(frame: Asked, names: tuple[str, ...], wanted: Wanted, total: int, done: int) -> list[Note]:
    notes = [Note(message="measure-note-channels", facts={"n": total})]
    if wanted.goal >= 0:
        stage = f"stage:{frame.ready.bound.stages[wanted.goal]}"
        notes = [Note(message="measure-note-channels-goal", facts={"n": total, "stage": stage})]
    if done > total:
        notes.append(Note(message="measure-note-no-channel", facts={"n": done - total}))
    if names[-1] == "mark:other":
        notes.append(Note(message="measure-note-channels-few", facts={"n": len(names) - 1}))
    return notes
