"""Reading a map for its value alone: text that has been read before is not parsed again."""

from __future__ import annotations

import contextlib
import hashlib
from functools import cache
from pathlib import Path

from pydantic import ValidationError

import tropa.model
from tropa.codec.document import load, loads
from tropa.files import cache_root, write_text
from tropa.model import Map, TropaError


def read(path: Path) -> Map:
    """The map in a file, as `load(path).map` gives it and with the same errors.

    YAML with its comments takes half a second to parse, so the value is kept in the user's cache folder under a hash of the text and of
    the model's sources; a cache that cannot be read or written is not used.
    """
    try:
        raw = path.read_bytes()
    except OSError:
        return load(path).map  # says what is wrong
    return value_of(raw, str(path))


def value_of(raw: bytes, name: str) -> Map:
    """The same for the bytes of a file of that name, as `loads(raw, name).map` gives it."""
    kept = cache_root() / "maps" / f"{_key(raw, Path(name).suffix)}.json"
    with contextlib.suppress(OSError, ValidationError, TropaError):
        return Map.model_validate_json(kept.read_bytes())
    value = loads(raw, name).map
    with contextlib.suppress(OSError):
        write_text(kept, value.model_dump_json(by_alias=True))
    return value


def _key(text: bytes, suffix: str) -> str:
    return hashlib.blake2b(text + suffix.encode() + _model(), digest_size=16).hexdigest()


@cache
def _model() -> bytes:
    """A hash of everything that decides what a text means: another version of Tropa reads anew."""
    digest = hashlib.blake2b(digest_size=16)
    for folder in (Path(tropa.model.__path__[0]), Path(__file__).parent):
        for file in sorted(folder.glob("*.py")):
            digest.update(file.read_bytes())
    return digest.digest()
