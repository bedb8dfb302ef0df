"""R-11: we and our competitors at the stage where customers compare."""

from __future__ import annotations

from typing import Any

import pytest

from tropa.codec import loads
from tropa.model import Comparison, TropaError
from tropa.model.diff import diff

TEXT = """
tropa: 1
title: Карта
stages:
  - {id: need, title: Нужда}
  - {id: compare, title: Сравнение}
comparison:
  stage: compare
  positioning: Подберём за пять минут
  rivals:
    - {id: we, title: Мы, us: true}
    - {id: big, title: Большой магазин}
    - {id: gym, title: Зал}
  criteria:
    - id: price
      title: Дешевле
      weight: 3
      scores: [{rival: we, score: 6}, {rival: big, score: 8, evidence: [{link: "https://example.com"}]}]
    - {id: fast, title: Быстрее, scores: [{rival: we, score: 10}, {rival: big, score: 4}, {rival: gym, score: 9}]}
"""


def comparison() -> Comparison:
    found = loads(TEXT).map.comparison
    assert found is not None
    return found


def test_totals_are_weighted() -> None:
    """The weighted mean of the scores there are, and of how many."""
    found = comparison()
    assert found.total("we") == (pytest.approx((3 * 6 + 10) / 4), 2)
    assert found.total("gym") == (9.0, 1)
    assert Comparison(stage="need", rivals=found.rivals).total("we") is None


def test_our_lead() -> None:
    """Against the best of the others; None where there is nothing to compare with."""
    found = comparison()
    assert [found.lead(one) for one in found.criteria] == [-2.0, 1.0]
    assert found.us is not None
    alone = found.criteria[0].model_copy(update={"scores": found.criteria[0].scores[:1]})
    assert found.lead(alone) is None


@pytest.mark.parametrize(
    ("old", "new", "code", "facts"),
    [
        ("stage: compare\n", "stage: compre\n", "TR-M002", {"near": "compare"}),
        ("{rival: gym,", "{rival: gim,", "TR-M002", {"near": "gym"}),
        ("{id: gym, title: Зал}", "{id: big, title: Зал}", "TR-M001", {"kind": "rivals"}),
        ("{id: fast,", "{id: price,", "TR-M001", {"kind": "criteria"}),
        ("score: 10}", "score: 11}", "TR-C033", {}),
    ],
)
def test_what_does_not_hold_together(old: str, new: str, code: str, facts: dict[str, Any]) -> None:
    """R-12: coded, with the line of the comparison."""
    assert old in TEXT
    with pytest.raises(TropaError) as caught:
        loads(TEXT.replace(old, new))
    assert caught.value.code == code
    assert facts.items() <= caught.value.facts.items()
    assert (caught.value.where.line or 0) > 6


def test_a_score_that_changed() -> None:
    """R-10: told by criterion and rival; scores in another order are moved."""
    found = diff(loads(TEXT).map, loads(TEXT.replace("{rival: big, score: 4}", "{rival: big, score: 7}")).map)
    assert [(one.address, one.before, one.after, one.lane) for one in found] == [
        ("comparison.criteria.fast.scores.1.score", 4.0, 7.0, "comparison")
    ]


def test_where_it_stands() -> None:
    """At the stage that is named; else before the deal; else at the first."""
    assert loads(TEXT).map.comparison_stage == "compare"
    unnamed = TEXT.replace("  stage: compare\n", "")
    assert loads(unnamed).map.comparison_stage == "need"
    deal = unnamed.replace("title: Сравнение}", "title: Сравнение}\n  - {id: buy, title: Покупка, deal: {event: paid}}")
    assert loads(deal).map.comparison_stage == "compare"
    assert loads(unnamed[: unnamed.index("comparison:")]).map.comparison_stage is None
