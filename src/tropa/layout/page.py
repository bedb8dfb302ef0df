"""The one door of the layout: a map, its readings and a language in; a laid-out page out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from tropa.layout.frame import PAPERS
from tropa.layout.photos import NO_PHOTOS, Photos
from tropa.layout.scene import Page
from tropa.layout.sheet import sheet
from tropa.model import Map, Readings, Stage, TropaError, Where, near_miss, say
from tropa.model import View as NamedView
from tropa.model.buyer import buyer_journey, buyer_readings
from tropa.words import Words

View = Literal["infographic", "table", "scheme", "buyer", "workshop"]
VIEWS: tuple[View, ...] = ("infographic", "table", "scheme", "buyer", "workshop")


def lay_out(
    value: Map,
    readings: Readings | None,
    words: Words,
    *,
    view: View = "infographic",
    page: str = "screen",
    opened: frozenset[str] | Literal["all"] = frozenset(),
    view_id: str | None = None,
    segments: Mapping[str, Readings] | None = None,
    today: date,
    data_note: str = "",
    photos: Photos = NO_PHOTOS,
) -> Page:
    """A page of the map.

    `page`: a paper of `PAPERS` (landscape) or `screen`, which is as large as its content. `opened`: stages shown by their touchpoints.
    `workshop` is the empty grid, tiled over sheets of the paper in true size.
    `view_id`: a named view of the map, which hides rows and chooses stages. `segments`: readings by persona or segment, shown side by
    side ({}: nobody was measured, only what the team asserts of its personas).
    `readings` None: a map without any figures. `data_note`: a sentence of the caller's about the data, set in the legend.
    `photos`: the team's own pictures, ready to be set.
    What does not fit a sheet is in `Page.more`. Raises TR-R001 (no such view), TR-R002 (no such paper), TR-R003 (no such named view),
    TR-R005 (a buyer journey ends with the deal, and no stage has it).
    """
    if view not in VIEWS:
        raise TropaError("TR-R001", name=view, near=near_miss(view, VIEWS), known=", ".join(VIEWS))
    if page != "screen" and page not in PAPERS:
        known = ("screen", *PAPERS)
        raise TropaError("TR-R002", name=page, near=near_miss(page, known), known=", ".join(known))
    if view == "buyer":
        if value.deal_stage is None:
            raise TropaError("TR-R005", Where(path="stages"))
        readings = None if readings is None else buyer_readings(value, readings)
        segments = segments and {key: buyer_readings(value, found) for key, found in segments.items()}
        title = words("buyer-title", title=say(value.title, words.lang))
        value = buyer_journey(value).model_copy(update={"title": title})
    named = _named(value, view_id)
    stages = _stages(value, named)
    ids = frozenset(stage.id for stage in stages)
    open_ids = ids if opened == "all" else opened & ids
    hide = frozenset(named.hide) if named else frozenset[str]()
    if view == "scheme":
        from tropa.layout.scheme import scheme

        return scheme(value, readings, words, paper=page, stages=stages, today=today, note=data_note, photos=photos)
    if view == "workshop":
        from tropa.layout.workshop import workshop

        return workshop(value, words, paper=page, stages=stages, hide=hide)
    return sheet(
        value, readings, words, picture=view, paper=page, opened=open_ids, stages=stages, hide=hide,
        segments=None if segments is None else _distinct(value, segments), today=today, note=data_note, photos=photos,
    )  # fmt: skip


def _named(value: Map, view_id: str | None) -> NamedView | None:
    if view_id is None:
        return None
    for item in value.views:
        if item.id == view_id:
            return item
    known = [item.id for item in value.views]
    raise TropaError("TR-R003", name=view_id, near=near_miss(view_id, known), known=", ".join(known))


def _distinct(value: Map, segments: Mapping[str, Readings]) -> Mapping[str, Readings]:
    """The groups to be shown side by side: a segment that a shown persona is bound to is told once, under the persona's name."""
    told = {
        persona.segment for persona in value.personas if persona.id in segments and isinstance(persona.segment, str)
    }
    return {key: found for key, found in segments.items() if key not in told}


def _stages(value: Map, named: NamedView | None) -> tuple[Stage, ...]:
    """The stages of a view, in the map's order; a view that names none that exist shows all."""
    chosen = tuple(stage for stage in value.stages if named and stage.id in named.stages)
    return chosen or value.stages
