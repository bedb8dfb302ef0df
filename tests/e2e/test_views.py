"""The views of a map beside its table: the scheme's arrangement is everyone's, the buyer journey follows the map (R-07, R-09, R-60)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from e2e.app import PHONE, Visit, until
from e2e.conftest import Shop

Opening = Callable[..., Visit]
BOX = ".svelte-flow__node"


@pytest.fixture
def app(shop: Shop, visit: Callable[..., Visit]) -> Opening:
    """Opens windows of the owner."""
    return lambda **wishes: visit(shop.served.url, state=shop.state, **wishes)


def copied(shop: Shop, name: str) -> str:
    """A copy of the demo map."""
    return str(shop.call("POST", "/maps/sergey/duplicate", {"title": name})["id"])


def places(shop: Shop, map_id: str) -> dict[str, Any]:
    """Where the stages were put, as the server has it."""
    stages = shop.call("GET", f"/maps/{map_id}/value")["map"]["stages"]
    return {stage["id"]: stage["at"] for stage in stages if stage.get("at")}


def spot(page: Page, index: int) -> str:
    """Where a box stands."""
    return str(page.locator(BOX).nth(index).evaluate("box => box.style.transform"))


def test_an_arrangement_is_shared_undone_and_tidied_up(shop: Shop, app: Opening) -> None:
    """R-07: a box dragged or moved by arrow keys stands there for everybody, on the server too, until it is undone or tidied up."""
    map_id = copied(shop, "arranged")
    mine, theirs = app(), app(lang="en")
    for visit in (mine, theirs):
        visit.page.goto(f"{visit.url}/m/{map_id}/scheme")
        visit.page.wait_for_selector(f"{BOX} .points")
        visit.page.wait_for_load_state("networkidle")
    page, usual = mine.page, spot(theirs.page, 1)
    box = page.locator(f"{BOX} header").nth(1).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 120, steps=6)
    page.mouse.up()
    until(page, lambda: len(places(shop, map_id)) == 1)
    until(page, lambda: spot(theirs.page, 1) == spot(page, 1) != usual)

    page.locator(BOX).nth(3).focus()
    for key in ("Enter", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    until(page, lambda: len(places(shop, map_id)) == 2)

    page.get_by_role("button", name="Отменить").click()
    until(page, lambda: len(places(shop, map_id)) == 1)
    page.get_by_role("button", name="Расставить заново").click()
    until(page, lambda: places(shop, map_id) == {})
    until(page, lambda: spot(theirs.page, 1) == usual)
    page.keyboard.press("Control+z")
    until(page, lambda: len(places(shop, map_id)) == 1)
    assert mine.axe() == []


def test_an_arrangement_of_an_earlier_version_is_handed_over(shop: Shop, app: Opening) -> None:
    """R-07: what this device kept becomes the map's, once."""
    map_id = copied(shop, "handed over")
    visit = app()
    visit.page.goto(f"{visit.url}/m/{map_id}/scheme")
    visit.page.wait_for_selector(f"{BOX} .points")
    key = visit.page.locator(BOX).nth(0).get_attribute("data-id")
    visit.page.evaluate(
        "([map, key]) => localStorage.setItem(`tropa-scheme-${map}`, JSON.stringify({[key]: {x: 12.4, y: 700}}))",
        [map_id, key],
    )
    visit.page.reload()
    visit.page.wait_for_selector(f"{BOX} .points")
    until(visit.page, lambda: list(places(shop, map_id).values()) == [[12, 700]])
    visit.page.wait_for_function("map => localStorage.getItem(`tropa-scheme-${map}`) === null", arg=map_id)


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_buyer_journey_is_a_tab_that_follows_the_map(shop: Shop, app: Opening, lang: str) -> None:
    """R-09: stages up to the deal with their readings; a change elsewhere is seen without a click; downloads; shown on a large screen."""
    map_id = copied(shop, f"buyer {lang}")
    visit = app(lang=lang)
    page = visit.go(f"/m/{map_id}")
    page.get_by_role("link", name={"ru": "Путь к покупке", "en": "Buyer journey"}[lang]).click()
    drawing = page.locator(".paper svg")
    expect(drawing).to_contain_text({"ru": "Что решает", "en": "What is being decided"}[lang])
    expect(drawing).not_to_contain_text({"ru": "Лояльность", "en": "Loyalty"}[lang])
    assert visit.axe() == []

    other = app(lang=lang).go(f"/m/{map_id}")
    title = other.locator("[data-drag=stage] .title").first
    title.dblclick()
    other.keyboard.press("Control+a")
    other.keyboard.type("Zzyzx")
    other.keyboard.press("Enter")
    expect(drawing).to_contain_text("Zzyzx")

    page.get_by_role("button", name={"ru": "Скачать картинку", "en": "Download the picture"}[lang]).click()
    entries = page.locator("[role=menuitem][href*='view=buyer']")
    entries.nth(4).wait_for()
    links = entries.evaluate_all("all => all.map(one => one.href)")
    answer = visit.context.request.get(links[0])
    assert answer.ok
    page.keyboard.press("Escape")
    page.get_by_role("link", name={"ru": "Показать", "en": "Present"}[lang]).click()
    page.wait_for_selector(".way")
    expect(page.locator(".way li")).to_have_count(4)
    page.keyboard.press("ArrowRight")
    expect(page.locator(".slide h3").first).to_have_text({"ru": "Что хочет узнать", "en": "Wants to know"}[lang])
    assert visit.axe() == []
    page.keyboard.press("Escape")
    expect(page.locator(".paper svg")).to_be_visible()


