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


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PAIRS = _words(
    """
    аг ад аз ак ал ам ан ап ар ас ат ач ая ба бе би бл бо бр бы ва ве ви во вр вс ву вы га гд ге ги го гр да дд де ди дл дн
    до др ду ег ед ее еж ез ей ек ел ем ен ер ес ет еч жа жд же жи жн за зв зн зо зы ид ие из ии ий ик ил им ин ир ис ит их
    ич ия ка кв кг ке ки кл ко кр кт ку ла ле лж ли лл ло лы ль лю ма ме ми мм мн мо му на нд не ни нк нн но нс нт ну ны нь
    ня об ов ог од ож оз ой ок ол ом оп ор ос от оч ою оя па пе пи пл по пр пу пя ра ре ри ро рс рт ру рх рш ры рь св се си
    ск сл сн со сп сс ст су сх сч съ сь ся та тв те ти тк тн то тр тс тт ту ть уб ув уг уд уж ук ул ум ун уп ус ут уч ущ ую
    фа фи фо ха хн хо ца це ци че чи чк чн чт ше ши шт ща ще щи ъе ые ый ык ым ых ье ью ья эт юд юч яв яг яд яз як ям яс ят
    яч
    """
)
"""Pairs of letters that Russian words are full of: a few letters are enough to tell words from what a wrong code page makes of them."""
_ALONE = frozenset("авиксоуягкмрчп№")
_WESTERN_ALONE = frozenset("àèéêóôúíáìòùîöäüøåæñç")
_LETTERS = re.compile(r"[^\W\d_]+")


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
    """How much the text looks written by people: usual pairs of letters for, capitals inside words, mixed alphabets and odd signs against.

    Words are runs of letters: figures and underscores that names of columns are full of (`id_клиента`, `10шт`) part them.
    """
    text = head.decode(encoding, "replace")
    score = sum(_word_likeness(word) for word in _LETTERS.findall(text) if not word.isascii())
    odd = re.findall(r"[^\x00-\x7f\w\s№«»—–…“”„‘’•₽€°·©®™§±×]", text)
    prices = re.findall(r"\d\s?[€£₽]|[€£₽]\s?\d", text)
    return score + 0.5 * len(prices) - 2 * len(odd) - 5 * text.count("\ufffd")


def _word_likeness(word: str) -> float:
    """Of one run of letters that are not all ASCII."""
    cyrillic = sum("\u0400" <= character <= "\u04ff" for character in word)
    if cyrillic == len(word):
        return _russian(word)
    if cyrillic:
        return -2.0 * cyrillic
    if len(word) == 1:
        return 0.25 if word.lower() in _WESTERN_ALONE else -1.0
    high = sum(character > "\x7f" for character in word)
    return 0.4 * (len(word) > 2) if high * 2 <= len(word) else -2.0


def _russian(word: str) -> float:
    low = word.lower()
    if len(word) == 1:
        return 0.25 if low in _ALONE else 0.0 if "а" <= low <= "ё" else -1.0
    pairs = [low[at : at + 2] in _PAIRS for at in range(len(low) - 1)]
    score = sum(1.0 if usual else -0.5 for usual in pairs) + 0.3
    score -= 3.0 * sum(b.isupper() and a.islower() for a, b in pairwise(word))
    return score + (0.5 if word[1:].islower() else 0.1 if word.isupper() else 0.0)


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
