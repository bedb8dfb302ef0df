"""The one door of charts: an answer, how it is drawn, and words in; a laid-out page out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tropa.layout.charts.flat import bars, matrix
from tropa.layout.charts.funnels import funnel
from tropa.layout.charts.graphs import graph
from tropa.layout.charts.lines import curve
from tropa.layout.charts.pairs import pairs
from tropa.layout.charts.sankey import sankey
from tropa.layout.charts.sheet import ASK, BODY, LEAST_WIDTH, MARGIN, MOST_WIDTH, SMALL, TITLE, WIDTH, Sheet
from tropa.layout.pen import Style, height_of, set_lines, wrapped
from tropa.layout.scene import Page, Table
from tropa.model.measure import Answer, Picture, PictureKind
from tropa.words import Words

_DRAWN: Mapping[PictureKind, Callable[[Sheet], None]] = {
    "bars": bars, "matrix": matrix, "curve": curve, "graph": graph, "funnel": funnel, "sankey": sankey, "pairs": pairs,
}  # fmt: skip
MOST_QUOTES, MOST_BESIDE = 4, 5


def bare_chart(answer: Answer, picture: Picture, labels: Mapping[str, str], words: Words, width: float) -> Page:
    """The picture alone, as wide as said: for a page that has title, notes and table beside it."""
    sheet = Sheet(answer, picture, labels, words, width=min(max(width, LEAST_WIDTH), MOST_WIDTH))
    sheet.y = 14.0
    if answer.rows and picture.kind in _DRAWN:
        _DRAWN[picture.kind](sheet)
    if sheet.drawn < len(answer.rows):
        _say(sheet, words("measure-drawn", shown=sheet.drawn, all=len(answer.rows)), SMALL)
    title, question = words(f"measure-{answer.measure}"), words(f"measure-{answer.measure}.question")
    return Page(sheet.width, round(sheet.y + 8), title, question, words.lang, tuple(sheet.items))


def chart(answer: Answer, picture: Picture, labels: Mapping[str, str], words: Words, *, about: str = "") -> Page:
    """A page with title and question, the picture, the notes that belong to it, and the whole answer as a table for screen readers.

    `labels`: words for cells that are names; `about`: whose figures these are (a sentence), set under the question.
    """
    sheet = Sheet(answer, picture, labels, words)
    title, question = words(f"measure-{answer.measure}"), words(f"measure-{answer.measure}.question")
    _say(sheet, title, TITLE)
    _say(sheet, question, ASK)
    if about:
        _say(sheet, about, SMALL)
    sheet.y += 18
    if answer.rows and picture.kind in _DRAWN:
        _DRAWN[picture.kind](sheet)
    if answer.cannot_tell is not None:
        _say(sheet, words(f"cannot-tell-{answer.cannot_tell.cannot_tell}", n=answer.cannot_tell.n), BODY)
    sheet.y += 12
    if sheet.drawn < len(answer.rows):
        _say(sheet, words("measure-drawn", shown=sheet.drawn, all=len(answer.rows)), SMALL)
    _say_beside(sheet)
    for quote in answer.quotes[:MOST_QUOTES]:
        _say(sheet, words("picture-quoted", text=quote), Style(14, italic=True))
    for note in answer.notes:
        _say(sheet, words(note.message, **note.told(sheet.labels)), SMALL)
    _say(
        sheet,
        words(
            "measure-source", n=answer.n, unit=words(f"measure-unit-{answer.unit.value}"), version=answer.data_version
        ),
        SMALL,
    )
    height = round(sheet.y + MARGIN - 8)
    return Page(
        WIDTH, height, title, question, words.lang, tuple(sheet.items), (_table(sheet),), tuple(sheet.cuts.found),
        tuple(text for _, text in sheet.cuts.found),
    )  # fmt: skip


def _say(sheet: Sheet, text: str, style: Style) -> None:
    lines = wrapped(text, sheet.right - sheet.left, style)
    sheet.items.extend(set_lines(lines, sheet.left, sheet.y, style))
    sheet.y += height_of(lines, style) + 4


def _say_beside(sheet: Sheet) -> None:
    """The customers' own words beside the first reasons."""
    beside = sheet.answer.words_beside
    if not beside:
        return
    names = sheet.names(sheet.picture.x)
    for name, quotes in list(zip(names, beside, strict=True))[:MOST_BESIDE]:
        if quotes:
            told = "; ".join(sheet.words("picture-quoted", text=text) for text in quotes)
            _say(sheet, sheet.words("measure-words-beside", reason=name, quotes=told), Style(14, italic=True))


def _table(sheet: Sheet) -> Table:
    """All rows in words."""
    words = sheet.words
    head = tuple(words(column.title) for column in sheet.shown())
    return Table(words(f"measure-{sheet.answer.measure}"), head, tuple(sheet.told_rows()))
