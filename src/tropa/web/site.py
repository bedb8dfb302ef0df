"""The front end's files: the page for every address of the app, and what it loads."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from anyio import to_thread
from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, PlainTextResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.datastructures import Headers
from starlette.types import Scope

from tropa.model import TropaError
from tropa.web.language import words_of
from tropa.web.paths import API

STATIC = Path(__file__).parent / "static"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# said here, not asked of the machine: Windows' registry may call a script plain text, and browsers then refuse it
MEDIA = {
    ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml",
    ".woff2": "font/woff2", ".json": "application/json",
}  # fmt: skip


class Assets(StaticFiles):
    """Files named by their content, so they may be kept for ever; sent packed where the build left a packed twin (`.gz`)."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, packed if the browser can unpack it."""
        packed = f"{path}.gz"
        accepted = "gzip" in Headers(scope=scope).get("accept-encoding", "")
        chosen = packed if accepted and (await to_thread.run_sync(self.lookup_path, packed))[1] else path
        answer = await super().get_response(chosen, scope)
        if answer.status_code in (200, 206, 304):
            answer.headers["Content-Type"] = MEDIA.get(PurePosixPath(path).suffix, "application/octet-stream")
            answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
            answer.headers["Vary"] = "Accept-Encoding"
            if chosen == packed:
                answer.headers["Content-Encoding"] = "gzip"
        return answer


def install(app: FastAPI) -> None:
    """Serves the built front end. Assets may be kept by browsers; the page itself, which names them, may not."""
    app.mount("/assets", Assets(directory=STATIC / "assets", check_dir=False), name="assets")

    @app.get("/{path:path}", include_in_schema=False)
    def page(path: str, request: Request) -> Response:
        if request.url.path.startswith(f"{API}/"):
            raise TropaError("TR-A003", name=request.url.path)
        index = STATIC / "index.html"
        if not index.is_file():
            say = words_of(request)
            return PlainTextResponse(f"TR-W803\n{say('TR-W803')}\n{say('TR-W803.fix')}\n", status_code=503)
        file = FileResponse(index, media_type="text/html")
        file.headers["Cache-Control"] = "no-cache"
        file.headers["Content-Security-Policy"] = POLICY
        return file
