"""Channels by every rule against its twin, its definition and published numbers (R-28)."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shops import DAY, log, logs, shop_map

from tropa.stats.attribution import conversion, removal_shares, shapley
from tropa.trail import prepare
from tropa.trail.answers import find_answers
from tropa.trail.filters import Filter, choose
from tropa.trail.kernels.attribution import DECAY, FIRST, LAST, LINEAR, POSITION, SETS, TOUCHED, naive_attribute
from tropa.trail.measures import Asked, ask
from tropa.trail.passes import event_stops
from tropa.trail.tape import Tape

Path = tuple[list[tuple[int, int]], bool]


def asked_of(tape: Tape) -> Asked:
    ready = prepare(tape, shop_map())
    return Asked.of(choose(ready, find_answers(ready), Filter()))


def plain_paths(asked: Asked) -> list[Path]:
    """Touches of every pass that made a deal or left, in plain Python."""
    passes, tape = asked.ready.passes, asked.ready.tape
    out: list[Path] = []
    for u, stop in enumerate(event_stops(passes, tape.offsets)):
        if passes.status[u] == 0:
            continue
        won = bool(passes.status[u] == 2)
        until = int(passes.deal[u]) if won else int(passes.end[u])
        touches: list[tuple[int, int]] = []
        for i in range(int(passes.first_event[u]), int(stop)):
            k = int(tape.channel.codes[i]) - 1
            if k >= 0 and tape.time[i] <= until and (not touches or touches[-1][0] != k):
                touches.append((k, int(tape.time[i])))
        out.append((touches, won))
    return out


def walked(chain: dict[tuple[int, int], int], channels: int, without: int | None = None) -> float:
    """Chance of a deal by walking the chain many steps: the twin of solving it."""
    totals: dict[int, int] = {}
    for (a, _), n in chain.items():
        totals[a] = totals.get(a, 0) + n
    here, won = {channels: 1.0}, 0.0
    for _ in range(3_000):
        after: dict[int, float] = {}
        for (a, b), n in chain.items():
            mass = here.get(a, 0.0) * n / totals[a]
            if b == channels:
                won += mass
            elif b < channels and b != without:
                after[b] = after.get(b, 0.0) + mass
        here = after
    return won


@settings(max_examples=60, deadline=None)
@given(logs())
def test_credits_as_the_twin_gives_them(tape: Tape) -> None:
    """R-28: seven rules at once, on logs with ties, voids and open passes."""
    asked = asked_of(tape)
    names = tape.channel.names[1:]
    credit, chain, deals = naive_attribute(plain_paths(asked), len(names), 7.0 * DAY)
    found = ask("channels", asked)
    if not deals:
        assert found.rows == ()
        return
    table = {row[0]: dict(zip([column.id for column in found.columns], row, strict=True)) for row in found.rows}
    whole = walked(chain, len(names))
    effects = [max(0.0, 1 - walked(chain, len(names), k) / whole) for k in range(len(names))]
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
        assert row["markov"] == pytest.approx(effects[k] / sum(effects) if sum(effects) else 0, abs=1e-6)
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
