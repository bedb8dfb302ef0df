"""Plain worlds whose planted loss is known exactly: customers walk a Markov chain over stages, in steps of twelve hours.

The truth is computed, not simulated: the expected money of every customer until the end of the log, by going backwards through time
(`_backwards`), with and without the change. It shares no code with `stats.value`, whose oracle it is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tropa.simulate.world import DAY, World

Floats = npt.NDArray[np.float64]
STEP = DAY // 2
"""One step of the chain."""
SILENCE_STEPS = 28
"""Silence limit of these worlds: 14 days."""
HORIZON_STEPS = 150
"""Whoever comes again does so within 75 days."""
START = round(datetime(2026, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000


@dataclass(frozen=True, slots=True)
class Chain:
    """How one sort of customers walks. J stages; kinds 0 (never bought) and 1 (bought before).

    `start` (J), `move` (2, J, J), `deal` (2, J), `leave` (2, J): every row of move, deal and leave adds to 1. `hop`: distribution of the
    steps (from 1) between visits; `again` of those from a deal to the next pass, `back` from leaving to it, with the chances
    `comes_again` and `comes_back` (J). `worth`: mean value of a deal.
    """

    start: Floats
    move: Floats
    deal: Floats
    leave: Floats
    hop: Floats
    again: Floats
    back: Floats
    comes_again: float
    comes_back: Floats
    worth: float

    def changed(self, stage: int | None, factor: float) -> Chain:
        """Leaving at a stage (None: not coming again after a deal) brought down; the others go on as before.

        The kind that leaves more often does so `factor` times as often, the other one too unless it is already at that level or below.
        """
        if stage is None:
            return replace(self, comes_again=1 - (1 - self.comes_again) * factor)
        leave, move, deal = self.leave.copy(), self.move.copy(), self.deal.copy()
        leave[:, stage] *= np.where(leave[:, stage] > factor * leave[:, stage].max(), factor, 1.0)
        on = (1 - leave[:, stage]) / (1 - self.leave[:, stage])
        move[:, stage] *= on[:, None]
        deal[:, stage] *= on
        return replace(self, leave=leave, move=move, deal=deal)


def markov(
    seed: int = 1,
    *,
    kind: Literal["markov", "hetero"] = "markov",
    customers: int = 2_000,
    days: int = 180,
) -> World:
    """A world of 3 to 5 stages before the deal, drawn from the seed.

    `hetero`: two hidden sorts of customers with different chances, which no column of the log tells apart. The truth has for every
    break the target (`reference`: the attainable exit rate of a pass, or rate of not coming again) and the expected loss in money
    per 30 days of exactly these customers.
    """
    chains, sort, first, rng = _drawn(seed, kind, customers, days)
    steps = days * 2
    log = _log(chains, sort, first, steps, rng)
    truth = _truth(chains, sort, first, steps, rng)
    names = [*(f"stage{j}" for j in range(len(chains[0].start))), "use"]
    return World(
        kind,
        seed,
        log,
        {
            **truth,
            "stages": names,
            "deal": "paid",
            "days": days,
            "silence_days": SILENCE_STEPS // 2,
            "horizon_days": HORIZON_STEPS // 2,
        },
    )


def _drawn(
    seed: int, kind: str, customers: int, days: int
) -> tuple[tuple[Chain, ...], npt.NDArray[np.int64], npt.NDArray[np.int64], np.random.Generator]:
    """Chains, each customer's sort and first step, and the generator that is to throw the other dice."""
    rng = np.random.default_rng((seed, 77))
    chain = _draw(rng)
    chains = (chain,) if kind == "markov" else _two_sorts(chain, rng)
    sort = rng.integers(0, len(chains), customers)
    return chains, sort, rng.integers(0, days * 2, customers), rng


def chain_of(seed: int) -> Chain:
    """The chain of a world with one sort of customers."""
    return _draw(np.random.default_rng((seed, 77)))


def first_steps(seed: int, customers: int, days: int) -> npt.NDArray[np.int64]:
    """The step at which each customer of a world with one sort first comes."""
    return _drawn(seed, "markov", customers, days)[2]


