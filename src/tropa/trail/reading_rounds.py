"""All readings of a map, as rounds over parts (docs/adr/0055): the same as `measure.readings_of`, counted anywhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from tropa.model import EventCount, Readings
from tropa.trail.answers import Said, Spoken, felt, spoken
from tropa.trail.bind import named_counts, tally_names
from tropa.trail.break_rounds import Priced, break_rounds
from tropa.trail.filters import Filter
from tropa.trail.loops import Bought, bought, cycle_told, cycles, loop_told
from tropa.trail.measure import ScopeCounts, scope_counts, scope_of, stage_events
from tropa.trail.measures.asked import Asked
from tropa.trail.measures.waits import with_horizon
from tropa.trail.rounds import Round, itself, joined
from tropa.trail.stages import flow_readings, stage_readings, touched, touches, touchpoint_readings
from tropa.trail.tally import SAMPLE, Arrays, Kept, count_passes, narrowed, one_room, pass_slices, told, widened
from tropa.trail.tape import Longs


@dataclass(frozen=True, slots=True)
class Counts:
    """Everything readings are made from. Arrays to be added: `tally` and `touches` of the kernels, events by stage, events and customers by
    name; findings by customer: what they said, bought, how long their first purchase took."""

    tally: Arrays
    kept: Kept
    touches: tuple[Any, ...]
    stage_events: Longs
    names: tuple[Longs, Longs]
    spoken: Spoken
    bought: Bought
    deals: int
    cyclists: int
    cycles: Longs
    scope: ScopeCounts

    def beside(self, other: Counts) -> Counts:
        """Of the customers of both."""

        def sums(one: tuple[Any, ...], two: tuple[Any, ...]) -> tuple[Any, ...]:
            return tuple(a + b for a, b in zip(one, two, strict=True))

        kept = np.concatenate([self.kept, other.kept])
        kept.sort()
        return Counts(
            tally=sums(self.tally, other.tally),
            kept=kept,
            touches=sums(self.touches, other.touches),
            stage_events=self.stage_events + other.stage_events,
            names=(self.names[0] + other.names[0], self.names[1] + other.names[1]),
            spoken=(_both(self.spoken[0], other.spoken[0]), _both(self.spoken[1], other.spoken[1])),
            bought=_bought(self.bought, other.bought),
            deals=self.deals + other.deals,
            cyclists=self.cyclists + other.cyclists,
            cycles=np.append(self.cycles, other.cycles),
            scope=self.scope.beside(other.scope),
        )


def _both(one: dict[int, Said], other: dict[int, Said]) -> dict[int, Said]:
    out = dict(one)
    for place, said in other.items():
        out[place] = out[place].beside(said) if place in out else said
    return out


def _bought(one: Bought, other: Bought) -> Bought:
    names = ("wait", "came", "bucket", "hits", "bases")
    arrays: dict[str, Any] = {name: np.append(getattr(one, name), getattr(other, name)) for name in names}
    return replace(one, counts=one.counts + other.counts, left_out=one.left_out + other.left_out, **arrays)


def reading_rounds(frame: Asked, events: int, wish: Filter, *, breaks: bool = False) -> Any:
    """The first round of all readings. `events`: of the whole log; `wish`: the filter that lies over the frame and its parts; `breaks`:
    whether they are priced too."""
    rooms = one_room(len(frame.ready.bound.stages))

    def then(horizon: int | None) -> Any:
        if events <= 2 * SAMPLE:
            return _counting(frame, rooms, horizon, wish, breaks)
        sampling = partial(_sampled, share=SAMPLE / events)
        return Round(
            itself,
            sampling,
            joined,
            lambda found: _counting(frame, narrowed(rooms, np.sort(found[0])), horizon, wish, breaks),
        )

    return with_horizon(frame, then)


def _sampled(part: Asked, first: int, last: int, *, share: float) -> tuple[Kept]:
    """The lengths of time of some passes."""
    rooms = one_room(len(part.ready.bound.stages))
    begin, end = (int(edge) for edge in np.searchsorted(part.ready.passes.customer, [first, last]))
    some = [(begin, begin + min(int((end - begin) * share) + 1, end - begin))]
    return (count_passes(part.ready, part.customers, rooms, some)[1],)


def _counting(frame: Asked, rooms: Longs, horizon: int | None, wish: Filter, breaks: bool) -> Round[Asked, Counts]:
    """Counts everything; again where a quantile lay in none of the rooms."""

    def then(counts: Counts) -> Any:
        tally, missed = told(counts.tally, counts.kept, frame.ready.tables.later)
        if tally is None:
            return _counting(frame, widened(rooms, missed), horizon, wish, breaks)
        by_stage, by_point = felt(counts.spoken)
        ready = frame.ready
        readings = Readings(
            scope=scope_of(ready, counts.scope, wish.segment, int(counts.stage_events.sum())),
            stages=stage_readings(ready, tally, by_stage, counts.stage_events),
            touchpoints=touchpoint_readings(ready, touched(len(ready.bound.points), *counts.touches), by_point),
            flows=flow_readings(ready, tally),
            loop=loop_told(ready, counts.bought, horizon),
            sales_cycle=cycle_told(counts.deals, counts.cyclists, counts.cycles),
            unbound=_unbound(ready.tape.event.names, counts) if wish.everything else (),
        )
        return break_rounds(frame, horizon, partial(_priced, readings)) if breaks else readings

    return Round(itself, partial(_counted, rooms=rooms, horizon=horizon), Counts.beside, then)


def _counted(part: Asked, first: int, last: int, *, rooms: Longs, horizon: int | None) -> Counts:
    chosen = part.customers
    if (first, last) != (0, len(chosen)):
        chosen = chosen.copy()
        chosen[:first], chosen[last:] = 0, 0
    ready = part.ready
    slices = [one for one in pass_slices(ready) if one[1] > one[0]]
    tally, kept = count_passes(ready, chosen, rooms, slices)
    cyclists, lengths = cycles(ready, chosen)
    here = slice(int(ready.tape.offsets[first]), int(ready.tape.offsets[last]))
    whole = ready.whole
    return Counts(
        tally=tally,
        kept=kept,
        touches=touches(ready, chosen),
        stage_events=stage_events(ready, chosen),
        names=tally_names(ready.tape, whole.bound, first, last),
        spoken=spoken(part.answers, chosen),
        bought=bought(ready, chosen, horizon),
        deals=int(np.count_nonzero((whole.bound.deals.event >= here.start) & (whole.bound.deals.event < here.stop))),
        cyclists=cyclists,
        cycles=lengths,
        scope=scope_counts(ready, chosen),
    )


def _priced(readings: Readings, priced: Priced) -> Readings:
    return readings.model_copy(update={"breaks": priced[0], "all_together": priced[1]})


def _unbound(names: tuple[str, ...], counts: Counts) -> tuple[EventCount, ...]:
    return named_counts(names, *counts.names)


__all__ = ["Counts", "reading_rounds"]
