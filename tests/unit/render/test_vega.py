"""An answer as a Vega-Lite specification and as a standalone page, for every measure there is (R-26)."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, get_args

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "layout"))
from test_flow_charts import CASES, LABELS

from tropa.layout.charts import chart
from tropa.model.measure import PictureKind
from tropa.render import vega
from tropa.render.html import chart_html
from tropa.trail.measures import DECLARATIONS, declaration
from tropa.words import LANGUAGES, words


def spec_of(name: str, lang: str = "en") -> dict[str, Any]:
    found = CASES[name]
    text = vega.vega_lite(found, declaration(found.measure).picture, LABELS, words(lang))
    made: dict[str, Any] = json.loads(text)
    return made


def fields(node: Any) -> set[str]:
    """Every field that an encoding names."""
    if isinstance(node, dict):
        own = {node["field"]} if isinstance(node.get("field"), str) else set()
        return own.union(*(fields(one) for key, one in node.items() if key != "values"))
    return set().union(*(fields(one) for one in node)) if isinstance(node, list) else set()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_a_specification_brings_its_data(name: str, lang: str) -> None:
    """R-26: every field that is drawn is in the data that comes with it; nothing is fetched."""
    spec = spec_of(name, lang)
    assert spec["$schema"] == vega.SCHEMA
    assert spec["usermeta"]["data_version"] == "abc"
    values = [
        *spec["data"]["values"],
        *(row for layer in spec.get("layer", []) for row in layer.get("data", {}).get("values", [])),
    ]
    known = set().union(*(set(row) for row in values))
    assert fields({key: spec[key] for key in ("layer", "encoding") if key in spec}) <= known
    assert '"url"' not in json.dumps(spec)


def test_every_kind_of_picture_has_a_writer() -> None:
    """R-26: a new kind of picture is offered as a specification, too."""
    assert set(vega._WRITERS) == set(get_args(PictureKind))
    assert {one.picture.kind for one in DECLARATIONS} <= set(vega._WRITERS)


def test_ribbons_come_laid_out() -> None:
    """R-26: a ribbon begins and ends level, as thick all along as it carries passes; states as high as what they hold."""
    spec = spec_of("sankey")
    pieces = spec["layer"][0]["data"]["values"]
    by_flow: dict[int, list[dict[str, Any]]] = {}
    for piece in pieces:
        by_flow.setdefault(piece["flow"], []).append(piece)
    assert len(by_flow) == len(CASES["sankey"].rows)
    for mine in by_flow.values():
        assert [one["x"] for one in mine] == sorted(one["x"] for one in mine)
        assert max(one["y2"] - one["y"] for one in mine) - min(one["y2"] - one["y"] for one in mine) < 0.03


def test_groups_and_sides_have_names() -> None:
    """R-29: side by side is told by names, not by ids."""
    assert {row["group_name"] for row in spec_of("groups")["data"]["values"]} >= {"mark:everybody"}
    assert {row["side"] for row in spec_of("loops", "ru")["data"]["values"]} == {"Сделок с петлёй", "Сделок без неё"}
    assert {row["state_name"] for row in spec_of("funnel")["data"]["values"]} == {
        LABELS[f"stage:{k}"] for k in range(5)
    }


@pytest.mark.parametrize("name", CASES)
def test_a_page_stands_alone(name: str) -> None:
    """R-26, R-60: drawing with tips, the table below, no network, user's words escaped."""
    found = CASES[name]
    labels = {**LABELS, "stage:1": "<b>x</b> & y", "point:1": "<b>x</b> & y"}
    page = chart_html(chart(found, declaration(found.measure).picture, labels, words("ru")), words("ru"))
    assert page.startswith("<!doctype html>")
    assert "default-src 'none'" in page
    assert "<b>x</b>" not in page
    assert page.count("<tr>") == len(found.rows) + 1
    assert "data-tip=" in page
    assert "http://" not in page.replace("http://www.w3.org/", "")