def _draw(rng: np.random.Generator) -> Chain:
    """A chain with rates drawn at random: now and then with ways back, else with buyers who leave more rarely."""
    stages = int(rng.integers(3, 6))
    leave = rng.uniform(0.10, 0.50, stages)
    ways_back = bool(rng.random() < 0.5)
    ease = 1.0 if ways_back else float(rng.uniform(0.4, 1.0))
    both = np.stack([leave, leave * ease])
    move = np.zeros((2, stages, stages))
    deal = np.zeros((2, stages))
    for j in range(stages):
        on = 1 - both[:, j]
        skip = 0.15 if j + 2 < stages else 0.0
        back = 0.12 if ways_back and j > 0 else 0.0
        if j + 1 < stages:
            move[:, j, j + 1] = on * (1 - skip - back)
        else:
            deal[:, j] = on * (1 - back)
        if skip:
            move[:, j, j + 2] = on * skip
        if back:
            move[:, j, j - 1] = on * back
    start = np.zeros(stages)
    start[0], start[1] = 0.8, 0.2
    hop = np.array([0.0, 0.55, 0.25, 0.12, 0.08])
    return Chain(
        start, move, deal, both, hop, _bump(rng.uniform(30, 80), 0.35, 10), _bump(rng.uniform(45, 80), 0.25, SILENCE_STEPS + 2),
        float(rng.uniform(0.15, 0.6)), rng.uniform(0.0, 0.3, stages), 100.0,
    )  # fmt: skip


def _bump(middle: float, spread: float, least: int) -> Floats:
    """A log-normal like distribution over steps from `least` to `HORIZON_STEPS`."""
    at = np.arange(1, HORIZON_STEPS + 1, dtype=np.float64)
    weight = np.exp(-0.5 * (np.log(at / middle) / spread) ** 2) / at
    weight[: least - 1] = 0
    return np.concatenate([[0.0], weight / weight.sum()])


def _two_sorts(chain: Chain, rng: np.random.Generator) -> tuple[Chain, Chain]:
    """The same shop for keen and for reluctant customers."""
    keen, loath = chain, chain
    for stage in range(len(chain.start)):
        keen = keen.changed(stage, float(rng.uniform(0.5, 0.9)))
        loath = loath.changed(stage, float(rng.uniform(1.1, 1.5)))
    keen = replace(keen, comes_again=min(0.85, chain.comes_again * 1.5), worth=130.0)
    return keen, replace(loath, comes_again=chain.comes_again * 0.5, worth=80.0)


