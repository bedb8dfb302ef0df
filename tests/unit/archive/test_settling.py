"""Names that only rejected events brought are forgotten (R-20)."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tropa.trail.archive import encode
from tropa.trail.archive.spool import Spools


@settings(deadline=None)
@given(
    rows=st.lists(st.tuples(st.integers(0, 6), st.booleans()), max_size=30),
    before=st.integers(1, 7),
    step=st.integers(1, 9),
)
def test_codes_move_like_their_twin(rows: list[tuple[int, bool]], before: int, step: int) -> None:
    """R-20: known names stay, new ones are numbered in order of their first accepted event; looked through in pieces of any size."""
    count = max([before, *(code + 1 for code, _ in rows)])
    kept = np.array([at for at, (_, keep) in enumerate(rows) if keep], np.uint32)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(encode, "STEP", step)
        spools = Spools(Path(folder))
        if rows:
            spools.append("event", np.array([code for code, _ in rows], np.uint32), np.uint32)
            spools.advance(len(rows))
        table, order = encode._moves(spools, "event", kept, before, count)
        spools.close()
    fresh = dict.fromkeys(code for code, keep in rows if keep and code >= before)
    assert order.tolist() == [*range(before), *fresh]
    assert [int(table[code]) for code in order] == list(range(len(order)))
