"""What lint says: a code, how grave, where in the map, with which facts. The words are in the catalogues under the code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from tropa.model import Where, say
from tropa.model.lookup import Kind
from tropa.words import Words
from tropa.words.numbers import MINUS

LONGEST = 60
"""Longer words of the map are shortened in a message."""

Severity = Literal["error", "warning", "hint"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "hint")


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `address` is a path of keys and ids in the map file (`stages.purchase.pains.no-eta`, empty: the whole map)."""

    code: str
    severity: Severity
    address: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    where: Where = field(default_factory=Where)
    """Line and column, where the map came from a file."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A fact that is a figure: how it is written depends on its kind and on the language."""

    value: float
    kind: Kind
    currency: str | None = None
    sign: str = ""
    """What stands before it: `≥` or `≤` of a target."""
    exact: bool = False
    """As it was typed (a target, a team's score), not rounded as measured figures are."""

    def text(self, words: Words) -> str:
        """«15,7 %», «−1,5», «3 дня», «1,9 млн ₽»."""
        told = self._told(words)
        return f"{self.sign} {told}" if self.sign else told

    def _told(self, words: Words) -> str:
        match self.kind:
            case "share":
                hundred = self.value * 100
                whole = self.exact and abs(hundred - round(hundred)) < 1e-9
                return words.percent(self.value, 0 if whole else None)
            case "score":
                size = words.decimal(abs(self.value), None if self.exact else 1)
                nought = not any(digit in size for digit in "123456789")
                return size if nought else ("+" if self.value > 0 else MINUS) + size
            case "seconds":
                return words.duration(self.value)
            case "money":
                return words.money(self.value, self.currency)
            case "count":
                return words.integer(self.value)
            case _:
                return words.decimal(self.value)


def finding_data(finding: Finding, words: Words) -> dict[str, Any]:
    """A finding as data, the shape of `tropa lint --json`: code, severity, address, message, fix, file, line, column."""
    facts = {name: _told(fact, words) for name, fact in finding.facts.items()}
    return {
        "code": finding.code,
        "severity": finding.severity,
        "address": finding.address,
        "message": words(finding.code, **facts),
        "fix": words(f"{finding.code}.fix", **facts),
        "file": finding.where.file,
        "line": finding.where.line,
        "column": finding.where.column,
    }


def _told(fact: Any, words: Words) -> Any:
    """A fact in the language of `words`: amounts are written out, the map's own texts are taken in that language."""
    if isinstance(fact, Amount):
        return fact.text(words)
    if isinstance(fact, dict):
        text = say(fact, words.lang)
        return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    return fact


def exit_status(findings: Iterable[Finding], *, strict: bool = False) -> int:
    """1 where there is an error — or, when `strict`, a warning; else 0. Hints never fail."""
    grave = {"error", "warning"} if strict else {"error"}
    return int(any(finding.severity in grave for finding in findings))
