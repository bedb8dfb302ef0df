"""Satisfaction: the mean score of customers' answers by stage and touchpoint, with the spread between customers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.model import CannotTell, Satisfaction
from tropa.stats.means import clustered_mean, in_order
from tropa.trail.bind import NO_POINT, NO_STAGE
from tropa.trail.prepare import Prepared
from tropa.trail.rules import events_that_fit
from tropa.trail.slices import customer_slices, over
from tropa.trail.tape import Longs

LOWEST, HIGHEST = -2.0, 2.0
UNIT = 100_000
"""Scores are summed as whole hundred-thousandths, so that the order of adding cannot matter."""
Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """All answers bound to a stage: event index, customer, stage, touchpoint, score in hundred-thousandths, number of its instrument."""

    event: Longs
    customer: Longs
    stage: npt.NDArray[np.uint8]
    point: npt.NDArray[np.uint16]
    score: Longs
    instrument: Longs
    instruments: tuple[str, ...]


def find_answers(ready: Prepared) -> AnswerTable:
    """The answers. Where the map says which events carry scores, only those; else every event with a score.

    The instrument is the log's; where the log does not say, the map's; else `native`.
    """
    tape, bound = ready.tape, ready.bound

    def work(first: int, last: int) -> Longs:
        here = slice(int(tape.offsets[first]), int(tape.offsets[last]))
        has = np.flatnonzero(~np.isnan(tape.score[here])) + here.start
        has = has[bound.cells.stage_at(has) != NO_STAGE]
        return np.stack([has, np.searchsorted(tape.offsets, has, side="right") - 1])

    found = over(customer_slices(tape.offsets) if tape.events else [], work)
    event, customer = np.concatenate([np.zeros((2, 0), np.int64), *found], axis=1)
    names = [*tape.instrument.names[1:]]
    code = tape.instrument.codes[event].astype(np.int64) - 1
    if ready.map.scores:
        by_map = np.full(len(event), -1, np.int64)
        for number, score in enumerate(ready.map.scores):
            if score.instrument not in names:
                names.append(score.instrument)
            fits = events_that_fit(tape, score.when, f"scores.{number}.when")[event]
            by_map[fits & (by_map < 0)] = names.index(score.instrument)
        meant = by_map >= 0
        event, customer, code = event[meant], customer[meant], np.where(code < 0, by_map, code)[meant]
    if (code < 0).any():
        if "native" not in names:
            names.append("native")
        code = np.where(code < 0, names.index("native"), code)
    return AnswerTable(
        event=event,
        customer=customer,
        stage=bound.cells.stage_at(event),
        point=bound.cells.point_at(event),
        score=np.round(tape.score[event].astype(np.float64) * UNIT).astype(np.int64),
        instrument=code,
        instruments=tuple(names),
    )


def no_answers(like: AnswerTable) -> AnswerTable:
    """No answers, of the same instruments."""
    return only_answers(like, np.zeros(len(like.event), np.bool_))


def only_answers(answers: AnswerTable, which: npt.NDArray[np.bool_]) -> AnswerTable:
    """Some of the answers (boolean by answer)."""
    names: tuple[Any, ...] = ("event", "customer", "stage", "point", "score", "instrument")
    return replace(answers, **{name: getattr(answers, name)[which] for name in names})


@dataclass(frozen=True, slots=True)
class Said:
    """Answers at one place: their sum (hundred-thousandths) and number by customer, in no order, and how many by instrument."""

    sums: Longs
    sizes: Longs
    instruments: Mapping[str, int]

    def beside(self, other: Said) -> Said:
        """The answers of both, of different customers."""
        both = dict(self.instruments)
        for name, n in other.instruments.items():
            both[name] = both.get(name, 0) + n
        return Said(np.append(self.sums, other.sums), np.append(self.sizes, other.sizes), both)


Satisfactions = dict[int, Satisfaction | CannotTell]
Spoken = tuple[dict[int, Said], dict[int, Said]]
"""Answers by stage and by touchpoint (index); what nobody answered is absent."""


def satisfaction(answers: AnswerTable, chosen: Bytes) -> tuple[Satisfactions, Satisfactions]:
    """Satisfaction by stage and by touchpoint (index → reading) for the chosen customers; what nobody answered is absent."""
    return felt(spoken(answers, chosen))


def spoken(answers: AnswerTable, chosen: Bytes) -> Spoken:
    """What the chosen customers said."""
    mine = chosen[answers.customer] != 0
    by_stage = {int(s): _said(answers, mine & (answers.stage == s)) for s in np.unique(answers.stage[mine])}
    points = np.unique(answers.point[mine])
    by_point = {int(k): _said(answers, mine & (answers.point == k)) for k in points if k != NO_POINT}
    return by_stage, by_point


def felt(said: Spoken) -> tuple[Satisfactions, Satisfactions]:
    """Satisfaction from what was said."""
    by_stage, by_point = ({place: _one(one) for place, one in part.items()} for part in said)
    return by_stage, by_point


def _said(answers: AnswerTable, which: npt.NDArray[np.bool_]) -> Said:
    customer, score = answers.customer[which], answers.score[which]
    edges = np.flatnonzero(np.r_[True, customer[1:] != customer[:-1]])
    tally = np.bincount(answers.instrument[which], minlength=len(answers.instruments))
    names = {name: int(n) for name, n in zip(answers.instruments, tally, strict=True) if n}
    return Said(np.add.reduceat(score, edges), np.diff(np.r_[edges, len(customer)]), names)


def _one(said: Said) -> Satisfaction | CannotTell:
    n = int(said.sizes.sum())
    if len(said.sizes) < 2:
        return CannotTell(cannot_tell="too-few", n=n)
    sums, sizes = in_order(said.sums, said.sizes)
    found = clustered_mean(sums / UNIT, sizes, LOWEST, HIGHEST)
    return Satisfaction(
        mean=found.mean,
        low=found.low,
        high=found.high,
        n=n,
        method=found.method,
        instruments=dict(sorted(said.instruments.items())),
    )
