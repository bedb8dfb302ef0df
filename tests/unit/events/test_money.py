"""R-21: one currency a trail; what is in another is converted by a table of rates, or its row steps aside and says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tropa import events
from tropa.events.money import code_of, main_currency, read_rates
from tropa.model import TropaError
from tropa.service import importing
from tropa.service.workspace import create_workspace

Write = Callable[..., Path]
Rows = Callable[..., tuple[list[dict[str, Any]], list[events.BadRow]]]
LOG = (
    "user_id,event,time,revenue,currency\na,buy,2024-05-01,100,RUB\nb,buy,2024-05-10,10,USD\nc,buy,2024-05-20,10,USD\n"
    "d,buy,2024-05-20,50,rub\nd,see,2024-05-21,,USD\n"
)
RATES = "дата;валюта;курс\n05.05.2024;USD;90,5\n15.05.2024;USD;92\n"


def test_rows_in_another_currency_step_aside(write: Write, rows_of: Rows) -> None:
    """R-21: amounts in two currencies are never added up; a row without money stays whatever its currency says."""
    file = write("log.csv", LOG)
    assert events.plan(file).money_in == "RUB"
    good, bad = rows_of(file)
    assert [(row["customer"], row.get("value"), row["currency"]) for row in good] == [
        ("a", 10_000, "RUB"), ("d", 5_000, "RUB"), ("d", None, "RUB"),
    ]  # fmt: skip
    assert [(row.line, row.code, row.column, row.raw["revenue"]) for row in bad] == [
        (3, "TR-E121", "currency", "10"),
        (4, "TR-E121", "currency", "10"),
    ]
    assert "USD" in events.reason(bad[0], "ru")


def test_a_table_of_rates_converts(write: Write, rows_of: Rows) -> None:
    """R-21: the rate of the latest day not after the event; before the first there is none."""
    rates = write("rates.csv", RATES)
    assert read_rates(rates) == (("2024-05-05", "USD", 90.5), ("2024-05-15", "USD", 92.0))
    good, bad = rows_of(write("log.csv", LOG), events.Overrides(rates=rates))
    assert [row.get("value") for row in good] == [10_000, 90_500, 92_000, 5_000, None]
    assert not bad
    early = write("early.csv", LOG.replace("2024-05-10", "2024-05-04"))
    assert [row.line for row in rows_of(early, events.Overrides(rates=rates))[1]] == [3]


def test_the_trails_currency_decides(write: Write, tmp_path: Path) -> None:
    """R-21: a file in another currency than the trail's is refused as a whole without rates, and converted with them."""
    space = create_workspace(tmp_path / "shop")
    now = datetime(2026, 1, 1, tzinfo=UTC)

    def bring(content: str, name: str, **told: Any) -> importing.ImportOutcome:
        plans = importing.plan([write(name, content)], events.Overrides(**told))
        return importing.add(space, plans, now, lambda *_: None)[0]

    bring("user_id,event,time,revenue,currency\na,buy,2024-05-01,100,RUB\n", "first.csv")
    dollars = "user_id,event,time,revenue,currency\nb,buy,2024-05-10,10,USD\n"
    with pytest.raises(TropaError) as caught:
        bring(dollars, "dollars.csv")
    assert caught.value.code == "TR-T103"
    assert bring(dollars, "dollars.csv", rates=write("rates.csv", RATES)).accepted == 1
    tape = space.archive.tape()
    assert tape is not None
    assert (sorted(tape.value.tolist()), tape.currency) == ([10_000, 90_500], "RUB")
    mixed = bring(LOG, "mixed.csv")
    assert (mixed.accepted, mixed.quarantined, mixed.reasons) == (3, 2, {"TR-E121": 2})


@pytest.mark.parametrize(
    "content",
    [
        "day,code\n",
        "date,currency,rate\n2024-05-01,USD,x\n",
        "date,currency,rate\nsoon,USD,5\n",
        "date,currency,rate\n2024-05-01,USD,-1\n",
    ],
)
def test_a_table_that_is_none(content: str, write: Write) -> None:
    """R-21: said with its line."""
    with pytest.raises(TropaError) as caught:
        read_rates(write("rates.csv", content))
    assert caught.value.code == "TR-E026"


def test_codes_of_currencies() -> None:
    """R-21: signs and words are codes; of a sample the commonest is the trail's."""
    assert [code_of(word) for word in ("RUB", "rur", "руб.", "₽", "USD", "$", "злотый")] == [
        "RUB",
        "RUB",
        "RUB",
        "RUB",
        "USD",
        "USD",
        None,
    ]
    assert (main_currency(["USD", "руб.", None, "RUB"]), main_currency([None])) == ("RUB", None)


def test_a_zone_for_one_column(write: Write, rows_of: Rows) -> None:
    """R-20: two date columns of one table, each in its own zone; a column that is not there is told."""
    file = write("orders.csv", "order;phone;created at;paid at\n1;89161234567;2024-05-01 10:00;2024-05-01 10:00\n")
    good, _ = rows_of(file, events.Overrides(zones={"paid at": "Europe/Moscow"}))
    assert [(row["event"], (row["time"] // 3_600_000_000) % 24) for row in good] == [
        ("order_created", 10),
        ("order_paid", 7),
    ]
    told = importing.overrides((), zones=("paid at=Europe/Moscow",))
    assert told.zones == {"paid at": "Europe/Moscow"}
    with pytest.raises(TropaError) as caught:
        importing.overrides((), zones=("Europe/Moscow",))
    assert caught.value.code == "TR-E027"
    with pytest.raises(TropaError) as missed:
        events.plan(file, events.Overrides(zones={"payed at": "Europe/Moscow"}))
    assert (missed.value.code, missed.value.facts["near"]) == ("TR-E009", "paid at")
