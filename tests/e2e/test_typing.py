"""Typing that is not plain keys, and what is said when the server cannot be reached or will not take a change (R-02, R-60)."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from e2e.app import Visit
from e2e.conftest import Shop

Opening = Callable[..., Visit]


@pytest.fixture
def app(shop: Shop, visit: Callable[..., Visit]) -> Opening:
    """Opens windows of the owner."""
    return lambda **wishes: visit(shop.served.url, state=shop.state, **wishes)


def opened(page: Page, url: str, map_id: str) -> None:
    page.goto(f"{url}/m/{map_id}")
    page.wait_for_selector("[role=grid] .count")


def chosen(page: Page, row: str, column: int) -> str:
    """Puts the keyboard into a cell; answers its selector."""
    ids = page.eval_on_selector_all(f"[data-cell^='{row}|']", "found => found.map(one => one.dataset.cell)")
    where = f'[data-cell="{ids[column]}"]'
    page.locator(where).evaluate("cell => cell.focus()")
    return where


def done(shop: Shop, map_id: str) -> list[str]:
    """What customers do at the first stage and its touchpoints, as the server has it."""
    stage = shop.call("GET", f"/maps/{map_id}/value")["map"]["stages"][0]
    return [str(line) for owner in (stage, *stage["touchpoints"]) for line in owner["does"]]


def test_an_input_method_types_into_a_cell_that_is_only_chosen(shop: Shop, app: Opening) -> None:
    """R-02, R-60: the first key that the method takes opens a new line, and what is composed stands in it."""
    map_id = str(shop.call("POST", "/maps/sergey/duplicate", {"title": "composed"})["id"])
    visit = app(lang="en")
    page = visit.page
    opened(page, visit.url, map_id)
    where = chosen(page, "does", 1)
    client = visit.context.new_cdp_session(page)
    client.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "key": "Process", "windowsVirtualKeyCode": 229})
    client.send("Input.imeSetComposition", {"text": "か", "selectionStart": 1, "selectionEnd": 1})
    client.send("Input.imeSetComposition", {"text": "かな", "selectionStart": 2, "selectionEnd": 2})
    client.send("Input.insertText", {"text": "仮名"})
    page.keyboard.press("Escape")
    expect(page.locator(f"{where} .words").last).to_have_text("仮名")
    expect(page.locator(".saved")).to_have_text("saved")
    assert "仮名" in done(shop, map_id)
    # a panel of signs, dictation: text that no key announces
    chosen(page, "does", 1)
    client.send("Input.insertText", {"text": "кивает 👍"})
    page.keyboard.type(" и берёт")
    page.keyboard.press("Escape")
    expect(page.locator(f"{where} .words").last).to_have_text("кивает 👍 и берёт")
    expect(page.locator(f"{where} .words").filter(has_text="仮名")).to_have_count(1)


def test_without_the_server_one_goes_on_and_it_is_said(shop: Shop, app: Opening) -> None:
    """R-60: the header says that changes are kept here; back again they come to the server."""
    map_id = str(shop.call("POST", "/maps/sergey/duplicate", {"title": "cut off"})["id"])
    visit = app(lang="en")
    page, cut = visit.page, [False]
    sockets: list[WebSocketRoute] = []

    def through(socket: WebSocketRoute) -> None:
        if cut[0]:
            socket.close()
            return
        socket.connect_to_server()
        sockets.append(socket)

    page.route_web_socket("**/room", through)
    opened(page, visit.url, map_id)
    expect(page.locator(".saved")).to_have_text("saved")
    cut[0] = True
    for socket in sockets:
        socket.close()
    expect(page.locator(".saved")).to_have_text("offline, changes are kept here")
    chosen(page, "does", 1)
    for key in ("z", "Escape"):
        page.keyboard.press(key)
    assert visit.axe() == []
    cut[0] = False
    expect(page.locator(".saved")).to_have_text("saved", timeout=60_000)
    assert "z" in done(shop, map_id)


def test_a_refused_change_is_told_with_its_code_and_can_be_given_up(shop: Shop, app: Opening) -> None:
    """R-60: an alert says what was refused and what to do; giving it up shows the map as the server has it."""
    map_id = str(shop.call("POST", "/maps/sergey/duplicate", {"title": "refused"})["id"])
    visit = app(lang="en")
    page, refusing = visit.page, [False]

    def through(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def sent(message: str | bytes) -> None:
            if refusing[0] and isinstance(message, bytes) and message[:2] == b"\x00\x02":
                told = json.dumps({"code": "TR-W403"}).encode()
                socket.send(bytes([11, 1, len(told)]) + told)
            else:
                server.send(message)

        socket.on_message(sent)

    page.route_web_socket("**/room", through)
    opened(page, visit.url, map_id)
    expect(page.locator(".saved")).to_have_text("saved")
    refusing[0] = True
    chosen(page, "does", 1)
    for key in ("q", "Escape"):
        page.keyboard.press(key)
    alert = page.get_by_role("alert").filter(has_text="The server did not take the last changes.")
    expect(alert).to_be_visible()
    expect(alert).to_contain_text("TR-W403")
    assert visit.axe() == []
    refusing[0] = False
    alert.get_by_role("button", name="Give them up").click()
    page.wait_for_selector("[role=grid] .count")
    expect(page.locator(".saved")).to_have_text("saved")
    assert "q" not in done(shop, map_id)


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_demos_matrix_is_filled_at_the_first_look(app: Opening, lang: str) -> None:
    """R-40: each improvement has its effort, confidence, and as its impact what its stage's dearest break could regain."""
    visit = app(lang=lang)
    page = visit.go("/m/sergey/plan")
    page.get_by_text({"ru": "Матрица", "en": "Matrix"}[lang], exact=True).first.click()
    expect(page.locator("main .dot")).to_have_count(6)
    assert visit.axe() == []
