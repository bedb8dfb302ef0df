"""Measures by declaration: every kernel against its twin, and answers against what is known (R-25, R-26, R-27)."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from math import ceil
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shops import DAY, HOUR, log, logs, shop_map

from tropa.model import CannotTell, TropaError
from tropa.model.measure import Answer, Declaration
from tropa.trail import prepare
from tropa.trail.answers import find_answers
from tropa.trail.filters import Filter, choose
from tropa.trail.kernels.exposure import naive_spans, spans
from tropa.trail.kernels.retention import naive_retention
from tropa.trail.kernels.sequences import naive_steps, naive_transitions, naive_units
from tropa.trail.measures import DECLARATIONS, Asked, ask, declaration, transitions
from tropa.trail.measures.states import LEVELS, Walks, with_states
from tropa.trail.rounds import run
from tropa.trail.tape import Tape

VALUE = shop_map()
levels = st.sampled_from(LEVELS)


def asked_of(tape: Tape, wish: Filter | None = None, value: Any = VALUE) -> Asked:
    ready = prepare(tape, value)
    return Asked.of(choose(ready, find_answers(ready), wish or Filter()))


def plain_units(asked: Asked, level: str, collapse: bool) -> Any:
    walks, tape = Walks(asked, level), asked.ready.tape
    states = run(with_states(asked.frame, partial(Walks, level=level), level, lambda states: states), [asked])
    code = walks.states(0, len(tape.customers), states)
    return (
        states,
        walks.closing(states)[asked.ready.passes.status],
        naive_units(tape.offsets, tape.time, code, walks.begins, collapse),
    )


def rows_of(answer: Answer, *names: str) -> list[tuple[Any, ...]]:
    return list(zip(*(answer.column(name) for name in names), strict=True))


@settings(max_examples=60, deadline=None)
@given(logs(), levels, st.booleans(), st.integers(0, 240))
def test_transitions_as_the_twin_counts_them(tape: Tape, level: str, repeats: bool, start: int) -> None:
    """R-26: steps, customers, shares and quartile times, also of a period."""
    asked = asked_of(tape, Filter(start=start * HOUR))
    states, closing, plain = plain_units(asked, level, not repeats)
    expected = naive_transitions(plain, closing, len(states.names))
    found = ask("transitions", asked, {"level": level, "repeats": repeats, "rows": 1000})
    nodes = states.nodes
    assert {(a, b): (n, c) for a, b, n, c in rows_of(found, "from", "to", "times", "customers")} == {
        (nodes[a], nodes[b]): (one["times"], len(one["people"])) for (a, b), one in expected.items()
    }
    medians = dict(zip(rows_of(found, "from", "to"), rows_of(found, "q25", "median", "q75"), strict=True))
    for (a, b), one in expected.items():
        lengths = sorted(one["lengths"])
        if lengths:
            quartiles = tuple(lengths[max(ceil(share * len(lengths)) - 1, 0)] / 1e6 for share in (0.25, 0.5, 0.75))
            assert medians[nodes[a], nodes[b]] == quartiles
    bare = ask("transitions", asked, {"level": level, "repeats": repeats, "rows": 1000, "times": False})
    assert [column.id for column in bare.columns] == [one.id for one in found.columns if one.kind != "seconds"]
    assert bare.rows == tuple(row[:-3] for row in found.rows)
    for name in states.nodes:
        shares = [share for a, share in rows_of(found, "from", "share") if a == name]
        assert not shares or sum(shares) == pytest.approx(1)


@settings(max_examples=60, deadline=None)
@given(logs(), levels, st.booleans(), st.integers(1, 6), st.integers(0, 4), st.data())
def test_steps_as_the_twin_counts_them(
    tape: Tape, level: str, repeats: bool, after: int, before: int, data: st.DataObject
) -> None:
    """R-26: the step matrix from the beginning, and around a state."""
    asked = asked_of(tape)
    states, closing, plain = plain_units(asked, level, not repeats)
    around = data.draw(st.sampled_from([None, *states.names]))
    anchor = None if around is None else states.names.index(around)
    width = after if around is None else before + 1 + after
    back = 0 if around is None else before
    expected = naive_steps(plain, closing, len(states.names), width, anchor, back)
    found = ask(
        "steps", asked, {"level": level, "repeats": repeats, "after": after, "before": before, "around": around}
    )
    label = 1 if around is None else -before
    assert {(k, s): n for k, s, n in rows_of(found, "step", "state", "passes")} == {
        (k + label, states.nodes[s]): n for (s, k), n in expected.items()
    }


@settings(max_examples=60, deadline=None)
@given(logs(), levels, st.booleans(), st.integers(1, 4), st.sampled_from(["deal", "left"]))
def test_paths_as_plain_counting_finds_them(tape: Tape, level: str, repeats: bool, length: int, outcome: str) -> None:
    """R-26: the most frequent last steps to success and to leaving."""
    asked = asked_of(tape)
    states, _, _ = plain_units(asked, level, not repeats)
    code = Walks(asked, level).states(0, len(tape.customers), states)
    passes = asked.ready.passes
    counts: dict[str, int] = {}
    for u in range(len(passes)):
        if passes.status[u] != (2 if outcome == "deal" else 1):
            continue
        follows = u + 1 < len(passes) and passes.customer[u + 1] == passes.customer[u]
        stop = int(passes.first_event[u + 1]) if follows else int(tape.offsets[passes.customer[u] + 1])
        until = int(passes.deal[u]) if outcome == "deal" else int(passes.end[u])
        seen: list[str] = []
        for i in range(int(passes.first_event[u]), stop):
            s = int(code[i])
            if s != 65_535 and tape.time[i] <= until and (repeats or not seen or seen[-1] != states.names[s]):
                seen.append(states.names[s])
        if seen:
            path = " > ".join((["…"] if len(seen) > length else []) + seen[-length:])
            counts[path] = counts.get(path, 0) + 1
    found = ask("paths", asked, {"level": level, "repeats": repeats, "length": length, "outcome": outcome, "rows": 200})
    assert dict(rows_of(found, "path", "passes")) == counts
    assert all(low <= share <= high for share, low, high in rows_of(found, "share", "low", "high"))


@settings(max_examples=60, deadline=None)
@given(
    logs(),
    st.sampled_from(["deals", "visits"]),
    st.sampled_from(["week", "month"]),
    st.sampled_from(["calendar", "age"]),
)
def test_retention_as_the_twin_counts_it(tape: Tape, by: str, period: str, counted: str) -> None:
    """R-27: cohorts by calendar and by age; periods not seen to their end are nobody's absence."""
    from tropa.trail.measures.retention import PERIODS, periods

    asked = asked_of(tape)
    bound = asked.ready.bound
    at = bound.deals.event if by == "deals" else np.flatnonzero(bound.stage != 255)
    found = ask("retention", asked, {"by": by, "period": period, "counted": counted, "width": 4})
    if not len(at):
        assert isinstance(found.cannot_tell, CannotTell)
        return
    times = tape.time[at] if by == "visits" else bound.deals.time
    edges, labels = periods(int(times.min()), int(times.max()), period)
    acts: dict[int, list[tuple[int, int]]] = {}
    for event, time in zip(at.tolist(), times.tolist(), strict=True):
        owner = int(np.searchsorted(tape.offsets, event, side="right")) - 1
        acts.setdefault(owner, []).append((time, int(np.searchsorted(edges, time, side="right")) - 1))
    length = PERIODS[period] if counted == "age" else 0
    active, seen = naive_retention(acts, length, edges[1:].tolist(), asked.ready.passes.observed_until, 5)
    assert {(c, k): (a, n) for c, k, a, n in rows_of(found, "cohort", "age", "active", "seen")} == {
        (labels[c], k): (active.get((c, k), 0), n) for (c, k), n in seen.items()
    }
    assert found.n == len(acts)


