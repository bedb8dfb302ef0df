"""Tables of the commands: they fit 80 columns, lose nothing, and say what is missing and why (R-12, R-20, R-23)."""

from __future__ import annotations

import io
from pathlib import Path
from types import SimpleNamespace as Thing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console, RenderableType

from office_samples import readings, shop
from tropa.cli import tables
from tropa.cli.grid import Column, Grid
from tropa.events.contract import ColumnRole, Dialect, ReadPlan, RoleGuess
from tropa.layout.figures import cannot_text
from tropa.model import CannotTell, EventCount, Where
from tropa.render.figures import break_table
from tropa.words import words

RU = words("ru")


def printed(what: RenderableType, width: int = 80, encoding: str = "utf-8") -> str:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
    Console(file=stream, width=width, highlight=False, legacy_windows=False).print(what)
    stream.flush()
    text = raw.getvalue().decode(encoding)
    assert all(cell_len(line) <= width for line in text.splitlines()), text
    assert "\x1b" not in text
    return text


def plan(**rest: object) -> ReadPlan:
    roles = (
        RoleGuess("client_id", ColumnRole.CUSTOMER, 0.97, "role-because-name", ("a***1", "b***2", "c***3")),
        RoleGuess("Дата оплаты", ColumnRole.EVENT_TIME, 0.9, "role-because-order-date", ("21.11.2026",), "order_paid"),
        RoleGuess("utm", ColumnRole.CHANNEL, 0.5, "role-because-name", ("cpc", "seo")),
        RoleGuess("x", ColumnRole.IGNORE, 0.5, "role-because-unheard-of", ()),
    )
    return ReadPlan(Path("заказы.csv"), "csv", Dialect("cp1251", ";"), roles, 12_345, "shop", **rest)  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("width", [80, 120, 44])
def test_measures_fit_and_explain_themselves(lang: str, width: int) -> None:
    """R-23: every rate with its interval; what is not observed has no figures, and the reason is said."""
    value = shop()
    text = printed(tables.measure_table(value, readings(value, unseen=frozenset({"decision"})), words(lang)), width)
    assert ("44,9 % [44,4; 45,3]" if lang == "ru" else "44.9% [44.4; 45.3]") in text
    assert ("не видно" if lang == "ru" else "not seen") in text
    assert cannot_text(words(lang), CannotTell(cannot_tell="not-observed"))[:20] in text
    assert "★" in text


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_breaks_are_ranked_with_price_reference_and_ceiling(lang: str) -> None:
    """R-24: never added up; the ceiling is called a ceiling."""
    value = shop()
    text = printed(tables.breaks_table(value, readings(value), words(lang)))
    order = [text.index(number) for number in ("\n1  ", "\n2  ", "\n3  ", "\n4  ")]
    assert order == sorted(order)
    assert words(lang)("table-ceiling") in text
    assert ("Это не сумма" if lang == "ru" else "no sum") in text


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_rank_that_chance_leaves_open_is_told_so(lang: str) -> None:
    """R-24: a break that is no dearer than its neighbours by more than chance has the places that it may take beside its own."""
    value, plain = shop(), readings(shop())
    open_ = tuple(
        one.model_copy(
            update=dict(zip(("rank_from", "rank_to"), (1, 2) if one.rank < 3 else (one.rank,) * 2, strict=True))
        )
        for one in plain.breaks
    )
    text = printed(tables.breaks_table(value, plain.model_copy(update={"breaks": open_}), words(lang)))
    assert [number in text for number in ("\n1 (1–2) ", "\n2 (1–2) ", "\n      3 ")] == [True] * 3
    assert words(lang)("table-rank-note")[:30] in text.replace("\n  ", " ")
    assert words(lang)("table-rank-note")[:30] not in printed(tables.breaks_table(value, plain, words(lang)))
    assert break_table(value, plain.model_copy(update={"breaks": open_}), words(lang)).rows[1][0] == "2 (1–2)"


def test_no_breaks_is_said() -> None:
    value = shop()
    text = printed(tables.breaks_table(value, readings(value).model_copy(update={"breaks": ()}), RU))
    assert RU("table-no-breaks") in text


def test_a_plan_says_how_sure_it_is_and_why() -> None:
    """R-20: column roles are recognised and shown for confirmation."""
    text = printed(tables.plan_table(plan(fixed_event="order_paid", currency="RUB"), RU))
    assert "заказы.csv · csv · cp1251 · разделитель ; · примерно 12 345 строк" in text
    assert "уверенно" in text
    assert "под вопросом" in text
    assert "дата события" in text
    assert "a***1, b***2" in text
    assert "c***3" not in text
    assert "--zone" in text
    assert "order_paid" in text


