"""Sessions: the log's own, else cut by silence; questions whose unit they are (R-20, R-26)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shops import HOUR, log, shop_map
from test_rounds import answers_of, numbered, part_of

from tropa import trail
from tropa.model import EventRule, Limits, Map, Segment, TropaError
from tropa.model.rules import Did, SegmentRule
from tropa.trail.answers import find_answers
from tropa.trail.archive.build import tape_from_columns
from tropa.trail.filters import Filter, choose
from tropa.trail.measures import Asked, ask, by_sessions
from tropa.trail.parts import prepare_part
from tropa.trail.sessions import DIRECT, SessionRule, in_sessions, keys_of
from tropa.trail.sessions import cut as cut_tape
from tropa.trail.tape import Tape

MINUTE = HOUR // 60
Row = tuple[str, int, str, str | None, str | None]


def naive_sessions(rows: list[Row], rule: SessionRule) -> list[tuple[str, list[int]]]:
    """Whose each session is, and the rows it holds: one customer after another, one event after another, as the guide says it."""
    out = []
    for name in dict.fromkeys(row[0] for row in rows):
        mine = sorted((i for i, row in enumerate(rows) if row[0] == name), key=lambda i: rows[i][1])
        sessions: list[dict[str, Any]] = []
        by_own: dict[str, dict[str, Any]] = {}
        current, last = None, 0
        for i in mine:
            _, time, _, own, channel = rows[i]
            source = channel if rule.by_source and channel and channel not in DIRECT else None
            before = current
            if own is not None:
                current = by_own.setdefault(own, {"own": True, "rows": []})
            elif (
                current is None
                or time - last > rule.gap
                or (not current["own"] and source and current["source"] and source != current["source"])
            ):
                current = {"own": False, "rows": []}
            if current is not before or source:
                current["source"] = source
            current["rows"].append(i)
            if not any(one is current for one in sessions):
                sessions.append(current)
            last = time
        out += [(name, one["rows"]) for one in sessions]
    return out


def tape_of(rows: list[Row]) -> Tape:
    who, when, what, sessions, channels = zip(*rows, strict=True)
    return tape_from_columns(who, when, what, channels=channels, sessions=sessions)


ROW = st.tuples(
    st.sampled_from("abc"),
    st.integers(0, 40).map(lambda tens: tens * 10 * MINUTE),
    st.sampled_from(["see", "see2", "pick", "enter", "pay", "use", "noise"]),
    st.sampled_from([None, None, None, "s1", "s2"]),
    st.sampled_from([None, "ads", "seo", "direct"]),
)
ROWS = st.lists(ROW, min_size=1, max_size=30)
APART = st.lists(ROW, min_size=1, max_size=30, unique_by=lambda row: row[1])
"""No two at one moment: a customer's purchases without a number at one moment are one deal, in whichever sessions they lie."""
RULES = st.builds(SessionRule, st.sampled_from([10 * MINUTE, 30 * MINUTE, 2 * HOUR]), st.booleans())


@settings(max_examples=150, deadline=None)
@given(ROWS, RULES)
def test_sessions_are_those_of_plain_python(rows: list[Row], rule: SessionRule) -> None:
    """R-20: which events each session holds, whose it is, and in which order they stand."""
    tape = tape_of(rows)
    cut = cut_tape(tape, rule)
    names, found = cut.event.names, []
    for s, who in enumerate(cut.customers.tolist()):
        here = slice(int(cut.offsets[s]), int(cut.offsets[s + 1]))
        found.append(
            (who, [(t, names[c]) for t, c in zip(cut.time[here].tolist(), cut.event.codes[here], strict=True)])
        )
    naive = [(who, [(rows[i][1], rows[i][2]) for i in held]) for who, held in naive_sessions(rows, rule)]
    assert found == naive
    assert cut.cut_of is not None
    assert [tape.customers[at] for at in cut.cut_of.owner] == [who for who, _ in naive]


