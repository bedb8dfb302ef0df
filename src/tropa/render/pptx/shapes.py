"""The items of a scene as the shapes of a slide: XML by walking, one shape number after another."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from tropa.layout.scene import Disc, Group, Item, Line, Page, Path, Photo, Rect, Role, Symbol
from tropa.render.pptx.geometry import Bounds, bounds, geometry_xml
from tropa.render.pptx.ink import fill, hatching, safe, stroke
from tropa.render.pptx.marks import drawing_of, emoji
from tropa.render.pptx.text import Block, blocks, body_xml, box, paragraphs, place_xml
from tropa.render.theme import Theme

TITLE_KINDS = ("headline", "title")
"""Groups whose text is the title of the page: it becomes the slide's own title."""

_DECORATION = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


@dataclass(slots=True)
class Drawing:
    """Turns items into XML. Holds what is the same for all of a slide: theme, scale, language, widths of columns."""

    theme: Theme
    lang: str
    scale: float
    columns: dict[tuple[float, str], float]
    link: Callable[[str], str | None]
    """Makes a relationship for an address and answers its id, or None for an address that a deck cannot follow."""
    image: Callable[[bytes], str]
    """Puts a picture into the deck and answers the id of its relationship."""
    titled: bool = False
    """Whether the slide has got its title."""
    number: int = 2
    seen: dict[str, int] = field(default_factory=dict)

    def next_id(self) -> int:
        """A shape number that no other shape of the slide has (1 is the slide's tree, 2 the title)."""
        self.number += 1
        return self.number

    def item(self, item: Item, *, lone: bool = False) -> tuple[str, Bounds | None]:
        """XML of one item and the box it fills. `lone`: it stands in no group, so it is decoration to a screen reader."""
        match item:
            case Rect():
                return self._rect(item, lone)
            case Path():
                return self._path(item, lone)
            case Disc():
                return self._disc(item, lone)
            case Line():
                found = paragraphs([item], join=False)
                return self._text(Block(tuple(found)), "", wrap=False) if found else ("", None)
            case Symbol():
                return self._symbol(item)
            case Photo():
                return self._photo(item)
            case Group():
                return self._group(item)

    def _shape(self, name: str, place: Bounds, inside: str, *, lone: bool, alt: str = "") -> tuple[str, Bounds]:
        left, top, right, bottom = place
        said = f' descr="{safe(alt)}"' if alt else ""
        about = _DECORATION if lone and not alt else ""
        xml = (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{self.next_id()}" name="{safe(name)}"{said}>{about}</p:cNvPr><p:cNvSpPr/><p:nvPr/>'
            f"</p:nvSpPr><p:spPr>{place_xml(left, top, right - left, bottom - top, self.scale)}{inside}</p:spPr></p:sp>"
        )
        return xml, place

    def _rect(self, rect: Rect, lone: bool) -> tuple[str, Bounds]:
        shorter = min(rect.width, rect.height)
        if rect.radius > 0 and shorter > 0:
            share = min(50_000, round(rect.radius / shorter * 100_000))
            form = f'<a:prstGeom prst="roundRect"><a:avLst><a:gd name="adj" fmla="val {share}"/></a:avLst></a:prstGeom>'
        else:
            form = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        inner = hatching(rect.fill, self.theme) if rect.hatch else fill(rect.fill, self.theme, rect.opacity)
        outline = self._stroke(rect.stroke, rect.stroke_width, rect.dash, rect.opacity)
        place = (rect.x, rect.y, rect.x + rect.width, rect.y + rect.height)
        return self._shape("box", place, form + inner + outline, lone=lone)

    def _path(self, path: Path, lone: bool) -> tuple[str, Bounds | None]:
        place = bounds(path.commands)
        if place is None:
            return "", None
        form = geometry_xml(path.commands, place, self.scale, filled=path.fill != "none")
        outline = self._stroke(path.stroke, path.stroke_width, path.dash, path.opacity)
        inner = fill(path.fill, self.theme, path.opacity)
        return self._shape("curve", place, form + inner + outline, lone=lone)

    def _disc(self, disc: Disc, lone: bool) -> tuple[str, Bounds]:
        place = (disc.x - disc.r, disc.y - disc.r, disc.x + disc.r, disc.y + disc.r)
        outline = self._stroke(disc.stroke, disc.stroke_width, (), disc.opacity)
        form = '<a:prstGeom prst="ellipse"><a:avLst/></a:prstGeom>' + fill(disc.fill, self.theme, disc.opacity)
        return self._shape("disc", place, form + outline, lone=lone)

    def _stroke(self, role: Role, width: float, dash: tuple[float, ...], opacity: float) -> str:
        return stroke(role, width, self.theme, scale=self.scale, dash=dash, opacity=opacity)

    def _symbol(self, symbol: Symbol) -> tuple[str, Bounds | None]:
        letter = emoji(symbol)
        if letter:
            line = Line(symbol.x, symbol.y + symbol.size * 0.84, letter, symbol.size * 0.8, symbol.size, role="ink")
            return self._text(Block(tuple(paragraphs([line], join=False))), symbol.title, wrap=False)
        items = drawing_of(symbol)
        return self._gather([self.item(item) for item in items], symbol.title or symbol.name, symbol.title, "")

    def _photo(self, photo: Photo) -> tuple[str, Bounds]:
        number, relation = self.next_id(), self.image(b64decode(photo.source.partition(",")[2]))
        place = place_xml(photo.x, photo.y, photo.width, photo.height, self.scale)
        xml = (
            f'<p:pic><p:nvPicPr><p:cNvPr id="{number}" name="picture {number}" descr="{safe(photo.title)}"/>'
            '<p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/></p:nvPicPr><p:blipFill>'
            '<a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
            f'r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill>'
            f'<p:spPr>{place}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
        )
        return xml, (photo.x, photo.y, photo.x + photo.width, photo.y + photo.height)

    def _text(self, block: Block, alt: str, *, wrap: bool) -> tuple[str, Bounds]:
        width = self.columns.get(block.edge) if wrap else None
        left, top, wide, high = box(block, width)
        said = f' descr="{safe(alt)}"' if alt else ""
        name = safe(" ".join(paragraph.text for paragraph in block.paragraphs)[:40])
        xml = (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{self.next_id()}" name="{name}"{said}/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
            f'<p:spPr>{place_xml(left, top, wide, high, self.scale)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
            f"<a:noFill/></p:spPr>{body_xml(block, self.theme, self.lang, self.scale, wrap=wrap)}</p:sp>"
        )
        return xml, (left, top, left + wide, top + high)

    def _group(self, group: Group) -> tuple[str, Bounds | None]:
        if group.kind in TITLE_KINDS and not self.titled:
            title = self._title(group)
            if title:
                self.titled = True
                rest = [self.item(item) for item in group.items if not isinstance(item, Line)]
                xml, place = self._gather(rest, group.label or group.kind, "", "")
                return xml + title, place
        if group.kind == "cell":
            inside = list(_flat(group.items))
            drawn = [self.item(item) for item in inside if not isinstance(item, Line)]
            drawn += [self._text(block, "", wrap=True) for block in blocks(paragraphs(inside, join=True))]
            tips = dict.fromkeys(filter(None, [group.label, group.tip, *_tips(group.items)]))
            return self._gather(drawn, group.cell or group.label or "cell", "; ".join(tips), group.href)
        name = group.cell or group.label or group.kind or group.id or "group"
        said = " — ".join(dict.fromkeys(filter(None, [group.label, group.tip])))
        return self._gather([self.item(item) for item in group.items], name, said, group.href)

    def _gather(
        self, drawn: Sequence[tuple[str, Bounds | None]], name: str, alt: str, href: str
    ) -> tuple[str, Bounds | None]:
        """A native group round shapes; nothing at all for no shapes."""
        boxes = [place for _, place in drawn if place is not None]
        if not boxes:
            return "", None
        left, top = min(place[0] for place in boxes), min(place[1] for place in boxes)
        right, bottom = max(place[2] for place in boxes), max(place[3] for place in boxes)
        place = place_xml(left, top, right - left, bottom - top, self.scale)
        inner = place.replace("a:off ", "a:chOff ").replace("a:ext ", "a:chExt ")
        inner = inner.removeprefix("<a:xfrm>").removesuffix("</a:xfrm>")
        count = self.seen[name] = self.seen.get(name, 0) + 1
        numbered = name if count == 1 else f"{name} ({count})"
        said = f' descr="{safe(alt)}"' if alt else ""
        target = self.link(href) if href else None
        click = (
            f'<a:hlinkClick xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="{target}"/>'
            if target
            else ""
        )
        xml = (
            f'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="{self.next_id()}" name="{safe(numbered)}"{said}>{click}</p:cNvPr>'
            f"<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr>{place.removesuffix('</a:xfrm>')}{inner}</a:xfrm></p:grpSpPr>"
            f"{''.join(xml for xml, _ in drawn)}</p:grpSp>"
        )
        return xml, (left, top, right, bottom)

    def _title(self, group: Group) -> str:
        """The slide's title made of the group's text; empty where its lines are not one piece of text."""
        found = blocks(paragraphs([item for item in group.items if isinstance(item, Line)], join=True))
        if len(found) != 1:
            return ""
        place = place_xml(*box(found[0]), self.scale)
        return title_xml(place, body_xml(found[0], self.theme, self.lang, self.scale, wrap=False))


def title_xml(place: str, body: str) -> str:
    """The title placeholder of a slide."""
    return (
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="title"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr><p:spPr>{place}</p:spPr>{body}</p:sp>'
    )


def columns_of(page: Page) -> dict[tuple[float, str], float]:
    """How wide the text boxes of cells are, by their edge: as wide as the widest text of their column."""
    widths: dict[tuple[float, str], float] = {}
    for group in _groups(page.items):
        if group.kind != "cell":
            continue
        for block in blocks(paragraphs(list(_flat(group.items)), join=True)):
            widths[block.edge] = max(widths.get(block.edge, 0.0), block.width)
    return widths


def _groups(items: Sequence[Item]) -> Iterator[Group]:
    for item in items:
        if isinstance(item, Group):
            yield item
            yield from _groups(item.items)


def _flat(items: Sequence[Item]) -> Iterator[Item]:
    for item in items:
        if isinstance(item, Group):
            yield from _flat(item.items)
        else:
            yield item


def _tips(items: Sequence[Item]) -> Iterator[str]:
    for group in _groups(items):
        yield " — ".join(filter(None, (group.label, group.tip)))
