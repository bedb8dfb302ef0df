"""R-21: exports of known products, recognised by their columns and read as they are documented."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from by_path import module_at
from tropa import events
from tropa.events import presets
from tropa.model import TropaError
from tropa.words import words

Write = Callable[..., Path]
Rows = Callable[..., tuple[list[dict[str, Any]], list[events.BadRow]]]

exports = module_at(Path(__file__).with_name("exports.py"), "exports")


def clock(us: int) -> str:
    """`05-01 07:00` UTC."""
    return (datetime(1970, 1, 1) + timedelta(microseconds=us)).strftime("%m-%d %H:%M")


def short(event: dict[str, Any]) -> tuple[Any, ...]:
    """Who, when, what, for how much, in which order."""
    return event["customer"], clock(event["time"]), event["event"], event.get("value"), event.get("order")


def named(content: str) -> str:
    """A document of JSON needs its ending; lines of it and tables are known by what is in them."""
    return "export.json" if content.startswith(("[", '{"orders"', '{"rows"')) else "export.txt"


CASES: dict[str, tuple[str, str, list[tuple[Any, ...]]]] = {
    "metrica-hits": ("METRICA_HITS", "utf-8", [
        ("1701", "05-01 07:00", "view_home", None, None), ("1701", "05-01 07:01", "view_item_list", None, None),
        ("1701", "05-01 07:02", "view_cart", None, None), ("1701", "05-01 07:02", "goal_321", None, None), ("1701", "05-01 07:02",
        "goal_322", None, None),
        ("1702", "05-01 08:00", "link_click", None, None), ("1702", "05-01 08:05", "goal_321", None, None),
    ]),
    "metrica-visits": ("METRICA_VISITS", "utf-8", [
        ("1701", "05-01 07:00", "visit", None, None), ("1702", "05-02 06:00", "visit", None, None), ("1702", "05-03 06:00", "visit",
        None, None),
        ("1701", "05-01 07:02", "goal_321", None, None), ("1701", "05-01 07:04", "goal_322", None, None), ("1702", "05-03 06:01",
        "goal_321", None, None),
        ("1701", "05-01 07:05", "purchase", 499_050, "A-1"),
    ]),
    "ga4": ("GA4_FLAT", "utf-8", [("111.222", "05-01 10:00", "page_view", None, None), ("111.222", "05-01 10:01", "purchase", None,
    None)]),
    "matomo": ("MATOMO", "utf-8", [
        ("anna", "05-01 10:00", "view_cart", None, None), ("anna", "05-01 10:00", "goal_Callback", 0, None), ("anna", "05-01 10:01",
        "purchase", 12_050, "M-1"),
        ("def", "05-01 11:00", "Video/Play", None, None),
    ]),
    "amplitude": ("AMPLITUDE", "utf-8", [
        ("d1", "05-01 10:00", "Product Viewed", None, None), ("anna", "05-01 10:05", "Order Completed", 1_050, "Z1"),
        ("anna", "05-01 10:05", "Order Completed", None, None),
    ]),
    "mixpanel": ("MIXPANEL", "utf-8", [("dev-1", "05-01 10:00", "Page View", None, None), ("anna", "05-01 10:01", "Purchase", 1_200,
    None)]),
    "posthog": ("POSTHOG", "utf-8", [("anon", "05-01 10:00", "page_view", None, None), ("anna", "05-01 10:09", "order_completed",
    499_000, "77")]),
    "shopify": ("SHOPIFY", "utf-8", [
        ("+31612345678", "05-01 07:59", "order_created", 10_090, "#1001"), ("+31612345678", "05-01 08:05", "order_paid", 10_090, "#1001"),
        ("+31612345678", "05-02 07:00", "order_sent", 10_090, "#1001"), ("boris@example.com", "05-03 08:00", "order_created", 5_000,
        "#1002"),
        ("boris@example.com", "05-03 08:00", "order_paid", 5_000, "#1002"), ("clara@example.com", "05-04 08:00", "order_created", 5_000,
        "#1003"),
        ("clara@example.com", "05-04 08:00", "order_paid", 5_000, "#1003"), ("clara@example.com", "05-04 08:00", "order_returned", 5_000,
        "#1003"),
        ("dora@example.com", "05-05 08:00", "order_created", 2_000, "#1004"), ("dora@example.com", "05-05 10:00", "order_cancelled",
        2_000, "#1004"),
    ]),
    "woocommerce": ("WOOCOMMERCE", "utf-8", [
        ("anna@example.com", "05-01 10:00", "order_created", 15_000, "11"), ("anna@example.com", "05-01 10:00", "order_paid", 15_000,
        "11"),
        ("boris@example.com", "05-02 10:00", "order_created", 9_000, "12"), ("boris@example.com", "05-02 10:00", "order_cancelled",
        9_000, "12"),
        ("clara@example.com", "05-03 10:00", "order_created", 6_000, "13"), ("clara@example.com", "05-03 10:00", "order_returned", 6_000,
        "13"),
    ]),
    "bitrix": ("BITRIX", "cp1251", [
        ("17", "05-01 07:00", "order_created", 123_450, "301"), ("17", "05-01 07:30", "order_paid", 123_450, "301"),
        ("17", "05-03 09:00", "order_delivered", 123_450, "301"), ("18", "05-02 08:00", "order_created", 99_000, "302"),
        ("18", "05-02 12:00", "order_cancelled", 99_000, "302"), ("18", "05-03 08:00", "order_created", 50_000, "303"),
    ]),
    "retailcrm": ("RETAILCRM", "utf-8", [
        ("55", "05-01 07:00", "order_created", 350_000, "R-1"), ("55", "05-03 09:00", "order_paid", 350_000, "R-1"),
        ("56", "05-02 07:00", "order_created", 90_000, "R-2"), ("56", "05-02 15:00", "order_cancelled", 90_000, "R-2"),
        ("55", "05-04 07:00", "order_created", 70_000, "R-3"),
    ]),
    "insales": ("INSALES", "utf-8", [
        ("81", "05-01 07:00", "order_created", 250_000, "1007"), ("81", "05-01 07:20", "order_paid", 250_000, "1007"),
        ("81", "05-02 06:00", "order_sent", 250_000, "1007"), ("82", "05-02 07:00", "order_created", 70_000, "1008"),
        ("82", "05-02 09:00", "order_cancelled", 70_000, "1008"),
    ]),
    "tilda": ("TILDA", "utf-8-sig", [
        ("+79161234567", "05-01 07:00", "order_created", 499_000, "777"), ("+79161234567", "05-01 07:00", "order_paid", 499_000, "777"),
        ("+79160000001", "05-02 08:00", "order_created", None, None),
    ]),
    "moysklad": ("MOYSKLAD", "utf-8", [
        ("cp-1", "05-01 07:00", "order_created", 499_000, "00042"), ("cp-1", "05-02 06:00", "order_sent", 499_000, "00042"),
        ("cp-1", "05-03 07:00", "order_created", 100_000, "00043"), ("cp-1", "05-03 09:00", "order_cancelled", 100_000, "00043"),
    ]),
    "amocrm": ("AMOCRM", "cp1251", [
        ("+79161234567", "05-01 07:00", "order_created", 1_500_000, "9001"), ("+79161234567", "05-10 09:00", "order_paid", 1_500_000,
        "9001"),
        ("+79160000001", "05-02 07:00", "order_created", 700_000, "9002"), ("+79160000001", "05-05 06:00", "order_cancelled", 700_000,
        "9002"),
        ("+79160000002", "05-03 07:00", "order_created", 900_000, "9003"),
    ]),
    "bitrix24": ("BITRIX24", "utf-8-sig", [
        ("+79161234567", "05-01 07:00", "order_created", 1_200_000, "1"), ("+79161234567", "05-03 21:00", "order_paid", 1_200_000, "1"),
        ("+79160000001", "05-02 07:00", "order_created", 300_000, "2"), ("+79160000001", "05-02 21:00", "order_cancelled", 300_000, "2"),
    ]),
    "calltouch": ("CALLTOUCH", "utf-8", [("+79161234567", "05-01 07:00", "call", None, None), ("+79160000001", "05-01 08:00",
    "call_missed", None, None)]),
    "unisender": ("UNISENDER", "utf-8", [
        ("anna@example.ru", "05-01 10:00", "email_clicked", None, None), ("boris@example.ru", "05-01 10:01", "email_delivered", None,
        None),
        ("vera@example.ru", "05-01 10:02", "email_bounced", None, None),
    ]),
}  # fmt: skip


@pytest.mark.parametrize("preset", CASES)
def test_an_export_as_it_comes(preset: str, write: Write, rows_of: Rows) -> None:
    """R-21: recognised without a word of help, and every event where it belongs."""
    name, encoding, expected = CASES[preset]
    content = getattr(exports, name)
    file = write(named(content), content, encoding)
    plan = events.plan(file)
    assert plan.preset == preset
    assert plan.preset_marks
    good, bad = rows_of(file)
    assert [short(event) for event in good] == expected
    assert not bad


@pytest.mark.parametrize("preset", CASES)
def test_no_export_is_another(preset: str, write: Write) -> None:
    """R-21: marks of two presets in one file would be a guess: each example is recognised by exactly one."""
    name, encoding, _ = CASES[preset]
    content = getattr(exports, name)
    columns = events.plan(write(named(content), content, encoding)).columns
    assert [one.id for one in presets.PRESETS if one.recognises(columns)] == [preset]


def test_a_refused_and_a_named_preset(write: Write) -> None:
    """R-20: `none` takes the file as any other table; a name takes its preset, known columns or not; a wrong name is told the nearest."""
    file = write("orders.csv", exports.BITRIX, "cp1251")
    refused = events.plan(file, events.Overrides(preset="none"))
    assert (refused.preset, refused.dialect.zone) == (None, "UTC")
    named = events.plan(
        write("a.csv", "ID;DATE_INSERT;PRICE;EMAIL\n1;01.05.2024;5;a@b.ru\n"), events.Overrides(preset="bitrix")
    )
    assert (named.preset, named.preset_marks) == ("bitrix", ())
    with pytest.raises(TropaError) as caught:
        events.plan(file, events.Overrides(preset="bitriks"))
    assert (caught.value.code, caught.value.facts["near"]) == ("TR-E025", "bitrix")


def test_what_the_user_says_wins(write: Write, rows_of: Rows) -> None:
    """R-20: a role told takes its column from the preset, and its role from the preset's column."""
    file = write("b.csv", exports.BITRIX, "cp1251")
    told = events.Overrides(roles={"USER_EMAIL": events.ColumnRole.CUSTOMER}, zone="Asia/Yekaterinburg")
    good, _ = rows_of(file, told)
    assert (good[0]["customer"], clock(good[0]["time"])) == ("anna@example.ru", "05-01 05:00")


