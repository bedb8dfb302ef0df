"""Files are written whole or not at all."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from tropa.files import replacing, write_bytes, write_text


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    """Issue 2.5: a kill or a fault in the middle leaves what was there, and nothing beside it."""
    target = tmp_path / "карта.yaml"
    write_text(target, "old\n")

    def torn() -> None:
        with replacing(target) as spare:
            spare.write_text("ne", encoding="utf-8")
            raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        torn()
    assert target.read_bytes() == b"old\n"
    assert [path.name for path in tmp_path.iterdir()] == ["карта.yaml"]


def test_threads_do_not_write_into_one_another(tmp_path: Path) -> None:
    """Two threads of a server that write one file: one of the two contents, whole."""
    target = tmp_path / "a"
    contents = [bytes([65 + index]) * 200_000 for index in range(4)]
    threads = [threading.Thread(target=write_bytes, args=(target, content)) for content in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert target.read_bytes() in contents
    assert len(list(tmp_path.iterdir())) == 1


def test_rights_are_kept(tmp_path: Path) -> None:
    """R-64: a secret is nobody else's from its first byte; a file that is replaced keeps the rights it had."""
    kept, both = (0o600, 0o664) if os.name == "posix" else (0o666, 0o666)  # Windows knows only whether one may write
    secret = tmp_path / "key"
    write_bytes(secret, b"1", 0o600)
    assert secret.stat().st_mode & 0o777 == kept
    write_bytes(secret, b"2")
    assert secret.stat().st_mode & 0o777 == kept
    shared = tmp_path / "map"
    write_bytes(shared, b"1")
    shared.chmod(0o664)
    write_bytes(shared, b"2", 0o600)
    assert shared.stat().st_mode & 0o777 == both
