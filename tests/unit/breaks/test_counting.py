"""The counting kernel against its plain twin (R-24)."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tropa.model import Map
from tropa.trail.archive.build import tape_from_columns
from tropa.trail.bind import bind
from tropa.trail.counting import BINS, count
from tropa.trail.kernels.breaks import naive_tally
from tropa.trail.passes import DONE, find_passes, pass_limits
from tropa.trail.strata import strata_of

HOUR = 3_600_000_000
EVENTS = ("a", "b", "buy", "use", "void")
VALUE = Map.model_validate(
    {
        "title": "t",
        "limits": {"silence": "5d", "settle": "12h"},
        "stages": [
            {"id": "a", "title": "a", "when": {"event": "a"}},
            {"id": "b", "title": "b", "when": {"event": "b"}, "deal": {"event": "buy", "void": {"event": "void"}}},
            {"id": "use", "title": "use", "when": {"event": "use"}, "silence": "9d"},
        ],
    }
)
LOGS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 24 * 60), st.sampled_from(EVENTS)), min_size=2, max_size=60)


@settings(max_examples=150, deadline=None)
@given(LOGS)
def test_kernel_is_its_twin(log: list[tuple[int, int, str]]) -> None:
    """R-24: every count of the kernel, summed over buckets, is the plain count."""
    tape = tape_from_columns(
        [str(who) for who, _, _ in log],
        [at * HOUR for _, at, _ in log],
        [name for _, _, name in log],
        values=[100] * len(log),
    )
    bound = bind(tape, VALUE)
    passes = find_passes(tape, bound, VALUE, pass_limits(VALUE))
    if not len(passes) or passes.observed_until <= passes.log_start:
        return
    counted = count(bound, passes, strata_of(tape, VALUE, passes))
    place = {stage: index for index, stage in enumerate(counted.stages)}
    rows: list[dict[str, Any]] = []
    for p in range(len(passes)):
        span = range(int(passes.visits_from[p]), int(passes.visits_from[p + 1]))
        rows.append(
            {
                "customer": int(passes.customer[p]), "start": int(passes.start[p]), "end": int(passes.end[p]),
                "status": int(passes.status[p]), "deal": int(passes.deal[p]) if passes.status[p] == DONE else None,
                "value": int(passes.value[p]), "visits": [(place[int(passes.visit_stage[i])], int(passes.visit_time[i])) for i in span],
            }
        )  # fmt: skip
    post = {place[s] for s in counted.stages if bound.later[bound.deal_stage, s]}
    silence = [int(passes.limits.silence[s]) for s in counted.stages]
    naive = naive_tally(rows, post, silence, passes.log_start, passes.observed_until, BINS)
    assert kernel_counts(counted.counts, len(counted.stages)) == naive


def kernel_counts(counts: Any, stages: int) -> dict[tuple[Any, ...], int]:
    """The kernel's tables as the twin's dictionary."""
    names = {stages: "deal", stages + 1: "leave"}
    out: dict[tuple[Any, ...], int] = {}
    for kind, row, column in np.argwhere(counts.flow.sum(axis=0)):
        key = ("flow", int(kind), "start" if row == stages else int(row), names.get(int(column), int(column)))
        out[key] = int(counts.flow.sum(axis=0)[kind, row, column])
    tables = {
        "starts": counts.starts, "deal-after": counts.deal_delay, "exit-after": counts.exit_delay, "again-deal": counts.again_deal,
        "gone-deal": counts.gone_deal, "again-exit": counts.again_exit, "gone-exit": counts.gone_exit,
    }  # fmt: skip
    for name, table in tables.items():
        whole = table.sum(axis=0)
        out |= {(name, *(int(i) for i in spot)): int(whole[tuple(spot)]) for spot in np.argwhere(whole)}
    reach, money = counts.reach.sum(axis=0), counts.money.sum(axis=0)
    out |= {("reach", int(k), int(s)): int(reach[k, s, 0]) for k, s in np.argwhere(reach[..., 0])}
    out |= {("left", int(k), int(s)): int(reach[k, s, 1]) for k, s in np.argwhere(reach[..., 1])}
    out |= {("money", int(k)): int(money[k, 0]) for (k,) in np.argwhere(money[:, 0])}
    return out
