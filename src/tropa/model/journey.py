"""The order of stages that `after` describes: a directed graph without circles (loops are kept apart)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tropa.model.map import Map


def predecessors(value: Map) -> dict[str, tuple[str, ...]]:
    """For each stage the stages one comes from. A stage without `after` follows the one written before it."""
    out: dict[str, tuple[str, ...]] = {}
    previous: tuple[str, ...] = ()
    for stage in value.stages:
        out[stage.id] = previous if stage.after is None else stage.after
        previous = (stage.id,)
    return out


def later(value: Map) -> dict[str, frozenset[str]]:
    """For each stage all stages that lie after it on some way. Parallel branches are neither earlier nor later."""
    before = predecessors(value)
    after: dict[str, set[str]] = {stage.id: set() for stage in value.stages}
    for stage_id in after:
        wave = set(before[stage_id])
        seen: set[str] = set()
        while wave - seen:
            seen |= wave
            wave = {far for near in wave for far in before[near]}
        for earlier in seen:
            after[earlier].add(stage_id)
    return {stage_id: frozenset(names) for stage_id, names in after.items()}


def successors(value: Map) -> dict[str, tuple[str, ...]]:
    """For each stage the stages that directly follow it, in the map's order."""
    before = predecessors(value)
    return {
        stage.id: tuple(other.id for other in value.stages if stage.id in before[other.id]) for stage in value.stages
    }


def columns(value: Map) -> dict[str, int]:
    """Depth of each stage: 0 for a start, else one more than the deepest stage before it. Parallel branches share a depth."""
    before = predecessors(value)
    depth: dict[str, int] = {}

    def find(stage_id: str) -> int:
        if stage_id not in depth:
            depth[stage_id] = 1 + max((find(name) for name in before[stage_id]), default=-1)
        return depth[stage_id]

    for stage in value.stages:
        find(stage.id)
    return depth
