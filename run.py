#!/usr/bin/env python3
"""The one way in from a fresh checkout; needs nothing but Python itself.

    python3 run.py demo            the whole story of Sergey's shop
    python3 run.py ARGS…           the same as `tropa ARGS…`
    python3 run.py test [ARGS…]    every check of the project (ARGS go to pytest)
    python3 run.py site            the app's pages built anew, where their sources changed (demo, serve and test do so, too)
    python3 run.py docs [pictures notebook]  everything in the documentation that is made by the product itself

The first start makes a virtual environment in `.venv` and installs the pinned packages; later starts only compare a stamp.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST, NEWEST = (3, 11), (3, 13)


def say(russian: str, english: str) -> None:
    """One line to the person waiting, in their language, on any console."""
    text = russian if _speaks_russian() else english
    encoding = sys.stderr.encoding or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding), file=sys.stderr, flush=True)


def _speaks_russian() -> bool:
    for place, argument in enumerate(sys.argv):
        if argument.startswith("--lang"):
            return (argument.partition("=")[2] or next(iter(sys.argv[place + 1 :]), "")) == "ru"
    for name in ("TROPA_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return os.environ[name].lower().startswith("ru")
    return False


def suitable_python() -> str:
    """This Python, or another on the PATH that the pinned packages are made for."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return sys.executable
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            return found
    say(
        f"Нужен Python от 3.11 до 3.13; здесь {sys.version.split()[0]}. Поставьте его с python.org и повторите.",
        f"Python 3.11 to 3.13 is needed; this is {sys.version.split()[0]}. Install one from python.org and try again.",
    )
    raise SystemExit(2)


def prepare(kind: str) -> None:
    """Makes the environment and installs what `kind` (`run` or `dev`) needs, unless that has been done already."""
    pins = ROOT / "requirements" / f"{kind}.txt"
    python = suitable_python()
    wanted = hashlib.sha256(pins.read_bytes() + python.encode() + str(ROOT).encode()).hexdigest()
    stamp = VENV / f"tropa-{kind}.stamp"
    if PYTHON.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    started = time.monotonic()
    say(
        "Готовлю окружение в .venv (один раз, обычно минута-две)…",
        "Preparing the environment in .venv (once, usually a minute or two)…",
    )
    if not PYTHON.exists():
        make_environment(python)
    install(pins)
    where = subprocess.run(
        [PYTHON, "-I", "-X", "utf8", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True, capture_output=True, encoding="utf-8",
    ).stdout.strip()  # fmt: skip
    (Path(where) / "tropa.pth").write_text(f"{ROOT / 'src'}\n", encoding=sysconfig_encoding())
    stamp.write_text(wanted, encoding="utf-8")
    say(f"Окружение готово за {time.monotonic() - started:.0f} с.", f"Ready after {time.monotonic() - started:.0f} s.")


def sysconfig_encoding() -> str:
    """The encoding in which Python's start-up reads `.pth` files (a checkout may lie under a Cyrillic path)."""
    return "utf-8" if os.name != "nt" or sys.version_info >= (3, 13) else "locale"


def make_environment(python: str) -> None:
    """A fresh virtual environment with pip in it."""
    try:
        if python == sys.executable:
            venv.create(VENV, with_pip=True, clear=True)
        else:
            subprocess.run([python, "-m", "venv", "--clear", str(VENV)], check=True)
    except subprocess.CalledProcessError:
        # Debian keeps ensurepip in a package of its own
        minor = sysconfig.get_config_var("py_version_short") or "3"
        say(
            f"Не удалось создать окружение. В Debian и Ubuntu поможет: sudo apt-get install python{minor}-venv",
            f"The environment could not be made. On Debian and Ubuntu: sudo apt-get install python{minor}-venv",
        )
        shutil.rmtree(VENV, ignore_errors=True)
        raise SystemExit(2) from None


def install(pins: Path) -> None:
    """Installs the pinned packages; pip's own words are shown when it fails."""
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    if os.environ.get("CI"):
        # most of what the tests' tools bring is never loaded, and nobody comes back to it
        command.append("--no-compile")
    done = subprocess.run([*command, "--requirement", str(pins)], check=False)
    if done.returncode:
        say(
            "Не удалось установить пакеты (см. выше). Проверьте сеть и повторите: сделанное не пропадёт.",
            "The packages could not be installed (see above). Check the network and try again: nothing done is lost.",
        )
        raise SystemExit(2)


def install_node() -> None:
    """Node as a Python package."""
    say("Ставлю Node для сборки страниц (один раз)…", "Installing Node to build the pages (once)…")
    install(ROOT / "requirements" / "node.txt")


def site(*arguments: str) -> int:
    """Runs the front end's own build script; node is fetched as a Python package where the machine has none."""
    script = ROOT / "frontend" / "build.py"
    if not script.exists():
        return 0
    command = [str(PYTHON), "-X", "utf8", str(script), *arguments]
    environment = {**os.environ, "TROPA_LANG": "ru" if _speaks_russian() else "en"}
    status = subprocess.run([*command, "--node-follows"], env=environment, check=False).returncode
    if status == 3:
        install_node()
        status = subprocess.run(command, env=environment, check=False).returncode
    return status


def tested(arguments: list[str]) -> int:
    """Every check: those of the front end while the packages come (where the machine has a Node), then the rest."""
    script = str(ROOT / "tests" / "page_checks.py")
    with subprocess.Popen([suitable_python(), "-X", "utf8", script, "--node-follows"]) as pages:
        prepare("dev")
        status = pages.wait()
    if status == 3:
        install_node()
        status = subprocess.run([PYTHON, "-X", "utf8", script], check=False).returncode
    command = [str(PYTHON), str(ROOT / "tests" / "all_checks.py"), *(["--static"] if status else arguments)]
    return subprocess.run(command, cwd=ROOT, check=False).returncode or status


def build_site() -> None:
    """The app's pages, built where their sources changed."""
    status = site()
    if status:
        raise SystemExit(status)


def main() -> int:
    """Prepares what is needed and hands over."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["site"]:
        prepare("run")
        build_site()
        return 0
    if arguments[:1] == ["test"]:
        return tested(arguments[1:])
    if arguments[:1] == ["docs"]:
        prepare("dev")
        command = [str(PYTHON), "-X", "utf8", str(ROOT / "docs" / "make.py"), *arguments[1:]]
        status = subprocess.run(command, cwd=ROOT, check=False).returncode
        return status or site("types")
    prepare("run")
    if {"demo", "serve"} & set(arguments):
        build_site()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [str(PYTHON), "-X", "utf8", "-m", "tropa", *arguments]
    return hand_over(command, environment)


def hand_over(command: list[str], environment: dict[str, str]) -> int:
    """Becomes the command, so that it hears signals itself and a server has the time to end well; Windows can only wait for it."""
    if os.name != "nt":
        os.execve(command[0], command, environment)
    child = subprocess.Popen(command, env=environment)
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue  # the child has heard it too


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except KeyboardInterrupt:
        raise SystemExit(130) from None
