"""An answer as a Vega-Lite specification with its data inside: for people who draw on in a notebook or an editor of their own (R-26).

One small writer for each kind of picture. What Vega-Lite cannot lay out (ribbons) comes laid out; a graph becomes a matrix of its steps.
Published schema: https://vega.github.io/schema/vega-lite/v5.json.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from tropa.layout.charts.sankey import BAR, LEAST, arranged, flows_of, ink_of, large
from tropa.layout.charts.sheet import Sheet
from tropa.model.measure import Answer, Picture, PictureKind
from tropa.render.theme import FONT_STACK, LIGHT
from tropa.words import Words

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
WIDTH, ACROSS, PIECES = 720, 200.0, 16
DAY = 86_400.0
Spec = dict[str, Any]


def vega_lite(answer: Answer, picture: Picture, labels: Mapping[str, str], words: Words) -> str:
    """The specification as JSON text. Shares are numbers 0…1, times seconds, names in words beside ids (`<column>_name`)."""
    sheet = Sheet(answer, picture, labels, words)
    body = _WRITERS[picture.kind](sheet)
    title = {"text": words(f"measure-{answer.measure}"), "subtitle": words(f"measure-{answer.measure}.question")}
    look = {
        "font": FONT_STACK, "background": LIGHT["paper"], "view": {"stroke": None},
        "title": {"anchor": "start", "color": LIGHT["ink"], "subtitleColor": LIGHT["muted"]},
        "axis": {"grid": False, "labelColor": LIGHT["ink"], "titleColor": LIGHT["muted"], "labelLimit": 280},
    }  # fmt: skip
    meta = {"measure": answer.measure, "unit": answer.unit.value, "n": answer.n, "data_version": answer.data_version}
    spec = {
        "$schema": SCHEMA, "title": title, "description": title["subtitle"], "width": WIDTH, "data": {"values": rows_of(sheet)},
        "usermeta": meta, "config": look, **body,
    }  # fmt: skip
    return json.dumps(spec, ensure_ascii=False, indent=1)


def rows_of(sheet: Sheet) -> list[Spec]:
    """The answer's rows by column; of what is a name also how it is said."""
    columns = sheet.answer.columns
    said = {
        one.id: sheet.names(one.id)
        for one in columns
        if one.kind in ("state", "channel", "path", "reason", "text", "month")
    }
    out = []
    for at, row in enumerate(sheet.answer.rows):
        mine: Spec = {column.id: cell for column, cell in zip(columns, row, strict=True)}
        out.append({"row": at, **mine, **{f"{name}_name": told[at] for name, told in said.items()}})
    return out


def _title(sheet: Sheet, column: str) -> str:
    return sheet.words(f"measure-column-{column}")


def _ends(sheet: Sheet, column: str) -> tuple[str, str] | None:
    found = next(one for one in sheet.answer.columns if one.id == column)
    return (found.low, found.high) if found.low and found.high else None


def _has(sheet: Sheet, column: str) -> bool:
    return any(one.id == column for one in sheet.answer.columns)


def _name(sheet: Sheet, column: str) -> Spec:
    """Names down the side, in the order of the answer."""
    return {"field": f"{column}_name", "type": "nominal", "sort": None, "title": _title(sheet, column)}


def _share(sheet: Sheet, column: str) -> Spec:
    return {"field": column, "type": "quantitative", "axis": {"format": ".0%"}, "title": _title(sheet, column)}


def _tips(sheet: Sheet) -> list[Spec]:
    """Every column that is told by itself."""
    names = ("state", "channel", "path", "reason", "text", "month")
    formats = {"share": ".1%", "chance": ".3f", "count": ",d"}
    return [
        {"field": f"{one.id}_name" if one.kind in names else one.id, "title": _title(sheet, one.id)}
        | ({"format": formats[one.kind]} if one.kind in formats else {})
        for one in sheet.shown()
    ]


def _bars(sheet: Sheet) -> Spec:
    picture = sheet.picture
    grouped = bool(picture.series) and _has(sheet, picture.series)
    side: Spec = {"y": _name(sheet, picture.x)}
    if grouped:
        side["yOffset"] = {"field": f"{picture.series}_name", "type": "nominal", "sort": None}
    colour: Spec = {"value": LIGHT["trail-band"]}
    if grouped:
        colour = {
            "field": f"{picture.series}_name",
            "type": "nominal",
            "sort": None,
            "title": _title(sheet, picture.series),
        }
    bar = {"x": _share(sheet, picture.value), "color": colour, "tooltip": _tips(sheet)}
    layers: list[Spec] = [{"mark": {"type": "bar", "cornerRadiusEnd": 2}, "encoding": bar}]
    ends = _ends(sheet, picture.value)
    if ends is not None:
        layers.append(_rule(*ends))
    return {"encoding": side, "layer": layers}


