"""A tape made in memory has the order and the codes that the contract promises (R-20)."""

from __future__ import annotations

import math

import numpy as np

from tropa.trail.archive import tape_from_columns
from tropa.trail.tape import NO_VALUE


def test_events_are_ordered_by_customer_time_and_arrival() -> None:
    """R-20: equal timestamps keep the order of arrival."""
    tape = tape_from_columns(["b", "a", "b", "b"], [5, 1, 5, -3], ["x", "y", "z", "x"], channels=["m", None, "", "w"])
    assert tape.customers.tolist() == ["b", "a"]
    assert tape.offsets.tolist() == [0, 3, 4]
    assert tape.time.tolist() == [-3, 5, 5, 1]
    assert [tape.event.names[code] for code in tape.event.codes] == ["x", "x", "z", "y"]
    assert [tape.channel.names[code] for code in tape.channel.codes] == ["w", "m", "", ""]
    assert tape.event.names == ("", "x", "y", "z")
    assert tape.sources[0].complete_until == 5
    assert not tape.time.flags.writeable


def test_money_and_scores_may_be_missing() -> None:
    """R-20: what is not there is marked, never zero."""
    tape = tape_from_columns(
        ["a", "a"], [1, 2], ["x", "x"], values=[12.0, math.nan], scores=[math.nan, 2], currency="RUB"
    )
    assert tape.value.tolist() == [12, NO_VALUE]
    assert np.isnan(tape.score[0])
    assert tape.score[1] == 2


def test_codes_grow_with_the_number_of_names() -> None:
    """R-20: 5,000 names need two bytes, never one."""
    names = [f"e{number}" for number in range(5000)]
    tape = tape_from_columns(["a"] * 5000, range(5000), names)
    assert tape.event.codes.dtype == np.uint16
    assert [tape.event.names[code] for code in tape.event.codes] == names


def test_an_empty_log_is_a_tape_too() -> None:
    """R-20: nothing in, nothing out, no error."""
    tape = tape_from_columns([], [], [])
    assert tape.events == 0
    assert tape.offsets.tolist() == [0]
    assert tape.complete_until == 0


def test_same_content_same_version() -> None:
    """Same input, same version; any change of content changes it."""
    base = tape_from_columns(["a"], [1], ["x"], properties={"city": ["Пермь"]}, texts=["да"])
    assert base.version == tape_from_columns(["a"], [1], ["x"], properties={"city": ["Пермь"]}, texts=["да"]).version
    assert base.version != tape_from_columns(["a"], [1], ["x"], properties={"city": ["Уфа"]}, texts=["да"]).version
    assert base.version != tape_from_columns(["a"], [1], ["x"], properties={"city": ["Пермь"]}).version
    assert base.texts["text"].tolist() == ["да"]
