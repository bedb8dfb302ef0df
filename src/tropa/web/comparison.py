"""The door that sets two maps, two segments or two periods side by side (R-10, R-29)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import Depends, Query, Request
from pydantic import BaseModel

from tropa.model import Map, say
from tropa.model.access import Right
from tropa.model.diff import Difference
from tropa.render.changes import difference_parts
from tropa.service.answering import Wish
from tropa.service.comparing import Compared
from tropa.service.desk import Desk
from tropa.service.guests import guarded
from tropa.service.side_by_side import Half, side_by_side
from tropa.web.doors import AtDesk, Doors, Who
from tropa.web.filters import Filtered, FilterReply, MemoryReply, Named, Where, memory, told
from tropa.web.history import ToldChange, told_changes
from tropa.web.language import words_of
from tropa.web.paths import API
from tropa.words import Words

DOORS = Doors(API, "comparison")
OtherFrom = Annotated[date | None, Query(description="First day of the second half.")]
OtherTo = Annotated[date | None, Query(description="Last day of the second half.")]
OtherAsOf = Annotated[date | None, Query(description="The second half as it was known at the end of this day.")]


Version = Annotated[
    int | None,
    Query(ge=1, description="The map as it was after this update (left out: as it stands, or as of the day)."),
]


class HalfReply(BaseModel):
    """One half: its map, its filter, and the passes its figures were counted from (null: there are no figures)."""

    map_id: str
    title: str
    filter: FilterReply
    memory: MemoryReply | None
    passes: int | None


class ToldDifference(Difference):
    """A figure of one stage in both halves; and the same as people read it: what it is, was and is now, the gap, the verdict."""

    title: str
    figure: str
    was: str
    now: str
    gap: str
    verdict: str


class ComparisonReply(BaseModel):
    """What differs between two halves. `data`: whether they count the same events, share customers, or are apart; `none`: no figures.

    `differences` are of stages that both maps have, `q` is p after Benjamini–Hochberg over all of them. `notes`: how to read them.
    """

    before: HalfReply
    after: HalfReply
    changes: list[ToldChange]
    data: Literal["none", "same", "overlapping", "apart"]
    differences: list[ToldDifference]
    notes: list[str]


def _other_asked(
    who: Who, other_segment: Named = None, other_channel: Named = None, other_from: OtherFrom = None,
    other_to: OtherTo = None, other_as_of: OtherAsOf = None, other_where: Where = None,
) -> Wish:  # fmt: skip
    return guarded(Wish(other_segment, other_channel, other_from, other_to, other_as_of, other_where), who)


OtherFiltered = Annotated[Wish, Depends(_other_asked)]
"""The filter of the second half, as it is granted to the one who asks."""


@DOORS.get("/maps/{map_id}/comparison", Right.READ)
def map_comparison(
    desk: AtDesk, who: Who, request: Request, map_id: str, wish: Filtered, other_wish: OtherFiltered,
    seq: Version = None, other_seq: Version = None, other: Annotated[str | None, Query(max_length=64)] = None,
) -> ComparisonReply:  # fmt: skip
    """This map, of a segment, a channel and a period, now or as of a day, against `other` (left out: this map) with the `other_…` ones."""
    halves = Half(map_id, wish, seq), Half(map_id if other is None else other, other_wish, other_seq)
    found, words = side_by_side(desk, who, *halves), words_of(request)
    compared = found.compared
    before, after = (
        _half(desk, half, value, passes, words)
        for half, value, passes in zip(halves, (compared.before, compared.after), found.passes, strict=True)
    )
    return ComparisonReply(
        before=before, after=after, data=compared.data, notes=_notes(compared, words),
        changes=told_changes(compared.before, compared.after, compared.changes, words),
        differences=[_told(one, compared.after, words) for one in compared.differences],
    )  # fmt: skip


def _half(desk: Desk, half: Half, value: Map, passes: int | None, words: Words) -> HalfReply:
    return HalfReply(
        map_id=half.map_id, title=say(value.title, words.lang), filter=told(half.wish), memory=memory(desk, half.wish),
        passes=passes,
    )  # fmt: skip


def _told(one: Difference, after: Map, words: Words) -> ToldDifference:
    was, now, gap, verdict = difference_parts(one, words)
    return ToldDifference(
        **dict(one), title=say(after.stage(one.stage).title, words.lang),
        figure=words(f"diff-measure-{one.measure}"), was=was, now=now, gap=gap, verdict=verdict,
    )  # fmt: skip


def _notes(compared: Compared, words: Words) -> list[str]:
    if not compared.differences:
        return []
    if compared.data == "same":
        return [words("diff-note-same")]
    notes = [words("diff-note-corrected")]
    return [*notes, words("diff-note-overlapping")] if compared.data == "overlapping" else notes
