"""The editor in a real browser on the real server: every kind of cell typed, two people at once, keyboard, phone (R-01…R-07, R-60)."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from e2e.app import PHONE, Visit, until
from e2e.conftest import Shop
from tropa.model import LANES

Opening = Callable[..., Visit]
SHY = "\u00ad"
EVENT = "{clipboardData: data, bubbles: true, cancelable: true}"
PASTE = f"""([where, text]) => {{ const data = new DataTransfer(); data.setData('text/plain', text);
  document.querySelector(where).dispatchEvent(new ClipboardEvent('paste', {EVENT})) }}"""
COPY = f"""() => {{ const data = new DataTransfer();
  document.activeElement.dispatchEvent(new ClipboardEvent('copy', {EVENT})); return data.getData('text/plain') }}"""

FOLLOW = """href => { const link = document.createElement('a'); link.href = href;
  document.body.append(link); link.click(); link.remove() }"""


@pytest.fixture
def app(shop: Shop, visit: Callable[..., Visit]) -> Opening:
    """Opens windows of the owner."""
    return lambda **wishes: visit(shop.served.url, state=shop.state, **wishes)


def edited(shop: Shop, app: Opening, name: str, lang: str = "ru") -> Table:
    """A copy of the demo map, open in the editor."""
    made = shop.call("POST", "/maps/sergey/duplicate", {"title": name})
    return Table.open(app(lang=lang), str(made["id"]))


class Table:
    """The grid of the editor, by rows and columns."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @classmethod
    def open(cls, visit: Visit, map_id: str) -> Table:
        """The editor of a map, with its figures."""
        page = visit.page
        page.goto(f"{visit.url}/m/{map_id}")
        page.wait_for_selector("[role=grid] [data-cell^='owner|']")
        page.wait_for_selector("[role=grid] .count")
        return cls(page)

    def cell(self, row: str, column: int) -> str:
        """The selector of a cell; column 0 is the row's heading, 1 the first stage."""
        ids = self.page.eval_on_selector_all(f"[data-cell^='{row}|']", "found => found.map(one => one.dataset.cell)")
        return f'[data-cell="{ids[column]}"]'

    def focus(self, row: str, column: int) -> str:
        """Puts the keyboard into a cell, as Tab and arrows would."""
        where = self.cell(row, column)
        self.page.locator(where).evaluate("cell => cell.focus()")
        return where

    def said(self, row: str, column: int) -> list[str]:
        """The statements of a cell."""
        found = self.page.eval_on_selector_all(
            f"{self.cell(row, column)} .words", "all => all.map(one => one.textContent)"
        )
        return [text.replace(SHY, "") for text in found]

    def stages(self) -> list[str]:
        """The names of the stages in order."""
        found = self.page.eval_on_selector_all(
            "[data-drag=stage] .title", "all => all.map(one => one.textContent.trim())"
        )
        return [text.replace(SHY, "") for text in found]

    def press(self, *keys: str) -> None:
        """Keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def shows(self, told: Callable[[], object], wanted: object) -> None:
        """Waits until what is read off the table is what is wanted: a key is pressed before its effect is drawn."""
        until(self.page, lambda: told() == wanted, f"{wanted!r} was not shown")

    def saved(self, lang: str = "ru") -> None:
        """Waits until the server has made everything durable."""
        word = {"ru": "сохранено", "en": "saved"}[lang]
        expect(self.page.locator(".saved")).to_have_text(word)


def value(shop: Shop, table: Table) -> dict[str, object]:
    """The map as the server has it."""
    map_id = table.page.url.rstrip("/").rsplit("/", 1)[-1].partition("?")[0]
    return dict(shop.call("GET", f"/maps/{map_id}/value")["map"])


def test_a_blank_map_opens_from_the_gallery(shop: Shop, app: Opening) -> None:
    """R-01, R-60: a click on its card shows the table, every empty cell with its hint."""
    made = shop.call("POST", "/maps", {"title": "Blank", "language": "en"})
    visit = app(lang="en")
    page = visit.go("/")
    page.locator(f"main a[href='/m/{made['id']}']").click()
    page.wait_for_selector("[role=grid] [data-cell^='owner|']")
    empty = page.locator("[role=gridcell][data-cell]:has(> .hint)")
    rows = {str(cell).partition("|")[0] for cell in empty.evaluate_all("all => all.map(one => one.dataset.cell)")}
    assert rows == {lane.id for lane in LANES}


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_every_kind_of_cell_is_typed_in_place(shop: Shop, app: Opening, lang: str) -> None:
    """R-02, R-03, R-05: lists, single texts, feelings, owners, touchpoints, pains, metrics, own rows; the server has what was typed."""
    table = edited(shop, app, f"typed {lang}", lang)
    page, keys = table.page, table.page.keyboard
    table.focus("does", 1)
    table.press("Enter", "End", "Enter")
    keys.type("Asks a coach and buys")
    for _ in range(len(" and buys")):
        keys.press("ArrowLeft")
    table.press("Enter", "Escape")
    table.shows(lambda: table.said("does", 1)[-2:], ["Asks a coach", "and buys"])

    table.focus("goal", 1)
    table.press("F2", "Control+a")
    keys.type("To know whether it helps")
    table.press("Enter")
    table.shows(lambda: table.said("goal", 1), ["To know whether it helps"])

    where = table.focus("feels", 2)
    table.press("Enter")
    keys.insert_text({"ru": "радость", "en": "joy"}[lang])
    table.press("Enter", "Escape")
    expect(page.locator(where)).to_contain_text({"ru": "радость", "en": "joy"}[lang])

    where = table.focus("owner", 3)
    table.press("Enter")
    keys.insert_text("Mark")
    table.press("Enter")
    expect(page.locator(where)).to_contain_text("Mark")

    for row, text in (
        ("touchpoints", "Podcast"),
        ("pains", "Nobody answers"),
        ("metrics", "Calls a day"),
        ("improvements", "A guide"),
    ):
        table.focus(row, 1)
        table.press("Enter", "End", "Enter")
        keys.type(text)
        table.press("Escape")
        table.shows(lambda row=row, text=text: text in table.said(row, 1), True)  # type: ignore[misc]

    table.saved(lang)
    stage = value(shop, table)["stages"][0]  # type: ignore[index]
    assert stage["touchpoints"][-1]["title"] == "Podcast"
    assert any(pain["text"] == "Nobody answers" for pain in stage["pains"])
    assert str(stage["goal"]).count("To know whether it helps") == 1
    assert value(shop, table)["people"][-1]["title"] == "Mark"  # type: ignore[index]


def test_own_rows_of_each_kind(shop: Shop, app: Opening) -> None:
    """R-02: rows of the user's own hold lists, texts, numbers, curves, pictures and files."""
    table = edited(shop, app, "own rows", "en")
    page, keys = table.page, table.page.keyboard
    for kind, name in (
        ("List", "Notes"),
        ("Text", "Summary"),
        ("Number", "Cost"),
        ("Curve", "Effort"),
        ("File", "Brief"),
    ):
        page.get_by_role("button", name="Add a row").click()
        page.get_by_role("menuitem", name=kind).click()
        page.wait_for_function("document.activeElement.tagName === 'TEXTAREA'")
        table.press("Control+a")
        keys.type(name)
        table.press("Enter")
    lanes = [lane["id"] for lane in value_when(shop, table, "lanes", 5)]
    table.focus(lanes[0], 1)
    table.press("Enter")
    keys.type("one")
    table.press("Enter")
    keys.type("two")
    table.press("Escape")
    table.shows(lambda: table.said(lanes[0], 1), ["one", "two"])
    where = table.focus(lanes[2], 1)
    table.press("Enter")
    keys.type("1250,5")
    table.press("Enter")
    expect(page.locator(where)).to_contain_text("1,250.5")
    table.focus(lanes[3], 1)
    table.press("Enter", "ArrowRight", "ArrowRight", "Escape")
    page.locator(table.cell(lanes[4], 1)).dblclick()
    page.set_input_files(
        f"{table.cell(lanes[4], 1)} input[type=file]",
        files=[{"name": "brief.txt", "mimeType": "text/plain", "buffer": b"hello"}],
    )
    expect(page.locator(f"{table.cell(lanes[4], 1)} a, {table.cell(lanes[4], 1)} input").first).to_be_visible()
    table.saved("en")
    cells = value(shop, table)["stages"][0]["cells"]  # type: ignore[index]
    assert cells[lanes[2]]["number"] == 1250.5
    assert cells[lanes[3]]["curve"] == 1.0


