"""Tropa: the same questions through its measures, on a trail in memory order (`prepared`: imported before, opened and bound)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import asked

from tropa import events, trail
from tropa.events.contract import Overrides
from tropa.model import Deal, EventRule, Limits, Map, Stage, Touchpoint
from tropa.simulate.big import NAMES
from tropa.trail.answers import find_answers
from tropa.trail.archive import Archive
from tropa.trail.measures import Asked, ask
from tropa.trail.tape import Tape
from tropa.trail.trusted import Roles, trusted_tape


def journey() -> Map:
    """Five stages of five events each; nothing ends a pass but silence, and not even that after a deal."""
    stages = []
    for k in range(5):
        names = NAMES[k * 5 : k * 5 + 5]
        points = tuple(
            Touchpoint(id=f"p-{n}", title=name, when=EventRule(event=name)) for n, name in enumerate(names, k * 5)
        )
        deal = Deal(event=asked.PAID) if asked.PAID in names else None
        stages.append(Stage(id=f"s{k}", title=f"s{k}", touchpoints=points, deal=deal))
    limits = Limits(silence=timedelta(days=30), window=timedelta(days=7), settle=timedelta(days=3650))
    return Map(title="bench", stages=tuple(stages), limits=limits)


def load(log: Path, folder: Path, form: str) -> Asked:
    """The trail, bound and cut into passes. `prepared`: from the archive, imported once before; `raw`: straight from the file."""
    tape = trusted_tape(log, Roles(channel="channel")) if form == "raw" else archived(log, folder / "trail")
    ready = trail.prepare(tape, journey())
    return Asked(ready, find_answers(ready), ready.everybody)


def archived(log: Path, folder: Path) -> Tape:
    """The archive's tape."""
    tape = Archive(folder).tape()
    if tape is None:
        plan = events.plan(log, Overrides())
        batches = events.read(plan, batch_rows=500_000)
        Archive(folder).add(batches, source=plan.source, file=log.name, currency=plan.currency, now=datetime.now(UTC))
        tape = Archive(folder).tape()
    assert tape is not None
    return tape


def _rows(state: Asked, name: str, **settings: Any) -> list[dict[str, Any]]:
    answer = ask(name, state, {key.replace("_", "-"): value for key, value in settings.items()})
    names = [column.id for column in answer.columns]
    return [dict(zip(names, row, strict=True)) for row in answer.rows]


def _bare(state: Any) -> str:
    return str(state).partition(":")[2]


def counts(state: Asked) -> dict[str, int]:
    """See asked.py."""
    rows = _rows(state, "transitions", level="events", repeats=True, rows=1000, times=False)
    return {edge: row["times"] for edge, row in _between_events(rows)}


def medians(state: Asked) -> dict[str, list[int]]:
    """See asked.py."""
    rows = _rows(state, "transitions", level="events", repeats=True, rows=1000)
    return {edge: [row["times"], round(row["median"] * 1e6)] for edge, row in _between_events(rows)}


def _between_events(rows: list[dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    inner = [row for row in rows if row["from"].startswith("event:") and row["to"].startswith("event:")]
    return [(f"{_bare(row['from'])}>{_bare(row['to'])}", row) for row in inner]


def funnel(state: Asked) -> list[int]:
    """See asked.py."""
    path = tuple(f"event:{name}" for name in asked.FUNNEL)
    return [row["customers"] for row in _rows(state, "funnel", path=path, window="7d")]


def steps(state: Asked) -> dict[str, int]:
    """See asked.py."""
    rows = _rows(state, "steps", level="events", repeats=True, after=asked.STEPS)
    return {f"{row['step']}:{_bare(row['state'])}": row["passes"] for row in rows if row["state"].startswith("event:")}


def cohorts(state: Asked) -> dict[str, int]:
    """See asked.py."""
    rows = _rows(state, "retention", by="visits", period="week", width=asked.AGES)
    weeks = {row["cohort"]: (date.fromisoformat(row["cohort"]) - date(1970, 1, 5)).days // 7 for row in rows}
    return {f"{weeks[row['cohort']]}:{row['age']}": row["active"] for row in rows if row["active"]}


def markov(state: Asked) -> dict[str, float]:
    """See asked.py: this rule alone and without intervals, as the others tell it."""
    return {row["channel"]: row["markov"] for row in _rows(state, "channels", rule="markov", intervals=False)}


def shapley(state: Asked) -> dict[str, float]:
    """See asked.py: as `markov`."""
    return {row["channel"]: row["shapley"] for row in _rows(state, "channels", rule="shapley", intervals=False)}


def leaving(state: Asked) -> dict[str, int]:
    """See asked.py."""
    rows = _rows(state, "paths", outcome="left", level="events", length=asked.LAST, rows=200)
    return {
        " > ".join(_bare(one) if ":" in one else one for one in row["path"].split(" > ")): row["passes"] for row in rows
    }


if __name__ == "__main__":
    mine = globals()
    asked.main(load, {name: mine[name] for name in asked.QUESTIONS})
