"""Search over all maps one may read: every word of a map and of its comments, whatever the case (R-60)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tropa.model import Map, say
from tropa.model.access import Actor, Right
from tropa.service.desk import Desk
from tropa.words import Words

AROUND = 60
"""Letters shown before and after what was found."""
_SKIPPED = frozenset(
    {"id", "when", "deal", "segment", "rule", "scores", "limits", "currency", "tropa", "language", "kind"}
)


@dataclass(frozen=True)
class Hit:
    """Where it was found: a map, an address in it, and the words around. `kind`: `map` (its title or tags), `cell`, `comment`."""

    map_id: str
    map_title: str
    kind: str
    address: str
    text: str
    comment_id: str | None = None


def folded(text: str) -> str:
    """Text as it is compared: whatever the case, `ё` as `е`, one form of composed letters."""
    return unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")


def search(desk: Desk, who: Actor, words: Words, query: str, *, after: int, limit: int) -> tuple[list[Hit], int | None]:
    """A page of hits: titles before cells before comments, by map. All words of the query must be in one place."""
    from tropa.store import comments

    wanted = folded(query).split()
    if not wanted:
        return [], None
    rows = [row for row in desk.living.rows(desk) if who.may(Right.READ, row.id)]
    values = {row.id: desk.living.current(desk, row.id)[1] for row in rows}
    with desk.store.read() as c:
        said = comments.texts(c, list(values))
    hits: list[Hit] = []
    for map_id, value in values.items():
        title = say(value.title, words.lang)
        places = [("map", "", " ".join((title, *value.tags)))]
        places += [("cell", address, text) for address, text in texts_of(value)]
        hits += [
            Hit(map_id, title, kind, address, _around(text, wanted))
            for kind, address, text in places
            if _found(text, wanted)
        ]
    hits += [
        Hit(one.document_id, say(values[one.document_id].title, words.lang), "comment", one.address, _around(one.text, wanted), one.id)
        for one in said
        if _found(one.text, wanted)
    ]  # fmt: skip
    hits.sort(key=lambda hit: ("map", "cell", "comment").index(hit.kind))
    return hits[after : after + limit], after + limit if len(hits) > after + limit else None


def _found(text: str, wanted: list[str]) -> bool:
    whole = folded(text)
    return all(word in whole for word in wanted)


def _around(text: str, wanted: list[str]) -> str:
    """The words around the first thing found, with marks where the text goes on."""
    # folding may change lengths (ß → ss), so the place is looked for letter by letter
    at = next((index for index in range(len(text)) if folded(text[index : index + 60]).startswith(wanted[0])), 0)
    start, end = max(0, at - AROUND), at + len(wanted[0]) + AROUND
    return ("…" if start else "") + text[start:end].strip() + ("…" if end < len(text) else "")


def texts_of(value: Map) -> Iterator[tuple[str, str]]:
    """Every text for people in a map with its address: ids of things, names of fields."""
    from tropa.codec.writer import plain_map

    body = plain_map(value)
    yield from _texts({key: item for key, item in body.items() if key not in ("title", "tags")}, "")


def _texts(node: Any, at: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, str):
        yield at, node
    elif isinstance(node, dict):
        for key, item in node.items():
            if key not in _SKIPPED:
                yield from _texts(item, f"{at}/{key}" if at else key)
    elif isinstance(node, list):
        for index, item in enumerate(node):
            name = item.get("id", index) if isinstance(item, dict) else index
            yield from _texts(item, f"{at}/{name}" if at else str(name))