def value_when(shop: Shop, table: Table, field: str, many: int) -> list[dict[str, object]]:
    """A list of the map once it has so many things."""
    table.saved("en")
    found = value(shop, table)[field]
    assert isinstance(found, list)
    assert len(found) == many
    return found


def test_stages_move_by_keyboard_and_mouse_and_everything_is_undone(shop: Shop, app: Opening) -> None:
    """R-01: added, renamed, moved, opened, removed; undo takes one step at a time."""
    table = edited(shop, app, "stages", "en")
    page, keys = table.page, table.page.keyboard
    before = table.stages()
    table.focus("head", 2)
    table.press("Alt+ArrowLeft")
    table.shows(table.stages, [before[1], before[0], *before[2:]])
    table.press("Control+z")
    table.shows(table.stages, before)
    page.get_by_role("button", name="Add a stage", exact=True).click()
    page.wait_for_function("document.activeElement.tagName === 'TEXTAREA'")
    table.press("Control+a")
    keys.type("Memory")
    table.press("Enter")
    table.shows(lambda: table.stages()[-1], "Memory")
    table.focus("head", 3)
    table.press("Alt+Enter")
    expect(page.locator("[role=columnheader]")).to_have_count(7 + 3 + 1)
    table.press("Alt+Enter")
    first, third = page.locator("[data-drag=stage]").nth(0), page.locator("[data-drag=stage]").nth(2)
    start, end = first.bounding_box(), third.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 40, start["y"] + 20)
    page.wait_for_timeout(500)  # the drag is loaded when the pointer first comes near
    page.mouse.down()
    page.mouse.move(start["x"] + 90, start["y"] + 24, steps=5)
    page.mouse.move(end["x"] + end["width"] - 16, end["y"] + 20, steps=10)
    page.mouse.up()
    expect(page.locator("[data-drag=stage] .title").nth(2)).to_contain_text(before[0])


