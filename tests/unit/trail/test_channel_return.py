"""What channels and touchpoints cost and give back, and what moving money would do (R-28)."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shops import log, shop_map

from tropa.model import Money, TropaError
from tropa.model.measure import Answer
from tropa.stats.attribution import DEAL, LEFT, Chain, removal_shares
from tropa.stats.bootstrap import BUCKETS, bucket_weights
from tropa.trail import prepare
from tropa.trail.answers import find_answers
from tropa.trail.filters import Filter, choose
from tropa.trail.measures import Asked, ask
from tropa.trail.measures.channel_costs import Paid, amount_of, as_text, costs_of
from tropa.trail.tape import NO_VALUE, Tape


def shop(customers: int = 200, seed: int = 7, *, values: bool = True) -> Tape:
    """Customers who come by one to three channels; each second one buys for 100."""
    rng = np.random.default_rng(seed)
    rows: list[tuple[str, float, str]] = []
    channels: list[str | None] = []
    paid: list[int] = []
    for c in range(customers):
        for at in range(int(rng.integers(1, 4))):
            rows.append((f"c{c:03}", c % 60 + at, "see"))
            channels.append(str(rng.choice(["ads", "seo", "mail"])))
            paid.append(NO_VALUE)
        if c % 2:
            rows.append((f"c{c:03}", c % 60 + 5, "pay"))
            channels.append(None)
            paid.append(10_000 if values else NO_VALUE)
    rows.append(("late", 900, "see"))
    return log(*rows, channels=[*channels, None], values=np.array([*paid, NO_VALUE]))


def asked_of(tape: Tape, wish: Filter | None = None, **fields: Any) -> Asked:
    ready = prepare(tape, shop_map(**fields))
    return Asked.of(choose(ready, find_answers(ready), wish or Filter()))


def table(found: Answer) -> dict[str, dict[str, Any]]:
    return {str(row[0]): dict(zip([one.id for one in found.columns], row, strict=True)) for row in found.rows}


@pytest.mark.parametrize("rule", ["markov", "shapley", "first", "last", "linear", "decay", "position"])
def test_deals_and_money_are_shared_out_to_the_last_one(rule: str) -> None:
    """R-28: by every rule the credited deals are all deals, the money all money; where deals are worth the same, in the same shares."""
    asked = asked_of(shop())
    found = ask("channel-return", asked, {"costs": "ads=5000; seo=1000", "rule": rule})
    rows, shares = table(found), table(ask("channels", asked))
    assert found.n == 100
    assert sum(one["credited"] for one in rows.values()) == pytest.approx(100)
    assert sum(one["earned"] for one in rows.values()) == pytest.approx(10_000)
    for name, one in rows.items():
        assert one["credited"] == pytest.approx(100 * shares[name][rule])
        assert one["earned"] == pytest.approx(one["credited"] * 100, rel=1e-6)
        assert one["credited_low"] <= one["credited"] <= one["credited_high"]
    assert list(rows) == ["ads", "seo", "mail"]
    assert rows["ads"]["return"] == pytest.approx(rows["ads"]["earned"] / 5000)
    assert rows["ads"]["deal_cost"] == pytest.approx(5000 / rows["ads"]["credited"])
    assert rows["ads"]["deal_cost_low"] < rows["ads"]["deal_cost"] < rows["ads"]["deal_cost_high"]
    assert rows["mail"]["cost"] is rows["mail"]["return"] is rows["mail"]["deal_cost"] is None
    assert "change" not in rows["ads"]
    assert [note.message for note in found.notes] == ["measure-note-return", "measure-note-return-revenue"]


def test_money_as_the_map_says() -> None:
    """R-28: a margin is taken off, a map's worth of a deal stands in for money, and without either nothing is given back."""
    raw = {"costs": "ads=5000", "rule": "linear"}
    whole, kept = (
        table(ask("channel-return", asked_of(shop(), money=money), raw))["ads"]
        for money in (Money(), Money(margin=0.25))
    )
    assert kept["earned"] == pytest.approx(whole["earned"] / 4)
    worth = table(ask("channel-return", asked_of(shop(values=False), money=Money(deal_value=7.0)), raw))["ads"]
    assert worth["earned"] == pytest.approx(worth["credited"] * 7)
    nothing = ask("channel-return", asked_of(shop(values=False)), raw)
    assert table(nothing)["ads"]["earned"] is None
    assert "measure-note-return-no-money" in [note.message for note in nothing.notes]