WHERES = [
    'count("see") >= 2',
    'did("pick") and not did("pay")',
    "events >= 3",
    "recency < 1d",
    'last_channel = "seo"',
    None,
]
DROPPED = {"low", "high", "onward_low", "onward_high", "difference_low", "difference_high", "chance", "q25", "q75"}


@settings(max_examples=60, deadline=None)
@given(APART, st.sampled_from(["transitions", "steps", "sankey", "paths", "loops", "funnel"]))
def test_a_question_about_sessions_is_one_about_customers_who_came_once(rows: list[Row], measure: str) -> None:
    """R-26: the same figures come out where each session is written into the log as a customer of its own."""
    value = shop_map(limits=Limits(window="1d", silence="1d", settle="1d"))
    mine, other = (_asked(tape_of(log_), value) for log_ in (rows, _apart(rows)))
    raw = {"outcome": "left"} if measure == "paths" else {}
    found, wanted = ask(measure, mine, {**raw, "unit": "sessions"}), ask(measure, other, raw)
    kept = [at for at, one in enumerate(found.columns) if one.id not in DROPPED]
    assert sorted(map(repr, ([row[k] for k in kept] for row in found.rows))) == sorted(
        map(repr, ([row[k] for k in kept] for row in wanted.rows))
    )
    assert found.unit == ("events" if measure == "transitions" else "sessions")


@settings(max_examples=60, deadline=None)
@given(
    APART,
    st.sampled_from(["steps", "transitions", "funnel"]),
    st.sampled_from(["ads", "seo", None]),
    st.sampled_from(WHERES),
)
def test_a_filter_of_sessions_is_one_of_customers_who_came_once(
    rows: list[Row], measure: str, channel: str | None, where: str | None
) -> None:
    """R-26, R-29: channel and rule are held against each session as against a customer who did nothing else."""
    value = shop_map(limits=Limits(window="1d", silence="1d", settle="1d"))
    wish = Filter(channel=channel, where=where)
    mine = ask(measure, _asked(tape_of(rows), value, replace(wish, scope="sessions")), {"unit": "sessions"})
    wanted = ask(measure, _asked(tape_of(_apart(rows)), value, wish))
    kept = [at for at, one in enumerate(mine.columns) if one.id not in DROPPED]
    assert mine.n == wanted.n
    assert sorted(map(repr, ([row[k] for k in kept] for row in mine.rows))) == sorted(
        map(repr, ([row[k] for k in kept] for row in wanted.rows))
    )


def test_a_segment_is_of_customers_whatever_the_scope() -> None:
    """R-29: who bought once is a buyer in each of their sessions; what is no question about sessions cannot be filtered by them."""
    rows = [("a", 0, "see"), ("a", 9, "pay"), ("b", 1, "see"), ("b", 30, "see"), ("c", 90, "see")]
    buyers = Segment(id="buyers", title="b", rule=SegmentRule(did=(Did(rule=EventRule(event="pay")),)))
    value, tape = shop_map(segments=(buyers,)), log(*rows)
    for wish, sessions in (
        (Filter(segment="buyers", scope="sessions"), 2),
        (Filter(segment="buyers", where='did("see")', scope="sessions"), 1),
        (Filter(where='did("see")', scope="sessions"), 4),
        (Filter(where='did("pay")', scope="sessions"), 1),
        (Filter(where='did("pay")'), 2),
    ):
        assert ask("steps", _asked(tape, value, wish), {"unit": "sessions"}).n == sessions, wish
    for measure in ("steps", "retention"):
        with pytest.raises(TropaError) as caught:
            ask(measure, _asked(tape, value, Filter(scope="sessions")))
        assert caught.value.code == "TR-T307"
    assert Filter(scope="sessions").everything


def _apart(rows: list[Row]) -> list[Row]:
    """Each session written into the log as a customer of its own."""
    return [
        (f"{who}{number}", *rows[i][1:3], None, rows[i][4])
        for number, (who, held) in enumerate(naive_sessions(rows, SessionRule()))
        for i in held
    ]


