"""Sentences about a file for people: why a row could not be read, what a plan assumes."""

from __future__ import annotations

from tropa.events.contract import BadRow, ReadPlan
from tropa.events.planning import facts
from tropa.words import words


def reason(row: BadRow, lang: str) -> str:
    """Why the row could not be read."""
    return words(lang)(row.code, **({"value": "", "column": row.column or ""} | dict(row.facts)))


def notes(plan: ReadPlan, lang: str) -> tuple[str, ...]:
    """What was assumed about the file, each as a sentence."""
    say, known = words(lang), facts(plan)
    return tuple(say(message, **known) for message in plan.warnings)
