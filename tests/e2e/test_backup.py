"""`tropa backup` beside a running `tropa serve`, `tropa restore` on "another machine": the same maps, SQLite → PostgreSQL (R-63, R-64)."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest

from e2e.test_serve import API, OWNER, started
from tropa.cli.main import run
from tropa.words import words


def as_data(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    """The JSON a command printed."""
    capsys.readouterr()
    status = run([str(argument) for argument in arguments], words("en"))
    printed = capsys.readouterr()
    assert status == 0, printed.err
    return json.loads(printed.out)


def test_a_backup_beside_the_running_server(
    tmp_path: Path, postgres_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """R-64: taken while the app is served and edited; restored into PostgreSQL, the same people find the same maps."""
    with started("serve", str(tmp_path / "Мастерская"), "--no-open", "--port", "0") as server:
        url = server.expect(r"(http://127\.0\.0\.1:\d+)$")
        setup = server.expect(r"/setup/(\w+)$")
        with httpx.Client(base_url=url, headers={"Origin": url}) as client:
            made = client.post(f"{API}/setup", json={"token": setup, **OWNER})
            assert made.status_code == 201, made.text
            client.headers["X-CSRF-Token"] = made.json()["csrf"]
            own = client.post(f"{API}/maps", json={"template": "classic", "title": "Путь клиента"}).json()["id"]
            for tags in (["раз"], ["раз", "два"]):
                assert client.patch(f"{API}/maps/{own}", json={"tags": tags}).status_code == 200
            told = as_data(capsys, "backup", tmp_path / "Мастерская", tmp_path / "копия.zip", "--json")
            assert (told["maps"], told["file"]) == (1, str(tmp_path / "копия.zip"))
            before = client.get(f"{API}/maps/{own}/value").json()
        assert server.stop()[0] == 0
    back = as_data(capsys, "restore", tmp_path / "копия.zip", tmp_path / "там", "--database", postgres_url, "--json")
    assert (back["maps"], back["rows"]) == (1, told["rows"])
    assert not (tmp_path / "там" / "tropa.db").exists()
    arguments = ["serve", str(tmp_path / "там"), "--no-open", "--port", "0", "--database", postgres_url]
    with started(*arguments) as server:
        url = server.expect(r"(http://127\.0\.0\.1:\d+)$")
        with httpx.Client(base_url=url, headers={"Origin": url}) as client:
            signed = client.post(f"{API}/login", json={name: OWNER[name] for name in ("email", "password")})
            assert signed.status_code == 200, signed.text
            assert client.get(f"{API}/maps/{own}/value").json() == before
            history = client.get(f"{API}/maps/{own}/history").json()["items"]
            assert [(one["first"], one["last"], one["author"]["name"]) for one in history] == [(1, 3, OWNER["name"])]


def test_the_words_of_both_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """R-64: what was written and what to do next, in both languages; nothing is overwritten unasked."""
    for lang in ("ru", "en"):
        folder, out, back = (tmp_path / f"{name}-{lang}" for name in ("дом", "копия", "там"))
        say = words(lang)
        assert run(["new", str(folder), "--template", "classic"], say) == 0
        assert run(["backup", str(folder), str(out)], say) == 0
        capsys.readouterr()
        assert run(["backup", str(folder), str(out)], say) != 0
        assert "TR-S008" in capsys.readouterr().err
        assert run(["backup", str(folder), str(out), "--force"], say) == 0
        assert run(["restore", str(out), str(back)], say) == 0
        printed = " ".join(capsys.readouterr().out.split())
        assert f"tropa serve {os.fspath(back)}" in printed
        assert run(["restore", str(out), str(back)], say) != 0
        assert "TR-W272" in capsys.readouterr().err
