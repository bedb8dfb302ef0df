"""The places where customers leave, what is attainable there, and what that is worth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

from tropa.model import Break, Loss, Map, Rate, Target, Unit
from tropa.stats.bootstrap import bucket_weights, skewed_interval
from tropa.stats.intervals import wilson
from tropa.stats.ranks import greater
from tropa.stats.shrink import shrink_ratios
from tropa.stats.sorts import Sorts, fit, split
from tropa.stats.value import Chances, Counts, ends, estimate, fair_factors, gains, resample, whole, within
from tropa.trail.bind import Bound
from tropa.trail.counting import BINS, Counted
from tropa.trail.leaving import Again, Leaving
from tropa.trail.rules import MINOR
from tropa.trail.strata import Strata

Floats = npt.NDArray[np.float64]
LEVEL = 0.95
POINTS = 24
"""The price is the mean over so many points of the posterior of what is hidden."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What is held to be attainable: leaving `factor` times as likely as now, in each replicate (R), its kind and name."""

    factor: float
    draws: Floats
    kind: Literal["target", "segment", "period", "none"]
    name: str | None


NO_REFERENCE = Reference(1.0, np.ones(1), "none", None)


@dataclass(frozen=True, slots=True)
class Place:
    """A candidate break: `index` among the observed stages (−1: the loop), how many left, and its reference."""

    index: int
    stage: str
    customers: int
    passes: int
    rate: Rate
    reference: Reference

    @property
    def kind(self) -> Literal["exit", "loop"]:
        """What is lost: the deal, or the next one."""
        return "loop" if self.index < 0 else "exit"


