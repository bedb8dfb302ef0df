"""Thins a map's log and dies at a step: `thinning_child.py FOLDER DATABASE STEP`."""

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from tropa.service import thinning
from tropa.service.desk import Desk
from tropa.service.workspace import create_workspace
from tropa.store import open_store
from web_desk import Ids

folder, database, step = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
desk = Desk(create_workspace(folder), open_store(database), lambda: datetime(2027, 6, 1, tzinfo=UTC), Ids())


def at(name: str) -> None:
    if name == step:
        os.kill(os.getpid(), signal.SIGKILL)


thinning.thin(desk, "shop", at=at)