def _rule(low: str, high: str) -> Spec:
    """An interval as a thin line."""
    encoding = {"x": {"field": low, "type": "quantitative"}, "x2": {"field": high}}
    return {"mark": {"type": "rule", "color": LIGHT["ink"], "strokeWidth": 1.4}, "encoding": encoding}


def _matrix(sheet: Sheet) -> Spec:
    picture = sheet.picture
    x = {"field": picture.x, "type": "ordinal", "title": _title(sheet, picture.x)}
    return _squares(sheet, x, _name(sheet, picture.y), picture.value, ".0%")


def _graph(sheet: Sheet) -> Spec:
    """Vega-Lite lays out no graphs: from which state (down) to which (across), as dark as steps are many."""
    picture = sheet.picture
    across = {**_name(sheet, picture.y), "axis": {"orient": "top", "labelAngle": -35}}
    return _squares(sheet, across, _name(sheet, picture.x), picture.value, ",d")


def _squares(sheet: Sheet, x: Spec, y: Spec, value: str, form: str) -> Spec:
    scale = {"range": [LIGHT["trail-tint"], LIGHT["trail"]]}
    colour = {"field": value, "type": "quantitative", "scale": scale, "title": _title(sheet, value)}
    dark = 0.6 * max((one for one in sheet.numbers(value) if one is not None), default=0.0)
    ink = {"condition": {"test": f"datum['{value}'] > {dark:g}", "value": LIGHT["on-ink"]}, "value": LIGHT["ink"]}
    text = {"text": {"field": value, "type": "quantitative", "format": form}, "color": ink}
    return {
        "encoding": {"x": x, "y": y},
        "layer": [
            {"mark": "rect", "encoding": {"color": colour, "tooltip": _tips(sheet)}},
            {"mark": {"type": "text", "fontSize": 10}, "encoding": text},
        ],
    }


def _curve(sheet: Sheet) -> Spec:
    """A value over time as steps, with its band; lengths of time in days."""
    picture = sheet.picture
    kind = next(one.kind for one in sheet.answer.columns if one.id == picture.x)
    out: Spec = {}
    x: Spec = {"field": picture.x, "type": "quantitative", "title": _title(sheet, picture.x)}
    if kind == "seconds":
        out["transform"] = [{"calculate": f"datum['{picture.x}'] / {DAY:g}", "as": "days"}]
        x = {**x, "field": "days", "title": f"{_title(sheet, picture.x)}, {sheet.words('vega-days')}"}
    colour: Spec = {"value": LIGHT["trail"]}
    if picture.series and _has(sheet, picture.series):
        colour = {"field": f"{picture.series}_name", "type": "nominal", "title": _title(sheet, picture.series)}
    y, ends = _share(sheet, picture.value), _ends(sheet, picture.value)
    layers: list[Spec] = []
    if ends is not None:
        band = {"y": {**y, "field": ends[0]}, "y2": {"field": ends[1]}}
        layers.append({"mark": {"type": "area", "interpolate": "step-after", "opacity": 0.2}, "encoding": band})
    layers.append(
        {"mark": {"type": "line", "interpolate": "step-after"}, "encoding": {"y": y, "tooltip": _tips(sheet)}}
    )
    return {**out, "encoding": {"x": x, "color": colour}, "layer": layers}


def _pairs(sheet: Sheet) -> Spec:
    """Both sides of each row one below the other, each with its interval."""
    picture = sheet.picture
    values: list[Spec] = []
    for at, name in enumerate(sheet.names(picture.x)):
        for column, group in ((picture.value, "one_group"), (picture.series, "other_group")):
            side = sheet.names(group)[at] if _has(sheet, group) else _title(sheet, column)
            low, high = (ends[at] for ends in sheet.ends(column))
            mine = {"row": at, "name": name, "side": side, "share": sheet.numbers(column)[at], "low": low, "high": high}
            values.append(
                {**mine, "difference": sheet.numbers("difference")[at], "chance": sheet.numbers("chance")[at]}
            )
    colours = {"range": [LIGHT["gold"], LIGHT["trail-band"]]}
    tips = [{"field": field} for field in ("name", "side", "share", "low", "high", "difference", "chance")]
    bar = {
        "x": {"field": "share", "type": "quantitative", "axis": {"format": ".0%"}, "title": None},
        "color": {"field": "side", "type": "nominal", "sort": None, "scale": colours, "title": None}, "tooltip": tips,
    }  # fmt: skip
    return {
        "data": {"values": values},
        "encoding": {
            "y": {"field": "name", "type": "nominal", "sort": None, "title": None},
            "yOffset": {"field": "side", "type": "nominal", "sort": None},
        },
        "layer": [{"mark": "bar", "encoding": bar}, _rule("low", "high")],
    }


