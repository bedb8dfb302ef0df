"""Groups that a question is put to side by side: everybody, segments and personas, first channels, periods (R-10, R-29)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from tropa.model import TropaError, near_miss
from tropa.trail.calendar import begin_of, end_of
from tropa.trail.filters import Filter, customers_in, passes_within
from tropa.trail.measures.asked import Asked
from tropa.trail.prepare import Prepared
from tropa.trail.rules import codes_at, codes_of
from tropa.trail.segments import rules_of
from tropa.trail.slices import fixed
from tropa.trail.tape import Longs

Bytes = npt.NDArray[np.uint8]
EVERYBODY = "mark:everybody"
SPLITS = ("none", "segments", "channels")
MOST_CHANNELS = 8
"""More channels than this are not set side by side: the picture would say nothing."""


@dataclass(frozen=True, slots=True)
class Group:
    """One group. `name`: `mark:everybody`, `segment:id`, `channel:name`, `period:2026-01-01..2026-01-31` (days of the log's zone, both
    included, either may be open); `start`, `end`: of a period in µs, `end` not included."""

    name: str
    start: int | None = None
    end: int | None = None

    @property
    def kind(self) -> str:
        """What its name begins with."""
        return self.name.partition(":")[0]


def find_group(ready: Prepared, wanted: str) -> Group:
    """The group that is meant by its full name or by a bare one. Raises TR-T343 with the nearest name."""
    segments, channels = list(rules_of(ready.map)), [name for name in ready.tape.channel.names[1:] if name]
    known = [EVERYBODY, *(f"segment:{one}" for one in segments), *(f"channel:{one}" for one in channels)]
    bare = wanted.strip()
    for name in (bare, f"mark:{bare}", f"segment:{bare}", f"channel:{bare}"):
        if name in known:
            return Group(name)
    if ".." in bare:
        return _period(bare.removeprefix("period:"), ready.tape.zone)
    words = [name.partition(":")[2] for name in known]
    raise TropaError(
        "TR-T343", name=wanted, near=near_miss(bare.rpartition(":")[2], words), known=", ".join(words[:50])
    )


def _period(text: str, zone: str) -> Group:
    begin, _, last = text.partition("..")
    try:
        start, end = (date.fromisoformat(day.strip()) if day.strip() else None for day in (begin, last))
    except ValueError as fault:
        raise TropaError("TR-T343", name=text, near="", known="2026-01-01..2026-01-31") from fault
    if (start is None and end is None) or (start is not None and end is not None and end < start):
        raise TropaError("TR-T343", name=text, near="", known="2026-01-01..2026-01-31")
    after = None if end is None else end_of(end, zone)
    return Group(f"period:{start or ''}..{end or ''}", None if start is None else begin_of(start, zone), after)


def passes_in(part: Asked, group: Group | None) -> npt.NDArray[np.bool_] | None:
    """Which passes of the whole log count: the filter's, of a period those that began in it too; None: all."""
    own, whole = part.ready.part, part.ready.whole
    if group is None or group.kind != "period":
        return None if own is None else own.which
    which = passes_within(whole.passes, group.start, group.end)
    return which if own is None else which & own.which


def customers_of_groups(part: Asked, groups: tuple[Group, ...]) -> list[Bytes]:
    """Each group's customers among those of the part. Raises TR-T001 for a column that is not there."""
    out, first = [], None
    for group in groups:
        bare = group.name.partition(":")[2]
        if group.kind in ("mark", "period"):
            out.append(part.customers)
        elif group.kind == "segment":
            out.append(fixed(part.customers & customers_in(part.ready, Filter(segment=bare))))
        else:
            channel = part.ready.tape.channel
            first = codes_at(part.ready.tape, channel, "first") if first is None else first
            out.append(fixed(part.customers & codes_of(channel, bare).astype(np.uint8)[first]))
    return out


def segment_groups(ready: Prepared) -> tuple[Group, ...]:
    """The segments and bound personas of the map; one name for the same rule."""
    seen: dict[str, str] = {}
    for name, rule in rules_of(ready.map).items():
        seen.setdefault(rule.model_dump_json(), name)
    return tuple(Group(f"segment:{name}") for name in seen.values())


def channel_groups(ready: Prepared, sizes: Longs) -> tuple[Group, ...]:
    """The first channels that most customers came by; `sizes`: customers by first channel."""
    order = np.argsort(-sizes, kind="stable")[:MOST_CHANNELS]
    return tuple(Group(f"channel:{ready.tape.channel.names[int(code)]}") for code in order if code and sizes[code])


def channel_sizes(part: Asked, first: int, last: int) -> tuple[Longs]:
    """The chosen customers first…last−1 by their first known channel; at 0 nobody."""
    tape, chosen = part.ready.tape, part.customers[first:last] != 0
    out = np.bincount(codes_at(tape, tape.channel, "first", first, last)[chosen], minlength=len(tape.channel.names))
    out[0] = 0
    return (out,)
