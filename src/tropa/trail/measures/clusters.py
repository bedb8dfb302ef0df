"""Found segments: customers with like trajectories, whether they are really there, and what they are like (R-29)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.model import CannotTell, Unit
from tropa.model.measure import Answer, Cell, Column, Declaration, Note, Parameter, Picture, Setting
from tropa.stats.bootstrap import BUCKETS, bucket_weights, percentile_interval
from tropa.stats.clusters import Groups, find_groups
from tropa.trail.kernels.features import edges_of, features
from tropa.trail.measures.asked import Asked, answer_of, number
from tropa.trail.measures.buyers import wealth_of
from tropa.trail.measures.columns import ranged, rate, share_cells
from tropa.trail.measures.states import LEVELS, States, Walks, with_states
from tropa.trail.numbers import hashed, numbers_of
from tropa.trail.rounds import Round, added, joined
from tropa.trail.slices import fixed
from tropa.trail.tape import Longs

SAMPLE = 10_000
"""Groups are found among so many customers, chosen by a hash of who they are; then everybody is put into one."""
STEPS = 24
"""The most frequent steps from state to state that customers are described by, beside the states."""
MOST, SEED, REPLICATES = 8, 20_261_128, 300
BLOCK = 8_192
"""So many customers at once are described as numbers."""
Counts = npt.NDArray[np.int32]
TOLD = 3
DIFFERENT = 0.1
"""A state is told of a group that meets it so much more or less often (share of customers) than the others do."""
_STATES = tuple(f"{way}_{k}" for way in ("often", "seldom") for k in range(1, TOLD + 1))
DECLARATION = Declaration(
    id="clusters",
    unit=Unit.CUSTOMERS,
    parameters=(
        Parameter(id="level", kind="choice", choices=LEVELS, default="touchpoints"),
        Parameter(id="groups", kind="number", optional=True, least=2, most=MOST),
    ),
    picture=Picture(kind="bars", x="cluster", value="share"),
    columns=(
        Column(id="cluster", kind="state"),
        *ranged("share", part="customers", whole="whole"),
        Column(id="customers", kind="count"),
        Column(id="whole", kind="count", aside=True),
        *(Column(id=name, kind="state") for name in _STATES),
        Column(id="visits", kind="number"),
        *ranged("buying", part="buyers", whole="customers"),
        Column(id="buyers", kind="count", aside=True),
        *ranged("worth", "money"),
        Column(id="again", kind="share"),
    ),
    definition="clusters",
    slow=True,
)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What customers are described by: the states, and after them the steps. `edge` int64 (S, S): columns of steps, −1 for none."""

    states: States
    edge: Longs
    columns: int


def rounds(frame: Asked, settings: Mapping[str, Setting]) -> Any:
    """Groups, the largest first. With `groups`: just so many; else as few as are stable and nearly as far apart as any number of them."""
    level = str(settings["level"])
    wanted = None if settings["groups"] is None else int(number(settings["groups"]))
    view = partial(Walks, level=level)

    def walk(states: States) -> Any:
        def steps(found: tuple[Longs, Longs]) -> Any:
            shape, customers = _shape(states, found[0]), int(found[1].sum())
            if customers < 40:
                return answer_of(
                    DECLARATION, frame, customers, (), cannot_tell=CannotTell(cannot_tell="too-few", n=customers)
                )
            sample = partial(_sampled, shape=shape, share=min(1.0, SAMPLE / customers))
            return Round(view, sample, joined, lambda rows: _grouped(frame, view, shape, wanted, customers, rows))

        return Round(view, partial(_edges, states=states), added, steps)

    return with_states(frame, view, level, walk)


def _edges(view: Walks, first: int, last: int, *, states: States) -> tuple[Longs, Longs]:
    """Steps between states (S, S), and chosen customers with passes (1)."""
    size = len(states.names)
    out = np.zeros((size, size), np.int64)
    rest: Any = (view.offsets, view.states(first, last, states), fixed(view.begins), view.part.customers, out)
    edges_of(first, last, *rest)
    return out, np.array([int(_there(view, first, last).sum())])


