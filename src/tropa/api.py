"""The notebook's door (R-61): `tropa.trail(…)` asks a log, `tropa.open(…)` opens a workspace.

Type checkers know these as `from tropa.api import trail, workspace` (docs/adr/0050).
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tropa.model import Break, EventCount, Map, Readings, TropaError, near_miss
from tropa.model.measure import Answer
from tropa.service import looking
from tropa.service.answering import View, Wish, view_on
from tropa.service.as_of import remembered
from tropa.service.drawing import Drawn, draw_measured, read_map
from tropa.service.drawing import View as MapView
from tropa.service.drawing import Wish as Drawing
from tropa.service.framing import Framed, as_it_is, framed
from tropa.service.importing import ImportOutcome
from tropa.service.measuring import Measured
from tropa.service.on_spark import OnSpark, empty_tape, is_spark, open_log
from tropa.service.showing import Result, saying
from tropa.service.workspace import MAP_FILE, Workspace, open_workspace
from tropa.words import LANGUAGES, Words, words

if TYPE_CHECKING:
    from tropa.events.contract import ReadPlan
    from tropa.trail.tape import Tape

Through = Map | str | Path | None
"""The map that a trail is seen through: a map, its file, or None for the draft that is proposed from the log."""

MOST_TRANSITIONS, MOST_PATHS, MOST_ROWS = 1_000, 200, 1_000
"""Rows of a frame: as many as the measures give."""


def trail(
    source: Any,
    *more: Any,
    customer: str | None = None,
    event: str | None = None,
    time: str | None = None,
    channel: str | None = None,
    value: str | None = None,
    zone: str | None = None,
    currency: str | None = None,
    today: date | None = None,
    lang: str | None = None,
    rows: str = "checked",
    **columns: Any,
) -> Trail:
    """The trail of files and tables: file names, pandas, Polars, Arrow, DuckDB relations; a data frame of Spark's stays where it is.

    `customer`…`value` and further roles (`session=`, `order=`, `score=`, `text=`, …): the names of their columns; what is not said is
    guessed (see `.columns()`). `zone`: of times without one; `currency`: a code; nothing dated after `today` counts as observed.
    Rows are told apart and bad ones kept aside as in every import: see `.imported()`. `rows="trusted"`: one clean Parquet file with
    whole-number customers is read as it is, ten times as fast (docs/guide/python.md); roles that are not said are columns of that name.
    Raises TR-S018 for what is no table, TR-S020 for an unknown role, TR-S024 where no row can be read, TR-S010 and TR-E… as `tropa import`;
    TR-T410…TR-T414 for trusted rows.
    """
    said = {"customer": customer, "event": event, "time": time, "channel": channel, "value": value}
    roles = {role: column for role, column in said.items() if column is not None} | columns
    now, say = datetime.now(UTC), _words(lang)
    with saying(say):
        if is_spark(source):
            log = open_log((source, *more), roles, currency, zone)
            return SparkTrail(empty_tape(log), today or now.date(), say, spark=OnSpark(log, today or now.date(), say))
        if rows != "checked":
            return Trail(as_it_is((source, *more), rows, roles, currency), today or now.date(), say)
        found = framed((source, *more), roles, {"zone": zone, "currency": currency}, now)
        return Trail(found.workspace.tape(), today or now.date(), say, None, found)


def workspace(folder: str | Path, *, today: date | None = None, lang: str | None = None) -> Opened:
    """The workspace in a folder. Raises TR-S001 where there is none."""
    say = _words(lang)
    with saying(say):
        return Opened(open_workspace(Path(folder).expanduser()), today or datetime.now(UTC).date(), say)


def _words(lang: str | None) -> Words:
    """The words of a language; without one those of TROPA_LANG or the locale, else English. Raises TR-S021."""
    if lang is not None:
        if lang not in LANGUAGES:
            with saying(words("en")):
                raise TropaError("TR-S021", name=lang, known=", ".join(LANGUAGES))
        return words(lang)
    told = [os.environ.get(name, "") for name in ("TROPA_LANG", "LC_ALL", "LC_MESSAGES", "LANG")]
    return words(next((lang for name in told for lang in LANGUAGES if name.lower().startswith(lang)), "en"))


@dataclass(frozen=True, repr=False)
class Trail:
    """All events of all customers, ready for questions. `through` in a question: the map to see them through, else `map`.

    Every question takes filters: `segment`, `channel`, `since`, `until` (days, both included; a date or “2026-11-28”); the further
    settings are those of the measure's declaration (docs/guide/measures.md).
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

    def ask(
        self,
        measure: str,
        through: Through = None,
        *,
        segment: str | None = None,
        channel: str | None = None,
        since: date | str | None = None,
        until: date | str | None = None,
        **settings: Any,
    ) -> Result[Answer]:
        """Any measure by its name. Raises TR-T301…TR-T306 with the near miss."""
        raw = {name.replace("_", "-"): told for name, told in settings.items()}
        with saying(self.words):
            wish = Wish(segment, channel, _day("since", since), _day("until", until))
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

    def channels(self, through: Through = None, **told: Any) -> Result[Answer]:
        """What each channel has brought, by every rule of attribution."""
        return self.ask("channels", through, **told)

    def touchpoints(self, through: Through = None, **told: Any) -> Result[Answer]:
        """Whether those who met a touchpoint go on more often."""
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
            return looking.priced(view.ready.map, looking.readings_on(view, _wish(told), breaks=True), self.words)

    def measure(self, through: Through = None, **told: Any) -> Result[Readings]:
        """Every stage with its figures, and the map drawn with them. Takes the filters of `ask`."""
        with saying(self.words):
            view = self._view(through)
            found = looking.readings_on(view, _wish(told), breaks=True)
            return looking.stages(view.ready.map, found, self.words, self.today)

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


