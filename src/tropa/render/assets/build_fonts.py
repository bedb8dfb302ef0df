"""Makes the shipped fonts from the published ones: `python -m tropa.render.assets.build_fonts FOLDER_OF_THE_NPM_PACKAGE`.

Subset to the scripts of Europe, tabular figures made the default, contextual alternates dropped (they change widths), kerning kept.
Beside the fonts it writes `metrics.json`: advances and kerning of every character, so that layout never parses a font.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont

from tropa.render.fonts import CORE

FACES = {
    "400": "400Regular/Inter_400Regular.ttf",
    "400i": "400Regular_Italic/Inter_400Regular_Italic.ttf",
    "500": "500Medium/Inter_500Medium.ttf",
    "600": "600SemiBold/Inter_600SemiBold.ttf",
    "700": "700Bold/Inter_700Bold.ttf",
}
RANGES = (
    (0x20, 0x7E), (0xA0, 0x24F), (0x2B0, 0x2DD), (0x300, 0x328), (0x386, 0x3CE), (0x400, 0x52F), (0x1E80, 0x1E9E), (0x2000, 0x206F),
    (0x2070, 0x209C), (0x20A0, 0x20C0), (0x2100, 0x214F), (0x2150, 0x218B), (0x2190, 0x21FF), (0x2200, 0x226B), (0x2300, 0x231B),
    (0x25A0, 0x25FF), (0x2605, 0x2606), (0x2610, 0x2612), (0x2660, 0x2667), (0x2713, 0x2718), (0x2794, 0x2794), (0x27A1, 0x27A1),
)  # fmt: skip
LATIN_CYRILLIC = ((0x20, 0x7E), (0xA0, 0x17F), (0x400, 0x4FF), (0x2010, 0x2026), (0x2030, 0x203A), (0x20AC, 0x20BD))
"""Where kerning is kept in the metrics: elsewhere pairs are rare."""


def main(package: Path, fonts: Path, web: Path) -> None:
    """Writes `fonts/*.ttf`, `fonts/metrics.json` and `web/*.woff2`."""
    metrics: dict[str, Any] = {}
    for face, name in FACES.items():
        font = TTFont(package / name)
        _tabular_figures(font)
        options = subset.Options(
            layout_features=["kern", "mark", "mkmk", "ccmp"],
            hinting=False,
            name_IDs=["*"],
            notdef_outline=True,
            glyph_names=False,
        )
        maker = subset.Subsetter(options)
        maker.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
        maker.subset(font)
        font["head"].modified = font["head"].created
        font.recalcTimestamp = False
        font.save(fonts / f"inter-{face}.ttf")
        metrics[face] = _metrics(font)
        font.flavor = "woff2"
        font.save(web / f"inter-{face}.woff2")
        core = TTFont(fonts / f"inter-{face}.ttf")
        smaller = subset.Subsetter(options)
        smaller.populate(unicodes=[code for first, last in CORE for code in range(first, last + 1)])
        smaller.subset(core)
        core.recalcTimestamp = False
        core.flavor = "woff2"
        core.save(web / f"inter-{face}-core.woff2")
    text = json.dumps(metrics, ensure_ascii=False, separators=(",", ":"))
    (fonts / "metrics.json").write_text(text, encoding="utf-8", newline="\n")


def _tabular_figures(font: TTFont) -> None:
    """Points the digits at their `tnum` forms: figures stand under one another without asking for a feature."""
    table = font["GSUB"].table
    index = next(r.Feature.LookupListIndex for r in table.FeatureList.FeatureRecord if r.FeatureTag == "tnum")
    swap: dict[str, str] = {}
    for lookup in (table.LookupList.Lookup[i] for i in index):
        for part in lookup.SubTable:
            swap.update(getattr(part, "ExtSubTable", part).mapping)
    for cmap in font["cmap"].tables:
        for code in range(ord("0"), ord("9") + 1):
            if cmap.isUnicode() and code in cmap.cmap:
                cmap.cmap[code] = swap.get(cmap.cmap[code], cmap.cmap[code])


def _metrics(font: TTFont) -> dict[str, Any]:
    """`upm`, advances by character, and kerning: by left and right class of the character, only what is not 0."""
    names = font.getBestCmap()
    advances = {chr(code): font["hmtx"][name][0] for code, name in names.items()}
    kerned = {code: name for code, name in names.items() if any(a <= code <= b for a, b in LATIN_CYRILLIC)}
    rows: dict[str, tuple[tuple[str, int], ...]] = {}
    tables = list(_pair_tables(font))
    for left, left_name in kerned.items():
        row = []
        for right, right_name in kerned.items():
            value = next((v for v in (_pair(t, left_name, right_name) for t in tables) if v is not None), 0)
            if value:
                row.append((chr(right), value))
        rows[chr(left)] = tuple(row)
    return {
        "upm": font["head"].unitsPerEm,
        "ascent": font["hhea"].ascent,
        "descent": font["hhea"].descent,
        "cap": font["OS/2"].sCapHeight,
        "advances": advances,
        **_classes(rows),
    }


def _classes(rows: dict[str, tuple[tuple[str, int], ...]]) -> dict[str, Any]:
    """Characters with equal rows share one: [row number by character], and the rows as {right character: value}."""
    distinct: dict[tuple[tuple[str, int], ...], int] = {}
    left = {char: distinct.setdefault(row, len(distinct)) for char, row in rows.items() if row}
    kern = [_by_value(row) for row in distinct]
    return {"left": left, "kern": kern}


def _by_value(row: tuple[tuple[str, int], ...]) -> dict[str, str]:
    """{value: all characters with it}, which is shorter than the reverse."""
    out: dict[str, str] = {}
    for char, value in row:
        out[str(value)] = out.get(str(value), "") + char
    return out


def _pair_tables(font: TTFont) -> Iterator[Any]:
    """The pair-adjustment subtables of the default script's `kern`, in order."""
    table = font["GPOS"].table
    used = sorted(
        {i for r in table.FeatureList.FeatureRecord if r.FeatureTag == "kern" for i in r.Feature.LookupListIndex}
    )
    for lookup in (table.LookupList.Lookup[i] for i in used):
        for part in lookup.SubTable:
            part = getattr(part, "ExtSubTable", part)
            if part.LookupType == 2:
                yield _indexed(part)


def _indexed(part: Any) -> tuple[Any, dict[str, int], dict[str, Any]]:
    covered = {name: i for i, name in enumerate(part.Coverage.glyphs)}
    pairs: dict[str, Any] = {}
    if part.Format == 1:
        for name, i in covered.items():
            records = part.PairSet[i].PairValueRecord
            pairs[name] = {r.SecondGlyph: (r.Value1.XAdvance if r.Value1 else 0) for r in records}
    return part, covered, pairs


def _pair(table: tuple[Any, dict[str, int], dict[str, Any]], left: str, right: str) -> int | None:
    """What the subtable adds to the advance of `left` before `right`; None when it says nothing of the pair."""
    part, covered, pairs = table
    if left not in covered:
        return None
    if part.Format == 1:
        value: int | None = pairs[left].get(right)
        return value
    first = part.ClassDef1.classDefs.get(left, 0)
    second = part.ClassDef2.classDefs.get(right, 0)
    record = part.Class1Record[first].Class2Record[second].Value1
    return int(getattr(record, "XAdvance", 0) or 0) if record else 0


if __name__ == "__main__":
    here = Path(__file__).resolve().parent
    main(Path(sys.argv[1]), here.parents[1] / "layout" / "fonts", here / "fonts")
