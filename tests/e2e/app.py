"""The running app for tests in a real browser: a server on a workspace, somebody signed in, a page that tells of any trouble."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from page_checks import BROWSERS, ROOT

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
DESK, PHONE = (1440, 900), (390, 844)
OWNER = {
    "email": "sergey@example.ru",
    "name": "Сергей Волков",
    "password": "протоптанная тропа у реки",
    "language": "ru",
}
CSP = """addEventListener("securitypolicyviolation", event =>
    console.error("CSP", event.violatedDirective, event.blockedURI, event.sourceFile, event.lineNumber))"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def chromium_path() -> str:
    """The system's Chromium. It is wanted: where there is none the tests fail."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    assert found, f"none of {', '.join(BROWSERS)} is installed"
    return found


@contextmanager
def chromium() -> Iterator[Browser]:
    """A started browser."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Served:
    """A running server. `setup`: the one-time link of the first owner, as it was printed."""

    url: str
    folder: Path
    setup: str | None
    process: subprocess.Popen[str]
    log: Path

    def call(self, method: str, path: str, body: Any = None, cookie: str = "") -> Any:
        """One request of the API without a browser: the answer's JSON."""
        headers = {"Content-Type": "application/json", "Cookie": cookie}
        csrf = re.search(r"tropa_csrf=([^;]+)", cookie)
        if csrf:
            headers["X-CSRF-Token"] = csrf[1]
        data = None if body is None else json.dumps(body).encode()
        with urlopen(Request(f"{self.url}/api/v1{path}", data=data, method=method, headers=headers)) as answer:
            text = answer.read().decode()
            return json.loads(text) if text else None


@contextmanager
def serve(folder: Path, *options: str, lang: str = "ru") -> Iterator[Served]:
    """Runs `tropa serve` on a workspace on a free port until the block ends."""
    with tempfile.TemporaryDirectory() as place:
        log = Path(place) / "server.log"
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
        command = [
            sys.executable,
            "-m",
            "tropa",
            "serve",
            str(folder),
            "--port",
            "0",
            "--no-open",
            "--lang",
            lang,
            *options,
        ]
        with log.open("w") as errors:
            process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=errors, text=True, encoding="utf-8", env=environment
            )
        assert process.stdout is not None
        try:
            told: list[str] = []
            for line in process.stdout:
                told.append(line)
                if "Ctrl+C" in line:
                    break
            text = "".join(told)
            url = re.search(r"http://[\d.]+:\d+", text)
            setup = re.search(r"http://\S+/setup/\S+", text)
            assert url, text + log.read_text(encoding="utf-8")
            yield Served(url[0], folder, setup[0] if setup else None, process, log)
        finally:
            process.terminate()
            process.wait(timeout=120)
            process.stdout.close()


def set_up(browser: Browser, served: Served, owner: dict[str, str] = OWNER) -> dict[str, Any]:
    """Makes the first owner through the API; returns what a new browser context needs to be that person (`storage_state`)."""
    assert served.setup is not None
    context = browser.new_context()
    token = served.setup.rpartition("/")[2]
    answer = context.request.post(f"{served.url}/api/v1/setup", data={"token": token, **owner})
    assert answer.ok, answer.text()
    state = context.storage_state()
    context.close()
    return dict(state)


def until(page: Page, told: Callable[[], bool], what: str = "it did not come to be so") -> None:
    """Waits until something is so: on the server, or on a page where Playwright's own expectations have no word for it."""
    for _ in range(300):
        if told():
            return
        page.wait_for_timeout(100)
    raise AssertionError(what)


@dataclass
class Visit:
    """A page of the app, and whatever went wrong on it: errors of the page and on its console, breaches of the content security
    policy, answers of 500 and more."""

    page: Page
    context: BrowserContext
    url: str
    trouble: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        """Opens an address of the app and waits until its heading and its data stand."""
        self.page.goto(self.url + path)
        self.page.wait_for_selector("main h1")
        self.page.wait_for_load_state("networkidle")
        return self.page

    def axe(self, *, without: str = "") -> list[str]:
        """What axe finds against WCAG 2.2 AA and good practice: rule, help, and where."""
        if not self.page.evaluate("typeof window.axe === 'object'"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate(
            "([tags, without]) => axe.run(without ? {exclude: [[without]]} : document, {runOnly: tags, resultTypes: ['violations']})",
            [RULES, without],
        )
        return [
            f"{one['id']}: {one['help']} — {', '.join(str(node['target']) for node in one['nodes'][:5])}"
            for one in found["violations"]
        ]


@contextmanager
def visiting(
    browser: Browser, url: str, *, state: dict[str, Any] | None = None, lang: str = "ru", size: tuple[int, int] = DESK,
    scheme: str = "light",
) -> Iterator[Visit]:  # fmt: skip
    """A browser window on the app. When the block ends without an error, any trouble fails the test."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, storage_state=state, color_scheme=scheme,  # type: ignore[arg-type]
        locale="ru-RU" if lang == "ru" else "en-GB", has_touch=size[0] < 600, reduced_motion="reduce",
    )  # fmt: skip
    context.add_cookies([{"name": "tropa_lang", "value": lang, "url": url}])
    context.add_init_script(CSP)
    page = context.new_page()
    page.set_default_timeout(90_000)
    visit = Visit(page, context, url)

    def heard(kind: str, text: str) -> None:
        # an answer of 4xx is the app's business, and it shows it
        if kind == "error" and "the server responded with a status of 4" not in text:
            visit.trouble.append(text)

    page.on("console", lambda message: heard(message.type, message.text))
    page.on("pageerror", lambda error: visit.trouble.append(str(error)))
    page.on("response", lambda answer: visit.trouble.append(answer.url) if answer.status >= 500 else None)
    try:
        yield visit
        assert visit.trouble == [], visit.trouble
    finally:
        context.close()
