"""What stands in the rows of a map: for each lane and column the statements, ready to be set as text.

A column is a stage, or a touchpoint of a stage that is opened. A closed stage says what is said of it and of all its touchpoints; of
an opened one, what is said of the whole stage spans its touchpoints.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from tropa.layout import figures
from tropa.layout.orders import MERGED, QUOTED, Picture, rows_of
from tropa.layout.photos import NO_PHOTOS, Photos, Still
from tropa.model import (
    LANES,
    Evidence,
    EvidenceState,
    Feels,
    Lane,
    Map,
    Readings,
    Stage,
    Statement,
    Text,
    Touchpoint,
    said,
    say,
)
from tropa.model.lanes import LINES, POINT_LINES
from tropa.model.standing import improvements_of, standing
from tropa.words import Words


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement of a cell.

    `severity` 1…3 is drawn as squares, `gold` as a bar, `star` marks a moment of truth, `tint` lays a colour under the statement;
    `icon` is a symbol before it; `aside` follows in the second voice. `tip` says in words what it rests on.
    """

    text: str
    address: str
    state: EvidenceState | None = None
    tip: str = ""
    severity: int = 0
    gold: bool = False
    star: bool = False
    tint: str = ""
    strong: bool = False
    icon: str = ""
    aside: str = ""
    curve: float | None = None
    photo: Still | None = None
    """A picture below the text, which is then its caption; `alt` says what it is where there is none."""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the grid. `key` is `stage` or `stage/touchpoint`; `part` names the sub-stage that the touchpoint lies in."""

    key: str
    stage: Stage
    point: Touchpoint | None = None
    part: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A lane with its statements by column key; those of an opened stage as a whole are under the stage's id."""

    id: str
    title: str
    entries: Mapping[str, tuple[Entry, ...]]
    kind: str = "items"


