"""Data nobody on the team wrote: published facts, through draft and measure (R-22, R-23, R-27)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from naive_cohorts import cohorts

from tropa import events, trail
from tropa.model import EventRule, Limits, Map, Stage
from tropa.model.rules import Did, Segment, SegmentRule
from tropa.trail.answers import find_answers
from tropa.trail.archive import Archive, tape_from_columns
from tropa.trail.filters import Filter, choose
from tropa.trail.measures import Asked, ask
from tropa.trail.passes import DAY
from tropa.trail.sessions import SessionRule, cut
from tropa.trail.tape import Tape
from tropa.words import words

pytestmark = pytest.mark.shared


def micros(moment: datetime) -> int:
    return int(moment.replace(tzinfo=UTC).timestamp()) * 1_000_000


def imported(file: Path, folder: Path) -> Tape:
    """The file through the readers and the archive, as a user would bring it in."""
    plan = events.plan(file, events.Overrides())
    archive = Archive(folder / "trail")
    archive.add(events.read(plan), source=plan.source, now=datetime(2026, 11, 22, tzinfo=UTC), currency=plan.currency)
    tape = archive.tape()
    assert tape is not None
    return tape


@pytest.fixture(scope="module")
def shop(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Tape:
    """The shop of retentioneering's examples."""
    return imported(shared_data / "retentioneering_ecom" / "ecom.csv.gz", tmp_path_factory.mktemp("shop"))


def test_buyers_of_the_shop(shop: Tape) -> None:
    """328 purchasers, 104 with more than one purchase, 3,605 sessions, 600 users, 31,106 events."""
    readings = trail.measure(shop, trail.draft(shop, words("ru")), breaks=False)
    assert (readings.loop.buyers, readings.loop.buyers_again) == (328, 104)
    assert readings.scope.sessions == 3_605
    assert readings.scope.customers == 600
    assert readings.scope.events == readings.scope.bound_events == 31_106
    assert readings.unbound == ()


def sessions_of(tape: Tape) -> Tape:
    """The tape with its sessions as customers, for segments too: each means what was known in it."""
    return replace(cut(tape, SessionRule()), cut_of=None)


def test_sessions_with_a_purchase_by_lifecycle(shop: Tape) -> None:
    """Sessions as the unit: new 8.41 % of 963, returning 13.10 % of 1,840, loyal 18.45 % of 802."""
    tape = sessions_of(shop)
    value = Map(title="s", stages=(Stage(id="any", title="any", when=EventRule(event=shop.event.names[1:])),))
    found = {}
    for name in ("new", "returning", "loyal"):
        rule = SegmentRule(has={"user_lifecycle": name})
        bought = SegmentRule(has={"user_lifecycle": name}, did=(Did(rule=EventRule(event="purchase")),))
        counts = [
            trail.measure(tape, value, segment=Segment(id=name, title=name, rule=one), breaks=False).scope.customers
            for one in (rule, bought)
        ]
        found[name] = (counts[0], round(100 * counts[1] / counts[0], 2))
    assert found == {"new": (963, 8.41), "returning": (1_840, 13.10), "loyal": (802, 18.45)}


def next_in_session(tape: Tape, first: str, second: str) -> Iterator[tuple[int, int, str]]:
    """Every `first` event of a session: its time, whether `second` is the very next event, its platform."""
    a, b = tape.event.names.index(first), tape.event.names.index(second)
    platform = tape.properties["platform"]
    for c in range(len(tape.customers)):
        for i in range(int(tape.offsets[c]), int(tape.offsets[c + 1])):
            if tape.event.codes[i] == a:
                follows = i + 1 < tape.offsets[c + 1] and tape.event.codes[i + 1] == b
                yield int(tape.time[i]), int(follows), platform.names[platform.codes[i]]


def test_incidents_of_the_shop(shop: Tape) -> None:
    """Payment incident 19 May to 7 June: 12/175 inside, 104/534 outside; checkout bug on mobile 9 April to 9 May: 3/89, 34/236."""
    tape = sessions_of(shop)
    begin, end = micros(datetime(2024, 5, 19)), micros(datetime(2024, 6, 8))
    paid = list(next_in_session(tape, "payment_details", "purchase"))
    inside = [hit for time, hit, _ in paid if begin <= time < end]
    outside = [hit for time, hit, _ in paid if not begin <= time < end]
    assert (sum(inside), len(inside), sum(outside), len(outside)) == (12, 175, 104, 534)
    begin, end = micros(datetime(2024, 4, 9)), micros(datetime(2024, 5, 10))
    sent = [
        (t, hit)
        for t, hit, device in next_in_session(tape, "shipping_details", "payment_details")
        if device == "mobile"
    ]
    inside = [hit for time, hit in sent if begin <= time < end]
    outside = [hit for time, hit in sent if not begin <= time < end]
    assert (sum(inside), len(inside), sum(outside), len(outside)) == (3, 89, 34, 236)


