"""New workspaces from templates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from tropa.files import write_text
from tropa.model import TropaError, Where, near_miss
from tropa.model import say as said
from tropa.service.workspace import MAP_FILE, create_workspace
from tropa.words import Language, Words, words


@dataclass(frozen=True)
class Offer:
    """A template as it is offered."""

    name: str
    title: str
    about: str
    stages: tuple[str, ...] = ()


def templates(say: Words) -> tuple[Offer, ...]:
    """All templates with their names and one-line descriptions."""
    from tropa.codec import templates as shelf

    return tuple(Offer(name, say(f"template-{name}"), say(f"template-{name}.about")) for name in shelf.names())


@cache
def gallery(lang: Language) -> tuple[Offer, ...]:
    """The templates with the names of their stages, to choose by eye (R-08)."""
    from tropa.codec import loads
    from tropa.codec import templates as shelf

    out = []
    for offer in templates(words(lang)):
        stages = loads(shelf.text(offer.name, lang)).map.stages
        out.append(replace(offer, stages=tuple(said(stage.title, lang) for stage in stages)))
    return tuple(out)


def new(folder: Path, template: str, lang: Language, *, force: bool = False) -> Path:
    """A workspace in `folder` with the template's map, commented for newcomers. Returns the map's path.

    Raises TR-S007 for an unknown template (with the near miss), TR-S008 where a map is there already and `force` is not given.
    """
    from tropa.codec import templates as shelf

    if template not in shelf.names():
        known = list(shelf.names())
        raise TropaError("TR-S007", name=template, near=near_miss(template, known), known=", ".join(known))
    workspace = create_workspace(folder)
    path = workspace.map_path(MAP_FILE)
    if path.exists() and not force:
        raise TropaError("TR-S008", Where(file=str(path)), path=str(path))
    write_text(path, shelf.text(template, lang))
    return path
