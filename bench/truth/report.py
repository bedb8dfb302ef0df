"""From the rows of many worlds to a table: coverage, bias, width against an oracle's, shares of hits, and whether the goals are met."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from tropa.stats.means import clustered_share

GOAL, SURE, WIDTH = (0.93, 0.97), 0.99, 1.25
"""The 99 % interval of the coverage of 95 % intervals meets 93–97 %; they are at most so many times as wide as an oracle's."""
ORDER = "order of losses 1.5 times apart"
AT_LEAST = {
    "found first": 0.95,
    "two names told as one": 0.95,
    ORDER: 0.95,
    f"{ORDER}, right where told apart": 0.95,
}
WITHOUT_GOALS = ("sergey-causes",)
"""Cells whose planted figures are not those that the guide defines: to look at, not to judge by."""
AT_MOST = {
    "anything found": 0.05,
    "any difference of periods told": 0.05,
    "any difference of segments told": 0.05,
}
Rows = Sequence[dict[str, Any]]


def summary(worlds: Sequence[Rows]) -> list[dict[str, Any]]:
    """One line for each kind of row, in the order of their first appearance."""
    names = list(dict.fromkeys(row["of"] for world in worlds for row in world))
    return [_line(name, [[row for row in world if row["of"] == name] for world in worlds]) for name in names]


def _line(name: str, worlds: Sequence[Rows]) -> dict[str, Any]:
    flat = [row for world in worlds for row in world]
    if "hit" in flat[0]:
        return _hits(name, worlds)
    told = [row for row in flat if "value" in row]
    out: dict[str, Any] = {"of": name, "n": len(told), "silent": len(flat) - len(told)}
    if not told:
        return out
    truth, value = (np.array([row[key] for row in told]) for key in ("truth", "value"))
    nothing = (
        abs(truth.mean()) < 0.2 * np.abs(value - truth).mean()
    )  # where there is next to nothing, shares of it say nothing
    out |= {
        "bias": None if nothing else float(value.sum() / truth.sum() - 1),
        "peer": any("peer" in row for row in told),
    }
    ranged = [row for row in told if "low" in row]
    if not ranged:
        return out
    inside = [[row["low"] <= row["truth"] <= row["high"] for row in world if "low" in row] for world in worlds]
    out |= _share(inside)
    out["below"] = float(np.mean([row["high"] < row["truth"] for row in ranged]))
    out["width"] = width(ranged)
    out["met"] = out["low"] <= GOAL[1] and out["high"] >= GOAL[0]
    out["met_width"] = out["width"] <= WIDTH
    return out


def _hits(name: str, worlds: Sequence[Rows]) -> dict[str, Any]:
    out = {"of": name, "n": sum(map(len, worlds)), **_share([[bool(row["hit"]) for row in world] for world in worlds])}
    if name in AT_LEAST:
        out |= {"goal": f"≥ {AT_LEAST[name]:.0%}", "met": out["share"] >= AT_LEAST[name]}
    if name in AT_MOST:
        out |= {"goal": f"≤ {AT_MOST[name]:.0%}", "met": out["share"] <= AT_MOST[name]}
        out["chance"] = not out["met"] and out["low"] <= AT_MOST[name]
    return out


def _share(worlds: Iterable[Sequence[bool]]) -> dict[str, Any]:
    """A share with its 99 % interval, worlds being what is independent."""
    kept = [world for world in worlds if world]
    hits, bases = (np.array(list(map(count, kept)), np.int64) for count in (sum, len))
    low, high = clustered_share(hits, bases, len(kept), SURE)
    return {"share": float(hits.sum() / bases.sum()), "low": low, "high": high}


def width(rows: Rows) -> float:
    """How wide the intervals are against an oracle's: one that knows how far the figure strays, and holds the middle 95 % of its errors.

    Errors are taken in standard errors as the interval tells them, so that sure and unsure figures count alike.
    """
    halves = np.array([(row["high"] - row["low"]) / 2 for row in rows])
    errors = np.array([row["value"] - row["truth"] for row in rows])
    low, high = np.quantile(errors[halves > 0] / halves[halves > 0], [0.025, 0.975]) if (halves > 0).any() else (0, 0)
    return float(2 / (high - low)) if high > low else float("inf")


