"""The command as it starts on a console: encodings without our signs, narrow windows, no colours, both languages (R-65)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

COMMANDS = {
    "measure": ["measure"],
    "breaks": ["breaks"],
    "events": ["events"],
    "lint": ["lint"],
    "help": ["--help"],
}


def started(
    command: list[str], demo: Path, lang: str, encoding: str, columns: int
) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own, on a console of this encoding and width."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("LC_", "PYTHON", "FORCE_COLOR", "CLICOLOR"))
    }
    environment |= {
        "PYTHONIOENCODING": encoding,
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "COLUMNS": str(columns),
        "TERM": "dumb",
        "NO_COLOR": "1",
        "TROPA_LANG": lang,
    }
    arguments = [*command, *([] if "--help" in command else [str(demo)])]
    return subprocess.run(
        [sys.executable, "-m", "tropa", *arguments], env=environment, capture_output=True, check=False, timeout=120
    )


@pytest.mark.parametrize(("command", "lang", "encoding", "columns"), [
    ("measure", "ru", "cp866", 80),
    ("measure", "ru", "cp1251", 40),
    ("measure", "en", "ascii", 40),
    ("breaks", "ru", "cp866", 40),
    ("breaks", "en", "cp1251", 80),
    ("events", "ru", "cp1251", 80),
    ("events", "en", "cp866", 40),
    ("lint", "ru", "cp866", 40),
    ("lint", "en", "ascii", 80),
    ("help", "ru", "cp866", 80),
    ("help", "ru", "ascii", 40),
    ("help", "en", "cp1251", 40),
])  # fmt: skip
def test_any_console(demo: Path, command: str, lang: str, encoding: str, columns: int) -> None:
    """R-65: it ends well, in the console's encoding, without escapes, no line wider than the window.

    Every command meets both languages, every language every encoding, every encoding both widths.
    """
    check(started(COMMANDS[command], demo, lang, encoding, columns), command, lang, encoding, columns)


def check(done: subprocess.CompletedProcess[bytes], command: str, lang: str, encoding: str, columns: int) -> None:
    """What must hold of everything printed."""
    out, err = done.stdout.decode(encoding), done.stderr.decode(encoding)
    assert done.returncode == 0, err
    assert err == ""
    assert out.strip()
    assert "Traceback" not in out
    assert "\x1b" not in out
    wide = [line for line in out.splitlines() if cell_len(line.rstrip()) > columns]
    assert not wide
    if encoding != "ascii":
        if command != "events":  # a list of names, few words
            russian = sum("а" <= char <= "я" for char in out.lower())
            assert (russian > len(out) / 10) == (lang == "ru")
        assert "?" not in out, "signs that this encoding lacks have near ones"
    assert not re.search(r"\b[A-Z]\w+\(\w+=", out), "an object of ours is printed as the program sees it"
