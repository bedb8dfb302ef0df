"""Tables of no known product that carry utm marks or click ids: the channel is made out of them (R-20, R-21)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tropa import events
from tropa.events.contract import ColumnRole as R
from tropa.events.contract import Overrides
from tropa.trail.archive import Archive
from tropa.trail.archive import archive as archives

NOW = datetime(2026, 11, 28, tzinfo=UTC)
COLUMNS = """user;time;event;utm_source;utm_medium;utm_campaign
1;2024-01-01 10:00;visit;google;cpc;a
1;2024-01-01 10:05;visit;Google;organic;
2;2024-01-01 10:05;visit;vk;cpc;b
3;2024-01-01 10:05;visit;;;
4;2024-01-01 10:06;visit;news.example;;
"""
ADDRESSES = """user,time,event,page_url,referrer
1,2024-01-01 10:00,visit,https://shop.example/?utm_source=yandex&utm_medium=cpc&yclid=5,https://yandex.ru/
1,2024-01-01 10:05,visit,https://shop.example/cart,https://shop.example/
2,2024-01-01 10:05,visit,https://shop.example/,https://google.com/
3,2024-01-01 10:05,visit,https://shop.example/?gclid=7,
"""


def channels(rows: list[dict[str, Any]]) -> list[str | None]:
    return [row.get("channel") for row in rows]


def test_columns_of_marks(write: Callable[..., Path], rows_of: Callable[..., Any]) -> None:
    """R-21: medium before source, and what no rule knows is the source's own name; the plan says by which columns."""
    file = write("visits.csv", COLUMNS)
    plan = events.plan(file)
    assert (plan.preset, plan.preset_marks, plan.source) == ("utm", ("utm_source", "utm_medium"), "visits")
    assert any("utm" in text for text in events.notes(plan, "ru"))
    good, bad = rows_of(file)
    assert (channels(good), bad) == (["paid search", "organic search", "paid social", None, "news.example"], [])
    assert (good[0]["customer"], good[0]["event"], good[2]["p:utm_campaign"]) == ("1", "visit", "b")


def test_marks_in_addresses(write: Callable[..., Path], rows_of: Callable[..., Any]) -> None:
    """R-21: marks, click ids, then the referrer; a page of the same site brings nobody."""
    assert channels(rows_of(write("log.csv", ADDRESSES))[0]) == ["paid search", None, "organic search", "paid search"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (COLUMNS, Overrides(preset="none")),
        (COLUMNS, Overrides(roles={"utm_campaign": R.CHANNEL})),
        (COLUMNS.replace("utm_campaign", "channel"), Overrides()),
        (COLUMNS.replace("utm_medium", "kind"), Overrides()),
        (ADDRESSES.replace("utm_source", "from").replace("yclid", "id").replace("gclid", "id").replace("utm_medium", "by"), Overrides()),
    ],
)  # fmt: skip
def test_where_a_channel_is_known_or_nothing_is_marked(write: Callable[..., Path], text: str, told: Overrides) -> None:
    """R-20: a column that says the channel, or the user, goes first; a source alone is no medium; addresses without marks tell nothing."""
    assert events.plan(write("log.csv", text), told).preset is None


def test_rows_that_were_imported_before_are_known(
    tmp_path: Path, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """R-20: an archive of an older Tropa read the table without the made column; the same file brings nothing twice."""
    file, archive = write("visits.csv", COLUMNS), Archive(tmp_path / "trail")
    plain, marked = events.plan(file, Overrides(preset="none")), events.plan(file)
    with monkeypatch.context() as patch:
        patch.setattr(archives, "RECIPE", 1)
        assert archive.add(events.read(plain), source="visits", now=NOW).accepted == 5
    assert archive.add(events.read(marked), source="visits", now=NOW).accepted == 0
