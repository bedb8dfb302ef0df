"""Rules over events and customers: which events are a touchpoint, which customers are a segment."""

from __future__ import annotations

from typing import Any

from pydantic import Field, model_validator

from tropa.model.base import Id, Text, Value
from tropa.model.expression import parse

Scalar = str | int | float | bool


class Condition(Value):
    """A test of one value. Every key that is given must hold. Text is compared without regard to case."""

    equals: Scalar | tuple[Scalar, ...] | None = Field(None, alias="in")
    unlike: Scalar | tuple[Scalar, ...] | None = Field(None, alias="not")
    above: float | None = None
    below: float | None = None
    at_least: float | None = None
    at_most: float | None = None
    contains: str | None = None
    starts: str | None = None
    known: bool | None = None
    """True: the value must be present; False: it must be missing."""


Test = Scalar | tuple[Scalar, ...] | Condition
"""A value, a list of values (any of them), or a `Condition`."""


class EventRule(Value):
    """Events that are meant: all given keys must hold (within a list, any)."""

    event: str | tuple[str, ...] | None = None
    channel: str | tuple[str, ...] | None = None
    value: Test | None = None
    score: Test | None = None
    props: dict[str, Test] = {}
    """Any other column of the log by its name."""

    @model_validator(mode="after")
    def _says_something(self) -> EventRule:
        if self.event is None and self.channel is None and self.value is None and self.score is None and not self.props:
            raise ValueError("a rule names at least one of event, channel, value, score, props")
        return self


When = EventRule | tuple[EventRule, ...]
"""One rule, or several of which any is enough."""


def any_of(when: When | None) -> tuple[EventRule, ...]:
    """The alternatives of a rule as a tuple (none for no rule)."""
    if when is None:
        return ()
    return when if isinstance(when, tuple) else (when,)


class Did(Value):
    """Customers with at least `at_least` (and at most `at_most`) events that fit."""

    rule: When
    at_least: int = 1
    at_most: int | None = None


class SegmentRule(Value):
    """Customers that are meant. All given keys must hold.

    `has` looks at a column of the log: at the customer's value there (`take` says which, where it changes).
    """

    has: dict[str, Test] = {}
    take: str = Field("last", pattern="^(first|last|any)$")
    did: tuple[Did, ...] = ()
    first_channel: str | tuple[str, ...] | None = None
    where: str | None = None
    """An expression: `count("order_paid") >= 2 and recency < 30d` (docs/guide/measures.md)."""

    @model_validator(mode="after")
    def _says_something(self) -> SegmentRule:
        if not self.has and not self.did and self.first_channel is None and self.where is None:
            raise ValueError("a segment rule names at least one of has, did, first_channel, where")
        if self.where is not None:
            parse(self.where)
        return self


class Segment(Value):
    """A rule over real customers, with a name."""

    id: Id
    title: Text
    rule: SegmentRule


def values_of(test: Any) -> tuple[Scalar, ...] | None:
    """The listed values of a `Test`, or None when it is a `Condition`."""
    if isinstance(test, Condition):
        return None
    return test if isinstance(test, tuple) else (test,)
