"""How a door is declared: the right it asks for stands beside its path, is checked before anything else, and is in the OpenAPI."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Request
from starlette.requests import HTTPConnection

from tropa.model import TropaError
from tropa.model.access import Actor, Right
from tropa.service.desk import Desk
from tropa.service.knowing import STRANGER, Known
from tropa.service.signing_in import must_prove
from tropa.web.problem import MEDIA, Problem

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


def desk_of(request: HTTPConnection) -> Desk:
    """The desk of the running server."""
    desk = request.app.state.desk
    assert isinstance(desk, Desk)
    return desk


def actor_of(request: HTTPConnection) -> Actor:
    """The one who asks: found once by the middleware that knows sign-ins, tokens and share links."""
    return known_of(request).actor


def known_of(request: HTTPConnection) -> Known:
    """The one who asks, with what they showed: a connection that stays open asks again with it (`knowing.still`)."""
    found = getattr(request.state, "known", STRANGER)
    assert isinstance(found, Known)
    return found


AtDesk = Annotated[Desk, Depends(desk_of)]
Who = Annotated[Actor, Depends(actor_of)]


def _guard(right: Right, fresh: bool) -> Callable[[Request], None]:
    def check(request: Request) -> None:
        known = known_of(request)
        if known.held_back and not known.actor.may(right):
            raise TropaError("TR-W153")
        known.actor.require(right, request.path_params.get("map_id"))
        if fresh and must_prove(desk_of(request), known):
            raise TropaError("TR-W152")

    return check


class Doors:
    """Endpoints of one subject. A path that holds `{map_id}` asks for the right in that map, any other in the workspace.

    A door that is `fresh` is for grave acts: whoever has not shown for a while who they are is asked to (TR-W152).
    """

    def __init__(self, prefix: str, tag: str) -> None:
        self.router = APIRouter(prefix=prefix, tags=[tag])

    def get(self, path: str, right: Right, **rest: Any) -> Callable[[Endpoint], Endpoint]:
        """A door to look through."""
        return self._door("GET", path, right, rest)

    def post(self, path: str, right: Right, **rest: Any) -> Callable[[Endpoint], Endpoint]:
        """A door to make something."""
        return self._door("POST", path, right, rest)

    def put(self, path: str, right: Right, **rest: Any) -> Callable[[Endpoint], Endpoint]:
        """A door to set something."""
        return self._door("PUT", path, right, rest)

    def patch(self, path: str, right: Right, **rest: Any) -> Callable[[Endpoint], Endpoint]:
        """A door to change something."""
        return self._door("PATCH", path, right, rest)

    def delete(self, path: str, right: Right, **rest: Any) -> Callable[[Endpoint], Endpoint]:
        """A door to remove something."""
        return self._door("DELETE", path, right, rest)

    def _door(self, method: str, path: str, right: Right, rest: dict[str, Any]) -> Callable[[Endpoint], Endpoint]:
        problems = {"default": {"model": Problem, "content": {MEDIA: {}}, "description": "Problem"}}
        fresh = bool(rest.pop("fresh", False))
        extra = {**rest.pop("openapi_extra", {}), "x-right": right.value, **({"x-fresh": True} if fresh else {})}
        responses = {**problems, **rest.pop("responses", {})}

        def declare(endpoint: Endpoint) -> Endpoint:
            self.router.add_api_route(
                path,
                endpoint,
                methods=[method],
                operation_id=rest.pop("operation_id", endpoint.__name__),
                dependencies=[Depends(_guard(right, fresh)), *rest.pop("dependencies", [])],
                openapi_extra=extra,
                responses=responses,
                **rest,
            )
            return endpoint

        return declare
