"""The cookies: sign-in, guest, and the CSRF value that the page's own script may read."""

from __future__ import annotations

from hashlib import sha256
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import Response

from tropa.service.knowing import GUEST_LIFETIME, LIFETIME, Credential
from tropa.web import language

LOGIN, GUEST, CSRF = "tropa_login", "tropa_guest", "tropa_csrf"
HEADER = "x-csrf-token"
YEAR = 365 * 86_400


def is_secure(request: HTTPConnection) -> bool:
    """Whether the browser sees us by https."""
    public = urlsplit(request.app.state.public_url)
    return public.scheme == "https" or request.scope["scheme"] in ("https", "wss")


def _name(base: str, secure: bool) -> str:
    # `__Host-`: the browser takes it from this very host by https only, never from a neighbour
    return f"__Host-{base}" if secure else base


def shown(request: HTTPConnection) -> tuple[Credential, ...]:
    """What the visitor shows. A token goes alone: whoever sends one does not mean the cookies."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and secret.strip():
        return (Credential("token", secret.strip()),)
    secure = is_secure(request)
    login, guest = (request.cookies.get(_name(base, secure)) for base in (LOGIN, GUEST))
    return tuple(
        credential
        for credential in (
            Credential("login", login) if login else None,
            Credential("guest", guest) if guest else None,
        )
        if credential is not None
    )


def secret_of(request: HTTPConnection, base: str) -> str | None:
    """The secret in one of our cookies."""
    return request.cookies.get(_name(base, is_secure(request)))


def csrf_of(secret: str) -> str:
    """The value a page must send along with each change: made from the cookie's secret, which other sites cannot read."""
    return sha256(b"tropa csrf " + secret.encode()).hexdigest()[:32]


def _set(response: Response, request: HTTPConnection, base: str, value: str, seconds: float, hidden: str) -> None:
    secure = is_secure(request)
    name = _name(base, secure) if hidden == "hidden" else base
    response.set_cookie(
        name, value, max_age=int(seconds), path="/", secure=secure, httponly=hidden == "hidden", samesite="lax"
    )


def give_login(response: Response, request: HTTPConnection, secret: str) -> None:
    """Signs the browser in."""
    _set(response, request, LOGIN, secret, LIFETIME.total_seconds(), "hidden")
    _set(response, request, CSRF, csrf_of(secret), LIFETIME.total_seconds(), "readable")


def give_guest(response: Response, request: HTTPConnection, secret: str) -> None:
    """Lets the browser in as a guest; somebody who is signed in stays that, with their own CSRF value."""
    _set(response, request, GUEST, secret, GUEST_LIFETIME.total_seconds(), "hidden")
    if secret_of(request, LOGIN) is None:
        _set(response, request, CSRF, csrf_of(secret), GUEST_LIFETIME.total_seconds(), "readable")


def give_language(response: Response, request: HTTPConnection, lang: str) -> None:
    """The browser speaks the person's language from now on."""
    _set(response, request, language.COOKIE, lang, YEAR, "readable")


def take_all(response: Response, request: HTTPConnection) -> None:
    """Signs the browser out, as a guest too."""
    secure = is_secure(request)
    for name in (_name(LOGIN, secure), _name(GUEST, secure), CSRF):
        response.delete_cookie(name, path="/", secure=secure, httponly=name != CSRF, samesite="lax")
