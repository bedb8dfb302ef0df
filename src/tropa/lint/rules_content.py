"""Rules over what a map says: gaps, owners, evidence, languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tropa.lint.finding import Amount
from tropa.lint.ground import Ground, walk
from tropa.model import EvidenceState, Stage, Text, near_miss

Found = Iterator[tuple[str, dict[str, Any]]]

CONTENT = (
    "goal", "does", "thinks", "asks", "doubts", "expects", "feels", "barriers", "strengths", "pains", "opportunities", "brand", "metrics",
    "touchpoints", "stages", "cells", "figures", "front_stage", "back_stage",
)  # fmt: skip


def stage_without_metric(ground: Ground) -> Found:
    """Stages at which the team watches no figure at all."""
    for address, stage in ground.stages():
        if not stage.metrics:
            yield address, {"stage": _name(stage.title)}


def pain_without_owner(ground: Ground) -> Found:
    """Pains that nobody answers for: neither the pain, nor its stage or touchpoint, has an owner."""
    for address, stage, owner, pain in ground.pains():
        if not (pain.owner or owner.owner or stage.owner):
            yield address, {"pain": _name(pain.text)}


def emotion_without_evidence(ground: Ground) -> Found:
    """Asserted emotions that are only assumed: neither words of customers nor a reading stand behind them."""
    for address, stage, owner in ground.owners():
        key = f"{stage.id}/feels/0" if isinstance(owner, Stage) else f"{stage.id}/{owner.id}/feels/0"
        if (
            owner.feels is not None
            and owner.feels.score is not None
            and ground.states.get(key) is EvidenceState.ASSUMED
        ):
            yield (
                f"{address}.feels",
                {"place": _name(owner.title), "score": Amount(owner.feels.score, "score", exact=True)},
            )


def stale_evidence(ground: Ground) -> Found:
    """One finding an address and lane: where a whole list is old, its first item stands for it."""
    for key, state in ground.states.items():
        if state is EvidenceState.STALE:
            stage, *rest = key.split("/")
            point = f".touchpoints.{rest[0]}" if len(rest) == 3 else ""
            place = _title_at(ground, stage, rest[0] if point else None)
            yield f"stages.{stage}{point}.{rest[-2]}.{rest[-1]}", {"place": place, "lane": rest[-2]}


def _title_at(ground: Ground, stage: str, point: str | None) -> Text:
    """The title of a stage or of one of its touchpoints; its id where the map has no such thing."""
    if point is not None:
        return next((_name(one.title) for _, _, one in ground.points() if one.id == point), point)
    return next((_name(one.title) for _, one in ground.stages() if one.id == stage), stage)


def empty_column(ground: Ground) -> Found:
    """Stages with a title and nothing said in any lane."""
    for address, stage in ground.stages():
        if not any(getattr(stage, name) for name in CONTENT):
            yield address, {"stage": _name(stage.title)}


def quote_without_source(ground: Ground) -> Found:
    """Customers' words of which nobody can tell where they come from."""
    for address, item in ground.evidence():
        if item.quote is not None and item.source is None:
            yield address, {"quote": _short(item.quote)}


def missing_language(ground: Ground) -> Found:
    """Only in a map that speaks several languages: a text that is given in some of them and not in all."""
    texts = list(_texts(ground.map, ""))
    languages = sorted({lang for _, text in texts for lang in text})
    for address, text in texts:
        missing = [lang for lang in languages if not text.get(lang)]
        if missing and text:
            yield address, {"missing": ", ".join(missing), "text": _short(next(iter(text.values())))}


def _texts(node: Any, address: str) -> Iterator[tuple[str, dict[str, str]]]:
    if (
        isinstance(node, dict)
        and node
        and all(len(str(key)) == 2 and isinstance(item, str) for key, item in node.items())
    ):
        yield address, node
        return
    for name, item in walk(node):
        if item is not None and not isinstance(item, (str, int, float)):
            yield from _texts(item, f"{address}.{name}" if address else name)


def persona_without_segment(ground: Ground) -> Found:
    """Personas without a segment, whose figures can therefore not be told apart in the log."""
    for persona in ground.map.personas:
        if persona.segment is None:
            yield f"personas.{persona.id}", {"persona": _name(persona.title)}


