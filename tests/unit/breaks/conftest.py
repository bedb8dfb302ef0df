"""Simulated worlds seen by the product, as the truth bench sees them."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

from by_path import module_at

BENCH = Path(__file__).resolve().parents[3] / "bench" / "truth"


@pytest.fixture(scope="session")
def bench() -> ModuleType:
    """The module bench/truth/join.py."""
    sys.path.insert(0, str(BENCH))
    try:
        return module_at(BENCH / "join.py", "truth_join")
    finally:
        sys.path.remove(str(BENCH))
