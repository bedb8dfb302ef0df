"""The few questions the terminal asks, each with a default."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from tropa.cli.console import make_console
from tropa.words import Words

if TYPE_CHECKING:
    from tropa.events.contract import ReadPlan
    from tropa.service.own_files import Answers, Question

SHOWN = 9
"""How many events are offered as the deal."""


def can_ask() -> bool:
    """Whether somebody sits at the other end."""
    return sys.stdin.isatty()


def confirm_plans(plans: Sequence[ReadPlan], say: Words) -> tuple[ReadPlan, ...]:
    """Shows how the files will be read and asks once whether that is right; «no» leads to `--as`."""
    from tropa.cli.tables import plan_table

    console = make_console(stderr=True)
    for plan in plans:
        console.print(plan_table(plan, say))
    if can_ask() and not click.confirm(say("cli-ask-roles"), default=True, err=True):
        console.print(say("cli-plan-uncertain"))
        raise click.Abort
    return tuple(plans)


def ask_about_map(question: Question, say: Words) -> Answers:
    """Which event is the deal, and whether goods are bought again. Nobody there to ask: as drafted."""
    from tropa.service.own_files import Answers

    if not can_ask():
        return Answers()
    console = make_console(stderr=True)
    offered = [one.event for one in question.events[:SHOWN]]
    if question.deal and question.deal not in offered:
        offered.append(question.deal)
    for number, name in enumerate(offered, 1):
        console.print(f"  {number}  {name}", markup=False)
    least = 1 if question.deal else 0  # where nothing looks like a deal, "none of these" is an answer, and the default
    if not least:
        console.print(f"  0  {say('story-ask-none')}", markup=False)
    default = offered.index(question.deal) + 1 if question.deal in offered else least
    number = click.prompt(say("cli-ask-deal"), type=click.IntRange(least, len(offered)), default=default, err=True)
    if not number:
        return Answers()
    deal = offered[number - 1]
    again = click.confirm(say("cli-ask-again"), default=question.bought_again, err=True)
    return replace(Answers(), deal=deal if deal != question.deal else None, bought_again=again)