def test_unknown_statuses_are_listed(write: Write) -> None:
    """R-21: a status that no list has makes no event, and is named before anything is imported."""
    for name, encoding, status in (
        ("BITRIX", "cp1251", "XX"),
        ("RETAILCRM", "utf-8", "gift-wrapping"),
        ("AMOCRM", "cp1251", "Ждём оплату"),
    ):
        content = getattr(exports, name)
        plan = events.plan(write(f"{name}-{named(content)}", content, encoding))
        assert plan.unknown_statuses == (status,)
        assert any(status in note for note in events.notes(plan, "ru"))


@pytest.mark.parametrize(("name", "order"), [("OZON", "Номер отправления"), ("WILDBERRIES", "srid")])
def test_marketplaces_have_no_customers(name: str, order: str, write: Write, rows_of: Rows) -> None:
    """R-21: said so, and how orders can be followed nevertheless."""
    file = write("report.csv" if name == "OZON" else "report.json", getattr(exports, name))
    with pytest.raises(TropaError) as caught:
        events.complete(events.plan(file))
    assert caught.value.code == "TR-E024"
    good, _ = rows_of(file, events.Overrides(roles={order: events.ColumnRole.CUSTOMER}))
    names = [event["event"] for event in good]
    assert names == (
        ["order_created", "order_sent", "order_delivered", "order_created", "order_cancelled"]
        if name == "OZON"
        else ["order_paid", "order_returned"]
    )


