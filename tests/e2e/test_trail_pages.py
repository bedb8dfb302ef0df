"""The pages of the trail in a real browser: data in, mended, bound; where customers leave, and from there to the plan; measures; history
(R-20, R-22, R-24, R-25, R-26, R-31, R-40, R-42)."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from e2e.app import DESK, PHONE, Visit
from e2e.conftest import Shop
from tropa.words import LANGUAGES, words

RU = words("ru")
Open = Callable[..., Visit]
LONG = 180_000  # ms: an import starts a job of its own, which compiles what was never compiled on this machine
CUSTOMERS = 60


def button(page: Page, message: str, **facts: Any) -> Any:
    """The button with this name, in Russian."""
    return page.get_by_role("button", name=RU(message, **facts), exact=True)


@pytest.fixture
def window(shop: Shop, visit: Open) -> Visit:
    """A window of the owner, in Russian, on a desk."""
    return visit(shop.served.url, state=shop.state)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize(("lang", "scheme"), [("ru", "light"), ("en", "dark")])
def test_every_page_of_the_trail_is_accessible(
    shop: Shop, visit: Open, lang: str, scheme: str, size: tuple[int, int]
) -> None:  # fmt: skip
    """R-60: axe finds nothing, the policy reports nothing, nothing is wider than the window, by day and by night."""
    window = visit(shop.served.url, state=shop.state, lang=lang, size=size, scheme=scheme)
    customer = shop.call("GET", "/maps/sergey/customers?limit=1")["items"][0]["pseudonym"]
    for path in (
        "/m/sergey/breaks?at=consideration",
        "/m/sergey/measure/transitions",
        "/m/sergey/measure/funnel?path=stage:consideration,stage:purchase",
        "/m/sergey/measure/retention",
        "/m/sergey/measure/purchase-interval",
        "/m/sergey/measure/touchpoints",
        "/m/sergey/plan",
        "/m/sergey/plan?view=board",
        "/m/sergey/plan?view=matrix",
        "/m/sergey/timeline",
        "/m/sergey/history",
        "/m/sergey/compare",
        "/m/sergey/compare?segment=coaches&by=segments",
        "/m/sergey/compare?by=periods&to=2026-03-31&other_from=2026-04-01",
        "/m/sergey/compare?by=versions&seq=1",
        "/m/sergey/customers",
        f"/m/sergey/customer/{customer}",
        "/data",
        "/data/quarantine",
        "/data/bindings/sergey",
    ):
        page = window.go(path)
        expect(page.locator("main").get_by_text(words(lang)("web-loading"))).to_have_count(0, timeout=LONG)
        assert window.axe() == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def orders(folder: Path) -> Path:
    """An export as shops have them: cp1251, semicolons, decimal commas, Russian dates; two rows that are wrong."""
    good = [f"к{i};{i % 27 + 1:02d}.10.2026 12:{i:02d};promo_click;{i * 10},50;email" for i in range(CUSTOMERS)]
    bad = ["к901;32.13.2026 10:00;promo_click;100,00;email", "к902;не дата;promo_click;100,00;email"]
    file = folder / "рассылка.csv"
    text = "\r\n".join(["Клиент;Дата;Событие;Сумма;Канал", *good, *bad])
    file.write_bytes(text.encode("cp1251"))
    return file


def test_from_a_file_with_bad_rows_to_figures_that_move(shop: Shop, window: Visit, tmp_path: Path) -> None:
    """R-20, R-22: a file is looked at before it is read, its bad rows wait, are mended and come in; its events are bound and counted."""
    page = window.go("/data")
    page.locator("input[type=file]").set_input_files(orders(tmp_path))
    plan = page.get_by_role("region", name=RU("web-upload-plan", name="рассылка.csv"))
    expect(plan.locator("summary").first).to_be_visible(timeout=LONG)
    plan.get_by_text(RU("web-upload-how")).click()
    # few Cyrillic letters are hard to tell: what the file is in can be said
    plan.get_by_label(RU("web-upload-encoding"), exact=True).select_option("cp1251")
    expect(plan.get_by_label(RU("web-upload-role-of", column="Клиент"))).to_have_value("customer", timeout=LONG)
    expect(plan.get_by_label(RU("web-upload-role-of", column="Дата"))).to_have_value("time")
    amount = plan.get_by_label(RU("web-upload-role-of", column="Сумма"))
    expect(amount).to_have_value("value")
    amount.select_option("property")
    expect(page.locator("section.busy")).to_have_count(0)
    expect(plan.get_by_label(RU("web-upload-delimiter"), exact=True)).to_have_value(";")
    assert window.axe() == []
    button(page, "web-upload-import", n=1).click()
    expect(page.get_by_text(RU("web-import-accepted", n=CUSTOMERS, shown=str(CUSTOMERS)))).to_be_visible(timeout=LONG)
    expect(page.get_by_text(RU("web-import-held", n=2, shown="2"))).to_be_visible()
    page.get_by_role("link", name=RU("web-import-mend")).click()

    expect(page.get_by_role("heading", name=RU("web-quarantine"), level=1)).to_be_visible()
    broken = page.get_by_label(re.compile("^Дата, строка"))
    expect(broken).to_have_count(2)
    assert window.axe() == []
    broken.nth(0).fill("31.10.2026 10:00")
    broken.nth(1).fill("30.10.2026 11:00")
    button(page, "web-held-replay", n=2).click()
    expect(page.get_by_text(RU("web-import-accepted", n=2, shown="2"))).to_be_visible(timeout=LONG)
    expect(page.get_by_text(RU("web-quarantine-empty"))).to_be_visible(timeout=LONG)

    made = shop.call("POST", "/maps/sergey/duplicate", {"title": "Привязка"})
    map_id = str(made["id"])
    window.go(f"/data/bindings/{map_id}")
    first = page.locator("li.unbound").first
    expect(first).to_contain_text("promo_click", timeout=LONG)
    before = shop.call("GET", f"/maps/{map_id}/readings")["readings"]["stages"][0]["entrants"]
    expect(page.locator(".told").first).to_contain_text(RU("web-passes", n=before, shown=RU.integer(before)))
    # by keyboard: the menu of the event
    first.get_by_role("button", name=RU("web-bind-to-of", event="promo_click")).focus()
    page.keyboard.press("Enter")
    page.get_by_role("menuitemradio", name="Реклама", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(RU("web-bindings-all"))).to_be_visible(timeout=LONG)
    expect(page.locator(".told").first).not_to_contain_text(RU.integer(before), timeout=LONG)
    after = shop.call("GET", f"/maps/{map_id}/readings")["readings"]["stages"][0]["entrants"]
    assert after > before
    expect(page.locator(".told").first).to_contain_text(RU.integer(after))

    # and by hand: from one place to another
    chip = page.locator("[data-dragged$='|promo_click']")
    target = page.locator("[data-place]").filter(has_text="Статья").last
    source, goal = chip.bounding_box(), target.bounding_box()
    assert source
    assert goal
    page.mouse.move(source["x"] + 12, source["y"] + 8)
    page.mouse.down()
    page.mouse.move(source["x"] + 30, source["y"] + 20, steps=4)
    page.mouse.move(goal["x"] + 40, goal["y"] + 12, steps=8)
    page.mouse.up()
    expect(target).to_contain_text("promo_click")
    expect(page.locator(".saved")).to_have_text("сохранено")
    whole = shop.call("GET", f"/maps/{map_id}/value")["map"]
    points = {point["id"]: point for stage in whole["stages"] for point in stage["touchpoints"]}
    assert points["article"]["when"] == {"event": ["article_read", "promo_click"]} | {
        key: value for key, value in points["article"]["when"].items() if key != "event"
    }
    assert "promo_click" not in str(points["ad"]["when"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_from_a_break_to_the_plan_in_two_clicks(shop: Shop, visit: Open, lang: str) -> None:
    """R-24, R-25, R-40: a break opens into its reasons; two clicks make an improvement with its price; it goes over the board."""
    say = words(lang)
    map_id = str(shop.call("POST", "/maps/sergey/duplicate", {"title": f"План {lang}"})["id"])
    window = visit(shop.served.url, state=shop.state, lang=lang)
    page = window.go(f"/m/{map_id}/breaks")
    rows = page.locator("li.break")
    expect(rows.first).to_be_visible(timeout=LONG)
    found = shop.call("GET", f"/maps/{map_id}/breaks")["breaks"]
    expect(rows).to_have_count(len(found))
    rows.first.locator("summary").click()
    expect(page.get_by_text(say("web-break-why"), exact=True)).to_be_visible(timeout=LONG)
    expect(rows.first.locator(".reasons li").first).to_be_visible()
    page.get_by_role("button", name=say("web-break-improve"), exact=True).click()
    page.get_by_role("button", name=say("web-break-improve.open"), exact=True).click()
    dialog = page.get_by_role("dialog", name=say("web-plan-one"))
    expect(dialog.get_by_label(say("web-plan-impact", currency="RUB"), exact=True)).to_have_value(
        str(round(found[0]["loss"]["value"])), timeout=LONG
    )
    dialog.get_by_label(say("web-plan-confidence"), exact=True).fill("90")
    dialog.get_by_label(say("web-plan-effort"), exact=True).fill("1")
    dialog.get_by_label(say("web-plan-due"), exact=True).fill("2027-02-01")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    top = page.locator("tbody tr").first  # dearer than all that the shop plans already
    expect(top.locator("td").last).to_have_text(say.integer(round(found[0]["loss"]["value"] * 0.9)), timeout=LONG)
    name = str(top.locator("button.open").text_content())

    page.get_by_text(say("web-plan-view", view="board"), exact=True).click()
    page.get_by_role("button", name=say("web-plan-status-of", text=name), exact=True).click()
    page.get_by_role("menuitemradio", name=say("improvement-doing")).click()
    column = page.get_by_role("region", name=say("improvement-doing"), exact=True)
    expect(column.get_by_text(name, exact=True)).to_be_visible()
    card, goal = column.get_by_text(name, exact=True).bounding_box(), page.locator("[data-place=done]").bounding_box()
    assert card
    assert goal
    page.mouse.move(card["x"] + 20, card["y"] + 8)
    page.mouse.down()
    page.mouse.move(card["x"] + 60, card["y"] + 30, steps=4)
    page.mouse.move(goal["x"] + 60, goal["y"] + 120, steps=8)
    page.mouse.up()
    expect(page.locator("[data-place=done]").get_by_text(name, exact=True)).to_be_visible()
    assert window.axe() == []
    expect(page.locator(".saved")).to_have_text({"ru": "сохранено", "en": "saved"}[lang])
    plan = shop.call("GET", f"/maps/{map_id}/plan")["items"]
    mine = next(one for one in plan if one["text"] == name)
    assert (mine["status"], mine["confidence"], mine["effort"], mine["due"]) == ("done", 0.9, 1, "2027-02-01")


def test_one_filter_for_the_table_and_every_page(shop: Shop, window: Visit) -> None:
    """R-23, R-26, R-29: in the address; from the table to where it breaks, to a measure and back; a slider answers while it moves."""
    page = window.go("/m/sergey")
    who = page.get_by_role("button", name=re.compile(f"^{RU('web-filter-who')}"))
    everybody = who.inner_text()
    who.click()
    page.get_by_role("menuitemradio").nth(1).click()
    expect(who).not_to_have_text(everybody)
    chosen = who.inner_text()
    for link in ("web-nav-breaks", "web-nav-timeline"):
        page.get_by_role("link", name=RU(link), exact=True).click()
        expect(page).to_have_url(re.compile(r"segment="))
    page.locator(".side summary").get_by_text(RU("measure-family-paths"), exact=True).click()
    page.get_by_role("link", name=RU("measure-transitions"), exact=True).click()
    expect(page).to_have_url(re.compile(r"measure/transitions\?segment="))
    note = page.get_by_text(re.compile("^Основа: ")).first
    expect(note).to_be_visible(timeout=LONG)
    before = note.inner_text()
    page.get_by_role("button", name=re.compile(f"^{RU('web-filter-period')}")).click()
    slider = page.get_by_role("slider", name=RU("web-filter-slide", end="from"))
    slider.focus()
    for _ in range(3):
        page.keyboard.press("PageUp")
    expect(page).to_have_url(re.compile(r"from=20\d\d"))
    expect(note).not_to_have_text(before, timeout=LONG)
    page.keyboard.press("Escape")
    # what it means stands beside it, word for word as in the guide; its figures lead to their place on the map
    page.get_by_text(RU("web-measure-means"), exact=True).click()
    expect(page.get_by_text("квартили времени", exact=False).first).to_be_visible(timeout=LONG)
    page.locator("main table").get_by_role("link", name="Рассмотрение").first.click()
    expect(page).to_have_url(re.compile(r"/m/sergey\?stage=consideration"))
    expect(who).to_have_text(chosen)
    button(page, "web-filter-clear").click()
    expect(page).not_to_have_url(re.compile(r"segment=|from="))
    expect(who).to_have_text(everybody)


def test_a_guest_filters_what_they_may_see(shop: Shop, visit: Open) -> None:
    """R-23, R-60: by a share link, by channel too; nothing on the page is forbidden to them."""
    link = shop.call("POST", "/maps/sergey/shares", {"role": "viewer", "title": "гость"})["url"]
    guest = visit(shop.served.url, lang="ru")
    page = guest.page
    page.goto(link if link.startswith("http") else shop.served.url + link)
    expect(page).to_have_url(re.compile("/m/sergey"))
    page.goto(f"{shop.served.url}/m/sergey/breaks")
    expect(page.locator("li.break").first).to_be_visible(timeout=LONG)
    everybody = page.locator(".scope").inner_text()
    page.get_by_role("button", name=re.compile(f"^{RU('web-filter-channel')}")).click()
    page.get_by_role("menuitemradio").nth(1).click()
    expect(page).to_have_url(re.compile(r"channel="))
    expect(page.locator(".scope")).not_to_have_text(everybody, timeout=LONG)


def test_what_was_known_on_a_day(shop: Shop, window: Visit) -> None:
    """R-31: today's data are today's; of a day before there was anything it is said when the first data came."""
    known = shop.call("GET", "/maps/sergey/filters")["known_from"]
    page = window.go(f"/m/sergey/breaks?as_of={known}")
    expect(page.get_by_role("status").filter(has_text="Так это было известно")).to_be_visible(timeout=LONG)
    page.goto(f"{shop.served.url}/m/sergey/breaks?as_of=2020-01-01")
    expect(page.get_by_role("alert").filter(has_text="TR-S031")).to_be_visible(timeout=LONG)
    button(page, "web-filter-clear").click()
    expect(page.locator("li.break").first).to_be_visible(timeout=LONG)


def test_a_measure_from_its_declaration(shop: Shop, window: Visit) -> None:
    """R-26: the form is the declaration's; parameters stand in the address; picture, numbers and files answer together."""
    declared = next(one for one in shop.call("GET", "/measures?lang=ru")["items"] if one["id"] == "steps")
    page = window.go("/m/sergey/measure/steps")
    for one in declared["parameters"]:
        expect(page.get_by_text(one["title"]).first).to_be_visible()
    rows = page.locator("main table tbody tr")
    expect(rows.first).to_be_visible(timeout=LONG)
    level = next(one for one in declared["parameters"] if one["id"] == "level")
    page.get_by_label(level["title"], exact=True).select_option("stages")
    expect(page).to_have_url(re.compile(r"level=stages"))
    expect(rows.filter(has_text="Осведомлённость").first).to_be_visible(timeout=LONG)
    page.get_by_role("slider").first.focus()
    page.keyboard.press("Home")
    expect(page).to_have_url(re.compile(r"before=0"))
    answer = shop.call("POST", "/maps/sergey/measures/steps", {"params": {"level": "stages", "before": 0}})
    expect(rows).to_have_count(min(60, len(answer["rows"])), timeout=LONG)
    marks = page.locator(".picture svg [data-tip]")
    first = str(marks.first.get_attribute("data-tip"))
    assert "%" in first
    marks.first.press("ArrowDown")
    expect(page.locator(":focus[data-tip]")).not_to_have_attribute("data-tip", first)
    beside = str(page.locator(":focus").get_attribute("data-tip"))
    page.locator(":focus").dispatch_event("click")
    expect(page.locator(".told")).to_have_text(beside)
    drawn = page.locator(".picture svg").element_handle()
    page.set_viewport_size({"width": DESK[0] - 200, "height": DESK[1]})
    page.wait_for_function("one => !one.isConnected", arg=drawn)
    expect(page.locator(":focus")).to_have_attribute("data-tip", beside)  # where one was, in the new picture
    expect(page.locator(".told")).to_have_text(beside)
    with page.expect_download() as table:
        button(page, "web-measure-download").click()
        page.get_by_role("menuitem", name=RU("web-measure-form", form="csv")).click()
    assert len(Path(table.value.path()).read_text(encoding="utf-8-sig").splitlines()) == len(answer["rows"]) + 1


