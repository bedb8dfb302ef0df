"""A small shop's workspace for the tests of live maps, and edits of its map."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tropa.model import Map
from tropa.service.desk import Desk
from tropa.service.maps import revised
from tropa.service.workspace import create_workspace
from tropa.store import Store
from tropa.store.documents import Author
from web_desk import Clock, Ids

Edit = Callable[[Map], Map]
ANNA = Author("user:anna", "Анна")
TEXT = """\
# наша карта
tropa: 1
id: shop
title: Лавка   # имя на вывеске
stages:
  # сначала узнают
  - id: need
    title: Потребность
    does: [ищет, читает]
  - id: buy
    title: Покупка
    owner: anna
"""


def desk_on(store: Store, folder: Path, clock: Clock) -> Desk:
    return Desk(create_workspace(folder), store, clock, Ids())


def title(text: str) -> Edit:
    return lambda value: revised(value, title=text)


def does(stage: str, *lines: str) -> Edit:
    def edit(value: Map) -> Map:
        stages = [one.model_copy(update={"does": lines}) if one.id == stage else one for one in value.stages]
        return revised(value, stages=tuple(stages))

    return edit
