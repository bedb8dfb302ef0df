"""Who is who: pseudonyms under a key, aliases that belong to one customer, the vault of real identities, tombstones."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.files import write_bytes
from tropa.model import TropaError, Where
from tropa.trail.archive.arrow import string_buffers
from tropa.trail.archive.digests import Digests
from tropa.trail.kernels import hash as hashing
from tropa.trail.kernels.sort import unite

Words = npt.NDArray[np.uint64]
LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32 without letters that are taken for digits; a pseudonym has twelve (60 bits)."""

SHARED_CONTACT = 20
"""A phone or e-mail that more customers than this share in one import is a placeholder (the shop's own, 0000000), not a person."""


class Key:
    """The archive's secret: 16 bytes under which identities are hashed. Made once; whoever has it can confirm a guess."""

    def __init__(self, secret: bytes) -> None:
        self.secret = secret

    @classmethod
    def of(cls, folder: Path, *, create: bool) -> Key:
        """The key of an archive. Raises TR-T105 where it is missing though the archive has data, or is not a key."""
        path = folder / "key"
        if not path.exists():
            if not create:
                raise TropaError("TR-T105", Where(file=str(path)))
            write_bytes(path, f"{secrets.token_hex(16)}\n".encode("ascii"), 0o600)
        try:
            secret = bytes.fromhex(path.read_text(encoding="ascii").strip())
        except ValueError:
            secret = b""
        if len(secret) != 16:
            raise TropaError("TR-T105", Where(file=str(path)))
        return cls(secret)

    def words(self, purpose: str) -> tuple[np.uint64, np.uint64]:
        """A key of its own for each purpose, as two words."""
        high, low = hashing.naive_sip(purpose.encode(), self.secret)
        return np.uint64(low), np.uint64(high)

    def digests(self, strings: Any, purpose: str, *, quick: bool = False) -> tuple[Words, Words]:
        """(hi, lo) of each string of an Arrow array. `quick` uses SipHash-1-3 (rows), else 2-4 (people)."""
        data, offsets = string_buffers(strings)
        high, low = np.empty(len(strings), np.uint64), np.empty(len(strings), np.uint64)
        first, second = self.words(purpose)
        hashing.sip_strings(data, offsets, first, second, 1 if quick else 2, 3 if quick else 4, high, low)
        return high, low


def spell(hi: Words) -> npt.NDArray[np.str_]:
    """The pseudonym of each digest: twelve letters and digits."""
    alphabet = np.array([ord(letter) for letter in LETTERS], np.uint32)
    out = np.empty((len(hi), 12), np.uint32)
    for place in range(12):
        out[:, place] = alphabet[((hi >> np.uint64(59 - 5 * place)) & np.uint64(31)).astype(np.int64)]
    return out.view("U12").reshape(len(hi))


@dataclass(frozen=True, slots=True)
class Known:
    """One real name of a customer in the vault: `kind` is `id`, `phone`, `email` or `name`."""

    kind: str
    value: str


