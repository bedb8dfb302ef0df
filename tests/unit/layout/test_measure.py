"""Widths and wrapping (R-07): they agree with the fonts themselves, and no line is wider than asked."""

from __future__ import annotations

from importlib import resources

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from tropa.layout.measure import FACES, known, measure, missing

WORDS = "После доставки — вакуум: ни инструкции, ни вопроса, ни совета; и в магазине не отвечают"


@pytest.mark.parametrize(("weight", "italic"), sorted(FACES))
def test_widths_are_those_of_the_font(weight: int, italic: bool) -> None:
    """The shipped table says what the shipped font does, kerning apart."""
    path = resources.files("tropa.layout") / "fonts" / f"inter-{FACES[weight, italic]}.ttf"
    font = TTFont(str(path))
    names, advances, upm = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    for char in "Hйo0—₽жW":
        expected = advances[names[ord(char)]][0] / upm * 20
        assert measure.width(char, 20, weight, italic) == pytest.approx(expected)  # type: ignore[arg-type]  # a key of FACES


def test_figures_stand_under_one_another() -> None:
    """Digits are tabular in every face."""
    for weight, italic in FACES:
        assert len({measure.width(char, 16, weight, italic) for char in "0123456789"}) == 1  # type: ignore[arg-type]  # a key of FACES


def test_kerning_brings_letters_together() -> None:
    """«Та» and “AV” are narrower than their letters."""
    for pair in ("AV", "Та", "Го"):
        assert measure.width(pair, 40) < sum(measure.width(char, 40) for char in pair)


@given(st.text(max_size=200), st.floats(30, 400), st.sampled_from([11.5, 14.5, 29.0]))
def test_no_line_is_wider_than_asked(text: str, width: float, size: float) -> None:
    """Unless one character alone is."""
    for line in measure.wrap(text, width, size):
        assert measure.width(line, size) <= width + 0.11 or len(line.rstrip("-")) <= 2


VISIBLE = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf", "Zs", "Zl", "Zp"])


@given(st.text(alphabet=VISIBLE, max_size=120), st.floats(40, 300))
def test_nothing_is_lost_in_wrapping(text: str, width: float) -> None:
    """All characters but spaces and added hyphens are still there, in order."""
    shown = "".join(measure.wrap(text, width, 14)).replace("-", "")
    assert shown.replace("\u00a0", "").replace(" ", "") == text.replace("-", "").replace("\u00a0", "").replace(" ", "")


def test_short_words_stay_with_what_follows() -> None:
    """Russian prepositions and particles are not left hanging; no-break spaces hold."""
    for width in (120, 160, 200, 260):
        for line in measure.wrap(WORDS, width, 14)[:-1]:
            assert line.rsplit("\u00a0", 1)[-1].rsplit(" ", 1)[-1] not in {"и", "в", "не", "ни"}
    assert measure.wrap("а 48\u202f210\u00a0проходов", 74, 14)[-1].endswith("проходов")


def test_cut_texts_end_with_an_ellipsis() -> None:
    """`max_lines` cuts visibly and keeps within the width."""
    lines = measure.wrap(WORDS, 120, 14, 400, 2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert measure.was_cut(WORDS, lines)
    assert all(measure.width(line, 14) <= 120.1 for line in lines)


def test_a_long_word_breaks_at_a_syllable() -> None:
    """A hyphen is the last resort, and it stands between syllables."""
    lines = measure.wrap("человеконенавистничество", 90, 14)
    assert all(line.endswith("-") for line in lines[:-1])
    assert all(line[0] not in "ьъйы" for line in lines)


def test_foreign_characters_are_known_to_be_missing() -> None:
    """Emoji and other scripts are measured by guess and reported."""
    assert missing("Привет 😀 漢") == "😀漢"
    assert known("₽")
    assert measure.width("😀", 15) > 10
