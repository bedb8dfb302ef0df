"""What was asked lately is kept, so that asking again costs nothing."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")


class Kept:
    """The most recently asked things by key. A thing that several ask for at once is made once, and they wait for it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._things: OrderedDict[Hashable, _Thing] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The thing, made now if it is not there. What `make` raises is raised to all who wait, and is not kept."""
        with self._lock:
            thing = self._things.setdefault(key, _Thing())
            self._things.move_to_end(key)
            while len(self._things) > self._most:
                self._things.popitem(last=False)
        with thing.lock:
            if not thing.made:
                try:
                    thing.value = make()
                except BaseException:
                    with self._lock:
                        if self._things.get(key) is thing:
                            del self._things[key]
                    raise
                thing.made = True
        value: T = thing.value
        return value


@dataclass(slots=True)
class _Thing:
    lock: threading.Lock = field(default_factory=threading.Lock)
    made: bool = False
    value: Any = None
