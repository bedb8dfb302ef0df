"""Personas: portraits of customers, each bound to a segment of the real ones by a rule."""

from __future__ import annotations

from pydantic import Field

from tropa.model.base import Id, Text, Value
from tropa.model.rules import SegmentRule
from tropa.model.stage import Said


class Persona(Value):
    """A portrait. `segment` binds it to real customers: the id of a segment of the map, or a rule of its own."""

    id: Id
    title: Text
    """A name and two or three words: «Алексей, новичок»."""
    about: Text | None = None
    demographics: Text | None = None
    needs: tuple[Said, ...] = ()
    pains: tuple[Said, ...] = ()
    goals: tuple[Said, ...] = ()
    expects: tuple[Said, ...] = ()
    quote: Text | None = None
    picture: str | None = None
    share: float | None = Field(None, ge=0, le=1)
    """Share of the customers as the team believes; measured where `segment` is given."""
    segment: Id | SegmentRule | None = None
