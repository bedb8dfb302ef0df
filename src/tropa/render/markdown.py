"""A whole map as clean Markdown (R-13, out only): the finding, figures, breaks, each stage's lanes, personas, improvements, legend.

It is the dialect of GitHub: tables, no HTML. User text is escaped, so that it reads as written and makes no markup of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from tropa.layout import figures, findings
from tropa.layout.content import Column, Content, Entry, content
from tropa.layout.legend import legend
from tropa.layout.scene import Table
from tropa.model import EvidenceState, Loop, Map, Persona, Readings, Stage, said, say
from tropa.model.stage import Said
from tropa.render import phrases
from tropa.render.figures import figure_tables
from tropa.words import Words

MARKS = {
    EvidenceState.ASSUMED: "○",
    EvidenceState.OBSERVED: "◐",
    EvidenceState.MEASURED: "●",
    EvidenceState.CONTRADICTED: "◆",
    EvidenceState.ENTERED: "□",
    EvidenceState.STALE: "◌",
}
"""Evidence marks as letters; told by shape like on the pictures."""

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|!~$&])")
_STARTS = re.compile(r"^(\d+)([.)])|^([-+=])")


def markdown(value: Map, readings: Readings | None, words: Words, *, today: date) -> str:
    """The map as one Markdown text, ending in a line break. Same map, readings and day: same text."""
    parts = [
        *_head(value, readings, words),
        *_figures(value, readings, words),
        *_loops(value, words),
        *_stages(value, readings, words, today),
        *_personas(value, words),
        *_improvements(value, words),
        *_foot(value, readings, words, today),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def escape(text: str) -> str:
    """Text as one line of Markdown that shows just that text."""
    return _STARTS.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", inline(text))


def inline(text: str) -> str:
    """The same for text that does not begin a line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def table(found: Table) -> str:
    """A table with a heading row; figures to the right where a whole column is figures."""
    figure = [
        all(row[at][:1].isdigit() or row[at] in ("", phrases.DASH) for row in found.rows)
        for at in range(len(found.head))
    ]
    rule = " | ".join("---:" if right else "---" for right in figure)
    rows = [" | ".join(inline(cell) for cell in row) for row in (found.head, *found.rows)]
    return "\n".join(f"| {row} |" for row in (rows[0], rule, *rows[1:]))


def _head(value: Map, readings: Readings | None, words: Words) -> Iterator[str]:
    title = say(value.title, words.lang)
    yield f"# {escape(title)}"
    finding = findings.headline(value, readings, words)
    if finding != title:
        yield f"**{escape(finding)}**"
    labels = [words(f"map-kind-{value.kind}")]
    labels += [words("story-simulated")] if value.simulated else []
    labels += [words("story-proposal")] if value.proposal else []
    labels += list(value.tags)
    if readings is not None:
        labels += [phrases.scope(words, readings.scope), phrases.under_way(words, readings.scope)]
    yield " · ".join(escape(label) for label in labels if label)
    for text in (value.about, value.scenario):
        if text is not None:
            yield escape(say(text, words.lang))
    if readings is None:
        yield escape(words("story-no-log"))


def _figures(value: Map, readings: Readings | None, words: Words) -> Iterator[str]:
    for found in figure_tables(value, readings, words):
        yield f"## {escape(found.caption)}"
        yield table(found)
        if readings is not None and readings.breaks and found.caption == words("text-table-breaks"):
            notes = [words("table-break-note", what=phrases.what_is_lost(words, readings.breaks[0].loss))]
            if readings.all_together is not None:
                notes.append(words("story-together", price=phrases.price(words, readings.all_together)))
            yield escape(" ".join(notes))


def _loops(value: Map, words: Words) -> Iterator[str]:
    if not value.loops:
        return
    yield f"## {words('markdown-loops')}"
    yield "\n".join(f"- {_loop(value, loop, words)}" for loop in value.loops)


def _loop(value: Map, loop: Loop, words: Words) -> str:
    ends = (escape(say(value.stage(name).title, words.lang)) for name in (loop.source, loop.target))
    text = say(loop.text, words.lang)
    kind = words.or_own(f"loop-{loop.kind}", loop.kind)
    return f"{' → '.join(ends)} ({escape(kind)})" + (f": {escape(text)}" if text else "")


def _stages(value: Map, readings: Readings | None, words: Words, today: date) -> Iterator[str]:
    """Each stage with its lanes; under it its touchpoints with theirs."""
    opened = frozenset(stage.id for stage in value.stages)
    found = content(
        value, readings, words, stages=value.stages, opened=opened, hide=frozenset(), today=today, picture="table"
    )
    yield f"## {words('markdown-stages')}"
    for number, stage in enumerate(value.stages, start=1):
        yield f"### {number}. {escape(say(stage.title, words.lang))}{' ★' if stage.moment_of_truth else ''}"
        yield escape(" · ".join(_about(stage, words)))
        yield _lanes(found, stage.id, words)
        for column in found.of(stage.id):
            if column.point is not None:
                yield _touchpoint(column, words)
                yield _lanes(found, column.key, words)


