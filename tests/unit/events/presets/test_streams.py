"""R-20, R-21: recorded bodies and tracker rows that nobody on the team wrote, through import and archive, against their known answers."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tropa import events
from tropa.trail.archive import Archive, ImportReport
from tropa.trail.tape import Tape

pytestmark = pytest.mark.shared
DAY = 86_400_000_000


def bring_in(files: list[Path], folder: Path) -> tuple[Tape, list[ImportReport], Archive]:
    """Files into one archive, as a user would import them."""
    archive = Archive(folder / "trail")
    reports = []
    for file in files:
        plan = events.plan(file)
        events.complete(plan)
        reports.append(
            archive.add(
                events.read(plan),
                source=plan.source,
                now=datetime(2027, 1, 1, tzinfo=UTC),
                currency=plan.currency,
                file=file.name,
            )
        )
    tape = archive.tape()
    assert tape is not None
    return tape, reports, archive


def names(tape: Tape) -> list[str]:
    return sorted(tape.event.names[code] for code in tape.event.codes)


BODIES = {
    "segment_py": ("segment", 8), "rudder_py": ("segment", 3), "posthog_py": ("posthog", 5), "amplitude_py": ("amplitude", 2),
    "mixpanel_py": ("mixpanel", 1),
    "snowplow_py": ("snowplow", 3),
}  # fmt: skip


@pytest.mark.parametrize("folder", BODIES)
def test_a_body_is_a_batch(folder: str, shared_data: Path, tmp_path: Path) -> None:
    """R-20: every recorded body is recognised and gives its events, each once, without a bad row."""
    preset, count = BODIES[folder]
    files = sorted((shared_data / "sdk_payloads" / folder).glob("*.json"))
    assert {events.plan(file).preset for file in files} == {preset}
    tape, reports, _ = bring_in(files, tmp_path)
    assert (tape.events, sum(one.quarantined for one in reports)) == (count, 0)
    again = bring_in(files, tmp_path)
    assert (again[0].events, sum(one.accepted for one in again[1])) == (count, 0)


def test_a_body_sent_again_counts_nothing_twice(shared_data: Path, tmp_path: Path) -> None:
    """R-20: on a slow answer the SDK sends the same message ids again (`x-retry-count`): another file, not one event more."""
    files = sorted((shared_data / "sdk_payloads" / "segment_py_retry_duplicates").glob("*.json"))
    tape, reports, _ = bring_in(files, tmp_path)
    assert [(one.accepted, one.duplicates) for one in reports] == [(8, 0), (0, 8)]
    assert names(tape).count("Order Completed") == 1


def test_an_alias_joins_the_browser_with_the_login(shared_data: Path, tmp_path: Path) -> None:
    """R-21: what `anon-7f3a` did before `alias` belongs to `user-ru-001`, in whichever SDK's words."""
    files = [
        file
        for name in ("segment_py", "posthog_py")
        for file in sorted((shared_data / "sdk_payloads" / name).glob("*.json"))
    ]
    tape, reports, archive = bring_in(files, tmp_path)
    assert len(tape.customers) == 1
    assert sum(one.joined for one in reports) > 0
    known = archive.reveal(str(tape.customers[0]))
    assert {"anon-7f3a", "user-ru-001"} <= set(known.ids)
    assert known.emails == ("anna@example.com",)


def test_page_views_sessions_and_users_of_snowplow(shared_data: Path, tmp_path: Path) -> None:
    """157 distinct event ids → 43 page views, 18 sessions, 11 users, by Snowplow's own rules over what the archive holds.

    Its rules: a page view is a page view's id, counted once; what was sent over three days late is left out; a session ends three days
    after it began; users are those with a browser's id. Logins under one browser's id are one user (stitching).
    """
    file = shared_data / "snowplow_web" / "source" / "snowplow_web_events.csv"
    tape, (report,), archive = bring_in([file], tmp_path)
    assert (report.accepted, report.duplicates, report.quarantined, tape.events) == (157, 3, 0, 157)
    late = tape.properties["sent_late"].codes != 0
    counted = (tape.session != 0) & ~late
    begin: dict[int, int] = {}
    for i in np.flatnonzero(counted):
        begin[int(tape.session[i])] = min(begin.get(int(tape.session[i]), 1 << 62), int(tape.time[i]))
    fresh = np.array(
        [counted[i] and int(tape.time[i]) - begin[int(tape.session[i])] <= 3 * DAY for i in range(tape.events)]
    )
    view = tape.properties["page_view_id"].codes
    kind = np.array(tape.event.names)[tape.event.codes]
    seen = fresh & (view != 0)
    owner = np.searchsorted(tape.offsets, np.arange(tape.events), side="right") - 1
    assert len(np.unique(view[seen & (kind == "page_view")])) == 43
    active = seen & np.isin(kind, ("page_view", "page_ping"))
    assert len(np.unique(tape.session[active])) == 18
    users: list[Any] = [archive.reveal(str(tape.customers[one])).ids for one in np.unique(owner[active])]
    assert len(users) == 12
    assert [ids for ids in users if len(ids) == 1] == [("NULL domain_userid",)], "one has a login and no browser"
    stitched = next(ids for ids in users if any("user stitch" in one for one in ids))
    assert len([one for one in stitched if "user stitch" in one]) == 10
