"""R-10: changes and differences in words, in both languages."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from fixtures_readings import readings
from fixtures_shop import shop
from tropa.codec import loads, templates
from tropa.model import Satisfaction
from tropa.model.diff import diff
from tropa.render.changes import Teller, difference_parts
from tropa.service.comparing import compare_measured, differences, together
from tropa.service.measuring import Measured
from tropa.words import words

BEFORE = """
tropa: 1
title: Карта
stages:
  - id: buy
    title: Покупка
    goal: Быстро
    pains: [{id: p1, text: Нет срока, severity: 1}]
    touchpoints: [{id: t1, title: Корзина, channel: website}, {id: t2, title: Оплата}]
  - {id: use, title: Польза, feels: {score: 1}}
people: [{id: anna, title: Аня}]
"""
AFTER = (
    BEFORE.replace("goal: Быстро", "goal: Быстро и точно")
    .replace("severity: 1", "severity: 3, owner: anna")
    .replace("channel: website", "channel: app")
    .replace(", {id: t2, title: Оплата}", "")
    .replace("score: 1", "score: -1.5")
    .replace("title: Карта", "title: {ru: Карта, en: Map}")
)


def test_changes_in_russian() -> None:
    """The place, the lane or field, what was and what is; words of open lists by name, owners by name, true minus."""
    before, after = loads(BEFORE).map, loads(AFTER).map
    teller = Teller(before, after, words("ru"))
    assert [teller.tell(change) for change in diff(before, after)] == [
        "Название: было —, стало «Map» (en)",
        "Этап «Покупка». Цель клиента: было «Быстро», стало «Быстро и точно»",
        "Этап «Покупка». Боли, «Нет срока», сила: было 1, стало 3",
        "Этап «Покупка». Боли, «Нет срока», ответственный: добавлено «Аня»",
        "Этап «Покупка»: убрана точка контакта «Оплата»",
        "Этап «Покупка», «Корзина». Канал: было «сайт», стало «приложение»",
        "Этап «Польза». Чувствует, оценка: было +1, стало −1,5",
    ]


def test_changes_in_english() -> None:
    before, after = loads(BEFORE).map, loads(AFTER).map
    teller = Teller(before, after, words("en"))
    told = [teller.tell(change) for change in diff(before, after)]
    assert told[1] == "Stage “Покупка”. Customer’s goal: was “Быстро”, is now “Быстро и точно”"
    assert told[4] == "Stage “Покупка”: touchpoint “Оплата” removed"


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_every_change_between_templates_can_be_told(lang: str) -> None:
    """In people's words: no keys of the file, no braces, nothing empty."""
    say = words(lang)
    maps = [templates.read(name) for name in templates.names()]
    for before, after in zip(maps, [*maps[1:], maps[0]], strict=True):
        teller = Teller(before, after, say)
        for change in diff(before, after):
            told = teller.tell(change)
            assert told
            assert not re.search(r"[{}\[\]]|None|\b(at_least|moment_of_truth|deal_value)\b", told), told


def test_figures_that_differ() -> None:
    """A conversion that fell by half is more than chance; the same data have no chance in them at all."""
    value = shop()
    many, few = (
        readings(value, (10_000, 5_000, 2_500, 1_000, 800, 700)),
        readings(value, (10_000, 2_500, 1_250, 500, 400, 350)),
    )
    assert together(many, many) == "same"
    assert {one.significant for one in differences(many, many)} == {None}
    later = few.model_copy(update={"scope": few.scope.model_copy(update={"data_version": "later"})})
    compared = compare_measured(Measured(value, many, {}), Measured(value, later, {}))
    assert compared.changes == ()
    assert compared.data == "overlapping"
    first = next(one for one in compared.differences if one.measure == "conversion")
    assert (first.significant, first.high < 0) == (True, True)
    assert first.q is not None
    assert first.p is not None
    assert first.q >= first.p
    told = difference_parts(first, words("ru"))
    assert told[:2] == ("50,0\u00a0%", "25,0\u00a0%") or told[0].startswith("50")
    assert "п. п." in told[2]
    assert told[3] == "больше случайного"


def test_scores_that_do_not_differ() -> None:
    """Two means within their intervals are told as chance."""
    value = shop()
    one = readings(value)
    stages = tuple(
        stage.model_copy(update={"satisfaction": Satisfaction(mean=0.5, low=0.3, high=0.7, n=120)})
        for stage in one.stages
    )
    other = one.model_copy(update={"stages": stages, "scope": one.scope.model_copy(update={"data_version": "x"})})
    again = other.model_copy(update={"scope": one.scope.model_copy(update={"data_version": "y"})})
    scores = [found for found in differences(other, again) if found.measure == "satisfaction"]
    assert scores
    assert {(found.value, found.significant) for found in scores} == {(0.0, False)}
    assert difference_parts(scores[0], words("en"))[3] == "may be chance"
