"""Us and our peers, each in an environment of its own, on one generated log: are the answers the same, how fast, how much memory?

    python bench/peers/run.py --rows 10000000 --folder /somewhere/with/space

Makes the environments (once) and the log (once) in the folder, asks everybody the questions of asked.py, holds the answers against ours,
and writes the section of that size in RESULTS.md. `--peers` and `--only` choose; an answer of before is kept where a peer is not asked.
`--forecasts`: forecasts of purchases instead, beside lifetimes (forecasts.py). `--imports`: the whole import instead (importing.py).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT / "src")]

import asked  # noqa: E402 - it lies beside this file

PEERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "tropa": ("tropa_answers.py", ()),
    "tropa raw": ("tropa_answers.py", ()),
    "duckdb": ("duckdb_answers.py", ("duckdb==2.0.*", "numpy")),
    "duckdb raw": ("duckdb_answers.py", ("duckdb==2.0.*", "numpy")),
    "polars": ("polars_answers.py", ("polars==2.1.*", "numpy")),
    "chdb": ("chdb_answers.py", ("chdb==4.4.*", "pyarrow", "numpy")),
    "retentioneering": ("retentioneering_answers.py", ("retentioneering==5.2.4",)),
    "pm4py": ("pm4py_answers.py", ("pm4py==2.7.23.11",)),
    "ChannelAttribution": ("channel_attribution_answers.py", ("ChannelAttribution==2.2.5", "matplotlib", "pyarrow")),
}


FORECASTERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "tropa forecasts": ("tropa_forecasts.py", ()),
    "lifetimes": (
        "lifetimes_answers.py",
        ("lifetimes==0.11.3", "numpy==1.26.*", "scipy==1.11.*", "pandas==2.1.*", "pyarrow==15.*"),
    ),
}
"""Who is asked for forecasts (forecasts.py), on a table of customers. lifetimes (last released in 2020) gets packages of some years ago."""

IMPORTERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "tropa import": ("tropa_import.py", ()),
    "retentioneering import": ("retentioneering_import.py", PEERS["retentioneering"][1]),
}
"""Who is asked to import (importing.py)."""
ALL = {**PEERS, **FORECASTERS, **IMPORTERS}


def environment(folder: Path, peer: str) -> Path:
    """The Python of a peer's environment, made where it is not there yet."""
    if peer.startswith("tropa"):
        return Path(sys.executable)
    home = folder / "environments" / peer.split()[0]
    python = home / "bin" / "python"
    stamp = home / "installed"
    packages = ALL[peer][1]
    if not stamp.exists() or stamp.read_text() != " ".join(packages):
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True)
        subprocess.run(
            [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages], check=True
        )
        stamp.write_text(" ".join(packages))
    return python


def ask(folder: Path, log: Path, peer: str, times: int, only: list[str] | None, most: float) -> dict[str, Any]:
    """One peer's figures, in a process of its own."""
    python = environment(folder, peer)
    work = folder / "work" / log.stem
    work.mkdir(parents=True, exist_ok=True)
    command = [str(python), str(HERE / ALL[peer][0]), "--log", str(log), "--folder", str(work)]
    command += ["--times", str(times), "--warm", "3" if times > 1 else "0"]
    command += ["--form", "raw"] if peer.endswith(" raw") else []
    command += ["--only", *only] if only else []
    path = str(HERE) + (os.pathsep + str(ROOT / "src") if peer.startswith("tropa") else "")
    began = time.perf_counter()
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=work,
        env={**os.environ, "PYTHONPATH": path},
    ) as child:
        timer = threading.Timer(most, child.kill)
        timer.start()
        told, errors = child.communicate()
        timer.cancel()
    if child.returncode:
        late = time.perf_counter() - began >= most
        return {
            "failed": f"no answer in {most:.0f} s"
            if late
            else errors.strip().splitlines()[-1][:200]
            if errors.strip()
            else "killed"
        }
    found: dict[str, Any] = json.loads(told.splitlines()[-1])
    return found


def same(question: str, ours: Any, theirs: Any) -> str:
    """How a peer's answer stands to ours: `equal`, or what differs."""
    if isinstance(theirs, dict) and "failed" in theirs:
        return str(theirs["failed"])
    if isinstance(ours, list):
        return "equal" if ours == theirs else f"differs: {theirs}"
    if question in ("markov", "shapley"):
        most = max(abs(theirs.get(name, 0.0) - share) for name, share in ours.items())
        return "equal" if most < 1e-9 else f"up to {most / max(ours.values()):.1%} off"
    mine = {key: value for key, value in ours.items() if key in theirs} if question == "leaving" else ours
    pairs = [(_figure(value), _figure(theirs.get(key))) for key, value in mine.items()]
    if all(a == b for a, b in pairs) and (question == "leaving" or len(theirs) >= len(ours)):
        return "equal"
    close = [b is not None and abs(a - b) <= max(1e-9 * abs(a), 0.51) for a, b in pairs]
    if question == "medians" and None not in [b for _, b in pairs]:
        worst = max(abs(a - b) / max(a, 1) for a, b in pairs)
        return f"medians of even numbers lie between two values: up to {worst:.2%} off"
    return "equal" if all(close) else f"{close.count(False)} of {len(pairs)} differ"


