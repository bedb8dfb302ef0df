"""A scheme that was arranged by hand in the app is drawn as it was arranged; what would overlap gives way (R-07, R-60)."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from fixtures_readings import readings
from fixtures_shop import TODAY, shop
from pictures import check
from tropa.codec import dumps, loads
from tropa.layout import lay_out
from tropa.layout.geometry import all_groups
from tropa.layout.scene import Page, Rect
from tropa.layout.spots import spots
from tropa.model import Map
from tropa.model.diff import diff
from tropa.words import words


def put(value: Map, **places: tuple[int, int]) -> Map:
    """The map with some stages put by hand."""
    stages = tuple(stage.model_copy(update={"at": places.get(stage.id, stage.at)}) for stage in value.stages)
    return value.model_copy(update={"stages": stages})


def drawn(value: Map, page: str = "screen") -> Page:
    return lay_out(value, readings(value), words("ru"), view="scheme", page=page, today=TODAY)


def boxes(page: Page) -> dict[str, Rect]:
    """The frame of each stage's box, which is drawn first."""
    found = {}
    for group in all_groups(page.items, "stage"):
        rects = [item for item in group.items if isinstance(item, Rect)]
        found[group.cell] = max(rects, key=lambda rect: rect.height)
    return found


def test_a_box_put_by_hand_stands_there() -> None:
    value = shop()
    first, second = (stage.id for stage in value.stages[:2])
    before, after = boxes(drawn(value)), boxes(drawn(put(value, **{first: (0, 500), second: (276, 0)})))
    assert before[first].y == before[second].y
    assert after[first].y - after[second].y > 400
    assert after[first].x < after[second].x


@pytest.mark.parametrize("page", ["screen", "a3"])
def test_boxes_put_on_one_another_are_drawn_below_one_another(page: str) -> None:
    value = shop()
    check(drawn(put(value, **{stage.id: (0, 0) for stage in value.stages}), page))


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_no_arrangement_makes_boxes_overlap(data: st.DataObject) -> None:
    value = shop()
    place = st.one_of(st.none(), st.tuples(st.integers(-3000, 3000), st.integers(-3000, 3000)))
    arranged = put(value, **{stage.id: data.draw(place) for stage in value.stages})
    found = list(boxes(drawn(arranged)).values())
    for index, one in enumerate(found):
        for other in found[index + 1 :]:
            beside = one.x + one.width <= other.x or other.x + other.width <= one.x
            assert beside or one.y + one.height <= other.y or other.y + other.height <= one.y


def test_an_arrangement_that_would_be_mostly_paper_is_not_followed() -> None:
    value = shop()
    far = put(value, **{value.stages[0].id: (-100_000, 0)})
    assert spots(far, far.stages) is None
    assert drawn(far) == drawn(value)


def test_a_place_goes_through_a_file_in_one_line_with_the_comments_kept() -> None:
    first = "  - id: a  # the first\n    title: A\n    at: [10, 20]  # to the left\n"
    text = f"# ours\ntropa: 1\ntitle: X\nstages:\n{first}  - {{id: b, title: B}}\n"
    document = loads(text)
    assert document.map.stages[0].at == (10, 20)
    document.update(put(document.map, b=(-5, 7)))
    assert "# ours" in document.text()
    assert first in document.text()
    assert loads(document.text()).map.stages[1].at == (-5, 7)
    assert "at: [-5, 7]" in dumps(document.map)


def test_moving_a_box_is_no_change_of_what_the_map_says() -> None:
    value = shop()
    assert diff(value, put(value, **{value.stages[0].id: (3, 4)})) == ()
