"""The shape of a map file: which keys are known at a place, read off the models."""

from __future__ import annotations

import types
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

from tropa.model import Map
from tropa.model.base import Value

Path = tuple[str | int, ...]


def models_at(path: Path) -> tuple[type[Value], ...]:
    """The kinds of value that may stand at a path of keys and indexes of a map file (several where the format allows it)."""
    now: list[Any] = [Map]
    for part in path:
        now = [inner for kind in now for option in _options(kind) for inner in _inside(option, part)]
    return tuple(
        option for kind in now for option in _options(kind) if isinstance(option, type) and issubclass(option, Value)
    )


def known_keys(path: Path) -> tuple[str, ...]:
    """The keys that may stand in the mapping at a path."""
    return tuple(dict.fromkeys(key for model in models_at(path) for key in keys_of(model)))


@cache
def keys_of(model: type[Value]) -> tuple[str, ...]:
    """The keys of a kind of value as they are written in a file."""
    return tuple(field.alias or name for name, field in model.model_fields.items())


@cache
def model_named(name: str) -> type[Value] | None:
    """The kind of value with this class name, if the format has one (also within pydantic's `function-after[check(), Name]`)."""
    if name.startswith("function-"):
        name = name.rstrip("]").rpartition(" ")[2]
    return next((model for model in _all_models(Value) if model.__name__ == name), None)


def _all_models(base: type[Value]) -> Iterator[type[Value]]:
    for model in base.__subclasses__():
        yield model
        yield from _all_models(model)


def _options(kind: Any) -> Iterator[Any]:
    """The alternatives of an annotation, without decoration."""
    origin = get_origin(kind)
    if origin is Annotated:
        yield from _options(get_args(kind)[0])
    elif origin in (Union, types.UnionType):
        for option in get_args(kind):
            yield from _options(option)
    else:
        yield kind


def _inside(kind: Any, part: str | int) -> Iterator[Any]:
    origin = get_origin(kind)
    if isinstance(kind, type) and issubclass(kind, Value):
        for name, field in kind.model_fields.items():
            if part in (field.alias or name, name):
                yield field.annotation
    elif origin is tuple and isinstance(part, int):
        yield get_args(kind)[0]
    elif origin is dict and isinstance(part, str):
        yield get_args(kind)[1]
