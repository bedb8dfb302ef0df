"""Breaks: each planted loss beside the one that is told, and whether dearer ones come first (R-24)."""

from __future__ import annotations

from functools import partial
from typing import Any

import oracle
import sergeys
from join import map_of, tape_of

from tropa.model import Break
from tropa.simulate import World, markov, sergey
from tropa.trail.bind import bind
from tropa.trail.breaks import breaks
from tropa.trail.passes import find_passes, pass_limits

DAY = 86_400_000_000
APART = 1.5
"""Losses so many times apart must come in the right order."""
ORDER = "order of losses 1.5 times apart"
KINDS = ("markov", "small", "hetero", "sergey", "sergey-causes")
Rows = list[dict[str, Any]]


def world_of(kind: str, seed: int) -> World:
    """The world of a seed: `small` is a Markov world with 400 customers."""
    if kind == "sergey":
        return sergeys.world_of(seed)
    if kind == "sergey-causes":
        return sergey(seed, customers=6_000)
    return markov(seed, kind="hetero" if kind == "hetero" else "markov", customers=400 if kind == "small" else 2_000)


def look(seed: int, *, kind: str) -> Rows:
    """One world: each planted break beside what was found, all of them mended, and pairs of losses that are well apart."""
    world = world_of(kind, seed)
    tape, value = tape_of(world), map_of(world)
    bound = bind(tape, value)
    passes = find_passes(tape, bound, value, pass_limits(value))
    found, together = breaks(tape, bound, passes, value, horizon=world.truth["horizon_days"] * DAY, sensitivity=False)
    told = {"loop" if one.kind == "loop" else one.stage: one for one in found}
    out: Rows = []
    for planted in world.truth["breaks"]:
        name = "loop" if planted["kind"] == "loop" else planted["stage"]
        group = name if kind.startswith("sergey") else "loop" if name == "loop" else "exits"
        out.append(
            {"of": group, "place": name, "truth": planted["loss"]} | _figures(told[name].loss if name in told else None)
        )
    every = {"of": "all together", "truth": world.truth["all_together"]} | _figures(together)
    pairs = [
        (one["place"], other["place"]) for one in out for other in out if one["truth"] >= APART * other["truth"] > 0
    ]
    return [*out, every, *_order(told, pairs), *(_best_order(seed, pairs) if kind == "small" and seed % 4 == 0 else [])]


def _order(told: dict[str, Break], pairs: list[tuple[str, str]]) -> Rows:
    """Of pairs, the dearer first: which is put first, whether it is said to be dearer by more than chance, and whether that is right."""
    out: Rows = []
    for one, other in pairs:
        first, second = (told[name].loss.value if name in told else 0.0 for name in (one, other))
        out.append({"of": ORDER, "hit": first > second})
        right, wrong = _apart(told, one, other), _apart(told, other, one)
        out.append({"of": f"{ORDER}, told apart", "hit": right or wrong})
        out += [{"of": f"{ORDER}, right where told apart", "hit": right}] if right or wrong else []
    return out


def _apart(told: dict[str, Break], one: str, other: str) -> bool:
    """Whether one is said to be dearer than the other by more than chance."""
    return one in told and other in told and told[other].rank in (told[one].dearer_than or ())


def _best_order(seed: int, pairs: list[tuple[str, str]]) -> Rows:
    """The same by an oracle (`oracle.py`)."""
    if not pairs:
        return []
    best = oracle.losses(seed, customers=400)
    return [{"of": f"{ORDER}, by an oracle", "hit": best[one] > best[other]} for one, other in pairs]


def _figures(loss: Any) -> dict[str, Any]:
    return {"silent": True} if loss is None else {"value": loss.value, "low": loss.low, "high": loss.high}


CELLS = {kind: partial(look, kind=kind) for kind in KINDS}