def page(
    results: dict[str, Any], about: dict[str, str], exact: str, how: str, older: frozenset[str] = frozenset()
) -> str:
    """RESULTS.md. `older`: cells whose worlds were run before the last change of a file that they use."""
    lines = ["# What is found of what was planted", "", *how.strip().splitlines(), ""]
    for cell, one in results.items():
        lines += [
            f"## {cell}",
            "",
            about[cell],
            "",
            (
                f"{one['worlds']} worlds, seeds from {one['first_seed']}, {one['seconds'] / one['worlds']:.2f} {_clock(one)} each"
                f"{'; run before the last change of a file that this cell uses' if cell in older else ''}."
            ),
            "",
        ]
        ranged = [line for line in one["lines"] if "width" in line]
        if ranged:
            lines += [
                "| | n | coverage (99 %) | goal | too low | bias | width ÷ oracle's | goal |",
                "|---|---|---|---|---|---|---|---|",
            ]
            lines += [_row(line, cell not in WITHOUT_GOALS) for line in ranged] + [""]
        hits = [line for line in one["lines"] if "share" in line and "width" not in line]
        if hits:
            lines += ["| | n | share (99 %) | goal | met |", "|---|---|---|---|---|"]
            lines += [_hit_row(line, cell not in WITHOUT_GOALS) for line in hits] + [""]
        lines += _bound({line["of"]: line for line in hits})
        lines += [f"Bias of {line['of']}: {_signed(line['bias'])}." for line in one["lines"] if line.get("peer")]
        silent = {line["of"]: line["silent"] for line in one["lines"] if line.get("silent")}
        lines += (
            [f"Said that it cannot tell: {', '.join(f'{name} {n}' for name, n in silent.items())}."] if silent else []
        )
        lines += [""] if lines[-1] else []
    return "\n".join([*lines, exact.strip(), ""])


def _bound(hits: dict[str, dict[str, Any]]) -> list[str]:
    """What can be known at most of the order of losses, where an oracle was asked."""
    if not {ORDER, f"{ORDER}, by an oracle", f"{ORDER}, told apart", f"{ORDER}, right where told apart"} <= hits.keys():
        return []
    mine, apart, right, best = (
        hits[ORDER + more] for more in ("", ", told apart", ", right where told apart", ", by an oracle")
    )
    said = (
        f"More cannot be known from so few customers: an oracle puts {_range(best)} of the pairs in the right order, the product "
        f"{mine['share']:.1%}. Of {apart['share']:.0%} of the pairs the product says which is dearer, and is right in {right['share']:.1%} "
        "of these; of the others it says that it cannot tell which."
    )
    return [said, ""]


def _clock(cell: dict[str, Any]) -> str:
    return "processor seconds" if cell.get("of") == "processor" else "s"


def _row(line: dict[str, Any], goals: bool) -> str:
    met, narrow = (_yes(line[name]) if goals else "" for name in ("met", "met_width"))
    return (
        f"| {line['of']} | {line['n']} | {_range(line)} | {met} | {line['below']:.1%} | {_signed(line['bias'])} | "
        f"{line['width']:.2f} | {narrow} |"
    )


def _hit_row(line: dict[str, Any], goals: bool) -> str:
    judged = goals and "goal" in line
    met = "" if not judged else "within chance" if line.get("chance") else _yes(line["met"])
    return f"| {line['of']} | {line['n']} | {_range(line)} | {line['goal'] if judged else ''} | {met} |"


def _range(line: dict[str, Any]) -> str:
    return f"{line['share']:.1%} ({line['low']:.1%}–{line['high']:.1%})"


def _yes(met: bool) -> str:
    return "met" if met else "**not met**"


def _signed(share: float | None) -> str:
    return "–" if share is None else f"{share:+.1%}"
