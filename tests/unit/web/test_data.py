"""The Data page's doors: uploads, imports as jobs, quarantine, bindings, drafts (R-20, R-22, R-64)."""

from __future__ import annotations

import json
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tropa.jobs import Progress, Runner
from tropa.model import TropaError
from tropa.service import uploads
from tropa.service.desk import Desk
from web_desk import MAP, ClientOf, Clock
from web_trail import bring_trail, log_file

LOG = (
    "phone;дата;событие;сумма;город\n"
    "+7 916 123-45-67;02.03.2025;order_paid;1 200,50;Москва\n"
    "+7 916 123-45-68;03.03.2025;catalog_view;;Казань\n"
    "+7 916 123-45-69;вчера;order_paid;300;Казань\n"
    "+7 916 123-45-69;04.03.2025;order_paid;много;Казань\n"
).encode("cp1251")


def sent(client: TestClient, name: str = "Заказы.csv", body: bytes = LOG) -> Any:
    return client.post("/api/v1/data/uploads", files={"file": (name, body, "text/csv")})


def finished(client: TestClient, job: dict[str, Any]) -> dict[str, Any]:
    for _ in range(600):
        found: dict[str, Any] = client.get(f"/api/v1/jobs/{job['id']}").json()
        if found["over"]:
            return found
        time.sleep(0.02)
    raise AssertionError(found)


def test_a_file_is_looked_at_told_and_imported(desk: Desk, client_of: ClientOf) -> None:
    """R-20: plan with samples, roles changed, import with its outcome; R-64: phones are masked before anybody sees them."""
    client = client_of("editor")
    upload = sent(client)
    assert upload.status_code == 201, upload.text
    plan = upload.json()
    assert (plan["encoding"], plan["delimiter"], plan["missing"]) == ("cp1251", ";", None)
    roles = {one["column"]: one["role"] for one in plan["columns"]}
    assert roles["phone"] == "phone"
    assert "916 123-45" not in upload.text
    assert [one["id"] for one in client.get("/api/v1/data/uploads").json()["items"]] == [plan["id"]]
    assert plan["sample"][0][plan["sample_columns"].index("город")] == "Москва"
    change = client.patch(
        f"/api/v1/data/uploads/{plan['id']}", json={"roles": {"город": "channel"}, "source": "магазин"}
    )
    assert {one["column"]: one["role"] for one in change.json()["columns"]}["город"] == "channel"
    again = client.patch(f"/api/v1/data/uploads/{plan['id']}", json={"roles": {"город": None}}).json()
    assert {one["column"]: one["role"] for one in again["columns"]}["город"] == "property"
    assert again["source"] == "магазин"
    started = client.post("/api/v1/data/imports", json={"uploads": [plan["id"]]})
    assert started.status_code == 202
    job = finished(client, started.json())
    assert job["status"] == "done", job
    assert (job["outcome"][0]["accepted"], job["outcome"][0]["quarantined"]) == (2, 2)
    assert {reason["rows"] for reason in job["outcome"][0]["reasons"]} == {1}
    assert client.get(f"/api/v1/data/uploads/{plan['id']}").status_code == 404
    sources = client.get("/api/v1/data/sources").json()
    assert [one["name"] for one in sources["sources"]] == ["магазин"]
    assert sources["imports"][0]["accepted"] == 2


ABROAD = """client;status;paid at;created at;total;currency
1;paid;2024-05-06 10:00;2024-05-06 09:00;100;RUB
2;paid;2024-05-06 10:00;2024-05-06 09:00;10;USD
3;paid;2024-05-06 10:00;2024-05-06 09:00;300;RUB
"""


