"""Conversions, repeat purchase, and differences of two halves: are their intervals as sure as they say? (R-10, R-23, R-27)"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from shops import DAY, TURN, Kind, Passes, map_of_shop, passes_of, shares, tape_of_passes, truth_of

from tropa.model import Rate, Readings
from tropa.service.comparing import differences
from tropa.trail import prepare
from tropa.trail.answers import find_answers
from tropa.trail.filters import Filter, choose
from tropa.trail.measure import readings_of
from tropa.trail.prepare import Prepared

Rows = list[dict[str, Any]]
KINDS = (Kind(), Kind(pick=0.2, again=0.3, tastes=2.0), Kind(pick=0.8, again=0.7, tastes=10.0, wait=25.0))
"""Shops of the middling, the rare and the frequent; customers of the second differ most."""
GAP = Kind(pick=0.35, after=0.06, group=0.06)


def told(seed: int, *, customers: int) -> Rows:
    """One shop's conversion and repeat purchase beside what they are, and beside what they come to where the log's end is not heeded."""
    kind = KINDS[seed % len(KINDS)]
    passes = passes_of(kind, customers, np.random.default_rng((seed, 23)))
    truth, raw = truth_of(kind), shares(passes)
    found = _readings(_prepared(passes, customers), Filter())
    out = [_row("conversion within the window", truth["pick"], found.stages[0].conversion)]
    out.append(_row("repeat purchase within the horizon", truth["repeat"], found.loop.repeat_rate))
    loop = found.loop
    if loop.repeat_curve is not None:
        row = {"of": "repeat purchase by Kaplan–Meier", "truth": truth["curve"], "value": loop.repeat_curve}
        if loop.repeat_curve_low is not None and loop.repeat_curve_high is not None:
            row |= {"low": loop.repeat_curve_low, "high": loop.repeat_curve_high}
        out.append(row)
    for name, about, share in (("conversion", "pick raw", "pick"), ("repeat purchase", "repeat raw", "curve")):
        if raw[about] == raw[about]:
            out.append(
                {
                    "of": f"{name}, the end of the log not heeded",
                    "truth": truth[share],
                    "value": raw[about],
                    "peer": True,
                }
            )
    return out


def _row(of: str, truth: float, rate: Any) -> dict[str, Any]:
    if not isinstance(rate, Rate):
        return {"of": of, "silent": True}
    return {"of": of, "truth": truth, "value": rate.value, "low": rate.low, "high": rate.high}


def _prepared(passes: Passes, customers: int) -> Prepared:
    return prepare(tape_of_passes(passes, customers), map_of_shop())


def _readings(ready: Prepared, wish: Filter) -> Readings:
    chosen = choose(ready, find_answers(ready), wish)
    return readings_of(chosen.ready, chosen.answers, chosen.customers, breaks=False)


def gaps(seed: int, *, planted: bool) -> Rows:
    """Two halves of the time, and two of the customers: the difference told beside the planted one (or none)."""
    kind = GAP if planted else Kind(pick=0.35)
    customers = 2_000
    passes = passes_of(kind, customers, np.random.default_rng((seed, 29)))
    ready, truth = _prepared(passes, customers), truth_of(kind)
    turn = int(TURN * DAY)
    out: Rows = []
    for about, names, wishes in (
        ("periods", ("early", "late"), (Filter(end=turn), Filter(start=turn))),
        ("segments", ("even", "odd"), (Filter(segment="even"), Filter(segment="odd"))),
    ):
        found = differences(_readings(ready, wishes[0]), _readings(ready, wishes[1]), chance=True)
        at = next(one for one in found if one.stage == "see" and one.measure == "conversion")
        real = truth[f"pick {names[1]}"] - truth[f"pick {names[0]}"]
        out.append({"of": f"difference of {about}", "truth": real, "value": at.value, "low": at.low, "high": at.high})
        if planted:
            out.append({"of": f"the planted difference of {about} told", "hit": bool(at.significant and at.value > 0)})
        else:
            out.append({"of": f"any difference of {about} told", "hit": any(bool(one.significant) for one in found)})
    return out


middle, few, very_few = (partial(told, customers=n) for n in (2_000, 200, 40))
uplift, level = partial(gaps, planted=True), partial(gaps, planted=False)
