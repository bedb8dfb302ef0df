"""Fixtures every test may ask for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = ["postgres", "storage"]
# a busy machine is no fault of the code; CI tries the same examples each time, whoever works on a test tries new ones
settings.register_profile("tropa", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("tropa")
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


def pytest_configure(config: pytest.Config) -> None:
    """Kernels compiled by tests stay apart from those of the user."""
    os.environ.setdefault("TROPA_CACHE_DIR", str(Path(config.rootpath) / ".venv" / "kernels-of-tests"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says in one line that tests on outside data did not run, where the folder is absent."""
    if not SHARED.is_dir():
        terminalreporter.write_line("shared data folder is absent: tests marked `shared` were skipped", yellow=True)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of data that nobody on the team wrote; skips where it does not lie beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("shared data folder is absent")
    return SHARED
