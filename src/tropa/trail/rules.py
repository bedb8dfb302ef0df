"""Rules of the map evaluated on the tape: a column's dictionary decides first, the events only look the answer up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.model import Condition, EventRule, SegmentRule, TropaError, Where, any_of, near_miss, values_of
from tropa.model.expression import parse
from tropa.model.rules import Scalar, Test, When
from tropa.trail.kernels.standing import count_fitting, known_codes, raw_codes
from tropa.trail.slices import customer_slices, fixed, over
from tropa.trail.tape import NO_VALUE, Column, Tape

Mask = npt.NDArray[np.bool_]
MINOR = 100
"""Minor units in one unit of money."""
_TRUE, _FALSE = ("true", "1", "yes", "да"), ("false", "0", "no", "нет")


def fold(word: str) -> str:
    """Text as it is compared: without regard to case and outer blanks."""
    return word.strip().casefold()


def number_of(word: str) -> float:
    """The number a text says (decimal comma allowed), or NaN."""
    try:
        return float(word.strip().replace("\u00a0", "").replace(" ", "").replace(",", "."))
    except ValueError:
        return float("nan")


def _same(word: str, scalar: Scalar) -> bool:
    if isinstance(scalar, bool):
        return fold(word) in (_TRUE if scalar else _FALSE)
    if isinstance(scalar, (int, float)):
        return number_of(word) == float(scalar)
    return fold(word) == fold(scalar)


def _scalars(test: Scalar | tuple[Scalar, ...]) -> tuple[Scalar, ...]:
    return test if isinstance(test, tuple) else (test,)


def text_holds(word: str, test: Test) -> bool:
    """Whether a text (empty: missing) passes a test. A missing value passes only `not` and `known: false`."""
    listed = values_of(test)
    if listed is not None:
        return word != "" and any(_same(word, scalar) for scalar in listed)
    assert isinstance(test, Condition)  # values_of answers None for nothing else
    if test.known is not None and test.known != (word != ""):
        return False
    if test.equals is not None and (word == "" or not any(_same(word, one) for one in _scalars(test.equals))):
        return False
    if test.unlike is not None and word != "" and any(_same(word, one) for one in _scalars(test.unlike)):
        return False
    if test.contains is not None and fold(test.contains) not in fold(word):
        return False
    if test.starts is not None and not fold(word).startswith(fold(test.starts)):
        return False
    compared = (test.above, test.below, test.at_least, test.at_most)
    return all(limit is None for limit in compared) or _in_bounds(number_of(word), test)


def _in_bounds(number: float, test: Condition) -> bool:
    return (
        number == number
        and (test.above is None or number > test.above)
        and (test.below is None or number < test.below)
        and (test.at_least is None or number >= test.at_least)
        and (test.at_most is None or number <= test.at_most)
    )


def numbers_hold(numbers: npt.NDArray[np.float64], test: Test) -> Mask:
    """Which numbers (NaN: missing) pass a test."""
    there = ~np.isnan(numbers)
    listed = values_of(test)
    if listed is not None:
        wanted = [number_of(str(one)) for one in listed]
        return there & np.isin(numbers, wanted)
    assert isinstance(test, Condition)  # values_of answers None for nothing else
    out = np.ones(len(numbers), dtype=np.bool_)
    if test.known is not None:
        out &= there == test.known
    if test.equals is not None:
        out &= np.isin(numbers, [number_of(str(one)) for one in _scalars(test.equals)])
    if test.unlike is not None:
        out &= ~np.isin(numbers, [number_of(str(one)) for one in _scalars(test.unlike)])
    with np.errstate(invalid="ignore"):
        for limit, holds in (
            (test.above, np.greater),
            (test.below, np.less),
            (test.at_least, np.greater_equal),
            (test.at_most, np.less_equal),
        ):
            if limit is not None:
                out &= there & holds(numbers, limit)
    if test.contains is not None or test.starts is not None:
        out &= np.array([text_holds(f"{one:g}" if one == one else "", test) for one in numbers], dtype=np.bool_)
    return out


def column_of(tape: Tape, name: str, where: str, besides: tuple[str, ...] = ()) -> Column:
    """A dictionary column of the tape by its name. Raises TR-T001 with the nearest known name, `besides` among them."""
    own = {"event": tape.event, "channel": tape.channel, "instrument": tape.instrument, "source": tape.source}
    known = {**own, **tape.properties}
    found = known.get(name) or next((column for other, column in known.items() if fold(other) == fold(name)), None)
    if found is None:
        names = sorted(known)
        near = near_miss(name, (*besides, *names))
        raise TropaError("TR-T001", Where(path=where), name=name, near=near, known=", ".join(names) or "—")
    return found


def codes_of(column: Column, wanted: str | Iterable[str]) -> Mask:
    """Which entries of the dictionary are among the wanted names (code 0, nothing, never is)."""
    names = {fold(word) for word in ((wanted,) if isinstance(wanted, str) else wanted)}
    out = np.array([fold(name) in names for name in column.names], dtype=np.bool_)
    out[:1] = False
    return out


def codes_that_hold(column: Column, test: Test) -> Mask:
    """Which entries of the dictionary pass the test; code 0 is the missing value."""
    return np.array([text_holds(name, test) for name in column.names], dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """One alternative of a rule, ready for the tape.

    `events` / `channels`: which dictionary entries fit (None: any). `tests`: columns with the entries that fit. `value` and `score`:
    tests on numbers.
    """

    events: Mask | None
    channels: Mask | None
    tests: tuple[tuple[Column, Mask], ...]
    value: Test | None
    score: Test | None
    order: tuple[int, ...]
    """By event code: where the event stands in the rule's list (for what is written before the deal)."""

    @property
    def simple(self) -> bool:
        """Whether event and channel alone decide."""
        return not self.tests and self.value is None and self.score is None

    def holds(self, tape: Tape, index: npt.NDArray[np.int64]) -> Mask:
        """Which of the events at `index` fit."""
        out = np.ones(len(index), dtype=np.bool_)
        if self.events is not None:
            out &= self.events[tape.event.codes[index]]
        if self.channels is not None:
            out &= self.channels[tape.channel.codes[index]]
        for column, mask in self.tests:
            out &= mask[column.codes[index]]
        if self.value is not None:
            minor = tape.value[index]
            out &= numbers_hold(np.where(minor == NO_VALUE, np.nan, minor / MINOR), self.value)
        if self.score is not None:
            out &= numbers_hold(np.asarray(np.round(tape.score[index], 6), dtype=np.float64), self.score)
        return out


