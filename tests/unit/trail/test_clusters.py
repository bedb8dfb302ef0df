"""Found segments: planted kinds of customers come out and are told in words; where there are none, that is said (R-29)."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from shops import log, shop_map

from tropa.model.measure import Answer
from tropa.trail import prepare
from tropa.trail.answers import find_answers
from tropa.trail.kernels.features import edges_of, features, naive_features
from tropa.trail.measures import Asked, ask, begin
from tropa.trail.rounds import run
from tropa.trail.slices import fixed
from tropa.trail.tape import Tape

KINDS = {
    "reader": ("see", "see2", "see", "see2", "see", "see2"),
    "buyer": ("see", "pick", "enter", "pay", "use"),
    "walker": ("shop",),
}


def planted(each: int, seed: int = 5) -> Tape:
    """Three kinds of customers, each with a little noise in what they do."""
    rng = np.random.default_rng(seed)
    rows = []
    for kind, events in KINDS.items():
        for k in range(each):
            kept = [name for name in events if rng.random() > 0.1] or [events[0]]
            rows += [(f"{kind}{k}", 10.0 * k + at / 10, name) for at, name in enumerate(kept)]
    values = [5_000 if row[2] == "pay" else -(2**63) for row in rows]
    return log(*rows, values=values)


def asked(tape: Tape) -> Asked:
    """Through the map with branches, so that every kind has stages of its own."""
    ready = prepare(tape, shop_map())
    return Asked(ready, find_answers(ready), ready.everybody)


def rows_of(answer: Answer) -> list[dict[str, Any]]:
    """Rows by name of the column."""
    return [dict(zip([column.id for column in answer.columns], row, strict=True)) for row in answer.rows]


def test_planted_kinds_come_out_and_are_described() -> None:
    """R-29: as many groups as kinds that the map sees, their sizes, and what sets them apart."""
    answer = ask("clusters", asked(planted(150)), {"level": "events"})
    rows = rows_of(answer)
    assert len(rows) == 2  # those who only walk by are on no stage of the map, so in no pass
    assert all(130 <= row["customers"] <= 170 for row in rows)
    buyers = next(row for row in rows if row["buying"] > 0.5)
    readers = next(row for row in rows if row is not buyers)
    assert {buyers["often_1"], buyers["often_2"], buyers["often_3"]} <= {
        f"event:{name}" for name in ("pick", "enter", "pay", "use")
    }
    assert readers["often_1"] == "event:see2"
    assert readers["buying"] < 0.05
    assert buyers["worth_low"] < buyers["worth"] < buyers["worth_high"]
    assert sum(row["customers"] for row in rows) == answer.n


def test_customers_of_one_kind_are_not_divided() -> None:
    """R-29: no groups is an answer, with its reason."""
    rng = np.random.default_rng(2)
    names = ("see", "see2", "pick", "enter", "pay", "use")
    rows = [(f"c{c}", 24.0 * c + at / 10, str(rng.choice(names))) for c in range(300) for at in range(30)]
    answer = ask("clusters", asked(log(*rows)), {"level": "events"})
    assert answer.cannot_tell is not None
    assert answer.cannot_tell.cannot_tell == "no-groups"


def test_the_groups_do_not_depend_on_the_cut() -> None:
    """R-63: any number of slices."""
    one = asked(planted(60))
    raw = {"level": "events", "groups": 2}
    expected = run(begin("clusters", one.frame, raw), [one], 1)
    assert expected.rows
    for slices in (2, 3, 7):
        assert run(begin("clusters", one.frame, raw), [one], slices) == expected


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.lists(st.one_of(st.none(), st.integers(0, 3)), min_size=1, max_size=8), max_size=3),
        min_size=1,
        max_size=4,
    )
)
def test_what_customers_did_is_counted_as_the_naive_one_does(customers: list[list[list[int | None]]]) -> None:
    """States entered and steps taken, pass by pass."""
    steps = {(0, 1): 4, (1, 0): 5, (2, 3): 6}
    edge = np.full((4, 4), -1, np.int64)
    for (a, b), column in steps.items():
        edge[a, b] = column
    flat = [(s, at == 0) for passes in customers for events in passes for at, s in enumerate(events)]
    offsets = np.cumsum([0] + [sum(map(len, passes)) for passes in customers]).astype(np.int64)
    state = np.array([65_535 if s is None else s for s, _ in flat], np.uint16)
    begins = np.array([begin for _, begin in flat], np.uint8)
    out, all_edges = np.zeros((len(customers), 7), np.int32), np.zeros((4, 4), np.int64)
    rest: Any = (fixed(offsets), fixed(state), fixed(begins))
    whose: Any = fixed(np.arange(len(customers)))
    features(whose, *rest, fixed(edge), out)
    assert out.tolist() == [naive_features(passes, 4, steps, 7) for passes in customers]
    chosen: Any = fixed(np.ones(len(customers), np.uint8))
    edges_of(0, len(customers), *rest, chosen, all_edges)
    assert [int(all_edges[pair]) for pair in steps] == out[:, 4:].sum(axis=0).tolist()
