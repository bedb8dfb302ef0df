"""Maps drawn elsewhere, as tables of lanes and stages: usual names of rows are known, the rest become rows of one's own (R-13)."""

from __future__ import annotations

from tropa.codec import from_matrix, read_csv

ENGLISH = """"",Awareness,Purchase,Delivery
Customer goals,Find a fix,Buy quickly,Get it on time
Touchpoints,"Ad
Search",Checkout,Courier
Actions,Scrolls the feed,"Opens the cart
Pays by card",Waits
THOUGHTS,Does it help?,,Where is it?
Pain points:,,"Hidden fee
No instalments",Courier was late
Ideas,,Show the fee early,
KPIs,,Conversion 3.1%,On time 81%
"""
RUSSIAN = """Этап;Выбор;Покупка
Цели клиента;Сравнить;Оплатить
Действия;Читает отзывы;Вводит карту
Барьеры;;Нет СБП
Идеи;Таблица размеров;
"""


def test_a_map_of_another_tool_is_read_by_the_usual_names() -> None:
    """R-13: goals, actions, thoughts, pains, ideas, figures; a line of a cell is an item; nothing is lost."""
    back, _ = from_matrix(read_csv(ENGLISH.encode(), "ux.csv"))
    purchase = back.stages[1]
    assert str(purchase.goal) == "Buy quickly"
    assert purchase.does == ("Opens the cart", "Pays by card")
    assert back.stages[0].thinks == ("Does it help?",)
    assert [pain.text for pain in purchase.pains] == ["Hidden fee", "No instalments"]
    assert [one.text for one in purchase.opportunities] == ["Show the fee early"]
    assert [one.title for one in purchase.metrics] == ["Conversion 3.1%"]
    assert [lane.title for lane in back.lanes] == ["Touchpoints"]


def test_also_in_russian() -> None:
    """R-13"""
    back, _ = from_matrix(read_csv(RUSSIAN.encode("cp1251"), "карта.csv"))
    assert [str(stage.goal) for stage in back.stages] == ["Сравнить", "Оплатить"]
    assert back.stages[1].does == ("Вводит карту",)
    assert [barrier.text for barrier in back.stages[1].barriers] == ["Нет СБП"]
    assert back.stages[0].opportunities[0].text == "Таблица размеров"
    assert not back.lanes
