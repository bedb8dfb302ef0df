"""A filter by a rule over customers, wherever the filter is: over HTTP, at the command line, for guests too (R-23, R-29, R-60)."""

from __future__ import annotations

import json
from contextlib import nullcontext
from datetime import timedelta

import numpy as np
import pytest

import tropa
from tropa.cli.main import run
from tropa.model import TropaError
from tropa.service.answering import Wish, chosen_of, need_view
from tropa.service.current import current_map
from tropa.service.desk import Desk
from tropa.service.guests import refuse_few
from tropa.service.measuring import narrowed, segment_of
from tropa.trail.sessions import SessionRule, cut
from tropa.trail.tape import instant
from tropa.words import LANGUAGES, words
from web_desk import MAP, ClientOf

BASE = f"/api/v1/maps/{MAP}"
OFTEN = "events >= 12"


@pytest.mark.parametrize("role", ["owner", "viewer", "guest", "token"])
def test_whoever_may_read_the_map_may_filter_it_by_a_rule(trail: Desk, client_of: ClientOf, role: str) -> None:
    """R-23, R-60: every door with a filter takes it and says it back; it is another answer than everybody's."""
    client = client_of(role)
    view = need_view(trail, current_map(trail, MAP))
    long = np.diff(view.ready.tape.offsets) >= 12
    found = client.get(f"{BASE}/filters/fitting", params={"where": OFTEN}).json()
    assert found == {"customers": int(long.sum()), "all": len(long)}
    assert 0 < found["customers"] < found["all"]
    told = client.get(f"{BASE}/readings", params={"where": f"  {OFTEN} "}).json()
    assert told["filter"]["where"] == OFTEN
    assert told["readings"]["scope"]["customers"] == int(long.sum())
    everybody = client.post(f"{BASE}/measures/steps", json={}).json()
    some = client.post(f"{BASE}/measures/steps", json={"where": OFTEN}).json()
    assert some["filter"]["where"] == OFTEN
    assert 0 < some["n"] < everybody["n"]
    assert some["data_version"] == everybody["data_version"]
    picture = client.get(f"{BASE}/measures/steps.svg", params={"where": OFTEN, "lang": "en"})
    assert picture.status_code == 200
    assert "rule" in picture.text
    assert "rule" not in client.get(f"{BASE}/measures/steps.svg", params={"lang": "en"}).text
    for door in ("breaks", "timeline", "comparison"):
        assert client.get(f"{BASE}/{door}", params={"where": OFTEN}).status_code == 200
    asked = client.get(f"{BASE}/comparison", params={"where": OFTEN, "other_where": "events < 12"}).json()
    assert asked["before"]["passes"] != asked["after"]["passes"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("where", "code", "near"),
    [
        ("cuont('x') > 1", "TR-M020", "count"), ("events >=", "TR-M020", ""), ("chanel = 'ads'", "TR-T001", "channel"),
        ("(" * 70, "TR-M021", ""),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_where_and_what_is_near(
    trail: Desk, client_of: ClientOf, where: str, code: str, near: str, lang: str
) -> None:
    """R-12: the same refusal at every door, in both languages."""
    client = client_of("viewer")
    for door in ("filters/fitting", "readings", "breaks"):
        answer = client.get(f"{BASE}/{door}", params={"where": where, "lang": lang})
        assert answer.status_code == 422
        assert answer.json()["code"] == code
        assert near in json.dumps(answer.json(), ensure_ascii=False)


def test_a_filter_keeps_to_the_segment_and_the_channel(trail: Desk) -> None:
    """R-29: all that is given must hold; blank is none."""
    view = need_view(trail, current_map(trail, MAP))
    mine = [
        np.asarray(chosen_of(view, wish).customers)
        for wish in (Wish(channel="friend"), Wish(where=OFTEN), Wish(channel="friend", where=OFTEN))
    ]
    assert np.array_equal(mine[0] & mine[1], mine[2])
    assert 0 < mine[2].sum() < min(mine[0].sum(), mine[1].sum())
    assert Wish(where="  ") == Wish()
    assert not Wish(where=OFTEN).everybody


def test_a_rule_narrows_a_segment_and_its_brackets_are_its_own(trail: Desk) -> None:
    """R-29: at the command line a segment with a rule of its own stays narrowed by it."""
    value = current_map(trail, MAP)
    some = segment_of(value, value.segments[0].id)
    ruled = some.model_copy(update={"rule": some.rule.model_copy(update={"where": "events > 1 or money > 5"})})
    assert narrowed(ruled, "age < 3d").rule.where == "(events > 1 or money > 5) and (age < 3d)"
    assert narrowed(None, OFTEN).rule.where == OFTEN
    with pytest.raises(TropaError):
        narrowed(ruled, "age < 3d) or (age > 0")


def test_the_command_line_takes_it_wherever_it_filters(trail: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """R-61: ask, reasons, breaks and measure."""
    folder = str(trail.workspace.folder)
    view = need_view(trail, current_map(trail, MAP))
    long = int((np.diff(view.ready.tape.offsets) >= 12).sum())

    def told(*arguments: str) -> dict[str, object]:
        capsys.readouterr()
        assert run([arguments[0], folder, *arguments[1:], "--json"], words("en")) == 0
        return dict(json.loads(capsys.readouterr().out))

    assert told("ask", "steps", "--where", OFTEN)["rows"] != told("ask", "steps")["rows"]
    assert told("measure", "--where", OFTEN)["scope"]["customers"] == long  # type: ignore[index]
    assert told("breaks", "--where", OFTEN)["breaks"] != told("breaks")["breaks"]
    assert told("reasons", "--where", "events >= 25")["n"] != told("reasons")["n"]
    assert run(["ask", folder, "steps", "--where", "evnts > 2"], words("en")) == 2
    assert "events" in capsys.readouterr().err


def test_channel_and_rule_may_choose_sessions(
    trail: Desk, client_of: ClientOf, capsys: pytest.CaptureFixture[str]
) -> None:
    """R-26, R-29, R-61: over HTTP, at the command line, in a notebook; only where sessions are asked; few of them tell a guest nothing."""
    viewer, guest = client_of("viewer"), client_of("guest")
    asked = {"params": {"unit": "sessions"}, "where": "events >= 3"}
    all_theirs = viewer.post(f"{BASE}/measures/steps", json=asked).json()
    those = viewer.post(f"{BASE}/measures/steps", json={**asked, "scope": "sessions"}).json()
    assert (all_theirs["filter"]["scope"], those["filter"]["scope"]) == ("customers", "sessions")
    assert 0 < those["n"] < all_theirs["n"]
    told = {"unit": "sessions", "where": "events >= 3", "scope": "sessions"}
    file = guest.get(f"{BASE}/measures/steps.html", params={**told, "lang": "ru"})
    assert "отобраны сеансы" in file.text
    for body in ({"where": OFTEN, "scope": "sessions"}, {"scope": "sessions"}):
        refused = viewer.post(f"{BASE}/measures/steps", json=body).json()
        assert refused["code"] == "TR-T307"
        assert "unit=sessions" in json.dumps(refused)
    view = need_view(trail, current_map(trail, MAP))
    lengths = np.sort(np.diff(cut(view.ready.tape, SessionRule.of(view.ready.map.limits)).offsets))
    few = {**asked, "where": f"events > {lengths[-8]}", "scope": "sessions"}
    assert viewer.post(f"{BASE}/measures/steps", json=few).json()["n"] < 10
    assert guest.post(f"{BASE}/measures/steps", json=few).json()["code"] == "TR-S025"
    assert guest.post(f"{BASE}/measures/steps", json={**asked, "scope": "sessions"}).json()["n"] == those["n"]

    folder = trail.workspace.folder
    options = ["-p", "unit=sessions", "--where", "events >= 3", "--scope", "sessions", "--json"]
    capsys.readouterr()
    assert run(["ask", str(folder), "steps", *options], words("en")) == 0
    assert json.loads(capsys.readouterr().out)["n"] == those["n"]
    book = tropa.open(folder).trail
    found = book.steps(unit="sessions", where="events >= 3", scope="sessions")
    assert found.value.n == those["n"]
    with pytest.raises(TropaError, match="TR-T303"):
        book.steps(unit="sessions", scope="visits")


def test_a_guest_singles_nobody_out_by_a_rule(trail: Desk, client_of: ClientOf) -> None:
    """R-60, R-64: a rule that means few customers, or leaves few out, tells a guest nothing, at any door; the team may ask it."""
    lengths = np.sort(np.diff(need_view(trail, current_map(trail, MAP)).ready.tape.offsets))
    few = f"events > {lengths[-4]}"
    guest, viewer = client_of("guest"), client_of("viewer")
    for where in (few, f"not ({few})", "events < 0"):
        doors = [
            guest.get(f"{BASE}/{door}", params={"where": where})
            for door in ("readings", "breaks", "timeline", "comparison", "filters/fitting", "measures/steps.csv")
        ]
        doors.append(guest.get(f"{BASE}/comparison", params={"other_where": where}))
        doors.append(guest.post(f"{BASE}/measures/steps", json={"where": where}))
        assert [one.json()["code"] for one in doors] == ["TR-S025"] * len(doors), where
        assert viewer.get(f"{BASE}/readings", params={"where": where}).status_code == 200


def test_a_guest_singles_nobody_out_by_period_channel_and_segment(trail: Desk, client_of: ClientOf) -> None:
    """R-60, R-64: what holds for a rule holds for every filter of a guest, and for all of them together; the team may ask it."""
    view = need_view(trail, current_map(trail, MAP))
    days = [instant(int(one)).date() for one in np.sort(view.ready.passes.start)]
    early, middle = days[4], days[len(days) // 2]
    narrow: list[dict[str, str]] = [
        {"to": str(early)},
        {"from": str(early + timedelta(days=1))},  # leaves out those few
        {"from": "2031-01-01"},
        {"channel": "friend", "from": str(middle), "to": str(middle)},
        {"segment": view.ready.map.segments[0].id, "channel": "friend", "to": str(early + timedelta(days=3))},
    ]
    guest, viewer = client_of("guest"), client_of("viewer")
    for asked in narrow:
        doors = [guest.get(f"{BASE}/{door}", params=asked) for door in ("readings", "breaks", "measures/steps.csv")]
        doors.append(guest.get(f"{BASE}/comparison", params={f"other_{key}": one for key, one in asked.items()}))
        doors.append(guest.post(f"{BASE}/measures/steps", json=asked))
        assert [one.json()["code"] for one in doors] == ["TR-S025"] * len(doors), asked
        assert viewer.get(f"{BASE}/readings", params=asked).status_code == 200
    for asked in ({"channel": "friend"}, {"from": str(middle)}, {"from": "2000-01-01"}, {}):
        assert guest.get(f"{BASE}/readings", params=asked).status_code == 200, asked


def test_who_is_few_is_counted_by_hand_too(trail: Desk) -> None:
    """R-64: customers, and whose passes are counted and left out, against a plain walk over all passes."""
    view = need_view(trail, current_map(trail, MAP))
    passes = list(zip(view.ready.passes.customer.tolist(), view.ready.passes.start.tolist(), strict=True))
    days = [instant(one).date() for one in sorted(start for _, start in passes)]
    half = days[len(days) // 2]
    wishes = [
        Wish(segment=segment, channel=channel, start=start, end=end, where=where)
        for segment in (None, view.ready.map.segments[0].id)
        for channel in (None, "friend")
        for start, end in ((None, None), (None, half), (half, None), (days[8], None), (half, half))
        for where in (None, "events >= 12")
    ]
    for wish in wishes:
        found = chosen_of(view, wish)
        chosen = {at for at, one in enumerate(np.asarray(found.customers).tolist()) if one}
        begin, end = (wish.filter_in("UTC").start, wish.filter_in("UTC").end)
        counted: set[int] = set()
        left: set[int] = set()
        for customer, start in passes:
            inside = customer in chosen and (begin is None or start >= begin) and (end is None or start < end)
            (counted if inside else left).add(customer)
        fewest = min(len(chosen), len(counted))
        rests = {len(found.customers) - len(chosen), len(left)} - {0}
        bound = min(fewest, *rests) if rests else fewest
        for least, refused in ((bound, False), (bound + 1, True)):
            with pytest.raises(TropaError, match="TR-S025") if refused else nullcontext():
                refuse_few(found, least)
