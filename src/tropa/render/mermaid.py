"""A map as a Mermaid `journey`: stages are sections, touchpoints tasks with a score from 1 to 5 (R-13).

The format knows a title, sections, tasks, scores and actors, no more. What a map has beyond that is listed, never dropped silently.
Grammar: mermaid 11, `packages/mermaid/src/diagrams/user-journey/parser/journey.jison`. Characters that mean something to it are written
as its entity codes (`#58;`), which it draws as the characters themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tropa.layout import figures, findings
from tropa.model import (
    Feels,
    Map,
    Readings,
    Satisfaction,
    Stage,
    StageReading,
    Touchpoint,
    TouchpointReading,
    said,
    say,
)
from tropa.model.lanes import LINES, POINT_LINES
from tropa.words import Words

NEUTRAL = 3
"""The score written where none is known: the format has no gap. It is told as a loss."""

_MEANS = frozenset('#:;,%<>&"`\\{}[]|')
_KEYWORD = re.compile(r"(?:title|section|journey|acctitle|accdescr|---)", re.IGNORECASE)


def mermaid(value: Map, readings: Readings | None, words: Words) -> tuple[str, tuple[str, ...]]:
    """The diagram's text, and in words everything of the map that it could not hold.

    Scores are those measured (mean of −2…+2, moved to 1…5 and rounded to a tenth), else those asserted, of the touchpoint, else of its
    stage. Actors are the map's persona, the touchpoint's channel and its owner.
    """
    lang = words.lang
    out = [
        "journey",
        f"    accTitle: {escape(say(value.title, lang))}",
        f"    accDescr: {escape(findings.headline(value, readings, words))}",
        f"    title {escape(say(value.title, lang))}",
    ]
    persona = next(
        (say(item.title, lang) for item in value.personas if item.id == value.persona), words("mermaid-customer")
    )
    unknown = 0
    for stage in value.stages:
        out.append(f"    section {escape(say(stage.title, lang))}")
        points: list[Touchpoint | None] = [*stage.all_touchpoints] or [None]
        for point in points:
            known = score(stage, point, readings)
            unknown += known is None
            channel = figures.channel_words(words, point.channel) if point else ""
            owner = value.who(point.owner if point else stage.owner, lang)
            actors = ", ".join(escape(name).replace(",", "#44;") for name in (persona, channel, owner) if name)
            name = say(point.title if point else stage.title, lang)
            out.append(f"      {escape(name)}: {NEUTRAL if known is None else _number(known)}: {actors}")
    return "\n".join(out) + "\n", tuple(_losses(value, readings, words, unknown))


def escape(text: str) -> str:
    """Text as a name of the format: one line, with entity codes for what means something to its grammar; a blank for nothing."""
    line = "".join(f"#{ord(char)};" if char in _MEANS else char for char in " ".join(text.split()))
    if not line:
        return "—"
    if _KEYWORD.match(line):
        # a name that begins like a keyword would be read as one
        line = f"#{ord(line[0])};{line[1:]}"
    return line


def score(stage: Stage, point: Touchpoint | None, readings: Readings | None) -> float | None:
    """The score 1…5 of a touchpoint (None: of the stage as a whole), measured before asserted; None where nobody said."""
    places: list[tuple[TouchpointReading | StageReading | None, Feels | None]] = []
    if point is not None:
        places.append((readings.touchpoint(point.id) if readings else None, point.feels))
    places.append((readings.stage(stage.id) if readings else None, stage.feels))
    for reading, feels in places:
        if reading is not None and isinstance(reading.satisfaction, Satisfaction):
            return reading.satisfaction.mean + 3
        if feels is not None and feels.score is not None:
            return feels.score + 3
    return None


def _number(value: float) -> str:
    return f"{min(5.0, max(1.0, value)):.1f}".removesuffix(".0")


def _losses(value: Map, readings: Readings | None, words: Words, unknown: int) -> Iterator[str]:
    """What the format has no place for, in words, with how much of it there is."""
    if unknown:
        yield words("mermaid-loss-unscored", n=unknown, score=NEUTRAL)
    counts = {
        "statements": sum(_statements(stage) for stage in value.stages),
        "pains": sum(len(owner.pains) for owner in _owners(value)),
        "opportunities": sum(len(owner.opportunities) for owner in _owners(value)),
        "feelings": sum(len(owner.feels.words) for owner in _owners(value) if owner.feels is not None),
        "metrics": sum(len(stage.metrics) + len(stage.figures) for stage in value.stages),
        "parts": sum(len(stage.stages) for stage in value.stages),
        "branches": sum(stage.after is not None for stage in value.stages),
        "loops": len(value.loops),
        "improvements": len(value.improvements),
        "personas": len(value.personas),
        "lanes": len(value.lanes),
        "comparison": len(value.comparison.criteria) if value.comparison is not None else 0,
        "owners": sum(stage.owner is not None and bool(stage.all_touchpoints) for stage in value.stages),
        "marks": sum(
            owner.moment_of_truth + (isinstance(owner, Touchpoint) and owner.droppable) for owner in _owners(value)
        ),
        "settings": len(value.segments) + len(value.views) + len(value.targets) + len(value.scores) + len(value.tags),
    }
    for name, count in counts.items():
        if count:
            yield words(f"mermaid-loss-{name}", n=count)
    if any(point.when for _, point in value.touchpoints()) or any(stage.when or stage.deal for stage in value.stages):
        yield words("mermaid-loss-bindings")
    if value.about or value.scenario:
        yield words("mermaid-loss-about")
    if readings is not None:
        yield words("mermaid-loss-readings")
    others = sorted(_languages(value) - {words.lang})
    if others:
        yield words("mermaid-loss-languages", names=", ".join(others))


def _owners(value: Map) -> Iterator[Stage | Touchpoint]:
    for stage in value.stages:
        yield stage
        yield from stage.all_touchpoints


def _statements(stage: Stage) -> int:
    """How many lines are said in the stage and its touchpoints."""
    own = sum(len(getattr(stage, lane)) for lane in (*LINES, "barriers"))
    own += stage.goal is not None
    if stage.brand is not None:
        own += len(stage.brand.does) + (stage.brand.goal is not None)
    return own + sum(len(getattr(point, lane)) for point in stage.all_touchpoints for lane in POINT_LINES)


def _languages(value: Map) -> set[str]:
    """Languages of the titles and statements that are said in several."""
    texts = [value.title, *(owner.title for owner in _owners(value))]
    texts += [said(item).text for owner in _owners(value) for item in owner.does]
    return {lang for text in texts if isinstance(text, dict) for lang in text}
