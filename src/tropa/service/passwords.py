"""Passwords and secrets of links: how they are kept and compared, and which passwords are too easy (OWASP ASVS 2.1, 2.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from tropa.model import TropaError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

LEAST, MOST = 10, 200
"""Length of a password, in characters."""
_AT_ONCE = BoundedSemaphore(2)
"""Hashing takes 64 MiB each: many sign-ins at once must not take the memory of a small machine."""
_PATIENCE_S = 5
_ROWS = (
    "1234567890", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю",
    "abcdefghijklmnopqrstuvwxyz", "абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "1qaz2wsx3edc4rfv", "1q2w3e4r5t6y7u8i",
    "q1w2e3r4t5y6",
)  # fmt: skip
_WORDS = frozenset(
    (
        "password", "passw0rd", "p@ssw0rd", "p@ssword", "pass", "admin", "administrator", "root", "user", "login",
        "welcome", "letmein", "iloveyou", "monkey", "dragon", "football", "baseball", "sunshine", "princess",
        "superman", "batman", "master", "shadow", "michael", "jordan", "trustno1", "secret", "changeme", "default",
        "qwerty", "qwertyuiop", "qwerty123", "qazwsx", "asdfgh", "zxcvbn", "test", "guest", "internet", "computer",
        "samsung", "google", "facebook", "vkontakte", "пароль", "парол", "любовь", "люблютебя", "привет", "наташа",
        "андрей", "сергей", "александр", "максим", "марина", "кристина", "солнышко", "зайчик", "котёнок", "котенок",
        "россия", "москва", "спартак", "зенит", "йцукен", "администратор", "админ", "пользователь", "секрет",
        "клиент", "магазин", "компания", "parol", "privet", "lubov", "lublutebya", "natasha", "andrey", "sergey",
        "aleksandr", "maksim", "marina", "kristina", "solnyshko", "rossiya", "moskva", "spartak", "tropa", "тропа",
        "shop", "company", "customer", "journey",
    )
)  # fmt: skip


def digest(secret: str) -> str:
    """What is kept of a random token: its SHA-256 (nobody can guess 128 random bits, so no salt and no slowness is needed)."""
    return sha256(secret.encode()).hexdigest()


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()  # Argon2id with the parameters of RFC 9106 for machines with little memory


@contextmanager
def _turn() -> Iterator[None]:
    """Waits its turn. Raises TR-A005 where too many wait: a flood of sign-ins must not hold all threads of the server."""
    if not _AT_ONCE.acquire(timeout=_PATIENCE_S):
        raise TropaError("TR-A005", seconds=_PATIENCE_S)
    try:
        yield
    finally:
        _AT_ONCE.release()


def hashed(password: str) -> str:
    """What is kept of a password."""
    with _turn():
        return _hasher().hash(password)


@cache
def _nobodys() -> str:
    return hashed("nobody has this password")


def matches(kept: str | None, password: str) -> bool:
    """Whether it is the password. Where none is kept it takes as long, and is not: nobody learns which addresses have an account."""
    from argon2.exceptions import VerificationError

    asked = _nobodys() if kept is None else kept
    with _turn():
        try:
            _hasher().verify(asked, password)
        except VerificationError:
            return False
    return kept is not None


def outdated(kept: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return _hasher().check_needs_rehash(kept)


def require_good(password: str, *about: str) -> None:
    """Raises TR-W104 (too short) or TR-W105 (easy to guess: common, a row of keys, or made of the person's name or address)."""
    if len(password) < LEAST:
        raise TropaError("TR-W104", least=LEAST)
    if is_easy(password, *about):
        raise TropaError("TR-W105")


def is_easy(password: str, *about: str) -> bool:
    """Whether a list of some ten thousand guesses would hold it."""
    folded = password.casefold()
    if folded in _common() or folded.strip("0123456789!?.,*@# ") in _common():
        return True
    if len(set(folded)) < 5 or _is_row(folded):
        return True
    core = re.sub(r"[\W\d_]+$|^[\W\d_]+", "", folded)
    own = {part for text in about for part in re.split(r"[\W_]+", text.casefold()) if len(part) >= 3}
    pieces = [piece for piece in re.split(r"[\W\d_]+", core) if piece]
    easy = _WORDS | own
    if not pieces:
        return len(folded) < 16  # digits and signs only
    words = [piece for piece in pieces if len(piece) >= 3]
    return core in easy or (bool(words) and all(word in easy or _is_row(word) for word in words))


@cache
def _common() -> frozenset[str]:
    """The thirty thousand passwords that are met most in leaks, names, and English words, of five letters or more (the lists of zxcvbn,
    each of which leaves out what another one has)."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(word for words in FREQUENCY_LISTS.values() for word in words if len(word) >= 5)


def _is_row(text: str) -> bool:
    """Whether it is a row of the keyboard or the alphabet, to and fro, as often as it takes."""
    for row in _ROWS:
        for line in (row, row[::-1]):
            if len(text) >= 3 and (text in line * 4 or _pieces_of(text, line)):
                return True
    return False


def _pieces_of(text: str, line: str) -> bool:
    """Whether the text is made of pieces of the line that are at least four long."""
    return len(text) >= 8 and all(text[at : at + 4] in line * 2 for at in range(0, len(text) - 3, 4))
