"""What is asked of customers, asked of their sessions (R-26; docs/adr/0067)."""

from __future__ import annotations

from tropa.trail.answers import find_answers
from tropa.trail.filters import began_within, sessions_in
from tropa.trail.measures.asked import Asked
from tropa.trail.sessions import in_sessions
from tropa.trail.slices import fixed


def by_sessions(asked: Asked) -> Asked:
    """The same question to all sessions of the chosen customers, or to those that the filter means themselves; of a period, to those that
    began in it."""
    ready = asked.ready
    seen = in_sessions(ready.whole)
    assert seen.tape.cut_of is not None  # just made
    customers = seen.everybody if asked.customers.all() else fixed(asked.customers[seen.tape.cut_of.owner])
    if asked.wish.scope == "sessions":
        customers = fixed(customers & sessions_in(seen, asked.wish))
    if ready.part is not None:
        seen = began_within(seen, ready.part.start, ready.part.end)
    return Asked(seen, find_answers(seen), customers, asked.wish)
