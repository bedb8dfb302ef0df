"""The story fits a screen, says the finding in plain words, and works on any console (R-24, R-27, R-65)."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from office_samples import readings, shop
from strategies import maps
from tropa.cli.story import story
from tropa.model import CannotTell, Map, Readings
from tropa.model.entered import entered_readings
from tropa.words import words


def told(
    value: Map, found: Readings | None, lang: str = "ru", *, width: int = 80, encoding: str = "utf-8", **rest: object
) -> str:
    """What a terminal of this width and encoding prints; a character it lacks fails."""
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, errors="strict", newline="\n")
    Console(file=stream, width=width, highlight=False, legacy_windows=False).print(
        story(value, found, words(lang), width, **rest)
    )  # type: ignore[arg-type]
    stream.flush()
    return raw.getvalue().decode(encoding)


def few(value: Map) -> Readings:
    """A shop of 300 passes, without scores."""
    return readings(value, (300, 140, 90, 60, 58, 9), scores=False, unseen=frozenset({"decision"}))


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_screenful(lang: str) -> None:
    value = shop()
    text = told(
        value,
        readings(value),
        lang,
        files=[Path("demo/pictures/map.svg"), Path("demo/pictures/map.pdf")],
        folder="demo",
    )
    lines = text.splitlines()
    assert len(lines) <= 40
    assert all(cell_len(line) <= 80 for line in lines)
    assert not any(line != line.rstrip() for line in lines)
    assert "\x1b" not in text, "plain when piped"


def test_the_finding_comes_first_in_plain_words() -> None:
    """R-24: where it breaks, what that costs per month with an interval, against what."""
    value = shop()
    text = told(value, readings(value))
    first = text.splitlines()[0]
    assert "1,9 млн ₽" in first
    assert "не возвращаются" in first
    assert "Можно вернуть примерно 1,9 млн ₽ в месяц (выручка: от 1,6 до 2,2 млн ₽)" in text.replace("\n", " ")
    assert "в 1,2 раза" in text
    assert "«Тренеры»" in text
    assert "Это не сумма" in text


def test_the_loop_is_told_in_days() -> None:
    """R-27."""
    text = told(shop(), readings(shop()))
    assert "20 % [18; 22], обычно через 47 дней" in text


def test_goods_that_are_not_bought_again_are_not_missed() -> None:
    value = shop().model_copy(update={"bought_again": False})
    assert "второй раз не покупают" in told(value, readings(value))


def test_what_cannot_be_told_has_its_reason() -> None:
    value = shop()
    found = readings(value)
    blind = found.model_copy(
        update={"loop": found.loop.model_copy(update={"repeat_rate": CannotTell(cannot_tell="too-few")})}
    )
    assert "пока не сказать" in told(value, blind)


def test_a_small_shop_gets_counts_ranges_in_words_and_what_to_collect() -> None:
    """R-65: 300 orders are enough for a useful page."""
    value = shop()
    text = told(value, few(value))
    assert "140 из 300 (41–52 из ста)" in text
    assert re.search(r"9 из 58\s+\(8–27 из ста\)", text)
    assert "на деле может быть от" in text
    assert "вчетверо больше данных: ещё примерно 180" in text.replace("\n  ", " ")
    assert "Что собрать дальше" in text
    assert "«Решение»" in text
    assert len(text.splitlines()) <= 44


def test_a_stage_nobody_can_see_is_hatched_without_figures() -> None:
    """R-23."""
    line = next(line for line in told(shop(), few(shop())).splitlines() if line.startswith("Решение"))
    assert "╱" in line
    assert "не видно" in line
    assert not re.search(r"\d", line)


def test_after_a_great_fall_the_scale_changes_and_says_so() -> None:
    value = shop()
    text = told(value, readings(value, (100_000, 50_000, 9_000, 2_000, 1_900, 300)))
    assert "отсюда масштаб ×50" in text
    purchase = next(line for line in text.splitlines() if line.startswith("Покупка"))
    assert purchase.count("█") > 10


def test_a_map_without_a_log() -> None:
    """R-22: first-class without any log."""
    text = told(shop(), None)
    assert "Журнала событий пока нет" in text
    assert "Осведомлённость → Рассмотрение" in text


def test_a_proposal_and_a_simulation_are_called_so() -> None:
    value = shop().model_copy(update={"proposal": True, "simulated": True})
    text = told(value, readings(value), folder="лавка")
    assert "смоделированные данные" in text
    assert "ещё никем не проверено" in text.replace("\n", " ")
    assert "лавка/map.yaml" in text


def test_deals_where_there_is_no_money() -> None:
    value = shop()
    text = told(value, readings(value, currency=None))
    assert "190 сделок" in text
    assert "₽" not in text


@pytest.mark.parametrize("encoding", ["cp866", "cp1251", "koi8-r", "utf-8"])
@pytest.mark.parametrize("width", [80, 60, 40, 200])
def test_any_console(encoding: str, width: int) -> None:
    """R-65: Windows and cp866 consoles work like any other."""
    value = shop()
    for found in (readings(value), few(value), None):
        text = told(value, found, width=width, encoding=encoding, folder="demo", files=["demo/map.svg"])
        assert "Спортпит Сергея" in text
        assert all(cell_len(line) <= max(40, width) for line in text.splitlines())
        assert encoding == "utf-8" or "?" not in text.replace("Что с ней сделаете", "")


def test_english_on_a_console_of_ascii() -> None:
    value = shop()
    plain = value.model_copy(update={"improvements": ()})
    text = told(plain, readings(value), "en", encoding="ascii")
    assert "####" in text
    assert "RUB 1.9M" in text


@settings(max_examples=60, deadline=None)
@given(maps(), st.sampled_from(["ru", "en"]), st.sampled_from([80, 50]))
def test_any_map_can_be_told(value: Map, lang: str, width: int) -> None:
    for found in (None, entered_readings(value)):
        text = told(value, found, lang, width=width)
        assert all(cell_len(line) <= width for line in text.splitlines())


@pytest.mark.parametrize("stages", [1, 2, 4, 12])
def test_few_and_many_stages(stages: int) -> None:
    value = shop(stages)
    entrants = tuple(round(40_000 * 0.7**index) for index in range(stages))
    if stages < 4:
        found = readings(shop(4), (100, 90, 80, 70)).model_copy(update={"breaks": ()})
        found = found.model_copy(update={"stages": found.stages[:stages]})
    else:
        found = readings(value, entrants)
    text = told(value, found)
    assert len(text.splitlines()) <= 46
    assert "Осведомлённость" in text
