"""R-21: returns with numbers of their own come off the purchases they came from."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tropa.model import Deal, EventRule, Map, Stage
from tropa.trail.archive.build import tape_from_arrays
from tropa.trail.bind import bind
from tropa.trail.kernels.returns import naive_take_back
from tropa.trail.tape import NO_VALUE, Column, Tape

HOUR = 3_600_000_000
NAMES = ("", "bought", "back", "seen")
SHOP = Map(title="s", stages=(Stage(id="buy", title="b", deal=Deal(event="bought", void=EventRule(event="back"))),))


def tape(rows: list[tuple[int, int, str, int | None, int, int]], *, goods: bool = True) -> Tape:
    """Rows: customer, hour, event, value, order, goods (0: none)."""
    rows = sorted(rows, key=lambda row: (row[0], row[1]))
    people = sorted({row[0] for row in rows})
    who = np.array([people.index(row[0]) for row in rows], np.int64)
    codes = {f"g{row[5]}" for row in rows if row[5]}
    names = ("", *sorted(codes))
    article = np.array([names.index(f"g{row[5]}") if row[5] else 0 for row in rows], np.uint8)
    return tape_from_arrays(
        customers=np.array([f"c{one}" for one in people]),
        customer=who,
        time=np.array([row[1] * HOUR for row in rows], np.int64),
        event=Column(np.array([NAMES.index(row[2]) for row in rows], np.uint8), NAMES),
        value=np.array([NO_VALUE if row[3] is None else row[3] for row in rows], np.int64),
        order=np.array([row[4] for row in rows], np.uint32),
        properties={"StockCode": Column(article, names)} if goods else {},
    )


def deals(of: Tape) -> tuple[list[int], list[bool], list[int]]:
    """Values of deals that are left, which of the dropped ones were brought back, what of each return fits nothing."""
    found = bind(of, SHOP).deals
    return found.value.tolist(), found.brought_back.tolist(), found.unmatched.tolist()


def test_a_part_comes_off_and_the_whole_is_no_deal() -> None:
    """R-21: same customer, same goods, latest earlier purchase first; a part leaves the deal."""
    bought = [(1, 1, "bought", 100, 1, 5), (1, 2, "bought", 60, 2, 5), (1, 2, "bought", 40, 2, 6)]
    assert deals(tape([*bought, (1, 3, "back", -30, 9, 5)])) == ([100, 70], [], [0])
    assert deals(tape([*bought, (1, 3, "back", -90, 9, 5)])) == ([70, 40], [], [0])
    assert deals(tape([*bought, (1, 3, "back", -160, 9, 5)])) == ([40], [True], [0])
    assert deals(tape([*bought, (1, 3, "back", -200, 9, 5)])) == ([40], [True], [40])


def test_what_fits_no_purchase_is_told() -> None:
    """R-21: other goods, another customer's purchase, a purchase that came later."""
    bought = [(1, 5, "bought", 100, 1, 5), (2, 1, "bought", 100, 2, 6)]
    assert deals(tape([*bought, (1, 6, "back", -10, 9, 6)])) == ([100, 100], [], [10])
    assert deals(tape([*bought, (1, 4, "back", -10, 9, 5)])) == ([100, 100], [], [10])


def test_without_goods_and_under_the_orders_own_number() -> None:
    """R-21: without goods the latest purchase gives; under its own number the order does, however old; no amount still voids the order."""
    bought = [(1, 1, "bought", 100, 1, 0), (1, 2, "bought", 60, 2, 0)]
    assert deals(tape([*bought, (1, 3, "back", -70, 0, 0)], goods=False)) == ([90], [True], [0])
    assert deals(tape([*bought, (1, 3, "back", -70, 1, 0)], goods=False)) == ([30, 60], [], [0])
    assert deals(tape([*bought, (1, 3, "back", None, 1, 0)], goods=False)) == ([60], [False], [])


rows = st.lists(
    st.tuples(
        st.integers(1, 3), st.integers(0, 8), st.sampled_from(("bought", "bought", "back", "seen")), st.integers(1, 9), st.integers(0,
            4), st.integers(0, 2)
    ),
    min_size=1,
    max_size=30,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(rows)
def test_as_the_twin_takes_it_back(drawn: list[tuple[int, int, str, int, int, int]]) -> None:
    """R-21: the kernel and its plain twin, deal by deal and return by return."""
    signed: list[Any] = [
        (who, at, what, -worth if what == "back" else worth, order, goods)
        for who, at, what, worth, order, goods in drawn
    ]
    of = tape(signed)
    with_returns = bind(of, SHOP).deals
    plain = bind(of, Map(title="s", stages=(Stage(id="buy", title="b", deal=Deal(event="bought")),))).deals
    goods = of.properties["StockCode"].codes
    left: dict[int, int] = {}
    gone: set[int] = set()
    unmatched: dict[int, int] = {}
    for c in range(len(of.customers)):
        events = range(int(of.offsets[c]), int(of.offsets[c + 1]))
        lines = {i for i in events if NAMES[of.event.codes[i]] == "bought"}
        backs = {i for i in events if NAMES[of.event.codes[i]] == "back"}
        own = {int(e): int(v) for e, v, who in zip(plain.event, plain.value, plain.customer, strict=True) if who == c}
        after, lost, odd = naive_take_back(events, lines, backs, own, of.time, of.order, goods, of.value, NO_VALUE)
        left |= after
        gone |= lost
        unmatched |= odd
    kept = {event: worth for event, worth in left.items() if event not in gone}
    assert dict(zip(with_returns.event.tolist(), with_returns.value.tolist(), strict=True)) == kept
    assert set(with_returns.void_event[with_returns.brought_back].tolist()) == gone
    assert dict(zip(with_returns.returns.tolist(), with_returns.unmatched.tolist(), strict=True)) == unmatched