def _sankey(sheet: Sheet) -> Spec:
    """Ribbons as areas, states as bars, names beside them: laid out here, in pixels."""
    flows = large(flows_of(sheet), LEAST * next((value for value in sheet.numbers("whole") if value), 1.0))
    if not flows:
        return _table(sheet)
    found = arranged(flows, 0.0)
    place = {step: ACROSS * at for at, step in enumerate(found.steps)}
    pieces: list[Spec] = []
    for flow, (y, end) in found.spots.items():
        x, to = place[flow.source[0]] + BAR, place[flow.target[0]]
        names = {
            "from": sheet.labels.get(flow.source[1], flow.source[1]),
            "to": sheet.labels.get(flow.target[1], flow.target[1]),
        }
        fill, thick = LIGHT[ink_of(flow.target[1], flow.source[1])[0]], flow.passes * found.scale
        for k in range(PIECES + 1):
            t = k / PIECES
            along, down = t * (1.5 - 1.5 * t + t * t), y + (end - y) * t * t * (3 - 2 * t)
            spot = {"x": round(x + (to - x) * along, 2), "y": round(down, 2), "y2": round(down + thick, 2)}
            pieces.append({"flow": flow.row, **names, "passes": flow.passes, "fill": fill, **spot})
    bars = [
        {"name": sheet.labels.get(key[1], key[1]), "passes": node.passes, "x": place[key[0]], "x2": place[key[0]] + BAR,
         "y": round(node.y, 2), "y2": round(node.y + node.height, 2)}
        for key, node in found.nodes.items()
    ]  # fmt: skip
    return _drawn_flows(pieces, bars, found.bottom, place[found.steps[-1]] + ACROSS)


def _drawn_flows(pieces: list[Spec], bars: list[Spec], height: float, width: float) -> Spec:
    across: Spec = {"field": "x", "type": "quantitative", "axis": None, "scale": {"domain": [0, width]}}
    down: Spec = {
        "field": "y",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0, round(height, 2)], "reverse": True},
    }
    tips = [{"field": field} for field in ("from", "to", "passes")]
    area = {
        "x": across, "y": down, "y2": {"field": "y2"}, "detail": {"field": "flow"},
        "color": {"field": "fill", "type": "nominal", "scale": None}, "tooltip": tips,
    }  # fmt: skip
    bar = {"x": across, "x2": {"field": "x2"}, "y": down, "y2": {"field": "y2"}, "color": {"value": LIGHT["trail"]}}
    label = {"x": {**across, "field": "x2"}, "y": down, "text": {"field": "name"}, "color": {"value": LIGHT["ink"]}}
    beside = {"type": "text", "align": "left", "dx": 6, "dy": 8}
    return {
        "width": round(width), "height": round(height), "data": {"values": bars},
        "layer": [
            {"data": {"values": pieces}, "mark": {"type": "area", "opacity": 0.55}, "encoding": area},
            {"mark": "rect", "encoding": bar},
            {"mark": beside, "encoding": label},
        ],
    }  # fmt: skip


def _table(sheet: Sheet) -> Spec:
    """Rows and columns of text."""
    heads = [_title(sheet, column.id) for column in sheet.shown()]
    values = [
        {"row": at, "column": head, "text": told}
        for at, row in enumerate(sheet.told_rows())
        for head, told in zip(heads, row, strict=True)
    ]
    encoding = {
        "x": {"field": "column", "type": "nominal", "sort": None, "title": None, "axis": {"orient": "top", "labelAngle": 0}},
        "y": {"field": "row", "type": "ordinal", "axis": None}, "text": {"field": "text"},
    }  # fmt: skip
    return {"data": {"values": values}, "mark": {"type": "text", "fontSize": 11}, "encoding": encoding}


_WRITERS: Mapping[PictureKind, Callable[[Sheet], Spec]] = {
    "bars": _bars, "funnel": _bars, "matrix": _matrix, "graph": _graph, "curve": _curve, "pairs": _pairs, "sankey": _sankey,
    "table": _table,
}  # fmt: skip
