"""Shops whose shares, repeats, differences and reasons are known: arrays, the tape made of them, and the same question put to the arrays.

Customers come at random over the log, see, pick, pay, and come again. Each has a taste of its own (beta distributed) that moves
everything it does, so that passes of one customer hang together. `truth_of` counts over so many customers that chance is gone, by plain
arithmetic that shares nothing with the product.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from tropa.model import Map
from tropa.trail.archive.build import encode, tape_from_arrays
from tropa.trail.tape import NO_VALUE, Column, Tape

DAY = 86_400_000_000
LENGTH = 180.0
"""Days of log."""
WINDOW, SILENCE, HORIZON = 5.0, 14.0, 60.0
TURN = LENGTH / 2
"""Day on which the shop changes, where it does."""
MANY = 600_000
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Kind:
    """How a shop is. `pick`: mean chance to pick; `tastes`: how alike customers are (the beta distribution's a + b);
    `again`: mean chance to come again after a deal; `after`: what is added to the chance to pick from `TURN` on; `wait`: median days until
    the next pass; `group`: added to the chance to pick of every second customer."""

    pick: float = 0.45
    tastes: float = 4.0
    again: float = 0.5
    after: float = 0.0
    group: float = 0.0
    wait: float = 35.0


@dataclass(frozen=True, slots=True)
class Passes:
    """All passes (p), with nothing cut off: days of seeing, picking, paying and of the next pass's seeing (infinite: never)."""

    who: npt.NDArray[np.int64]
    see: Floats
    pick: Floats
    pay: Floats
    again: Floats


def passes_of(kind: Kind, customers: int, rng: np.random.Generator) -> Passes:
    """Everybody's passes, until so long after the end of the log that every wait is known."""
    who = np.arange(customers)
    taste = rng.beta(0.5 * kind.tastes, 0.5 * kind.tastes, customers)
    see = rng.uniform(0, LENGTH, customers)
    parts = []
    while len(who):
        n = len(who)
        chance = kind.pick + (taste[who] - 0.5) * min(kind.pick, 1 - kind.pick)
        chance = chance + kind.after * (see >= TURN) + kind.group * (who % 2)
        pick = np.where(rng.random(n) < chance, see + 0.02 + rng.exponential(2.0, n).clip(max=SILENCE - 1), np.inf)
        pay = np.where(rng.random(n) < 0.7, pick + 0.02 + rng.exponential(1.0, n).clip(max=SILENCE - 1), np.inf)
        comes = rng.random(n) < kind.again + (taste[who] - 0.5) * min(kind.again, 1 - kind.again)
        wait = np.maximum(SILENCE + 2, kind.wait * np.exp(0.5 * rng.standard_normal(n)))
        again = np.where(comes & np.isfinite(pay), pay + wait, np.inf)
        parts.append((who, see, pick, pay, again))
        inside = again < LENGTH + HORIZON
        who, see = who[inside], again[inside]
    return Passes(*(np.concatenate([part[i] for part in parts]) for i in range(5)))


def tape_of_passes(passes: Passes, customers: int, start: int = 0) -> Tape:
    """What a tracker would have written down by the end of the log."""
    rows = [(passes.see, 1, passes.who), (passes.pick, 2, passes.who), (passes.pay, 3, passes.who)]
    day = np.concatenate([row[0] for row in rows])
    event = np.repeat([1, 2, 3], len(passes.who))
    who = np.concatenate([row[2] for row in rows])
    seen = np.flatnonzero(day < LENGTH)
    order = seen[np.lexsort((event[seen], who[seen], day[seen]))]
    used, customer = np.unique(who[order], return_inverse=True)
    time = start + (day[order] * DAY).astype(np.int64)
    n = len(order)
    return tape_from_arrays(
        customer=customer.astype(np.int64),
        customers=np.array([f"c{number}" for number in used], dtype=np.str_),
        time=time,
        event=Column(event[order].astype(np.uint32), ("", "see", "pick", "pay")),
        value=np.where(event[order] == 3, 100_000, NO_VALUE),
        properties={"half": Column((who[order] % 2 + 1).astype(np.uint32), ("", "even", "odd"))},
        source=encode(["log"] * n, n),
        currency="RUB",
        complete_until={"log": start + int(LENGTH * DAY)},
    )


def map_of_shop() -> Map:
    """See, pick, pay; two segments of every second customer."""
    return Map.model_validate(
        {
            "title": "shop",
            "simulated": True,
            "limits": {
                "silence": f"{SILENCE:g}d",
                "window": f"{WINDOW:g}d",
                "horizon": f"{HORIZON:g}d",
                "settle": "1h",
            },
            "segments": [{"id": name, "title": name, "rule": {"has": {"half": name}}} for name in ("even", "odd")],
            "stages": [
                {"id": "see", "title": "see", "when": {"event": "see"}},
                {"id": "pick", "title": "pick", "when": {"event": "pick"}},
                {"id": "pay", "title": "pay", "deal": {"event": "pay"}},
            ],
        }
    )


def shares(passes: Passes, which: npt.NDArray[np.bool_] | None = None) -> dict[str, float]:
    """The shares that the product tells, from the passes themselves; `… raw`: what they come to where the end of the log is not heeded.

    `pick`: of the passes watched for the window, those that picked within it. `repeat`: of the deals watched for the horizon, those
    followed by a further deal within it. `curve`: the same of all deals, whatever becomes of them after the log.
    """
    mine = passes.see < LENGTH
    if which is not None:
        mine &= which
    watched = mine & (passes.see + WINDOW <= LENGTH)
    hit = passes.pick - passes.see <= WINDOW
    order = np.lexsort((passes.see, passes.who))
    order = order[np.isfinite(passes.pay[order])]
    who, at = passes.who[order], passes.pay[order]
    following = np.append(np.where(who[1:] == who[:-1], at[1:], np.inf), np.inf)[: len(at)]
    deal = mine[order] & (at < LENGTH)
    soon = following - at <= HORIZON
    full = deal & (at + HORIZON <= LENGTH)
    return {
        "pick": _mean(hit[watched]),
        "pick raw": _mean((hit & (passes.pick < LENGTH))[mine]),
        "repeat": _mean(soon[full]),
        "curve": _mean(soon[deal]),
        "repeat raw": _mean((soon & (following < LENGTH))[deal]),
    }


def _mean(hits: npt.NDArray[np.bool_]) -> float:
    return float(hits.mean()) if len(hits) else float("nan")


@lru_cache(maxsize=32)
def truth_of(kind: Kind) -> dict[str, float]:
    """The shares in a shop of so many customers that chance is gone; of both halves of the log and of the customers too."""
    rng = np.random.default_rng(20_260_101)
    passes = passes_of(kind, MANY, rng)
    out = shares(passes)
    for name, which in halves(passes).items():
        out |= {f"{share} {name}": value for share, value in shares(passes, which).items()}
    return out


def halves(passes: Passes) -> dict[str, npt.NDArray[np.bool_]]:
    """Which passes belong to each half of the time and of the customers."""
    late, odd = passes.see >= TURN, passes.who % 2 == 1
    return {"early": ~late, "late": late, "even": ~odd, "odd": odd}
