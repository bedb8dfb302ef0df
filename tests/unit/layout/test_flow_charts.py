"""Funnels, pairs and flows by step as pictures: nothing beyond the page, no name over another, ribbons that keep what they carry (R-26)."""

from __future__ import annotations

from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tropa.layout.charts import bare_chart, chart
from tropa.layout.charts.sankey import ribbon
from tropa.layout.geometry import bounds
from tropa.layout.scene import Group, Item, Line, Page, Path
from tropa.model.measure import Answer
from tropa.render.svg import svg
from tropa.trail.measures import declaration
from tropa.words import LANGUAGES, words

LONG = "Очень длинное название точки контакта, которое не помещается ни в одну строку"


def answer(measure: str, rows: list[dict[str, Any]], without: tuple[str, ...] = ()) -> Answer:
    """An answer of a declared measure from cells by column; the others are empty."""
    declared = declaration(measure)
    columns = tuple(one for one in declared.columns if one.id not in without)
    cells = tuple(tuple(row.get(column.id) for column in columns) for row in rows)
    return Answer(measure=measure, unit=declared.unit, n=1_000, columns=columns, rows=cells, data_version="abc")


def steps_of(group: str | None, begin: int) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    for k in range(5):
        n = begin // (k + 1)
        onward = {
            "onward": 0.5,
            "onward_low": 0.4,
            "onward_high": 0.6,
            "previous": begin // max(k, 1),
            "median": 7_200.0 * k,
        }
        out.append({"group": group, "state": f"stage:{k}", "customers": n, "share": 1 / (k + 1), "low": 0.9 / (k + 1),
                    "high": min(1.0, 1.1 / (k + 1)), "whole": begin, **(onward if k else {})})  # fmt: skip
    return out


FLOWS = [
    {"step": k, "from": f"point:{a}", "to": f"point:{b}" if b < 4 else ("mark:left", "mark:deal")[b - 4], "passes": 900 // (a + b + k),
     "share": 0.9 / (a + b + k), "low": 0.1, "high": 0.9, "whole": 1_000, "onward": 0.5}
    for k in range(1, 6) for a in range(1, 5) for b in range(6)
]  # fmt: skip
GAP = {"difference": -0.12, "difference_low": -0.2, "difference_high": -0.04, "chance": 0.01}
CASES: dict[str, Answer] = {
    "funnel": answer("funnel", steps_of(None, 12_345), ("group",)),
    "groups": answer("funnel", [*steps_of("mark:everybody", 12_345), *steps_of("channel:ads", 345), *steps_of("segment:x", 3)]),
    "sankey": answer("sankey", FLOWS),
    "around": answer("sankey", [{**row, "step": row["step"] - 4} for row in FLOWS]),
    "difference": answer(
        "funnel-difference",
        [{"state": f"stage:{k}", "one_group": "segment:x", "other_group": "period:2026-01-01..", "one_share": 1 / (k + 1), "one_low": 0.1,
          "one_high": 1.0, "other_share": 1 / (k + 1), "other_low": 0.2, "other_high": 1.0, "one_n": 7, "one_whole": 9,
          **(GAP if k else {})} for k in range(4)],
    ),
    "loops": answer(
        "loops",
        [{"kind": "loop:cycle", "path": "point:1 > point:2 > point:1", "passes": 5, "share": 0.1, "whole": 50, "times": 6, "median": 60.0,
          "deal_share": None if k else 0.3, "deal_low": 0.2, "deal_high": 0.4, "plain_share": 0.5, "plain_low": 0.4, "plain_high": 0.6,
          **({} if k else GAP)} for k in range(4)],
    ),
}  # fmt: skip
LABELS = {f"{kind}:{k}": f"{LONG} {k}" for kind in ("point", "stage") for k in range(7)}


def drawn(name: str, lang: str, width: float) -> Page:
    found = CASES[name]
    return bare_chart(found, declaration(found.measure).picture, LABELS, words(lang), width)


def leaves(items: tuple[Item, ...]) -> list[Item]:
    return [leaf for item in items for leaf in (leaves(item.items) if isinstance(item, Group) else [item])]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [320.0, 358.0, 690.0, 760.0, 1040.0, 1900.0])
