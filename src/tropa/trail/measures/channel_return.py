"""What channels cost and what they give back, and what moving money between two of them would do (R-28). Credits are associations: only a
holdout shows what a channel brings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.model import CannotTell, TropaError, Unit, near_miss
from tropa.model.measure import Answer, Cell, Column, Declaration, Note, Parameter, Picture, Setting
from tropa.stats.bootstrap import percentile_interval
from tropa.trail.measures.asked import Asked, answer_of, micros, number
from tropa.trail.measures.buyers import wealth_of
from tropa.trail.measures.channel_costs import Costs, costs_within, unknown
from tropa.trail.measures.channel_credit import MOST, NAMES, Credits, Wanted, counted, named, together
from tropa.trail.measures.columns import ranged
from tropa.trail.rounds import Round, added, itself
from tropa.trail.tape import Longs

RULES = ("markov", *(name for name in NAMES if name != "markov"))
ELASTICITY = 0.6
"""Where nothing is said: money grows as cost to this power. An assumption, and told as one."""
OTHER = "mark:other"
Floats = npt.NDArray[np.float64]


MOVED = (Column(id="cost_after", kind="money"), *ranged("change", "money"))
"""Columns that are there where money is moved."""
DECLARATION = Declaration(
    id="channel-return",
    unit=Unit.PASSES,
    parameters=(
        Parameter(id="costs", kind="text", optional=True),
        Parameter(id="rule", kind="choice", choices=RULES, default="markov"),
        Parameter(id="half-life", kind="duration", default="7d"),
        Parameter(id="move-from", kind="text", optional=True),
        Parameter(id="move-to", kind="text", optional=True),
        Parameter(id="move", kind="number", optional=True, least=0),
        Parameter(id="elasticity", kind="number", default=ELASTICITY, least=0, most=1),
    ),
    picture=Picture(kind="bars", x="channel", value="return"),
    columns=(
        Column(id="channel", kind="channel"),
        Column(id="cost", kind="money"),
        *ranged("credited", "number"),
        *ranged("earned", "money"),
        *ranged("deal_cost", "money"),
        *ranged("return", "ratio"),
        *MOVED,
    ),
    definition="channel-return",
)


@dataclass(frozen=True, slots=True)
class _Move:
    """So much money (major units) from one channel to another."""

    source: str
    target: str
    amount: float
    elasticity: float


def rounds(frame: Asked, settings: Mapping[str, Setting]) -> Any:
    """Channels with what they cost, the dearest first; then those without a cost.

    Raises TR-T381 for costs that cannot be read, TR-T382 for a channel that the log does not have, TR-T383 for money that cannot be moved.
    """
    known = [name for name in frame.ready.tape.channel.names[1:] if name]
    if settings["costs"] is None:
        return answer_of(DECLARATION, frame, 0, (), cannot_tell=CannotTell(cannot_tell="no-costs"))
    costs = costs_within(frame, str(settings["costs"]), known)
    move = _move(settings, costs)

    def then(found: tuple[Longs]) -> Any:
        wanted_names = tuple(sorted(costs.by_name, key=lambda name: (-costs.by_name[name], name)))
        names, table = named(frame.ready.tape.channel.names, found[0], MOST[1], _first(wanted_names, move))
        if not names:
            return answer_of(DECLARATION, frame, 0, (), cannot_tell=CannotTell(cannot_tell="no-channels"))
        for name in wanted_names:
            if not table[frame.ready.tape.channel.names.index(name)]:
                raise unknown(name, names)
        rule, life = str(settings["rule"]), float(micros(settings["half-life"]))
        wanted = Wanted(table, len(names), 1, life, money=True, rules=(rule,))
        return Round(
            itself, wanted.chunk, together,
            lambda found: _told(frame, names, costs, move, rule, Credits(wanted, found)),
        )  # fmt: skip

    return Round(itself, counted, added, then)


def _first(costed: tuple[str, ...], move: _Move | None) -> tuple[str, ...]:
    """The channels to be told by name: those of the move, then the dearest."""
    ahead = () if move is None else (move.source, move.target)
    return (*ahead, *(name for name in costed if name not in ahead))[: MOST[1]]


def _move(settings: Mapping[str, Setting], costs: Costs) -> _Move | None:
    source, target, amount = (settings[name] for name in ("move-from", "move-to", "move"))
    if source is None and target is None and amount is None:
        return None
    known = sorted(name for name, cost in costs.by_name.items() if cost > 0)
    for name in (str(source or ""), str(target or "")):
        if name not in known:
            raise TropaError("TR-T383", why="none", name=name, near=near_miss(name, known), known=", ".join(known))
    move = _Move(str(source), str(target), float(number(amount or 0.0)), number(settings["elasticity"]))
    if source == target or not 0 < move.amount <= costs.by_name[move.source]:
        most = f"{costs.by_name[move.source]:g}"
        raise TropaError("TR-T383", why="much", name=move.source, near="", known=most)
    return move


def _told(frame: Asked, names: tuple[str, ...], costs: Costs, move: _Move | None, rule: str, found: Credits) -> Answer:
    total, done = int(found.deals[0]), int(found.facts[0])
    if not total:
        return answer_of(DECLARATION, frame, 0, (), cannot_tell=CannotTell(cannot_tell="no-deal"))
    wealth = wealth_of(frame.ready.map, found.minor[:1])
    deals = found.share[rule] * found.deals[:, None]
    money = None if wealth.kind is None else wealth.of(found.money[rule], deals)
    paid = _paid(names, costs)
    changes = {} if move is None or money is None else _changes(names, paid, move, money)
    rows: list[tuple[Cell, ...]] = []
    for k in sorted(range(len(names)), key=lambda k: (-paid.get(names[k], -1.0), -float(deals[0, k]), names[k])):
        if not found.touched[k] and names[k] not in paid:
            continue
        cost = paid.get(names[k])
        mine = None if money is None else money[:, k]
        row: tuple[Cell, ...] = (
            names[k], cost, *_told_between(deals[:, k]), *_told_between(mine),
            *_told_between(None if cost is None else _over(cost, deals[:, k])),
            *_told_between(None if not cost or mine is None else mine / cost),
        )  # fmt: skip
        if changes:
            row += (_after(names[k], cost, move), *_told_between(changes.get(names[k])))
        rows.append(row)
    notes = [Note(message="measure-note-return", facts={"n": total, "rule": rule})]
    notes += [] if wealth.kind is None else [Note(message=f"measure-note-return-{wealth.kind}")]
    notes += [Note(message="measure-note-return-no-money")] if wealth.kind is None else []
    notes += [Note(message="measure-note-no-channel", facts={"n": done - total})] if done > total else []
    notes += [Note(message="measure-note-return-chosen")] if found.facts[1] else []
    notes += costs.notes
    notes += [Note(message="measure-note-channels-few", facts={"n": len(names) - 1})] if OTHER in names else []
    notes += _moved_notes(move, changes)
    answer = answer_of(DECLARATION, frame, total, rows, notes)
    return answer if changes else answer.model_copy(update={"columns": DECLARATION.columns[: -len(MOVED)]})


def _paid(names: tuple[str, ...], costs: Costs) -> dict[str, float]:
    """Costs by the names that are told: those of the rest together."""
    out: dict[str, float] = {}
    for name, cost in costs.by_name.items():
        own = name if name in names else OTHER
        out[own] = out.get(own, 0.0) + cost
    return out


def _over(cost: float, deals: Floats) -> Floats:
    """Cost of a deal; none (not finite) where nothing is put down to the channel."""
    return np.where(deals > 1e-9, cost / np.where(deals > 1e-9, deals, 1.0), np.inf)


def _told_between(values: Floats | None) -> tuple[Cell, Cell, Cell]:
    """The sample's value and its interval from the replicates; nothing where it is not known."""
    if values is None or not np.isfinite(values[0]):
        return None, None, None
    return (float(values[0]), *percentile_interval(float(values[0]), values[1:]))


