"""The trail ribbon in letters: a bar for each stage, as long as its passes are many; those who leave in another shade."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from rich.cells import cell_len
from rich.text import Text

from tropa.cli.glyphs import Glyphs
from tropa.layout import figures
from tropa.model import Map, Rate, Readings, Stage, StageReading, say
from tropa.render import phrases
from tropa.words import Words

SECOND_SCALE = 6.0
"""When fewer than one in so many are left at the deal, what follows is drawn on a scale of its own, and that is said."""

_GAP = 1
_NAME_MOST, _BAR_LEAST, _BAR_MOST = 18, 6, 40


@dataclass(frozen=True, slots=True)
class _Row:
    """A stage in words, ready to be set."""

    name: str
    reading: StageReading | None
    cells: tuple[str, ...]
    scale: float
    deal: bool


def ribbon(value: Map, readings: Readings | None, words: Words, glyphs: Glyphs, width: int) -> Iterator[Text]:
    """The stages as rows: name, bar, passes, who goes on, after how long, what they felt. Without readings only the names."""
    if readings is None:
        yield from _outline(value, words, glyphs, width)
        return
    scales = _scales(value, readings)
    rows = [_row(stage, readings, words, scales[index]) for index, stage in enumerate(value.stages)]
    head = tuple(words(f"story-head-{name}") for name in ("passes", "goes-on", "after", "score"))
    kept = _columns(head, rows, width)
    wide = [max(cell_len(glyphs.text(text)) for text in (head[at], *(row.cells[at] for row in rows))) for at in kept]
    name = min(_NAME_MOST, max(cell_len(row.name) + 2 * row.deal for row in rows))
    bar = min(_BAR_MOST, max(_BAR_LEAST, width - name - sum(wide) - _GAP * (len(wide) + 1)))
    legend = f"{glyphs.full} {words('story-goes-on')} {glyphs.light} {words('story-leaves')}"
    lead = _pad(glyphs.text(legend), name + bar + _GAP)
    if cell_len(glyphs.text(legend)) > name + bar + _GAP:
        lead = " " * (name + bar + _GAP)
    yield Text(
        lead + "".join(" " * _GAP + _right(glyphs.text(head[at]), size) for at, size in zip(kept, wide, strict=True)),
        style="dim",
    )
    most = max((row.reading.entrants for row in rows if row.reading and row.reading.observed), default=0)
    before = 1.0
    for row in rows:
        if row.scale != before:
            yield Text(
                glyphs.text(words("story-scale", times=round(row.scale / before, 1))).rjust(name + bar), style="dim"
            )
            before = row.scale
        yield from _drawn(row, [row.cells[at] for at in kept], wide, name, bar, most, glyphs)


def _outline(value: Map, words: Words, glyphs: Glyphs, width: int) -> Iterator[Text]:
    arrow = f" {'→' if glyphs.has('→') else '->'} "
    for line in glyphs.wrap(
        arrow.join(say(stage.title, words.lang).replace(" ", "\u00a0") for stage in value.stages), width
    ):
        yield Text(line, style="cyan")


def _scales(value: Map, readings: Readings) -> list[float]:
    """How many times longer than the first stages each stage's bar is drawn."""
    deal = next((index for index, stage in enumerate(value.stages) if stage.deal is not None), None)
    found = [readings.stage(stage.id) for stage in value.stages]
    counts = [reading.entrants if reading and reading.observed else 0 for reading in found]
    if not deal or not any(counts[deal:]):
        return [1.0] * len(counts)
    times = max(counts[:deal]) / max(counts[deal:])
    if times < SECOND_SCALE:
        return [1.0] * len(counts)
    return [1.0] * deal + [float(int(times))] * (len(counts) - deal)


def _row(stage: Stage, readings: Readings, words: Words, scale: float) -> _Row:
    reading = readings.stage(stage.id)
    name = say(stage.title, words.lang)
    deal = stage.deal is not None
    if reading is None or not reading.observed:
        score = phrases.score(words, reading.satisfaction) if reading else phrases.DASH
        return _Row(name, reading, (words("story-unseen"), "", "", "" if score == phrases.DASH else score), scale, deal)
    goes_on = reading.conversion
    shown = phrases.rate(words, goes_on)
    if figures.is_small(readings) and isinstance(goes_on, Rate):
        low, high = round(goes_on.low * 100), round(goes_on.high * 100)
        shown = words("story-few-cell", part=goes_on.numerator, whole=goes_on.denominator, low=low, high=high)
    cells = (
        words.integer(reading.entrants),
        shown,
        phrases.times(words, reading.time_to_next),
        phrases.score(words, reading.satisfaction),
    )
    return _Row(name, reading, cells, scale, deal)


def _columns(head: tuple[str, ...], rows: list[_Row], width: int) -> list[int]:
    """Which columns fit beside the names and a short bar: the score goes first, then the time."""
    kept = [at for at in range(len(head)) if at == 0 or any(row.cells[at] not in ("", phrases.DASH) for row in rows)]
    name = min(_NAME_MOST, max(cell_len(row.name) + 2 * row.deal for row in rows))
    for dropped in (3, 2, 1):
        wide = sum(max(cell_len(text) for text in (head[at], *(row.cells[at] for row in rows))) + _GAP for at in kept)
        if name + _BAR_LEAST + _GAP + wide <= width:
            break
        kept = [at for at in kept if at != dropped]
    return kept


def _drawn(
    row: _Row, cells: list[str], wide: list[int], name: int, bar: int, most: int, glyphs: Glyphs
) -> Iterator[Text]:
    title = glyphs.wrap(row.name + (" ★" if row.deal else ""), name) or [""]
    line = Text(_pad(title[0], name) + " ", style="bold" if row.deal else "")
    line.append_text(_bar(row, bar, most, glyphs))
    for text, size in zip(cells, wide, strict=True):
        line.append(" " * _GAP + _right(glyphs.text(text), size), style="not bold")
    line.rstrip()
    yield line
    for rest in title[1:]:
        yield Text(rest, style="bold" if row.deal else "")


def _bar(row: _Row, width: int, most: int, glyphs: Glyphs) -> Text:
    """The bar of one stage, padded to `width`."""
    reading = row.reading
    if reading is None or not reading.observed:
        return Text(_pad(glyphs.hatch * (width // 2), width), style="dim")
    length = min(float(width), reading.entrants * row.scale / max(1, most) * width)
    on = length * reading.conversion.value if isinstance(reading.conversion, Rate) else length
    solid = glyphs.bar(on)
    left = max(0, ceil(length - 0.05) - len(solid)) if isinstance(reading.conversion, Rate) else 0
    out = Text(solid, style="cyan")
    out.append(glyphs.light * min(left, width - len(solid)), style="red")
    out.append(" " * (width - len(out)))
    return out


def _pad(text: str, width: int) -> str:
    return text + " " * max(0, width - cell_len(text))


def _right(text: str, width: int) -> str:
    return " " * max(0, width - cell_len(text)) + text
