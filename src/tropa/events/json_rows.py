"""A JSON document that is one long list of objects — alone, or inside an object — as raw rows, without holding the whole of it."""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from tropa.events.contract import BadRow
from tropa.events.encoding import MARK, utf8_blocks
from tropa.events.jsonl_rows import CODES, batch_of, rows_of, whole_number
from tropa.events.limits import Limits
from tropa.events.raw import RawRows
from tropa.model import TropaError, Where

_BLOCK = 4 << 20
_GAP = re.compile(r"[\s,]*")
_SPACE = re.compile(r"\s*")
_LIST = re.compile(r"\[\s*(?=\{)")
_DECODER = json.JSONDecoder(parse_int=whole_number)


def find_list(text: str) -> int | None:
    """Where the list of objects begins (its bracket) in the beginning of a document; None: the text is no such document.

    Of an object it is the first list of objects among its own keys; what stands before and behind that list is passed over.
    """
    at = _past(_SPACE, text.removeprefix("\ufeff"), 0) + text.startswith("\ufeff")
    if _LIST.match(text, at):
        return at
    if not text.startswith("{", at):
        return None
    at = _past(_SPACE, text, at + 1)
    try:
        while text.startswith('"', at):
            _, at = _DECODER.raw_decode(text, at)
            at = _past(_SPACE, text, at)
            if not text.startswith(":", at):
                return None
            at = _past(_SPACE, text, at + 1)
            if _LIST.match(text, at):
                return at
            _, at = _DECODER.raw_decode(text, at)
            at = _past(_GAP, text, at)
    except (ValueError, RecursionError):
        return None
    return None


def is_document(text: str, named_json: bool) -> bool:
    """Whether the beginning of a file is such a document, and not lines of objects.

    One object on one line is both: in a file called `.json` its list of objects is taken for the rows. An object over several lines
    that has no such list of its own is a document of one element (the recorded body of a request).
    """
    at = find_list(text)
    if at is None:
        return _one_object(text)
    if text.lstrip("\ufeff \t\r\n").startswith("["):
        return True
    line, _, rest = text.strip("\ufeff \t\r\n").partition("\n")
    try:
        json.loads(line, parse_int=whole_number)
    except (ValueError, RecursionError):
        return True
    return named_json and not rest.strip()


def _one_object(text: str) -> bool:
    """Whether a text begins with an object whose first line is no value by itself."""
    bare = text.strip("\ufeff \t\r\n")
    if not bare.startswith("{"):
        return False
    try:
        _, end = _DECODER.raw_decode(bare)
    except (ValueError, RecursionError):
        return False
    return "\n" in bare[:end] and not bare[end:].strip()


def items(stream: BinaryIO, file: str, encoding: str, limits: Limits) -> Iterator[tuple[int, Any, str | None, int]]:
    """The elements of the list: the line it begins on, its value, the fault's code (None: none), the bytes newly read.

    At most a block and one element are in memory. A document that breaks off gives its torn element as a fault (TR-E112, the value is
    its text), an element that is too long TR-E111. Raises TR-E023 with line and column where the text is no JSON any more.
    """
    buffer = _Buffer(stream, encoding)
    buffer.more()
    start = find_list(buffer.text)
    if start is None and _one_object(buffer.text):
        value = json.loads(buffer.text.removeprefix("\ufeff"), parse_int=whole_number)
        yield buffer.line(), value, None, buffer.taken()
        return
    if start is None:
        raise TropaError("TR-E016", Where(file=file))
    buffer.at = start + 1
    while True:
        buffer.at = _past(_GAP, buffer.text, buffer.at)
        if buffer.at >= len(buffer.text):
            if buffer.more():
                continue
            return
        if buffer.text.startswith("]", buffer.at):
            return
        line = buffer.line()
        try:
            value, end = _DECODER.raw_decode(buffer.text, buffer.at)
        except RecursionError:
            raise TropaError("TR-E023", Where(file, line, buffer.column(buffer.at)), reason="depth") from None
        except json.JSONDecodeError as fault:
            if len(buffer.text) - buffer.at > 16 * limits.record:
                yield line, buffer.text[buffer.at : buffer.at + 10_000], "TR-E111", buffer.taken()
                return
            if buffer.more():
                continue
            torn = fault.pos >= len(buffer.text.rstrip()) - 1 or fault.msg.startswith("Unterminated")
            if not torn:
                raise TropaError("TR-E023", buffer.place(file, fault.pos), reason=_reason(fault.msg)) from None
            yield line, buffer.text[buffer.at : buffer.at + 10_000], "TR-E112", buffer.taken()
            return
        if end == len(buffer.text) and buffer.more():
            continue  # a number may go on
        buffer.at = end
        yield line, value, None, buffer.taken()


