"""What channels contribute to deals, by every usual rule side by side (R-28). Association: only a holdout shows what a channel brings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.model import CannotTell, Unit
from tropa.model.measure import Answer, Cell, Column, Declaration, Note, Parameter, Picture, Setting
from tropa.stats.attribution import removal_shares
from tropa.stats.bootstrap import BUCKETS, bucket_of, bucket_weights, percentile_interval
from tropa.trail.kernels.attribution import DECAY, FIRST, LAST, LINEAR, POSITION, RULES, SETS, TOUCHED, attribute
from tropa.trail.measures.asked import Asked, answer_of, micros
from tropa.trail.measures.paths import stops
from tropa.trail.passes import DONE, EXIT
from tropa.trail.rounds import Round, added, run
from tropa.trail.slices import fixed

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


def answer(asked: Asked, settings: Mapping[str, Setting]) -> Answer:
    """Shares of the deals by channel, those with the largest removal effect first. Deals without any known channel are left out."""
    ready, passes, tape = asked.ready, asked.ready.passes, asked.ready.tape
    names, codes = _channels(asked)
    if not names:
        return answer_of(DECLARATION, asked, 0, (), cannot_tell=CannotTell(cannot_tell="too-few", n=0))
    won = np.full(len(passes), 2, np.uint8)
    mine = asked.customers[passes.customer] != 0
    won[mine & (passes.status == DONE)] = 1
    won[mine & (passes.status == EXIT)] = 0
    until = np.where(passes.status == DONE, passes.deal, passes.end)
    bucket = bucket_of(len(tape.customers))[passes.customer]
    args: Any = (
        fixed(passes.first_event, np.int64), fixed(stops(ready), np.int64), fixed(tape.time, np.int64),
        fixed(until, np.int64), fixed(won), codes, fixed(bucket), float(micros(settings["half-life"])),
    )  # fmt: skip
    size = len(names)

    def chunk(first: int, last: int) -> tuple[Any, ...]:
        part = slice(*np.searchsorted(passes.customer, [first, last]))
        credit, chain = np.zeros((BUCKETS, RULES, size)), np.zeros((BUCKETS, size + 1, size + 2), np.int64)
        deals = np.zeros(BUCKETS, np.int64)
        rest: Any = (*args, credit, chain, deals)
        attribute(part.start, part.stop, *rest)
        return credit, chain, deals

    done = int((won == 1).sum())
    result: Answer = run(Round(chunk, added, lambda found: _told(asked, names, done, *found)), tape.offsets)
    return result


def _channels(asked: Asked) -> tuple[tuple[str, ...], npt.NDArray[np.uint16]]:
    """The channels that occur, the most frequent ones by name and the rest as one; and their number + 1 by event (0: none)."""
    column = asked.ready.tape.channel
    counts = np.bincount(column.codes, minlength=len(column.names))
    counts[0] = 0
    kept = [int(code) for code in np.argsort(-counts, kind="stable") if counts[code]]
    table = np.zeros(len(column.names), np.uint16)
    names = [column.names[code] for code in kept[:MOST]]
    table[kept[:MOST]] = np.arange(1, len(names) + 1, dtype=np.uint16)
    if len(kept) > MOST:
        names.append("mark:other")
        table[kept[MOST:]] = len(names)
    return tuple(names), fixed(table[column.codes], np.uint16)


def _told(asked: Asked, names: tuple[str, ...], done: int, credit: Floats, chain: Any, deals: Any) -> Answer:
    total = int(deals.sum())
    if not total:
        return answer_of(DECLARATION, asked, 0, (), cannot_tell=CannotTell(cannot_tell="no-deal"))
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
    return answer_of(DECLARATION, asked, total, rows, notes)


def _shares(credit: Floats, deals: Floats, chain: Any) -> dict[str, Floats]:
    """Shares by rule, (replicates, channels).

    The value of a set of channels is the deals whose channels all lie in it. That game is a sum of unanimity games, one for each deal, so
    its Shapley value gives each deal in equal parts to its different channels (Shapley 1953).
    """
    base = np.maximum(np.asarray(deals, dtype=np.float64), 1e-12)[:, None]
    out = {name: credit[:, rule] / base for name, rule in SHARED.items()}
    return out | {"markov": removal_shares(chain.astype(np.float64))}
