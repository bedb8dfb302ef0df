"""What the drawing of the ribbon, the emotion and the loops is held against in the browser: numbers in, shapes out of `tropa.layout`.

`python tests/geometry_vectors.py` writes `tests/vectors/geometry/*.json`; a test compares what is committed with what is made, and
`frontend/src/geometry` answers the same cases to within 0.01 px (R-07, R-60).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from fixtures_readings import readings
from fixtures_shop import shop
from pictures import crafted
from tropa.layout import figures
from tropa.layout.content import Column
from tropa.layout.curves import smooth, value_at
from tropa.layout.emotion import Emotion, draw_emotion
from tropa.layout.frame import Frame, Slot, sizes
from tropa.layout.loops import arcs, draw_arcs
from tropa.layout.pen import Cuts
from tropa.layout.pen import Style as Pen
from tropa.layout.ribbon import Ribbon, draw_ribbon
from tropa.layout.scene import Disc, Group, Item, Rect
from tropa.layout.scene import Path as Curve
from tropa.layout.stations import stations
from tropa.model import EvidenceState, Map, Readings, Satisfaction
from tropa.model.buyer import buyer_stages
from tropa.words import words

FOLDER = Path(__file__).resolve().parent / "vectors" / "geometry"
TELL = words("en")

Json = dict[str, Any]


def shapes(items: Iterable[Item], cell: str = "") -> Iterator[Json]:
    """The shapes of a scene in drawing order; words, symbols and the paper behind words are set by whoever draws."""
    for item in items:
        if isinstance(item, Group):
            yield from shapes(item.items, item.cell or cell)
        elif isinstance(item, Rect) and item.fill != "paper":
            yield {
                "form": "rect", "cell": cell, "x": item.x, "y": item.y, "width": item.width, "height": item.height, "fill": item.fill,
                "radius": item.radius, "hatch": item.hatch,
            }  # fmt: skip
        elif isinstance(item, Curve):
            yield {
                "form": "path", "cell": cell, "commands": [list(part) for part in item.commands], "fill": item.fill, "stroke": item.stroke,
                "strokeWidth": item.stroke_width, "dash": list(item.dash),
            }  # fmt: skip
        elif isinstance(item, Disc):
            yield {
                "form": "disc", "cell": cell, "x": item.x, "y": item.y, "r": item.r, "fill": item.fill, "stroke": item.stroke,
                "strokeWidth": item.stroke_width,
            }  # fmt: skip


def grid(value: Map, wide: float) -> Frame:
    """A page whose stages are not equally wide (so that no width can be mistaken for another)."""
    slots, x = {}, 214.0
    for index, stage in enumerate(value.stages):
        slots[stage.id] = Slot(x, round(wide * (1 + 0.13 * (index % 3)), 2))
        x = slots[stage.id].right
    return Frame(x + 56, 56.0, x, slots, slots, sizes(narrow=True), frozenset())


def placed(value: Map, frame: Frame) -> list[Json]:
    """The stages of a map as the browser's geometry takes them."""
    return [
        {
            "id": stage.id, "after": None if stage.after is None else list(stage.after), "deal": stage.deal is not None,
            "x": frame.stages[stage.id].x, "width": frame.stages[stage.id].width,
        }
        for stage in value.stages
    ]  # fmt: skip


def numbers(found: Readings | None) -> Json | None:
    """The part of the readings that is drawn, as the server sends it."""
    if found is None:
        return None
    whole = found.model_dump(mode="json")
    return {"stages": whole["stages"], "breaks": whole["breaks"]}


