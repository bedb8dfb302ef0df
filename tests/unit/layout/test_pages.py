"""Pages of every kind: nothing overlaps, nothing is cut silently (R-04, R-05, R-07, R-65)."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import strategies
from fixtures_readings import readings
from fixtures_shop import TODAY, shop
from pictures import check, crafted, placed, sheets
from tropa.layout import PAPERS, lay_out
from tropa.layout.geometry import all_groups, all_lines
from tropa.model import Map, TropaError
from tropa.words import words

FALLING = (100_000, 2_000, 300)


def falling(count: int, start: int = 48_210, by: float = 0.55) -> tuple[int, ...]:
    """Entrants that fall from stage to stage."""
    return tuple(max(1, int(start * by**k)) for k in range(count))


@pytest.mark.parametrize("view", ["infographic", "table", "scheme"])
@pytest.mark.parametrize("paper", ["screen", "a3"])
@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_shop_is_drawn_cleanly(view: str, paper: str, lang: str) -> None:
    """R-07: the three views, on a screen and on paper, in both languages."""
    value = shop()
    check(lay_out(value, readings(value), words(lang), view=view, page=paper, today=TODAY))  # type: ignore[arg-type]  # a parametrised name


@pytest.mark.parametrize("count", [1, 2, 4, 6, 9, 12])
@pytest.mark.parametrize("crowded", [False, True])
@pytest.mark.parametrize("view", ["infographic", "table", "scheme"])
def test_four_to_twelve_stages_empty_to_crowded(count: int, crowded: bool, view: str) -> None:
    """R-07: any number of stages, empty and crowded cells, very long words."""
    value = crafted(count, crowded)
    found = readings(value, falling(count))
    check(lay_out(value, found, words("ru"), view=view, page="a3", today=TODAY))  # type: ignore[arg-type]  # a parametrised name


@pytest.mark.parametrize("opened", [frozenset({"s1"}), "all"])
@pytest.mark.parametrize("view", ["infographic", "table"])
def test_stages_open_into_their_touchpoints(opened: frozenset[str], view: str) -> None:
    """R-03: every view opens a stage into its touchpoints, under the names of their sub-stages."""
    value = crafted(5, crowded=True)
    page = lay_out(value, readings(value, falling(5)), words("ru"), view=view, opened=opened, today=TODAY)  # type: ignore[arg-type]  # parametrised
    check(page)
    heads = {group.cell for group in all_groups(page.items, "touchpoint")}
    assert {f"s1/p1-{k}" for k in range(4)} <= heads


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize(
    "entrants",
    [FALLING, (300, 120, 80), (5, 1, 1), (50_000, 0, 20_000), (0, 0, 0), (10, 10, 10), (1_000_000, 999_999, 3)],
)
@pytest.mark.parametrize("view", ["infographic", "scheme"])
def test_large_small_and_unseen(entrants: tuple[int, ...], view: str, lang: str) -> None:
    """R-23, R-65: 100 000 → 2 000 → 300, three hundred orders, and stages that no event can show."""
    value = crafted(3, crowded=False, deal=1)
    check(lay_out(value, readings(value, entrants, money=False), words(lang), view=view, today=TODAY))  # type: ignore[arg-type]  # parametrised


@pytest.mark.parametrize("view", ["infographic", "table", "scheme"])
def test_branches_stand_beside_one_another(view: str) -> None:
    """R-01: parallel branches."""
    value = crafted(6, crowded=False, branches=True)
    check(lay_out(value, readings(value, (900, 500, 300, 700, 300, 100)), words("ru"), view=view, today=TODAY))  # type: ignore[arg-type]  # parametrised


def test_personas_side_by_side() -> None:
    """R-29: twelve stages and four personas, each with a ribbon of its own."""
    value = crafted(12, crowded=True)
    found = readings(value, falling(12))
    segments = {
        name: readings(value, falling(12, 9000 - 2000 * i))
        for i, name in enumerate(("новички", "опытные", "тренеры", "прочие"))
    }
    page = lay_out(value, found, words("ru"), page="a2", segments=segments, today=TODAY)
    check(page)
    assert len(list(all_groups(page.items, "segment"))) == 4


def test_a_map_without_data_is_an_outline() -> None:
    """R-22: no figures are invented where there is no log."""
    value = shop()
    page = lay_out(value, None, words("ru"), today=TODAY)
    check(page)
    told = " ".join(line.text for line in all_lines(page.items))
    assert "Данных пока нет" in told
    assert page.title == "Спортпит Сергея"
    assert not list(all_groups(page.items, "station"))


def test_a_stage_not_seen_is_hatched_and_has_no_figures() -> None:
    """R-23: a stage without bound events has no entrants, no conversion, no loss."""
    value = crafted(3, crowded=False)
    page = lay_out(value, readings(value, (900, 0, 300)), words("en"), today=TODAY)
    cells = [group.cell for group in all_groups(page.items, "numbers")]
    assert cells == ["s0/numbers", "s2/numbers"]
    assert any("not seen" in line.text for line in all_lines(page.items))


def test_headline_says_the_finding() -> None:
    """R-24: the dearest break and its price are the headline."""
    value = shop()
    page = lay_out(value, readings(value), words("ru"), today=TODAY)
    assert "1,9\u00a0млн\u00a0₽" in page.title
    assert "80\u00a0%" in page.title
    without = lay_out(value, readings(value, money=False), words("ru"), today=TODAY)
    assert "сделок" in without.title


@pytest.mark.parametrize("paper", sorted(PAPERS))
def test_papers_keep_their_shape(paper: str) -> None:
    """R-13: a sheet has the proportions of its paper, and everything that does not fit is on a further one."""
    value = crafted(8, crowded=True)
    page = lay_out(value, readings(value, falling(8)), words("ru"), view="table", page=paper, today=TODAY)
    ratio = PAPERS[paper].ratio
    check(page)
    told = {group.cell for sheet in sheets(page) for group in all_groups(sheet.items, "entry")}
    whole = lay_out(value, readings(value, falling(8)), words("ru"), view="table", today=TODAY)
    assert {group.cell for group in all_groups(whole.items, "entry")} == told
    assert all(sheet.height / sheet.width >= ratio - 0.01 for sheet in sheets(page))


def test_what_is_shortened_is_listed() -> None:
    """R-07: shortened text is marked and listed."""
    value = crafted(12, crowded=True)
    page = lay_out(value, readings(value, falling(12)), words("ru"), page="a4", today=TODAY)
    lines = [line.text for sheet in sheets(page) for line in all_lines(sheet.items)]
    cut = [text for text in lines if text.endswith("…")]
    assert not cut or page.shortened
    listed = "".join(lines).replace("-", "").replace(" ", "").replace("\u00a0", "")
    for _, full in page.shortened:
        assert full.replace(" ", "").replace("-", "").replace("\u00a0", "") in listed


def test_a_named_view_hides_rows_and_chooses_stages() -> None:
    """R-02: named views."""
    value = shop()
    from tropa.model import View

    named = value.model_copy(
        update={"views": (View(id="short", title="Коротко", hide=("pains",), stages=("use", "loyalty")),)}
    )
    page = lay_out(named, readings(value), words("ru"), view_id="short", today=TODAY)
    assert [group.cell for group in all_groups(page.items, "stage")] == ["use", "loyalty"]
    assert not any(group.id == "row-pains" for group in all_groups(page.items, "row"))


def test_same_input_same_page() -> None:
    """House rule: frozen values, nothing from clock or chance."""
    value = shop()
    first = lay_out(value, readings(value), words("ru"), today=TODAY)
    assert first == lay_out(value, readings(value), words("ru"), today=TODAY)


@pytest.mark.parametrize(
    ("facts", "code"), [({"view": "poster"}, "TR-R001"), ({"page": "a9"}, "TR-R002"), ({"view_id": "x"}, "TR-R003")]
)
def test_wrong_wishes_are_coded_errors(facts: dict[str, str], code: str) -> None:
    """Errors are coded and have words in both languages."""
    with pytest.raises(TropaError) as caught:
        lay_out(shop(), None, words("ru"), today=TODAY, **facts)  # type: ignore[arg-type]  # wrong on purpose
    assert caught.value.code == code
    for lang in ("ru", "en"):
        assert words(lang)(code, **caught.value.facts)
        assert words(lang)(f"{code}.fix", **caught.value.facts)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_any_map_is_drawn_cleanly(data: st.DataObject) -> None:
    """R-07: no map makes lines overlap or leave their place."""
    value: Map = data.draw(strategies.maps(most_stages=5))
    view = data.draw(st.sampled_from(["infographic", "table", "scheme"]))
    lang = data.draw(st.sampled_from(["ru", "en"]))
    opened = data.draw(st.sampled_from([frozenset[str](), "all"]))
    found = None
    if data.draw(st.booleans()):
        found = readings(value, tuple(data.draw(st.integers(0, 100_000)) for _ in value.stages))
    page = lay_out(
        value,
        found,
        words(lang),
        view=view,
        opened=opened,
        page=data.draw(st.sampled_from(["screen", "a4"])),
        today=TODAY,
    )
    check(page)
    assert all(item.line.width >= 0 for item in placed(page.items))
