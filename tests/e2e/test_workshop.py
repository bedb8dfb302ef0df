"""For a workshop, in a real browser: the comparison with competitors scored by keyboard, the empty map for a wall (R-11, R-13, R-60)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect
from pypdf import PdfReader

from e2e.app import DESK, PHONE, Visit
from e2e.conftest import Shop

WORDS = {
    "ru": {
        "panel": "Панель о выбранном", "open": "Открыть сравнение", "begin": "Начать сравнение", "link": "ссылка", "add": "Добавить",
        "wrong": "Оценка — число от 0 до 10.", "rests": "на чём основана оценка (0)", "saved": "сохранено", "half": "7,5",
        "totals": ["С учётом весов", "6,0", "9,0по 1 из 4"], "lead": "позади на 3", "position": "Чем мы отличаемся",
    },
    "en": {
        "panel": "Panel about what is chosen", "open": "Open the comparison", "begin": "Start the comparison", "link": "link",
        "add": "Add", "wrong": "A score is a number from 0 to 10.", "rests": "what the score rests on (0)", "saved": "saved",
        "half": "7.5", "totals": ["With the weights", "6.0", "9.0by 1 of 4"], "lead": "behind by 3", "position": "How we differ",
    },
}  # fmt: skip


def opened(shop: Shop, window: Visit, lang: str, phone: bool) -> tuple[str, Locator]:
    """A blank map with its comparison begun, from the map's panel."""
    made = shop.call("POST", "/maps", {"title": "Rivals", "language": lang})
    page, say = window.page, WORDS[lang]
    page.goto(f"{shop.served.url}/m/{made['id']}")
    page.wait_for_selector("[role=grid] [data-cell^='owner|']")
    if phone:
        page.get_by_role("button", name=str(say["panel"])).tap()
    page.get_by_role("button", name=str(say["open"])).click()
    page.get_by_role("button", name=str(say["begin"])).click()
    return str(made["id"]), page.get_by_role("dialog")


@pytest.mark.parametrize(("lang", "size"), [("ru", DESK), ("en", PHONE)])
def test_rivals_are_scored_by_keyboard(
    shop: Shop, visit: Callable[..., Visit], lang: str, size: tuple[int, int]
) -> None:
    """Arrows and Enter lead through the scores; means and leads follow; what is no score is refused in words; the server has it all."""
    window = visit(shop.served.url, state=shop.state, lang=lang, size=size)
    map_id, dialog = opened(shop, window, lang, size == PHONE)
    page, say = window.page, WORDS[lang]
    keys = page.keyboard
    dialog.locator("[data-row='0'][data-column='2']").focus()
    for typed in ("6", "Enter", str(say["half"]), "Enter", "11", "Enter"):
        keys.press("Enter") if typed == "Enter" else keys.type(typed)
    expect(dialog.get_by_role("alert")).to_have_text(str(say["wrong"]))
    for key in ("ArrowUp", "ArrowUp", "Backspace", "ArrowUp", "ArrowRight"):
        keys.press(key)
    keys.type("9")
    keys.press("ArrowLeft")
    expect(dialog.locator("[data-row='0'][data-column='3']")).to_be_focused()
    keys.press("Home")
    keys.press("ArrowLeft")
    expect(dialog.locator("[data-row='0'][data-column='2']")).to_be_focused()
    expect(dialog.locator("tbody tr").first.locator(".lead")).to_have_text(str(say["lead"]))
    totals = dialog.locator("tfoot tr > *")
    expect(totals.nth(2)).to_have_text(str(say["totals"][2]))
    dialog.locator("[data-row='1'][data-column='2']").fill("6")
    keys.press("Tab")
    expect(totals.nth(1)).to_contain_text(str(say["totals"][1]))

    dialog.get_by_role("button", name=str(say["rests"])).first.click()
    dialog.get_by_role("button", name=str(say["link"]), exact=True).click()
    dialog.get_by_label(str(say["link"]), exact=True).fill("https://example.com/prices")
    dialog.get_by_role("button", name=str(say["add"]), exact=True).click()
    dialog.get_by_label(str(say["position"])).fill("In five minutes")
    keys.press("Tab")
    assert window.axe() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    expect(page.locator(".saved")).to_have_text(str(say["saved"]))
    found: dict[str, Any] = shop.call("GET", f"/maps/{map_id}/value")["map"]["comparison"]
    assert found["positioning"] == "In five minutes"
    first, second, *rest = found["criteria"]
    assert [score["score"] for score in first["scores"]] == [6, 9]
    assert first["scores"][0]["evidence"][0]["link"] == "https://example.com/prices"
    assert [score["score"] for score in second["scores"]] == [6]
    assert not any(one.get("scores") for one in rest)


def test_the_empty_map_is_offered_as_a_file(shop: Shop, visit: Callable[..., Visit]) -> None:
    """R-13: from the download menu, sheets of A4, each telling of how many it is."""
    window = visit(shop.served.url, state=shop.state)
    page = window.page
    page.goto(f"{shop.served.url}/m/{shop.map_id}")
    page.get_by_role("button", name="Скачать").click()
    with page.expect_download() as waited:
        page.get_by_role("menuitem", name="Пустая карта на стену").click()
    file = PdfReader(waited.value.path())
    assert float(file.pages[0].mediabox.width) == pytest.approx(297 * 72 / 25.4, abs=0.5)
    assert f"из {len(file.pages)}" in file.pages[-1].extract_text().replace("\xa0", " ")
