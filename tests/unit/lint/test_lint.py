"""R-12: every rule finds what it is for, says it in both languages with its line, and keeps quiet otherwise."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from strategies import maps
from tropa import codec
from tropa.lint import RULES, check, exit_status, finding_data, guide_page
from tropa.model import Map, Period, Rate, Readings, Satisfaction, Scope, StageReading, Unit
from tropa.words import words

TODAY = date(2026, 11, 22)
ROOT = Path(__file__).resolve().parents[3]

CLEAN: dict[str, Any] = {
    "tropa": 1,
    "title": "Магазин",
    "stages": [
        {
            "id": "need",
            "title": "Нужда",
            "does": ["ищет"],
            "owner": "Аня",
            "metrics": [{"id": "m1", "title": "Идут дальше", "reading": "conversion", "at_least": 0.3}],
        },
        {
            "id": "buy",
            "title": "Покупка",
            "does": ["платит"],
            "deal": {"event": "order_paid"},
            "metrics": [{"id": "m2", "title": "Оценка", "reading": "buy.satisfaction"}],
        },
    ],
    "loops": [{"from": "buy", "to": "need"}],
}


def a_map(**changes: Any) -> Map:
    """The clean map with other keys at the top."""
    return Map.model_validate({**CLEAN, **changes})


def stages(
    first: dict[str, Any] | None = None, second: dict[str, Any] | None = None, *more: dict[str, Any]
) -> list[dict[str, Any]]:
    """The clean stages with keys added."""
    return [{**CLEAN["stages"][0], **(first or {})}, {**CLEAN["stages"][1], **(second or {})}, *more]


def readings(**stage: Any) -> Readings:
    period = Period(start=datetime(2026, 1, 1, tzinfo=UTC), end=datetime(2026, 11, 20, tzinfo=UTC))
    scope = Scope(
        data_version="v",
        period=period,
        events=9,
        customers=9,
        passes=9,
        bound_events=9,
        open_passes=0,
        window_s=1,
        silence_s=1,
        settle_s=1,
    )
    return Readings(
        scope=scope,
        stages=(StageReading(id="need", observed=True, entrants=100, **stage), StageReading(id="buy", observed=False)),
    )


def codes(value: Map, seen: Readings | None = None, **also: Any) -> list[str]:
    return [finding.code for finding in check(value, seen, today=TODAY, **also)]


LOW = Rate(numerator=10, denominator=100, unit=Unit.PASSES, low=0.05, high=0.17)
BAD = Satisfaction(mean=-1.5, low=-1.8, high=-1.2, n=40)
PAIN = {"id": "p", "text": "дорого", "owner": "Аня"}
FIX = {"id": "i", "text": "скидка", "stage": "need", "owner": "Аня"}


def test_stale_evidence_is_named_by_title_and_row() -> None:
    """R-30: people do not know the program's addresses."""
    old = {"text": "x", "evidence": [{"visit": "v", "date": "2026-01-01"}]}
    point = {"id": "site", "title": "Сайт", "does": [old]}
    value = a_map(stages=stages({"does": [old], "touchpoints": [point]}))
    told = [
        finding_data(one, words("ru"))["message"] for one in check(value, None, today=TODAY) if one.code == "TR-L004"
    ]
    title = value.stages[0].title
    assert f"Основание устарело: «{title}», строка «Делает»." in told
    assert all("/" not in text for text in told)


