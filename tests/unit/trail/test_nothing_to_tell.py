"""Much data and nothing to tell of it is not “too little data” (R-22, R-25, R-26, R-27)."""

from __future__ import annotations

import pytest
from shops import log, shop_map

from tropa.model import CannotTell
from tropa.trail.answers import find_answers
from tropa.trail.filters import Filter, choose
from tropa.trail.measures import Asked, ask
from tropa.trail.prepare import prepare
from tropa.words import words

STRAIGHT = log(
    *[
        (f"c{c}", 100 * c + k, name)
        for c in range(60)
        for k, name in enumerate(("see", "see2", "pick", "enter", "pay", "send", "use"))
    ],
    ("late", 9_000, "see"),
)
"""Sixty customers who went straight to the deal, and one who came much later."""


@pytest.mark.parametrize(
    ("measure", "settings", "expected"),
    [
        ("conformance", {}, ("nothing-found", 61)),
        ("loops", {}, ("nothing-found", 0)),
        ("touchpoints", {}, ("one-side", 180)),
        ("reasons", {"break": "see/exit"}, ("one-side", 60)),
    ],
)
def test_what_is_not_there_is_said_to_be_so(measure: str, settings: dict[str, str], expected: tuple[str, int]) -> None:
    """R-25, R-26: no deviation, no loop, nobody to compare with; each in words, with how many were looked at."""
    ready = prepare(STRAIGHT, shop_map())
    answer = ask(measure, Asked.of(choose(ready, find_answers(ready), Filter())), settings)
    assert answer.rows == ()
    assert isinstance(answer.cannot_tell, CannotTell)
    assert (answer.cannot_tell.cannot_tell, answer.cannot_tell.n) == expected
    for lang in ("ru", "en"):
        said = words(lang)(f"cannot-tell-{expected[0]}", n=expected[1])
        assert (str(expected[1]) in said) == bool(expected[1])


def test_few_are_still_too_few() -> None:
    """R-65: three customers are too few to compare, on whichever side they are."""
    ready = prepare(log(*[(f"c{c}", 100 * c, "see") for c in range(3)]), shop_map())
    asked = Asked.of(choose(ready, find_answers(ready), Filter()))
    for measure, settings in (("touchpoints", {}), ("reasons", {"break": "see/exit"})):
        lack = ask(measure, asked, settings).cannot_tell
        assert lack is not None
        assert lack.cannot_tell == "too-few"


def test_without_a_deal_on_the_map_no_share_of_deals_is_told() -> None:
    """R-22, R-26, R-29: “0 % bought” would be said of customers who could not."""
    rows = [
        (f"c{c}", 100 * c + k, name)
        for c in range(60)
        for k, name in enumerate(("see", "pick", "see", "use") if c % 2 else ("see", "use"))
    ]
    for deal in (False, True):
        ready = prepare(log(*rows), shop_map(deal=deal))
        asked = Asked.of(choose(ready, find_answers(ready), Filter()))
        for measure, column in (("loops", "deal_share"), ("conformance", "mine_share"), ("clusters", "buying")):
            answer = ask(measure, asked, {"level": "stages"} if measure == "loops" else {})
            at = [one.id for one in answer.columns].index(column)
            assert answer.rows
            assert any(row[at] is not None for row in answer.rows) == deal, measure
        for measure in ("paths", "retention"):
            lack = ask(measure, asked, {}).cannot_tell
            assert lack is not None
            assert deal or lack.cannot_tell == "no-deal", measure
        silent = ask("channels", asked, {}).cannot_tell
        assert silent is not None
        assert silent.cannot_tell == "no-channels"
