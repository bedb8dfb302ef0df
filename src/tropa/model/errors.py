"""Errors with a code. The words for people are in the catalogues under the code; here are only the facts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Where:
    """Where in the user's own material something is: a file, a line and column from 1, a path of keys."""

    file: str | None = None
    line: int | None = None
    column: int | None = None
    path: str | None = None

    def __str__(self) -> str:
        spot = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        return f"{spot} {self.path}".strip() if self.path else spot


class TropaError(Exception):
    """Something the user can mend. `code` is `TR-` and a letter for the room, then a number.

    Letters: M map, C codec, E events, T trail, L lint, R render, S service, X command line.
    The message is `words` id `TR-…`, what to do is its attribute `.fix`; `facts` fill the placeholders.
    Several faults of one input are gathered in `also`, so that a person mends them in one go.
    """

    def __init__(self, code: str, where: Where | None = None, also: tuple[TropaError, ...] = (), **facts: Any) -> None:
        self.code = code
        self.where = where or Where()
        self.also = also
        self.facts = facts
        super().__init__(code)

    def __str__(self) -> str:
        facts = ", ".join(f"{key}={value!r}" for key, value in self.facts.items())
        return " ".join(part for part in (str(self.where), self.code, facts) if part)

    def within(self, file: str) -> TropaError:
        """The same error, naming the file it happened in (unless it already names one)."""
        also = tuple(error.within(file) for error in self.also)
        return TropaError(self.code, replace(self.where, file=self.where.file or file), also, **self.facts)


def near_miss(word: str, known: list[str] | tuple[str, ...], likeness: float = 0.6) -> str:
    """The known name nearest to `word`, or an empty string when none is near. `likeness` 1 would be the same name."""
    from difflib import get_close_matches

    found = get_close_matches(word, known, n=1, cutoff=likeness)
    return found[0] if found else ""