def test_without_a_deal_the_buyer_journey_teaches_and_the_deal_is_named_in_the_panel(shop: Shop, app: Opening) -> None:
    """R-09, R-60: a map made by hand says where people buy, by keyboard; the deal moves when it is named elsewhere."""
    map_id = str(shop.call("POST", "/maps", {"title": "By hand", "language": "en", "template": None})["id"])
    visit = app(lang="en")
    page = visit.page
    page.goto(f"{visit.url}/m/{map_id}/buyer")
    expect(page.get_by_role("heading", name="Which purchase is being decided?")).to_be_visible()
    assert visit.axe() == []
    page.get_by_role("link", name="To the table").click()
    page.wait_for_selector("[role=grid] [data-cell^='head|']")
    page.locator("[data-cell^='head|']").nth(1).evaluate("cell => cell.focus()")
    page.keyboard.press("F6")
    field = page.get_by_label("Deal: the event at this stage")
    field.fill("paid, order_paid")
    field.press("Tab")
    stages = lambda: shop.call("GET", f"/maps/{map_id}/value")["map"]["stages"]  # noqa: E731
    until(page, lambda: (stages()[0].get("deal") or {}).get("event") == ["paid", "order_paid"])
    page.get_by_role("link", name="Buyer journey").click()
    expect(page.locator(".paper svg")).to_be_visible(timeout=30_000)


def test_the_buyer_journey_on_a_phone(shop: Shop, app: Opening) -> None:
    """R-60: everything is within the screen, and two fingers bring the drawing closer."""
    visit = app(lang="en", size=PHONE)
    page = visit.page
    page.goto(f"{visit.url}/m/sergey/buyer")
    page.wait_for_selector(".paper svg")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for tool in page.locator(".tools :is(a, button)").all():
        box = tool.bounding_box()
        assert box is not None
        assert 0 <= box["x"] <= box["x"] + box["width"] <= PHONE[0]
    before = page.locator(".paper").bounding_box()
    client = visit.context.new_cdp_session(page)
    for kind, apart in (("touchStart", 40), ("touchMove", 60), ("touchMove", 120)):
        points = [{"x": 195 - apart, "y": 500, "id": 0}, {"x": 195 + apart, "y": 500, "id": 1}]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert before is not None
    until(page, lambda: (page.locator(".paper").bounding_box() or before)["width"] > 2 * before["width"])
    assert visit.axe() == []


def test_each_persona_has_a_curve_of_its_own_to_look_at_and_to_draw(shop: Shop, app: Opening) -> None:
    """R-04, R-06, R-29: chosen in the bar; measured of its customers, asserted by arrow keys, the common curve left alone."""
    map_id = copied(shop, "moods")
    visit = app(lang="en")
    page = visit.page
    page.goto(f"{visit.url}/m/{map_id}")
    page.wait_for_selector("[role=grid] .count")
    page.get_by_role("button", name="Curves of").click()
    boxes = page.locator(".moods input[type=checkbox]")
    for index in range(2):
        boxes.nth(index).check()
    page.locator(".moods input[type=radio]").nth(1).check()
    expect(page.locator("[data-mood] .ring").first).to_be_visible()
    assert visit.axe() == []
    page.keyboard.press("Escape")
    before = shop.call("GET", f"/maps/{map_id}/value")["map"]["stages"][1]["feels"]["score"]
    page.locator("[data-cell^='emotion|']").nth(2).evaluate("cell => cell.focus()")
    for key in ("Enter", "End", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    feels = lambda: shop.call("GET", f"/maps/{map_id}/value")["map"]["stages"][1]["feels"]  # noqa: E731
    until(page, lambda: feels()["personas"] == [{"persona": "beginner", "score": 1.5}])
    assert feels()["score"] == before
    expect(page.locator("[data-cell^='emotion|']").nth(2)).to_have_attribute("aria-label", re.compile(r"\+1\.5"))
