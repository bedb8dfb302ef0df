"""What pydantic found wrong, in our codes: the place in the file, what is wrong, the near miss."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from tropa.codec.plain import Path, dotted, located, path_of_ids, spot
from tropa.codec.shape import keys_of, known_keys, model_named
from tropa.model import TropaError, Where, near_miss

_NUMBERS = ("int_type", "float_type", "int_parsing", "float_parsing", "int_from_float")
_KINDS = {
    "string_type": "text", "int_type": "whole", "int_parsing": "whole", "int_from_float": "whole", "float_type": "number",
    "float_parsing": "number", "bool_type": "truth", "bool_parsing": "truth", "tuple_type": "list", "dict_type": "mapping",
    "model_type": "mapping", "model_attributes_type": "mapping",
}  # fmt: skip
_RANGES = {
    "greater_than": "gt", "greater_than_equal": "ge", "less_than": "lt", "less_than_equal": "le",
}  # fmt: skip
_OWN = (
    ("a duration is written", "TR-C037"), ("a date is written", "TR-C038"), ("evidence is exactly", "TR-C039"),
    ("a rule names", "TR-C040"), ("a segment rule names", "TR-C041"), ("cannot come after itself", "TR-C042"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Fault:
    """One line of pydantic's list: the path in the data, the branches of unions it went through, and the rest."""

    path: Path
    branches: tuple[tuple[Path, str], ...]
    kind: str
    message: str
    input: Any
    facts: dict[str, Any]
    tail: str | None


def coded(fault: ValidationError, data: Any, tree: Any, name: str) -> TropaError:
    """All that is wrong as one error with the others in `also`, in the order of the file."""
    lines = [_read(line, data) for line in fault.errors(include_url=False)]
    errors = _without_echoes([_error(line, tree, name) for line in _chosen(lines, data, 0) if not _echo(line)])
    errors.sort(key=lambda error: (error.where.line or 0, error.where.column or 0))
    first, *rest = errors
    return TropaError(first.code, first.where, tuple(rest), **first.facts)


def _echo(line: _Fault) -> bool:
    """pydantic calls a list too short when its items are wrong; those are told anyway."""
    return line.kind == "too_short" and bool(line.input)


def _without_echoes(errors: list[TropaError]) -> list[TropaError]:
    """A key that is misspelled is not told a second time as missing."""
    meant = {
        (error.where.path or "").rpartition(".")[0] + "." + str(error.facts["near"])
        for error in errors
        if error.code == "TR-C030"
    }
    return [
        error
        for error in errors
        if error.code != "TR-C031" or f"{error.facts['place']}.{error.facts['key']}" not in meant
    ]


def placed(error: TropaError, tree: Any, name: str) -> TropaError:
    """A fault between the parts of a map (TR-M…), with the line where it stands."""
    doubled = error.code == "TR-M001" and error.facts["kind"] == "stages"
    # two stages of one id also look like a stage after itself
    also = tuple(placed(item, tree, name) for item in error.also if not (doubled and item.code == "TR-M004"))
    path = _place_of(error, tree)
    where = located(tree, path, name)
    return TropaError(
        error.code, Where(name, where.line, where.column, error.where.path or dotted(path)), also, **error.facts
    )


def _read(line: Any, data: Any) -> _Fault:
    path: list[str | int] = []
    branches: list[tuple[Path, str]] = []
    tail: str | None = None
    node = data
    loc = line["loc"]
    for index, part in enumerate(loc):
        if (isinstance(node, dict) and part in node) or (
            isinstance(node, list) and isinstance(part, int) and part < len(node)
        ):
            path.append(part)
            node = node[part]
        elif line["type"] == "missing" and index == len(loc) - 1:
            tail = str(part)
        elif part != "[key]":
            branches.append((tuple(path), str(part)))
    return _Fault(
        tuple(path), tuple(branches), line["type"], line["msg"], line.get("input"), dict(line.get("ctx") or {}), tail
    )


def _chosen(lines: list[_Fault], data: Any, depth: int) -> Iterator[_Fault]:
    """Of the branches of each union only the one the user most likely meant."""
    groups: dict[Path, list[_Fault]] = {}
    for line in lines:
        if len(line.branches) <= depth:
            yield line
        else:
            groups.setdefault(line.branches[depth][0], []).append(line)
    for path, group in groups.items():
        labels = list(dict.fromkeys(line.branches[depth][1] for line in group))
        label = _meant(labels, _at(data, path))
        if label is None:
            yield _Fault(path, (), "wrong_kind", "", _at(data, path), {"expected": _expected(labels)}, None)
        else:
            yield from _chosen([line for line in group if line.branches[depth][1] == label], data, depth + 1)


def _at(data: Any, path: Path) -> Any:
    for part in path:
        data = data[part]
    return data


