"""The comparison with competitors as a small table in the map, under the stage where customers compare (R-11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tropa.layout import figures
from tropa.layout.content import Entry, Row
from tropa.layout.frame import Frame
from tropa.layout.legend import mark_role
from tropa.layout.pen import Cuts, Style, height_of, line, set_lines, wrapped
from tropa.layout.scene import Group, Item, Rect, Symbol, Table
from tropa.model import EvidenceState, Map, Stage, evidence_state, say
from tropa.model.comparison import BEST, Comparison, Criterion, Rival
from tropa.model.evidence import SHELF_LIFE
from tropa.words import Words

NAMES, WEIGHTS, LEAST, MOST = 190.0, 64.0, 74.0, 118.0
"""Widths: of the criteria, of their weights, the least and the most of a rival's column."""
BAR = 26.0
PAD = 6.0


def comparison_row(value: Map, words: Words, stages: tuple[Stage, ...]) -> Row | None:
    """The comparison as a row of statements, one for each criterion; None where there is none or its stage is not shown."""
    found, at = value.comparison, value.comparison_stage
    if found is None or at not in {stage.id for stage in stages}:
        return None
    entries = [
        Entry(words("comparison-line", criterion=_say(one.title, words), weight=weight(one, words), scores=_scores(found, one, words)),
              f"{at}/comparison/{index}")
        for index, one in enumerate(found.criteria)
    ]  # fmt: skip
    if found.positioning is not None:
        text = words("comparison-positioning", text=_say(found.positioning, words))
        entries.append(Entry(text, f"{at}/comparison/{len(entries)}"))
    return Row("comparison", words("lane-comparison"), {at: tuple(entries)}, "comparison")


def _say(text: object, words: Words) -> str:
    return " ".join(say(text, words.lang).split())  # type: ignore[arg-type]  # a Text of the model


def weight(criterion: Criterion, words: Words) -> str:
    """A weight as a number."""
    return words.decimal(criterion.weight)


def _scores(value: Comparison, criterion: Criterion, words: Words) -> str:
    told = [f"{_say(rival.title, words)} {score_text(criterion, rival, words)}" for rival in ordered(value)]
    return ", ".join(told)


def score_text(criterion: Criterion, rival: Rival, words: Words) -> str:
    """A score as a number; a dash where nobody has given one."""
    found = criterion.of(rival.id)
    return "—" if found is None else words.decimal(found.score)


def total_parts(value: Comparison, rival: Rival, words: Words) -> tuple[str, str]:
    """The weighted mean of a rival; and by how many criteria, where some are missing."""
    found = value.total(rival.id)
    if found is None:
        return "—", ""
    mean, count = found
    whole = len(value.criteria)
    part = "" if count == whole else words("comparison-total-part", n=count, whole=whole)
    return words.decimal(mean, 1), part


def total_text(value: Comparison, rival: Rival, words: Words) -> str:
    """Both in a cell of text."""
    mean, part = total_parts(value, rival, words)
    return f"{mean} ({part})" if part else mean


def ordered(value: Comparison) -> tuple[Rival, ...]:
    """We first, then the others as they are written."""
    return tuple(sorted(value.rivals, key=lambda rival: not rival.us))


def comparison_table(value: Map, words: Words) -> Table | None:
    """The comparison as rows of text: criteria down, rivals across, weighted means below."""
    found, at = value.comparison, value.comparison_stage
    if found is None or at is None or not (found.criteria and found.rivals):
        return None
    rivals = ordered(found)
    head = (words("comparison-criterion"), words("comparison-weight"), *(_say(rival.title, words) for rival in rivals))
    rows = [
        (_say(one.title, words), weight(one, words), *(score_text(one, rival, words) for rival in rivals))
        for one in found.criteria
    ]
    rows.append((words("comparison-total"), "", *(total_text(found, rival, words) for rival in rivals)))
    caption = words("comparison-at", stage=_say(value.stage(at).title, words))
    return Table(caption, head, tuple(rows))


