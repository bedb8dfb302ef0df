"""Messages in Russian and English, from Fluent files that the browser reads too (see docs/adr/0002)."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache, lru_cache
from importlib import resources
from threading import Lock
from typing import Any, Literal, get_args

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.resolver import CurrentEnvironment, ResolverEnvironment
from fluent.runtime.types import FluentFloat, FluentInt

from tropa.words import numbers

Language = Literal["ru", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


class _Int(FluentInt):
    """A whole number that chooses the plural and is written our way (thin spaces)."""

    lang: Language = "en"

    def format(self, locale: Any) -> str:
        return numbers.integer(int(self), self.lang)


class _Float(FluentFloat):
    lang: Language = "en"

    def format(self, locale: Any) -> str:
        return numbers.decimal(float(self), self.lang)


class _Bundle(FluentBundle):
    """Fluent's bundle turns every number into one of its own first, written Babel's way; this one takes ours as they are."""

    def format_pattern(self, pattern: Any, args: dict[str, Any] | None = None) -> tuple[str, list[Exception]]:
        faults: list[Exception] = []
        said = pattern(ResolverEnvironment(context=self, current=CurrentEnvironment(args=args or {}), errors=faults))
        return str(said), faults


_ENTRY = re.compile(r"^([A-Za-z][\w-]*)[ ]*=", re.MULTILINE)


class _Catalogue:
    """The messages of one language. Parsing Fluent is slow, so a message is parsed when it is first asked for."""

    def __init__(self, lang: Language) -> None:
        self.bundle = _Bundle([lang], use_isolating=False)
        self.waiting: dict[str, str] = {}
        self.parsing = Lock()
        folder = resources.files("tropa.words") / lang
        for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
            if file.name.endswith(".ftl"):
                text = file.read_text(encoding="utf-8")
                starts = list(_ENTRY.finditer(text))
                ends = [start.start() for start in starts[1:]] + [len(text)]
                self.waiting.update(
                    {start[1]: text[start.start() : end] for start, end in zip(starts, ends, strict=True)}
                )

    def message(self, name: str) -> Any:
        """The message, or None where there is none. (Messages do not refer to one another: a test sees to it.)"""
        if name in self.waiting:
            # it waits until it is there: else another thread, between the two, would find it nowhere
            with self.parsing:
                text = self.waiting.get(name)
                if text is not None:
                    self.bundle.add_resource(FluentResource(text))
                    del self.waiting[name]
        return self.bundle.get_message(name) if self.bundle.has_message(name) else None


@cache
def _catalogue(lang: Language) -> _Catalogue:
    return _Catalogue(lang)


@lru_cache(maxsize=8192)
def _said(lang: Language, message: str, facts: tuple[tuple[str, type, Any], ...]) -> str:
    """A message with its facts. A page says the same things many times over, so what was said lately is remembered."""
    catalogue = _catalogue(lang)
    name, _, attribute = message.partition(".")
    entry = catalogue.message(name)
    pattern = None if entry is None else entry.attributes.get(attribute) if attribute else entry.value
    if pattern is None:
        raise KeyError(message)
    told = {key: _fact(value, lang) for key, _, value in facts}
    out, faults = catalogue.bundle.format_pattern(pattern, told)
    if faults:
        raise faults[0]
    return out


def _kept(value: Any) -> Any:
    """A fact that can be remembered by; anything that is neither number nor date is what it says."""
    return value if isinstance(value, (int, float, date)) else str(value)


def _fact(value: Any, lang: Language) -> Any:
    """A fact as Fluent takes it: numbers choose plurals and are written our way, dates are written out."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        number = _Int(value)
        number.lang = lang
        return number
    if isinstance(value, float):
        decimal = _Float(value)
        decimal.lang = lang
        return decimal
    if isinstance(value, (date, datetime)):
        return numbers.day(value, lang)
    return str(value) or "none"  # an empty fact chooses the variant [none]


class Words:
    """One language: messages, numbers, dates, money. Make one with `words("ru")`."""

    def __init__(self, lang: Language) -> None:
        self.lang: Language = lang

    def __call__(self, message: str, /, **facts: Any) -> str:
        """The message with its facts filled in. `id.attribute` reads an attribute. Raises KeyError for an unknown id."""
        return _said(self.lang, message, tuple((key, type(value), _kept(value)) for key, value in facts.items()))

    def has(self, message: str) -> bool:
        """Whether the catalogue has this message (or `id.attribute`)."""
        name, _, attribute = message.partition(".")
        entry = _catalogue(self.lang).message(name)
        if entry is None:
            return False
        return attribute in entry.attributes if attribute else entry.value is not None

    def or_own(self, message: str, own: str) -> str:
        """The message if the catalogue has it, else the user's own word (open enumerations)."""
        return self(message) if self.has(message) else own

    def integer(self, value: float) -> str:
        """48 210, with thin spaces in Russian; 48,210 in English."""
        return numbers.integer(value, self.lang)

    def decimal(self, value: float, digits: int | None = None) -> str:
        """A number with the language's decimal sign and a true minus; `digits` after it (None: as many as matter)."""
        return numbers.decimal(value, self.lang, digits)

    def percent(self, share: float, digits: int | None = None) -> str:
        """0.449 → «44,9 %» or “44.9%”."""
        return numbers.percent(share, self.lang, digits)

    def money(self, value: float, currency: str | None, *, sign: bool = False) -> str:
        """1 900 000 RUB → «1,9 млн ₽»; without a currency a number of deals, as a plain number."""
        return numbers.money(value, currency, self.lang, sign=sign)

    def duration(self, seconds: float) -> str:
        """«47 дней», “3 h”, in the largest unit that keeps two figures."""
        unit, count = numbers.duration_parts(seconds)
        shown = round(count) if count >= 10 or abs(count - round(count)) < 0.05 else round(count, 1)
        return self(f"duration-{unit}", n=int(shown) if shown == int(shown) else float(shown))

    def day(self, value: date | datetime) -> str:
        """«21 ноября 2026», “21 November 2026”."""
        return numbers.day(value, self.lang)

    def month(self, value: date) -> str:
        """A month of a year, alone."""
        return numbers.month(value, self.lang)

    def months(self, start: date | datetime, end: date | datetime) -> str:
        """«ноябрь 2025 — октябрь 2026»."""
        return numbers.months(start, end, self.lang)


@cache
def words(lang: str) -> Words:
    """The words of a language. Raises KeyError for a language there is no catalogue for."""
    if lang not in LANGUAGES:
        raise KeyError(lang)
    return Words("ru" if lang == "ru" else "en")
