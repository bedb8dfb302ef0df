"""XES (IEEE 1849) as raw rows: an event a row, the attributes of its case beside its own, read as a stream of any length.

Columns are keys: the event's own as they stand (`concept:name`), the case's behind `case:`, nested ones joined by dots. Nothing of the
file is held but the case that is being read (at most `WAITING` of its events). Declarations of entities are refused (TR-E041): no XES
file has them, and a few lines of them can eat a machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO
from xml.parsers import expat

from tropa.events.bad import BadRows
from tropa.events.contract import BadRow
from tropa.events.jsonl_rows import batch_of
from tropa.events.limits import Limits
from tropa.events.raw import RawRows
from tropa.model import TropaError, Where, near_miss

CASE = "case:"
BOTH = "concept:name+lifecycle:transition"
"""Column of the names of transitions (`pay+start`), where each of them is an event."""
COMPLETE, ALL = "complete", "all"
"""What becomes of transitions, where a log has starts and completions: completions only, or each an event of its own."""
WAITING = 10_000
_BLOCK = 1 << 18
_DEEPEST = 500
_PLAIN = frozenset({"string", "date", "int", "float", "boolean", "id", "list", "container"})
_ASIDE = frozenset({"extension", "classifier"})
_TRANSITION, _NAME = "lifecycle:transition", "concept:name"
_NOT_MADE_UP = {"trace": _NAME, "event": "time:timestamp"}
"""Who and when: a declaration's stand-in for these would make one customer of all nameless cases, one moment of all timeless events."""
_KEY = re.compile(r"'([^']*)'|(\S+)")
_FAULTS = {
    expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS]: "torn",
    expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN]: "torn",
    expat.errors.codes[expat.errors.XML_ERROR_TAG_MISMATCH]: "tag",
    expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY]: "entity",
    expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]: "sign",
}
Row = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Way:
    """How a log is read. `lifecycle`: what becomes of transitions; `keys`: the attributes of a classifier, which together name an event
    (none: its name does); `defaults`: whether attributes that an event or a case lacks are those of the log's global declarations."""

    lifecycle: str | None = None
    keys: tuple[str, ...] = ()
    defaults: bool = False

    @property
    def column(self) -> str | None:
        """The column that names events by the classifier."""
        return "+".join(self.keys) or None

    def named(self, event: Row) -> Row:
        """The event with its name by the classifier, where that is made of several attributes."""
        if len(self.keys) < 2:
            return event
        found = [event[key] or "" for key in self.keys if event.get(key)]
        return {"+".join(self.keys): "+".join(found) or None, **event}


class _StopError(Exception):
    """The text cannot be read on from here: why, as the catalogues know it."""