def worlds() -> Iterator[tuple[str, Map, Readings | None]]:
    """Maps with their figures: plain, without a log, branched, thin, unseen, joined late, all still under way."""
    value = shop()
    plain = readings(value)
    yield "shop", value, plain
    yield "no readings", value, None
    few = crafted(3, crowded=False, deal=1)
    yield "a new scale", few, readings(few, (100_000, 2_000, 300))
    fork = crafted(6, crowded=False, branches=True)
    yield "branches", fork, readings(fork, (900, 500, 300, 700, 300, 100))
    late = plain.stages[2].model_copy(update={"first_seen": 4000})
    yield "joined late", value, plain.model_copy(update={"stages": (*plain.stages[:2], late, *plain.stages[3:])})
    unseen = plain.stages[1].model_copy(update={"observed": False, "entrants": 0})
    yield "not observed", value, plain.model_copy(update={"stages": (plain.stages[0], unseen, *plain.stages[2:])})
    waiting = plain.stages[0].model_copy(update={"open": 4000})
    yield "under way", value, plain.model_copy(update={"stages": (waiting, *plain.stages[1:])})
    yield "nobody", value, readings(value, (0, 0, 0, 0, 0, 0))


def ribbon_cases() -> list[Json]:
    """Every world at the size of the infographic and at that of the editor."""
    out = []
    for name, value, found in worlds():
        for height, foot, disc, wide in ((132.0, 54.0, 32.0, 230.0), (72.0, 30.0, 16.0, 148.0)):
            frame = grid(value, wide)
            ribbon = Ribbon(stations(value, value.stages, found), height, foot, disc)
            drawn = draw_ribbon(ribbon, 40.0, frame, TELL, value, found, Cuts())
            worst = figures.worst_break(found)
            out.append(
                {
                    "name": f"{name}, {height:g} px", "stages": placed(value, frame), "trail": numbers(found), "top": 40.0,
                    "height": height, "foot": foot, "disc": disc, "worst": worst.rank if worst else None,
                    "left": frame.grid, "right": frame.right,
                    "room": ribbon.total_height,
                    "stations": [
                        [s.here, s.by, s.joiners, s.exits, s.open, s.factor, s.new_scale, s.after_deal] for s in ribbon.stations
                    ],
                    "shapes": list(shapes(drawn)),
                }
            )  # fmt: skip
    return out


def emotion_cases() -> list[Json]:
    """Asserted with and without measured scores, gaps, contradictions, one column only."""
    value = shop()
    frame = grid(value, 180.0)
    keys = [stage.id for stage in value.stages]
    score = lambda mean, half, n: Satisfaction(mean=mean, low=mean - half, high=mean + half, n=n)  # noqa: E731 - a shorthand
    all_asserted = dict(zip(keys, (0.5, 0.5, -2.0, 1.5, 1.5, 1.0), strict=True))
    full = {key: score(0.3 * i - 0.6, 0.1 + 0.1 * i, 40 * i + 3) for i, key in enumerate(keys)}
    cases = {
        "both": (all_asserted, full, {keys[4]}),
        "gaps": (all_asserted, {k: v for i, (k, v) in enumerate(full.items()) if i != 2}, set()),
        "asserted only": (all_asserted, {}, set()),
        "measured only": ({}, full, set()),
        "one point": ({keys[1]: 1.0}, {keys[3]: score(-1.9, 0.4, 7)}, set()),
    }
    out = []
    for name, (asserted, measured, wrong) in cases.items():
        states = {key: EvidenceState.CONTRADICTED if key in wrong else EvidenceState.ASSUMED for key in keys}
        columns = tuple(Column(stage.id, stage) for stage in value.stages)
        lane = Emotion(columns, asserted, measured, {}, {}, dict(states), 96.0)
        columns_out = [
            {
                "key": key, "x": frame.columns[key].x, "width": frame.columns[key].width, "asserted": asserted.get(key),
                "measured": measured[key].model_dump(mode="json") if key in measured else None, "contradicted": key in wrong,
            }
            for key in keys
        ]  # fmt: skip
        drawn = draw_emotion(lane, 30.0, frame, TELL, Cuts())
        out.append(
            {
                "name": name, "columns": columns_out, "top": 30.0, "height": 96.0, "left": frame.grid, "right": frame.right,
                "shapes": list(shapes(drawn)),
            }
        )  # fmt: skip
    return out


