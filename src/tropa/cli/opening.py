"""Opening a page in the user's browser."""

from __future__ import annotations

import os
import sys
import webbrowser
from pathlib import Path


def open_page(page: Path) -> bool:
    """Opens the page where there is a screen to open it on; False where there is none (a server, a pipe)."""
    return open_url(page.resolve().as_uri())


def open_url(url: str) -> bool:
    """Opens the address where there is a screen to open it on; False where there is none."""
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    return webbrowser.open(url)
