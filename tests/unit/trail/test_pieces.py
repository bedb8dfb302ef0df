"""A part of the log as Spark hands it over becomes the tape that this machine would make of it (R-63)."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import reduce
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from dealt import part_of
from hypothesis import given, settings
from hypothesis import strategies as st
from shops import HOUR, log, logs, shop_map

from tropa.events.masking import mask_text
from tropa.trail.draft import draft
from tropa.trail.filters import Filter
from tropa.trail.kernels.names import naive_number_of
from tropa.trail.limits import absences
from tropa.trail.numbers import by_name, hashed, numbers_of_names
from tropa.trail.parts import frame_of
from tropa.trail.prepare import prepare
from tropa.trail.spark.java import MISSING, java_home
from tropa.trail.spark.pieces import EVERY, FIRST, LogFacts, empty_tape, tape_of
from tropa.trail.spark.sample import add_samples, sample_part, tape_of_sample
from tropa.trail.spark.work import merge_all, packed, shared_part, unpacked
from tropa.trail.tape import NO_VALUE, Tape
from tropa.words import words


@settings(deadline=None)
@given(st.lists(st.text()))
def test_numbers_of_names_as_the_twin_makes_them(names: list[str]) -> None:
    """R-63: FNV-1a, also of names that are not ASCII, and of none."""
    assert numbers_of_names(names).tolist() == [naive_number_of(name) for name in names]


def test_the_number_of_a_name_as_published() -> None:
    """R-63: the test vectors of FNV's authors, so that a log keeps its numbers for ever."""
    assert [f"{one:016x}" for one in numbers_of_names(["", "a", "foobar"])] == [
        "cbf29ce484222325", "af63dc4c8601ec8c", "85944171f73967e8",
    ]  # fmt: skip


def facts_of(tape: Tape) -> LogFacts:
    names = {name: getattr(tape, name).names for name in ("event", "channel", "source")}
    return LogFacts("v", names, tape.sources, None, tape.events, int(tape.time.min()), int(tape.time.max()))


def rows_of(tape: Tape, how: str) -> pa.Table:
    owner = np.repeat(tape.customers, np.diff(tape.offsets))
    first = np.zeros(tape.events, bool)
    first[tape.offsets[:-1]] = True
    told = owner.tolist() if how == EVERY else [name if here else None for name, here in zip(owner, first, strict=True)]
    return pa.table(
        {
            how: pa.array(told, pa.string()),
            "time": tape.time,
            "event": tape.event.codes.astype(np.int16),
            "channel": tape.channel.codes.astype(np.int16),
            "source": tape.source.codes.astype(np.int16),
            "value": pa.array([None if one == NO_VALUE else one for one in tape.value.tolist()], pa.int64()),
            "score": pa.array([None if one != one else one for one in tape.score.tolist()], pa.float64()),
            "order": pa.array([f"o{one}" if one else None for one in tape.order.tolist()], pa.string()),
        }
    )


@settings(max_examples=60, deadline=None)
@given(logs(), st.sampled_from([FIRST, EVERY]), st.integers(1, 7))
def test_batches_become_the_same_tape(tape: Tape, how: str, size: int) -> None:
    """R-63: whatever the batches are, with a customer's name on the first row or on every one."""
    made = tape_of(rows_of(tape, how).to_batches(max_chunksize=size), facts_of(tape))
    for name in ("offsets", "time", "value"):
        assert getattr(made, name).tolist() == getattr(tape, name).tolist()
    for name in ("event", "channel", "source"):
        assert getattr(made, name).codes.tolist() == getattr(tape, name).codes.tolist()
    assert np.array_equal(made.score, tape.score, equal_nan=True)
    # orders have other numbers, but the same events share one
    pairs = set(zip(made.order.tolist(), tape.order.tolist(), strict=True))
    assert len(pairs) == len({one for one, _ in pairs}) == len({one for _, one in pairs})
    assert made.customers.tolist() == tape.customers.tolist()
    assert made.numbers is not None
    assert made.numbers.tolist() == numbers_of_names(tape.customers.tolist()).tolist()


def test_customers_words_are_masked_where_they_are_looked_at() -> None:
    """R-30, R-63: which events have them, and nothing that could be a person."""
    tape = log(("a", 0, "see"), ("a", 1, "use"), ("b", 0, "use"))
    said = pa.array([None, "позвоните +7 912 345-67-89", "всё хорошо"], pa.string())
    made = tape_of(rows_of(tape, FIRST).append_column("text", said).to_batches(max_chunksize=2), facts_of(tape))
    assert made.texts["event"].tolist() == [1, 2]
    assert made.texts["text"].tolist() == [mask_text("позвоните +7 912 345-67-89"), "всё хорошо"]
    assert "912" not in made.texts["text"][0]
    assert dict(tape_of(rows_of(tape, FIRST).to_batches(), facts_of(tape)).texts) == {}


