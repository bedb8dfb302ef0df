"""What is asked of an import: the log of `log.make_deliveries`, from its Parquet to what questions are asked of.

Rows without a customer are left out (ours keeps them in quarantine), a message that came twice counts once. What it costs is measured
around the import alone, once and from cold, as an import is: the processor's seconds of the user and of the system, and those of the clock.
The rest is the answer, which has to be equal: events and customers kept, events by name, money in minor units.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


def spent(work: Callable[[], T]) -> tuple[T, dict[str, float]]:
    """What the work gave, and what it cost."""
    clock, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    found, after = work(), resource.getrusage(resource.RUSAGE_SELF)
    return found, {
        "user": after.ru_utime - before.ru_utime,
        "system": after.ru_stime - before.ru_stime,
        "clock": time.perf_counter() - clock,
    }


def told(events: int, customers: int, by_name: dict[str, int], money: int, cost: dict[str, float]) -> dict[str, Any]:
    """The answer, and the cost beside it."""
    return {"answer": {"events": events, "customers": customers, "by name": by_name, "money": money}, "cost": cost}
