"""Sergey's shop: simulate a year, import it, measure, draw everything, tell the story."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from pathlib import Path

from tropa.files import write_text
from tropa.model import TropaError, Where
from tropa.service.drawing import VIEWS, Wish, draw_measured
from tropa.service.importing import add, plan
from tropa.service.measuring import measure_map
from tropa.service.own_files import Shown
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


def make(folder: Path, say: Words, *, customers: int, seed: int, now: datetime, advance: Advance) -> Shown:
    """The whole demo in `folder`: workspace, log and truth in `data/`, all pictures in `pictures/`. Running it again starts afresh."""
    from tropa.events.contract import Overrides

    workspace = create_workspace(folder)
    _start_afresh(workspace)
    log = simulate(folder / "data", customers=customers, seed=seed, advance=advance).files[0]
    text = resources.files("tropa.simulate").joinpath("sergey.yaml").read_text(encoding="utf-8")
    write_text(workspace.map_path(), text)
    warm(advance)
    add(workspace, plan([log], Overrides()), now, advance)
    advance("step-measuring", 0, 0)
    measured = measure_map(workspace.map(), workspace.tape(), side_by_side=True)
    files: list[Path] = []
    total = len(VIEWS) * len(PICTURES)
    for view in VIEWS:
        for form in PICTURES:
            advance("step-drawing", len(files), total)
            path = folder / "pictures" / f"{view}.{form}"
            files.append(draw_measured(measured, path, Wish(now.astimezone().date(), view=view), say).path)
    return Shown(folder, measured, tuple(files), folder / "pictures" / "infographic.html")


def _start_afresh(workspace: Workspace) -> None:
    """Removes what an earlier demo left. Raises TR-S017 where the folder holds a map that is not a simulated one."""
    if workspace.has_map():
        if not workspace.map().simulated:
            raise TropaError("TR-S017", Where(file=str(workspace.map_path())), folder=str(workspace.folder))
    elif (workspace.folder / "trail").exists():
        raise TropaError("TR-S017", Where(file=str(workspace.folder)), folder=str(workspace.folder))
    for part in ("trail", "quarantine"):
        if (workspace.folder / part).exists():
            shutil.rmtree(workspace.folder / part)
