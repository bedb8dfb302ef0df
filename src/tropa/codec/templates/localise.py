"""One language out of a bilingual map: plain strings, nothing that a reader of one language does not need."""

from __future__ import annotations

from typing import Any

from tropa.words import LANGUAGES

_STATEMENTS = (
    "does",
    "thinks",
    "asks",
    "doubts",
    "expects",
    "strengths",
    "front_stage",
    "back_stage",
    "needs",
    "goals",
    "pains",
)
"""Lists whose lines may be written as plain strings."""


def localise(data: dict[str, Any], lang: str) -> dict[str, Any]:
    """The raw map `data` with every text in `lang` only, owners by name, and no list of people.

    A text without `lang` is left as it is. A line that is nothing but its text becomes a plain string, as a person would write it.
    """
    people = {person["id"]: _one(person["title"], lang) for person in data.get("people", ())}
    out = {key: _one(value, lang, key, people) for key, value in data.items() if key != "people"}
    return (
        {"tropa": out.pop("tropa", 1), **out, "language": lang} if "language" not in out else out | {"language": lang}
    )


def _one(value: Any, lang: str, key: str = "", people: dict[str, str] | None = None) -> Any:
    if isinstance(value, dict):
        if value and set(value) <= set(LANGUAGES):
            return value.get(lang, value)
        return {name: _one(item, lang, name, people) for name, item in value.items()}
    if isinstance(value, list):
        return [_plain(_one(item, lang, key, people), key) for item in value]
    if key == "owner" and people:
        return people.get(value, value)
    return value


def _plain(line: Any, key: str) -> Any:
    bare = isinstance(line, dict) and set(line) == {"text"} and isinstance(line["text"], str)
    return line["text"] if bare and key in _STATEMENTS else line
