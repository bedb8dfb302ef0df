"""Letters and webhooks on their way, in a thread of their own while the server runs."""

from __future__ import annotations

import logging
import threading

from tropa.service import hooks, notifying
from tropa.service.desk import Desk

log = logging.getLogger(__name__)
LOOK_S = 5.0
"""How often the outboxes are looked into where nobody rings."""


class Outbox:
    """Delivers what is due until it is stopped."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._wake, self._stopped = threading.Event(), threading.Event()
        self._end = desk.wake.listen(lambda _: self._wake.set())
        self._thread = threading.Thread(target=self._run, name="tropa-outbox", daemon=True)

    def start(self) -> None:
        """Begins. Letters that a crash caught on their way are not sent again."""
        lost = notifying.begin(self.desk)
        if lost:
            log.warning(
                "It is not known whether %d letters went before the server stopped; they are not sent again.", lost
            )
        self._thread.start()

    def stop(self) -> None:
        """Ends after what is on its way."""
        self._stopped.set()
        self._wake.set()
        self._end()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopped.is_set():
            self._wake.clear()
            for deliver in (hooks.deliver, notifying.deliver):
                try:
                    deliver(self.desk, lambda: not self._stopped.is_set())
                except Exception:
                    log.exception("An outbox could not be emptied; it is tried again.")
            self._wake.wait(LOOK_S)
