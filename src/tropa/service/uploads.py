"""Logs that people bring through the browser: received, looked at, told how to be read, imported (R-20)."""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from tropa.model import TropaError
from tropa.model.access import Actor, Right
from tropa.service import hooks
from tropa.service.desk import Desk
from tropa.service.importing import add, plan
from tropa.service.warming import warm

if TYPE_CHECKING:
    from tropa.events.contract import Overrides, ReadPlan

log = logging.getLogger(__name__)
MOST_BYTES = 2 << 30
"""A larger file is imported by the command line; `TROPA_LIMIT_UPLOAD` says otherwise."""
FORGET = timedelta(days=7)
"""Uploads that nobody imported are removed after this."""
SAMPLE_ROWS, CHUNK = 20, 1 << 20
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_UNSAFE = re.compile(r"[^\w.() -]+")
_TOLD, _ABOUT = "told.json", "about.json"
_SETTINGS = (
    "encoding", "delimiter", "decimal", "time_format", "zone", "source", "instrument", "event", "currency", "region", "sheet", "preset",
    "lifecycle", "classifier",
)  # fmt: skip


class Telling(Protocol):
    """Whom long work tells how far it is, and what it has brought for good."""

    def __call__(self, step: str, done: float, total: float) -> None: ...

    def keep(self, outcome: Any) -> None: ...


@dataclass(frozen=True)
class Upload:
    """A file that waits to be imported, and how it would be read. `sample`: its first rows, masked, in the order of `plan.columns`."""

    id: str
    name: str
    size: int
    plan: ReadPlan
    missing: str | None
    """Code of what the plan lacks before it can be read by: TR-E007 (when), TR-E008 (who); None: nothing."""
    sample: tuple[tuple[str, ...], ...]


def limit_of_environment() -> int:
    """The largest upload in bytes."""
    told = os.environ.get("TROPA_LIMIT_UPLOAD", "")
    return int(told) if told.isdecimal() else MOST_BYTES


def safe_name(name: str) -> str:
    """A file name without folders, control characters and whatever a file system or a page might take for something else."""
    last = re.split(r"[\\/]", name)[-1]
    stem, dot, suffix = _UNSAFE.sub("_", last).strip(" .").rpartition(".")
    kept = f"{stem[:100]}{dot}{suffix[:12]}" if dot else suffix[:100]
    return kept if kept and kept not in (_TOLD, _ABOUT) else "log.csv"


def receive(desk: Desk, who: Actor, name: str, stream: BinaryIO) -> Upload:
    """Takes a file in. Raises TR-A006 for one that is too large, and whatever reading its beginning raises (TR-E0…)."""
    who.require(Right.DATA)
    _forget_old(desk)
    upload_id = desk.new_id()
    folder = _folder(desk) / upload_id
    folder.mkdir(parents=True)
    try:
        file = folder / safe_name(name)
        _copy(stream, file)
        about = {"name": file.name, "at": desk.clock().isoformat()}
        (folder / _ABOUT).write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
        return _look(desk, upload_id, file, {})
    except BaseException:
        shutil.rmtree(folder)
        raise


def _copy(stream: BinaryIO, file: Path) -> None:
    most, size = limit_of_environment(), 0
    with file.open("wb") as out:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > most:
                raise TropaError("TR-A006", limit=f"{most >> 20} MiB")
            out.write(chunk)


def look(desk: Desk, who: Actor, upload_id: str) -> Upload:
    """An upload as it would be read. Raises TR-W303 for one that is not there."""
    who.require(Right.DATA)
    file, told = _found(desk, upload_id)
    return _look(desk, upload_id, file, told)


def waiting(desk: Desk, who: Actor) -> tuple[Upload, ...]:
    """All uploads that wait, the oldest first. One that cannot be read (any more) is not among them."""
    who.require(Right.DATA)
    found = []
    for about in _folder(desk).glob(f"*/{_ABOUT}"):
        at = json.loads(about.read_text(encoding="utf-8"))["at"]
        try:
            found.append((at, look(desk, who, about.parent.name)))
        except TropaError as fault:
            log.info("Upload %s cannot be shown: %s", about.parent.name, fault)
    return tuple(one for _, one in sorted(found, key=lambda pair: (pair[0], pair[1].id)))


def tell(desk: Desk, who: Actor, upload_id: str, told: Mapping[str, Any]) -> Upload:
    """Says how a file is to be read: `roles`, `event_columns` and `zones` by column, `rates` as the text of a table, and the settings of
    `Overrides`; null takes one back.

    What was told before stays. Raises TR-W303, and TR-E0… for what makes no sense (which is then not kept).
    """
    who.require(Right.DATA)
    file, before = _found(desk, upload_id)
    merged = dict(before)
    for key, value in told.items():
        if key in ("roles", "event_columns", "zones"):
            merged[key] = {**merged.get(key, {}), **value}
            merged[key] = {column: one for column, one in merged[key].items() if one is not None}
        else:
            merged[key] = value
    upload = _look(desk, upload_id, file, merged)
    (file.parent / _TOLD).write_text(json.dumps(merged, ensure_ascii=False), encoding="utf-8")
    return upload


