"""Which columns a tape has, and what their codes mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

NAMED = ("event", "channel", "instrument", "source")
NUMBERED = ("session", "order")
PROPERTY = "p:"


@dataclass(frozen=True, slots=True)
class Dictionaries:
    """What an archive's codes mean so far. `names`: by column, `source` and properties (`p:…`) included; `digests`: (hi, lo) of
    sessions and orders; `too_varied`: properties that have too many different values for the tape."""

    names: Mapping[str, tuple[str, ...]]
    digests: Mapping[str, tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]]
    too_varied: tuple[str, ...] = ()


NO_DICTIONARIES = Dictionaries({}, {})
