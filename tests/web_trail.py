"""A small shop's trail for the tests of the web app."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from tropa.events.contract import Overrides
from tropa.service.desk import Desk
from tropa.service.importing import add, plan

CUSTOMERS = 600


@cache
def log_file() -> Path:
    """The simulated log, written once."""
    from tropa.simulate import sergey

    return sergey(2, CUSTOMERS).write(Path(mkdtemp(prefix="tropa-shop-")))[0]


def bring_trail(desk: Desk) -> None:
    """Imports the shop's year into the desk's workspace."""
    add(desk.workspace, plan([log_file()], Overrides(source="shop")), desk.clock(), lambda *_: None)