def test_rates_and_zones_are_told_in_the_app(desk: Desk, client_of: ClientOf) -> None:
    """R-21, R-60: lines of rates with or without a heading, zones of single columns; what makes no sense is told and not kept."""
    client = client_of("editor")
    plan = client.post("/api/v1/data/uploads", files={"file": ("orders.csv", ABROAD.encode())}).json()
    assert (plan["money_in"], plan["currencies"], plan["rates"], plan["zones"]) == ("RUB", ["RUB", "USD"], [], {})
    at = f"/api/v1/data/uploads/{plan['id']}"
    refused = client.patch(at, json={"rates": "2024-05-01;USD;ninety"})
    assert (refused.status_code, refused.json()["code"]) == (422, "TR-E026")
    assert client.patch(at, json={"zones": {"paid et": "Europe/Moscow"}}).json()["code"] == "TR-E009"
    told = client.patch(at, json={"rates": "2024-05-01; USD; 90,5", "zones": {"paid at": "Europe/Moscow"}}).json()
    assert told["rates"] == [{"day": "2024-05-01", "currency": "USD", "rate": 90.5}]
    assert told["zones"] == {"paid at": "Europe/Moscow"}
    job = finished(client, client.post("/api/v1/data/imports", json={"uploads": [plan["id"]]}).json())
    assert (job["outcome"][0]["quarantined"], job["outcome"][0]["reasons"]) == (0, [])
    tape = desk.workspace.tape()
    assert tape.currency == "RUB"
    assert sorted(set(tape.value.tolist())) == [10_000, 30_000, 90_500]
    times = {name: int(tape.time[tape.event.codes == code].max()) for code, name in enumerate(tape.event.names) if name}
    assert times["order_paid"] - times["order_created"] == -2 * 3_600_000_000, "three hours earlier, an hour later"


def test_how_an_event_log_is_read_is_told_in_the_app(client_of: ClientOf) -> None:
    """R-20, R-60: the classifiers that a log has, and its declarations."""
    log = (
        '<log><global scope="event"><string key="org:resource" value="none"/></global>'
        '<classifier name="Who" keys="org:resource"/><trace><string key="concept:name" value="1"/><event>'
        '<string key="concept:name" value="a"/><date key="time:timestamp" value="2024-01-01T10:00:00Z"/></event></trace></log>'
    )
    client = client_of("editor")
    plan = client.post("/api/v1/data/uploads", files={"file": ("a.xes", log.encode())}).json()
    assert (plan["classifiers"], plan["classifier"], plan["defaults"]) == (["Who"], None, False)
    told = client.patch(f"/api/v1/data/uploads/{plan['id']}", json={"classifier": "Who", "defaults": True}).json()
    assert (told["classifier"], told["defaults"]) == ("Who", True)
    assert {one["column"]: one["role"] for one in told["columns"]}["org:resource"] == "event"
    back = client.patch(f"/api/v1/data/uploads/{plan['id']}", json={"classifier": None, "defaults": None}).json()
    assert (back["classifier"], back["defaults"]) == (None, False)


def test_bad_rows_are_mended_and_replayed(desk: Desk, client_of: ClientOf) -> None:
    """R-20: a mended row comes in, one that stays wrong waits on with its new reason."""
    client = client_of("editor")
    finished(client, client.post("/api/v1/data/imports", json={"uploads": [sent(client).json()["id"]]}).json())
    held = client.get("/api/v1/data/quarantine").json()["items"][0]
    assert held["rows"] == 2
    page = client.get(f"/api/v1/data/quarantine/{held['import_id']}/rows", params={"limit": 1}).json()
    rest = client.get(f"/api/v1/data/quarantine/{held['import_id']}/rows", params={"after": page["next"]}).json()
    rows = page["items"] + rest["items"]
    assert [one["line"] for one in rows] == [4, 5]
    assert rest["next"] is None
    assert all(one["reason"] and one["code"].startswith("TR-E") for one in rows)
    mended = [
        {"line": 4, "cells": {**rows[0]["cells"], "дата": "03.03.2025"}},
        {"line": 5, "cells": {**rows[1]["cells"], "сумма": "=2+2"}},
    ]
    job = finished(
        client, client.post(f"/api/v1/data/quarantine/{held['import_id']}/replay", json={"rows": mended}).json()
    )
    assert job["outcome"][0]["accepted"] == 1, job
    waiting = client.get("/api/v1/data/quarantine").json()["items"]
    assert sum(one["rows"] for one in waiting) == 1
    new = client.get(f"/api/v1/data/quarantine/{waiting[0]['import_id']}/rows").json()["items"][0]
    assert new["cells"]["сумма"] == "=2+2"
    lost = client.post(f"/api/v1/data/quarantine/{waiting[0]['import_id']}/replay", json={"rows": [{"line": 999}]})
    assert (lost.status_code, lost.json()["code"]) == (409, "TR-W304")
    assert client.get("/api/v1/data/quarantine/000099/rows").status_code == 404


