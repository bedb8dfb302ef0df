"""Readings in few words: no more exact than they are, references by the names people gave (R-23, R-24)."""

from __future__ import annotations

import pytest

from office_samples import rate, readings, shop
from tropa.layout import figures
from tropa.model import CannotTell, Loss
from tropa.render import phrases
from tropa.words import words

RU, EN = words("ru"), words("en")
HARD, NARROW = "\u00a0", "\u202f"


def loss(**rest: object) -> Loss:
    given = {"value": 1.9e6, "low": 1.7e6, "high": 2.2e6, "ceiling": 4e6, "currency": "RUB", "reference": 0.4}
    return Loss.model_validate({**given, "reference_kind": "segment", "reference_name": "coaches", **rest})


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (60, 300, "20 % [16; 25]"),
        (4_490, 10_000, "44,9 % [43,9; 45,9]"),
        (0, 50, "0 % [0; 7]"),
        (50, 50, "100 % [93; 100]"),
    ],
)
def test_a_rate_is_no_more_exact_than_its_interval(part: int, whole: int, shown: str) -> None:
    """R-23: every rate with its interval."""
    assert phrases.rate(RU, rate(part, whole)).replace(HARD, " ") == shown


def test_what_cannot_be_told_is_a_dash() -> None:
    none = CannotTell(cannot_tell="too-few")
    assert [phrases.rate(RU, none), phrases.times(RU, none), phrases.score(RU, none), phrases.parts(RU, none)] == [
        "—"
    ] * 4


def test_the_unit_of_an_interval_is_said_once() -> None:
    assert phrases.price_range(RU, loss()) == f"от 1,7 до 2,2{HARD}млн{HARD}₽"
    assert phrases.price_range(RU, loss(low=9e5)) == f"от 900{HARD}тыс.{HARD}₽ до 2,2{HARD}млн{HARD}₽"
    assert phrases.price_range(RU, loss(low=900)) == f"от 900{HARD}₽ до 2,2{HARD}млн{HARD}₽"
    assert phrases.price_range(EN, loss(currency="USD")) == "$1.7M to $2.2M"
    assert "ничего" in phrases.price_range(RU, loss(low=0))
    assert phrases.price_range(RU, loss(low=1.9e6, high=1.9e6)) == ""


@pytest.mark.parametrize(
    ("count", "shown"), [(1, "1 сделка"), (3, "3 сделки"), (12.4, "12 сделок"), (2.5, "2,5 сделки")]
)
def test_without_money_losses_are_deals(count: float, shown: str) -> None:
    assert phrases.price(RU, loss(currency=None, kind="deals", value=count)) == shown


def test_references_have_the_names_people_gave() -> None:
    value = shop()
    assert figures.reference_name(RU, value, loss()) == "Тренеры"
    assert figures.reference_name(EN, value, loss(reference_name="persona=coaches")) == "Coaches"
    assert figures.reference_name(RU, value, loss(reference_kind="period", reference_name="2026-05")) == "май 2026"
    assert figures.reference_name(EN, value, loss(reference_kind="period", reference_name="2026-05")) == "May 2026"
    assert figures.reference_name(RU, value, loss(reference_name="blogger")) == "blogger"


def test_how_much_oftener_is_said_only_where_it_is() -> None:
    worst = readings(shop()).breaks[0]
    assert phrases.times_oftener(RU, worst) == "в 1,2 раза чаще"
    same = worst.model_copy(update={"loss": worst.loss.model_copy(update={"reference": 0.8})})
    assert phrases.times_oftener(RU, same) == ""


def test_intervals_of_deals_are_declined() -> None:
    def between(low: float, high: float) -> str:
        return phrases.price_range(RU, loss(currency=None, kind="deals", value=low + 0.1, low=low, high=high))

    assert between(20, 45) == "от 20 до 45 сделок"
    assert between(2, 21) == "от 2 до 21 сделки"
    assert between(0.3, 3.7) == "от 0,3 до 3,7 сделки"
    assert between(0, 2) == "до 2 сделок, а может быть, и ничего"
