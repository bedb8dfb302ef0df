"""R-20: what could not be read waits, is mended, and comes back once."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tropa import events
from tropa.events import BadRow, Quarantine, ReadPlan
from tropa.model import TropaError

Write = Callable[..., Path]

LOG = """user_id;time;event;amount
u1;2024-01-01;view;
;2024-01-02;view;
u2;soon;=buy;12,50
u3;2024-01-04;view;1;2
u4;2024-01-05;"open;1
;2024-01-02;view;
"""


def bad_of(plan: ReadPlan) -> Iterator[BadRow]:
    for batch in events.read(plan):
        yield from batch.bad


@pytest.fixture
def waiting(write: Write, tmp_path: Path) -> tuple[Quarantine, ReadPlan]:
    """A quarantine with the bad rows of `LOG` under the import `i1`."""
    plan = events.plan(write("log.csv", LOG, "cp1251"))
    quarantine = Quarantine(tmp_path / "quarantine")
    assert quarantine.write("i1", plan, bad_of(plan)) == 5
    return quarantine, plan


def test_listed_by_reason(waiting: tuple[Quarantine, ReadPlan]) -> None:
    """R-20: what waits, and why."""
    quarantine, plan = waiting
    (file,) = quarantine.list()
    assert (file.import_id, file.file, file.source, file.rows) == ("i1", "log.csv", "log", 5)
    assert file.reasons == {"TR-E103": 2, "TR-E101": 1, "TR-E108": 1, "TR-E110": 1}
    assert [row.line for row in quarantine.rows("i1")] == [3, 4, 5, 6, 7]
    assert quarantine.plan("i1").roles == plan.roles


def test_the_same_file_again_adds_nothing(waiting: tuple[Quarantine, ReadPlan]) -> None:
    """R-20: importing twice changes nothing, though equal rows inside one file are different rows."""
    quarantine, plan = waiting
    assert quarantine.write("i2", plan, bad_of(plan)) == 0
    assert [file.import_id for file in quarantine.list()] == ["i1"]
    quarantine.settle("i1", [3])
    assert quarantine.write("i2", plan, bad_of(plan)) == 0
    assert quarantine.list()[0].rows == 4


@pytest.mark.parametrize(("lang", "encoding"), [("ru", "utf-8-sig"), ("en", "utf-8-sig"), ("ru", "cp1251")])
def test_mended_and_replayed(waiting: tuple[Quarantine, ReadPlan], tmp_path: Path, lang: str, encoding: str) -> None:
    """R-20: out as a table that Excel opens (no cell is a formula), mended, back under the same plan, settled."""
    quarantine, _ = waiting
    target = tmp_path / "mend.csv"
    assert quarantine.export("i1", target, lang) == 5
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    delimiter = ";" if lang == "ru" else ","
    text = target.read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    assert rows[0][3:7] == ["user_id", "time", "event", "amount"]
    by_line = {row[0]: row for row in rows[1:]}
    assert by_line["4"][5] == "'=buy"
    by_line["3"][3] = "u9"
    by_line["4"][4] = "03.01.2024"
    by_line["5"][7] = ""
    by_line["6"][7] = 'u4;2024-01-05;"open";1'
    with target.open("w", encoding=encoding, newline="") as out:
        csv.writer(out, delimiter=delimiter).writerows(rows)
    good, bad = [], []
    for batch in quarantine.fixed("i1", target):
        good += batch.events.to_pylist()
        bad += list(batch.bad)
        assert batch.raw.column_names == ["user_id", "time", "event", "amount"]
    assert [(row["row"], row["customer"], row["event"], row["value"]) for row in good] == [
        (3, "u9", "view", None),
        (4, "u2", "=buy", 1250),
        (5, "u3", "view", 100),
        (6, "u4", "open", 100),
    ]
    assert [(row.line, row.code) for row in bad] == [(7, "TR-E103")]
    assert quarantine.settle("i1", target) == 4
    assert quarantine.list()[0].rows == 1
    assert quarantine.settle("i1", [7]) == 1
    assert quarantine.list() == ()


def test_erasing_a_customer(waiting: tuple[Quarantine, ReadPlan]) -> None:
    """R-64: a customer's rows leave the quarantine too."""
    quarantine, _ = waiting
    assert quarantine.forget(["u2", "nobody"]) == 1
    assert [row.line for row in quarantine.rows("i1")] == [3, 5, 6, 7]


def test_faults_of_the_quarantine(waiting: tuple[Quarantine, ReadPlan], write: Write) -> None:
    """R-20: TR-E020, TR-E021, TR-E022."""
    quarantine, plan = waiting
    for act in (lambda: quarantine.rows("i7"), lambda: quarantine.rows("../log"), lambda: quarantine.settle("i7", [1])):
        with pytest.raises(TropaError) as caught:
            act()
        assert caught.value.code == "TR-E020"
    with pytest.raises(TropaError) as caught:
        list(quarantine.fixed("i1", write("wrong.csv", "a,b,c\n1,2,3\n")))
    assert caught.value.code == "TR-E022"
    (quarantine.folder / "i1.parquet").write_bytes(b"PAR1 torn")
    with pytest.raises(TropaError) as caught:
        quarantine.rows("i1")
    assert caught.value.code == "TR-E021"
    with pytest.raises(ValueError):
        quarantine.write("../escape", plan, ())


def test_a_fault_while_writing_leaves_what_was(
    waiting: tuple[Quarantine, ReadPlan], monkeypatch: pytest.MonkeyPatch
) -> None:
    """R-20: files are replaced whole or not at all."""
    quarantine, plan = waiting
    before = (quarantine.folder / "i1.parquet").read_bytes()

    def torn(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("tropa.events.quarantine.pq.write_table", torn)
    with pytest.raises(OSError, match="disk full"):
        quarantine.write("i1", plan, [BadRow("log.csv", 99, None, "TR-E110", {"expected": 1}, {"": "x"})])
    assert (quarantine.folder / "i1.parquet").read_bytes() == before
    assert sorted(path.name for path in quarantine.folder.iterdir()) == ["i1.parquet"]


def test_changed_but_still_wrong(waiting: tuple[Quarantine, ReadPlan], tmp_path: Path) -> None:
    """R-20: a row that was touched and is still wrong waits with its new reason; one that nobody touched stays where it is."""
    quarantine, plan = waiting
    target = tmp_path / "mend.csv"
    quarantine.export("i1", target, "ru")
    text = target.read_bytes().decode("utf-8-sig").replace("soon", "скоро")
    target.write_bytes(text.encode())
    still = [batch.bad for batch in quarantine.fixed("i1", target)]
    assert [(row.line, row.code) for rows in still for row in rows] == [
        (3, "TR-E103"),
        (4, "TR-E101"),
        (5, "TR-E108"),
        (6, "TR-E110"),
        (7, "TR-E103"),
    ]
    assert quarantine.write("i2", plan, still) == 1
    assert quarantine.settle("i1", target) == 1
    assert [row.line for row in quarantine.rows("i1")] == [3, 5, 6, 7]
    assert quarantine.rows("i2")[0].raw["time"] == "скоро"
