"""The ledger of erasures: keyed tombstones that are applied again when an older backup is brought back (R-64).

`erasures/key` (16 random bytes) and `erasures/ledger.jsonl` in the workspace: for each erasure its moment, the pseudonyms in the trail,
and the hashes by which words of that customer are found (`traces`). Nothing in it tells who was erased. It belongs into every backup, and
beside them: a backup older than the first erasure knows nothing of it.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from tropa.model import TropaError, Where

FOLDER, KEY, LEDGER = "erasures", "key", "ledger.jsonl"


@dataclass(frozen=True, slots=True)
class Erased:
    """One erasure."""

    at: str
    pseudonyms: tuple[str, ...]
    hashes: tuple[str, ...]


class Ledger:
    """The ledger in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def of(cls, workspace_folder: Path) -> Ledger:
        """A workspace's own."""
        return cls(workspace_folder / FOLDER)

    def key(self) -> bytes:
        """The key, made at the first erasure. Raises TR-W156 where it is damaged, or gone though there is a ledger."""
        path = self.folder / KEY
        if not path.exists():
            if (self.folder / LEDGER).exists():
                raise TropaError("TR-W156", Where(file=str(path)))
            self.folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as out:
                out.write(f"{secrets.token_hex(16)}\n")
                out.flush()
                os.fsync(out.fileno())
        try:
            found = bytes.fromhex(path.read_text(encoding="ascii").strip())
        except ValueError:
            found = b""
        if len(found) != 16:
            raise TropaError("TR-W156", Where(file=str(path)))
        return found

    def all(self) -> list[Erased]:
        """Every erasure, in order. Raises TR-W156 for a ledger that cannot be read."""
        path = self.folder / LEDGER
        if not path.exists():
            return []
        try:
            told = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
            return [Erased(one["at"], tuple(one["pseudonyms"]), tuple(one["hashes"])) for one in told]
        except (ValueError, KeyError, TypeError) as reason:
            raise TropaError("TR-W156", Where(file=str(path))) from reason

    def add(self, entry: Erased) -> None:
        """Writes one down, for good before anything is erased: a kill on the way is mended by erasing again."""
        with (self.folder / LEDGER).open("a", encoding="utf-8") as out:
            out.write(json.dumps(asdict(entry)) + "\n")
            out.flush()
            os.fsync(out.fileno())

    def take_in(self, other: Ledger) -> None:
        """Adds what another copy of this ledger knows and this one does not. Raises TR-W157 where it is of another workspace."""
        if not (other.folder / KEY).is_file():
            raise TropaError("TR-W157", Where(file=str(other.folder)))
        if not (self.folder / KEY).exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(other.folder / KEY, self.folder / KEY)
            (self.folder / KEY).chmod(0o600)
        if self.key() != other.key():
            raise TropaError("TR-W157", Where(file=str(other.folder)))
        self._add_missing(other.all())

    def _add_missing(self, entries: Iterable[Erased]) -> None:
        known = set(self.all())
        for one in entries:
            if one not in known:
                self.add(one)
