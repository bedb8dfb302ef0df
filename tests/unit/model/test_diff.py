"""R-10: what differs between two maps, cell by cell and by ids."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tropa.codec import loads, templates
from tropa.model import Map
from tropa.model.align import aligned, moved
from tropa.model.diff import Change, diff

BASE = """
tropa: 1
title: Карта
stages:
  - id: need
    title: Нужда
    goal: Понять
    does: [Ищет, Спрашивает друга, Читает отзывы о протеине]
    pains: [{id: p1, text: Не понятно, severity: 1}]
    touchpoints: [{id: t1, title: Поиск}, {id: t.2, title: Сайт, thinks: [Хм], pains: [{id: p2, text: Долго}]}]
  - {id: buy, title: Покупка, cells: {own: старое}}
  - {id: use, title: Пользование, feels: {score: 1, words: [радость]}}
lanes: [{id: own, title: Своё}]
loops: [{from: use, to: buy}]
improvements: [{id: i, text: Проще, stage: buy}]
"""


def changed(old: str, new: str, base: str = BASE) -> list[tuple[str, str, Any, Any]]:
    """The changes that one edit of the text makes."""
    assert old in base
    return [
        (one.kind, one.address, one.before, one.after) for one in diff(map_of(base), map_of(base.replace(old, new)))
    ]


def map_of(text: str) -> Map:
    return loads(text).map


EDITS = [
    ("title: Карта", "title: Путь", [("changed", "title", "Карта", "Путь")]),
    ("goal: Понять", "goal: Понять всё", [("changed", "stages.need.goal", "Понять", "Понять всё")]),
    ("    goal: Понять\n", "", [("removed", "stages.need.goal", "Понять", None)]),
    (
        "goal: Понять",
        "goal: {text: Понять, evidence: [{quote: да}]}",
        [("added", "stages.need.goal.evidence.0", None, {"quote": "да"})],
    ),
    ("severity: 1", "severity: 3", [("changed", "stages.need.pains.p1.severity", 1, 3)]),
    (
        "Читает отзывы о протеине",
        "Читает все отзывы",
        [("changed", "stages.need.does.2", "Читает отзывы о протеине", "Читает все отзывы")],
    ),
    ("does: [Ищет, ", "does: [", [("removed", "stages.need.does.0", "Ищет", None)]),
    ("does: [Ищет", "does: [Звонит, Ищет", [("added", "stages.need.does.0", None, "Звонит")]),
    (
        "[Ищет, Спрашивает друга, Читает отзывы о протеине]",
        "[Читает отзывы о протеине, Ищет, Спрашивает друга]",
        [("moved", "stages.need.does.0", 3, 1)],
    ),
    (
        "own: старое",
        "own: {number: 3}",
        [("removed", "stages.buy.cells.own.text", "старое", None), ("added", "stages.buy.cells.own.number", None, 3.0)],
    ),
    ("score: 1", "score: -1", [("changed", "stages.use.feels.score", 1.0, -1.0)]),
    ("words: [радость]", "words: [радость, покой]", [("added", "stages.use.feels.words.1", None, "покой")]),
    ("to: buy}", "to: buy, kind: rework}", [("changed", "loops.0.kind", "loyalty", "rework")]),
    ("title: Сайт", "title: Сайт, moment_of_truth: true", [("changed", "stages.need.touchpoints.t.2.moment_of_truth", False, True)]),
    ("title: Поиск", "title: Поиск, when: {event: a}", [("added", "stages.need.touchpoints.t1.when", None, {"event": "a"})]),
    ("text: Проще", "text: Проще, owner: anna", [("added", "improvements.i.owner", None, "anna")]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), EDITS, ids=[edit[1][:30] for edit in EDITS])
def test_one_edit_is_one_change(old: str, new: str, expected: list[Any]) -> None:
    """R-10: exactly what was edited, at its address in the file."""
    assert changed(old, new) == expected


def test_where_a_change_belongs() -> None:
    """R-10: a change knows its stage, touchpoint and lane."""
    other = BASE.replace("[Хм]", "[Хм, Да]").replace("Проще", "Легче").replace("старое", "новое")
    found = {one.address: one for one in diff(map_of(BASE), map_of(other))}
    told = {address: (one.stage, one.touchpoint, one.lane) for address, one in found.items()}
    assert told == {
        "stages.need.touchpoints.t.2.thinks.1": ("need", "t.2", "thinks"),
        "stages.buy.cells.own": ("buy", None, "own"),
        "improvements.i.text": ("buy", None, "improvements"),
    }


def test_spelling_is_no_change() -> None:
    """R-12: the same said in another spelling is the same."""
    other = (
        BASE.replace("title: Карта", "title: {ru: Карта}")
        .replace("goal: Понять", "goal: {text: Понять}")
        .replace("[Хм]", "[{text: Хм}]")
        .replace("own: старое", "own: {text: старое}")
    )
    assert diff(map_of(BASE), map_of(other)) == ()
    assert diff(map_of(other), map_of(BASE)) == ()


def test_a_translation_is_a_change() -> None:
    """A further language is something new."""
    other = BASE.replace("title: Карта", "title: {ru: Карта, en: Map}")
    assert [one.address for one in diff(map_of(BASE), map_of(other))] == ["title"]


def test_a_touchpoint_moves_with_what_it_says() -> None:
    """R-10: moved to another stage it is moved, not removed and added; what changed in it is told too, its pains come along."""
    body = map_of(BASE).model_dump(mode="json", by_alias=True)
    point = body["stages"][0]["touchpoints"].pop()
    point["thinks"] = ["Хм!"]
    body["stages"][1]["touchpoints"].append(point)
    found = diff(map_of(BASE), Map.model_validate(body))
    assert [(one.kind, one.address, one.before, one.after) for one in found] == [
        ("moved", "stages.buy.touchpoints.t.2", "stages.need", "stages.buy"),
        ("changed", "stages.buy.touchpoints.t.2.thinks.0", "Хм", "Хм!"),
    ]
    pain = body["stages"][0]["pains"].pop()
    body["stages"][2]["pains"].append(pain)
    kinds = [(one.kind, one.address) for one in diff(map_of(BASE), Map.model_validate(body))]
    assert ("moved", "stages.use.pains.p1") in kinds
    assert not any(kind in ("added", "removed") for kind, _ in kinds)


def test_whole_stages() -> None:
    """A stage that came or went is one change with all it holds; one that changed its place is moved."""
    body = map_of(BASE).model_dump(mode="json", by_alias=True)
    body["stages"].insert(0, body["stages"].pop())
    assert [(one.kind, one.address, one.before, one.after) for one in diff(map_of(BASE), Map.model_validate(body))] == [
        ("moved", "stages.use", 3, 1)
    ]
    del body["stages"][1]
    found = {one.address: one for one in diff(map_of(BASE), Map.model_validate(body))}
    gone = found["stages.need"]
    assert (gone.kind, gone.before["touchpoints"][1]["pains"][0]["id"], gone.after) == ("removed", "p2", None)


@pytest.mark.parametrize("one", templates.names())
def test_templates_against_themselves_and_each_other(one: str) -> None:
    """Nothing differs from itself; different maps differ, and both ways in as many things that came and went."""
    value = templates.read(one)
    assert diff(value, value) == ()
    for other in templates.names():
        if other == one:
            continue
        there, back = diff(value, templates.read(other)), diff(templates.read(other), value)
        assert there
        count: dict[str, int] = {}
        for change in there:
            count[change.kind] = count.get(change.kind, 0) + 1
        kinds = [change.kind for change in back]
        assert count.get("added", 0) == kinds.count("removed")
        assert count.get("removed", 0) == kinds.count("added")
        assert all(isinstance(change, Change) for change in there)


@given(st.permutations(range(6)))
def test_the_fewest_things_are_moved(order: list[int]) -> None:
    """Against all ways: no smaller set of moved things leaves the others in one order."""
    found = moved(range(6), order)
    stay = [name for name in order if name not in found]
    assert stay == sorted(stay)
    longest = max(
        size
        for size in range(7)
        for run in permutations(range(6), size)
        if list(run) == sorted(run) and _within(run, order)
    )
    assert len(stay) == longest


def _within(run: tuple[int, ...], order: list[int]) -> bool:
    places = [order.index(name) for name in run]
    return places == sorted(places)


def test_lines_are_paired_by_likeness() -> None:
    """Equal lines first, then reworded ones, the most alike first; a line about something else is another line."""
    assert aligned(["a", "Ждёт курьера дома"], ["Ждёт курьера дома весь день", "a"]) == [(0, 1), (1, 0)]
    assert aligned(["Ищет"], ["Платит картой"]) == [(0, None)]
    assert aligned(["a", "a"], ["a"]) == [(0, 0), (1, None)]
