"""The front end's files: the page for every address of the app, and what it loads."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, Response
from fastapi.staticfiles import StaticFiles

STATIC = Path(__file__).parent / "static"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


def install(app: FastAPI) -> None:
    """Serves the built front end. Assets are named by their content, so they may be kept for ever; the page itself may not."""
    app.mount("/assets", StaticFiles(directory=STATIC / "assets", check_dir=False), name="assets")

    @app.get("/{path:path}", include_in_schema=False)
    def page(path: str, request: Request) -> Response:
        file = FileResponse(STATIC / "index.html", media_type="text/html")
        file.headers["Cache-Control"] = "no-cache"
        file.headers["Content-Security-Policy"] = POLICY
        return file
