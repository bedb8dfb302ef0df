"""A trail in a notebook: every question a method, every answer a result that shows itself (R-61)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from tropa.model import Break, EventCount, Map, Readings, TropaError, near_miss
from tropa.model.diff import Difference
from tropa.model.measure import Answer
from tropa.service import looking
from tropa.service.answering import View, Wish, view_on
from tropa.service.contrasting import contrast
from tropa.service.costs import with_costs
from tropa.service.drawing import read_map
from tropa.service.framing import Framed
from tropa.service.importing import ImportOutcome
from tropa.service.settings import known_zone
from tropa.service.showing import Result, saying
from tropa.words import Words

if TYPE_CHECKING:
    from tropa.events.contract import ReadPlan
    from tropa.trail.filters import Scope
    from tropa.trail.tape import Tape

Through = Map | str | Path | None
"""The map that a trail is seen through: a map, its file, or None for the draft that is proposed from the log."""

MOST_TRANSITIONS, MOST_PATHS, MOST_ROWS = 1_000, 200, 1_000
"""Rows of a frame: as many as the measures give."""


@dataclass(frozen=True, repr=False)
class Trail:
    """All events of all customers, ready for questions. `through` in a question: the map to see them through, else `map`.

    Every question takes filters: `segment`, `channel`, `since`, `until` (days, both included; a date or “2026-11-28”), `where` (a
    rule over customers: `'count("order_paid") >= 2 and city = "Moscow"'`); the further settings are those of the measure's declaration
    (docs/guide/measures.md).
    """

    tape: Tape
    today: date
    words: Words
    own_map: Map | None = None
    framed: Framed | None = None

    @cached_property
    def map(self) -> Map:
        """The map of the workspace, else the draft proposed from the log."""
        from tropa.trail import draft

        return self.own_map or draft(self.tape, self.words)

    def in_zone(self, zone: str) -> Self:
        """The same trail, its days, weeks, months and times of day told by a zone's calendar (`"Europe/Moscow"`; else that of the
        workspace, or UTC). Raises TR-S060 with the near miss."""
        with saying(self.words):
            return replace(self, tape=replace(self.tape, zone=known_zone(zone)))

    def ask(
        self,
        measure: str,
        through: Through = None,
        *,
        segment: str | None = None,
        channel: str | None = None,
        since: date | str | None = None,
        until: date | str | None = None,
        where: str | None = None,
        scope: str | None = None,
        **settings: Any,
    ) -> Result[Answer]:
        """Any measure by its name. `scope="sessions"`, of a question with `unit="sessions"`: `channel` and `where` mean sessions by what
        happened in each, not customers by all they did. Raises TR-T301…TR-T307 with the near miss, TR-T303 for another scope."""
        with saying(self.words):
            raw = with_costs({name.replace("_", "-"): told for name, told in settings.items()})
            wish = Wish(segment, channel, day_of("since", since), day_of("until", until), None, where, scope_of(scope))
            return self._look(through, measure, raw, wish)

    def _look(self, through: Through, measure: str, raw: dict[str, Any], wish: Wish) -> Result[Answer]:
        if measure == "reasons":
            stage, _, kind = str(raw.pop("break", None) or "").partition("/")
            return looking.reasons(self._view(through), stage or None, kind or "exit", raw, wish, self.words)
        return looking.look(self._view(through), measure, raw, wish, self.words)

    def transitions(self, through: Through = None, *, level: str = "touchpoints", **told: Any) -> Result[Answer]:
        """From where to where, how often and how fast. `level`: stages, touchpoints, events."""
        return self.ask("transitions", through, level=level, **{"rows": MOST_TRANSITIONS, **told})

    def funnel(
        self, path: list[str] | tuple[str, ...] = (), window: str | None = None, through: Through = None, **told: Any
    ) -> Result[Answer]:
        """What share takes the steps within `window` (“7d”, `per="step"`: each step). Without steps: the stages up to the deal.

        `order`: ordered, strict, any-order; `without`: what ends an attempt; `split`: segments, channels side by side.
        """
        return self.ask("funnel", through, path=tuple(path), window=window, **told)

    def compare_funnels(
        self, first: str | None = None, second: str | None = None, through: Through = None, **told: Any
    ) -> Result[Answer]:
        """Where two groups (“segment:new”, “channel:ads”, “2026-01-01..2026-01-31”) differ along one funnel by more than chance."""
        return self.ask("funnel-difference", through, first=first, second=second, **told)

    def sankey(self, after: int = 5, through: Through = None, **told: Any) -> Result[Answer]:
        """Flows from step to step: from the beginning, or `around` a state (`after=0`: up to it)."""
        return self.ask("sankey", through, after=after, **told)

    def loops(self, kind: str = "all", through: Through = None, **told: Any) -> Result[Answer]:
        """What is repeated, where passes come back to, in which circles they go, and how many of them reach the deal."""
        return self.ask("loops", through, kind=kind, **told)

    def steps(self, after: int = 10, through: Through = None, **told: Any) -> Result[Answer]:
        """What happens at each step: from the beginning, or `around` an event."""
        return self.ask("steps", through, after=after, **told)

    def cohorts(self, period: str = "month", through: Through = None, **told: Any) -> Result[Answer]:
        """How many of each cohort come back in the periods (month, week) after. `by`: deals, visits."""
        return self.ask("retention", through, period=period, **told)

    def paths(self, outcome: str = "deal", through: Through = None, **told: Any) -> Result[Answer]:
        """By which paths customers reach a deal, or leave (`outcome="left"`)."""
        return self.ask("paths", through, outcome=outcome, **{"rows": MOST_PATHS, **told})

    def channels(
        self, through: Through = None, *, goal: str | None = None, order: int = 1, **told: Any
    ) -> Result[Answer]:
        """What is put down to each channel by every rule of attribution: of the deals, or of the passes that reached a stage (`goal`).

        `order`: how many of the last touches Markov's chain remembers, 1 to 3. `rule="markov"` asks for one rule alone, `intervals=False`
        for no intervals.
        """
        return self.ask("channels", through, goal=goal, order=order, **told)

    def channel_return(
        self,
        costs: Mapping[str, float] | str | Path,
        through: Through = None,
        *,
        rule: str = "markov",
        move: tuple[str, str, float] | None = None,
        **told: Any,
    ) -> Result[Answer]:
        """What channels cost and give back. `costs`: {"ads": 120000}, a text, or a table's file (“@costs.csv”). `move`: from a channel to
        another, how much: what that would change, with `elasticity` as its assumption."""
        if move is not None:
            told |= dict(zip(("move_from", "move_to", "move"), move, strict=True))
        return self.ask("channel-return", through, costs=costs, rule=rule, **told)

    def touchpoints(self, through: Through = None, **told: Any) -> Result[Answer]:
        """Whether those who met a touchpoint go on more often; with `costs` (as `channel_return` takes them, by id), what that costs."""
        return self.ask("touchpoints", through, **told)

    def intervals(self, through: Through = None, **told: Any) -> Result[Answer]:
        """How long after a purchase customers come for the next one."""
        return self.ask("purchase-interval", through, **told)

    def loop(self, split: str = "none", through: Through = None, **told: Any) -> Result[Answer]:
        """What share of buyers comes for a second purchase by when. `split`: none, segments, personas, channels."""
        return self.ask("repeat-curve", through, split=split, **told)

    def ltv(
        self, horizon: str | None = None, through: Through = None, *, split: str = "none", **told: Any
    ) -> Result[Answer]:
        """What buyers will buy and bring within `horizon` (“90d”; a year without one), with the check of the forecast."""
        return self.ask("ltv", through, horizon=horizon, split=split, **told)

    def next_purchases(self, horizon: str = "30d", through: Through = None, **told: Any) -> Result[Answer]:
        """Who will buy when, by pseudonym. `rank`: soon, worth, leaving."""
        return self.ask("next-purchase", through, horizon=horizon, **{"rows": MOST_ROWS, **told})

    def rfm(self, through: Through = None, **told: Any) -> Result[Answer]:
        """Buyers in ten groups by how recently and how often they bought."""
        return self.ask("rfm", through, **told)

    def churn(self, through: Through = None, **told: Any) -> Result[Answer]:
        """Which buyers still come, are late, or are gone, by each one's own pace."""
        return self.ask("churn", through, **told)

    def sales_cycle(self, split: str = "channels", through: Through = None, **told: Any) -> Result[Answer]:
        """From the first contact to the first deal: what share, how fast. `split`: none, channels, points, segments, personas."""
        return self.ask("sales-cycle", through, split=split, **told)

    def referrals(self, column: str | None = None, through: Through = None, **told: Any) -> Result[Answer]:
        """Who came by a recommendation: `column` with the answers or codes, `own` with customers' own codes, or an `event`."""
        return self.ask("referrals", through, column=column, **told)

    def reasons(
        self, through: Through = None, stage: str | None = None, kind: str = "exit", **told: Any
    ) -> Result[Answer]:
        """What sets apart those who left a stage. Without one: the stage that most leave at."""
        return self.ask("reasons", through, **{"break": f"{stage}/{kind}" if stage else None}, **told)

    def breaks(self, through: Through = None, **told: Any) -> Result[tuple[Break, ...]]:
        """Where customers leave, the dearest first. Takes the filters of `ask`."""
        with saying(self.words):
            view = self._view(through)
            return looking.priced(view.ready.map, looking.readings_on(view, wish_of(told), breaks=True), self.words)

    def measure(self, through: Through = None, **told: Any) -> Result[Readings]:
        """Every stage with its figures, and the map drawn with them. Takes the filters of `ask`."""
        with saying(self.words):
            view = self._view(through)
            found = looking.readings_on(view, wish_of(told), breaks=True)
            return looking.stages(view.ready.map, found, self.words, self.today)

    def segments(self, groups: int | None = None, through: Through = None, **told: Any) -> Result[Answer]:
        """Which groups of customers go alike, where there are any. `groups`: just so many. By rule: `segment=` of every question."""
        return self.ask("clusters", through, groups=groups, **told)

    def conformance(self, through: Through = None, **told: Any) -> Result[Answer]:
        """What customers do that the map does not have, and the reverse."""
        return self.ask("conformance", through, **told)

    def compare(
        self, first: dict[str, Any], second: dict[str, Any], through: Through = None
    ) -> Result[tuple[Difference, ...]]:
        """Every stage's figures of two groups or periods side by side, and which differ by more than chance.

        `first`, `second`: filters as those of `ask`: `{"segment": "new"}`, `{"since": "2026-01-01", "until": "2026-03-31"}`, or `{}`: all.
        """
        with saying(self.words):
            return contrast(self._view(through), wish_of(first), wish_of(second), self.words)

    def events(self) -> Result[tuple[EventCount, ...]]:
        """Event names by how often they occur."""
        return looking.volumes(self.tape, self.words)

    def imported(self) -> Result[tuple[ImportOutcome, ...]]:
        """What became of each source: accepted, repeated, in quarantine and why. Empty for a workspace's trail."""
        return looking.imported(() if self.framed is None else self.framed.outcomes, self.words)

    def columns(self) -> Result[tuple[ReadPlan, ...]]:
        """What each column was taken for. Empty for a workspace's trail."""
        return looking.roles(() if self.framed is None else self.framed.plans, self.words)

    def _view(self, through: Through) -> View:
        value = self.map if through is None else through if isinstance(through, Map) else read_map(Path(through))
        return view_on(self.tape, value, self.today, f"notebook {id(self.tape)}")

    def __repr__(self) -> str:
        """How much there is, and what became of the sources."""
        size = self.words("result-trail", events=self.tape.events, customers=len(self.tape.customers))
        return size if self.framed is None else f"{size}\n{self.imported()!r}"

    def _repr_html_(self) -> str:
        size = self.words("result-trail", events=self.tape.events, customers=len(self.tape.customers))
        told = "" if self.framed is None else self.imported()._repr_html_()
        return f"<p>{escape(size)}</p>{told}{self.events()._repr_html_()}"


def wish_of(told: dict[str, Any]) -> Wish:
    """The filters told by name. Raises TR-S022 for another name, with the near miss, TR-S023 for no day."""
    known = ("segment", "channel", "since", "until", "where")
    for name in told:
        if name not in known:
            raise TropaError("TR-S022", name=name, near=near_miss(name, known), known=", ".join(known))
    days = {name: day_of(name, told.get(name)) for name in ("since", "until")}
    return Wish(told.get("segment"), told.get("channel"), days["since"], days["until"], where=told.get("where"))


def scope_of(given: str | None) -> Scope:
    """A scope as given (None: customers). Raises TR-T303 for another word."""
    if given not in (None, "customers", "sessions"):
        raise TropaError("TR-T303", name="scope", measure="", value=given, known="customers, sessions")
    return "sessions" if given == "sessions" else "customers"


def day_of(name: str, given: date | str | None) -> date | None:
    """A day as given. Raises TR-S023 for a text that is none."""
    if isinstance(given, str):
        try:
            return date.fromisoformat(given)
        except ValueError as fault:
            raise TropaError("TR-S023", name=name, value=given) from fault
    return given.date() if isinstance(given, datetime) else given
