"""The plan: improvements of a map ranked by what they bring for what they take, made from a break or a pain in one go (R-40)."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from tropa.model import Improvement, Map, Stage, TropaError, near_miss, say
from tropa.model.access import Actor, Right
from tropa.service import auditing
from tropa.service.desk import Desk
from tropa.service.formula import DEFAULT, formula
from tropa.service.maps import author_of, revised
from tropa.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tropa.model import Break, Pain

_RISKY = ("=", "+", "-", "@", "\t", "\r", "'")


@dataclass(frozen=True)
class Item:
    """An improvement as the plan shows it. `priority`: None where impact, confidence or effort is missing or the formula has no answer."""

    improvement: Improvement
    stage: str
    owner: str
    text: str
    pain: str
    priority: float | None
    overdue: bool


@dataclass(frozen=True)
class Plan:
    """The plan, the most worthwhile first; `currency`: of the impact, per 30 days."""

    items: tuple[Item, ...]
    formula: str
    own_formula: bool
    currency: str


def plan(desk: Desk, who: Actor, words: Words, map_id: str, own: str | None = None) -> Plan:
    """The plan by the team's formula, or by another one that is being tried (`own`). Raises TR-W220 for one that cannot be read."""
    who.require(Right.READ, map_id)
    row = desk.living.row(desk, map_id)
    value = desk.living.current(desk, map_id)[1]
    text = own or row.formula or DEFAULT
    priority = formula(text)
    today = desk.clock().date()
    items = [_item(value, one, words, priority_of(one, priority), today) for one in value.improvements]
    items.sort(key=lambda one: (one.priority is None, -(one.priority or 0)))
    return Plan(tuple(items), text, text != DEFAULT, value.money.currency)


def priority_of(one: Improvement, rule: object) -> float | None:
    """The priority by a formula; None where something it is made of is not known."""
    assert callable(rule)
    if one.impact is None or one.confidence is None or one.effort is None:
        return None
    found: float | None = rule(one.impact, one.confidence, one.effort)
    return found


def _item(value: Map, one: Improvement, words: Words, priority: float | None, today: date) -> Item:
    stage = next(stage for stage in value.stages if stage.id == one.stage)
    pain = next((pain for pain in _pains(stage) if pain.id == one.pain), None)
    overdue = one.due is not None and one.due < today and one.status not in ("done", "dropped")
    return Item(
        one,
        say(stage.title, words.lang),
        value.who(one.owner, words.lang),
        say(one.text, words.lang),
        say(pain.text if pain else None, words.lang),
        priority,
        overdue,
    )


def _pains(stage: Stage) -> Iterator[Pain]:
    yield from stage.pains
    for point in stage.all_touchpoints:
        yield from point.pains


def set_formula(desk: Desk, who: Actor, map_id: str, text: str | None) -> None:
    """The team's own formula for this map; None: the usual one. Raises TR-W220."""
    from tropa.store import documents

    who.require(Right.EDIT, map_id)
    desk.living.row(desk, map_id)
    if text is not None:
        formula(text)
    with desk.store.begin() as c:
        documents.set_formula(c, map_id, text)
        auditing.note(desk, c, who, "formula-set", map_id, formula=text or DEFAULT)


@dataclass(frozen=True)
class Cause:
    """What an improvement is about: a pain by its id, or a break by its stage and kind."""

    pain: str | None = None
    stage: str | None = None
    kind: Literal["exit", "loop"] = "exit"


def improve(desk: Desk, who: Actor, words: Words, map_id: str, cause: Cause, text: str | None) -> str:
    """A new improvement from a break or a pain; returns its id. The impact is what the break could regain per 30 days.

    Raises TR-W221 for a pain or break that is not there.
    """
    from tropa.service.answering import readings_of

    who.require(Right.EDIT, map_id)
    value = desk.living.current(desk, map_id)[1]
    readings = readings_of(desk, value, breaks=True)
    breaks = readings.breaks if readings else ()
    made: list[str] = []

    def edit(now: Map) -> Map:
        one = _improvement(now, breaks, cause, text, words)
        made.append(one.id)
        return revised(now, improvements=(*now.improvements, one))

    desk.living.change(desk, map_id, author_of(who), edit)
    return made[-1]


