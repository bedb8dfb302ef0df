"""The loop's questions: naive twins over random logs, planted customers, and what cannot be told (R-27)."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shops import DAY, HOUR, log, logs, shop_map
from test_rounds import answers_of, numbered, part_of

from tropa.model import Map, Money, Segment, SegmentRule, TropaError
from tropa.model.measure import Answer
from tropa.stats.scores import grades
from tropa.trail import prepare
from tropa.trail.answers import find_answers
from tropa.trail.filters import Filter, choose
from tropa.trail.measures import Asked, ask
from tropa.trail.measures.rfm import NAMES, TABLE
from tropa.trail.parts import prepare_part
from tropa.trail.passes import DONE
from tropa.trail.tape import NO_VALUE, Tape

VALUE = shop_map(segments=(Segment(id="site", title="site", rule=SegmentRule(first_channel="site")),))


def asked_of(tape: Tape, value: Map = VALUE, wish: Filter | None = None) -> Asked:
    ready = prepare(tape, value)
    return Asked.of(choose(ready, find_answers(ready), wish or Filter()))


def rows_of(answer: Answer, *names: str) -> list[tuple[Any, ...]]:
    return list(zip(*(answer.column(name) for name in names), strict=True))


def purchases(asked: Asked) -> dict[int, list[tuple[int, int]]]:
    """By customer, (µs, minor units) of every pass with a deal that is known of."""
    passes, bound = asked.ready.whole.passes, asked.ready.bound
    until = int(bound.until[bound.deal_stage])
    out: dict[int, list[tuple[int, int]]] = {}
    for at in range(len(passes)):
        if passes.status[at] == DONE and passes.deal[at] <= until:
            out.setdefault(int(passes.customer[at]), []).append((int(passes.deal[at]), max(int(passes.value[at]), 0)))
    return out


def until_of(asked: Asked) -> int:
    return int(asked.ready.bound.until[asked.ready.bound.deal_stage])


@given(st.lists(st.integers(-3, 6), max_size=30))
def test_grades_as_they_are_defined(values: list[int]) -> None:
    """R-27: one more than so many fifths as are strictly worse; equals are graded alike."""
    found = grades(np.array(values, np.int64)).tolist()
    n = len(values)
    assert found == [1 + sum(other < value for other in values) * 5 // n for value in values]


@settings(max_examples=60, deadline=None)
@given(logs())
def test_rfm_as_the_twin_counts(tape: Tape) -> None:
    """R-27: who is in which group, by the whole list of buyers."""
    asked = asked_of(tape)
    found, bought = ask("rfm", asked), purchases(asked)
    if not bought:
        assert found.cannot_tell is not None
        return
    last = [rows[-1][0] // DAY for rows in bought.values()]
    often = [len(rows) for rows in bought.values()]
    n, groups = len(bought), dict.fromkeys(NAMES, 0)
    for day, count in zip(last, often, strict=True):
        recency = 1 + sum(other < day for other in last) * 5 // n
        frequency = 1 + sum(other < count for other in often) * 5 // n
        groups[NAMES[TABLE[recency - 1, frequency - 1]]] += 1
    expected = {f"mark:rfm-{name}": count for name, count in groups.items() if count}
    assert dict(rows_of(found, "rfm", "customers")) == expected
    grid = ask("rfm-grid", asked)
    assert sum(grid.column("customers")) == n
    by_name: dict[Any, int] = {}
    for name, count in rows_of(grid, "rfm", "customers"):
        by_name[name] = by_name.get(name, 0) + count
    assert len(grid.rows) == 25
    assert {name: count for name, count in by_name.items() if count} == expected


def curve_of(waits: list[tuple[int, bool]]) -> list[tuple[int, Fraction]]:
    """Kaplan–Meier by hand: the share that has come after each time at which somebody came."""
    left, out = Fraction(1), []
    for time in sorted({wait for wait, came in waits if came}):
        at_risk = sum(wait >= time for wait, _ in waits)
        left *= 1 - Fraction(sum(wait == time and came for wait, came in waits), at_risk)
        out.append((time, 1 - left))
    return out


@settings(max_examples=80, deadline=None)
@given(logs(), st.sampled_from([None, "12h", "9d"]))
def test_sales_cycle_as_the_twin_counts(tape: Tape, within: str | None) -> None:
    """R-27: first contact to first deal, beginnings that were not seen left out."""
    asked = asked_of(tape)
    passes, deals, until = asked.ready.passes, asked.ready.bound.deals, until_of(asked)
    waits: list[tuple[int, bool]] = []
    for at in range(len(passes)):
        customer, start = int(passes.customer[at]), int(passes.start[at])
        if (at and passes.customer[at - 1] == customer) or passes.left_truncated[at] or start > until:
            continue
        times = [
            int(time) for who, time in zip(deals.customer, deals.time, strict=True) if who == customer and time <= until
        ]
        waits.append((times[0] - start, True) if times else (until - start, False))
    found = ask("sales-cycle", asked, {"split": "none", "within": within} if within else {"split": "none"})
    curve = curve_of(waits)
    if not curve:
        assert found.cannot_tell is not None
        return
    row = dict(zip([column.id for column in found.columns], found.rows[0], strict=True))
    assert (row["customers"], row["bought"]) == (len(waits), sum(came for _, came in waits))
    if within:
        limit = {"12h": 12 * HOUR, "9d": 9 * DAY}[within]
        share = max((share for time, share in curve if time <= limit), default=Fraction(0))
        assert row["share"] == pytest.approx(float(share))
        middle = next((time for time, now in curve if now >= share / 2), None) if share else None
        assert row["median"] == (None if middle is None else middle / 1e6)


@settings(max_examples=60, deadline=None)
@given(logs())
def test_second_purchases_as_the_twin_counts(tape: Tape) -> None:
    """R-27: one wait a buyer, from the first purchase to the second."""
    asked = asked_of(tape)
    passes, until = asked.ready.passes, until_of(asked)
    unsure = {int(passes.customer[at]) for at in np.flatnonzero(passes.is_first & passes.left_truncated)}
    bought = {who: rows for who, rows in purchases(asked).items() if who not in unsure}
    found = ask("repeat-curve", asked, {"points": 7})
    if not bought:
        assert found.cannot_tell is not None
        return
    waits = [
        (rows[1][0] - rows[0][0], True) if len(rows) > 1 else (until - rows[0][0], False) for rows in bought.values()
    ]
    curve = curve_of(waits)
    for time, share, waiting in rows_of(found, "time", "share", "waiting"):
        at = round(time * 1e6)
        assert share == pytest.approx(float(max((now for when, now in curve if when <= at), default=Fraction(0))))
        assert waiting == sum(wait >= at for wait, _ in waits)


@settings(max_examples=80, deadline=None)
@given(logs())
def test_churn_as_the_twin_counts(tape: Tape) -> None:
    """R-27: each buyer's state by its own pace, and what became of those who were in it."""
    asked = asked_of(tape)
    found, bought, until = ask("churn", asked), purchases(asked), until_of(asked)
    if found.cannot_tell is not None:
        assert all(len(rows) < 2 for rows in bought.values())
        return
    facts = found.notes[0].facts
    waits = [
        (rows[at + 1][0] - row[0], True) if at + 1 < len(rows) else (until - row[0], False)
        for rows in bought.values()
        for at, row in enumerate(rows)
    ]
    curve = curve_of(waits)
    days = -(-max(next(time for time, share in curve if share >= Fraction(9, 10) * curve[-1][1]), 1) // DAY)
    longest = max(until - asked.ready.passes.log_start, DAY)
    horizon = min(days * DAY, max(longest // 2 // DAY * DAY, DAY))
    assert facts["horizon"] == round(horizon / DAY, 1)
    whole = max((share for time, share in curve if time <= horizon), default=Fraction(0))
    typical = max(next(time for time, share in curve if share >= whole / 2), 1) if whole else horizon
    clocks, own = [], {}
    for who, rows in bought.items():
        for at, (time, _) in enumerate(rows):
            pace = max((time - rows[0][0] + 2 * typical) // (at + 2), 1)
            wait, came = (rows[at + 1][0] - time, True) if at + 1 < len(rows) else (until - time, False)
            clocks.append((int(np.rint(wait / pace * 1_000_000)), came))
            own[who, at] = pace
    line = curve_of(clocks)
    limits = [
        next(time for time, share in line if share >= Fraction(end) * line[-1][1]) for end in ("1/2", "3/4", "9/10")
    ]

    def states(moment: int) -> dict[int, tuple[int, int]]:
        out = {}
        for who, rows in bought.items():
            known = [at for at, (time, _) in enumerate(rows) if time <= moment]
            if known:
                waited = int(np.rint((moment - rows[known[-1]][0]) / own[who, known[-1]] * 1_000_000))
                out[who] = sum(waited > limit for limit in limits), known[-1]
        return out

    now, before = states(until), states(until - horizon)
    for number, row in enumerate(rows_of(found, "customers", "was", "came")):
        were = [(who, at) for who, (state, at) in before.items() if state == number]
        came = sum(at + 1 < len(bought[who]) for who, at in were)
        assert row == (sum(state == number for state, _ in now.values()), len(were), came)
    moves = ask("churn-moves", asked)
    assert sum(moves.column("customers")) == len(bought)


def planted(seed: int, n: int = 500, days: int = 300, money: bool = True) -> Tape:
    """Customers who buy at rates of their own and drop out, as the model says; a third of them of another channel and twice as dear."""
    rng = np.random.default_rng(seed)
    rows: list[tuple[str, float, str]] = [("zero", 0.0, "see")]
    values, channels = [NO_VALUE], [None]
    for k in range(n):
        at, rate, go = rng.uniform(3, days * 0.8), rng.gamma(1.2, 1 / 45.0), rng.beta(0.9, 2.0)
        dear, first = (k % 3 == 0), True
        while at < days:
            rows.append((f"c{k:04}", at * 24, "pay"))
            value = int(rng.gamma(6.0, 10_000 * (1 + dear)))
            values.append(value if money else NO_VALUE)
            channels.append("friend" if dear else "site")
            if not first and rng.random() < go:
                break
            at, first = at + max(rng.exponential(1 / rate), 2.1), False
    rows.append(("zero", days * 24.0, "see"))
    return log(*rows, values=np.array([*values, NO_VALUE]), channels=[*channels, None])


def day_of_check(tape: Tape, zone: str) -> Any:
    """The day that the check begins with, in a zone."""
    found = ask("ltv-check", asked_of(replace(tape, zone=zone)), {"horizon": "60d"})
    return next(note.facts["day"] for note in found.notes if note.message.startswith("loop-note-check"))


def test_ltv_of_planted_customers() -> None:
    """R-27: groups, money as the map says, a check that holds, and no money where there is none."""
    tape = planted(4)
    found = ask("ltv", asked_of(tape), {"split": "channels", "horizon": "60d"})
    rows = {row[0]: dict(zip([one.id for one in found.columns], row, strict=True)) for row in found.rows}
    assert list(rows) == ["mark:everybody", "channel:site", "channel:friend"]
    every = rows["mark:everybody"]
    assert every["customers"] == 500
    assert sum(rows[name]["purchases"] for name in list(rows)[1:]) == pytest.approx(every["purchases"])
    assert sum(rows[name]["money"] for name in list(rows)[1:]) == pytest.approx(every["money"])
    assert (
        rows["channel:friend"]["each"] > 1.05 * rows["channel:site"]["each"]
    )  # of who bought once, everybody's mean is expected
    for row in rows.values():
        assert row["money_low"] < row["money"] < row["money_high"]
        assert row["each"] == pytest.approx(row["money"] / row["customers"])
        assert 0 < row["alive"] < 1
    notes = {note.message for note in found.notes}
    assert {"loop-note-check-held", "loop-note-revenue", "loop-note-not-tied"} <= notes
    # the day of the check is the workspace's own
    held = next(note for note in found.notes if note.message == "loop-note-check-held")
    half = next(one for zone in ("Etc/GMT+12", "Etc/GMT-14") if (one := day_of_check(tape, zone)) != held.facts["day"])
    assert abs((half - held.facts["day"]).days) == 1
    margin = shop_map(money=Money(margin=0.4))
    kept = ask("ltv", asked_of(tape, margin), {"horizon": "60d"})
    assert kept.column("money")[0] == pytest.approx(0.4 * every["money"], rel=0.01)
    assert "loop-note-margin" in {note.message for note in kept.notes}
    cheaper = ask("ltv", asked_of(tape), {"horizon": "60d", "discount": 50})
    assert 0.9 < float(cheaper.column("money")[0] or 0) / every["money"] < 0.99
    plain = planted(4, money=False)
    bare = ask("ltv", asked_of(plain), {"horizon": "60d"})
    assert bare.column("money") == bare.column("spent") == (None,)
    assert bare.column("purchases")[0] == pytest.approx(every["purchases"], rel=1e-6)
    priced = ask("ltv", asked_of(plain, shop_map(money=Money(deal_value=700.0))), {"horizon": "60d"})
    assert priced.column("money")[0] == pytest.approx(700 * every["purchases"], rel=1e-6)


def test_the_check_tells_what_came() -> None:
    """R-27: what is shown as come after the cut are the purchases that were made."""
    asked = asked_of(planted(9))
    found = ask("ltv-check", asked, {"horizon": "90d"})
    cut = until_of(asked) - 90 * DAY
    came = {who: sum(time > cut for time, _ in rows) for who, rows in purchases(asked).items() if rows[0][0] <= cut}
    spent = sum(value for who in came for time, value in purchases(asked)[who] if time > cut)
    assert found.rows[0][0] == "mark:everybody"
    assert rows_of(found, "customers", "came")[0] == (len(came), sum(came.values()))
    assert found.column("brought")[0] == pytest.approx(spent / 100)
    assert sum(found.column("customers")[1:]) == len(came)  # type: ignore[arg-type]
    assert sum(found.column("came")[1:]) == sum(came.values())  # type: ignore[arg-type]


def test_next_purchases_are_ranked() -> None:
    """R-27: as many rows as asked, by the chance asked for; dates in order; names are pseudonyms of the log."""
    asked = asked_of(planted(5))
    names = set(asked.ready.tape.customers.tolist())
    found = ask("next-purchase", asked, {"rows": 40})
    assert len(found.rows) == 40
    assert set(found.column("customer")) <= names
    chances = [float(one or 0) for one in found.column("buys")]
    assert chances == sorted(chances, reverse=True)
    for low, due, high in rows_of(found, "due_low", "due", "due_high"):
        assert low <= due <= high
    for low, share, high in rows_of(found, "alive_low", "alive", "alive_high"):
        assert low <= share <= high
    worth = [float(one or 0) for one in ask("next-purchase", asked, {"rank": "worth"}).column("money")]
    assert worth == sorted(worth, reverse=True)
    leaving = ask("next-purchase", asked, {"rank": "leaving", "rows": 5})
    lost = [float(spent) * (1 - float(share)) for spent, share in rows_of(leaving, "spent", "alive")]
    assert lost == sorted(lost, reverse=True)


@pytest.mark.parametrize("name", ["ltv", "ltv-check", "next-purchase", "referrals"])
def test_dealt_out_customers_get_the_same_forecast(name: str) -> None:
    """R-27, R-63: with enough customers for a fit, in any order and number of parts."""
    tape = numbered(planted(3, n=200))
    ready = prepare(tape, VALUE)
    whole = Asked.of(choose(ready, find_answers(ready), Filter()))
    raw = {"ltv": {"split": "segments"}, "referrals": {"column": "channel"}}.get(name, {})
    order = np.random.default_rng(1).permutation(len(tape.customers))
    parts = []
    for k in range(3):
        part = prepare_part(part_of(tape, order[k::3].tolist()), ready)
        parts.append(Asked.of(choose(part, find_answers(part), Filter())))
    expected = ask(name, whole, raw)
    assert expected.rows
    assert answers_of(name, whole.frame, parts, raw) == expected


def test_codes_tell_who_brought_whom() -> None:
    """R-27: anna's code brings two, one of whom buys; a code of nobody; an answer that is somebody's word."""
    people = ["zero", "anna", "bert", "carl", "dora", "eve"]
    rows = [(name, 60.0 + at if name != "zero" else 0.0, "see") for at, name in enumerate(people)]
    rows += [("anna", 70.0, "pay"), ("bert", 80.0, "pay"), ("zero", 500.0, "see")]
    own = {"anna": "A1", "bert": "B2"}
    code = {"bert": "A1", "carl": "A1", "dora": "X9"}
    heard = {"bert": "от друзей", "carl": "Другое", "dora": "реклама"}
    columns = {
        name: [told.get(row[0]) for row in rows] for name, told in (("own", own), ("code", code), ("heard", heard))
    }
    tape = log(*rows, properties=columns)
    found = ask("referrals", asked_of(tape), {"column": "code", "own": "own"})
    assert rows_of(found, "group", "customers", "bought") == [
        ("mark:everybody", 6, 2), ("mark:invited", 2, 1), ("mark:code-of-nobody", 1, 0), ("mark:unknown", 3, 1),
    ]  # fmt: skip
    viral = next(note.facts for note in found.notes if note.message == "loop-note-viral")
    assert (viral["owners"], viral["inviters"], viral["invited"], viral["bought"], viral["mean"]) == (2, 1, 2, 1, 0.5)
    answers = ask("referrals", asked_of(tape), {"column": "heard"})
    by_name = dict(rows_of(answers, "group", "customers"))
    assert by_name["mark:recommended"] == 1
    assert by_name["answer:Другое"] == 1
    with pytest.raises(TropaError, match="TR-T001"):
        ask("referrals", asked_of(tape), {"column": "codes"})
    by_event = ask(
        "referrals",
        asked_of(log(("zero", 0, "see"), ("a", 60, "see2"), ("b", 61, "see"), ("a", 80, "pay"), ("zero", 300, "see"))),
        {"event": "see2"},
    )
    assert rows_of(by_event, "group", "customers") == [
        ("mark:everybody", 3),
        ("mark:invited", 1),
        ("mark:not-invited", 2),
    ]


def test_what_cannot_be_told_says_why() -> None:
    """R-27: no deals on the map, goods that are not bought again, few buyers, no word of recommendations."""
    few = log(("zero", 0, "see"), ("a", 60, "pay"), ("b", 61, "pay"), ("zero", 300, "see"))

    def why(name: str, tape: Tape = few, value: Map = VALUE) -> str | None:
        lack = ask(name, asked_of(tape, value)).cannot_tell
        return None if lack is None else lack.cannot_tell

    for name in ("ltv", "ltv-check", "next-purchase"):
        assert why(name) == "too-few"
        assert why(name, value=shop_map(deal=False)) == "no-deal"
        assert why(name, value=shop_map(bought_again=False)) == "not-bought-again"
    once = log(("zero", 0, "see"), *((f"c{k}", 60 + k, "pay") for k in range(80)), ("zero", 400, "see"))
    assert why("ltv", once) == "few-again"
    assert why("churn", once) == "few-again"
    assert why("referrals", once) == "no-referrals"
    assert why("rfm", value=shop_map(deal=False)) == "no-deal"
    assert why("sales-cycle", value=shop_map(deal=False)) == "no-deal"
