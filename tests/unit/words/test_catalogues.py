"""The two catalogues say the same things (both languages for every screen, report and error)."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

import tropa
from tropa.words import LANGUAGES, words

SOURCE = Path(tropa.__file__).parent
CATALOGUES = SOURCE / "words"


class _Names(Visitor):
    """Collects the facts that a message uses."""

    def __init__(self) -> None:
        self.facts: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - the library's naming
        self.facts.add(node.id.name)


class _References(Visitor):
    """Finds messages that refer to other messages or to terms."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802 - the library's naming
        self.found.append(node.id.name)

    def visit_TermReference(self, node: ast.TermReference) -> None:  # noqa: N802 - the library's naming
        self.found.append(node.id.name)


def entries(lang: str) -> list[tuple[str, ast.Message]]:
    """All messages of a language with the file they stand in. Anything that does not parse fails here."""
    out = []
    for file in sorted((CATALOGUES / lang).glob("*.ftl")):
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, ast.Junk), f"{lang}/{file.name}: {entry.content[:80]}"
            if isinstance(entry, ast.Message):
                out.append((file.name, entry))
    return out


def parts(lang: str) -> dict[str, set[str]]:
    """Message ids (attributes as `id.attribute`) with the facts each uses."""
    out: dict[str, set[str]] = {}
    for _, message in entries(lang):
        for key, pattern in [(message.id.name, message.value)] + [
            (f"{message.id.name}.{attribute.id.name}", attribute.value) for attribute in message.attributes
        ]:
            if pattern is not None:
                names = _Names()
                names.visit(pattern)
                out[key] = names.facts
    return out


def test_both_languages_have_the_same_messages() -> None:
    russian, english = parts("ru"), parts("en")
    assert set(russian) == set(english)


def test_both_languages_use_the_same_facts() -> None:
    russian, english = parts("ru"), parts("en")
    differ = {key: (russian[key], english[key]) for key in russian if russian[key] != english[key]}
    assert not differ


@pytest.mark.parametrize("lang", LANGUAGES)
def test_messages_stand_alone(lang: str) -> None:
    """They are parsed one by one when they are first asked for; and every one of them is found that way."""
    say = words(lang)
    for _, message in entries(lang):
        references = _References()
        references.visit(message)
        assert not references.found
        assert say.has(message.id.name) or message.value is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_message_is_said_twice(lang: str) -> None:
    count = Counter(message.id.name for _, message in entries(lang))
    assert not {name for name, times in count.items() if times > 1}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_files_stand_in_both_languages(lang: str) -> None:
    assert {file.name for file in (CATALOGUES / lang).glob("*.ftl")} == {
        file.name for file in (CATALOGUES / "en").glob("*.ftl")
    }


def test_every_error_code_has_words_and_a_remedy() -> None:
    """Every TR-… code that the sources raise is in the catalogues, with what to do."""
    raised = set()
    for file in SOURCE.rglob("*.py"):
        raised |= set(re.findall(r'"(TR-[A-Z]\d+)"', file.read_text(encoding="utf-8")))
    known = parts("en")
    assert raised
    assert not {code for code in raised if code not in known}
    assert not {code for code in raised if f"{code}.fix" not in known}


def test_russian_plurals() -> None:
    say = words("ru")
    assert [say.duration(n * 86_400) for n in (2, 5, 21)] == ["2 дня", "5 дней", "21 день"]


@pytest.mark.parametrize(
    ("lang", "told", "expected"),
    [
        ("ru", lambda say: say.money(1_900_000, "RUB"), "1,9 млн ₽"),
        ("ru", lambda say: say.money(-300_000, "RUB"), "−300 тыс. ₽"),
        ("en", lambda say: say.money(1_234_567, "GBP"), "£1.2M"),
        ("ru", lambda say: say.percent(0.449), "44,9 %"),
        ("en", lambda say: say.percent(0.0042), "0.42%"),
        ("ru", lambda say: say.integer(48210), "48 210"),
        ("en", lambda say: say.integer(48210), "48,210"),
        ("ru", lambda say: say.decimal(-1.25), "−1,25"),
        ("ru", lambda say: say.percent(-0.00001), "0,00 %"),
        ("en", lambda say: say.decimal(float("nan")), "—"),
    ],
)
def test_numbers_as_people_write_them(lang: str, told: object, expected: str) -> None:
    assert callable(told)
    spoken = told(words(lang))
    assert spoken.replace("\u202f", " ").replace("\u00a0", " ") == expected


def test_numbers_inside_messages_are_written_our_way() -> None:
    """The same figure looks the same alone and inside a sentence: thin spaces, true minus, the language's decimal sign."""
    for lang in LANGUAGES:
        say = words(lang)
        assert say.integer(48_210) in say("duration-days", n=48_210)
        assert say.decimal(-1.5) in say("duration-days", n=-1.5)
