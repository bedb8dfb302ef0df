"""Calls to addresses that users gave: never into this machine or a private network, never where an answer sends us on to (R-62)."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlsplit

from tropa.model import TropaError

TIMEOUT_S = 10.0
MOST_ANSWER = 64_000
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True)
class Target:
    """Where a call goes: the name it was given by, the number it was looked up as (that very one is called), port, path."""

    scheme: str
    host: str
    address: str
    port: int
    path: str


def is_public(found: Address) -> bool:
    """Whether a number belongs to the open Internet, seen through the ways of writing one number inside another."""
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is None and found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


def target(url: str, *, private: bool) -> Target:
    """Looks an address up. `private`: this machine and private networks, and plain http, are allowed.

    Raises TR-W240 for an address that is none (or not https), TR-W241 where the name leads nowhere or into a private network.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as reason:
        raise TropaError("TR-W240", url=url) from reason
    schemes = ("https", "http") if private else ("https",)
    bad = parts.username is not None or parts.password is not None or bool(parts.fragment)
    if parts.scheme not in schemes or not parts.hostname or bad or any(ord(one) < 33 for one in url):
        raise TropaError("TR-W240", url=url)
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
        numbers = [ipaddress.ip_address(str(one[4][0]).partition("%")[0]) for one in found]
    except (OSError, ValueError, UnicodeError) as reason:
        raise TropaError("TR-W241", host=parts.hostname) from reason
    if not numbers or not (private or all(is_public(number) for number in numbers)):
        raise TropaError("TR-W241", host=parts.hostname)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, parts.hostname, str(numbers[0]), port, path)


class _Plain(http.client.HTTPConnection):
    def __init__(self, where: Target) -> None:
        super().__init__(where.host, where.port, timeout=TIMEOUT_S)
        self.where = where

    def connect(self) -> None:
        """To the number that was looked up and found public: a second look-up might say another."""
        self.sock = socket.create_connection((self.where.address, self.where.port), TIMEOUT_S)


class _Encrypted(_Plain):
    default_port = 443

    def connect(self) -> None:
        """The same, and the certificate must be the name's."""
        super().connect()
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(cast(socket.socket, self.sock), server_hostname=self.where.host)


def post(url: str, body: bytes, headers: dict[str, str], *, private: bool) -> int:
    """Posts a body; returns the status. Redirects are an answer like any other and not followed.

    Raises TR-W240, TR-W241, and OSError where nobody answers.
    """
    where = target(url, private=private)
    connection = _Encrypted(where) if where.scheme == "https" else _Plain(where)
    try:
        connection.request("POST", where.path, body, headers)
        answer = connection.getresponse()
        answer.read(MOST_ANSWER)
        return answer.status
    except http.client.HTTPException as reason:
        raise ConnectionError(str(reason)) from reason
    finally:
        connection.close()
