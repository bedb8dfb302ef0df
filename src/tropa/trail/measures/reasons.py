"""Why customers leave at a break: what those who left had met, against those who went on (R-25). Association, not cause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.model import CannotTell, TropaError, Unit
from tropa.model.measure import Answer, Cell, Column, Declaration, Note, Parameter, Picture, Setting
from tropa.stats.contrast import difference, false_discovery, independence, odds_ratio
from tropa.stats.intervals import wilson
from tropa.trail.measures.asked import Asked, answer_of, number
from tropa.trail.measures.exposures import UNKNOWN, Features, Looked, Plan, counts_of_names, features_of, look, plan_of
from tropa.trail.measures.said import Hearing, Said, said_by
from tropa.trail.measures.sides import Place, Sided, drawing_round, stage_number
from tropa.trail.measures.waits import with_horizon
from tropa.trail.passes import DAY, EXIT
from tropa.trail.rounds import Round, added, itself
from tropa.trail.tape import Longs

SUPPORT, SAME, LEVEL = 20, 0.9, 0.05
"""A reason has so many passes with it and without it; two are one where they are correlated so highly; share of false discoveries."""
STEP = 0.98
MOST_COMPARED = 20_000
KINDS = ("exit", "loop")
DECLARATION = Declaration(
    id="reasons",
    unit=Unit.PASSES,
    parameters=(
        Parameter(id="break", kind="break", optional=True),
        Parameter(id="rows", kind="number", default=20, least=1, most=200),
    ),
    picture=Picture(kind="bars", x="reason", value="difference"),
    columns=(
        Column(id="reason", kind="reason"),
        Column(id="having", kind="text", aside=True),
        Column(id="left_share", kind="share", low="left_low", high="left_high", part="left", whole="left_all"),
        Column(id="left_low", kind="share", aside=True),
        Column(id="left_high", kind="share", aside=True),
        Column(id="left", kind="count", aside=True),
        Column(id="left_all", kind="count", aside=True),
        Column(id="on_share", kind="share", low="on_low", high="on_high", part="on", whole="on_all"),
        Column(id="on_low", kind="share", aside=True),
        Column(id="on_high", kind="share", aside=True),
        Column(id="on", kind="count", aside=True),
        Column(id="on_all", kind="count", aside=True),
        Column(id="difference", kind="share", low="difference_low", high="difference_high"),
        Column(id="difference_low", kind="share", aside=True),
        Column(id="difference_high", kind="share", aside=True),
        Column(id="odds", kind="ratio", low="odds_low", high="odds_high", aside=True),
        Column(id="odds_low", kind="ratio", aside=True),
        Column(id="odds_high", kind="ratio", aside=True),
        Column(id="chance", kind="chance", aside=True),
        Column(id="same", kind="text"),
        Column(id="words", kind="quotes", aside=True),
    ),
    definition="reasons",
    slow=True,
)

DIFFERENCE = [column.id for column in DECLARATION.columns].index("difference")


@dataclass(frozen=True, slots=True)
class Tried:
    """One hypothesis: its feature, the features that are the same thing, and its table: with and without it, left and went on."""

    feature: int
    same: tuple[int, ...]
    table: tuple[int, int, int, int]
    chance: float


def rounds(frame: Asked, settings: Mapping[str, Setting]) -> Any:
    """Reasons that hold against chance, those that tell the two sides apart best first. Without `break`: the stage that most leave at.

    Raises TR-T306 for what is no break, TR-T305 for a stage that the map does not have.
    """
    given, rows = settings["break"], int(number(settings["rows"]))
    if given is None:
        return Round(itself, _exits, added, lambda found: _looking(frame, Place(int(found[0].argmax()), "exit"), rows))
    stage, _, kind = str(given).partition("/")
    kind = kind or "exit"
    if kind not in KINDS or (kind == "loop" and frame.ready.bound.deal_stage < 0):
        known = ", ".join(f"{name}/exit" for name in frame.ready.bound.stages)
        raise TropaError("TR-T306", name=str(given), known=known)
    place = Place(stage_number(frame.ready, stage), kind)
    if kind == "exit":
        return _looking(frame, place, rows)
    return with_horizon(frame, lambda horizon: _looking(frame, replace(place, horizon=horizon or DAY), rows))


def _exits(part: Asked, first: int, last: int) -> tuple[Longs]:
    """Passes that left by the stage they were last seen at."""
    passes = part.ready.passes
    here = slice(*np.searchsorted(passes.customer, [first, last]))
    gone = (passes.status[here] == EXIT) & (part.customers[passes.customer[here]] != 0)
    return (np.bincount(passes.last_stage[here][gone], minlength=len(part.ready.bound.stages)),)


def _looking(frame: Asked, place: Place, rows: int) -> Round[Sided, Any]:
    def then(view: Any, lots: Mapping[Place, int], eligible: Mapping[Place, int], counts: tuple[Longs, ...]) -> Any:
        plan = plan_of(frame, counts)
        chunk = partial(_seen, place=place, lots=lots[place], plan=plan)
        return Round(view, chunk, _both, lambda found: _told(frame, place, plan, eligible[place], rows, *found))

    return drawing_round((place,), then, counts_of_names)


def _seen(view: Sided, first: int, last: int, *, place: Place, lots: int, plan: Plan) -> tuple[Looked, Said]:
    """What both sides had met, and what they said."""
    return look(view, first, last, place, lots, plan), said_by(view.part, view.sides(first, last, place, lots))


def _both(one: tuple[Looked, Said], other: tuple[Looked, Said]) -> tuple[Looked, Said]:
    return one[0].beside(other[0]), one[1].beside(other[1])


def _told(frame: Asked, place: Place, plan: Plan, eligible: int, most: int, looked: Looked, said: Said) -> Answer:
    looked, quotes = looked.sorted(), tuple(words for _, _, words in said.quotes)
    left, on = int(looked.left.sum()), int((~looked.left).sum())
    stage = f"stage:{frame.ready.bound.stages[place.stage]}"
    facts = {"stage": stage, "kind": place.kind, "left": left, "on": on, "eligible": eligible}
    about = Note(message="measure-note-sides", facts=facts)
    if left < SUPPORT or on < SUPPORT:
        many = left + on >= 2 * SUPPORT and min(left, on) * 10 <= max(left, on)
        lack = CannotTell(cannot_tell="one-side" if many else "too-few", n=left + on)
        return answer_of(DECLARATION, frame, left + on, (), (about,), quotes=quotes, cannot_tell=lack)
    features = features_of(frame, plan, looked)
    tried = hypotheses(features, looked.left)
    adjusted = false_discovery(np.array([one.chance for one in tried]))
    found = [(one, float(q)) for one, q in zip(tried, adjusted, strict=True) if q <= LEVEL]
    rows = sorted((_row(features, one, q) for one, q in found), key=lambda row: -float(row[DIFFERENCE] or 0))[:most]
    rows = _with_words(rows, features, Hearing(said, looked.key)) if rows else rows
    notes = (about, Note(message="measure-note-tried", facts={"n": len(tried), "found": len(found), "level": LEVEL}))
    nothing = CannotTell(cannot_tell="no-difference", n=len(tried)) if not rows else None
    return answer_of(DECLARATION, frame, left + on, rows, notes, quotes=quotes, cannot_tell=nothing)


def hypotheses(features: Features, left: npt.NDArray[np.bool_]) -> list[Tried]:
    """All that is tried. Features that are the same thing, or its opposite, under several names are one; rare ones are not tried.

    Which are the same, and which are rare, is decided without looking at who left: so the tests stay fair. An event that (nearly) all who
    went on had met is a step of the way and no reason; taking such ones out can only make findings fewer.
    """
    support = max(SUPPORT, left.shape[0] // 100)
    having, lacking = ((features.met == side).sum(axis=1, dtype=np.int64) for side in (1, 0))
    enough = np.flatnonzero((having >= support) & (lacking >= support))
    out = []
    for group in _groups(features.met[enough]):
        at = [int(enough[one]) for one in group]
        tables = [_table(features.met[one], left) for one in at]
        a, b, c, d = tables[0]
        if features.names[at[0]].startswith("event:") and b >= STEP * (b + d):
            continue
        # of a thing and its opposite, that one is told which those who left had met
        shown = next((k for k, one in enumerate(tables) if one[0] * one[3] > one[1] * one[2]), 0)
        same = tuple(one for k, one in enumerate(at) if k != shown)
        out.append(Tried(at[shown], same, tables[shown], independence(a, b, c, d)))
    return out


def _table(met: npt.NDArray[np.uint8], left: npt.NDArray[np.bool_]) -> tuple[int, int, int, int]:
    """With it: left, went on; without it: left, went on."""
    a, b, c, d = (int(np.count_nonzero((met == side) & who)) for side in (1, 0) for who in (left, ~left))
    return a, b, c, d


def _groups(met: npt.NDArray[np.uint8]) -> list[list[int]]:
    """Features in groups of the same thing, each led by the first. Correlations are taken over an even choice of the passes."""
    if not len(met):
        return []
    step = max(1, met.shape[1] // MOST_COMPARED)
    part = met[:, ::step]
    known = (part != UNKNOWN).astype(np.float32)
    count = np.maximum(known.sum(axis=1), 1)
    table = np.where(known > 0, part, 0).astype(np.float32)
    table -= known * (table.sum(axis=1) / count)[:, None]
    size = np.sqrt((table * table).sum(axis=1))
    size[size == 0] = 1.0
    both = (known @ known.T) / np.maximum.outer(count, count)
    alike = (np.abs(table @ table.T) / np.outer(size, size) >= SAME) & (both >= SAME)
    leader = np.arange(len(met))
    for one in range(len(met)):
        if leader[one] == one:
            mine = np.flatnonzero(alike[one] & (leader == np.arange(len(met))))
            leader[mine[mine > one]] = one
    return [np.flatnonzero(leader == one).tolist() for one in range(len(met)) if leader[one] == one]


def _row(features: Features, one: Tried, chance: float) -> tuple[Cell, ...]:
    """A finding told so that it goes with leaving: what is met more rarely by those who left is told as not having been met."""
    a, b, c, d = one.table
    having = "with"
    if a * d < b * c:
        having, (a, b, c, d) = "without", (c, d, a, b)
    left, on = a + c, b + d
    return (
        features.names[one.feature], having, a / left, *wilson(a, left), a, left, b / on, *wilson(b, on), b, on,
        *difference(a, left, b, on), *odds_ratio(a, b, c, d), chance, "; ".join(features.names[at] for at in one.same),
    )  # fmt: skip


def _with_words(rows: list[tuple[Cell, ...]], features: Features, heard: Hearing) -> list[tuple[Cell, ...]]:
    """Rows with the words of those who left and had met the reason (or, where it is its lack, had not)."""
    return [
        (*row, heard.beside(features.met[features.names.index(str(row[0]))] == (1 if row[1] == "with" else 0)))
        for row in rows
    ]
