"""Templates are maps a marketer would keep, in both languages (R-08), and files that teach their own format (R-12)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from importlib import resources
from typing import Any

import pytest
from ruamel.yaml import YAML

from tropa.codec import loads, templates
from tropa.lint import check
from tropa.model import Map, TropaError, any_of, columns
from tropa.words import LANGUAGES, Language, words

NAMES = templates.names()
WORDS = ("title", "about", "demographics", "quote", "scenario", "text", "goal")
CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


def raw(name: str) -> dict[str, Any]:
    """The shipped file as plain data."""
    file = resources.files("tropa.codec.templates") / f"{name}.yaml"
    data: dict[str, Any] = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    return data


def texts(node: Any, key: str = "", address: str = "") -> Iterator[tuple[str, str, Any]]:
    """(address, key, text) of everything said to people in raw data."""
    if isinstance(node, dict):
        if key in WORDS or (node and set(node) <= set(LANGUAGES)):
            yield address, key, node
            return
        for name, item in node.items():
            yield from texts(item, name, f"{address}.{name}")
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield from texts(item, key if key == "words" else "", f"{address}.{index}")
    elif key in WORDS or key == "words":
        yield address, key, node


def test_all_seven_of_the_requirement_are_there() -> None:
    """R-08: each of the named templates, with a name and a line about it in both languages."""
    assert set(NAMES) == {
        "classic", "loyalty-loop", "ecommerce", "b2b-saas", "offline-retail", "bank-clinic", "email-journey",
    }  # fmt: skip
    for name in NAMES:
        for lang in LANGUAGES:
            assert words(lang)(f"template-{name}")
            assert words(lang)(f"template-{name}.about")


@pytest.mark.parametrize("name", NAMES)
def test_every_text_is_said_in_both_languages_and_fits_a_cell(name: str) -> None:
    """R-08: nothing is left in one language; no English in Russian lines and no Russian in English ones; lines suit a column."""
    said = list(texts(raw(name)))
    assert len(said) > 150
    for address, key, text in said:
        assert isinstance(text, dict), f"{name}{address}: {text!r} is in one language only"
        assert set(text) == set(LANGUAGES), f"{name}{address}"
        assert CYRILLIC.search(text["ru"]), f"{name}{address}: {text['ru']!r}"
        assert not CYRILLIC.search(text["en"]), f"{name}{address}: {text['en']!r}"
        longest = 130 if key in ("about", "scenario") else 62
        for line in text.values():
            assert 1 < len(line) <= longest, f"{name}{address}: {line!r} has {len(line)} characters"
            assert line == line.strip()
            assert line[-1] not in ".;" or key in ("about", "scenario"), f"{name}{address}: {line!r}"
        assert "“" not in text["ru"]
        assert '"' not in text["ru"] + text["en"]
        assert "«" not in text["en"]


@pytest.mark.parametrize("name", NAMES)
def test_every_stage_is_filled(name: str) -> None:
    """R-02, R-03, R-05: goal, lanes, barriers by kind, the brand's side, metrics, owners, touchpoints with channels."""
    value = templates.read(name)
    for stage in value.stages:
        for lane in (
            "goal",
            "does",
            "thinks",
            "asks",
            "doubts",
            "expects",
            "barriers",
            "strengths",
            "pains",
            "opportunities",
            "metrics",
        ):
            assert getattr(stage, lane), f"{name}: {stage.id} has no {lane}"
        assert stage.owner
        assert stage.brand is not None
        assert stage.brand.goal
        assert stage.brand.task
        assert stage.brand.does
        assert stage.feels is not None
        assert stage.feels.score is not None
        assert stage.feels.words
        assert any(point.when for point in stage.all_touchpoints), f"{name}: nothing can be observed at {stage.id}"
        for pain in stage.pains:
            assert pain.owner
        for point in stage.all_touchpoints:
            assert point.channel
            assert point.feels is not None
            assert point.does or point.asks
    assert 1 <= len(value.personas) <= 3
    for persona in value.personas:
        for part in ("needs", "pains", "goals", "expects", "quote"):
            assert getattr(persona, part)
    assert {chance.kind for stage in value.stages for chance in stage.opportunities} == {
        "improve",
        "wow",
        "word-of-mouth",
    }


@pytest.mark.parametrize("name", NAMES)
def test_the_parts_that_make_a_journey_are_there(name: str) -> None:
    """R-01, R-04, R-05: a deal with what undoes it, loops, moments of truth, scores, improvements that answer real pains."""
    value = templates.read(name)
    assert value.deal_stage is not None
    assert value.deal_stage.deal is not None
    assert value.deal_stage.deal.void is not None
    assert {"loyalty", "bad-experience"} <= {loop.kind for loop in value.loops}
    assert any(stage.moment_of_truth for stage in value.stages)
    assert len(value.scores) >= 2
    pains = {pain.id: (stage.id, pain.severity) for stage in value.stages for pain in stage.pains}
    answered = {item.pain for item in value.improvements}
    for item in value.improvements:
        assert item.pain in pains
        assert pains[item.pain][0] == item.stage
        assert item.owner
    assert {pain for pain, (_, severity) in pains.items() if severity == 3} <= answered
    people = {person.id for person in value.people}
    owners = {stage.owner for stage in value.stages} | {item.owner for item in value.improvements}
    assert owners <= people


