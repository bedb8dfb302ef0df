"""A laid-out page as SVG: real text, no scripts, the same bytes for the same page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html import escape

from tropa.layout.geometry import all_lines, bounds
from tropa.layout.measure import FACES, measure
from tropa.layout.scene import Disc, Group, Item, Line, Page, Path, Photo, Rect, Role, Symbol
from tropa.render.fonts import css_for
from tropa.render.icons import emoji_name, symbol_markup
from tropa.render.theme import FONT_STACK, THEMES, ThemeName

Paint = Callable[[Role], str]
GAP = 48.0
"""Between the sheets of a page that has several."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a page becomes markup: where colours come from, whether tips are titles or data for a script, ids' prefix."""

    paint: Paint
    interactive: bool = False
    prefix: str = "t"


def svg(page: Page, theme: ThemeName = "light", *, fonts: bool = True) -> str:
    """A self-contained SVG file. Further sheets of the page stand below the first. `fonts` embeds the typeface."""
    colours = THEMES[theme]
    return _document((page, *page.more), Manner(lambda role: colours[role]), fonts=fonts)


def svg_sheet(page: Page, manner: Manner) -> str:
    """One sheet as an `<svg>` element for a page that brings fonts and colours itself."""
    return _document((page,), manner, fonts=False)


def _document(sheets: tuple[Page, ...], manner: Manner, *, fonts: bool) -> str:
    first = sheets[0]
    width = max(sheet.width for sheet in sheets)
    height = sum(sheet.height for sheet in sheets) + GAP * (len(sheets) - 1)
    title, desc = f"{manner.prefix}-title", f"{manner.prefix}-desc"
    role = "group" if manner.interactive else "img"
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {num(width)} {num(height)}" width="{num(width)}" height="{num(height)}"',
        f'role="{role}" aria-labelledby="{title} {desc}" lang="{attr(first.lang)}" font-family="{attr(FONT_STACK)}">',
        f'<title id="{title}">{text(first.title)}</title>',
        f'<desc id="{desc}">{text(first.description)}</desc>',
        "<defs>",
    ]
    if fonts:
        out.append(f"<style>{css_for(faces_used(sheets), words_of(sheets))}</style>")
    out.append(_hatch(manner))
    out.append("</defs>")
    y = 0.0
    for sheet in sheets:
        shift = f' transform="translate(0 {num(y)})"' if y else ""
        out.append(f'<g class="sheet"{shift}>')
        out.append(f'<rect width="{num(sheet.width)}" height="{num(sheet.height)}" fill="{manner.paint("paper")}"/>')
        out.extend(piece for item in sheet.items for piece in draw(item, manner))
        out.append("</g>")
        y += sheet.height + GAP
    out.append("</svg>\n")
    return "\n".join(out)


def _hatch(manner: Manner) -> str:
    return (
        f'<pattern id="{manner.prefix}-hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="7" height="7" fill="{manner.paint("sand")}"/><rect width="2" height="7" fill="{manner.paint("muted")}" '
        'opacity="0.45"/></pattern>'
    )


def draw(item: Item, manner: Manner) -> Iterator[str]:
    """The markup of one item, in lines."""
    if isinstance(item, Group):
        yield from _group(item, manner)
    elif isinstance(item, Line):
        yield _line(item, manner)
    elif isinstance(item, Rect):
        yield from _rect(item, manner)
    elif isinstance(item, Path):
        yield f'<path d="{path_data(item)}"{_paint(item, manner)}/>'
    elif isinstance(item, Disc):
        yield f'<circle cx="{num(item.x)}" cy="{num(item.y)}" r="{num(item.r)}"{_paint(item, manner)}/>'
    elif isinstance(item, Photo):
        yield _photo(item)
    else:
        yield _symbol(item, manner)


def _group(item: Group, manner: Manner) -> Iterator[str]:
    parts = ["<g"]
    if item.id:
        parts.append(f' id="{manner.prefix}-{attr(item.id)}"')
    if item.kind:
        parts.append(f' class="{attr(item.kind)}"')
    if item.cell:
        parts.append(f' data-cell="{attr(item.cell)}"')
    if item.tip and manner.interactive:
        parts.append(f' data-tip="{attr(item.tip)}"')
        if (
            item.kind != "entry" or "/metrics/" in item.cell
        ):  # statements are read as text; numbers are stops of the keyboard
            label = f"{item.label}. {item.tip}" if item.label and item.label != item.tip else item.tip
            parts.append(f' tabindex="0" role="img" aria-label="{attr(label)}"')
    yield "".join(parts) + ">"
    box = bounds(item.items) if item.tip and manner.interactive else None
    if box is not None:
        left, top, right, bottom = box
        yield (
            f'<rect class="hit" x="{num(left - 3)}" y="{num(top - 3)}" width="{num(right - left + 6)}" '
            f'height="{num(bottom - top + 6)}" rx="4" fill="transparent"/>'
        )
    if item.tip and not manner.interactive:
        yield f"<title>{text(item.tip)}</title>"
    for part in item.items:
        yield from draw(part, manner)
    yield "</g>"


