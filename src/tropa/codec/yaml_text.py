"""YAML in and out: ruamel's round trip, YAML 1.2, with every fault as a coded error in the user's own file."""

from __future__ import annotations

import io
import re
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.composer import ComposerError
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError
from ruamel.yaml.resolver import VersionedResolver

from tropa.model import TropaError, Where

LIMIT_BYTES = 2_000_000
"""A larger file is no map: it is refused before it is parsed."""


class _Resolver(VersionedResolver):
    """YAML 1.2 core without timestamps: a date is read as the text it is and checked where a date is wanted."""

    def add_version_implicit_resolver(self, version: Any, tag: Any, regexp: Any, first: Any) -> None:
        if str(tag).endswith(":timestamp"):
            return
        super().add_version_implicit_resolver(version, tag, regexp, first)


def _yaml() -> YAML:
    yaml = YAML(typ="rt", pure=True)
    yaml.Resolver = _Resolver
    yaml.preserve_quotes = True
    yaml.allow_duplicate_keys = False
    yaml.width = 1_000_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def decode(raw: bytes, name: str) -> str:
    """The text of a map file. UTF-8 with or without a mark, or UTF-16 with one. Raises TR-C002, TR-C003."""
    if len(raw) > LIMIT_BYTES:
        raise TropaError("TR-C002", Where(file=name), size=len(raw), limit=LIMIT_BYTES)
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as fault:
        before = raw[: fault.start]
        line_start = before.rfind(b"\n") + 1
        raise TropaError(
            "TR-C003",
            Where(file=name, line=before.count(b"\n") + 1, column=fault.start - line_start + 1),
            encoding=encoding,
        ) from fault


def parse(text: str, name: str) -> Any:
    """The round-trip tree of a YAML text. Raises TR-C004…TR-C014."""
    if len(text) > LIMIT_BYTES:
        raise TropaError("TR-C002", Where(file=name), size=len(text), limit=LIMIT_BYTES)
    try:
        return _yaml().load(text)
    except RecursionError as fault:
        raise TropaError("TR-C012", Where(file=name)) from fault
    except YAMLError as fault:
        raise _coded(fault, text, name) from fault
    except (
        ValueError,
        TypeError,
        AttributeError,
        KeyError,
        IndexError,
        OverflowError,
        AssertionError,
        NotImplementedError,
    ) as fault:
        # ruamel's constructors of tagged scalars (`!!int x`) fail with whatever Python raises; nothing else can get here
        raise TropaError("TR-C004", Where(file=name), problem=str(fault)) from fault


def dump(tree: Any) -> str:
    """YAML text of a tree: block style, lists indented under their key, no line folding."""
    out = io.StringIO()
    _yaml().dump(tree, out)
    return out.getvalue()


_PROBLEMS = (
    (re.compile(r"character '\\t'|found a tab|tab character"), "TR-C005"),
    (re.compile(r"scanning a quoted scalar"), "TR-C006"),
    (re.compile(r"mapping values are not allowed|could not find expected ':'"), "TR-C007"),
    (re.compile(r"parsing a flow"), "TR-C008"),
    (re.compile(r"cannot start any token"), "TR-C019"),
)


def _coded(fault: YAMLError, text: str, name: str) -> TropaError:
    if isinstance(fault, ReaderError):
        at = fault.position if isinstance(fault.position, int) else 0
        line = text.count("\n", 0, at) + 1
        code = f"U+{ord(fault.character):04X}" if isinstance(fault.character, str) else f"U+{fault.character:04X}"
        return TropaError("TR-C013", Where(file=name, line=line, column=at - text.rfind("\n", 0, at)), character=code)
    if not isinstance(fault, MarkedYAMLError):
        return TropaError("TR-C004", Where(file=name), problem=str(fault))
    mark = fault.problem_mark or fault.context_mark
    where = Where(file=name, line=mark.line + 1, column=mark.column + 1) if mark is not None else Where(file=name)
    problem = " ".join(part for part in (fault.context, fault.problem) if part)
    if isinstance(fault, DuplicateKeyError):
        found = re.search(r'duplicate key "(.*?)"', problem)
        return TropaError("TR-C009", where, key=found[1] if found else "")
    if isinstance(fault, ComposerError):
        if "undefined alias" in problem:
            return TropaError("TR-C010", where, alias=problem.rpartition("alias ")[2].strip("'"))
        if "single document" in problem:
            second = fault.problem_mark
            return TropaError("TR-C011", Where(file=name, line=second.line + 1 if second else None))
    for pattern, code in _PROBLEMS:
        if pattern.search(problem):
            return TropaError(code, where, problem=problem)
    return TropaError("TR-C004", where, problem=problem)
