"""The same measures on a real cluster of Apache Spark: a master and two workers, one of which is killed in the middle (R-63)."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tropa.trail.measures import DECLARATIONS
from tropa.trail.spark import java_home

DRIVER = Path(__file__).with_name("spark_driver.py")
PATIENCE = 600
"""Seconds after which something has gone wrong; nothing here is timed."""
pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="starts Spark by its shell scripts")]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Cluster:
    """A standalone cluster on loopback: every process of Spark's own, each worker with one core."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.spark = Path(str(import_module("pyspark").__file__)).parent
        self.environment = {
            **os.environ,
            "JAVA_HOME": str(java_home(folder / "java")),
            "SPARK_HOME": str(self.spark),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_LOCAL_DIRS": str(folder / "scratch"),
            "SPARK_DAEMON_MEMORY": "256m",
            "SPARK_LOG_DIR": str(folder),
            "PYSPARK_PYTHON": sys.executable,
            "PYSPARK_DRIVER_PYTHON": sys.executable,
        }
        self.running: list[subprocess.Popen[bytes]] = []

    @property
    def master(self) -> str:
        return f"spark://127.0.0.1:{self.port}"

    def start(self) -> list[subprocess.Popen[bytes]]:
        """The master, then two workers; waits until both are registered."""
        where = ("--host", "127.0.0.1", "--webui-port", str(free_port()))
        self._launch("master", "org.apache.spark.deploy.master.Master", *where, "--port", str(self.port))
        self._until("master", "I have been elected leader", 1)
        for number in (1, 2):
            where = ("--host", "127.0.0.1", "--webui-port", str(free_port()))
            room = ("--cores", "1", "--memory", "700m", "--work-dir", str(self.folder / f"work{number}"))
            self._launch(f"worker{number}", "org.apache.spark.deploy.worker.Worker", *where, *room, self.master)
        self._until("master", "Registering worker", 2)
        return self.running[1:]

    def _launch(self, name: str, *command: str) -> None:
        with (self.folder / f"{name}.log").open("wb") as log:
            started = subprocess.Popen(
                [str(self.spark / "bin" / "spark-class"), *command],
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.running.append(started)

    def _until(self, name: str, words: str, times: int) -> None:
        log = self.folder / f"{name}.log"
        for _ in range(PATIENCE * 10):
            if log.read_text("utf-8", "replace").count(words) >= times:
                return
            assert all(process.poll() is None for process in self.running), log.read_text("utf-8", "replace")[-2000:]
            time.sleep(0.1)
        raise AssertionError(log.read_text("utf-8", "replace")[-2000:])

    def stop(self) -> None:
        for process in reversed(self.running):
            kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """`kill -9` of a process and of the executors it has started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    found = Cluster(tmp_path)
    try:
        yield found
    finally:
        found.stop()


def lines_of(driver: subprocess.Popen[str]) -> Iterator[dict[str, Any]]:
    assert driver.stdout is not None
    for line in driver.stdout:
        if line.startswith("{"):
            yield json.loads(line)


def test_a_cluster_counts_as_this_machine_does(cluster: Cluster, tmp_path: Path) -> None:
    """R-63: measures, filters, readings equal to the last count; a bucketed table is not shuffled; a killed worker changes nothing."""
    workers = cluster.start()
    told: list[dict[str, Any]] = []
    with (
        (tmp_path / "driver.log").open("w", encoding="utf-8") as log,
        subprocess.Popen(
            [sys.executable, str(DRIVER), cluster.master, str(tmp_path)],
            env=cluster.environment, stdout=subprocess.PIPE, stderr=log, text=True, encoding="utf-8",
        ) as driver,
    ):  # fmt: skip
        for line in lines_of(driver):
            told.append(line)
            if line["step"] == "running":
                kill(workers[0])
    assert driver.returncode == 0, (tmp_path / "driver.log").read_text("utf-8")[-3000:]
    different = [line for line in told if line.get("equal") is False]
    assert different == []
    by_step: dict[str, list[dict[str, Any]]] = {}
    for line in told:
        by_step.setdefault(line["step"], []).append(line)
    assert by_step["bound"][0]["customers"] == 400
    asked = {line["name"] for line in by_step["asked"]}
    assert {declared.id for declared in DECLARATIONS} <= asked
    assert sum(line["rows"] > 0 for line in by_step["asked"]) > 0.8 * len(by_step["asked"])
    assert [line["stages"] for line in by_step["readings"]] == [4] * 5
    moves = {line["of"]: line["exchanges"] for line in by_step["plan"]}
    assert moves == {"bucketed": 0, "a plain frame": 1}
    assert [line["code"] for line in by_step["refused"]] == [line["wanted"] for line in by_step["refused"]]
    assert len(by_step["refused"]) == 6
    assert [line["places"] for line in by_step["breaks"]] == [5, 5, 4]
    assert by_step["draft"] == [{"step": "draft", "customers": 400, "stages": 4, "equal": True}]
    funnel, figures, sides, drafted = by_step["door"]
    assert (funnel["title"], funnel["events"]) == ("Funnel · north", 8)
    assert funnel["rows"][0] > funnel["rows"][1] > 0
    assert figures["rows"] == 4
    assert sides["rows"] > 0
    assert drafted["stages"]
    assert drafted["rows"] > 0
    assert [line["n"] for line in by_step["executors"]] == [2, 1]
