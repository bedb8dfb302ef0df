"""Does the product find what was planted? Runs unseen worlds, cell by cell, and writes bench/truth/RESULTS.md.

    python bench/truth/run.py --all --worlds 2000 --jobs 2

Each world is simulated from a seed of its own, read as any log is, and what the product says of it is held against what was planted. What
each world says is added to a file in `build/truth` (not in the repository) as soon as it is known: stop it whenever you like, the same
command goes on from there, and `--so-far` writes the table of what there is. Worlds that other code has seen do not count: other files
of the product or of this bench, of those that the cell uses (`used.py`). Without `--all`, only the `--cell`s given are run; the table
keeps the others as they were.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
if (
    __name__ == "__main__"
):  # worlds run beside one another; threads within one that wait for each other cost several times as much
    for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(_threads, "1")

import exact
import places
import reasons
import report
import shares
import used

FIRST_SEED = 1_000_000
FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
STORE = ROOT / "build" / "truth"
Cell = Callable[[int], list[dict[str, Any]]]

CELLS: dict[str, Cell] = {
    **places.CELLS,
    "reasons": reasons.planted,
    "reasons-null": reasons.nothing,
    "shares": shares.middle,
    "shares-200": shares.few,
    "shares-40": shares.very_few,
    "differences": shares.uplift,
    "differences-null": shares.level,
}
ABOUT = {
    "markov": "Breaks: 2,000 customers walk a Markov chain of three to five stages, the loss is computed exactly.",
    "small": "The same with 400 customers.",
    "hetero": "The same with 2,000 customers of two hidden sorts, the keen and the reluctant, which no column tells apart.",
    "sergey": "Sergey's shop, 6,000 customers: fewer leave at one place, as the guide defines the loss; the same customers walk again. "
    "Planted losses are means over eight throws of all dice; their own standard error is 2 to 10 %.",
    "sergey-causes": "Sergey's shop again, but the planted loss is that of a cause, which may work at several places at once.",
    "reasons": "Why customers leave: some 1,000 exits, one of 24 things that may be met doubles the odds, and has two names in the log.",
    "reasons-null": "The same, but nothing has to do with leaving.",
    "shares": "Conversion and repeat purchase among 2,000 customers who differ, three sorts of shops.",
    "shares-200": "The same among 200 customers.",
    "shares-40": "The same among 40 customers.",
    "differences": "Two halves of the time and of 2,000 customers, the second converts six hundredths better.",
    "differences-null": "The same, but both halves are alike.",
}
HOW = """
Made by `python bench/truth/run.py --all --worlds 2000 --jobs 2` (its first lines say how to stop and go on). How many worlds each
cell has had so far is said there.

