"""R-20: whatever a file holds, reading it ends in events, bad rows and coded errors, and in nothing else."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tropa import events
from tropa.model import TropaError
from tropa.words import words

Write = Callable[..., Path]

CSV = "user_id,time,event,amount\n" + "".join(
    f'u{n},2024-01-{n % 28 + 1:02} 10:00,"view {n}",{n}.5\n' for n in range(60)
)
JSONL = "".join(
    json.dumps({"user_id": f"u{n}", "time": "2024-01-01T10:00:00Z", "event": "view", "more": {"n": n}}) + "\n"
    for n in range(30)
)
NAMES = st.sampled_from(["f.csv", "f.csv.gz", "f.jsonl", "f.json", "f.parquet", "f.xlsx", "f.txt", "f.csv.zst", "f"])


def end_well(file: Path) -> tuple[int, int] | str:
    """Reads a file to its end: numbers of good and bad rows, or the code of the error. Anything else fails the test."""
    try:
        plan = events.plan(file)
        for lang in ("ru", "en"):
            events.notes(plan, lang)
        good = bad = 0
        for batch in events.read(plan):
            good += len(batch.events)
            bad += len(batch.bad)
            for row in batch.bad:
                assert row.line > 0
                assert events.reason(row, "ru")
                assert events.reason(row, "en")
        return good, bad
    except TropaError as error:
        for lang in ("ru", "en"):  # raises when a message or a fact is missing
            words(lang)(error.code, **error.facts)
            words(lang)(f"{error.code}.fix", **error.facts)
        return error.code


FUZZ = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FUZZ
@given(NAMES, st.binary(max_size=400))
def test_random_bytes(write: Write, name: str, data: bytes) -> None:
    """R-20: noise."""
    end_well(write(name, data))


@FUZZ
@given(
    NAMES,
    st.sampled_from(["", "\ufeff", "user_id,time,event\n", "клиент;дата;событие\n", "{"]),
    st.text(alphabet='ab1,;"\n\r\t{}[]:.-+0\x00я 2024', max_size=200),
)
def test_nearly_tables(write: Write, name: str, head: str, text: str) -> None:
    """R-20: what looks like a table and is none."""
    end_well(write(name, head + text))


def whole(name: str, tmp_path: Path) -> bytes:
    """A sound file of each kind."""
    path = tmp_path / f"sound-{name}"
    if name.endswith(".parquet"):
        times = pa.array([1_700_000_000_000_000 + n for n in range(50)], pa.timestamp("us"))
        pq.write_table(pa.table({"user_id": [f"u{n}" for n in range(50)], "time": times, "event": ["view"] * 50}), path)
        return path.read_bytes()
    if name.endswith(".xlsx"):
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            for row, line in enumerate(CSV.replace('"', "").splitlines()):
                for column, cell in enumerate(line.split(",")):
                    sheet.write(row, column, cell)
        return path.read_bytes()
    text = (JSONL if "jsonl" in name else CSV).encode()
    if name.endswith(".gz"):
        return gzip.compress(text)
    return zstandard.ZstdCompressor().compress(text) if name.endswith(".zst") else text


@pytest.mark.parametrize("name", ["f.csv", "f.csv.gz", "f.csv.zst", "f.jsonl", "f.jsonl.gz", "f.parquet", "f.xlsx"])
def test_torn_and_scratched(write: Write, tmp_path: Path, name: str) -> None:
    """R-20: cut short anywhere, or with bytes changed anywhere (the dice are the test's own)."""
    sound = whole(name, tmp_path)
    assert end_well(write(name, sound)) in {(60, 0), (30, 0), (50, 0)}
    dice = random.Random(7)
    for _ in range(40):
        end_well(write(name, sound[: dice.randrange(len(sound))]))
        spoilt = bytearray(sound)
        for _ in range(dice.randrange(1, 6)):
            spoilt[dice.randrange(len(spoilt))] = dice.randrange(256)
        end_well(write(name, bytes(spoilt)))


def test_every_good_row_survives_bad_neighbours(write: Write) -> None:
    """R-20: rows in a foreign encoding, torn quotes and wrong widths between sound rows cost themselves only."""
    dice = random.Random(3)
    faults = [
        "плохо,2024-01-01,вид\n".encode("cp1251"),
        b"u,2024-01-01\n",
        b"u,2024-01-01,v,1,2\n",
        b"u,never,view,1\n",
        b",2024-01-01,view,1\n",
    ]
    for _ in range(20):
        lines, expected = [b"user_id,time,event,amount\n"], 0
        for n in range(200):
            if dice.random() < 0.1:
                lines.append(dice.choice(faults))
                expected += 1
            else:
                lines.append(f"u{n},2024-01-01 10:00,Просмотр страницы,{n}\n".encode())
        assert end_well(write("log.csv", b"".join(lines))) == (200 - expected, expected)


def test_strange_but_sound(write: Write) -> None:
    """R-20: odd shapes that people do send."""
    assert end_well(write("a.csv", "user_id,time,event\n\n\nu1,2024-01-01,view\n\n")) == (1, 0)
    assert end_well(write("b.csv", "user_id,time,event,,\nu1,2024-01-01,view,,\n")) == (1, 0)
    assert end_well(write("c.csv", "user_id,time,event,event\nu1,2024-01-01,view,again\n")) == (1, 0)
    assert end_well(write("d.csv", 'user_id,time,"long\nheading",event\nu1,2024-01-01,x,view\n')) == (1, 0)
    assert end_well(write("e.csv", "u1,2024-01-01 10:00,view\nu2,2024-01-02 11:00,click\n"))
    assert end_well(write("f.csv", "sep=;\nuser_id;time;event\nu1;2024-01-01;view\n")) == (1, 0)
    assert end_well(write("g.jsonl", '{"user_id": 1, "time": 1704164645, "event": "a"}')) == (1, 0)
    assert end_well(write("h.csv", "\ufeffuser_id\ttime\tevent\r\nu1\t2024-01-01\tview\r\n")) == (1, 0)
