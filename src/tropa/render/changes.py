"""Changes of a map and differences of its figures in words: «Этап «Покупка». Цель клиента: было …, стало …» (R-10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tropa.codec.plain import path_of_ids
from tropa.layout.figures import channel_words, signed
from tropa.model import LANES, Map, Rate, Satisfaction, say
from tropa.model.diff import Change, Difference
from tropa.model.evidence import KINDS
from tropa.render import phrases
from tropa.words import Words

LONGEST = 160
"""Longer texts are told by their beginning; the whole is in the change itself."""
_STANDARD = {lane.id for lane in LANES}
_ENUMERATED = {"task": "task", "status": "improvement", "channel": "channel", "words": "feeling"}
_KINDS = {"barriers": "barrier", "opportunities": "opportunity", "kind": "map-kind", "loops": "loop"}
_SILENT = ("text", "title", "touchpoints", "stages", "cells")
"""Keys of the file that add nothing to the name of the thing they are in."""


class Teller:
    """Tells the changes from one map to another in one language."""

    def __init__(self, before: Map, after: Map, words: Words) -> None:
        self.words, self.maps = words, (before, after)
        self.plain = [one.model_dump(mode="json", by_alias=True) for one in self.maps]

    def tell(self, change: Change) -> str:
        """One change in a sentence without a full stop."""
        whole = self.whole(change)
        if whole:
            return whole
        what = self.what(change)
        if change.kind == "moved":
            text = self.words("diff-moved", what=what, text=self.item(change), before=change.before, after=change.after)
        else:
            before, after = self.both(change)
            text = self.words(f"diff-{change.kind}", what=what, before=before, after=after)
        place = self.place(change)
        return self.words("diff-at", place=place, change=text) if place else text

    def whole(self, change: Change) -> str:
        """A stage or touchpoint that came, went or moved; empty for anything else."""
        path = self.path(change)
        if len(path) < 2 or path[-2] not in ("stages", "touchpoints") or change.kind == "changed":
            return ""
        thing = "point" if path[-2] == "touchpoints" else "stage" if len(path) == 2 else "part"
        facts = {"name": self.title(self.node(change)), "stage": self.stage(change.stage)}
        if change.kind != "moved":
            return self.words(f"diff-{thing}-{change.kind}", **facts)
        if isinstance(change.before, int):
            return self.words(f"diff-{thing}-moved", **facts, before=change.before, after=change.after)
        homes = (self.home(0, change.before), self.home(1, change.after))
        return self.words("diff-point-moved-to", name=facts["name"], before=homes[0], after=homes[1])

    def home(self, side: int, address: str) -> str:
        """The title of an owner that something moved from or to."""
        return self.title(_at(self.plain[side], path_of_ids(self.plain[side], address)))

    def place(self, change: Change) -> str:
        """The stage and touchpoint in which something was changed; empty for what belongs to the whole map."""
        stage = self.stage(change.stage)
        if change.touchpoint is None:
            return self.words("diff-in-stage", stage=stage) if stage else ""
        titles = [
            point.title
            for one in reversed(self.maps)
            for _, point in one.touchpoints()
            if point.id == change.touchpoint
        ]
        return self.words(
            "diff-in-point", stage=stage, point=say(titles[0], self.words.lang) if titles else change.touchpoint
        )

    def stage(self, name: str | None) -> str:
        titles = [stage.title for one in reversed(self.maps) for stage in one.stages if stage.id == name]
        return say(titles[0], self.words.lang) if titles else name or ""

    def what(self, change: Change) -> str:
        """The lane or field, the thing in it by its name, and the part of the thing."""
        path = self.path(change)
        names = [self.lane(change)]
        side = self.plain[change.kind != "removed"]
        for depth in range(len(path) - 1):
            node = _at(side, path[: depth + 1])
            if (
                isinstance(node, dict)
                and isinstance(path[depth], int)
                and path[depth - 1] not in ("stages", "touchpoints")
            ):
                names.append(self.quoted(self.title(node)) if self.title(node) else self.mapping(node))
        last = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
        if last not in (change.lane, *_SILENT) and not self.is_lane_field(last, change.lane):
            names.append(self.words.or_own(f"diff-part-{last}", last))
        return ", ".join(dict.fromkeys(names))

    def is_lane_field(self, key: str, lane: str) -> bool:
        return any(one.field == key and one.id == lane for one in LANES)

    def lane(self, change: Change) -> str:
        own = next((lane for one in reversed(self.maps) for lane in one.lanes if lane.id == change.lane), None)
        if own is not None and change.stage is not None:
            return say(own.title, self.words.lang)
        if change.lane in _STANDARD and change.stage is not None:
            return self.words(f"lane-{change.lane}")
        name = self.words.or_own(f"diff-part-{change.lane}", change.lane)
        return name[:1].upper() + name[1:]

    def item(self, change: Change) -> str:
        return self.shown(self.node(change), change)

    def both(self, change: Change) -> tuple[str, str]:
        """What was and what is; where they read the same in this language, in the language in which they differ."""
        shown = self.shown(change.before, change), self.shown(change.after, change)
        if shown[0] != shown[1] or change.kind != "changed":
            return shown
        sides = [
            {one.language: text} if isinstance(text, str) else text
            for one, text in zip(self.maps, (change.before, change.after), strict=True)
        ]
        if not all(isinstance(side, dict) for side in sides):
            return shown
        differ = [key for key in dict.fromkeys((*sides[1], *sides[0])) if sides[0].get(key) != sides[1].get(key)]
        told = [", ".join(f"{self.quoted(side[key])} ({key})" for key in differ if key in side) for side in sides]
        return told[0] or phrases.DASH, told[1] or phrases.DASH

    def shown(self, value: Any, change: Change) -> str:
        """A plain value as a person reads it."""
        key = next((str(part) for part in reversed(self.path(change)) if isinstance(part, str)), change.lane)
        if value is None:
            return phrases.DASH
        if isinstance(value, bool):
            return self.words("diff-yes" if value else "diff-no")
        if isinstance(value, (int, float)):
            return signed(self.words, value) if key in ("score", "curve") else self.words.decimal(value)
        if isinstance(value, list):
            return ", ".join(self.shown(item, change) for item in value)
        if isinstance(value, str):
            return self.quoted(self.word(value, key, change))
        return self.mapping(value)

    def word(self, value: str, key: str, change: Change) -> str:
        """A word of an open list by its name; an owner by the person's; anything else as written."""
        if key == "owner":
            return self.maps[1].who(value, self.words.lang)
        if key == "channel":
            return channel_words(self.words, value)
        prefix = _KINDS.get(change.lane) if key == "kind" else _ENUMERATED.get(key)
        return self.words.or_own(f"{prefix}-{value}", value) if prefix else value

    def mapping(self, value: Mapping[str, Any]) -> str:
        if all(len(key) == 2 for key in value):
            return self.quoted(say(dict(value), self.words.lang))
        kind = next((kind for kind in KINDS if kind in value), None)
        if kind is not None and "text" not in value and "id" not in value:
            return self.words(
                "diff-evidence", kind=self.words(f"evidence-kind-{kind}"), text=self.quoted(str(value[kind]))
            )
        if "from" in value and "to" in value:
            return self.quoted(f"{self.stage(value['from'])} → {self.stage(value['to'])}")
        if "rival" in value:
            return self.quoted(self.rival(value))
        title = self.title(value)
        return self.quoted(title) if title else self.quoted("; ".join(_leaves(value)))

    def rival(self, value: Mapping[str, Any]) -> str:
        """Whose score this is, and the score."""
        rivals = [rival for one in reversed(self.maps) if one.comparison for rival in one.comparison.rivals]
        name = next(
            (say(rival.title, self.words.lang) for rival in rivals if rival.id == value["rival"]), str(value["rival"])
        )
        return f"{name}: {self.words.decimal(value['score'])}"

    def title(self, node: Any) -> str:
        """What a thing is called: its title or its text, else its id."""
        if isinstance(node, str):
            return node
        if not isinstance(node, Mapping):
            return ""
        for key in ("title", "text"):
            if node.get(key):
                return self.title(node[key]) if isinstance(node[key], str) else say(dict(node[key]), self.words.lang)
        return str(node.get("id", ""))

    def quoted(self, text: str) -> str:
        text = " ".join(text.split())
        if len(text) > LONGEST:
            text = text[: LONGEST - 1].rstrip() + "…"
        return self.words("picture-quoted", text=text)

    def path(self, change: Change) -> tuple[str | int, ...]:
        return path_of_ids(self.plain[change.kind != "removed"], change.address) or tuple(change.address.split("."))

    def node(self, change: Change) -> Any:
        return _at(self.plain[change.kind != "removed"], self.path(change))


