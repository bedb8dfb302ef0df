"""JSON in: the same model, doubled keys refused, faults with line and column."""

from __future__ import annotations

import json
from typing import Any

from tropa.codec.yaml_text import LIMIT_BYTES, parse
from tropa.model import TropaError, Where


class _Doubled(ValueError):
    pass


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for key, value in pairs:
        if key in out:
            raise _Doubled(key)
        out[key] = value
    return out


def parse_json(text: str, name: str) -> Any:
    """The value of a JSON text. Raises TR-C002, TR-C009, TR-C012, TR-C050."""
    if len(text) > LIMIT_BYTES:
        raise TropaError("TR-C002", Where(file=name), size=len(text), limit=LIMIT_BYTES)
    try:
        return json.loads(text, object_pairs_hook=_pairs)
    except RecursionError as fault:
        raise TropaError("TR-C012", Where(file=name)) from fault
    except json.JSONDecodeError as fault:
        raise TropaError(
            "TR-C050", Where(file=name, line=fault.lineno, column=fault.colno), problem=fault.msg
        ) from fault
    except _Doubled as fault:
        raise TropaError("TR-C009", Where(file=name), key=str(fault)) from fault
    except ValueError as fault:
        # a whole number of thousands of digits
        raise TropaError("TR-C016", Where(file=name)) from fault


def with_positions(text: str, value: Any, name: str) -> Any:
    """The tree of the same JSON with lines and columns (JSON is YAML once tabs are spaces); the bare value where that fails."""
    try:
        return parse(text.replace("\t", " "), name)
    except TropaError:
        return value