@dataclass(frozen=True, slots=True)
class Content:
    """All rows of a map, in order, and its columns."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    states: Mapping[str, EvidenceState]

    def of(self, stage: str) -> tuple[Column, ...]:
        """The columns of one stage."""
        return tuple(column for column in self.columns if column.stage.id == stage)


class _Teller:
    """Makes entries of one map in one language."""

    def __init__(
        self, value: Map, readings: Readings | None, words: Words, today: date, photos: Photos, *, brief: bool
    ) -> None:
        self.brief, self.photos = brief, photos
        self.map, self.readings, self.words = value, readings, words
        self.states = standing(value, readings, today)
        self.worst = figures.worst_break(readings)

    def say(self, text: Text | None) -> str:
        return " ".join(say(text, self.words.lang).split())

    def person(self, owner: str | None) -> str:
        """The owner's name; on a brief picture only what stands before its comma."""
        name = self.map.who(owner, self.words.lang)
        return name.partition(",")[0] if self.brief else name

    def entry(self, address: str, text: str, evidence: Iterable[Evidence] = ()) -> Entry:
        state = self.states.get(address)
        return Entry(text, address, state, figures.evidence_tip(self.words, state, tuple(evidence)))

    def statements(self, prefix: str, lane: str, items: Iterable[str | Statement]) -> list[Entry]:
        out = []
        for index, item in enumerate(items):
            whole = said(item)
            text = self.say(whole.text)
            if lane in QUOTED:
                text = self.quoted(text)
            out.append(self.entry(f"{prefix}/{lane}/{index}", text, whole.evidence))
        return out

    def quoted(self, text: str) -> str:
        return text if text[:1] in '«“"„' else self.words("picture-quoted", text=text)

    def feels(self, prefix: str, feels: Feels | None) -> list[Entry]:
        if feels is None or not (feels.words or feels.score is not None):
            return []
        names = [self.words.or_own(f"feeling-{say(item, 'en')}", self.say(item)) for item in feels.words]
        text = ", ".join(names) or self.words("picture-score", score=self.score(feels.score or 0.0))
        return [replace(self.entry(f"{prefix}/feels/0", text, feels.evidence), curve=feels.score)]

    def score(self, value: float) -> str:
        return figures.signed(self.words, value)

    def pains(self, prefix: str, owner: Stage | Touchpoint, stage: Stage) -> list[Entry]:
        out = []
        for index, pain in enumerate(owner.pains):
            entry = self.entry(f"{prefix}/pains/{index}", self.say(pain.text), pain.evidence)
            out.append(replace(entry, severity=pain.severity, aside=self.person(pain.owner)))
        return out

    def opportunities(self, prefix: str, owner: Stage | Touchpoint) -> list[Entry]:
        out = []
        for index, chance in enumerate(owner.opportunities):
            entry = self.entry(f"{prefix}/opportunities/{index}", self.say(chance.text), chance.evidence)
            kind = "" if chance.kind == "improve" else self.words.or_own(f"opportunity-{chance.kind}", chance.kind)
            out.append(
                replace(entry, gold=True, aside=" · ".join(part for part in (kind, self.person(chance.owner)) if part))
            )
        return out

    def touchpoints(self, stage: Stage) -> list[Entry]:
        out = []
        for index, point in enumerate(stage.all_touchpoints):
            reading = self.readings.touchpoint(point.id) if self.readings else None
            entry = self.entry(f"{stage.id}/touchpoints/{index}", self.say(point.title))
            channel = figures.channel_words(self.words, point.channel)
            tip = figures.touchpoint_tip(self.words, reading, entry.tip)
            aside = "" if self.brief or channel.lower() in self.say(point.title).lower() else channel
            if point.droppable:
                aside = self.words("picture-droppable")
            out.append(
                replace(
                    entry, tip=tip, icon=figures.channel_icon(point.channel), star=point.moment_of_truth, aside=aside
                )
            )
        return out

    def barriers(self, stage: Stage) -> list[Entry]:
        return [
            replace(
                self.entry(f"{stage.id}/barriers/{index}", self.say(item.text), item.evidence),
                aside="" if item.kind == "other" else self.words.or_own(f"barrier-{item.kind}", item.kind),
            )
            for index, item in enumerate(stage.barriers)
        ]

    def brand(self, stage: Stage) -> list[Entry]:
        if stage.brand is None:
            return []
        out = []
        if stage.brand.goal is not None:
            out.append(self.entry(f"{stage.id}/brand/0", self.say(stage.brand.goal)))
        for index, item in enumerate(stage.brand.does):
            whole = said(item)
            out.append(self.entry(f"{stage.id}/brand/{index + 1}", self.say(whole.text), whole.evidence))
        return out

    def metrics(self, stage: Stage) -> list[Entry]:
        out = []
        for index, metric in enumerate(stage.metrics):
            entry = self.entry(
                f"{stage.id}/metrics/{index}", figures.metric_text(self.words, metric, stage, self.readings)
            )
            target = figures.target_text(self.words, metric, stage, self.readings)
            out.append(replace(entry, aside=" · ".join(part for part in (target, self.person(metric.owner)) if part)))
        return out

    def improvements(self, stage: Stage) -> list[Entry]:
        out = []
        for index, item in enumerate(improvements_of(self.map, stage.id)):
            entry = self.entry(f"{stage.id}/improvements/{index}", self.say(item.text))
            parts = [self.person(item.owner), self.words.or_own(f"improvement-{item.status}", item.status)]
            if item.due is not None:
                parts.append(self.words("picture-due", day=item.due))
            if item.impact:
                money = self.words.money(item.impact, self.map.money.currency, sign=True)
                parts.append(self.words("picture-impact", money=money))
            tested = item.effect is not None
            if tested:
                parts.append(self.say(item.effect))
            aside = " · ".join(part for part in parts if part)
            out.append(replace(entry, aside=aside, tint="trail" if tested else "", strong=tested))
        return out

    def own(self, prefix: str, owner: Stage | Touchpoint, lane: Lane) -> list[Entry]:
        cell = owner.cells.get(lane.id)
        if cell is None:
            return []
        address = f"{prefix}/{lane.id}/0"
        if isinstance(cell, str):
            return [self.entry(address, cell)]
        if cell.items:
            return self.statements(prefix, lane.id, cell.items)
        if cell.number is not None:
            unit = f"\u00a0{cell.unit}" if cell.unit else ""
            return [self.entry(address, self.words.decimal(cell.number) + unit, cell.evidence)]
        if cell.curve is not None:
            text = self.say(cell.text) or self.score(cell.curve)
            return [replace(self.entry(address, text, cell.evidence), curve=cell.curve)]
        path = cell.image or cell.file
        if path:
            icon = "icon-image" if cell.image else "icon-file"
            photo = self.photos.images.get(path) if cell.image else None
            name = path.replace("\\", "/").rsplit("/", 1)[-1]
            if photo is not None:
                entry = self.entry(address, self.say(cell.text), cell.evidence)
                return [replace(entry, photo=photo, alt=entry.text or name)]
            return [replace(self.entry(address, self.say(cell.text) or name, cell.evidence), icon=icon)]
        return [self.entry(address, self.say(cell.text), cell.evidence)] if cell.text else []

    def lane(self, lane: str, stage: Stage, point: Touchpoint | None) -> list[Entry]:
        """The statements of a standard lane, of a stage itself or of one touchpoint."""
        owner = point or stage
        prefix = f"{stage.id}/{point.id}" if point else stage.id
        if lane == "pains":
            return self.pains(prefix, owner, stage)
        if lane == "opportunities":
            return self.opportunities(prefix, owner)
        if lane == "feels":
            return self.feels(prefix, owner.feels)
        if lane == "owner":
            return [Entry(self.person(owner.owner), f"{prefix}/owner")] if owner.owner else []
        if lane in POINT_LINES:
            return self.statements(prefix, lane, getattr(owner, lane))
        if point is not None:
            return []
        if lane == "goal":
            if stage.goal is None:
                return []
            goal = stage.goal if isinstance(stage.goal, Statement) else Statement(text=stage.goal)
            return [self.entry(f"{stage.id}/goal/0", self.say(goal.text), goal.evidence)]
        if lane in LINES:
            return self.statements(stage.id, lane, getattr(stage, lane))
        makers = {
            "touchpoints": self.touchpoints, "barriers": self.barriers, "brand": self.brand, "metrics": self.metrics,
            "improvements": self.improvements,
        }  # fmt: skip
        return makers[lane](stage)