def _at(node: Any, path: tuple[str | int, ...]) -> Any:
    for part in path:
        if isinstance(node, dict):
            node = node.get(part)
        elif isinstance(node, list) and isinstance(part, int):
            node = node[part]
        else:
            return None
    return node


def _leaves(value: Any) -> Iterator[str]:
    """What a thing without a name says, key by key."""
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from (f"{key}: {text}" if ": " not in text else text for text in _leaves(part))
    elif isinstance(value, list):
        yield ", ".join(text for part in value for text in _leaves(part))
    elif value is not None:
        yield str(value)


def difference_parts(difference: Difference, words: Words) -> tuple[str, str, str, str]:
    """A figure measured twice: before, after, the difference with its interval, and whether it is more than chance."""
    one, other = difference.before, difference.after
    if isinstance(one, Rate) and isinstance(other, Rate):
        shown = phrases.share(words, one), phrases.share(words, other)
        points = [signed(words, part * 100, 1) for part in (difference.value, difference.low, difference.high)]
        gap = words("diff-points", gap=points[0], low=points[1], high=points[2])
    elif isinstance(one, Satisfaction) and isinstance(other, Satisfaction):
        shown = phrases.score(words, one), phrases.score(words, other)
        score = [signed(words, part, 2) for part in (difference.value, difference.low, difference.high)]
        gap = words("diff-score", gap=score[0], low=score[1], high=score[2])
    else:
        assert not isinstance(one, (Rate, Satisfaction))
        assert not isinstance(other, (Rate, Satisfaction))
        shown = phrases.times(words, one), phrases.times(words, other)
        ratio = [words.decimal(part, 2) for part in (difference.value, difference.low, difference.high)]
        gap = words("diff-ratio", gap=ratio[0], low=ratio[1], high=ratio[2])
    verdict = {None: "same", True: "real", False: "chance"}[difference.significant]
    return *shown, gap, words(f"diff-verdict-{verdict}")
