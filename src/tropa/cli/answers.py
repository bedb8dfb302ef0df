"""Answers of measures as tables for a terminal: shares with their intervals, times in words, names as people say them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from tropa.cli.grid import Column, Grid
from tropa.model import Map
from tropa.model.measure import Answer, Cell, Declaration
from tropa.model.measure import Column as Asked
from tropa.render import phrases
from tropa.service.naming import labels_of, words_beside
from tropa.words import Words
from tropa.words.numbers import NBSP

FIGURES = ("count", "share", "seconds", "money", "number", "score", "chance", "ratio")


def tell_erased(folder: Path, day: date | None, say: Words) -> None:
    """Says, beside the answer, where figures as of a day do not come out again: customers were erased since."""
    from tropa.cli.console import make_console
    from tropa.service.as_of import remembered

    known = None if day is None else remembered(folder, day).known
    if known is not None and not known.reproducible:
        make_console(stderr=True).print(say("cli-as-of-erased", n=known.erased))


def answer_table(answer: Answer, value: Map, words: Words, *, most: int = 40) -> Grid:
    """An answer with its notes; at most `most` rows (how many there are is said)."""
    shown = [at for at, column in enumerate(answer.columns) if not column.aside]
    labels = labels_of(answer, value, words)
    spots = {column.id: at for at, column in enumerate(answer.columns)}
    columns = tuple(Column(words(answer.columns[at].title), answer.columns[at].kind in FIGURES) for at in shown)
    rows = tuple(
        tuple(_told(answer.columns[at], row, spots, labels, words, value.money.currency) for at in shown)
        for row in answer.rows[:most]
    )
    return Grid(columns, rows, words(f"measure-{answer.measure}"), tuple(_notes(answer, labels, words, most)))


def _notes(answer: Answer, labels: Mapping[str, str], words: Words, most: int) -> Iterator[str]:
    if answer.cannot_tell is not None:
        yield words(f"cannot-tell-{answer.cannot_tell.cannot_tell}", n=answer.cannot_tell.n)
    if len(answer.rows) > most:
        yield words("measure-note-rows", shown=most, all=len(answer.rows))
    for note in answer.notes:
        yield words(note.message, **note.told(labels))
    yield from words_beside(answer, labels, words)
    for quote in answer.quotes:
        yield words("picture-quoted", text=quote)


def _told(
    column: Asked, row: Sequence[Cell], spots: Mapping[str, int], labels: Mapping[str, str], words: Words, currency: str | None
) -> str:  # fmt: skip
    cell = row[spots[column.id]]
    if cell is None:
        return phrases.DASH
    if isinstance(cell, str):
        having = str(row[spots["having"]]) if "having" in spots else ""
        if column.id == "same":
            return "; ".join(labels.get(f"{one}|with", one) for one in cell.split("; ") if one)
        return labels.get(f"{cell}|{having}") or labels.get(cell) or cell
    low, high = (row[spots[name]] if name else None for name in (column.low, column.high))
    if column.kind in ("share", "chance"):
        if isinstance(low, (int, float)) and isinstance(high, (int, float)):
            return phrases.share_between(words, float(cell), float(low), float(high))
        return words.percent(float(cell))
    if column.kind == "seconds":
        return words.duration(float(cell))
    if column.kind == "count":
        return words.integer(cell)

    def figure(number: float) -> str:
        return words.money(number, currency) if column.kind == "money" else words.decimal(number)

    if isinstance(low, (int, float)) and isinstance(high, (int, float)):
        return f"{figure(float(cell))} [{figure(float(low))};{NBSP}{figure(float(high))}]"
    return figure(float(cell))


def measures_table(declared: Sequence[tuple[str, Declaration]], words: Words) -> Grid:
    """What can be asked, each measure with its family: headings, names, questions, parameters with their defaults and choices."""
    columns = (Column(words("ask-head-measure")), Column(words("ask-head-question")), Column(words("ask-head-params")))
    rows: list[tuple[str, str, str]] = []
    for family, members in groupby(declared, key=itemgetter(0)):
        rows.append((words(f"measure-family-{family}").upper(), "", ""))
        rows += [
            (one.id, words(f"measure-{one.id}.question"), "; ".join(_parameters(one, words)) or phrases.DASH)
            for _, one in members
        ]
    return Grid(columns, tuple(rows), words("ask-title"), (words("ask-how"),))


def _default(value: str | float | bool) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else f"{value:g}"


def _parameters(declared: Declaration, words: Words) -> Iterator[str]:
    for one in declared.parameters:
        default = "" if one.default is None else f"={_default(one.default)}"
        choices = f" ({', '.join(one.choices)})" if one.choices else ""
        yield f"{one.id}{default}{choices}"
