"""The application: all doors put together on one desk."""

from __future__ import annotations

from fastapi import FastAPI

from tropa import __version__
from tropa.service.desk import Desk
from tropa.web import health, problem, readings, site
from tropa.web.paths import API


def make_app(desk: Desk) -> FastAPI:
    """The whole web application on a desk."""
    app = FastAPI(title="Tropa", version=__version__, openapi_url=f"{API}/openapi.json", docs_url=None, redoc_url=None)
    app.state.desk = desk
    problem.install(app)
    app.include_router(health.DOORS.router)
    app.include_router(readings.DOORS.router)
    site.install(app)
    return app
