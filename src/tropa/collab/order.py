"""Fractions as text: the place of a thing among others. Between any two there is always room, so moving one thing changes one value.

A fraction is its digits after the point in base 62 (`0-9A-Za-z`, the order of ASCII), never ending in `0`. `order.ts` is the twin.
"""

from __future__ import annotations

import re
from collections.abc import Callable

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
BASE = len(DIGITS)
JITTER = 2
"""Digits drawn at random at the end, so that two people who insert at one place at once hardly ever get the same fraction."""

_FRACTION = re.compile(r"[0-9A-Za-z]{1,200}", re.ASCII)


def is_fraction(value: object) -> bool:
    """Whether a value of the document may stand for a place."""
    return isinstance(value, str) and _FRACTION.fullmatch(value) is not None


def between(low: str, high: str, draw: Callable[[int], int]) -> str:
    """A fraction greater than `low` and less than `high` (empty: no bound). `draw(n)` gives a whole number in 0…n−1.

    Where there is no room (`low` ≥ `high`, as after a collision) `high` is taken as no bound.
    """
    if high and low >= high:
        high = ""
    out: list[str] = []
    tight, at = bool(high), 0
    while True:
        bottom = DIGITS.index(low[at]) if at < len(low) else 0
        top = (DIGITS.index(high[at]) if at < len(high) else 0) if tight else BASE
        if top - bottom > 1:
            # an open end is stepped towards, not halved: a list that only grows keeps short fractions
            out.append(DIGITS[(bottom + top) // 2 if tight or not low else bottom + 1])
            break
        out.append(DIGITS[bottom])
        tight = tight and top == bottom
        at += 1
    out += [DIGITS[draw(BASE)] for _ in range(JITTER - 1)]
    return "".join((*out, DIGITS[1 + draw(BASE - 1)]))


def spread(count: int) -> list[str]:
    """`count` fractions, ascending and evenly apart, of one length."""
    width = 1
    while BASE**width <= count + 1:
        width += 1
    step = BASE**width // (count + 1)
    return [_digits(step * (index + 1), width) for index in range(count)]


def _digits(value: int, width: int) -> str:
    out = ""
    for _ in range(width):
        value, digit = divmod(value, BASE)
        out = DIGITS[digit] + out
    # a last zero would leave no room right before it
    return out if out[-1] != "0" else out + "V"
