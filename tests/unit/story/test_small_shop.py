"""The first page of a small shop claims no more than its data bear (R-22, R-24, R-65)."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace as Thing
from typing import Any

import click
import pytest
from rich.console import Console

from office_samples import rate, readings, shop
from tropa.cli import asking
from tropa.cli.story import story
from tropa.layout import figures, findings
from tropa.model import CannotTell, EventCount, Map, Period, Rate, Readings
from tropa.service.own_files import Question
from tropa.words import words

RU = words("ru")
START = datetime(2026, 8, 1, tzinfo=UTC)


def told(value: Map, found: Readings, lang: str = "ru", **rest: Any) -> str:
    """What a terminal of 80 cells shows."""
    stream = io.StringIO()
    Console(file=stream, width=80, highlight=False, legacy_windows=False).print(
        story(value, found, words(lang), 80, **rest)
    )
    return stream.getvalue()


def small(days: float = 90, **loop: Any) -> Readings:
    """A log of so many days without breaks, where only the loop is known."""
    found = readings(shop(), (300, 140, 90, 60, 58, 9), scores=False)
    scope = found.scope.model_copy(update={"period": Period(start=START, end=START + timedelta(days=days))})
    stages = tuple(one.model_copy(update={"conversion": CannotTell(cannot_tell="too-few")}) for one in found.stages)
    given = {"repeat_curve": None, "buyers": 200, "deals": 300, "horizon_s": 30 * 86_400.0, **loop}
    update = {"scope": scope, "stages": stages, "breaks": (), "loop": found.loop.model_copy(update=given)}
    return found.model_copy(update=update)


def share(part: int, whole: int) -> Rate:
    return rate(part, whole)


@pytest.mark.parametrize(
    "loop",
    [
        {"repeat_rate": share(0, 13)},
        {"repeat_rate": share(29, 29)},
        {"repeat_rate": share(20, 60), "horizon_s": 43_200.0},
        {"repeat_rate": CannotTell(cannot_tell="too-few")},
    ],
)
def test_few_cases_or_a_short_wait_make_no_headline(loop: dict[str, Any]) -> None:
    """R-65: then the plain fact stands there, and what to collect."""
    first = findings.headline(shop(), small(**loop), RU)
    assert first == "300 сделок от 200 покупателей за 90 дней: для выводов пока мало"


def test_enough_cases_are_told() -> None:
    """R-27."""
    assert findings.headline(shop(), small(repeat_rate=share(30, 100)), RU) == "Снова покупают 30\u00a0% клиентов"
    nobody = findings.headline(shop(), small(repeat_rate=share(0, 60)), RU)
    assert nobody == "За новой покупкой пока не вернулся никто из 60"


def test_a_short_log_says_so() -> None:
    """R-27, R-65: a wait of three days is no merit of the shop."""
    found = small(12, repeat_rate=share(0, 13), horizon_s=3 * 86_400.0)
    text = " ".join(told(shop(), found).split())
    assert "пока не вернулся никто из 13. Ждали всего 3 дня: весь журнал — 12 дней." in text
    assert "за 12 дней: для выводов пока мало" in text
    assert "этот — всего 12 дней" in text


def test_a_loss_of_nothing_is_no_finding() -> None:
    """R-24: «0 ₽» is not listed; a break of few cases is no headline; headline and price line say the same amount."""
    value = shop()
    found = readings(value)
    worst = found.breaks[0]
    free = worst.model_copy(update={"loss": worst.loss.model_copy(update={"value": 0.3, "low": 0.0})})
    assert figures.priced_breaks(found.model_copy(update={"breaks": (free,)})) == []
    assert "Где уходят" not in told(value, found.model_copy(update={"breaks": (free,)}))
    few = worst.model_copy(update={"rate": rate(7, 18)})
    assert figures.worst_break(found.model_copy(update={"breaks": (few,)})) is None
    unsure = worst.model_copy(
        update={"loss": worst.loss.model_copy(update={"value": 8_200, "low": 0.0, "high": 29_000})}
    )
    text = " ".join(told(value, found.model_copy(update={"breaks": (unsure,)})).replace("\u00a0", " ").split())
    assert "Возможно, теряем примерно 8,2 тыс. ₽ в месяц" in text
    assert "Можно вернуть примерно 8,2 тыс. ₽ в месяц (выручка: до 29 тыс. ₽, а может быть, и ничего)" in text


def without_deal() -> Map:
    value = shop()
    stages = tuple(stage.model_copy(update={"deal": None}) for stage in value.stages)
    return value.model_copy(update={"stages": stages, "proposal": True})


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_no_deal_is_said_with_how_to_name_it(lang: str) -> None:
    """R-22: nothing is said of purchases where nobody knows what a purchase is."""
    text = " ".join(told(without_deal(), small(repeat_rate=share(29, 29)), lang).split())
    assert ("Сделка не найдена" if lang == "ru" else "No deal was recognised") in text
    assert "deal:" in text
    assert "order_paid" in text
    assert "100" not in text


def test_reasons_go_on_in_small_letters_and_the_currency_is_asked_for_once() -> None:
    """R-65."""
    found = small(repeat_rate=CannotTell(cannot_tell="window-not-seen", n=3))
    found = found.model_copy(update={"scope": found.scope.model_copy(update={"currency": "XXX"})})
    text = " ".join(told(shop(), found).split())
    assert "пока не сказать: срок ожидания ещё не истёк" in text
    assert text.count("money.currency") == 1


def test_what_was_assumed_stands_under_the_story() -> None:
    """R-20: rows in quarantine, and what was guessed; of several files it is said of which."""
    from tropa.cli.tables import import_notes, reading_notes

    note = Thing(message="events-warn-fixed-event", facts={"event": "order_paid"})
    one = Thing(file="a.csv", accepted=40, quarantined=2, reasons={"TR-E013": 2}, notes=(note,))
    plans = [Thing(currency="RUB"), Thing(currency="RUB")]
    notes = reading_notes([one], plans, RU, "shop")
    assert notes[0].startswith("Прочитано 40, в карантине 2 (")
    assert notes[0].endswith("→ tropa events shop --quarantine")
    assert "«order_paid»" in notes[1]
    assert notes[2:] == ["Валюта: RUB. Иначе — --currency КОД."]
    text = told(shop(), readings(shop()), notes=notes)
    assert text.index("Что делать дальше") < text.index("Как прочитаны файлы")
    other = Thing(file="b.csv", accepted=1, quarantined=0, reasons={}, notes=())
    assert import_notes([one, other], RU)[0].startswith("a.csv: ")
    assert reading_notes([other], [Thing(currency=None)], RU, "shop") == []
    assert "Как прочитаны" not in told(shop(), readings(shop()))


def test_months_are_named_on_pictures() -> None:
    """R-24: «май 2026», not 2026-05."""
    found = readings(shop()).breaks[0].loss.model_copy(update={"reference_kind": "period", "reference_name": "2026-05"})
    assert "май 2026" in figures.reference_text(RU, found, shop())


@pytest.mark.parametrize(("answer", "deal"), [(0, None), (2, "view")])
def test_where_nothing_looks_like_a_deal_none_is_the_default_answer(
    monkeypatch: pytest.MonkeyPatch, answer: int, deal: str | None
) -> None:
    """R-22, R-65: the question offers the events, and that it is none of them."""
    asked: dict[str, Any] = {}

    def prompt(text: str, **given: Any) -> int:
        asked.update(given)
        return answer

    monkeypatch.setattr(asking, "can_ask", lambda: True)
    monkeypatch.setattr(click, "prompt", prompt)
    monkeypatch.setattr(click, "confirm", lambda text, **given: given["default"])
    counted = tuple(EventCount(event=name, events=9, customers=5) for name in ("event", "view"))
    answers = asking.ask_about_map(Question(None, counted, True), RU)
    assert answers.deal == deal
    assert asked["default"] == 0


def test_less_than_one_deal_a_month_is_no_headline() -> None:
    """R-65: 0.4 of a deal is not told as «примерно 1 сделку»."""
    value, found = shop(), readings(shop())
    worst = found.breaks[0]
    loss = worst.loss.model_copy(update={"kind": "deals", "currency": None, "value": 0.4, "low": 0.1, "high": 2.0})
    little = found.model_copy(update={"breaks": (worst.model_copy(update={"loss": loss}),)})
    assert "сделк" not in findings.headline(value, little, words("ru"))