def compile_rule(tape: Tape, rule: EventRule, where: str) -> CompiledRule:
    """A rule made ready for one tape. Raises TR-T001 for a column the log does not have."""
    order: tuple[int, ...] = ()
    if rule.event is not None:
        listed = [fold(name) for name in ((rule.event,) if isinstance(rule.event, str) else rule.event)]
        order = tuple(listed.index(fold(name)) if fold(name) in listed else 0 for name in tape.event.names)
    return CompiledRule(
        events=None if rule.event is None else codes_of(tape.event, rule.event),
        channels=None if rule.channel is None else codes_of(tape.channel, rule.channel),
        tests=tuple(
            (column, codes_that_hold(column, test))
            for name, test in rule.props.items()
            for column in (column_of(tape, name, f"{where}.props.{name}"),)
        ),
        value=rule.value,
        score=rule.score,
        order=order,
    )


def compile_when(tape: Tape, when: When | None, where: str) -> tuple[CompiledRule, ...]:
    """All alternatives of a rule made ready."""
    return tuple(compile_rule(tape, rule, where) for rule in any_of(when))


def events_that_fit(tape: Tape, when: When, where: str = "when") -> Mask:
    """Which events of the tape fit a rule (n booleans)."""
    rules = compile_when(tape, when, where)
    out = np.zeros(tape.events, dtype=np.bool_)
    for rule in rules:
        if rule.simple and rule.channels is None and rule.events is not None:
            out |= rule.events[tape.event.codes]
        else:
            candidates = (
                np.arange(tape.events, dtype=np.int64)
                if rule.events is None
                else np.flatnonzero(rule.events[tape.event.codes])
            )
            out[candidates[rule.holds(tape, candidates)]] = True
    return out


