"""Questions to the trail as values: what a measure is called, what it may be asked with, and what its answer looks like.

A page of the app, a command and a table are made from a declaration, so a new measure needs none of its own. Words are messages of the
catalogue: `measure-<id>` with `.question`, `measure-param-<parameter>`, `measure-choice-<choice>`, `measure-column-<column>`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Literal

from tropa.model.base import Value, parse_duration
from tropa.model.errors import TropaError, near_miss
from tropa.model.reading import CannotTell, Unit

ParameterKind = Literal["choice", "state", "states", "stage", "break", "duration", "number", "flag", "text", "group"]
"""`state`: a stage, touchpoint or event, written `stage:id`, `point:id`, `event:name` (or its bare name); `states`: several of them in
order; `break`: `stage/exit` or `stage/loop`; `text`: a name that the log has, as a column's; `group`: `segment:id`,
`channel:name`, or days `2026-01-01..2026-01-31`."""
ColumnKind = Literal[
    "text", "state", "channel", "path", "count", "share", "seconds", "money", "number", "month", "score", "chance", "ratio", "reason",
    "quotes",
]  # fmt: skip
"""What a column holds. `share`, `chance`: 0…1; `path`: states joined by ` > `; `seconds`: a length of time; `quotes`: customers' own words
(masked), each on a line of its own."""
PictureKind = Literal["bars", "graph", "matrix", "curve", "table", "funnel", "sankey", "pairs"]
Cell = str | int | float | None
LONGEST = timedelta(days=36_525)
"""A longer length of time than a century is a slip of the finger."""
Setting = str | float | bool | tuple[str, ...] | timedelta | None


class Parameter(Value):
    """One thing a measure may be asked with. `default` None: it must be given. Numbers lie between `least` and `most`."""

    id: str
    kind: ParameterKind
    default: str | float | bool | None = None
    optional: bool = False
    """May stay empty although there is no default."""
    choices: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None


class Column(Value):
    """A column of an answer. `low`, `high`: the columns with the ends of its interval; `part`, `whole`: of what it is the share."""

    id: str
    kind: ColumnKind
    low: str | None = None
    high: str | None = None
    part: str | None = None
    whole: str | None = None
    aside: bool = False
    """Shown with another column rather than beside it."""
    called: str | None = None
    """The message of its title, where that is not the usual one."""

    @property
    def title(self) -> str:
        """The message of its title."""
        return self.called or f"measure-column-{self.id}"


class Picture(Value):
    """How an answer is drawn, by the names of its columns. `bars`: `x` names, `value` lengths; `graph`: from `x` to `y`, as wide as
    `value`; `matrix`: rows `y`, columns `x`; `curve`: `value` over `x`, one for each `series`; `funnel`: steps `x` as long as `value`, for
    each `series`; `sankey`: flows from `x` to `y` as wide as `value`, at the steps `series`; `pairs`: for each `x` the two sides of
    `value` and their difference."""

    kind: PictureKind
    x: str = ""
    y: str = ""
    value: str = ""
    series: str = ""


class Declaration(Value):
    """A measure: its name, what it may be asked with, how its answer is drawn, and where its definition stands."""

    id: str
    unit: Unit
    parameters: tuple[Parameter, ...] = ()
    picture: Picture
    columns: tuple[Column, ...]
    definition: str
    """Anchor in docs/guide/measures.md."""
    slow: bool = False
    """May take some seconds; the others answer while a slider moves."""
    people: bool = False
    """Rows are single customers, by pseudonym: asking takes the right to see named customers."""

    def settings(self, raw: Mapping[str, Any]) -> dict[str, Setting]:
        """Every parameter with its value: as given (texts are understood), else its default.

        Raises TR-T302 for a parameter it does not have, TR-T303 for a value that it does not take.
        """
        known = {one.id: one for one in self.parameters}
        for name in raw:
            if name not in known:
                raise TropaError(
                    "TR-T302", name=name, measure=self.id, near=near_miss(name, list(known)), known=", ".join(known)
                )
        return {name: _setting(self.id, one, raw.get(name)) for name, one in known.items()}


def _setting(measure: str, one: Parameter, raw: Any) -> Setting:
    value = one.default if raw is None or raw == "" or raw == () or raw == [] else raw
    if value is None:
        if one.optional:
            return () if one.kind == "states" else None
        raise TropaError("TR-T303", name=one.id, measure=measure, value="", known=_takes(one))
    try:
        return _understood(one, value)
    except (ValueError, TypeError, KeyError, OverflowError) as fault:
        raise TropaError("TR-T303", name=one.id, measure=measure, value=str(value), known=_takes(one)) from fault


def _understood(one: Parameter, value: Any) -> Setting:
    match one.kind:
        case "choice":
            if value not in one.choices:
                raise ValueError(value)
            return str(value)
        case "number":
            if isinstance(value, bool):
                raise ValueError(value)
            number = float(value)
            if not (one.least or 0) <= number <= (one.most if one.most is not None else number):
                raise ValueError(value)
            return number
        case "flag":
            if isinstance(value, bool):
                return value
            return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}[str(value).lower()]
        case "duration":
            span = parse_duration(value)
            if not isinstance(span, timedelta) or not timedelta(0) < span <= LONGEST:
                raise ValueError(value)
            return span
        case "states":
            return tuple(str(item).strip() for item in (value.split(",") if isinstance(value, str) else value))
        case _:
            return str(value)


def _takes(one: Parameter) -> str:
    if one.choices:
        return ", ".join(one.choices)
    if one.kind == "number":
        return f"{one.least:g} … {one.most:g}" if one.least is not None and one.most is not None else "0 …"
    return {
        "duration": "7d, 24h",
        "flag": "true, false",
        "break": "stage/exit, stage/loop",
        "group": "2026-01-01..2026-01-31",
    }.get(one.kind, "stage:…, point:…, event:…")


class Note(Value):
    """Something to know about an answer: a message and its facts."""

    message: str
    facts: dict[str, Any] = {}

    def told(self, labels: Mapping[str, str]) -> dict[str, Any]:
        """The facts, stages by their titles. `labels`: what names are called."""
        stages = {key: labels.get(fact, fact) for key, fact in self.facts.items() if str(fact).startswith("stage:")}
        return {**self.facts, **stages}


class Answer(Value):
    """What a measure answers: rows of cells in the order of `columns`. `n`: how many of `unit` it rests on.

    `quotes`: customers' own words, masked. `cannot_tell`: why there are no rows, where there are none.
    """

    measure: str
    unit: Unit
    n: int
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...] = ()
    notes: tuple[Note, ...] = ()
    quotes: tuple[str, ...] = ()
    cannot_tell: CannotTell | None = None
    data_version: str = ""
    zone: str = "UTC"
    """Whose calendar its days, weeks, months and times of day are of."""

    def column(self, name: str) -> tuple[Cell, ...]:
        """All cells of a column. Raises ValueError for a column that the answer does not have."""
        at = [one.id for one in self.columns].index(name)
        return tuple(row[at] for row in self.rows)

    @property
    def words_beside(self) -> tuple[tuple[str, ...], ...] | None:
        """Customers' own words beside each row; None where the measure has no such column."""
        name = next((one.id for one in self.columns if one.kind == "quotes"), None)
        return None if name is None else tuple(tuple(str(cell or "").splitlines()) for cell in self.column(name))
