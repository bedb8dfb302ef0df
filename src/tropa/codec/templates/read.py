"""Reads the templates that ship with the package."""

from __future__ import annotations

from importlib import resources
from typing import Any

from ruamel.yaml import YAML

from tropa.codec.templates.localise import localise
from tropa.codec.templates.write import annotated
from tropa.model import Map, TropaError, near_miss
from tropa.words import Language, words

_NAMES = ("classic", "loyalty-loop", "ecommerce", "b2b-saas", "offline-retail", "bank-clinic", "email-journey")


def names() -> tuple[str, ...]:
    """The templates, the most general first. `words("ru")("template-<name>")` is a name for people, `.about` one line about it."""
    return _NAMES


def read(name: str, lang: Language | None = None) -> Map:
    """The template as a map: with both languages, or with `lang` only, as plain strings. Raises TR-C901 for an unknown name."""
    data = _raw(name)
    return Map.model_validate(data if lang is None else localise(data, lang))


def text(name: str, lang: Language) -> str:
    """The template as a YAML file for a newcomer: one language, and a comment wherever something of the format is met first."""
    say = words(lang)
    head = say("template-note-head", title=say(f"template-{name}"), about=say(f"template-{name}.about"))
    return annotated(localise(_raw(name), lang), lang, head)


def _raw(name: str) -> dict[str, Any]:
    if name not in _NAMES:
        raise TropaError("TR-C901", name=name, near=near_miss(name, _NAMES), known=", ".join(_NAMES))
    file = resources.files("tropa.codec.templates") / f"{name}.yaml"
    data: dict[str, Any] = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    return data