def drop(desk: Desk, who: Actor, upload_id: str) -> None:
    """Forgets an upload. Raises TR-W303."""
    who.require(Right.DATA)
    file, _ = _found(desk, upload_id)
    shutil.rmtree(file.parent)


def import_uploads(desk: Desk, who: Actor, ids: Iterable[str]) -> tuple[str, Callable[[Telling], Any]]:
    """The title of the import of these uploads, and the work itself (for a runner of jobs). Raises TR-W303, TR-E0….

    Files come in one after the other, each whole or not at all; what came in stays when the rest is cancelled.
    """
    who.require(Right.DATA)
    found = [(upload_id, *_found(desk, upload_id)) for upload_id in dict.fromkeys(ids)]
    plans = [(file, _plan(desk, file, told)) for _, file, told in found]
    from tropa import events

    for _, one in plans:
        events.complete(one)

    def work(telling: Telling) -> Any:
        warm(telling)
        outcomes: list[Any] = []
        for file, one in plans:
            came = [asdict(outcome) for outcome in add(desk.workspace, [one], desk.clock(), telling)]
            outcomes += came
            telling.keep(list(outcomes))
            for outcome in came:
                facts = ("file", "source", "import_id", "accepted", "duplicates", "quarantined", "data_version")
                hooks.announce(desk, "data.imported", {**{name: outcome[name] for name in facts}, "by": who.name})
            shutil.rmtree(file.parent, ignore_errors=True)
        return outcomes

    return ", ".join(file.name for file, _ in plans), work


def _folder(desk: Desk) -> Path:
    return desk.workspace.folder / "uploads"


def _found(desk: Desk, upload_id: str) -> tuple[Path, dict[str, Any]]:
    folder = _folder(desk) / upload_id
    if not _ID.fullmatch(upload_id) or not (folder / _ABOUT).is_file():
        raise TropaError("TR-W303", name=upload_id)
    about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
    told = folder / _TOLD
    return folder / about["name"], json.loads(told.read_text(encoding="utf-8")) if told.is_file() else {}


def _forget_old(desk: Desk) -> None:
    for about in _folder(desk).glob(f"*/{_ABOUT}"):
        at = datetime.fromisoformat(json.loads(about.read_text(encoding="utf-8"))["at"])
        if desk.clock() - at > FORGET:
            shutil.rmtree(about.parent)


def _overrides(told: Mapping[str, Any]) -> Overrides:
    from tropa.events.contract import ColumnRole, Overrides
    from tropa.events.money import rates_of

    named = dict(told.get("event_columns", {}))
    roles = {column: ColumnRole(role) for column, role in told.get("roles", {}).items()}
    roles |= dict.fromkeys(named, ColumnRole.EVENT_TIME)
    settings: dict[str, Any] = {name: told.get(name) for name in _SETTINGS}
    return Overrides(
        roles=roles,
        event_columns=named,
        zones=dict(told.get("zones", {})),
        rates=rates_of(told["rates"], "rates") if told.get("rates") else None,
        defaults=bool(told.get("defaults")),
        **settings,
    )


def _plan(desk: Desk, file: Path, told: Mapping[str, Any]) -> ReadPlan:
    return plan([file], _overrides(told), desk.workspace)[0]


def _look(desk: Desk, upload_id: str, file: Path, told: Mapping[str, Any]) -> Upload:
    from tropa import events

    one, missing = _plan(desk, file, told), None
    try:
        events.complete(one)
    except TropaError as lack:
        missing = lack.code
    return Upload(upload_id, file.name, file.stat().st_size, one, missing, tuple(_sample(file, told, one)))


def _sample(file: Path, told: Mapping[str, Any], one: ReadPlan) -> Iterator[tuple[str, ...]]:
    """The first rows, masked by the role of each column."""
    from tropa.events.masking import mask_cell
    from tropa.events.sampling import take_sample

    table = take_sample(file, _overrides(told)).table.slice(0, SAMPLE_ROWS)
    roles = {guess.column: guess.role.value for guess in one.roles}
    empty = [""] * table.num_rows
    columns = [
        [mask_cell(cell, roles.get(name, "")) for cell in table[name].to_pylist()]
        if name in table.column_names
        else empty
        for name in one.columns
    ]
    yield from zip(*columns, strict=True)
