"""The map against the trail: skipped stages, ways back, unknown events, and what nobody does (R-22)."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from shops import BRANCHES, LINE, log, logs, shop_map

from tropa.model import Loop, Map
from tropa.model.measure import Answer
from tropa.trail import prepare
from tropa.trail.answers import find_answers
from tropa.trail.kernels.conform import naive_conform
from tropa.trail.measures import Asked, ask
from tropa.trail.tape import Tape


def held(tape: Tape, value: Map, **raw: Any) -> tuple[Answer, dict[tuple[str, str], dict[str, Any]]]:
    """The answer, and its rows by deviation and what."""
    ready = prepare(tape, value)
    answer = ask("conformance", Asked(ready, find_answers(ready), ready.everybody), raw)
    names = [column.id for column in answer.columns]
    rows = [dict(zip(names, row, strict=True)) for row in answer.rows]
    return answer, {(row["deviation"], row["what"]): row for row in rows}


def test_a_skipped_stage_a_way_back_and_an_unknown_event_are_told() -> None:
    """R-22: each by the passes that have it, of those that had the occasion."""
    tape = log(
        ("a", 0, "see"), ("a", 1, "pick"), ("a", 2, "pay"),
        ("b", 0, "see"), ("b", 1, "pay"), ("b", 1.5, "noise"),
        ("c", 0, "see"), ("c", 1, "pick"), ("c", 2, "see"), ("c", 3, "noise"),
        ("d", 0, "see"), ("d", 200, "use"),
    )  # fmt: skip
    answer, rows = held(tape, shop_map())
    skipped = rows["mark:skipped", "stage:pick"]
    assert (skipped["passes"], skipped["whole"], skipped["customers"]) == (1, 2, 1)
    back = rows["mark:back", "stage:pick > stage:see"]
    assert (back["passes"], back["whole"], back["mine_all"], back["rest_on"]) == (1, 2, 1, 1)
    noise = rows["mark:unknown-event", "event:noise"]
    assert (noise["passes"], noise["whole"], noise["customers"]) == (2, 5, 2)
    assert [key for key in rows if key[0] == "mark:unseen"] == [
        ("mark:unseen", f"point:at-{n}") for n in ("see2", "enter", "send")
    ]
    facts = {note.message: note.facts for note in answer.notes}
    assert facts["measure-note-fit-passes"] == {"n": 3, "all": 5}
    assert facts["measure-note-fit-events"] == {"n": 10, "all": 12}


def test_a_loop_of_the_map_is_no_deviation_and_a_branch_is_not_skipped() -> None:
    """What the map has is the map; of two branches the other one is not missed."""
    tape = log(("c", 0, "see"), ("c", 1, "pick"), ("c", 2, "see"))
    _, rows = held(tape, shop_map(loops=(Loop(source="pick", target="see"),)))
    assert ("mark:back", "stage:pick > stage:see") not in rows
    both = log(("a", 0, "see"), ("a", 1, "shop"), ("a", 2, "pay"), ("b", 0, "see"), ("b", 1, "web"), ("b", 2, "pay"))
    answer, rows = held(both, shop_map(branches=True))
    told = {key for key in rows if key[0] != "mark:unseen"}
    assert told == set()
    assert {note.message: note.facts for note in answer.notes}["measure-note-fit-passes"] == {"n": 2, "all": 2}
    _, rows = held(log(("a", 0, "see"), ("a", 2, "pay"), ("b", 0, "web"), ("b", 1, "shop")), shop_map(branches=True))
    assert ("mark:skipped", "stage:web") in rows


def test_a_deviation_that_costs_deals_is_priced_with_its_interval() -> None:
    """R-22: by frequency and money. Those who skip `pick` buy half as often here, 100 each time."""
    rows = []
    for k in range(200):
        rows += [(f"p{k}", k, "see"), (f"p{k}", k + 1, "pick"), (f"p{k}", k + 2, "enter")]
        rows += [(f"p{k}", k + 3, "pay")] if k % 2 else []
        rows += [(f"s{k}", k, "see"), (f"s{k}", k + 2, "enter")]
        rows += [(f"s{k}", k + 3, "pay")] if k % 4 == 1 else []
    rows += [("end", 1_000, "see")]
    values = [10_000 if row[2] == "pay" else -(2**63) for row in rows]
    _, found = held(log(*rows, values=values), shop_map(), sort="money")
    row = found["mark:skipped", "stage:pick"]
    assert (row["mine_share"], row["rest_share"], row["difference"]) == (0.25, 0.5, -0.25)
    assert row["difference_high"] < 0
    assert row["chance"] < 0.05
    months = (1_000 / 24) / 30
    assert abs(row["effect"] - (25 - 50) * 200 / months) < 1e-6
    assert row["effect_low"] < row["effect"] < row["effect_high"] < 0


@settings(max_examples=80, deadline=None)
@given(logs(), st.booleans(), st.booleans())
def test_the_kernel_counts_what_the_naive_one_does(tape: Tape, branches: bool, looped: bool) -> None:
    """Pass by pass, on any log and map."""
    value = shop_map(branches, loops=(Loop(source="use", target="see"),) if looped else ())
    ready = prepare(tape, value)
    bound, passes = ready.bound, ready.passes
    names = [name for name, _ in (BRANCHES if branches else LINE)]
    later = {(a, b) for a in range(len(names)) for b in range(len(names)) if bound.later[a, b]}
    loops = {(names.index("use"), names.index("see"))} if looped else set()
    seen = {k for k in range(len(names)) if bound.observed[k]}
    expected: dict[tuple[str, str], list[int]] = {}

    def add(key: tuple[str, str], side: int) -> None:
        expected.setdefault(key, [0, 0])[side] += 1

    for p in range(len(passes)):
        visits = passes.visit_stage[passes.visits_from[p] : passes.visits_from[p + 1]].tolist()
        skipped, could, back = naive_conform(visits, later, seen, loops)
        for k in could:
            add(("mark:skipped", f"stage:{names[k]}"), 1)
        for k in skipped:
            add(("mark:skipped", f"stage:{names[k]}"), 0)
        for b, a in back:
            add(("mark:back", f"stage:{names[b]} > stage:{names[a]}"), 0)
        for b, a in {(b, a) for b in visits for a, c in later if c == b} - loops:
            add(("mark:back", f"stage:{names[b]} > stage:{names[a]}"), 1)
    _, rows = held(tape, value)
    found = {key: [row["passes"], row["whole"]] for key, row in rows.items() if key[0] in ("mark:skipped", "mark:back")}
    assert found == {key: sides for key, sides in expected.items() if sides[0]}
