"""What an XES log declares for all its events: classifiers that name them, and attributes that every one has (R-20)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tropa import events
from tropa.cli.main import run
from tropa.events.contract import ColumnRole as R
from tropa.events.contract import Overrides
from tropa.events.keeping import plan_from_json, plan_to_json
from tropa.model import TropaError
from tropa.service.workspace import open_workspace
from tropa.words import words

HEAD = """<log>
 <global scope="trace"><string key="concept:name" value="nobody"/><string key="region" value="unknown"/></global>
 <global scope="event"><date key="time:timestamp" value="1970-01-01T00:00:00Z"/><string key="org:resource" value="none">
  <string key="team" value="A"/></string><string key="lifecycle:transition" value="complete"/></global>
 <classifier name="Activity classifier" keys="concept:name lifecycle:transition"/>
 <classifier name="Resource classifier" keys="org:resource"/>
 <classifier name="By step and desk" keys="concept:name 'desk no'"/>
 <classifier name="Event Name" keys="concept:name"/>
 <classifier name="Cases" scope="trace" keys="region"/>
"""


def event(name: str, minute: int, *more: tuple[str, str]) -> str:
    cells = (("concept:name", name), *more)
    inner = "".join(f'<string key="{key}" value="{value}"/>' for key, value in cells)
    return f'<event>{inner}<date key="time:timestamp" value="2024-03-01T10:{minute:02d}:00Z"/></event>'


START, DONE = ("lifecycle:transition", "start"), ("lifecycle:transition", "complete")
LOG = (
    HEAD + '<trace><string key="concept:name" value="7"/>'
    + event("pack", 0, START, ("org:resource", "Ann"), ("desk no", "3"))
    + event("pack", 1, DONE, ("org:resource", "Bob"))
    + event("note", 2)
    + '</trace><trace><string key="region" value="north"/>' + event("late", 3) + "</trace></log>"
)  # fmt: skip


def test_classifiers_are_offered_and_one_names_events(write: Callable[..., Path], rows_of: Callable[..., Any]) -> None:
    """R-20: as ever, an event is its name and a completion; a classifier with the transition keeps starts, too."""
    file = write("a.xes", LOG)
    plan = events.plan(file)
    assert plan.classifiers == {
        "Activity classifier": ("concept:name", "lifecycle:transition"),
        "Resource classifier": ("org:resource",),
        "By step and desk": ("concept:name", "desk no"),
    }
    assert any("Activity classifier, Resource" in text for text in events.notes(plan, "en"))
    assert [row["event"] for row in rows_of(file)[0]] == ["pack", "note"]
    told = Overrides(classifier="Activity classifier")
    good, bad = rows_of(file, told)
    assert [row["event"] for row in good] == ["pack+start", "pack+complete", "note"]
    assert [row.code for row in bad] == ["TR-E103"], "the second case has no name, so its event has no customer"
    assert events.plan(file, told).column(R.EVENT) == "concept:name+lifecycle:transition"
    good, _ = rows_of(file, Overrides(classifier="By step and desk", lifecycle="all"))
    assert [row["event"] for row in good] == ["pack+3", "pack", "note"]


def test_one_attribute_may_be_the_event(write: Callable[..., Path], rows_of: Callable[..., Any]) -> None:
    """R-20: an event without it waits in the quarantine; a column that the user names goes first."""
    file = write("a.xes", LOG)
    good, bad = rows_of(file, Overrides(classifier="Resource classifier"))
    assert [row["event"] for row in good] == ["Bob"]
    assert sorted(row.code for row in bad) == ["TR-E103", "TR-E104"]
    told = Overrides(classifier="Resource classifier", roles={"concept:name": R.EVENT})
    assert [row["event"] for row in rows_of(file, told)[0]] == ["pack", "note"]


def test_declarations_fill_in_what_is_missing_but_not_who_and_when(
    write: Callable[..., Path], rows_of: Callable[..., Any]
) -> None:
    """R-20: nested attributes and those of cases too; nobody is made up, nor a moment; without the wish nothing is filled in."""
    timeless = LOG.replace("</log>", '<trace><string key="concept:name" value="9"/><event/></trace></log>')
    file = write("a.xes", timeless)
    told = Overrides(
        defaults=True, roles=dict.fromkeys(("case:region", "org:resource", "org:resource.team"), R.PROPERTY)
    )
    good, bad = rows_of(file, told)
    assert [row["p:org:resource"] for row in good] == ["Bob", "none"]
    assert {(row["p:case:region"], row["p:org:resource.team"]) for row in good} == {("unknown", "A")}
    assert sorted(row.code for row in bad) == ["TR-E102", "TR-E103"]
    plain = Overrides(roles={"org:resource": R.PROPERTY, "case:region": R.PROPERTY})
    assert [row["p:org:resource"] for row in rows_of(file, plain)[0]] == ["Bob", None]
    classified = Overrides(classifier="Activity classifier", defaults=True)
    assert [row["event"] for row in rows_of(file, classified)[0]] == ["pack+start", "pack+complete", "note+complete"]


def test_small_pieces_and_a_kept_plan_read_the_same(write: Callable[..., Path], rows_of: Callable[..., Any]) -> None:
    """R-20: a plan that was kept as JSON reads as it did."""
    file = write("a.xes", LOG)
    plan = events.plan(file, Overrides(classifier="Activity classifier", defaults=True))
    again = plan_from_json(plan_to_json(plan))
    assert (again.classifier, again.classifiers, again.defaults) == (plan.classifier, plan.classifiers, True)
    whole = [row for batch in events.read(plan) for row in batch.events.to_pylist()]
    assert whole == [row for batch in events.read(plan, batch_rows=1) for row in batch.events.to_pylist()]


def test_a_classifier_that_is_not_there(write: Callable[..., Path]) -> None:
    """R-20: TR-E042 with the nearest name."""
    with pytest.raises(TropaError) as caught:
        events.plan(write("a.xes", LOG), Overrides(classifier="activity clasifier"))
    assert (caught.value.code, caught.value.facts["near"]) == ("TR-E042", "Activity classifier")


def test_by_the_command_line(tmp_path: Path, write: Callable[..., Path]) -> None:
    """R-20: `--classifier` and `--globals`."""
    folder = str(tmp_path / "work")
    told = ["--classifier", "Activity classifier", "--globals", "--yes"]
    assert run(["import", folder, str(write("a.xes", LOG)), *told], words("en")) == 0
    assert set(open_workspace(Path(folder)).tape().event.names[1:]) == {"pack+start", "pack+complete", "note+complete"}
