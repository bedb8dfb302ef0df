"""Customers' texts of the chosen passes, collected from the parts of a log in an order that hangs on nothing but the log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from tropa.trail.bind import NO_POINT, NO_STAGE
from tropa.trail.feedback.words import LONGEST, language
from tropa.trail.filters import events_of
from tropa.trail.numbers import hashed, numbers_of
from tropa.trail.prepare import Prepared
from tropa.trail.rounds import Round, added, joined
from tropa.trail.tape import Longs

if TYPE_CHECKING:
    from tropa.trail.measures.asked import Asked

MOST_TEXTS = 20_000
"""Of more texts those of some customers are taken, chosen by a hash of who they are."""
NOWHERE = -1
Words = npt.NDArray[np.object_]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spoken:
    """The texts of a part: their events (rising), words, and scores (NaN: none)."""

    part: Asked
    event: Longs
    text: Words
    score: Floats


@dataclass(frozen=True, slots=True)
class Texts:
    """Collected texts, by customer and in their order. `all`: how many the log has; `score` NaN: none; `stage`, `point`: index or −1.

    `customer`: 0…, in the order of their numbers; `key`: a mixed number of the customer; `bucket`: what is drawn together for intervals.
    """

    all: int
    customer: Longs
    key: npt.NDArray[np.uint64]
    bucket: Longs
    stage: Longs
    point: Longs
    score: Floats
    text: Words
    language: npt.NDArray[np.str_]

    @property
    def rated(self) -> npt.NDArray[np.bool_]:
        """Which texts came with a score."""
        return ~np.isnan(self.score)

    def __len__(self) -> int:
        return len(self.text)


def with_texts(then: Callable[[Texts], Any]) -> Round[Spoken, Any]:
    """Two rounds: how many texts there are, and those that are looked at. No text leaves its part that is not looked at."""

    def take(found: tuple[Longs]) -> Any:
        every = int(found[0][0])
        share = min(1.0, MOST_TEXTS / max(every, 1))
        return Round(spoken_of, partial(_taken, share=share), joined, lambda rows: then(_ordered(every, *rows)))

    return Round(spoken_of, _counted, added, take)


def spoken_of(part: Asked) -> Spoken:
    """The texts of the chosen customers within the chosen passes. A score counts where answers do (see `find_answers`)."""
    ready = part.ready
    texts = ready.tape.texts
    nothing = Spoken(part, np.zeros(0, np.int64), np.zeros(0, object), np.zeros(0))
    if "event" not in texts or not len(texts["event"]) or not len(ready.tape.customers):
        return nothing
    event = np.asarray(texts["event"], np.int64)
    customer = np.searchsorted(ready.tape.offsets, event, side="right") - 1
    here = part.customers[customer] != 0
    if ready.part is not None:
        here &= events_of(ready.part.whole, ready.part.which)[event]
    event, words = event[here], np.asarray(texts["text"], object)[here]
    score = ready.tape.score[event].astype(np.float64)
    if ready.map.scores:
        score = np.where(np.isin(event, part.answers.event), score, np.nan)
    text = np.array([str(one)[:LONGEST].strip() for one in words], object)
    there = np.array([bool(one) for one in text], np.bool_)
    return Spoken(part, event[there], text[there], score[there])


def _here(view: Spoken, first: int, last: int) -> slice:
    offsets = view.part.ready.tape.offsets
    return slice(*(int(at) for at in np.searchsorted(view.event, [offsets[first], offsets[last]])))


def _counted(view: Spoken, first: int, last: int) -> tuple[Longs]:
    here = _here(view, first, last)
    return (np.array([here.stop - here.start], np.int64),)


def _taken(view: Spoken, first: int, last: int, *, share: float) -> tuple[Any, ...]:
    """By text: the customer's number, place among the customer's events, bucket, stage, touchpoint, score, words."""
    ready, here = view.part.ready, _here(view, first, last)
    event = view.event[here]
    customer = np.searchsorted(ready.tape.offsets, event, side="right") - 1
    number = numbers_of(ready.tape)[customer]
    drawn = hashed(number) <= np.uint64(min(int(share * 2**64), 2**64 - 1))
    event, customer = event[drawn], customer[drawn]
    cells = ready.bound.cells
    stage, point = cells.stage_at(event).astype(np.int64), cells.point_at(event).astype(np.int64)
    return (
        number[drawn], event - ready.tape.offsets[customer], ready.buckets[customer].astype(np.int64),
        np.where(stage == NO_STAGE, NOWHERE, stage), np.where(point == NO_POINT, NOWHERE, point),
        view.score[here][drawn], view.text[here][drawn],
    )  # fmt: skip


def _ordered(
    every: int, number: Any, place: Longs, bucket: Longs, stage: Longs, point: Longs, score: Floats, text: Words
) -> Texts:
    order = np.lexsort((place, number))
    customer = np.unique(number[order], return_inverse=True)[1].astype(np.int64)
    tongue = np.array([language(str(one)) for one in text[order]], np.str_)
    return Texts(
        every, customer, hashed(number[order]), bucket[order], stage[order], point[order], score[order], text[order], tongue
    )  # fmt: skip


Place = tuple[str, npt.NDArray[np.bool_]]
LEVELS = ("whole", "stages", "touchpoints")
EVERYWHERE = "mark:everywhere"


def places_of(ready: Prepared, texts: Texts, level: str) -> list[Place]:
    """Everything, then the stages or touchpoints that texts are of, in the map's order: name, and which texts."""
    out: list[Place] = [(EVERYWHERE, np.ones(len(texts), np.bool_))]
    if level == "stages":
        out += [(f"stage:{name}", texts.stage == k) for k, name in enumerate(ready.bound.stages)]
    elif level == "touchpoints":
        out += [(f"point:{name}", texts.point == k) for k, (_, name) in enumerate(ready.bound.points)]
    return [one for one in out if one[1].any()]
