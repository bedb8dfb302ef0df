"""JSON lines as raw rows: objects flattened to dotted columns, a list of events in a line opened into one row each."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa

from tropa.events.bad import BadRows
from tropa.events.contract import BadRow
from tropa.events.encoding import MARK, checked, utf8_blocks
from tropa.events.limits import Limits
from tropa.events.opening_objects import OPENERS
from tropa.events.raw import RawRows
from tropa.events.synonyms import words_of

OTHER = "_other"
"""Column of keys that the beginning of the file did not have, as JSON: they still count for a row's identity."""


def flatten(value: Any, limits: Limits, prefix: str = "", depth: int = 0) -> dict[str, str | None]:
    """`{"a": {"b": 1}}` → `{"a.b": "1"}`; lists stay JSON, save lists of keys with values. Raises ValueError (too deep, too many keys)."""
    if depth > limits.depth:
        raise ValueError("depth")
    out: dict[str, str | None] = {}
    for key, item in value.items():
        name = f"{prefix}{key}"
        if isinstance(item, list) and item and _pairs(item):
            item = _of_pairs(item)
        if isinstance(item, dict) and item:
            out |= flatten(item, limits, f"{name}.", depth + 1)
        else:
            out[name] = _cell(item)
        if len(out) > limits.columns:
            raise ValueError("columns")
    return out


