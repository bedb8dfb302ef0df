"""What an archive does with hard cases: identities, currencies, locks, damage, erasure, extremes (R-20, R-64, R-65)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tropa.events.contract import BadRow, EventBatch
from tropa.model import TropaError
from tropa.trail.archive import Archive
from tropa.trail.tape import Tape
from tropa.words import LANGUAGES, words


def opened(archive: Archive) -> Tape:
    tape = archive.tape()
    assert tape is not None
    return tape


def simple(count: int, customer: str = "c", event: str = "e", **more: Any) -> list[dict[str, Any]]:
    return [{"customer": customer, "time": at, "event": event, **more} for at in range(count)]


def test_the_same_file_twice_and_a_longer_export(tmp_path: Path, batch: Any, now: datetime) -> None:
    """R-20: equal rows inside a file are distinct; a longer export adds what is new; another source is another thing."""
    archive, rows = Archive(tmp_path), [*simple(3), *simple(3)]
    first = archive.add([batch(rows)], source="shop", now=now, file="a.csv")
    assert (first.accepted, first.duplicates) == (6, 0)
    again = archive.add([batch(rows[:2]), batch(rows[2:])], source="shop", now=now)
    assert (again.accepted, again.duplicates, again.changed) == (0, 6, False)
    longer = archive.add([batch([*rows, rows[0], *simple(1, "new")])], source="shop", now=now)
    assert (longer.accepted, longer.duplicates) == (2, 6)
    assert archive.add([batch(rows)], source="crm", now=now).accepted == 6
    assert [item.accepted for item in archive.summary().imports] == [6, 2, 6]


def test_a_message_counts_once(tmp_path: Path, batch: Any, now: datetime) -> None:
    """R-20: within a file and across files, whatever the rest of the row says."""
    archive = Archive(tmp_path)
    rows = [*simple(2, message_id="m1"), *simple(2, message_id="m2"), *simple(1), *simple(1)]
    assert archive.add([batch(rows)], source="sdk", now=now).accepted == 4
    later = archive.add([batch(simple(1, "other", message_id="m2"))], source="sdk", now=now)
    assert (later.accepted, later.duplicates) == (0, 1)


def test_a_date_filled_in_later_adds_one_event(tmp_path: Path, batch: Any, now: datetime) -> None:
    """R-20, R-21: the events of an order are known by order, name and time."""
    archive = Archive(tmp_path)
    old = [{"customer": "c", "time": 1, "event": "order_created", "order": "7", "value": 100}]
    new = [
        {"customer": "c", "time": 1, "event": "order_created", "order": "7", "value": 120},
        {"customer": "c", "time": 9, "event": "order_paid", "order": "7", "value": 120},
    ]
    archive.add([batch(old, wide=True)], source="orders", now=now, currency="RUB")
    assert archive.add([batch(new, wide=True)], source="orders", now=now, currency="RUB").accepted == 1
    assert opened(archive).order.tolist() == [1, 1]


def test_typed_columns_and_column_order(tmp_path: Path, batch: Any, now: datetime) -> None:
    """R-20: raw cells of any Arrow type have an identity, dictionaries or not, in whatever order the columns come."""
    events = batch(simple(3)).events
    raw = pa.table(
        {
            "n": pa.array([1, None, 3], pa.int32()),
            "x": pa.array([0.5, None, 2.0]),
            "d": pa.array([1, 2, None], pa.date32()),
            "t": pa.array([1, 2, None], pa.timestamp("us", tz="UTC")),
            "b": pa.array([True, False, None]),
            "m": pa.array([1, 2, None], pa.decimal128(9, 2)),
            "l": pa.array([[1], None, [2, 3]], pa.list_(pa.int64())),
            "s": pa.array(["a", "a", None]).dictionary_encode(),
            "u": pa.array([2**64 - 1, None, 1], pa.uint64()),
        }
    )
    archive = Archive(tmp_path)
    assert archive.add([EventBatch(events, raw)], source="s", now=now).accepted == 3
    plain = raw.set_column(7, "s", raw["s"].cast(pa.string())).select(raw.column_names[::-1])
    assert archive.add([EventBatch(events, plain)], source="s", now=now).accepted == 0
    other = raw.set_column(0, "n", pa.array([1, 2, 3], pa.int32()))
    assert archive.add([EventBatch(events, other)], source="s", now=now).accepted == 1


def test_customers_are_pseudonyms_and_the_vault_knows_them(tmp_path: Path, batch: Any, now: datetime) -> None:
    """R-64: no identity outside the vault; asking is explicit; ids, phones and e-mails of joined customers come together."""
    archive = Archive(tmp_path)
    archive.add([batch(simple(1, "ivan-petrov", phone="+79161112233", name="Иван"))], source="shop", now=now)
    joined = archive.add([batch(simple(1, "tg:42", phone="+79161112233", email="ivan@mail.ru"))], source="bot", now=now)
    assert (joined.joined, joined.customers) == (1, 1)
    tape = opened(archive)
    assert tape.events == 2
    who = archive.reveal(str(tape.customers[0]))
    assert who.ids == ("ivan-petrov", "tg:42")
    assert (who.phones, who.emails, who.names) == (("+79161112233",), ("ivan@mail.ru",), ("Иван",))
    for path in tmp_path.rglob("*"):
        if path.is_file() and "vault" not in path.parts:
            content = path.read_bytes()
            assert b"petrov" not in content
            assert b"79161112233" not in content
    for secret in [tmp_path / "key", *(tmp_path / "vault").iterdir()] if os.name == "posix" else []:
        assert secret.stat().st_mode & 0o077 == 0
    with pytest.raises(TropaError, match="TR-T106"):
        archive.reveal("nobody")
    with pytest.raises(TropaError, match="TR-T106"):
        Archive(tmp_path / "empty").reveal("000000000000")


def test_a_contact_of_many_customers_joins_nobody(tmp_path: Path, batch: Any, now: datetime) -> None:
    """R-20: the shop's own number, written for everybody, does not make one customer of all."""
    rows = [row for number in range(30) for row in simple(1, f"c{number}", phone="+70000000000")]
    report = Archive(tmp_path).add([batch(rows)], source="s", now=now)
    assert (report.customers, report.joined) == (30, 0)
    assert [warned.message for warned in report.warnings] == ["archive-warning-shared-contact"]


