"""Old history put together, so that a map that is typed in for years stays quick to open and small to back up (R-60).

What is kept, and for how long it is kept apart:

| age of a change  | kept                                                                            |
|------------------|---------------------------------------------------------------------------------|
| up to 30 days    | each update by itself                                                           |
| up to a year     | one entry for what one person did without a pause of 15 minutes                 |
| older            | one entry a day (UTC), with the names of all who worked then                    |

A named version always stays a point of its own, and the first state does. Asked for a point inside an entry, the history answers with the
last kept one before it. What was typed and deleted again within one entry is gone. Nothing that is in the map now changes.

Each stretch is read, put together, and put in place in one transaction under the log's lock, which is held for the putting only: a kill at
any moment leaves it as it was or as it is to be.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tropa.collab import EMPTY, Unrolled
from tropa.store import documents, thinning
from tropa.store.documents import Author, Entry
from tropa.store.thinning import Put

if TYPE_CHECKING:
    from tropa.service.desk import Desk

log = logging.getLogger(__name__)
APART, BY_SITTING = timedelta(days=30), timedelta(days=365)
PAUSE = timedelta(minutes=15)
STRETCH = 200
"""Entries that are put in place at once."""
EVERY = timedelta(days=1)
"""How often a log is looked through."""
SEVERAL = "several:"
At = Callable[[str], None]


def _nothing(_: str) -> None:
    """Told of a step, does nothing."""


def groups(entries: Sequence[Entry], named: frozenset[int], now: datetime) -> list[list[Entry]]:
    """Which entries (in order, from the first) are to be one; the first and all that are young stay alone."""
    out: list[list[Entry]] = []
    for one in entries:
        open_ = out[-1] if out else None
        if open_ is not None and open_[0].first > 1 and open_[-1].seq not in named and _together(open_, one, now):
            open_.append(one)
        else:
            out.append([one])
    return out


def _together(open_: list[Entry], one: Entry, now: datetime) -> bool:
    last, age = open_[-1], now - one.at
    if age <= APART or last.snapshot is not one.snapshot:
        return False
    if age > BY_SITTING and last.at.date() == one.at.date() == open_[0].start.date():
        return True
    one_hand = last.author.who == one.author.who and not one.author.who.startswith(SEVERAL)
    return one_hand and timedelta() <= one.start - last.at <= PAUSE


def _author(group: list[Entry]) -> Author:
    known = {one.author.who: one.author for one in group}
    if len(known) == 1:
        return group[-1].author
    names = dict.fromkeys(name for one in group for name in one.author.name.split(", "))
    return Author(SEVERAL, ", ".join(names))


def thin(desk: Desk, map_id: str, *, at: At = _nothing, go_on: Callable[[], bool] = lambda: True) -> int:
    """Puts a map's old entries together, while it may `go_on`; returns how many there are fewer.

    `at` is told each step before it is taken (tests stop there).
    """
    now, gone = desk.clock(), 0
    with desk.store.read() as c:
        old = thinning.entries(c, map_id, now - APART)
        together = groups(old, thinning.named(c, map_id), now)
    if len(together) < len(old):
        for stretch in _stretches(together):
            if not go_on():
                return gone
            gone += _place(desk, map_id, stretch, at)
    at("noting")
    with desk.store.begin() as c:
        thinning.looked_through(c, map_id, now)
    return gone


def _stretches(together: list[list[Entry]]) -> Iterator[list[list[Entry]]]:
    """Groups as many at a time as are put in place at once; stretches in which nothing would change are passed over."""
    stretch: list[list[Entry]] = []
    for group in together:
        stretch.append(group)
        if sum(map(len, stretch)) >= STRETCH:
            yield stretch
            stretch = []
    yield stretch


def _place(desk: Desk, map_id: str, stretch: list[list[Entry]], at: At) -> int:
    if all(len(group) == 1 for group in stretch):
        return 0
    first, last = stretch[0][0].first, stretch[-1][-1].seq
    at("reading")
    with desk.store.read() as c:
        before = documents.bodies(c, map_id, first - 1) if first > 1 else []
        bodies = {one.seq: thinning.body_of(c, map_id, one.seq) for group in stretch for one in group}
        wholes = {one.seq: documents.bodies(c, map_id, one.seq) for group in stretch for one in group if one.snapshot}
    at("putting together")
    going, puts = Unrolled(before), []
    for group in stretch:
        if group[-1].snapshot:
            going = Unrolled(wholes[group[-1].seq])
            puts.append(_put(group, EMPTY, going.state()))
        else:
            going.mark()
            for one in group:
                going.take(bodies[one.seq])
            puts.append(_put(group, going.since_mark() if len(group) > 1 else bodies[group[0].seq]))
    puts[-1] = replace(puts[-1], state=going.state())
    at("waiting")
    with desk.store.begin() as c:
        thinning.hold(c, map_id)
        if thinning.count_between(c, map_id, first, last) != len(bodies):
            return 0  # somebody rewrote the log meanwhile: next time
        at("placing")
        thinning.replace(c, map_id, first, last, puts)
        at("placed")
    at("placed for good")
    return len(bodies) - len(puts)


def _put(group: list[Entry], body: bytes, state: bytes | None = None) -> Put:
    last, merged = group[-1], sum(one.merged for one in group)
    since = group[0].start if merged > 1 else None
    return Put(last.seq, merged, since, last.at, _author(group), body, state)


def thin_due(desk: Desk, go_on: Callable[[], bool] = lambda: True) -> int:
    """Looks through every log that was not for a day. Returns how many entries went. What ails one map keeps no other from it."""
    gone = 0
    with desk.store.read() as c:
        due = thinning.due(c, desk.clock() - EVERY)
    for map_id in due:
        if not go_on():
            break
        try:
            gone += thin(desk, map_id, go_on=go_on)
        except Exception:
            log.exception("The history of map %s could not be put together; it is tried again.", map_id)
    return gone
