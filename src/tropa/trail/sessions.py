"""The same tape with sessions as its customers: for questions whose unit is the session."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tropa.model import TropaError
from tropa.trail.tape import Column, Tape


def as_sessions(tape: Tape) -> Tape:
    """The tape cut at sessions: its "customers" are sessions (named by customer and number), events without a session are left out.

    Raises TR-T004 for a log without sessions.
    """
    kept = np.flatnonzero(tape.session)
    if not len(kept):
        raise TropaError("TR-T004")
    owner = np.searchsorted(tape.offsets, kept, side="right").astype(np.int64) - 1
    session = tape.session[kept].astype(np.int64)
    order = np.lexsort((np.arange(len(kept)), session, owner))
    index, owner, session = kept[order], owner[order], session[order]
    begins = np.flatnonzero(np.r_[True, (owner[1:] != owner[:-1]) | (session[1:] != session[:-1])])
    names = [f"{tape.customers[owner[at]]}·{session[at]}" for at in begins]

    def cut(column: Column) -> Column:
        return Column(column.codes[index], column.names)

    return replace(
        tape,
        version=f"{tape.version}-sessions",
        customers=np.array(names, dtype=np.str_),
        offsets=np.r_[begins, len(index)].astype(np.int64),
        time=tape.time[index],
        event=cut(tape.event),
        channel=cut(tape.channel),
        value=tape.value[index],
        score=tape.score[index],
        instrument=cut(tape.instrument),
        session=tape.session[index],
        order=tape.order[index],
        source=cut(tape.source),
        properties={name: cut(column) for name, column in tape.properties.items()},
        texts={},
    )
