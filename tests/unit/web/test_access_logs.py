"""The server's log: one event, one line, no secrets (R-60, R-63; ASVS 7)."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest

from tropa.web import logs
from web_desk import ClientOf

API = "/api/v1"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What the log says while the test runs."""
    kept = {
        name: (log.handlers, log.level, log.propagate)
        for name in ("tropa", "uvicorn")
        if (log := logging.getLogger(name))
    }
    stream = io.StringIO()
    logs.start(stream)
    yield stream
    for name, (handlers, level, propagate) in kept.items():
        log = logging.getLogger(name)
        log.handlers, log.propagate = handlers, propagate
        log.setLevel(level)


def test_an_entry_is_one_line_whatever_is_in_it(lines: io.StringIO) -> None:
    """ASVS 7.3.1: nobody forges an entry."""
    logging.getLogger("tropa.web").warning("odd\nname", extra={"name_of_map": 'a"\n{"event": "forged"}\u2028'})
    told = lines.getvalue()
    assert told.count("\n") == 1
    assert json.loads(told)["name_of_map"] == 'a"\n{"event": "forged"}\u2028'


def test_a_fault_brings_its_traceback(lines: io.StringIO) -> None:
    try:
        raise RuntimeError("broken")
    except RuntimeError:
        logging.getLogger("tropa.web").exception("fault", extra={"incident": "42"})
    told = json.loads(lines.getvalue())
    assert (told["level"], told["event"], told["incident"]) == ("error", "fault", "42")
    assert "RuntimeError: broken" in told["traceback"]


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (f"{API}/shared/SECRET", f"{API}/shared/…"),
        (f"{API}/invitations/SECRET", f"{API}/invitations/…"),
        (f"{API}/setup/SECRET", f"{API}/setup/…"),
        ("/enter/SECRET", "/enter/…"),
        ("/embed/SECRET/picture.svg", "/embed/…/picture.svg"),
        ("/s/SECRET", "/s/…"),
        ("/invite/SECRET", "/invite/…"),
        ("/setup/SECRET", "/setup/…"),
        (f"{API}/maps/sergey/members", f"{API}/maps/sergey/members"),
    ],
)
def test_secrets_in_addresses_are_hidden(lines: io.StringIO, client_of: ClientOf, path: str, told: str) -> None:
    """ASVS 7.1.1, 8.3.1: links hold secrets; what is asked of a map is told."""
    client_of("nobody").get(path, params={"password": "SECRET"})
    visits = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert [visit["path"] for visit in visits if visit["event"] == "visit"] == [told]
    assert "SECRET" not in lines.getvalue()


def test_a_person_at_the_terminal_gets_short_lines(lines: io.StringIO) -> None:
    """R-63: and visits are not told at all."""
    stream = type("Terminal", (io.StringIO,), {"isatty": lambda _: True})()
    logs.start(stream)
    logging.getLogger("tropa.web.visit").info("visit")
    logging.getLogger("tropa.web").warning("odd", extra={"port": 1})
    assert stream.getvalue().split(" ", 1)[1] == "odd port=1\n"
