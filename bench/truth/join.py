"""Simulated worlds seen by the product: a tape and a map for each."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from tropa.model import Map
from tropa.simulate import STAGE_OF, STAGES, World
from tropa.trail.archive.build import encode, tape_from_arrays
from tropa.trail.tape import NO_VALUE, Column, Tape

RATING = {"csat": lambda x: x - 3, "stars": lambda x: x - 3, "nps": lambda x: (x - 5) / 2.5}


def tape_of(world: World) -> Tape:
    """The world's log as a tape in memory, complete until the end of the simulated time."""
    log = world.log

    def column(name: str) -> Column:
        chunk = log[name].combine_chunks()
        codes = chunk.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64) + 1
        return Column(codes.astype(np.uint32), ("", *chunk.dictionary.to_pylist()))

    who = log["customer_id"].combine_chunks()
    used, customer = np.unique(who.indices.to_numpy(), return_inverse=True)
    money = log["value"].combine_chunks().to_numpy(zero_copy_only=False).astype(np.float64)
    named = set(log.column_names)
    time = log["time"].cast(pa.int64()).to_numpy()
    start = int(world.truth.get("start", time[0] // 86_400_000_000 * 86_400_000_000))
    return tape_from_arrays(
        customer=customer.astype(np.int64),
        customers=np.array(who.dictionary.to_pylist(), dtype=np.str_)[used],
        time=time,
        event=column("event"),
        channel=column("channel") if "channel" in named else None,
        value=np.where(np.isnan(money), NO_VALUE, np.nan_to_num(money * 100).round().astype(np.int64)),
        order=column("order_id").codes if "order_id" in named else None,
        properties={name: column(name) for name in ("persona", "city", "device", "about") if name in named},
        source=encode(["log"] * len(time), len(time)),
        currency="RUB",
        complete_until={"log": start + int(world.truth["days"]) * 86_400_000_000},
    )


ABOUT = {"chat": "decision", "delivery": "purchase", "use": "use"}


def _when(stage: str) -> list[dict[str, Any]]:
    """A stage's events; a score belongs to the stage that it is about."""
    plain = [event for event, place in STAGE_OF.items() if place == stage and event != "csat_answered"]
    scores = [{"event": "csat_answered", "props": {"about": about}} for about, place in ABOUT.items() if place == stage]
    return [{"event": plain}, *scores]


def map_of(world: World, *, targets: bool = True, personas: bool = True) -> Map:
    """A map that binds the world's events; with `targets`, the truth's references are the user's targets."""
    truth = world.truth
    wanted = [
        {"stage": item["stage"] or truth["stages"][-2], "kind": item["kind"], "exit_rate": min(item["reference"], 1.0)}
        for item in truth["breaks"]
    ]
    # where nothing is planted nothing is better than it is, so that all together is of the same places
    wanted += [{"stage": stage, "kind": "exit", "exit_rate": 1.0} for stage in truth.get("unchanged", ())]
    body: dict[str, Any] = {
        "title": f"{world.name} {world.seed}",
        "simulated": True,
        "limits": {"silence": f"{truth['silence_days']}d"},
        "targets": wanted if targets else [],
    }
    if world.name == "sergey":
        void = [{"event": "order_cancelled"}, {"event": "order_returned"}]
        body["stages"] = [
            {
                "id": stage,
                "title": stage,
                "when": _when(stage),
                **({"deal": {"event": "order_paid", "void": void}} if stage == "purchase" else {}),
            }
            for stage in STAGES
        ]
        if personas:
            body["personas"] = [
                {"id": name, "title": name, "segment": {"has": {"persona": name}}}
                for name in ("beginner", "experienced", "coach")
            ]
    else:
        last = truth["stages"][-2]
        body["stages"] = [
            {
                "id": stage,
                "title": stage,
                "when": {"event": stage},
                **({"deal": {"event": truth["deal"]}} if stage == last else {}),
            }
            for stage in truth["stages"]
        ]
    return Map.model_validate(body)
