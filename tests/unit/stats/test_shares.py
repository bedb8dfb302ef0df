"""Intervals of many shares at once against each alone (R-26)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tropa.stats.means import clustered_share
from tropa.stats.shares import clustered_shares


@given(st.integers(1, 6), st.integers(1, 5), st.booleans(), st.data())
def test_many_shares_as_each_alone(shares: int, clusters: int, own: bool, data: st.DataObject) -> None:
    """R-26: over bases of their own, or over the same for all."""
    bases = data.draw(hnp.arrays(np.int64, (shares if own else 1, clusters), elements=st.integers(0, 9)))
    bases[:, 0] += 1
    wide = np.broadcast_to(bases, (shares, clusters))
    hits = np.array([[data.draw(st.integers(0, n)) for n in row] for row in wide.tolist()])
    people = data.draw(hnp.arrays(np.int64, shares, elements=st.integers(1, 9)))
    low, high = clustered_shares(hits, bases, people)
    for k in range(shares):
        alone = clustered_share(hits[k], wide[k], int(people[k]))
        assert (low[k], high[k]) == pytest.approx(alone, rel=1e-12, abs=1e-15)
    with pytest.raises(ValueError):
        clustered_shares(hits[:1] * 0, bases[:1] * 0, people[:1])
