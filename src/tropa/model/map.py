"""The map: one immutable value. Everything else — table, scheme, infographic, file — is a projection of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Literal

from pydantic import Field, model_validator

from tropa.model.base import Day, Duration, Id, Lang, Text, Value, say
from tropa.model.comparison import Comparison, comparison_faults
from tropa.model.errors import TropaError, Where, near_miss
from tropa.model.persona import Persona
from tropa.model.rules import Segment, When
from tropa.model.stage import Pain, Stage, Touchpoint

FORMAT_VERSION: Literal[1] = 1


class Loop(Value):
    """A way back to an earlier stage: the loyalty loop, or back to the start after a bad experience."""

    source: Id = Field(alias="from")
    target: Id = Field(alias="to")
    kind: Literal["loyalty", "bad-experience", "rework"] = "loyalty"
    when: dict[str, float | dict[str, float]] | When | None = None
    text: Text | None = None


class Person(Value):
    """Someone who owns a stage, a pain or an improvement: a colleague or a role. Elsewhere the id stands for the person."""

    id: Id
    title: Text
    """«Аня, маркетинг»."""


class Lane(Value):
    """A row of the user's own."""

    id: Id
    title: Text
    kind: Literal["text", "list", "number", "image", "curve", "file"] = "text"
    level: Literal["stage", "touchpoint"] = "stage"


class View(Value):
    """A named selection of rows and stages."""

    id: Id
    title: Text
    hide: tuple[Id, ...] = ()
    stages: tuple[Id, ...] = ()
    """Only these stages (none given: all)."""


class Money(Value):
    """What a deal is worth. Until a margin is known, money is called revenue."""

    currency: str = Field("RUB", pattern=r"^[A-Z]{3}$")
    margin: float | None = Field(None, gt=0, le=1)
    """Share of revenue that is kept."""
    deal_value: float | None = Field(None, ge=0)
    """Value of one deal in `currency`, where the log has none."""


class Limits(Value):
    """Times that decide what is counted (see docs/guide/measures.md). Proposed once from the data, then fixed here."""

    window: Duration | None = None
    """A conversion counts if the later stage is reached within this time."""
    silence: Duration | None = None
    """A customer silent for longer has ended the pass."""
    settle: Duration | None = None
    """Events this soon after a deal still belong to its pass."""
    horizon: Duration | None = None
    """Repeat purchases are awaited this long."""
    session: Duration | None = None
    """A longer silence ends a session, where the log has none of its own; half an hour unless said (see `session_gap`)."""
    session_by: Literal["silence", "source"] = "silence"
    """`source`: another channel begins a session too."""

    @property
    def session_gap(self) -> timedelta:
        """The silence in force: as web analytics agreed on (Google Analytics, Matomo, Snowplow), unless the map says otherwise."""
        return self.session or timedelta(minutes=30)


class Score(Value):
    """Which events carry a score, and on which instrument."""

    when: When
    instrument: Literal["nps", "csat", "ces", "stars", "ten", "native"] = "csat"


class Target(Value):
    """An attainable exit rate stated by the user, against which a break is priced."""

    stage: Id
    kind: Literal["exit", "loop"] = "exit"
    exit_rate: float = Field(ge=0, le=1)


class Improvement(Value):
    """What we do about a pain or a break."""

    id: Id
    text: Text
    stage: Id
    pain: Id | None = None
    owner: str | None = None
    due: Day | None = None
    status: Literal["idea", "planned", "doing", "testing", "done", "dropped"] = "idea"
    impact: float | None = None
    """Money per 30 days."""
    confidence: float | None = Field(None, ge=0, le=1)
    effort: float | None = Field(None, gt=0)
    effect: Text | None = None
    """What was measured afterwards."""


