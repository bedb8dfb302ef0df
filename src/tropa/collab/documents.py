"""Documents as bytes: made from a map, read as a map, changed by a difference of maps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pycrdt import Doc, merge_updates

from tropa.collab.decoding import Decoded, map_of
from tropa.collab.differences import apply_difference
from tropa.collab.encoding import NewKey, random_key, raw_of
from tropa.collab.hearing import hearing
from tropa.collab.raw import read_raw, write_raw
from tropa.collab.shape import IDENTITY, ROOT_KEY
from tropa.model import Map

EMPTY = b"\x00\x00"
"""A document with nothing in it, and a change that changes nothing."""


def encode(value: Map, *, new_key: NewKey = random_key) -> bytes:
    """A new document that says this map."""
    raw = raw_of(value, new_key)
    raw.fields[ROOT_KEY][IDENTITY] = new_key()
    doc: Doc[Any] = Doc()
    write_raw(raw, doc)
    return doc.get_update()


def decode(state: bytes) -> Decoded:
    """The map a document says: always a valid one."""
    return map_of(read_raw(_opened(state)))


def difference(state: bytes, before: Map, after: Map, *, new_key: NewKey = random_key) -> bytes:
    """A change to a document that does to it what turned `before` into `after` elsewhere; `EMPTY` where that is nothing.

    `before` is what the document said when it was taken out (it may say something else by now). Only what differs between the two is
    changed, texts letter by letter, so what others wrote meanwhile stays; a thing that was removed goes, however it was changed here.
    """
    doc = _opened(state)
    with hearing(doc) as brought:
        apply_difference(doc, before, after, new_key)
    return brought[-1] if brought else EMPTY


def merge(updates: Iterable[bytes]) -> bytes:
    """Several updates of one document as one."""
    parts = tuple(updates)
    return merge_updates(*parts) if parts else EMPTY


def _opened(state: bytes) -> Doc[Any]:
    doc: Doc[Any] = Doc()
    if state:
        doc.apply_update(state)
    return doc
