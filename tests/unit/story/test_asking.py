"""`tropa ask` and `tropa reasons` as typed (R-25, R-26, R-61)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tropa.cli import main
from tropa.service.demo import make
from tropa.trail.measures import DECLARATIONS
from tropa.words import words


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("Магазин")
    make(folder, words("ru"), customers=2_500, seed=3, now=datetime(2026, 11, 28, tzinfo=UTC), advance=lambda *_: None)
    return folder


def typed(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    capsys.readouterr()
    with pytest.raises(SystemExit) as end:
        main(list(arguments))
    told = capsys.readouterr()
    return int(end.value.code or 0), told.out + told.err


def test_what_can_be_asked_is_listed(capsys: pytest.CaptureFixture[str], shop: Path) -> None:
    """R-26: every measure with its question and parameters."""
    status, told = typed(capsys, "ask", str(shop), "--lang", "ru")
    assert status == 0
    for name in ("transitions", "funnel", "reasons", "purchase-interval"):
        assert name in told
    _, data = typed(capsys, "ask", str(shop), "--json")
    assert len(json.loads(data)["measures"]) == len(DECLARATIONS)


def test_a_question_is_answered_as_table_data_and_file(
    capsys: pytest.CaptureFixture[str], shop: Path, tmp_path: Path
) -> None:
    """R-26, R-61: the same answer three times."""
    question = ["ask", str(shop), "funnel", "-p", "path=cart, order_paid", "-p", "window=3d", "--segment", "coach"]
    status, table = typed(capsys, *question, "--lang", "en")
    assert status == 0
    assert "order_paid" in table
    _, told = typed(capsys, *question, "--json")
    data = json.loads(told)
    assert [row[0] for row in data["rows"]] == ["point:cart", "event:order_paid"]
    out = tmp_path / "воронка.csv"
    assert typed(capsys, *question, "--out", str(out), "--lang", "ru")[0] == 0
    assert out.read_text("utf-8-sig").count("\n") == 3
    picture = tmp_path / "воронка.svg"
    assert typed(capsys, *question, "--out", str(picture), "--lang", "ru")[0] == 0
    assert "Воронка" in picture.read_text("utf-8")
    assert "TR-S006" in typed(capsys, *question, "--out", str(tmp_path / "a.gif"))[1]


def test_reasons_of_the_dearest_break(capsys: pytest.CaptureFixture[str], shop: Path) -> None:
    """R-25: without a place the dearest; said as association; a wrong place says what there is."""
    status, told = typed(capsys, "reasons", str(shop), "--lang", "ru")
    assert status == 0
    assert "связь" in told or "Различий" in told
    status, told = typed(capsys, "reasons", str(shop), "purchase/lop", "--lang", "ru")
    assert status == 2
    assert "TR-T306" in told
    status, told = typed(capsys, "ask", str(shop), "funnel", "-p", "window", "--lang", "ru")
    assert (status, "TR-T302" in told) == (2, True)
