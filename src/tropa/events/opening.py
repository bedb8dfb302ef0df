"""Opening a file as a stream of bytes, unpacked on the way, with the growth of packed files bounded."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

import zstandard

from tropa.events.encoding import detect
from tropa.events.json_rows import is_document
from tropa.events.limits import Limits
from tropa.events.xes_rows import is_xes
from tropa.model import TropaError, Where

GZIP, ZSTD, ZIP, PARQUET = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PK\x03\x04", b"PAR1"
_CONTROL = bytes(code for code in range(1, 32) if code not in (9, 10, 11, 12, 13, 26, 27, 28, 29, 30, 31))
_SMALL = 64 << 20


class Unpacking(io.RawIOBase):
    """A readable stream that counts what comes out and what went in, and refuses bombs (TR-E005) and torn archives (TR-E004)."""

    def __init__(self, packed: BinaryIO, stream: BinaryIO, name: str, limits: Limits) -> None:
        self._packed, self._stream, self._name, self._limits = packed, stream, name, limits
        self.out = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)
        data = self.read(len(view))
        view[: len(data)] = data
        return len(data)

    def read(self, size: int = -1) -> bytes:
        try:
            data = self._stream.read(size if size >= 0 else self._limits.unpacked - self.out + 1)
        except (EOFError, OSError, zlib.error, zstandard.ZstdError) as fault:
            raise TropaError("TR-E004", Where(file=self._name), reason=str(fault)) from fault
        self.out += len(data)
        if self.out > self._limits.unpacked:
            raise TropaError(
                "TR-E005", Where(file=self._name), limit=self._limits.unpacked, knob="TROPA_LIMIT_UNPACKED"
            )
        if self.out > _SMALL and self.out > self._limits.ratio * max(self._packed.tell(), 1):
            raise TropaError("TR-E005", Where(file=self._name), limit=self._limits.ratio, knob="TROPA_LIMIT_RATIO")
        return data


@contextmanager
def opened(file: Path, limits: Limits | None = None) -> Iterator[BinaryIO]:
    """The file's bytes, unpacked if it is gzip or Zstandard by its content. Raises TR-E001, TR-E004, TR-E005."""
    bounds = limits or Limits.of_environment()
    try:
        packed = file.open("rb")
    except OSError as fault:
        raise TropaError("TR-E001", Where(file=file.name), reason=fault.strerror or str(fault)) from fault
    with packed:
        head = packed.read(4)
        packed.seek(0)
        stream: BinaryIO
        if head.startswith(GZIP):
            stream = cast(BinaryIO, gzip.GzipFile(fileobj=packed))
        elif head == ZSTD:
            unpacker = zstandard.ZstdDecompressor(max_window_size=1 << 27)
            stream = cast(BinaryIO, unpacker.stream_reader(packed, read_across_frames=True))
        else:
            yield packed
            return
        yield cast(BinaryIO, Unpacking(packed, stream, file.name, bounds))


def head_of(file: Path, size: int) -> bytes:
    """The first `size` bytes after unpacking (fewer if the file is shorter)."""
    with opened(file) as stream:
        parts, left = [], size
        while left > 0 and (part := stream.read(left)):
            parts.append(part)
            left -= len(part)
        return b"".join(parts)


_NAMES = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".tab": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xes": "xes",
}


def format_of(file: Path, head: bytes) -> str:
    """csv, jsonl, json, parquet, xlsx or xes: by content first, then by name. Raises TR-E002 (empty), TR-E003 (something else)."""
    if not head.strip():
        raise TropaError("TR-E002", Where(file=file.name))
    if head.startswith(PARQUET):
        return "parquet"
    if head.startswith(ZIP):
        return "xlsx"
    suffixes = [suffix.lower() for suffix in file.suffixes if suffix.lower() not in (".gz", ".zst", ".gzip", ".zstd")]
    named = _NAMES.get(suffixes[-1]) if suffixes else None
    if named == "jsonl" or head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"["):
        text = head.decode(detect(head), "ignore")
        if is_document(text, bool(suffixes) and suffixes[-1] == ".json"):
            return "json"
        if text.lstrip("\ufeff \r\n\t").startswith("{"):
            return "jsonl"
    if is_xes(head, named == "xes"):
        return "xes"
    if named in ("parquet", "xlsx", "xes") or head.startswith(
        (b"%PDF", b"\x89PNG", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf", b"\x7fELF")
    ):
        raise TropaError("TR-E003", Where(file=file.name), name=file.name)
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"<!", b"<html", b"<HTML", b"<?xml", b"<table")) or _no_text(
        head
    ):
        raise TropaError("TR-E003", Where(file=file.name), name=file.name)
    return named or "csv"


def _no_text(head: bytes) -> bool:
    """Whether more than one byte in fifty is a control sign that no text has (UTF-16 has them as halves of its letters)."""
    some = head[: 1 << 16]
    return len(some.translate(None, _CONTROL)) < 0.98 * len(some) and not detect(some).startswith("utf-16")
