"""Doors to the plan: improvements by priority, made from a break or a pain in one call (R-40)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import Query, Request, Response
from pydantic import BaseModel, Field, model_validator

from tropa.model import say
from tropa.model.access import Right
from tropa.service import planning
from tropa.web.attachment import attachment
from tropa.web.doors import AtDesk, Doors, Who
from tropa.web.language import words_of
from tropa.web.paths import API

DOORS = Doors(API, "plan")
Formula = Annotated[str, Field(min_length=1, max_length=200)]
Tried = Annotated[str | None, Query(max_length=200, description="Another formula, only to look.")]


class PlanItem(BaseModel):
    """An improvement as the plan shows it, in the language asked for. `impact`: money per 30 days; `priority`: null if unknown."""

    id: str
    text: str
    stage: str
    stage_title: str
    pain: str | None
    pain_text: str
    owner: str | None
    owner_name: str
    due: date | None
    overdue: bool
    status: Literal["idea", "planned", "doing", "testing", "done", "dropped"]
    impact: float | None
    confidence: float | None
    effort: float | None
    priority: float | None
    effect: str


class PlanReply(BaseModel):
    """The plan, the most worthwhile first."""

    items: list[PlanItem]
    formula: str
    own_formula: bool
    currency: str


class NewImprovement(BaseModel):
    """From which pain or break: `pain` by its id, or `stage` with the kind of break. `text`: else a sentence is made."""

    pain: str | None = Field(None, max_length=64)
    stage: str | None = Field(None, max_length=64)
    kind: Literal["exit", "loop"] = "exit"
    text: str | None = Field(None, min_length=1, max_length=2000)

    @model_validator(mode="after")
    def _one_cause(self) -> NewImprovement:
        if (self.pain is None) == (self.stage is None):
            raise ValueError("either pain or stage")
        return self


class ImprovementMade(BaseModel):
    """The new improvement's id in the map."""

    id: str


class FormulaSetting(BaseModel):
    """The team's formula over impact, confidence and effort; null: impact * confidence / effort."""

    formula: Formula | None


def _item(one: planning.Item, lang: str) -> PlanItem:
    made = one.improvement
    return PlanItem(
        id=made.id,
        text=one.text,
        stage=made.stage,
        stage_title=one.stage,
        pain=made.pain,
        pain_text=one.pain,
        owner=made.owner,
        owner_name=one.owner,
        due=made.due,
        overdue=one.overdue,
        status=made.status,
        impact=made.impact,
        confidence=made.confidence,
        effort=made.effort,
        priority=one.priority,
        effect=say(made.effect, lang),
    )


@DOORS.get("/maps/{map_id}/plan", Right.READ)
def map_plan(desk: AtDesk, who: Who, map_id: str, request: Request, formula: Tried = None) -> PlanReply:
    """The plan by priority."""
    words = words_of(request)
    found = planning.plan(desk, who, words, map_id, formula)
    items = [_item(one, words.lang) for one in found.items]
    return PlanReply(items=items, formula=found.formula, own_formula=found.own_formula, currency=found.currency)


@DOORS.get("/maps/{map_id}/plan.{form}", Right.READ, response_class=Response)
def map_plan_file(
    desk: AtDesk, who: Who, map_id: str, form: Literal["csv", "md"], request: Request, formula: Tried = None
) -> Response:
    """The plan for a spreadsheet (CSV) or an issue tracker (Markdown)."""
    words = words_of(request)
    found = planning.plan(desk, who, words, map_id, formula)
    if form == "csv":
        return attachment(planning.as_csv(found, words), "text/csv; charset=utf-8", f"plan-{map_id}.csv")
    title = say(desk.living.current(desk, map_id)[1].title, words.lang)
    return attachment(planning.as_markdown(found, words, title), "text/markdown; charset=utf-8", f"plan-{map_id}.md")


@DOORS.put("/maps/{map_id}/plan/formula", Right.EDIT)
def set_plan_formula(desk: AtDesk, who: Who, map_id: str, wanted: FormulaSetting) -> FormulaSetting:
    """The formula by which the team ranks improvements of this map."""
    planning.set_formula(desk, who, map_id, wanted.formula)
    return wanted


@DOORS.post("/maps/{map_id}/improvements", Right.EDIT, status_code=201)
def make_improvement(desk: AtDesk, who: Who, map_id: str, request: Request, wanted: NewImprovement) -> ImprovementMade:
    """From a break or a pain to an improvement in one call; its impact is what the break could regain."""
    cause = planning.Cause(wanted.pain, wanted.stage, wanted.kind)
    return ImprovementMade(id=planning.improve(desk, who, words_of(request), map_id, cause, wanted.text))
