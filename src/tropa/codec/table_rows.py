"""The rows of the matrix: what each shows of a stage or touchpoint, and how an edited cell goes back into the plain map.

Everything here works on plain values (`writer.plain_map`). A row key is `goal`, `does.0`, `pains.1.severity`, or `does.+` for the empty
row that waits for one more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from tropa.model import Map, say
from tropa.model.stage import TASKS
from tropa.words import LANGUAGES, words

CellValue = str | float | None
Plain = dict[str, Any]
Kind = Literal[
    "text", "plain", "score", "words", "number", "date", "truth", "severity", "task", "channel", "barrier", "opportunity", "improvement"
]  # fmt: skip

LONGEST = 32_000
"""Excel holds no more in a cell; the rest of a longer text stays in the part that is carried along."""

CHANNELS = (
    "website", "app", "search", "ads", "social", "friend", "reviews", "email", "sms", "messenger", "chat", "phone", "consultant", "shop",
    "marketplace", "courier", "pickup", "package", "support", "return", "push", "video", "event", "branch", "documents", "loyalty",
)  # fmt: skip
CHOICES: dict[Kind, tuple[str, ...]] = {
    "task": TASKS,
    "channel": CHANNELS,
    "barrier": ("payment", "queue", "stock", "staff", "lateness", "price", "trust", "delivery", "information", "other"),
    "opportunity": ("improve", "wow", "word-of-mouth"),
    "improvement": ("idea", "planned", "doing", "testing", "done", "dropped"),
}
"""Words that have a name in both languages. Open lists: a word of one's own is kept as written (not for the state of an improvement)."""


@dataclass(frozen=True, slots=True)
class One:
    """A row with one value a column. `path` leads to it within a stage or touchpoint."""

    key: str
    path: tuple[str, ...]
    kind: Kind
    at: Literal["stage", "point", "both"] = "both"


@dataclass(frozen=True, slots=True)
class Attribute:
    """A further value of a listed item, in a row of its own under the item's."""

    key: str
    kind: Kind
    default: CellValue = None


@dataclass(frozen=True, slots=True)
class Many:
    """Rows with one item of a list each."""

    key: str
    path: tuple[str, ...]
    at: Literal["stage", "both"] = "both"
    text: str = "text"
    attributes: tuple[Attribute, ...] = ()
    ids: bool = False


Spec = One | Many

OWNER = Attribute("owner", "plain")
SPECS: tuple[Spec, ...] = (
    One("title", ("title",), "text", "stage"),
    One("touchpoint", ("title",), "text", "point"),
    One("task", ("brand", "task"), "task", "stage"),
    One("channel", ("channel",), "channel", "point"),
    One("moment_of_truth", ("moment_of_truth",), "truth"),
    One("goal", ("goal",), "text", "stage"),
    Many("does", ("does",)),
    Many("thinks", ("thinks",)),
    Many("asks", ("asks",)),
    Many("doubts", ("doubts",)),
    One("feels.score", ("feels", "score"), "score"),
    One("feels.words", ("feels", "words"), "words"),
    Many("expects", ("expects",), "stage"),
    Many("pains", ("pains",), attributes=(Attribute("severity", "severity", 2.0), OWNER), ids=True),
    Many("barriers", ("barriers",), "stage", attributes=(Attribute("kind", "barrier", "other"),)),
    Many("strengths", ("strengths",), "stage"),
    Many("opportunities", ("opportunities",), attributes=(Attribute("kind", "opportunity", "improve"), OWNER), ids=True),
    One("brand.goal", ("brand", "goal"), "text", "stage"),
    Many("brand.does", ("brand", "does"), "stage"),
    Many("front_stage", ("front_stage",)),
    Many("back_stage", ("back_stage",)),
    Many(
        "metrics", ("metrics",), "stage", text="title",
        attributes=(Attribute("at_least", "number"), Attribute("at_most", "number"), OWNER), ids=True,
    ),
    Many(
        "improvements", ("improvements",), "stage",
        attributes=(OWNER, Attribute("due", "date"), Attribute("status", "improvement", "idea")), ids=True,
    ),
    One("owner", ("owner",), "plain"),
)  # fmt: skip

_OWN: dict[str, tuple[str, Kind]] = {
    "text": ("text", "text"),
    "number": ("number", "number"),
    "curve": ("curve", "score"),
    "image": ("image", "plain"),
    "file": ("file", "plain"),
}


def specs_of(value: Map) -> tuple[Spec, ...]:
    """The rows of a map: the standard ones, then its own lanes."""
    own: list[Spec] = []
    for lane in value.lanes:
        if lane.kind == "list":
            own.append(Many(f"cells:{lane.id}", ("cells", lane.id, "items")))
        else:
            field, kind = _OWN[lane.kind]
            own.append(One(f"cells:{lane.id}", ("cells", lane.id, field), kind))
    return SPECS + tuple(own)


def fits(spec: Spec, point: bool) -> bool:
    """Whether a row has anything to say of a touchpoint (or of a stage)."""
    return spec.at == "both" or (spec.at == "point") == point


def get(owner: Plain, path: tuple[str, ...]) -> Any:
    """What stands at a path of a stage or touchpoint, or None."""
    node: Any = owner
    for key in path:
        if isinstance(node, str) and key == "text":
            return node  # a cell of an own lane may be a bare text
        if not isinstance(node, dict):
            return None
        node = node.get(key)
    return node


