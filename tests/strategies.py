"""Hypothesis strategies for the values of the domain. Use: `from strategies import maps`.

Everything made here is a valid value; what a loader must survive when it is *not* valid is made in the tests of that loader.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

from tropa.model import (
    Barrier,
    Brand,
    Cell,
    Comparison,
    Condition,
    Criterion,
    Deal,
    Did,
    EventRule,
    Evidence,
    Feels,
    Figure,
    Improvement,
    Lane,
    Limits,
    Loop,
    Map,
    Metric,
    Money,
    Opportunity,
    Pain,
    Persona,
    Rival,
    RivalScore,
    Score,
    Segment,
    SegmentRule,
    Stage,
    Statement,
    SubStage,
    Target,
    Touchpoint,
    View,
)
from tropa.model.lanes import POINT_LINES

_PLAIN = [
    "Не знает, когда привезут", "Ждёт курьера", "Compares three shops", "«Это точно для новичка?»", "yes", "no", "null", "~", "1",
    "1.5", "2026-03-02", "=1+1", "- список", "a: b", "#x", "  with spaces ", "line one\nline two", "👍 супер", "'", '"', "@me", "+7",
    "-1", "{x}", "[y]", "…", "Очень длинное слово: высокопревосходительство и ещё немного слов, чтобы строка перенеслась",
]  # fmt: skip


@cache
def lines() -> st.SearchStrategy[str]:
    """Lines of text: things people write, things that upset formats, and anything that is not a control character."""
    anything = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=12)
    return st.sampled_from(_PLAIN) | anything


@cache
def texts() -> st.SearchStrategy[Any]:
    """A `Text`: one string, or one per language."""
    return lines() | st.fixed_dictionaries({"ru": lines()}, optional={"en": lines()})


@cache
def days() -> st.SearchStrategy[date]:
    return st.dates(date(2024, 1, 1), date(2027, 12, 31))


@cache
def durations() -> st.SearchStrategy[timedelta]:
    return st.integers(1, 400 * 86_400).map(lambda seconds: timedelta(seconds=seconds))


@cache
def numbers(low: float = -1e6, high: float = 1e6) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_nan=False, allow_infinity=False)


@cache
def maybe(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | inner


@cache
def few(inner: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(inner, max_size=most).map(tuple)


@cache
def tests_of_values() -> st.SearchStrategy[Any]:
    scalar = lines() | st.integers(-1000, 1000) | numbers() | st.booleans()
    condition = st.builds(
        Condition,
        equals=maybe(scalar | few(scalar)), unlike=maybe(scalar), above=maybe(numbers()), contains=maybe(lines()),
        known=maybe(st.booleans()),
    )  # fmt: skip
    return scalar | few(scalar) | condition


@cache
def event_rules() -> st.SearchStrategy[EventRule]:
    names = st.sampled_from(["order_paid", "page_view", "заказ оплачен"])
    return st.builds(
        EventRule,
        event=names | st.lists(names, min_size=1, max_size=2).map(tuple),
        channel=maybe(lines()),
        score=maybe(tests_of_values()),
        props=st.dictionaries(st.sampled_from(["about", "город"]), tests_of_values(), max_size=1),
    )


@cache
def whens() -> st.SearchStrategy[Any]:
    return event_rules() | st.lists(event_rules(), min_size=1, max_size=2).map(tuple)


@cache
def evidence() -> st.SearchStrategy[Evidence]:
    kinds = st.sampled_from(["quote", "visit", "interview", "file", "link"])
    pairs = st.tuples(kinds, lines()) | st.just(("reading", "purchase.conversion")) | st.just(("experiment", "exp-1"))
    return st.builds(
        lambda pair, source, day, n: Evidence(**{pair[0]: pair[1]}, source=source, date=day, n=n),
        pairs, maybe(texts()), maybe(days()), maybe(st.integers(0, 9999)),
    )  # fmt: skip


@cache
def statements() -> st.SearchStrategy[Statement]:
    return st.builds(Statement, text=texts(), evidence=few(evidence(), 2))


@cache
def said() -> st.SearchStrategy[Any]:
    return lines() | statements()


@cache
def feels() -> st.SearchStrategy[Feels]:
    return st.builds(Feels, score=maybe(numbers(-2, 2)), words=few(texts(), 2), evidence=few(evidence(), 1))


@cache
def figures() -> st.SearchStrategy[Figure]:
    names = [
        "entrants",
        "customers",
        "exits",
        "conversion",
        "time_to_next",
        "satisfaction",
        "repeat_rate",
        "loss",
        "m0",
    ]
    values = {"conversion": numbers(0, 1), "repeat_rate": numbers(0, 1), "satisfaction": numbers(-2, 2)}
    counts = st.integers(0, 100_000).map(float)
    return st.sampled_from(names).flatmap(
        lambda name: st.builds(
            Figure,
            reading=st.just(name), value=values.get(name, counts), n=maybe(st.integers(0, 9999)), period=maybe(lines()),
            source=maybe(lines()), date=maybe(days()),
        )
    )  # fmt: skip


@cache
def cells() -> st.SearchStrategy[Any]:
    return lines() | st.builds(
        Cell,
        text=maybe(texts()), items=few(said(), 2), number=maybe(numbers()), unit=maybe(lines()), curve=maybe(numbers(-2, 2)),
        image=maybe(lines()), file=maybe(lines()), evidence=few(evidence(), 1),
    )  # fmt: skip


@cache
def barriers() -> st.SearchStrategy[Barrier]:
    return st.builds(Barrier, text=texts(), kind=st.sampled_from(["payment", "stock", "other", "погода"]))


@cache
def brands() -> st.SearchStrategy[Brand]:
    tasks = st.sampled_from(["teach", "remind", "своя"])
    return st.builds(Brand, goal=maybe(texts()), task=maybe(tasks), does=few(said(), 2))


@cache
def loops(stage_ids: tuple[str, ...]) -> st.SearchStrategy[Loop]:
    ids, kinds = st.sampled_from(stage_ids), st.sampled_from(["loyalty", "rework"])
    return st.builds(
        lambda a, b, kind, text: Loop(source=a, target=b, kind=kind, text=text), ids, ids, kinds, maybe(texts())
    )


@st.composite
def touchpoints(draw: st.DrawFn, point_id: str, lanes: tuple[str, ...] = ()) -> Touchpoint:
    return Touchpoint(
        id=point_id,
        title=draw(texts()),
        channel=draw(maybe(st.sampled_from(["website", "email", "courier", "свой канал"]))),
        when=draw(maybe(whens())),
        **_rows(draw, point_id),
        owner=draw(maybe(lines())),
        moment_of_truth=draw(st.booleans()),
        droppable=draw(st.booleans()),
        figures=draw(few(figures(), 1)),
        cells={name: draw(cells()) for name in lanes if draw(st.booleans())},
    )


def _rows(draw: st.DrawFn, prefix: str) -> dict[str, Any]:
    """The rows that stages and touchpoints share."""
    rows: dict[str, Any] = {name: draw(few(said(), 2)) for name in POINT_LINES}
    rows["feels"] = draw(maybe(feels()))
    rows["pains"] = tuple(
        Pain(
            id=f"{prefix}-p{index}", text=draw(texts()), severity=draw(st.integers(1, 3)), owner=draw(maybe(lines())),
            evidence=draw(few(evidence(), 1)),
        )
        for index in range(draw(st.integers(0, 2)))
    )  # fmt: skip
    rows["opportunities"] = tuple(
        Opportunity(
            id=f"{prefix}-o{index}", text=draw(texts()), kind=draw(st.sampled_from(["improve", "wow", "свой вид"]))
        )
        for index in range(draw(st.integers(0, 1)))
    )
    return rows


@st.composite
def stages(draw: st.DrawFn, index: int, lanes: tuple[str, ...] = (), most_points: int = 2) -> Stage:
    stage_id = f"s{index}"
    points = [draw(touchpoints(f"{stage_id}.t{number}", lanes)) for number in range(draw(st.integers(0, most_points)))]
    cut = draw(st.integers(0, len(points)))
    parts = (
        (SubStage(id=f"{stage_id}-sub", title=draw(texts()), touchpoints=tuple(points[cut:])),) if points[cut:] else ()
    )
    earlier = [f"s{number}" for number in range(index)]
    return Stage(
        id=stage_id,
        title=draw(texts()),
        after=draw(maybe(st.lists(st.sampled_from(earlier), unique=True, max_size=2).map(tuple))) if earlier else None,
        when=draw(maybe(whens())),
        window=draw(maybe(durations())),
        silence=draw(maybe(durations())),
        goal=draw(maybe(texts() | statements())),
        **_rows(draw, stage_id),
        expects=draw(few(said(), 1)),
        barriers=draw(few(barriers(), 1)),
        strengths=draw(few(said(), 1)),
        brand=draw(maybe(brands())),
        metrics=tuple(
            Metric(id=f"m{n}", title=draw(texts()), reading=draw(maybe(st.just("conversion"))), at_least=draw(maybe(numbers(0, 1))))
            for n in range(draw(st.integers(0, 1)))
        ),
        owner=draw(maybe(lines())),
        moment_of_truth=draw(st.booleans()),
        figures=draw(few(figures(), 2)),
        touchpoints=tuple(points[:cut]),
        stages=parts,
        opens=draw(maybe(lines())),
        cells={name: draw(cells()) for name in lanes if draw(st.booleans())},
    )  # fmt: skip


@cache
def personas() -> st.SearchStrategy[Persona]:
    rule = SegmentRule(has={"persona": "новичок"}, did=(Did(rule=EventRule(event="order_paid")),))
    return st.builds(
        Persona,
        id=st.just("beginner"), title=texts(), about=maybe(texts()), needs=few(said(), 2), quote=maybe(texts()),
        share=maybe(numbers(0, 1)), segment=st.sampled_from([None, "everyone", rule]),
    )  # fmt: skip


@st.composite
def comparisons(draw: st.DrawFn, stage_ids: tuple[str, ...]) -> Comparison:
    """Up to three rivals, one of them perhaps us, on up to two criteria; some scores are missing."""
    names = [f"r{n}" for n in range(draw(st.integers(0, 3)))]
    us = draw(st.sampled_from(["", *names]))
    return Comparison(
        stage=draw(maybe(st.sampled_from(stage_ids))),
        positioning=draw(maybe(texts())),
        rivals=tuple(Rival(id=name, title=draw(texts()), us=name == us) for name in names),
        criteria=tuple(
            Criterion(
                id=f"c{n}",
                title=draw(texts()),
                weight=draw(numbers(0.5, 5)),
                scores=tuple(
                    RivalScore(rival=name, score=draw(numbers(0, 10)), evidence=draw(few(evidence(), 1)))
                    for name in names
                    if draw(st.booleans())
                ),
            )
            for n in range(draw(st.integers(0, 2)))
        ),
    )


@st.composite
def maps(draw: st.DrawFn, most_stages: int = 3, most_points: int = 2) -> Map:
    """A valid map of 1…`most_stages` stages with up to `most_points` touchpoints each: loops, branches, own lanes, figures and all."""
    lanes = draw(
        st.sampled_from([(), (("own", "text"),), (("own", "list"), ("число", "number"), ("own-curve", "curve"))])
    )
    lane_ids = tuple(name for name, _ in lanes)
    made = tuple(draw(stages(index, lane_ids, most_points)) for index in range(draw(st.integers(1, most_stages))))
    deal = draw(st.integers(-1, len(made) - 1))
    if deal >= 0:
        rule = draw(st.builds(Deal, event=st.just("order_paid"), void=maybe(whens())))
        made = tuple(stage.model_copy(update={"deal": rule}) if n == deal else stage for n, stage in enumerate(made))
    stage_ids = tuple(stage.id for stage in made)
    ids = st.sampled_from(stage_ids)
    everyone = Segment(id="everyone", title="Все", rule=SegmentRule(first_channel="ads"))
    return Map(
        title=draw(texts()),
        kind=draw(st.sampled_from(["as-is", "to-be"])),
        language=draw(st.sampled_from(["ru", "en"])),
        tags=draw(few(lines(), 2)),
        author=draw(maybe(lines())),
        date=draw(maybe(days())),
        about=draw(maybe(texts())),
        scenario=draw(maybe(texts())),
        personas=draw(few(personas(), 1)),
        segments=(everyone,),
        bought_again=draw(st.booleans()),
        money=draw(st.builds(Money, currency=st.sampled_from(["RUB", "EUR"]), margin=maybe(numbers(0.1, 1)))),
        limits=draw(st.builds(Limits, window=maybe(durations()), silence=maybe(durations()))),
        shelf_life=draw(maybe(durations())),
        scores=draw(few(st.builds(Score, when=whens(), instrument=st.sampled_from(["nps", "csat"])), 1)),
        targets=draw(few(st.builds(Target, stage=ids, exit_rate=numbers(0, 1)), 1)),
        lanes=tuple(
            Lane(id=name, title=draw(texts()), kind=kind, level=draw(st.sampled_from(["stage", "touchpoint"]))) for name, kind in lanes
        ),
        views=draw(few(st.builds(View, id=st.just("board"), title=texts(), hide=st.just(("doubts",))), 1)),
        stages=made,
        loops=draw(few(loops(stage_ids), 1)),
        comparison=draw(maybe(comparisons(stage_ids))),
        improvements=tuple(
            Improvement(
                id=f"i{n}", text=draw(texts()), stage=draw(ids), owner=draw(maybe(lines())), due=draw(maybe(days())),
                status=draw(st.sampled_from(["idea", "doing", "done"])), impact=draw(maybe(numbers(0))), effect=draw(maybe(texts())),
            )
            for n in range(draw(st.integers(0, 2)))
        ),
    )  # fmt: skip