class Pricing:
    """The places where customers leave, their references and prices, for one way of counting."""

    def __init__(
        self, value: Map, bound: Bound, leaving: Leaving, strata: Strata, counted: Counted, horizon: int | None, replicates: int,
        seed: int, currency: str | None, sorts: Sorts | None = None,
    ) -> None:  # fmt: skip
        self._sorts = sorts
        self.map, self.bound, self.strata, self.counted = value, bound, strata, counted
        self.leaving = leaving  # may be told later: it is not asked before there are places
        self.replicates, self.seed = replicates, seed
        self.unit, self.money_kind = _unit(value, counted.counts)
        self.currency = None if self.money_kind == "deals" else currency or value.money.currency
        counts = _in_money(counted.counts, value, self.money_kind)
        sizes = counts.starts[:, [k * 3 for k in range(strata.count)]].sum(axis=(1, 2), dtype=np.float64)
        self.one = whole(counts)
        self.chances = estimate(self.one)
        self.many = resample(counts, bucket_weights(replicates, seed, sizes)) if replicates else self.one
        self.many_chances = estimate(self.many) if replicates else self.chances
        self.width = (counted.until - counted.origin) / BINS
        self.horizon = horizon or _horizon(self.chances, self.one, self.width)
        self.soon = within(BINS, min(max(self.horizon / self.width, 1.0), BINS - 1.0))

    def places(self, *, priced_before: bool = False) -> list[Place]:
        """All candidate breaks: observed stages that somebody left at, and the loop.

        `priced_before`: only their rates are wanted (the references are those of another way of counting).
        """
        out = []
        for index, stage in enumerate(self.counted.stages):
            reach = self.one.reach[0, :, index].sum(axis=0)
            if reach[1] < 1 or reach[0] < 1:
                continue
            name = self.bound.stages[stage]
            left_out = 0 if priced_before else int(self.leaving.exits.open[stage])
            rate = _rate(min(int(reach[1]), int(reach[0])), int(reach[0]), left_out)
            reference = NO_REFERENCE if priced_before else self._exit_reference(index, name, rate)
            customers = 0 if priced_before else int(self.leaving.exits.left[stage])
            out.append(Place(index, name, customers, int(reach[1]), rate, reference))
        loop = self._loop_place(priced_before) if self.map.bought_again else None
        return [*out, loop] if loop else out

    @cached_property
    def sorts(self) -> Sorts:
        """How unlike customers are in what no column tells (as given, else found)."""
        if self._sorts is not None:
            return self._sorts
        return fit(self.leaving.histories(self.coming), self.strata.count)

    @property
    def coming(self) -> Floats:
        """Share of those who come again after a deal that have come by the end of each part of the log, (D)."""
        deals = _deals_of(self.one)[0]
        come = np.cumsum((self.chances.again_deal[0] * deals[:, None]).sum(axis=0))
        return np.asarray(come / come[-1] if come[-1] > 0 else np.zeros(len(come)))

    def _exit_reference(self, index: int, name: str, rate: Rate) -> Reference:
        reach = self.many.reach[:, :, index].sum(axis=1)
        seen = np.where(reach[:, 0] > 0, reach[:, 1] / np.maximum(reach[:, 0], 1), rate.value)
        target = _target(self.map, name, "exit")
        if target is not None:
            return Reference(cap(target / rate.value), _cap_all(target, seen), "target", name)
        return self._best(self.counted.by_group[:, index], rate.value, index)

    def _best(self, table: Floats, rate: float, number: int) -> Reference:
        """The best comparable segment, channel or month by its shrunk ratio to what its own mix of passes would lose on average."""
        average = table[:, self.strata.everybody].sum(axis=1)
        share = average[:, 1] / np.maximum(average[:, 0], 1)
        best: tuple[float, float, int] | None = None
        for name, codes in self.strata.dimensions.items():
            if name == "channel" and self._is_entrance(number):
                continue
            expected = (table[:, codes, 0] * share[:, None]).sum(axis=0)
            shrunk = shrink_ratios(table[:, codes, 1].sum(axis=0), expected, rate)
            spot = int(np.argmin(shrunk.mean))
            if best is None or shrunk.mean[spot] < best[0]:
                best = (float(shrunk.mean[spot]), float(shrunk.sd[spot]), codes[spot])
        if best is None or best[0] >= 1:
            return Reference(1.0, np.ones(self._rows), "none", None)
        draws = best[0] + best[1] * np.random.default_rng((self.seed, number + 1)).standard_normal(self._rows)
        period = best[2] in self.strata.everybody
        return Reference(
            best[0], np.clip(draws, 0.0, 1.0), "period" if period else "segment", self.strata.names[best[2]]
        )

    def _is_entrance(self, index: int) -> bool:
        """Whether most passes that reach a stage begin there: the channel then says who comes, not how well the stage works."""
        if index >= len(self.counted.stages):
            return False
        flow = self.one.flow[0].sum(axis=0)
        return bool(flow[-1, index] > 0.5 * flow[:, index].sum())

    @property
    def _rows(self) -> int:
        return len(self.many.starts)

    def _loop_place(self, priced_before: bool) -> Place | None:
        """Those who bought and did not come again within the horizon."""
        again = self.leaving.again(self.horizon)
        deals, total, lost, customers = again.counts.tolist()
        if not lost:
            return None
        name = self.bound.stages[int(np.argmax(again.where[: len(self.bound.stages)]))]
        rate = _rate(lost, total, deals - total)
        reference = NO_REFERENCE if priced_before else self._loop_reference(again, rate)
        return Place(-1, name, customers, lost, rate, reference)

    def _loop_rates(self, chances: Chances, counts: Counts) -> Floats:
        """Share that does not come again within the horizon (Kaplan–Meier by stratum, weighed by deals), (R)."""
        deals = _deals_of(counts)
        come = chances.again_deal @ self.soon
        return np.asarray(1 - (deals * come).sum(axis=-1) / np.maximum(deals.sum(axis=-1), 1))

    def _loop_reference(self, again: Again, rate: Rate) -> Reference:
        wanted = next((t.exit_rate for t in self.map.targets if t.kind == "loop"), None)
        if wanted is not None:
            now = float(self._loop_rates(self.chances, self.one)[0])
            names = [t.stage for t in self.map.targets if t.kind == "loop"]
            return Reference(
                cap(wanted / max(now, 1e-9)),
                _cap_all(wanted, self._loop_rates(self.many_chances, self.many)),
                "target",
                names[0],
            )
        return self._best(again.by_group.astype(np.float64), rate.value, len(self.counted.stages))

    def priced(self, found: list[Place]) -> tuple[tuple[Break, ...], Loss]:
        """All places priced and ranked, and all together."""
        by_point, ceiling = self._by_points(found)
        value, replicates = by_point.mean(axis=0), self._replicates(found, by_point)
        months = self.counted.months
        out = []
        for number, place in enumerate(found):
            out.append(
                self._break(place, value[number] / months, ceiling[number] / months, replicates[:, number] / months)
            )
        order = sorted(range(len(out)), key=lambda n: (-out[n].loss.value, -out[n].loss.ceiling, out[n].stage))
        known = np.array([found[number].reference.kind != "none" for number in order])
        ranked = _ranked([out[number] for number in order], greater(value[order], replicates[:, order], known))
        low, high = skewed_interval(value[-1] / months, replicates[:, -1] / months, LEVEL)
        most = max(float(ceiling[-1] / months), float(value[-1] / months))
        factor, _ = self._factors(
            np.array([[place.reference.factor for place in found]]), found, self.chances, self.one
        )
        _, leaving = ends(self.chances, factor[:, -1])
        weight = self.chances.starts.sum(axis=-1)
        share = float((leaving.sum(axis=-1) * weight).sum() / max(weight.sum(), 1))
        kinds = {place.reference.kind for place in found}
        together = Loss(
            value=clean(value[-1] / months), low=clean(max(low, 0.0)), high=clean(high), ceiling=clean(most), currency=self.currency,
            kind=self.money_kind,
            reference=min(max(share, 0.0), 1.0), reference_kind=kinds.pop() if len(kinds) == 1 else "segment", level=LEVEL,
        )  # fmt: skip
        return ranked, together

    def _break(self, place: Place, value: float, ceiling: float, replicates: Floats) -> Break:
        reference = place.reference
        low, high = skewed_interval(value, replicates, LEVEL)
        if reference.kind == "none":
            low, high = 0.0, ceiling
        now = place.rate.value if place.index >= 0 else float(self._loop_rates(self.chances, self.one)[0])
        loss = Loss(
            value=clean(value), low=clean(max(min(low, value), 0.0)), high=clean(max(high, value)), ceiling=clean(max(ceiling, value)),
            currency=self.currency, kind=self.money_kind, reference=min(reference.factor * now, 1.0), reference_kind=reference.kind,
            reference_name=reference.name, level=LEVEL,
        )  # fmt: skip
        return Break(
            stage=place.stage, kind=place.kind, rank=1, customers=place.customers, passes=place.passes,
            rate=place.rate, loss=loss,
        )  # fmt: skip

    def _factors(self, wanted: Floats, found: list[Place], chances: Chances, counts: Counts) -> tuple[Floats, Floats]:
        """Scenarios: each place alone, then all together: leaving (R, K, C, J) and not coming again (R, K, C) times as likely."""
        rows, classes, width = chances.leave.shape
        leave = np.ones((rows, len(found) + 1, classes, width))
        gone = np.ones((rows, len(found) + 1, classes))
        for number, place in enumerate(found):
            if place.index < 0:
                come = chances.again_deal @ self.soon
                gone[:, number] = gone[:, -1] = fair_factors(1 - come, _deals_of(counts), wanted[:, number])
            else:
                visits = counts.flow[:, :, place.index].sum(axis=-1)
                by_visit = self._by_visit(place, wanted[:, number])
                down = fair_factors(chances.leave[..., place.index], visits, by_visit)
                leave[:, number, :, place.index] = leave[:, -1, :, place.index] = down
        return leave, gone

    def _by_visit(self, place: Place, factor: Floats) -> Floats:
        """The factor for the chance of leaving at a visit that makes leaving in a whole pass `factor` times as likely.

        Those who come back to the stage within a pass have several visits to leave at (docs/guide/breaks.md, Several visits).
        """
        flow = self.one.flow[0, :, place.index].sum(axis=0)
        by_visit = float(flow[-1] / max(flow.sum(), 1))
        by_pass = max(place.rate.value, by_visit)
        if by_visit <= 0 or by_pass >= 1 or by_visit >= 1:
            return factor
        back = (by_pass - by_visit) / (by_pass * (1 - by_visit))
        return np.asarray(factor * (1 - by_pass * back) / (1 - by_pass * factor * back))

    def losses(self, found: list[Place]) -> tuple[Floats, Floats]:
        """Money within the log that each place (and all together, last) would give, and the value of all who left there."""
        by_point, ceiling = self._by_points(found)
        return by_point.mean(axis=0), ceiling

    def _by_points(self, found: list[Place]) -> tuple[Floats, Floats]:
        """What each place would give by the point of the posterior of what is hidden, (POINTS, K + 1), and the value of all who left."""
        chain = split(self.chances, self.sorts, self.sorts.draw(POINTS))
        wanted = np.array([[place.reference.factor for place in found]])
        better, nobody = (
            _of_both(self._factors(factors, found, self.chances, self.one), POINTS)
            for factors in (wanted, np.zeros_like(wanted))
        )
        ceiling = gains(chain, *nobody, self.soon, then="now").mean(axis=0)
        return gains(chain, *better, self.soon), np.asarray(ceiling)

    def _replicates(self, found: list[Place], by_point: Floats) -> Floats:
        """Replicates of the counts with the hidden sorts left out, times what the sorts make of the price at a drawn point."""
        wanted = np.array([[place.reference.factor for place in found]])
        alike = gains(self.chances, *self._factors(wanted, found, self.chances, self.one), self.soon)
        unlike = np.where(alike > 1e-9, by_point / np.maximum(alike, 1e-9), 1.0)
        draws = np.stack([place.reference.draws for place in found], axis=-1)
        points = np.random.default_rng((self.seed, 0)).permutation(np.arange(len(draws)) % POINTS)
        again = gains(self.many_chances, *self._factors(draws, found, self.many_chances, self.many), self.soon)
        return np.asarray(again * unlike[points])


