"""What figures are filtered by, what measures mean, and measures of single customers (R-23, R-26, R-31, R-60, R-64)."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tropa.service import asking
from tropa.service.defining import definition, guide
from tropa.service.desk import Desk
from tropa.store import audit
from tropa.words import LANGUAGES
from web_desk import MAP, ClientOf

BASE = f"/api/v1/maps/{MAP}"
ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("role", ["owner", "viewer", "guest", "token"])
def test_everybody_who_reads_the_map_may_filter_it(trail: Desk, client_of: ClientOf, role: str) -> None:
    """R-23, R-60: a guest with a share link too: counts of the whole log are nobody's own."""
    found = client_of(role).get(f"{BASE}/filters", params={"lang": "ru"}).json()
    counts = [one["events"] for one in found["channels"]]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] > 0
    assert "friend" in {one["id"] for one in found["channels"]}
    assert found["first"] < found["last"] <= found["known_from"]
    for one in found["channels"][:3]:
        answer = client_of(role).get(f"{BASE}/readings", params={"channel": one["id"]})
        assert answer.status_code == 200


def test_a_map_without_a_log_has_nothing_to_filter(desk: Desk, client_of: ClientOf) -> None:
    """R-22: and that is no error."""
    assert client_of("viewer").get(f"{BASE}/filters").json() == {
        "channels": [], "first": None, "last": None, "known_from": None, "zone": "UTC",
    }  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_guide_says_what_each_measure_means(client_of: ClientOf, lang: str) -> None:
    """R-26: word for word, in both languages, without the worked examples."""
    client = client_of("nobody")
    page = guide(lang).read_text(encoding="utf-8")  # type: ignore[arg-type]
    for one in asking.declarations():
        blocks = client.get(f"/api/v1/measures/{one.id}/definition", params={"lang": lang}).json()["blocks"]
        assert blocks, one.definition
        first = next(span["text"] for span in blocks[0]["spans"])
        assert " ".join(first.split()) in " ".join(page.split())
        assert not any("```" in span["text"] for block in blocks for span in block["spans"])


def test_manners_of_the_guide_are_kept_apart() -> None:
    """R-26: strong, emphasis, code, items of a list."""
    kinds = {span.kind for block in definition("reasons", "en") for span in block.spans}
    assert kinds >= {"plain", "strong", "emphasis"}
    assert {block.kind for block in definition("reasons", "en")} == {"paragraph", "item"}
    assert definition("no-such-heading", "en") == ()


def test_the_wheel_carries_the_guide() -> None:
    """R-26, R-63: both pages go where they are looked for first."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packed = told["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    for lang in LANGUAGES:
        source = guide(lang).relative_to(ROOT).as_posix()  # type: ignore[arg-type]
        assert packed[source] == f"tropa/words/{lang}/measures.md"


def test_an_unknown_measure_has_no_definition(client_of: ClientOf) -> None:
    """R-26: TR-T301 with the nearest name."""
    answer = client_of("nobody").get("/api/v1/measures/transitons/definition")
    assert answer.json()["code"] == "TR-T301"


def test_a_measure_of_single_customers_takes_their_right(
    trail: Desk, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R-60, R-64: asked as the list of customers is, never behind a share link, and written in the audit log."""
    plain = asking.declared("transitions")
    monkeypatch.setattr(asking, "declared", lambda name: plain.model_copy(update={"people": True}))
    for role in ("editor", "commenter", "viewer", "guest", "guest_commenter", "token", "nobody", "outsider"):
        client = client_of(role)
        assert client.post(f"{BASE}/measures/transitions", json={}).status_code in (401, 403, 404), role
        for form in ("csv", "svg", "png"):
            assert client.get(f"{BASE}/measures/transitions.{form}").status_code in (401, 403, 404), role
    assert client_of("owner").post(f"{BASE}/measures/transitions", json={}).status_code == 200
    with trail.store.read() as connection:
        acts = [(one.act, one.subject) for one in audit.page(connection, None, 5)]
    assert ("measure-of-people", MAP) in acts


def test_a_picture_comes_as_wide_as_the_screen(trail: Desk, client_of: ClientOf) -> None:
    """R-26, R-60: in the page's own colours; none where nobody asked for one."""
    client = client_of("viewer")
    told = client.post(f"{BASE}/measures/transitions", json={"width": 360}).json()
    assert 'viewBox="0 0 360 ' in told["drawing"]
    assert "var(--trail" in told["drawing"]
    assert "<style" not in told["drawing"]
    assert client.post(f"{BASE}/measures/transitions", json={}).json()["drawing"] is None
