"""Two maps, or one map at two dates: what was changed in them, and which figures differ by more than chance (R-10)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from tropa.model import Map, Rate, Readings, Satisfaction, StageReading, Times
from tropa.model.diff import Change, Difference, diff
from tropa.service.drawing import read_map
from tropa.service.measuring import Measured, measure_if_any
from tropa.service.workspace import MAP_FILE, open_workspace
from tropa.stats.contrast import false_discovery
from tropa.stats.differences import Gap, Waits, newcombe, of_means, ratio_of_medians
from tropa.stats.differences import Measured as Figure

ALPHA = 0.05
"""Of the differences called significant, so many may be chance on average."""

Together = Literal["same", "overlapping", "apart"]
"""How two sets of figures belong together: of the same events, of some customers in both, of different ones."""


@dataclass(frozen=True)
class Compared:
    """What differs between two maps and between their figures."""

    before: Map
    after: Map
    changes: tuple[Change, ...]
    differences: tuple[Difference, ...] = ()
    data: Literal["none", Together] = "none"
    """How the two sets of figures belong together: `none` where one map or both have no log, `same` where both count the same events."""


def compare(before: Path, after: Path, map_name: str = MAP_FILE) -> Compared:
    """Compares two maps, each a file or a workspace; where both are workspaces with logs their figures too.

    Raises TR-S014 for a file that is not there, TR-S001 and TR-S002 for a folder without a map.
    """
    return compare_measured(_taken(before, map_name), _taken(after, map_name))


def compare_measured(before: Measured, after: Measured, data: Together | None = None) -> Compared:
    """Compares two maps with what is known of their figures. `data`: how these belong together, where that is known better."""
    changes = diff(before.map, after.map)
    if before.readings is None or after.readings is None:
        return Compared(before.map, after.map, changes)
    how = data or together(before.readings, after.readings)
    found = differences(before.readings, after.readings, chance=how != "same")
    return Compared(before.map, after.map, changes, found, how)


def _taken(what: Path, map_name: str) -> Measured:
    if what.is_dir():
        workspace = open_workspace(what)
        return measure_if_any(workspace, workspace.map(map_name))
    return Measured(read_map(what), None, {})


def together(before: Readings, after: Readings) -> Together:
    """Whether two sets of readings count the same events, some of the same days, or different ones."""
    one, other = before.scope, after.scope
    if (one.data_version, one.period, one.segment) == (other.data_version, other.period, other.segment):
        return "same"
    if one.period is None or other.period is None or one.segment != other.segment:
        return "apart"
    apart = one.period.end < other.period.start or other.period.end < one.period.start
    return "apart" if apart else "overlapping"


def differences(
    before: Readings, after: Readings, alpha: float = ALPHA, chance: bool | None = None
) -> tuple[Difference, ...]:
    """Conversion, time to the next stage and satisfaction of every stage that both have, with interval and significance.

    Intervals take the two for different customers; where the same days are in both they are wider than need be. Where both count the
    same events (`chance` false; None: as their scopes tell), a difference comes from the maps alone: no chance, no p.
    """
    gaps = [
        (stage.id, name, old, new, gap)
        for stage in before.stages
        if (other := after.stage(stage.id)) is not None
        for name, old, new, gap in _gaps(stage, other)
    ]
    if chance is None:
        chance = together(before, after) != "same"
    corrected = false_discovery(np.array([gap.p for *_, gap in gaps])).tolist()
    return tuple(
        Difference(
            stage=stage, measure=name, before=old, after=new, value=gap.value, low=gap.low, high=gap.high, method=gap.method,
            p=gap.p if chance else None, q=q if chance else None, significant=q <= alpha if chance else None,
        )
        for (stage, name, old, new, gap), q in zip(gaps, corrected, strict=True)
    )  # fmt: skip


Found = tuple[
    Literal["conversion", "time_to_next", "satisfaction"], Rate | Times | Satisfaction, Rate | Times | Satisfaction, Gap
]


def _gaps(old: StageReading, new: StageReading) -> Iterator[Found]:
    if isinstance(old.conversion, Rate) and isinstance(new.conversion, Rate):
        yield "conversion", old.conversion, new.conversion, newcombe(_share(old.conversion), _share(new.conversion))
    if isinstance(old.time_to_next, Times) and isinstance(new.time_to_next, Times):
        ratio = ratio_of_medians(_waits(old.time_to_next), _waits(new.time_to_next))
        if ratio is not None:
            yield "time_to_next", old.time_to_next, new.time_to_next, ratio
    one, other = old.satisfaction, new.satisfaction
    if isinstance(one, Satisfaction) and isinstance(other, Satisfaction) and min(one.n, other.n) > 1:
        yield "satisfaction", one, other, of_means(_mean(one), _mean(other))


def _share(rate: Rate) -> Figure:
    return Figure(rate.value, rate.low, rate.high)


def _mean(score: Satisfaction) -> Figure:
    return Figure(score.mean, score.low, score.high)


def _waits(times: Times) -> Waits:
    return Waits(times.n, times.q25_s, times.median_s, times.q75_s)
