"""What a file may cost us. Every limit can be raised through the environment by those who know their files."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that keep a hostile or broken file from eating the machine. Sizes are bytes."""

    unpacked: int = 64 << 30
    """Total size after decompression."""
    ratio: int = 200
    """How many times a packed file may grow (counted from the 64th MiB on: small files compress absurdly well)."""
    record: int = 1 << 20
    """Length of one row of text, quoted line breaks included."""
    record_lines: int = 2_000
    """Lines that one row may span; more means that a quote was never closed."""
    columns: int = 2_000
    depth: int = 32
    """Nesting of a JSON value."""
    xlsx_entries: int = 10_000
    xlsx_unpacked: int = 2 << 30

    @staticmethod
    def of_environment() -> Limits:
        """The limits with `TROPA_LIMIT_<NAME>` applied; what is not a whole number is passed over."""
        told = {field.name: os.environ.get(f"TROPA_LIMIT_{field.name.upper()}", "") for field in fields(Limits)}
        return Limits(**{name: int(value) for name, value in told.items() if value.isdecimal()})
