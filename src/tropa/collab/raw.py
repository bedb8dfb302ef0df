"""The content of the live document as plain dicts, and back: the only place that walks the Yjs types.

`fields`: for each key (`map` for the map itself) the fields of its Y.Map. `texts`: the strings of the root texts by their names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from pycrdt import Doc
from pycrdt import Map as SharedMap
from pycrdt import Text as SharedText

from tropa.collab.shape import ROOT_KEY, THINGS

_KEY = re.compile(r"[0-9A-Za-z_-]{1,32}", re.ASCII)


@dataclass
class Raw:
    """What stands in a document, or is to stand there."""

    fields: dict[str, dict[str, Any]] = field(default_factory=lambda: {ROOT_KEY: {}})
    texts: dict[str, str] = field(default_factory=dict)


def text_name(key: str, path: str, lang: str) -> str:
    """The name of the root text with the words at `key/path` in `lang` (empty: one string for all languages)."""
    return f"{key}/{path}/{lang}"


def is_key(value: object) -> bool:
    """Whether a name may be the key of a thing."""
    return isinstance(value, str) and value != ROOT_KEY and _KEY.fullmatch(value) is not None


def read_raw(doc: Doc[Any]) -> Raw:
    """All that stands in a document; what no version of ours would have put there is passed over."""
    with doc.transaction():
        root: dict[str, Any] = doc.get(ROOT_KEY, type=SharedMap).to_py() or {}
        things: dict[str, Any] = doc.get(THINGS, type=SharedMap).to_py() or {}
        out = Raw({ROOT_KEY: root})
        out.fields.update({key: item for key, item in things.items() if is_key(key) and isinstance(item, dict)})
        for name in sorted(doc.keys()):
            if "/" in name and (words := str(doc.get(name, type=SharedText))):
                out.texts[name] = words
    return out


def write_raw(raw: Raw, doc: Doc[Any]) -> None:
    """Put everything into a document that has none of it yet."""
    with doc.transaction():
        root = doc.get(ROOT_KEY, type=SharedMap)
        things = doc.get(THINGS, type=SharedMap)
        for name, value in raw.fields[ROOT_KEY].items():
            root[name] = value
        for key, fields in raw.fields.items():
            if key != ROOT_KEY:
                things[key] = SharedMap(fields)
        for name, words in raw.texts.items():
            doc.get(name, type=SharedText).insert(0, words)
