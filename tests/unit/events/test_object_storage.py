"""Logs in object storage (R-20, R-63), on a real server: one object, a folder, a pattern; imported, or read where they lie."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tropa.api import trail
from tropa.cli.main import run
from tropa.model import TropaError
from tropa.service.objects import bring, find, is_address
from tropa.service.workspace import open_workspace
from tropa.words import words

Bucket = tuple[Any, str]
DAY = 86_400_000_000


def part(seed: int) -> pa.Table:
    """A hundred events of thirty customers."""
    random = np.random.default_rng(seed)
    return pa.table(
        {
            "customer": random.integers(0, 30, 100),
            "time": pa.array(1_700_000_000_000_000 + random.integers(0, 90 * DAY, 100), pa.timestamp("us", "UTC")),
            "event": random.choice(["visit", "cart", "order_paid"], 100),
        }
    )


def put(bucket: Bucket, key: str, data: bytes) -> None:
    """Writes an object."""
    system, name = bucket
    with system.open_output_stream(f"{name}/{key}", compression=None) as out:
        out.write(data)


@pytest.fixture
def parts(bucket: Bucket) -> str:
    """Three Parquet files in two folders, and what does not belong to them. The bucket's name."""
    system, name = bucket
    for seed, key in enumerate(["2024/a.parquet", "2024/b.parquet", "2024/old/c.parquet"]):
        pq.write_table(part(seed), f"{name}/{key}", filesystem=system, row_group_size=40)
    put(bucket, "2024/_SUCCESS", b"")
    put(bucket, "other/read.me", b"nothing")
    return name


@pytest.mark.parametrize(
    ("key", "found", "source"),
    [
        ("2024/a.parquet", ["2024/a.parquet"], "a"),
        ("2024/*.parquet", ["2024/a.parquet", "2024/b.parquet"], "2024"),
        ("2024/?.parquet", ["2024/a.parquet", "2024/b.parquet"], "2024"),
        ("2024/[bc].parquet", ["2024/b.parquet"], "2024"),
        ("2024/**.parquet", ["2024/a.parquet", "2024/b.parquet", "2024/old/c.parquet"], "2024"),
        ("*/*/*.parquet", ["2024/old/c.parquet"], None),
        ("2024/", ["2024/a.parquet", "2024/b.parquet", "2024/old/c.parquet"], "2024"),
        ("2024", ["2024/a.parquet", "2024/b.parquet", "2024/old/c.parquet"], "2024"),
    ],
)
def test_what_an_address_means(parts: str, key: str, found: list[str], source: str | None, tmp_path: Path) -> None:
    """R-20: one object, all that fit a pattern, all in a folder but what is hidden."""
    objects = find(f"s3://{parts}/{key}")
    assert objects.paths == tuple(f"{parts}/{one}" for one in found)
    assert objects.name == (source or parts)
    copies = bring(objects, tmp_path)
    assert [pq.read_table(copy).num_rows for copy in copies] == [100] * len(found)


def test_nothing_there_and_nobody_there(parts: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-20: nothing there is TR-S043, a storage that cannot be reached TR-S044."""
    for key in ("2023/", "2024/*.csv", "2024/a.parque"):
        with pytest.raises(TropaError, match="TR-S043"):
            find(f"s3://{parts}/{key}")
    with pytest.raises(TropaError, match="TR-S043"):
        find("s3://no-such-bucket-of-ours/a.parquet")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    with pytest.raises(TropaError, match="TR-S044"):
        find(f"s3://{parts}/2024/a.parquet")
    assert not is_address("s3.csv")
    assert not is_address(Path("s3://bucket/a.parquet"))


def test_many_files_are_imported_as_one_log(parts: str, bucket: Bucket, tmp_path: Path) -> None:
    """R-20: all under one name; again, nothing comes twice; a new part comes alone. Packed text is as good."""
    command = ["import", str(tmp_path / "work"), f"s3://{parts}/2024/*.parquet", "--json", "--as", "customer=customer"]
    assert run(command, words("en")) == 0
    tape = open_workspace(tmp_path / "work").tape()
    assert tape is not None
    assert [(one.name, one.events) for one in tape.sources] == [("2024", 200)]
    assert run(command, words("en")) == 0
    assert (same := open_workspace(tmp_path / "work").tape()) is not None
    assert same.version == tape.version
    put(bucket, "csv/new.csv.gz", gzip.compress(b"customer;time;event\n7;2024-02-01 10:00;visit\n"))
    assert run([*command[:2], f"s3://{parts}/csv/new.csv.gz", *command[3:]], words("en")) == 0
    assert (more := open_workspace(tmp_path / "work").tape()) is not None
    assert [(one.name, one.events) for one in more.sources] == [("2024", 200), ("new", 1)]


def test_trusted_rows_are_read_where_they_lie(parts: str, tmp_path: Path) -> None:
    """R-63: many objects as one log give the tape of one file with all their rows."""
    pq.write_table(pa.concat_tables([part(0), part(1), part(2)]), tmp_path / "all.parquet")
    here = trail(str(tmp_path / "all.parquet"), rows="trusted").tape
    there = trail(f"s3://{parts}/2024/", rows="trusted").tape
    for name in ("customers", "offsets", "time"):
        assert np.array_equal(getattr(here, name), getattr(there, name))
    assert here.event.names == there.event.names
    assert np.array_equal(here.event.codes, there.event.codes)
    assert there.sources[0].name == "2024"
    checked = trail(f"s3://{parts}/2024/", customer="customer", event="event", time="time")
    assert int(checked.tape.offsets[-1]) == 300


def test_trusted_files_must_be_alike(parts: str, bucket: Bucket) -> None:
    """R-63: other columns (TR-T415), and what is no Parquet (TR-T413), are no part of one log."""
    system, name = bucket
    pq.write_table(part(5).append_column("more", pa.array([1] * 100)), f"{name}/2024/d.parquet", filesystem=system)
    with pytest.raises(TropaError, match="TR-T415"):
        trail(f"s3://{parts}/2024/", rows="trusted")
    with pytest.raises(TropaError, match="TR-T413"):
        trail(f"s3://{parts}/other/", rows="trusted")
