"""A tape straight from a trusted Parquet file (R-20, R-63)."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tropa.model import TropaError
from tropa.trail import placing
from tropa.trail.archive.build import tape_from_columns
from tropa.trail.kernels.place import naive_place
from tropa.trail.named import Names
from tropa.trail.parquet_log import ParquetLog
from tropa.trail.tape import NO_VALUE
from tropa.trail.trusted import Roles, trusted_tape

EVENTS = ("seen", "asked", "paid")
ROLES = Roles(channel="channel", value="value")


def written(folder: Path, rows: list[tuple[int, int, int]], **more: Any) -> Path:
    """A file of (customer, µs, number of the event); channel and value go by the row."""
    table = pa.table(
        {
            "customer": pa.array([row[0] for row in rows], pa.int64()),
            "time": pa.array([row[1] for row in rows], pa.timestamp("us", "UTC")),
            "event": pa.array([EVENTS[row[2]] for row in rows], pa.string()),
            "channel": pa.array([("ads", None, "mail")[k % 3] for k in range(len(rows))], pa.string()),
            "value": pa.array([None if k % 2 else k + 0.25 for k in range(len(rows))], pa.float64()),
            **more,
        }
    )
    file = folder / "log.parquet"
    pq.write_table(table, file, row_group_size=3)
    return file


@settings(deadline=None, max_examples=60)
@given(
    rows=st.lists(st.tuples(st.integers(-5, 40), st.integers(0, 30), st.integers(0, 2)), max_size=60),
)
def test_it_is_the_tape_that_plain_sorting_gives(tmp_path_factory: pytest.TempPathFactory, rows: list[Any]) -> None:
    """Ties in time stay in the file's order; customers stand by number."""
    tape = trusted_tape(written(tmp_path_factory.mktemp("log"), rows), ROLES)
    order = naive_place([row[0] for row in rows], [row[1] for row in rows])
    assert tape.time.tolist() == [rows[at][1] for at in order]
    assert [tape.event.names[code] for code in tape.event.codes] == [EVENTS[rows[at][2]] for at in order]
    assert [tape.channel.names[code] for code in tape.channel.codes] == [("ads", "", "mail")[at % 3] for at in order]
    assert tape.value.tolist() == [NO_VALUE if at % 2 else at * 100 + 25 for at in order]
    found = [str(tape.customers[k]) for k in range(len(tape.customers)) for _ in range(*tape.offsets[k : k + 2])]
    assert found == [str(rows[at][0]) for at in order]


@settings(deadline=None, max_examples=25)
@given(rows=st.lists(st.tuples(st.integers(95, 1_005), st.integers(0, 30), st.integers(0, 2)), max_size=60))
def test_pieces_chunks_and_blocks_change_nothing(tmp_path_factory: pytest.TempPathFactory, rows: list[Any]) -> None:
    """Read in pieces of a few rows each, dealt out to blocks of a few customers (R-63)."""
    file = written(tmp_path_factory.mktemp("log"), rows)
    whole = trusted_tape(file, ROLES)
    with pytest.MonkeyPatch.context() as patch:
        for name, few in (("BATCH", 2), ("PIECE", 8), ("BLOCK", 3)):
            patch.setattr(placing, name, few)
        one = trusted_tape(file, ROLES)
    for name in ("customers", "offsets", "time", "value", "score", "session", "order"):
        np.testing.assert_array_equal(getattr(one, name), getattr(whole, name))
    for column in ("event", "channel", "instrument", "source"):
        assert getattr(one, column).names == getattr(whole, column).names
        np.testing.assert_array_equal(getattr(one, column).codes, getattr(whole, column).codes)
    assert (one.sources, one.version) == (whole.sources, whole.version)


@pytest.mark.parametrize("told", [False, True])
def test_customers_find_room_beside_their_times_or_not(tmp_path: Path, told: bool) -> None:
    """R-63: without statistics, and with times so far apart that no bit is left, a customer's number stands elsewhere. Both same tape."""
    rows = [(k * 7 % 300, k * k * 1_000, k % 3) for k in range(500)]
    if told:
        rows = [(3, -(2**61), 0), *rows, (299, 2**61, 1)]
    file = written(tmp_path, rows, time=pa.array([row[1] for row in rows], pa.int64()))
    if not told:
        pq.write_table(pq.read_table(file), file, write_statistics=False)
    tape = trusted_tape(file, ROLES)
    order = naive_place([row[0] for row in rows], [row[1] for row in rows])
    assert tape.time.tolist() == [rows[at][1] for at in order]
    assert tape.value.tolist() == [NO_VALUE if at % 2 else at * 100 + 25 for at in order]
    assert tape.offsets.tolist() == [0, *np.cumsum(np.unique([row[0] for row in rows], return_counts=True)[1]).tolist()]


def test_more_names_than_a_byte_numbers(tmp_path: Path) -> None:
    """R-20: 300 events in one column, three channels in the other: each has codes as wide as it needs."""
    rows = [(k % 40, k, 0) for k in range(900)]
    events = [f"e{k % 300}" for k in range(900)]
    tape = trusted_tape(written(tmp_path, rows, event=pa.array(events)), ROLES)
    assert (tape.event.codes.dtype, tape.channel.codes.dtype) == (np.uint16, np.uint8)
    assert tape.event.names == ("", *events[:300])
    order = naive_place([row[0] for row in rows], [row[1] for row in rows])
    assert [tape.event.names[code] for code in tape.event.codes] == [events[at] for at in order]


