"""What differs between two maps, or one map at two dates: cell by cell, by ids (R-10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from tropa.model.align import aligned, moved
from tropa.model.base import Id, Value
from tropa.model.lanes import LANES
from tropa.model.map import Map
from tropa.model.reading import Rate, Satisfaction, Times

ChangeKind = Literal["added", "removed", "changed", "moved"]
Comparable = Literal["conversion", "time_to_next", "satisfaction"]


class Change(Value):
    """One thing that differs. `address` is a path of keys and ids, in the later map (of what was removed: in the earlier one)."""

    address: str
    kind: ChangeKind
    before: Any = None
    """A plain value as a map file holds it; of a move the old place: a number from 1, or the address it came from."""
    after: Any = None
    stage: Id | None = None
    touchpoint: Id | None = None
    lane: str
    """Id of the lane, standard or of the user's own; of what stands in no lane the key of the file (`title`, `personas`, `when`)."""


class Difference(Value):
    """A figure of one stage measured twice, and whether the difference is more than chance."""

    stage: Id
    measure: Comparable
    before: Rate | Times | Satisfaction
    after: Rate | Times | Satisfaction
    value: float
    """Shares and scores: after − before. Times: the median after ÷ the median before."""
    low: float
    high: float
    p: float | None = None
    """None: both count the same data, so chance has no part in it."""
    q: float | None = None
    """`p` corrected for all figures compared at once (Benjamini–Hochberg)."""
    significant: bool | None = None
    method: str


_LANE_OF = {lane.field: lane.id for lane in LANES}
_WHOLE = frozenset({"when", "void", "rule", "segment", "deal"})
"""Rules are one thing each: a part of a rule means nothing alone."""
_ASIDE = "at"
"""Where a box stands in the scheme is how the map is drawn, not what it says: no change of the map."""
_ROAMING = ("touchpoints", "pains")
"""Things whose ids are unique in the whole map: they may move from one owner to another."""


@dataclass(frozen=True, slots=True)
class _Place:
    stage: str | None = None
    touchpoint: str | None = None
    lane: str = ""


def diff(before: Map, after: Map) -> tuple[Change, ...]:
    """All changes from one map to the other, in the later map's order; what was removed stands where its list is.

    Two spellings of the same (a bare line or a statement without evidence, a text or the same text under the map's language) are no change.
    """
    return tuple(_Comparison(before, after).all())