def content(
    value: Map, readings: Readings | None, words: Words, *, stages: tuple[Stage, ...], opened: frozenset[str],
    hide: frozenset[str], today: date, picture: Picture, photos: Photos = NO_PHOTOS,
) -> Content:  # fmt: skip
    """All rows that have anything to say, in order, with their statements by column."""
    teller = _Teller(value, readings, words, today, photos, brief=picture == "infographic")
    columns = tuple(column for stage in stages for column in _columns(teller, stage, stage.id in opened))
    order = [lane for lane in rows_of(picture) if lane not in hide]
    rows = [_standard(teller, lane, stages, opened, picture) for lane in order if lane != "comparison"]
    own = [_own(teller, lane, stages, opened) for lane in value.lanes if lane.id not in hide]
    split = next((i for i, row in enumerate(rows) if row.id in ("improvements", "owner")), len(rows))
    ordered = [*rows[:split], *own, *rows[split:]]
    rivals = None if "comparison" in hide else _comparison(value, words, stages)
    if rivals is not None:
        ordered.insert(order.index("comparison") if "comparison" in order else split + len(own), rivals)
    return Content(columns, tuple(row for row in ordered if any(row.entries.values())), teller.states)


def _comparison(value: Map, words: Words, stages: tuple[Stage, ...]) -> Row | None:
    from tropa.layout.rivals import comparison_row  # which is made of this module's rows

    return comparison_row(value, words, stages)


