"""What a cell rests on, and the state that follows from it."""

from __future__ import annotations

from datetime import date as Date  # noqa: N812 - a field below is called date
from datetime import timedelta
from enum import StrEnum

from pydantic import model_validator

from tropa.model.base import Day, Id, Text, Value

SHELF_LIFE = timedelta(days=90)


class EvidenceState(StrEnum):
    """How much a cell may be believed. Drawn by shape, not only by colour."""

    ASSUMED = "assumed"
    OBSERVED = "observed"
    MEASURED = "measured"
    CONTRADICTED = "contradicted"
    ENTERED = "entered"
    STALE = "stale"


class Evidence(Value):
    """One thing a statement rests on; exactly one of the first seven keys says what kind it is."""

    quote: str | None = None
    visit: str | None = None
    interview: str | None = None
    file: str | None = None
    link: str | None = None
    reading: str | None = None
    """Address of a reading, such as `purchase.conversion`."""
    experiment: Id | None = None
    source: Text | None = None
    date: Day | None = None
    n: int | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Evidence:
        if sum(getattr(self, kind) is not None for kind in KINDS) != 1:
            raise ValueError(f"evidence is exactly one of {', '.join(KINDS)}")
        return self

    @property
    def kind(self) -> str:
        """Which of `KINDS` this is."""
        return next(kind for kind in KINDS if getattr(self, kind) is not None)


KINDS = ("quote", "visit", "interview", "file", "link", "reading", "experiment")


def evidence_state(evidence: tuple[Evidence, ...], today: Date, shelf_life: timedelta = SHELF_LIFE) -> EvidenceState:
    """The state that the given evidence alone supports; readings are judged where they are known.

    The youngest dated piece counts; when even that is older than `shelf_life` the cell is stale. Undated evidence never grows old.
    """
    if not evidence:
        return EvidenceState.ASSUMED
    dates = [item.date for item in evidence if item.date is not None]
    if dates and len(dates) == len(evidence) and today - max(dates) > shelf_life:
        return EvidenceState.STALE
    if any(item.kind in ("reading", "experiment") for item in evidence):
        return EvidenceState.MEASURED
    return EvidenceState.OBSERVED
