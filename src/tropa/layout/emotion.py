"""Emotion along the path on one scale: what the team asserts (dotted) and what was measured (points with intervals)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tropa.layout import figures
from tropa.layout.content import Column, Content
from tropa.layout.curves import smooth, value_at
from tropa.layout.frame import Frame, Slot
from tropa.layout.moods import Mood
from tropa.layout.pen import Cuts, Style, balanced, line, set_lines, wrapped
from tropa.layout.scene import Disc, Group, Item, Line, Path, Rect, Symbol
from tropa.model import CannotTell, EvidenceState, Feels, Readings, Satisfaction, Stage, Touchpoint, say
from tropa.words import Words

Box = tuple[float, float, float, float]
FOOT = 32.0
"""Room below −2 for words."""


@dataclass(frozen=True, slots=True)
class Emotion:
    """The lane to be drawn: for each column what is asserted, what is measured, and in which state."""

    columns: tuple[Column, ...]
    asserted: dict[str, float]
    measured: dict[str, Satisfaction]
    words: dict[str, str]
    quotes: dict[str, str]
    states: dict[str, EvidenceState | None]
    height: float = 150.0
    moods: tuple[Mood, ...] = ()
    """Those of personas or segments, each a thin curve with its name."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self.asserted and not self.measured and not self.moods


def emotion(
    found: Content, readings: Readings | None, words: Words, height: float = 150.0, moods: tuple[Mood, ...] = ()
) -> Emotion:
    """Gathers the lane from the map and the readings."""
    asserted, measured, names, quotes = {}, {}, {}, {}
    states: dict[str, EvidenceState | None] = {}
    for column in found.columns:
        score = _asserted(column)
        if score is not None:
            asserted[column.key] = score
        told = [word for feels in _feels(column) for word in feels.words]
        names[column.key] = ", ".join(
            dict.fromkeys(words.or_own(f"feeling-{say(w, 'en')}", say(w, words.lang)) for w in told[:2])
        )
        reading = None
        if readings is not None:
            reading = readings.touchpoint(column.point.id) if column.point else readings.stage(column.stage.id)
        if reading is not None and not isinstance(reading.satisfaction, CannotTell):
            measured[column.key] = reading.satisfaction
        quotes[column.key] = _quote(column)
        states[column.key] = found.states.get(f"{column.key}/feels/0")
    for stage in {column.stage.id: column.stage for column in found.columns if column.point is not None}.values():
        whole = readings.stage(stage.id) if readings else None
        own = any(column.key in measured for column in found.of(stage.id))
        if whole is not None and not own and isinstance(whole.satisfaction, Satisfaction):
            measured[stage.id] = whole.satisfaction  # of the opened stage as a whole, drawn over its middle
    return Emotion(found.columns, asserted, measured, names, quotes, states, height, moods)


def _feels(column: Column) -> Iterator[Feels]:
    if column.point is not None:
        if column.point.feels is not None:
            yield column.point.feels
        return
    if column.stage.feels is not None:
        yield column.stage.feels
    for point in column.stage.all_touchpoints:
        if point.feels is not None:
            yield point.feels


def _asserted(column: Column) -> float | None:
    """What is said of the column itself; of a closed stage that says nothing, the mean of its touchpoints."""
    own = column.point.feels if column.point else column.stage.feels
    if own is not None and own.score is not None:
        return own.score
    if column.point is not None:
        return None
    scores = [feels.score for feels in _feels(column) if feels.score is not None]
    return sum(scores) / len(scores) if scores else None


def _quote(column: Column) -> str:
    """Words of a customer about this column, the first there are."""
    owners: list[Touchpoint | Stage] = [column.point] if column.point else [column.stage, *column.stage.all_touchpoints]
    for owner in owners:
        evidence = [
            *(owner.feels.evidence if owner.feels else ()),
            *(item for pain in owner.pains for item in pain.evidence),
        ]
        for item in evidence:
            if item.quote:
                return item.quote
    return ""


