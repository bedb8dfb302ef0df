"""Two edits of one map made apart are put together (R-12: the file may be edited outside while the app serves it)."""

from __future__ import annotations

from typing import Any

import pytest

from tropa.codec.three_way import three_way

BASE = {
    "title": "Карта",
    "tags": ["a", "b"],
    "stages": [{"id": "need", "does": ["ищет", "читает"]}, {"id": "buy", "does": ["платит"]}],
}


def changed(**changes: Any) -> dict[str, Any]:
    return {**BASE, **changes}


def test_each_sides_changes_are_taken() -> None:
    """R-60: nothing that only one side changed is lost."""
    ours = changed(title="Наша")
    theirs = changed(stages=[{"id": "need", "does": ["ищет", "читает", "спрашивает"]}, BASE["stages"][1]])
    merged, clashes = three_way(BASE, ours, theirs)
    assert merged == {**ours, "stages": theirs["stages"]}
    assert clashes == ()


def test_both_changed_the_same_thing_the_file_stands_and_it_is_told() -> None:
    merged, clashes = three_way(BASE, changed(title="Наша"), changed(title="Их"))
    assert merged["title"] == "Их"
    assert clashes == ("title",)


def test_stages_added_on_both_sides_keep_their_places() -> None:
    need, buy = BASE["stages"]
    mine, other = {"id": "try", "does": []}, {"id": "love", "does": []}
    merged, _ = three_way(BASE, changed(stages=[need, mine, buy]), changed(stages=[need, buy, other]))
    assert [stage["id"] for stage in merged["stages"]] == ["need", "try", "buy", "love"]


def test_an_order_that_one_side_changed_is_taken() -> None:
    need, buy = BASE["stages"]
    merged, _ = three_way(BASE, changed(title="Наша"), changed(stages=[buy, need]))
    assert [stage["id"] for stage in merged["stages"]] == ["buy", "need"]


def test_removed_by_one_and_untouched_by_the_other_goes() -> None:
    need, buy = BASE["stages"]
    assert three_way(BASE, changed(stages=[need]), changed(title="x"))[0]["stages"] == [need]
    assert three_way(BASE, changed(title="x"), changed(stages=[buy]))[0]["stages"] == [buy]


def test_removed_by_one_and_changed_by_the_other_stays() -> None:
    """Nobody's words are lost because somebody else tidied up."""
    need, _ = BASE["stages"]
    edited = {"id": "buy", "does": ["платит картой"]}
    assert three_way(BASE, changed(stages=[need]), changed(stages=[need, edited]))[0]["stages"] == [need, edited]
    assert three_way(BASE, changed(stages=[need, edited]), changed(stages=[need]))[0]["stages"] == [need, edited]


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (["a", "b", "c"], ["a", "b", "d"], ["a", "b", "d", "c"]),
        (["b"], ["a", "b", "d"], ["b", "d"]),
        (["a"], ["b"], []),
        (["A", "b"], ["a", "B"], ["A", "B"]),
    ],
)
def test_plain_lines(ours: list[str], theirs: list[str], expected: list[str]) -> None:
    assert three_way(BASE, changed(tags=ours), changed(tags=theirs))[0]["tags"] == expected


def test_same_on_both_sides_is_no_clash() -> None:
    assert three_way(BASE, changed(title="Одна"), changed(title="Одна")) == (changed(title="Одна"), ())
