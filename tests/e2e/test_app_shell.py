"""The app around the maps in a real browser: coming in, gallery, team, sharing, settings; both languages, desk and phone (R-08, R-60)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
from playwright.sync_api import Browser, Page, expect

from e2e.app import DESK, OWNER, PHONE, Visit, serve, visiting
from tropa.words import words

Open = Callable[..., Visit]
RU, EN = words("ru"), words("en")
LANGUAGES = ("ru", "en")
SETTINGS = ("/settings", *(f"/settings?tab={tab}" for tab in ("safety", "tokens", "hooks", "audit")))
PAGES = ("/", "/?archived=1", "/people", *SETTINGS, "/nowhere")
COFFEE = """tropa: 1
title: Кофейня
stages:
  - {id: first, title: Заметил}
  - {id: second, title: Зашёл}
"""


def button(page: Page, lang: str, message: str, **facts: Any) -> Any:
    """The button with this name."""
    return page.get_by_role("button", name=words(lang)(message, **facts), exact=True)


def field(page: Page, message: str) -> Any:
    """The field with this label, in Russian."""
    return page.get_by_label(RU(message), exact=True)


def test_the_first_owner_comes_in(tmp_path: Path, front_end: Path, browser: Browser) -> None:
    """R-60, R-63: from an empty folder by the printed link to the empty gallery that teaches; out, and in again by password."""
    with serve(tmp_path / "Пустая папка") as served, visiting(browser, served.url) as visit:
        page = visit.go("/")
        expect(page.get_by_role("heading", name=RU("web-first-start"))).to_be_visible()
        assert served.setup is not None
        visit.go(served.setup.removeprefix(served.url))
        assert visit.axe() == []
        field(page, "web-name-yours").fill(OWNER["name"])
        field(page, "web-email").fill(OWNER["email"])
        field(page, "web-password-new").fill("qwertyuiop")
        button(page, "ru", "web-setup.yes").click()
        expect(page.get_by_role("alert").filter(has_text="TR-W105")).to_be_visible()
        field(page, "web-password-new").fill(OWNER["password"])
        button(page, "ru", "web-setup.yes").click()
        expect(page.get_by_role("heading", name=RU("web-maps-none"))).to_be_visible()
        expect(page.get_by_text(RU("web-maps-none.first"))).to_be_visible()
        assert visit.axe() == []
        button(page, "ru", "web-account-menu", name=OWNER["name"]).click()
        page.get_by_role("menuitem", name=RU("web-sign-out")).click()
        expect(page).to_have_url(f"{served.url}/login")
        field(page, "web-email").fill(OWNER["email"])
        field(page, "web-password").fill("не тот пароль")
        button(page, "ru", "web-sign-in").click()
        expect(page.get_by_role("alert").filter(has_text="TR-W102")).to_be_visible()
        field(page, "web-password").fill(OWNER["password"])
        button(page, "ru", "web-sign-in").click()
        expect(page.get_by_role("heading", name=RU("web-nav-maps"), level=1)).to_be_visible()
        # the link was good once
        visit.go(served.setup.removeprefix(served.url))
        expect(page.get_by_role("alert").filter(has_text="TR-W103")).to_be_visible()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_is_accessible(shop: Any, visit: Open, lang: str, size: tuple[int, int]) -> None:
    """R-60: axe finds nothing against WCAG 2.2 AA, the policy reports nothing, nothing is wider than the window."""
    window = visit(shop.served.url, state=shop.state, lang=lang, size=size)
    for path in (
        "/",
        "/?archived=1",
        "/people",
        "/settings",
        "/settings?tab=safety",
        "/settings?tab=tokens",
        "/settings?tab=audit",
        "/nowhere",
    ):
        page = window.go(path)
        assert page.evaluate("document.documentElement.lang") == lang
        assert window.axe() == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    window.go("/")
    button(page, lang, "web-map-new").click()
    expect(page.get_by_role("radio")).to_have_count(8)
    assert window.axe() == []
    page.keyboard.press("Escape")
    window.go("/people")
    button(page, lang, "web-invite-person").click()
    expect(page.get_by_role("dialog").get_by_role("textbox")).to_be_visible()
    assert window.axe() == []


def test_day_and_night_and_both_languages_at_run_time(shop: Any, visit: Open) -> None:
    """R-60: the switches work at once, without loading the page anew, and are kept."""
    window = visit(shop.served.url, state=shop.state)
    page = window.go("/people")
    page.evaluate("window.kept = true")

    def pick(lang: str, role: str, name: str) -> None:
        button(page, lang, "web-account-menu", name=OWNER["name"]).click()
        page.get_by_role(role, name=name).click()

    paper = "getComputedStyle(document.documentElement).backgroundColor"
    day = page.evaluate(paper)
    pick("ru", "menuitemradio", RU("web-theme", theme="dark"))
    page.wait_for_function(f"day => {paper} !== day", arg=day)
    assert window.axe() == []
    pick("ru", "menuitemradio", "English")
    expect(page.get_by_role("heading", name=EN("web-nav-people"), level=1)).to_be_visible()
    expect(page).to_have_title(f"{EN('web-nav-people')} · {EN('web-name')}")
    assert page.evaluate("window.kept") is True
    page.reload()
    expect(page.get_by_role("heading", name=EN("web-nav-people"), level=1)).to_be_visible()
    page.wait_for_function(f"day => {paper} !== day", arg=day)
    pick("en", "menuitemradio", "Русский")
    expect(page.get_by_role("heading", name=RU("web-nav-people"), level=1)).to_be_visible()


def test_by_keyboard(shop: Any, visit: Open) -> None:
    """R-60: the skip link, the menu of acts, tabs and dialogs work without a mouse, and the focus comes back to where it was."""
    page = visit(shop.served.url, state=shop.state).go("/settings")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name=RU("web-skip"))).to_be_focused()
    tab = page.get_by_role("tab", name=RU("web-settings-tab", tab="profile"))
    tab.focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name=RU("web-settings-tab", tab="workspace"))).to_be_focused()
    assert page.url.endswith("?tab=workspace")
    page.keyboard.press("End")
    expect(page.get_by_role("tab", selected=True)).to_have_text(RU("web-settings-tab", tab="audit"))
    account = button(page, "ru", "web-account-menu", name=OWNER["name"])
    account.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name=RU("web-nav-settings"))).to_be_focused()
    page.keyboard.press("End")
    expect(page.get_by_role("menuitem", name=RU("web-sign-out"))).to_be_focused()
    page.keyboard.press("Escape")
    expect(account).to_be_focused()
    page.get_by_role("link", name=RU("web-nav-people"), exact=True).focus()
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", name=RU("web-nav-people"), level=1)
    expect(heading).to_be_focused()
    invite = button(page, "ru", "web-invite-person")
    invite.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(invite).to_be_focused()


def test_a_map_from_a_template_and_from_a_file(shop: Any, visit: Open, tmp_path: Path) -> None:
    """R-08, R-13, R-60: made, found, put away and brought back; a file that is no map says so and leaves nothing behind."""
    window = visit(shop.served.url, state=shop.state)
    page = window.go("/")
    count = lambda: [len(shop.call("GET", f"/maps{put_away}")["items"]) for put_away in ("", "?archived=true")]  # noqa: E731
    button(page, "ru", "web-map-new").click()
    field(page, "web-map-title").fill("Путь покупателя чая")
    page.get_by_role("radio", name=RU("template-loyalty-loop")).check()
    button(page, "ru", "web-map-make").click()
    page.wait_for_url("**/m/*")
    card = next(one for one in shop.call("GET", "/maps")["items"] if one["title"] == "Путь покупателя чая")
    assert len(card["stages"]) == 6
    window.go("/")
    page.get_by_role("searchbox").fill("чая покуп")
    expect(page.get_by_role("article")).to_have_count(1)
    button(page, "ru", "web-acts-of", name="Путь покупателя чая").click()
    page.get_by_role("menuitem", name=RU("web-map-archive")).click()
    expect(page.get_by_role("article")).to_have_count(0)
    button(page, "ru", "web-undo").click()
    expect(page.get_by_role("article")).to_have_count(1)
    shop.call("DELETE", f"/maps/{card['id']}")
    before = count()
    picker = page.locator("input[type=file]")
    wrong = tmp_path / "смета.yaml"
    wrong.write_text("tropa: 1\ntitel: Смета\n", encoding="utf-8")
    picker.set_input_files(wrong)
    expect(page.get_by_role("alert").filter(has_text="TR-")).to_be_visible()
    assert count() == before
    right = tmp_path / "Кофейня.yaml"
    right.write_text(COFFEE, encoding="utf-8")
    picker.set_input_files(right)
    page.wait_for_url("**/m/*")
    made = next(one for one in shop.call("GET", "/maps")["items"] if one["title"] == "Кофейня")
    assert made["stages"] == ["Заметил", "Зашёл"]


def test_a_colleague_is_invited_and_sees_what_is_theirs(shop: Any, visit: Open) -> None:
    """R-60: invited by link as a viewer: looks, but is offered nothing to change; shut out, they are out."""
    window = visit(shop.served.url, state=shop.state)
    page = window.go("/people")
    button(page, "ru", "web-invite-person").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(RU("web-share-role"), exact=True).select_option(label=RU("web-role", role="viewer"))
    button(page, "ru", "web-invite-make").click()
    link = dialog.get_by_label(RU("web-invite-made")).input_value()
    assert link.startswith(f"{shop.served.url}/invite/")
    other = visit(shop.served.url)
    guest = other.go(link.removeprefix(shop.served.url))
    assert other.axe() == []
    field(guest, "web-name-yours").fill("Вера Смотрова")
    field(guest, "web-email").fill("vera@example.ru")
    field(guest, "web-password-new").fill("смотрю на тропу сверху")
    button(guest, "ru", "web-invite-accept").click()
    expect(guest.get_by_role("article").first).to_be_visible()
    expect(button(guest, "ru", "web-map-new")).to_have_count(0)
    other.go("/people")
    expect(guest.get_by_role("combobox")).to_have_count(0)
    expect(guest.get_by_text("vera@example.ru")).to_have_count(0)
    other.go("/settings")
    expect(guest.get_by_role("tab", name=RU("web-settings-tab", tab="audit"))).to_have_count(0)
    window.go("/people")
    button(page, "ru", "web-acts-of", name="Вера Смотрова").click()
    page.get_by_role("menuitem", name=RU("web-person-disable")).click()
    expect(page.get_by_text(RU("web-person-disabled"))).to_be_visible()
    guest.goto(shop.served.url)
    expect(guest).to_have_url(f"{shop.served.url}/login")


def test_a_map_is_shared_by_link_with_a_password_and_taken_back(shop: Any, visit: Open) -> None:
    """R-60: who has the link and the password sees that map and nothing else; revoked, it is closed at once."""
    window = visit(shop.served.url, state=shop.state)
    page = window.page
    page.goto(f"{shop.served.url}/m/{shop.map_id}")
    button(page, "ru", "web-share").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(RU("web-share-title")).fill("Агентство")
    dialog.get_by_label(RU("web-share-password")).fill("листопад")
    button(page, "ru", "web-share-make").click()
    link = dialog.get_by_label(RU("web-share-made")).input_value()
    expect(dialog.get_by_text("Агентство")).to_be_visible()
    assert window.axe() == []
    other = visit(shop.served.url)
    guest = other.go(link.removeprefix(shop.served.url))
    assert other.axe() == []
    field(guest, "web-share-password").fill("листопадд")
    button(guest, "ru", "web-shared-open").click()
    expect(guest.get_by_role("alert").filter(has_text="TR-W111")).to_be_visible()
    field(guest, "web-share-password").fill("листопад")
    button(guest, "ru", "web-shared-open").click()
    guest.wait_for_url(f"**/m/{shop.map_id}")
    expect(guest.get_by_role("banner").get_by_text("Спортпит Сергея")).to_be_visible()
    expect(button(guest, "ru", "web-share")).to_have_count(0)
    guest.goto(f"{shop.served.url}/people")
    expect(guest).to_have_url(f"{shop.served.url}/login?next=%2Fpeople")
    button(page, "ru", "web-share-revoke.yes").click()
    page.get_by_role("alertdialog").get_by_role("button", name=RU("web-share-revoke.yes")).click()
    expect(dialog.get_by_text(RU("web-share-none"))).to_be_visible()
    guest.goto(f"{shop.served.url}/m/{shop.map_id}")
    guest.wait_for_url("**/login*")


def test_a_program_gets_a_token_once(shop: Any, visit: Open, browser: Browser) -> None:
    """R-62: a token of chosen rights, shown once; it may do that and no more, and nothing after it is revoked."""
    window = visit(shop.served.url, state=shop.state)
    page = window.go("/settings?tab=tokens")
    button(page, "ru", "web-token-make").click()
    field(page, "web-token-title").fill("Отчёт")
    button(page, "ru", "web-token-make.yes").click()
    token = page.get_by_role("dialog").get_by_label(RU("web-token-made", title="Отчёт")).input_value()
    assert window.axe() == []
    program = browser.new_context(extra_http_headers={"Authorization": f"Bearer {token}"})
    assert program.request.get(f"{shop.served.url}/api/v1/maps").ok
    assert program.request.get(f"{shop.served.url}/api/v1/audit").status == 403
    button(page, "ru", "web-done").click()
    assert token not in page.content()
    button(page, "ru", "web-token-end.yes").click()
    page.get_by_role("alertdialog").get_by_role("button", name=RU("web-token-end.yes")).click()
    expect(page.get_by_text(RU("web-tokens-none"))).to_be_visible()
    assert program.request.get(f"{shop.served.url}/api/v1/people").status == 401
    program.close()


def test_the_drawer_on_a_phone(shop: Any, visit: Open) -> None:
    """R-60: the menu is a drawer; a link in it goes there and closes it."""
    window = visit(shop.served.url, state=shop.state, size=PHONE)
    page = window.go("/")
    button(page, "ru", "web-nav").click()
    drawer = page.get_by_role("dialog", name=RU("web-nav"))
    expect(drawer).to_be_visible()
    assert window.axe() == []
    drawer.get_by_role("link", name=RU("web-nav-people")).click()
    expect(page.get_by_role("heading", name=RU("web-nav-people"), level=1)).to_be_focused()
    expect(drawer).to_be_hidden()


def test_what_the_server_says_goes_unchanged_to_the_reader(shop: Any, visit: Open) -> None:
    """R-60: a refusal is shown with what to do and its code; a server that is away is told as that."""
    window = visit(shop.served.url, state=shop.state)
    page = window.page
    window.go("/people")
    page.route("**/api/v1/people*", lambda route: route.abort())
    page.get_by_role("link", name=RU("web-nav-maps"), exact=True).click()
    page.get_by_role("link", name=RU("web-nav-people"), exact=True).click()
    expect(page.get_by_role("alert").filter(has_text=RU("web-offline"))).to_be_visible()
    page.unroute("**/api/v1/people*")
    button(page, "ru", "web-retry").first.click()
    expect(page.get_by_role("table")).to_be_visible()
    window.trouble = [one for one in window.trouble if "ERR_FAILED" not in one]
    with pytest.raises(HTTPError) as refused:
        shop.call("PATCH", "/people/nobody", {"role": "viewer"})
    assert json.loads(refused.value.read())["code"] == "TR-A003"


def test_search_finds_a_cell_and_goes_there(shop: Any, visit: Open) -> None:
    """R-60: Ctrl+K from anywhere, arrows and Enter; what is found is spoken; Escape leaves."""
    window = visit(shop.served.url, state=shop.state)
    page = window.go("/people")
    page.keyboard.press("Control+KeyK")
    box = page.get_by_role("combobox", name=RU("web-search"))
    expect(box).to_be_focused()
    box.fill("доставки тишина")
    option = page.get_by_role("listbox", name=RU("web-search-hits")).get_by_role("option").first
    expect(option).to_contain_text("После доставки тишина")
    expect(page.get_by_role("status").filter(has_text=RU("web-search-found", n=1))).to_be_visible()
    assert window.axe() == []
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    page.keyboard.press("Control+KeyK")
    expect(option).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/m/{shop.map_id}?cell=*")


def test_a_mention_rings_the_bell_until_it_is_seen(shop: Any, visit: Open) -> None:
    """R-60: who is mentioned sees it on any page, by whom and in which map; seen once, it is no longer new."""
    link = shop.call("POST", "/invitations", {"role": "commenter"})["url"]
    account = {"email": "oleg@example.ru", "name": "Олег", "password": "скажу всё что думаю", "language": "ru"}
    guest = visit(shop.served.url)
    assert guest.context.request.post(
        f"{shop.served.url}/api/v1/invitations/{link.rpartition('/')[2]}", data=account
    ).ok
    csrf = next(one["value"] for one in guest.context.cookies() if one["name"] == "tropa_csrf")
    me = shop.call("GET", "/me")["id"]
    said = {"address": "purchase/pains", "text": "Сергей, взгляните", "mentions": [me]}
    path = f"{shop.served.url}/api/v1/maps/{shop.map_id}/comments"
    answer = guest.context.request.post(path, data=said, headers={"X-CSRF-Token": csrf})
    assert answer.ok, answer.text()
    window = visit(shop.served.url, state=shop.state)
    page = window.go("/people")
    button(page, "ru", "web-notices-new", n=1).click()
    notice = page.get_by_role("link", name=RU("web-notice", kind="mention", by="Олег"))
    expect(notice).to_be_visible()
    assert window.axe() == []
    expect(button(page, "ru", "web-notices")).to_be_attached()
    notice.click()
    page.wait_for_url(f"**/m/{shop.map_id}?comment=*")


def test_a_webhook_is_made_and_its_secret_shown_once(shop: Any, visit: Open) -> None:
    """R-62: address (a number: tests ask no name server) and events; this machine's own is refused in words; off and gone again."""
    window = visit(shop.served.url, state=shop.state)
    page = window.go("/settings?tab=hooks")
    button(page, "ru", "web-hook-make").click()
    field(page, "web-hook-url").fill("http://127.0.0.1:9/hook")
    page.get_by_role("checkbox", name=RU("web-hook-event", event="data-imported")).check()
    button(page, "ru", "web-hook-make.yes").click()
    expect(page.get_by_role("alert").filter(has_text="TR-W")).to_be_visible()
    field(page, "web-hook-url").fill("https://93.184.215.14/hook")
    button(page, "ru", "web-hook-make.yes").click()
    secret = page.get_by_role("dialog").get_by_label(RU("web-hook-made"))
    assert len(secret.input_value()) >= 20
    button(page, "ru", "web-done").click()
    switch = page.get_by_role("checkbox", name=f"{RU('web-hook-active')}: https://93.184.215.14/hook")
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        switch.uncheck()
    assert [one["active"] for one in shop.call("GET", "/webhooks")["items"]] == [False]
    assert window.axe() == []
    button(page, "ru", "web-hook-remove.yes").click()
    page.get_by_role("alertdialog").get_by_role("button", name=RU("web-hook-remove.yes")).click()
    expect(page.get_by_text(RU("web-hooks-none"))).to_be_visible()


def test_a_map_is_downloaded_from_its_header(shop: Any, visit: Open) -> None:
    """R-13, R-60: every format in the menu is a real file, in the language that is spoken."""
    window = visit(shop.served.url, state=shop.state)
    page = window.page
    page.goto(f"{shop.served.url}/m/{shop.map_id}")
    button(page, "ru", "web-download").click()
    links = page.get_by_role("menu", name=RU("web-download")).get_by_role("menuitem")
    expect(links).to_have_count(12)  # `all` does not wait for the menu to open
    addresses = [str(one.get_attribute("href")) for one in links.all()]
    assert all("lang=ru" in one for one in addresses)
    with page.expect_download() as started:
        links.filter(has_text=".xlsx").click()
    assert started.value.suggested_filename.endswith(".xlsx")
    for address in addresses:
        answer = window.context.request.get(shop.served.url + address)
        assert answer.ok, (address, answer.text())
        assert "attachment" in answer.headers["content-disposition"], address
        assert len(answer.body()) > 500, address
