"""The sheets beside the map: what the data show, with a native chart of emotion, and how to read it all."""

from __future__ import annotations

from typing import Any

from tropa.model import Map, Rate, Readings, Satisfaction, StageReading, Times, say
from tropa.model.entered import ENTERED
from tropa.render.theme import LIGHT
from tropa.render.xlsx_style import MARKS, Style
from tropa.words import Words

COLUMNS = (
    ("stage", 26), ("entrants", 12), ("customers", 12), ("next", 18), ("part", 11), ("whole", 11), ("rate", 9), ("low", 8), ("high", 8),
    ("left-out", 16), ("days", 12), ("exits", 10), ("open", 11), ("score", 9), ("score-low", 8), ("score-high", 8), ("answers", 10),
    ("asserted", 12), ("loss", 16), ("loss-low", 12), ("loss-high", 12), ("ceiling", 14),
)  # fmt: skip
_TEXTS = ("stage", "next")
_PERCENT = ("rate", "low", "high")
_SCORES = ("score", "score-low", "score-high", "asserted")
_MONEY = ("loss", "loss-low", "loss-high", "ceiling")
_HEAD = 4
"""The row of the column heads, from 0."""


def readings_sheet(book: Any, style: Style, value: Map, readings: Readings | None, words: Words) -> None:
    """Entrants, conversion with its parts and interval, times, scores and losses by stage, as numbers that formulas can use."""
    sheet = book.add_worksheet(words("xlsx-sheet-readings"))
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, words("xlsx-readings-title"), style(font_size=16, bold=True, text_wrap=False))
    sheet.set_row(0, 28)
    muted = style(font_color=LIGHT["muted"], text_wrap=False)
    if readings is None:
        sheet.write_string(1, 0, words("xlsx-readings-none"), muted)
        return
    for row, line in enumerate(_about(value, readings, words), 1):
        sheet.write_string(row, 0, line, muted)
    look = {"bold": True, "bg_color": LIGHT["sand"], "valign": "vcenter", "font_size": 9}
    for at, (name, width) in enumerate(COLUMNS):
        sheet.set_column(at, at, width)
        sheet.write_string(
            _HEAD, at, words(f"xlsx-column-{name}"), style(**look, align="left" if name in _TEXTS else "right")
        )
    sheet.set_row(_HEAD, 36)
    titles = {stage.id: say(stage.title, words.lang) for stage in value.stages}
    for row, stage in enumerate(value.stages, _HEAD + 1):
        cells = _cells(stage.feels.score if stage.feels else None, readings, stage.id, titles, words)
        for at, (name, _) in enumerate(COLUMNS):
            _write(sheet, style, row, at, name, cells.get(name), readings.scope.currency)
    loop = _loop_cells(readings, words)
    for at, (name, _) in enumerate(COLUMNS):
        _write(sheet, style, _HEAD + 1 + len(value.stages), at, name, loop.get(name), readings.scope.currency)
    sheet.freeze_panes(_HEAD + 1, 1)
    _chart(book, sheet, len(value.stages), words)


def _about(value: Map, readings: Readings, words: Words) -> list[str]:
    scope = readings.scope
    lines = []
    if scope.period is not None:
        lines.append(words("xlsx-period", period=words.months(scope.period.start, scope.period.end)))
    entered = scope.data_version == ENTERED
    lines.append(words("xlsx-readings-entered") if entered else words("xlsx-version", version=scope.data_version))
    lines.append(words("xlsx-interval-note"))
    if value.simulated:
        lines[0] = f"{words('xlsx-simulated')} · {lines[0]}"
    return lines


def _cells(
    asserted: float | None, readings: Readings, stage_id: str, titles: dict[str, str], words: Words
) -> dict[str, Any]:
    reading = readings.stage(stage_id)
    cells: dict[str, Any] = {"stage": titles[stage_id], "asserted": asserted}
    if reading is None or not reading.observed:
        cells["entrants"] = words("xlsx-not-observed")
    else:
        cells |= _counted(reading, titles)
    score = reading.satisfaction if reading else None
    if isinstance(score, Satisfaction):
        cells |= {"score": score.mean, "score-low": score.low, "score-high": score.high, "answers": score.n}
    found = next((item.loss for item in readings.breaks if item.stage == stage_id and item.kind == "exit"), None)
    if found is not None:
        cells |= {"loss": found.value, "loss-low": found.low, "loss-high": found.high, "ceiling": found.ceiling}
    return cells


def _loop_cells(readings: Readings, words: Words) -> dict[str, Any]:
    """The last row: how many come again, after how long, and what it costs that the others do not."""
    cells: dict[str, Any] = {"stage": words("xlsx-row-loop")}
    rate, wait = readings.loop.repeat_rate, readings.loop.interval
    if isinstance(rate, Rate):
        cells |= _rate(rate)
    if isinstance(wait, Times):
        cells["days"] = wait.median_s / 86_400
    found = next((item.loss for item in readings.breaks if item.kind == "loop"), None)
    if found is not None:
        cells |= {"loss": found.value, "loss-low": found.low, "loss-high": found.high, "ceiling": found.ceiling}
    return cells


