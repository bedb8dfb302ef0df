"""A customer's words out of a map: its living document (all who have it open see it), its history, its file (R-64)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tropa.collab import EMPTY, Unrolled
from tropa.service.thinning import PAUSE
from tropa.service.traces import MARK, Finder
from tropa.store import documents, thinning
from tropa.store.documents import Entry
from tropa.store.thinning import Put

if TYPE_CHECKING:
    from tropa.service.desk import Desk
    from tropa.store import Connection


TRIES = 5
"""How often a map is gone through while somebody types the words again; after that it is told (TR-W159)."""


@dataclass(frozen=True, slots=True)
class InMap:
    """Where the words of somebody are in one map: how many now, by place; in how many points of its history; whether in its file."""

    map_id: str
    now: dict[str, int]
    history: int
    file: int

    def __bool__(self) -> bool:
        return bool(self.now or self.history or self.file)


def look(desk: Desk, map_id: str, find: Finder) -> InMap:
    """Looks through a map: its document as it stands, every point of its log, its file."""
    with desk.store.read() as c:
        log = _Log.read(c, map_id, find)
        row = documents.find(c, map_id)
    assert row is not None
    now = Counter(place.partition("/")[0] for place, text in log.last.items() for _ in find(text))
    kept = [row.written_text, row.pending_text or ""]
    path = desk.workspace.folder / row.file
    if path.is_file():
        kept.append(path.read_text(encoding="utf-8", errors="replace"))
    return InMap(map_id, dict(now), len(log.dirty), max(len(find(text)) for text in kept))


def erase(desk: Desk, map_id: str, find: Finder) -> None:
    """Takes the words out: first where the map is alive, then out of every point before, then out of the file."""
    for _ in range(TRIES):
        desk.living.rewrite(desk, map_id, find, MARK)
        if _rewrite_log(desk, map_id, find):
            break
    desk.living.rewrite_file(desk, map_id, find.replaced)


@dataclass
class _Log:
    """A log gone through: its entries, which of them hold the words, and what the last one says."""

    entries: list[Entry]
    dirty: list[int]
    clean: dict[int, bool]
    last: dict[str, str]

    @classmethod
    def read(cls, c: Connection, map_id: str, find: Finder) -> _Log:
        entries = thinning.entries(c, map_id)
        going, dirty, clean, last = Unrolled(), [], {}, {}
        for one in entries:
            body = thinning.body_of(c, map_id, one.seq)
            if one.snapshot:
                going = Unrolled(documents.bodies(c, map_id, one.seq))
            else:
                going.take(body)
            last = going.texts()
            clean[one.seq] = not any(find(text) for text in last.values())
            # what came and went within one update is in its bytes still
            if not clean[one.seq] or find(body.decode("utf-8", "replace")):
                dirty.append(one.seq)
        return cls(entries, dirty, clean, last)


def _rewrite_log(desk: Desk, map_id: str, find: Finder) -> bool:
    """Writes the stretch of the log that holds the words anew, as points that stand by themselves. False: it changed meanwhile (somebody
    types, or thinned it)."""
    with desk.store.read() as c:
        log = _Log.read(c, map_id, find)
        if not log.dirty:
            return True
        first = log.dirty[0]
        # the first point after it that holds none of it ends the stretch: what comes later is told from there
        end = next((one.seq for one in log.entries if one.seq >= log.dirty[-1] and log.clean[one.seq]), None)
        if end is None:
            return False  # somebody has just typed them again
        stretch = [one for one in log.entries if first <= one.seq <= end]
        puts = _points(c, map_id, stretch, thinning.named(c, map_id), find)
    with desk.store.begin() as c:
        thinning.hold(c, map_id)
        if thinning.count_between(c, map_id, first, end) != len(stretch):
            return False
        thinning.replace(c, map_id, first, end, puts)
        thinning.drop_checkpoints(c, map_id, end)
    return True


def _points(c: Connection, map_id: str, stretch: list[Entry], named: frozenset[int], find: Finder) -> list[Put]:
    """The points of a stretch that are kept (ends of sittings, named versions, the last), each a whole document without the words."""
    going = Unrolled(documents.bodies(c, map_id, stretch[0].seq - 1) if stretch[0].first > 1 else [])
    puts: list[Put] = []
    merged, since = 0, stretch[0].start
    for place, one in enumerate(stretch):
        if one.snapshot:
            going = Unrolled(documents.bodies(c, map_id, one.seq))
        else:
            going.take(thinning.body_of(c, map_id, one.seq))
        if not merged:
            since = one.start
        merged += one.merged
        following = stretch[place + 1] if place + 1 < len(stretch) else None
        if following is not None and one.seq not in named and _one_sitting(one, following):
            continue
        then = Unrolled([going.state()])
        if following is not None:
            then.rewrite(find, MARK)
        puts.append(Put(one.seq, merged, since, one.at, one.author, EMPTY, then.state()))
        merged = 0
    return puts


def _one_sitting(one: Entry, following: Entry) -> bool:
    return one.author.who == following.author.who and following.start - one.at <= PAUSE