def _ranked(dearest_first: list[Break], above: npt.NDArray[np.bool_]) -> tuple[Break, ...]:
    """Breaks with their ranks, and how far chance leaves these open; `above` (K, K): which is dearer than which for sure."""
    before, behind = above.sum(axis=0), above.sum(axis=1)
    return tuple(
        one.model_copy(
            update={
                "rank": number + 1,
                "dearer_than": tuple(int(other) + 1 for other in np.flatnonzero(above[number])),
                "rank_from": int(before[number]) + 1,
                "rank_to": len(dearest_first) - int(behind[number]),
            }
        )
        for number, one in enumerate(dearest_first)
    )


def _of_both(factors: tuple[Floats, Floats], rows: int) -> tuple[Floats, Floats]:
    """Factors of strata as those of the keen and of the reluctant: nothing says who of a stratum is kept, so all alike; `rows` of them."""
    leave, gone = (np.concatenate([array, array], axis=2) for array in factors)
    return np.broadcast_to(leave, (rows, *leave.shape[1:])), np.broadcast_to(gone, (rows, *gone.shape[1:]))


def _unit(value: Map, counts: Counts) -> tuple[float, Literal["revenue", "margin", "deals"]]:
    """What a deal is counted in."""
    if counts.money[..., 1].sum() == 0 and not value.money.deal_value:
        return 1.0, "deals"
    return (1.0, "revenue") if value.money.margin is None else (value.money.margin, "margin")


