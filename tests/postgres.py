"""A real PostgreSQL for tests: Debian's package, on loopback, as its own user, in a folder that goes when the tests do.

Fixtures: `postgres_url` (a fresh empty database) and `store` (the same test on SQLite and on PostgreSQL).
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest

from tropa.store import Store, open_store

_NUMBERS = count(1)
_QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "60"}


def server_folder() -> Path:
    """The folder of the server's programs; installs Debian's package where there is none, and fails loudly where it cannot."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    if shutil.which("apt-get") and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "postgresql"]):
            subprocess.run(["apt-get", *command], check=True, env=environment)
        return max(Path("/usr/lib/postgresql").glob("*/bin/initdb")).parent
    raise RuntimeError("The tests need PostgreSQL: install it (Debian: apt-get install postgresql) and try again.")


def as_its_user(command: list[str]) -> list[str]:
    """The command run as `postgres` (it refuses root), ending when this process ends however it ends."""
    user = ["--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    return ["setpriv", "--pdeathsig=INT", *user, *command]


def free_port() -> int:
    """A port nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The running server: a URL without the database's name."""
    programs = server_folder()
    folder = Path(tempfile.mkdtemp(prefix="tropa-postgres-"))
    data, port = folder / "data", free_port()
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    init = [str(programs / "initdb"), "-D", str(data), "-U", "tropa", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
    subprocess.run(as_its_user(init), check=True, capture_output=True, cwd="/")
    settings = {"listen_addresses": "127.0.0.1", "port": str(port), "unix_socket_directories": "", **_QUICK}
    command = [str(programs / "postgres"), "-D", str(data), *(f"--{key}={value}" for key, value in settings.items())]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(as_its_user(command), stdout=log, stderr=log, cwd="/")
    try:
        _wait(server, port, folder / "log")
        yield f"postgresql+psycopg://tropa@127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(folder)


def _wait(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(200):
        try:
            psycopg.connect(host="127.0.0.1", port=port, user="tropa", dbname="postgres").close()
        except psycopg.OperationalError:
            if server.poll() is not None:
                break
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(encoding='utf-8', errors='replace')}")


@contextmanager
def database(postgres_server: str) -> Iterator[str]:
    """The URL of a fresh, empty database, dropped at the end."""
    name = f"t{os.getpid()}_{next(_NUMBERS)}"
    admin = postgres_server.replace("+psycopg", "") + "/postgres"
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
    yield f"{postgres_server}/{name}"
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[arg-type]


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """A fresh, empty database."""
    with database(postgres_server) as url:
        yield url


@pytest.fixture
def other_postgres_url(postgres_server: str) -> Iterator[str]:
    """Another one, for what goes from one to the other."""
    with database(postgres_server) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty database with all tables, of each kind in turn."""
    at_postgres = request.param == "postgresql"
    url = request.getfixturevalue("postgres_url") if at_postgres else f"sqlite:///{tmp_path / 'test.db'}"
    opened = open_store(url)
    yield opened
    opened.close()
