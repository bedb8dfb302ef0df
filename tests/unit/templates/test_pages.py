"""The pages about templates and words say the same in both languages (R-08)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tropa.codec import templates
from tropa.words import words

DOCS = Path(__file__).resolve().parents[3] / "docs"


@pytest.mark.parametrize("page", ["guide/templates.md", "ru/templates.md"])
def test_every_template_is_described(page: str) -> None:
    """R-08: a template that no page names is not there for people."""
    text = (DOCS / page).read_text(encoding="utf-8")
    assert re.findall(r"^\| `([\w-]+)`", text, re.MULTILINE) == list(templates.names())


@pytest.mark.parametrize(("page", "lang"), [("guide/templates.md", "en"), ("ru/templates.md", "ru")])
def test_the_stages_on_the_page_are_those_of_the_template(page: str, lang: str) -> None:
    """R-08: renaming a stage renames it on the page."""
    text = (DOCS / page).read_text(encoding="utf-8").casefold()
    for name in templates.names():
        row = re.search(rf"^\| `{name}`.*$", text, re.MULTILINE)
        assert row is not None
        for stage in templates.read(name, "ru" if lang == "ru" else "en").stages:
            title = str(stage.title).casefold()
            assert any(word in row[0] for word in (title, title.split(" и ")[0], title.split(" and ")[0])), (
                f"{name}: {title}"
            )


def rows(page: str) -> list[list[str]]:
    """The rows of all tables of a page, without the heads."""
    lines = (DOCS / page).read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return [row for row in cells if row[1] not in ("meaning", "что это")]


def test_the_glossaries_are_twins() -> None:
    """One concept, one name: both pages have the same concepts in the same order, one sentence each."""
    english, russian = rows("glossary.md"), rows("ru/glossary.md")
    assert len(english) == len(russian) > 50
    for (word, meaning, in_russian), (слово, значение, _) in zip(english, russian, strict=True):
        assert meaning.endswith(".")
        assert значение.endswith(".")
        assert in_russian.split(" (")[0].split(":")[0] in слово.replace(":", ""), f"{word}: {in_russian} / {слово}"


def test_the_glossary_and_the_interface_use_the_same_words() -> None:
    """The words of evidence on pictures are those of the glossary."""
    for lang, page in (("en", "glossary.md"), ("ru", "ru/glossary.md")):
        text = (DOCS / page).read_text(encoding="utf-8").casefold()
        for state in ("assumed", "observed", "measured", "contradicted", "entered", "stale"):
            shown = words(lang)(f"evidence-state-{state}").casefold()
            assert shown.split(" by ")[0] in text or state in text, shown