@dataclass(frozen=True)
class SetTable:
    """The comparison set for a frame: drawn at any height by `at`."""

    value: Comparison
    stage: str
    rivals: tuple[Rival, ...]
    x: float
    column: float
    heads: tuple[tuple[str, ...], ...]
    names: tuple[tuple[str, ...], ...]
    positioning: tuple[str, ...]
    states: dict[tuple[str, str], EvidenceState]
    frame: Frame

    @property
    def width(self) -> float:
        """Width of the whole table."""
        return NAMES + WEIGHTS + self.column * len(self.rivals)

    @property
    def head_height(self) -> float:
        """Height of the rivals' names."""
        return max((height_of(lines, self.frame.type.strong) for lines in self.heads), default=0.0) + PAD

    @property
    def height(self) -> float:
        """Height of the table with the positioning under it."""
        body = self.frame.type.body
        rows = sum(height_of(lines, body) + 2 * PAD for lines in self.names)
        below = height_of(self.positioning, body) + PAD if self.positioning else 0.0
        return self.head_height + rows + self.total_height + below

    @property
    def total_height(self) -> float:
        """Height of the weighted means, with a line for those that rest on some of the criteria."""
        counts = [found[1] for rival in self.rivals if (found := self.value.total(rival.id)) is not None]
        part = any(count < len(self.value.criteria) for count in counts)
        style = self.frame.type
        return style.body.leading + 2 * PAD + (style.aside.leading if part else 0.0)

    def at(self, top: float, words: Words) -> tuple[Item, ...]:
        """The drawn table with its upper edge at `top`."""
        style = self.frame.type
        items: list[Item] = [
            *set_lines((words("comparison-criterion"),), self.x, top, style.aside),
            line(self.x + NAMES + WEIGHTS - 14, top + style.aside.size, words("comparison-weight"), style.aside, "end"),
        ]
        for index, lines in enumerate(self.heads):
            items.extend(set_lines(lines, self.left(index), top, self.voice(self.rivals[index], style.strong)))
        y = top + self.head_height
        for one, lines in zip(self.value.criteria, self.names, strict=True):
            items.append(Rect(self.x, round(y, 2), round(self.width, 2), 1, fill="line"))
            items.extend(self.row(one, lines, y + PAD, words))
            y += height_of(lines, style.body) + 2 * PAD
        items.append(Rect(self.x, round(y, 2), round(self.width, 2), 1.5, fill="muted"))
        base = y + PAD + style.body.size
        items.append(line(self.x, base, words("comparison-total"), style.strong))
        for index, rival in enumerate(self.rivals):
            mean, part = total_parts(self.value, rival, words)
            items.append(line(self.left(index), base, mean, self.voice(rival, style.strong)))
            if part:
                items.append(line(self.left(index), base + style.aside.leading, part, style.aside))
        y += self.total_height
        items.extend(set_lines(self.positioning, self.x, y + PAD, style.body))
        return tuple(items)

    def row(self, one: Criterion, lines: tuple[str, ...], top: float, words: Words) -> tuple[Item, ...]:
        """One criterion: its name, its weight, and a bar, a number and a mark of the evidence for each rival."""
        style = self.frame.type.body
        base = top + (style.leading - style.size) / 2 + style.size * 0.8
        items: list[Item] = [*set_lines(lines, self.x, top, style)]
        items.append(line(self.x + NAMES + WEIGHTS - 14, base, weight(one, words), style, "end"))
        for index, rival in enumerate(self.rivals):
            left, found = self.left(index), one.of(rival.id)
            text = score_text(one, rival, words)
            number = line(left + BAR + 6, base, text, self.voice(rival, style))
            if found is None:
                items.append(number)
                continue
            state = self.states[one.id, rival.id]
            bar = Rect(
                left,
                round(base - 9, 2),
                round(BAR * found.score / BEST, 2),
                8,
                fill="trail" if rival.us else "muted",
                radius=1.5,
            )
            track = Rect(left, round(base - 9, 2), BAR, 8, fill="line", radius=1.5)
            mark = Symbol(
                f"evidence-{state.value}",
                round(left + BAR + 11 + number.width, 2),
                round(base - 9.5, 2),
                9,
                mark_role(state),
                state.value,
            )
            tip = figures.evidence_tip(words, state, found.evidence)
            label = words(
                "comparison-tip", criterion=_say(one.title, words), rival=_say(rival.title, words), score=text
            )
            address = f"{self.stage}/comparison/{one.id}/{rival.id}"
            items.append(Group((track, bar, number, mark), kind="entry", cell=address, tip=tip, label=label))
        return tuple(items)

    def left(self, index: int) -> float:
        """Where a rival's column begins."""
        return round(self.x + NAMES + WEIGHTS + index * self.column, 2)

    @staticmethod
    def voice(rival: Rival, style: Style) -> Style:
        """Ours in the trail's colour and bold."""
        return Style(style.size, 600, "trail") if rival.us else style


def set_table(value: Map, frame: Frame, words: Words, cuts: Cuts, today: date) -> SetTable | None:
    """The comparison set for a page: under its stage, moved to the left where there is no room to the right."""
    found, at = value.comparison, value.comparison_stage
    if found is None or at is None or at not in frame.stages:
        return None
    room = frame.right - frame.grid - 28 - NAMES - WEIGHTS
    rivals = ordered(found)[: max(1, int(room // LEAST))]
    for rival in ordered(found)[len(rivals) :]:
        cuts.add(f"{at}/comparison/{rival.id}", _say(rival.title, words))
    column = max(LEAST, min(MOST, room / max(1, len(rivals))))
    width = NAMES + WEIGHTS + column * len(rivals)
    x = max(frame.grid + 14, min(frame.stages[at].x + 14, frame.right - 14 - width))
    body = frame.type.body
    positioning = (
        words("comparison-positioning", text=_say(found.positioning, words)) if found.positioning is not None else ""
    )
    states = {
        (one.id, score.rival): evidence_state(score.evidence, today, value.shelf_life or SHELF_LIFE)
        for one in found.criteria
        for score in one.scores
    }
    return SetTable(
        found, at, rivals, round(x, 2), column,
        tuple(wrapped(_say(rival.title, words), column - 10, SetTable.voice(rival, frame.type.strong)) for rival in rivals),
        tuple(wrapped(_say(one.title, words), NAMES - 8, body) for one in found.criteria),
        wrapped(positioning, max(width, 320.0) if x + 320 <= frame.right else width, body), states, frame,
    )  # fmt: skip