def _about(stage: Stage, words: Words) -> Iterator[str]:
    """The stage in a line: its task, whether the deal is here, where it leads."""
    if stage.brand is not None and stage.brand.task:
        yield words("markdown-task", task=words.or_own(f"task-{stage.brand.task}", stage.brand.task))
    if stage.deal is not None:
        yield words("markdown-deal")
    if stage.opens:
        yield words("markdown-opens", file=stage.opens)


def _touchpoint(column: Column, words: Words) -> str:
    assert column.point is not None
    point = column.point
    asides = [column.part, figures.channel_words(words, point.channel)]
    asides += [words("picture-droppable")] if point.droppable else []
    beside = ", ".join(escape(part) for part in asides if part)
    title = escape(say(point.title, words.lang)) + (" ★" if point.moment_of_truth else "")
    return f"#### {title}" + (f" ({beside})" if beside else "")


def _lanes(found: Content, key: str, words: Words) -> str:
    """The lanes of one column, those that say something."""
    lines = []
    for row in found.rows:
        if row.kind == "comparison":
            continue  # it has a table of its own
        entries = row.entries.get(key, ())
        if len(entries) == 1:
            lines.append(f"- **{escape(row.title)}:** {_entry(entries[0], words)}")
        elif entries:
            lines.append(f"- **{escape(row.title)}:**")
            lines += [f"  - {_entry(entry, words)}" for entry in entries]
    return "\n".join(lines)


def _entry(entry: Entry, words: Words) -> str:
    """A statement with its mark, severity, second voice, and what it rests on where it rests on something."""
    mark = f"{MARKS[entry.state]} " if entry.state is not None else ""
    severity = f" {'■' * entry.severity}{'□' * (3 - entry.severity)}" if entry.severity else ""
    star = " ★" if entry.star else ""
    aside = f" — *{escape(entry.aside)}*" if entry.aside else ""
    # the mark has said the state already: only what is told beyond it
    told = words(f"picture-tip-{entry.state.value}") if entry.state is not None else ""
    more = entry.tip.removeprefix(told).lstrip(". ")
    tip = f" ({escape(more)})" if more else ""
    return f"{mark}{escape(entry.text)}{star}{severity}{aside}{tip}"


def _personas(value: Map, words: Words) -> Iterator[str]:
    if not value.personas:
        return
    yield f"## {words('markdown-personas')}"
    for persona in value.personas:
        yield f"### {escape(say(persona.title, words.lang))}{words('markdown-main') if persona.id == value.persona else ''}"
        if persona.quote is not None:
            yield f"> {escape(say(persona.quote, words.lang))}"
        yield "\n".join(_portrait(persona, words))


def _portrait(persona: Persona, words: Words) -> Iterator[str]:
    for name in ("about", "demographics"):
        text = getattr(persona, name)
        if text is not None:
            yield f"- **{words(f'markdown-persona-{name}')}:** {escape(say(text, words.lang))}"
    if persona.share is not None:
        yield f"- **{words('markdown-persona-share')}:** {escape(words.percent(persona.share))}"
    for name in ("needs", "goals", "pains", "expects"):
        lines: Sequence[Said] = getattr(persona, name)
        if lines:
            told = "; ".join(escape(say(said(line).text, words.lang)) for line in lines)
            yield f"- **{words(f'markdown-persona-{name}')}:** {told}"


def _improvements(value: Map, words: Words) -> Iterator[str]:
    if not value.improvements:
        return
    head = tuple(
        words(f"markdown-head-{name}") for name in ("what", "stage", "owner", "due", "status", "impact", "effect")
    )
    rows = tuple(
        (
            say(item.text, words.lang),
            say(value.stage(item.stage).title, words.lang),
            value.who(item.owner, words.lang) or phrases.DASH,
            words.day(item.due) if item.due else phrases.DASH,
            words.or_own(f"improvement-{item.status}", item.status),
            words.money(item.impact, value.money.currency, sign=True) if item.impact else phrases.DASH,
            say(item.effect, words.lang) or phrases.DASH,
        )
        for item in value.improvements
    )
    yield f"## {words('lane-improvements')}"
    yield table(Table(words("lane-improvements"), head, rows))


def _foot(value: Map, readings: Readings | None, words: Words, today: date) -> Iterator[str]:
    yield f"## {words('markdown-legend')}"
    marks = [f"{mark} {words(f'evidence-state-{state.value}')}" for state, mark in MARKS.items()]
    yield " · ".join([*marks, words("markdown-severity"), words("markdown-star")])
    notes = legend(value, readings, words, today, "", stars=False, loops=False, gold=False, hidden=())
    yield "\n".join(f"- {escape(fact)}" for fact in notes.facts)
    yield escape(notes.source)
