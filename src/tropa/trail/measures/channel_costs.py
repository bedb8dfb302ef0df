"""What was paid, as people say it: “ads=120000, seo=30000”, or amounts with their days; and what of it falls into the time asked about
(R-28)."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tropa.model import TropaError, near_miss
from tropa.model.measure import Note
from tropa.trail.calendar import day_in
from tropa.trail.measures.asked import Asked

_PARTS = re.compile(r"[;\n]|,(?=[^,;=\n]*=)")
_SPACES = re.compile(r"[\s\u00a0\u202f']")
_MONEY = re.compile(r"^[₽$€£]|([₽$€£]|руб\.?|р\.)$", re.IGNORECASE)
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
EPOCH = date(1970, 1, 1).toordinal()
MOST = 1e15
EXAMPLE = "ads=120000, seo=30000"


@dataclass(frozen=True, slots=True)
class Paid:
    """An amount (major units) for a channel or touchpoint, from a day to a day (both included), or for the whole time asked about."""

    name: str
    amount: float
    start: date | None = None
    end: date | None = None


def amount_of(text: str) -> float:
    """An amount as written: “120 000,50 ₽”, “120,000.50”, “1e5”. Raises ValueError for what is none, or is below nothing."""
    plain = _MONEY.sub("", _SPACES.sub("", text))
    plain = (
        plain.replace(",", "")
        if _GROUPED.fullmatch(plain) and plain.count(",") + plain.count(".") > 1
        else plain.replace(",", ".")
    )
    value = float(plain)
    if not 0 <= value < MOST:
        raise ValueError(text)
    return value


def costs_of(text: str) -> tuple[Paid, ...]:
    """Amounts as written: `name=amount` with commas, semicolons or lines between them; or what `as_text` made. Raises TR-T381."""
    if text.startswith("@"):
        raise TropaError("TR-T381", value=text, known=EXAMPLE)
    if text.lstrip().startswith("["):
        return tuple(_row(one, text) for one in _json(text))
    out = []
    for part in filter(None, (one.strip() for one in _PARTS.split(text))):
        name, sign, amount = part.rpartition("=")
        try:
            out.append(Paid(name.strip().removeprefix("channel:").removeprefix("point:"), amount_of(amount)))
        except ValueError as fault:
            raise TropaError("TR-T381", value=part, known=EXAMPLE) from fault
        if not sign or not name.strip():
            raise TropaError("TR-T381", value=part, known=EXAMPLE)
    return tuple(out)


def as_text(paid: Sequence[Paid]) -> str:
    """Amounts as the parameter of a measure takes them, whatever their names and days are."""
    rows = [[one.name, one.amount, *(day.isoformat() for day in (one.start, one.end) if day)] for one in paid]
    return json.dumps(rows, ensure_ascii=False)


def _json(text: str) -> list[Any]:
    try:
        found = json.loads(text)
    except ValueError as fault:
        raise TropaError("TR-T381", value=text[:80], known=EXAMPLE) from fault
    return found if isinstance(found, list) else []


def _row(one: Any, text: str) -> Paid:
    try:
        name, amount, *days = one
        start, end = (date.fromisoformat(day) for day in days) if days else (None, None)
        return Paid(str(name), amount_of(str(amount)), start, end)
    except (ValueError, TypeError) as fault:
        raise TropaError("TR-T381", value=text[:80], known=EXAMPLE) from fault


@dataclass(frozen=True, slots=True)
class Costs:
    """What was paid in the time asked about, by name; `outside`: what was paid before or after it."""

    by_name: dict[str, float]
    outside: float

    @property
    def notes(self) -> tuple[Note, ...]:
        """What is left out, if anything."""
        if not self.outside:
            return ()
        return (Note(message="measure-note-costs-outside", facts={"n": round(self.outside, 2)}),)


def costs_within(frame: Asked, text: str, known: Sequence[str]) -> Costs:
    """What of the amounts falls into the days asked about: those of the log, within the filter's bounds. An amount with days counts by how
    many of them lie there. Raises TR-T381 for a text that is none, TR-T382 for a name that is not `known`."""
    first, last = days_of(frame)
    by_name: dict[str, float] = {}
    outside = 0.0
    for one in costs_of(text):
        if one.name not in known:
            raise unknown(one.name, known)
        share = 1.0
        if one.start is not None and one.end is not None:
            start, end = (day.toordinal() - EPOCH for day in (one.start, one.end))
            share = max(0, min(end, last) - max(start, first) + 1) / max(end - start + 1, 1)
        by_name[one.name] = by_name.get(one.name, 0.0) + one.amount * share
        outside += one.amount * (1 - share)
    return Costs(by_name, outside)


def unknown(name: str, known: Sequence[str]) -> TropaError:
    """TR-T382: an amount is for nothing that the log knows."""
    return TropaError("TR-T382", name=name, near=near_miss(name, tuple(known)), known=", ".join(known[:20]) or "—")


def days_of(frame: Asked) -> tuple[int, int]:
    """The first and the last day (days since 1970, both included) of the time asked about."""
    ready = frame.ready
    first, last = ready.passes.log_start, ready.passes.observed_until
    if ready.part is not None:
        first = max(first, ready.part.start if ready.part.start is not None else first)
        last = min(last, ready.part.end - 1 if ready.part.end is not None else last)
    begin, end = (day_in(at, ready.tape.zone).toordinal() - EPOCH for at in (first, last))
    return begin, end