@pytest.mark.parametrize("role", list(ColumnRole))
@pytest.mark.parametrize("lang", ["ru", "en"])
def test_every_role_has_a_name(role: ColumnRole, lang: str) -> None:
    assert words(lang).has(f"table-role-{role.value.replace('_', '-')}")


def test_an_import_reports_its_quarantine_with_reasons() -> None:
    """R-20: bad rows go to a quarantine with the reason."""
    outcome = Thing(
        file="заказы.csv", accepted=12_000, duplicates=3, quarantined=17, reasons={"TR-E999": 5, "TR-E998": 12},
        import_id="20261122-01", customers=300, data_version="ab12", notes=(Thing(message="duration-days", facts={"n": 3}),),
    )  # fmt: skip
    text = printed(tables.import_table([outcome], RU))
    assert "12 000" in text
    assert text.index("TR-E998") < text.index("TR-E999"), "the commonest reason first"
    assert "20261122-01" in text
    assert "3 дня" in text, "warnings of the import are said"
    clean = Thing(**{**vars(outcome), "reasons": {}, "quarantined": 0, "notes": ()})
    assert "Причина" not in printed(tables.import_table([clean], RU))


def test_quarantine_lists_imports() -> None:
    held = Thing(import_id="20261122-01", file="заказы.csv", rows=17, reasons={"TR-E999": 17})
    text = printed(tables.quarantine_table([held], RU))
    assert "TR-E999 (17)" in text
    assert "--replay" in text


def test_events_say_where_the_map_puts_them() -> None:
    names = [
        Thing(event="order_paid", events=6120, customers=4000, stage="purchase", touchpoint="pay"),
        Thing(event="banner_seen", events=1200, customers=900, stage=None, touchpoint=None),
    ]
    log = Thing(
        events=385_680, customers=20_007, first=1_762_000_000_000_000, last=1_782_000_000_000_000, names=names,
        sources=(("shop", 300_000),), unbound=1200, returns=0, unmatched=(), zone="UTC",
    )  # fmt: skip
    text = printed(tables.events_table(log, RU))
    assert "purchase / pay" in text
    assert "ноябрь 2025 — июнь 2026" in text
    assert "1 200 событий ни к чему не привязаны" in text
    empty = Thing(
        events=0, customers=0, first=None, last=None, names=[], sources=(), unbound=0, returns=0, unmatched=()
    )
    assert "0 событий" in printed(tables.events_table(empty, RU))


def test_findings_come_worst_first_with_a_remedy() -> None:
    """R-12: the linter's findings, with places."""
    findings = [
        Thing(code="TR-M004", severity="warning", address="stages.use", facts={"name": "use"}, where=Where()),
        Thing(
            code="TR-M001",
            severity="error",
            address="stages.purchase",
            facts={"name": "cart", "kind": "touchpoints"},
            where=Where(line=12),
        ),
    ]
    text = printed(tables.lint_table(findings, RU))
    assert text.index("TR-M001") < text.index("TR-M004")
    assert "ошибка TR-M001 · строка 12 · stages.purchase" in text
    assert "Ошибок: 1, предупреждений: 1" in text
    assert RU("table-lint-clean") in printed(tables.lint_table([], RU))


def test_a_draft_shows_its_bindings_and_what_is_left() -> None:
    """R-22: unbound events are listed by volume."""
    left = [EventCount(event=f"e{number}", events=100 - number, customers=1) for number in range(12)]
    text = printed(tables.draft_table(shop(), left, RU))
    assert "order_paid" in text
    assert "и ещё 4" in text


def test_edits_are_told_cell_by_cell() -> None:
    """R-13: a cell-by-cell report of edits."""
    text = printed(tables.edits_table([Thing(address="purchase/goal/0", before="Получить быстро", after=None)], RU))
    assert "purchase/goal/0" in text
    assert "Получить быстро" in text
    assert "—" in text


CELLS = st.text(alphabet="абв xyz…₽—🙂漢", max_size=30)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(CELLS, CELLS, st.integers(0, 10**9).map(str)), min_size=1, max_size=5),
    st.integers(16, 100),
    st.sampled_from(["utf-8", "cp866"]),
)
def test_a_table_of_any_texts_fits_and_loses_nothing(
    rows: list[tuple[str, str, str]], width: int, encoding: str
) -> None:
    grid = Grid((Column("Слово"), Column("Ещё слово"), Column("Число", figures=True)), tuple(rows))
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, errors="strict", newline="\n")
    Console(file=stream, width=width, highlight=False, legacy_windows=False).print(grid)
    stream.flush()
    text = raw.getvalue().decode(encoding)
    assert all(cell_len(line) <= width for line in text.splitlines())
    squeezed = "".join(text.split())
    for row in rows:
        assert row[2] in squeezed, "figures are never broken"
        if encoding == "utf-8":
            for char in "".join(row[0].split()):
                assert char in squeezed
