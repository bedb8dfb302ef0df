"""Figures as they were known on a day: imports and map of then, snapshots, erasure (R-10, R-31, R-64)."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tropa.cli.main import run
from tropa.events.contract import Overrides
from tropa.service import answering
from tropa.service.desk import Desk
from tropa.service.importing import add, plan
from tropa.store.documents import FILE
from tropa.words import LANGUAGES, words
from web_desk import MAP, ClientOf, Clock
from web_trail import log_file

BASE = f"/api/v1/maps/{MAP}"
HALF = 4000


@pytest.fixture(scope="session")
def halves(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The shop's log, brought in two goes."""
    rows = pq.read_table(log_file())
    folder = tmp_path_factory.mktemp("halves")
    paths = folder / "first.parquet", folder / "second.parquet"
    for path, part in zip(paths, (rows[:HALF], rows[HALF:]), strict=True):
        pq.write_table(part, path)
    return paths


@pytest.fixture
def days(desk: Desk, clock: Clock, halves: tuple[Path, Path]) -> tuple[date, date]:
    """The days on which the two halves came."""
    clock.move(days=300)
    out = []
    for file in halves:
        desk.living.look(desk)
        add(desk.workspace, plan([file], Overrides(source="shop")), clock(), lambda *_: None)
        out.append(clock().date())
        clock.move(days=10)
    return out[0], out[1]


def passes(client: object, **query: object) -> int:
    answer = client.get(f"{BASE}/readings", params=query)  # type: ignore[attr-defined]
    assert answer.status_code == 200, answer.text
    return int(answer.json()["readings"]["scope"]["passes"])


def test_what_was_known_then(desk: Desk, days: tuple[date, date], client_of: ClientOf) -> None:
    """R-31: the first day knows the first half; from the second on all is known; what rests on what is told."""
    client = client_of("viewer")
    first, second = (str(day) for day in days)
    now = passes(client)
    assert passes(client, as_of=second) == now > passes(client, as_of=first) > 0
    told = client.get(f"{BASE}/readings", params={"as_of": first}).json()
    assert told["memory"] == {"day": first, "imports": 1, "erased": 0, "reproducible": True}
    assert told["filter"]["as_of"] == first
    assert client.get(f"{BASE}/readings").json()["memory"] is None
    measured = client.post(f"{BASE}/measures/transitions", json={"as_of": first}).json()
    assert measured["memory"]["imports"] == 1
    assert measured["n"] < client.post(f"{BASE}/measures/transitions", json={}).json()["n"]
    assert client.get(f"{BASE}/timeline", params={"as_of": first}).json()["memory"]["day"] == first
    picture = client.get(f"{BASE}/measures/transitions.svg", params={"as_of": first, "lang": "en"}).text
    assert "as known on" in picture


def test_days_before_there_was_anything(desk: Desk, days: tuple[date, date], client_of: ClientOf) -> None:
    """R-31: TR-S030 names the first day, TR-S031 the map that was not there yet."""
    client = client_of("viewer")
    early = client.get(f"{BASE}/readings", params={"as_of": "2025-01-02"})
    assert (early.status_code, early.json()["code"]) == (422, "TR-S031")
    with pytest.raises(answering.TropaError) as fault:
        answering.remembered(desk.workspace.folder, date(2025, 1, 2))
    assert fault.value.code == "TR-S030"
    for lang in LANGUAGES:
        said = words(lang)
        assert said.day(days[0]) in said(fault.value.code, **fault.value.facts)


def test_windows_are_those_of_the_map_then(
    desk: Desk, days: tuple[date, date], client_of: ClientOf, clock: Clock
) -> None:
    """R-31, R-10: a later change of the window moves today's figures, not those of then; both stand side by side."""
    client = client_of("owner")
    then = str(days[1])
    before = client.get(f"{BASE}/readings", params={"as_of": then}).json()["readings"]["scope"]["window_s"]
    desk.living.change(
        desk,
        MAP,
        FILE,
        lambda old: old.model_copy(update={"limits": old.limits.model_copy(update={"window": timedelta(days=1)})}),
    )
    assert client.get(f"{BASE}/readings").json()["readings"]["scope"]["window_s"] == 86_400 != before
    assert client.get(f"{BASE}/readings", params={"as_of": then}).json()["readings"]["scope"]["window_s"] == before
    both = client.get(f"{BASE}/comparison", params={"as_of": then}).json()
    assert (both["before"]["memory"]["day"], both["after"]["memory"]) == (then, None)
    assert both["differences"]