def _asked(tape: Tape, value: Map, wish: Filter | None = None) -> Asked:
    ready = trail.prepare(tape, value)
    return Asked.of(choose(ready, find_answers(ready), wish or Filter()))


def test_the_rule_of_silence() -> None:
    """R-20: half an hour to the µs is still the same session; a µs more is another; ties and late arrivals change nothing."""
    edge = 30 * MINUTE
    tape = tape_from_columns(["a"] * 5, [2 * edge + 1, 0, edge, 0, 2 * edge + 1], ["see"] * 5)
    assert cut_tape(tape, SessionRule()).offsets.tolist() == [0, 3, 5]
    joined = tape_from_columns(["a"] * 6, [2 * edge + 1, 0, edge, 0, 2 * edge + 1, edge + 5], ["see"] * 6)
    # an event that came late lies between: one session after all
    assert cut_tape(joined, SessionRule()).offsets.tolist() == [0, 6]
    assert cut_tape(tape_from_columns([], [], []), SessionRule()).offsets.tolist() == [0]


def test_another_source_begins_a_session_only_where_the_map_says_so() -> None:
    """R-20: a campaign's change, as in Universal Analytics; a direct visit and an unknown channel go on with what was."""
    channels = ["ads", None, "direct", "ads", "seo", "direct", "ads"]
    tape = tape_from_columns(["a"] * 7, [k * MINUTE for k in range(7)], ["see"] * 7, channels=channels)
    assert cut_tape(tape, SessionRule()).offsets.tolist() == [0, 7]
    rule = SessionRule.of(Limits(session="30m", session_by="source"))
    assert cut_tape(tape, rule).offsets.tolist() == [0, 4, 6, 7]


def test_an_event_without_a_session_goes_on_with_the_one_before() -> None:
    """R-20: an order of the shop's own belongs to the visit it was made in; long after it, it stands by itself."""
    rows = [("a", 0, "see"), ("a", 0.1, "pay"), ("a", 3, "send"), ("a", 4, "see"), ("b", 0, "see")]
    tape = log(*rows, sessions=["v1", None, None, "v1", None])
    cut = cut_tape(tape, SessionRule())
    names = [cut.event.names[code] for code in cut.event.codes]
    assert (cut.offsets.tolist(), names) == ([0, 3, 4, 5], ["see", "pay", "see", "send", "see"])
    assert keys_of(tape, SessionRule()).tolist() == [1, 1, -3, 1, -5]


def test_a_deal_that_is_cancelled_in_a_later_session_is_none() -> None:
    """R-20, R-26: what counts as a deal is settled by customer, before sessions are cut."""
    rows = [
        ("a", 0, "see"),
        ("a", 0.1, "pay"),
        ("a", 9, "cancel"),
        ("b", 1, "see"),
        ("b", 1.1, "pay"),
        ("c", 90, "see"),
    ]
    tape = log(*rows, orders=[None, "o1", "o1", None, "o2", None])
    asked = by_sessions(_asked(tape, shop_map()))
    assert [asked.ready.tape.customers[c] for c in asked.ready.bound.deals.customer] == ["b"]
    plain = log(*rows[:2], *rows[3:], orders=[None, "o1", None, "o2", None])
    assert len(in_sessions(trail.prepare(plain, shop_map())).bound.deals.event) == 2


def test_filters_choose_customers_and_periods_choose_sessions() -> None:
    """R-26, R-29: of a segment all sessions count; of a period those that began in it. The data version is the log's own."""
    rows = [("a", 0, "see"), ("a", 9, "pay"), ("b", 1, "see"), ("b", 30, "see"), ("c", 90, "see")]
    buyers = Segment(id="buyers", title="b", rule=SegmentRule(did=(Did(rule=EventRule(event="pay")),)))
    value, tape = shop_map(segments=(buyers,)), log(*rows)
    found = ask("steps", _asked(tape, value, Filter(segment="buyers")), {"unit": "sessions"})
    assert (found.n, found.data_version) == (2, tape.version)
    assert ask("steps", _asked(tape, value, Filter(start=9 * HOUR, end=31 * HOUR)), {"unit": "sessions"}).n == 2
    split = ask("funnel", _asked(tape, value), {"path": "event:see,event:pay", "split": "segments", "unit": "sessions"})
    whole = split.columns.index(next(one for one in split.columns if one.id == "whole"))
    assert {row[0]: row[whole] for row in split.rows}["segment:buyers"] == 1  # the one that begins with the first step


