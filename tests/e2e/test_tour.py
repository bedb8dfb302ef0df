"""The tour of the editor in a real browser: offered once, led through by keyboard, left anywhere (R-60)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from e2e.app import DESK, PHONE, Visit
from e2e.conftest import Shop

TAKE = {"ru": "Экскурсия за минуту", "en": "One-minute tour"}


@pytest.mark.parametrize(("lang", "size"), [("ru", DESK), ("en", PHONE)])
def test_five_steps_by_keyboard_and_never_offered_again(
    shop: Shop, visit: Callable[..., Visit], lang: str, size: tuple[int, int]
) -> None:
    """Each step is focused, so that it is read; axe finds nothing; the keyboard ends in the table; a reload offers nothing."""
    window = visit(shop.served.url, state=shop.state, lang=lang, size=size)
    page = window.page
    page.goto(f"{shop.served.url}/m/{shop.map_id}")
    page.get_by_role("button", name=TAKE[lang]).click()
    card, told = page.get_by_role("dialog"), set()
    for step in range(5):
        expect(card.locator("p").first).to_contain_text(str(step + 1))
        expect(card.locator("h2")).to_be_focused()
        told.add(card.locator("h2").inner_text())
        assert window.axe() == []
        card.locator("button").last.focus()
        page.keyboard.press("Enter")
    assert len(told) == 5
    expect(card).to_have_count(0)
    expect(page.locator("[role=grid] :focus, [role=grid]:focus")).to_have_count(1)
    page.reload()
    page.wait_for_selector("[role=grid] [data-cell^='owner|']")
    expect(page.get_by_role("button", name=TAKE[lang])).to_have_count(0)


def test_escape_leaves_it(shop: Shop, visit: Callable[..., Visit]) -> None:
    """Skipped at the second step, it is not offered again."""
    window = visit(shop.served.url, state=shop.state, lang="en")
    page = window.page
    page.goto(f"{shop.served.url}/m/{shop.map_id}")
    page.get_by_role("button", name=TAKE["en"]).click()
    page.get_by_role("button", name="Next step").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name=TAKE["en"])).to_have_count(0)
