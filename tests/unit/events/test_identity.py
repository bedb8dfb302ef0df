"""R-64: one person, one spelling; and hidden from eyes that need not see."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tropa.events.identity import normalise_email, normalise_emails, normalise_phone, normalise_phones
from tropa.events.masking import mask_email, mask_name, mask_phone, mask_text, mask_texts, mask_values


@pytest.mark.parametrize(
    "text",
    [
        "+7 916 123-45-67",
        "8 (916) 123-45-67",
        "79161234567",
        "9161234567",
        "8-916-123-45-67",
        "8 916 123 45 67",
        "79161234567.0",
    ],
)
def test_one_russian_phone(text: str) -> None:
    """R-64: all spellings of one number are one number, cell by cell and by column."""
    assert normalise_phone(text) == "+79161234567"
    assert normalise_phones(pa.chunked_array([[text]])).to_pylist() == ["+79161234567"]


def test_other_countries_and_no_phones() -> None:
    """R-64: the region of the file; what cannot be a number is none."""
    assert normalise_phone("020 7946 0958", "GB") == "+442079460958"
    assert normalise_phone("+44 20 7946 0958") == "+442079460958"
    assert normalise_phone("123") is None
    assert normalise_phone("no phone") is None


@given(
    st.lists(
        st.one_of(
            st.from_regex(r"[+]?[78]? ?\(?9\d\d\)?[ -]?\d{3}[ -]?\d{2}[ -]?\d{2}", fullmatch=True), st.text(max_size=16)
        ),
        max_size=8,
    )
)
def test_columns_agree_with_cells(texts: list[str]) -> None:
    """R-64: the quick way for columns gives what the careful way gives."""
    clean = [text.encode("utf-8", "ignore").decode() for text in texts]
    assert normalise_phones(pa.chunked_array([pa.array(clean, pa.string())])).to_pylist() == [
        normalise_phone(text) for text in clean
    ]


def test_emails() -> None:
    """R-64: case and spaces do not matter, dots do."""
    assert normalise_email(" Anna.K@Mail.RU ") == "anna.k@mail.ru"
    assert normalise_email("<mailto:a@b.ru>") == "a@b.ru"
    assert normalise_email("a.b@c.ru") != normalise_email("ab@c.ru")
    assert normalise_email("почта@пример.рф") == "почта@пример.рф"
    assert normalise_email("nobody") is None
    assert normalise_emails(pa.chunked_array([["A@b.ru", None, "x"]])).to_pylist() == ["a@b.ru", None, None]


def test_masks() -> None:
    """R-64: enough to recognise one's own, too little to call a stranger."""
    assert mask_phone("8 916 123-45-67") == "+7 ••• •••-••-67"
    assert mask_email("anna.k@mail.ru") == "a•••@m•••.ru"
    assert mask_name("Анна Каренина") == "А• К•"
    assert mask_text("Пишите anna@mail.ru или 8 (916) 123-45-67!") == "Пишите a•••@m•••.ru или +7 ••• •••-••-67!"


def test_dates_and_articles_are_no_phones() -> None:
    """R-64: hiding must not spoil what is no secret."""
    for text in ("пришло 2024-05-01 10:21:28", "заказ 12345678901234", "01.02.2024 10:20", "цена 1234567"):
        assert mask_text(text) == text
    codes = pa.array(["79161234567", "85123A", "звоните 79161234567"])
    assert mask_values(codes).to_pylist() == ["79161234567", "85123A", "звоните +7 ••• •••-••-67"]


@given(st.lists(st.one_of(st.none(), st.text(max_size=40)), max_size=6))
def test_masking_a_column_is_masking_its_cells(texts: list[str | None]) -> None:
    """R-64: the quick check never lets through what the careful one hides."""
    clean = [None if text is None else text.encode("utf-8", "ignore").decode() for text in texts]
    expected = [None if text is None else mask_text(text) for text in clean]
    assert mask_texts(pa.array(clean, pa.string())).to_pylist() == expected
