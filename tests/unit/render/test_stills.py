"""Pictures of people's own in drawings: made safe, scaled, set in cells and beside the headline, in every format (R-02, R-06, R-07)."""

from __future__ import annotations

import base64
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from fixtures_readings import readings
from fixtures_shop import TODAY, shop
from pictures import check
from tropa.layout import lay_out
from tropa.layout.photos import Photos, Still
from tropa.layout.scene import Group, Item, Page, Photo
from tropa.model import Cell, Lane, Map
from tropa.render.pdf import pdf
from tropa.render.png import png
from tropa.render.pptx import pptx
from tropa.render.stills import FACE_SIDE, MOST_SIDE, still
from tropa.render.svg import svg
from tropa.service.photographing import beside, photos_of
from tropa.words import words


def picture(size: tuple[int, int], form: str = "PNG", colour: tuple[int, ...] = (200, 30, 30), **more: object) -> bytes:
    out = BytesIO()
    Image.new("RGB" if len(colour) == 3 else "RGBA", size, colour).save(out, form, **more)
    return out.getvalue()


def opened(made: Still) -> Image.Image:
    """The picture behind a data address."""
    return Image.open(BytesIO(base64.b64decode(made.source.partition(",")[2])))


def pictured() -> Map:
    """The shop with an image row and a persona's picture."""
    value = shop()
    lane = Lane(id="shelf", title="Полка", kind="image")
    cells = [Cell(image="a.png"), Cell(image="b.jpg", text="Как стоит у них"), Cell(image="gone.png")]
    stages = tuple(
        stage.model_copy(update={"cells": {"shelf": cells[index]} if index < 3 else {}})
        for index, stage in enumerate(value.stages)
    )
    personas = tuple(one.model_copy(update={"picture": "face.webp"}) for one in value.personas)
    return value.model_copy(update={"lanes": (lane,), "stages": stages, "personas": personas})


FILES = {"a.png": picture((900, 300)), "b.jpg": picture((60, 200), "JPEG"), "face.webp": picture((400, 300), "WEBP")}


def photos(value: Map) -> Photos:
    return photos_of(value, FILES.get)


def placed(items: tuple[Item, ...]) -> list[Photo]:
    out: list[Photo] = []
    for item in items:
        out += placed(item.items) if isinstance(item, Group) else [item] if isinstance(item, Photo) else []
    return out


def drawn(view: str = "table", page: str = "screen") -> Page:
    value = pictured()
    return lay_out(
        value,
        readings(value),
        words("ru"),
        view=view,
        page=page,
        today=TODAY,
        photos=photos(value),  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("view", ["table", "infographic", "buyer", "scheme"])
@pytest.mark.parametrize("page", ["screen", "a3"])
def test_pictures_stand_in_their_cells_and_a_face_at_the_top(view: str, page: str) -> None:
    found = drawn(view, page)
    check(found)
    shown = placed(found.items)
    face = next(one for one in shown if one.width == one.height == 80)
    assert face.title.startswith("Алексей")
    rest = [one for one in shown if one is not face]
    if view == "scheme":
        assert rest == []
        return
    assert {round(one.width / one.height, 1) for one in rest} == {3.0, 0.3}
    assert {one.title for one in rest} == {"a.png", "Как стоит у них"}
    assert all(one.height <= 132 for one in rest)


def test_a_picture_that_is_not_there_is_told_by_its_name() -> None:
    assert "gone.png" in svg(drawn(), fonts=False)


def test_every_format_has_the_pictures() -> None:
    page = drawn()
    assert svg(page, fonts=False).count('href="data:image/') == 3
    red = Image.open(BytesIO(png(page))).convert("RGB").getcolors(10_000_000)
    assert red is not None
    assert (
        sum(count for count, colour in red if isinstance(colour, tuple) and colour[0] > 180 and colour[1] < 60) > 5_000
    )
    assert pdf(page, "a3").count(b"/Image") >= 3
    out = BytesIO()
    pptx(page, out)
    deck = ZipFile(out)
    assert sum(name.startswith("ppt/media/") for name in deck.namelist()) == 3
    assert deck.read("ppt/slides/slide1.xml").count(b"<p:pic>") == 3


def test_a_picture_is_scaled_turned_and_loses_what_is_not_to_be_seen() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = "Camera of Sergey"
    found = still(picture((2000, 1000), "JPEG", exif=exif) + b"<script>tail</script>")
    assert found is not None
    assert (found.width, found.height) == (MOST_SIDE // 2, MOST_SIDE)
    raw = base64.b64decode(found.source.partition(",")[2])
    assert b"Camera" not in raw
    assert b"script" not in raw


def test_a_face_is_a_circle() -> None:
    found = still(FILES["face.webp"], face=True)
    assert found is not None
    image = opened(found)
    assert image.size == (FACE_SIDE, FACE_SIDE)
    assert image.getpixel((2, 2))[3] == 0  # type: ignore[index]
    assert image.getpixel((FACE_SIDE // 2, FACE_SIDE // 2))[3] == 255  # type: ignore[index]


@pytest.mark.parametrize(
    "body", [b"", b"<svg onload='x'/>", FILES["a.png"][:60], b"GIF89a", picture((9000, 9000), "GIF")], ids=range(5)
)
def test_what_is_no_picture_or_far_too_large_is_left_out(body: bytes) -> None:
    assert still(body) is None


def test_a_map_file_reads_only_what_lies_beside_it(tmp_path: Path) -> None:
    (tmp_path / "maps" / "img").mkdir(parents=True)
    (tmp_path / "maps" / "img" / "a.png").write_bytes(FILES["a.png"])
    (tmp_path / "secret.png").write_bytes(FILES["a.png"])
    read = beside(tmp_path / "maps")
    assert read("img/a.png") == read("img\\a.png") == FILES["a.png"]
    assert read("../secret.png") is None
    assert read(str(tmp_path / "secret.png")) is None
    assert read("none.png") is read("bad\0name") is None