@dataclass(frozen=True, slots=True)
class _Place:
    lane: Emotion
    frame: Frame
    words: Words
    top: float
    taken: list[Box]

    def y(self, score: float) -> float:
        return self.top + (2 - max(-2.0, min(2.0, score))) / 4 * self.lane.height

    def x(self, key: str) -> float:
        return self.slot(key).middle

    def slot(self, key: str) -> Slot:
        """Where a column stands, or an opened stage as a whole."""
        return self.frame.columns.get(key) or self.frame.stages[key]

    def free(self, box: Box) -> bool:
        """Whether nothing has been set there, and the box lies inside of the lane's columns."""
        x0, y0, x1, y1 = box
        if (
            x0 < self.frame.grid
            or x1 > self.frame.right
            or y0 < self.top - 14
            or y1 > self.top + self.lane.height + FOOT
        ):
            return False
        return all(x1 <= a or x0 >= c or y1 <= b or y0 >= d for a, b, c, d in self.taken)


def draw_emotion(lane: Emotion, top: float, frame: Frame, words: Words, cuts: Cuts) -> tuple[Item, ...]:
    """The lane with its scale; `top` is the height of +2."""
    place = _Place(lane, frame, words, top, [])
    items: list[Item] = list(_scale(place))
    points = [(place.x(key), place.y(score)) for key, score in lane.asserted.items()]
    for x, y in points:
        place.taken.append((x - 5, y - 5, x + 5, y + 5))
    for key, score in lane.measured.items():
        x = place.x(key)
        y = place.y(score.mean)
        place.taken.append((x - 7, min(place.y(score.high), y - 7), x + 7, max(place.y(score.low), y + 7)))
    items.extend(curve for mood in lane.moods for curve in _mood_curves(place, mood))
    items.extend(_asserted_curve(place, points))
    items.extend(_measured_line(place))
    others = [run for mood in lane.moods for run in _runs(place, mood.scores)]
    items.extend(_points(place, [points, *_runs(place, lane.measured), *others]))
    items.extend(name for mood in lane.moods for name in _mood_name(place, mood))
    items.extend(_told(place, points, cuts))
    return (Group(tuple(items), kind="emotion", id="emotion", label=words("picture-emotion-label")),)


def _scale(place: _Place) -> Iterator[Item]:
    """Three hairlines with their scores and faces."""
    for score, face in ((2, "face-happy"), (0, "face-neutral"), (-2, "face-sad")):
        y = round(place.y(score), 2)
        yield Rect(place.frame.grid, y - 0.5, place.frame.right - place.frame.grid, 1, fill="line")
        yield Symbol(face, place.frame.grid - 24, y - 8, 16, "muted")
        yield line(place.frame.right, y - 5, figures.signed(place.words, score), place.frame.type.tiny, "end")
        place.taken.append((place.frame.right - 18, y - 15, place.frame.right, y - 3))


def _asserted_curve(place: _Place, points: list[tuple[float, float]]) -> Iterator[Item]:
    if len(points) > 1:
        yield Group(
            (Path(smooth(points), stroke="ink", stroke_width=1.8, dash=(1.5, 5)),),
            kind="asserted", label=place.words("picture-asserted"), tip=place.words("picture-asserted"),
        )  # fmt: skip
    for (x, y), key in zip(points, place.lane.asserted, strict=True):
        state = place.lane.states.get(key)
        tip = place.words("picture-tip-asserted", score=figures.signed(place.words, place.lane.asserted[key]))
        if state is EvidenceState.CONTRADICTED:
            tip = f"{tip}. {place.words('picture-tip-contradicted')}"
            mark: Item = Symbol("evidence-contradicted", round(x - 5, 2), round(y - 5, 2), 10, "break", "contradicted")
        else:
            mark = Disc(round(x, 2), round(y, 2), 2.6, fill="ink")
        yield Group((mark,), kind="asserted-point", cell=f"{key}/feels", tip=tip, label=tip)