@pytest.mark.parametrize("body", [b"", b"\x7fELF\x02\x01\x01\x00\x00\x00\x00" * 40, b"PK\x03\x04 no archive at all"])
def test_what_is_no_log_is_refused_and_leaves_nothing(desk: Desk, client_of: ClientOf, body: bytes) -> None:
    """R-20: the type is told by content, not by name; a refused file does not stay on the disk."""
    answer = sent(client_of("editor"), "log.csv", body)
    assert answer.status_code == 422
    assert answer.json()["code"].startswith("TR-E0")
    assert not any((desk.workspace.folder / "uploads").iterdir())


def test_a_file_beyond_the_limit_is_refused(desk: Desk, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-63: 413, by its length as told and as it really is."""
    monkeypatch.setenv("TROPA_LIMIT_UPLOAD", "100")
    assert sent(client_of("editor")).status_code == 413
    monkeypatch.setattr("tropa.web.data.ENVELOPE", -100)

    def long() -> Any:
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
        for _ in range(100):
            yield b"a;b;c\n" * 100
        yield b"\r\n--x--\r\n"

    client = client_of("editor")
    kind = {"content-type": "multipart/form-data; boundary=x"}
    assert client.post("/api/v1/data/uploads", content=long(), headers=kind).status_code == 413
    assert not any((desk.workspace.folder / "uploads").iterdir())


def test_a_request_without_a_file_says_so(client_of: ClientOf) -> None:
    """R-20: TR-W306."""
    answer = client_of("editor").post("/api/v1/data/uploads", files={"other": ("a.csv", b"a;b", "text/csv")})
    assert answer.json()["code"] == "TR-W306"


def test_a_viewer_brings_nothing_in(client_of: ClientOf) -> None:
    """R-60: data is a matter of editors and owners."""
    assert sent(client_of("viewer")).status_code == 403
    assert sent(client_of("nobody")).status_code == 401
    assert client_of("guest").get("/api/v1/data/quarantine").status_code in (403, 404)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"), ("C:\\Users\\мой отчёт.xlsx", "мой отчёт.xlsx"), ("a\x00b<script>.csv", "a_b_script_.csv"),
        ("..", "log.csv"), ("", "log.csv"), ("told.json", "log.csv"), ("x" * 300 + ".csv", "x" * 100 + ".csv"),
    ],
)  # fmt: skip
def test_names_are_made_safe(given: str, kept: str) -> None:
    """R-63: a name leads out of no folder."""
    assert uploads.safe_name(given) == kept


def test_forgotten_uploads_go(desk: Desk, client_of: ClientOf, clock: Clock) -> None:
    """R-64: a log that nobody imported does not lie about for ever."""
    first = sent(client_of("editor")).json()["id"]
    clock.move(days=8)
    sent(client_of("editor"))
    assert not (desk.workspace.folder / "uploads" / first).exists()


def test_bindings_list_unbound_events_first(desk: Desk, client_of: ClientOf, clock: Clock) -> None:
    """R-22: by volume, with every place; R-64: values are masked."""
    clock.move(days=300)
    bring_trail(desk)
    client = client_of("viewer")
    found = client.get(f"/api/v1/maps/{MAP}/bindings").json()
    assert found["events"] == sum(one["events"] for one in found["items"])
    free = [one["unbound"] for one in found["items"]]
    assert free == sorted(free, reverse=True)
    for one in found["items"]:
        used = sum(place["events"] for place in one["places"]) + one["unbound"]
        assert used <= one["events"]
    paid = next(one for one in found["items"] if one["event"] == "order_paid")
    assert paid["places"][0]["stage"] == "purchase"
    details = client.get("/api/v1/data/events/order_paid").json()
    assert details["events"] == paid["events"]
    assert sum(count for _, count in details["months"]) == paid["events"]
    assert details["value"][0] > 0
    assert {one["column"] for one in details["columns"]} >= {"city", "device"}
    near = client.get("/api/v1/data/events/order_payd").json()
    assert near["code"] == "TR-W305"
    assert "order_paid" in near["fix"]


def test_a_draft_is_proposed_and_nothing_is_written(desk: Desk, client_of: ClientOf, clock: Clock) -> None:
    """R-22: stages mined from the log, for the editor to take over."""
    clock.move(days=300)
    assert client_of("editor").post(f"/api/v1/maps/{MAP}/draft").json()["code"] == "TR-S003"
    bring_trail(desk)
    before = desk.workspace.map_path().read_bytes()
    found = client_of("editor").post(f"/api/v1/maps/{MAP}/draft").json()
    assert found["map"]["proposal"] is True
    assert len(found["map"]["stages"]) > 2
    assert desk.workspace.map_path().read_bytes() == before
    assert client_of("viewer").post(f"/api/v1/maps/{MAP}/draft").status_code == 403


def test_progress_comes_as_a_stream(desk: Desk, client_of: ClientOf) -> None:
    """R-20: server-sent events up to the end."""
    client = client_of("editor")
    upload = sent(client, "shop.parquet", Path(log_file()).read_bytes()).json()
    job = client.post("/api/v1/data/imports", json={"uploads": [upload["id"]]}).json()
    with client.stream("GET", f"/api/v1/jobs/{job['id']}/stream") as stream:
        told = [json.loads(line[6:]) for line in stream.iter_lines() if line.startswith("data: ")]
    assert told[-1]["status"] == "done"
    assert told[-1]["outcome"][0]["accepted"] > 1000
    assert client.get("/api/v1/jobs").json()["items"][0]["id"] == job["id"]
    assert client.get("/api/v1/jobs/none").json()["code"] == "TR-W301"


def test_a_cancelled_import_leaves_the_trail_as_it_was(desk: Desk, client_of: ClientOf) -> None:
    """R-20: ended at the next report; nothing half-way stays, and the next import works."""
    client = client_of("editor")
    upload = sent(client, "shop.parquet", Path(log_file()).read_bytes()).json()
    title, work = uploads.import_uploads(desk, _editor(), [upload["id"]])
    runner = Runner(desk.store, desk.clock, desk.new_id)

    def held(progress: Progress) -> Any:
        gate.wait(10)
        return work(progress)

    gate = threading.Event()
    job = runner.start("import", title, "user:x", held)
    waiting = runner.start("import", "second", "user:x", lambda _: None)
    runner.cancel(job.id)
    assert runner.cancel(waiting.id).status == "cancelled"
    gate.set()
    while not runner.job(job.id).over:
        time.sleep(0.01)
    assert runner.job(job.id).status == "cancelled"
    assert desk.workspace.archive.tape() is None
    assert client.get("/api/v1/data/quarantine").json()["items"] == []
    assert (
        finished(client, client.post("/api/v1/data/imports", json={"uploads": [upload["id"]]}).json())["status"]
        == "done"
    )
    runner.stop()


def _editor() -> Any:
    from tropa.model.access import Actor, Role

    return Actor("user", "x", "X", Role.EDITOR)


def test_failures_are_told_and_the_line_goes_on(desk: Desk) -> None:
    """R-20: an error of ours or of the data ends its own job only; the list survives a restart, with what was cut off marked."""
    runner = Runner(desk.store, desk.clock, desk.new_id)

    def broken(_: Progress) -> Any:
        raise TropaError("TR-S003", folder="x")

    def bug(_: Progress) -> Any:
        raise ZeroDivisionError

    def partly(progress: Progress) -> Any:
        progress.keep(["first"])
        progress("step-importing", 1, 2)
        running.set()
        while True:
            progress("step-importing", 1, 2)
            time.sleep(0.005)

    running = threading.Event()
    jobs = [runner.start("import", name, "user:x", work) for name, work in (("a", broken), ("b", bug), ("c", partly))]
    assert running.wait(10)
    assert runner.job(jobs[2].id).step == "step-importing"
    runner.stop()
    found = [Runner(desk.store, desk.clock, desk.new_id).job(job.id) for job in jobs]
    assert [job.status for job in found] == ["failed", "failed", "interrupted"]
    assert [job.problem.get("code") for job in found] == ["TR-S003", "TR-W302", None]
    assert found[2].outcome == ["first"]


def test_a_killed_server_leaves_an_interrupted_job(desk: Desk) -> None:
    """R-63: what was at work when the process ended is marked at the next start."""
    from tropa.store import jobs as kept

    job = kept.Job("j1", "import", "log.csv", kept.RUNNING, "user:x", desk.clock())
    with desk.store.begin() as connection:
        kept.put(connection, job)
        for number in range(5):
            old = kept.Job(
                f"old{number}", "import", "x", kept.DONE, "user:x", desk.clock() - timedelta(days=number + 1)
            )
            kept.put(connection, old)
    runner = Runner(desk.store, desk.clock, desk.new_id)
    assert runner.job("j1").status == "interrupted"
    with desk.store.begin() as connection:
        kept.forget(connection, 3)
    assert [one.id for one in runner.jobs()] == ["j1", "old0", "old1"]
