"""The draft of a map: what its touchpoints are called, and which names are no deal (R-22)."""

from __future__ import annotations

import pytest
from shops import log

from tropa import trail
from tropa.model import EventRule
from tropa.words import words


def titles(*path: str) -> dict[str, str]:
    """Titles of the drafted touchpoints by their events, where thirty customers walk the path, an hour a step."""
    tape = log(*[(f"c{c}", 100 * c + k, name) for c in range(30) for k, name in enumerate(path)])
    points = [point for stage in trail.draft(tape, words("en")).stages for point in stage.all_touchpoints]
    return {str(point.when.event): point.title for point in points if isinstance(point.when, EventRule)}


def test_touchpoints_of_one_kind_in_several_stages_are_told_apart() -> None:
    """R-22: tickets that are opened, worked on and closed are not three times “Customer support”."""
    found = titles("open ticket", "alpha", "beta", "close ticket")
    assert len(set(found.values())) == len(found)
    assert found["open ticket"] == "Customer support: open ticket"
    assert titles("open ticket", "purchase")["open ticket"] == "Customer support"


def test_short_names_in_capitals_stay_so() -> None:
    """R-22: CRP is no Crp; what is shouted all over is not."""
    found = titles("ER Triage", "CRP", "IV_Liquid", "BILLED TO ALL")
    assert list(found.values()) == ["ER triage", "CRP", "IV liquid", "Billed to all"]


@pytest.mark.parametrize("name", ["Confirmation of receipt", "Record Goods Receipt", "receipt of the parcel"])
def test_a_receipt_of_something_is_no_purchase(name: str) -> None:
    """R-22: a till's receipt is a deal, the receipt of goods or of a request is not."""
    tape = log(*[(f"c{c}", 100 * c + k, event) for c in range(30) for k, event in enumerate((name, "alpha"))])
    assert trail.draft(tape, words("en")).deal_stage is None
    till = log(*[(f"c{c}", 100 * c, "receipt") for c in range(30)])
    assert trail.draft(till, words("en")).deal_stage is not None


def test_without_a_deal_nothing_voids_one() -> None:
    """R-22: a return to the ward is an event like others, and bound."""
    tape = log(*[(f"c{c}", 100 * c + k, name) for c in range(30) for k, name in enumerate(("alpha", "Return ER"))])
    assert trail.measure(tape, trail.draft(tape, words("en")), breaks=False).unbound == ()