Coverage: share of the 95 % intervals that hold the planted truth, with its own 99 % interval (worlds are what is independent). The goal is
met where that interval meets 93–97 %. Too low: intervals that lie wholly below the truth. Bias: all figures found over all planted, less
one. Width: against the oracle's interval, which knows how far the figure strays and holds the middle 95 % of its errors; goal at most 1.25.
The order of losses: of pairs at least 1.5 times apart, how many come in the right order; how many the product says are apart by more than
chance, and how many of those are in the right order; and, among 400 customers, how many an oracle puts in the right order that knows how
these worlds are made and learns only the rates from the same log (every fourth world; `oracle.py`).
The loss is defined in `docs/guide/breaks.md`. Forecasts of purchases and money have a table of their own: [LTV.md](LTV.md).
"""


def look(task: tuple[str, int]) -> tuple[int, list[dict[str, Any]], float]:
    """One world: its seed, what was said of it, and the processor seconds that took."""
    begin = time.process_time()
    rows = CELLS[task[0]](task[1])
    return task[1], [{key: _short(value) for key, value in row.items()} for row in rows], time.process_time() - begin


def _short(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.7g}")
    return bool(value) if not isinstance(value, (str, int)) else value


def code(cell: str) -> str:
    """What decides what a cell says: a hash of the files of the product and of this bench that it uses."""
    looked = CELLS[cell]
    module = sys.modules[(looked.func if isinstance(looked, partial) else looked).__module__]
    name = next(name for name, value in vars(module).items() if value is looked)
    return used.version(Path(str(module.__file__)), (ROOT / "src", FOLDER), name)


def known(store: Path, version: str) -> dict[int, tuple[list[dict[str, Any]], float]]:
    """What earlier runs of the same code have said, by seed. A line that was cut off is no line."""
    out = {}
    for line in store.read_text(encoding="utf-8").splitlines() if store.exists() else []:
        try:
            one = json.loads(line)
        except json.JSONDecodeError:
            continue
        if one["code"] == version:
            out[int(one["seed"])] = (one["rows"], float(one["seconds"]))
    return out


def run(cell: str, seeds: range, jobs: int, store: Path) -> dict[str, Any]:
    """All worlds of a cell that are not known yet, and the summary of all of them."""
    version = code(cell)
    found = known(store, version)
    tasks = [(cell, seed) for seed in seeds if seed not in found]
    store.parent.mkdir(parents=True, exist_ok=True)
    text = store.read_text(encoding="utf-8") if store.exists() else ""
    with store.open("a", encoding="utf-8") as file:
        file.write("\n" if text and not text.endswith("\n") else "")  # the last run was cut off in the middle of a line
        for number, (seed, rows, seconds) in enumerate(_looked(tasks, jobs)):
            found[seed] = (rows, seconds)
            file.write(json.dumps({"code": version, "seed": seed, "seconds": round(seconds, 3), "rows": rows}) + "\n")
            file.flush()
            if number % 100 == 99:
                print(f"{cell}: {number + 1} of {len(tasks)}", file=sys.stderr)
    mine = [found[seed] for seed in seeds]
    return {
        "worlds": len(seeds), "first_seed": seeds.start, "seconds": round(sum(seconds for _, seconds in mine), 1),
        "lines": report.summary([rows for rows, _ in mine]), "code": version, "of": "processor",
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
    }  # fmt: skip


def adopt(cell: str, store: Path, sample: int = 12) -> bool:
    """Takes over the worlds that other code has seen if `sample` of them, evenly chosen, say the very same (to six digits) under this one.

    A change that moves code about, or speeds it up, changes nothing that is said; one that does makes every world unseen.
    """
    lines = [json.loads(line) for line in store.read_text(encoding="utf-8").splitlines()] if store.exists() else []
    version, versions = code(cell), Counter(line["code"] for line in lines)
    if version in versions or not versions:
        return version in versions
    old = [line for line in lines if line["code"] == versions.most_common(1)[0][0]]
    chosen = old[:: max(1, len(old) // sample)]
    if not all(_same(look((cell, int(line["seed"])))[1], line["rows"]) for line in chosen):
        return False
    with store.open("a", encoding="utf-8") as file:
        file.writelines(json.dumps({**line, "code": version}) + "\n" for line in old)
    return True


def _same(now: list[dict[str, Any]], then: list[dict[str, Any]]) -> bool:
    if len(now) != len(then) or any(one.keys() != other.keys() for one, other in zip(now, then, strict=True)):
        return False
    pairs = [(one[key], other[key]) for one, other in zip(now, then, strict=True) for key in one]
    return all(
        math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-6) if isinstance(one, float) else one == other
        for one, other in pairs
    )


def so_far(cell: str, first_seed: int, store: Path) -> int:
    """How many worlds of a cell from the first seed on are known without a gap."""
    found = known(store, code(cell))
    return next(number for number in range(len(found) + 1) if first_seed + number not in found)


def _looked(tasks: list[tuple[str, int]], jobs: int) -> Iterator[tuple[int, list[dict[str, Any]], float]]:
    if jobs < 2:
        yield from map(look, tasks)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(look, tasks, chunksize=5)


def main() -> None:
    """Runs the worlds of some or all cells and writes the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worlds", type=int, default=2_000)
    parser.add_argument("--cell", choices=sorted(CELLS), action="append", default=[])
    parser.add_argument("--all", action="store_true", help="every cell")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--first-seed", type=int, default=FIRST_SEED)
    parser.add_argument("--store", type=Path, default=STORE, help="where what each world says is kept")
    parser.add_argument("--so-far", action="store_true", help="no further worlds: the table of those that are known")
    parser.add_argument(
        "--adopt", action="store_true", help="worlds of other code count if a sample of them says the same now"
    )
    parser.add_argument("--dry", action="store_true", help="print only")
    args = parser.parse_args()
    file = FOLDER / "results.json"
    results = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    for cell in CELLS if args.all else args.cell:
        store = args.store / f"{cell}.jsonl"
        if args.adopt:
            print(
                f"{cell}: {'taken over' if adopt(cell, store) else 'other code says something else'}", file=sys.stderr
            )
        worlds = so_far(cell, args.first_seed, store) if args.so_far else args.worlds
        if not worlds:
            continue
        one = run(cell, range(args.first_seed, args.first_seed + worlds), args.jobs, store)
        print(json.dumps({cell: one}, indent=1, ensure_ascii=False))
        results[cell] = one
        if not args.dry:
            write(results)
    if args.all and not args.dry and not args.so_far:
        rest = ["--worlds", str(args.worlds), "--jobs", str(args.jobs)]
        subprocess.run([sys.executable, str(FOLDER / "ltv.py"), *rest], check=True)


def write(results: dict[str, Any]) -> None:
    """RESULTS.md and results.json, cells in their order."""
    kept = {cell: results[cell] for cell in CELLS if cell in results}
    older = frozenset(cell for cell, one in kept.items() if one["code"] != code(cell))
    page = report.page(kept, ABOUT, exact.table(), HOW, older)
    (FOLDER / "RESULTS.md").write_text(page, encoding="utf-8", newline="\n")
    text = json.dumps(kept, indent=1, ensure_ascii=False) + "\n"
    (FOLDER / "results.json").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
