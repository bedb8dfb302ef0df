"""R-13: the table of lanes and stages says the whole map, and what is edited in it comes back cell by cell."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from strategies import maps
from tropa.codec import Edit, Matrix, from_matrix, read_csv, to_matrix, write_csv
from tropa.codec.matrix import Row
from tropa.model import Map, Statement, TropaError

any_map = settings(
    max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None
)

SHOP = Map.model_validate(
    {
        "title": "Спортпит",
        "stages": [
            {
                "id": "need",
                "title": {"ru": "Нужда", "en": "Need"},
                "does": ["ищет", "смотрит"],
                "feels": {"score": 0.5, "words": ["тревога"]},
            },
            {
                "id": "buy",
                "title": "Покупка",
                "brand": {"task": "teach"},
                "goal": {"text": "быстро", "evidence": [{"quote": "скорее бы"}]},
                "pains": [{"id": "p1", "text": "дорого", "severity": 3}, {"id": "p2", "text": "долго"}],
                "touchpoints": [
                    {"id": "cart", "title": "Корзина", "channel": "website"},
                    {"id": "pay", "title": "Оплата", "moment_of_truth": True},
                ],
            },
        ],
        "loops": [{"from": "buy", "to": "need"}],
        "improvements": [{"id": "i1", "text": "скидка", "stage": "buy", "due": "2026-12-01"}],
    }
)


def edited(matrix: Matrix, changes: dict[tuple[str, str], Any]) -> Matrix:
    """The table after somebody typed into cells named by row key and column key."""
    rows = []
    for row in matrix.rows:
        cells = [changes.get((row.key, column), cell) for column, cell in zip(matrix.columns, row.cells, strict=True)]
        rows.append(replace(row, cells=tuple(cells)))
    return replace(matrix, rows=tuple(rows))


def code_of(matrix: Matrix, base: Map | None = None) -> str:
    with pytest.raises(TropaError) as caught:
        from_matrix(matrix, base)
    return caught.value.code


@any_map
@given(maps(), st.sampled_from(["ru", "en"]), st.sampled_from(["all", "none"]))
def test_the_table_alone_is_the_whole_map(value: Map, lang: str, opened: str) -> None:
    """R-13: lossless, in either language, opened or closed."""
    assert from_matrix(to_matrix(value, lang, opened)) == (value, ())


@any_map
@given(maps(), st.sampled_from([";", ","]))
def test_csv_says_the_same_map(value: Map, delimiter: str) -> None:
    """R-13"""
    raw = write_csv(to_matrix(value), delimiter).encode("utf-8-sig")
    assert from_matrix(read_csv(raw, "map.csv")) == (value, ())


@any_map
@given(maps(), st.data())
def test_one_edited_cell_changes_that_cell(value: Map, data: st.DataObject) -> None:
    """R-13: whatever text cell is written over, the report says it and a new table shows it."""
    matrix = to_matrix(value)
    texts = [
        (row.key, column)
        for row in matrix.rows
        for column, cell in zip(matrix.columns, row.cells, strict=True)
        if row.key.split(".")[0] in ("title", "touchpoint", "does", "thinks", "goal", "strengths") and cell is not None
    ]
    key, column = data.draw(st.sampled_from(texts))
    back, edits = from_matrix(edited(matrix, {(key, column): "совсем другое"}))
    assert [edit.after for edit in edits] == ["совсем другое"]
    again = to_matrix(back)
    assert next(row for row in again.rows if row.key == key).cells[matrix.columns.index(column)] == "совсем другое"


def test_edits_are_told_cell_by_cell() -> None:
    """R-13: addresses, what stood there and what stands there now."""
    changes = {
        ("title", "need"): "Потребность",
        ("does.1", "need"): None,
        ("does.+", "need"): "сравнивает",
        ("task", "buy"): "напомнить",
        ("pains.0.severity", "buy"): 1.0,
        ("feels.score", "buy"): "-1,5",
        ("goal", "buy"): "быстро и просто",
        ("improvements.0.status", "buy"): "сделано",
        ("channel", "buy/cart"): "свой сайт",
        ("moment_of_truth", "buy/pay"): None,
    }
    back, edits = from_matrix(edited(to_matrix(SHOP), changes))
    assert Edit("need/title", "Нужда", "Потребность") in edits
    assert Edit("need/does/1", "смотрит", None) in edits
    assert len(edits) == len(changes)
    need, buy = back.stages
    assert need.title == {"ru": "Потребность", "en": "Need"}
    assert need.does == ("ищет", "сравнивает")
    assert buy.brand is not None
    assert buy.brand.task == "remind"
    assert buy.pains[0].severity == 1
    assert buy.feels is not None
    assert buy.feels.score == -1.5
    assert isinstance(buy.goal, Statement)
    assert (buy.goal.text, len(buy.goal.evidence)) == ("быстро и просто", 1)
    assert back.improvements[0].status == "done"
    assert buy.touchpoints[0].channel == "свой сайт"
    assert not buy.touchpoints[1].moment_of_truth


def test_columns_are_added_moved_and_removed() -> None:
    """R-13: new stages and touchpoints by their titles, the order of columns is the order of stages."""
    matrix = to_matrix(SHOP)
    titles = {"title": "Сравнение", "does.0": "читает отзывы"}
    rows = tuple(replace(row, cells=(*row.cells[1:3], titles.get(row.key), row.cells[0])) for row in matrix.rows)
    back, edits = from_matrix(replace(matrix, columns=("buy", "buy/cart", "", "need"), rows=rows))
    assert [stage.id for stage in back.stages] == ["buy", "сравнение", "need"]
    assert back.stages[1].does == ("читает отзывы",)
    assert [point.id for point in back.stages[0].touchpoints] == ["cart"]
    assert Edit("buy/pay", "Оплата", None) in edits
    assert Edit("stages", "need, buy, сравнение", "buy, сравнение, need") in edits


def test_a_removed_stage_takes_its_loops_along_and_says_so() -> None:
    """R-13"""
    matrix = to_matrix(SHOP)
    rows = tuple(replace(row, cells=row.cells[1:]) for row in matrix.rows)
    back, edits = from_matrix(replace(matrix, columns=matrix.columns[1:], rows=rows))
    assert [stage.id for stage in back.stages] == ["buy"]
    assert {edit.address for edit in edits} == {"need", "loops"}


def test_inserted_rows_are_items_or_lanes() -> None:
    """R-02, R-13: below a list one more item; with a heading of its own a new lane."""
    matrix = to_matrix(SHOP)
    at = next(index for index, row in enumerate(matrix.rows) if row.key == "does.0") + 1
    item = Row("", "", ("звонит другу", None, None, None))
    lane = Row("", "Погода", (None, "дождь", None, None))
    back, edits = from_matrix(replace(matrix, rows=(*matrix.rows[:at], item, *matrix.rows[at:], lane)))
    assert back.stages[0].does == ("ищет", "звонит другу", "смотрит")
    assert back.lanes[0].title == "Погода"
    assert back.stages[1].cells["погода"] is not None
    assert {edit.address for edit in edits} == {"need/does/1", "lanes/погода", "buy/погода/text"} or len(edits) == 3


def test_changes_on_both_sides() -> None:
    """R-13: what changed elsewhere stays; the same change twice is no conflict; two different ones are TR-C074."""
    matrix = edited(to_matrix(SHOP), {("title", "buy"): "Заказ"})
    need, buy = SHOP.stages
    elsewhere = SHOP.model_copy(update={"stages": (need.model_copy(update={"owner": "Аня"}), buy)})
    back, edits = from_matrix(matrix, elsewhere)
    assert (back.stages[0].owner, back.stages[1].title) == ("Аня", "Заказ")
    assert len(edits) == 1
    agreed = SHOP.model_copy(update={"stages": (need, buy.model_copy(update={"title": "Заказ"}))})
    assert from_matrix(matrix, agreed) == (agreed, ())
    other = SHOP.model_copy(update={"stages": (need, buy.model_copy(update={"title": "Оплата"}))})
    assert code_of(matrix, other) == "TR-C074"


@pytest.mark.parametrize(
    ("key", "column", "value"),
    [
        ("feels.score", "need", 3.0),
        ("feels.score", "need", "много"),
        ("pains.0.severity", "buy", 4.0),
        ("improvements.0.due", "buy", "завтра"),
        ("improvements.0.status", "buy", "как-нибудь"),
        ("moment_of_truth", "buy", "может быть"),
        ("task", "buy/cart", "научить"),
    ],
)
def test_a_value_that_does_not_fit_is_told_with_its_cell(key: str, column: str, value: Any) -> None:
    """R-13: TR-C073 names the cell as Excel does."""
    with pytest.raises(TropaError) as caught:
        from_matrix(edited(to_matrix(SHOP), {(key, column): value}))
    assert caught.value.code == "TR-C073"
    assert caught.value.where.path is not None
    assert caught.value.where.path[0] in "CDEF"


def test_copied_marks_and_nameless_columns_are_told() -> None:
    """R-13"""
    matrix = to_matrix(SHOP)
    twice = replace(matrix, columns=("need", "need", *matrix.columns[2:]))
    assert code_of(twice) == "TR-C076"
    assert code_of(replace(matrix, rows=(*matrix.rows, matrix.rows[0]))) == "TR-C076"
    rows = tuple(replace(row, cells=(*row.cells, "x" if row.key == "goal" else None)) for row in matrix.rows)
    assert code_of(replace(matrix, columns=(*matrix.columns, ""), rows=rows)) == "TR-C079"


def test_without_what_is_carried_along() -> None:
    """R-13: broken, it needs a base; lost, the visible cells make the map."""
    matrix = to_matrix(SHOP)
    assert code_of(replace(matrix, carried="{")) == "TR-C075"
    assert from_matrix(replace(matrix, carried="{"), SHOP) == (SHOP, ())
    back, _ = from_matrix(replace(matrix, carried=None))
    assert back.stages[0].does == ("ищет", "смотрит")
    assert back.stages[1].pains[0].severity == 3
    assert back.stages[1].touchpoints[1].moment_of_truth


def test_a_table_of_ones_own_is_read() -> None:
    """R-13: lanes in the first column, stages in the first row, no marks."""
    raw = "Строка;Нужда;Покупка\nДелает;ищет;платит\n;сравнивает;\nБоли;дорого;ждёт\n".encode("cp1251")
    back, _ = from_matrix(read_csv(raw, "моя.csv"))
    assert [stage.title for stage in back.stages] == ["Нужда", "Покупка"]
    assert back.stages[0].does == ("ищет", "сравнивает")
    assert back.stages[1].pains[0].text == "ждёт"


def test_formulas_are_disarmed_in_csv() -> None:
    """R-13: text that begins like a formula gets an apostrophe, and loses it on the way back."""
    value = SHOP.model_copy(
        update={"stages": (SHOP.stages[0].model_copy(update={"does": ("=1+1", "'x", "-5", "+7 900")}),)}
    )
    value = value.model_copy(update={"loops": (), "improvements": ()})
    text = write_csv(to_matrix(value))
    assert ";'=1+1" in text
    assert from_matrix(read_csv(text.encode("utf-8"), "x.csv")) == (value, ())


@pytest.mark.parametrize(
    ("raw", "code"), [(b"", "TR-C072"), (b"a", "TR-C072"), (b"\x98\xff", "TR-C077"), (b";;;\n;;;", "TR-C072")]
)
def test_what_is_no_table_is_told(raw: bytes, code: str) -> None:
    """R-13"""
    with pytest.raises(TropaError) as caught:
        read_csv(raw, "x.csv")
    assert caught.value.code == code
