"""Names of what stands in an answer's cells: stages, touchpoints, marks and reasons in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from tropa.model import Map, say
from tropa.model.measure import Answer, Cell
from tropa.words import Words, zone_name

_BOUND = re.compile(r"^(.*?)(>|<=)(-?[\d.e+]+)$")
STEP = " > "


def state_name(name: str, value: Map, words: Words) -> str:
    """`stage:id`, `point:id`, `event:name`, `mark:start`, and groups as people say them; what the map does not know is said as it is."""
    kind, sign, rest = name.partition(":")
    if not sign:
        return name
    if kind == "mark":
        return words.or_own(f"measure-mark-{rest}", rest)
    if kind == "stage":
        return next((say(one.title, words.lang, rest) for one in value.stages if one.id == rest), rest)
    if kind == "point":
        return next((say(point.title, words.lang, rest) for _, point in value.touchpoints() if point.id == rest), rest)
    if kind == "loop":
        return words.or_own(f"measure-loop-{rest}", rest)
    if kind == "cluster":
        return words("measure-cluster", n=rest)
    return _group_name(kind, rest, value, words)


def _group_name(kind: str, rest: str, value: Map, words: Words) -> str:
    """`segment:id`, `channel:name`, `period:2026-01-01..2026-01-31` (either end may be open)."""
    if kind == "segment":
        return segment_name(rest, value, words)
    if kind == "channel":
        return words.or_own(f"channel-{rest}", rest)
    if kind == "period":
        start, _, end = rest.partition("..")
        way = "between" if start and end else "from" if start else "to"
        return words(f"measure-period-{way}", start=_day(start, words), end=_day(end, words))
    return rest


def _day(text: str, words: Words) -> str:
    return words.day(date.fromisoformat(text)) if text else ""


def date_name(text: str, words: Words) -> str:
    """A month (`2026-03`) or a day (`2026-03-02`) as people write it; anything else as it is."""
    try:
        return words.month(date.fromisoformat(f"{text}-01")) if len(text) == 7 else words.day(date.fromisoformat(text))
    except ValueError:
        return text


def path_name(path: str, value: Map, words: Words) -> str:
    """A path with the names of its states, by arrows."""
    return " → ".join(state_name(one, value, words) for one in path.split(STEP))


def channel_name(name: str, value: Map, words: Words) -> str:
    """A channel's name, the user's own where it is not one of ours."""
    return state_name(name, value, words) if name.startswith("mark:") else words.or_own(f"channel-{name}", name)


def segment_name(name: str, value: Map, words: Words) -> str:
    """A segment's or a persona's title."""
    titles = {one.id: one.title for one in value.personas} | {one.id: one.title for one in value.segments}
    return say(titles.get(name), words.lang, name)


def reason_name(name: str, having: str, value: Map, words: Words, zone: str = "UTC") -> str:
    """A feature of `trail.measures.exposures` as a phrase: with it, or without it. `zone`: whose clocks told times of day."""
    family, _, rest = name.partition(":")
    if family == "property":
        return _property(rest, having, words)
    if family in ("time", "count"):
        bound = _BOUND.match(rest)
        if bound is None:
            return words(f"reason-{family}-{rest}", having=having, zone=zone_name(zone, words.lang))
        limit = float(bound[3])
        told = words.duration(limit / 1e6) if family == "time" else words.decimal(limit)
        return words(f"reason-{family}-{bound[1]}-{_way(bound[2])}", having=having, limit=told)
    if family == "before":
        return words("reason-before", having=having, name=state_name(rest, value, words))
    if family == "segment":
        return words("reason-segment", having=having, name=segment_name(rest, value, words))
    if family == "channel":
        return words("reason-channel", having=having, name=channel_name(rest, value, words))
    if family == "event":
        return words("reason-event", having=having, name=rest)
    return words(f"reason-{family}-{rest}", having=having)


def _property(rest: str, having: str, words: Words) -> str:
    name, sign, value = rest.partition("=")
    bound = _BOUND.match(rest)
    if bound is not None:
        limit = words.decimal(float(bound[3]))
        return words(f"reason-property-{_way(bound[2])}", having=having, name=bound[1], limit=limit)
    if sign:
        return words("reason-property-is", having=having, name=name, value=value)
    return words("reason-property-known", having=having, name=rest)


def _way(sign: str) -> str:
    return "over" if sign == ">" else "upto"


def labels_of(answer: Answer, value: Map, words: Words) -> dict[str, str]:
    """Words for every cell that is a name: states, paths, months and days, reasons (`reason|with`, `reason|without`)."""
    out: dict[str, str] = {}
    having = [column.id for column in answer.columns].index("having") if _has(answer, "having") else None
    for fact in (str(fact) for note in answer.notes for fact in note.facts.values()):
        if fact.startswith("stage:"):
            out.setdefault(fact, state_name(fact, value, words))
    for at, column in enumerate(answer.columns):
        for row in answer.rows:
            cell: Cell = row[at]
            if not isinstance(cell, str):
                continue
            if column.kind == "state":
                out.setdefault(cell, state_name(cell, value, words))
            elif column.kind == "channel":
                out.setdefault(cell, channel_name(cell, value, words))
            elif column.kind == "path":
                out.setdefault(cell, path_name(cell, value, words))
            elif column.kind == "month":
                out.setdefault(cell, date_name(cell, words))
            elif column.kind == "reason" and having is not None:
                way = str(row[having])
                out.setdefault(f"{cell}|{way}", reason_name(cell, way, value, words, answer.zone))
            elif column.id == "same" and cell:
                for one in cell.split("; "):
                    out.setdefault(f"{one}|with", reason_name(one, "with", value, words, answer.zone))
    return out


def words_beside(answer: Answer, labels: Mapping[str, str], words: Words) -> list[str]:
    """A sentence for each reason with words of those who left and had met it; one alone where nobody said anything.

    `labels`: as of `labels_of`. Nothing where the measure knows no words, or found nothing.
    """
    beside = answer.words_beside
    if not beside:
        return []
    if not any(beside):
        return [words("measure-words-none")]
    names = [
        labels.get(f"{one}|{way}", str(one))
        for one, way in zip(answer.column("reason"), answer.column("having"), strict=True)
    ]
    said = ["; ".join(words("picture-quoted", text=text) for text in quotes) for quotes in beside]
    return [words("measure-words-beside", reason=name, quotes=quotes) for name, quotes in zip(names, said, strict=True)]


def _has(answer: Answer, name: str) -> bool:
    return any(column.id == name for column in answer.columns)
