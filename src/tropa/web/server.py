"""The server: one process, one event loop, until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from types import FrameType

import uvicorn

from tropa.model import TropaError
from tropa.service.desk import Desk
from tropa.web.app import make_app

LOG = logging.getLogger("tropa.web")
PATIENCE_S = 10
"""How long open requests may take to end after the server is told to stop."""
FRAME_LIMIT = 4 * 1024 * 1024
"""Bytes of one message over a socket."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where to listen, and how people outside reach it (empty: just there)."""

    host: str
    port: int
    public_url: str = ""


def listen(place: Place) -> socket.socket:
    """Takes the port. Raises TR-W101 where another program has it."""
    family, kind, protocol, _, address = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)[0]
    door = socket.socket(family, kind, protocol)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            door.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(address)
        door.listen(2048)
    except OSError as error:
        door.close()
        raise TropaError("TR-W101", host=place.host, port=str(place.port), other=str(_free_port())) from error
    return door


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def address_of(door: socket.socket, place: Place) -> str:
    """What to type into a browser."""
    if place.public_url:
        return place.public_url.rstrip("/")
    host = {"0.0.0.0": "127.0.0.1", "::": "localhost"}.get(place.host, place.host)
    return f"http://{f'[{host}]' if ':' in host else host}:{door.getsockname()[1]}"


class _Server(uvicorn.Server):
    """Ends with a good conscience: whoever keeps a connection open is told first, and a signal is no failure."""

    def __init__(self, config: uvicorn.Config, desk: Desk, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self.desk, self.ready = desk, ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts, then says so."""
        await super().startup(sockets)
        if self.started:
            await asyncio.to_thread(self.ready)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Tells jobs and rooms, then closes."""
        LOG.info("stopping")
        await asyncio.to_thread(self.desk.stopping.ring, "stopping")
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """The first signal: end what is going on. The second: end at once."""
        self.force_exit, self.should_exit = self.should_exit, True


def serve(desk: Desk, place: Place, ready: Callable[[str], None]) -> None:
    """Serves until SIGINT or SIGTERM. `ready` is called with the address once it can be opened. Raises TR-W101."""
    with closing(listen(place)) as door:
        address = address_of(door, place)
        config = uvicorn.Config(
            make_app(desk, place.public_url), log_config=None, access_log=False, server_header=False, lifespan="on",
            ws="websockets-sansio", ws_max_size=FRAME_LIMIT, timeout_graceful_shutdown=PATIENCE_S, proxy_headers=True,
            forwarded_allow_ips="127.0.0.1,::1",
        )  # fmt: skip
        server = _Server(config, desk, lambda: ready(address))
        server.run(sockets=[door])
        LOG.info("stopped")
        if not server.started:
            raise RuntimeError("the server did not start; the log says why")
