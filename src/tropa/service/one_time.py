"""Six digits that change every half minute: one-time passwords (RFC 6238, on RFC 4226), as authenticator apps have them."""

from __future__ import annotations

import base64
import hmac
import secrets
from datetime import datetime
from hashlib import sha1
from urllib.parse import quote, urlencode

STEP_S, DIGITS = 30, 6
DRIFT = 1
"""So many steps a phone's clock may be off, either way."""
CODES, GROUPS = 10, 4
"""Recovery codes, and groups of four letters in each: 80 bits."""
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


def new_secret() -> str:
    """160 random bits, in base 32."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def step_of(at: datetime) -> int:
    """The half minute of a moment."""
    return int(at.timestamp()) // STEP_S


def code_of(secret: str, step: int, digits: int = DIGITS) -> str:
    """The digits shown in a half minute (RFC 4226, 5.3)."""
    digest = hmac.new(base64.b32decode(secret), step.to_bytes(8, "big"), sha1).digest()
    at = digest[-1] & 0x0F
    number = int.from_bytes(digest[at : at + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**digits:0{digits}d}"


def step_shown(secret: str, code: str, at: datetime) -> int | None:
    """The half minute whose digits these are, if it is now or nearly; None for wrong ones. Takes as long either way."""
    now, found = step_of(at), None
    for step in range(now - DRIFT, now + DRIFT + 1):
        if hmac.compare_digest(code_of(secret, step).encode(), code.encode()):
            found = step
    return found


def address_of(secret: str, who: str, issuer: str = "Tropa") -> str:
    """What an authenticator reads from the QR code."""
    told = {"secret": secret, "issuer": issuer, "algorithm": "SHA1", "digits": str(DIGITS), "period": str(STEP_S)}
    return f"otpauth://totp/{quote(issuer)}:{quote(who)}?{urlencode(told)}"


def squares_of(address: str) -> list[str]:
    """The QR code of an address, a row of 0 and 1 a line."""
    import segno

    return ["".join("1" if one else "0" for one in row) for row in segno.make(address, error="m", micro=False).matrix]


def new_recovery_codes() -> list[str]:
    """Codes that replace the authenticator once each, like `k3mz-8wqa-…`."""
    return ["-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(GROUPS)) for _ in range(CODES)]


def plain(code: str) -> str:
    """A code as it is compared: without spaces and dashes, in small letters."""
    return "".join(sign for sign in code.casefold() if sign.isalnum())
