"""Returns with numbers of their own: what was brought back comes off the purchases it came from (R-21).

A voiding event with an amount below zero gives money back: under the number of an order of the customer's, off that order; else off the
latest earlier purchase of the same goods, where the log names goods, and the ones before it; else off the latest earlier purchase. A part
takes money off and leaves the deal; what is brought back whole is no deal. What finds no purchase is counted (`Back.unmatched`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.returns import take_back
from tropa.trail.lexicon import spread
from tropa.trail.slices import fixed
from tropa.trail.tape import NO_VALUE, Longs, Tape

_GOODS = re.compile(
    r"^(stock ?code|sku|(product|item|goods|variant|offer) ?(id|code|sku)|articl?e|lineitem sku|nm id|артикул.*|код товара|номенклатура)$"
)


@dataclass(frozen=True, slots=True)
class Back:
    """What returns did. `value` of each deal afterwards; `gone`: deals of which nothing is left; `events` of returns and what of each
    found no purchase (minor units)."""

    value: Longs
    gone: npt.NDArray[np.bool_]
    events: Longs
    unmatched: Longs


def goods_of(tape: Tape) -> npt.NDArray[Any] | None:
    """The codes of goods of each event (0: none), where the log has such a property."""
    name = next((name for name in tape.properties if _GOODS.match(spread(name.rpartition(".")[2]))), None)
    return None if name is None else tape.properties[name].codes


def returned(tape: Tape, void: Longs) -> Longs:
    """Those of the voiding events that give an amount back."""
    amounts = tape.value[void]
    found: Longs = void[(amounts < 0) & (amounts != NO_VALUE)].astype(np.int64)
    return found


def bring_back(
    tape: Tape, backs: Longs, lines: Longs, customer: Longs, event: Longs, value: Longs, void: npt.NDArray[np.uint8]
) -> Back:
    """Takes the returns `backs` off the deals (`customer`, `event`, `value`, in order; of those with `void` nothing can come off).

    `lines`: all events that are lines of deals.
    """
    if not len(backs):
        return Back(value, np.zeros(len(value), np.bool_), backs, backs)
    who = np.unique(_owner(tape, backs))
    own_lines, line_begin = _of(tape, lines, who)
    own_backs, back_begin = _of(tape, backs, who)
    mine = np.isin(customer, who) & (void == 0)
    place = np.flatnonzero(mine)
    deal_begin = np.searchsorted(customer[mine], np.append(who, who[-1] + 1))
    goods = goods_of(tape)
    codes = np.zeros(tape.events, np.uint8) if goods is None else goods
    kinds = int(codes.max(initial=0)) + 2
    left, gone = value[mine].copy(), np.zeros(len(place), np.uint8)
    unmatched = np.zeros(len(own_backs), np.int64)
    size = len(own_lines)
    take_back(
        len(who), own_lines, line_begin, own_backs, back_begin, fixed(event[mine], np.int64), deal_begin.astype(np.int64),
        fixed(tape.time, np.int64), fixed(tape.order, np.uint32), fixed(codes, np.uint32), fixed(tape.value, np.int64), NO_VALUE,
        np.full(int(tape.order.max(initial=0)) + 1, -1, np.int64), np.full(kinds, -1, np.int64),
        np.full(size, -1, np.int64), np.zeros(size, np.int64), np.full(size, -1, np.int64), np.full(size, -1, np.int64),
        left, gone, unmatched,
    )  # fmt: skip
    after, all_gone = value.copy(), np.zeros(len(value), np.bool_)
    after[place], all_gone[place] = left, gone != 0
    return Back(after, all_gone, own_backs, unmatched)


def _owner(tape: Tape, events: Longs) -> Longs:
    return np.searchsorted(tape.offsets, events, side="right").astype(np.int64) - 1


def _of(tape: Tape, events: Longs, who: Longs) -> tuple[Longs, Longs]:
    """The events of these customers, and where those of each begin (n + 1)."""
    owner = _owner(tape, events)
    mine = np.isin(owner, who)
    begin = np.searchsorted(owner[mine], np.append(who, who[-1] + 1))
    return events[mine].astype(np.int64), begin.astype(np.int64)