def json_rows(
    stream: BinaryIO, file: str, names: tuple[str, ...], encoding: str, nested: str | None, batch_rows: int
) -> Iterator[RawRows]:
    """Batches of at most about `batch_rows` rows. `names`: the columns that the sample had. Raises TR-E016, TR-E023."""
    limits = Limits.of_environment()
    rows: list[dict[str, str | None]] = []
    lines: list[int] = []
    bad: list[BadRow] = []
    read = 0
    for line, value, code, size in items(stream, file, encoding, limits):
        read += size
        text = value if code else ""
        try:
            found = [] if code else rows_of(value, limits, nested)
        except ValueError as fault:
            code = CODES.get(str(fault), "TR-E112")
            text = json.dumps(value, ensure_ascii=False)
        if code is None and any(MARK in (cell or "") for row in found for cell in row.values()):
            code, text = "TR-E109", json.dumps(value, ensure_ascii=False)
        if code is None:
            rows += found
            lines += [line] * len(found)
        else:
            bound = {"TR-E111": limits.record, "TR-E119": limits.columns}.get(code, limits.depth)
            clean = text.replace(MARK, "")
            bad.append(BadRow(file, line, None, code, {"value": clean[:200], "expected": bound}, {"": clean[:10_000]}))
        if len(rows) >= batch_rows or len(bad) >= batch_rows:
            yield batch_of(rows, lines, bad, names, file, read)
            rows, lines, bad, read = [], [], [], 0
    yield batch_of(rows, lines, bad, names, file, read)


def sample_items(head: bytes, file: str, encoding: str) -> list[dict[str, Any]]:
    """The objects of a document's beginning. A fault behind them is left to the reading. Raises TR-E023 where nothing stands before it."""
    found: list[dict[str, Any]] = []
    try:
        for _, value, code, _ in items(io.BytesIO(head), file, encoding, Limits.of_environment()):
            if code is None and isinstance(value, dict):
                found.append(value)
            if len(found) >= 5_000:
                break
    except TropaError:
        if not found:
            raise
    return found


class _Buffer:
    """The part of the text that is being read, and how far the reading has come in the file."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._blocks = utf8_blocks(stream, encoding, _BLOCK)
        self._decode = codecs.getincrementaldecoder("utf-8")("tropa-mark").decode
        self.text = ""
        self.at = 0
        self._line, self._counted, self._column, self._size = 1, 0, 0, 0

    def more(self) -> bool:
        """Reads another block; False at the end of the file."""
        self.line()
        for data, size in self._blocks:
            last = self.text.rfind("\n", 0, self.at)
            self._column = self.at - last - 1 if last >= 0 else self._column + self.at
            self.text, self.at, self._counted = self.text[self.at :] + self._decode(data), 0, 0
            self._size += size
            return True
        return False

    def line(self) -> int:
        """The line of `at`, from 1."""
        self._line += self.text.count("\n", self._counted, self.at)
        self._counted = self.at
        return self._line

    def column(self, position: int) -> int:
        """The column of a position of the text, from 1."""
        last = self.text.rfind("\n", 0, position)
        return position - last if last >= 0 else self._column + position + 1

    def place(self, file: str, position: int) -> Where:
        """File, line and column of a position behind `at`."""
        return Where(file, self.line() + self.text.count("\n", self.at, position), self.column(position))

    def taken(self) -> int:
        """The bytes read since this was asked last."""
        size, self._size = self._size, 0
        return size


def _reason(said: str) -> str:
    """Which fault the parser means, as the catalogues know it."""
    known = {
        "',' delimiter": "comma",
        "':' delimiter": "colon",
        "property name": "key",
        "value": "value",
        "Invalid": "text",
    }
    return next((reason for words, reason in known.items() if words in said), "other")


def _past(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at