def customers_that_fit(tape: Tape, rule: SegmentRule, where: str = "rule") -> Mask:
    """Which customers a segment's rule means (m booleans). Raises TR-T001 for a column the log does not have."""
    out = np.ones(len(tape.customers), dtype=np.bool_)
    for name, test in rule.has.items():
        column = column_of(tape, name, f"{where}.has.{name}")
        out &= _customers_having(tape, column, test, rule.take)
    for did in rule.did:
        counts = fitting_per_customer(tape, did.rule, f"{where}.did")
        out &= counts >= did.at_least
        if did.at_most is not None:
            out &= counts <= did.at_most
    if rule.first_channel is not None:
        wanted = codes_of(tape.channel, rule.first_channel)
        out &= wanted[codes_at(tape, tape.channel, "first")]
    if rule.where is not None:
        from tropa.trail.expressions import customers_where  # it is made of this module's tests

        out &= customers_where(tape, parse(rule.where), f"{where}.where")
    return out


def per_customer(offsets: npt.NDArray[np.int64], mask: Mask) -> npt.NDArray[np.int64]:
    """How many events of each customer are marked."""
    index = np.flatnonzero(mask)
    return np.asarray(np.diff(np.searchsorted(index, offsets)), dtype=np.int64)


def fitting_per_customer(tape: Tape, when: When, where: str = "when") -> npt.NDArray[np.int64]:
    """How many events of each customer fit a rule. Names alone are counted without looking at single events first."""
    rules = compile_when(tape, when, where)
    named = [rule.events for rule in rules if rule.simple and rule.channels is None and rule.events is not None]
    if not rules or len(named) < len(rules):
        return per_customer(tape.offsets, events_that_fit(tape, when, where))
    out = np.empty(len(tape.customers), np.int64)
    offsets, fits = fixed(tape.offsets, np.int64), fixed(np.logical_or.reduce(named).astype(np.uint8))

    def count(first: int, last: int) -> None:
        rest: Any = (offsets[first : last + 1], *raw_codes(tape.event.codes), fits, out[first:last])
        count_fitting(*rest)

    over(customer_slices(offsets), count)
    return out


def codes_at(tape: Tape, column: Column, take: str, first: int = 0, last: int | None = None) -> npt.NDArray[np.int64]:
    """The first or last known code in a column of each of the customers first…last−1 (0: never known). Of all of them: in threads."""
    offsets = fixed(tape.offsets[first : None if last is None else last + 1], np.int64)
    out = np.empty(len(offsets) - 1, dtype=np.int64)

    def look(begin: int, end: int) -> None:
        rest: Any = (offsets[begin : end + 1], *raw_codes(column.codes), int(take == "last"), out[begin:end])
        known_codes(*rest)

    over([(0, len(out))] if first or last is not None else customer_slices(offsets), look)
    return out


def _customers_having(tape: Tape, column: Column, test: Test, take: str) -> Mask:
    fits = codes_that_hold(column, test)
    if take != "any":
        return np.asarray(fits[codes_at(tape, column, take)])
    there = fits.copy()
    there[0] = False
    any_fits = per_customer(tape.offsets, there[column.codes]) > 0
    never = per_customer(tape.offsets, column.codes != 0) == 0
    return np.asarray(any_fits | (never & fits[0]))
