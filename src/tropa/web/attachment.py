"""Files handed over to be kept, never to be shown by the browser in our name."""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import quote

from fastapi import Response

POLICY = "default-src 'none'; sandbox"
"""Whatever it is, it runs nothing and loads nothing."""

MOST_HEADER = 6_000


def attachment(body: bytes, media: str, name: str, lost: Sequence[str] = ()) -> Response:
    """A file with its name in any alphabet.

    `lost`: what its format could not hold, told in the header `Tropa-Lost` as far as a header may be long; `Tropa-Lost-Count` is how
    many there are in all.
    """
    plain = "".join(letter if (letter.isascii() and letter.isalnum()) or letter in "._-" else "_" for letter in name)
    headers = {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    if lost:
        told = list(lost)
        while len(shown := quote(json.dumps(told, ensure_ascii=False), safe="")) > MOST_HEADER:
            told.pop()
        headers["Tropa-Lost"] = shown
        headers["Tropa-Lost-Count"] = str(len(lost))
    return Response(body, media_type=media, headers=headers)
