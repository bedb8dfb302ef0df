"""Measures stand in families (R-26)."""

from __future__ import annotations

from itertools import groupby

import pytest

from tropa.service.asking import declarations, family_of
from tropa.trail.measures import DECLARATIONS
from tropa.trail.measures.families import FAMILIES, MORE, ORDER
from tropa.words import words


def test_every_named_measure_is_there_and_in_one_family() -> None:
    """R-26: no family names a measure twice or one that is not."""
    named = [measure for members in FAMILIES.values() for measure in members]
    assert len(named) == len(set(named))
    assert set(named) <= {one.id for one in DECLARATIONS}


def test_the_list_comes_family_by_family() -> None:
    """R-26: every measure once; each family in one piece, in the families' order; what none names comes last."""
    listed = [one.id for one in declarations()]
    assert sorted(listed) == sorted(one.id for one in DECLARATIONS)
    families = [family for family, _ in groupby(listed, key=family_of)]
    assert families == [one for one in ORDER if one in families]
    assert family_of("no-such-measure") == MORE


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_families_have_their_headings(lang: str) -> None:
    """R-60: each heading is said, and no two alike."""
    say = words(lang)
    assert len({say(f"measure-family-{one}") for one in ORDER}) == len(ORDER)
