"""What the checks ask of Node and of the system, and of no package of Python: run by `run.py test` beside the packages' installation.

Sees to it that there are Chromium and PostgreSQL, builds the front end, checks its types and runs its tests. Ends with 0 when all is
well, 1 when not; with `--node-follows` 3 when Node is wanted first.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

from by_path import module_at

ROOT = Path(__file__).resolve().parents[1]
FRONTEND = ROOT / "frontend"
# compiled Python is kept: the tests start hundreds of processes, each of which would compile the sources anew
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {
    "PYTHONUTF8": "1",
    "PYTHONPATH": str(ROOT / "src"),
}
SHELL = "chromium-headless-shell"
BROWSERS = (SHELL, "chromium", "chromium-browser", "google-chrome")
"""The same engine: Debian has it without a window's machinery, too, which spares a quarter of a page's processor time."""
TYPES = ["node_modules/svelte-check/bin/svelte-check", "--tsconfig", "./tsconfig.json", "--fail-on-warnings"]
Check = tuple[str, list[str], Path]
"""Its name, its command, where it runs."""
_PRINTING = threading.Lock()


def programs() -> None:
    """Makes sure that Chromium and PostgreSQL are there for the tests that want them; fails loudly where they cannot be."""
    installs = shutil.which("apt-get") is not None and hasattr(os, "geteuid") and os.geteuid() == 0
    missing = [] if any(map(shutil.which, BROWSERS)) else ["chromium"]
    if not (shutil.which("initdb") or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))):
        missing.append("postgresql")
    if missing and not installs:
        raise SystemExit(f"The tests need {' and '.join(missing)}: install it (Debian: apt-get install) and try again.")
    if installs and (missing or not shutil.which(SHELL)):
        _apt("update", "-qq")
        if not shutil.which(SHELL) and _apt("install", SHELL) is None:
            missing = [one for one in missing if one != "chromium"]
        told = _apt("install", *missing) if missing else None
        if told is not None:
            raise SystemExit(told)


def _apt(*arguments: str) -> str | None:
    """Lets apt-get do something; what it said where it could not."""
    quiet = ("-y", "-qq", "--no-install-recommends") if arguments[0] == "install" else ()
    command = ["apt-get", *arguments, *quiet]
    done = subprocess.run(
        command, check=False, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, capture_output=True, text=True
    )
    return f"{' '.join(command)}:\n{done.stdout}{done.stderr}" if done.returncode else None


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


def build_script() -> ModuleType:
    """`frontend/build.py` as a module."""
    return module_at(FRONTEND / "build.py", "tropa_front_end_build")


def front_end() -> str:
    """Builds the front end where its sources changed, with all its tools; the node that runs them. Ends the run where it cannot."""
    script = build_script()
    try:
        node, npm = script.tools()
        script.build(script.tell)
        with script.alone():
            script.install(npm)
    except script.CannotBuild as why:
        print(f"{why.code}: {why.english}", file=sys.stderr)
        raise SystemExit(3 if why.code == "TR-B001" and "--node-follows" in sys.argv[1:] else 1) from None
    return str(node)


def main() -> int:
    """0 when all is well."""
    with ThreadPoolExecutor(1) as meanwhile:
        installed = meanwhile.submit(programs)
        node = front_end()
        rows: list[Check] = [
            ("svelte-check", [node, *TYPES], FRONTEND),
            ("vitest", [node, "node_modules/vitest/vitest.mjs", "run"], FRONTEND),
        ]
        well = [checked(*one) for one in rows]
        installed.result()
    return 0 if all(well) else 1


if __name__ == "__main__":
    raise SystemExit(main())
