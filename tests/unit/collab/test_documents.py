"""Map → document → map loses nothing; outside edits come in three ways; two at once always end in one valid map (R-10, R-60)."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tropa
from doc_vectors import RICH
from strategies import maps
from tropa.codec import load, plain_map
from tropa.collab import EMPTY, decode, difference, encode, merge
from tropa.model import Map

MANY = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
PACKAGE = Path(tropa.__file__).parent
FILES = [*sorted((PACKAGE / "codec" / "templates").rglob("*.yaml")), PACKAGE / "simulate" / "sergey.yaml"]
"""The templates, and Sergey's map."""


def rich(**changes: Any) -> Map:
    return Map.model_validate({**RICH, **changes})


def changed(value: Map, change: Callable[[dict[str, Any]], object]) -> Map:
    """The map with its plain form changed in place."""
    body = plain_map(value)
    change(body)
    return Map.model_validate(body)


@MANY
@given(maps())
def test_nothing_is_lost(value: Map) -> None:
    found = decode(encode(value))
    assert found.map == value
    assert plain_map(found.map) == plain_map(value)
    assert found.notes == ()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_files_go_through_whole(path: Path) -> None:
    value = load(path).map
    assert decode(encode(value)).map == value


@MANY
@given(maps(), maps())
def test_a_difference_makes_one_map_of_another(before: Map, after: Map) -> None:
    state = encode(before)
    found = decode(merge([state, difference(state, before, after)]))
    assert found.map == after
    assert found.notes == ()


def test_no_difference_is_no_change() -> None:
    state = encode(rich())
    assert difference(state, rich(), rich()) == EMPTY
    assert merge([]) == EMPTY


def both(before: Map, here: Map, there: Map) -> Map:
    """The map after one edit made here and one made outside, from the same map before."""
    state = encode(before)
    now = merge([state, difference(state, before, here)])
    return decode(merge([now, difference(now, before, there)])).map


@MANY
@given(maps(), maps(most_stages=2), maps(most_stages=2))
def test_any_outside_edit_of_any_changed_map_ends_in_a_valid_one(before: Map, here: Map, there: Map) -> None:
    assert both(before, before, there) == there
    assert both(before, here, before) == here
    assert both(before, here, there).stages


def test_outside_and_inside_edits_of_different_things_both_stand() -> None:
    before = rich()
    here = changed(before, lambda body: body["stages"][0].update(title="Нужда", owner=None))
    there = changed(before, lambda body: body["stages"][1].update(title="Оплата"))
    found = both(before, here, there)
    assert [stage.title for stage in found.stages] == ["Нужда", "Оплата", ""]
    assert found.stages[0].owner is None


def test_both_edit_one_line() -> None:
    before = rich()
    here = changed(before, lambda body: body["stages"][0]["does"].__setitem__(0, "Читает отзывы"))
    there = changed(before, lambda body: body["stages"][0]["does"].__setitem__(0, "Много читает"))
    assert both(before, here, there).stages[0].does[0] == "Много читает отзывы"


def test_an_outside_move_keeps_what_was_typed_here() -> None:
    before = rich()
    here = changed(before, lambda body: body["stages"][2].update(title="Использование"))

    def reverse(body: dict[str, Any]) -> None:
        body["stages"].reverse()
        for stage in body["stages"]:
            stage.pop("after", None)

    there = changed(before, reverse)
    assert [(stage.id, stage.title) for stage in both(before, here, there).stages] == [
        ("use", "Использование"),
        ("buy", "Покупка"),
        ("need", "Потребность"),
    ]


def test_a_rename_outside_keeps_what_refers_to_it() -> None:
    before = rich()

    def rename(body: dict[str, Any]) -> None:
        text = repr(body).replace("'need'", "'want'")
        body.update(eval(text, {}))  # our own literal

    there = changed(before, rename)
    here = changed(before, lambda body: body["stages"][0].update(title="Нужда"))
    found = both(before, here, there)
    assert found.stages[0].id == "want"
    assert found.stages[0].title == "Нужда"
    assert found.loops[1].target == "want"


def test_a_lane_renamed_outside_keeps_its_cells() -> None:
    before = rich()

    def rename(body: dict[str, Any]) -> None:
        body["lanes"][0]["id"] = "mine"
        body["views"][0]["hide"] = ["doubts", "mine"]
        cells = body["stages"][0]["cells"]
        cells["mine"] = cells.pop("own")

    there = changed(before, rename)
    here = changed(before, lambda body: body["stages"][0]["cells"].update(own="своё, дописано"))
    assert both(before, here, there).stages[0].cells["mine"] == "своё, дописано"


def test_what_was_removed_outside_goes() -> None:
    before = rich()
    there = changed(before, lambda body: (body["stages"].pop(), body.pop("loops")))
    here = changed(before, lambda body: body["stages"][2].update(title="Правлю"))
    assert [stage.id for stage in both(before, here, there).stages] == ["need", "buy"]


@MANY
@given(st.lists(maps(most_stages=2, most_points=1), min_size=3, max_size=4), st.integers(0, 10_000))
def test_any_edits_in_any_order_end_in_one_valid_map(values: list[Map], seed: int) -> None:
    """Several people replace the map with theirs at once; whoever hears of it in whichever order sees the same valid map."""
    before, *others = values
    state = encode(before)
    changes = [state, *(difference(state, before, other) for other in others)]
    draw = random.Random(seed)
    shuffled = [changes[0], *draw.sample(changes[1:], len(changes) - 1)]
    one, other = decode(merge(changes)), decode(merge(shuffled))
    assert one == other
    assert decode(merge([merge(changes), merge(shuffled)])) == one