def _in_money(counts: Counts, value: Map, kind: str) -> Counts:
    """Counts whose money is in whole units of what is kept of it."""
    deals = _deals_of(counts)
    if counts.money[..., 1].sum() > 0:
        money = counts.money / np.array([MINOR, 1.0])
    else:
        money = np.stack([deals * (value.money.deal_value or 1.0), deals], axis=-1).astype(np.float64)
    if kind == "margin":
        money = money * np.array([value.money.margin or 1.0, 1.0])
    return replace(counts, money=money)


def _horizon(chances: Chances, counts: Counts, width: float) -> int:
    """Time in which 90 % of those come again who do within the log."""
    deals = _deals_of(counts)
    come = np.cumsum((chances.again_deal * deals[..., None]).sum(axis=(0, 1)))
    if come[-1] <= 0:
        return int(width * BINS / 2)
    return int((int(np.searchsorted(come, 0.9 * come[-1])) + 1) * width)


def _deals_of(counts: Counts) -> Floats:
    """Passes with a deal by stratum, (…, C)."""
    return np.asarray(counts.again_deal.sum(axis=-1) + counts.gone_deal.sum(axis=-1))


def _rate(numerator: int, denominator: int, left_out: int) -> Rate:
    low, high = wilson(numerator, denominator, LEVEL)
    return Rate(numerator=numerator, denominator=denominator, unit=Unit.PASSES, low=low, high=high, left_out=left_out)


def _target(value: Map, stage: str, kind: str) -> float | None:
    found: Target | None = next((one for one in value.targets if one.stage == stage and one.kind == kind), None)
    return None if found is None else found.exit_rate


def cap(factor: float) -> float:
    """A factor on exit rates: at a reference nobody leaves oftener than now."""
    return min(max(factor, 0.0), 1.0)


def _cap_all(target: float, rates: Floats) -> Floats:
    return np.clip(target / np.maximum(rates, 1e-9), 0.0, 1.0)


def clean(amount: float) -> float:
    """A finite amount; what is lost in rounding is nothing."""
    return float(amount) if np.isfinite(amount) and amount > 1e-9 else 0.0
