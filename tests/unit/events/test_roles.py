"""R-20, R-21: columns are recognised by their names, in two languages, and by what is in them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tropa import events
from tropa.events import ColumnRole, Overrides
from tropa.events.synonyms import order_date_event, status_event, words_of

Write = Callable[..., Path]

TABLES = {
    "a web log": """
        | visitor_id=customer | server_time=time | action=event | utm_source=channel | page_url=property |
        | v1 | 2024-01-01 10:00:00 | view | ads | /a |
        | v2 | 2024-01-01 10:00:01 | click | organic | /b |
        | v1 | 2024-01-01 10:00:02 | view | ads | /a |
    """,
    "camel case": """
        | userId=customer | eventTime=time | eventName=event | orderId=order | totalPrice=value | currency=currency |
        | 1 | 1704164645000 | order | A-1 | 10.5 | USD |
        | 2 | 1704164646000 | view | | | |
    """,
    "a Russian log": """
        | ID клиента=customer | Дата и время=time | Тип события=event | Канал=channel | Выручка=value | Город=property |
        | 1 | 01.02.2024 10:00 | Заказ | Сайт | 1000,50 | Казань |
        | 2 | 13.02.2024 10:00 | Звонок | Телефон | | Москва |
    """,
    "orders of a Russian shop": """
        | № заказа=order | Дата=time | ФИО клиента=name | Телефон=phone | E-mail=email | Сумма=value | Адрес доставки=ignore |
        | 1 | 01.02.2024 | Иван Петров | +7 916 123-45-67 | a@b.ru | 1000 | ул. Мира, 1 |
        | 2 | 13.02.2024 | Анна Сидорова | 8 (903) 111-22-33 | c@d.ru | 2000 | ул. Мира, 2 |
    """,
    "customers known by phones under another name": """
        | клиент=phone | дата=time | событие=event |
        | +7 916 123-45-67 | 01.02.2024 | звонок |
        | 8 (903) 111-22-33 | 13.02.2024 | заказ |
    """,
    "answers to a survey": """
        | client_id=customer | date=time | nps=score | comment=text |
        | 1 | 2024-01-01 | 10 | Everything was fine, thank you very much |
        | 2 | 2024-01-02 | 0 | The courier was two days late and rude too |
    """,
    "an event log of process mining": """
        | case:concept:name=customer | concept:name=event | time:timestamp=time | org:resource=property |
        | c1 | Create | 2024-01-01T10:00:00+00:00 | Bob |
        | c1 | Close | 2024-01-01T11:00:00+00:00 | Eve |
    """,
    "date and time of day apart": """
        | клиент=customer | дата=time | время=clock | событие=event |
        | 1 | 01.02.2024 | 10:30 | заказ |
        | 2 | 13.02.2024 | 11:30 | визит |
    """,
    "lines of orders": """
        | InvoiceNo=order | Quantity=quantity | UnitPrice=price | InvoiceDate=time | CustomerID=customer |
        | 1 | 2 | 2.5 | 2010-12-01 08:26:00 | 17850 |
        | 2 | 3 | 1.25 | 2010-12-01 08:28:00 | 17851 |
    """,
    "orders with dates": """
        | order_id=order | client=customer | created_at=event_time | paid_at=event_time | shipped=event_time | due=ignore | amount=value |
        | 1 | c1 | 2024-01-01 | 2024-01-02 | 2024-01-05 | 2024-01-09 | 10 |
        | 2 | c2 | 2024-01-02 | 2024-01-03 | | 2024-01-10 | 20 |
    """,
    "the same in Russian": """
        | Номер=order | Клиент=customer | Дата создания=event_time | Дата оплаты=event_time | Отменён=event_time | Сумма=value |
        | 1 | а | 01.02.2024 | 02.02.2024 | | 100 |
        | 2 | б | 13.02.2024 | | 14.02.2024 | 200 |
    """,
    "an identifier that is no phone": """
        | household_id=customer | basket_id=order | sales_value=value | transaction_timestamp=time |
        | 2261 | 31625220889 | 3.86 | 2017-01-28 19:06:53 |
        | 2131 | 32053127496 | 1.59 | 2017-03-01 03:31:57 |
    """,
    "birthdays are personal": """
        | user_id=customer | time=time | event=event | birthday=ignore | ip=ignore |
        | 1 | 2024-01-01 | a | 1990-01-01 | 10.0.0.1 |
        | 2 | 2024-01-02 | b | 1991-01-01 | 10.0.0.2 |
    """,
    "a message number": """
        | event_id=message_id | user_id=customer | ts=time | event=event |
        | 5f0c1a | 1 | 1704164645 | a |
        | 5f0c1b | 2 | 1704164646 | b |
    """,
}


@pytest.mark.parametrize("name", TABLES)
def test_known_tables(write: Write, name: str) -> None:
    """R-20: headings carry the role that is expected of them."""
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in TABLES[name].strip().splitlines()]
    expected = dict(cell.split("=") for cell in rows[0])
    body = [list(expected), *rows[1:]]
    plan = events.plan(write("log.csv", "\n".join("\t".join(cells) for cells in body) + "\n"))
    assert {guess.column: guess.role.value for guess in plan.roles} == expected
    for guess in plan.roles:
        assert 0 < guess.sure <= 1
        assert guess.because.startswith("role-because-")


def test_what_the_user_says_wins(write: Write) -> None:
    """R-20: an override takes the role from the column that was guessed for it."""
    file = write("log.csv", "user_id,account_id,time,event\n1,a,2024-01-01,x\n2,b,2024-01-02,y\n")
    assert events.plan(file).column(ColumnRole.CUSTOMER) == "user_id"
    plan = events.plan(file, Overrides(roles={"account_id": ColumnRole.CUSTOMER}))
    assert plan.column(ColumnRole.CUSTOMER) == "account_id"
    assert next(guess for guess in plan.roles if guess.column == "account_id").because == "role-because-told"
    assert {guess.column: guess.role for guess in plan.roles}["user_id"] == ColumnRole.PROPERTY


def test_dates_with_names_of_ones_own(write: Write) -> None:
    """R-21: the user names the event of a date column; the known ones beside it are still found."""
    file = write("log.csv", "order,client,created_at,wrapped\n1,a,2024-01-01,2024-01-02\n2,b,2024-01-02,2024-01-03\n")
    told = Overrides(roles={"wrapped": ColumnRole.EVENT_TIME}, event_columns={"wrapped": "order_wrapped"})
    (batch,) = events.read(events.plan(file, told))
    assert batch.events["event"].to_pylist() == ["order_created", "order_wrapped"] * 2


def test_personal_data_is_masked_in_samples(write: Write) -> None:
    """R-64: nothing that a plan shows gives a person away."""
    plan = events.plan(
        write(
            "log.csv",
            "ФИО;Телефон;Почта;Адрес;Дата;Комментарий\n"
            "Иван Петров;+79161234567;ivan@mail.ru;ул. Мира 1;01.01.2024;звоните +7 916 123-45-67\n",
        )
    )
    shown = " ".join(sample for guess in plan.roles for sample in guess.samples)
    for secret in ("Петров", "9161234567", "123-45-67", "ivan@", "Мира"):
        assert secret not in shown


def test_words_and_statuses() -> None:
    """R-21: names apart into words; statuses and date columns to events."""
    assert words_of("CustomerID") == ("customer", "id")
    assert words_of("Дата оплаты, мск") == ("дата", "оплаты", "мск")
    assert words_of("№ заказа") == ("номер", "заказа")
    assert [
        order_date_event(name)
        for name in ("Дата заказа", "Дата доставки", "shipped_at", "Плановая дата доставки", "refunded_at", "colour")
    ] == [
        "order_created",
        "order_delivered",
        "order_sent",
        None,
        "order_returned",
        None,
    ]
    assert status_event("Отменён") == "order_cancelled"
    assert status_event("on-hold") == "order_created"
    assert status_event("whatever") is None
