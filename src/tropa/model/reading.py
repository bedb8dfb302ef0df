"""Readings: typed answers of the trail. A rate is never a bare number, and "cannot tell" is a value with a reason."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import computed_field

from tropa.model.base import Id, Value


class Unit(StrEnum):
    """What is counted."""

    CUSTOMERS = "customers"
    PASSES = "passes"
    SESSIONS = "sessions"
    EVENTS = "events"
    DEALS = "deals"
    ANSWERS = "answers"


class Period(Value):
    """From the first instant to the last, both included, UTC."""

    start: datetime
    end: datetime


class CannotTell(Value):
    """No answer, and why: the message `cannot-tell-<reason>` says it in words."""

    cannot_tell: Literal[
        "not-observed",
        "no-deal",
        "too-few",
        "window-not-seen",
        "no-scores",
        "no-money",
        "one-stage",
        "not-bought-again",
        "last-stage",
        "after-deal",
        "no-difference",
        "few-again",
        "no-fit",
        "no-referrals",
        "no-groups",
        "no-themes",
        "no-mood",
        "no-costs",
        "no-channels",
        "nothing-found",
        "one-side",
    ]
    n: int = 0


class Rate(Value):
    """A share with its parts. `left_out` were not observed long enough to be counted either way."""

    numerator: int
    denominator: int
    unit: Unit
    low: float
    high: float
    method: str = "wilson"
    level: float = 0.95
    left_out: int = 0
    window_s: float | None = None

    @computed_field  # type: ignore[prop-decorator]  # pydantic's documented spelling; mypy cannot see through it
    @property
    def value(self) -> float:
        """numerator / denominator (the makers of rates answer `CannotTell` when the denominator is 0)."""
        return self.numerator / self.denominator


class Times(Value):
    """A length of time among `n`: quartiles in seconds. `left_out` had not been seen to the end."""

    n: int
    unit: Unit
    q25_s: float
    median_s: float
    q75_s: float
    left_out: int = 0
    method: str = "exact"


class Satisfaction(Value):
    """Mean score on the one scale −2…+2, with the instruments it came from."""

    mean: float
    low: float
    high: float
    n: int
    unit: Unit = Unit.ANSWERS
    method: str = "t"
    level: float = 0.95
    instruments: dict[str, int] = {}
    """Answers by instrument: nps, csat, ces, stars, ten, native."""


class Amount(Value):
    """Money with its interval, in units of `currency`; `kind` says what it is."""

    value: float
    low: float | None = None
    high: float | None = None
    currency: str | None = None
    """None: no money in the log; the amount is a number of deals."""
    kind: Literal["revenue", "margin", "deals"] = "revenue"


class StageReading(Value):
    """What the trail says of one stage. All counts in passes unless named otherwise."""

    id: Id
    observed: bool
    """False: no event is bound to it. No entrants, no conversion, no loss."""
    entrants: int = 0
    customers: int = 0
    events: int = 0
    first_seen: int = 0
    """Passes that begin here."""
    skips: int = 0
    """Passes that went on to a later stage without touching this one (before having reached any later one)."""
    backward_entries: int = 0
    """Passes that came here only after having been further on."""
    returns: int = 0
    """Times a pass went from here back to an earlier stage."""
    repeats: int = 0
    """Further visits of the stage within the same pass."""
    exits: int = 0
    """Passes whose last stage this was and whose silence has been fully seen."""
    open: int = 0
    """Passes last seen here that are still under way."""
    next_stage: Id | None = None
    """The next observed stage; conversion and times go to it or any later one."""
    conversion: Rate | CannotTell = CannotTell(cannot_tell="not-observed")
    to_deal: Rate | CannotTell = CannotTell(cannot_tell="not-observed")
    time_to_next: Times | CannotTell = CannotTell(cannot_tell="not-observed")
    satisfaction: Satisfaction | CannotTell = CannotTell(cannot_tell="no-scores")


class TouchpointReading(Value):
    """What the trail says of one touchpoint."""

    id: Id
    stage: Id
    observed: bool
    events: int = 0
    entrants: int = 0
    customers: int = 0
    next_stage: Id | None = None
    conversion: Rate | CannotTell = CannotTell(cannot_tell="not-observed")
    to_deal: Rate | CannotTell = CannotTell(cannot_tell="not-observed")
    satisfaction: Satisfaction | CannotTell = CannotTell(cannot_tell="no-scores")


class Flow(Value):
    """Passes that went directly from one observed stage to another (backward ones included)."""

    source: Id
    target: Id
    passes: int
    times: int
    """How many times, counting repeats within a pass."""
    median_s: float | None = None


class LoopReading(Value):
    """Whether customers come again."""

    horizon_s: float | None = None
    """Within this time 90 % of repeats come; unfinished waits are censored."""
    repeat_rate: Rate | CannotTell = CannotTell(cannot_tell="no-deal")
    """Kaplan–Meier share of deals followed by another within the horizon, with the raw counts that it rests on."""
    repeat_curve: float | None = None
    """The Kaplan–Meier estimate at the horizon; `repeat_rate` counts only deals seen for the whole horizon."""
    repeat_curve_low: float | None = None
    repeat_curve_high: float | None = None
    interval: Times | CannotTell = CannotTell(cannot_tell="no-deal")
    """Time between deals."""
    buyers: int = 0
    buyers_again: int = 0
    """Customers with more than one deal (raw, not corrected for censoring)."""
    deals: int = 0
    deals_void: int = 0
    """Deals dropped because their order was cancelled or refunded."""


class Loss(Value):
    """The price of a break, per 30 days. Losses are never added up: people saved in one place may leave in the next."""

    value: float
    low: float
    high: float
    ceiling: float
    """Value of all who left here, each kept once; `value` never lies above it. Itself an estimate: of few customers `high` may."""
    currency: str | None = None
    kind: Literal["revenue", "margin", "deals"] = "revenue"
    reference: float
    """The exit rate (for a loop: the rate of not coming back) held to be attainable."""
    reference_kind: Literal["target", "segment", "period", "none"]
    reference_name: str | None = None
    """Which segment, period or target."""
    level: float = 0.95
    method: str = "bootstrap"


class Break(Value):
    """A place where customers leave."""

    stage: Id
    kind: Literal["exit", "loop"]
    rank: int
    customers: int
    passes: int
    rate: Rate
    """Share that leaves here (loop: does not come again), of those seen long enough."""
    loss: Loss
    sensitivity: dict[str, float] = {}
    """Loss with half and with twice the silence limit: keys `half`, `double`."""
    dearer_than: tuple[int, ...] | None = None
    """Ranks of those that are cheaper by more than chance (95 % for each pair); None: nobody has looked."""
    rank_from: int | None = None
    """The highest rank that it may have by that; None: nobody has looked."""
    rank_to: int | None = None
    """The lowest."""


class EventCount(Value):
    """How often an event name occurs."""

    event: str
    events: int
    customers: int


class Scope(Value):
    """What the readings were taken from."""

    data_version: str
    period: Period | None
    events: int
    customers: int
    passes: int
    sessions: int | None = None
    bound_events: int
    open_passes: int
    left_truncated: int = 0
    """Passes that may have begun before the log did."""
    window_s: float
    silence_s: float
    settle_s: float
    currency: str | None = None
    money_kind: Literal["revenue", "margin", "deals"] = "revenue"
    segment: Id | None = None
    """Whose figures these are; None: everybody."""


class Readings(Value):
    """All readings of a map at one data version, for everybody or for one segment."""

    scope: Scope
    stages: tuple[StageReading, ...]
    touchpoints: tuple[TouchpointReading, ...] = ()
    flows: tuple[Flow, ...] = ()
    loop: LoopReading = LoopReading()
    sales_cycle: Times | CannotTell = CannotTell(cannot_tell="no-deal")
    """First event of a customer's first pass to the first deal."""
    breaks: tuple[Break, ...] = ()
    all_together: Loss | None = None
    """All breaks brought to their references at once, computed jointly."""
    unbound: tuple[EventCount, ...] = ()

    def stage(self, stage_id: str) -> StageReading | None:
        """The reading of a stage, if the map it was taken for has it."""
        return next((stage for stage in self.stages if stage.id == stage_id), None)

    def touchpoint(self, point_id: str) -> TouchpointReading | None:
        """The reading of a touchpoint, if the map it was taken for has it."""
        return next((point for point in self.touchpoints if point.id == point_id), None)
