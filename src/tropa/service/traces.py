"""Traces of one customer in what people write: phones, e-mails, ids and names found in any text by their keyed hashes (R-64).

An erased customer must be found again in a backup that is brought back years later, and nothing that is kept for it may tell who it was. So
not the identifiers are kept but their HMAC-SHA-256 under the workspace's own key, and what stands in a text is hashed and compared:

- e-mails in any case, with or without `mailto:`;
- phones in any spelling (`8 (916) 123-45-67`, `+79161234567`), with the country's code, the Russian 8, or neither;
- ids of six characters or more, as whole words;
- names as given, as whole words in any case, `ё` as `е`; of two words in both orders. Inflected and misspelt names are **not** found.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256

MARK = "‹…›"
"""What stands in place of what was erased."""
LEAST_ID, LEAST_NAME = 6, 4
"""Shorter ids and names are found in too many other places: they are not looked for, and that is told."""
_EMAIL = re.compile(r"[\w.%+-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBER = re.compile(r"\+?\d(?:[\s().\-–—/]{0,3}\d){6,40}")
_WORD = re.compile(r"[^\W_]+(?:[._/\-'’][^\W_]+)*")
_MOST_WORDS = 4
_LENGTHS = (15, 14, 13, 12, 11, 10, 9, 8, 7)
_KEPT = 20_000
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Identifiers:
    """What somebody is known by."""

    ids: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.ids or self.phones or self.emails or self.names)

    def all(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.ids, *self.phones, *self.emails, *self.names)


def too_short(known: Identifiers) -> tuple[str, ...]:
    """Those that are not looked for in texts."""
    return tuple(
        one for kind, one in _told(known) if (kind == "id" and len(one) < LEAST_ID) or (kind == "name" and len(one) < LEAST_NAME)
    )  # fmt: skip


def hashes(known: Identifiers, key: bytes) -> frozenset[str]:
    """What is kept of identifiers: under the key nobody can tell them, and with it only a guess can be confirmed."""
    short = set(too_short(known))
    return frozenset(
        _hash(key, kind, spelt) for kind, one in _told(known) if one not in short for spelt in _spelt(kind, one)
    )


def _told(known: Identifiers) -> Iterator[tuple[str, str]]:
    from tropa.events.identity import normalise_email

    for one in known.ids:  # many shops number their customers by phone or e-mail
        bare = one.strip()
        if normalise_email(bare):
            yield "email", bare
        elif re.fullmatch(r"\+?[\d\s()\-]{10,20}", bare):
            yield "phone", bare
        yield "id", bare
    for kind, values in (("phone", known.phones), ("email", known.emails), ("name", known.names)):
        yield from ((kind, value.strip()) for value in values if value.strip())


def _spelt(kind: str, one: str) -> Iterator[str]:
    """The spellings under which an identifier is hashed."""
    from tropa.events.identity import normalise_email, normalise_phone

    if kind == "email":
        yield normalise_email(one) or one.casefold()
    elif kind == "phone":
        digits = re.sub(r"\D", "", normalise_phone(one) or one)
        yield digits
        if len(digits) == 11 and digits[0] == "7":
            yield digits[1:]
    elif kind == "name":
        words = [_folded(word) for word in _WORD.findall(one)]
        yield " ".join(words)
        if len(words) == 2:
            yield " ".join(reversed(words))
    else:
        yield _folded(one)


def _folded(word: str) -> str:
    return word.casefold().replace("ё", "е")


def _hash(key: bytes, kind: str, spelt: str) -> str:
    return hmac.new(key, f"{kind}\0{spelt}".encode(), sha256).hexdigest()


@dataclass
class Finder:
    """Finds what belongs to these hashes. Texts that were looked at are remembered."""

    key: bytes
    wanted: frozenset[str]
    _seen: dict[str, tuple[Span, ...]] = field(default_factory=dict)

    def __call__(self, text: str) -> tuple[Span, ...]:
        """Where in a text something of them stands: (start, end), in order, apart from one another."""
        if len(text) < LEAST_NAME or not self.wanted:
            return ()
        found = self._seen.get(text)
        if found is None:
            if len(self._seen) >= _KEPT:
                self._seen.clear()
            found = self._seen[text] = _apart([*self._emails(text), *self._phones(text), *self._words(text)])
        return found

    def replaced(self, text: str) -> str:
        """The text with the mark in place of what is found."""
        for start, end in reversed(self(text)):
            text = f"{text[:start]}{MARK}{text[end:]}"
        return text

    def _is(self, kind: str, spelt: str) -> bool:
        return _hash(self.key, kind, spelt) in self.wanted

    def _emails(self, text: str) -> Iterator[Span]:
        for one in _EMAIL.finditer(text):
            if self._is("email", one[0].lower()):
                yield one.span()

    def _phones(self, text: str) -> Iterator[Span]:
        for run in _NUMBER.finditer(text):
            places = [run.start() + at for at, sign in enumerate(run[0]) if sign.isdecimal()]
            digits = "".join(text[at] for at in places)
            at = 0
            while at < len(digits):
                size = next((size for size in _LENGTHS if self._is_phone(text, places, digits, at, size)), 0)
                if size:
                    start = places[at] - (text[places[at] - 1 : places[at]] == "+")
                    yield start, places[at + size - 1] + 1
                at += size or 1

    def _is_phone(self, text: str, places: list[int], digits: str, at: int, size: int) -> bool:
        if at + size > len(digits):
            return False
        inside = (
            at and places[at - 1] == places[at] - 1,
            text[places[at + size - 1] + 1 : places[at + size - 1] + 2].isdecimal(),
        )
        if any(inside):
            return False  # a piece of a longer number
        part = digits[at : at + size]
        if size == 11 and part[0] == "8":
            part = f"7{part[1:]}"
        return self._is("phone", part)

    def _words(self, text: str) -> Iterator[Span]:
        words = [(one.start(), one.end(), _folded(one[0])) for one in _WORD.finditer(text)]
        for first, (start, end, word) in enumerate(words):
            if self._is("id", word):
                yield start, end
            spelt = ""
            for following in words[first : first + _MOST_WORDS]:
                if following[0] - end > 3:
                    break
                spelt, end = f"{spelt} {following[2]}".strip(), following[1]
                if self._is("name", spelt):
                    yield start, end


def _apart(found: Iterable[Span]) -> tuple[Span, ...]:
    out: list[Span] = []
    for start, end in sorted(found):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return tuple(out)
