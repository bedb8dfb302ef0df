"""What a workspace says of itself: `tropa.toml` in its folder, written by hand, by the command line or by the app (docs/adr/0071)."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from tropa.files import write_text
from tropa.model import TropaError, Where, near_miss
from tropa.model.access import Actor, Right

if TYPE_CHECKING:
    from tropa.service.desk import Desk

FILE = "tropa.toml"
KNOWN = ("zone",)
MOST_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class Settings:
    """`zone`: whose calendar tells days, weeks, months and times of day (IANA name)."""

    zone: str = "UTC"


def settings_of(folder: Path) -> Settings:
    """The settings of the workspace in a folder; a file that is not there says nothing.

    Raises TR-S060 for a zone that there is not, TR-S061 for a file that cannot be read, TR-S062 for a setting that there is not.
    """
    path = folder / FILE
    try:
        found = path.stat()
    except FileNotFoundError:
        return Settings()
    return _read(path, found.st_mtime_ns, found.st_size)


def zone_of(folder: Path) -> str:
    """The zone of the workspace in a folder. Raises as `settings_of`."""
    return settings_of(folder).zone


@lru_cache(maxsize=64)
def _read(path: Path, changed_ns: int, size: int) -> Settings:
    where = Where(file=str(path))
    try:
        if size > MOST_BYTES:
            raise ValueError(f"> {MOST_BYTES:,} B")
        told = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as fault:  # of TOML and of UTF-8, too
        raise TropaError("TR-S061", where, file=FILE, reason=str(fault)) from fault
    for name in told:
        if name not in KNOWN:
            raise TropaError("TR-S062", where, name=name, near=near_miss(name, KNOWN), known=", ".join(KNOWN))
    return Settings(known_zone(told.get("zone", "UTC"), where))


def known_zone(name: Any, where: Where | None = None) -> str:
    """The name of a zone as the time zone database has it (letters may be large or small). Raises TR-S060 with the near miss."""
    names = zones()
    text = str(name).strip()
    found = names.get(text.casefold())
    if found is None:
        near = near_miss(text.casefold(), list(names)) or near_miss(
            text.casefold(), [one.rpartition("/")[2] for one in names]
        )
        full = next((one for key, one in names.items() if near and (key == near or key.endswith(f"/{near}"))), "")
        raise TropaError("TR-S060", where, name=text, near=full, known="Europe/Moscow, Asia/Yekaterinburg, UTC")
    return found


@lru_cache(maxsize=1)
def zones() -> dict[str, str]:
    """All zones: names in small letters → names."""
    from zoneinfo import available_timezones

    return {one.casefold(): one for one in sorted(available_timezones()) if one not in ("localtime", "Factory")}


def set_zone(folder: Path, name: str) -> Settings:
    """Writes the zone into the file; comments and whatever else is in it stay. Raises TR-S060, and as `settings_of`."""
    zone = known_zone(name)
    settings_of(folder)  # a file that makes no sense is not written over
    path = folder / FILE
    lines = path.read_text(encoding="utf-8-sig").splitlines() if path.is_file() else []
    line = f"zone = {json.dumps(zone)}"
    at = next((k for k, one in enumerate(lines) if one.partition("=")[0].strip().strip("\"'") == "zone"), None)
    if at is None:
        lines.insert(0, line)
    else:
        kept = lines[at].partition("#")
        lines[at] = f"{line}  #{kept[2]}" if kept[1] else line
    write_text(path, "\n".join(lines) + "\n")
    return settings_of(folder)


def offset_of(zone: str, now: Any) -> int:
    """Minutes by which a zone's clocks are ahead of UTC now."""
    ahead = now.astimezone(ZoneInfo(zone)).utcoffset()
    return 0 if ahead is None else round(ahead.total_seconds() / 60)


def settings_for(desk: Desk, who: Actor) -> Settings:
    """The settings, for whoever may read anything of the workspace. Raises TR-A001, TR-A002."""
    who.require(Right.READ)
    return settings_of(desk.workspace.folder)


def change_zone(desk: Desk, who: Actor, name: str) -> Settings:
    """Sets the zone for everybody: figures by day, week, month and time of day change with it. Raises TR-A001, TR-A002, TR-S060."""
    from tropa.service import auditing

    who.require(Right.MANAGE)
    before = zone_of(desk.workspace.folder)
    found = set_zone(desk.workspace.folder, name)
    if found.zone != before:
        with desk.store.begin() as connection:
            auditing.note(desk, connection, who, "settings-zone", "workspace", before=before, after=found.zone)
    return found
