"""Do forecasts of purchases and money hold what comes? Simulates buyers whose future is known and writes bench/truth/LTV.md.

    python bench/truth/ltv.py --worlds 400 --jobs 1

Each world is a shop of its own: how often customers buy, how easily they leave and what they spend are drawn anew, buyers begin on
different days, and 90 days after the end of the log are played on. The product's own functions are asked as `tropa ask ltv` asks them.
Reported, by kind of world: the share of 95 % intervals that hold the purchases and the money that came (with its own 99 % interval), the
mean error, half the intervals' width over the estimate, that width over an oracle's (who knows the world's numbers and lacks only chance
itself), the share of single customers whose interval of purchases holds theirs, and worlds where nothing could be told. What each world
says is kept in `build/truth` (not in the repository): the same command goes on from there.
"""

from __future__ import annotations

import argparse
import hashlib
import inspect
import json
import platform
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from tropa.stats import bgnbd, bgnbd_fit, futures, gamma_gamma, peaks
from tropa.stats.bgnbd import NEVER, Rates, histories, mean_ahead
from tropa.stats.bgnbd_fit import fit
from tropa.stats.futures import DRAWS, People, calls, totals
from tropa.stats.gamma_gamma import Worths, expected_value, fit_values
from tropa.stats.intervals import wilson

FOLDER = Path(__file__).parent
FIRST_SEED = 7_000_000
AHEAD, DAYS = 90.0, 365.0
SINGLES, MOST_CALLS = 80, 20
"""So many single customers of a world are held against their own intervals, of so many purchases at most."""
KINDS = {
    "shop": (800, 0),
    "small": (250, 0),
    "large": (3_000, 0),
    "once": (800, 1),
    "faithful": (800, 2),
    "regular": (800, 3),
}
"""Buyers, and how they behave: 0 as BG/NBD says; 1 the first purchase may be the last; 2 nobody ever leaves; 3 waits more even than the
model's (Erlang of two), which it does not know of."""


def world(kind: str, seed: int) -> dict[str, Any]:
    """One world: what was seen of each buyer, what came, and its true numbers."""
    n, way = KINDS[kind]
    rng = np.random.default_rng([FIRST_SEED + seed, way, n])
    r = float(np.exp(rng.uniform(np.log(0.25), np.log(2.0))))
    alpha = r * float(np.exp(rng.uniform(np.log(40), np.log(250))))
    share, both = float(rng.uniform(0.05, 0.45)), float(np.exp(rng.uniform(0, np.log(8))))
    model = Rates(r, alpha, share * both, (1 - share) * both, int(way == 1))
    q = float(rng.uniform(2.5, 6))
    worths = Worths(float(rng.uniform(2, 10)), q, 0.0)
    worths = Worths(worths.p, q, 1500 * (q - 1) / worths.p)
    age = rng.uniform(1, DAYS, n)
    rate, go = rng.gamma(r, 1 / alpha, n), rng.beta(model.a, model.b, n)
    nu = rng.gamma(q, 1 / worths.gamma, n)
    out = {name: np.zeros(n) for name in ("x", "last", "spent", "came", "brought")}
    here = rng.random(n) >= go if way == 1 else np.ones(n, np.bool_)
    at = np.zeros(n)
    while here.any():
        who = np.flatnonzero(here)
        wait = rng.gamma(2.0, 0.5, len(who)) if way == 3 else rng.exponential(1.0, len(who))
        at[who] += wait / rate[who]
        who = who[at[who] <= age[who] + AHEAD]
        past = at[who] <= age[who]
        value = rng.gamma(worths.p, 1 / nu[who])
        out["x"][who[past]] += 1
        out["last"][who[past]] = at[who[past]]
        out["spent"][who[past]] += value[past]
        out["came"][who[~past]] += 1
        out["brought"][who[~past]] += value[~past]
        here[:] = False
        here[who] = True if way == 2 else rng.random(len(who)) >= go[who]
    if way == 2:
        model = Rates(r, alpha, NEVER, 1.0)
    return {**out, "age": age, "model": model, "worths": worths}


def look(task: tuple[str, int]) -> dict[str, Any]:
    """What is forecast of one world, beside what came."""
    kind, seed = task
    one = world(kind, seed)
    x, again = one["x"], one["x"] > 0
    seen = histories(x.astype(np.int64), one["last"], one["age"])
    fitted = fit(seen, model="weighed")
    if isinstance(fitted, str):
        return {"lack": fitted}
    mean = np.where(again, one["spent"] / np.maximum(x, 1), 0.0)
    values = fit_values(x[again], mean[again])
    if isinstance(values, str):
        return {"lack": values}
    people = People(x, one["last"], one["age"], x, mean)
    bought = fitted.over(lambda rates: mean_ahead(rates, seen, AHEAD))[seen.row]
    money = bought * expected_value(values.worths, people.count, people.mean)
    drawn = fitted.draws(DRAWS, 1)
    everybody = [np.arange(len(x))]
    told = totals(drawn, values.draws(DRAWS, 2), people, everybody, bought, money, AHEAD, 3)[0]
    wise = _oracle(one, people)
    some = np.arange(min(SINGLES, len(x)))
    chances = np.cumsum(calls(drawn[:8], people.of(some).seen, AHEAD, MOST_CALLS), axis=1)
    low, high = (chances <= 0.025).sum(axis=1), (chances < 0.975).sum(axis=1)
    held = (one["came"][some] >= low) & (one["came"][some] <= high)
    pairs = (("purchases", told.purchases, told.purchases_low, told.purchases_high, one["came"].sum()),
             ("money", told.money or 0.0, told.money_low or 0.0, told.money_high or 0.0, one["brought"].sum()))  # fmt: skip
    row: dict[str, Any] = {"people": float(held.mean()), "right": _same(fitted.rates, one["model"])}
    for name, value, under, over, truth in pairs:
        row[name] = {
            "held": bool(under <= truth <= over), "above": bool(truth > over), "value": float(value), "truth": float(truth),
            "half": float((over - under) / 2 / max(value, 1e-9)), "wise": float((over - under) / max(wise[name], 1e-9)),
        }  # fmt: skip
    return row