def test_intervals_draw_whole_customers() -> None:
    """R-26: a customer's sessions lie in one bucket, so that many sessions of few people tell no more than those few."""
    rows = [(name, 10 * k, "see") for name in "abcdefgh" for k in range(5)]
    ready = trail.prepare(log(*rows), shop_map())
    seen = in_sessions(ready)
    assert seen.tape.cut_of is not None
    assert np.array_equal(seen.buckets, ready.buckets[seen.tape.cut_of.owner])
    assert seen.tape.numbers is not None
    assert len(np.unique(seen.tape.numbers)) == 40


def test_what_is_said_about_sessions() -> None:
    """R-26: the unit, the title of the column that counts them, and how they were cut; another value of the setting is refused."""
    asked = _asked(log(("a", 0, "see"), ("a", 2, "pick")), shop_map(limits=Limits(silence="2d", session="90m")))
    found = ask("steps", asked, {"unit": "sessions"})
    (note,) = [one for one in found.notes if one.message == "measure-note-sessions"]
    assert note.facts == {"minutes": 90, "by": "silence"}
    assert {one.id: one.title for one in found.columns}["passes"] == "measure-column-sessions"
    funnel = ask("funnel", asked, {"path": "event:see,event:pick", "unit": "sessions"})
    assert {one.id: one.title for one in funnel.columns}["customers"] == "measure-column-sessions"
    with pytest.raises(TropaError) as caught:
        ask("steps", asked, {"unit": "visits"})
    assert caught.value.code == "TR-T303"


@pytest.mark.shared
def test_sessions_of_a_real_shop(shared_data: Any) -> None:
    """R-20: 3,605 sessions by the shop's own numbers; without them silence finds as many of one event at least as far apart."""
    import csv
    import gzip
    from datetime import datetime

    with gzip.open(shared_data / "retentioneering_ecom" / "ecom.csv.gz", "rt") as file:
        rows = list(csv.DictReader(file))
    when = [int(datetime.fromisoformat(row["timestamp"]).timestamp() * 1e6) for row in rows]
    who, what, numbers = ([row[name] for row in rows] for name in ("user_id", "event", "session_id"))
    tape = tape_from_columns(who, when, what, sessions=numbers)
    assert len(cut_tape(tape, SessionRule()).customers) == 3_605
    bare = tape_from_columns(who, when, what)
    naive = naive_sessions([(w, t, e, None, None) for w, t, e in zip(who, when, what, strict=True)], SessionRule())
    assert len(cut_tape(bare, SessionRule()).customers) == len(naive)


@settings(max_examples=25, deadline=None)
@given(ROWS, st.sampled_from(["transitions", "steps", "paths", "loops"]))
def test_parts_of_a_log_find_the_same_sessions(rows: list[Row], measure: str) -> None:
    """R-63: whole customers dealt out to two machines, each of which cuts its own."""
    tape = numbered(tape_of(rows))
    wish, raw = Filter(start=20 * MINUTE, where="events >= 2", scope="sessions"), {"unit": "sessions"}
    ready = trail.prepare(tape, shop_map())
    frame = Asked.of(choose(ready, find_answers(ready), wish))
    customers = range(len(tape.customers))
    dealt = [[c for c in customers if c % 2 == k] for k in (1, 0)]
    parts = [prepare_part(part_of(tape, whose), ready) for whose in dealt]
    asked = [by_sessions(Asked.of(choose(one, find_answers(one), wish))) for one in parts]
    found = answers_of(measure, by_sessions(frame.frame), asked, raw)
    assert found.model_dump() == ask(measure, frame, raw).model_dump()
