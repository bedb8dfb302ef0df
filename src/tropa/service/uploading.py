"""Files attached to a map: of known kinds, checked by what is in them, handed out so that they run nothing (R-02, R-60)."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

from tropa.model import TropaError
from tropa.model.access import Actor, Right
from tropa.service import auditing
from tropa.service.desk import Desk

if TYPE_CHECKING:
    from tropa.store.files import Attached

MOST_BYTES = 10_000_000
MOST_OF_A_MAP = 500_000_000
_SIGNS: tuple[tuple[bytes, int, str, tuple[str, ...]], ...] = (
    (b"\x89PNG\r\n\x1a\n", 0, "image/png", ("png",)),
    (b"\xff\xd8\xff", 0, "image/jpeg", ("jpg", "jpeg")),
    (b"GIF8", 0, "image/gif", ("gif",)),
    (b"WEBP", 8, "image/webp", ("webp",)),
    (b"%PDF-", 0, "application/pdf", ("pdf",)),
    (b"PK\x03\x04", 0, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",)),
    (b"PK\x03\x04", 0, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",)),
    (b"PK\x03\x04", 0, "application/vnd.openxmlformats-officedocument.presentationml.presentation", ("pptx",)),
    (b"ID3", 0, "audio/mpeg", ("mp3",)),
    (b"OggS", 0, "audio/ogg", ("ogg", "oga", "opus")),
)
_WORDS = {"txt": "text/plain; charset=utf-8", "csv": "text/csv; charset=utf-8", "md": "text/markdown; charset=utf-8"}
IMAGES = ("image/png", "image/jpeg", "image/gif", "image/webp")
"""What may be shown in a page; all else is only handed out to be kept."""
KNOWN = tuple(sorted({ending for *_, endings in _SIGNS for ending in endings} | set(_WORDS)))


def kind_of(name: str, body: bytes) -> str:
    """The media type of a file by its content, which its name must agree with. Raises TR-W260 for any other.

    SVG and HTML are not among them: a browser would run what is in them.
    """
    ending = name.rpartition(".")[2].lower()
    for sign, at, media, endings in _SIGNS:
        if ending in endings and body[at : at + len(sign)] == sign:
            return media
    if ending in _WORDS and b"\0" not in body:
        try:
            body.decode("utf-8-sig")
        except UnicodeDecodeError:
            pass
        else:
            return _WORDS[ending]
    raise TropaError("TR-W260", name=name, known=", ".join(KNOWN))


def plain_name(name: str) -> str:
    """The last part of a file's name without anything a path or a header could stumble over."""
    last = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    kept = "".join(letter for letter in last if letter.isprintable() and letter not in '<>:"|?*').strip(" .")
    stem, dot, ending = kept.rpartition(".")
    return f"{stem[:100] or 'file'}{dot}{ending[:10]}" if dot else kept[:100] or "file"


def attach(desk: Desk, who: Actor, map_id: str, name: str, body: bytes) -> Attached:
    """Keeps a file beside a map. The same file twice is kept once. Raises TR-A006 (too large, no room left), TR-W260."""
    from tropa.store import files
    from tropa.store.files import Attached

    who.require(Right.EDIT, map_id)
    desk.living.row(desk, map_id)
    if len(body) > MOST_BYTES:
        raise TropaError("TR-A006", limit=f"{MOST_BYTES // 1_000_000} MB")
    name = plain_name(name)
    media, digest = kind_of(name, body), hashlib.sha256(body).hexdigest()
    with desk.store.begin() as c:
        known = files.same(c, map_id, digest, name)
        if known is not None:
            return known
        if files.room_taken(c, map_id) + len(body) > MOST_OF_A_MAP:
            raise TropaError("TR-A006", limit=f"{MOST_OF_A_MAP // 1_000_000} MB")
        made = Attached(desk.new_id(), map_id, name, media, len(body), digest, desk.clock(), who.who)
        files.add(c, made, body)
        auditing.note(desk, c, who, "file-attached", map_id, name=name)
    return made


def fetch(desk: Desk, who: Actor, file_id: str) -> tuple[Attached, bytes]:
    """A file and its content, for those who may read its map. Raises TR-A003."""
    from tropa.store import files

    with desk.store.read() as c:
        found = files.find(c, file_id)
        if found is None or not who.may(Right.READ, found.document_id):
            raise TropaError("TR-A003", name=file_id)
        return found, files.body(c, file_id)