def _measured_line(place: _Place) -> Iterator[Item]:
    """A thin line for the eye between measured neighbours; where a column has no answers there is a gap."""
    for run in _runs(place, place.lane.measured):
        yield Path(smooth(run), stroke="trail-band", stroke_width=2.2)


def _runs(place: _Place, scores: Mapping[str, Satisfaction]) -> list[list[tuple[float, float]]]:
    """Measured points in neighbouring columns, two or more together."""
    runs: list[list[tuple[float, float]]] = [[]]
    for column in place.lane.columns:
        score = scores.get(column.key)
        if score is not None:
            runs[-1].append((place.x(column.key), place.y(score.mean)))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if len(run) > 1]


def _mood_curves(place: _Place, mood: Mood) -> Iterator[Item]:
    """One group's curve through neighbouring columns, and a small ring at every mean; what the team asserts of it as small discs."""
    said = [(place.x(key), place.y(score)) for key, score in mood.asserted.items()]
    if len(said) > 1:
        yield Path(smooth(said), stroke="ink", stroke_width=1.1, dash=(1, 4), opacity=0.75)
    for key, value in mood.asserted.items():
        dot = Disc(round(place.x(key), 2), round(place.y(value), 2), 2.0, fill="ink")
        told = f"{mood.name}. {place.words('picture-tip-asserted', score=figures.signed(place.words, value))}"
        yield Group((dot,), kind="mood-said", cell=f"{key}/feels/{mood.key}", tip=told, label=told)
    for run in _runs(place, mood.scores):
        yield Path(smooth(run), stroke="muted", stroke_width=1.3, dash=mood.dash)
    for key, score in mood.scores.items():
        ring = Disc(
            round(place.x(key), 2), round(place.y(score.mean), 2), 2.6, fill="paper", stroke="muted", stroke_width=1.3
        )
        tip = f"{mood.name}. {figures.satisfaction_text(place.words, score)}"
        yield Group((ring,), kind="mood-point", cell=f"{key}/satisfaction/{mood.key}", tip=tip, label=tip)


def _mood_name(place: _Place, mood: Mood) -> Iterator[Item]:
    """The curve's name beside one of its points, the last one first; where the name fits nowhere, its first letters."""
    style = Style(12, 600, "muted")
    short = "".join(word[:1] for word in mood.name.split()[:2]).upper()
    for text in (mood.name, short):
        width = style.width(text)
        points = {**mood.asserted, **{key: score.mean for key, score in mood.scores.items()}}
        for key in reversed(tuple(points)):
            x, y = place.x(key), place.y(points[key])
            for left in (x + 9, x - 9 - width):
                for base in (y + 4, y - 5, y + 14):
                    box = _box((left, base), width)
                    if place.free(box):
                        place.taken.append(box)
                        yield line(left, base, text, style)
                        return


def _points(place: _Place, runs: list[list[tuple[float, float]]]) -> Iterator[Item]:
    """Measured means with their intervals and the number of answers."""
    for key, score in place.lane.measured.items():
        x, y = round(place.x(key), 2), round(place.y(score.mean), 2)
        high, low = place.y(score.high), place.y(score.low)
        items: list[Item] = [
            Rect(round(x - 3.5, 2), round(high, 2), 7, round(max(2.0, low - high), 2), fill="trail-band", radius=3.5),
            Disc(x, y, 5.4, fill="paper", stroke="trail", stroke_width=2.6),
        ]
        label = _count(place, runs, x, y, high, low, score.n)
        if label is not None:
            items.append(label)
        tip = figures.satisfaction_text(place.words, score)
        yield Group(tuple(items), kind="measured-point", cell=f"{key}/satisfaction", tip=tip, label=tip)


