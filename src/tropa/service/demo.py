"""Sergey's shop: simulate a year, import it, measure, draw everything, tell the story."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from importlib import resources
from pathlib import Path

from tropa.files import write_bytes, write_text
from tropa.model import Readings, TropaError, Where
from tropa.service.drawing import VIEWS, Studio, Wish
from tropa.service.importing import add, plan
from tropa.service.measuring import Measured, measure_map
from tropa.service.serving import DATABASE, only_server
from tropa.service.warming import warm
from tropa.service.workspace import Workspace, create_workspace
from tropa.words import Words

Advance = Callable[[str, float, float], None]

PICTURES = ("svg", "png", "pdf", "html", "pptx", "xlsx")


@dataclass(frozen=True)
class Written:
    """A simulated shop on disk."""

    files: tuple[Path, ...]
    events: int


def simulate(folder: Path, *, customers: int, seed: int, advance: Advance) -> Written:
    """Writes the simulated log, its planted truth and its costs into `folder`."""
    from tropa.simulate import sergey

    advance("step-simulating", 0, 0)
    world = sergey(seed, customers)
    return Written(world.write(folder), world.log.num_rows)


@dataclass(frozen=True)
class Made:
    """The demo's shop, imported and measured; nothing is drawn yet."""

    folder: Path
    measured: Measured

    @property
    def readings(self) -> Readings:
        """The readings (there always is a log here)."""
        assert self.measured.readings is not None
        return self.measured.readings

    @property
    def page(self) -> Path:
        """The page to open."""
        return self.folder / "pictures" / "infographic.html"


def make(folder: Path, say: Words, *, customers: int, seed: int, now: datetime, advance: Advance) -> Made:
    """Sergey's shop in `folder`: the map, the log and its truth in `data/`, imported and measured. Running it again starts afresh.

    Raises TR-S017 where the folder holds something that is no demo.
    """
    from tropa.events.contract import Overrides

    workspace = create_workspace(folder)
    _start_afresh(workspace)
    log = simulate(folder / "data", customers=customers, seed=seed, advance=advance).files[0]
    text = resources.files("tropa.simulate").joinpath("sergey.yaml").read_text(encoding="utf-8")
    write_text(workspace.map_path(), text)
    warm(advance)
    add(workspace, plan([log], Overrides()), now, advance)
    advance("step-measuring", 0, 0)
    return Made(folder, _with_impacts(workspace, measure_map(workspace.map(), workspace.tape())))


def _with_impacts(workspace: Workspace, measured: Measured) -> Measured:
    """The plan's improvements get as their impact what the dearest break of their stage could regain per 30 days: read, not made up."""
    from tropa.codec import load

    breaks = sorted(measured.readings.breaks if measured.readings else (), key=lambda one: one.rank)
    first = {one.stage: one for one in reversed(breaks) if one.loss.value > 0}
    improvements = tuple(
        item.model_copy(update={"impact": round(first[item.stage].loss.value, 2)}) if item.stage in first else item
        for item in measured.map.improvements
    )
    value = measured.map.model_copy(update={"improvements": improvements})
    document = load(workspace.map_path())
    document.update(value)
    document.save()
    return replace(measured, map=value)


def draw(made: Made, say: Words, *, today: date, advance: Advance) -> tuple[Path, ...]:
    """All pictures of the demo, six formats of three views, in `pictures/`. (The workbook is one for all views.)"""
    studio = Studio(made.measured, say)
    wanted = [(view, form) for view in VIEWS for form in PICTURES]
    files: list[Path] = []
    for view, form in wanted:
        advance("step-drawing", len(files), len(wanted))
        path = made.folder / "pictures" / f"{view}.{form}"
        first = made.folder / "pictures" / f"{VIEWS[0]}.{form}"
        if form == "xlsx" and path != first:
            write_bytes(path, first.read_bytes())
        else:
            studio.draw(path, Wish(today, view=view))
        files.append(path)
    return tuple(files)


def _start_afresh(workspace: Workspace) -> None:
    """Removes what an earlier demo left. Raises TR-S017 where the folder holds a map that is not a simulated one, TR-W120 where
    a server serves it right now."""
    if workspace.has_map():
        if not workspace.map().simulated:
            raise TropaError("TR-S017", Where(file=str(workspace.map_path())), folder=str(workspace.folder))
    elif (workspace.folder / "trail").exists():
        raise TropaError("TR-S017", Where(file=str(workspace.folder)), folder=str(workspace.folder))
    with only_server(workspace.folder):
        for part in ("trail", "quarantine"):
            if (workspace.folder / part).exists():
                shutil.rmtree(workspace.folder / part)
        for file in workspace.folder.glob(f"{DATABASE}*"):
            file.unlink()