CASES: list[tuple[str, Map, Readings | None, dict[str, Any]]] = [
    ("TR-L001", a_map(stages=stages({"metrics": []})), None, {}),
    ("TR-L002", a_map(stages=stages(None, {"pains": [{"id": "p", "text": "дорого"}]})), None, {}),
    ("TR-L003", a_map(stages=stages({"feels": {"score": 1}})), None, {}),
    (
        "TR-L004",
        a_map(stages=stages({"does": [{"text": "x", "evidence": [{"visit": "v", "date": "2026-01-01"}]}]})),
        None,
        {},
    ),
    ("TR-L005", a_map(stages=stages(None, None, {**CLEAN["stages"][0], "id": "c", "after": []})), None, {}),
    (
        "TR-L005",
        a_map(stages=stages(None, {"after": ["need"]}, {**CLEAN["stages"][0], "id": "c", "after": ["need"]}), loops=[]),
        None,
        {},
    ),
    ("TR-L006", a_map(), None, {"events": ["order_payed"]}),
    (
        "TR-L007",
        a_map(stages=stages({"touchpoints": [{"id": t, "title": t, "when": {"event": "view"}} for t in ("a", "b")]})),
        None,
        {},
    ),
    ("TR-L008", a_map(), readings(), {}),
    ("TR-L009", a_map(), readings(conversion=LOW), {}),
    ("TR-L009", a_map(stages=stages({"figures": [{"reading": "conversion", "value": 0.1}]})), None, {}),
    ("TR-L010", a_map(improvements=[{"id": "i", "text": "скидка", "stage": "need"}]), None, {}),
    ("TR-L011", a_map(improvements=[{**FIX, "status": "doing"}]), None, {}),
    ("TR-L012", a_map(improvements=[{**FIX, "due": "2026-11-01"}]), None, {}),
    ("TR-L013", a_map(stages=stages({"pains": [{**PAIN, "severity": 3}]})), None, {}),
    ("TR-L014", a_map(loops=[{"from": "need", "to": "buy"}]), None, {}),
    ("TR-L015", a_map(stages=stages(None, {"deal": None})), None, {}),
    ("TR-L016", a_map(personas=[{"id": "a", "title": "Новичок"}]), None, {}),
    ("TR-L017", a_map(stages=stages(None, None, {"id": "c", "title": "Пусто"})), None, {}),
    ("TR-L018", a_map(stages=stages({"feels": {"score": 1}})), readings(satisfaction=BAD), {}),
    ("TR-L019", a_map(title={"ru": "Магазин", "en": "Shop"}, about={"ru": "О магазине"}), None, {}),
    ("TR-L020", a_map(stages=stages({"does": [{"text": "x", "evidence": [{"quote": "дорого"}]}]})), None, {}),
    ("TR-L021", a_map(kind="to-be", title="Завтра"), None, {"beside": a_map()}),
    ("TR-L022", a_map(stages=stages({"pains": [PAIN]}), improvements=[{**FIX, "pain": "pp"}]), None, {}),
    ("TR-L023", a_map(stages=stages({"metrics": [{"id": "m", "title": "x", "reading": "convertion"}]})), None, {}),
    ("TR-L023", a_map(stages=stages({"does": [{"text": "x", "evidence": [{"reading": "by.conversion"}]}]})), None, {}),
    ("TR-L023", a_map(stages=stages({"figures": [{"reading": "entrance", "value": 1}]})), None, {}),
    ("TR-L024", a_map(stages=stages({"cells": {"weather": "дождь"}})), None, {}),
    ("TR-L024", a_map(views=[{"id": "v", "title": "Стена", "hide": ["doubt"]}]), None, {}),
    ("TR-L025", a_map(proposal=True), None, {}),
    (
        "TR-L026",
        a_map(
            comparison={
                "stage": "need",
                "rivals": [{"id": "a", "title": "Мы", "us": True}],
                "criteria": [{"id": "c", "title": "Цена", "scores": [{"rival": "a", "score": 5}]}],
            }
        ),
        None,
        {},
    ),
    (
        "TR-L028",
        a_map(
            comparison={"rivals": [{"id": "a", "title": "Мы", "us": True}, {"id": "b", "title": "И мы", "us": True}]}
        ),
        None,
        {},
    ),
    (
        "TR-L027",
        a_map(comparison={"stage": "need", "rivals": [{"id": "a", "title": "Они"}]}),
        None,
        {},
    ),
]


@pytest.mark.parametrize(("code", "value", "seen", "also"), CASES)
def test_a_rule_finds_what_it_is_for(code: str, value: Map, seen: Readings | None, also: dict[str, Any]) -> None:
    """R-12"""
    found = [finding for finding in check(value, seen, today=TODAY, **also) if finding.code == code]
    assert found
    for lang in ("ru", "en"):
        data = finding_data(found[0], words(lang))
        assert data["message"]
        assert data["fix"]


def test_every_rule_has_a_case_and_a_page() -> None:
    """R-12: no rule untested, none undescribed."""
    assert {case[0] for case in CASES} == {rule.code for rule in RULES}
    assert guide_page("en") == (ROOT / "docs" / "guide" / "lint.md").read_text(encoding="utf-8")
    assert guide_page("ru") == (ROOT / "docs" / "ru" / "lint.md").read_text(encoding="utf-8")


def test_a_clean_map_has_no_findings() -> None:
    """R-12"""
    assert codes(a_map(), None, events=["order_paid"]) == []