@pytest.mark.parametrize(("column", "ends"), [("customer", (1, 2)), ("time", (-(2**62), -(2**62) + 1))])
def test_a_file_that_says_wrong_things_of_itself_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, column: str, ends: tuple[int, int]
) -> None:
    """TR-T416: nothing is written where statistics would have it, but the rows would not."""
    file = written(tmp_path, [(k, 1_000 * k, 0) for k in range(1, 30)])
    true = ParquetLog.ends
    monkeypatch.setattr(ParquetLog, "ends", lambda log, name: ends if name == column else true(log, name))
    with pytest.raises(TropaError) as caught:
        trusted_tape(file, ROLES)
    assert (caught.value.code, caught.value.facts["name"]) == ("TR-T416", "log")


def test_a_file_tells_between_what_times_it_lies(tmp_path: Path) -> None:
    """R-63: whole numbers as they are, timestamps in µs of UTC, at most one too far out; nothing where the writer said nothing."""
    file = written(tmp_path, [(7, 1_500_000, 0), (-2, -3, 1)])
    log = ParquetLog.of_file(file)
    assert (log.ends("customer"), log.ends("time")) == ((-2, 7), (-4, 1_500_001))
    pq.write_table(pq.read_table(file), file, write_statistics=False)
    assert ParquetLog.of_file(file).ends("customer") is None


def test_names_are_numbered_as_the_file_has_them_whoever_reads_first() -> None:
    """Two batches in either order; a word in the dictionary of both belongs to the first."""
    first, second = pa.array(["b", None, "a"]), pa.array(["c", "b", "", "a"])
    for order in ((0, 1), (1, 0)):
        names = Names()
        found = {}
        for which in order:
            at, table = names.codes((first, second)[which], begin=3 * which)
            found[which] = names, at, table
        assert names.names == ("", "b", "a", "c")
        assert [int(names.order()[found[0][2][k]]) for k in found[0][1]] == [1, 0, 2]
        assert [int(names.order()[found[1][2][k]]) for k in found[1][1]] == [3, 1, 0, 2]


def test_it_answers_as_the_same_log_put_together_in_memory(tmp_path: Path) -> None:
    """Its arrays are those of a tape that was built from columns, customers renumbered."""
    rng = np.random.default_rng(4)
    rows = [
        (int(c), int(t), int(e))
        for c, t, e in zip(rng.integers(0, 50, 900), rng.integers(0, 10**9, 900), rng.integers(0, 3, 900), strict=True)
    ]
    rows.sort()
    one = trusted_tape(written(tmp_path, rows), ROLES)
    other = tape_from_columns([str(row[0]) for row in rows], [row[1] for row in rows], [EVENTS[row[2]] for row in rows])
    assert one.offsets.tolist() == other.offsets.tolist()
    assert one.time.tolist() == other.time.tolist()
    assert [one.event.names[code] for code in one.event.codes] == [
        other.event.names[code] for code in other.event.codes
    ]
    assert one.sources[0].complete_until == max(row[1] for row in rows)


def test_an_empty_file_is_an_empty_tape(tmp_path: Path) -> None:
    """Nothing to place."""
    tape = trusted_tape(written(tmp_path, []), ROLES)
    assert (tape.events, len(tape.customers), tape.sources) == (0, 0, ())


def test_seconds_and_times_without_a_zone_are_utc(tmp_path: Path) -> None:
    """Instants are µs UTC whatever the file's unit."""
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    plain = pa.array([at.replace(tzinfo=None)], pa.timestamp("s"))
    tape = trusted_tape(written(tmp_path, [(1, 0, 0)], time=plain), ROLES)
    assert tape.time.tolist() == [round(at.timestamp()) * 1_000_000]


def test_what_is_not_clean_is_refused_with_what_to_do(tmp_path: Path) -> None:
    """TR-T410 a missing column, TR-T411 an unfit one, TR-T412 a gap: where, and that importing takes it."""
    file = written(tmp_path, [(1, 5, 0), (2, 6, 1)])
    with pytest.raises(TropaError) as missing:
        trusted_tape(file, Roles(customer="custmer"))
    assert (missing.value.code, missing.value.facts["near"]) == ("TR-T410", "customer")
    with pytest.raises(TropaError) as unfit:
        trusted_tape(file, Roles(customer="event"))
    assert unfit.value.code == "TR-T411"
    gap = written(tmp_path, [(1, 5, 0), (2, 6, 1)], event=pa.array(["seen", None]))
    with pytest.raises(TropaError) as hole:
        trusted_tape(gap, ROLES)
    assert (hole.value.code, hole.value.facts["row"]) == ("TR-T412", 2)
    far = written(tmp_path, [(1, 5, 0), (10**15, 6, 1)])
    with pytest.raises(TropaError) as apart:
        trusted_tape(far, ROLES)
    assert apart.value.code == "TR-T411"