def test_the_emotion_is_drawn_by_keyboard_and_by_dragging(shop: Shop, app: Opening) -> None:
    """R-04: the asserted point goes where it is put, beside the measured one."""
    table = edited(shop, app, "emotion", "en")
    page = table.page
    where = table.focus("emotion", 3)
    table.press("Enter", "ArrowUp", "ArrowUp", "Escape")
    expect(page.locator(where)).to_have_attribute("aria-label", re.compile(r"\+1\.5"))
    handle = page.locator(f"{where} .handle").bounding_box()
    assert handle
    page.mouse.move(handle["x"] + 13, handle["y"] + 13)
    page.mouse.down()
    page.mouse.move(handle["x"] + 13, handle["y"] + 13 + 48, steps=6)
    page.mouse.up()
    expect(page.locator(where)).to_have_attribute("aria-label", re.compile("−0\\.5"))


def test_a_table_is_pasted_and_copied(shop: Shop, app: Opening) -> None:
    """R-13: cells from a spreadsheet land in cells, lines in lines; what is copied is what stands there."""
    table = edited(shop, app, "paste", "en")
    where = table.focus("does", 1)
    table.page.evaluate(PASTE, [where, 'a\tb\n"x\ny"\tz'])
    table.shows(lambda: table.said("does", 2)[0], "b")
    table.shows(lambda: table.said("thinks", 1)[:2], ["“x”", "“y”"])
    copied = table.page.evaluate(COPY)
    assert copied.splitlines()[-1].endswith("z")


def test_two_people_type_at_once_and_see_each_other(shop: Shop, app: Opening) -> None:
    """R-60: what one types the other sees, with the other's name on the cell; both texts survive typing in the same line."""
    made = shop.call("POST", "/maps/sergey/duplicate", {"title": "together"})
    first, second = app(lang="en"), app(lang="en")
    one, two = Table.open(first, str(made["id"])), Table.open(second, str(made["id"]))
    one.focus("expects", 1)
    one.press("Enter", "Control+End")
    expect(two.page.locator(f"{two.cell('expects', 1)} .tag")).to_be_visible()
    two.focus("expects", 1)
    two.press("Enter", "Control+Home")
    one.page.keyboard.type(" (soon)")
    two.page.keyboard.type("(please) ")
    both = re.compile(r"^\(please\) .+ \(soon\)$")
    for table in (one, two):
        expect(table.page.locator(f"{table.cell('expects', 1)} textarea")).to_have_value(both)
    two.page.wait_for_function("many => document.activeElement.selectionStart === many", arg=len("(please) "))


def test_the_panel_answers(shop: Shop, app: Opening) -> None:
    """R-24, R-25, R-31, R-40, R-60: price, reasons, evidence, discussion, history, and an improvement in two clicks."""
    table = edited(shop, app, "panel", "en")
    page = table.page
    page.locator(f"{table.cell('pains', 3)} .words").first.click()
    table.press("Escape")
    panel = page.locator("aside")
    expect(panel).to_contain_text("a month")
    panel.get_by_role("button", name="customer’s words", exact=False).first.click()
    panel.get_by_role("textbox").first.fill("The chat was silent")
    panel.get_by_role("button", name="Add", exact=True).click()
    expect(panel.locator("q")).to_have_text("The chat was silent")
    plan = len(value(shop, table)["improvements"])  # type: ignore[arg-type]
    panel.get_by_role("button", name="Make an improvement").click()
    expect(page.get_by_text("The improvement is in the plan")).to_be_visible()
    assert len(value(shop, table)["improvements"]) == plan + 1  # type: ignore[arg-type]
    panel.get_by_role("tab", name="Why").click()
    expect(panel).to_contain_text("Losses of different places are not added up")
    panel.get_by_role("tab", name="Discussion").click()
    panel.get_by_role("combobox").fill("Is it still so?")
    panel.get_by_role("button", name="Comment", exact=True).click()
    expect(panel).to_contain_text("Is it still so?")
    expect(page.locator(f"{table.cell('pains', 3)} .talk")).to_have_text("1")
    panel.get_by_role("button", name="Resolve").click()
    expect(page.locator(f"{table.cell('pains', 3)} .talk")).to_have_count(0)
    panel.get_by_role("tab", name="History").click()
    expect(panel).not_to_contain_text("has not been changed")


