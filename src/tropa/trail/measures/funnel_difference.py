"""Two groups of customers, or two periods, at the steps of one funnel: where they differ by more than chance (R-10, R-23)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.model import CannotTell, TropaError, Unit
from tropa.model.measure import Answer, Cell, Column, Declaration, Note, Parameter, Picture, Setting
from tropa.stats.contrast import difference, false_discovery, independence
from tropa.trail.calendar import day_in
from tropa.trail.measures.asked import Asked, answer_of
from tropa.trail.measures.attempts import PARAMETERS, Attempts, at_least, course_of
from tropa.trail.measures.columns import ranged, rate
from tropa.trail.measures.groups import Group, find_group
from tropa.trail.prepare import Prepared
from tropa.trail.rounds import Round, added
from tropa.trail.tape import Longs

ALPHA = 0.05


def _gap(name: str) -> tuple[Column, ...]:
    return (*ranged(f"{name}difference"), Column(id=f"{name}chance", kind="chance"))


DECLARATION = Declaration(
    id="funnel-difference",
    unit=Unit.CUSTOMERS,
    parameters=(
        *PARAMETERS,
        Parameter(id="first", kind="group", optional=True),
        Parameter(id="second", kind="group", optional=True),
    ),
    picture=Picture(kind="pairs", x="state", value="one_share", series="other_share"),
    columns=(
        Column(id="state", kind="state"),
        Column(id="one_group", kind="state", aside=True),
        Column(id="other_group", kind="state", aside=True),
        *ranged("one_share", part="one_n", whole="one_whole"),
        *ranged("other_share", part="other_n", whole="other_whole"),
        *_gap(""),
        *ranged("one_onward", part="one_n", whole="one_before"),
        *ranged("other_onward", part="other_n", whole="other_before"),
        *_gap("onward_"),
        Column(id="one_n", kind="count", aside=True),
        Column(id="one_before", kind="count", aside=True),
        Column(id="one_whole", kind="count", aside=True),
        Column(id="other_n", kind="count", aside=True),
        Column(id="other_before", kind="count", aside=True),
        Column(id="other_whole", kind="count", aside=True),
    ),
    definition="funnel-difference",
)


def rounds(frame: Asked, settings: Mapping[str, Setting]) -> Any:
    """Shares of both groups at every step, and their differences (second − first). Without groups: the two halves of the log's time.

    Raises as `attempts.course_of`, TR-T343 for a group that is not there, TR-T344 for the same group twice.
    """
    ready, course = frame.ready, course_of(frame.ready, settings)
    if course is None:
        return answer_of(DECLARATION, frame, 0, (), cannot_tell=CannotTell(cannot_tell="one-stage"))
    halves = _halves(ready)
    pair = tuple(
        half if settings[name] is None else find_group(ready, str(settings[name]))
        for name, half in zip(("first", "second"), halves, strict=True)
    )
    if pair[0] == pair[1]:
        raise TropaError("TR-T344", name=pair[0].name.partition(":")[2])
    view = partial(Attempts, course=course, groups=pair)
    return Round(view, _counted, added, lambda found: _told(frame, course.names, (pair[0], pair[1]), found))


def _halves(ready: Prepared) -> tuple[Group, Group]:
    """The earlier and the later half of the time that was observed, cut at a day's beginning."""
    passes = ready.whole.passes
    cut = day_in((passes.log_start + max(passes.observed_until, passes.log_start)) // 2, ready.tape.zone)
    return find_group(ready, f"..{cut - timedelta(days=1)}"), find_group(ready, f"{cut}..")


def _counted(view: Attempts, first: int, last: int) -> tuple[Longs, Longs, int]:
    """Customers of both groups by steps reached (2, steps + 1), those not seen for long enough (2), customers who began in both."""
    by_steps, unseen = view.steps(first, last)
    began = np.ones(last - first, np.bool_)
    for sight, customers in view.seen:
        began &= (customers[first:last] != 0) & (sight.attempts(first, last)[0] > 0)
    return by_steps, unseen, int(np.count_nonzero(began))


@dataclass(frozen=True, slots=True)
class _Gap:
    """A difference of two shares with its interval, and the chance of one as large; nothing where a side is empty."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None


def _between(x: int, n: int, y: int, m: int) -> _Gap:
    """y/m − x/n: Newcombe's interval; p by Pearson's test with Yates's correction, Fisher's exact one where few are expected."""
    if not n or not m:
        return _Gap()
    return _Gap(*difference(y, m, x, n), independence(x, n - x, y, m - y))


def _told(frame: Asked, names: tuple[str, ...], pair: tuple[Group, Group], found: tuple[Longs, Longs, int]) -> Answer:
    took, unseen, both = at_least(found[0]).tolist(), found[1].tolist(), int(found[2])
    one, other = took
    if not one[0] and not other[0]:
        return answer_of(DECLARATION, frame, 0, ())
    steps = range(len(names))
    share = [_between(one[k], one[0], other[k], other[0]) if k else _Gap() for k in steps]
    # to the second step from the first, and of all to the second step: one question, so tried once
    onward = [_between(one[k], one[k - 1], other[k], other[k - 1]) if k > 1 else share[k] for k in steps]
    tried = [gap.p for gap in (*share[1:], *onward[2:])]
    known = [at for at, p in enumerate(tried) if p is not None]
    chances: npt.NDArray[np.float64] = false_discovery(np.array([tried[at] for at in known], np.float64))
    chance: dict[int, float] = dict(zip(known, chances.tolist(), strict=True))
    rows: list[tuple[Cell, ...]] = []
    for k, name in enumerate(names):
        last = (one[k - 1], other[k - 1]) if k else (0, 0)
        of_all, of_last = chance.get(k - 1), chance.get(k - 1 if k < 2 else len(names) + k - 3)
        far, near = share[k], onward[k]
        rows.append(
            (
                name, pair[0].name, pair[1].name, *rate(one[k], one[0]), *rate(other[k], other[0]),
                far.value, far.low, far.high, of_all if k else None, *rate(one[k], last[0]), *rate(other[k], last[1]),
                near.value, near.low, near.high, of_last if k else None, one[k], last[0], one[0], other[k], last[1], other[0],
            )
        )  # fmt: skip
    real = sum(1 for one_chance in chance.values() if one_chance <= ALPHA)
    notes = [Note(message="measure-note-funnels-tried", facts={"n": len(known), "found": real})]
    if both:
        notes.append(Note(message="measure-note-funnels-both", facts={"n": both}))
    if any(unseen):
        notes.append(Note(message="measure-note-funnels-left-out", facts={"first": unseen[0], "second": unseen[1]}))
    return answer_of(DECLARATION, frame, one[0] + other[0], rows, notes)
