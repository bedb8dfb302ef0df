"""The deck: slides of drawn pages, of tables, with notes, in one file whose bytes depend on nothing but the page."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path as FilePath
from typing import Any, BinaryIO

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml

from tropa.layout.scene import Item, Page, Rect, Table
from tropa.render.pptx.ink import POINTS, SLOTS, emu, safe
from tropa.render.pptx.shapes import Drawing, columns_of, title_xml
from tropa.render.pptx.tables import table_slides
from tropa.render.pptx.text import place_xml
from tropa.render.theme import FONT_FAMILY, THEMES, Theme, ThemeName

LONGEST = 56 * 96
"""A slide is at most 56 inches long (pixels)."""

_TEMPLATE_WIDTH, _TEMPLATE_HEIGHT = 9_144_000, 6_858_000
_KEPT = ("Title Only", "Blank")
_MOMENT = datetime(2000, 1, 1)  # noqa: DTZ001 - the format stores no zone; a fixed date keeps the bytes the same
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def pptx(
    page: Page | Sequence[Page],
    target: FilePath | str | BinaryIO,
    *,
    theme: ThemeName = "light",
    tables: Sequence[Table] | None = None,
    author: str = "",
) -> None:
    """Writes a deck to a file or a binary buffer.

    Each page (and each of its further sheets) is a slide of native shapes: every cell is a group named by its address, with one
    editable text box and its provenance as alternative text. After them come slides with native tables: `tables` (figures, breaks),
    or those of the first page when none are given. Notes hold the first page's tables and what was shortened. Same page, same bytes.
    """
    pages = tuple(_all((page,) if isinstance(page, Page) else page))
    first = pages[0]
    scale = min(1.0, LONGEST / max(first.width, first.height))
    look = THEMES[theme]
    deck = Presentation()
    _dress(deck, look, emu(first.width * scale), emu(first.height * scale))
    _say_what_it_is(deck, first, author)
    for each in pages:
        _draw(deck, each, look, scale)
    shown = first.tables if tables is None else tables
    for xml in table_slides(shown, look, first.lang, first.width * scale, first.height * scale):
        _fill(deck.slides.add_slide(deck.slide_layouts.get_by_name("Title Only")), xml)
    _save(deck, target)


def _all(pages: Sequence[Page]) -> Iterator[Page]:
    """The pages with their further sheets."""
    for page in pages:
        yield page
        yield from _all(page.more)


def _draw(deck: Any, page: Page, theme: Theme, scale: float) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts.get_by_name("Title Only"))

    def link(address: str) -> str | None:
        if not address.startswith(("https://", "http://")):
            return None
        return str(slide.part.relate_to(address, RT.HYPERLINK, is_external=True))

    def image(body: bytes) -> str:
        return str(slide.part.get_or_add_image_part(io.BytesIO(body))[1])

    drawing = Drawing(theme, page.lang, scale, columns_of(page), link, image)
    body = "".join(drawing.item(item, lone=True)[0] for item in page.items if not _is_ground(item, page))
    if not drawing.titled:
        # a page that draws its headline in no group of its own still has a title for screen readers: above the slide
        body = title_xml(place_xml(0, -60, page.width, 40, scale), _plain(page.title, page.lang, 20)) + body
    _fill(slide, body)
    slide.notes_slide.notes_text_frame.text = _notes(page)


def _is_ground(item: Item, page: Page) -> bool:
    """Whether this is the sheet itself: the slide has a ground of its own."""
    if not isinstance(item, Rect) or item.fill != "paper" or item.stroke != "none":
        return False
    return item.x <= 0 and item.y <= 0 and item.width >= page.width and item.height >= page.height


def _fill(slide: Any, shapes: str) -> None:
    """Puts shapes in place of those the layout made."""
    tree = slide.shapes._spTree
    for old in list(tree)[2:]:
        tree.remove(old)
    made = parse_xml(f'<p:spTree xmlns:p="{_P}" xmlns:a="{_A}">{shapes}</p:spTree>')
    for shape in list(made):
        tree.append(shape)


def _plain(text: str, lang: str, size: float) -> str:
    return (
        f'<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr lang="{safe(lang)}" sz="{round(size * POINTS * 100)}"/>'
        f"<a:t>{safe(text)}</a:t></a:r></a:p></p:txBody>"
    )


def _notes(page: Page) -> str:
    """What the drawing says, as text: description, tables, full texts of what was shortened."""
    parts = [page.description] if page.description else []
    for table in page.tables:
        rows = ["\t".join(row) for row in (table.head, *table.rows)]
        parts.append("\n".join([table.caption, *rows]))
    if page.shortened:
        parts.append("\n".join(f"{address}: {text}" for address, text in page.shortened))
    parts += list(page.notes)
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", "\n\n".join(parts))


def _dress(deck: Any, theme: Theme, width: int, height: int) -> None:
    """Gives the deck our size, colours and type; keeps only the layouts that a colleague can go on with."""
    across, down = width / _TEMPLATE_WIDTH, height / _TEMPLATE_HEIGHT
    deck.slide_width, deck.slide_height = width, height
    master = deck.slide_masters[0]
    for layout in list(deck.slide_layouts):
        if layout.name not in _KEPT:
            deck.slide_layouts.remove(layout)
    for holder in (master, *deck.slide_layouts):
        element = holder._element
        for node in element.iter(f"{{{_A}}}off", f"{{{_A}}}ext"):
            for name, factor in (("x", across), ("cx", across), ("y", down), ("cy", down)):
                if node.get(name) is not None:
                    node.set(name, str(round(int(node.get(name)) * factor)))
        for node in element.iter(f"{{{_A}}}defRPr"):
            if node.get("sz"):
                node.set("sz", str(min(40_000, round(int(node.get("sz")) * min(across, down) * 0.6))))
    part = master.part.part_related_by(RT.THEME)
    part.blob = _recoloured(part.blob.decode("utf-8"), theme).encode("utf-8")


def _recoloured(xml: str, theme: Theme) -> str:
    slots = "".join(
        f'<a:{slot}><a:srgbClr val="{theme[role][1:].upper()}"/></a:{slot}>' for slot, (_, role) in SLOTS.items()
    )
    xml = re.sub(
        r"<a:clrScheme .*?</a:clrScheme>", f'<a:clrScheme name="Tropa">{slots}</a:clrScheme>', xml, flags=re.DOTALL
    )
    return re.sub(r'<a:latin typeface="Calibri"/>', f'<a:latin typeface="{FONT_FAMILY}"/>', xml)


def _say_what_it_is(deck: Any, page: Page, author: str) -> None:
    about = deck.core_properties
    about.title, about.subject, about.author = page.title[:255], page.description[:255], author[:255]
    about.keywords, about.comments, about.last_modified_by = "", "", ""
    about.language = page.lang
    about.revision = 1
    about.created = about.modified = about.last_printed = _MOMENT


def _save(deck: Any, target: FilePath | str | BinaryIO) -> None:
    """The package with its entries dated alike (the library stamps them with the clock) and without the template's thumbnail."""
    package = deck.part.package
    for rel_id, relation in list(package._rels.items()):
        if relation.reltype == RT.THUMBNAIL:
            package._rels.pop(rel_id)
    raw = io.BytesIO()
    deck.save(raw)
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in source.infolist():
            fixed = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            fixed.compress_type = zipfile.ZIP_DEFLATED
            fixed.create_system = 0
            copy.writestr(fixed, source.read(entry))
    if isinstance(target, (str, FilePath)):
        FilePath(target).write_bytes(out.getvalue())
    else:
        target.write(out.getvalue())
