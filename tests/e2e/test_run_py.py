"""run.py, the one way in from a fresh checkout: what it decides before anything is installed (R-63, R-65). No network."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from by_path import module_at

RUN = Path(__file__).resolve().parents[2] / "run.py"
Make = Callable[[], ModuleType]


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with nothing but run.py and pins that ask for nothing, under a Cyrillic path with spaces."""
    root = tmp_path / "Мои проекты" / "тропа копия"
    (root / "requirements").mkdir(parents=True)
    (root / "src" / "tropa").mkdir(parents=True)
    shutil.copy(RUN, root / "run.py")
    for kind in ("run", "dev"):
        (root / "requirements" / f"{kind}.txt").write_text("# nothing\n", encoding="utf-8")
    (root / "src" / "tropa" / "__main__.py").write_text(
        "import sys\nprint('tropa:', *sys.argv[1:], sys.flags.utf8_mode)\nraise SystemExit(5)\n", encoding="utf-8"
    )
    for name in ("TROPA_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    return root


@pytest.fixture
def script(checkout: Path) -> ModuleType:
    """The checkout's run.py as a module."""
    return module_at(checkout / "run.py", "run_py")


def test_needs_nothing_but_python() -> None:
    """R-63: the standard library only, and no syntax that an older Python cannot read, so that it can say what it needs."""
    text = RUN.read_text(encoding="utf-8")
    tree = ast.parse(text, feature_version=(3, 8))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            names.add(str(node.module).partition(".")[0])
    assert names <= sys.stdlib_module_names


@pytest.mark.parametrize(
    ("arguments", "environment", "russian"),
    [
        ([], {}, False),
        ([], {"LANG": "ru_RU.UTF-8"}, True),
        ([], {"LANG": "de_DE.UTF-8"}, False),
        ([], {"TROPA_LANG": "ru", "LANG": "en_US.UTF-8"}, True),
        ([], {"LC_ALL": "en_GB", "LANG": "ru_RU.UTF-8"}, False),
        (["demo", "--lang", "ru"], {"LANG": "en_US.UTF-8"}, True),
        (["demo", "--lang", "en"], {"LANG": "ru_RU.UTF-8"}, False),
        (["demo", "--lang"], {}, False),
        (["demo", "--lang=ru"], {"LANG": "en_US.UTF-8"}, True),
    ],
)
def test_speaks_the_language_that_the_command_will_speak(
    script: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    environment: dict[str, str],
    russian: bool,
) -> None:
    """The order is that of the command itself: --lang, TROPA_LANG, the locale."""
    monkeypatch.setattr(sys, "argv", ["run.py", *arguments])
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert script._speaks_russian() is russian


def test_this_python_is_taken_when_it_suits(script: ModuleType) -> None:
    assert script.suitable_python() == sys.executable


@pytest.mark.parametrize("version", [(3, 10, 4), (3, 14, 0)])
def test_the_newest_that_suits_is_looked_for(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, version: tuple[int, int, int]
) -> None:
    """Too old or too new: another Python on the PATH will do."""
    monkeypatch.setattr(sys, "version_info", version)
    asked = []

    def which(name: str) -> str | None:
        asked.append(name)
        return f"/usr/bin/{name}" if name == "python3.12" else None

    monkeypatch.setattr(script.shutil, "which", which)
    assert script.suitable_python() == "/usr/bin/python3.12"
    assert asked == ["python3.13", "python3.12"]


@pytest.mark.parametrize(("lang", "said"), [("ru", "Нужен Python от 3.11 до 3.13"), ("en", "Python 3.11 to 3.13 is")])
def test_no_python_suits(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lang: str, said: str
) -> None:
    """It says what is needed and where to get it."""
    monkeypatch.setenv("TROPA_LANG", lang)
    monkeypatch.setattr(sys, "version_info", (3, 9, 1))
    monkeypatch.setattr(script.shutil, "which", lambda name: None)
    with pytest.raises(SystemExit) as end:
        script.suitable_python()
    assert end.value.code == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert "python.org" in printed.err
    assert printed.out == ""


def start(checkout: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """run.py in a process of its own; pip may not go anywhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP_", "UV_"))}
    return subprocess.run(
        [sys.executable, str(checkout / "run.py"), *arguments],
        env={**kept, "PIP_NO_INDEX": "1", "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True, text=True, encoding="utf-8", check=False, timeout=300,
    )  # fmt: skip


def test_first_and_later_starts(checkout: Path) -> None:
    """R-63, R-65: prepared once; arguments and the exit status pass through; new pins and a moved checkout prepare it again."""
    first = start(checkout, "measure", "мой магазин", TROPA_LANG="ru")
    assert first.returncode == 5, first.stderr
    assert first.stdout == "tropa: measure мой магазин 1\n"
    assert "Готовлю окружение в .venv" in first.stderr
    assert "Окружение готово" in first.stderr
    stamp = checkout / ".venv" / "tropa-run.stamp"
    was = stamp.read_text(encoding="utf-8")
    second = start(checkout, "measure", TROPA_LANG="ru")
    assert (second.returncode, second.stderr) == (5, "")
    (checkout / "requirements" / "run.txt").write_text("# other\n", encoding="utf-8")
    third = start(checkout, "measure", TROPA_LANG="en")
    assert third.returncode == 5
    assert "Preparing the environment" in third.stderr
    assert stamp.read_text(encoding="utf-8") != was
    # what cannot be installed: said in words, and nothing is taken for done
    (checkout / "requirements" / "run.txt").write_text("no-such-package-of-tropa==1\n", encoding="utf-8")
    kept = stamp.read_text(encoding="utf-8")
    failed = start(checkout, "measure", TROPA_LANG="ru")
    assert failed.returncode == 2
    assert "Не удалось установить пакеты" in failed.stderr
    assert "no-such-package-of-tropa" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert stamp.read_text(encoding="utf-8") == kept
    # a checkout that was moved with its environment
    (checkout / "requirements" / "run.txt").write_text("# other\n", encoding="utf-8")
    moved = checkout.with_name("тропа переехала")
    checkout.rename(moved)
    fifth = start(moved, "measure", TROPA_LANG="en")
    assert fifth.stdout == "tropa: measure 1\n"
    assert "Preparing the environment" in fifth.stderr
    assert start(moved, "measure").stderr == ""


def test_environment_that_cannot_be_made(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Debian without python3-venv: what to install; nothing half-made stays."""
    monkeypatch.setenv("TROPA_LANG", "en")

    def fail(folder: Path, **_: Any) -> None:
        Path(folder).mkdir()
        raise subprocess.CalledProcessError(1, "ensurepip")

    monkeypatch.setattr(script.venv, "create", fail)
    with pytest.raises(SystemExit) as end:
        script.make_environment(sys.executable)
    assert end.value.code == 2
    assert "apt-get install python3" in capsys.readouterr().err
    assert not script.VENV.exists()


BUILD = """import sys
from pathlib import Path
with (Path(__file__).parent / "asked.txt").open("a") as file:
    print(*sys.argv[1:], file=file)
raise SystemExit({} if "--node-follows" in sys.argv else {})
"""


def test_pages_are_built_for_what_serves(checkout: Path) -> None:
    """R-63: before the app starts, and only then; node is installed as a package where the build script finds none."""
    folder = checkout / "frontend"
    folder.mkdir()
    (checkout / "requirements" / "node.txt").write_text("# nothing\n", encoding="utf-8")
    (folder / "build.py").write_text(BUILD.format(3, 0), encoding="utf-8")
    first = start(checkout, "measure", TROPA_LANG="ru", PYTHONIOENCODING="ascii")
    assert first.returncode == 5
    assert "Traceback" not in first.stderr  # an encoding without an ellipsis or Russian letters does not stop it
    assert not (folder / "asked.txt").exists()
    served = start(checkout, "serve", "мой магазин", TROPA_LANG="ru")
    assert served.returncode == 5, served.stderr
    assert served.stdout == "tropa: serve мой магазин 1\n"
    assert "Ставлю Node" in served.stderr
    assert (folder / "asked.txt").read_text(encoding="utf-8").splitlines() == ["--node-follows", ""]
    (checkout / "tests").mkdir()
    (checkout / "tests" / "all_checks.py").write_text("import sys\nprint('checks:', *sys.argv[1:])\n", encoding="utf-8")
    pages = checkout / "tests" / "page_checks.py"
    asked = pages.with_name("asked.txt")
    # while the packages come: well; node is wanted, then well; node is wanted, then not well: what needs no pages is looked at all the same
    for first, second, told, status in (
        (0, 9, "-k ribbon", 0),
        (3, 0, "-k ribbon", 0),
        (3, 1, "--static", 1),
        (1, 9, "--static", 1),
    ):
        pages.write_text(BUILD.format(first, second), encoding="utf-8")
        asked.unlink(missing_ok=True)
        checks = start(checkout, "test", "-k", "ribbon", CI="true")
        assert (checks.returncode, checks.stdout) == (status, f"checks: {told}\n"), checks.stderr
        calls = ["--node-follows", *([""] if first == 3 else [])]
        assert asked.read_text(encoding="utf-8").splitlines() == calls
    (folder / "build.py").write_text(BUILD.format(2, 2), encoding="utf-8")
    failed = start(checkout, "--lang", "ru", "demo")
    assert (failed.returncode, failed.stdout) == (2, "")
