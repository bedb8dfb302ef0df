"""`tropa map`: from one's own files to a finished map in one go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tropa.model import Deal, EventCount, Map, Readings
from tropa.service.importing import ImportOutcome, add
from tropa.service.measuring import Measured, measure_map
from tropa.service.warming import warm
from tropa.service.workspace import Workspace, create_workspace
from tropa.words import Words

if TYPE_CHECKING:
    from tropa.events.contract import ReadPlan
    from tropa.trail.tape import Tape

Advance = Callable[[str, float, float], None]


@dataclass(frozen=True)
class Question:
    """What is worth asking about the draft: the deal among the log's events, and whether goods are bought again."""

    deal: str | None
    events: tuple[EventCount, ...]
    bought_again: bool


@dataclass(frozen=True)
class Answers:
    """What the user said to `Question`; None: as drafted."""

    deal: str | None = None
    bought_again: bool | None = None


@dataclass(frozen=True)
class Begun:
    """The log is in, a map is drafted (or was there already)."""

    workspace: Workspace
    outcomes: tuple[ImportOutcome, ...]
    tape: Tape
    map: Map
    drafted: bool
    proposal: Question


@dataclass(frozen=True)
class Shown:
    """What came out: readings, pictures, and the page to open."""

    folder: Path
    measured: Measured
    files: tuple[Path, ...]
    page: Path

    @property
    def readings(self) -> Readings:
        """The readings (there always is a log here)."""
        assert self.measured.readings is not None
        return self.measured.readings


def folder_beside(files: Sequence[Path]) -> Path:
    """The workspace's default place: beside the first file, named after it."""
    first = files[0]
    return first.resolve().parent / f"{first.name.split('.')[0]}-tropa"


def begin(folder: Path, plans: Sequence[ReadPlan], say: Words, now: datetime, advance: Advance) -> Begun:
    """Imports the planned files into `folder` and drafts a map, unless there is one already (it is then kept)."""
    from tropa import trail

    workspace = create_workspace(folder)
    outcomes = add(workspace, plans, now, advance)
    warm(advance)
    tape = workspace.tape()
    drafted = not workspace.has_map()
    value = trail.draft(tape, say) if drafted else workspace.map()
    stage = value.deal_stage
    names = (stage.deal.event if stage and stage.deal else None) or ()
    deal = names if isinstance(names, str) else next(iter(names), None)
    return Begun(
        workspace, outcomes, tape, value, drafted, Question(deal, trail.event_counts(tape), value.bought_again)
    )


def finish(begun: Begun, answers: Answers, say: Words, today: date, advance: Advance) -> Shown:
    """Applies the answers, writes the map, measures and draws the page."""
    from tropa import trail
    from tropa.codec import dumps
    from tropa.files import write_text
    from tropa.service.drawing import Studio, Wish

    value = begun.map
    if begun.drafted:
        if answers.deal and value.deal_stage is None:  # nothing looked like a deal: with one, the stages are others
            value = trail.draft(begun.tape, say, answers.deal)
        value = answered(value, answers)
        write_text(begun.workspace.map_path(), dumps(value))
    advance("step-measuring", 0, 0)
    studio = Studio(measured := measure_map(value, begun.tape), say)
    folder = begun.workspace.folder
    files = []
    for done, name in enumerate(("map.html", "map.pdf", "map.png")):
        advance("step-drawing", done, 3)
        files.append(studio.draw(folder / name, Wish(today)).path)
    return Shown(folder, measured, tuple(files), files[0])


def answered(value: Map, answers: Answers) -> Map:
    """The drafted map with the user's answers in it."""
    changes: dict[str, object] = {}
    if answers.bought_again is not None and answers.bought_again != value.bought_again:
        changes["bought_again"] = answers.bought_again
    stage = value.deal_stage
    if answers.deal and stage is not None and stage.deal is not None:
        deal = Deal(event=answers.deal, void=stage.deal.void)
        changes["stages"] = tuple(
            one.model_copy(update={"deal": deal}) if one.id == stage.id else one for one in value.stages
        )
    return value.model_copy(update=changes) if changes else value