@settings(max_examples=40, deadline=None)
@given(logs(), st.data())
def test_customers_from_many_parts_become_one_tape(tape: Tape, data: st.DataObject) -> None:
    """R-63: all of them where the log is short, by name; orders of different parts stay apart; of a long log those drawn."""
    tape = by_name(tape)
    people = range(len(tape.customers))
    deal = data.draw(st.lists(st.integers(0, 2), min_size=len(people), max_size=len(people)))
    parts = [part_of(tape, [c for c in people if deal[c] == k]) for k in range(max(deal) + 1)]
    customers, pieces = reduce(add_samples, (sample_part(part, stride=1) for part in parts))
    made = tape_of_sample(pieces, facts_of(tape))
    same = part_of(tape, sorted(people, key=lambda c: tape.customers[c]))
    assert customers == len(people)
    for name in ("customers", "offsets", "time", "value", "numbers"):
        assert getattr(made, name).tolist() == getattr(same, name).tolist()
    for name in ("event", "channel", "source"):
        assert getattr(made, name).codes.tolist() == getattr(same, name).codes.tolist()
    owner = np.repeat(np.arange(len(people)), np.diff(made.offsets))
    pairs = {(int(who), int(a), int(b)) for who, a, b in zip(owner, made.order, same.order, strict=True) if b}
    assert len({(who, a) for who, a, _ in pairs}) == len(pairs) == len({(who, b) for who, _, b in pairs})
    _, some = sample_part(tape, stride=3)
    drawn = hashed(numbers_of_names(tape.customers.tolist())) % np.uint64(3) == 0
    assert some[0]["customers"].tolist() == tape.customers[drawn].tolist()


def test_a_draft_of_parts_is_that_of_the_whole() -> None:
    """R-63: a log that is short enough to be looked at as a whole."""
    rows = [
        (f"c{who}", 30 * who + at, event)
        for who in range(40)
        for at, event in enumerate(("view", "cart", "order_paid"))
    ]
    tape = by_name(log(*rows, orders=[f"o{who}" if event == "order_paid" else None for who, _, event in rows]))
    parts = [part_of(tape, list(range(k, 40, 3))) for k in range(3)]
    _, pieces = reduce(add_samples, (sample_part(part, stride=1) for part in parts))
    found = draft(tape_of_sample(pieces, facts_of(tape)), words("en"))
    assert found == draft(tape, words("en"))
    assert found.deal_stage is not None


def test_customers_of_two_groups_are_counted_by_parts() -> None:
    """R-10, R-63: how many are in the one, in the other, in both."""
    tape = by_name(log(*((f"c{who}", who, "see") for who in range(12)), channels=["site", "app", "site", None] * 3))
    ready = prepare(tape, shop_map())
    wishes = {"one": Filter(channel="site"), "other": Filter()}
    found = [shared_part(part_of(tape, list(range(k, 12, 5))), frame=frame_of(ready), **wishes) for k in range(5)]
    assert np.sum(found, axis=0).tolist() == [6, 12, 6]


def test_no_batches_are_no_events() -> None:
    """R-63: a partition may be empty."""
    tape = empty_tape(facts_of(log(("a", 0, "see"))))
    assert (tape.events, len(tape.customers), tape.event.names) == (0, 0, ("", "see"))


def test_partials_are_merged_where_they_lie() -> None:
    """R-63: many on the cluster, eight to one."""
    batch = pa.RecordBatch.from_arrays([pa.array([packed(3), packed(4)], pa.binary())], names=["found"])
    (out,) = merge_all(packed(max), [batch, batch])
    assert unpacked(out.column(0)[0].as_py()) == 4
    assert list(merge_all(packed(max), [])) == []


def test_limits_are_proposed_from_customers_drawn_by_who_they_are() -> None:
    """R-63: one customer in three, wherever the log is looked at."""
    rows = [(f"c{who}", hour, "see") for who in range(60) for hour in (0, who + 1)]
    tape = by_name(log(*rows))
    ready = prepare(tape, shop_map())
    every, some = (absences(tape, ready.bound, stride) for stride in (1, 3))
    assert sorted(every) == [(who + 1) * HOUR for who in range(60)]
    assert 8 <= len(some) <= 32
    assert set(some) < set(every)


@pytest.mark.skipif(os.name == "nt", reason="the script is a shell's")
def test_java_comes_from_the_wheel_where_there_is_none(tmp_path: Path) -> None:
    """R-63: the wheel's Java starts with what Spark gives it, spaces in arguments and all."""
    home = java_home(tmp_path / "java home", {"PATH": ""})
    told = [str(home / "bin" / "java"), MISSING, "-Dtropa.said=a b", "-XshowSettings:properties", "-version"]
    found = subprocess.run(told, capture_output=True, text=True, check=True)
    assert "tropa.said = a b" in found.stderr
    assert java_home(tmp_path, {"JAVA_HOME": "/opt/java"}) == Path("/opt/java")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "java").write_text("#!/bin/sh\n")
    (tmp_path / "bin" / "java").chmod(0o755)
    assert java_home(tmp_path, {"PATH": str(tmp_path / "bin")}) == tmp_path.resolve()


@pytest.mark.skipif(os.name == "nt", reason="a folder under a file is named otherwise")
def test_an_executor_compiles_into_its_own_folder(tmp_path: Path) -> None:
    """R-63: where the user's cache cannot be written, kernels are still compiled once for all tasks of an executor."""
    blocked = tmp_path / "file"
    blocked.write_text("")
    environment: dict[str, Any] = {
        **os.environ, "TROPA_CACHE_DIR": str(blocked / "under"), "TROPA_CACHE_SPARE": str(tmp_path / "spare"),
    }  # fmt: skip
    code = "from tropa.trail.kernels.jit import cache_folder; print(cache_folder())"
    found = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert found.stdout.startswith(str(tmp_path / "spare"))
    assert found.stderr == ""
