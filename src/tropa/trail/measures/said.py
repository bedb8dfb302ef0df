"""What both sides of a break said in their own words, and the words that stand beside a reason (R-25). Masked at import."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.feedback.telling import Vocabulary
from tropa.trail.measures.asked import Asked
from tropa.trail.measures.sides import Sides
from tropa.trail.tape import Longs

MOST_HEARD = 4_000
"""Texts of either side that are looked at; of more, those whose customers' keys are the smallest."""
QUOTES, BESIDE = 8, 3
"""Words shown of all who left, and beside a reason."""
LONGEST = 200
"""Letters of words beside a reason; longer ones are cut, and it is marked."""
Bools = npt.NDArray[np.bool_]
_COLUMNS: Mapping[str, Any] = {
    "key": np.uint64,
    "place": np.int64,
    "left": np.bool_,
    "score": np.float64,
    "text": object,
}
Quotes = list[tuple[float, int, str]]
"""(score, minus the length, words): the first of them are shown."""


@dataclass(frozen=True, slots=True)
class Said:
    """Texts of the compared passes, in no order: `key` whose (as `Sides.key`), `place` the how-manyeth event of the pass, `left` the side,
    `score` (0.5: none was given), `text`. At most `MOST_HEARD` of a side. `quotes`: words of all who left, the unhappiest first."""

    key: npt.NDArray[np.uint64]
    place: Longs
    left: Bools
    score: npt.NDArray[np.float64]
    text: npt.NDArray[np.object_]
    quotes: Quotes

    def beside(self, other: Said) -> Said:
        """What both heard."""
        both = {name: np.concatenate([getattr(self, name), getattr(other, name)]) for name in _COLUMNS}
        return bounded(Said(**both, quotes=_unhappiest([*self.quotes, *other.quotes])))


def bounded(said: Said) -> Said:
    """The same in the order of keys and places, cut to what is looked at."""
    order = np.lexsort((said.place, said.key))
    left = said.left[order]
    kept = order[np.where(left, np.cumsum(left), np.cumsum(~left)) <= MOST_HEARD]
    return Said(**{name: getattr(said, name)[kept] for name in _COLUMNS}, quotes=said.quotes)


def said_by(part: Asked, sides: Sides) -> Said:
    """The texts of those who left within their pass, and those of who went on up to where they did."""
    texts = part.ready.tape.texts
    if not len(sides.units) or "event" not in texts or not len(texts["event"]):
        return Said(**{name: np.zeros(0, kind) for name, kind in _COLUMNS.items()}, quotes=[])
    event, text = np.asarray(texts["event"]), texts["text"]
    order = np.argsort(sides.begin, kind="stable")
    begin, left = sides.begin[order], sides.left[order]
    stop = np.where(left, sides.stop[order], sides.leave[order])
    at = np.searchsorted(begin, event, side="right") - 1
    spots = np.flatnonzero((at >= 0) & (event < stop[np.maximum(at, 0)]))
    told = np.array([str(text[spot]).strip() for spot in spots.tolist()], object)
    some = np.array([bool(one) for one in told], np.bool_)
    spots, told = spots[some], told[some]
    unit = at[spots]
    score = np.nan_to_num(part.ready.tape.score[event[spots]], nan=0.5).astype(np.float64)
    mine = left[unit]
    found = ((float(felt), -len(words), words) for felt, words in zip(score[mine], told[mine], strict=True))
    return bounded(
        Said(sides.key[order][unit], (event[spots] - begin[unit]).astype(np.int64), mine, score, told, _unhappiest(found))
    )  # fmt: skip


def _unhappiest(said: Iterable[tuple[float, int, str]]) -> Quotes:
    """The first few different ones: by score, then the longest."""
    out: Quotes = []
    known: set[str] = set()
    for one in sorted(said):
        if one[2] not in known:
            known.add(one[2])
            out.append(one)
        if len(out) == QUOTES:
            break
    return out


class Hearing:
    """Chooses the words beside each reason. `keys`: of the compared passes, rising (as the columns of what they had met)."""

    def __init__(self, said: Said, keys: npt.NDArray[np.uint64]) -> None:
        self._said = said
        self._unit = np.searchsorted(keys, said.key)
        self._words = Vocabulary([str(one) for one in said.text])

    def beside(self, having: Bools) -> str | None:
        """Words of customers who left and had met it (`having`, by pass), the most telling first, each on a line of its own; None: they
        said nothing. Telling: said by these, and neither by those who went on nor by those who left without it; then the unhappiest."""
        said = self._said
        mine = said.left & having[self._unit] if len(said.key) else said.left
        if not mine.any():
            return None
        score, length = self._words.telling(mine), np.array([len(one) for one in said.text])
        out: list[str] = []
        whose: set[int] = set()
        for at in np.lexsort((-length, said.score, -score)).tolist():
            text = _short(str(said.text[at]))
            if mine[at] and text not in out and int(said.key[at]) not in whose:
                out.append(text)
                whose.add(int(said.key[at]))
            if len(out) == BESIDE:
                break
        return "\n".join(out)


def _short(text: str) -> str:
    """On one line, cut where it is long; a mark says so."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