def put(owner: Plain, path: tuple[str, ...], value: Any) -> None:
    """Put a value at a path; None (or an empty list) takes it away, and what becomes empty with it."""
    key, rest = path[0], path[1:]
    if not rest:
        if value is None or value == []:
            owner.pop(key, None)
        else:
            owner[key] = value
        return
    inner = owner.get(key)
    if isinstance(inner, str):
        inner = {"text": inner}
    inner = dict(inner or {})
    put(inner, rest, value)
    if inner:
        owner[key] = inner
    else:
        owner.pop(key, None)


def text_of(item: Any, lang: str, key: str = "text") -> str:
    """The words of any spelling of a text or a statement, as they stand in a cell."""
    if isinstance(item, dict) and key in item:
        item = item[key]
    return clean(say(item, lang))


def with_text(item: Any, text: str, lang: str, key: str = "text") -> Any:
    """The same statement saying something else in one language."""
    if isinstance(item, dict) and key in item:
        return {**item, key: with_text(item[key], text, lang, key="")}
    return {**item, lang: text} if isinstance(item, dict) else text


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")


def clean(text: str) -> str:
    """A text as a cell can hold it: no control characters, one kind of line break, no spaces around, no more than `LONGEST`."""
    return _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))[:LONGEST].strip()


def show(value: Any, kind: Kind, lang: str) -> CellValue:
    """A plain value as it stands in a cell: words for ids, ★ for a moment of truth, numbers as numbers."""
    if value is None or value == []:
        return None
    if kind == "text":
        return text_of(value, lang) or None
    if kind == "words":
        return ", ".join(text_of(word, lang) for word in value) or None
    if kind == "truth":
        return "★" if value else None
    if kind in ("score", "number", "severity"):
        return float(value)
    if kind in CHOICES:
        return clean(words(lang).or_own(f"{kind}-{value}", str(value))) or None
    return clean(str(value)) or None


@cache
def choices(kind: Kind, lang: str) -> dict[str, str]:
    """The words of an open list in a language, with their ids."""
    return {words(lang)(f"{kind}-{name}"): name for name in CHOICES.get(kind, ())}


class BadCell(ValueError):
    """A cell whose value does not fit; the reader knows where it stands."""


def read(cell: CellValue, kind: Kind, lang: str, old: Any = None) -> Any:
    """A cell's value as a plain value. Raises `BadCell` where it does not fit."""
    if cell is None or cell == "":
        return None
    if kind in ("score", "number", "severity"):
        number = _number(cell)
        if (kind == "score" and not -2 <= number <= 2) or (kind == "severity" and number not in (1, 2, 3)):
            raise BadCell(kind)
        return int(number) if kind == "severity" else number
    text = _text(cell)
    if kind == "truth":
        if text.casefold() in ("0", "false", "нет", "no", "-", "—"):
            return None
        if text.casefold() in ("★", "☆", "1", "true", "да", "yes", "x", "х", "+", "v"):
            return True
        raise BadCell(kind)
    if kind == "date":
        return _date(text)
    if kind == "words":
        known = {text_of(word, lang): word for word in old or ()}
        return [known.get(part, part) for part in (piece.strip() for piece in re.split(r"[,;\n]", text)) if part]
    if kind in CHOICES:
        return _choice(text, kind, lang)
    return with_text(old, text, lang) if kind == "text" else text


def _choice(text: str, kind: Kind, lang: str) -> str:
    for language in (lang, *LANGUAGES):
        for shown, name in choices(kind, language).items():
            if text.casefold() in (shown.casefold(), name):
                return name
    if kind == "improvement":
        raise BadCell(kind)
    return text


def _text(cell: CellValue) -> str:
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return clean(str(cell))


def _number(cell: CellValue) -> float:
    if isinstance(cell, float):
        return cell
    text = re.sub(r"[\s\u00a0\u202f]", "", str(cell)).replace(",", ".").replace("\u2212", "-")
    percent = text.endswith("%")
    try:
        number = float(text.rstrip("%"))
    except ValueError as fault:
        raise BadCell("number") from fault
    if number != number or number in (float("inf"), float("-inf")):
        raise BadCell("number")
    return number / 100 if percent else number


def _date(text: str) -> str:
    from datetime import date

    day = re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", text)
    iso = f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}" if day else text[:10]
    try:
        return date.fromisoformat(iso).isoformat()
    except ValueError as fault:
        raise BadCell("date") from fault


def row_keys(spec: Spec, count: int) -> Iterator[str]:
    """The keys of a spec's rows for `count` items, the waiting row included."""
    if isinstance(spec, One):
        yield spec.key
        return
    for index in (*map(str, range(count)), "+"):
        yield f"{spec.key}.{index}"
        for attribute in spec.attributes:
            yield f"{spec.key}.{index}.{attribute.key}"


_KEY = re.compile(r"(?P<lane>.+?)(?:\.(?P<index>\d+|\+))(?:\.(?P<attribute>[a-z_]+))?")


def split_key(key: str, specs: tuple[Spec, ...]) -> tuple[Spec, str, str] | None:
    """A row key as (spec, index, attribute); both empty for a row of one value. None: not one of our keys."""
    by_key = {spec.key: spec for spec in specs}
    if key in by_key and isinstance(by_key[key], One):
        return by_key[key], "", ""
    for spec in specs:
        if isinstance(spec, Many) and key.startswith(f"{spec.key}."):
            found = _KEY.fullmatch(f"x{key[len(spec.key) :]}")
            if found and (not found["attribute"] or found["attribute"] in {item.key for item in spec.attributes}):
                return spec, found["index"], found["attribute"] or ""
    return None