def loop_cases() -> list[Json]:
    """Arcs of a map with many ways back, their levels and where they stand."""
    out = []
    base = shop()
    ids = [stage.id for stage in base.stages]
    from tropa.model import Loop

    many = tuple(
        Loop.model_validate({"from": a, "to": b, "kind": kind, "text": f"{kind} from {a}"})
        for a, b, kind in (
            (ids[5], ids[3], "loyalty"), (ids[4], ids[0], "bad-experience"), (ids[2], ids[1], "rework"), (ids[5], ids[0], "rework"),
            (ids[1], ids[0], "rework"), (ids[5], ids[3], "rework"),
        )
    )  # fmt: skip
    for name, loops in (("its own", base.loops), ("many", many), ("none", ())):
        value = base.model_copy(update={"loops": loops})
        frame = grid(value, 190.0)
        found = arcs(value, None, frame, TELL)
        given = [
            {"from": arc.loop.source, "to": arc.loop.target, "kind": arc.loop.kind, "wide": Pen(13.5, 600).width(arc.text)}
            for arc in found
        ]  # fmt: skip
        out.append(
            {
                "name": name, "stages": placed(value, frame), "loops": given, "top": 12.0, "bottom": 160.0,
                "arcs": [[arc.loop.source, arc.loop.target, arc.level, arc.start, arc.end] for arc in found],
                "shapes": list(shapes(draw_arcs(found, 12.0, 160.0, frame, Cuts()))),
            }
        )  # fmt: skip
    return out


def curve_cases() -> list[Json]:
    """Smooth curves: straight, steep, flat, with a peak, of one point."""
    runs: tuple[tuple[tuple[float, float], ...], ...] = (
        ((0, 0), (10, 10)), ((0, 5),), ((0, 0), (10, 0), (20, 30), (30, 30)), ((0, 0), (3, 40), (50, 41), (60, -20), (61, -20.5)),
        ((12.5, 80), (100, 20), (220, 75), (300, 75), (460, 10)),
    )  # fmt: skip
    return [
        {
            "points": [list(point) for point in run],
            "commands": [list(part) for part in smooth(run)],
            "values": [[x, value_at(run, x)] for x in (-5, 1.5, 17.0, 55.5, 290.0, 999)] if len(run) > 1 else [],
        }
        for run in runs
    ]


def buyer_cases() -> list[Json]:
    """Which stages lie on the way to the deal: in a row, in branches, with a way round it, without a deal."""
    runs: tuple[tuple[tuple[str, list[str] | None, bool], ...], ...] = (
        (("a", None, False), ("b", None, True), ("c", None, False)),
        (("a", None, False), ("b", ["a"], False), ("c", ["a"], False), ("d", ["b", "c"], True), ("e", None, False)),
        (("a", None, False), ("b", None, False), ("c", ["a"], True), ("d", None, False)),
        (("a", [], False), ("b", [], True)),
        (("a", None, False), ("b", None, False)),
    )
    out = []
    for run in runs:
        stages = [
            {"id": name, "title": name, "after": after, **({"deal": {"event": "paid"}} if deal else {})}
            for name, after, deal in run
        ]
        kept = buyer_stages(Map.model_validate({"title": "x", "stages": stages}))
        given = [{"id": name, "after": after, "deal": deal} for name, after, deal in run]
        out.append({"stages": given, "kept": [name for name, _, _ in run if name in kept]})
    return out


def texts() -> dict[str, str]:
    """The vector files by name."""
    made = {
        "ribbon": ribbon_cases(), "emotion": emotion_cases(), "loops": loop_cases(), "curves": curve_cases(), "buyer": buyer_cases(),
    }  # fmt: skip
    return {name: _lines(cases) for name, cases in made.items()}


def _lines(cases: list[Json]) -> str:
    """One value per line within a case: readable in a diff, and not a number per line."""
    blocks = []
    for case in cases:
        rows = []
        for key, value in case.items():
            told = json.dumps(value, ensure_ascii=False)
            if key == "shapes":
                told = "[\n" + ",\n".join(f"   {json.dumps(shape)}" for shape in value) + "\n  ]" if value else "[]"
            rows.append(f"  {json.dumps(key)}: {told}")
        blocks.append("{\n" + ",\n".join(rows) + "\n}")
    return "[" + ",\n".join(blocks) + "]\n"


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in texts().items():
        (FOLDER / f"{name}.json").write_text(text, encoding="utf-8", newline="\n")
        print(FOLDER / f"{name}.json")