@pytest.mark.parametrize("name", CASES)
def test_a_picture_fits_its_page(name: str, width: float, lang: str) -> None:
    """R-26, R-60: on paper and on a phone nothing lies beyond the page, however long the names."""
    page = drawn(name, lang, width)
    left, top, right, bottom = bounds(page.items)
    assert left >= 0 <= top
    assert right <= width
    assert bottom <= page.height


@pytest.mark.parametrize("width", [320.0, 690.0, 1200.0])
@pytest.mark.parametrize("name", CASES)
def test_texts_do_not_overlap(name: str, width: float) -> None:
    """R-26: no text of a picture lies over another."""
    boxes = []
    for item in leaves(drawn(name, "ru", width).items):
        if isinstance(item, Line):
            left = item.x - item.width * {"start": 0.0, "middle": 0.5, "end": 1.0}[item.anchor]
            boxes.append((left, item.y - item.size * 0.72, left + item.width, item.y, item.text))
    for at, (a, b, c, d, one) in enumerate(boxes):
        for e, f, g, h, other in boxes[at + 1 :]:
            assert not (a < g and e < c and b < h and f < d), (one, other)


@pytest.mark.parametrize("name", CASES)
def test_every_drawn_row_is_told_and_the_table_says_all(name: str) -> None:
    """R-26, R-60: marks tell their rows in words; what is not drawn is said; a screen reader gets every row."""
    found = CASES[name]
    page = chart(found, declaration(found.measure).picture, LABELS, words("en"), about="x")
    assert len(page.tables[0].rows) == len(found.rows)
    tips = [item.tip for item in page.items if isinstance(item, Group) and item.tip]
    said = any(
        "rows of the answer are in the picture" in item.text for item in leaves(page.items) if isinstance(item, Line)
    )
    assert len(tips) == len(found.rows) or (said and tips)
    ElementTree.fromstring(svg(page, "dark"))


def test_verdicts_are_words_and_points() -> None:
    """R-10, R-60: a difference is told in percentage points with its interval and in words, not by colour alone."""
    lines = [item for item in leaves(drawn("difference", "en", 1_100.0).items) if isinstance(item, Line)]
    texts = [item.text.replace("\xa0", " ") for item in lines]
    assert "−12.0 pp [−20.0; −4.0]" in texts
    assert texts.count("beyond chance") == 3
    loops = [item.text for item in leaves(drawn("loops", "en", 1_100.0).items) if isinstance(item, Line)]
    assert loops.count("cannot be compared") == 3


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(1, 400), min_size=1, max_size=9), st.data())
def test_ribbons_meet_states_edge_to_edge(sizes: list[int], data: st.DataObject) -> None:
    """R-26: ribbons lie beside one another on both sides of a state, each as thick as it carries passes."""
    rows = [
        {"step": 1, "from": f"point:{k}", "to": "point:0" if data.draw(st.booleans()) else "mark:left", "passes": n, "share": n / 4_000,
         "whole": sum(sizes)}
        for k, n in enumerate(sizes)
    ]  # fmt: skip
    page = bare_chart(answer("sankey", rows), declaration("sankey").picture, {}, words("en"), 1_000)
    shapes = [item.commands for item in leaves(page.items) if isinstance(item, Path)]
    ends: dict[float, list[tuple[float, float]]] = {}
    for shape in shapes:
        assert shape[0][0] == "M"
        end, low_end = shape[1], shape[2]
        ends.setdefault(float(end[5]), []).append((float(end[6]), float(low_end[2])))
    for spans in ends.values():
        for (_, low), (high, _) in pairwise(sorted(spans)):
            assert high >= low - 0.02


def test_a_ribbon_is_even() -> None:
    """R-26: as thick where it leaves as where it comes."""
    commands = ribbon(0, 10, 100, 50, 8)
    assert commands[0] == ("M", 0, 10)
    assert commands[1][5:] == (100, 50)
    assert commands[2] == ("L", 100, 58)
    assert commands[3][5:] == (0, 18)
