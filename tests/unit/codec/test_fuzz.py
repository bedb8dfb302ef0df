"""R-12: whatever a file holds, the loader answers with a map or a coded error, never with a crash."""

from __future__ import annotations

import string
from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from strategies import maps
from tropa import codec
from tropa.model import Map, TropaError

fuzz = settings(
    max_examples=80, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None
)

TOKENS = st.sampled_from(
    ["tropa: 1\n", "title: x\n", "stages:\n", "  - id: a\n", "    title: A\n", "- ", ": ", "{", "}", "[", "]", "&a ", "*a", "!!set ",
     "!!omap ", "!!timestamp ", "!x ", "|", ">", "|2-", "'", '"', "#", "\t", "\n", "? ", "<<: ", "---\n", "...\n", "%YAML 1.1\n",
     "0x", "1e999",
     "~", "2026-13-45", ",", "@", "`", "\\", "\x00", "\ufeff", "\u2028", "\x85", "é"]
)  # fmt: skip


def answers(text: str | bytes, name: str) -> None:
    fault: TropaError | None = None
    try:
        codec.loads(text, name)
    except TropaError as caught:
        fault = caught
    if fault is not None:
        assert fault.code.startswith(("TR-C", "TR-M"))
        assert fault.where.file == name


@fuzz
@given(st.lists(TOKENS, max_size=25).map("".join) | st.text(max_size=200), st.sampled_from(["x.yaml", "x.json"]))
def test_any_text(text: str, name: str) -> None:
    answers(text, name)


@fuzz
@given(st.binary(max_size=200), st.sampled_from(["x.yaml", "x.json"]))
def test_any_bytes(raw: bytes, name: str) -> None:
    answers(raw, name)


@settings(fuzz, max_examples=25)
@given(maps(most_stages=2, most_points=1), st.data(), st.sampled_from(["yaml", "json"]))
def test_a_map_with_one_place_spoiled(value: Map, data: st.DataObject, form: str) -> None:
    """A letter replaced, a piece cut out, a line doubled."""
    text = codec.dumps(value, form)
    start = data.draw(st.integers(0, len(text) - 1))
    end = min(len(text), start + data.draw(st.integers(0, 8)))
    spoiled = text[:start] + data.draw(st.text(string.printable, max_size=4)) + text[end:]
    answers(spoiled, f"x.{form}")


JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "title", "stages", "when", "event", "text"]), inner)
    ),
    max_leaves=10,
)


@fuzz
@given(st.dictionaries(st.sampled_from(sorted(Map.model_fields)), JSONS, max_size=4), JSONS)
def test_right_keys_with_wrong_values(body: dict[str, object], stage: object) -> None:
    import json

    whole = {
        "title": "x",
        "stages": [{"id": "a", "title": "A", "goal": stage, "does": stage, "when": stage, "cells": stage}],
        **body,
        "tropa": 1,
    }
    answers(json.dumps(whole), "x.json")


@fuzz
@given(
    st.binary(max_size=300) | st.text("#tropa;,\n'\"does.0+{}ё", max_size=120).map(str.encode),
    st.sampled_from([codec.read_csv, codec.read_xlsx]),
)
def test_any_bytes_as_a_table(raw: bytes, reader: Callable[[bytes, str], codec.Matrix]) -> None:
    fault: TropaError | None = None
    try:
        codec.from_matrix(reader(raw, "x"))
    except TropaError as caught:
        fault = caught
    assert fault is None or fault.code.startswith(("TR-C", "TR-M"))


@settings(fuzz, max_examples=40)
@given(maps(most_stages=2, most_points=1), st.data())
def test_a_table_with_cells_spoiled(value: Map, data: st.DataObject) -> None:
    """Cells overwritten with anything, keys and carried text too."""
    lines = codec.write_csv(codec.to_matrix(value), ",").split("\r\n")
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        cells = lines[at].split(",")
        cells[data.draw(st.integers(0, len(cells) - 1))] = data.draw(
            st.sampled_from(["", "x", "9", "pains.0", "s0", "{", "-1", "does.+", '"'])
        )
        lines[at] = ",".join(cells)
    fault: TropaError | None = None
    try:
        codec.from_matrix(codec.read_csv("\r\n".join(lines).encode(), "x.csv"))
    except TropaError as caught:
        fault = caught
    assert fault is None or fault.code.startswith(("TR-C", "TR-M"))
