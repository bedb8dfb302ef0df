"""The filter of every door to figures: in the address, as granted to whoever asks, and said back (R-23, R-31, R-64)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import Depends, Query
from pydantic import BaseModel

from tropa.service.answering import Wish, memory_of
from tropa.service.desk import Desk
from tropa.service.guests import guarded
from tropa.web.doors import Who

From = Annotated[date | None, Query(alias="from", description="First day in which a counted pass began.")]
To = Annotated[date | None, Query(description="Last day in which a counted pass began.")]
Named = Annotated[str | None, Query(max_length=200)]
AsOf = Annotated[date | None, Query(description="What was known at the end of this day: imports and the map of then.")]
LONGEST = 4_000
Scope = Literal["customers", "sessions"]
Where = Annotated[
    str | None,
    Query(
        max_length=LONGEST,
        description='A rule over customers: `count("order_paid") >= 2 and recency < 30d and city = "Moscow"`.',
    ),
]


def _asked(
    who: Who, segment: Named = None, channel: Named = None, start: From = None, to: To = None, as_of: AsOf = None,
    where: Where = None,
) -> Wish:  # fmt: skip
    return guarded(Wish(segment, channel, start, to, as_of, where), who)


def _asked_of_all_time(
    who: Who, segment: Named = None, channel: Named = None, as_of: AsOf = None, where: Where = None
) -> Wish:
    return guarded(Wish(segment, channel, as_of=as_of, where=where), who)


Filtered = Annotated[Wish, Depends(_asked)]
"""The filter of the address, as it is granted to the one who asks."""
FilteredOfAllTime = Annotated[Wish, Depends(_asked_of_all_time)]
"""The same for a question that has no period."""


class FilterReply(BaseModel):
    """The filter that was put over the trail."""

    segment: str | None
    channel: str | None
    start: date | None
    end: date | None
    as_of: date | None
    where: str | None
    scope: Scope
    """Whom channel and rule mean: customers, or sessions each for itself."""


class MemoryReply(BaseModel):
    """What figures as of a day rest on. `erased`: events of customers erased since; where there are any, the figures of then do not come
    out again (`reproducible` false)."""

    day: date
    imports: int
    erased: int
    reproducible: bool


def told(wish: Wish) -> FilterReply:
    """The filter as it is said back."""
    return FilterReply(
        segment=wish.segment, channel=wish.channel, start=wish.start, end=wish.end, as_of=wish.as_of, where=wish.where,
        scope=wish.scope,
    )  # fmt: skip


def memory(desk: Desk, wish: Wish) -> MemoryReply | None:
    """What an answer as of a day rests on; null where it is of now."""
    found = memory_of(desk, wish)
    return None if found is None else MemoryReply.model_validate(found, from_attributes=True)
