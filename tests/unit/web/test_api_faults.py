"""Whatever is sent to a door, nothing breaks: examples made from our own OpenAPI, good and bad, find no fault of ours (R-62).

Schemathesis makes the examples; they are the same in every run.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

from tropa.model.access import LOCAL
from tropa.service.desk import Desk
from tropa.service.signing_in import Browser, begin
from tropa.store import open_store
from tropa.store.people import Person
from tropa.web import cookies
from tropa.web.app import described
from web_desk import MAP

EXAMPLES = {"sqlite": 2, "postgresql": 1}
"""Good ones and as many bad ones per door."""
LAST = ("DELETE /api/v1/maps/{map_id}",)


def operations() -> list[Any]:
    """All doors of the OpenAPI; those that take away what others need come last."""
    found = [result.ok() for result in schemathesis.openapi.from_dict(described()).get_all_operations()]
    return sorted(found, key=lambda one: f"{one.method.upper()} {one.path}" in LAST)


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, desk: Desk) -> Iterator[Desk]:
    """The desk on each kind of database: what one takes may break the other."""
    if request.param == "sqlite":
        yield desk
        return
    store = open_store(request.getfixturevalue("postgres_url"))
    yield Desk(desk.workspace, store, desk.clock, desk.new_id)
    store.close()


def test_no_door_breaks(desk: Desk, app: FastAPI, people: dict[str, Person]) -> None:
    """R-62: no status from 500 on, and every refusal is a problem with a code, whatever is sent by an owner."""
    wrong: list[str] = []
    with TestClient(app, raise_server_exceptions=False, headers={"Origin": "http://testserver"}) as client:
        for operation in operations():
            with desk.store.begin() as connection:
                secret = begin(desk, connection, LOCAL, people["owner"], Browser()).secret
            client.cookies.clear()
            client.cookies.set(cookies.LOGIN, secret, domain="testserver.local")
            # what has only ids in its address takes any text: bad examples would be looked for in vain
            modes = GenerationMode if len(operation.body) or len(operation.query) else [GenerationMode.POSITIVE]
            for mode in modes:
                count = EXAMPLES[desk.store.kind]
                wrong += knock(client, operation, mode, count, {"X-CSRF-Token": cookies.csrf_of(secret)})
    assert not wrong, "\n".join(wrong)


def knock(client: TestClient, operation: Any, mode: GenerationMode, count: int, headers: dict[str, str]) -> list[str]:
    """Sends examples to one door; gives what went wrong."""
    wrong: list[str] = []

    @settings(
        max_examples=count, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode))
    def send(case: Any) -> None:
        if "map_id" in (case.path_parameters or {}):
            case.path_parameters["map_id"] = MAP
        sent = case.as_transport_kwargs(base_url="http://testserver")
        content = sent.pop("data", None)
        sent["headers"] = {**dict(sent["headers"]), **headers}
        sent.pop("cookies", None)
        if sent.get("files"):
            sent["files"] = [(name, parts_of(value)) for name, value in sent["files"]]
        answer = client.request(**sent, content=content, follow_redirects=False)
        told = f"{sent['method']} {sent['url']} {sent.get('params')} {sent.get('json', content)!r:.300}"
        if answer.status_code >= 500:
            wrong.append(f"{answer.status_code} {told}: {answer.text}")
        elif answer.status_code >= 400 and not answer.headers["content-type"].startswith("application/problem+json"):
            wrong.append(f"{answer.status_code} {told}: no problem+json")

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        send()
    return wrong


def parts_of(value: Any) -> tuple[Any, ...]:
    """A file as the client can send it: bad ones may be made of anything."""
    parts = value if isinstance(value, tuple) else (None, value)
    return tuple(part if part is None or isinstance(part, (str, bytes)) else str(part) for part in parts)