def _count(
    place: _Place, runs: list[list[tuple[float, float]]], x: float, y: float, high: float, low: float, n: int
) -> Line | None:
    """«n = 214» beside its point, where there is room."""
    style = place.frame.type.tiny
    text = place.words("picture-n", n=n)
    width = style.width(text)
    beside = ((x + 10, y + 14), (x + 10, y - 6), (x - 10 - width, y + 14), (x - 10 - width, y - 6))
    spots = (*beside, (x - width / 2, low + 16), (x - width / 2, high - 8))
    clear = [spot for spot in spots if not any(_crosses(run, _box(spot, width)) for run in runs)]
    for left, base in (*clear, *spots):
        box = _box((left, base), width)
        if place.free(box):
            place.taken.append(box)
            return line(left, base, text, style)
    return None


def _box(spot: tuple[float, float], width: float) -> Box:
    """The room of a small label that begins at `spot`."""
    return spot[0] - 2, spot[1] - 10, spot[0] + width + 2, spot[1] + 3


def _told(place: _Place, points: list[tuple[float, float]], cuts: Cuts) -> Iterator[Item]:
    """Words at the highest and the lowest place, and what a customer said at the lowest."""
    lane, words = place.lane, place.words
    scores = {**lane.asserted, **{key: score.mean for key, score in lane.measured.items()}}
    if not scores:
        return
    low, high = min(scores, key=lambda key: scores[key]), max(scores, key=lambda key: scores[key])
    style = Style(13, 400, "ink", italic=True)
    quote = lane.quotes.get(low, "")
    chosen = [(low, words("picture-quoted", text=quote) if quote else lane.words.get(low, ""), -1)]
    if high != low:
        chosen.append((high, lane.words.get(high, ""), 1))
    for key, text, side in chosen:
        yield from _beside(place, key, text, side, scores[key], points, style, cuts)
    for key in (column.key for column in lane.columns):
        if key not in scores:
            text = words("picture-no-scores")
            x, y = place.x(key), place.y(0) - 6
            width = Style(12, 400, "muted", italic=True).width(text)
            box = (x - width / 2, y - 11, x + width / 2, y + 4)
            if place.free(box) and width < place.frame.columns[key].width:
                place.taken.append(box)
                yield line(x, y, text, Style(12, 400, "muted", italic=True), "middle")


def _beside(
    place: _Place, key: str, text: str, side: int, score: float, points: list[tuple[float, float]], style: Style, cuts: Cuts
) -> Iterator[Item]:  # fmt: skip
    if not text:
        return
    slot = place.slot(key)
    lines = _few(text, min(330.0, max(130.0, slot.width * 1.25)), style, cuts, f"{key}/feels")
    width, height = max(style.width(item) for item in lines), style.leading * len(lines)
    x, y = place.x(key), place.y(score)
    spots: list[tuple[float, float]] = []
    for gap in (12, 26, 40, 60):
        above, below = y - gap - height, y + gap
        for top in (above, below) if side > 0 else (below, above):
            spots.extend(((x - width / 2, top), (x + 14, top), (x - 14 - width, top)))
        spots.extend(((x - gap - 4 - width, y - height / 2), (x + gap + 4, y - height / 2)))
    for left, top in spots:
        box = (left - 3, top, left + width + 3, top + height)
        if place.free(box) and not any(_crosses(run, box) for run in [points, *_runs(place, place.lane.measured)]):
            place.taken.append(box)
            drawn = set_lines(lines, left, top, style)
            yield Group(drawn, kind="words", cell=f"{key}/feels", label=text)
            return


def _few(text: str, width: float, style: Style, cuts: Cuts, address: str) -> tuple[str, ...]:
    """At most three lines of about equal length."""
    lines = wrapped(text, width, style, 3, cuts, address)
    return lines if lines[-1].endswith("…") else balanced(text, width, style, 3)


def _crosses(points: list[tuple[float, float]], box: Box) -> bool:
    """Whether the asserted curve runs through a box."""
    if len(points) < 2:
        return False
    x0, y0, x1, y1 = box
    steps = [x0 + (x1 - x0) * i / 8 for i in range(9)]
    return any(points[0][0] <= x <= points[-1][0] and y0 - 3 <= value_at(points, x) <= y1 + 3 for x in steps)
