"""The pictures that a map names — of image rows, of personas — read from where it keeps them, for its drawings (R-02, R-06, R-07)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tropa.model import Cell, Map

if TYPE_CHECKING:
    from tropa.layout.photos import Photos
    from tropa.service.desk import Desk

MOST_BYTES = 10_000_000
MOST_PICTURES = 200
"""A map with more pictures is drawn with the first ones; the others are told by their names."""
ATTACHED = "/api/v1/files/"
Read = Callable[[str], bytes | None]


def photos_of(value: Map, read: Read) -> Photos:
    """The pictures of a map. `read` gives the bytes behind a name, None where there are none."""
    from tropa.layout.photos import Photos
    from tropa.render.stills import still

    images, faces = {}, {}
    for name in list(dict.fromkeys(_images(value)))[:MOST_PICTURES]:
        body = read(name)
        made = None if body is None else still(body)
        if made is not None:
            images[name] = made
    for name in dict.fromkeys(persona.picture for persona in value.personas if persona.picture):
        body = read(name)
        made = None if body is None else still(body, face=True)
        if made is not None:
            faces[name] = made
    return Photos(images, faces)


def _images(value: Map) -> Iterator[str]:
    for stage in value.stages:
        for cells in (stage.cells, *(point.cells for point in stage.all_touchpoints)):
            for cell in cells.values():
                if isinstance(cell, Cell) and cell.image:
                    yield cell.image


def beside(folder: Path) -> Read:
    """Reads pictures that lie in the folder of a map file, or below it: never what lies elsewhere on the machine."""
    root = folder.resolve()

    def read(name: str) -> bytes | None:
        try:
            file = (root / name.replace("\\", "/")).resolve()
            if not file.is_relative_to(root) or not file.is_file() or file.stat().st_size > MOST_BYTES:
                return None
            return file.read_bytes()
        except (OSError, ValueError):
            return None  # a name that is no name of a file here is told as it is written

    return read


def attached(desk: Desk, map_id: str) -> Read:
    """Reads files attached to a map in the app; else what lies beside the map's file."""
    from tropa.store import files

    local = beside(desk.workspace.folder)

    def read(name: str) -> bytes | None:
        if not name.startswith(ATTACHED):
            return local(name)
        file_id = name.removeprefix(ATTACHED).partition("?")[0].partition("/")[0]
        with desk.store.read() as c:
            found = files.find(c, file_id)
            if found is None or found.document_id != map_id:
                return None
            return files.body(c, file_id)

    return read
