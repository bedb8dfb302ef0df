"""Costs from tables, texts and names; channels and what they give back in a notebook (R-28, R-61)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import tropa.api
from tropa.model import TropaError
from tropa.service.costs import with_costs
from tropa.trail.measures.channel_costs import Paid, costs_of


def read(costs: Any) -> tuple[Paid, ...]:
    return costs_of(with_costs({"rule": "first", "costs": costs})["costs"])


def test_a_table_from_a_russian_spreadsheet(tmp_path: Path) -> None:
    """R-28: semicolons, decimal commas, spaces in amounts, Windows-1251, days as people write them."""
    file = tmp_path / "затраты.csv"
    lines = [
        "Канал;Сумма;День",
        "реклама;12 000,50 ₽;31.01.2026".replace("₽", "руб."),
        '"а; б";3;01.02.2026',
        "",
        "сайт;7;",
    ]
    file.write_bytes("\r\n".join(lines).encode("cp1251"))
    expected = (
        Paid("реклама", 12_000.5, date(2026, 1, 31), date(2026, 1, 31)),
        Paid("а; б", 3.0, date(2026, 2, 1), date(2026, 2, 1)),
        Paid("сайт", 7.0),
    )
    assert read(f"@{file}") == expected
    assert read(file) == expected


def test_a_table_with_periods(tmp_path: Path) -> None:
    """R-28: from a day to a day, both included; a byte order mark."""
    file = tmp_path / "costs.csv"
    file.write_text("channel,amount,start,end\nads,1e3,2026-01-01,2026-01-31\n", encoding="utf-8-sig")
    assert read(f"@{file}") == (Paid("ads", 1000.0, date(2026, 1, 1), date(2026, 1, 31)),)


def test_names_and_texts() -> None:
    """R-28: a notebook gives amounts by name; a text stays as it is."""
    assert read({"a=b, c": 5, "d": "1 000,5"}) == (Paid("a=b, c", 5.0), Paid("d", 1000.5))
    assert with_costs({"costs": "ads=1"}) == {"costs": "ads=1"}
    assert with_costs({"rule": "first"}) == {"rule": "first"}
    with pytest.raises(TropaError, match="TR-T381"):
        read({"ads": "much"})


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("channel;price\nads;3\n", "1"),
        ("channel;amount;start\nads;3;2026-01-01\n", "1"),
        ("channel;amount\nads;much\n", "2"),
        ("channel;amount\nads;3\n;4\n", "3"),
        ("channel;amount;day\nads;3;someday\n", "2"),
        ("channel;amount;start;end\nads;3;2026-02-01;2026-01-01\n", "2"),
        ("channel;amount;start;end\nads;3;2026-02-01;\n", "2"),
        ('channel;amount\nads;3\n"seo;4\n', "3"),
        ("", "1"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(tmp_path: Path, text: str, line: str) -> None:
    """R-28: a fault says where it is."""
    file = tmp_path / "costs.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(TropaError, match="TR-S026") as caught:
        read(file)
    assert caught.value.facts["line"] == line


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """R-28: is told by its name."""
    with pytest.raises(TropaError, match="TR-S026") as caught:
        read(f"@{tmp_path}/none.csv")
    assert caught.value.facts["file"] == "none.csv"


def test_channels_in_a_notebook(tmp_path: Path) -> None:
    """R-28, R-61: costs by name, as a text or in a table come to the same; money can be moved; a stage can be the goal."""
    log, costs = tmp_path / "log.csv", tmp_path / "costs.csv"
    rows = ["customer,time,event,channel,value"]
    for c in range(60):
        rows.append(f"c{c},2026-01-{c % 20 + 1:02}T10:00:00Z,view,{('ads', 'seo')[c % 2]},")
        rows += [f"c{c},2026-01-{c % 20 + 1:02}T11:00:00Z,purchase,,100"] if c % 3 else []
    log.write_text("\n".join(rows))
    costs.write_text("channel;amount\nads;1000\nseo;500\n")
    shop = tropa.api.trail(log, today=date(2026, 6, 1), lang="en")
    by_name, by_text, by_file = (
        shop.channel_return(one, rule="last").value
        for one in ({"ads": 1000, "seo": 500}, "ads=1000, seo=500", f"@{costs}")
    )
    assert by_name.rows == by_text.rows == by_file.rows
    assert by_name.column("earned") == (2000.0, 2000.0)
    moved = shop.channel_return({"ads": 1000, "seo": 500}, rule="last", move=("ads", "seo", 100), elasticity=1)
    assert moved.value.column("change") == pytest.approx((-200.0, 400.0))
    assert shop.channels(order=2).value.column("channel") == shop.ask("channels", order=2).value.column("channel")
    stage = shop.map.stages[0].id
    assert shop.channels(goal=stage).value.n == 60