def _log(
    chains: tuple[Chain, ...], sort: npt.NDArray[Any], first: npt.NDArray[Any], steps: int, rng: np.random.Generator
) -> pa.Table:
    """Everybody's walk at once, one visit a turn, until nobody is left inside the log."""
    who = np.arange(len(sort))
    offset = rng.integers(0, STEP // 2, len(sort))
    step = first.copy()
    stages = len(chains[0].start)
    start = np.stack([chain.start for chain in chains]).cumsum(axis=1)
    table = np.stack(
        [np.concatenate([chain.move, chain.deal[..., None], chain.leave[..., None]], axis=2) for chain in chains]
    )
    table = table.cumsum(axis=3)
    hop, again, back = (np.cumsum(getattr(chains[0], name)) for name in ("hop", "again", "back"))
    comes = np.array([chain.comes_again for chain in chains])
    comes_back = np.stack([chain.comes_back for chain in chains])
    worth = np.array([chain.worth for chain in chains])
    place = (rng.random(len(who))[:, None] > start[sort]).sum(axis=1)
    kind = np.zeros(len(who), dtype=np.int64)
    rows: list[tuple[Any, ...]] = []
    while len(who):
        time = START + step * STEP + offset[who]
        rows.append((who, time, place, np.full(len(who), np.nan)))
        row = table[sort[who], kind, place]
        move = (rng.random(len(who))[:, None] > row).sum(axis=1).clip(0, stages + 1)
        bought, left = move == stages, move == stages + 1
        value = np.round(worth[sort[who]] * np.exp(0.5 * rng.standard_normal(len(who)) - 0.125), 2)
        rows.append((who[bought], time[bought] + 60_000_000, np.full(bought.sum(), stages + 1), value[bought]))
        used = bought & (rng.random(len(who)) < 0.6)
        rows.append((who[used], time[used] + 2 * DAY, np.full(used.sum(), stages), np.full(used.sum(), np.nan)))
        wait = np.searchsorted(hop, rng.random(len(who)))
        wait = np.where(bought, np.searchsorted(again, rng.random(len(who))), wait)
        wait = np.where(left, np.searchsorted(back, rng.random(len(who))), wait)
        chance = np.where(bought, comes[sort[who]], np.where(left, comes_back[sort[who], place], 1.0))
        stays = rng.random(len(who)) < chance
        fresh = (rng.random(len(who))[:, None] > start[sort[who]]).sum(axis=1)
        place = np.where(bought | left, fresh, move)
        kind = np.where(bought, 1, kind)
        step = step + wait
        keep = stays & (step < steps)
        who, place, kind, step = who[keep], place[keep], kind[keep], step[keep]
    return _table(rows, stages, steps)


def _table(rows: list[tuple[Any, ...]], stages: int, steps: int) -> pa.Table:
    who, time, event, value = (np.concatenate([row[i] for row in rows]) for i in range(4))
    inside = np.flatnonzero(time < START + steps * STEP)
    order = inside[np.lexsort((event[inside], who[inside], time[inside]))]
    names = pa.array([*(f"stage{j}" for j in range(stages)), "use", "paid"])
    people = pa.array([f"m{n:07d}" for n in range(int(who.max(initial=0)) + 1)])
    amount = value[order]
    return pa.table(
        {
            "customer_id": pa.DictionaryArray.from_arrays(pa.array(who[order].astype(np.int32)), people),
            "time": pa.array(time[order], pa.timestamp("us", "UTC")),
            "event": pa.DictionaryArray.from_arrays(pa.array(event[order].astype(np.int32)), names),
            "value": pa.array(amount, mask=np.isnan(amount)),
        }
    )


def _truth(
    chains: tuple[Chain, ...], sort: npt.NDArray[Any], first: npt.NDArray[Any], steps: int, rng: np.random.Generator
) -> dict[str, Any]:
    """Expected losses of these customers, and the targets they belong to."""
    stages = len(chains[0].start)
    places: list[int | None] = [*range(stages), None]
    factors = [float(rng.uniform(0.4, 0.9)) for _ in places]
    room = steps - 1 - first
    months = steps * STEP / (30 * DAY)
    money = np.zeros(len(places) + 2)
    sorts = [room[sort == number] for number in range(len(chains))]
    for chain, mine in zip(chains, sorts, strict=True):
        scenarios = [chain] + [chain.changed(place, factor) for place, factor in zip(places, factors, strict=True)]
        every = chain
        for place, factor in zip(places, factors, strict=True):
            every = every.changed(place, factor)
        money += expected_money([*scenarios, every], steps)[:, mine].sum(axis=1)
    losses = (money[1:] - money[0]) / months
    breaks = []
    for number, (place, (rate, target)) in enumerate(
        zip(places, _rates(chains, sorts, steps, places, factors), strict=True)
    ):
        breaks.append(
            {"stage": "" if place is None else f"stage{place}", "kind": "loop" if place is None else "exit", "loss": float(losses[number]),
             "rate": rate, "reference": target}
        )  # fmt: skip
    return {
        "currency": "RUB",
        "revenue": float(money[0] / months),
        "breaks": breaks,
        "all_together": float(losses[-1]),
        "simulated": True,
    }


def _rates(
    chains: tuple[Chain, ...], sorts: list[npt.NDArray[Any]], steps: int, places: list[int | None], factors: list[float]
) -> list[tuple[float, float]]:
    """Expected rate of leaving at each stage (None: of not coming again after a deal), as it is and changed (docs/guide/breaks.md).

    Of the passes that reach the stage (or make a deal) and are seen long enough to tell, by sort and kind: those sorts and kinds that pass
    there oftener weigh more. `sorts`: by sort, the steps that are left after each customer's beginning.
    """
    sums = np.zeros((len(places), 3))
    for chain, mine in zip(chains, sorts, strict=True):
        reached = _reached(chain, places, steps)[..., mine].sum(axis=-1)
        for number, (place, factor) in enumerate(zip(places, factors, strict=True)):
            changed = chain.changed(place, factor)
            for kind, passes in enumerate(reached[number]):
                if place is None:
                    here, there = 1 - chain.comes_again, 1 - changed.comes_again
                else:
                    here, there = _of_passes(chain, place, kind), _of_passes(changed, place, kind)
                sums[number] += passes * np.array([1.0, here, there])
    return [(float(now / base), float(then / base)) for base, now, then in sums]


def _reached(chain: Chain, places: list[int | None], steps: int) -> Floats:
    """Passes of each kind that reach a stage with its silence still inside the log (None: deals with the wait for the next pass), by the
    steps that are left after the customer's beginning, (places, 2, steps)."""
    size = len(chain.start)
    walked = [_first_visits(chain, place or 0) for place in places for _ in (0, 1)]
    reward = np.zeros((len(places), 2, 2, 2 * size))
    for number, place in enumerate(places):
        for kind in (0, 1):
            if place is None:
                reward[number, kind, kind] = np.tile(chain.deal[kind], 2)
            else:
                reward[number, kind, kind, place] = 1.0
    least = np.repeat([(HORIZON_STEPS if place is None else SILENCE_STEPS) + 1 for place in places], 2)
    found = _backwards(walked, steps, reward.reshape(len(walked), 2, 2 * size), least)
    return found.reshape(len(places), 2, steps)


def _of_passes(chain: Chain, stage: int, kind: int) -> float:
    """Chance that a pass that has reached a stage ends there: who comes back to it can leave there again."""
    others = [j for j in range(len(chain.start)) if j != stage]
    move = chain.move[kind]
    inner = np.eye(len(others)) - move[np.ix_(others, others)]
    back = float(move[stage, others] @ np.linalg.solve(inner, move[others, stage]))
    return float(chain.leave[kind, stage] / (1 - back))


def _first_visits(chain: Chain, stage: int) -> Chain:
    """The same walk with every stage in two: before and after the first visit of `stage` in a pass; that first visit keeps its number."""
    size = len(chain.start)
    move = np.zeros((2, 2 * size, 2 * size))
    move[:, :size, :size] = move[:, size:, size:] = chain.move
    move[:, stage] = np.roll(move[:, stage], size, axis=-1)
    return replace(
        chain,
        start=np.concatenate([chain.start, np.zeros(size)]),
        move=move,
        deal=np.tile(chain.deal, 2),
        leave=np.tile(chain.leave, 2),
        comes_back=np.tile(chain.comes_back, 2),
    )


def expected_money(chains: list[Chain], steps: int) -> Floats:
    """What a customer of each chain brings until the end of the log, by the steps left after the first pass begins, (chains, steps)."""
    return _backwards(
        chains, steps, np.stack([one.deal * one.worth for one in chains]), np.zeros(len(chains), np.int64)
    )


def _backwards(chains: list[Chain], steps: int, reward: Floats, least: npt.NDArray[np.int64]) -> Floats:
    """Expected reward from the start of a customer's first pass by the steps that are left after it, (chains, steps).

    Every visit of chain k at least `least[k]` steps before the end earns `reward[k]` by kind and stage (chains, 2, J).
    """
    one = chains[0]
    count, stages = len(chains), len(one.start)
    move = np.stack([chain.move for chain in chains])
    deal = np.stack([chain.deal for chain in chains])
    leave = np.stack([chain.leave * chain.comes_back for chain in chains])
    comes = np.array([chain.comes_again for chain in chains])
    value = np.zeros((count, 2, stages, steps))
    begin = np.zeros((count, 2, steps))
    for left in range(steps):
        hops = min(len(one.hop) - 1, left)
        after = value[..., left - hops : left] @ one.hop[1 : hops + 1][::-1] if hops else np.zeros((count, 2, stages))
        far = min(len(one.again) - 1, left)
        again = begin[:, 1, left - far : left] @ one.again[1 : far + 1][::-1] if far else np.zeros(count)
        returns = begin[..., left - far : left] @ one.back[1 : far + 1][::-1] if far else np.zeros((count, 2))
        now = (move @ after[..., None])[..., 0] + deal * (comes * again)[:, None, None] + leave * returns[..., None]
        now += reward * (left >= least)[:, None, None]
        value[..., left] = now
        begin[..., left] = now @ one.start
    return begin[:, 0]