def test_one_currency(tmp_path: Path, batch: Any, now: datetime) -> None:
    """R-20: a second currency is refused and nothing changes; events without money do not care."""
    archive = Archive(tmp_path)
    archive.add([batch(simple(1, value=100))], source="s", now=now, currency="RUB")
    with pytest.raises(TropaError, match="TR-T103") as caught:
        archive.add([batch(simple(1, "x", value=5, currency="USD"))], source="t", now=now, file="t.csv")
    assert caught.value.facts == {"known": "RUB", "found": "USD"}
    assert caught.value.where.file == "t.csv"
    assert opened(archive).events == 1
    assert not (tmp_path / "work").exists()
    assert archive.add([batch(simple(1, "y", currency="USD"))], source="t", now=now).accepted == 1
    assert opened(archive).currency == "RUB"


def test_one_writer(tmp_path: Path, batch: Any, now: datetime) -> None:
    """R-20: who writes is said; readers are not kept waiting."""
    archive = Archive(tmp_path)
    archive.add([batch(simple(1))], source="s", now=now)
    script = (
        "import sys, pathlib\nfrom tropa.trail.archive.files import writer_lock\n"
        "with writer_lock(pathlib.Path(sys.argv[1])):\n    print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == "held"
        with pytest.raises(TropaError, match="TR-T101") as caught:
            archive.add([batch(simple(2))], source="s", now=now)
        assert caught.value.facts["process"] == other.pid
        assert opened(archive).events == 1
        other.communicate()
    assert archive.add([batch(simple(2))], source="s", now=now).accepted == 1


def test_a_pinned_generation_stays_readable(tmp_path: Path, batch: Any, now: datetime) -> None:
    """R-20: a reader keeps what it opened while later ones are published."""
    archive = Archive(tmp_path)
    archive.add([batch(simple(2, text="слово", **{"p:a": "x"}))], source="s", now=now)
    pinned = opened(archive)
    for number in range(3, 6):
        archive.add([batch(simple(number, **{"p:a": "y"}))], source="s", now=now)
    assert pinned.time.tolist() == [0, 1]
    assert pinned.texts["text"].tolist() == ["слово", "слово"]
    assert len(list(tmp_path.glob("g*"))) == 2


@pytest.mark.parametrize("damage", ["cut", "code", "offsets", "gone", "garbage"])
def test_damaged_arrays_are_built_again(tmp_path: Path, batch: Any, now: datetime, damage: str) -> None:
    """R-20: a code without a name would make kernels read foreign memory; opening looks."""
    archive = Archive(tmp_path)
    archive.add([batch([*simple(5), *simple(4, "d", "f")])], source="s", now=now)
    version, folder = opened(archive).version, tmp_path / "g000001"
    if damage == "gone":
        (folder / "time.npy").unlink()
    elif damage == "garbage":
        (folder / "meta.json").write_text("{")
    elif damage == "cut":
        (folder / "time.npy").write_bytes((folder / "time.npy").read_bytes()[:-8])
    else:
        name = "event" if damage == "code" else "offsets"
        array = np.load(folder / f"{name}.npy")
        array[1] = 77
        np.save(folder / f"{name}.npy", array)
    tape = opened(archive)
    assert tape.version == version
    assert tape.offsets.tolist() == [0, 5, 9]
    assert archive.add([batch(simple(6))], source="s", now=now).accepted == 1


def test_truth_that_is_lost_is_said(tmp_path: Path, batch: Any, now: datetime) -> None:
    """R-64: a lost part, key or manifest is a coded error, never a new beginning."""
    archive = Archive(tmp_path)
    archive.add([batch(simple(2))], source="s", now=now)
    shutil.copytree(tmp_path, tmp_path / "copy")
    (tmp_path / "copy" / "key").unlink()
    with pytest.raises(TropaError, match="TR-T105"):
        Archive(tmp_path / "copy").add([batch(simple(3))], source="s", now=now)
    (tmp_path / "copy" / "key").write_text("not a key")
    with pytest.raises(TropaError, match="TR-T105"):
        Archive(tmp_path / "copy").add([batch(simple(3))], source="s", now=now)
    (tmp_path / "copy" / "parts" / "000001" / "events.parquet").write_bytes(b"PAR1")
    shutil.rmtree(tmp_path / "copy" / "g000001")
    (tmp_path / "copy" / "key").write_text((tmp_path / "key").read_text())
    with pytest.raises(TropaError, match="TR-T104"):
        Archive(tmp_path / "copy").tape()
    manifest = tmp_path / "manifest.json"
    newer = json.loads(manifest.read_text(encoding="utf-8")) | {"format": 99}
    manifest.write_text(json.dumps(newer), encoding="utf-8")
    with pytest.raises(TropaError, match="TR-T108"):
        archive.tape()
    manifest.write_text("{}", encoding="utf-8")
    with pytest.raises(TropaError, match="TR-T102"):
        archive.tape()


def test_an_erased_customer_stays_out(tmp_path: Path, batch: Any, now: datetime) -> None:
    """R-64: from tape, parts and vault, under every alias, also when the file comes again or a new one names the phone."""
    archive = Archive(tmp_path)
    rows = [*simple(2, "anna", phone="+79990000000", text="Анна пишет"), *simple(3, "boris")]
    archive.add([batch(rows)], source="s", now=now)
    archive.add([batch(simple(2, "anna2", phone="+79990000000"))], source="t", now=now)
    anna = str(opened(archive).customers[0])
    assert archive.erase(anna) == 4
    tape = opened(archive)
    assert (tape.events, len(tape.customers), tape.texts["text"].tolist()) == (3, 1, [])
    assert [(source.name, source.events) for source in tape.sources] == [("s", 3), ("t", 0)]
    assert len(list(tmp_path.glob("g*"))) == 1
    assert archive.reveal(anna).ids == ()
    stored = pa.concat_tables([pq.read_table(path) for path in (tmp_path / "vault").iterdir()])
    assert stored["value"].to_pylist() == ["boris"]
    again = archive.add([batch(rows), batch(simple(1, "anna3", phone="+79990000000"))], source="s", now=now)
    assert (again.accepted, again.duplicates, again.erased) == (0, 3, 3)
    assert archive.summary().erased == 3
    assert archive.add([batch(simple(5, "boris"))], source="s", now=now).accepted == 5


def test_extremes(tmp_path: Path, now: datetime) -> None:
    """R-20: nothing at all; 5,000 names; a column too varied for codes; dates before 1970 and after today."""
    archive = Archive(tmp_path)
    assert archive.add([], source="s", now=now).changed is False
    assert archive.tape() is None
    assert archive.summary().events == 0
    count = 70_000
    table = pa.table(
        {
            "customer": pa.array(["one"] * count),
            "time": pa.array([-5, 4 * 10**15, *range(count - 2)]),
            "event": pa.array([f"e{number % 5000}" for number in range(count)]),
            "p:url": pa.array([f"u{number}" for number in range(count)]),
            "p:few": pa.array([f"u{number % 300}" for number in range(count)]),
        }
    )
    half = count // 2
    report = archive.add([EventBatch(part, part) for part in (table[:half], table[half:])], source="s", now=now)
    told = {warned.message: warned.facts for warned in report.warnings}
    assert told == {
        "archive-warning-future": {"n": 1},
        "archive-warning-before-1970": {"n": 1},
        "archive-warning-too-varied": {"name": "url"},
    }
    tape = opened(archive)
    assert (tape.event.codes.dtype, len(tape.event.names)) == (np.uint16, 5001)
    assert list(tape.properties) == ["few"]
    assert tape.complete_until < 4 * 10**15
    assert pq.read_schema(tmp_path / "parts" / "000001" / "events.parquet").field("p:url").type == pa.string()
    assert archive.add([EventBatch(table, table)], source="s", now=now).accepted == 0
    volumes = archive.summary().volumes
    assert (len(volumes), volumes[0].events, volumes[0].customers) == (5000, 14, 1)


def test_many_customers_of_one_event(tmp_path: Path, now: datetime) -> None:
    """R-20: as many customers as events, in order of arrival."""
    count = 50_000
    table = pa.table(
        {
            "customer": pa.array([f"c{number}" for number in range(count)]),
            "time": pa.array(range(count, 0, -1)),
            "event": pa.array(["e"] * count),
        }
    )
    archive = Archive(tmp_path)
    assert archive.add([EventBatch(table, table)], source="s", now=now).customers == count
    tape = opened(archive)
    assert tape.offsets.tolist() == list(range(count + 1))
    assert tape.time.tolist() == list(range(count, 0, -1))
    assert len(set(tape.customers.tolist())) == count


def test_bad_rows_go_to_whoever_keeps_them(tmp_path: Path, batch: Any, now: datetime) -> None:
    """R-20: they are counted and handed on; progress is told."""
    bad = [BadRow("a.csv", 3, "time", "TR-E201", {}, {"time": "?"})]
    got: list[Any] = []
    told: list[tuple[int, int]] = []
    report = Archive(tmp_path).add(
        [batch(simple(2), bad=bad), batch([], bad=bad)],
        source="s",
        now=now,
        on_bad=got.extend,
        progress=lambda rows, size: told.append((rows, size)),
    )
    assert (report.accepted, report.quarantined, got) == (2, 2, bad * 2)
    assert told == [(3, 20), (4, 20)]


def test_a_reader_that_fails_changes_nothing(tmp_path: Path, batch: Any, now: datetime) -> None:
    """R-20: an error in the middle of a file leaves the archive as it was."""
    archive = Archive(tmp_path)

    def broken() -> Any:
        yield batch(simple(3))
        raise TropaError("TR-E001")

    with pytest.raises(TropaError, match="TR-E001"):
        archive.add(broken(), source="s", now=now)
    assert archive.tape() is None
    assert not (tmp_path / "work").exists()


def test_every_message_is_in_both_languages() -> None:
    """R-65: errors and warnings of the archive, with what to do."""
    facts: dict[str, Any] = {
        "process": 1,
        "machine": "m",
        "since": "s",
        "reason": "r",
        "known": "RUB",
        "found": "USD",
        "pseudonym": "p",
        "events": 2,
        "most": 1,
        "format": 2,
    }
    for lang in LANGUAGES:
        say = words(lang)
        for code in range(101, 109):
            assert say(f"TR-T{code}", **facts)
            assert say(f"TR-T{code}.fix", **facts)
        for name in ("future", "before-1970", "shared-contact", "erased"):
            assert "5" in say(f"archive-warning-{name}", n=5)
        assert "url" in say("archive-warning-too-varied", name="url")