def test_history_tells_what_changed_and_brings_it_back(shop: Shop, window: Visit) -> None:
    """R-10, R-60: a sitting's changes in words, a named version, and the way back, after a question."""
    map_id = str(shop.call("POST", "/maps/sergey/duplicate", {"title": "История"})["id"])
    title = shop.call("GET", f"/maps/{map_id}/plan")["items"][0]["text"]
    page = window.go(f"/m/{map_id}/plan")
    page.get_by_role("button", name=title, exact=True).click()
    page.get_by_label(RU("web-plan-status"), exact=True).select_option("dropped")
    page.keyboard.press("Escape")
    expect(page.locator(".saved")).to_have_text("сохранено")

    window.go(f"/m/{map_id}/history")
    expect(page.locator("li.changed").filter(has_text=RU("improvement-dropped"))).to_be_visible(timeout=LONG)
    button(page, "web-version-name").click()
    page.get_by_label(RU("web-version-title"), exact=True).fill("После встречи")
    button(page, "web-save").click()
    expect(page.get_by_role("button", name=re.compile("После встречи"))).to_be_visible()
    assert window.axe() == []
    later = page.get_by_label(RU("web-diff-to"), exact=True)
    later.select_option(index=later.locator("option").count() - 1)
    button(page, "web-restore-this").click()
    page.get_by_role("alertdialog").get_by_role("button", name=RU("web-restore.yes"), exact=True).click()
    expect(page.get_by_text(RU("web-restored"))).to_be_visible(timeout=LONG)
    status = next(one["status"] for one in shop.call("GET", f"/maps/{map_id}/plan")["items"] if one["text"] == title)
    assert status != "dropped"
    acts = [one["act"] for one in shop.call("GET", "/audit?limit=20")["items"]]
    assert {"version-named", "map-brought-back"} <= set(acts)


