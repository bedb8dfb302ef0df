"""Results that show themselves in a notebook and turn into data frames (R-61)."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from importlib import import_module
from typing import Any, Generic, TypeVar

from tropa.model import TropaError
from tropa.model.measure import Cell, ColumnKind
from tropa.words import Words

T = TypeVar("T")
SHOWN = 20
"""Rows that a notebook shows; a frame has them all."""
WIDEST = 48
"""Letters of a cell in plain text."""
_WHOLE: tuple[ColumnKind, ...] = ("count",)
_FIGURES: tuple[ColumnKind, ...] = ("count", "share", "seconds", "money", "number", "score", "chance", "ratio")


@contextmanager
def saying(say: Words) -> Iterator[None]:
    """An error that goes out through the notebook's door says in words what is wrong and what to do: as a note under its traceback."""
    try:
        yield
    except TropaError as error:
        if not hasattr(error, "__notes__"):
            for one in (error, *error.also):
                error.add_note(say(one.code, **one.facts))
                if say.has(f"{one.code}.fix"):
                    error.add_note(say(f"{one.code}.fix", **one.facts))
        raise


@dataclass(frozen=True)
class Field:
    """A column of a result: its name in a frame, its title for people. `aside`: in the frame only."""

    id: str
    title: str
    kind: ColumnKind
    aside: bool = False


@dataclass(frozen=True)
class Result(Generic[T]):
    """A table with its title, notes and, where there is one, its picture. `value`: what it was made from.

    `labels`: words for cells that are names. Cells keep ids (`point:cart`), so that frames can be joined.
    """

    value: T = field(repr=False)
    title: str
    fields: tuple[Field, ...]
    rows: tuple[tuple[Cell, ...], ...]
    words: Words = field(repr=False)
    labels: Mapping[str, str] = field(default_factory=dict, repr=False)
    notes: tuple[str, ...] = ()
    picture: Callable[[], str] | None = field(default=None, repr=False, compare=False)
    """Draws the SVG."""
    currency: str | None = None

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Cell]]:
        """Rows by the names of their columns."""
        names = [one.id for one in self.fields]
        return (dict(zip(names, row, strict=True)) for row in self.rows)

    @cached_property
    def svg(self) -> str | None:
        """The picture; None where there is none."""
        return None if self.picture is None else self.picture()

    def to_arrow(self) -> Any:
        """A `pyarrow.Table` of all rows and columns."""
        import pyarrow as pa

        def kind(one: Field) -> Any:
            return pa.int64() if one.kind in _WHOLE else pa.float64() if one.kind in _FIGURES else pa.string()

        schema = pa.schema([pa.field(one.id, kind(one)) for one in self.fields])
        cells = [[row[at] for row in self.rows] for at in range(len(self.fields))]
        return pa.table([pa.array(cells[at], one.type) for at, one in enumerate(schema)], schema=schema)

    def to_pandas(self) -> Any:
        """A pandas data frame. Raises TR-S019 where pandas is not installed."""
        _library("pandas", self.words)
        return self.to_arrow().to_pandas()

    def to_polars(self) -> Any:
        """A Polars data frame. Raises TR-S019 where Polars is not installed."""
        return _library("polars", self.words).from_arrow(self.to_arrow())

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        """So that DuckDB, Polars and pandas read a result as it is."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        """The table in plain text."""
        shown = [at for at, one in enumerate(self.fields) if not one.aside]
        lines = [[self.fields[at].title for at in shown], *self._told(shown)]
        wide = [min(WIDEST, max(len(line[at]) for line in lines)) for at in range(len(shown))]
        right = [self.fields[at].kind in _FIGURES for at in shown]
        told = ["  ".join(map(_set, line, wide, right)).rstrip() for line in lines] if self.rows else []
        return "\n".join([self.title, *told, *self._below()])

    def _repr_html_(self) -> str:
        """The picture, the table and the notes; everything escaped."""
        shown = [at for at, one in enumerate(self.fields) if not one.aside]
        side = {at: "right" if self.fields[at].kind in _FIGURES else "left" for at in shown}
        head = "".join(f'<th style="text-align:{side[at]}">{escape(self.fields[at].title)}</th>' for at in shown)
        cells = [
            [f'<td style="text-align:{side[at]}">{escape(cell)}</td>' for at, cell in zip(shown, row, strict=True)]
            for row in self._told(shown)
        ]
        rows = "".join(f"<tr>{''.join(row)}</tr>" for row in cells)
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>" if self.rows else ""
        notes = "".join(f"<p>{escape(note)}</p>" for note in self._below())
        return f'<div lang="{self.words.lang}">{self._image()}<p><b>{escape(self.title)}</b></p>{table}{notes}</div>'

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """All the ways it can be shown: plain text, HTML, and SVG where there is a picture."""
        made: dict[str, Callable[[], str | None]] = {
            "text/plain": self.__repr__, "text/html": self._repr_html_, "image/svg+xml": lambda: self.svg,
        }  # fmt: skip
        wanted = [kind for kind in made if (not include or kind in include) and kind not in (exclude or ())]
        return {kind: told for kind in wanted if (told := made[kind]()) is not None}

    def _image(self) -> str:
        """The picture as an image: its styles and ids keep away from those of the notebook."""
        if self.svg is None:
            return ""
        data = base64.b64encode(self.svg.encode()).decode()
        return f'<img alt="{escape(self.title)}" style="max-width:100%" src="data:image/svg+xml;base64,{data}">'

    def _told(self, shown: list[int]) -> list[list[str]]:
        having = next((at for at, one in enumerate(self.fields) if one.id == "having"), None)
        ways = ["" if having is None else str(row[having]) for row in self.rows[:SHOWN]]
        return [
            [self._cell(self.fields[at], row[at], way) for at in shown]
            for row, way in zip(self.rows[:SHOWN], ways, strict=True)
        ]

    def _cell(self, one: Field, cell: Cell, way: str) -> str:
        if cell is None:
            return "—"
        if isinstance(cell, str):
            keys = (f"{one.id}={cell}", f"{cell}|{way}", cell)
            return next((self.labels[key] for key in keys if self.labels.get(key)), cell)
        match one.kind:
            case "share" | "chance":
                return self.words.percent(float(cell))
            case "seconds":
                return self.words.duration(float(cell))
            case "money":
                return self.words.money(float(cell), self.currency)
            case "count":
                return self.words.integer(cell)
            case _:
                return self.words.decimal(float(cell))

    def _below(self) -> list[str]:
        more = len(self.rows) - SHOWN
        told = [self.words("result-rows", shown=SHOWN, all=len(self.rows))] if more > 0 else []
        return [*told, *self.notes]


def _set(cell: str, wide: int, right: bool) -> str:
    short = cell if len(cell) <= wide else f"{cell[: wide - 1]}…"
    return short.rjust(wide) if right else short.ljust(wide)


def _library(name: str, say: Words) -> Any:
    """A library that the user may have. Raises TR-S019 where it is not installed."""
    try:
        return import_module(name)
    except ImportError as fault:
        with saying(say):
            raise TropaError("TR-S019", name=name) from fault
