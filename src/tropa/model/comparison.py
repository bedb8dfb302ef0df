"""We and our competitors, as a customer compares them at one stage: criteria with weights, scores with evidence, positioning (R-11)."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from tropa.model.base import Id, Text, Value
from tropa.model.errors import TropaError, Where, near_miss
from tropa.model.evidence import Evidence

BEST = 10
"""Scores go from 0 to this."""


class Rival(Value):
    """One whom the customer may choose: a competitor, a substitute, doing nothing, or we."""

    id: Id
    title: Text
    us: bool = False
    """Whether this is we; one of the rivals at the most."""


class RivalScore(Value):
    """How good one rival is on a criterion, 0…10, and what says so."""

    rival: Id
    score: float = Field(ge=0, le=BEST)
    evidence: tuple[Evidence, ...] = ()


class Criterion(Value):
    """What the customer compares by: cheaper, more reliable, faster, safer…"""

    id: Id
    title: Text
    weight: float = Field(1.0, gt=0)
    """How much it counts against the others."""
    scores: tuple[RivalScore, ...] = ()

    def of(self, rival: str) -> RivalScore | None:
        """The score of a rival, if anybody has given one; of several (edits made apart) the first, and lint tells."""
        return next((score for score in self.scores if score.rival == rival), None)


class Comparison(Value):
    """A comparison of us with competitors at the stage where the customer compares."""

    stage: Id | None = None
    """Not given: the stage before the deal, else the first."""
    positioning: Text | None = None
    """What we want to be chosen for, in a sentence."""
    rivals: tuple[Rival, ...] = ()
    criteria: tuple[Criterion, ...] = ()

    @property
    def us(self) -> Rival | None:
        """We, where the comparison says who that is; of several the first, and lint tells."""
        return next((rival for rival in self.rivals if rival.us), None)

    def total(self, rival: str) -> tuple[float, int] | None:
        """The weighted mean of a rival's scores and by how many criteria; None without any score."""
        scored = [(one.weight, found.score) for one in self.criteria if (found := one.of(rival)) is not None]
        if not scored:
            return None
        return sum(weight * score for weight, score in scored) / sum(weight for weight, _ in scored), len(scored)

    def lead(self, criterion: Criterion) -> float | None:
        """Our score less the best of the others; None where we or all others have none."""
        ours = criterion.of(self.us.id) if self.us else None
        others = [score.score for score in criterion.scores if self.us is None or score.rival != self.us.id]
        return None if ours is None or not others else ours.score - max(others)


def comparison_faults(value: Comparison, stages: list[str]) -> Iterator[TropaError]:
    """Doubled ids and names that lead nowhere: TR-M001, TR-M002."""
    rivals = [rival.id for rival in value.rivals]
    listed = [
        ("rivals", "comparison.rivals", rivals),
        ("criteria", "comparison.criteria", [one.id for one in value.criteria]),
    ]
    for kind, path, ids in listed:
        for index, doubled in enumerate(ids):
            if doubled in ids[:index]:
                yield TropaError("TR-M001", Where(path=path), kind=kind, name=doubled)
    if value.stage is not None and value.stage not in stages:
        yield _lost("comparison.stage", "stages", value.stage, stages)
    for one in value.criteria:
        for score in one.scores:
            if score.rival not in rivals:
                yield _lost(f"comparison.criteria.{one.id}.scores", "rivals", score.rival, rivals)


def _lost(path: str, kind: str, name: str, known: list[str]) -> TropaError:
    return TropaError(
        "TR-M002", Where(path=path), kind=kind, name=name, near=near_miss(name, known), known=", ".join(known)
    )