STANDS = {
    "": "[role=grid] .count",
    "/scheme": ".svelte-flow__node",
    "/infographic": ".paper svg",
    "/present": ".slide h2",
}


@pytest.mark.parametrize("path", STANDS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_stands_in_the_way(shop: Shop, app: Opening, path: str, scheme: str) -> None:
    """R-60: axe finds nothing against WCAG 2.2 AA, and the policy refuses nothing, by day and by night."""
    visit = app(lang="ru", scheme=scheme)
    visit.page.goto(f"{visit.url}/m/sergey{path}")
    visit.page.wait_for_selector(STANDS[path])
    assert visit.axe(without=".svelte-flow__attribution" if path == "/scheme" else "") == []
    if not path:
        visit.page.locator("[data-cell^='pains|']").nth(3).click()
        assert visit.axe() == []


def test_it_is_read_on_a_phone(shop: Shop, app: Opening) -> None:
    """R-60: one stage at a time, the page itself never scrolls sideways, the panel is a sheet."""
    visit = app(lang="ru", size=PHONE)
    table = Table.open(visit, "sergey")
    page = visit.page
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    first = page.locator("[data-drag=stage]").first.bounding_box()
    assert first
    assert first["width"] > 250
    page.locator(table.cell("pains", 1)).tap()
    page.get_by_role("button", name="Панель о выбранном").tap()
    expect(page.locator("aside.sheet")).to_be_visible()
    assert visit.axe() == []
    page.keyboard.press("Escape")
    page.goto(f"{visit.url}/m/sergey/scheme")
    box = page.locator(".svelte-flow__node").first
    expect(box).to_be_in_viewport()
    size = box.bounding_box()
    assert size
    assert size["width"] > 150  # to be read, not a whole scheme the size of a stamp


def test_a_notice_leads_to_what_was_said(shop: Shop, app: Opening) -> None:
    """R-60: `?comment=…` opens the cell and its thread, resolved or at a touchpoint, also in a map that is open already."""
    made = shop.call("POST", "/maps/sergey/duplicate", {"title": "notices"})
    said, there = f"/maps/{made['id']}/comments", shop.call("GET", f"/maps/{made['id']}/value")["map"]
    stage = next(one for one in there["stages"] if one["touchpoints"])
    point = stage["touchpoints"][0]["id"]
    row = shop.call("POST", said, {"text": "Whose is it?", "address": f"{stage['id']}/pains/0"})
    deep = shop.call("POST", said, {"text": "Not any more", "address": f"{stage['id']}/{point}/does"})
    shop.call("PATCH", f"{said}/{deep['id']}", {"resolved": True})
    page = app(lang="en").page
    page.goto(f"{shop.served.url}/m/{made['id']}?comment={row['id']}")
    panel, cell = page.locator("aside"), page.locator("[role=gridcell].here")
    expect(panel.locator("[aria-current]")).to_contain_text("Whose is it?")
    expect(cell).to_have_attribute("data-cell", re.compile(r"^pains\|"))
    page.evaluate(FOLLOW, f"/m/{made['id']}?comment={deep['id']}")
    expect(panel.locator("[aria-current]")).to_contain_text("Not any more")
    expect(cell).to_have_attribute("data-cell", re.compile(r"^does\|"))
    page.evaluate(FOLLOW, f"/m/{made['id']}?comment=nobody")
    expect(page.get_by_text("This comment is not here any more")).to_be_visible()


def test_a_page_that_cannot_be_drawn_says_so(shop: Shop, app: Opening) -> None:
    """R-60: a fault while a page is drawn is shown with its code, not a spinner for ever, and is not hushed up."""
    visit = app(lang="en")

    def broken(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("editor-hint-goal", "editor-hint-lost"))

    visit.page.route("**/*.js", broken)
    made = shop.call("POST", "/maps", {"title": "Broken", "language": "en"})
    visit.page.goto(f"{visit.url}/m/{made['id']}")
    expect(visit.page.locator("main [role=alert]").filter(has_text="TR-W802")).to_be_visible()
    assert any("editor-hint-goal" in one for one in visit.trouble)
    visit.trouble.clear()
