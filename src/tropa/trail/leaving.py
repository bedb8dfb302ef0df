"""Who leaves where, and who does not come again: what prices of breaks hang on beside the counts (definition: docs/guide/breaks.md)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
import numpy.typing as npt

from tropa.stats.sorts import Histories
from tropa.trail.bind import Bound
from tropa.trail.histories import Rows, histories, histories_of, kinds
from tropa.trail.numbers import Numbers
from tropa.trail.passes import DONE, EXIT, OPEN, Passes
from tropa.trail.strata import NO_GROUP, Strata

Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
STAGES = 256


@dataclass(frozen=True, slots=True)
class Exits:
    """By stage (256), to be added: `left`, different customers who left, their silence fully seen; `open`, passes still under way that were
    last seen there."""

    left: Longs
    open: Longs

    def beside(self, other: Exits) -> Exits:
        """Of other customers as well."""
        return Exits(self.left + other.left, self.open + other.open)


@dataclass(frozen=True, slots=True)
class Again:
    """Who bought and came again within a horizon, to be added. `counts`: passes with a deal, those of them that were seen for the whole
    horizon, those of these that did not come again, and different customers of the last; `where` (256): at which stage these were last
    seen; `by_group` (kind, groups, 2): seen, and not come again."""

    counts: Longs
    where: Longs
    by_group: Longs

    def beside(self, other: Again) -> Again:
        """Of other customers as well."""
        return Again(self.counts + other.counts, self.where + other.where, self.by_group + other.by_group)


class Leaving(Protocol):
    """What is asked of passes, wherever they are."""

    @property
    def exits(self) -> Exits:
        """Who left where."""
        ...

    def again(self, horizon: int) -> Again:
        """Who came again within the horizon (µs)."""
        ...

    def histories(self, coming: Floats) -> Histories:
        """What single customers did (see `histories.histories`)."""
        ...


@dataclass(frozen=True)
class OfPasses:
    """Of passes that are here. `until`: what comes later counts as not seen; `numbers`: who is who (see `histories.histories`)."""

    bound: Bound
    passes: Passes
    strata: Strata
    until: int
    numbers: Numbers | None = None

    @cached_property
    def exits(self) -> Exits:
        """Who left where."""
        return exits_of(self.passes, self.until)

    def again(self, horizon: int) -> Again:
        """Who came again within the horizon (µs)."""
        return again_of(self.passes, self.strata, self.until, horizon)

    def histories(self, coming: Floats) -> Histories:
        """What single customers did."""
        return histories(self.bound, self.passes, self.strata, self.until, coming, self.numbers)


@dataclass(frozen=True, slots=True)
class Found:
    """Of passes that lie elsewhere: what was found there, for one horizon."""

    exits: Exits
    came: Again
    rows: Rows

    def again(self, horizon: int) -> Again:
        """As found, `horizon` being the one that it was found for."""
        return self.came

    def histories(self, coming: Floats) -> Histories:
        """Of the customers that were drawn there."""
        return histories_of(self.rows)


def exits_of(passes: Passes, until: int) -> Exits:
    """Who left where."""
    index = np.flatnonzero(passes.status == EXIT)
    at = passes.last_stage[index]
    known = passes.end[index] + passes.limits.silence[at] < until
    order = np.argsort(at[known], kind="stable")  # of one byte each: by counting; customers rise within a stage
    where, whose = at[known][order], passes.customer[index[known]][order]
    fresh = np.ones(len(where), np.bool_)
    fresh[1:] = (where[1:] != where[:-1]) | (whose[1:] != whose[:-1])
    still = np.bincount(passes.last_stage[passes.status == OPEN], minlength=STAGES)
    return Exits(np.bincount(where[fresh], minlength=STAGES).astype(np.int64), still.astype(np.int64))


def again_of(passes: Passes, strata: Strata, until: int, horizon: int) -> Again:
    """Who bought, and who of them did not come again within the horizon (µs)."""
    done = np.flatnonzero(passes.status == DONE)
    done = done[passes.deal[done] < until]
    seen = done[passes.deal[done] + horizon < until]
    after = np.minimum(seen + 1, len(passes) - 1)
    follows = (after > seen) & (passes.customer[after] == passes.customer[seen]) & (passes.start[after] < until)
    gone = seen[~(follows & (passes.start[after] - passes.deal[seen] <= horizon))]
    kind = kinds(passes)
    by_group = np.zeros((3, len(strata.names), 2), np.int64)
    for column, index in enumerate((seen, gone)):
        for code in [*(row[passes.customer[index]] for row in strata.group), strata.month[index]]:
            good = code != NO_GROUP
            flat = kind[index[good]].astype(np.int64) * len(strata.names) + code[good]
            by_group[:, :, column] += np.bincount(flat, minlength=3 * len(strata.names)).reshape(3, -1)
    whose = passes.customer[gone]  # in rising order
    people = int(np.count_nonzero(whose[1:] != whose[:-1])) + min(len(whose), 1)
    where = np.bincount(passes.last_stage[gone], minlength=STAGES).astype(np.int64)
    return Again(np.array([len(done), len(seen), len(gone), people], np.int64), where, by_group)