def _figure(value: Any) -> Any:
    return value[1] if isinstance(value, list) else value


def compare(found: dict[str, Any]) -> None:
    """Writes beside each peer's answer how it stands to ours, and forgets the answer itself."""
    ours = found["tropa"]["answers"]
    paths = sum(n for key, n in ours["steps"].items() if key.startswith("1:"))
    for peer, one in found.items():
        if "failed" in one or "same" in one:
            continue
        answers = dict(one["answers"])
        if peer == "retentioneering" and "steps" in answers and "failed" not in answers["steps"]:
            shares = {
                key: value for key, value in answers["steps"].items() if not key.endswith(("path_start", "path_end"))
            }
            answers["steps"] = {key: round(value * paths) for key, value in shares.items()}
            keep = set(answers["steps"])
            ours_here = {key: n for key, n in ours["steps"].items() if key in keep}
            one["same"] = {"steps": same("steps", ours_here, answers.pop("steps"))}
        one.setdefault("same", {}).update({name: same(name, ours[name], theirs) for name, theirs in answers.items()})
    for one in found.values():
        one.pop("answers", None)


HEAD = "Seconds (medians of seven, warm; of one where it took over 5 s), and how many times ours; `*`: see below."


def table(rows: int, found: dict[str, Any]) -> str:
    """The section of one size."""
    ours = found["tropa"]
    eight = sum(ours["seconds"].values())
    lines = [
        f"## {rows:,} events", "",
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}. {HEAD}", "",
        "| | " + " | ".join(asked.QUESTIONS) + " | all | load | peak memory |", "|---" * (len(asked.QUESTIONS) + 4) + "|",
    ]  # fmt: skip
    notes = []
    for peer, one in found.items():
        if "failed" in one:
            lines.append(f"| {peer} | {one['failed']} |" + " |" * (len(asked.QUESTIONS) + 2))
            continue
        cells = []
        for name in asked.QUESTIONS:
            seconds = one["seconds"].get(name)
            mark = "" if peer == "tropa" or one["same"].get(name) == "equal" else " *"
            if mark and name in one["same"]:
                notes.append(f"{peer}, {name}: {one['same'][name]}.")
            if seconds is None:
                cells.append("failed *" if name in one["seconds"] else "")
                continue
            ratio = "" if peer == "tropa" else f" ({seconds / ours['seconds'][name]:.0f}×)"
            cells.append(f"{seconds:.3f}{ratio}{mark}" if seconds < 10 else f"{seconds:.0f}{ratio}{mark}")
        whole = [one["seconds"].get(name) for name in asked.QUESTIONS]
        everything = sum(whole) if None not in whole else None
        told = (
            ""
            if everything is None
            else f"{everything:.2f}" + ("" if peer == "tropa" else f" ({everything / eight:.0f}×)")
        )
        lines.append(
            f"| {peer} | " + " | ".join(cells) + f" | {told} | {one['load']:.1f} | {one['peak_bytes'] / 2**30:.1f} GB |"
        )
    return "\n".join([*lines, "", *(f"\\* {note}" + "  " for note in notes), ""])


def forecast_table(customers: int, found: dict[str, Any]) -> str:
    """The section of forecasts of one size."""
    ours = found["tropa forecasts"]["processor"]

    def cost(peer: str, one: dict[str, Any]) -> tuple[str, str]:
        ratio = "" if peer == "tropa forecasts" else f" ({one['processor'] / ours:.0f}×)"
        return f"{one['processor']:.2f}{ratio}", f"{one['seconds']['forecast']:.2f}"

    about = "What is asked: [forecasts.py](forecasts.py). Warm."
    return cost_table(
        f"Forecasts of {customers:,} customers", about, "processor's seconds of fits and forecast", found, cost
    )


def cost_table(title: str, about: str, column: str, found: dict[str, Any], cost: Callable[..., tuple[str, str]]) -> str:
    """A section with a line for each peer: what it cost (`cost(peer, found)`: of the processor, by the clock), and what it answered."""
    lines = [
        f"## {title}", "", f"{platform.machine()}, {os.cpu_count()} cores. {about}", "",
        f"| | {column} | by the clock | answer | peak memory |", "|---|---|---|---|---|",
    ]  # fmt: skip
    for peer, one in found.items():
        if "failed" in one:
            lines.append(f"| {peer} | {one['failed']} | | | |")
            continue
        processor, clock = cost(peer, one)
        lines.append(f"| {peer} | {processor} | {clock} | {one['same']} | {one['peak_bytes'] / 2**30:.1f} GB |")
    return "\n".join([*lines, ""])


