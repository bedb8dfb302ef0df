"""The top of a page: the finding as a headline, whose map it is, from what data; the stages as chevrons on the grid."""

from __future__ import annotations

from tropa.layout import figures
from tropa.layout.content import Content
from tropa.layout.frame import Frame
from tropa.layout.pen import Cuts, Style, balanced, fitted, height_of, line, set_lines, wrapped
from tropa.layout.photos import NO_PHOTOS, Photos
from tropa.layout.scene import Disc, Group, Item, Path, Photo, Rect, Role, Symbol
from tropa.model import Map, Persona, Readings, Stage, say
from tropa.words import Words

FACTS = 400.0
"""Room at the right for period, numbers and what is still under way."""
TOP = 44.0
CHEVRON = 15.0
"""How far a chevron's point stands out."""


def persona_of(value: Map, segment: str | None = None) -> Persona | None:
    """The persona whose map it is: the one the readings are of, else the map's own."""
    for persona in value.personas:
        if segment is not None and segment in (persona.id, persona.segment):
            return persona
    return next((persona for persona in value.personas if persona.id == value.persona), None)


def initials(text: str) -> str:
    """One or two capital letters of a name (of what stands before its comma)."""
    names = [word for word in text.partition(",")[0].split() if word[:1].isalnum()]
    return "".join(word[0] for word in names[:2]).upper()


def draw_head(
    value: Map,
    readings: Readings | None,
    frame: Frame,
    words: Words,
    cuts: Cuts,
    headline: str,
    photos: Photos = NO_PHOTOS,
) -> tuple[tuple[Item, ...], float]:
    """Headline and facts; answers the items and the height where the chevrons may begin."""
    persona = persona_of(value, readings.scope.segment if readings else None)
    items: list[Item] = []
    x = frame.left
    if persona is not None:
        name = say(persona.title, words.lang)
        drawn = _face(persona, name, x, photos)
        items.append(
            Group(drawn, kind="persona", cell=f"persona/{persona.id}", tip=_persona_tip(persona, words), label=name)
        )
        x += 104
    facts = fact_lines(value, readings, words)
    widest = max((frame.type.subtitle.width(text) for text in facts), default=0.0)
    room = frame.right - x - (min(FACTS, widest) + 48 if facts else 0)
    title = balanced(headline, room, frame.type.title, 3)
    if title and title[-1].endswith("…"):
        cuts.add("title", headline)
    items.append(Group(set_lines(title, x, TOP - 6, frame.type.title), kind="title", label=headline))
    y = TOP - 6 + height_of(title, frame.type.title) + 4
    under = wrapped(subtitle(value, persona, words), room, frame.type.subtitle, 3, cuts, "subtitle")
    items.append(Group(set_lines(under, x, y, frame.type.subtitle), kind="subtitle"))
    y += height_of(under, frame.type.subtitle)
    right_y = TOP - 2
    for text in facts:
        for shown in wrapped(text, FACTS, frame.type.subtitle):
            items.extend(set_lines((shown,), frame.right, right_y, frame.type.subtitle, "end"))
            right_y += frame.type.subtitle.leading + 1.5
    bottom = max(y, right_y, TOP + 84 if persona else 0.0)
    return tuple(items), bottom + 20


def _face(persona: Persona, name: str, x: float, photos: Photos) -> tuple[Item, ...]:
    """The persona's picture in a circle; without one, its initials."""
    face = photos.faces.get(persona.picture or "")
    if face is not None:
        return (Photo(x, TOP, 80, 80, face.source, name),)
    initial = Style(26, 700, "ink")
    return (
        Disc(x + 40, TOP + 40, 40, fill="trail-band"),
        line(x + 40, TOP + 49.4, initials(name), initial, "middle"),
    )


def _persona_tip(persona: Persona, words: Words) -> str:
    parts = [say(text, words.lang) for text in (persona.title, persona.about, persona.demographics) if text]
    if persona.share is not None:
        parts.append(words("picture-persona-share", share=_share(persona.share, words)))
    if persona.quote:
        parts.append(words("picture-quoted", text=say(persona.quote, words.lang)))
    return ". ".join(parts)


def _share(share: float, words: Words) -> str:
    """A share that the team believes: whole per cents are told as such."""
    return words.percent(share, 0 if abs(share * 100 - round(share * 100)) < 1e-6 else None)


def subtitle(value: Map, persona: Persona | None, words: Words) -> str:
    """Whose map it is: its title, kind, persona with share and quote, scenario."""
    parts = [say(value.title, words.lang), words(f"map-kind-{value.kind}")]
    if persona is not None:
        name = say(persona.title, words.lang)
        if persona.share is not None:
            name = words("picture-persona-of", name=name, share=_share(persona.share, words))
        quote = say(persona.quote, words.lang)
        parts.append(f"{name}: {words('picture-quoted', text=quote)}" if quote else name)
    if value.scenario:
        parts.append(say(value.scenario, words.lang))
    return " · ".join(part for part in parts if part)


def fact_lines(value: Map, readings: Readings | None, words: Words) -> tuple[str, ...]:
    """Period, number of passes and customers, what is still under way, and that data are simulated, entered or proposed."""
    lines: list[str] = []
    if readings is not None:
        scope = readings.scope
        if scope.period is not None:
            lines.append(words.months(scope.period.start, scope.period.end))
        if scope.passes:
            lines.append(words("picture-counts", passes=scope.passes, customers=scope.customers))
            if scope.open_passes:
                lines.append(words("picture-open", share=words.percent(scope.open_passes / max(1, scope.passes))))
    flags = [("simulated", value.simulated), ("proposal", value.proposal), ("entered", figures.is_entered(readings))]
    told = [words(f"picture-flag-{name}") for name, on in flags if on]
    if told:
        lines.append(" · ".join(told))
    return tuple(lines)


