"""The map as one standalone page: the drawings inline, tips that say where each number comes from, tables for screen readers, stage cards
for phones. It asks the network for nothing, and works without its script.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping

from tropa.layout import figures
from tropa.layout.geometry import all_groups
from tropa.layout.scene import Page, Role, Table
from tropa.model import Map, Rate, Readings, Satisfaction, Stage, say
from tropa.render.fonts import css_for
from tropa.render.html_style import SCRIPT, STYLE
from tropa.render.svg import Manner, attr, faces_used, num, svg_sheet, text, words_of
from tropa.render.theme import DARK, LIGHT, Theme
from tropa.words import Words


def html(pages: Page | Mapping[str, Page], value: Map, readings: Readings | None, words: Words) -> str:
    """The page. `pages`: one drawing, or drawings by view (`infographic`, `table`, `scheme`) with a switch between them."""
    views = {"infographic": pages} if isinstance(pages, Page) else dict(pages)
    sheets = tuple(sheet for page in views.values() for sheet in (page, *page.more))
    body = "\n".join(_body(views, value, readings, words))
    return _document(sheets, body, _switch_style(views), words)


def chart_html(page: Page, words: Words) -> str:
    """A chart as one standalone page: the drawing with its tips, and the answer as a table."""
    name = "chart"
    body = "\n".join(
        (
            f'<a class="skip" href="#data">{text(words("picture-skip"))}</a>',
            "<main>",
            *_view(name, page, page.title),
            f'<section id="data" tabindex="-1"><h2>{text(words("picture-data"))}</h2>',
            *(line for table in page.tables for line in _table(table)),
            *_shortened({name: page}, words),
            "</section></main>",
            '<div id="tip" role="tooltip" hidden></div>',
        )
    )
    return _document((page, *page.more), body, f".view-{name}{{display:block}}", words)


def _document(sheets: tuple[Page, ...], body: str, shown: str, words: Words) -> str:
    first = sheets[0]
    fonts = css_for({*faces_used(sheets), "400", "600"}, words_of(sheets) + _plain(body))
    style = f"{fonts}{_colours()}{STYLE}{shown}"
    digest = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; script-src 'sha256-{digest}'; base-uri 'none'"
    return "\n".join(
        (
            "<!doctype html>",
            f'<html lang="{attr(words.lang)}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            f"<title>{text(first.title)}</title>",
            f'<meta name="description" content="{attr(first.description)}">',
            f"<style>{style}</style>",
            "</head>",
            "<body>",
            body,
            f"<script>{SCRIPT}</script>",
            "</body>",
            "</html>\n",
        )
    )


def _plain(markup: str) -> str:
    """The characters of some markup (more than are shown, never fewer)."""
    return "".join(sorted(set(markup)))


def _colours() -> str:
    """Roles as CSS variables, by day and by night; paper is always light."""

    def block(theme: Theme) -> str:
        return "".join(f"--{role}:{colour};" for role, colour in theme.colours.items())

    return (
        f":root{{{block(LIGHT)}}}@media (prefers-color-scheme:dark){{:root{{{block(DARK)}}}}}"
        f"@media print{{:root{{{block(LIGHT)}}}}}"
    )


def _switch_style(views: Mapping[str, Page]) -> str:
    """Shows the chosen view; works without a script."""
    shown = ",".join(f"#view-{name}:checked~main .view-{name}" for name in views)
    marked = ",".join(f"#view-{name}:checked~nav label[for=view-{name}]" for name in views)
    ring = ",".join(f"#view-{name}:focus-visible~nav label[for=view-{name}]" for name in views)
    return (
        f"{shown}{{display:block}}{marked}{{background:var(--ink);color:var(--on-ink)}}"
        f"{ring}{{outline:3px solid var(--trail);outline-offset:2px}}"
    )


def _body(views: Mapping[str, Page], value: Map, readings: Readings | None, words: Words) -> Iterator[str]:
    yield f'<a class="skip" href="#data">{text(words("picture-skip"))}</a>'
    names = list(views)
    for index, name in enumerate(names):
        checked = " checked" if index == 0 else ""
        label = attr(words(f"picture-view-{name}"))
        yield f'<input class="switch" type="radio" name="view" id="view-{name}" aria-label="{label}"{checked}>'
    if len(names) > 1:
        labels = "".join(f'<label for="view-{name}">{text(words(f"picture-view-{name}"))}</label>' for name in names)
        yield f'<nav aria-label="{attr(words("picture-views"))}">{labels}</nav>'
    yield "<main>"
    first = views[names[0]]
    yield f'<h1 class="phone">{text(first.title)}</h1>'
    yield from _cards(first, value, readings, words)
    for name, page in views.items():
        yield from _view(name, page, words(f"picture-view-{name}"))
    yield f'<section id="data" tabindex="-1"><h2>{text(words("picture-data"))}</h2>'
    seen: set[str] = set()
    for page in views.values():
        for table in page.tables:
            if table.caption not in seen:
                seen.add(table.caption)
                yield from _table(table)
    yield from _shortened(views, words)
    yield "</section></main>"
    yield '<div id="tip" role="tooltip" hidden></div>'


def _view(name: str, page: Page, label: str) -> Iterator[str]:
    """One drawing, which scrolls sideways where the screen is narrow."""

    def paint(role: Role) -> str:
        return "none" if role == "none" else f"var(--{role})"

    label = attr(label)
    yield f'<section class="view view-{name}" aria-label="{label}">'
    for index, sheet in enumerate((page, *page.more)):
        manner = Manner(paint, interactive=True, prefix=f"{name[0]}{index}")
        least = round(sheet.width * 0.62)
        yield f'<div class="scroll" tabindex="0" role="region" aria-label="{label}" style="--least:{least}px;--most:{num(sheet.width)}px">'
        yield svg_sheet(sheet, manner).rstrip()
        yield "</div>"
    yield "</section>"


def _cards(page: Page, value: Map, readings: Readings | None, words: Words) -> Iterator[str]:
    """The stages one under another, for a narrow screen."""
    statements = next((table for table in page.tables if table.caption == words("picture-table-statements")), None)
    shown = {group.cell for group in all_groups(page.items, "stage")}
    yield f'<section class="cards" aria-label="{attr(words("picture-stage-cards"))}">'
    for stage in value.stages:
        if stage.id in shown:
            yield from _card(stage, statements, value, readings, words)
    yield "</section>"


def _card(stage: Stage, statements: Table | None, value: Map, readings: Readings | None, words: Words) -> Iterator[str]:
    title = say(stage.title, words.lang)
    deal = ' class="deal"' if stage.deal is not None else ""
    yield f"<article{deal}><h2>{text(title)}</h2>"
    reading = readings.stage(stage.id) if readings else None
    if reading is not None and reading.observed:
        facts = [words("picture-segment-counts", passes=reading.entrants)]
        if isinstance(reading.satisfaction, Satisfaction):
            facts.append(figures.satisfaction_text(words, reading.satisfaction))
        yield f"<p>{text('. '.join(facts))}</p>"
        if isinstance(reading.conversion, Rate):
            share = max(0.0, min(1.0, reading.conversion.value))
            told = text(words("picture-tip-conversion", rate=words.percent(share)))
            yield f'<p class="bar"><span style="width:{num(share * 100)}%"></span>{told}</p>'
    elif reading is not None:
        yield f"<p>{text(words('picture-cannot-not-observed'))}</p>"
    for item in sorted(readings.breaks, key=lambda item: item.rank) if readings else ():
        if item.stage == stage.id and figures.costs(item.loss):
            money = words.money(-item.loss.value, item.loss.currency)
            yield f'<p class="break"><strong>{text(money)}</strong> {text(figures.break_tip(words, item, value))}</p>'
    if statements is not None:
        yield "<dl>"
        heads = [index for index, head in enumerate(statements.head) if head == title or head.startswith(f"{title} — ")]
        for row in statements.rows:
            told_cells = [row[index] for index in heads if row[index] != "—"]
            if told_cells:
                told = "".join(f"<li>{_statement(one)}</li>" for cell in told_cells for one in cell.split("; "))
                yield f"<dt>{text(row[0])}</dt><dd><ul>{told}</ul></dd>"
        yield "</dl>"
    yield "</article>"


def _statement(told: str) -> str:
    """A statement with what it rests on behind it, in the second voice."""
    said, sign, standing = told.rpartition(" (")
    return f"{text(said)} <small>{text(standing[:-1])}</small>" if sign and told.endswith(")") else text(told)


def _table(table: Table) -> Iterator[str]:
    """A table that opens; its first column heads the rows."""
    yield f"<details><summary>{text(table.caption)}</summary>"
    yield f'<div class="scroll" tabindex="0" role="region" aria-label="{attr(table.caption)}"><table>'
    yield f"<caption>{text(table.caption)}</caption>"
    yield "<thead><tr>" + "".join(f'<th scope="col">{text(cell)}</th>' for cell in table.head) + "</tr></thead><tbody>"
    for row in table.rows:
        cells = "".join(f"<td>{text(cell)}</td>" for cell in row[1:])
        yield f'<tr><th scope="row">{text(row[0])}</th>{cells}</tr>'
    yield "</tbody></table></div></details>"


def _shortened(views: Mapping[str, Page], words: Words) -> Iterator[str]:
    """Full texts of what the drawings shorten."""
    found = dict.fromkeys(pair for page in views.values() for pair in page.shortened)
    if found:
        yield f"<details><summary>{text(words('picture-full-texts'))}</summary><ul>"
        yield from (f"<li>{text(full)}</li>" for _, full in found)
        yield "</ul></details>"
