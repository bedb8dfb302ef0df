"""What channels contribute to deals, by every usual rule side by side (R-28). Association: only a holdout shows what a channel brings."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.model import CannotTell, Unit
from tropa.model.measure import Answer, Cell, Column, Declaration, Note, Parameter, Picture, Setting
from tropa.stats.attribution import removal_shares
from tropa.stats.bootstrap import BUCKETS, bucket_weights, percentile_interval
from tropa.trail.kernels.attribution import DECAY, FIRST, LAST, LINEAR, POSITION, RULES, SETS, TOUCHED, UNIT, attribute
from tropa.trail.measures.asked import Asked, answer_of, micros
from tropa.trail.passes import DONE, EXIT, event_stops
from tropa.trail.rounds import Round, added, itself
from tropa.trail.slices import fixed
from tropa.trail.tape import Longs

MOST = 30
REPLICATES, SEED = 300, 20_261_128
SHARED = {"first": FIRST, "last": LAST, "linear": LINEAR, "decay": DECAY, "position": POSITION, "shapley": SETS}
NAMES = ("first", "last", "linear", "decay", "position", "markov", "shapley")


def _columns() -> tuple[Column, ...]:
    out = [Column(id="channel", kind="channel"), Column(id="touched", kind="count")]
    for name in NAMES:
        out.append(Column(id=name, kind="share", low=f"{name}_low", high=f"{name}_high"))
        out += [Column(id=f"{name}_low", kind="share", aside=True), Column(id=f"{name}_high", kind="share", aside=True)]
    return tuple(out)


DECLARATION = Declaration(
    id="channels",
    unit=Unit.PASSES,
    parameters=(Parameter(id="half-life", kind="duration", default="7d"),),
    picture=Picture(kind="bars", x="channel", value="markov"),
    columns=_columns(),
    definition="channels",
)
Floats = npt.NDArray[np.float64]


def rounds(frame: Asked, settings: Mapping[str, Setting]) -> Any:
    """Shares of the deals by channel, those with the largest removal effect first. Deals without any known channel are left out."""
    half_life = float(micros(settings["half-life"]))

    def then(found: tuple[Longs]) -> Any:
        names, table = _named(frame.ready.tape.channel.names, found[0])
        if not names:
            return answer_of(DECLARATION, frame, 0, (), cannot_tell=CannotTell(cannot_tell="too-few", n=0))
        chunk = partial(_credited, table=table, channels=len(names), half_life=half_life)
        return Round(itself, chunk, added, lambda found: _told(frame, names, *found))

    return Round(itself, _counted, added, then)


def _counted(part: Asked, first: int, last: int) -> tuple[Longs]:
    """Events by channel."""
    column, offsets = part.ready.tape.channel, part.ready.tape.offsets
    return (np.bincount(column.codes[offsets[first] : offsets[last]], minlength=len(column.names)),)


def _named(known: tuple[str, ...], counts: Longs) -> tuple[tuple[str, ...], npt.NDArray[np.uint16]]:
    """The channels that occur, the most frequent ones by name and the rest as one; and their number + 1 by code (0: none)."""
    counts = counts.copy()
    counts[0] = 0
    kept = [int(code) for code in np.argsort(-counts, kind="stable") if counts[code]]
    table = np.zeros(len(known), np.uint16)
    names = [known[code] for code in kept[:MOST]]
    table[kept[:MOST]] = np.arange(1, len(names) + 1, dtype=np.uint16)
    if len(kept) > MOST:
        names.append("mark:other")
        table[kept[MOST:]] = len(names)
    return tuple(names), table


def _credited(
    part: Asked, first: int, last: int, *, table: npt.NDArray[np.uint16], channels: int, half_life: float
) -> tuple[Longs, Longs, Longs, int]:
    """Credits by bucket, rule and channel (256, rules, C), the chain by bucket, deals by bucket, and deals with a channel or without."""
    ready, passes, tape = part.ready, part.ready.passes, part.ready.tape
    here = slice(*np.searchsorted(passes.customer, [first, last]))
    events = slice(int(tape.offsets[first]), int(tape.offsets[last]))
    customer, status = passes.customer[here], passes.status[here]
    won = np.full(len(customer), 2, np.uint8)
    mine = part.customers[customer] != 0
    won[mine & (status == DONE)] = 1
    won[mine & (status == EXIT)] = 0
    credit = np.zeros((BUCKETS, RULES, channels), np.int64)
    chain, deals = np.zeros((BUCKETS, channels + 1, channels + 2), np.int64), np.zeros(BUCKETS, np.int64)
    rest: Any = (
        fixed(passes.first_event[here] - events.start, np.int64), fixed(event_stops(passes, tape.offsets, here) - events.start, np.int64),
        fixed(tape.time[events], np.int64), fixed(np.where(status == DONE, passes.deal[here], passes.end[here]), np.int64),
        fixed(won), fixed(table[tape.channel.codes[events]], np.uint16), fixed(ready.buckets[customer]), half_life, credit, chain, deals,
    )  # fmt: skip
    attribute(0, len(customer), *rest)
    return credit, chain, deals, int((won == 1).sum())


def _told(frame: Asked, names: tuple[str, ...], given: Longs, chain: Longs, deals: Longs, done: int) -> Answer:
    total, credit = int(deals.sum()), given / UNIT
    if not total:
        return answer_of(DECLARATION, frame, 0, (), cannot_tell=CannotTell(cannot_tell="no-deal"))
    weights = bucket_weights(REPLICATES, SEED)
    by_rule = _shares(credit.sum(axis=0)[None], deals.sum()[None], chain.sum(axis=0)[None])
    drawn = _shares(
        np.einsum("rb,bkc->rkc", weights, credit),
        weights @ deals,
        np.einsum("rb,bij->rij", weights, chain.astype(float)),
    )
    touched = credit.sum(axis=0)[TOUCHED]
    order = np.lexsort((np.arange(len(names)), -by_rule["markov"][0]))
    rows: list[tuple[Cell, ...]] = []
    for k in order.tolist():
        if not touched[k]:
            continue
        row: list[Cell] = [names[k], int(touched[k])]
        for name in NAMES:
            value = float(by_rule[name][0, k])
            row += [value, *percentile_interval(value, drawn[name][:, k])]
        rows.append(tuple(row))
    notes = [Note(message="measure-note-channels", facts={"n": total})]
    if done > total:
        notes.append(Note(message="measure-note-no-channel", facts={"n": done - total}))
    return answer_of(DECLARATION, frame, total, rows, notes)


def _shares(credit: Floats, deals: Floats, chain: Any) -> dict[str, Floats]:
    """Shares by rule, (replicates, channels).

    The value of a set of channels is the deals whose channels all lie in it. That game is a sum of unanimity games, one for each deal, so
    its Shapley value gives each deal in equal parts to its different channels (Shapley 1953).
    """
    base = np.maximum(np.asarray(deals, dtype=np.float64), 1e-12)[:, None]
    out = {name: credit[:, rule] / base for name, rule in SHARED.items()}
    return out | {"markov": removal_shares(chain.astype(np.float64))}
