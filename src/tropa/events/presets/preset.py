"""What a preset is: how exports of one product are recognised, and what their columns are for.

A preset recognises a file by its columns, never by its name. It gives columns their roles,
and may make columns of its own out of
theirs (their names begin with `=`): the event's name out of a page's address, a channel out of marks and referrers,
    a date column for
each status of an order. Whatever else the file has is left to the ordinary guesses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import pyarrow as pa

from tropa.events.contract import ColumnRole as R
from tropa.events.presets.cells import Cells, Longs, key_of

MADE: Mapping[str, R] = {f"={role.value}": role for role in R}
"""Columns that presets make, by their names, and the roles those have. Others are `=order_…` (dates of orders) and `=p:…` (properties)."""


@dataclass(frozen=True, slots=True)
class Made:
    """Columns made of a table's: strings, all of one length. `rows`: which row of the file each came from (None: one each, in order)."""

    columns: Mapping[str, pa.Array]
    rows: Longs | None = None
    order_once: bool = False
    """Whether several rows may tell of one order (see `EventBatch`)."""


def plain(_: Cells) -> Made:
    """Makes nothing."""
    return Made({})


@dataclass(frozen=True, slots=True)
class Preset:
    """The exports of one product. Columns are named as its documentation names them."""

    id: str
    marks: tuple[tuple[str, ...], ...]
    """Sets of columns: a file that has all of one set is such an export."""
    roles: Mapping[R, tuple[str, ...]]
    """Columns by role; of a role that one column may have, the first that the file has."""
    make: Callable[[Cells], Made] = plain
    drop: tuple[str, ...] = ()
    """Columns that are not wanted as properties."""
    drop_like: re.Pattern[str] | None = None
    """Columns whose whole name fits are not wanted either."""
    zone: str | None = None
    """Where times without a zone are, unless the user says otherwise (and is told)."""
    source: str | None = None
    """One name for all parts of a stream whose rows have numbers of their own; None: the file's name."""
    currency: str | None = None
    notes: tuple[str, ...] = ()
    """What to know before confirming: message ids `preset-note-…`."""
    late: bool = False
    """Whether tables of this kind were imported before there was such a preset: what it makes is then never part of a row's identity."""
    customers: bool = True
    """Whether such exports have customers at all."""
    statuses: Mapping[str, str] | None = None
    """Of orders: what the values of `status` mean, beside the usual words. None: the export has no statuses."""
    status: tuple[str, ...] = ()
    """The column of statuses."""

    def recognises(self, columns: Iterable[str]) -> tuple[str, ...]:
        """The columns by which a file with these columns is known as such an export; empty: it is none."""
        known = {key_of(name): name for name in columns}
        for mark in self.marks:
            if all(key_of(name) in known for name in mark):
                return tuple(known[key_of(name)] for name in mark)
        return ()

    def shaped(self, table: pa.Table) -> tuple[pa.Table, Made]:
        """The table with the made columns behind its own; and what was made, with the row of the file for each of its rows."""
        made = self.make(Cells(table))
        if made.rows is not None:
            table = table.take(pa.array(made.rows))
        for name, column in made.columns.items():
            table = table.append_column(name, column)
        return table, made

    def roles_in(self, columns: Iterable[str]) -> dict[str, R]:
        """Roles by column, of the file's columns and of those that `shaped` made."""
        names = list(columns)
        known = {key_of(name): name for name in names if not name.startswith("=")}
        out: dict[str, R] = {}
        taken = set()
        for name in names:
            if name.startswith("=p:"):
                out[name] = R.PROPERTY
            elif name.startswith("=order_"):
                out[name] = R.EVENT_TIME
                taken |= {R.TIME, R.EVENT}
            elif name in MADE:
                out[name] = MADE[name]
                taken.add(MADE[name])
        for role, candidates in self.roles.items():
            found = [known[key_of(name)] for name in candidates if key_of(name) in known]
            if role in (R.PROPERTY, R.IGNORE):
                out |= {name: role for name in found if name not in out}
            elif role not in taken and (own := next((name for name in found if name not in out), None)) is not None:
                out[own] = role
                taken.add(role)
            elif role in taken:
                out |= {name: R.IGNORE for name in found if name not in out and f"={role.value}" in names}
        unwanted = [known[key_of(name)] for name in self.drop if key_of(name) in known]
        if self.drop_like is not None:
            unwanted += [name for name in known.values() if self.drop_like.fullmatch(name)]
        return dict.fromkeys(unwanted, R.IGNORE) | out
