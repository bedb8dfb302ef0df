"""Which language a request is answered in: `?lang=`, the cookie of the switch, else what the browser prefers."""

from __future__ import annotations

from starlette.requests import HTTPConnection

from tropa.words import LANGUAGES, Words, words

COOKIE = "tropa_lang"


def words_of(request: HTTPConnection) -> Words:
    """The words to answer with."""
    for asked in (request.query_params.get("lang"), request.cookies.get(COOKIE)):
        if asked in LANGUAGES:
            return words(asked)
    for part in request.headers.get("accept-language", "").split(","):
        code = part.split(";")[0].strip().lower()[:2]
        if code in LANGUAGES:
            return words(code)
    return words("en")
