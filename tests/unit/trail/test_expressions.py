"""Rules over customers as expressions: read by hand, never run as code, and true to what they say (R-29)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shops import DAY, EVENTS, HOUR, log, logs, shop_map

from tropa.codec import loads
from tropa.model import SegmentRule, TropaError
from tropa.model.expression import Compare, Every, Known, Not, Quantity, Some, parse
from tropa.trail.expressions import customers_where
from tropa.trail.segments import chosen_customers
from tropa.trail.tape import NO_VALUE, Tape


def test_what_is_said_is_what_is_read() -> None:
    """Precedence, brackets, quotes of three kinds, lengths of time."""
    found = parse('not did("pay", 30d) or city in (\'Москва\', «Казань») and (`utm source` contains "ads" or age > 2w)')
    pay = Compare(Quantity("did", "pay", timedelta(days=30)), ">=", (1.0,))
    city = Compare(Quantity("column", "city"), "in", ("Москва", "Казань"))
    source = Compare(Quantity("column", "utm source"), "contains", ("ads",))
    assert found == Some(
        (Not(pay), Every((city, Some((source, Compare(Quantity("age"), ">", (timedelta(weeks=2),)))))))
    )
    assert parse("phone is not known AND not not vip = true") == Every(
        (Known(Quantity("column", "phone"), known=False), Compare(Quantity("column", "vip"), "=", (True,)))
    )


@pytest.mark.parametrize(
    ("text", "at", "wanted"),
    [
        ("", 1, "a name"), ("count(\"x\") >=", 14, "5"), ("cuont(\"x\") > 1", 1, "count"), ("a = 1 b = 2", 7, "and"), ("(a = 1", 7, ")"),
        ("a not 5", 7, "in"), ("a ; drop", 3, "and"), ("count(x) > 1", 7, "…"), ("a in ()", 7, "5"), ("__import__('os')", 1, "did"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_its_place(text: str, at: int, wanted: str) -> None:
    """TR-M020: where, and what was expected."""
    with pytest.raises(TropaError) as caught:
        parse(text)
    assert caught.value.code == "TR-M020"
    assert caught.value.facts["at"] == at
    assert wanted in caught.value.facts["wanted"]


def test_a_rule_without_end_is_refused() -> None:
    """TR-M021: no stack to overflow."""
    for text in ("(" * 5_000, "(" * 100 + "a = 1" + ")" * 100, "a = 1 and " * 1_000):
        with pytest.raises(TropaError) as caught:
            parse(text)
        assert caught.value.code == "TR-M021"


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab(),\"'<>=!`«» 0123456789.dhnotrin", max_size=60))
def test_no_text_makes_it_fall(text: str) -> None:
    """Any text is an expression or a coded error."""
    told = None
    try:
        parse(text)
    except TropaError as error:
        told = error.code
    assert told in (None, "TR-M020", "TR-M021")


SHOP = log(
    ("a", 0, "see"), ("a", 24, "pay"), ("a", 240, "pay"),
    ("b", 0, "see"), ("b", 230, "see"),
    ("c", 100, "pay"), ("c", 101, "use"),
    values=[NO_VALUE, 10_000, 5_000, NO_VALUE, NO_VALUE, 20_000, NO_VALUE],
    channels=["ads", None, "mail", "seo", "seo", "ads", None],
    properties={"city": ["Казань", None, None, "Москва", "москва", None, None], "age_years": ["31", None, None, "45", None, "9,5", None]},
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ('count("pay") >= 2', "a"), ('did("pay")', "ac"), ('not did("pay")', "b"), ('count("pay", 3d) = 1', "a"), ("recency < 6h", "a"),
        ("recency <= 1", "ab"), ("age > 9d", "ab"), ('since("pay") > 5', "c"), ('since("pay") is not known', "b"), ("money >= 150", "ac"),
        ('sum("pay") > 150', "c"), ("events = 2", "bc"), ('city = "МОСКВА"', "b"), ('city != "Москва"', "ac"), ("city is known", "ab"),
        ('city contains "каз"', "a"), ("age_years > 30", "ab"), ("age_years in (9.5, 45)", "bc"), ('first_channel = "ads"', "ac"),
        ('last_channel in ("mail", "seo")', "ab"), ('event not in ("use")', "ab"),
        ('(did("pay") or city = "Москва") and not (recency > 5d)', "ab"),
    ],
)  # fmt: skip
def test_each_quantity_means_what_the_guide_says(text: str, whose: str) -> None:
    """R-29: counts, recency, money, properties, channels."""
    found = customers_where(SHOP, parse(text))
    assert "".join(SHOP.customers[found]) == whose


def test_a_segment_of_the_map_can_be_an_expression() -> None:
    """In the file, with the other keys; a mistake in it names its place."""
    rule = SegmentRule(where='did("pay")', first_channel="ads", has={"city": "Казань"})
    assert "".join(SHOP.customers[chosen_customers(SHOP, rule) != 0]) == "a"
    text = "tropa: 1\ntitle: t\nstages: [{id: s, title: s}]\nsegments:\n  - {id: x, title: x, rule: {where: 'count(\"pay\" >= 2'}}\n"
    with pytest.raises(TropaError) as caught:
        loads(text)
    assert caught.value.code == "TR-M020"
    with pytest.raises(TropaError, match="TR-T001"):
        customers_where(SHOP, parse('town = "x"'))


@settings(max_examples=100, deadline=None)
@given(logs(), st.sampled_from(EVENTS), st.integers(0, 3), st.integers(1, 10))
def test_counts_are_those_of_plain_counting(tape: Tape, name: str, least: int, days: int) -> None:
    """R-29, naive: customer by customer, event by event."""
    found = customers_where(tape, parse(f'count("{name}", {days}d) >= {least} and recency < {days}d'))
    begin = tape.complete_until - days * DAY
    for c in range(len(tape.customers)):
        mine = range(tape.offsets[c], tape.offsets[c + 1])
        count = sum(tape.event.names[tape.event.codes[i]] == name and tape.time[i] > begin for i in mine)
        last = max((int(tape.time[i]) for i in mine), default=-(10**18))
        assert bool(found[c]) == (count >= least and tape.complete_until - last < days * DAY)


def test_the_fixture_is_as_told() -> None:
    """Ten days, three customers."""
    ends: Any = np.diff(SHOP.offsets)
    assert (SHOP.complete_until, ends.tolist(), shop_map().stages[0].id) == (240 * HOUR, [3, 2, 2], "see")
