"""A real object storage for tests: moto's server on loopback, in a thread of this process.

Fixture: `bucket` (an Arrow file system and the name of a fresh bucket; the environment says where the storage is).
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from pyarrow import fs

_NUMBERS = count(1)
ENDPOINT = {"AWS_ACCESS_KEY_ID": "tests", "AWS_SECRET_ACCESS_KEY": "tests", "AWS_REGION": "us-east-1"}


@pytest.fixture(scope="session")
def storage_server() -> Iterator[str]:
    """The running server's address."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from moto.server import ThreadedMotoServer
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(storage_server: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Any, str]:
    """A fresh, empty bucket."""
    for name, value in (ENDPOINT | {"AWS_ENDPOINT_URL": storage_server}).items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_ENDPOINT_URL_S3", raising=False)
    address = storage_server.removeprefix("http://")
    system = fs.S3FileSystem(
        access_key="tests",
        secret_key="tests",
        region="us-east-1",
        scheme="http",
        endpoint_override=address,
        allow_bucket_creation=True,
    )
    name = f"logs-{next(_NUMBERS)}"
    system.create_dir(name)
    return system, name
