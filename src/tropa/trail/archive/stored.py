"""A generation as it is stored: its description and its arrays, mapped when asked for, and the checks before they are used.

Nothing here needs Arrow: opening a tape must cost next to nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.archive.columns import NAMED, NUMBERED, Dictionaries
from tropa.trail.archive.files import map_array

PER_EVENT = ("time", "arrival", *NAMED, *NUMBERED, "value", "score")


class DamagedError(Exception):
    """A generation's folder is not as its own description says; it has to be built again from the parts."""


@dataclass(frozen=True, slots=True)
class Generation:
    """An opened generation: its description (`meta.json`) and its arrays, mapped when asked for."""

    folder: Path
    meta: Mapping[str, Any]

    @classmethod
    def open(cls, folder: Path) -> Generation:
        """Raises DamagedError for a description that is missing or cannot be read."""
        try:
            return cls(folder, json.loads((folder / "meta.json").read_text(encoding="utf-8")))
        except (OSError, ValueError) as reason:
            raise DamagedError(str(reason)) from reason

    def array(self, name: str) -> npt.NDArray[Any]:
        """One array, mapped read-only. Raises DamagedError when it is not what the description says."""
        told = self.meta["arrays"].get(name)
        if told is None:
            raise DamagedError(f"there is no array {name}")
        try:
            array = map_array(self.folder / told["file"])
        except (OSError, ValueError) as reason:
            raise DamagedError(f"{name}: {reason}") from reason
        if len(array) != told["length"] or array.dtype.str != told["type"]:
            raise DamagedError(f"{name}: {len(array)} × {array.dtype.str}, not {told['length']} × {told['type']}")
        return array

    def column(self, name: str) -> npt.NDArray[Any] | None:
        """One array of a property or another column, None where this generation has none."""
        return self.array(name) if name in self.meta["arrays"] else None

    def words(self, name: str) -> tuple[str, ...]:
        """The names of a coded column."""
        path = self.folder / self.meta["names"][name]
        try:
            return tuple(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError) as reason:
            raise DamagedError(f"{name}: {reason}") from reason

    def dictionaries(self) -> Dictionaries:
        """What the codes mean."""
        return Dictionaries(
            {name: self.words(name) for name in self.meta["names"]},
            {name: (self.array(f"{name}-hi"), self.array(f"{name}-lo")) for name in NUMBERED},
            tuple(self.meta["too_varied"]),
        )


def check(generation: Generation, progress: Callable[[str], None] = lambda name: None) -> None:
    """Looks whether every code has a name and every offset is in range. Raises DamagedError."""
    events = int(generation.meta["events"])
    for name in PER_EVENT:
        if len(generation.array(name)) != events:
            raise DamagedError(f"{name} has another length")
        progress(name)
    offsets = generation.array("offsets")
    if offsets[0] != 0 or offsets[-1] != events or bool(np.any(offsets[1:] <= offsets[:-1])):
        raise DamagedError("offsets do not rise")
    if len(offsets) != len(generation.array("customers")) + 1:
        raise DamagedError("customers and offsets disagree")
    for name in NAMED:
        check_codes(name, generation.array(name), len(generation.words(name)))
    for name in NUMBERED:
        check_codes(name, generation.array(name), len(generation.array(f"{name}-hi")) + 1)


def check_codes(name: str, codes: npt.NDArray[Any], names: int) -> None:
    """Raises DamagedError for a code without a name: kernels index by codes unchecked."""
    if len(codes) and int(codes.max()) >= names:
        raise DamagedError(f"{name} has a code beyond its {names} names")