def _changes(names: tuple[str, ...], paid: dict[str, float], move: _Move, money: Floats) -> dict[str, Floats]:
    """What the money of the two channels would change by, the sample first: it grows as cost to the power of the elasticity."""
    out = {}
    for name, more in ((move.source, -move.amount), (move.target, move.amount)):
        grown = ((paid[name] + more) / paid[name]) ** move.elasticity if paid[name] + more > 0 else 0.0
        out[name] = money[:, names.index(name)] * (grown - 1)
    return out


def _after(name: str, cost: float | None, move: _Move | None) -> float | None:
    if move is None or cost is None:
        return cost
    return cost + move.amount * ((name == move.target) - (name == move.source))


def _moved_notes(move: _Move | None, changes: dict[str, Floats]) -> list[Note]:
    if move is None or not changes:
        return []
    both = changes[move.source] + changes[move.target]
    low, high = percentile_interval(float(both[0]), both[1:])
    verdict = "more" if low > 0 else "less" if high < 0 else "open"
    facts: dict[str, Any] = {
        "amount": move.amount, "from": move.source, "to": move.target, "change": round(float(both[0])), "low": round(low),
        "high": round(high), "verdict": verdict,
    }  # fmt: skip
    return [
        Note(message="measure-note-moved", facts=facts),
        Note(message="measure-note-moved-assumed", facts={"elasticity": move.elasticity}),
    ]