@settings(max_examples=60, deadline=None)
@given(logs(), st.integers(0, 3))
def test_spans_as_the_twin_finds_them(tape: Tape, target: int) -> None:
    """R-25: what counts as having been met ends where a pass goes on."""
    ready = prepare(tape, VALUE)
    passes, bound = ready.passes, ready.bound
    later = {int(s) for s in np.flatnonzero(bound.later[target])}
    stops = [
        int(passes.first_event[u + 1])
        if u + 1 < len(passes) and passes.customer[u + 1] == passes.customer[u]
        else int(tape.offsets[passes.customer[u] + 1])
        for u in range(len(passes))
    ]
    entry, leave, visits = (np.empty(len(passes), np.int64) for _ in range(3))
    went = np.empty(len(passes), np.uint8)
    bits = sum(1 << s for s in later)
    spans(
        passes.first_event,
        np.array(stops),
        bound.stage,
        tape.time,
        passes.deal,
        target,
        bits,
        entry,
        leave,
        went,
        visits,
    )
    for u, stop in enumerate(stops):
        begin = int(passes.first_event[u])
        events = [(int(bound.stage[i]), int(tape.time[i])) for i in range(begin, stop)]
        deal = int(passes.deal[u])
        plain = naive_spans(events, None if deal == np.iinfo(np.int64).min else deal, target, later)
        own = int(entry[u]) - begin if entry[u] >= 0 else -1
        assert (own, int(leave[u]) - begin, int(went[u]), int(visits[u])) == plain


