"""The workspace's own zone: set by hand, by the command line or in the app; days, weeks, months and times of day go by it (R-27, R-42)."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from tropa.cli.main import run
from tropa.model import TropaError
from tropa.service.desk import Desk
from tropa.service.settings import FILE, set_zone, settings_of
from tropa.store import audit
from tropa.words import LANGUAGES, words, zone_name
from web_desk import MAP, ClientOf

BASE = f"/api/v1/maps/{MAP}"
MOSCOW = "Europe/Moscow"
ROLES = {"owner": 200, "editor": 403, "viewer": 403, "guest": 403, "nobody": 401}


@pytest.mark.parametrize("role", sorted(ROLES))
def test_only_owners_set_it(desk: Desk, client_of: ClientOf, role: str) -> None:
    """R-60, R-64: figures of everybody change with it; it is written in the audit log, once."""
    client = client_of(role)
    answer = client.put("/api/v1/settings", json={"zone": "europe/moscow"})
    assert answer.status_code == ROLES[role]
    acts = [one for one in audit_of(desk) if one == "settings-zone"]
    if role != "owner":
        assert settings_of(desk.workspace.folder).zone == "UTC"
        assert not acts
        return
    assert answer.json() == {"zone": MOSCOW, "zone_title": zone_name(MOSCOW, "en"), "ahead_minutes": 180}
    client.put("/api/v1/settings", json={"zone": MOSCOW})
    assert [one for one in audit_of(desk) if one == "settings-zone"] == ["settings-zone"]
    assert client_of("viewer").get("/api/v1/settings").json()["zone"] == MOSCOW


def audit_of(desk: Desk) -> list[str]:
    with desk.store.read() as connection:
        return [one.act for one in audit.page(connection, None, 50, None)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_zone_that_there_is_not_names_the_near_one(client_of: ClientOf, lang: str) -> None:
    """R-12: TR-S060 in both languages, and nothing is changed."""
    answer = client_of("owner").put("/api/v1/settings", json={"zone": "Europe/Moskow"}, params={"lang": lang})
    assert answer.status_code == 422
    assert answer.json()["code"] == "TR-S060"
    assert MOSCOW in json.dumps(answer.json(), ensure_ascii=False)
    assert client_of("owner").get("/api/v1/settings").json()["zone"] == "UTC"


def test_days_of_the_filter_and_of_the_answers_are_the_zones(trail: Desk, client_of: ClientOf) -> None:
    """R-23, R-26: passes of a day are those that began by the zone's clocks; instants come as its clocks show them."""
    client = client_of("owner")
    starts = np.asarray(view_starts(trail))
    night = next(one for one in starts.tolist() if datetime.fromtimestamp(one / 1e6, UTC).hour >= 21)
    day = (datetime.fromtimestamp(night / 1e6, UTC) + timedelta(hours=3)).date()
    told = {}
    for zone in ("UTC", MOSCOW):
        client.put("/api/v1/settings", json={"zone": zone})
        mine = [one for one in starts.tolist() if datetime.fromtimestamp(one / 1e6, ZoneInfo(zone)).date() == day]
        found = client.get(f"{BASE}/readings", params={"from": str(day), "to": str(day)}).json()["readings"]
        assert found["scope"]["passes"] == len(mine)
        told[zone] = client.get(f"{BASE}/readings").json()["readings"]["scope"]["period"]["start"]
        assert client.get(f"{BASE}/filters").json()["zone"] == zone
    assert told["UTC"].endswith("Z")
    assert told[MOSCOW].endswith("+03:00")
    assert datetime.fromisoformat(told["UTC"]) == datetime.fromisoformat(told[MOSCOW])


def view_starts(desk: Desk) -> Any:
    from tropa.service.answering import need_view
    from tropa.service.current import current_map

    return need_view(desk, current_map(desk, MAP)).ready.passes.start


def test_cohorts_and_months_go_by_the_zone(trail: Desk, client_of: ClientOf) -> None:
    """R-27, R-42: another zone is another answer, which says whose calendar it is; without one it is that of Greenwich."""
    client = client_of("owner")
    ask = {"params": {"by": "visits", "period": "week", "counted": "calendar"}}
    before = client.post(f"{BASE}/measures/retention", json=ask).json()
    months = client.get(f"{BASE}/timeline").json()["months"]
    client.put("/api/v1/settings", json={"zone": "Pacific/Auckland"})
    after = client.post(f"{BASE}/measures/retention", json=ask, params={"lang": "ru"}).json()
    assert (before["zone"], after["zone"]) == ("UTC", "Pacific/Auckland")
    assert before["rows"] != after["rows"]
    assert any("Pacific/Auckland" in note for note in after["notes"])
    assert not any("UTC" in note for note in before["notes"])
    later = client.get(f"{BASE}/timeline").json()["months"]
    assert months[0]["start"].endswith("Z")
    assert later[0]["start"][10:19] == "T00:00:00"
    assert sum(one["passes"] for one in months) == sum(one["passes"] for one in later)
    client.put("/api/v1/settings", json={"zone": "UTC"})
    assert client.post(f"{BASE}/measures/retention", json=ask).json()["rows"] == before["rows"]


def test_the_command_line_sets_it_and_counts_by_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """R-61: `tropa settings`; whoever edits the file by hand keeps comments."""
    folder = tmp_path / "магазин"
    (folder / "trail").mkdir(parents=True)
    (folder / FILE).write_text("# ours\nzone = 'UTC'  # for now\n", encoding="utf-8")
    capsys.readouterr()
    assert run(["settings", str(folder), "--zone", MOSCOW, "--json"], words("en")) == 0
    assert json.loads(capsys.readouterr().out) == {"zone": MOSCOW}
    assert (folder / FILE).read_text(encoding="utf-8") == '# ours\nzone = "Europe/Moscow"  # for now\n'
    for lang in LANGUAGES:
        assert run(["settings", str(folder)], words(lang)) == 0
        assert words(lang)("settings-zone", zone=MOSCOW, title=zone_name(MOSCOW, lang)) in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("zone = ", "TR-S061"), ("\x00", "TR-S061"), ("zone = 'Nowhere/Land'", "TR-S060"), ("zone = 3", "TR-S060"),
        ("zoen = 'UTC'", "TR-S062"),
    ],
)  # fmt: skip
def test_a_file_that_makes_no_sense_is_told_and_kept(tmp_path: Path, text: str, code: str) -> None:
    """R-12: neither read by halves nor written over."""
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    for act in (partial(settings_of, tmp_path), partial(set_zone, tmp_path, MOSCOW)):
        with pytest.raises(TropaError) as told:
            act()
        assert told.value.code == code
    assert (tmp_path / FILE).read_text(encoding="utf-8") == text