@pytest.mark.parametrize("name", NAMES)
def test_nothing_pretends_to_be_known(name: str) -> None:
    """R-31: a template's cells are assumptions: no evidence, no figures, no measured effect."""
    source = (resources.files("tropa.codec.templates") / f"{name}.yaml").read_text(encoding="utf-8")
    assert not re.search(r"^\s*-?\s*(evidence|figures|impact|confidence|effect|share):", source, re.MULTILINE)
    assert "evidence: [" not in source


@pytest.mark.parametrize("name", NAMES)
def test_no_event_belongs_to_two_touchpoints(name: str) -> None:
    """R-22: a binding gives each event one touchpoint."""
    names: Counter[str] = Counter()
    for _, point in templates.read(name).touchpoints():
        for rule in any_of(point.when):
            names.update((rule.event,) if isinstance(rule.event, str) else rule.event or ())
    assert [event for event, times in names.items() if times > 1] == []


def test_two_roads_to_the_specialist_are_branches() -> None:
    """R-01: branches are part of the model."""
    depth = columns(templates.read("bank-clinic"))
    assert depth["booking"] == depth["queue"] < depth["visit"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_the_file_for_a_newcomer_says_the_same_in_one_language(name: str, lang: Language) -> None:
    """R-08, R-12: the commented file reads back as the very map; its notes and its words are in one language."""
    text = templates.text(name, lang)
    back = Map.model_validate(YAML(typ="safe", pure=True).load(text))
    assert back == templates.read(name, lang)
    assert back.language == lang
    assert not back.people
    notes = [line.strip() for line in text.splitlines() if line.lstrip().startswith("#") and line.strip() != "#"]
    assert len(notes) > 40
    assert len(set(notes)) == len(notes), "a note is given once"
    if lang == "en":
        assert not CYRILLIC.search(text)
    else:
        assert all(CYRILLIC.search(note) for note in notes if "evidence:" not in note)


@pytest.mark.parametrize("name", NAMES)
def test_the_linter_has_only_hints_for_a_template(name: str) -> None:
    """R-12: what is still to be found out are hints (emotions rest on nothing yet); nothing is wrong or forgotten."""
    for value in (templates.read(name), loads(templates.text(name, "en"), name).map):
        assert [finding for finding in check(value, None, today=date(2026, 11, 22)) if finding.severity != "hint"] == []


def test_one_language_has_plain_lines_and_owners_by_name() -> None:
    """R-08: a newcomer reads plain strings."""
    ru = templates.read("classic", "ru")
    assert ru.stages[0].goal == "Понять, что нужно и какое бывает"
    assert ru.stages[0].does[0] == "Замечает проблему и спрашивает знакомых"
    assert ru.stages[0].owner == "маркетолог"
    both = templates.read("classic")
    assert both.who(both.stages[0].owner, "ru") == "маркетолог"
    assert both.who(both.stages[0].owner, "en") == "marketing"
    assert both.who("Пётр", "en") == "Пётр"
    assert both.who(None, "ru") == ""


def test_same_input_same_bytes() -> None:
    """The house rule: same input, same bytes."""
    assert templates.text("ecommerce", "ru") == templates.text("ecommerce", "ru")


def test_an_unknown_template_is_named_with_the_nearest() -> None:
    """R-12: coded error with the near miss, in both languages."""
    with pytest.raises(TropaError) as caught:
        templates.read("ecomerce", "ru")
    assert caught.value.code == "TR-C901"
    assert caught.value.facts["near"] == "ecommerce"
    for lang in LANGUAGES:
        assert "ecomerce" in words(lang)("TR-C901", **caught.value.facts)
        assert "ecommerce" in words(lang)("TR-C901.fix", **caught.value.facts)
        assert words(lang)("TR-C901.fix", **{**caught.value.facts, "near": ""})


def test_no_note_is_left_unused() -> None:
    """Every note of the catalogues appears in some template, so none explains what is not there."""
    shown = "\n".join(templates.text(name, "ru") for name in NAMES)
    catalogue = (resources.files("tropa.words") / "ru" / "templates.ftl").read_text(encoding="utf-8")
    notes = [
        note
        for note in re.findall(r"^(template-note-[\w-]+) =", catalogue, re.MULTILINE)
        if note != "template-note-head"
    ]
    unused = [note for note in notes if words("ru")(note).splitlines()[0] not in shown]
    assert unused == []
