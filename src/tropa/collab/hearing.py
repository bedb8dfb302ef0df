"""What a document says of its changes while one listens, and no longer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pycrdt import Doc


@contextmanager
def hearing(doc: Doc[Any]) -> Iterator[list[bytes]]:
    """The updates of each transaction of a document while the block runs.

    The engine holds what it calls, and that holds the document, out of the garbage collector's sight: a document that somebody still
    listens to never leaves the memory.
    """
    brought: list[bytes] = []
    subscription = doc.observe(lambda event: brought.append(event.update))
    try:
        yield brought
    finally:
        doc.unobserve(subscription)
