"""A workspace: a folder of plain files. `map.yaml`, the trail's archive in `trail/`, unreadable rows in `quarantine/`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tropa.model import Map, TropaError, Where, near_miss
from tropa.service.settings import zone_of

if TYPE_CHECKING:
    from tropa.codec import Document
    from tropa.events.quarantine import Quarantine
    from tropa.trail.archive import Archive
    from tropa.trail.tape import Tape

MAP_FILE = "map.yaml"


@dataclass(frozen=True)
class Workspace:
    """A folder with a map, a trail, or both. Make one with `open_workspace` or `create_workspace`."""

    folder: Path

    @property
    def archive(self) -> Archive:
        """Where the tape's generations are kept."""
        from tropa.trail.archive import Archive

        return Archive(self.folder / "trail")

    @property
    def quarantine(self) -> Quarantine:
        """Where rows that could not be read are kept."""
        from tropa.service.quarantining import settled_quarantine

        return settled_quarantine(self.folder / "quarantine", self.archive)

    def map_path(self, name: str = MAP_FILE) -> Path:
        """The file of a map of this workspace (its suffix may be left out)."""
        path = self.folder / name
        return path if path.suffix else path.with_suffix(".yaml")

    def has_map(self, name: str = MAP_FILE) -> bool:
        """Whether that map is there."""
        return self.map_path(name).is_file()

    def document(self, name: str = MAP_FILE) -> Document:
        """The map's file, with comments and positions. Raises TR-S002 when it is not there, else the loader's errors."""
        from tropa.codec import load

        return load(self._found(name))

    def map(self, name: str = MAP_FILE) -> Map:
        """The map itself. Raises as `document` does."""
        from tropa.codec.quick import read

        return read(self._found(name))

    def _found(self, name: str) -> Path:
        path = self.map_path(name)
        if not path.is_file():
            known = sorted(file.name for file in self.folder.glob("*.y*ml"))
            raise TropaError("TR-S002", Where(file=str(path)), near=near_miss(path.name, known), known=", ".join(known))
        return path

    def tape(self) -> Tape:
        """The published tape, its days those of the workspace's zone. Raises TR-S003 when nothing has been imported yet."""
        from tropa.trail.archive.opened import open_published

        tape = open_published(self.folder / "trail") or self.archive.tape()
        if tape is None:
            raise TropaError("TR-S003", Where(file=str(self.folder)), folder=str(self.folder))
        return replace(tape, zone=zone_of(self.folder))


def open_workspace(folder: Path) -> Workspace:
    """The workspace in `folder`. Raises TR-S001 when there is neither a map nor a trail in it."""
    if not folder.is_dir() or not ((folder / MAP_FILE).is_file() or (folder / "trail").is_dir()):
        raise TropaError("TR-S001", Where(file=str(folder)), folder=str(folder))
    return Workspace(folder)


def create_workspace(folder: Path) -> Workspace:
    """A workspace in a new or existing folder; whatever lies there stays. Raises TR-S004 for a file of that name."""
    if folder.exists() and not folder.is_dir():
        raise TropaError("TR-S004", Where(file=str(folder)), folder=str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    return Workspace(folder)
