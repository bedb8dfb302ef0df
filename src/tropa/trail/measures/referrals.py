"""Recommendations: who came by somebody's word, code or link, whether they buy, and how many new customers a customer brings (R-27)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.model import CannotTell, EventRule, Unit
from tropa.model.measure import Answer, Cell, Column, Declaration, Note, Parameter, Picture, Setting
from tropa.stats.normal import t_quantile
from tropa.trail.measures.asked import Asked, answer_of
from tropa.trail.measures.buyers import EVERYBODY, MOST_CODES, UNKNOWN, purchases_of, unsure_of, wealth_of
from tropa.trail.measures.columns import ranged, share_cells, share_of
from tropa.trail.measures.comparing import compared, share_by
from tropa.trail.measures.firsts import deals_awaited
from tropa.trail.measures.sales_cycle import within_of
from tropa.trail.numbers import numbers_of
from tropa.trail.passes import DAY
from tropa.trail.rounds import Round, joined
from tropa.trail.rules import codes_at, column_of, events_that_fit, per_customer
from tropa.trail.slices import fixed
from tropa.trail.tape import Column as TapeColumn
from tropa.trail.tape import Longs

KNOWN = (
    "referral_code", "ref_code", "referrer_code", "invite_code", "invited_by", "referred_by", "referral", "how_heard", "heard_from",
    "how_did_you_hear", "откуда узнали", "откуда_узнали", "откуда вы о нас узнали", "источник узнавания", "реферальный код", "код друга",
)  # fmt: skip
"""Names of columns that are taken where none is said."""
WORD = re.compile(
    r"\b(друг|друга|друзья|друзей|подруга|знаком\w*|родств\w*|коллег\w*|рекоменд\w*|посовет\w*|сарафан\w*|friends?|famil\w*|colleagues?"
    r"|recommend\w*|referr\w*|word.of.mouth)\b"
)
"""Answers to «where did you hear of us» that are somebody's word."""
DECLARATION = Declaration(
    id="referrals",
    unit=Unit.CUSTOMERS,
    parameters=(
        Parameter(id="column", kind="text", optional=True),
        Parameter(id="own", kind="text", optional=True),
        Parameter(id="event", kind="text", optional=True),
    ),
    picture=Picture(kind="bars", x="group", value="share"),
    columns=(
        Column(id="group", kind="state"),
        *share_of("among", "customers", "whole"),
        Column(id="bought", kind="count"),
        *ranged("share"),
        Column(id="spent", kind="money"),
        Column(id="average", kind="money"),
        Column(id="chance", kind="chance", aside=True),
    ),
    definition="referrals",
)


@dataclass(frozen=True, slots=True)
class Told:
    """What tells of recommendations: the column of answers or codes (""), that of customers' own codes (""), the event ("")."""

    column: str
    own: str
    event: str


@dataclass(frozen=True, slots=True)
class PartReferred:
    """Where customers of a part say who sent them: `said`, a column of answers or codes (None: `fits`, the events that tell of it, do),
    and `own`, that of their own codes (None: there is none). A view of rounds."""

    part: Asked
    said: TapeColumn | None
    fits: npt.NDArray[np.bool_] | None
    own: TapeColumn | None


def referred(part: Asked, *, told: Told) -> PartReferred:
    """What counts as said is the first known value (of an event where one is asked for); of an event alone, whether there was one."""
    tape = part.ready.tape
    fits = events_that_fit(tape, EventRule(event=told.event)) if told.event else None
    said = column_of(tape, told.column, "column") if told.column else None
    if said is not None and fits is not None:
        said = replace(said, codes=np.where(fits, said.codes, 0).astype(said.codes.dtype))
    return PartReferred(part, said, fits, column_of(tape, told.own, "own") if told.own else None)


def referred_in(view: PartReferred, first: int, last: int) -> tuple[npt.NDArray[Any], ...]:
    """Of some customers, the chosen ones who were seen on the path: number, wait for the first deal (µs), whether it came, whether the
    beginning may lie before the log, code of what they said, code of their own, minor units, purchases: some sixty bytes each."""
    part, tape = view.part, view.part.ready.tape
    who, wait, came = deals_awaited(part, first, last)
    mine, own = who - first, np.zeros(last - first, np.int64)
    if view.said is not None:
        said = codes_at(tape, view.said, "first", first, last)
    else:
        assert view.fits is not None  # a column or an event is asked for
        here = tape.offsets[first : last + 1]
        said = (per_customer(here - here[0], view.fits[here[0] : here[-1]]) > 0).astype(np.int64)
    if view.own is not None:
        own = codes_at(tape, view.own, "first", first, last)
    customer, _, value, _ = purchases_of(part.ready, fixed(part.customers), first, last)
    spent = np.bincount(customer - first, weights=value, minlength=last - first)
    deals = np.bincount(customer - first, minlength=last - first)
    rest = (said[mine], own[mine], np.rint(spent[mine]).astype(np.int64), deals[mine].astype(np.int64))
    return (numbers_of(tape)[who], wait, came, unsure_of(part.ready, first, last)[mine], *rest)


