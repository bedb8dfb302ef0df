"""What a measure means, word for word from the guide (docs/guide/measures.md and its Russian twin), the one source: wheels carry it.


A checkout reads the guide where it lies; a wheel has both pages beside the words (see `force-include` in pyproject.toml).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import tropa.words
from tropa.words import Language

SpanKind = Literal["plain", "strong", "emphasis", "code"]
BlockKind = Literal["paragraph", "item"]
_SPANS = re.compile(r"\*\*(?P<strong>.+?)\*\*|(?<!\*)\*(?P<emphasis>[^*]+?)\*|`(?P<code>[^`]+)`")
_IN_CHECKOUT = {"en": "docs/guide/measures.md", "ru": "docs/ru/measures.md"}


@dataclass(frozen=True)
class Span:
    """Words in one manner."""

    kind: SpanKind
    text: str


@dataclass(frozen=True)
class Block:
    """A paragraph, or an item of a list."""

    kind: BlockKind
    spans: tuple[Span, ...]


def definition(anchor: str, lang: Language) -> tuple[Block, ...]:
    """The section of the guide under a heading; worked examples (which are tests) are left out. Empty where there is none."""
    return _sections(lang).get(anchor, ())


def guide(lang: Language) -> Path:
    """The guide's page: in the wheel, else in the checkout."""
    package = Path(tropa.words.__file__).parent
    packed = package / lang / "measures.md"
    return packed if packed.is_file() else package.parents[2] / _IN_CHECKOUT[lang]


@cache
def _sections(lang: Language) -> dict[str, tuple[Block, ...]]:
    text = re.sub(r"^```.*?^```\n?", "", guide(lang).read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    out = {}
    for part in re.split(r"^#{2,3} ", text, flags=re.MULTILINE)[1:]:
        heading, _, body = part.partition("\n")
        out[heading.strip()] = tuple(_blocks(body))
    return out


def _blocks(body: str) -> Iterator[Block]:
    for piece in re.split(r"\n\s*\n|\n(?=- )", body.strip()):
        told = " ".join(piece.split())
        if told.startswith("|") or not told:
            continue
        item = told.startswith("- ")
        yield Block("item" if item else "paragraph", tuple(_spans(told[2:] if item else told)))


def _spans(text: str) -> Iterator[Span]:
    done = 0
    for found in _SPANS.finditer(text):
        if found.start() > done:
            yield Span("plain", text[done : found.start()])
        kind: SpanKind = "strong" if found["strong"] else "emphasis" if found["emphasis"] else "code"
        yield Span(kind, found["strong"] or found["emphasis"] or found["code"])
        done = found.end()
    if done < len(text):
        yield Span("plain", text[done:])
