"""What the tests of the whole product share: one small demo workspace, one browser, the running app with its owner signed in."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, expect

from e2e.app import Served, Visit, chromium, serve, set_up, visiting
from page_checks import build_script
from tropa.cli.main import run
from tropa.words import words

# a busy machine is slow, not wrong: what does not come at all still fails
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small demo workspace, made once, even where several workers run the tests. Tests read it; what they write goes elsewhere."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, done = shared / "demo" / "Магазин Сергея", shared / "demo" / "done"
    done.parent.mkdir(exist_ok=True)
    with FileLock(shared / "demo.lock"):
        if not done.exists():
            arguments = ["demo", "--out", str(folder), "--no-serve", "--no-open", "--customers", "3000", "--json"]
            assert run(arguments, words("ru")) == 0
            done.touch()
    return folder


@pytest.fixture(scope="session")
def front_end() -> Path:
    """The built front end; built now where its sources changed."""
    script = build_script()
    return Path(script.build(script.tell))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a worker (Playwright allows no second one beside it)."""
    with chromium() as started:
        yield started


@dataclass(frozen=True)
class Shop:
    """The demo shop's workspace, served, with its owner's sign-in (`state`, for `visiting`; `cookie`, for `served.call`)."""

    served: Served
    state: dict[str, Any]
    cookie: str

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """A request of the API as the owner."""
        return self.served.call(method, path, body, self.cookie)

    @property
    def map_id(self) -> str:
        """The map of Sergey's shop."""
        items = self.call("GET", "/maps")["items"]
        return str(next(one["id"] for one in items if one["simulated"]))


@pytest.fixture(scope="module")
def shop(
    demo: Path, front_end: Path, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Shop]:  # fmt: skip
    """A copy of the demo shop with a running server, for the tests of one module."""
    folder = tmp_path_factory.mktemp("shop") / "Магазин Сергея"
    shutil.copytree(demo, folder)
    with serve(folder) as served:
        state = set_up(browser, served)
        yield Shop(served, state, "; ".join(f"{one['name']}={one['value']}" for one in state["cookies"]))


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Opens windows on a running app: `visit(url, state=…, lang=…, size=…)`. Trouble in any of them fails the test."""
    with ExitStack() as stack:

        def call(url: str, **wishes: Any) -> Visit:
            window: AbstractContextManager[Visit] = visiting(browser, url, **wishes)
            return stack.enter_context(window)

        yield call