def heads_height(found: Content, frame: Frame, words: Words) -> float:
    """Height of the chevrons, with the heads of opened touchpoints under them."""
    return _chevron_height(found, frame, words) + _points_height(found, frame, words)


def _stages(found: Content) -> list[Stage]:
    return list({column.stage.id: column.stage for column in found.columns}.values())


def _title_lines(stage: Stage, frame: Frame, words: Words) -> tuple[str, ...]:
    slot = frame.stages[stage.id]
    return wrapped(say(stage.title, words.lang), slot.width - 44, frame.type.head)


def _task_lines(stage: Stage, frame: Frame, words: Words) -> tuple[str, ...]:
    task = stage.brand.task if stage.brand else None
    if not task:
        return ()
    return wrapped(words.or_own(f"task-{task}", task), frame.stages[stage.id].width - 44, frame.type.task)


def _chevron_height(found: Content, frame: Frame, words: Words) -> float:
    tall = max(
        height_of(_title_lines(stage, frame, words), frame.type.head)
        + height_of(_task_lines(stage, frame, words), frame.type.task)
        for stage in _stages(found)
    )
    return max(54.0, tall + 16)


def _points_height(found: Content, frame: Frame, words: Words) -> float:
    tall = [
        height_of(
            wrapped(say(column.point.title, words.lang), frame.columns[column.key].width - 38, frame.type.strong),
            frame.type.strong,
        )
        for column in found.columns
        if column.point is not None
    ]
    parts = 18.0 if any(column.part for column in found.columns) else 0.0
    return max(tall) + 14 + parts if tall else 0.0


def draw_heads(found: Content, top: float, frame: Frame, words: Words) -> tuple[Item, ...]:
    """Chevrons of the stages, the deal's one dark, and the heads of opened touchpoints."""
    height = _chevron_height(found, frame, words)
    stages = _stages(found)
    items: list[Item] = []
    for index, stage in enumerate(stages):
        items.append(_chevron(stage, top, height, frame, words, first=index == 0, last=index == len(stages) - 1))
    items.extend(_point_heads(found, top + height, frame, words))
    return tuple(items)


def _chevron(stage: Stage, top: float, height: float, frame: Frame, words: Words, *, first: bool, last: bool) -> Group:
    slot = frame.stages[stage.id]
    left, right, middle, low = slot.x + (0 if first else 2), slot.right - 2, top + height / 2, top + height
    deal = stage.deal is not None
    point = 0.0 if last else CHEVRON
    notch = 0.0 if first else CHEVRON
    if last:
        right = slot.right
    shape: list[tuple[str | float, ...]] = [("M", left, top), ("L", right, top)]
    if point:
        shape.append(("L", right + point, middle))
    shape.extend((("L", right, low), ("L", left, low)))
    if notch:
        shape.append(("L", left + notch, middle))
    shape.append(("Z",))
    fill: Role = "ink" if deal else "sand"
    title = Style(frame.type.head.size, 600, "on-ink" if deal else "ink")
    task = Style(frame.type.task.size, 400, "on-ink" if deal else "muted")
    names, under = _title_lines(stage, frame, words), _task_lines(stage, frame, words)
    y = middle - (height_of(names, title) + height_of(under, task)) / 2
    x = left + 26
    rounded = tuple(tuple(round(v, 2) if isinstance(v, float) else v for v in command) for command in shape)
    items: list[Item] = [Path(rounded, fill=fill), *set_lines(names, x, y, title)]
    if stage.moment_of_truth:
        star_y = y + height_of(names, title) - title.leading / 2 - 8
        items.append(Symbol("star", round(x + title.width(names[-1]) + 6, 2), round(star_y, 2), 15, "gold"))
    items.extend(set_lines(under, x, y + height_of(names, title), task))
    tip = words("picture-tip-deal") if deal else ""
    label = say(stage.title, words.lang)
    return Group(
        tuple(items), kind="stage", id=f"stage-{stage.id}", cell=stage.id, tip=tip, label=label, href=stage.opens or ""
    )


def _point_heads(found: Content, top: float, frame: Frame, words: Words) -> list[Item]:
    """Names of opened touchpoints with their channel's icon, under the name of their sub-stage where they have one."""
    items: list[Item] = []
    with_parts = any(column.part for column in found.columns)
    drop = 18.0 if with_parts else 0.0
    for index, column in enumerate(found.columns):
        if column.point is None:
            continue
        slot = frame.columns[column.key]
        style = Style(frame.type.strong.size, 600)
        drawn: list[Item] = []
        if column.part and (index == 0 or found.columns[index - 1].part != column.part):
            run = [c for c in found.columns[index:] if c.part == column.part and c.stage.id == column.stage.id]
            room = sum(frame.columns[c.key].width for c in run) - 20
            drawn.append(
                fitted(slot.x + 14, top + 17, column.part, frame.type.tiny, room, Cuts(), f"{column.key}/part")
            )
            drawn.append(Rect(slot.x + 14, top + 21, room, 1, fill="line"))
        icon = figures.channel_icon(column.point.channel)
        if icon:
            drawn.append(
                Symbol(
                    icon, slot.x + 14, top + drop + 9, 16, "muted", figures.channel_words(words, column.point.channel)
                )
            )
        lines = wrapped(say(column.point.title, words.lang), slot.width - 38, style)
        drawn.extend(set_lines(lines, slot.x + 32, top + drop + 8, style))
        if column.point.moment_of_truth:
            drawn.append(Symbol("star", slot.x + slot.width - 16, top + drop + 10, 13, "gold"))
        items.append(Group(tuple(drawn), kind="touchpoint", cell=column.key, label=say(column.point.title, words.lang)))
    return items