def rounds(frame: Asked, settings: Mapping[str, Setting]) -> Any:
    """By answer, or by whether a code is some customer's: how many, whether they bought, what they brought. Raises TR-T001 for a column
    that the log does not have."""
    tape = frame.ready.tape
    column, own, event = (str(settings[name] or "").strip() for name in ("column", "own", "event"))
    event = event.removeprefix("event:")
    if not column and not event:
        column = next((name for name in tape.properties if name.casefold() in KNOWN), "")
    if not column and not event:
        return answer_of(DECLARATION, frame, 0, (), cannot_tell=CannotTell(cannot_tell="no-referrals"))
    for name, where in ((column, "column"), (own, "own")):
        if name:
            column_of(tape, name, where)
    if event:
        events_that_fit(tape, EventRule(event=event))
    told = Told(column, own, event)
    return Round(partial(referred, told=told), referred_in, joined, lambda found: _answered(frame, told, found))


def _answered(frame: Asked, told: Told, found: tuple[npt.NDArray[Any], ...]) -> Answer:
    numbers, *columns = found
    if (numbers[1:] < numbers[:-1]).any():  # of several parts
        order = np.argsort(numbers, kind="stable")
        columns = [column[order] for column in columns]
    wait, came, unsure, said, own, minor, deals = columns
    groups = _groups(frame, told, said, own)
    if not len(groups) or not (said > 0).any():
        lack = CannotTell(cannot_tell="no-referrals", n=len(said))
        return answer_of(DECLARATION, frame, len(said), (), cannot_tell=lack)
    wealth = wealth_of(frame.ready.map, minor)
    spent = wealth.of(minor, deals)
    sure = ~unsure  # a first deal is only waited for where the beginning was seen
    place = np.cumsum(sure) - 1
    within = within_of(frame, wait[sure], came[sure]) if came[sure].any() else 0
    curves = compared(wait[sure], came[sure], [(name, place[who[sure[who]]]) for name, who in groups])
    rows: list[tuple[Cell, ...]] = []
    for (name, who), group in zip(groups, curves, strict=True):
        n = len(who)
        money = (None, None) if wealth.kind is None else (float(spent[who].sum()), float(spent[who].mean()))
        share = share_by(group, within) if group.size else (None, None, None)
        rows.append((name, *share_cells(n, len(said)), int((deals[who] > 0).sum()), *share, *money, group.chance))
    notes = [Note(message="loop-note-within", facts={"days": round(within / DAY, 1)})]
    if told.own:
        notes.append(_viral(frame, told, said, own, deals))
    return answer_of(DECLARATION, frame, len(said), rows, notes)


def _groups(frame: Asked, told: Told, said: Longs, own: Longs) -> list[tuple[str, Longs]]:
    """Everybody; of an event those who had it; of codes that are customers' own those who came by one; else the most frequent answers."""
    out = [(EVERYBODY, np.arange(len(said), dtype=np.int64))]
    if not told.column:
        return [*out, *_named("mark:invited", said > 0), *_named("mark:not-invited", said == 0)]
    names = column_of(frame.ready.tape, told.column, "column").names
    if told.own:
        known = _owners(frame, told, own)
        invited = known[said] >= 0
        return [
            *out, *_named("mark:invited", invited), *_named("mark:code-of-nobody", (said > 0) & ~invited), *_named(UNKNOWN, said == 0),
        ]  # fmt: skip
    by_word = np.array([bool(WORD.search(name.casefold())) for name in names], np.bool_)
    out += _named("mark:recommended", by_word[said] & (said > 0))
    sizes = np.bincount(said, minlength=len(names))
    ordered = sorted(np.flatnonzero(sizes[1:]) + 1, key=lambda code: (-int(sizes[code]), names[code]))
    for code in ordered[:MOST_CODES]:
        out += _named(f"answer:{names[code]}", said == code)
    return [*out, *_named("mark:other", np.isin(said, ordered[MOST_CODES:])), *_named(UNKNOWN, said == 0)]


def _named(name: str, which: npt.NDArray[np.bool_]) -> list[tuple[str, Longs]]:
    return [(name, np.flatnonzero(which).astype(np.int64))] if which.any() else []


def _owners(frame: Asked, told: Told, own: Longs) -> Longs:
    """By code of the column of what was said, the code in the column of own codes that some customer has (−1: nobody's)."""
    theirs = column_of(frame.ready.tape, told.own, "own").names
    have = {theirs[code]: code for code in np.unique(own[own > 0]).tolist()}
    names = column_of(frame.ready.tape, told.column, "column").names
    return np.array([-1, *(have.get(name, -1) for name in names[1:])], np.int64)


def _viral(frame: Asked, told: Told, said: Longs, own: Longs, deals: Longs) -> Note:
    """How many new buyers a customer with a code brings, with Student's interval over these customers (none brought: 1 − 0.05^(1/n))."""
    theirs = _owners(frame, told, own)[said]
    hit = theirs >= 0
    size = int(own.max(initial=0)) + 1
    owners = np.unique(own[own > 0])
    invited = np.bincount(theirs[hit], minlength=size)[owners]
    bought = np.bincount(theirs[hit & (deals > 0)], minlength=size)[owners]
    n = len(owners)
    mean = float(bought.mean()) if n else 0.0
    if not bought.any():
        low, high = 0.0, 1 - 0.05 ** (1 / max(n, 1))
    else:
        half = t_quantile(max(n - 1, 1), 0.95) * float(bought.std(ddof=1) if n > 1 else mean) / n**0.5
        low, high = max(mean - half, 0.0), mean + half
    facts = {
        "owners": n, "invited": int(invited.sum()), "bought": int(bought.sum()), "inviters": int((invited > 0).sum()),
        "mean": round(mean, 3), "low": round(low, 3), "high": round(high, 3),
    }  # fmt: skip
    return Note(message="loop-note-viral", facts=facts)