def test_the_nested_export_of_google_analytics(write: Write, rows_of: Rows, tmp_path: Path) -> None:
    """R-21: the same events out of JSON lines and out of Parquet with nested columns; a login joins the browser."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    lines = rows_of(write("ga.jsonl", "\n".join(json.dumps(one) for one in exports.GA4)))[0]
    rows = [
        {**one, "event_timestamp": int(one["event_timestamp"]), "event_params": [
            {"key": pair["key"], "value": {"string_value": None, "int_value": None, **{k: int(v) if k == "int_value" else v for k,
            v in pair["value"].items()}}}
            for pair in one["event_params"]
        ]}
        for one in exports.GA4
    ]  # fmt: skip
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "ga.parquet")
    nested = rows_of(tmp_path / "ga.parquet")[0]
    assert [short(event) for event in nested] == [short(event) for event in lines]
    assert [event["session"] for event in nested] == ["111.222.77"] * 3
    assert [event.get("channel") for event in lines] == ["email", None, None]
    assert (lines[2]["customer"], lines[2]["alias"], lines[2]["currency"], lines[2]["value"]) == (
        "user-9",
        "111.222",
        "EUR",
        4_990,
    )
    assert lines[1].get("value") is None, "what lies in a cart is no revenue"


def test_a_wide_table_of_actions(write: Write, rows_of: Rows) -> None:
    """R-21: Matomo's CSV has a column for each action's field; a row becomes as many events as it has actions."""
    good, _ = rows_of(write("visits.csv", exports.MATOMO_CSV, "utf-16"))
    assert [(event["row"], event["event"], event["session"]) for event in good] == [
        (2, "view_home", "9001"), (2, "link_click", "9001"), (3, "search", "9002"),
    ]  # fmt: skip


def test_channels_of_exports(write: Write, rows_of: Rows) -> None:
    """R-21: marks, click ids and referrers become channels; Metrica's own judgement is kept where there are no marks."""
    found = {}
    for name in ("METRICA_HITS", "METRICA_VISITS", "MATOMO", "TILDA", "CALLTOUCH", "POSTHOG"):
        found[name] = list(
            dict.fromkeys(event.get("channel") for event in rows_of(write("c.txt", getattr(exports, name)))[0])
        )
    assert found == {
        "METRICA_HITS": ["paid search", "direct"], "METRICA_VISITS": ["organic search", "paid search", "messenger"],
        "MATOMO": ["organic search", "paid social"], "TILDA": ["paid search", "social"], "CALLTOUCH": ["paid search", None],
        "POSTHOG": ["messenger", None],
    }  # fmt: skip


def test_every_preset_is_said() -> None:
    """R-21: a name and every note in both languages."""
    for lang in ("ru", "en"):
        say = words(lang)
        for preset in presets.PRESETS:
            assert say.has(f"preset-{preset.id}")
            assert [note for note in preset.notes if not say.has(note)] == []
