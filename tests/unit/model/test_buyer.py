"""R-09: the buyer journey is the same map up to the deal, with what is read of that part."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from fixtures_readings import readings
from fixtures_shop import TODAY, shop
from pictures import check
from strategies import maps
from tropa.codec import loads, templates
from tropa.layout import lay_out
from tropa.layout.geometry import all_groups
from tropa.model import CannotTell, Map, TropaError, predecessors
from tropa.model.buyer import buyer_journey, buyer_readings, buyer_stages
from tropa.words import words

BRANCHED = """
tropa: 1
title: Карта
stages:
  - {id: need, title: Нужда}
  - {id: read, title: Статьи}
  - {id: quiz, title: Опрос, after: [need]}
  - {id: side, title: Мимо, after: [need]}
  - {id: buy, title: Покупка, after: [read, quiz], deal: {event: paid}}
  - {id: use, title: Польза}
loops: [{from: use, to: buy}, {from: buy, to: need, kind: rework}]
improvements: [{id: a, text: A, stage: need}, {id: b, text: B, stage: use}]
"""


def test_only_what_leads_to_the_deal() -> None:
    """Branches that lead to it stay, one that does not goes; ways back within it stay, the loyalty loop goes."""
    found = buyer_journey(loads(BRANCHED).map)
    assert [stage.id for stage in found.stages] == ["need", "read", "quiz", "buy"]
    assert [(loop.source, loop.target) for loop in found.loops] == [("buy", "need")]
    assert [item.id for item in found.improvements] == ["a"]
    assert predecessors(found) == {"need": (), "read": ("need",), "quiz": ("need",), "buy": ("read", "quiz")}


def test_the_order_holds_where_a_stage_between_goes() -> None:
    """A stage that follows the one written before it says so itself once that one is gone."""
    text = BRANCHED.replace("after: [read, quiz], ", "").replace(
        "title: Мимо, after: [need]}", "title: Мимо, after: [quiz]}"
    )
    text = text.replace("{id: buy, title: Покупка,", "{id: buy, title: Покупка, after: [quiz],")
    found = buyer_journey(loads(text).map)
    assert [stage.id for stage in found.stages] == ["need", "quiz", "buy"]
    assert predecessors(found)["quiz"] == ("need",)


@settings(max_examples=60, deadline=None)
@given(maps(most_stages=4))
def test_every_map_has_one(value: Map) -> None:
    """A valid map again, with the same ways between what is left; the same where there is no deal."""
    found = buyer_journey(value)
    Map.model_validate(found.model_dump(mode="json", by_alias=True))
    kept = buyer_stages(value) or {stage.id for stage in value.stages}
    whole = predecessors(value)
    assert predecessors(found) == {stage.id: whole[stage.id] for stage in value.stages if stage.id in kept}


def test_readings_end_with_the_deal() -> None:
    """Breaks on the way to it, the dearest first; no loop, no going on, nothing computed with what follows."""
    value = shop()
    found = buyer_readings(value, readings(value))
    assert [stage.id for stage in found.stages] == ["awareness", "consideration", "decision", "purchase"]
    assert isinstance(found.stages[-1].conversion, CannotTell)
    assert [item.rank for item in found.breaks] == list(range(1, len(found.breaks) + 1))
    assert {item.kind for item in found.breaks} == {"exit"}
    prices = [item.loss.value for item in found.breaks]
    assert prices == sorted(prices, reverse=True)
    assert found.all_together is None
    assert isinstance(found.loop.repeat_rate, CannotTell)


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("paper", ["screen", "a4"])
@pytest.mark.parametrize("opened", [frozenset(), "all"])
def test_it_is_drawn_cleanly(lang: str, paper: str, opened: object) -> None:
    """R-07: nothing overlaps; the stages after the deal are not there, the rows are those of a decision."""
    value = shop()
    page = lay_out(value, readings(value), words(lang), view="buyer", page=paper, opened=opened, today=TODAY)  # type: ignore[arg-type]
    check(page)
    shown = {group.cell for sheet in (page, *page.more) for group in all_groups(sheet.items, "stage")}
    assert shown == {"awareness", "consideration", "decision", "purchase"}
    titles = {group.label for sheet in (page, *page.more) for group in all_groups(sheet.items, "lane")}
    assert words(lang)("buyer-lane-asks") in titles
    assert words(lang)("lane-pains") not in titles


@pytest.mark.parametrize("name", templates.names())
def test_templates_have_buyers(name: str) -> None:
    """R-08, R-09: every template that has a deal is drawn to it; without one it is said what to do."""
    value = templates.read(name)
    if value.deal_stage is None:
        with pytest.raises(TropaError) as caught:
            lay_out(value, None, words("ru"), view="buyer", today=TODAY)
        assert caught.value.code == "TR-R005"
    else:
        check(lay_out(value, None, words("ru"), view="buyer", page="a3", today=TODAY))


def test_without_a_deal_it_is_said() -> None:
    value = loads(BRANCHED.replace(", deal: {event: paid}", "")).map
    assert buyer_journey(value) == value
    with pytest.raises(TropaError) as caught:
        lay_out(value, None, words("en"), view="buyer", today=TODAY)
    assert caught.value.code == "TR-R005"
