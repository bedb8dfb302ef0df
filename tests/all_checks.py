"""Every check of the project with its time; two at a time where they can. Run by `python3 run.py test`; arguments go to pytest."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FRONTEND = ROOT / "frontend"
BIN = Path(sys.executable).parent
# compiled Python is kept: the tests start hundreds of processes, each of which would compile the sources anew
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {
    "PYTHONUTF8": "1",
    "PYTHONPATH": str(ROOT / "src"),
}
TYPES = ["node_modules/svelte-check/bin/svelte-check", "--tsconfig", "./tsconfig.json", "--fail-on-warnings"]
Check = tuple[str, list[str], Path]
"""Its name, its command, where it runs."""
_PRINTING = threading.Lock()


def tool(name: str) -> str:
    """A command of this environment."""
    return str(BIN / (f"{name}.exe" if os.name == "nt" else name))


def programs() -> None:
    """Makes sure that Chromium and PostgreSQL are there for the tests that want them; fails loudly where they cannot be."""
    missing = [] if any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))) else ["chromium"]
    if not (shutil.which("initdb") or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))):
        missing.append("postgresql")
    if not missing:
        return
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *missing]):
            environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            done = subprocess.run(["apt-get", *command], check=False, env=environment, capture_output=True, text=True)
            if done.returncode:
                raise SystemExit(f"apt-get {' '.join(command)}:\n{done.stdout}{done.stderr}")
        return
    raise SystemExit(f"The tests need {' and '.join(missing)}: install it (Debian: apt-get install) and try again.")


def front_end() -> str:
    """Builds the front end where its sources changed, with all its tools; the node that runs them."""
    spec = importlib.util.spec_from_file_location("tropa_front_end_build", FRONTEND / "build.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    try:
        script.build(script.tell)
        node, npm = script.tools()
        with script.alone():
            script.install(npm)
    except script.CannotBuild as why:
        raise SystemExit(f"{why.code}: {why.english}") from None
    return str(node)


def checked(name: str, command: list[str], folder: Path) -> bool:
    """Runs a check and prints, once it has ended, what it said."""
    started = time.monotonic()
    done = subprocess.run(
        command, cwd=folder, env=ENVIRONMENT, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, encoding="utf-8", errors="replace",
    )  # fmt: skip
    told = "ok" if done.returncode == 0 else f"failed ({done.returncode})"
    with _PRINTING:
        print(f"── {name}\n{done.stdout}── {name}: {told}, {time.monotonic() - started:.0f} s", flush=True)
    return done.returncode == 0


def static(node: str) -> bool:
    """Whether the code is well without being run, but for the front end's own tests; and the kernels compiled, for pytest to find."""
    rows: list[list[Check]] = [
        [
            ("ruff check", [tool("ruff"), "check", "--no-cache", "."], ROOT),
            ("ruff format", [tool("ruff"), "format", "--check", "--no-cache", "."], ROOT),
            ("import law", [tool("lint-imports"), "--no-cache"], ROOT),
            ("mypy", [tool("mypy")], ROOT),
        ],
        [
            ("svelte-check", [node, *TYPES], FRONTEND),
            ("vitest", [node, "node_modules/vitest/vitest.mjs", "run"], FRONTEND),
            ("kernels", [sys.executable, str(ROOT / "tests" / "compiled_kernels.py")], ROOT),
        ],
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


def main() -> int:
    """0 when all is well. pytest runs only where all the rest is."""
    with ThreadPoolExecutor(1) as meanwhile:
        installed = meanwhile.submit(programs)
        well = static(front_end())
        installed.result()
    return tests(sys.argv[1:]) if well else 1


if __name__ == "__main__":
    raise SystemExit(main())
