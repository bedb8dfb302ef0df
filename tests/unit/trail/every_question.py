"""What tests ask of every measure: its default question and each choice that it declares; new measures come along by themselves."""

from __future__ import annotations

from typing import Any

from tropa.trail.measures import DECLARATIONS, declaration

MEASURES = [one.id for one in DECLARATIONS]
FURTHER: dict[str, list[dict[str, Any]]] = {
    "transitions": [{"level": "events", "repeats": True}],
    "steps": [{"level": "events", "times": True}, {"around": "at-pay"}],
    "sankey": [{"around": "at-pay", "level": "touchpoints"}],
    "paths": [{"level": "events", "outcome": "left"}],
    "loops": [{"level": "events", "kind": "cycle"}],
    "funnel": [
        {"path": "event:see,event:pay", "window": "2d", "without": "event:pick", "repeats": True},
        {"path": "event:see,event:pay", "order": "strict", "split": "channels"},
    ],
    "funnel-difference": [{"first": "channel:site", "second": "channel:app"}],
    "channels": [{"order": 2}],
    "reasons": [{"break": "pick/exit"}, {"break": "buy/loop"}],
}
"""Parameters put together that no single choice reaches."""
NAMED = {"path", "around", "first", "break"}
"""Parameters that name what a log may not have; then a question is refused with the nearest name."""
ABSENT = {"TR-T305", "TR-T306", "TR-T343"}


def questions(name: str) -> list[dict[str, Any]]:
    """All that is asked of a measure."""
    chosen = [
        {one.id: choice}
        for one in declaration(name).parameters
        for choice in one.choices or ()
        if choice != one.default
    ]
    return [{}, *chosen, *FURTHER.get(name, [])]