class Map(Value):
    """A customer journey map."""

    tropa: Literal[1] = FORMAT_VERSION
    id: Id = "map"
    title: Text
    kind: Literal["as-is", "to-be"] = "as-is"
    language: Lang = "ru"
    tags: tuple[str, ...] = ()
    author: str | None = None
    version: str | None = None
    date: Day | None = None
    about: Text | None = None
    scenario: Text | None = None
    persona: Id | None = None
    personas: tuple[Persona, ...] = ()
    segments: tuple[Segment, ...] = ()
    people: tuple[Person, ...] = ()
    """Who the owners are. An owner who is not listed is shown as written."""
    simulated: bool = False
    """The data behind the map are simulated; said on every picture and report."""
    proposal: bool = False
    """Stages and bindings were proposed from the log and nobody has confirmed them yet."""
    bought_again: bool = True
    """Whether these goods are bought again, so that not coming back is a break."""
    money: Money = Money()
    limits: Limits = Limits()
    shelf_life: Duration | None = None
    scores: tuple[Score, ...] = ()
    targets: tuple[Target, ...] = ()
    lanes: tuple[Lane, ...] = ()
    views: tuple[View, ...] = ()
    stages: tuple[Stage, ...] = Field(min_length=1)
    loops: tuple[Loop, ...] = ()
    improvements: tuple[Improvement, ...] = ()
    comparison: Comparison | None = None
    """We and our competitors at the stage where customers compare."""

    @model_validator(mode="after")
    def _holds_together(self) -> Map:
        faults = tuple(_faults(self))
        if faults:
            raise TropaError(faults[0].code, faults[0].where, faults[1:], **faults[0].facts)
        return self

    def stage(self, stage_id: str) -> Stage:
        """The stage with this id. Raises TR-M002 with the nearest known id."""
        for stage in self.stages:
            if stage.id == stage_id:
                return stage
        known = [stage.id for stage in self.stages]
        raise TropaError("TR-M002", name=stage_id, near=near_miss(stage_id, known), known=", ".join(known))

    def who(self, owner: str | None, lang: str) -> str:
        """The owner's name in `lang`: of the listed person with this id, else as written; empty for nobody."""
        person = next((person for person in self.people if person.id == owner), None)
        return say(person.title, lang) if person else owner or ""

    @property
    def deal_stage(self) -> Stage | None:
        """The stage that has the deal, if any says so."""
        return next((stage for stage in self.stages if stage.deal is not None), None)

    @property
    def comparison_stage(self) -> str | None:
        """Where the comparison with competitors stands; None without one."""
        from tropa.model.journey import predecessors

        if self.comparison is None:
            return None
        before = predecessors(self)[self.deal_stage.id] if self.deal_stage else ()
        return self.comparison.stage or next(iter(before), self.stages[0].id)

    def touchpoints(self) -> Iterator[tuple[Stage, Touchpoint]]:
        """All touchpoints with their stages, in order."""
        for stage in self.stages:
            for point in stage.all_touchpoints:
                yield stage, point


def _faults(value: Map) -> Iterator[TropaError]:
    """What is wrong between the parts of a map: doubled ids, names that lead nowhere, two deals, circles of `after`."""
    stages = [stage.id for stage in value.stages]
    points = [point.id for _, point in value.touchpoints()]
    groups = {
        "stages": stages,
        "touchpoints": points,
        "personas": [persona.id for persona in value.personas],
        "segments": [segment.id for segment in value.segments],
        "people": [person.id for person in value.people],
        "lanes": [lane.id for lane in value.lanes],
        "improvements": [item.id for item in value.improvements],
        "pains": [pain.id for stage in value.stages for pain in _pains(stage)],
    }
    for name, ids in groups.items():
        for index, doubled in enumerate(ids):
            if doubled in ids[:index]:
                yield TropaError("TR-M001", Where(path=name), kind=name, name=doubled)
    yield from _lost("stages", stages, [(f"stages.{s.id}.after", a) for s in value.stages for a in s.after or ()])
    yield from _lost("stages", stages, [("loops", end) for loop in value.loops for end in (loop.source, loop.target)])
    yield from _lost("stages", stages, [(f"improvements.{i.id}", i.stage) for i in value.improvements])
    yield from _lost("stages", stages, [("targets", target.stage) for target in value.targets])
    yield from _lost("personas", groups["personas"], [("persona", value.persona)] if value.persona else [])
    felt = [(f"stages.{stage.id}.feels", name) for stage in value.stages for name in _felt(stage)]
    yield from _lost("personas", groups["personas"], felt)
    named = [(f"personas.{p.id}.segment", p.segment) for p in value.personas if isinstance(p.segment, str)]
    yield from _lost("segments", groups["segments"], named)
    deals = [stage.id for stage in value.stages if stage.deal is not None]
    if len(deals) > 1:
        yield TropaError("TR-M003", Where(path=f"stages.{deals[1]}.deal"), first=deals[0], second=deals[1])
    if value.comparison is not None:
        yield from comparison_faults(value.comparison, stages)
    yield from _circles(value)


def _pains(stage: Stage) -> Iterator[Pain]:
    yield from stage.pains
    for point in stage.all_touchpoints:
        yield from point.pains


def _felt(stage: Stage) -> Iterator[str]:
    for owner in (stage.feels, *(point.feels for point in stage.all_touchpoints)):
        yield from (one.persona for one in (owner.personas if owner else ()))


def _lost(kind: str, known: list[str], used: list[tuple[str, str]]) -> Iterator[TropaError]:
    for path, name in used:
        if name not in known:
            yield TropaError(
                "TR-M002", Where(path=path), kind=kind, name=name, near=near_miss(name, known), known=", ".join(known)
            )


def _circles(value: Map) -> Iterator[TropaError]:
    from tropa.model.journey import predecessors

    before = predecessors(value)
    for stage in value.stages:
        seen: set[str] = set()
        wave = set(before.get(stage.id, ()))
        while wave - seen:
            seen |= wave
            wave = {far for near in wave for far in before.get(near, ())}
        if stage.id in seen:
            yield TropaError("TR-M004", Where(path=f"stages.{stage.id}.after"), name=stage.id)
            return