def _columns(teller: _Teller, stage: Stage, opened: bool) -> list[Column]:
    points = stage.all_touchpoints
    if not opened or not points:
        return [Column(stage.id, stage)]
    parts = {point.id: teller.say(part.title) for part in stage.stages for point in part.touchpoints}
    return [Column(f"{stage.id}/{point.id}", stage, point, parts.get(point.id, "")) for point in points]


def _standard(teller: _Teller, lane: str, stages: tuple[Stage, ...], opened: frozenset[str], picture: Picture) -> Row:
    infographic = picture == "infographic"
    lanes = [lane, *(other for other, into in MERGED.items() if into == lane)] if infographic else [lane]
    entries: dict[str, tuple[Entry, ...]] = {}
    for stage in stages:
        is_open = stage.id in opened and bool(stage.all_touchpoints)
        if is_open and lane == "touchpoints":
            continue  # the columns themselves are the touchpoints
        whole = [entry for name in lanes for entry in teller.lane(name, stage, None)]
        points = {
            point.id: [entry for name in lanes for entry in teller.lane(name, stage, point)]
            for point in stage.all_touchpoints
        }
        if is_open:
            entries[stage.id] = tuple(whole)
            entries.update({f"{stage.id}/{name}": tuple(found) for name, found in points.items()})
        else:
            entries[stage.id] = _closed(
                lane, [*whole, *(entry for found in points.values() for entry in found)], infographic
            )
    kind = "chips" if infographic and lane == "touchpoints" else next(item.kind for item in LANES if item.id == lane)
    own = {"infographic": f"picture-lane-{lane}", "buyer": f"buyer-lane-{lane}"}.get(picture, "")
    title = teller.words(own) if own and teller.words.has(own) else teller.words.or_own(f"lane-{lane}", lane)
    return Row(lane, title, _with_tints(teller, lane, entries), kind)


def _closed(lane: str, entries: list[Entry], brief: bool) -> tuple[Entry, ...]:
    """What a closed stage shows: the worst pains first, each statement once; on a brief picture all feelings in one line."""
    if lane == "pains":
        entries = sorted(entries, key=lambda entry: -entry.severity)
    if lane == "feels" and brief and entries:
        told = dict.fromkeys(word for entry in entries for word in entry.text.split(", "))
        tip = ". ".join(dict.fromkeys(entry.tip for entry in entries if entry.tip))
        entries = [replace(entries[0], text=", ".join(told), tip=tip)]
    seen: set[str] = set()
    out = []
    for entry in entries:
        if entry.text not in seen:
            seen.add(entry.text)
            out.append(entry)
    return tuple(out)


def _with_tints(teller: _Teller, lane: str, entries: dict[str, tuple[Entry, ...]]) -> dict[str, tuple[Entry, ...]]:
    """Lays the break's colour under the worst pain of the stage where the dearest break is."""
    if lane != "pains" or teller.worst is None:
        return entries
    stage = teller.worst.stage
    keys = [key for key in entries if key == stage or key.startswith(f"{stage}/")]
    worst = max((entry.severity for key in keys for entry in entries[key]), default=0)
    for key in keys:
        for index, entry in enumerate(entries[key]):
            if entry.severity == worst:
                lit = replace(entry, tint="break", strong=True)
                return {**entries, key: (*entries[key][:index], lit, *entries[key][index + 1 :])}
    return entries


def _own(teller: _Teller, lane: Lane, stages: tuple[Stage, ...], opened: frozenset[str]) -> Row:
    entries: dict[str, tuple[Entry, ...]] = {}
    for stage in stages:
        whole = teller.own(stage.id, stage, lane)
        points = {point.id: teller.own(f"{stage.id}/{point.id}", point, lane) for point in stage.all_touchpoints}
        if stage.id in opened and points:
            entries[stage.id] = tuple(whole)
            entries.update({f"{stage.id}/{name}": tuple(found) for name, found in points.items()})
        else:
            entries[stage.id] = (*whole, *(entry for found in points.values() for entry in found))
    return Row(lane.id, teller.say(lane.title), entries, f"own-{lane.kind}")
