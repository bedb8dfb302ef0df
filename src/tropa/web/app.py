"""The application: all doors put together on one desk."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import Any

from fastapi import FastAPI

from tropa import __version__
from tropa.service.desk import Desk
from tropa.web import (
    accounts,
    audit,
    bindings,
    comments,
    comparison,
    customers,
    data,
    embedding,
    entering,
    files,
    health,
    history,
    jobs,
    logs,
    maps,
    measures,
    people,
    pictures,
    plan,
    problem,
    readings,
    room,
    safety,
    search,
    security,
    settings,
    sharing,
    site,
    tokens,
    webhooks,
)

ROUTERS = (
    accounts.DOORS.router,
    audit.DOORS.router,
    bindings.DOORS.router,
    comments.DOORS.router,
    comparison.DOORS.router,
    customers.DOORS.router,
    data.DOORS.router,
    embedding.DOORS.router,
    entering.DOORS.router,
    files.DOORS.router,
    health.DOORS.router,
    history.DOORS.router,
    jobs.DOORS.router,
    maps.DOORS.router,
    measures.DOORS.router,
    people.DOORS.router,
    pictures.DOORS.router,
    plan.DOORS.router,
    readings.DOORS.router,
    room.router,
    safety.DOORS.router,
    search.DOORS.router,
    settings.DOORS.router,
    sharing.DOORS.router,
    tokens.DOORS.router,
    webhooks.DOORS.router,
)
LIVING: tuple[Callable[[FastAPI], AbstractAsyncContextManager[None]], ...] = (
    room.living,
    jobs.living,
    webhooks.living,
)
"""What lives while the server does (rooms, jobs, letters): entered in this order at its start, left in the reverse one at its stop."""


def make_app(desk: Desk, public_url: str = "") -> FastAPI:
    """The whole web application on a desk. `public_url`: how people outside reach it, where a proxy stands before it."""
    app = _doors()
    app.state.desk = desk
    app.state.public_url = public_url.rstrip("/")
    problem.install(app)
    # the last one added is the first to see a request
    app.add_middleware(security.Visitors)
    app.add_middleware(security.BoundedBodies)
    app.add_middleware(security.SafeAnswers)
    app.add_middleware(logs.Journal)
    site.install(app)
    return app


def _doors() -> FastAPI:
    app = FastAPI(title="Tropa", version=__version__, openapi_url=None, docs_url=None, redoc_url=None, lifespan=_life)
    for router in ROUTERS:
        app.include_router(router)
    return app


def described() -> dict[str, Any]:
    """The OpenAPI of all doors; needs no desk."""
    told: dict[str, Any] = _doors().openapi()
    return told


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncIterator[None]:
    async with AsyncExitStack() as stack:
        for part in LIVING:
            await stack.enter_async_context(part(app))
        yield
