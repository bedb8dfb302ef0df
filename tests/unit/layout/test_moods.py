"""R-06, R-29: with personas side by side, the curve of each is laid over the common one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from fixtures_readings import readings
from fixtures_shop import TODAY, shop
from pictures import check, placed
from tropa.layout import lay_out
from tropa.layout.geometry import all_groups
from tropa.layout.scene import Group
from tropa.layout.scene import Path as Shape
from tropa.model import CannotTell, Feels, Map, PersonaScore, Readings, Satisfaction, TropaError
from tropa.words import words


def shifted(by: float, silent: tuple[int, ...] = ()) -> Readings:
    """The shop's readings with other scores; none at the stages of these numbers."""
    found = readings(shop())
    stages = []
    for index, stage in enumerate(found.stages):
        mean = max(-2.0, min(2.0, by * (1 if index % 2 else -0.5)))
        score = Satisfaction(mean=mean, low=mean - 0.2, high=mean + 0.2, n=40)
        none = CannotTell(cannot_tell="no-scores")
        stages.append(stage.model_copy(update={"satisfaction": none if index in silent else score}))
    return found.model_copy(update={"stages": tuple(stages)})


SEGMENTS = {"beginner": shifted(-1.2), "pro": shifted(1.5, (2,)), "coach": shifted(0.4, (0, 1, 2, 3, 4))}


@pytest.mark.parametrize("view", ["infographic", "table", "buyer"])
@pytest.mark.parametrize("lang", ["ru", "en"])
def test_each_persona_has_its_curve_and_its_name(view: Any, lang: str) -> None:
    """Curves differ by their strokes and bear names; who answered at one stage only has no curve; a gap stays a gap."""
    page = lay_out(shop(), readings(shop()), words(lang), view=view, page="a3", segments=SEGMENTS, today=TODAY)
    check(page)
    lane = next(group for group in all_groups(page.items, "emotion"))
    points = [group.cell for group in all_groups((lane,), "mood-point")]
    assert "consideration/satisfaction/beginner" in points
    assert "decision/satisfaction/pro" not in points
    assert not any(cell.endswith("/coach") for cell in points)
    dashes = [item.dash for item in lane.items if isinstance(item, Shape) and item.dash]
    assert len(set(dashes)) == 2
    names = {item.line.text for item in placed((lane,))}
    assert say_short("beginner", lang) in names


def say_short(persona: str, lang: str) -> str:
    from tropa.model import say

    found = next(one for one in shop().personas if one.id == persona)
    return say(found.title, lang).partition(",")[0]


def test_without_personas_nothing_changes() -> None:
    """The lane alone is as it was."""
    page = lay_out(shop(), readings(shop()), words("ru"), view="table", today=TODAY)
    lanes: list[Group] = list(all_groups(page.items, "emotion"))
    assert lanes
    assert not list(all_groups(page.items, "mood-point"))


def told_apart() -> Map:
    """The shop, where the team says of beginners that they fear the choice and are glad of the parcel."""
    scores = {"consideration": -1.5, "decision": -2.0, "purchase": 1.5}
    stages = []
    for stage in shop().stages:
        if stage.id in scores:
            one = PersonaScore(persona="beginner", score=scores[stage.id])
            stage = stage.model_copy(update={"feels": (stage.feels or Feels()).model_copy(update={"personas": (one,)})})
        stages.append(stage)
    return shop().model_copy(update={"stages": tuple(stages)})


@pytest.mark.parametrize("measured", [True, False])
def test_what_the_team_asserts_of_a_persona_is_a_curve_of_its_own(measured: bool) -> None:
    """R-04, R-06: with a log and without one; not asked for, it is not drawn."""
    value = told_apart()
    segments = SEGMENTS if measured else {}
    page = lay_out(
        value, readings(shop()) if measured else None, words("ru"), view="table", segments=segments, today=TODAY
    )
    check(page)
    lane = next(group for group in all_groups(page.items, "emotion"))
    found = {group.cell: group.tip for group in all_groups((lane,), "mood-said")}
    assert set(found) == {f"{stage}/feels/beginner" for stage in ("consideration", "decision", "purchase")}
    assert "−2" in found["decision/feels/beginner"]
    plain = lay_out(value, None, words("ru"), view="table", today=TODAY)
    assert not list(all_groups(plain.items, "mood-said"))


def test_a_score_of_nobody_is_a_fault() -> None:
    """R-06: the persona must be one of the map's."""
    with pytest.raises(TropaError) as fault:
        Map.model_validate(
            {
                "title": "x",
                "stages": [{"id": "a", "title": "A", "feels": {"personas": [{"persona": "who", "score": 1}]}}],
            }
        )
    assert fault.value.code == "TR-M002"
