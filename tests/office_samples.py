"""Maps and readings made by hand for tests of what is written and printed. All figures are invented.

Use: `from office_samples import shop, readings` (the `tests` folder is on the path of every test).
"""

from __future__ import annotations

from datetime import UTC, datetime
from math import sqrt

from tropa.model import (
    Break,
    CannotTell,
    EventCount,
    Flow,
    LoopReading,
    Loss,
    Map,
    Period,
    Rate,
    Readings,
    Satisfaction,
    Scope,
    StageReading,
    Times,
    Unit,
)

DAY = 86_400.0
STAGES = (
    ("awareness", "Осведомлённость", "Awareness"),
    ("consideration", "Рассмотрение", "Consideration"),
    ("decision", "Решение", "Decision"),
    ("purchase", "Покупка", "Purchase"),
    ("use", "Использование", "Use"),
    ("loyalty", "Лояльность", "Loyalty"),
)


def shop(stages: int = 6) -> Map:
    """A sports-nutrition shop in two languages; beyond six, further stages have names of their own."""
    named = [*STAGES, *((f"s{i}", f"Ещё этап {i}", f"Further stage {i}") for i in range(7, stages + 1))][:stages]
    columns: list[dict[str, object]] = [_stage(*names) for names in named]
    columns[min(3, stages - 1)]["deal"] = {"event": "order_paid"}
    ids = [names[0] for names in named]
    return Map.model_validate(
        {
            "title": {"ru": "Спортпит Сергея", "en": "Sergey's sports nutrition"},
            "author": "А. Кузнецова",
            "version": "7",
            "persona": "beginner",
            "personas": [
                {
                    "id": "beginner",
                    "title": {"ru": "Алексей, новичок", "en": "Alexey, a beginner"},
                    "needs": ["понять, что нужно именно ему"],
                    "quote": {"ru": "Не хочу разбираться в банках", "en": "I do not want to study tins"},
                    "share": 0.61,
                }
            ],
            "segments": [
                {"id": "coaches", "title": {"ru": "Тренеры", "en": "Coaches"}, "rule": {"has": {"persona": "coach"}}}
            ],
            "stages": columns,
            "loops": [{"from": ids[-1], "to": ids[0], "kind": "loyalty"}],
            "improvements": [
                {
                    "id": "first-days",
                    "text": {"ru": "Цепочка «Первые 14 дней»", "en": "“First 14 days” letters"},
                    "stage": ids[-2:][0],
                    "owner": "Аня",
                    "status": "doing",
                    "due": "2026-12-12",
                    "impact": 400_000,
                }
            ],
        }
    )


def _stage(stage_id: str, russian: str, english: str) -> dict[str, object]:
    return {
        "id": stage_id,
        "title": {"ru": russian, "en": english},
        "goal": {"ru": f"Цель: {russian.lower()} | без хлопот", "en": f"{english} *without* trouble"},
        "does": [
            {"text": {"ru": "Видит блогера, гуглит «с чего начать»", "en": "Sees a blogger <script>alert(1)</script>"}}
        ],
        "feels": {"score": 0.5, "words": ["любопытство"]},
        "pains": [
            {"id": f"{stage_id}-pain", "text": {"ru": "Отзывы только на маркетплейсе", "en": "Reviews elsewhere"}}
        ],
        "brand": {"goal": {"ru": "Быть найденным", "en": "Be found"}, "task": "inform"},
        "metrics": [{"id": f"{stage_id}-go", "title": {"ru": "Идут дальше", "en": "Go on"}, "reading": "conversion"}],
        "touchpoints": [
            {
                "id": f"{stage_id}-site",
                "title": {"ru": "Сайт", "en": "Site"},
                "channel": "website",
                "does": ["Читает"],
                "moment_of_truth": stage_id == "purchase",
            }
        ],
    }