def test_time_between_purchases_censors_waits() -> None:
    """R-27: by hand. Waits 2 d (came), 3 d and 4 d (still going): the curve is at 1/3 from the second day on."""
    rows = [("a", 0, "pay"), ("a", 48, "pay"), ("b", 48, "pay"), ("c", 24, "pay"), ("d", 120, "see")]
    tape = log(*rows, complete_until={"log": 5 * DAY})
    found = ask("purchase-interval", asked_of(tape), {"points": 6})
    shares = {round(float(t or 0) / 86_400, 3): share for t, share in rows_of(found, "time", "share")}
    assert found.n == 4
    assert max(shares.values()) == pytest.approx(1 / 4)
    assert found.notes[0].facts["came"] == 1


def test_settings_are_understood_or_refused() -> None:
    """R-26: texts of the command line and values of the app; TR-T301…TR-T304 with the nearest name."""
    asked = asked_of(log(("a", 0, "see"), ("a", 1, "pick"), ("b", 100, "see")))
    declared: Declaration = declaration("funnel")
    understood = declared.settings({"path": "see, pick", "window": "7d"})
    assert (understood["path"], understood["window"]) == (("see", "pick"), timedelta(days=7))
    for raw, code in (
        ({"pth": "x"}, "TR-T302"), ({"window": "soon"}, "TR-T303"), ({"path": "see"}, "TR-T304"), ({"path": "see,pik"}, "TR-T305"),
    ):  # fmt: skip
        with pytest.raises(TropaError, match=code):
            ask("funnel", asked, raw)
    with pytest.raises(TropaError, match="TR-T301"):
        ask("funel", asked)
    for raw in ({"rows": 0}, {"rows": True}, {"level": "pages"}, {"repeats": "perhaps"}):
        with pytest.raises(TropaError, match="TR-T303"):
            ask("transitions", asked, raw)
    assert transitions.DECLARATION.settings({"repeats": "yes", "rows": "7"})["repeats"] is True


@pytest.mark.parametrize("declared", DECLARATIONS, ids=lambda one: one.id)
def test_every_measure_holds_together(declared: Declaration) -> None:
    """R-26: its picture and intervals name columns that it has; an empty trail is no error."""
    names = [column.id for column in declared.columns]
    assert len(set(names)) == len(names)
    for column in declared.columns:
        assert {column.low, column.high, column.part, column.whole} <= {None, *names}
    drawn = declared.picture
    assert {drawn.x, drawn.y, drawn.value, drawn.series} <= {"", *names}
    lonely = ask(declared.id, asked_of(log(("a", 0, "noise"), ("b", 5, "see"))), {})
    assert {column.id for column in lonely.columns} <= set(names)
    assert all(len(row) == len(lonely.columns) for row in lonely.rows)
    nobody = asked_of(log(("a", 0, "see"), ("a", 90, "pay")), Filter(start=10**18))
    empty = ask(declared.id, nobody, {})
    assert empty.rows == ()
    assert empty.cannot_tell is not None