def _meant(labels: list[str], value: Any) -> str | None:
    if isinstance(value, dict):
        models = [(label, model_named(label)) for label in labels]
        overlap = [(sum(key in keys_of(model) for key in value), label) for label, model in models if model is not None]
        best = max(overlap, default=(0, ""))
        if best[0] == 0:
            mapping = next((label for label in labels if label.startswith("dict[")), None)
            return mapping or (best[1] if overlap else None)
        return best[1]
    if isinstance(value, list):
        return next((label for label in labels if label.startswith(("tuple[", "list["))), None)
    if isinstance(value, str):
        return next((label for label in labels if label == "str" or "str" in label.split("[")[0]), None)
    return None


def _expected(labels: Iterable[str]) -> str:
    """What a union wants, as a word the catalogue knows."""
    kinds = set()
    for label in labels:
        if label.startswith("tuple["):
            kinds.add("list")
        elif label.startswith("dict[") or model_named(label) is not None:
            kinds.add("mapping")
        elif label in ("int", "float"):
            kinds.add("number")
        else:
            kinds.add("text")
    kinds -= {"number"} if "text" in kinds else set()
    return "-or-".join(kind for kind in ("text", "number", "mapping", "list") if kind in kinds)


def _error(line: _Fault, tree: Any, name: str) -> TropaError:
    where = located(tree, line.path, name)
    key = str(line.path[-1]) if line.path else ""
    if line.kind == "extra_forbidden":
        known = known_keys(line.path[:-1])
        return TropaError("TR-C030", where, key=key, near=near_miss(key, known), known=", ".join(known))
    if line.kind == "missing":
        return TropaError("TR-C031", where, key=line.tail or "", place=dotted(line.path))
    own = next((code for start, code in _OWN if start in line.message), None)
    if own is not None:
        return TropaError(own, where, value=_brief(line.input))
    if line.kind == "string_type" and isinstance(line.input, (int, float)):
        return TropaError("TR-C036", where, key=key, value=_brief(line.input))
    if line.kind in _KINDS or line.kind == "wrong_kind":
        expected = line.facts.get("expected") or _KINDS[line.kind]
        return TropaError(
            "TR-C032", where, key=key, expected=expected, found=_kind_of(line.input), value=_brief(line.input)
        )
    if line.kind in _RANGES:
        rule = _RANGES[line.kind]
        return TropaError("TR-C033", where, key=key, value=_brief(line.input), rule=rule, limit=line.facts[rule])
    if line.kind == "string_pattern_mismatch":
        return TropaError("TR-C034", where, key=key, value=_brief(line.input))
    if line.kind == "literal_error":
        known = tuple(part.strip(" '") for part in str(line.facts["expected"]).replace(" or ", ", ").split(","))
        near = near_miss(str(line.input), known)
        return TropaError("TR-C035", where, key=key, value=_brief(line.input), known=", ".join(known), near=near)
    if line.kind.startswith("date"):
        return TropaError("TR-C038", where, value=_brief(line.input))
    if line.kind == "too_short":
        return TropaError("TR-C043", where, key=key)
    return TropaError("TR-C049", where, key=key, value=_brief(line.input), problem=line.message)


def _kind_of(value: Any) -> str:
    kinds = {bool: "truth", int: "number", float: "number", str: "text", dict: "mapping", list: "list"}
    return "nothing" if value is None else kinds.get(type(value), "text")


def _brief(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _place_of(error: TropaError, tree: Any) -> Path:
    """Where in the tree a fault between parts stands."""
    path = error.where.path or ""
    if error.code == "TR-M001":
        return _second(tree, str(error.facts["kind"]), str(error.facts["name"])) or path_of_ids(tree, path)
    if error.code == "TR-M002" and path in ("loops", "targets"):
        ends = ("from", "to", "source", "target", "stage")
        for index, item in enumerate(tree.get(path, ())):
            for end in ends:
                if item.get(end) == error.facts["name"]:
                    return (path, index, end)
    return path_of_ids(tree, path)


def _second(tree: Any, kind: str, name: str) -> Path:
    """The path of the second thing of a kind with the same id."""
    found = [path for path, owner in _things(tree, ()) if owner == kind and _at(tree, path).get("id") == name]
    return (*found[1], "id") if len(found) > 1 else ()


def _things(node: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Every mapping that stands in a list, with the key of that list; the model's order."""
    if isinstance(node, dict):
        for key, item in node.items():
            if isinstance(item, list):
                for index, entry in enumerate(item):
                    if isinstance(entry, dict):
                        # the parts of a stage are called `stages` too: only the top list holds stages
                        yield (*path, key, index), key if key != "stages" or not path else "sub-stages"
                        yield from _things(entry, (*path, key, index))
            elif isinstance(item, dict):
                yield from _things(item, (*path, key))


__all__ = ["coded", "placed", "spot"]