def import_table(rows: int, found: dict[str, Any]) -> str:
    """The section of imports of one size."""
    ours = found["tropa import"]["cost"]

    def cost(peer: str, one: dict[str, Any]) -> tuple[str, str]:
        mine = one["cost"]
        own = peer == "tropa import"
        times = ["" if own else f", {mine[key] / ours[key]:.1f}×" for key in ("processor", "clock")]
        return f"{mine['processor']:.1f} ({mine['system']:.1f}){times[0]}", f"{mine['clock']:.1f}{times[1]}"

    about = "What is asked: [importing.py](importing.py). Once, from cold; × ours."
    return cost_table(f"Import of {rows:,} rows", about, "processor's seconds (of them the system's)", found, cost)


def ask_imports(folder: Path, rows: int, most: float) -> dict[str, Any]:
    """All who import, of one log."""
    import log as writing

    log = folder / f"deliveries-{rows}.parquet"
    if not log.exists():
        writing.make_deliveries(log, rows)
    found = {peer: ask(folder, log, peer, 1, None, most) for peer in IMPORTERS}
    ours = found["tropa import"]["answers"]["import"]["answer"]
    for one in found.values():
        if "failed" in one:
            continue
        told = one.pop("answers")["import"]
        if "failed" in told:
            one["failed"] = told["failed"]
            continue
        theirs, cost = told["answer"], told["cost"]
        one["cost"] = {**cost, "processor": cost["user"] + cost["system"]}
        wrong = [key for key in ours if ours[key] != theirs[key]]
        kept = f"equal: {ours['events']:,} events of {ours['customers']:,} customers"
        one["same"] = f"differs in {', '.join(wrong)}: {[theirs[key] for key in wrong]}" if wrong else kept
    return found


def ask_forecasts(folder: Path, customers: int, times: int, most: float) -> dict[str, Any]:
    """All who make forecasts, on one table."""
    import forecasts

    table = folder / f"histories-{customers}.parquet"
    if not table.exists():
        forecasts.make(table, customers)
    found = {peer: ask(folder, table, peer, times, None, most) for peer in FORECASTERS}
    ours = dict(found["tropa forecasts"]["answers"]["forecast"])
    for one in found.values():
        if "failed" not in one:
            told = one.pop("answers")["forecast"]
            one["same"], one["processor"] = forecasts.beside(ours, told), told.get("processor", 0.0)
    return found


def main() -> None:
    """Asks, compares, writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--peers", nargs="*", default=list(PEERS))
    parser.add_argument("--only", nargs="*", choices=asked.QUESTIONS)
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--most", type=float, default=1_800, help="seconds after which a peer is stopped")
    parser.add_argument(
        "--forecasts", type=int, nargs="?", const=50_000, help="of so many customers, in place of the questions"
    )
    parser.add_argument("--imports", action="store_true", help="the import, in place of the questions")
    told = parser.parse_args()
    told.folder.mkdir(parents=True, exist_ok=True)
    kept = HERE / "results.json"
    results: dict[str, Any] = json.loads(kept.read_text()) if kept.exists() else {}
    if told.forecasts:
        found = ask_forecasts(told.folder, told.forecasts, told.times, told.most)
        results.setdefault("forecasts", {})[str(told.forecasts)] = found
    elif told.imports:
        results.setdefault("imports", {})[str(told.rows)] = ask_imports(told.folder, told.rows, told.most)
    else:
        results[str(told.rows)] = {**results.get(str(told.rows), {}), **ask_all(told)}
    kept.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
    sizes = sorted((int(rows), ones) for rows, ones in results.items() if rows.isdecimal())
    guessed = sorted((int(n), ones) for n, ones in results.get("forecasts", {}).items())
    brought = sorted((int(n), ones) for n, ones in results.get("imports", {}).items())
    sections = [*(table(*one) for one in sizes), *(import_table(*one) for one in brought)]
    sections += [forecast_table(*one) for one in guessed]
    head = "# Beside our peers\n\nMade by `python bench/peers/run.py` (what is asked: [asked.py](asked.py)).\n"
    (HERE / "RESULTS.md").write_text("\n".join([head, *sections]), encoding="utf-8")
    print("\n".join(sections))


def ask_all(told: argparse.Namespace) -> dict[str, Any]:
    """Us and the peers, on one log."""
    log = told.folder / f"log-{told.rows}.parquet"
    if not log.exists():
        import log as writing

        writing.make(log, told.rows)
    found: dict[str, Any] = {}
    for peer in dict.fromkeys(["tropa", *told.peers]):
        print(f"{peer} …", file=sys.stderr, flush=True)
        only = None if peer == "tropa" else told.only  # ours are what all others are held against
        found[peer] = ask(told.folder, log, peer, told.times, only, told.most)
    compare(found)
    return found


if __name__ == "__main__":
    main()
