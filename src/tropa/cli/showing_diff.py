"""What `tropa diff` shows: sentences for the changes, a table for the figures; and the same as data."""

from __future__ import annotations

from typing import Any

from rich.console import Group, RenderableType

from tropa.cli.grid import Column, Grid
from tropa.cli.reply import plain
from tropa.model import say
from tropa.render.changes import Teller, difference_parts
from tropa.service.comparing import Compared
from tropa.words import Words


def diff_view(compared: Compared, words: Words) -> RenderableType:
    """The changes in words, then the figures."""
    teller = Teller(compared.before, compared.after, words)
    parts: list[RenderableType] = []
    told = tuple(("–", teller.tell(change)) for change in compared.changes)
    head = words("diff-changes", n=len(told)) if told else words("diff-nothing")
    parts.append(Grid((Column(" "), Column(" ")), told, head))
    if compared.differences:
        parts.append(_figures(compared, words))
    return Group(*parts)


def _figures(compared: Compared, words: Words) -> Grid:
    columns = (
        Column(words("table-stage")), Column(words("diff-head-figure")), Column(words("diff-head-before"), figures=True),
        Column(words("diff-head-after"), figures=True), Column(words("diff-head-gap")), Column(words("diff-head-verdict")),
    )  # fmt: skip
    rows, styles = [], {}
    for index, one in enumerate(compared.differences):
        title = say(compared.after.stage(one.stage).title, words.lang)
        rows.append((title, words(f"diff-measure-{one.measure}"), *difference_parts(one, words)))
        if one.significant:
            styles[index] = "bold"
    names = [say(one.title, words.lang) for one in (compared.before, compared.after)]
    note = "same" if compared.data == "same" else "corrected"
    notes = [words(f"diff-note-{note}")]
    if compared.data == "overlapping":
        notes.append(words("diff-note-overlapping"))
    return Grid(columns, tuple(rows), words("diff-figures", before=names[0], after=names[1]), tuple(notes), styles)


def diff_json(compared: Compared, words: Words) -> dict[str, Any]:
    """What `diff --json` answers: changes with their words, figures with interval and significance, how the data belong together."""
    teller = Teller(compared.before, compared.after, words)
    return {
        "changes": [{**plain(change), "text": teller.tell(change)} for change in compared.changes],
        "data": compared.data,
        "differences": [plain(one) for one in compared.differences],
    }
