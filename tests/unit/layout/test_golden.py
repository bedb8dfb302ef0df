"""Golden structure (R-07): what stands on the shop's pages, by address and words. Coordinates are the properties' matter.

After a change that is meant: `python tests/unit/layout/test_golden.py` writes the files anew; look at the diff, then at the picture.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from fixtures_readings import readings
from fixtures_shop import TODAY, shop
from tropa.layout import VIEWS, lay_out
from tropa.layout.geometry import all_lines
from tropa.layout.scene import Disc, Group, Item, Line, Rect, Symbol
from tropa.layout.scene import Path as Shape
from tropa.words import words

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "layout"
CASES = [(view, lang) for view in VIEWS for lang in ("ru", "en")]


def structure(item: Item) -> Any:
    """A thing of a scene without its place: words as one paragraph, groups by kind and address."""
    if isinstance(item, Group):
        told = " ".join(line.text for line in all_lines(item.items) if line in item.items)
        inner = [found for part in item.items if (found := structure(part))]
        shown = {
            "kind": item.kind,
            "cell": item.cell,
            "text": " ".join(told.split()),
            "tip": " ".join(item.tip.split()),
            "items": inner,
        }
        return {key: value for key, value in shown.items() if value}
    if isinstance(item, Line):
        return None
    names = {Rect: "rect", Disc: "disc", Shape: "path", Symbol: "symbol"}
    if isinstance(item, Symbol):
        return f"symbol {item.name}"
    role = item.fill if item.fill != "none" else item.stroke
    return f"{names[type(item)]} {role}" if role != "none" else None


def made(view: str, lang: str) -> Any:
    """The structure of one page."""
    value = shop()
    page = lay_out(value, readings(value), words(lang), view=view, page="a3", today=TODAY)  # type: ignore[arg-type]  # a name of a view
    return {"title": page.title, "items": [found for item in page.items if (found := structure(item))]}


@pytest.mark.parametrize(("view", "lang"), CASES)
def test_structure_is_the_golden_one(view: str, lang: str) -> None:
    """Compared as structure, not as bytes."""
    golden = json.loads((GOLDEN / f"{view}-{lang}.json").read_text(encoding="utf-8"))
    assert made(view, lang) == golden


if __name__ == "__main__":
    for case in CASES:
        text = json.dumps(made(*case), ensure_ascii=False, indent=1)
        (GOLDEN / f"{case[0]}-{case[1]}.json").write_text(text + "\n", encoding="utf-8", newline="\n")
