"""The second factor in a real browser: set up, asked for at the door, a recovery code instead; axe, desk and phone (R-60)."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from e2e.app import DESK, OWNER, PHONE, serve, set_up, visiting
from tropa.service import one_time


@pytest.mark.parametrize(("lang", "size"), [("ru", DESK), ("en", PHONE)])
def test_a_second_factor_from_the_page_to_the_door(
    tmp_path: Path, browser: Browser, lang: str, size: tuple[int, int]
) -> None:
    """R-60: without the phone a recovery code lets in; each page is accessible."""
    owner = {**OWNER, "language": lang}
    with serve(tmp_path) as served:
        state = set_up(browser, served, owner)
        with visiting(browser, served.url, state=state, lang=lang, size=size) as visit:
            page = visit.go("/settings?tab=safety")
            page.locator("section .row button").first.click()
            secret = page.locator("section input[readonly]").input_value()
            assert visit.axe() == []
            page.locator("section input[inputmode=numeric]").fill(
                one_time.code_of(secret, one_time.step_of(datetime.now(UTC)))
            )
            page.keyboard.press("Enter")
            page.locator("section code").first.wait_for()
            codes = page.locator("section code").all_inner_texts()
            assert len(codes) == 10
            assert visit.axe() == []
        with visiting(browser, served.url, lang=lang, size=size) as visit:
            page = visit.go("/login")
            page.locator("input[name=email]").fill(owner["email"])
            page.locator("input[name=password]").fill(owner["password"])
            page.keyboard.press("Enter")
            page.locator("input[name=code]").wait_for()
            assert visit.axe() == []
            page.locator("input[name=code]").fill(codes[0])
            page.keyboard.press("Enter")
            page.wait_for_url(f"{served.url}/")
