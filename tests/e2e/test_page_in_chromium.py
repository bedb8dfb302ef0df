"""The standalone page in a real browser: by day and by night, on a desk and on a phone, by mouse and by keyboard (R-07, R-13)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tropa.cli.main import run
from tropa.words import words

PROBE = Path(__file__).with_name("page_probe.js").read_text(encoding="utf-8")
VIEWS = ("infographic", "table", "scheme")
DESK, PHONE = (1440, 900), (390, 844)
LANGUAGES = ("ru", "en")


@pytest.fixture(scope="module")
def pages(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The demo's page in each language."""
    folder = tmp_path_factory.mktemp("pages")
    made = {lang: folder / f"карта {lang}.html" for lang in LANGUAGES}
    for lang, path in made.items():
        assert run(["render", str(demo), "-o", str(path), "--json"], words(lang)) == 0
    return made


@dataclass
class Opened:
    """A page with what it said and what it asked of the network."""

    page: Page
    said: list[str]
    asked: list[str]


Show = Callable[..., Opened]


@pytest.fixture
def show(browser: Browser) -> Iterator[Show]:
    """Opens a file; nothing but the file itself can be loaded."""
    contexts = []

    def call(path: Path, size: tuple[int, int] = DESK, scheme: str = "light") -> Opened:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        opened = Opened(page, [], [])
        page.on("console", lambda message: opened.said.append(message.text))
        page.on("pageerror", lambda error: opened.said.append(str(error)))
        page.on("dialog", lambda dialog: (opened.said.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: opened.asked.append(request.url) if request.url != path.as_uri() else None)
        context.route("**/*", lambda route: route.continue_() if route.request.url == path.as_uri() else route.abort())
        page.goto(path.as_uri())
        page.evaluate(PROBE)
        return opened

    yield call
    for context in contexts:
        context.close()


def choose(page: Page, view: str) -> None:
    """Shows a view as a mouse does."""
    page.click(f"label[for=view-{view}]")
    expect(page.locator(f".view-{view}")).to_be_visible()


@pytest.mark.parametrize("size", [DESK, PHONE])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_opens_in_silence(pages: dict[str, Path], show: Show, lang: str, size: tuple[int, int]) -> None:
    """R-13: no complaint, no request (its letters are in the page itself), title and language, nothing wider than the window."""
    opened = show(pages[lang], size)
    page = opened.page
    assert page.evaluate("document.documentElement.lang") == lang
    assert ("Теряем" if lang == "ru" else "We lose") in page.title()
    for view in VIEWS:
        choose(page, view)
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        assert [other for other in VIEWS if page.locator(f".view-{other}").is_visible()] == [view]
    assert page.locator(".cards").is_visible() == (size == PHONE)
    assert opened.said == []
    assert [url for url in opened.asked if not url.startswith("data:")] == []


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_views_by_keyboard(pages: dict[str, Path], show: Show, size: tuple[int, int]) -> None:
    """R-07: the skip link comes first, then the switch, whose arrows go through all views."""
    page = show(pages["ru"], size).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Tab")
    for view in VIEWS:
        assert page.evaluate("document.activeElement.id") == f"view-{view}"
        assert page.locator(f".view-{view}").is_visible()
        ring = page.locator(f"label[for=view-{view}]").evaluate("e => getComputedStyle(e).outlineStyle")
        assert ring == "solid"
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.view') !== null")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_tips_by_mouse_and_keyboard(pages: dict[str, Path], show: Show, lang: str) -> None:
    """R-07, R-13: the same tip on hover and on focus: the share with its parts, interval and who was not seen long enough."""
    page = show(pages[lang]).page
    tip = page.locator("#tip")
    first = page.locator(".view-infographic g.break[data-tip]").first
    assert tip.is_hidden()
    first.hover()
    expect(tip).to_be_visible()
    hovered = tip.inner_text()
    of, sure = ("из", "с вероятностью 95 %") if lang == "ru" else ("of", "95% sure")
    told = hovered.replace("\u00a0", " ").replace("\u202f", " ")
    assert f" {of} " in told
    assert sure in told
    assert any(char.isdigit() for char in told)
    page.mouse.move(2, 2)
    expect(tip).to_be_hidden()
    first.focus()
    expect(tip).to_have_text(hovered, use_inner_text=True)
    page.wait_for_timeout(300)
    assert tip.is_visible(), "scrolling to what has the focus must not take its tip away"
    box = tip.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= DESK[0]
    assert box["y"] + box["height"] <= DESK[1]
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    assert first.get_attribute("aria-label")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_tables_for_those_who_do_not_see(pages: dict[str, Path], show: Show, lang: str) -> None:
    """R-13: tables with captions and headings, in the page's accessible tree once opened."""
    page = show(pages[lang]).page
    assert page.locator("#data table").count() >= 4
    page.locator("#data summary").first.click()
    table = page.get_by_role("table").first
    expect(table).to_be_visible()
    assert table.get_by_role("columnheader").count() > 2
    assert table.get_by_role("rowheader").count() == 6
    assert table.locator("caption").inner_text().strip()


@pytest.mark.parametrize("size", [DESK, PHONE])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_lies_on_another(pages: dict[str, Path], show: Show, lang: str, size: tuple[int, int]) -> None:
    """R-07: in no view, whatever the language."""
    page = show(pages[lang], size).page
    for view in VIEWS:
        choose(page, view)
        assert page.evaluate(f"overlaps('.view-{view}')") == []


@pytest.mark.parametrize("size", [DESK, PHONE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_readable_by_day_and_by_night(pages: dict[str, Path], show: Show, scheme: str, size: tuple[int, int]) -> None:
    """R-07: a contrast of 4.5 (3 for large letters) for every text, in the drawing and around it."""
    page = show(pages["ru"], size, scheme).page
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert (sum(int(part) for part in ground[4:-1].split(",")) < 200) == (scheme == "dark")
    page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true })")
    assert page.evaluate("paleInText()") == []
    for view in VIEWS:
        choose(page, view)
        assert page.evaluate(f"paleInDrawing('.view-{view}')") == []


def test_prints(pages: dict[str, Path], show: Show) -> None:
    """R-13: the chosen view goes to paper, by day even at night, without the switch."""
    page = show(pages["ru"], scheme="dark").page
    printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    width, height = (float(side) for side in printed.pages[0].mediabox[2:])
    assert width == pytest.approx(420 / 25.4 * 72, abs=2)
    assert width > height
    told = "".join(sheet.extract_text() for sheet in printed.pages)
    assert "Лояльность" in told
    assert "Данные таблицами" not in told
    page.emulate_media(media="print")
    assert page.evaluate("paleInDrawing('.view-infographic')") == []
    assert page.locator("nav").is_hidden()


def test_words_of_users_are_inert(demo: Path, show: Show, tmp_path: Path) -> None:
    """R-13: markup in a map's titles is text in every view, table, tip and card."""
    evil = """</title></svg><script>alert(1)</script><img src=x onerror=alert(2)>"'&amp;"""
    source = demo / "map.yaml"
    lines = source.read_text(encoding="utf-8").splitlines()
    quoted = "'" + evil.replace("'", "''") + "'"
    title = next(index for index, line in enumerate(lines) if line.startswith("title:"))
    lines[title] = f"title: {quoted}"
    shop = tmp_path / "map.yaml"
    shop.write_text("\n".join(lines).replace("Рассмотрение", evil.replace('"', '\\"')) + "\n", encoding="utf-8")
    out = tmp_path / "page.html"
    assert run(["render", str(shop), "-o", str(out), "--json"], words("ru")) == 0
    for size in (DESK, PHONE):
        opened = show(out, size)
        for view in VIEWS:
            choose(opened.page, view)
        assert opened.said == []
        assert [url for url in opened.asked if not url.startswith("data:")] == []
        assert opened.page.locator("script").count() == 1
        assert opened.page.locator("img").count() == 0
    assert "<script>alert(1)</script>" in opened.page.evaluate("document.body.textContent")