def _improvement(value: Map, breaks: tuple[Break, ...], cause: Cause, text: str | None, words: Words) -> Improvement:
    taken = {one.id for one in value.improvements}
    own = next(name for number in range(1, len(taken) + 2) if (name := f"improvement-{number}") not in taken)
    if cause.pain is not None:
        spot = next(((stage, pain) for stage in value.stages for pain in _pains(stage) if pain.id == cause.pain), None)
        if spot is None:
            known = [pain.id for stage in value.stages for pain in _pains(stage)]
            raise TropaError("TR-W221", name=cause.pain, near=near_miss(cause.pain, known))
        stage, pain = spot
        found = next((one for one in breaks if one.stage == stage.id and one.kind == "exit"), None)
        said = text or words("plan-from-pain", pain=say(pain.text, words.lang))
        return Improvement(
            id=own, text=said, stage=stage.id, pain=pain.id, owner=pain.owner or stage.owner, impact=_impact(found)
        )
    chosen = next((one for one in breaks if one.stage == cause.stage and one.kind == cause.kind), None)
    there = next((stage for stage in value.stages if stage.id == cause.stage), None)
    if chosen is None or there is None:
        raise TropaError(
            "TR-W221", name=cause.stage or "", near=near_miss(cause.stage or "", [one.stage for one in breaks])
        )
    said = text or words(f"plan-from-{cause.kind}", stage=say(there.title, words.lang))
    return Improvement(id=own, text=said, stage=there.id, owner=there.owner, impact=_impact(chosen))


def _impact(found: Break | None) -> float | None:
    """What the break could regain per 30 days; no impact where nothing is known."""
    return None if found is None or found.loss.value <= 0 else round(found.loss.value, 2)


HEADS = ("text", "stage", "pain", "owner", "due", "status", "impact", "confidence", "effort", "priority", "effect")


def as_csv(found: Plan, words: Words) -> bytes:
    """The plan for a spreadsheet: UTF-8 with a mark, in Russian `;` and a decimal comma. Text is never taken for a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";" if words.lang == "ru" else ",", lineterminator="\r\n")
    writer.writerow([words(f"plan-head-{name}") for name in HEADS])
    for one in found.items:
        writer.writerow([_cell(cell, words) for cell in _row(one, words)])
    return out.getvalue().encode("utf-8-sig")


def _row(one: Item, words: Words) -> tuple[str | float | None, ...]:
    made = one.improvement
    return (
        one.text, one.stage, one.pain, one.owner, made.due.isoformat() if made.due else None, words(f"plan-status-{made.status}"),
        made.impact, made.confidence, made.effort, one.priority, say(made.effect, words.lang),
    )  # fmt: skip


def _cell(cell: str | float | None, words: Words) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_RISKY) else cell
    text = f"{cell:.6g}" if abs(cell) < 1e6 else f"{cell:.0f}"
    return text.replace(".", ",") if words.lang == "ru" else text


def as_markdown(found: Plan, words: Words, title: str) -> bytes:
    """The plan as a Markdown table; user text makes no markup of its own."""
    from tropa.render.markdown import escape, inline

    head = [words(f"plan-head-{name}") for name in HEADS]
    rows = []
    for one in found.items:
        cells = [_figure(name, cell, words, found.currency) for name, cell in zip(HEADS, _row(one, words), strict=True)]
        rows.append(" | ".join(inline(cell) or "—" for cell in cells))
    lines = [
        f"# {escape(words('plan-title', map=title))}",
        "",
        escape(words("plan-formula", formula=found.formula)),
        "",
        f"| {' | '.join(head)} |",
        f"|{'---|' * len(head)}",
        *(f"| {row} |" for row in rows),
    ]
    return ("\n".join(lines) + "\n").encode()


def _figure(name: str, cell: str | float | None, words: Words, currency: str) -> str:
    if cell is None or isinstance(cell, str):
        return cell or ""
    if name == "impact":
        return words.money(cell, currency)
    return words.percent(cell) if name == "confidence" else words.decimal(cell)
