"""R-20: numbers as they are written in Russia and elsewhere."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tropa.events.numerals import currency_in, minor_units, parse_numbers


def number(text: str, decimal: str) -> float | None:
    """One cell beside one that is no number."""
    found = parse_numbers(pa.chunked_array([[text, "abc"]]), decimal)
    return float(found.values[0]) if found.ok[0] else None


@pytest.mark.parametrize(
    ("text", "decimal", "expected"),
    [
        ("1 234,50 ₽", ",", 1234.5),
        ("1\u00a0234,50", ",", 1234.5),
        ("1\u202f234\u202f567", ",", 1234567),
        ("1.234.567,89", ",", 1234567.89),
        ("1.234", ",", 1234),
        ("12.5", ",", 12.5),
        ("-5", ",", -5),
        ("−5,5", ",", -5.5),
        ("(12,50)", ",", -12.5),
        ("1 000 руб.", ",", 1000),
        ("1000р.", ",", 1000),
        ("1000 RUB", ",", 1000),
        ("1,234.50", ".", 1234.5),
        ("1,234", ".", 1234),
        ("1,5", ".", 1.5),
        ("$5", ".", 5),
        ("1e3", ".", 1000),
        (".5", ".", 0.5),
        ("1,2,3", ".", None),
        ("12 apples", ".", None),
        ("inf", ".", None),
        ("1e999", ".", None),
        ("--5", ".", None),
    ],
)
def test_spellings(text: str, decimal: str, expected: float | None) -> None:
    """R-20: each spelling."""
    assert number(text, decimal) == expected


def test_nothing_is_not_zero() -> None:
    """R-20: an empty cell, a dash, `nan`: no value, and no fault either."""
    found = parse_numbers(pa.chunked_array([["", "-", "nan", None, "0"]]), ".")
    assert found.missing.tolist() == [True, True, True, True, False]
    assert found.ok.tolist() == [False, False, False, False, True]


@given(st.integers(-(10**11), 10**11), st.sampled_from([",", "."]))
def test_money_comes_back_exactly(cents: int, decimal: str) -> None:
    """R-20: every amount up to a milliard, in kopecks, survives being written and read."""
    whole, rest = divmod(abs(cents), 100)
    group = f"{whole:,}".replace(",", "\u00a0" if decimal == "," else ",")
    text = f"{'-' if cents < 0 else ''}{group}{decimal}{rest:02}"
    minor, ok = minor_units(parse_numbers(pa.chunked_array([[text]]), decimal))
    assert ok[0]
    assert minor[0] == cents


def test_currency_of_amounts() -> None:
    """R-20: one sign for all, or none."""
    assert currency_in(["1 200 ₽", "300 ₽"]) == "RUB"
    assert currency_in(["$5", "5 €"]) is None
    assert currency_in(["5"]) is None


def test_a_sign_that_cp1251_could_not_write() -> None:
    """R-20: «1 500,00 ₽» saved in cp1251 comes as «1 500,00 ?»; a question mark elsewhere makes no number."""
    found = parse_numbers(pa.array(["1 500,00 ?", "900?", "?", "1?5"]), ",")
    assert found.values[:2].tolist() == [1500.0, 900.0]
    assert found.ok.tolist() == [True, True, False, False]
