"""The finding of each map in one sentence, worked out aside so that a list of maps never waits for it."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from tropa.model import Map, TropaError
from tropa.words import Words

if TYPE_CHECKING:
    from tropa.service.desk import Desk

log = logging.getLogger(__name__)


class Headlines:
    """Remembers the last finding of each map and language; what is older than the map or its data is worked out anew, aside."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, str], str] = {}
        self._under_way: set[tuple[str, str, str]] = set()
        self._lock = threading.Lock()
        self._turn = threading.Semaphore(1)

    def of(self, desk: Desk, map_id: str, value: Map, words: Words, *, wait: bool) -> str | None:
        """The finding. Without `wait`: the last one known (None: not yet), while a fresh one is worked out."""
        key = (str(desk.workspace.folder), map_id, words.lang)
        if wait or not _has_log(desk):
            return self._work_out(desk, key, value, words)
        with self._lock:
            busy = key in self._under_way
            self._under_way.add(key)
        if not busy:
            threading.Thread(target=self._aside, args=(desk, key, value, words), daemon=True).start()
        return self._known.get(key)

    def _aside(self, desk: Desk, key: tuple[str, str, str], value: Map, words: Words) -> None:
        try:
            with self._turn:  # one after another: a long list must not take the machine from those who edit
                self._work_out(desk, key, value, words)
        except Exception:
            log.exception("The finding of map %s could not be worked out.", key[1])
        finally:
            with self._lock:
                self._under_way.discard(key)

    def _work_out(self, desk: Desk, key: tuple[str, str, str], value: Map, words: Words) -> str | None:
        from tropa.layout.findings import headline
        from tropa.service.answering import readings_of

        try:
            found = headline(value, readings_of(desk, value, breaks=True), words)
        except TropaError as fault:  # bindings that make no sense yet: lint tells of them
            log.info("Map %s has no finding: %s", key[1], fault)
            self._known.pop(key, None)
            return None
        self._known[key] = found
        return found


def _has_log(desk: Desk) -> bool:
    return (desk.workspace.folder / "trail" / "manifest.json").is_file()


HEADLINES = Headlines()
"""One for the process: keyed by workspace."""