class _Comparison:
    def __init__(self, before: Map, after: Map) -> None:
        self.old, self.new = (one.model_dump(mode="json", by_alias=True) for one in (before, after))
        self.languages = (before.language, after.language)
        self.old_homes, self.new_homes = (dict(_homes(one)) for one in (self.old, self.new))
        self.old_things = {key: thing for key, (_, thing) in self.old_homes.items()}

    def all(self) -> Iterator[Change]:
        for key in dict.fromkeys((*self.new, *self.old)):
            yield from self.walk(self.old.get(key), self.new.get(key), key, _Place(lane=key), key)

    def walk(self, old: Any, new: Any, address: str, place: _Place, key: str) -> Iterator[Change]:
        """What differs at one address."""
        if key == _ASIDE or self.same(old, new):
            return
        if any(isinstance(one, list) for one in (old, new)) and key not in _WHOLE:
            old, new = old or [], new or []
            by_id = all(isinstance(item, dict) and "id" in item for item in (*old, *new))
            yield from (self.things if by_id else self.lines)(old, new, address, place, key)
            return
        if key not in _WHOLE and any(_is_statement(one) for one in (old, new)) and not (_nothing(old) or _nothing(new)):
            old, new = _whole(old), _whole(new)
        if key == "cells" or (_has_keys(old) and _has_keys(new) and key not in _WHOLE):
            yield from self.keys(old or {}, new or {}, address, place, key)
            return
        kind: ChangeKind = "added" if _nothing(old) else "removed" if _nothing(new) else "changed"
        yield self.change(address, kind, old, new, place)

    def keys(self, old: Any, new: Any, address: str, place: _Place, key: str) -> Iterator[Change]:
        if _text_alone(old) and _text_alone(new):  # a statement that says something else, or an own cell
            yield from self.walk(old.get("text"), new.get("text"), address, place, "text")
            return
        for name in dict.fromkeys((*new, *old)):
            lane = name if key == "cells" else place.lane
            yield from self.walk(old.get(name), new.get(name), f"{address}.{name}", replace(place, lane=lane), name)

    def things(self, old: list[Any], new: list[Any], address: str, place: _Place, key: str) -> Iterator[Change]:
        """Lists of things with ids."""
        was, now = ({item["id"]: item for item in items} for items in (old, new))
        for name, thing in was.items():
            if name not in now and not self.roams(key, name):
                yield self.change(f"{address}.{name}", "removed", thing, None, self.inside(key, thing, place))
        shifted = moved([name for name in was if name in now], [name for name in now if name in was])
        for name, thing in now.items():
            at, spot = f"{address}.{name}", self.inside(key, thing, place)
            if name in was:
                if name in shifted:
                    yield from self.shift(at, list(was).index(name), list(now).index(name), spot)
                yield from self.within(was[name], thing, at, spot, key)
            elif self.roams(key, name):
                yield self.change(at, "moved", self.old_homes[key, name][0], self.new_homes[key, name][0], spot)
                yield from self.within(self.old_things[key, name], thing, at, spot, key)
            else:
                yield self.change(at, "added", None, thing, spot)

    def within(self, old: Any, new: Any, address: str, place: _Place, key: str) -> Iterator[Change]:
        owner = key in ("stages", "touchpoints")
        for name in dict.fromkeys((*new, *old)):
            lane = _LANE_OF.get(name, name) if owner else place.lane
            yield from self.walk(old.get(name), new.get(name), f"{address}.{name}", replace(place, lane=lane), name)

    def inside(self, key: str, thing: Any, place: _Place) -> _Place:
        """The place of a thing of a list."""
        if key == "stages":
            return replace(place, lane="stages", stage=place.stage or thing["id"])
        if key == "touchpoints":
            return replace(place, lane="touchpoints", touchpoint=thing["id"])
        return replace(place, stage=thing["stage"]) if key == "improvements" else place

    def lines(self, old: list[Any], new: list[Any], address: str, place: _Place, key: str) -> Iterator[Change]:
        """Lists of lines, of evidence and of other things without ids: the same, the same but for a part, alike, or new."""
        pairs = aligned(old, new)
        partners = {there: here for here, there in pairs if there is not None}
        for here, there in pairs:
            if there is None:
                yield self.change(f"{address}.{here}", "removed", old[here], None, place)
        common = sorted(partners, key=lambda there: partners[there])
        shifted = moved(common, sorted(partners))
        for index, item in enumerate(new):
            at = f"{address}.{index}"
            if index not in partners:
                yield self.change(at, "added", None, item, place)
                continue
            before = old[partners[index]]
            if index in shifted:
                yield from self.shift(at, partners[index], index, place)
            if isinstance(before, dict) or isinstance(item, dict):
                yield from self.keys(_whole(before), _whole(item), at, place, key)
            else:
                yield from self.walk(before, item, at, place, "text")

    def shift(self, address: str, old: int, new: int, place: _Place) -> Iterator[Change]:
        """A move within a list; where things before it came or went and it has the same place as before, there is nothing to tell."""
        if old != new:
            yield self.change(address, "moved", old + 1, new + 1, place)

    def roams(self, key: str, name: str) -> bool:
        """Whether a thing is in both maps under different owners that both maps have."""
        if key not in _ROAMING or (key, name) not in self.old_homes or (key, name) not in self.new_homes:
            return False
        homes = {self.old_homes[key, name][0], self.new_homes[key, name][0]}
        return len(homes) > 1 and all(home in _owners(self.old) and home in _owners(self.new) for home in homes)

    def same(self, old: Any, new: Any) -> bool:
        if _nothing(old) and _nothing(new):
            return True
        texts = [one["text"] if _text_alone(one) else one for one in (old, new)]
        spelled = [
            {language: text} if isinstance(text, str) and text else text
            for text, language in zip(texts, self.languages, strict=True)
        ]
        if spelled[0] == spelled[1] and any(isinstance(text, dict) and _is_text(text) for text in texts):
            return True
        return bool(repr(texts[0]) == repr(texts[1]))

    def change(self, address: str, kind: ChangeKind, old: Any, new: Any, place: _Place) -> Change:
        return Change(
            address=address, kind=kind, before=_slim(old), after=_slim(new), stage=place.stage, touchpoint=place.touchpoint, lane=place.lane
        )  # fmt: skip


def _homes(whole: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], tuple[str, Any]]]:
    """(list, id) of everything that roams → address of its owner, and the thing."""
    for address, owner in _walk_owners(whole):
        for key in _ROAMING:
            for thing in owner.get(key, ()):
                yield (key, thing["id"]), (address, thing)


def _walk_owners(whole: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Stages, their sub-stages and touchpoints with their addresses."""
    for stage in whole["stages"]:
        at = f"stages.{stage['id']}"
        yield at, stage
        for home, owner in ((at, stage), *((f"{at}.stages.{part['id']}", part) for part in stage["stages"])):
            if owner is not stage:
                yield home, owner
            for point in owner["touchpoints"]:
                yield f"{home}.touchpoints.{point['id']}", point


def _owners(whole: Mapping[str, Any]) -> set[str]:
    return {address for address, _ in _walk_owners(whole)}


def _nothing(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, (list, dict)) and not value)


def _is_text(value: dict[str, Any]) -> bool:
    """Whether a mapping is one text in several languages."""
    return bool(value) and all(len(key) == 2 and isinstance(text, str) for key, text in value.items())


def _has_keys(value: Any) -> bool:
    return isinstance(value, dict) and not _is_text(value)


def _text_alone(value: Any) -> bool:
    """Whether a statement says its text and no more."""
    return (
        isinstance(value, dict)
        and "text" in value
        and all(_nothing(part) for key, part in value.items() if key != "text")
    )


def _is_statement(value: Any) -> bool:
    return isinstance(value, dict) and "text" in value


def _slim(value: Any) -> Any:
    """A plain value without what it does not say."""
    if isinstance(value, dict):
        return {key: _slim(part) for key, part in value.items() if not _nothing(part)}
    return [_slim(part) for part in value] if isinstance(value, list) else value


def _whole(item: Any) -> Any:
    """A line as a statement."""
    return {"text": item} if isinstance(item, str) or (isinstance(item, dict) and _is_text(item)) else item