def _rect(item: Rect, manner: Manner) -> Iterator[str]:
    if item.fill == "none" and item.stroke == "none" and not item.hatch:
        return
    box = f'<rect x="{num(item.x)}" y="{num(item.y)}" width="{num(item.width)}" height="{num(item.height)}"'
    if item.radius:
        box += f' rx="{num(item.radius)}"'
    if item.hatch:
        yield f'{box} fill="url(#{manner.prefix}-hatch)"/>'
    else:
        yield f"{box}{_paint(item, manner)}/>"


def _paint(item: Rect | Path | Disc, manner: Manner) -> str:
    out = f' fill="{manner.paint(item.fill)}"'
    if item.stroke != "none":
        out += f' stroke="{manner.paint(item.stroke)}" stroke-width="{num(item.stroke_width)}"'
        dash = () if isinstance(item, Disc) else item.dash
        if dash:
            out += f' stroke-dasharray="{" ".join(num(part) for part in dash)}" stroke-linecap="round"'
    if item.opacity != 1:
        out += f' opacity="{num(item.opacity)}"'
    return out


def _line(item: Line, manner: Manner) -> str:
    if any(emoji_name(char) for char in item.text):
        return "".join(_with_emoji(item, manner))
    out = f'<text x="{num(item.x)}" y="{num(item.y)}" font-size="{num(item.size)}" fill="{manner.paint(item.role)}"'
    if item.weight != 400:
        out += f' font-weight="{item.weight}"'
    if item.anchor != "start":
        out += f' text-anchor="{item.anchor}"'
    if item.italic:
        out += ' font-style="italic"'
    return f"{out}>{text(item.text)}</text>"


def _with_emoji(item: Line, manner: Manner) -> Iterator[str]:
    """A line with emoji: runs of text and small drawings side by side, where the layout measured them."""
    x = item.x - {"start": 0.0, "middle": item.width / 2, "end": item.width}[item.anchor]
    run = ""
    for index, char in enumerate(item.text):
        name = emoji_name(char)
        if not name:
            run += char
            continue
        at = x + measure.width(item.text[: index - len(run)], item.size, item.weight, item.italic)
        if run.strip():
            yield _line(replace(item, x=round(at, 2), text=run, anchor="start"), manner)
        left = x + measure.width(item.text[:index], item.size, item.weight, item.italic)
        side = item.size * 1.16
        yield _symbol(Symbol(name, round(left + item.size * 0.08, 2), round(item.y - side * 0.82, 2), side), manner)
        run = ""
    if run.strip("\ufe0f\u200d "):
        at = x + measure.width(item.text[: len(item.text) - len(run)], item.size, item.weight, item.italic)
        yield _line(replace(item, x=round(at, 2), text=run, anchor="start"), manner)


def _photo(item: Photo) -> str:
    box = f'x="{num(item.x)}" y="{num(item.y)}" width="{num(item.width)}" height="{num(item.height)}"'
    said = f'role="img" aria-label="{attr(item.title)}"' if item.title else 'aria-hidden="true"'
    return f'<image {box} {said} href="{attr(item.source)}"/>'


def _symbol(item: Symbol, manner: Manner) -> str:
    inner = symbol_markup(item.name, manner.paint(item.role), manner.paint("paper"))
    scale = num(item.size / 24, 4)
    return f'<g transform="translate({num(item.x)} {num(item.y)}) scale({scale})">{inner}</g>'


def path_data(item: Path) -> str:
    """The `d` of a path."""
    return " ".join(
        f"{command[0]}{' '.join(num(float(part)) for part in command[1:])}" if len(command) > 1 else str(command[0])
        for command in item.commands
    )


def num(value: float, places: int = 2) -> str:
    """A number as short as it can be written."""
    return f"{value:.{places}f}".rstrip("0").rstrip(".") if value else "0"


def text(value: str) -> str:
    """Words of people as XML text: markup is taken literally, characters that XML forbids are dropped."""
    return (
        escape("".join(char for char in value if char >= " " or char in "\t\n"), quote=False)
        .replace("\ufffe", "")
        .replace("\uffff", "")
    )


def attr(value: str) -> str:
    """Words of people as an XML attribute."""
    return text(value).replace('"', "&quot;").replace("\n", " ")


def faces_used(sheets: tuple[Page, ...]) -> tuple[str, ...]:
    """The faces that pages are set in."""
    used = {FACES[line.weight, line.italic] for sheet in sheets for line in all_lines(sheet.items)}
    return tuple(sorted(used))


def words_of(sheets: tuple[Page, ...]) -> str:
    """Every character that pages are set with."""
    return "".join(sorted({char for sheet in sheets for line in all_lines(sheet.items) for char in line.text}))