class People:
    """The table of aliases while an archive is written: digest → customer number, and which numbers are one customer.

    A customer's real identifier, a phone and an e-mail are all aliases. Numbers are never given again; `parent` leads from each to
    the number that leads its group, its smallest.
    """

    def __init__(self, key: Key) -> None:
        self.key = key
        self.aliases = Digests()
        self.owner = np.zeros(0, np.int64)
        self.parent = np.zeros(0, np.int64)
        self.own_alias = np.zeros(0, np.int64)
        """The alias that each number was first known by."""
        self.tombstones = Digests()
        self.fresh: list[tuple[str, Any, npt.NDArray[np.int64]]] = []
        """For the vault: (kind, strings, numbers) first seen in this import."""
        self._contacts: list[npt.NDArray[np.int64]] = []

    def restore(self, hi: Words, lo: Words, owner: npt.NDArray[Any], joins: npt.NDArray[Any]) -> None:
        """Takes over what one part of the archive added."""
        self.aliases.append(hi, lo)
        self._add_aliases(owner.astype(np.int64))
        if len(joins):
            unite(self.parent, joins[:, 0].astype(np.int64), joins[:, 1].astype(np.int64))

    def _add_aliases(self, owners: npt.NDArray[np.int64]) -> None:
        known = len(self.owner)
        self.owner = np.concatenate([self.owner, owners])
        total = int(self.owner.max(initial=-1)) + 1
        new = np.arange(len(self.parent), total)
        if len(new):
            if np.array_equal(owners, new):  # each is a customer of its own, as where there are no contacts
                spots = np.arange(len(new))
            else:
                numbers, first = np.unique(owners, return_index=True)
                spots = first[np.searchsorted(numbers, new)]
            self.parent = np.concatenate([self.parent, new])
            self.own_alias = np.concatenate([self.own_alias, known + spots])

    @property
    def numbers(self) -> int:
        """Customer numbers given out so far."""
        return len(self.parent)

    def erased(self, strings: Any, valid: npt.NDArray[np.bool_] | None) -> npt.NDArray[np.bool_]:
        """Which of the aliases are under a tombstone."""
        hi, lo = self.key.digests(strings, "person")
        found = self.tombstones.find(hi, lo) >= 0
        return found if valid is None else found & valid

    def customers(self, strings: Any) -> npt.NDArray[np.int64]:
        """The customer number of each real identifier (an Arrow string array without nulls)."""
        hi, lo = self.key.digests(strings, "person")
        known = self.aliases.count
        codes = self.aliases.codes(hi, lo)
        if self.aliases.count > known:
            new = np.arange(self.aliases.count - known)
            self._add_aliases(self.numbers + new)
            places = np.full(len(new), len(codes))
            is_new = np.flatnonzero(codes >= known)
            np.minimum.at(places, codes[is_new] - known, is_new)
            self.fresh.append(("id", strings.take(places), self.owner[known:]))
        return self.owner[codes]

    def contacts(self, kind: str, strings: Any, numbers: npt.NDArray[np.int64]) -> None:
        """Notes that customers have these phones or e-mails (distinct pairs, no nulls); `join` draws the conclusion."""
        hi, lo = self.key.digests(strings, "person")
        known = self.aliases.count
        codes = self.aliases.codes(hi, lo).astype(np.int64)
        if self.aliases.count > known:
            first = np.unique(codes, return_index=True)[1]
            first = first[codes[first] >= known]
            self._add_aliases(numbers[first])
            self.fresh.append((kind, strings.take(first), numbers[first]))
        self._contacts.append(np.stack([codes, numbers], axis=1))

    def join(self) -> tuple[npt.NDArray[np.int64], int]:
        """Joins customers that share a contact. The result: new joins (k × 2 numbers), and how many contacts are too widely shared."""
        if not self._contacts:
            return np.zeros((0, 2), np.int64), 0
        pairs = np.unique(np.concatenate(self._contacts), axis=0)
        self._contacts = []
        shared = np.bincount(pairs[:, 0]) > SHARED_CONTACT
        pairs = pairs[~shared[pairs[:, 0]]]
        edges = np.stack([self.owner[pairs[:, 0]], pairs[:, 1]], axis=1)
        edges = edges[self.parent[edges[:, 0]] != self.parent[edges[:, 1]]]
        if len(edges):
            unite(self.parent, edges[:, 0].copy(), edges[:, 1].copy())
        return edges, int(shared.sum())

    def pseudonyms(self, numbers: npt.NDArray[Any]) -> npt.NDArray[np.str_]:
        """The pseudonym of each customer number: that of the alias it was first known by."""
        return spell(self.aliases.hi[self.own_alias[numbers]])

    def number_of(self, pseudonym: str) -> int:
        """The leading number of a customer. Raises TR-T106 for a pseudonym nobody has."""
        tidy = pseudonym.strip().lower()
        if len(tidy) == 12 and all(letter in LETTERS for letter in tidy):
            top = sum(LETTERS.index(letter) << (59 - 5 * place) for place, letter in enumerate(tidy))
            found = np.flatnonzero(self.aliases.hi[self.own_alias] >> np.uint64(4) == np.uint64(top >> 4))
            if len(found):
                return int(self.parent[found[0]])
        raise TropaError("TR-T106", pseudonym=pseudonym)

    def group(self, number: int) -> npt.NDArray[np.int64]:
        """All numbers that are the same customer as this one."""
        return np.flatnonzero(self.parent == self.parent[number])

    def bury(self, numbers: Iterable[int]) -> None:
        """Puts all aliases of these numbers under a tombstone."""
        spots = np.flatnonzero(np.isin(self.owner, list(numbers)))
        self.tombstones.codes(self.aliases.hi[spots], self.aliases.lo[spots])
