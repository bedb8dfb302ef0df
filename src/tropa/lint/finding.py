"""What lint says: a code, how grave, where in the map, with which facts. The words are in the catalogues under the code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from tropa.model import Where
from tropa.words import Words

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


def finding_data(finding: Finding, words: Words) -> dict[str, Any]:
    """A finding as data, the shape of `tropa lint --json`: code, severity, address, message, fix, file, line, column."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "address": finding.address,
        "message": words(finding.code, **finding.facts),
        "fix": words(f"{finding.code}.fix", **finding.facts),
        "file": finding.where.file,
        "line": finding.where.line,
        "column": finding.where.column,
    }


def exit_status(findings: Iterable[Finding], *, strict: bool = False) -> int:
    """1 where there is an error — or, when `strict`, a warning; else 0. Hints never fail."""
    grave = {"error", "warning"} if strict else {"error"}
    return int(any(finding.severity in grave for finding in findings))
