"""The house rules that a machine can check."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SOURCES = sorted((ROOT / "src" / "tropa").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LONG_FILES: dict[str, int] = {}
"""Files that may be longer than 400 lines, with their length. This list only shrinks."""
LONG_FUNCTIONS: dict[str, int] = {"src/tropa/trail/kernels/breaks.py:tally": 103}
"""Functions that may be longer than 60 lines: kernels, where a second walk over the events costs more than a long one. Only shrinks."""


def test_a_file_has_one_subject_and_fits_in_a_few_screens() -> None:
    long = {}
    for file in (*SOURCES, *TESTS):
        lines = len(file.read_text(encoding="utf-8").splitlines())
        name = file.relative_to(ROOT).as_posix()
        if lines > LONG_FILES.get(name, 400):
            long[name] = lines
    assert not long


def test_a_function_fits_in_one_screen() -> None:
    long = {}
    for file in SOURCES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                assert node.end_lineno is not None
                lines = node.end_lineno - node.lineno + 1
                if ast.get_docstring(node):
                    first = node.body[0]
                    assert first.end_lineno is not None
                    lines -= first.end_lineno - first.lineno + 1
                name = f"{file.relative_to(ROOT).as_posix()}:{node.name}"
                if lines > LONG_FUNCTIONS.get(name, 60):
                    long[name] = lines
    assert not long


def test_public_names_have_docstrings() -> None:
    bare = []
    for file in SOURCES:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        if not ast.get_docstring(tree):
            bare.append(file.relative_to(ROOT).as_posix())
        bare += [
            f"{file.relative_to(ROOT).as_posix()}:{node.name}"
            for node in tree.body
            if isinstance(node, (ast.FunctionDef, ast.ClassDef))
            and not node.name.startswith("_")
            and not ast.get_docstring(node)
        ]
    assert not bare


@pytest.mark.parametrize("command", [["--help"], ["--version"]])
def test_the_command_line_starts_light(command: list[str]) -> None:
    """Help and version load none of the heavy libraries."""
    script = (
        "import sys\n"
        "from tropa.cli import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit as end:\n    assert not end.code\n"
        "heavy = {'numpy', 'numba', 'duckdb', 'pyarrow', 'scipy', 'typst', 'pptx'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *command], capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr


def test_clicks_russian_words_are_compiled() -> None:
    """messages.mo is what messages.po says; `python run.py docs` makes it anew."""
    from tropa.cli.compile_messages import FOLDER, compiled

    assert (FOLDER / "messages.mo").read_bytes() == compiled()
