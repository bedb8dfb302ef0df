"""The one place where the terminal throws dice; everything below is handed what falls."""

from __future__ import annotations

import secrets
import string

_ALPHABET = string.ascii_letters + string.digits


def new_id() -> str:
    """22 letters and digits that nobody can guess: 131 random bits."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(22))
