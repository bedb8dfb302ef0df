"""Channels by every rule against its twin, its definition and published numbers (R-28)."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shops import DAY, log, logs, shop_map

from tropa.cli.answers import answer_table
from tropa.service.asking import answer_data
from tropa.stats.attribution import conversion, removal_shares, shapley
from tropa.trail import prepare
from tropa.trail.answers import find_answers
from tropa.trail.filters import Filter, choose
from tropa.trail.kernels.attribution import DECAY, FIRST, LAST, LINEAR, POSITION, SETS, TOUCHED, naive_attribute
from tropa.trail.measures import Asked, ask
from tropa.trail.measures.channel_credit import NAMES
from tropa.trail.passes import event_stops
from tropa.trail.tape import Tape
from tropa.words import words

Path = tuple[list[tuple[int, int]], bool]


def asked_of(tape: Tape) -> Asked:
    ready = prepare(tape, shop_map())
    return Asked.of(choose(ready, find_answers(ready), Filter()))


def plain_paths(asked: Asked, goal: str | None = None) -> list[Path]:
    """Touches of every pass that got there (to a deal, or to a stage) or did not, in plain Python."""
    ready, passes, tape = asked.ready, asked.ready.passes, asked.ready.tape
    out: list[Path] = []
    for u, stop in enumerate(event_stops(passes, tape.offsets)):
        visits = range(int(passes.visits_from[u]), int(passes.visits_from[u + 1]))
        ends = [int(passes.deal[u])] if passes.status[u] == 2 else []
        if goal is not None:
            stage = ready.bound.stages.index(goal)
            ends = [int(passes.visit_time[v]) for v in visits if passes.visit_stage[v] == stage]
        if not ends and passes.status[u] == 0:
            continue
        until = min(ends, default=int(passes.end[u]))
        touches: list[tuple[int, int]] = []
        for i in range(int(passes.first_event[u]), int(stop)):
            k = int(tape.channel.codes[i]) - 1
            if k >= 0 and tape.time[i] <= until and (not touches or touches[-1][0] != k):
                touches.append((k, int(tape.time[i])))
        out.append((touches, bool(ends)))
    return out


State = tuple[int, ...]
Steps = dict[tuple[State, int], int]


def solved(chain: Steps, channels: int, order: int = 1, without: int | None = None) -> Fraction:
    """Chance of a deal in the absorbing chain, in fractions: elimination over all states, nothing simulated."""
    states = sorted({state for state, _ in chain})
    place = {state: at for at, state in enumerate(states)}
    rows = [[Fraction(int(a == b)) for b in range(len(states))] + [Fraction(0)] for a in range(len(states))]
    for state, at in place.items():
        total = sum(n for (one, _), n in chain.items() if one == state)
        for (one, to), n in chain.items():
            if one != state or to == channels + 1 or to == without:
                continue
            if to == channels:
                rows[at][-1] += Fraction(n, total)
            else:
                rows[at][place[(*state, to)[-order:]]] -= Fraction(n, total)
    for k in range(len(states)):
        pivot = next(at for at in range(k, len(states)) if rows[at][k])
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [cell / rows[k][k] for cell in rows[k]]
        for at in range(len(states)):
            if at != k and rows[at][k]:
                rows[at] = [a - rows[at][k] * b for a, b in zip(rows[at], rows[k], strict=True)]
    return rows[place[()]][-1] if states else Fraction(0)


def effects_of(chain: Steps, channels: int, order: int = 1) -> list[float]:
    """Shares of the removal effects."""
    whole = solved(chain, channels, order)
    lost = [1 - solved(chain, channels, order, k) / whole if whole else Fraction(0) for k in range(channels)]
    return [float(one / sum(lost)) if sum(lost) else 0.0 for one in lost]


@settings(max_examples=60, deadline=None)
@given(logs(), st.sampled_from([1, 2, 3]), st.sampled_from([None, "see", "pick", "buy"]))
def test_credits_as_the_twin_gives_them(tape: Tape, order: int, goal: str | None) -> None:
    """R-28: seven rules at once, of any order, for the deal or a stage, on logs with ties, voids and open passes."""
    asked = asked_of(tape)
    names = tape.channel.names[1:]
    credit, chain, deals = naive_attribute(plain_paths(asked, goal), len(names), 7.0 * DAY, order)
    found = ask("channels", asked, {"order": order, "goal": goal})
    if not deals:
        assert found.rows == ()
        return
    table: dict[Any, Any] = {
        row[0]: dict(zip([column.id for column in found.columns], row, strict=True)) for row in found.rows
    }
    effects = effects_of(chain, len(names), order)
    for k, name in enumerate(names):
        if not credit[TOUCHED][k]:
            assert name not in table
            continue
        row: Any = table[name]
        assert row["touched"] == credit[TOUCHED][k]
        rules = {"first": FIRST, "last": LAST, "linear": LINEAR, "decay": DECAY, "position": POSITION, "shapley": SETS}
        for rule, at in rules.items():
            assert row[rule] == pytest.approx(credit[at][k] / deals)
            assert row[f"{rule}_low"] <= row[rule] <= row[f"{rule}_high"]
        assert row["markov"] == pytest.approx(effects[k], abs=1e-6)
    for rule in ("first", "last", "linear", "decay", "position", "shapley"):
        assert sum(float(row[rule]) for row in table.values()) == pytest.approx(1)


def test_the_chain_of_the_textbook() -> None:
    """R-28: three paths, C1 > C2 > C3 > deal, C1, C2 > C3: removal effects ½, 1, 1, so shares 0.2, 0.4, 0.4."""
    chain = np.zeros((4, 5))
    for path in ([3, 0, 1, 2, 3], [3, 0, 4], [3, 1, 2, 4]):
        for a, b in pairwise(path):
            chain[a, b] += 1
    assert float(conversion(chain)) == pytest.approx(1 / 3)
    assert removal_shares(chain).tolist() == pytest.approx([0.2, 0.4, 0.4])
    assert removal_shares(np.zeros((2, 4, 5))).sum() == 0


def test_what_the_chain_remembers_changes_the_shares() -> None:
    """R-28: A > B > deal, A > B > C > left, B > C > deal, worked out by hand. Of order one C comes after B whatever was before, so losing A
    costs ⅔ of the chance; of order two ¾: B after A is not B at the beginning; of order three half: nor is C after A > B. Without B nothing
    is left, without C half."""
    rows: list[tuple[str, float, str]] = []
    channels: list[str | None] = []
    for customer, way, won in (("a", "AB", True), ("b", "ABC", False), ("c", "BC", True)):
        for at, channel in enumerate(way):
            rows.append((customer, at, "see"))
            channels.append(channel)
        rows += [(customer, 5, "pay")] if won else []
        channels += [None] if won else []
    asked = asked_of(log(*rows, ("z", 900, "see"), channels=[*channels, None]))
    for order, lost in ((1, (2 / 3, 1, 1 / 2)), (2, (3 / 4, 1, 1 / 2)), (3, (1 / 2, 1, 1 / 2))):
        found = ask("channels", asked, {"order": order})
        shares = dict(zip(found.column("channel"), found.column("markov"), strict=True))
        assert [shares[name] for name in "ABC"] == pytest.approx([one / sum(lost) for one in lost])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.frozensets(st.integers(0, 3), min_size=1), min_size=1, max_size=12))
def test_equal_parts_are_the_shapley_value(sets: list[frozenset[int]]) -> None:
    """R-28: against the definition, over all coalitions."""
    by_definition = shapley(4, lambda chosen: float(sum(1 for one in sets if one <= chosen)))
    parts = [sum(1 / len(one) for one in sets if k in one) for k in range(4)]
    assert by_definition == pytest.approx(parts)


def test_deals_without_a_channel_are_told() -> None:
    """R-28: left out, and said so."""
    tape = log(
        ("a", 0, "see"),
        ("a", 1, "pay"),
        ("b", 0, "see"),
        ("b", 2, "pay"),
        ("c", 200, "see"),
        channels=["ads", None, None, None, None],
    )
    found = ask("channels", asked_of(tape))
    assert found.n == 1
    assert found.notes[-1].facts == {"n": 1}
    assert found.column("channel") == ("ads",)


@settings(max_examples=40, deadline=None)
@given(logs(), st.sampled_from([1, 2]), st.sampled_from([None, "pick"]), st.sampled_from(NAMES))
def test_one_rule_alone_tells_what_it_tells_among_all(tape: Tape, order: int, goal: str | None, rule: str) -> None:
    """R-28: `rule` and `intervals` leave out columns and the work behind them, and change no figure."""
    asked = asked_of(tape)
    whole = ask("channels", asked, {"order": order, "goal": goal})
    alone = ask("channels", asked, {"order": order, "goal": goal, "rule": rule})
    bare = ask("channels", asked, {"order": order, "goal": goal, "rule": rule, "intervals": "no"})
    assert (alone.n, alone.notes, bare.n, bare.notes) == (whole.n, whole.notes, whole.n, whole.notes)
    if not whole.rows:
        assert alone.rows == bare.rows == ()
        return
    assert [one.id for one in alone.columns] == ["channel", "touched", rule, f"{rule}_low", f"{rule}_high"]
    assert [(one.id, one.low) for one in bare.columns] == [("channel", None), ("touched", None), (rule, None)]
    names = [one.id for one in alone.columns]
    assert sorted(alone.rows) == sorted(zip(*(whole.column(name) for name in names), strict=True))
    shares = [float(row[2] or 0) for row in bare.rows]
    assert shares == pytest.approx(sorted(shares, reverse=True))
    assert {row[0]: pytest.approx(row[2], abs=1e-9) for row in bare.rows} == {row[0]: row[2] for row in alone.rows}


@pytest.mark.parametrize(("lang", "told"), [("ru", "«выбор»"), ("en", "“выбор”")])
def test_a_goal_is_told_by_its_title(lang: str, told: str) -> None:
    """R-28: wherever the note is read."""
    value = shop_map()
    stages = tuple(one.model_copy(update={"title": "выбор"}) if one.id == "pick" else one for one in value.stages)
    value = value.model_copy(update={"stages": stages})
    found = ask(
        "channels",
        asked_of(log(("a", 0, "see"), ("a", 1, "pick"), ("z", 9, "see"), channels=["ads", None, None])),
        {"goal": "pick"},
    )
    data = answer_data(found, value, words(lang))
    assert told in data["notes"][0]
    assert told in " ".join(answer_table(found, value, words(lang)).notes)
