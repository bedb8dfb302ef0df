"""Every check of the project, one after the other, with its time. Run by `python3 run.py test`; arguments go to pytest."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FRONTEND = ROOT / "frontend"
BIN = Path(sys.executable).parent


def tool(name: str) -> str:
    """A command of this environment."""
    return str(BIN / (f"{name}.exe" if os.name == "nt" else name))


def browser() -> None:
    """Makes sure that a Chromium is there for the tests that open pages in one; fails loudly where it cannot be."""
    if any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")):
        return
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=True, env=environment)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], check=True, env=environment
        )
        return
    raise SystemExit("The tests need Chromium: install it (Debian: apt-get install chromium) and try again.")


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


def main() -> int:
    """0 when all is well; stops at the first check that fails."""
    browser()
    node = front_end()
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT / "src")}
    workers = (
        [] if any(argument.startswith("-n") for argument in sys.argv[1:]) else ["-n", str(min(4, os.cpu_count() or 1))]
    )
    checks = {
        "ruff check": [tool("ruff"), "check", "--no-cache", "."],
        "ruff format": [tool("ruff"), "format", "--check", "--no-cache", "."],
        "import law": [tool("lint-imports"), "--no-cache"],
        "mypy": [tool("mypy")],
        "svelte-check": [
            node,
            "node_modules/svelte-check/bin/svelte-check",
            "--tsconfig",
            "./tsconfig.json",
            "--fail-on-warnings",
        ],
        "vitest": [node, "node_modules/vitest/vitest.mjs", "run"],
        "pytest": [sys.executable, "-m", "pytest", *workers, *sys.argv[1:]],
    }
    for name, command in checks.items():
        started = time.monotonic()
        print(f"── {name}", flush=True)
        folder = FRONTEND if command[0] == node else ROOT
        status = subprocess.run(command, cwd=folder, env=environment, check=False).returncode
        print(
            f"── {name}: {'ok' if status == 0 else f'failed ({status})'}, {time.monotonic() - started:.0f} s",
            flush=True,
        )
        if status:
            return status
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