def _cell(item: Any) -> str | None:
    if item is None:
        return None
    if isinstance(item, str):
        return item.encode("utf-8", "replace").decode()
    if isinstance(item, bool):
        return "true" if item else "false"
    if isinstance(item, (int, float)):
        return repr(item)
    return json.dumps(item, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def find_nested(objects: Sequence[dict[str, Any]]) -> str | None:
    """The key whose list of objects holds the events of a line, if most lines have one.

    A list without times in it, beside a time of the whole, holds the parts of one event (goods of an order, parameters); where both have
    times only a name such as `events` tells that the list is meant.
    """
    own = any(_timed(item) for item in objects)
    for key in dict.fromkeys(key for item in objects for key in item):
        lists = [item[key] for item in objects if isinstance(item.get(key), list) and item[key]]
        lists = [value for value in lists if all(isinstance(part, dict) for part in value)]
        if len(lists) * 2 <= len(objects) or all(_pairs(value) for value in lists):
            continue
        timed = any(_timed(part) for value in lists for part in value)
        if (timed or not own) and (not (timed and own) or _EVENTS & set(words_of(key)[-1:])):
            return key
    return None


_EVENTS = frozenset(
    {"events", "event", "hits", "actions", "history", "log", "logs", "steps", "visits", "activities", "события"}
)


def _timed(item: dict[str, Any]) -> bool:
    """Whether an object, itself or one step down, has a key that is called like a time."""
    return any(
        value not in (None, "") and not isinstance(value, list)
        and (_timed(value) if isinstance(value, dict) else bool(_TIMES & set(words_of(key))))
        for key, value in item.items()
    )  # fmt: skip


_TIMES = frozenset({"time", "timestamp", "ts", "date", "datetime", "at", "tstamp", "дата", "время"})


def _pairs(value: list[Any]) -> bool:
    """`[{"key": "page", "value": {"string_value": "/a"}}, …]`: the parameters of an event, as Google Analytics exports them."""
    return all(
        isinstance(part, dict) and isinstance(part.get("key"), str) and part.keys() == {"key", "value"}
        for part in value
    )


def _of_pairs(value: list[Any]) -> dict[str, Any]:
    """`{"page": "/a"}`; of a typed value (`string_value`, `int_value`, …) what is filled."""
    out = {}
    for part in value:
        given = part["value"]
        if isinstance(given, dict) and given and all(name.endswith("_value") for name in given):
            given = next((item for item in given.values() if item is not None), None)
        out[part["key"]] = given
    return out


def parse_line(text: str, limits: Limits, nested: str | None) -> list[dict[str, str | None]]:
    """The rows of one line. Raises ValueError: `json`, `object`, `depth` or `columns`."""
    try:
        value = json.loads(text, parse_int=whole_number)
    except RecursionError as fault:
        raise ValueError("depth") from fault
    except ValueError as fault:
        raise ValueError("json") from fault
    return rows_of(value, limits, nested)


def rows_of(value: Any, limits: Limits, nested: str | None) -> list[dict[str, str | None]]:
    """The rows of one JSON value. Raises ValueError: `object`, `depth` or `columns`."""
    if not isinstance(value, dict):
        raise ValueError("object")
    if nested is not None and nested in OPENERS:
        return [flatten(one, limits) for one in OPENERS[nested](value)]
    parts = value.get(nested) if nested else None
    if not isinstance(parts, list):
        return [flatten(value, limits)]
    shared = flatten({key: item for key, item in value.items() if key != nested}, limits)
    return [
        shared | flatten(part if isinstance(part, dict) else {"value": part}, limits, f"{nested}.") for part in parts
    ]


def whole_number(digits: str) -> int | str:
    """Numbers of absurd length stay text (Python refuses to convert more than 4300 digits)."""
    return int(digits) if len(digits) < 40 else digits


CODES = {"json": "TR-E112", "object": "TR-E112", "depth": "TR-E113", "columns": "TR-E119"}
"""Error codes of what `rows_of` and `parse_line` may raise."""


def jsonl_rows(
    stream: BinaryIO, file: str, names: tuple[str, ...], encoding: str, nested: str | None, batch_rows: int
) -> Iterator[RawRows]:
    """Batches of at most about `batch_rows` rows. `names`: the columns that the sample had."""
    limits = Limits.of_environment()
    rows: list[dict[str, str | None]] = []
    lines: list[int] = []
    bad: list[BadRow] = []
    read = 0
    for number, text, size in text_lines(stream, encoding, limits):
        read += size
        if text is None:
            bad.append(BadRow(file, number, None, "TR-E111", {"expected": limits.record}, {}))
            continue
        if not text.strip():
            continue
        if MARK in text:
            clean = text.replace(MARK, "")[:1000]
            bad.append(BadRow(file, number, None, "TR-E109", {"value": clean[:200]}, {"": clean}))
            continue
        try:
            found = parse_line(text, limits, nested)
        except ValueError as fault:
            code = CODES.get(str(fault), "TR-E112")
            bad.append(
                BadRow(
                    file,
                    number,
                    None,
                    code,
                    {"value": text[:200], "expected": limits.columns if code == "TR-E119" else limits.depth},
                    {"": text[:10_000]},
                )
            )
            continue
        rows += found
        lines += [number] * len(found)
        if len(rows) >= batch_rows or len(bad) >= batch_rows:
            yield batch_of(rows, lines, bad, names, file, read)
            rows, lines, bad, read = [], [], [], 0
    yield batch_of(rows, lines, bad, names, file, read)


def batch_of(
    rows: list[dict[str, str | None]], lines: list[int], bad: list[BadRow], names: tuple[str, ...], file: str, read: int
) -> RawRows:
    """Flattened rows as a table of the columns `names`; keys that the beginning of the file did not have are kept as JSON in `OTHER`."""
    known = set(names)
    data = {name: pa.array([row.get(name) for row in rows], pa.string()) for name in names if name != OTHER}
    extra = [{key: cell for key, cell in row.items() if key not in known} for row in rows]
    data[OTHER] = pa.array([json.dumps(more, sort_keys=True) if more else None for more in extra], pa.string())
    table = pa.table({name: data[name] for name in names})
    return RawRows(table, np.array(lines, np.int64), BadRows.of_rows(file, bad), read)


def text_lines(stream: BinaryIO, encoding: str, limits: Limits) -> Iterator[tuple[int, str | None, int]]:
    """Lines with their numbers and the bytes newly read; None stands for a line longer than rows may be."""
    rest, number, overlong = b"", 0, False
    for data, size in utf8_blocks(stream, encoding, 4 << 20):
        pieces = (rest + data).split(b"\n")
        rest = pieces.pop()
        for index, piece in enumerate(pieces):
            number += 1
            too_long = overlong or len(piece) > 16 * limits.record
            overlong = False
            yield number, None if too_long else checked(piece)[0].decode(), size if index == 0 else 0
        if len(rest) > 16 * limits.record:
            rest, overlong = b"", True
    if rest or overlong:
        yield number + 1, None if overlong else checked(rest)[0].decode(), 0


def sample_objects(head: bytes, encoding: str, whole: bool) -> list[dict[str, Any]]:
    """The objects of a file's beginning; unreadable lines are passed over here."""
    limits = Limits.of_environment()
    found: list[dict[str, Any]] = []
    texts = [text for _, text, _ in text_lines(io.BytesIO(head), encoding, limits)]
    for text in texts if whole else texts[:-1]:
        if text is None:
            continue
        try:
            value = json.loads(text, parse_int=whole_number)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            found.append(value)
        if len(found) >= 5_000:
            break
    return found
