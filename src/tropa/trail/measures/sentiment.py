"""The mood of customers' texts by stage and touchpoint: by their scores, else told by a model of the user's own rated texts (R-30)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.model import CannotTell, Unit
from tropa.model.measure import Answer, Cell, Column, Declaration, Note, Parameter, Picture, Setting
from tropa.stats.bootstrap import BUCKETS, bucket_weights
from tropa.stats.intervals import wilson_of
from tropa.stats.mixing import plain_shares, sharpness, told_given_kind, true_shares
from tropa.stats.moods import UNKNOWN
from tropa.stats.normal import normal_quantile
from tropa.trail.feedback.tellers import KINDS, NEGATIVE, POSITIVE, TOLD, Teller, kind_of, tellers_of
from tropa.trail.feedback.texts import LEVELS, Floats, Place, Texts, places_of, with_texts
from tropa.trail.measures.asked import Asked, answer_of
from tropa.trail.tape import Longs

SEED, REPLICATES = 20_261_130, 300
LEAST_TEXTS, LEAST_CUSTOMERS = 10, 5
DECLARATION = Declaration(
    id="sentiment",
    unit=Unit.ANSWERS,
    parameters=(Parameter(id="level", kind="choice", choices=LEVELS, default="stages"),),
    picture=Picture(kind="bars", x="place", value="negative"),
    columns=(
        Column(id="place", kind="state"),
        Column(id="negative", kind="share", low="negative_low", high="negative_high", part="negatives", whole="known"),
        Column(id="negative_low", kind="share", aside=True),
        Column(id="negative_high", kind="share", aside=True),
        Column(id="negatives", kind="count", aside=True),
        Column(id="positive", kind="share", low="positive_low", high="positive_high", part="positives", whole="known"),
        Column(id="positive_low", kind="share", aside=True),
        Column(id="positive_high", kind="share", aside=True),
        Column(id="positives", kind="count", aside=True),
        Column(id="known", kind="count", aside=True),
        Column(id="texts", kind="count"),
        Column(id="measured", kind="count"),
        Column(id="predicted", kind="count"),
        Column(id="untold", kind="count"),
        Column(id="customers", kind="count"),
    ),
    definition="sentiment",
    slow=True,
)


@dataclass(frozen=True, slots=True)
class Shares:
    """Moods of some texts: by draw (first as they are) how many of each kind (draws, 3), cut to what can be and not cut (`plain`); how
    many independent texts the share of each kind is worth; by kind those told by a list of which nobody knows how often it errs."""

    kinds: Floats
    plain: Floats
    worth: Floats
    unchecked: Floats
    customers: int

    @property
    def counts(self) -> Floats:
        """How many of each kind, as they are."""
        return np.asarray(self.kinds[0] + self.unchecked)

    def share(self, kind: int) -> tuple[float, float, float]:
        """The share of a kind and its interval. What nobody has checked may be of any kind, so the interval goes from none of it to all.

        Source: Manski, Nonparametric bounds on treatment effects (1990).
        """
        known, guessed = float(self.kinds[0].sum()), float(self.unchecked.sum())
        low, high = self._interval(kind) if known else (0.0, 0.0)
        whole = known + guessed
        return float(self.counts[kind]) / whole, low * known / whole, (high * known + guessed) / whole

    def _interval(self, kind: int) -> tuple[float, float]:
        """Of what is known: Wilson's for as many texts as carry news, be it for clusters or for mistakes of telling.

        Near 0 and 1 shares that are cut vary too little: it also holds the normal interval of the share that is not cut.
        """
        whole = self.kinds.sum(axis=1)
        n = float(whole[0])
        share = float(self.kinds[0, kind] / n)
        there = whole[1:] > 0
        spread, loose = (
            float((some[1:, kind][there] / whole[1:][there]).var()) if there.any() else 0.0
            for some in (self.kinds, self.plain)
        )
        inner = (share * n + 1) / (n + 2)
        trials = min(float(self.worth[kind]), inner * (1 - inner) / spread if spread > 0 else n)
        if share < 1e-6 or share > 1 - 1e-6:  # what varies when it is cut at its end says nothing
            trials = min(float(self.worth[kind]), self.customers)
        low, high = wilson_of(share, max(trials, 1.0))
        middle, half = float(self.plain[0, kind] / n), normal_quantile(0.975) * sqrt(loose)
        if (
            loose > spread
        ):  # some were told: their mistakes spread a share near 0 to both sides alike, as Wilson's interval does not
            low, high = min(low, middle - half), max(high, middle + half)
        return max(0.0, min(low, share)), min(1.0, max(high, share))


def rounds(frame: Asked, settings: Mapping[str, Setting]) -> Any:
    """Share of negative and positive texts, everywhere and by place. Raises TR-T361 where a package of the extra `feedback` is missing."""
    level = str(settings["level"])
    return with_texts(lambda texts: _told(frame, texts, level))


def _told(frame: Asked, texts: Texts, level: str) -> Answer:
    if len(texts) < LEAST_TEXTS or texts.customer.max(initial=-1) + 1 < LEAST_CUSTOMERS:
        few_texts = CannotTell(cannot_tell="too-few", n=len(texts))
        return answer_of(DECLARATION, frame, len(texts), (), cannot_tell=few_texts)
    tellers = tellers_of(texts)
    told = np.full(len(texts), UNKNOWN, np.int64)
    for teller in tellers:
        told[texts.language == teller.language] = teller.told
    weights = np.concatenate([np.ones((1, BUCKETS)), bucket_weights(REPLICATES, SEED)])
    rows, few = list[tuple[Cell, ...]](), 0
    for place in places_of(frame.ready, texts, level):
        row = _row(texts, tellers, told, place, weights)
        few += row is None
        rows += [] if row is None else [row]
    notes = [note for teller in tellers for note in _about(teller)]
    if (~texts.rated).any():
        notes.append(Note(message="measure-note-mood-alike"))
    if few:
        notes.append(Note(message="measure-note-few-customers", facts={"n": few, "least": LEAST_CUSTOMERS}))
    if texts.all > len(texts):
        notes.append(Note(message="measure-note-texts-sampled", facts={"n": len(texts), "all": texts.all}))
    lack = None if rows else CannotTell(cannot_tell="no-mood", n=len(texts))
    return answer_of(DECLARATION, frame, len(texts), rows, notes, cannot_tell=lack)


def _row(texts: Texts, tellers: list[Teller], told: Longs, place: Place, weights: Floats) -> tuple[Cell, ...] | None:
    """A row, or None where too few customers have a text whose mood is known."""
    name, here = place
    found = shares_of(texts, tellers, told, here, weights)
    if found is None or found.customers < LEAST_CUSTOMERS:
        return None
    bad, good = found.share(NEGATIVE), found.share(POSITIVE)
    rated = here & texts.rated
    predicted = int((here & ~rated & (told != UNKNOWN)).sum())
    measured, whole = int(rated.sum()), int(here.sum())
    return (
        name, *bad, round(found.counts[NEGATIVE]), *good, round(found.counts[POSITIVE]), round(found.counts.sum()),
        whole, measured, predicted, whole - measured - predicted, len(np.unique(texts.customer[here])),
    )  # fmt: skip


def shares_of(
    texts: Texts, tellers: list[Teller], told: Longs, here: npt.NDArray[np.bool_], weights: Floats
) -> Shares | None:
    """The moods of the texts `here`: scores as they are, told ones set right by how the teller errs; None where nothing is known of any.

    `weights` (draws, 256): how often each bucket of customers counts, first all once; texts and the teller's check are drawn together.
    """
    rated = here & texts.rated
    measured = np.zeros((BUCKETS, KINDS))
    np.add.at(measured, (texts.bucket[rated], kind_of(texts.score[rated])), 1)
    kinds, worth, known = weights @ measured, np.full(KINDS, float(rated.sum())), rated.copy()
    plain, unchecked = kinds.copy(), np.zeros(KINDS)
    for teller in tellers:
        if teller.how not in ("trained", "listed"):
            continue
        mine = here & ~texts.rated & (texts.language == teller.language)
        if teller.confused is None:
            mine &= told != UNKNOWN
        known |= mine
        if teller.confused is None:
            unchecked += np.bincount(told[mine], minlength=KINDS)
            continue
        counts = np.zeros((BUCKETS, TOLD))
        np.add.at(counts, (texts.bucket[mine], np.where(told[mine] == UNKNOWN, KINDS, told[mine])), 1)
        drawn = weights @ counts
        there = np.flatnonzero(teller.confused.sum(axis=(0, 2)))
        matrix = told_given_kind(np.einsum("rb,bkt->rkt", weights, teller.confused[:, there].astype(np.float64)))
        whole = drawn.sum(axis=1, keepdims=True)
        kinds[:, there] += true_shares(drawn, matrix) * whole
        plain[:, there] += plain_shares(drawn, matrix) * whole
        columns = [*there.tolist(), KINDS]
        for at, kind in enumerate(there.tolist()):
            worth[kind] += mine.sum() * sharpness(matrix[0][:, columns], at) ** 2
    if not known.any():
        return None
    return Shares(kinds, plain, worth, unchecked, len(np.unique(texts.customer[known])))


def _about(teller: Teller) -> list[Note]:
    """How the moods of a language were told, and how right that is on texts that were held out."""
    facts: dict[str, Any] = {"lang": teller.language, "rated": teller.rated}
    check = teller.check
    if check is None or not check.told:
        return [Note(message=f"measure-note-mood-{teller.how}", facts=facts)]
    share = {
        "right": check.right / check.told,
        "low": check.low,
        "high": check.high,
        "base": check.base,
        "told": check.told / check.n,
    }
    for name, kind in (("negative", NEGATIVE), ("positive", POSITIVE)):
        share |= {f"{name}_found": check.found[kind] or 0.0, f"{name}_sure": check.sure[kind] or 0.0}
    facts |= {"checked": check.n} | {key: round(100 * value) for key, value in share.items()}
    notes = [Note(message=f"measure-note-mood-{teller.how}-checked", facts=facts)]
    if teller.how != "useless":
        notes.append(Note(message="measure-note-mood-kinds", facts=facts))
    return notes
