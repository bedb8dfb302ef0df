"""The worked examples of measures on the definition page are true, in both languages (R-26)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from shops import log, shop_map

from tropa.model.measure import Answer, Cell
from tropa.trail import prepare
from tropa.trail.answers import find_answers
from tropa.trail.filters import Filter, choose
from tropa.trail.measures import DECLARATIONS, Asked, ask

DOCS = Path(__file__).resolve().parents[3] / "docs"
PAGES = (DOCS / "guide" / "measures.md", DOCS / "ru" / "measures.md")
EXAMPLE = re.compile(r"```log\n([^`]*)```\s*```ask\n([^`]*)```")
CASES = [
    (page.parent.name, number, *found)
    for page in PAGES
    for number, found in enumerate(EXAMPLE.findall(page.read_text("utf-8")))
]


def shown(answer: Answer, column: str, cell: Cell) -> str:
    kind = next(one.kind for one in answer.columns if one.id == column)
    if cell is None:
        return "-"
    return f"{float(cell) / 3600:g}h" if kind == "seconds" else str(cell)


@pytest.mark.parametrize(("language", "number", "lines", "question"), CASES)
def test_worked_example(language: str, number: int, lines: str, question: str) -> None:
    """R-26: the answer's rows are those on the page, in order."""
    rows = [line.split() for line in lines.strip().splitlines()]
    tape = log(*[(row[0], float(row[1]), row[2]) for row in rows])
    ready = prepare(tape, shop_map())
    first, head, *expected = question.strip().splitlines()
    name, *params = first.split()
    answer = ask(name, Asked.of(choose(ready, find_answers(ready), Filter())), dict(one.split("=") for one in params))
    columns = head.split()
    told = [
        " ".join(shown(answer, column, cell) for column, cell in zip(columns, row, strict=True))
        for row in zip(*(answer.column(column) for column in columns), strict=True)
    ]
    assert told == expected


def test_both_pages_have_the_same_examples_and_every_measure() -> None:
    """R-26: what is shown in one language is shown in the other; every declaration's definition is on the page."""
    english, russian = (EXAMPLE.findall(page.read_text("utf-8")) for page in PAGES)
    assert english == russian
    assert len(english) >= 4
    for page in PAGES:
        heads = re.findall(r"^### (.+)$", page.read_text("utf-8"), re.MULTILINE)
        assert {one.definition for one in DECLARATIONS} <= set(heads)
