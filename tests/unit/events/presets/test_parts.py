"""R-21: the rules that presets are made of: channels, pages, lists, wrappings, statuses, quarantine and replay."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tropa import events
from tropa.events.keeping import plan_from_json, plan_to_json
from tropa.events.opening_objects import opener_of
from tropa.events.presets import PRESETS
from tropa.events.presets.cells import Cells, items_of, key_of, since_1970
from tropa.events.presets.channels import channel_of, marks_of
from tropa.events.presets.pages import event_of_page
from tropa.events.presets.stages import CANCELLED, CREATED, PAID, Steps, plain_status

Write = Callable[..., Path]
Rows = Callable[..., tuple[list[dict[str, Any]], list[events.BadRow]]]


@pytest.mark.parametrize(
    ("source", "medium", "referrer", "url", "channel"),
    [
        ("yandex", "cpc", "", "", "paid search"), ("google", "organic", "", "", "organic search"), ("vk", "cpc", "", "", "paid social"),
        ("VK.com", "social", "", "", "social"), ("telegram", "", "", "", "messenger"), ("newsletter", "email", "", "", "email"),
        ("рассылка", "письмо", "", "", "email"), ("partner1", "cpa", "", "", "affiliate"), ("banner1", "display", "", "", "display"),
        ("youtube", "video", "", "", "video"), ("avito", "", "", "", "marketplace"), ("(direct)", "(none)", "", "", "direct"),
        ("", "", "https://yandex.ru/search?text=x", "https://shop.example/", "organic search"), ("", "", "https://vk.com/",
        "https://shop.example/", "social"),
        ("", "", "https://blog.example/post", "https://shop.example/", "referral"), ("", "", "https://shop.example/a",
        "https://www.shop.example/b", None),
        ("", "", "", "https://shop.example/?yclid=5", "paid search"), ("", "", "", "https://shop.example/?utm_source=tg&utm_medium=bot",
        "messenger"),
        ("", "", "", "", None), ("radio", "", "", "", "radio"), ("smth", "cpc", "", "", "paid other"), ("", "", "http://[broken", "",
        None),
    ],
)  # fmt: skip
def test_channels(source: str, medium: str, referrer: str, url: str, channel: str | None) -> None:
    """R-21: by the table in the guide."""
    assert channel_of(source, medium, referrer, url) == channel


def test_marks_of_an_address() -> None:
    """R-21: utm marks and click ids, in any case, decoded; nothing else of the address."""
    assert marks_of("https://a.example/?UTM_Source=%D1%8F&utm_medium=cpc&x=1&gclid=9#f") == {
        "utm_source": "я",
        "utm_medium": "cpc",
        "gclid": "9",
    }


@pytest.mark.parametrize(
    ("url", "event"),
    [
        ("https://shop.example/", "view_home"), ("https://shop.example/?utm_source=a", "view_home"), ("https://shop.example/korzina/",
        "view_cart"),
        ("https://shop.example/checkout/", "begin_checkout"), ("https://shop.example/checkout/success", "order_received"),
        ("https://shop.example/catalog/", "view_item_list"), ("https://shop.example/product/whey-1", "view_item"),
        ("https://shop.example/%D0%BA%D0%B0%D1%82%D0%B0%D0%BB%D0%BE%D0%B3/", "view_item_list"), ("https://shop.example/search?q=whey",
        "search"),
        ("https://shop.example/o-nas", "page_view"), ("mailto:x", "page_view"), ("https://shop.example/orders/12345", "view_order"),
    ],
)  # fmt: skip
def test_pages(url: str, event: str) -> None:
    """R-21: folders that shops have in two languages."""
    assert event_of_page(url) == event


@given(st.text(max_size=80))
def test_no_address_stops_an_import(text: str) -> None:
    """R-20: whatever stands where an address should, it has a name and at most a channel."""
    assert event_of_page(text)
    assert channel_of("", "", text, text) != ""


@given(st.lists(st.text(alphabet="abc-_:. 0123456789", min_size=1, max_size=8).map(str.strip).filter(bool), max_size=6))
def test_lists_as_exports_write_them(items: list[str]) -> None:
    """R-21: single or double quotes, with backslashes before them or without."""
    for quote in ("'", '"', "\\'"):
        assert items_of("[" + ",".join(f"{quote}{one}{quote}" for one in items) + "]") == items


def test_moments_by_their_own_size() -> None:
    """R-20: seconds, milliseconds and microseconds in one column; a time in words stays."""
    column = pa.array(["1714557600", "1714557600000", "1714557600000000", "1714557600.5", "2024-05-01", None])
    assert since_1970(column).to_pylist() == [
        "2024-05-01 10:00:00.000000Z", "2024-05-01 10:00:00.000000Z", "2024-05-01 10:00:00.000000Z", "2024-05-01 10:00:00.500000Z",
        "2024-05-01", None,
    ]  # fmt: skip


def test_columns_under_many_spellings() -> None:
    """R-20: `Paid at`, `paid_at`, `paidAt` are one column; a column that is not there is empty."""
    cells = Cells(pa.table({"paidAt": ["x", " ", "null"], "№ заказа": ["1", "2", "3"]}))
    assert {key_of(name) for name in ("Paid at", "paid_at", "PAID_AT", "paidAt")} == {"paid at"}
    assert cells.text("Paid at").to_pylist() == ["x", None, None]
    assert cells.text("nowhere").to_pylist() == [None] * 3


def test_statuses() -> None:
    """R-21: codes in brackets and dates behind are taken off; own words win over usual ones."""
    assert plain_status("[F] Выполнен 12.03.2024") == "выполнен"
    steps = Steps({CREATED: ("a",)}, statuses={"отложен": CREATED, "completed": CANCELLED})
    assert [steps.event_of(one) for one in ("Отложен", "completed", "Оплачен", "что-то")] == [
        CREATED,
        CANCELLED,
        PAID,
        None,
    ]


def test_wrappings() -> None:
    """R-20: a body, a recorded request, a batch of lines; an ordinary event is none of them."""
    assert opener_of([{"batch": [{"event": "a"}]}]) == "=body"
    assert opener_of([{"path": "/x", "body": {"batch": [{}]}}]) == "=body"
    assert opener_of([{"idVisit": 1, "actionDetails": []}]) == "=visit"
    assert opener_of([{"event": "a", "data": [{"x": 1}]}, {"event": "b", "events": []}]) is None


def test_bodies_a_line_each(write: Write, rows_of: Rows) -> None:
    """R-20: a file of bodies; a line that is none of them goes aside as it stood and can be mended."""
    one = {
        "type": "track",
        "userId": "u",
        "event": "Order Completed",
        "timestamp": "2024-05-01T10:00:00Z",
        "messageId": "m1",
        "properties": {"revenue": 5},
    }
    page = {"type": "page", "anonymousId": "x", "timestamp": "2024-05-01T09:00:00Z", "messageId": "m2"}
    lines = [
        json.dumps({"batch": [one, page], "sentAt": "2024-05-01T10:00:05Z"}),
        '{"batch": [',
        json.dumps({"batch": [one | {"timestamp": "soon"}]}),
    ]
    good, bad = rows_of(write("bodies.jsonl", "\n".join(lines)))
    assert [(row["row"], row["event"], row["customer"], row.get("value")) for row in good] == [
        (1, "Order Completed", "u", 500),
        (1, "page_view", "x", None),
    ]
    assert [(row.line, row.code) for row in bad] == [(2, "TR-E112"), (3, "TR-E101")]
    assert not any(name.startswith("=") for row in bad for name in row.raw)


def test_a_bad_row_of_a_preset_is_mended_under_it(write: Write, tmp_path: Path) -> None:
    """R-20: the preset is kept with the plan: a mended row becomes the events it would have been, once."""
    head = "ym:s:visitID\tym:s:clientID\tym:s:dateTime\tym:s:goalsID\tym:s:goalsDateTime\n"
    file = write("v.tsv", head + "1\t7\t2024-05-01 10:00:00\t[5]\t['2024-05-01 10:01:00']\n2\t8\tyesterday\t[5]\t[]\n")
    plan = events.plan(file)
    kept = plan_from_json(plan_to_json(plan))
    assert (kept.preset, kept.preset_marks) == ("metrica-visits", plan.preset_marks)
    bad = [row for batch in events.read(plan) for row in batch.bad]
    assert [(row.line, row.code) for row in bad] == [(3, "TR-E101")]
    quarantine = events.Quarantine(tmp_path)
    quarantine.write("i1", plan, [bad])
    mended = write(
        "mended.csv",
        f"#line,#reason,#column,{','.join(plan.columns)},#rest\n3,,,2,8,2024-05-02 10:00:00,[5],[],\n",
    )
    again = [event for batch in quarantine.fixed("i1", mended) for event in batch.events.to_pylist()]
    assert [(event["event"], event["customer"]) for event in again] == [("visit", "8"), ("goal_5", "8")]


@pytest.mark.parametrize(
    "head",
    ["user_id,event,time,type", "userId,type,event,timestamp", "email,status,event_time", "Номер;Дата оформления;Статус;Сумма;Телефон",
    "client_id;date;event",
     "number,created_at,financial_status,fulfillment_status,total_price,email", "id,name,email,created,amount"],
)  # fmt: skip
def test_an_ordinary_table_is_no_export(head: str) -> None:
    """R-21: words that any log has are no marks of anybody."""
    columns = head.replace(";", ",").split(",")
    assert [one.id for one in PRESETS if one.recognises(columns)] == []
