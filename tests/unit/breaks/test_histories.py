"""What single customers did (R-24): counted at once, and pass by pass in plain Python."""

from __future__ import annotations

from types import ModuleType

import numpy as np
import pytest

from tropa.simulate import markov
from tropa.stats.sorts import LEVELS
from tropa.trail import histories as module
from tropa.trail.bind import bind
from tropa.trail.histories import histories
from tropa.trail.passes import DONE, EXIT, Passes, find_passes, pass_limits
from tropa.trail.strata import strata_of

COMING = np.linspace(0.1, 1.0, 48)


def plain(passes: Passes, until: int, post: set[int]) -> list[tuple[float, ...]]:
    """One row a customer: visits and leaves by kind and stage, passes, deals, came, waited, payments."""
    rows: dict[int, dict[str, object]] = {}
    out = []
    for p in range(len(passes)):
        if passes.start[p] >= until:
            continue
        who = int(passes.customer[p])
        row = rows.setdefault(who, {"count": {}, "paid": [], "bought": False, "any": False})
        count: dict[tuple[object, ...], int] = row["count"]  # type: ignore[assignment]

        def add(*key: object, into: dict[tuple[object, ...], int] = count) -> None:
            into[key] = into.get(key, 0) + 1

        kind = 2 if row["bought"] else 1 if row["any"] else 0
        row["any"] = True
        dealt = passes.status[p] == DONE and passes.deal[p] < until
        add("pass", kind)
        for v in range(passes.visits_from[p], passes.visits_from[p + 1]):
            stage, time = int(passes.visit_stage[v]), int(passes.visit_time[v])
            if time + passes.limits.silence[stage] < until and (not dealt or time <= passes.deal[p] or stage in post):
                add("visit", kind, stage)
        last = int(passes.last_stage[p])
        if passes.status[p] == EXIT and passes.end[p] + passes.limits.silence[last] < until:
            add("leave", kind, last)
        if dealt:
            row["bought"] = True
            add("deal", kind)
            row["paid"].append(np.log(passes.value[p] / 100))  # type: ignore[attr-defined]
            if p + 1 < len(passes) and passes.customer[p + 1] == who and passes.start[p + 1] < until:
                add("came")
            else:
                part = int((until - passes.deal[p]) * len(COMING) // (until - passes.log_start))
                add("waited", round(float(COMING[min(part, len(COMING) - 1)]) * LEVELS))
    mean = np.mean([one for row in rows.values() for one in row["paid"]])  # type: ignore[attr-defined]
    stages = len(passes.limits.silence)
    for row in rows.values():
        c, paid = row["count"], np.array(row["paid"]) - mean
        out.append(
            (
                *(c.get(("visit", k, s), 0) for k in range(3) for s in range(stages)),  # type: ignore[attr-defined]
                *(c.get(("leave", k, s), 0) for k in range(3) for s in range(stages)),  # type: ignore[attr-defined]
                *(c.get(("pass", k), 0) for k in range(3)),  # type: ignore[attr-defined]
                *(c.get(("deal", k), 0) for k in range(3)),  # type: ignore[attr-defined]
                c.get(("came",), 0),  # type: ignore[attr-defined]
                *(c.get(("waited", k), 0) for k in range(LEVELS + 1)),  # type: ignore[attr-defined]
                len(paid), round(float(paid.sum()), 6), round(float((paid**2).sum()), 6),
            )
        )  # fmt: skip
    return sorted(out)


@pytest.mark.parametrize("seed", [1, 4, 9])
def test_histories_are_those_of_the_plain_twin(bench: ModuleType, seed: int) -> None:
    """R-24: every customer's history, those that are the same told as often as they occur."""
    world = markov(seed, customers=250)
    tape, value = bench.tape_of(world), bench.map_of(world)
    bound = bind(tape, value)
    passes = find_passes(tape, bound, value, pass_limits(value))
    until = passes.observed_until - 20 * 86_400_000_000
    found = histories(bound, passes, strata_of(tape, value, passes), until, COMING)
    rows = []
    for i, times in enumerate(found.times):
        parts = (found.visits, found.leaves, found.passes, found.deals, found.came, found.waited)
        paid = found.paid[i]
        row = (*(x for part in parts for x in np.ravel(part[i])), paid[0], *(round(float(x), 6) for x in paid[1:]))
        rows += [row] * int(times)
    post = set(np.flatnonzero(bound.later[bound.deal_stage]).tolist())
    expected = plain(passes, until, post)
    assert len(rows) == len(expected)
    assert np.array(sorted(rows)) == pytest.approx(np.array(expected), abs=2e-6)


def test_of_many_customers_some_are_drawn(bench: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-24: the drawn are whole customers, about as many as wanted, and the same every time."""
    world = markov(2, customers=1_500)
    tape, value = bench.tape_of(world), bench.map_of(world)
    bound = bind(tape, value)
    passes = find_passes(tape, bound, value, pass_limits(value))
    monkeypatch.setattr(module, "MOST", 300)
    strata = strata_of(tape, value, passes)
    one, other = (histories(bound, passes, strata, passes.observed_until, COMING) for _ in range(2))
    assert 230 < one.times.sum() < 370
    assert (one.visits == other.visits).all()
    assert one.passes[:, 0].tolist() == [1.0] * len(one.times)  # everybody has a first pass