def _rate(rate: Rate) -> dict[str, Any]:
    return {
        "part": rate.numerator, "whole": rate.denominator, "rate": rate.value, "low": rate.low, "high": rate.high,
        "left-out": rate.left_out,
    }  # fmt: skip


def _counted(reading: StageReading, titles: dict[str, str]) -> dict[str, Any]:
    cells: dict[str, Any] = {
        "entrants": reading.entrants, "customers": reading.customers, "exits": reading.exits, "open": reading.open,
        "next": titles.get(reading.next_stage or ""),
    }  # fmt: skip
    rate = reading.conversion
    if isinstance(rate, Rate):
        cells |= _rate(rate)
    if isinstance(reading.time_to_next, Times):
        cells["days"] = reading.time_to_next.median_s / 86_400
    return cells


def _write(sheet: Any, style: Style, row: int, at: int, name: str, cell: Any, currency: str | None) -> None:
    line = {"bottom": 1, "bottom_color": LIGHT["line"]}
    if cell is None:
        sheet.write_blank(row, at, None, style(**line))
    elif isinstance(cell, str):
        sheet.write_string(row, at, cell, style(**line, bold=name == "stage", indent=int(name == "next")))
    else:
        shown = (
            "0.0%"
            if name in _PERCENT
            else '+0.0#;"−"0.0#;0'
            if name in _SCORES
            else "#,##0.0"
            if name == "days"
            else "#,##0"
        )
        if name in _MONEY and currency:
            shown = f'#,##0 "{currency}"'
        colour = LIGHT["break"] if name in _MONEY else LIGHT["ink"]
        sheet.write_number(row, at, float(cell), style(**line, num_format=shown, font_color=colour))


def _chart(book: Any, sheet: Any, count: int, words: Words) -> None:
    """What the team asserts as a dotted line, what was measured as points with their intervals and no claim between them."""
    name = words("xlsx-sheet-readings")
    at = {key: index for index, (key, _) in enumerate(COLUMNS)}
    first, last = _HEAD + 1, _HEAD + count

    def column(key: str) -> list[Any]:
        return [name, first, at[key], last, at[key]]

    helper = len(COLUMNS) + 1
    for row in range(first, last + 1):
        for shift, (one, other) in enumerate((("score-high", "score"), ("score", "score-low"))):
            high, low = (_cell(row, at[one]), _cell(row, at[other]))
            sheet.write_formula(row, helper + shift, f'=IF({high}="","",{high}-{low})', None, "")
    sheet.set_column(helper, helper + 1, None, None, {"hidden": True})
    chart = book.add_chart({"type": "line"})
    chart.add_series(
        {
            "name": words("xlsx-column-asserted"), "categories": column("stage"), "values": column("asserted"),
            "line": {"color": LIGHT["muted"], "dash_type": "round_dot", "width": 1.75}, "smooth": True,
        }
    )  # fmt: skip
    chart.add_series(
        {
            "name": words("xlsx-column-score"), "categories": column("stage"), "values": column("score"), "line": {"none": True},
            "marker": {"type": "circle", "size": 9, "fill": {"color": LIGHT["trail"]}, "border": {"color": LIGHT["trail"]}},
            "y_error_bars": {
                "type": "custom", "plus_values": _range(name, first, last, helper), "minus_values": _range(name, first, last, helper + 1),
                "line": {"color": LIGHT["trail"], "width": 1.5},
            },
        }
    )  # fmt: skip
    chart.set_title({"name": words("xlsx-chart"), "name_font": {"size": 12, "bold": True, "color": LIGHT["ink"]}})
    lines = {"visible": True, "line": {"color": LIGHT["line"]}}
    chart.set_y_axis({"min": -2, "max": 2, "major_unit": 1, "crossing": -2, "major_gridlines": lines})
    chart.set_x_axis({"label_position": "low"})
    chart.set_legend({"position": "bottom"})
    chart.show_blanks_as("gap")
    chart.set_chartarea({"border": {"none": True}, "fill": {"color": LIGHT["paper"]}})
    chart.set_plotarea({"fill": {"color": LIGHT["paper"]}})
    sheet.insert_chart(last + 3, 0, chart, {"x_scale": 2.1, "y_scale": 1.25, "description": words("xlsx-chart")})


def _cell(row: int, column: int) -> str:
    return f"{chr(65 + column)}{row + 1}"


def _range(name: str, first: int, last: int, column: int) -> str:
    letter = chr(65 + column)
    return f"='{name}'!${letter}${first + 1}:${letter}${last + 1}"


def legend_sheet(sheet: Any, style: Style, words: Words) -> None:
    """How to read and edit the workbook."""
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 100)
    sheet.write_string(0, 0, words("xlsx-legend-title"), style(font_size=16, bold=True))
    marks = "\n".join(f"{mark}  {words(f'evidence-state-{state}')}" for state, mark in MARKS.items())
    lines = (
        words("xlsx-legend-marks"),
        marks,
        words("xlsx-legend-severity"),
        words("xlsx-legend-edit"),
        words("xlsx-legend-remove"),
    )
    for row, line in enumerate(lines, 2):
        sheet.write_string(row, 0, line, style())
        sheet.set_row(row, 15 * (line.count("\n") + 1 + len(line) // 115) + 6)