def rate(part: int, whole: int, unit: Unit = Unit.PASSES, left_out: int = 0) -> Rate:
    """A rate with Wilson's interval."""
    z, share = 1.96, part / whole
    middle = (share + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z / (1 + z * z / whole) * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    return Rate(
        numerator=part,
        denominator=whole,
        unit=unit,
        low=max(0.0, middle - half),
        high=min(1.0, middle + half),
        left_out=left_out,
        window_s=30 * DAY,
    )


def readings(
    value: Map,
    entrants: tuple[int, ...] = (48_210, 21_640, 9_310, 6_120, 6_050, 1_190),
    *,
    currency: str | None = "RUB",
    scores: bool = True,
    unseen: frozenset[str] = frozenset(),
) -> Readings:
    """Readings of a map with these entrants by stage, breaks after the second, third and last but one."""
    ids = [stage.id for stage in value.stages]
    stages = tuple(
        _reading(ids, index, entrants, scores=scores) if name not in unseen else StageReading(id=name, observed=False)
        for index, name in enumerate(ids)
    )
    deals = entrants[min(3, len(ids) - 1)]
    again = max(1, round(deals * 0.197))
    return Readings(
        scope=Scope(
            data_version="a1b2c3d4",
            period=Period(start=datetime(2025, 11, 1, tzinfo=UTC), end=datetime(2026, 10, 31, tzinfo=UTC)),
            events=entrants[0] * 8,
            customers=round(entrants[0] * 0.415),
            passes=entrants[0],
            bound_events=entrants[0] * 7,
            open_passes=round(entrants[0] * 0.031),
            window_s=30 * DAY,
            silence_s=30 * DAY,
            settle_s=DAY,
            currency=currency,
            money_kind="revenue" if currency else "deals",
        ),
        stages=stages,
        flows=tuple(
            Flow(source=a, target=b, passes=n, times=n) for a, b, n in zip(ids, ids[1:], entrants[1:], strict=False)
        ),
        loop=LoopReading(
            horizon_s=120 * DAY,
            repeat_rate=rate(again, deals, Unit.DEALS, left_out=deals // 10),
            repeat_curve=0.2,
            repeat_curve_low=0.18,
            repeat_curve_high=0.22,
            interval=Times(n=again, unit=Unit.DEALS, q25_s=33 * DAY, median_s=47 * DAY, q75_s=68 * DAY),
            buyers=round(deals * 0.8),
            buyers_again=round(again * 0.8),
            deals=deals,
        ),
        sales_cycle=Times(n=deals, unit=Unit.CUSTOMERS, q25_s=DAY, median_s=6 * DAY, q75_s=15 * DAY),
        breaks=_breaks(ids, entrants, currency),
        all_together=_loss(2.7e6, currency),
        unbound=(EventCount(event="banner_seen", events=1200, customers=900),),
    )


def _reading(ids: list[str], index: int, entrants: tuple[int, ...], *, scores: bool) -> StageReading:
    count = entrants[index]
    last = index + 1 == len(ids)
    going = None if last else min(count, entrants[index + 1])
    answers = max(2, count // 10)
    mean = (0.3, -0.2, 0.1, 0.9, -1.2, 0.5)[index % 6]
    return StageReading(
        id=ids[index],
        observed=True,
        entrants=count,
        customers=count,
        events=count * 3,
        exits=count - (going or 0) if not last else 0,
        open=count // 50,
        next_stage=None if last else ids[index + 1],
        conversion=CannotTell(cannot_tell="one-stage") if going is None else rate(going, count),
        to_deal=rate(min(count, entrants[min(3, len(ids) - 1)]), count),
        time_to_next=CannotTell(cannot_tell="one-stage")
        if last
        else Times(n=going or 0, unit=Unit.PASSES, q25_s=0.4 * DAY, median_s=(index + 1) * DAY, q75_s=9 * DAY),
        satisfaction=Satisfaction(
            mean=mean,
            low=mean - 2 / sqrt(answers),
            high=mean + 2 / sqrt(answers),
            n=answers,
            instruments={"csat": answers},
        )
        if scores and index
        else CannotTell(cannot_tell="no-scores"),
    )


def _loss(value: float, currency: str | None, reference: float = 0.3) -> Loss:
    scale = 1.0 if currency else 1e-4
    return Loss(
        value=value * scale,
        low=value * 0.85 * scale,
        high=value * 1.15 * scale,
        ceiling=value * 2.4 * scale,
        currency=currency,
        kind="revenue" if currency else "deals",
        reference=reference,
        reference_kind="segment",
        reference_name="coaches",
    )


def _breaks(ids: list[str], entrants: tuple[int, ...], currency: str | None) -> tuple[Break, ...]:
    found: list[Break] = []
    if len(ids) > 4:
        kept = entrants[5] if len(ids) > 5 else entrants[4] // 5
        buyers = entrants[4]
        found.append(
            Break(
                stage=ids[4],
                kind="loop",
                rank=1,
                customers=buyers - kept,
                passes=buyers - kept,
                rate=rate(buyers - kept, buyers),
                loss=_loss(1.9e6, currency, 0.65),
            )
        )
    for rank, index in enumerate((2, 1, 0), start=len(found) + 1):
        gone = entrants[index] - entrants[index + 1]
        found.append(
            Break(
                stage=ids[index],
                kind="exit",
                rank=rank,
                customers=gone,
                passes=gone,
                rate=rate(gone, entrants[index]),
                loss=_loss((0.3e6, 0.4e6, 0.8e6)[index], currency, 0.9 * gone / entrants[index]),
            )
        )
    return tuple(found)
