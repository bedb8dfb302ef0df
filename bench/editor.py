"""How fast the editor is in a real Chromium: `python bench/editor.py [--stages 12] [--lanes 25] [--keys 200]`.

Serves a made map of so many stages and rows (goal: 12 × 25) and measures, each time in a window with an empty cache: from the click on the
map's link in the gallery to its table being painted (goal ≤ 1 s), and the work of a keystroke, from its event until the document has it,
the screen has it, and style and layout are settled (goal ≤ 16 ms, one frame). Both on the clock and in processor time of the page's main
thread, which says what the machine would do if nothing else ran on it. Nothing is asserted: figures depend on the machine.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "src")]
LINES = ("does", "thinks", "asks", "doubts", "expects", "strengths", "front_stage", "back_stage")
LINK, LAST = "main a[href='/m/large']", "[role=grid] [data-cell^='owner|']"
WITHIN = 60_000
"""Milliseconds after which the bench says what the page did not show, on however busy a machine."""
WATCH = """last => { window.opened = new Promise(done => document.addEventListener('click', () => {
  const begin = performance.now();
  const look = () => requestAnimationFrame(() => document.querySelector(last) ? setTimeout(() => done(performance.now() - begin)) : look());
  look();
}, {capture: true, once: true})) }"""
TYPE = """sign => { const area = document.activeElement, at = area.value.length, begin = performance.now();
  area.setRangeText(sign, at, at, 'end');
  area.dispatchEvent(new InputEvent('input', {data: sign, inputType: 'insertText', bubbles: true}));
  return new Promise(done => queueMicrotask(() => { document.body.offsetHeight; done(performance.now() - begin); })) }"""


def said(row: str, stage: int) -> list[str]:
    """Two statements of a cell."""
    return [f"{row}: a thing that is said at stage {stage}", f"{row}: another one, somewhat longer than the first"]


def stage(index: int, own: int) -> dict[str, Any]:
    """A stage in which every cell says something."""
    return {
        "id": f"s{index}", "title": f"Stage {index}", "goal": f"What one wants at stage {index}", "owner": "anna",
        "brand": {"goal": "To help", "task": "teach"}, **{row: said(row, index) for row in LINES},
        "feels": {"score": index % 5 - 2, "words": ["joy", "doubt"]},
        "pains": [{"id": f"p{index}-{k}", "text": f"What hurts at stage {index}", "severity": 1 + k} for k in range(2)],
        "opportunities": [{"id": f"o{index}", "text": "What could be better"}],
        "barriers": [{"text": "What is in the way", "kind": "price"}], "metrics": [{"id": f"m{index}", "title": "What is watched"}],
        "touchpoints": [{"id": f"t{index}-{k}", "title": f"Place {k}", "channel": "website"} for k in range(3)],
        "cells": {f"own{k}": {"items": said(f"Own row {k}", index)} for k in range(own)},
    }  # fmt: skip


def made_map(stages: int, lanes: int) -> dict[str, Any]:
    """A map of so many stages and rows; rows beyond the standard ones are its own."""
    from tropa.model import LANES

    own = max(0, lanes - len(LANES))
    return {
        "tropa": 1,
        "id": "large",
        "title": "Large",
        "language": "en",
        "people": [{"id": "anna", "title": "Anna"}],
        "lanes": [{"id": f"own{k}", "title": f"Own row {k}", "kind": "list"} for k in range(own)],
        "stages": [stage(index, own) for index in range(stages)],
    }


def processor_ms(session: CDPSession) -> float:
    """Processor time of the page's main thread so far."""
    metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    return float(metrics["TaskDuration"]) * 1000


def opening(page: Page, session: CDPSession, url: str) -> tuple[float, float]:
    """From a click on the map's link in the gallery to its table being painted: clock, processor."""
    page.goto(url)
    page.wait_for_selector(LINK, timeout=WITHIN)
    page.evaluate(WATCH, LAST)
    before = processor_ms(session)
    page.locator(LINK).first.click(timeout=WITHIN)
    page.wait_for_selector(LAST, timeout=WITHIN)  # says what is missing; the watch alone would wait for ever
    clock = float(page.evaluate("window.opened"))
    return clock, processor_ms(session) - before


def keystrokes(page: Page, session: CDPSession, keys: int) -> tuple[list[float], float]:
    """The work of each keystroke on the clock, and in processor time on average."""
    page.locator("[data-cell^='thinks|']").nth(3).evaluate("cell => cell.focus()")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.tagName === 'TEXTAREA'")
    before = processor_ms(session)
    found = [float(page.evaluate(TYPE, "abcdefgh "[index % 9])) for index in range(keys)]
    return found, (processor_ms(session) - before) / keys


def middle(found: list[float], part: float = 0.5) -> float:
    """The value below which a part of the values lies."""
    return sorted(found)[min(len(found) - 1, int(part * len(found)))]


def main() -> None:
    """Measures and prints one line of JSON."""
    from e2e.app import chromium, serve, set_up, visiting
    from page_checks import build_script

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stages", type=int, default=12)
    parser.add_argument("--lanes", type=int, default=25)
    parser.add_argument("--keys", type=int, default=200)
    wish = parser.parse_args()
    script = build_script()
    script.build(script.tell)
    opened: list[tuple[float, float]] = []
    typed: list[float] = []
    work: list[float] = []
    with tempfile.TemporaryDirectory() as place, chromium() as browser:
        (Path(place) / "large.yaml").write_text(json.dumps(made_map(wish.stages, wish.lanes)), encoding="utf-8")
        with serve(Path(place), lang="en") as served:
            state = set_up(browser, served)
            for _ in range(5):
                with visiting(browser, served.url, state=state, lang="en") as visit:
                    session = visit.context.new_cdp_session(visit.page)
                    session.send("Performance.enable", {"timeDomain": "threadTicks"})
                    opened.append(opening(visit.page, session, served.url))
                    found, mean = keystrokes(visit.page, session, wish.keys)
                    typed.extend(found)
                    work.append(mean)
    told = {
        "stages": wish.stages, "rows": wish.lanes, "open_ms": round(middle([clock for clock, _ in opened])),
        "open_processor_ms": round(middle([cpu for _, cpu in opened])), "key_ms": round(middle(typed), 1),
        "key_p95_ms": round(middle(typed, 0.95), 1), "key_processor_ms": round(middle(work), 1), "keys": len(typed),
    }  # fmt: skip
    print(json.dumps(told))


if __name__ == "__main__":
    main()