class Log:
    """Rows as they are told of by the parser. `rows`, `lines`, `bad`: what was found since they were last taken."""

    def __init__(self, file: str, way: Way, limits: Limits) -> None:
        self.rows: list[Row] = []
        self.lines: list[int] = []
        self.bad: list[BadRow] = []
        self.transitions: set[str] = set()
        self.classifiers: dict[str, tuple[str, ...]] = {}
        self._file, self._way, self._limits = file, way, limits
        self._scope: Row | None = None
        self._defaults: dict[str, Row] = {"trace": {}, "event": {}}
        self._prefixes: list[str] = []
        self._aside = 0
        self._case: Row | None = None
        self._event: Row | None = None
        self._waiting: list[tuple[int, Row, str | None]] = []
        self._line, self._fault, self._case_fault = 0, "", ""
        self._given_out = False
        self._fed = 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.EntityDeclHandler = self._refuse
        self._ended = False

    def feed(self, data: bytes, last: bool = False) -> bool:
        """Reads on; False where nothing more can be read (the reason is the last of `bad`). Raises TR-E041."""
        if self._ended:
            return False
        try:
            self._parser.Parse(data, last)
            self._fed += len(data)
            if self._fed - max(self._parser.CurrentByteIndex, 0) > 16 * self._limits.record:
                raise _StopError("long")
        except expat.ExpatError as fault:
            self._stop(fault.lineno, _FAULTS.get(fault.code, "other"))
        except _StopError as fault:
            self._stop(self._parser.CurrentLineNumber, str(fault))
        return not self._ended

    def take(self, names: tuple[str, ...], read: int) -> RawRows:
        """What was found, as columns."""
        out = batch_of(self.rows, self.lines, self.bad, names, self._file, read)
        self.rows, self.lines, self.bad = [], [], []
        return out

    def _stop(self, line: int, reason: str) -> None:
        self._ended = True
        self._give_out()
        self.bad.append(BadRow(self._file, line, None, "TR-E130", {"value": reason}, {"": reason}))

    def _refuse(self, *_: Any) -> None:
        raise TropaError("TR-E041", Where(self._file, self._parser.CurrentLineNumber))

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if len(self._prefixes) + self._aside > _DEEPEST:
            raise _StopError("depth")
        if tag == "classifier" and not self._aside:
            self._classifier(attributes)
        if self._aside or tag in _ASIDE:
            self._aside += 1
            return
        prefix = self._prefixes[-1] if self._prefixes else ""
        if tag == "global":
            self._scope = self._defaults.setdefault(attributes.get("scope", "event"), {})
        elif tag == "trace":
            self._case, self._given_out, self._case_fault = {}, False, ""
        elif tag == "event":
            self._event, self._line, self._fault = {}, self._parser.CurrentLineNumber, ""
        elif tag in _PLAIN and (key := attributes.get("key")):
            self._put(f"{prefix}{key}", attributes.get("value"))
            prefix = f"{prefix}{key}."
        self._prefixes.append(prefix)

    def _end(self, tag: str) -> None:
        if self._aside:
            self._aside -= 1
            return
        self._prefixes.pop()
        tag = tag.rpartition(":")[2]
        if tag == "event" and self._event is not None:
            self._take_event(self._event)
            self._event = None
        elif tag == "trace":
            self._give_out()
            self._case = None
        elif tag == "global":
            self._scope = None

    def _classifier(self, attributes: dict[str, str]) -> None:
        """Remembers a classifier of events."""
        name, keys = (
            attributes.get("name", "")[:100],
            tuple(a or b for a, b in _KEY.findall(attributes.get("keys", ""))),
        )
        if name and keys and attributes.get("scope", "event") == "event" and len(self.classifiers) < 100:
            self.classifiers.setdefault(name, keys)

    def _filled(self, own: Row, scope: str) -> Row:
        """The attributes with those that the log declares for all and these lack."""
        if not self._way.defaults:
            return own
        return own | {
            key: value for key, value in self._defaults[scope].items() if key not in own and key != _NOT_MADE_UP[scope]
        }

    def _put(self, name: str, value: str | None) -> None:
        """An attribute of the event, or of the case; a second one of the same name is numbered."""
        into = self._scope if self._scope is not None else self._event if self._event is not None else self._case
        if into is None or value is None:
            return
        if into is self._case and self._given_out:
            facts = {"value": value[:200]}
            self.bad.append(BadRow(self._file, self._parser.CurrentLineNumber, f"{CASE}{name}", "TR-E131", facts, {}))
            return
        fault = ""
        if len(self._prefixes) > self._limits.depth + 3:
            fault = "TR-E113"
        elif len(into) >= self._limits.columns:
            fault = "TR-E119"
        if fault:
            self._fault, self._case_fault = (fault, self._case_fault) if into is self._event else (self._fault, fault)
            return
        free, number = name, 2
        while free in into:
            free, number = f"{name}.{number}", number + 1
        into[free] = value

    def _take_event(self, event: Row) -> None:
        event = self._filled(event, "event")
        transition = event.get(_TRANSITION)
        if transition:
            self.transitions.add(transition.lower()[:40])
            if len(self.transitions) > 1_000:
                self.transitions = set()
            if self._way.lifecycle == COMPLETE and transition.lower() != COMPLETE:
                return
            if self._way.lifecycle == ALL and event.get(_NAME):
                event = {BOTH: f"{event[_NAME]}+{transition}", **event}
        self._waiting.append((self._line, self._way.named(event), self._fault or None))
        if self._case is None or len(self._waiting) >= WAITING:
            self._give_out()

    def _give_out(self) -> None:
        """Waiting events with what is known of their case."""
        shared = {f"{CASE}{key}": value for key, value in self._filled(self._case or {}, "trace").items()}
        for line, event, fault in self._waiting:
            code = fault or self._case_fault
            if code:
                bound = self._limits.columns if code == "TR-E119" else self._limits.depth
                facts = {"value": event.get(_NAME) or "", "expected": bound}
                some = dict([*event.items()][:20])
                self.bad.append(BadRow(self._file, line, None, code, facts, some))
            else:
                self.rows.append(event | shared)
                self.lines.append(line)
        self._given_out = self._given_out or bool(self._waiting)
        self._waiting = []


