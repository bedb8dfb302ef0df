"""Shops with one planted reason among many things that mean nothing, and shops with none (R-25)."""

from __future__ import annotations

from typing import Any

import numpy as np
from shops import DAY

from tropa.model import Map
from tropa.trail import prepare
from tropa.trail.answers import find_answers
from tropa.trail.archive.build import encode, tape_from_arrays
from tropa.trail.filters import Filter, choose
from tropa.trail.measures import Asked, ask
from tropa.trail.tape import NO_VALUE, Column, Tape

ODDS, EXITS, THINGS = 2.0, 1_000, 24
"""How many times as high the odds of leaving are with the reason; exits of a world; things that customers may have met."""
CITIES, CHANNELS, DEVICES = 6, 4, 3
MINUTE = 60_000_000


def planted(seed: int) -> list[dict[str, Any]]:
    """The thing that doubles the odds: is it told first, is its other name told with it, does the interval hold the odds?"""
    answer = ask("reasons", _asked(_tape(seed, ODDS)), {"break": "see/exit"})
    names = [str(name) for name in answer.column("reason")]
    first = bool(names) and names[0] in TWINS and answer.column("having")[0] == "with"
    out: list[dict[str, Any]] = [{"of": "found first", "hit": first}]
    out += [{"of": "a false one beside it", "hit": any(name not in TWINS for name in names)}]
    spot = next((at for at, name in enumerate(names) if name in TWINS), None)
    if spot is None:
        return out
    same = set(str(answer.column("same")[spot]).split("; "))
    out.append(
        {"of": "two names told as one", "hit": {names[spot], *same} >= TWINS and sum(n in TWINS for n in names) == 1}
    )
    figures = {name: float(answer.column(column)[spot] or 0) for name, column in COLUMNS.items()}
    return [*out, {"of": "odds ratio", "truth": ODDS, **figures}]


COLUMNS = {"value": "odds", "low": "odds_low", "high": "odds_high"}
TWINS = {"event:thing0", "property:mark=yes"}
"""The reason, and another name that the log has for it."""


def nothing(seed: int) -> list[dict[str, Any]]:
    """Nothing is planted: is anything found?"""
    return [{"of": "anything found", "hit": bool(ask("reasons", _asked(_tape(seed, 1.0)), {"break": "see/exit"}).rows)}]


def _asked(tape: Tape) -> Asked:
    value = Map.model_validate(
        {
            "title": "reasons",
            "simulated": True,
            "limits": {"silence": "5d", "window": "5d"},
            "stages": [
                {"id": "see", "title": "see", "when": {"event": "see"}},
                {"id": "pay", "title": "pay", "deal": {"event": "pay"}},
            ],
        }
    )
    ready = prepare(tape, value)
    return Asked.of(choose(ready, find_answers(ready), Filter()))


def _tape(seed: int, odds: float) -> Tape:
    """Twice as many customers as exits; each thing is met by 5 to 60 % of them, the reason by 10 to 60 %; some things come together."""
    rng = np.random.default_rng((seed, 25))
    n = 2 * EXITS
    often = rng.uniform(0.05, 0.6, THINGS)
    often[0] = rng.uniform(0.1, 0.6)
    met = rng.random((THINGS, n)) < often[:, None]
    like = rng.random(n) < 0.5  # every fourth thing goes half of the time with the one before it
    for thing in range(4, THINGS, 4):
        met[thing] = np.where(like, met[thing - 1], met[thing])
    base = -0.5 * np.log(odds) * 2 * often[0]
    left = rng.random(n) < 1 / (1 + np.exp(-(base + np.log(odds) * met[0])))
    start = (rng.uniform(0, 150, n) * DAY).astype(np.int64)
    who = np.arange(n)
    at, whose = np.nonzero(met)
    thing = start[whose] + MINUTE * (1 + rng.permuted(np.tile(np.arange(THINGS), (n, 1)), axis=1)[whose, at])
    bought = np.flatnonzero(~left)
    customer = np.concatenate([who, whose, bought])
    event = np.concatenate([np.full(n, 1), at + 3, np.full(len(bought), 2)])
    time = np.concatenate([start, thing, start[bought] + 60 * MINUTE])
    mark = np.zeros(len(event), np.uint32)
    mark[:n] = met[0] + 1
    order = np.lexsort((event, time))
    people = {
        name: Column(
            (rng.integers(1, size + 1, n)[customer[order]]).astype(np.uint32),
            ("", *(f"{name}{k}" for k in range(size))),
        )
        for name, size in (("city", CITIES), ("device", DEVICES))
    }
    channel = Column(
        (rng.integers(1, CHANNELS + 1, n)[customer[order]]).astype(np.uint32), ("", "ads", "seo", "mail", "blog")
    )
    return tape_from_arrays(
        customer=customer[order], customers=np.array([f"c{k}" for k in range(n)], dtype=np.str_), time=time[order],
        event=Column(event[order].astype(np.uint32), ("", "see", "pay", *(f"thing{k}" for k in range(THINGS)))),
        channel=channel, value=np.where(event[order] == 2, 100_000, NO_VALUE),
        properties={**people, "mark": Column(mark[order], ("", "no", "yes"))},
        source=encode(["log"] * len(order), len(order)), currency="RUB", complete_until={"log": 170 * DAY},
    )  # fmt: skip