def test_two_maps_and_two_segments_side_by_side(shop: Shop, window: Visit) -> None:
    """R-10, R-29: chosen in the page, kept in the address; the figures are the door's, with interval, p and verdict in words."""
    map_id = str(shop.call("POST", "/maps/sergey/duplicate", {"title": "Как будет"})["id"])
    page = window.go("/m/sergey/breaks")
    page.get_by_role("link", name=RU("web-nav-compare"), exact=True).click()
    expect(page.get_by_text(RU("web-compare-none", kind="maps"))).to_be_visible(timeout=LONG)
    page.get_by_label(RU("web-compare-other"), exact=True).select_option(map_id)
    expect(page.locator("li.changed").filter(has_text="Как будет").first).to_be_visible(timeout=LONG)
    expect(page.locator("li.changed").filter(has_text="как должно быть")).to_contain_text("как есть")
    expect(page.get_by_text(RU("diff-note-same"))).to_be_visible()
    assert window.axe() == []
    page.get_by_text(RU("web-compare-kind", kind="segments"), exact=True).click()
    first, second = (
        page.get_by_role("group", name=RU("web-compare-side", side=side), exact=True) for side in ("before", "after")
    )
    first.get_by_label(RU("web-filter-who"), exact=True).select_option("coach")
    expect(page).to_have_url(re.compile(r"by=segments&segment=coach$"))
    found = shop.call("GET", "/maps/sergey/comparison?segment=coach&lang=ru")["differences"]
    rows = page.locator("main table tbody tr")
    expect(rows).to_have_count(len(found), timeout=LONG)
    for at, one in enumerate(found):
        for part in ("title", "figure", "was", "now", "gap", "verdict"):
            expect(rows.nth(at)).to_contain_text(one[part])
    # a rule for the second side, by keyboard: the focus goes into the box and comes back out of it
    rule = second.get_by_role("button", name=re.compile(f"^{RU('web-filter-where')}"))
    rule.press("Enter")
    typed = page.get_by_label(RU("web-filter-where.label"), exact=True)
    expect(typed).to_be_focused()
    assert window.axe() == []
    page.keyboard.press("Escape")
    expect(typed).to_have_count(0)
    expect(rule).to_be_focused()
    page.keyboard.press("Enter")
    expect(typed).to_be_focused()
    page.keyboard.insert_text("events >= 12")
    button(page, "web-filter-where.use").press("Enter")
    expect(page).to_have_url(re.compile(r"other_where=events"))
    expect(rule).to_be_focused()
    asked = shop.call("GET", "/maps/sergey/comparison?segment=coach&other_where=events%20%3E%3D%2012&lang=ru")
    expect(rows.first).to_contain_text(asked["differences"][0]["gap"], timeout=LONG)
    expect(page.locator("main table th").filter(has_text="events >= 12")).to_be_visible()


