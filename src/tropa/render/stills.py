"""Pictures of people's own made safe to draw: read by Pillow, turned upright, scaled down and written anew.

What else was in the file (places, names of cameras, anything behind the picture) does not come along.
"""

from __future__ import annotations

import base64
from io import BytesIO

from tropa.layout.photos import Still

MOST_SIDE = 640
"""Pixels of the longer side: sharp in a cell of a printed map, small in the file."""
FACE_SIDE = 240
MOST_PIXELS = 50_000_000
"""A picture of more is not opened: unpacked it would take a gigabyte."""
FORMATS = ("PNG", "JPEG", "GIF", "WEBP")


def still(body: bytes, *, face: bool = False) -> Still | None:
    """A picture ready to be drawn (`face`: its middle as a circle); None for what is no picture, or too large to open."""
    from PIL import Image, ImageDraw, ImageOps

    try:
        with Image.open(BytesIO(body), formats=FORMATS) as found:
            if found.width * found.height > MOST_PIXELS:
                return None
            picture = ImageOps.exif_transpose(found).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None  # Pillow says in these ways that bytes are no picture
    if face:
        picture = ImageOps.fit(picture, (FACE_SIDE, FACE_SIDE))
        circle = Image.new("L", (4 * FACE_SIDE, 4 * FACE_SIDE), 0)
        ImageDraw.Draw(circle).ellipse((0, 0, 4 * FACE_SIDE - 1, 4 * FACE_SIDE - 1), fill=255)
        clear = Image.new("RGBA", picture.size, (0, 0, 0, 0))
        picture = Image.composite(picture, clear, circle.resize(picture.size))
    picture.thumbnail((MOST_SIDE, MOST_SIDE))
    out = BytesIO()
    if picture.getchannel("A").getextrema() == (255, 255):
        picture.convert("RGB").save(out, "JPEG", quality=86, optimize=True)
        return _still("jpeg", out, picture.size)
    picture.save(out, "PNG", optimize=True)
    return _still("png", out, picture.size)


def _still(form: str, out: BytesIO, size: tuple[int, int]) -> Still:
    return Still(f"data:image/{form};base64,{base64.b64encode(out.getvalue()).decode('ascii')}", *size)
