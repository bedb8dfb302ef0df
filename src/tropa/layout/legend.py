"""The foot of a page: what the marks mean, how it was counted, from which data; full texts of what was shortened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tropa.layout import figures
from tropa.layout.frame import Frame
from tropa.layout.pen import Style, height_of, line, set_lines, wrapped
from tropa.layout.scene import Disc, Group, Item, Path, Rect, Role, Symbol
from tropa.model import EvidenceState, Map, Readings
from tropa.words import Words

STATES: tuple[EvidenceState, ...] = (
    EvidenceState.ASSUMED, EvidenceState.OBSERVED, EvidenceState.MEASURED, EvidenceState.CONTRADICTED, EvidenceState.STALE,
    EvidenceState.ENTERED,
)  # fmt: skip
LINE = 24.0


def mark_role(state: EvidenceState) -> Role:
    """The colour of an evidence mark, beside its shape."""
    if state is EvidenceState.CONTRADICTED:
        return "break"
    return "muted" if state in (EvidenceState.ASSUMED, EvidenceState.STALE) else "trail"


@dataclass(frozen=True, slots=True)
class Legend:
    """Words of the foot: `keys` are (picture, words), `facts` the sentences about the data, `source` date, version and author."""

    keys: tuple[tuple[str, str], ...]
    facts: tuple[str, ...]
    source: str


def legend(
    value: Map, readings: Readings | None, words: Words, today: date, data_note: str, stars: bool, loops: bool, gold: bool,
    hidden: Sequence[str],
) -> Legend:  # fmt: skip
    """What must be said at the foot of this page."""
    keys = [(f"evidence-{state.value}", words(f"evidence-state-{state.value}")) for state in STATES]
    if readings is not None and any(stage.observed for stage in readings.stages):
        keys.append(("band", words("picture-key-band")))
        if any(stage.skips for stage in readings.stages):
            keys.append(("by", words("picture-key-by")))
        if readings.breaks:
            keys.append(("strand", words("picture-key-strand")))
    if any(True for _ in value.touchpoints()) or readings is not None:
        keys.append(("points", words("picture-key-points")))
        keys.append(("dots", words("picture-key-dots")))
    keys.append(("squares", words("picture-key-squares")))
    if gold:
        keys.append(("gold", words("picture-key-gold")))
    if stars:
        keys.append(("star", words("picture-key-star")))
    if loops:
        keys.append(("loop", words("picture-key-loop")))
    facts = [*_counted(value, readings, words)]
    if data_note:
        facts.append(data_note)
    if hidden:
        facts.append(words("picture-hidden-rows", n=len(hidden), names=", ".join(hidden)))
    collect = figures.to_collect(value, readings, words)
    if collect:
        facts.append(words("picture-collect", what=" ".join(collect)))
    parts = [words("picture-date", day=value.date or today)]
    if value.version:
        parts.append(words("picture-version", version=value.version))
    if readings is not None and not figures.is_entered(readings):
        parts.append(words("picture-data-version", version=readings.scope.data_version))
    if value.author:
        parts.append(value.author)
    return Legend(tuple(keys), tuple(facts), " · ".join(parts))


def _counted(value: Map, readings: Readings | None, words: Words) -> list[str]:
    """How it was counted: window, silence, who is left out, against what losses are priced."""
    if readings is None:
        return []
    scope = readings.scope
    if figures.is_entered(readings):
        return [words("picture-entered-note")]
    facts = [
        words("picture-counted", window=words.duration(scope.window_s), silence=words.duration(scope.silence_s)),
    ]
    worst = figures.worst_break(readings)
    if worst is not None:
        facts.append(
            words(
                f"picture-priced-{worst.loss.kind}",
                value=words.money(worst.loss.value, worst.loss.currency),
                low=words.money(worst.loss.low, worst.loss.currency),
                high=words.money(worst.loss.high, worst.loss.currency),
                reference=figures.reference_text(words, worst.loss, value),
            )
        )
    if scope.left_truncated:
        facts.append(words("picture-left-truncated", n=scope.left_truncated))
    if scope.events and scope.bound_events < scope.events:
        outside = scope.events - scope.bound_events
        facts.append(words("picture-unbound", n=outside, share=words.percent(outside / scope.events)))
    return facts


def _rows(found: Legend, frame: Frame) -> tuple[list[list[tuple[str, str, float]]], tuple[str, ...]]:
    """Keys in lines, and the wrapped facts."""
    style, room = frame.type.aside, frame.right - frame.left
    lines: list[list[tuple[str, str, float]]] = [[]]
    x = 0.0
    for picture, text in found.keys:
        width = _picture_width(picture) + 8 + style.width(text)
        if x and x + width > room:
            lines.append([])
            x = 0.0
        lines[-1].append((picture, text, x))
        x += width + 26
    paragraph = " ".join(_sentence(text) for text in (*found.facts, found.source))
    return lines, wrapped(paragraph, room, style)


def _sentence(text: str) -> str:
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def legend_height(found: Legend, frame: Frame) -> float:
    """Height of the foot."""
    lines, facts = _rows(found, frame)
    return 14 + len(lines) * LINE + 4 + height_of(facts, frame.type.aside)


def draw_legend(found: Legend, top: float, frame: Frame, words: Words) -> tuple[Item, ...]:
    """The foot with its hairline at `top`."""
    lines, facts = _rows(found, frame)
    items: list[Item] = [Rect(frame.left, top, frame.right - frame.left, 1, fill="line")]
    y = top + 14
    for row in lines:
        for picture, text, x in row:
            left = frame.left + x
            items.extend(_picture(picture, left, y + LINE / 2 - 3))
            items.append(line(left + _picture_width(picture) + 8, y + LINE / 2 + 1.4, text, frame.type.aside))
        y += LINE
    items.extend(set_lines(facts, frame.left, y + 4, frame.type.aside))
    return (Group(tuple(items), kind="legend", id="legend", label=words("picture-legend-label")),)


def _picture_width(name: str) -> float:
    return {"band": 26, "by": 26, "strand": 34, "points": 10, "dots": 28, "squares": 25, "gold": 4, "loop": 28}.get(
        name, 11
    )


def _picture(name: str, x: float, y: float) -> list[Item]:
    if name.startswith("evidence-"):
        return [Symbol(name, x, y - 5, 10, mark_role(EvidenceState(name.removeprefix("evidence-"))))]
    drawn: dict[str, list[Item]] = {
        "band": [Rect(x, y - 6, 26, 12, fill="trail")],
        "by": [Rect(x, y - 6, 26, 12, fill="trail-band")],
        "strand": [Rect(x, y - 5, 18, 10, fill="break-band"), Disc(x + 27, y, 6, fill="break")],
        "points": [
            Rect(x + 2, y - 8, 6, 16, fill="trail-band", radius=3),
            Disc(x + 5, y, 4, fill="paper", stroke="trail", stroke_width=2),
        ],
        "dots": [Path((("M", x, y), ("L", x + 28, y)), stroke="ink", stroke_width=1.8, dash=(1.5, 5))],
        "squares": [Rect(x + 9 * i, y - 3.5, 7, 7, fill="break" if i < 2 else "line", radius=1) for i in range(3)],
        "gold": [Rect(x, y - 8, 3, 16, fill="gold", radius=1.5)],
        "star": [Symbol("star", x - 1, y - 7, 13, "gold")],
        "loop": [
            Path((("M", x, y + 6), ("C", x, y - 6, x + 28, y - 6, x + 28, y + 6)), stroke="trail", stroke_width=2.4)
        ],
    }
    return drawn[name]


def notes_height(shortened: Sequence[tuple[str, str]], frame: Frame) -> float:
    """Height of the list of full texts."""
    if not shortened:
        return 0.0
    return 40 + max(sum(height for _, height in column) for column in _columns(shortened, frame))


def _columns(shortened: Sequence[tuple[str, str]], frame: Frame) -> list[list[tuple[tuple[str, ...], float]]]:
    """The full texts in three columns of about equal height."""
    style = frame.type.aside
    width = (frame.right - frame.left - 60) / 3
    blocks = [wrapped(text, width, style) for _, text in shortened]
    heights = [height_of(lines, style) + 6 for lines in blocks]
    goal = sum(heights) / 3
    out: list[list[tuple[tuple[str, ...], float]]] = [[], [], []]
    column, filled = 0, 0.0
    for lines, height in zip(blocks, heights, strict=True):
        if filled and filled + height / 2 > goal and column < 2:
            column, filled = column + 1, 0.0
        out[column].append((lines, height))
        filled += height
    return out


def draw_notes(shortened: Sequence[tuple[str, str]], top: float, frame: Frame, words: Words) -> tuple[Item, ...]:
    """The full texts of everything that was shortened."""
    if not shortened:
        return ()
    items: list[Item] = list(set_lines((words("picture-full-texts"),), frame.left, top + 12, Style(13, 600)))
    step = (frame.right - frame.left - 60) / 3 + 30
    for index, column in enumerate(_columns(shortened, frame)):
        y = top + 36
        for lines, height in column:
            items.extend(set_lines(lines, frame.left + index * step, y, frame.type.aside))
            y += height
    return (Group(tuple(items), kind="notes", id="notes", label=words("picture-full-texts")),)