def test_one_customer_is_walked_along_by_keys(shop: Shop, window: Visit) -> None:
    """R-26, R-64: a customer's journey by arrows; who it is shows only after a question, and is written down."""
    page = window.go("/m/sergey/customers?outcome=deal")
    page.locator("tbody a").first.click()
    expect(page.locator(".step[aria-current]")).to_have_count(1, timeout=LONG)
    first = page.locator(".step[aria-current]").inner_text()
    page.locator("main h1").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".step[aria-current]")).not_to_have_text(first, use_inner_text=True)
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".step[aria-current]")).to_have_text(first, use_inner_text=True)
    button(page, "web-reveal.button").click()
    page.get_by_role("alertdialog").get_by_role("button", name=RU("web-reveal.yes"), exact=True).click()
    expect(page.locator(".who")).to_be_visible()
    acts = [one["act"] for one in shop.call("GET", "/audit?limit=20")["items"]]
    assert any("reveal" in act or "identity" in act for act in acts), acts


def test_a_map_without_a_log_says_what_to_do(shop: Shop, window: Visit, tmp_path: Path) -> None:
    """R-22: a blank map offers stages from the log itself; taken over, events are bound."""
    made = shop.call("POST", "/maps", {"title": "С чистого листа", "language": "ru"})
    page = window.go(f"/data/bindings/{made['id']}")
    button(page, "web-draft-ask").click()
    button(page, "web-draft-take").click(timeout=LONG)
    expect(page.locator("[data-place] .events li").first).to_be_visible(timeout=LONG)
    expect(page.locator(".saved")).to_have_text("сохранено")
    stages = shop.call("GET", f"/maps/{made['id']}/value")["map"]["stages"]
    assert any(stage.get("deal") for stage in stages)