def test_what_the_map_said_is_kept_and_an_erasure_is_told(
    desk: Desk, days: tuple[date, date], client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R-31, R-64: asked once, the answer of then is there without counting; after an erasure it is no longer reproducible."""
    client = client_of("viewer")
    first = str(days[0])
    said = client.get(f"{BASE}/breaks", params={"as_of": first, "sensitivity": True}).json()
    assert list((desk.workspace.folder / "snapshots" / MAP).glob("*.json"))
    tape = answering.remembered(desk.workspace.folder, days[0]).tape
    monkeypatch.delattr(answering, "readings_in")  # nothing can be counted any more
    again = client.get(f"{BASE}/breaks", params={"as_of": first, "sensitivity": True}).json()
    assert again["breaks"] == said["breaks"]
    desk.workspace.archive.erase(str(tape.customers[0]))
    after = client.get(f"{BASE}/breaks", params={"as_of": first, "sensitivity": True}).json()
    assert after["memory"]["reproducible"] is False
    assert after["memory"]["erased"] > 0
    assert after["breaks"] == said["breaks"]


def test_a_damaged_snapshot_is_counted_anew(desk: Desk, days: tuple[date, date], client_of: ClientOf) -> None:
    """R-31: what cannot be read is made again."""
    client = client_of("viewer")
    ask = {"as_of": str(days[0])}
    said = client.get(f"{BASE}/readings", params={**ask, "breaks": True}).json()
    [path] = (desk.workspace.folder / "snapshots" / MAP).glob("*.json")
    for wrong in ("{", '{"format": 1}', json.dumps({"format": 1, "sensitivity": True, "readings": {}})):
        path.write_text(wrong, encoding="utf-8")
        assert client.get(f"{BASE}/readings", params={**ask, "breaks": True}).json()["readings"] == said["readings"]
    assert json.loads(path.read_text(encoding="utf-8"))["readings"]


def test_from_the_terminal(desk: Desk, days: tuple[date, date], capsys: pytest.CaptureFixture[str]) -> None:
    """R-31: `--as-of` of measure, breaks and ask; who was erased since is said beside it."""
    folder, first, say = str(desk.workspace.folder), str(days[0]), words("en")

    def told(*args: str) -> tuple[str, str]:
        assert run([*args], say) == 0
        found = capsys.readouterr()
        return found.out, found.err

    now, then = (json.loads(told("measure", folder, "--json", *more)[0]) for more in ((), ("--as-of", first)))
    assert then["scope"]["passes"] < now["scope"]["passes"]
    assert json.loads(told("breaks", folder, "--json", "--as-of", first)[0])["breaks"]
    asked = json.loads(told("ask", folder, "transitions", "--json", "--as-of", first)[0])
    assert 0 < asked["n"] < json.loads(told("ask", folder, "transitions", "--json")[0])["n"]
    tape = answering.remembered(desk.workspace.folder, days[0]).tape
    desk.workspace.archive.erase(str(tape.customers[0]))
    assert "erased since" in told("measure", folder, "--as-of", first)[1]


def test_versions_of_the_map_and_days_of_the_data_stand_side_by_side(
    desk: Desk, days: tuple[date, date], client_of: ClientOf
) -> None:
    """R-10, R-31: a version of the map with the data of any day; a version that is not there is TR-W210."""
    client = client_of("viewer")
    first = str(days[0])
    desk.living.change(desk, MAP, FILE, lambda old: old.model_copy(update={"title": "Другая"}))
    both = client.get(f"{BASE}/comparison", params={"seq": 1, "as_of": first, "other_as_of": first}).json()
    assert (both["before"]["memory"]["day"], both["after"]["memory"]["day"]) == (first, first)
    told = client.get(f"{BASE}/comparison", params={"seq": 1}).json()
    assert told["after"]["title"] == "Другая" != told["before"]["title"]
    assert told["changes"]
    assert told["data"] == "same"
    missing = client.get(f"{BASE}/comparison", params={"seq": 99})
    assert missing.json()["code"] == "TR-W210"
