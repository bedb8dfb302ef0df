"""Words asked for by several threads at once (R-13, R-60)."""

from __future__ import annotations

from threading import Event, Thread
from typing import Any

import pytest

from tropa.words import catalogue


def test_a_message_is_never_missing_while_another_thread_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """R-60: a picture drawn by two threads at once once answered with a fault, since a message was neither waiting nor read yet."""
    held = catalogue._Catalogue("en")
    name = next(iter(held.waiting))
    found: list[Any] = []
    done, others = Event(), []
    parse = catalogue.FluentResource

    def ask() -> None:
        found.append(held.message(name))
        done.set()

    def slow(text: str) -> Any:
        if not others:
            others.append(Thread(target=ask))
            others[0].start()
            done.wait(0.3)  # it would be done by now, and with nothing, if it did not wait for this one
        return parse(text)

    monkeypatch.setattr(catalogue, "FluentResource", slow)
    assert held.message(name) is not None
    others[0].join()
    assert found[0] is not None
    assert name not in held.waiting
