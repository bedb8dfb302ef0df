"""Every question that a page, a command and a table are made for from its declaration (docs/adr/0035)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

from tropa.model import TropaError, near_miss
from tropa.model.measure import Answer, Declaration, Setting
from tropa.stats.threads import one_thread
from tropa.trail.measures import (
    channel_return,
    channels,
    churn,
    churn_moves,
    clusters,
    conformance,
    funnel,
    funnel_difference,
    loops,
    ltv,
    ltv_check,
    next_purchase,
    paths,
    purchase_interval,
    reasons,
    referrals,
    repeat_curve,
    retention,
    rfm,
    rfm_grid,
    sales_cycle,
    sankey,
    sentiment,
    steps,
    themes,
    touchpoints,
    transitions,
)
from tropa.trail.measures.asked import UNIT, Asked
from tropa.trail.measures.by_session import by_sessions
from tropa.trail.rounds import Round, run

Question = Callable[[Asked, Mapping[str, Setting]], Round[Any, Any] | Answer]
"""`rounds` of a measure: with a frame and understood settings, its first round (or at once the answer)."""
_MODULES: tuple[ModuleType, ...] = (
    reasons, transitions, steps, sankey, paths, loops, funnel, funnel_difference, touchpoints, conformance, clusters, retention,
    purchase_interval, repeat_curve, churn, churn_moves, rfm, rfm_grid, ltv, ltv_check, next_purchase, sales_cycle, referrals, channels,
    channel_return, themes, sentiment,
)  # fmt: skip
DECLARATIONS: tuple[Declaration, ...] = tuple(module.DECLARATION for module in _MODULES)
_FIRST: dict[str, Question] = {module.DECLARATION.id: module.rounds for module in _MODULES}


def declaration(name: str) -> Declaration:
    """The declaration of a measure. Raises TR-T301 with the nearest name."""
    for one in DECLARATIONS:
        if one.id == name:
            return one
    known = [one.id for one in DECLARATIONS]
    raise TropaError("TR-T301", name=name, near=near_miss(name, known), known=", ".join(known))


def begin(name: str, frame: Asked, raw: Mapping[str, Any] | None = None) -> Round[Any, Any] | Answer:
    """The first round of a measure, for whoever runs rounds. `raw`: its parameters as they came. Raises TR-T301…TR-T307."""
    declared = declaration(name)
    if frame.wish.scope == "sessions" and frame.ready.tape.cut_of is None:
        raise TropaError(
            "TR-T307", measure=name, known=", ".join(one.id for one in DECLARATIONS if UNIT in one.parameters)
        )
    return _FIRST[declared.id](frame, declared.settings(raw or {}))


def of_sessions(name: str, raw: Mapping[str, Any] | None = None) -> bool:
    """Whether a question is about sessions: then it is put to `by_sessions` of what was asked. Raises TR-T301…TR-T303."""
    return declaration(name).settings(raw or {}).get(UNIT.id) == "sessions"


@one_thread()
def ask(name: str, asked: Asked, raw: Mapping[str, Any] | None = None) -> Answer:
    """Asks a measure on this machine. `raw`: its parameters as they came. Raises TR-T301…TR-T307."""
    if of_sessions(name, raw) and asked.ready.tape.cut_of is None:
        asked = by_sessions(asked)
    answer: Answer = run(begin(name, asked.frame, raw), [asked])
    return answer


__all__ = ["DECLARATIONS", "Asked", "ask", "begin", "by_sessions", "declaration", "of_sessions"]
