"""The sheet with the map: stages across, lanes down, touchpoints in columns that fold, every enumeration a dropdown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tropa.codec.matrix import CORNER, Matrix, Row
from tropa.codec.table_rows import CHOICES, CellValue, Kind, Many, One, Spec, choices, fits, specs_of, split_key
from tropa.model import EvidenceState, Map, say
from tropa.render.theme import LIGHT
from tropa.render.xlsx_style import MARKS, Lists, Style, height
from tropa.words import Words

HEAD_ROWS = 4
"""Hidden keys, headline, scenario, note: the table begins below."""
STAGE_PIXELS, POINT_PIXELS, HEADING_PIXELS = 240, 190, 190
MOST_OPEN = 14
"""With more columns than this the touchpoints are folded away at first."""


class MapSheet:
    """Writes one sheet. Rows and columns are counted from 0, as XlsxWriter does."""

    def __init__(
        self,
        sheet: Any,
        style: Style,
        lists: Lists,
        value: Map,
        matrix: Matrix,
        states: Mapping[str, EvidenceState],
        words: Words,
    ) -> None:
        self.sheet = sheet
        self.style = style
        self.lists = lists
        self.value = value
        self.matrix = matrix
        self.states = states
        self.words = words
        self.specs = specs_of(value)
        self.deal = value.deal_stage.id if value.deal_stage else None
        self.folded = len(matrix.columns) > MOST_OPEN

    def write(self) -> None:
        """The whole sheet."""
        sheet = self.sheet
        sheet.hide_gridlines(2)
        sheet.set_tab_color(LIGHT["trail"])
        sheet.outline_settings(True, True, False, False)
        self._columns()
        self._head()
        for number, row in enumerate(self.matrix.rows, HEAD_ROWS):
            self._row(number, row)
        sheet.freeze_panes(HEAD_ROWS + 2, 2)
        sheet.set_landscape()
        sheet.set_paper(8)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROWS, HEAD_ROWS + 1)
        sheet.set_footer("&R&P / &N")

    def _columns(self) -> None:
        paper = self.style(bg_color=LIGHT["paper"])
        self.sheet.set_column_pixels(0, 0, 40, paper, {"hidden": True})
        self.sheet.set_column_pixels(1, 1, HEADING_PIXELS, paper)
        for index, column in enumerate(self.matrix.columns):
            at = 2 + index
            if "/" in column:
                self.sheet.set_column_pixels(at, at, POINT_PIXELS, paper, {"level": 1, "hidden": self.folded})
            else:
                following = self.matrix.columns[index + 1] if index + 1 < len(self.matrix.columns) else ""
                self.sheet.set_column_pixels(
                    at, at, STAGE_PIXELS, paper, {"collapsed": self.folded and "/" in following}
                )

    def _head(self) -> None:
        sheet, words = self.sheet, self.words
        for at, key in enumerate((CORNER, self.matrix.lang, *self.matrix.columns)):
            sheet.write_string(0, at, key)
        sheet.set_row(0, None, None, {"hidden": True})
        title = words("xlsx-headline", title=say(self.value.title, words.lang), kind=self.value.kind)
        if self.value.simulated:
            title = f"{title} · {words('xlsx-simulated')}"
        sheet.write_string(1, 0, "#")
        sheet.write_string(1, 1, title, self._paper(font_size=18, bold=True, text_wrap=False, valign="vcenter"))
        sheet.set_row(1, 34)
        muted = self._paper(font_color=LIGHT["muted"], text_wrap=False, valign="vcenter")
        for row, line in enumerate((say(self.value.scenario, words.lang), self._note()), 2):
            sheet.write_string(row, 0, "#")
            sheet.write_string(row, 1, line, muted)
            sheet.set_row(row, 18)

    def _note(self) -> str:
        marks = " · ".join(f"{mark} {self.words(f'evidence-state-{state}')}" for state, mark in MARKS.items())
        return f"{marks}    {self.words('xlsx-note')}"

    def _paper(self, **wish: Any) -> Any:
        return self.style(bg_color=LIGHT["paper"], **wish)

    def _row(self, number: int, row: Row) -> None:
        found = split_key(row.key, self.specs)
        if found is None:
            return
        spec, index, attribute = found
        first = (bool(row.heading) and not attribute and index != "+") or (
            index == "+" and row.heading != self.words("table-row-more")
        )
        self.sheet.write_string(number, 0, row.key)
        top = {"top": 1, "top_color": LIGHT["line"]} if first and not attribute else {}
        muted = bool(attribute) or not first
        look = {"font_size": 9, "font_color": LIGHT["muted"], "align": "right"} if muted else {"bold": True}
        self.sheet.write_string(number, 1, row.heading, self._paper(**look, **top))
        tallest = height(row.heading, HEADING_PIXELS, 9 if muted else 10, 400 if muted else 600)
        kind = _kind(spec, attribute)
        for at, (column, cell) in enumerate(zip(self.matrix.columns, row.cells, strict=True), 2):
            wish = {**self._look(spec, row.key, column, attribute), **top}
            self._cell(number, at, cell, kind, wish, fitting=fits(spec, "/" in column))
            if isinstance(cell, str):
                pixels = POINT_PIXELS if "/" in column else STAGE_PIXELS
                tallest = max(
                    tallest,
                    height(f"○ {cell}", pixels, float(wish.get("font_size", 10)), 600 if wish.get("bold") else 400),
                )
        waiting = index == "+" and bool(attribute)
        options = {"level": 1, "hidden": True} if waiting else {}
        self.sheet.set_row(number, min(400.0, tallest + (12 if spec.key == "title" else 6)), None, options)
        self._choices(number, kind, spec)

    def _look(self, spec: Spec, key: str, column: str, attribute: str) -> dict[str, Any]:
        """How a cell looks: chevron heads, tints, the evidence mark."""
        if spec.key == "title":
            dark = column.partition("/")[0] == self.deal
            return {
                "bg_color": LIGHT["ink"] if dark else LIGHT["sand"], "font_color": LIGHT["on-ink"] if dark else LIGHT["ink"], "bold": True,
                "font_size": 13, "valign": "vcenter", "indent": 1,
            }  # fmt: skip
        wish: dict[str, Any] = {
            "bg_color": LIGHT["card"] if "/" in column else LIGHT["paper"],
            "align": "left",
            "indent": 1,
        }
        if spec.key == "touchpoint":
            wish |= {"bold": True, "font_color": LIGHT["trail"], "bottom": 1, "bottom_color": LIGHT["line"]}
        if attribute or spec.key in ("task", "channel", "owner"):
            wish |= {"font_size": 9, "font_color": LIGHT["muted"]}
        if attribute == "severity":
            wish |= {"num_format": '[=1]"■□□";[=2]"■■□";"■■■"', "font_color": LIGHT["break"]}
        if spec.key == "moment_of_truth":
            wish |= {"font_color": LIGHT["gold"]}
        if spec.key == "feels.score":
            wish |= {"num_format": '+0.##;"−"0.##;0'}
        if spec.key == "opportunities" and not attribute:
            wish |= {"left": 5, "left_color": LIGHT["gold"]}
        state = None if attribute else self.states.get(self._address(spec, key, column) or "")
        if state is not None and spec.key != "feels.score":
            wish["num_format"] = f'"{MARKS[state]} "@'
            if state is EvidenceState.CONTRADICTED:
                wish |= {"font_color": LIGHT["break"], "bg_color": LIGHT["break-tint"]}
        return wish

    def _address(self, spec: Spec, key: str, column: str) -> str | None:
        """Where the standing of a cell is found (see `model.standing`)."""
        index = (split_key(key, self.specs) or (spec, "", ""))[1]
        if spec.key == "touchpoint":
            stage, _, name = column.partition("/")
            names = [point.id for point in self.value.stage(stage).all_touchpoints]
            return f"{stage}/touchpoints/{names.index(name)}" if name in names else None
        if spec.key == "brand.goal":
            return f"{column}/brand/0"
        if spec.key == "brand.does" and index.isdigit():
            return f"{column}/brand/{int(index) + 1}"
        if isinstance(spec, Many):
            return f"{column}/{spec.key.removeprefix('cells:')}/{index}"
        lane = {"goal": "goal", "feels.words": "feels"}.get(spec.key, spec.key.removeprefix("cells:"))
        return f"{column}/{lane}/0"

    def _cell(self, number: int, at: int, cell: CellValue, kind: Kind, wish: dict[str, Any], *, fitting: bool) -> None:
        if cell is None:
            if not fitting and "bg_color" in wish and wish["bg_color"] == LIGHT["card"]:
                wish = {**wish, "bg_color": LIGHT["paper"]}
            wish = {name: item for name, item in wish.items() if name != "left" and name != "left_color"}
            self.sheet.write_blank(number, at, None, self.style(**wish))
        elif isinstance(cell, float):
            self.sheet.write_number(number, at, cell, self.style(**wish))
        elif kind == "date":
            shown = "dd.mm.yyyy" if self.words.lang == "ru" else "yyyy-mm-dd"
            self.sheet.write_datetime(number, at, date.fromisoformat(cell), self.style(**{**wish, "num_format": shown}))
        else:
            # an apostrophe of the format, so that a cell that is opened and left again does not become a formula
            risky = {"quote_prefix": True} if cell[0] in "=+-@'" else {}
            self.sheet.write_string(number, at, cell, self.style(**wish, **risky))

    def _choices(self, number: int, kind: Kind, spec: Spec) -> None:
        """A dropdown over the cells of a row that fit; an open list lets one's own word pass after a question."""
        rule: dict[str, Any]
        if kind in CHOICES:
            names = tuple(choices(kind, self.words.lang))
            strict = kind == "improvement"
            rule = {
                "validate": "list",
                "source": self.lists.source(names),
                "error_type": "stop" if strict else "warning",
            }
            rule["error_message"] = self.words("xlsx-bad-value" if strict else "xlsx-own-value")
        elif kind == "severity":
            rule = {"validate": "list", "source": ["1", "2", "3"], "error_message": self.words("xlsx-bad-value")}
        elif kind == "truth":
            rule = {"validate": "list", "source": ["★"], "error_message": self.words("xlsx-bad-value")}
        elif kind == "score":
            rule = {"validate": "decimal", "criteria": "between", "minimum": -2, "maximum": 2}
        elif kind == "date":
            rule = {"validate": "date", "criteria": ">=", "value": date(2000, 1, 1)}
        else:
            return
        for at, column in enumerate(self.matrix.columns, 2):
            if fits(spec, "/" in column):
                self.sheet.data_validation(number, at, number, at, rule)


def _kind(spec: Spec, attribute: str) -> Kind:
    if isinstance(spec, One):
        return spec.kind
    return next((one.kind for one in spec.attributes if one.key == attribute), "text")
