"""Drawing a map: which writer for which suffix, and what it needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from tropa.model import TropaError, Where

View = Literal["table", "scheme", "infographic"]
VIEWS: tuple[View, ...] = ("infographic", "table", "scheme")
FORMATS = ("svg", "png", "pdf", "html", "xlsx", "pptx", "md", "mmd")


@dataclass(frozen=True)
class Wish:
    """How a picture is wanted."""

    today: date
    view: View = "infographic"
    page: str = "a3"
    opened: frozenset[str] = frozenset()
    """Stages opened into their touchpoints; `all` opens every one."""
    named_view: str | None = None
    theme: Literal["light", "dark"] = "light"
    scale: float = 2.0
    """Pixels of the PNG for each CSS pixel."""
    personas: bool = False


@dataclass(frozen=True)
class Drawn:
    """A picture that was written, with what it could not show."""

    path: Path
    notes: tuple[str, ...] = ()


def format_of(path: Path) -> str:
    """The format that a file's suffix asks for. Raises TR-S006 for a suffix we do not draw."""
    suffix = path.suffix.lower().lstrip(".")
    if suffix not in FORMATS:
        raise TropaError("TR-S006", Where(file=str(path)), suffix=suffix, known=", ".join(FORMATS))
    return suffix
