"""R-20: files that are refused, each with its code, and bombs."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from tropa import events
from tropa.events import ColumnRole, Overrides
from tropa.model import TropaError

Write = Callable[..., Path]


def raises(code: str, file: Path, overrides: Overrides | None = None) -> TropaError:
    """Planning, or reading, ends with this code."""
    with pytest.raises(TropaError) as caught:
        list(events.read(events.plan(file, overrides)))
    assert caught.value.code == code
    return caught.value


def test_files_that_cannot_be_read(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-20: each way to fail has its code."""
    raises("TR-E001", tmp_path / "none.csv")
    raises("TR-E002", write("empty.csv", " \n"))
    raises("TR-E003", write("a.pdf", b"%PDF-1.7 \x00"))
    raises("TR-E004", write("torn.csv.gz", gzip.compress(b"user_id,time,event\n" * 100_000)[:-20]))
    raises("TR-E007", write("a.csv", "user_id,event\nu1,view\n"))
    raises("TR-E008", write("b.csv", "time,colour\n2024-01-01,red\n2024-01-02,blue\n"))
    raises("TR-E011", write("a.parquet", b"PAR1 nothing more PAR1"))
    raises("TR-E012", write("a.xlsx", b"PK\x03\x04 nothing more"))
    raises("TR-E016", write("a.jsonl", "{\n{\n"))
    fine = write("fine.csv", "user_id,time,event\nu1,2024-01-01,view\n")
    monkeypatch.setenv("TROPA_LIMIT_COLUMNS", "2")
    raises("TR-E010", fine)


def test_bombs(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-20: what grows out of proportion is refused, and the refusal names the knob."""
    file = write("bomb.csv.gz", gzip.compress(b"user_id,time,event\n" + b"u1,2024-01-01,view\n" * 5_000_000))
    assert raises("TR-E005", file).facts["knob"] == "TROPA_LIMIT_RATIO"
    monkeypatch.setenv("TROPA_LIMIT_UNPACKED", "1000000")
    assert raises("TR-E005", file).facts["knob"] == "TROPA_LIMIT_UNPACKED"


def test_bomb_in_a_workbook(workbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-20: a workbook is weighed before it is opened."""
    monkeypatch.setenv("TROPA_LIMIT_XLSX_UNPACKED", "100")
    raises("TR-E005", workbook)
    monkeypatch.setenv("TROPA_LIMIT_XLSX_UNPACKED", "100000000")
    monkeypatch.setenv("TROPA_LIMIT_XLSX_ENTRIES", "1")
    raises("TR-E005", workbook)


def test_overrides_that_make_no_sense(write: Write, workbook: Path) -> None:
    """R-20: what the user says is checked, with the near miss."""
    file = write("fine.csv", "user_id,time,event\nu1,2024-01-01,view\n")
    raises("TR-E006", file, Overrides(encoding="utf-99"))
    assert raises("TR-E009", file, Overrides(roles={"user-id": ColumnRole.CUSTOMER})).facts["near"] == "user_id"
    raises("TR-E013", file, Overrides(zone="Nowhere"))
    raises("TR-E014", file, Overrides(roles={"user_id": ColumnRole.EVENT, "event": ColumnRole.EVENT}))
    raises("TR-E015", file, Overrides(instrument="tarot"))
    raises("TR-E017", file, Overrides(delimiter="::"))
    raises("TR-E018", file, Overrides(time_format="soon"))
    raises("TR-E019", workbook, Overrides(sheet="Нет"))