def improvement_without_owner(ground: Ground) -> Found:
    """Improvements that are still to come and that nobody answers for."""
    for item in ground.map.improvements:
        if item.status not in ("done", "dropped") and not item.owner:
            yield f"improvements.{item.id}", {"improvement": _name(item.text)}


def improvement_without_due(ground: Ground) -> Found:
    """Improvements that are planned or under way without a day to be ready by."""
    for item in ground.map.improvements:
        if item.status in ("planned", "doing", "testing") and item.due is None:
            yield f"improvements.{item.id}", {"improvement": _name(item.text)}


def improvement_overdue(ground: Ground) -> Found:
    """Improvements whose day has passed and which are neither done nor dropped."""
    for item in ground.map.improvements:
        if item.status not in ("done", "dropped") and item.due is not None and item.due < ground.today:
            days = (ground.today - item.due).days
            yield (
                f"improvements.{item.id}.due",
                {"improvement": _name(item.text), "due": item.due, "days": days},
            )


def grave_pain_without_improvement(ground: Ground) -> Found:
    """Pains of the gravest severity that no improvement is meant to mend."""
    treated = {item.pain for item in ground.map.improvements if item.status != "dropped"}
    for address, _, _, pain in ground.pains():
        if pain.severity == 3 and pain.id not in treated:
            yield address, {"pain": _name(pain.text)}


def improvement_of_unknown_pain(ground: Ground) -> Found:
    """Improvements of a pain that the map does not have, with the nearest pain it has."""
    known = [pain.id for _, _, _, pain in ground.pains()]
    for item in ground.map.improvements:
        if item.pain is not None and item.pain not in known:
            yield f"improvements.{item.id}.pain", {"pain": item.pain, "near": near_miss(item.pain, known)}


def same_as_today(ground: Ground) -> Found:
    """A to-be map that says nothing else than the as-is map beside it."""
    beside = ground.beside
    if beside is None or ground.map.kind != "to-be":
        return
    same = {"kind": "as-is", "id": beside.id, "title": beside.title, "version": beside.version, "date": beside.date}
    if ground.map.model_copy(update=same) == beside.model_copy(update={"kind": "as-is"}):
        yield "", {"title": _name(ground.map.title)}


def criterion_without_evidence(ground: Ground) -> Found:
    """Criteria of the comparison with competitors of which no score rests on anything."""
    found = ground.map.comparison
    for one in found.criteria if found is not None else ():
        if not any(score.evidence for score in one.scores):
            yield f"comparison.criteria.{one.id}", {"criterion": _name(one.title)}


def comparison_said_twice(ground: Ground) -> Found:
    """Rivals with two scores on one criterion, and a second one who is said to be us: only the first counts."""
    found = ground.map.comparison
    if found is None:
        return
    for rival in [rival for rival in found.rivals if rival.us][1:]:
        yield f"comparison.rivals.{rival.id}.us", {"kind": "us", "name": _name(rival.title), "criterion": ""}
    titles = {rival.id: rival.title for rival in found.rivals}
    for one in found.criteria:
        names = [score.rival for score in one.scores]
        for index, name in enumerate(names):
            if name in names[:index]:
                facts = {"kind": "score", "name": _name(titles[name]), "criterion": _name(one.title)}
                yield f"comparison.criteria.{one.id}.scores.{index}", facts


def comparison_without_us(ground: Ground) -> Found:
    """A comparison with competitors that does not say who we are."""
    if ground.map.comparison is not None and ground.map.comparison.us is None:
        yield "comparison.rivals", {}


def still_a_proposal(ground: Ground) -> Found:
    """A map that was drafted from a log and that nobody has made their own yet."""
    if ground.map.proposal:
        yield "proposal", {}


def unknown_lane(ground: Ground) -> Found:
    """Cells, or views that hide, a lane that nobody has described."""
    from tropa.model import LANES

    own = [lane.id for lane in ground.map.lanes]
    for address, _, owner in ground.owners():
        for name in owner.cells:
            if name not in own:
                yield f"{address}.cells.{name}", {"lane": name, "near": near_miss(name, own)}
    known = own + [lane.id for lane in LANES] + ["ribbon", "emotion", "comparison"]
    for view in ground.map.views:
        for name in view.hide:
            if name not in known:
                yield f"views.{view.id}.hide", {"lane": name, "near": near_miss(name, known)}


def _name(text: Text) -> Text:
    """The map's own words; those in several languages are chosen among when the finding is told."""
    return text if isinstance(text, dict) else _short(text)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
