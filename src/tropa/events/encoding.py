"""Which encoding a text is in, and its bytes as UTF-8. A byte that cannot be decoded is marked, so that only its row is lost."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import BinaryIO

from tropa.model import TropaError, Where

MARK = "\U0010f8a1"
"""Stands before an undecodable byte (private use: no text has it of its own)."""

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_EIGHT_BIT = ("cp1251", "cp866", "koi8-r", "cp1252")
_COMMON = frozenset("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё")


def _mark(fault: UnicodeError) -> tuple[str, int]:
    if not isinstance(fault, UnicodeDecodeError):
        raise fault
    spoilt = fault.object[fault.start : fault.end]
    return "".join(f"{MARK}\\x{byte:02x}" for byte in spoilt), fault.end


codecs.register_error("tropa-mark", _mark)


def known(name: str, file: str) -> str:
    """The codec's own name. Raises TR-E006 for a name Python does not know (or that is no text encoding)."""
    try:
        found = codecs.lookup(name)
        "".encode(found.name)
    except (LookupError, ValueError) as fault:
        raise TropaError("TR-E006", Where(file=file), name=name) from fault
    return found.name


def detect(head: bytes) -> str:
    """The encoding of a text by its first bytes: byte order marks, then UTF-8, UTF-16 by its zeros, then Cyrillic code pages by letters."""
    for bom, name in BOMS:
        if head.startswith(bom):
            return name
    if len(head) >= 4:
        even, odd = head[0::2].count(0), head[1::2].count(0)
        if max(even, odd) > len(head) // 8 and min(even, odd) * 8 < max(even, odd):
            return "utf-16-le" if odd > even else "utf-16-be"
    decoded = codecs.getincrementaldecoder("utf-8")("replace").decode(head)
    broken = decoded.count("\ufffd")
    if broken == 0:
        return "utf-8"
    foreign = sum(1 for character in decoded if character > "\x7f") - broken
    if broken * 10 <= foreign:
        return "utf-8"
    return max(_EIGHT_BIT, key=lambda name: _likeness(head[: 1 << 16], name))


def _likeness(head: bytes, encoding: str) -> float:
    """How much the text looks written by people: common letters for, capitals inside words, mixed alphabets and odd signs against."""
    text = head.decode(encoding, "replace")
    score = 0.0
    for word in re.findall(r"\w*[^\W\x00-\x7f]\w*", text):
        cyrillic = [character for character in word if "\u0400" <= character <= "\u04ff"]
        if len(cyrillic) == len(word):
            score += sum(character in _COMMON for character in word)
            score -= sum(b.isupper() and a.islower() for a, b in pairwise(word)) * 3
            score += 0.5 if word[1:].islower() or word.isupper() else 0
        elif cyrillic:
            score -= 2 * len(cyrillic)
        else:
            score += 0.4 * (len(word) > 2) if sum(character > "\x7f" for character in word) * 2 <= len(word) else -2
    odd = re.findall(r"[^\x00-\x7f\w\s№«»—–…“”„‘’•₽€°·©®™§±×]", text)
    return score - 2 * len(odd) - 5 * text.count("\ufffd")


def utf8_blocks(stream: BinaryIO, encoding: str, size: int) -> Iterator[tuple[bytes, int]]:
    """The text as UTF-8 in blocks of about `size` bytes, with the number of bytes read for each. UTF-8 itself passes unchecked."""
    name = codecs.lookup(encoding).name
    if name in ("utf-8", "utf-8-sig", "ascii"):
        first = True
        while data := stream.read(size):
            yield (data.removeprefix(codecs.BOM_UTF8) if first else data), len(data)
            first = False
        return
    decoder = codecs.getincrementaldecoder(name)("tropa-mark")
    while data := stream.read(size):
        yield encode(decoder.decode(data)), len(data)
    yield encode(decoder.decode(b"", True)), 0


def encode(text: str) -> bytes:
    """UTF-8; half pairs of UTF-16 become marks."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return "".join(f"{MARK}\\u{ord(c):04x}" if "\ud800" <= c <= "\udfff" else c for c in text).encode()


def checked(block: bytes) -> tuple[bytes, bool]:
    """The block as sound UTF-8, and whether it holds marks."""
    try:
        text = block.decode()
    except UnicodeDecodeError:
        text = block.decode("utf-8", "tropa-mark")
    else:
        return block, MARK in text if not text.isascii() else False
    return text.encode(), True