def xes_rows(stream: BinaryIO, file: str, names: tuple[str, ...], way: Way, batch_rows: int) -> Iterator[RawRows]:
    """Batches of about `batch_rows` rows; `lines`: where each event begins. `names`: the columns that the sample had.

    Where the XML breaks, the reading ends with a bad row (TR-E130) that says so; what was read before stays. Raises TR-E041.
    """
    log, read, going = Log(file, way, Limits.of_environment()), 0, True
    while going and (data := stream.read(_BLOCK)):
        going, read = log.feed(data), read + len(data)
        if len(log.rows) >= batch_rows or len(log.bad) >= batch_rows:
            yield log.take(names, read)
            read = 0
    if going:
        log.feed(b"", last=True)
    yield log.take(names, read)


@dataclass(frozen=True, slots=True)
class Seen:
    """The rows of a file's beginning, how they (and the rest) are read, and the log's classifiers that name events otherwise."""

    rows: list[Row]
    way: Way
    classifiers: dict[str, tuple[str, ...]]


def sample_events(
    head: bytes, file: str, whole: bool, lifecycle: str | None, classifier: str | None = None, *, defaults: bool = False
) -> Seen:
    """Looks at a file's beginning. What becomes of transitions: as told, else completions only, where it has both and no classifier that
    tells them apart is wanted.

    Raises TR-E040 where no event stands before the XML breaks, or there is none at all, TR-E041, TR-E042 for a classifier it does not have.
    """
    log = Log(file, Way(defaults=defaults), Limits.of_environment())
    if log.feed(head, last=whole) and not whole:
        log._give_out()
    if not log.rows:
        bad = log.bad[-1] if log.bad else None
        raise TropaError(
            "TR-E040",
            Where(file, bad.line if bad else None),
            reason=str(bad.facts["value"]) if bad and bad.code == "TR-E130" else "none",
        )
    known = log.classifiers
    if classifier is not None and classifier not in known:
        raise TropaError(
            "TR-E042",
            Where(file),
            name=classifier,
            near=near_miss(classifier, list(known)),
            known=", ".join(known) or "—",
        )
    keys = known[classifier] if classifier is not None else ()
    usual = None if _TRANSITION in keys else COMPLETE
    way = Way((lifecycle or usual) if {"start", COMPLETE} <= log.transitions else None, keys, defaults)
    offered = {name: keys for name, keys in known.items() if keys != (_NAME,)}
    return Seen([row for row in map(_as(way), log.rows) if row is not None], way, offered)


def _as(way: Way) -> Any:
    """What a row of the sample becomes where the log is read in this way; None: nothing."""

    def treat(row: Row) -> Row | None:
        transition, named = row.get(_TRANSITION), way.named(row)
        if not transition or way.lifecycle is None:
            return named
        if way.lifecycle == COMPLETE:
            return named if transition.lower() == COMPLETE else None
        return {BOTH: f"{row[_NAME]}+{transition}", **named} if row.get(_NAME) else named

    return treat


def is_xes(head: bytes, named: bool) -> bool:
    """Whether the beginning of a file is XML whose outermost element is a log."""
    bare = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return named
    if not bare.startswith(b"<"):
        return False
    found: list[str] = []
    parser = expat.ParserCreate()

    def first(tag: str, _: dict[str, str]) -> None:
        found.append(tag.rpartition(":")[2])
        parser.StartElementHandler = None

    parser.StartElementHandler = first
    try:
        parser.Parse(bare[: 1 << 16], False)
    except expat.ExpatError:
        return named if not found else found[0] == "log"
    return found[0] == "log" if found else named


__all__ = ["ALL", "BOTH", "CASE", "COMPLETE", "BadRows", "Way", "is_xes", "sample_events", "xes_rows"]
