"""Phones and e-mails in one spelling, so that the same person in two files is the same person (R-64)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

_EMAIL = re.compile(r"[^@\s,;<>()\[\]\"]+@[^@\s,;<>()\[\]\"]+\.[^@\s,;<>()\[\]\".]{2,}")
_RUSSIAN = r"^\s*(?:\+?7|8)?[\s(.-]*(9\d\d)[\s).-]*(\d{3})[\s.-]*(\d{2})[\s.-]*(\d{2})\s*$"


@lru_cache(maxsize=65_536)
def normalise_phone(text: str, region: str = "RU") -> str | None:
    """`8 (916) 123-45-67` → `+79161234567` (E.164), or None for what cannot be a number.

    `region`: where numbers without a country code belong.
    """
    import phonenumbers  # a tenth of a second that files without phones need not pay

    bare = text.strip().removesuffix(".0")
    if sum(character.isdecimal() for character in bare) < 7:
        return None
    if region != "RU" or bare.startswith("+"):
        tries: tuple[str, ...] = (bare,)
    else:  # 7 916 … without a plus is a Russian number too
        digits = re.sub(r"\D", "", bare)
        tries = (f"+{digits}", bare) if len(digits) == 11 and digits[0] == "7" else (bare, f"+{digits}")
    for attempt in tries:
        try:
            number = phonenumbers.parse(attempt, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number(number):
            return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    return None


def normalise_email(text: str) -> str | None:
    """Lower case, no spaces around, `mailto:` and `<…>` taken off; dots stay, for they matter to most hosts. None if it is no address."""
    bare = text.strip().strip("<>").removeprefix("mailto:").strip().lower()
    return bare if _EMAIL.fullmatch(bare) else None


def normalise_phones(column: Any, region: str = "RU") -> Any:
    """A column of phones in one spelling: string array, null for what is none. Equal to `normalise_phone` cell by cell."""
    text = _strings(column)
    if region != "RU":
        return _by_value(text, lambda cell: normalise_phone(cell, region))
    quick = pc.extract_regex(
        text,
        _RUSSIAN.replace("(9", "(?P<a>9")
        .replace("(\\d{3}", "(?P<b>\\d{3}")
        .replace("(\\d{2})[", "(?P<c>\\d{2})[")
        .replace("(\\d{2})\\s*$", "(?P<d>\\d{2})\\s*$"),
    )
    joined = pc.binary_join_element_wise("+7", *(pc.struct_field(quick, part) for part in "abcd"), "")
    slow = pc.and_(pc.is_valid(text), pc.is_null(quick))
    if not pc.any(slow).as_py():
        return joined
    rest = _by_value(pc.if_else(slow, text, None), lambda cell: normalise_phone(cell, region))
    return pc.coalesce(joined, rest)


def normalise_emails(column: Any) -> Any:
    """A column of addresses in one spelling: string array, null for what is none."""
    return _by_value(_strings(column), normalise_email)


GUESTS = pa.array(["0", "guest", "Guest", "гость", "Гость"])
"""What shops write in place of the number of a customer who has none."""


def has_guests(customer: Any) -> bool:
    """Whether a text column (a dictionary stays one) says of somebody that there is no number."""
    chunks = customer.chunks if isinstance(customer, pa.ChunkedArray) else [customer]
    values = [chunk.dictionary if pa.types.is_dictionary(chunk.type) else chunk for chunk in chunks]
    return any(pc.any(pc.is_in(one, value_set=GUESTS)).as_py() for one in values)


def without_guests(customer: Any, contacts: Sequence[Any]) -> Any:
    """The customers' numbers, null where they only say that there is none and the row has a phone or an e-mail: those are different
    people."""
    shared = pc.is_in(customer, value_set=GUESTS)
    return pc.if_else(pc.and_(shared, pc.is_valid(pc.coalesce(*contacts))), None, customer)


def _strings(column: Any) -> Any:
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if pa.types.is_dictionary(array.type):
        array = array.cast(array.type.value_type)
    if pa.types.is_floating(array.type):
        array = array.cast(pa.int64(), safe=False)
    return array if pa.types.is_string(array.type) else array.cast(pa.string())


def _by_value(text: Any, rule: Any) -> Any:
    coded = pc.dictionary_encode(text)
    made = pa.array([rule(cell) for cell in coded.dictionary.to_pylist()], pa.string())
    return made.take(coded.indices)
