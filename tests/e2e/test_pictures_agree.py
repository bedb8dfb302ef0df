"""What the app shows and what is exported are one picture: the infographic's page, the SVG and the PDF, in pixels (R-07, R-13, R-60).

That the table's own ribbon, emotion and loops are the layout's vectors is held in numbers, to 0.01 px, by `tests/vectors/geometry`:
`tests/unit/layout/test_geometry_vectors.py` on the side of the layout, `frontend/src/geometry/geometry.test.ts` on the browser's.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Browser

from e2e.app import Visit
from e2e.conftest import Shop

Pixels = NDArray[np.int16]
MOST = 0.01
"""The share of pixels that may differ beside anti-aliasing."""
NEAR = 64
"""How far a channel of 256 may be off: the edges of letters and lines are set differently by different programs."""
BESIDE = 1
"""An edge may stand this many pixels farther."""
BARE = """() => { document.querySelector('.tools').style.display = 'none';
  const paper = document.querySelector('.paper'); paper.style.transform = 'none'; paper.style.boxShadow = 'none';
  const box = paper.querySelector('svg').getBoundingClientRect(); return [box.x, box.y, box.width, box.height] }"""


def pixels(picture: bytes | Image.Image) -> Pixels:
    """A picture's red, green and blue."""
    opened = picture if isinstance(picture, Image.Image) else Image.open(BytesIO(picture))
    return np.asarray(opened.convert("RGB"), dtype=np.int16)


def lost(one: Pixels, other: Pixels) -> NDArray[np.bool_]:
    """Pixels of one picture that are nowhere near in the other one."""
    found = np.abs(one - other).max(axis=2) > NEAR
    rows, columns = np.nonzero(found)
    wide = np.pad(other, ((BESIDE, BESIDE), (BESIDE, BESIDE), (0, 0)), mode="edge")
    steps = range(2 * BESIDE + 1)
    offs = [np.abs(wide[rows + y, columns + x] - one[rows, columns]).max(axis=1) for y in steps for x in steps]
    found[rows, columns] = np.minimum.reduce(offs) > NEAR
    return found


def difference(one: Pixels, other: Pixels) -> float:
    """The share of pixels in which two pictures differ beside anti-aliasing."""
    assert one.shape == other.shape
    return float(np.mean(lost(one, other) | lost(other, one)))


def drawing_of_the_app(visit: Visit, size: tuple[int, int]) -> Pixels:
    """The infographic as the app's page shows it, at its own size."""
    page = visit.page
    page.goto(f"{visit.url}/m/sergey/infographic")
    page.wait_for_selector(".paper svg")
    page.evaluate("document.fonts.ready.then(() => undefined)")
    x, y, width, height = page.evaluate(BARE)
    assert (round(width), round(height)) == size
    return pixels(page.screenshot(clip={"x": x, "y": y, "width": size[0], "height": size[1]}))


def drawing_of_the_file(browser: Browser, file: Path, size: tuple[int, int]) -> Pixels:
    """An SVG file by itself in the same browser."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    page.goto(file.as_uri())
    page.evaluate("document.fonts.ready.then(() => undefined)")
    shot = page.screenshot()
    context.close()
    return pixels(shot)


def drawing_of_the_pdf(body: bytes, size: tuple[int, int]) -> Pixels:
    """The only page of a PDF, as large."""
    document = pypdfium2.PdfDocument(body)
    assert len(document) == 1
    page: Any = document[0]
    shot = page.render(scale=size[0] / page.get_width()).to_pil()
    document.close()
    return pixels(shot.resize(size) if shot.size != size else shot)


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_app_the_svg_and_the_pdf_are_one_picture(
    shop: Shop, visit: Callable[..., Visit], browser: Browser, tmp_path: Path, lang: str
) -> None:  # fmt: skip
    """R-07, R-13, R-60: under 1 % of the pixels differ beside anti-aliasing, and the letters stand where they stood."""
    asker = visit(shop.served.url, state=shop.state, lang=lang)
    body = {}
    for form in ("svg", "pdf"):
        where = f"{asker.url}/api/v1/maps/sergey/picture.{form}?view=infographic&page=a3&download=true"
        answer = asker.context.request.get(where, headers={"Accept-Language": lang})
        assert answer.ok, answer.text()
        body[form] = answer.body()
    file = tmp_path / "map.svg"
    file.write_bytes(body["svg"])
    size = size_of(browser, file)
    window = visit(shop.served.url, state=shop.state, lang=lang, size=(size[0] + 400, size[1] + 200))
    shown = drawing_of_the_app(window, size)
    exported = drawing_of_the_file(browser, file, size)
    printed = drawing_of_the_pdf(body["pdf"], size)
    found = {"svg": difference(shown, exported), "pdf": difference(shown, printed)}
    assert max(found.values()) < MOST, found
    assert (
        difference(shown, np.roll(exported, 4, axis=1)) > MOST
    )  # the comparison would see words a letter's width away


def size_of(browser: Browser, file: Path) -> tuple[int, int]:
    """Width and height that an SVG file says of itself, in pixels."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(file.as_uri())
    width, height = page.evaluate("['width', 'height'].map(name => document.documentElement[name].baseVal.value)")
    context.close()
    return round(width), round(height)
