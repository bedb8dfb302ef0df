"""How long pictures take: `python bench/render.py`. A map of twelve stages and four personas, both languages, every view and format.

The limits of issue 2: layout under 0.1 s, any single output under 2 s. The best of five runs is told,
in seconds of the processor (a busy machine must not speak), after one run that warms the caches of words and metrics.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]

from fixtures_readings import readings  # noqa: E402 - the tests' own maps
from fixtures_shop import TODAY  # noqa: E402 - the tests' own maps
from pictures import crafted  # noqa: E402
from tropa.layout import VIEWS, Page, lay_out  # noqa: E402
from tropa.render.html import html  # noqa: E402
from tropa.render.pdf import pdf  # noqa: E402
from tropa.render.png import png  # noqa: E402
from tropa.render.svg import svg  # noqa: E402
from tropa.words import words  # noqa: E402

RUNS = 5


def best(work: Callable[[], object]) -> float:
    """Seconds of the quickest of `RUNS` runs, after one that is not counted."""
    work()
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    """Prints one line for each language, view and output."""
    value = crafted(12, crowded=True)
    falling = tuple(max(1, int(48_210 * 0.6**k)) for k in range(12))
    found = readings(value, falling)
    segments = {f"p{k}": readings(value, tuple(max(1, one // (k + 2)) for one in falling)) for k in range(4)}
    for lang in ("ru", "en"):
        say = words(lang)

        def page(view: str, paper: str) -> Page:
            return lay_out(value, found, say, view=view, page=paper, segments=segments, today=TODAY)  # type: ignore[arg-type]  # a name  # noqa: B023 - used at once

        for view in VIEWS:
            drawn = page(view, "a3")
            rows: dict[str, Callable[[], object]] = {
                "layout screen": lambda view=view: page(view, "screen"),  # type: ignore[misc]  # bound at once
                "layout a3": lambda view=view: page(view, "a3"),  # type: ignore[misc]
                "svg": lambda drawn=drawn: svg(drawn),  # type: ignore[misc]
                "png ×1": lambda drawn=drawn: png(drawn),  # type: ignore[misc]
                "pdf": lambda drawn=drawn: pdf(drawn, "a3"),  # type: ignore[misc]
                "html": lambda drawn=drawn: html(drawn, value, found, say),  # type: ignore[misc]  # noqa: B023 - used at once
            }
            for name, work in rows.items():
                print(f"{lang} {view:12} {name:14} {best(work):7.3f} s")


if __name__ == "__main__":
    main()