def _there(view: Walks, first: int, last: int) -> npt.NDArray[np.bool_]:
    """Which customers of a slice are chosen and have a pass that counts."""
    passes, out = view.part.ready.passes, np.zeros(last - first, np.bool_)
    here = slice(*(int(at) for at in np.searchsorted(passes.customer, [first, last])))
    out[passes.customer[here] - first] = True
    chosen = view.part.customers[first:last] != 0
    return np.asarray(out & chosen)


def _shape(states: States, edges: Longs) -> _Shape:
    size = len(states.names)
    order = np.argsort(-edges.ravel(), kind="stable")[:STEPS]
    kept = [int(at) for at in order if edges.ravel()[at] > 0]
    edge = np.full((size, size), -1, np.int64)
    for k, at in enumerate(kept):
        edge[at // size, at % size] = size + k
    return _Shape(states, edge, size + len(kept))


def _described(view: Walks, first: int, last: int, shape: _Shape, whose: Longs) -> Counts:
    """What some customers of a slice did, (customers, columns)."""
    out = np.zeros((len(whose), shape.columns), np.int32)
    states = view.states(first, last, shape.states)
    rest: Any = (fixed(whose, np.int64), view.offsets, states, fixed(view.begins), fixed(shape.edge), out)
    features(*rest)
    return out


def _sampled(view: Walks, first: int, last: int, *, shape: _Shape, share: float) -> tuple[Any, Counts]:
    """Numbers of the customers drawn, and what they did."""
    numbers = numbers_of(view.part.ready.tape)[first:last]
    drawn = _there(view, first, last) & (hashed(numbers) <= np.uint64(min(int(share * 2**64), 2**64 - 1)))
    return numbers[drawn], _described(view, first, last, shape, np.flatnonzero(drawn) + first)


def _space(counts: Counts, states: int) -> npt.NDArray[np.float64]:
    """Counts as they are compared: roots of the shares of states and of steps, so that it matters what customers do, not how much.

    Distances are then Hellinger's, which rare things cannot rule. Source: Legendre and Gallagher, Oecologia 129 (2001).
    """
    out = np.zeros(counts.shape)
    for part in (slice(0, states), slice(states, None)):
        whole = counts[:, part].sum(axis=1, keepdims=True)
        out[:, part] = np.sqrt(counts[:, part] / np.maximum(whole, 1))
    return out


def _grouped(
    frame: Asked, view: Any, shape: _Shape, wanted: int | None, customers: int, rows: tuple[Any, Counts]
) -> Any:
    order = np.argsort(rows[0], kind="stable")
    groups = find_groups(_space(rows[1][order], len(shape.states.names)), SEED, MOST, wanted)
    if groups is None:
        return answer_of(
            DECLARATION, frame, customers, (), cannot_tell=CannotTell(cannot_tell="no-groups", n=customers)
        )
    chunk = partial(_counted, shape=shape, groups=groups)
    return Round(view, chunk, added, lambda found: _told(frame, shape, groups, customers, *found))


def _counted(view: Walks, first: int, last: int, *, shape: _Shape, groups: Groups) -> tuple[Longs, Longs]:
    """By bucket and group (256, G, 6): customers, buyers, deals, their value, entries of states, repeat buyers.

    By group and state (G, S): customers who met it.
    """
    ready, many, size = view.part.ready, len(groups.centres), len(shape.states.names)
    there = np.flatnonzero(_there(view, first, last))
    mine, entries, met = (
        np.empty(len(there), np.int64),
        np.empty(len(there), np.int64),
        np.zeros((many, size), np.int64),
    )
    for begin in range(0, len(there), BLOCK):
        block = slice(begin, begin + BLOCK)
        counts = _described(view, first, last, shape, there[block] + first)
        mine[block] = label = groups.label(_space(counts, size))
        entries[block] = counts[:, :size].sum(axis=1)
        ones = (label[:, None] == np.arange(many)).astype(np.float32)
        met += (ones.T @ (counts[:, :size] > 0).astype(np.float32)).astype(np.int64)
    deals, value, passes = np.zeros(last - first, np.int64), np.zeros(last - first, np.int64), ready.passes
    here = slice(*(int(at) for at in np.searchsorted(passes.customer, [first, last])))
    owner = passes.customer[here].astype(np.int64) - first
    np.add.at(deals, owner, (passes.status[here] == 2).astype(np.int64))
    np.add.at(value, owner, passes.value[here])
    deals, value = deals[there], value[there]
    place = ready.buckets[first:last][there] * np.int64(many) + mine
    sums = np.zeros((6, BUCKETS * many), np.int64)
    parts = (np.ones(len(there), np.int64), deals > 0, deals, value, entries, deals > 1)
    for row, amount in zip(sums, parts, strict=True):
        np.add.at(row, place, amount.astype(np.int64))
    return sums.reshape(6, BUCKETS, many).transpose(1, 2, 0), met


def _told(frame: Asked, shape: _Shape, groups: Groups, customers: int, sums: Longs, met: Longs) -> Answer:
    total, weights = sums.sum(axis=0), bucket_weights(REPLICATES, SEED)
    no_deal = frame.ready.map.deal_stage is None
    wealth = wealth_of(frame.ready.map, total[:, 3])
    drawn = np.einsum("rb,bgk->rgk", weights, sums.astype(np.float64))
    order = np.argsort(-total[:, 0], kind="stable")
    rows: list[tuple[Cell, ...]] = []
    for place, g in enumerate(order.tolist(), 1):
        n, buyers = int(total[g, 0]), int(total[g, 1])
        worth: tuple[Cell, ...] = (None, None, None)
        bought: tuple[Cell, ...] = (None, None, None) if no_deal else rate(buyers, max(n, 1))
        if wealth.kind is not None and n:
            each = float(wealth.of(total[g, 3], total[g, 2]) / n)
            worth = (
                each,
                *percentile_interval(each, wealth.of(drawn[:, g, 3], drawn[:, g, 2]) / np.maximum(drawn[:, g, 0], 1)),
            )
        rows.append(
            (f"cluster:{place}", *share_cells(n, customers), *_typical(shape, met, total, g),
             total[g, 4] / max(n, 1), *bought, buyers, *worth,
             int(total[g, 5]) / buyers if buyers else None)
        )  # fmt: skip
    told = {"n": len(rows), "agreement": round(groups.agreement, 2), "apart": round(groups.apart, 2)}
    notes = [Note(message="measure-note-clusters", facts=told), Note(message="measure-note-clusters-what")]
    weak = [str(place) for place, g in enumerate(order.tolist(), 1) if groups.by_group[g] < 0.75]
    if weak:
        notes.append(Note(message="measure-note-clusters-weak", facts={"which": ", ".join(weak), "n": len(weak)}))
    return answer_of(DECLARATION, frame, customers, rows, notes)


def _typical(shape: _Shape, met: Longs, total: Longs, group: int) -> tuple[Cell, ...]:
    """The states that a group meets more often than the others do, the most telling first; then those it meets less often."""
    rest = total[:, 0].sum() - total[group, 0]
    mine = met[group] / max(int(total[group, 0]), 1)
    others = (met.sum(axis=0) - met[group]) / max(int(rest), 1)
    gap = mine - others
    out: list[Cell] = []
    for way in (1, -1):
        best = [int(s) for s in np.argsort(-way * gap, kind="stable")[:TOLD] if way * gap[s] >= DIFFERENT]
        out += [shape.states.names[s] for s in best] + [None] * (TOLD - len(best))
    return tuple(out)