@settings(max_examples=25, deadline=None)
@given(st.floats(0, 1), st.floats(1, 5000))
def test_moved_money_grows_by_the_power_that_is_assumed(elasticity: float, amount: float) -> None:
    """R-28: both sides by the assumption's formula; at elasticity 1 in proportion; what is put in never does harm by itself."""
    raw = {"costs": "ads=5000, seo=1000", "rule": "first", "move-from": "ads", "move-to": "seo", "move": amount}
    found = ask("channel-return", MOVING, raw | {"elasticity": elasticity})
    rows = table(found)
    for name, before, after in (("ads", 5000, 5000 - amount), ("seo", 1000, 1000 + amount)):
        one = rows[name]
        assert one["cost_after"] == pytest.approx(after)
        grown = (after / before) ** elasticity if after > 0 else 0.0
        assert one["change"] == pytest.approx(one["earned"] * (grown - 1), abs=1e-6)
        assert one["change_low"] <= one["change"] <= one["change_high"]
    moved, assumed = found.notes[-2:]
    assert moved.facts["change"] == round(rows["ads"]["change"] + rows["seo"]["change"])
    assert moved.facts["low"] <= moved.facts["change"] <= moved.facts["high"]
    assert assumed.facts == {"elasticity": elasticity}
    assert rows["mail"]["change"] is None


MOVING = asked_of(shop())


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ({"costs": "ads"}, "TR-T381"),
        ({"costs": "ads=-3"}, "TR-T381"),
        ({"costs": "=3"}, "TR-T381"),
        ({"costs": "ads=inf"}, "TR-T381"),
        ({"costs": "@costs.csv"}, "TR-T381"),
        ({"costs": "[broken"}, "TR-T381"),
        ({"costs": '[["ads"]]'}, "TR-T381"),
        ({"costs": "asd=3"}, "TR-T382"),
        ({"costs": "ads=3, seo=2", "move-from": "ads"}, "TR-T383"),
        ({"costs": "ads=3, seo=2", "move-from": "ads", "move-to": "mail", "move": 1}, "TR-T383"),
        ({"costs": "ads=3, seo=2", "move-from": "ads", "move-to": "ads", "move": 1}, "TR-T383"),
        ({"costs": "ads=3, seo=2", "move-from": "ads", "move-to": "seo", "move": 4}, "TR-T383"),
    ],
)
def test_what_cannot_be_asked_is_told(raw: dict[str, Any], code: str) -> None:
    """R-28: costs that cannot be read, channels that are not there (with the near miss), money that cannot be moved."""
    with pytest.raises(TropaError, match=code) as caught:
        ask("channel-return", MOVING, raw)
    if code == "TR-T382":
        assert caught.value.facts["near"] == "ads"


def test_without_costs_there_is_nothing_to_tell() -> None:
    """R-28: and what to write is said."""
    found = ask("channel-return", MOVING)
    assert found.cannot_tell is not None
    assert found.cannot_tell.cannot_tell == "no-costs"


def test_costs_as_people_write_them() -> None:
    """R-28: commas between amounts and within them, spaces, and names of any kind by way of a table."""
    assert costs_of("ads=120000, seo=30000") == (Paid("ads", 120_000), Paid("seo", 30_000))
    assert costs_of("ads=1200,50, мой канал = 3 000;x=1e3\ny=2") == (
        Paid("ads", 1200.5), Paid("мой канал", 3000), Paid("x", 1000), Paid("y", 2),
    )  # fmt: skip
    assert [amount_of(one) for one in ("1\u00a0234,5", "1,234.50", "1,234,567", "12,345")] == [
        1234.5,
        1234.5,
        1234567,
        12.345,
    ]
    rows = (Paid("a=b, c", 5.0), Paid("d", 7.5, date(2026, 1, 1), date(2026, 1, 31)))
    assert costs_of(as_text(rows)) == rows


def test_costs_of_other_days_are_left_out_and_said() -> None:
    """R-28: an amount with days counts by how many of them lie in the time asked about (here nine days of 1970 and the filter's two)."""
    tape = shop()
    text = as_text(
        [
            Paid("ads", 100.0, date(1969, 12, 31), date(1970, 1, 1)),
            Paid("seo", 10.0, date(1970, 1, 2), date(1970, 1, 3)),
        ]
    )
    found = ask("channel-return", asked_of(tape), {"costs": text})
    assert {name: one["cost"] for name, one in table(found).items()} == {"ads": 50.0, "seo": 10.0, "mail": None}
    assert found.notes[-1].message == "measure-note-costs-outside"
    assert found.notes[-1].facts == {"n": 50.0}
    first_days = Filter(start=0, end=2 * 86_400_000_000)
    some = ask("channel-return", asked_of(tape, first_days), {"costs": text})
    assert table(some)["seo"]["cost"] == 5.0


def test_costs_are_told_to_be_for_everybody() -> None:
    """R-28: a filter chooses customers, not costs."""
    some = ask("channel-return", asked_of(shop(), Filter(channel="ads")), {"costs": "ads=10"})
    assert "measure-note-return-chosen" in [note.message for note in some.notes]