def _same(one: Rates, other: Rates) -> int:
    """Whether both are of one kind of model."""
    return int((one.first, one.a == NEVER) == (other.first, other.a == NEVER))


def _oracle(one: dict[str, Any], people: People) -> dict[str, float]:
    """How wide the interval is for who knows the world's numbers."""
    mean = mean_ahead(one["model"], people.seen, AHEAD)
    money = mean * expected_value(one["worths"], people.count, people.mean)
    known = ([one["model"]] * DRAWS, [one["worths"]] * DRAWS)  # as many as ours: of fewer a quantile lies elsewhere
    found = totals(*known, people, [np.arange(len(mean))], mean, money, AHEAD, 4)[0]
    return {
        "purchases": found.purchases_high - found.purchases_low,
        "money": (found.money_high or 0.0) - (found.money_low or 0.0),
    }


def line(kind: str, rows: list[dict[str, Any]], what: str) -> str:
    """A row of the table."""
    good = [row[what] for row in rows if what in row]
    n, held = len(good), sum(row["held"] for row in good)
    low, high = wilson(held, n, 0.99)
    error = sum(row["value"] for row in good) / sum(row["truth"] for row in good) - 1
    median = float(np.median([abs(row["value"] / max(row["truth"], 1e-9) - 1) for row in good]))
    half, wise = (float(np.median([row[name] for row in good])) for name in ("half", "wise"))
    above = sum(row["above"] for row in good) / n
    return (
        f"| {kind} | {KINDS[kind][0]} | {what} | {n} | {held / n:.1%} [{low:.1%}; {high:.1%}] | {above:.1%} | {error:+.1%} | {median:.1%} "
        f"| ±{half:.0%} | {wise:.2f} |"
    )


HEAD = """# Forecasts held against what came

Made by `bench/truth/ltv.py` (see its first lines; definition: `docs/guide/measures.md`, ltv). Coverage: the share of 95 % intervals for
the purchases and the money of the 90 days after the log that hold what came, with its own 99 % interval. Width: half the interval over
the estimate; then the interval over that of an oracle who knows each world's numbers. Kinds: *shop*, *small*, *large* as BG/NBD says;
*once*: the first purchase may be the last; *faithful*: nobody ever leaves; *regular*: waits more even than the model's, which it does
not know of.

"""
COLUMNS = (
    "kind",
    "buyers",
    "what",
    "worlds",
    "coverage [99 %]",
    "came above",
    "bias",
    "median error",
    "width",
    "÷ oracle's",
)


def looked(kind: str, worlds: int, jobs: int) -> list[dict[str, Any]]:
    """What the worlds of a kind say: those known already, and more up to `worlds`, kept as soon as they are known."""
    code = hashlib.blake2b(repr((FIRST_SEED, AHEAD, DAYS, SINGLES, MOST_CALLS, KINDS[kind])).encode(), digest_size=6)
    for part in (world, look, _same, _oracle, bgnbd, bgnbd_fit, gamma_gamma, futures, peaks):
        code.update(inspect.getsource(part).encode())
    store = FOLDER.parents[1] / "build" / "truth" / f"ltv-{kind}-{code.hexdigest()}.jsonl"
    store.parent.mkdir(parents=True, exist_ok=True)
    rows = [json.loads(told) for told in store.read_text("utf-8").splitlines()] if store.exists() else []
    with ProcessPoolExecutor(jobs) as pool, store.open("a", encoding="utf-8") as out:
        for row in pool.map(look, [(kind, seed) for seed in range(len(rows), worlds)]):
            rows.append(row)
            out.write(json.dumps(row) + "\n")
            out.flush()
    return rows


def rest_of(kind: str, rows: list[dict[str, Any]], good: list[dict[str, Any]]) -> str:
    """What the table does not say of a kind."""
    people, right = (float(np.mean([row[name] for row in good])) for name in ("people", "right"))
    return (
        f"- {kind}: single customers within their own 95 % interval of purchases {people:.1%} (whole numbers, so more than 95 %); "
        f"the model that the customers follow chosen in {right:.0%}; nothing told in {len(rows) - len(good)} of {len(rows)} worlds."
    )


def main() -> None:
    """Runs the worlds and writes the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--worlds", type=int, default=400)
    parser.add_argument("--jobs", type=int, default=1)
    given = parser.parse_args()
    table, rest = [], []
    for kind in KINDS:
        rows = looked(kind, given.worlds, given.jobs)
        good = [row for row in rows if "lack" not in row]
        if good:
            table += [line(kind, good, what) for what in ("purchases", "money")]
            rest.append(rest_of(kind, rows, good))
        else:
            rest.append(f"- {kind}: nothing could be told in any world.")
        print("\n".join(table[-2:] + rest[-1:]), flush=True)
    told = (
        f"{given.worlds} worlds of a kind or more, seeds from {FIRST_SEED}, {platform.machine()}, Python "
        f"{platform.python_version()}.\n\n"
        f"`python bench/truth/ltv.py --worlds {given.worlds} --jobs {given.jobs}`\n\n"
    )
    head = [f"| {' | '.join(COLUMNS)} |", "|---" * len(COLUMNS) + "|"]
    (FOLDER / "LTV.md").write_text(HEAD + told + "\n".join([*head, *table, "", *rest, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
