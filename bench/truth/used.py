"""Which files decide what a cell says: those with what its module uses, and with what that uses in turn, read from their text (R-65).

Followed are names, not whole modules: `from tropa.model import Map` leads to the file where `Map` is made and to what it is made of. So a
change of something that a cell never calls leaves its worlds as they are. Every file counts as a whole.
"""

from __future__ import annotations

import ast
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

Wanted = tuple[Path, str | None]
"""A file, and the one name of it that is asked for (None: all of it)."""


@dataclass(frozen=True, slots=True)
class Module:
    """What each name of a file stands for: imports (module, name in it or None), and the names that its definition mentions.

    `always`: names mentioned where nothing is bound to a name; they run whatever is asked for.
    """

    imports: Mapping[str, tuple[tuple[str, str | None], ...]]
    mentions: Mapping[str, frozenset[str]]
    always: frozenset[str]


def version(cell: Path, roots: Sequence[Path], name: str | None = None) -> str:
    """A hash of all files that decide what a module, or one name of it, says: their places below `roots` and their contents."""
    digest = hashlib.blake2b(digest_size=6)
    for file in sorted(files(cell, roots, name)):
        root = next(root for root in roots if file.is_relative_to(root))
        digest.update(f"{file.relative_to(root).as_posix()}\0".encode())
        digest.update(hashlib.blake2b(file.read_bytes().replace(b"\r\n", b"\n")).digest())
    return digest.hexdigest()


def files(cell: Path, roots: Sequence[Path], name: str | None = None) -> frozenset[Path]:
    """The module's file and those of all that it uses from `roots` (folders of packages and modules), however deep."""
    seen: set[Wanted] = set()
    todo: list[Wanted] = [(cell, name)]
    while todo:
        one = todo.pop()
        if one not in seen:
            seen.add(one)
            todo.extend(_uses(*one, roots))
    return frozenset(file for file, _ in seen)


def _uses(file: Path, name: str | None, roots: Sequence[Path]) -> Iterator[Wanted]:
    module = _read(file)
    names = {*module.imports, *module.mentions} if name is None else {name, *module.always}
    if name is not None and name not in module.imports and name not in module.mentions:
        yield file, None  # made in some other way: then all of it
    for one in names:
        for source, wanted in module.imports.get(one, ()):
            yield from _found(source, wanted, roots)
        for other in module.mentions.get(one, ()):
            if other in module.imports or other in module.mentions:
                yield file, other


@cache
def _read(file: Path) -> Module:
    imports: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
    mentions: dict[str, set[str]] = defaultdict(set)
    always: set[str] = set()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                imports[alias.asname or alias.name.partition(".")[0]].append((alias.name, None))
        elif isinstance(node, ast.ImportFrom):
            if node.level or node.module is None:
                raise ValueError(f"{file}: a relative import is not followed here")
            for alias in node.names:
                imports[alias.asname or alias.name].append((node.module, alias.name))
    for node in tree.body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            continue
        said = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
        said |= {
            part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)
        }
        bound = _bound(node)
        for name in bound:
            mentions[name] |= said - {name}
        if not bound:
            always |= said
    return Module(
        {n: tuple(v) for n, v in imports.items()}, {n: frozenset(v) for n, v in mentions.items()}, frozenset(always)
    )


def _bound(node: ast.stmt) -> set[str]:
    """The names that a statement of a module gives something to."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return {node.name}
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}


def _found(module: str, name: str | None, roots: Sequence[Path]) -> Iterator[Wanted]:
    """The file behind `import module`, or `from module import name`; none where it is not under `roots`."""
    for root in roots:
        place = root.joinpath(*module.split("."))
        inside = [] if name is None else [place / f"{name}.py", place / name / "__init__.py"]
        for one in inside:
            if one.is_file():
                yield one, None
                return
        for one in (place.with_suffix(".py"), place / "__init__.py"):
            if one.is_file():
                yield one, name
                return