@dataclass(frozen=True, repr=False)
class SparkTrail(Trail):
    """A log that Spark keeps (docs/guide/spark.md): the same questions but for breaks, each through a map that is named."""

    spark: OnSpark = field(kw_only=True)

    @property
    def map(self) -> Map:
        """Raises TR-T426: no draft is proposed from a log of Spark's."""
        with saying(self.words):
            raise TropaError("TR-T426")

    def ask(
        self,
        measure: str,
        through: Through = None,
        *,
        segment: str | None = None,
        channel: str | None = None,
        since: date | str | None = None,
        until: date | str | None = None,
        **settings: Any,
    ) -> Result[Answer]:
        """Any measure by its name. Raises TR-T301…TR-T306 with the near miss, TR-T426 without a map."""
        raw = {name.replace("_", "-"): told for name, told in settings.items()}
        with saying(self.words):
            wish = Wish(segment, channel, _day("since", since), _day("until", until))
            return self.spark.look(self._through(through), measure, raw, wish)

    def breaks(self, through: Through = None, **told: Any) -> Result[tuple[Break, ...]]:
        """Raises TR-T427: breaks are priced on this machine."""
        with saying(self.words):
            raise TropaError("TR-T427", name="breaks")

    def measure(self, through: Through = None, **told: Any) -> Result[Readings]:
        """Every stage with its figures, without breaks. Takes the filters of `ask`. Raises TR-T426 without a map."""
        with saying(self.words):
            return self.spark.readings(self._through(through), _wish(told))

    def events(self) -> Result[tuple[EventCount, ...]]:
        """Event names by how often they occur."""
        return self.spark.volumes()

    def close(self) -> None:
        """Lets go of what Spark keeps."""
        self.spark.log.close()

    def _through(self, through: Through) -> Map:
        if through is None:
            raise TropaError("TR-T426")
        return through if isinstance(through, Map) else read_map(Path(through))

    def __repr__(self) -> str:
        """How many events there are."""
        return f"{type(self).__name__}({self.spark.log.facts.events})"

    def _repr_html_(self) -> str:
        return f"<p>{escape(repr(self))}</p>{self.events()._repr_html_()}"


@dataclass(frozen=True, repr=False)
class Opened:
    """A workspace in a notebook: its map, its trail, its pictures."""

    workspace: Workspace
    today: date
    words: Words
    name: str = field(default=MAP_FILE)

    @property
    def map(self) -> Map:
        """The map as the file has it now. Raises TR-S002 where there is none."""
        with saying(self.words):
            return self.workspace.map(self.name)

    @property
    def trail(self) -> Trail:
        """The published trail, seen through the map where there is one. Raises TR-S003 before the first import."""
        return self.as_of(None)

    def as_of(self, day: date | str | None) -> Trail:
        """The trail as it was known at the end of a day (None: now). Raises TR-S030 before the first import, TR-S023 for no day."""
        own = self.map if self.workspace.has_map(self.name) else None
        with saying(self.words):
            then = _day("as_of", day)
            tape = self.workspace.tape() if then is None else remembered(self.workspace.folder, then).tape
            return Trail(tape, then or self.today, self.words, own)

    def readings(self, **told: Any) -> Result[Readings]:
        """Every stage with its figures. Takes the filters of `Trail.ask`. Raises TR-S003 before the first import."""
        return self.trail.measure(**told)

    def draw(self, out: str | Path, *, view: MapView = "infographic") -> Drawn:
        """Draws the map, with its readings where there is a log. Raises TR-S006 for a suffix that is not drawn."""
        wish = Drawing(today=self.today, view=view)
        with saying(self.words):
            return draw_measured(Measured(self.map, self._read(), {}), Path(out), wish, self.words)

    def _read(self) -> Readings | None:
        return None if self.workspace.archive.tape() is None else self.readings().value

    def __repr__(self) -> str:
        """Where it lies."""
        return f"{type(self).__name__}({str(self.workspace.folder)!r})"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """The map, drawn."""
        if not self.workspace.has_map(self.name):
            return {"text/plain": repr(self)}
        drawn = looking.map_svg(self.map, self._read(), self.words, self.today)
        return {"text/plain": repr(self), "image/svg+xml": drawn}


def _wish(told: dict[str, Any]) -> Wish:
    known = ("segment", "channel", "since", "until")
    for name in told:
        if name not in known:
            raise TropaError("TR-S022", name=name, near=near_miss(name, known), known=", ".join(known))
    days = {name: _day(name, told.get(name)) for name in ("since", "until")}
    return Wish(told.get("segment"), told.get("channel"), days["since"], days["until"])


def _day(name: str, given: date | str | None) -> date | None:
    """A day as given. Raises TR-S023 for a text that is none."""
    if isinstance(given, str):
        try:
            return date.fromisoformat(given)
        except ValueError as fault:
            raise TropaError("TR-S023", name=name, value=given) from fault
    return given.date() if isinstance(given, datetime) else given


__all__ = ["Opened", "Result", "SparkTrail", "Trail", "trail", "workspace"]
