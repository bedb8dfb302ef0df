"""Every check of the project that asks for its packages, with its time. Run by `python3 run.py test` after `page_checks.py`; arguments go
to pytest. `--static`: all but pytest, which runs only where all the rest is well."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from page_checks import ENVIRONMENT, ROOT, Check, checked

BIN = Path(sys.executable).parent


def tool(name: str) -> str:
    """A command of this environment."""
    return str(BIN / (f"{name}.exe" if os.name == "nt" else name))


def static() -> bool:
    """Whether the code is well without being run; and the kernels compiled, for pytest to find."""
    rows: list[list[Check]] = [
        [
            ("ruff check", [tool("ruff"), "check", "--no-cache", "."], ROOT),
            ("ruff format", [tool("ruff"), "format", "--check", "--no-cache", "."], ROOT),
            ("import law", [tool("lint-imports"), "--no-cache"], ROOT),
            ("mypy", [tool("mypy")], ROOT),
        ],
        [("kernels", [sys.executable, str(ROOT / "tests" / "compiled_kernels.py")], ROOT)],
    ]
    with ThreadPoolExecutor(len(rows)) as side_by_side:
        return all(side_by_side.map(lambda row: all(checked(*one) for one in row), rows))


def tests(arguments: list[str]) -> int:
    """pytest's own status. Each worker begins at its own end of the list and takes from the other's when it has done its part, so that
    what a file's tests share (a server, a browser) is made in one worker."""
    given = any(argument.startswith("-n") for argument in arguments)
    # one more than there are cores: tests of servers and pages wait for other processes most of their time
    workers = [] if given else ["-n", str(min(4, os.cpu_count() or 1) + 1), "--dist", "worksteal"]
    started = time.monotonic()
    print("── pytest", flush=True)
    command = [sys.executable, "-m", "pytest", *workers, *arguments]
    status = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, check=False).returncode
    told = "ok" if status == 0 else f"failed ({status})"
    print(f"── pytest: {told}, {time.monotonic() - started:.0f} s", flush=True)
    return status


def main(arguments: list[str]) -> int:
    """0 when all is well."""
    well = static()
    if "--static" in arguments:
        return 0 if well else 1
    return tests(arguments) if well else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
