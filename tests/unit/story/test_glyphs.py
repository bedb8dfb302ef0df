"""Signs for every console (R-65)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tropa.cli.glyphs import Glyphs


@pytest.mark.parametrize("encoding", ["cp866", "cp1251", "ascii", "utf-8"])
@given(text=st.text(max_size=60))
def test_what_is_shown_can_be_shown(encoding: str, text: str) -> None:
    shown = Glyphs(encoding).text(text)
    if encoding != "utf-8":
        shown.encode(encoding)


@given(st.text(alphabet="аб cd\u00a0₽漢🙂", max_size=80), st.integers(4, 40))
def test_wrapped_lines_fit_and_keep_every_word(text: str, width: int) -> None:
    lines = Glyphs().wrap(text, width, indent="  ")
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_numbers_are_not_torn_from_their_units() -> None:
    assert Glyphs().wrap("ровно 19\u00a0% клиентов", 10) == ["ровно 19 %", "клиентов"]
    assert Glyphs().wrap("почти 19\u00a0% их", 8) == ["почти", "19 % их"]


def test_bars_are_exact_where_the_console_can() -> None:
    assert Glyphs().bar(2.5) == "██▌"
    assert Glyphs("cp866").bar(2.5) == "██"
    assert Glyphs("ascii").bar(0.01) == "#"
    assert Glyphs().bar(0) == ""


def test_the_rouble_and_quotes_have_stand_ins() -> None:
    assert Glyphs("cp866").text("«1,9\u202fмлн ₽» — да…") == '"1,9 млн руб." - да...'
    assert Glyphs("ascii").text("₽") == "RUB"
