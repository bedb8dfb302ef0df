"""Breaks: each planted loss beside the one that is told, and whether dearer ones come first (R-24)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
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
FEW, SOME, MANY = 400, 2_000, 6_000
Rows = list[dict[str, Any]]
Pairs = list[tuple[str, str]]


def look(seed: int, *, make: Callable[[int], World], extra: Callable[[int, Pairs], Rows] | None = None) -> Rows:
    """The world of a seed: each planted break beside what was found, all of them mended, and pairs of losses that are well apart."""
    world = make(seed)
    tape, value = tape_of(world), map_of(world)
    bound = bind(tape, value)
    passes = find_passes(tape, bound, value, pass_limits(value))
    found, together = breaks(tape, bound, passes, value, horizon=world.truth["horizon_days"] * DAY, sensitivity=False)
    told = {"loop" if one.kind == "loop" else one.stage: one for one in found}
    out: Rows = []
    for planted in world.truth["breaks"]:
        name = "loop" if planted["kind"] == "loop" else planted["stage"]
        group = name if world.name == "sergey" or name == "loop" else "exits"
        out.append(
            {"of": group, "place": name, "truth": planted["loss"]} | _figures(told[name].loss if name in told else None)
        )
    every = {"of": "all together", "truth": world.truth["all_together"]} | _figures(together)
    pairs = [
        (one["place"], other["place"]) for one in out for other in out if one["truth"] >= APART * other["truth"] > 0
    ]
    return [*out, every, *_order(told, pairs), *(extra(seed, pairs) if extra else [])]


def _order(told: dict[str, Break], pairs: Pairs) -> Rows:
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


def _best_order(seed: int, pairs: Pairs) -> Rows:
    """The same by an oracle (`oracle.py`), in every fourth world."""
    if not pairs or seed % 4:
        return []
    best = oracle.losses(seed, customers=400)
    return [{"of": f"{ORDER}, by an oracle", "hit": best[one] > best[other]} for one, other in pairs]


def _figures(loss: Any) -> dict[str, Any]:
    return {"silent": True} if loss is None else {"value": loss.value, "low": loss.low, "high": loss.high}


def _sergeys(seed: int) -> World:
    world = sergeys.world_of(seed)
    return replace(world, truth={**world.truth, "unchanged": ["awareness"]})


def _causes(seed: int) -> World:
    world = sergey(seed, customers=MANY)
    return replace(world, truth={**world.truth, "unchanged": ["awareness"]})


plain = partial(look, make=partial(markov, customers=SOME))
small = partial(look, make=partial(markov, customers=FEW), extra=_best_order)
hetero = partial(look, make=partial(markov, kind="hetero", customers=SOME))
places = partial(look, make=_sergeys)
causes = partial(look, make=_causes)
CELLS = {"markov": plain, "small": small, "hetero": hetero, "sergey": places, "sergey-causes": causes}
