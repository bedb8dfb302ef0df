"""The rules with their codes, and running them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol, runtime_checkable

from tropa.lint import rules_content as content
from tropa.lint import rules_trail as trail
from tropa.lint.finding import Finding, Severity
from tropa.lint.ground import Ground
from tropa.model import Map, Readings, Where
from tropa.words import words


@runtime_checkable
class Positioned(Protocol):
    """A map that came from a file and knows its lines (`codec.Document`; lint does not know the codec)."""

    @property
    def map(self) -> Map: ...

    def where(self, address: str) -> Where: ...


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its code (the message's id in the catalogues), how grave, and what finds it."""

    code: str
    severity: Severity
    find: Callable[[Ground], content.Found]


RULES: tuple[Rule, ...] = (
    Rule("TR-L001", "warning", content.stage_without_metric),
    Rule("TR-L002", "warning", content.pain_without_owner),
    Rule("TR-L003", "hint", content.emotion_without_evidence),
    Rule("TR-L004", "warning", content.stale_evidence),
    Rule("TR-L005", "warning", trail.orphan_branch),
    Rule("TR-L006", "warning", trail.unknown_event),
    Rule("TR-L007", "warning", trail.overlapping_bindings),
    Rule("TR-L008", "warning", trail.stage_not_observed),
    Rule("TR-L009", "warning", trail.metric_beyond_target),
    Rule("TR-L010", "warning", content.improvement_without_owner),
    Rule("TR-L011", "hint", content.improvement_without_due),
    Rule("TR-L012", "warning", content.improvement_overdue),
    Rule("TR-L013", "warning", content.grave_pain_without_improvement),
    Rule("TR-L014", "error", trail.loop_that_is_no_return),
    Rule("TR-L015", "warning", trail.no_deal),
    Rule("TR-L016", "hint", content.persona_without_segment),
    Rule("TR-L017", "warning", content.empty_column),
    Rule("TR-L018", "warning", trail.emotion_contradicted),
    Rule("TR-L019", "hint", content.missing_language),
    Rule("TR-L020", "hint", content.quote_without_source),
    Rule("TR-L021", "warning", content.same_as_today),
    Rule("TR-L022", "error", content.improvement_of_unknown_pain),
    Rule("TR-L023", "error", trail.unknown_reading),
    Rule("TR-L024", "warning", content.unknown_lane),
    Rule("TR-L025", "hint", content.still_a_proposal),
    Rule("TR-L026", "hint", content.criterion_without_evidence),
    Rule("TR-L027", "hint", content.comparison_without_us),
    Rule("TR-L028", "error", content.comparison_said_twice),
)


def check(
    what: Map | Positioned,
    readings: Readings | None,
    *,
    today: date,
    events: Iterable[str] | None = None,
    beside: Map | None = None,
) -> tuple[Finding, ...]:
    """All findings, in the order of the file where it is known, else of the rules.

    `what`: a map, or a document, which gives the findings their lines. `events`: the names of events that the log has (None: there is no
    log, bindings are not checked). `beside`: the as-is map that a to-be map is compared with. The same input gives the same findings.
    """
    value = what if isinstance(what, Map) else what.map
    ground = Ground(value, readings, today, None if events is None else tuple(events), beside)
    found: list[Finding] = []
    for rule in RULES:
        for address, facts in rule.find(ground):
            where = Where(path=address) if isinstance(what, Map) else what.where(address)
            found.append(Finding(rule.code, rule.severity, address, facts, where))
    return tuple(sorted(found, key=lambda item: (item.where.line or 0, item.where.column or 0)))


def guide_page(lang: str) -> str:
    """The page `docs/guide/lint.md` (or `docs/ru/lint.md`): every rule with what it means. Generated, and compared by a test."""
    say = words(lang)
    lines = [f"# {say('lint-page-title')}", "", say("lint-page-intro"), ""]
    lines += [f"| {say('lint-page-code')} | {say('lint-page-severity')} | {say('lint-page-rule')} |", "|---|---|---|"]
    for rule in RULES:
        lines.append(f"| `{rule.code}` | {say(f'lint-severity-{rule.severity}')} | {say(f'{rule.code}.about')} |")
    return "\n".join(lines) + "\n"
