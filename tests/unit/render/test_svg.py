"""SVG and PNG (R-13): well formed, escaped, self-contained, the same every time, as wide as measured."""

from __future__ import annotations

import struct
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from fixtures_readings import readings
from fixtures_shop import TODAY, shop
from tropa.layout import Page, lay_out
from tropa.layout.geometry import all_groups
from tropa.model import LANES, EvidenceState, Map
from tropa.render.icons import known_symbols
from tropa.render.png import png
from tropa.render.svg import path_data, svg
from tropa.render.theme import DARK, LIGHT, contrast
from tropa.words import words

EVIL = "<script>alert(1)</script>&\"'\x07]]>\ufffe"
SPACE = "{http://www.w3.org/2000/svg}"


def page(value: Map | None = None, view: str = "infographic") -> Page:
    """The shop's page."""
    value = value or shop()
    return lay_out(value, readings(value), words("ru"), view=view, page="a3", today=TODAY)  # type: ignore[arg-type]  # a name of a view


@pytest.mark.parametrize("view", ["infographic", "table", "scheme"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_svg_is_well_formed_and_keeps_its_addresses(view: str, theme: str) -> None:
    """Title, description, language, unique ids, cells by address."""
    drawn = page(view=view)
    root = ElementTree.fromstring(svg(drawn, theme))  # type: ignore[arg-type]  # a name of a theme
    assert root.find(f"{SPACE}title").text == drawn.title  # type: ignore[union-attr]  # every file has one
    assert root.get("lang") == "ru"
    ids = [item.get("id") for item in root.iter() if item.get("id")]
    assert len(ids) == len(set(ids))
    cells = {item.get("data-cell") for item in root.iter() if item.get("data-cell")}
    assert {group.cell for group in all_groups(drawn.items) if group.cell} == cells


def test_words_of_users_stay_words() -> None:
    """Markup in a map is text in the picture."""
    value = shop()
    evil = value.model_copy(
        update={"title": EVIL, "stages": (value.stages[0].model_copy(update={"title": EVIL}), *value.stages[1:])}
    )
    drawn = svg(page(evil))
    root = ElementTree.fromstring(drawn)
    assert not list(root.iter(f"{SPACE}script"))
    assert "\x07" not in drawn


def test_nothing_is_fetched() -> None:
    """Self-contained: fonts as data, no links outside."""
    drawn = svg(page())
    assert "font/woff2;base64" in drawn
    left = drawn.replace("http://www.w3.org/2000/svg", "")
    assert "http:" not in left
    assert "https:" not in left


def test_same_page_same_bytes() -> None:
    """House rule."""
    assert svg(page()) == svg(page())
    assert png(page(), 0.3) == png(page(), 0.3)


def test_png_has_the_asked_size() -> None:
    """`scale` pixels to a pixel."""
    drawn = page()
    width, height = struct.unpack(">II", png(drawn, 0.5)[16:24])
    assert (width, height) == (round(drawn.width / 2), round(drawn.height / 2)) or abs(width - drawn.width / 2) <= 1


def test_sheets_of_a_png_are_what_they_are_alone() -> None:
    """R-13: further sheets stand below the first, pixel for pixel as if each were drawn by itself, clear between them."""
    drawn = lay_out(shop(), readings(shop()), words("ru"), view="table", page="slide", opened="all", today=TODAY)
    sheets = (replace(drawn, more=()), *drawn.more)
    assert len(sheets) > 1
    for scale in (0.31, 0.5):
        whole = Image.open(BytesIO(png(drawn, scale)))
        top = 0
        for sheet in sheets:
            alone = Image.open(BytesIO(png(sheet, scale)))
            box = (0, top, alone.width, top + alone.height)
            assert whole.crop(box).tobytes() == alone.tobytes()
            top += alone.height
            if top < whole.height:
                assert whole.getpixel((5, top + 2)) == (0, 0, 0, 0)
                top += round(48 * scale)
        assert top == whole.height


def test_further_sheets_stand_below() -> None:
    """R-07: what did not fit is not lost in a picture of one file."""
    drawn = lay_out(shop(), readings(shop()), words("ru"), view="table", page="slide", opened="all", today=TODAY)
    assert drawn.more
    root = ElementTree.fromstring(svg(drawn, fonts=False))
    assert sum(item.get("class") == "sheet" for item in root.iter()) == 1 + len(drawn.more)


def test_every_mark_and_icon_has_a_drawing() -> None:
    """Evidence is told by shape, and no channel is an empty square."""
    from tropa.layout.figures import CHANNEL_ICONS

    names = known_symbols()
    assert {f"evidence-{state.value}" for state in EvidenceState} <= names
    assert {f"channel-{name}" for name in CHANNEL_ICONS.values()} | {"channel-other", "star", "face-happy"} <= names


def test_text_has_enough_contrast() -> None:
    """WCAG: 4.5 : 1 for everything that is read, by day and by night."""
    for theme in (LIGHT, DARK):
        for role in ("ink", "muted", "trail", "break"):
            for ground in ("paper", "card"):
                assert contrast(theme[role], theme[ground]) >= 4.5  # type: ignore[index]  # roles by name
        assert contrast(theme["muted"], theme["sand"]) >= 4.5
        assert contrast(theme["on-ink"], theme["ink"]) >= 4.5


def test_a_path_is_written_shortly() -> None:
    """No needless digits."""
    from tropa.layout.scene import Path as Shape

    assert path_data(Shape((("M", 1.0, 2.5), ("L", 3.333, 0.0), ("Z",)))) == "M1 2.5 L3.33 0 Z"


def test_lanes_have_headings_in_both_languages() -> None:
    """R-02: every standard lane is named on pictures."""
    for lang in ("ru", "en"):
        assert all(words(lang).has(f"lane-{lane.id}") for lane in LANES)


def test_emoji_are_drawn_where_they_were_measured() -> None:
    """An emoji is a small drawing of its own, in a browser as in a PNG; text goes on behind it."""
    value = shop().model_copy(update={"title": "Рад 😀 и зол 😡!"})
    drawn = svg(lay_out(value, None, words("ru"), today=TODAY), fonts=False)
    ElementTree.fromstring(drawn)
    assert "😀" not in drawn.partition("</desc>")[2]
    assert ">!</text>" in drawn
    assert png(lay_out(value, None, words("ru"), today=TODAY), 0.2)


def test_other_scripts_stay_text() -> None:
    """What our typeface lacks is left to the fonts at hand, never dropped."""
    value = shop().model_copy(update={"title": "漢字"})
    page_of = lay_out(value, None, words("en"), today=TODAY)
    assert "漢字</text>" in svg(page_of, fonts=False)
    assert png(page_of, 0.2)
