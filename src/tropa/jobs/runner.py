"""Runs long work one piece after another in a thread of its own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from typing import Any

from tropa.model import TropaError
from tropa.store import Store
from tropa.store import jobs as kept
from tropa.store.jobs import CANCELLED, DONE, FAILED, INTERRUPTED, RUNNING, WAITING, Job

log = logging.getLogger(__name__)
KEEP = 200
"""So many jobs are remembered."""


class Cancelled(Exception):
    """Raised inside the work at its next report, when somebody asked for it to end."""


class Progress:
    """What the work tells, and where it hears that it should end."""

    def __init__(self, tell: Callable[..., None]) -> None:
        self._tell = tell
        self._reason: str | None = None

    def __call__(self, step: str, done: float, total: float) -> None:
        """How far the work is: a message id, `done` of `total` (0: cannot be told). Raises `Cancelled` when it should end here."""
        self._tell(step=step, done=float(done), total=float(total))
        if self._reason is not None:
            raise Cancelled(self._reason)

    def keep(self, outcome: Any) -> None:
        """What has been brought so far for good (data for JSON); it stays even if the rest is cancelled."""
        self._tell(outcome=outcome)

    def end(self, status: str) -> None:
        """Asks the work to end at its next report; the job then has this status."""
        self._reason = self._reason or status

    @property
    def asked_to_end(self) -> str | None:
        """The status that the job was asked to end with."""
        return self._reason


Work = Callable[[Progress], Any]


class Runner:
    """The jobs of one server. Jobs that an earlier server left unfinished are marked as interrupted."""

    def __init__(self, store: Store, clock: Callable[[], datetime], new_id: Callable[[], str]) -> None:
        self._store, self._clock, self._new_id = store, clock, new_id
        self._lock = threading.Lock()
        self._live: dict[str, tuple[Job, Progress]] = {}
        self._futures: dict[str, Future[None]] = {}
        self._pool: ThreadPoolExecutor | None = None
        with store.begin() as connection:
            kept.interrupt(connection, clock())

    def start(self, kind: str, title: str, who: str, work: Work) -> Job:
        """Puts work at the end of the line. What it returns is the job's outcome."""
        job = Job(self._new_id(), kind, title, WAITING, who, self._clock())
        with self._store.begin() as connection:
            kept.put(connection, job)
            kept.forget(connection, KEEP)
        progress = Progress(lambda **what: self._change(job.id, **what))
        with self._lock:
            if self._pool is None:
                self._pool = ThreadPoolExecutor(1, "tropa-job")
            self._live[job.id] = (job, progress)
            self._futures[job.id] = self._pool.submit(self._run, job.id, progress, work)
        return job

    def job(self, job_id: str) -> Job:
        """A job as it stands now. Raises TR-W301 for one that is not known."""
        with self._lock:
            if job_id in self._live:
                return self._live[job_id][0]
        with self._store.read() as connection:
            found = kept.find(connection, job_id)
        if found is None:
            raise TropaError("TR-W301", name=job_id)
        return found

    def jobs(self, limit: int = 50) -> list[Job]:
        """The latest jobs, the newest first."""
        with self._store.read() as connection:
            found = kept.latest(connection, limit)
        with self._lock:
            return [self._live[one.id][0] if one.id in self._live else one for one in found]

    def cancel(self, job_id: str) -> Job:
        """Asks a job to end: one that waits never begins, one at work ends at its next report. One that is over stays as it is."""
        job = self.job(job_id)
        with self._lock:
            live = self._live.get(job_id)
            future = self._futures.get(job_id)
        if live is None or future is None:
            return job
        live[1].end(CANCELLED)
        if future.cancel():
            self._close(job_id, status=CANCELLED)
        return self.job(job_id)

    def stop(self) -> None:
        """Ends all jobs at their next report and waits for that; they are told as interrupted."""
        with self._lock:
            live, pool = dict(self._live), self._pool
        for job_id, (_, progress) in live.items():
            progress.end(INTERRUPTED)
            if self._futures[job_id].cancel():
                self._close(job_id, status=INTERRUPTED)
        if pool is not None:
            pool.shutdown(wait=True)

    def _run(self, job_id: str, progress: Progress, work: Work) -> None:
        if progress.asked_to_end is not None:
            self._close(job_id, status=progress.asked_to_end)
            return
        self._change(job_id, status=RUNNING, started_at=self._clock())
        try:
            outcome = work(progress)
        except Cancelled as end:
            self._close(job_id, status=str(end))
        except TropaError as error:
            self._close(job_id, status=FAILED, problem={"code": error.code, "facts": dict(error.facts)})
        except Exception:  # a fault of ours must not end the line of jobs; it is told as one, and logged whole
            log.exception("A job failed")
            self._close(job_id, status=FAILED, problem={"code": "TR-W302", "facts": {}})
        else:
            self._close(job_id, status=DONE, outcome=outcome)

    def _change(self, job_id: str, **what: Any) -> None:
        with self._lock:
            job, progress = self._live[job_id]
            self._live[job_id] = (replace(job, **what), progress)

    def _close(self, job_id: str, **what: Any) -> None:
        self._change(job_id, ended_at=self._clock(), **what)
        with self._lock:
            job = self._live[job_id][0]
        with self._store.begin() as connection:
            kept.put(connection, job)
        with self._lock:
            del self._live[job_id]
            self._futures.pop(job_id, None)