def test_synonyms_of_one_event_are_enough() -> None:
    """R-12: of several names for one thing one is in the log."""
    value = a_map(stages=stages(None, {"deal": {"event": ["order_paid", "purchase"]}}))
    assert codes(value, None, events=["purchase"]) == []


def test_near_misses_are_suggested() -> None:
    """R-12"""
    (finding,) = check(a_map(), None, today=TODAY, events=["order_payed"])
    assert finding.facts["near"] == "order_payed"


def test_findings_of_a_file_have_their_lines_in_order() -> None:
    """R-12: sub-stages too."""
    text = (
        "tropa: 1\ntitle: x\nstages:\n  - id: a\n    title: A\n    stages:\n      - id: s\n        title: S\n        touchpoints:\n"
        "          - id: t\n            title: T\n            pains: [{id: p, text: x, severity: 3}]\n    deal: {event: e}\n"
    )
    found = check(codec.loads(text, "x.yaml"), None, today=TODAY)
    assert [(finding.code, finding.where.line) for finding in found] == [
        ("TR-L001", 4),
        ("TR-L002", 12),
        ("TR-L013", 12),
    ]
    assert finding_data(found[0], words("en"))["file"] == "x.yaml"


def said(value: Map, seen: Readings | None, code: str) -> tuple[str, str]:
    """The message of the first finding with this code, in Russian and in English."""
    finding = next(item for item in check(value, seen, today=TODAY) if item.code == code)
    return finding_data(finding, words("ru"))["message"], finding_data(finding, words("en"))["message"]


def test_figures_are_written_as_what_they_are() -> None:
    """R-12: shares in per cent, scores with their sign and a true minus, times in days, money with its currency."""
    ru, en = said(a_map(), readings(conversion=LOW), "TR-L009")
    assert "10,0\u00a0%, а цель — ≥ 30\u00a0%" in ru
    assert "10.0%; the target is ≥ 30%" in en

    ru, en = said(a_map(stages=stages({"feels": {"score": 1}})), readings(satisfaction=BAD), "TR-L018")
    assert "+1, а клиенты — −1,5" in ru
    assert "+1, the customers −1.5" in en
    assert "(−0,5)" in said(a_map(stages=stages({"feels": {"score": -0.5}})), None, "TR-L003")[0]
    assert "(0)" in said(a_map(stages=stages({"feels": {"score": 0}})), None, "TR-L003")[1]

    def missed(reading: str, value: float, **target: float) -> tuple[str, str]:
        metric = {"id": "m1", "title": "Цель", "reading": reading, **target}
        figures = [{"reading": reading, "value": value}]
        return said(a_map(stages=stages({"metrics": [metric], "figures": figures})), None, "TR-L009")

    assert "5 дней, а цель — ≤ 3 дня" in missed("time_to_next", 5, at_most=3 * 86_400)[0]
    assert "5 days; the target is ≤ 3 days" in missed("time_to_next", 5, at_most=3 * 86_400)[1]
    assert "−0,6, а цель — ≥ +0,5" in missed("satisfaction", -0.593, at_least=0.5)[0]
    assert "₽2M; the target is ≤ ₽1.5M" in missed("loss", 2e6, at_most=1.5e6)[1].replace("RUB\u00a0", "₽")
    assert "1\u202f200, а цель — ≥ 2\u202f000" in missed("entrants", 1_200, at_least=2_000)[0]


def test_a_figure_typed_under_the_metrics_own_name_is_of_its_readings_kind() -> None:
    """R-12, R-22"""
    value = a_map(stages=stages({"figures": [{"reading": "m1", "value": 0.1}]}))
    assert "10,0\u00a0%, а цель — ≥ 30\u00a0%" in said(value, None, "TR-L009")[0]


def test_the_exit_status() -> None:
    """R-12: errors fail; warnings only when strict; hints never."""
    hint = check(a_map(proposal=True), None, today=TODAY)
    warning = check(a_map(stages=stages({"metrics": []})), None, today=TODAY)
    error = check(a_map(loops=[{"from": "need", "to": "buy"}]), None, today=TODAY)
    assert [exit_status(found) for found in (hint, warning, error)] == [0, 0, 1]
    assert [exit_status(found, strict=True) for found in (hint, warning, error)] == [0, 1, 1]


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(maps())
def test_any_map_can_be_checked(value: Map) -> None:
    """R-12: no rule breaks on any valid map, and all it says can be said in both languages."""
    for finding in check(value, None, today=TODAY, events=["order_paid"], beside=value):
        assert finding_data(finding, words("ru"))["message"]
        assert finding_data(finding, words("en"))["fix"]