def test_many_channels_are_told_together_and_no_cost_is_lost() -> None:
    """R-28: those with costs by name first; the costs of the rest together."""
    names = [f"ch{k:02}" for k in range(40)]
    rows, channels = [], []
    for k, name in enumerate(names):
        for n in range(40 - k):
            rows += [(f"{name}-{n}", n, "see"), (f"{name}-{n}", n + 1, "pay")]
            channels += [name, None]
    asked = asked_of(log(*rows, ("z", 500, "see"), channels=[*channels, None]), money=Money(deal_value=1.0))
    found = table(ask("channel-return", asked, {"costs": ", ".join(f"{name}=2" for name in names[5:])}))
    assert len(found) == 31
    assert sum(one["cost"] or 0 for one in found.values()) == 70
    assert found["mark:other"]["cost"] == 10
    by_order = [ask("channels", asked, {"order": order}) for order in (1, 2, 3)]
    assert [len(one.rows) for one in by_order] == [31, 16, 8]
    assert [one.notes[-1].facts for one in by_order] == [{"n": 30}, {"n": 15}, {"n": 7}]


def test_slopes_tell_what_solving_each_replicate_tells() -> None:
    """R-28: intervals of large chains are those of resampling, within a fiftieth of their width; shares are the same."""
    rng = np.random.default_rng(5)
    channels, size = 4, 5
    steps = [(a, b) for a in range(size) for b in (*range(1, size), DEAL, LEFT) if not (a == b or (a == 0 and b < 0))]
    counts = rng.poisson(4.0, (BUCKETS, len(steps))).astype(float) * (rng.random((BUCKETS, 1)) < 0.6)
    chain = Chain(np.arange(size) - 1, np.array([a for a, _ in steps]), np.array([b for _, b in steps]), channels)
    weights = bucket_weights(300, 1)
    sample, solved = chain.removal(counts, weights)
    kept = [chain.newest != k for k in (-9, *range(channels))]
    told, known = chain._sloped(counts, weights, kept), chain._solved(counts, weights, kept)
    assert [one[0] for one in told] == pytest.approx([one[0] for one in known])
    every, exact = np.array([one[1] for one in told]), np.array([one[1] for one in known])
    assert all(np.corrcoef(a, b)[0, 1] > 0.99 for a, b in zip(every, exact, strict=True))
    assert every.std(axis=1) == pytest.approx(exact.std(axis=1), rel=0.02)
    dense = np.zeros((size, channels + 2))
    for (a, b), n in zip(steps, counts.sum(axis=0), strict=True):
        dense[a - 1, {DEAL: channels, LEFT: channels + 1}.get(b, b - 1)] = n
    assert sample == pytest.approx(removal_shares(dense))
    assert solved.mean(axis=0) == pytest.approx(sample, abs=0.01)


def test_what_a_touchpoint_costs() -> None:
    """R-28: for each person who met it, and for each deal more that goes with it; volume and conversion stay as they are."""
    rows: list[tuple[str, float, str]] = []
    for c in range(200):
        having = c % 2 == 0
        rows.append((f"c{c:03}", c % 50, "see"))
        if having:
            rows += [(f"c{c:03}", c % 50 + 1, "see2")]
        if c % 20 < (14 if having else 6):
            rows.append((f"c{c:03}", c % 50 + 2, "pay"))
    asked = asked_of(log(*rows, ("z", 500, "use")))
    plain, priced = ask("touchpoints", asked), ask("touchpoints", asked, {"costs": "at-see2=500"})
    size = len(plain.columns)
    assert [row[:size] for row in priced.rows] == list(plain.rows)
    one = table(priced)["point:at-see2"]
    assert (one["cost"], one["people"], one["person_cost"]) == (500, 100, 5)
    assert one["deal_difference"] == pytest.approx(0.4)
    assert one["extra_cost"] == pytest.approx(500 / (100 * 0.4))
    assert one["extra_cost_low"] == pytest.approx(5 / one["deal_difference_high"])
    assert one["extra_cost_high"] == pytest.approx(5 / one["deal_difference_low"])
    assert priced.notes[-1].message == "measure-note-touchpoint-costs"
    with pytest.raises(TropaError, match="TR-T382") as caught:
        ask("touchpoints", asked, {"costs": "at-se2=5"})
    assert caught.value.facts["near"] == "at-see2"


def test_a_touchpoint_that_surely_adds_no_deal_has_no_such_cost() -> None:
    """R-28: cannot tell is no number; and costs of what is not compared are said."""
    rows: list[tuple[str, float, str]] = []
    for c in range(80):
        rows += [(f"c{c:03}", c, "see"), *([(f"c{c:03}", c + 1, "see2")] if c % 2 else [])]
        rows += [(f"c{c:03}", c + 2, "pay")] if c % 4 < 2 else []
    asked = asked_of(log(*rows, ("z", 500, "use")))
    found = ask("touchpoints", asked, {"costs": "at-see2=50, at-pay=7"})
    assert table(found)["point:at-see2"]["extra_cost"] is None
    assert table(found)["point:at-see2"]["deal_difference"] == pytest.approx(0.0)
    assert {"n": 7.0} in [note.facts for note in found.notes]
