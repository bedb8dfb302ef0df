"""The demo map: Sergey's shop in both languages, bound to everything that the simulator logs (R-01, R-03, R-22)."""

from __future__ import annotations

from importlib import resources
from typing import Any

import pytest
from ruamel.yaml import YAML

from tropa.codec.templates import localise
from tropa.model import Condition, Map, any_of, values_of
from tropa.model.lookup import READING_NAMES
from tropa.simulate.shop import EVENTS, PERSONAS, STAGES
from tropa.words import LANGUAGES


@pytest.fixture(scope="module")
def raw() -> dict[str, Any]:
    """The shipped file as plain data."""
    file = resources.files("tropa.simulate") / "sergey.yaml"
    data: dict[str, Any] = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    return data


@pytest.fixture(scope="module")
def sergey(raw: dict[str, Any]) -> Map:
    """The demo map."""
    return Map.model_validate(raw)


def bound(value: Map) -> dict[str, list[str]]:
    """Event name → touchpoints that name it, in document order."""
    out: dict[str, list[str]] = {}
    for _, point in value.touchpoints():
        for rule in any_of(point.when):
            for name in (rule.event,) if isinstance(rule.event, str) else rule.event or ():
                out.setdefault(name, []).append(point.id)
    return out


def test_every_simulated_event_is_bound(sergey: Map) -> None:
    """R-22: nothing of the demo's log is left over, and nothing is bound that the simulator cannot log."""
    assert set(bound(sergey)) == set(EVENTS)


def test_each_stage_has_its_own_satisfaction(sergey: Map) -> None:
    """R-30: answers about the chat, the delivery and the use are told apart; only they are shared between touchpoints."""
    shared = {event: points for event, points in bound(sergey).items() if len(points) > 1}
    assert shared == {"csat_answered": ["chat", "delivery", "first-weeks"]}
    about: dict[str, Any] = {}
    for _, point in sergey.touchpoints():
        for rule in any_of(point.when):
            test = rule.props.get("about")
            if test is not None and not isinstance(test, Condition):
                about[point.id] = values_of(test)
    assert about == {"chat": ("chat",), "delivery": ("delivery",)}


def test_the_stages_and_personas_are_the_simulators(sergey: Map) -> None:
    """R-06: three personas, each bound to real customers by a rule."""
    assert tuple(stage.id for stage in sergey.stages) == STAGES
    assert tuple(persona.id for persona in sergey.personas) == PERSONAS
    rules = {segment.id: segment.rule.has for segment in sergey.segments}
    assert [rules[str(persona.segment)] for persona in sergey.personas] == [{"persona": name} for name in PERSONAS]


def test_it_says_that_it_is_simulated_and_quotes_nobody(sergey: Map, raw: dict[str, Any]) -> None:
    """Honest numbers: a simulated shop has no customers to quote; what rests on something rests on readings that exist."""
    assert sergey.simulated
    places = {stage.id for stage in sergey.stages} | {point.id for _, point in sergey.touchpoints()}

    def walk(node: Any) -> None:
        if isinstance(node, list):
            for item in node:
                walk(item)
        elif isinstance(node, dict):
            for item in node.get("evidence", ()):
                assert set(item) == {"reading"}
                place, _, name = item["reading"].rpartition(".")
                assert name in READING_NAMES
                assert not place or place in places
            for item in node.values():
                walk(item)

    walk(raw)


def test_both_languages_are_complete(raw: dict[str, Any]) -> None:
    """R-08's promise holds for the demo too: localised, no bilingual text is left."""

    def bilingual(node: Any) -> bool:
        if isinstance(node, dict):
            return bool(node) and (set(node) <= set(LANGUAGES) or any(bilingual(item) for item in node.values()))
        return isinstance(node, list) and any(bilingual(item) for item in node)

    assert bilingual(raw)
    for lang in LANGUAGES:
        one = localise(raw, lang)
        assert not bilingual(one)
        assert Map.model_validate(one).language == lang


def test_improvements_answer_pains_and_have_owners_and_dates(sergey: Map) -> None:
    """R-40: every improvement has a pain, an owner with a name, and a date."""
    pains = {pain.id: stage.id for stage in sergey.stages for pain in stage.pains}
    assert 4 <= len(sergey.improvements) <= 6
    for item in sergey.improvements:
        assert item.pain is not None
        assert pains[item.pain] == item.stage
        assert item.due is not None
        assert sergey.who(item.owner, "ru") != item.owner
