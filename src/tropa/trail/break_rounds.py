"""Breaks of a log that lies in parts: counted in rounds, priced where they were asked for (definition: docs/guide/breaks.md).

Three rounds: what strata and groups there are; the counts by stratum, and who left where; and, once these say how long a repeat is
awaited, who came again, with the histories of some customers. Each is a sum over customers, so that the answer is that of
`breaks.breaks` to the last count where customers have numbers (`Tape.numbers`). Other silence limits are not tried.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from tropa.model import Break, Loss
from tropa.trail.breaks import REPLICATES, SEED
from tropa.trail.counting import Tables, both, counted_of, tables_of
from tropa.trail.filters import passes_to_price
from tropa.trail.histories import Rows, lowest, rows_of
from tropa.trail.leaving import Again, Exits, Found, OfPasses, again_of, exits_of
from tropa.trail.measures.asked import Asked
from tropa.trail.numbers import numbers_of
from tropa.trail.passes import DONE, Passes, passes_of
from tropa.trail.pricing import Pricing
from tropa.trail.rounds import Round
from tropa.trail.strata import Kept, Strata, StrataFacts, facts_of, kept_of, strata_from

Priced = tuple[tuple[Break, ...], Loss | None]
NOTHING: Priced = ((), None)


@dataclass(frozen=True, slots=True)
class PartPasses:
    """A part with the passes that are priced and what their strata are made of. A view of rounds."""

    part: Asked
    passes: Passes
    kept: Kept

    def of(self, first: int, last: int) -> Passes:
        """The passes of the customers first…last−1."""
        if (first, last) == (0, len(self.part.customers)):
            return self.passes
        chosen = np.zeros(len(self.part.customers), np.uint8)
        chosen[first:last] = 1
        return passes_of(self.passes, chosen)

    def span(self, first: int, last: int) -> slice:
        """Where they are among all passes of the part."""
        return slice(*(int(at) for at in np.searchsorted(self.passes.customer, [first, last])))


@dataclass(frozen=True, slots=True)
class PartStrata:
    """The same with its strata. A view of rounds."""

    mine: PartPasses
    strata: Strata


def break_rounds(
    frame: Asked, horizon: int | None, then: Callable[[Priced], Any], *, replicates: int = REPLICATES, seed: int = SEED
) -> Any:
    """The first of the rounds. `horizon` (µs): how long those who bought are awaited; None: the limit of the passes, else the time in which
    90 % of them come. `then`: what becomes of the breaks by recoverable loss, dearest first, and of all of them mended at once."""
    ready, passes = frame.ready, passes_to_price(frame.ready, frame.customers)
    whole = ready.whole.bound
    origin, until = passes.log_start, passes.observed_until

    def counting(found: tuple[StrataFacts, int]) -> Any:
        facts, deals = found
        if not deals or until <= origin:
            return then(NOTHING)
        view = partial(strata_seen, facts=facts)
        return Round(view, _counted, _counts_of_both, partial(waiting, facts))

    def waiting(facts: StrataFacts, found: tuple[Tables, Exits]) -> Any:
        strata = strata_from(ready.map, ready.tape, kept_of(ready.tape, ready.map, passes), facts)
        counted = counted_of(found[0], whole, origin, until)
        nobody = OfPasses(whole, passes, strata, until)  # until the next round has told who came again
        wait = horizon or passes.limits.horizon
        price = Pricing(ready.map, whole, nobody, strata, counted, wait, replicates, seed, ready.tape.currency)
        chunk = partial(_came, horizon=price.horizon, coming=price.coming)
        return Round(partial(strata_seen, facts=facts), chunk, _came_of_both, partial(pricing, price, found[1]))

    def pricing(price: Pricing, exits: Exits, found: tuple[Again, Rows]) -> Any:
        price.leaving = Found(exits, *found)
        places = price.places()
        return then(price.priced(places) if places else NOTHING)

    return Round(passes_seen, _facts, _facts_of_both, counting)


def passes_seen(part: Asked) -> PartPasses:
    """The view of the first round."""
    passes = passes_to_price(part.ready, part.customers)
    return PartPasses(part, passes, kept_of(part.ready.tape, part.ready.map, passes))


def strata_seen(part: Asked, *, facts: StrataFacts) -> PartStrata:
    """The view of the rounds after it."""
    mine = passes_seen(part)
    return PartStrata(mine, strata_from(part.ready.map, part.ready.tape, mine.kept, facts))


def _facts(view: PartPasses, first: int, last: int) -> tuple[StrataFacts, int]:
    """What strata there are, and how many passes with a deal."""
    ready, span = view.part.ready, view.span(first, last)
    facts = facts_of(ready.map, ready.tape, view.kept, slice(first, last), span)
    return facts, int(np.count_nonzero(view.passes.status[span] == DONE))


def _facts_of_both(one: tuple[StrataFacts, int], other: tuple[StrataFacts, int]) -> tuple[StrataFacts, int]:
    return one[0].beside(other[0]), one[1] + other[1]


def _counted(view: PartStrata, first: int, last: int) -> tuple[Tables, Exits]:
    """The tables of a price, 256 buckets of customers apart, and who left where."""
    mine, ready = view.mine, view.mine.part.ready
    span = mine.span(first, last)
    tables = tables_of(ready.whole.bound, mine.passes, view.strata, ready.buckets, span.start, span.stop)
    wide = (*tables[:-1], tables[-1].astype(np.int64))  # of groups there are no buckets, so more than fit in 32 bits
    return wide, exits_of(mine.of(first, last), mine.passes.observed_until)


def _counts_of_both(one: tuple[Tables, Exits], other: tuple[Tables, Exits]) -> tuple[Tables, Exits]:
    return both(one[0], other[0]), one[1].beside(other[1])


def _came(view: PartStrata, first: int, last: int, *, horizon: int, coming: Any) -> tuple[Again, Rows]:
    """Who came again, and the histories of those who are drawn."""
    mine, ready = view.mine, view.mine.part.ready
    passes = mine.of(first, last)
    strata = view.strata if passes is mine.passes else _of(view.strata, mine.span(first, last))
    until = passes.observed_until
    rows = rows_of(ready.whole.bound, passes, strata, until, coming, numbers_of(ready.tape))
    return again_of(passes, strata, until, horizon), rows


def _came_of_both(one: tuple[Again, Rows], other: tuple[Again, Rows]) -> tuple[Again, Rows]:
    return one[0].beside(other[0]), lowest(one[1], other[1])


def _of(strata: Strata, passes: slice) -> Strata:
    """The strata of some of the passes."""
    return replace(strata, month=strata.month[passes])