def test_the_payment_incident_by_the_measures_themselves(shop: Tape) -> None:
    """12 of 175 and 104 of 534 by `transitions` of sessions, and by a strict funnel the sessions that this came to in the end.

    Sessions are made the log's customers; a map of one stage that holds every event, and a silence limit longer than any session, make
    each of them one pass, so that the period filter takes whole sessions. 175 and 534 are *events*: so the question about every departure
    from the event is a transition (with repeats). A funnel counts each session once, by its best attempt: checked by plain counting.
    """
    tape = sessions_of(shop)
    limits = Limits(silence="30d", window="30d", settle="1h")
    value = Map(
        title="s", stages=(Stage(id="any", title="any", when=EventRule(event=shop.event.names[1:])),), limits=limits
    )
    ready = trail.prepare(tape, value)
    begin, end = micros(datetime(2024, 5, 19)), micros(datetime(2024, 6, 8))
    departures, sessions = {}, {}
    paid, bought = (tape.event.names.index(name) for name in ("payment_details", "purchase"))
    for name, wish in (
        ("in", Filter(start=begin, end=end)),
        ("before", Filter(end=begin)),
        ("after", Filter(start=end)),
    ):
        asked = Asked.of(choose(ready, find_answers(ready), wish))
        rows = ask("transitions", asked, {"level": "events", "repeats": True, "rows": 1000}).rows
        found = [row for row in rows if row[:2] == ("event:payment_details", "event:purchase")]
        departures[name] = (found[0][2], found[0][7])
        raw = {"path": "event:payment_details,event:purchase", "order": "strict", "repeats": True, "window": "1d"}
        sessions[name] = list(ask("funnel", asked, raw).column("customers"))
        seen = hits = 0
        for c in range(len(tape.customers)):
            here = slice(int(tape.offsets[c]), int(tape.offsets[c + 1]))
            if not (wish.start or 0) <= tape.time[here][0] < (wish.end or 2**62):
                continue
            tries = (tape.event.codes[here] == paid) & (tape.time[here] + DAY <= ready.passes.observed_until)
            seen += bool(tries.any())
            hits += bool((tries[:-1] & (tape.event.codes[here][1:] == bought)).any())
        assert sessions[name] == [seen, hits]
    assert departures["in"] == (12, 175)
    assert tuple(a + b for a, b in zip(departures["before"], departures["after"], strict=True)) == (104, 534)


def test_draft_of_the_shop(shop: Tape) -> None:
    """The draft tells a shop's path in its order, finds the purchase, and says that it is only a proposal."""
    value = trail.draft(shop, words("en"))
    assert value.proposal
    assert [stage.id for stage in value.stages] == [
        "awareness",
        "consideration",
        "decision",
        "checkout",
        "purchase",
        "use",
    ]
    assert value.deal_stage is not None
    assert value.deal_stage.deal is not None
    assert value.deal_stage.deal.event == "purchase"
    assert value.bought_again
    assert value.loops[0].kind == "loyalty"
    checkout = {point.when.event for point in value.stage("checkout").touchpoints if isinstance(point.when, EventRule)}
    assert {"payment_details", "shipping_details", "payment_error"} == checkout


@pytest.fixture(scope="module")
def retail(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Tape:
    """The gift shop's invoice lines; those without a customer go to quarantine."""
    return imported(shared_data / "online_retail" / "online_retail.parquet", tmp_path_factory.mktemp("retail"))


def test_cohort_of_december(retail: Tape) -> None:
    """4,372 customers; the cohort of December 2010 has 885, active in the months after as published."""
    value = trail.draft(retail, words("ru"))
    assert value.deal_stage is not None
    assert value.deal_stage.deal is not None
    assert value.deal_stage.deal.event == "order_paid"
    assert value.loops
    assert len(retail.customers) == 4_372
    active = [885, 324, 286, 340, 321, 352, 321, 309, 313, 350, 331, 445, 235]
    assert list(cohorts(trail.bind(retail, value), by="deals")["2010-12"]) == active
    ready = trail.prepare(retail, value)
    answer = ask("retention", Asked(ready, find_answers(ready), ready.everybody), {"by": "deals", "period": "month"})
    names = [column.id for column in answer.columns]
    rows = [dict(zip(names, row, strict=True)) for row in answer.rows]
    told = {row["age"]: row["active"] for row in rows if row["cohort"] == "2010-12"}
    assert told == dict(enumerate(active[:12]))  # the last month is cut, so the measure leaves it out


def test_sessions_of_otto(shared_data: Path) -> None:
    """3 of the 20 sessions order; the draft makes clicks, carts and orders a path."""
    who, when, what = [], [], []
    for line in (shared_data / "otto_sessions" / "train.jsonl").read_text(encoding="utf-8").splitlines():
        session = json.loads(line)
        for event in session["events"]:
            who.append(str(session["session"]))
            when.append(event["ts"] * 1000)
            what.append(event["type"])
    tape = tape_from_columns(who, when, what)
    value = trail.draft(tape, words("ru"))
    assert [stage.id for stage in value.stages] == ["consideration", "decision", "purchase", "use"]
    readings = trail.measure(tape, value, breaks=False)
    assert (readings.scope.customers, readings.scope.events, readings.loop.buyers) == (20, 862, 3)
