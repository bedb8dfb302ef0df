"""Figures by name: what `purchase.conversion` means, whether it was measured or typed by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tropa.model.reading import Break, CannotTell, Rate, Readings, Satisfaction, Times
from tropa.model.stage import Figure, Stage, Touchpoint

Kind = Literal["count", "share", "seconds", "score", "money", "number"]

READING_NAMES = (
    "entrants", "customers", "exits", "open", "returns", "conversion", "to_deal", "time_to_next", "satisfaction",
    "repeat_rate", "repeat_interval", "sales_cycle", "loss",
)  # fmt: skip
"""Names a metric or a piece of evidence may use for a figure: alone (of its own stage), or as `stage.name`."""

_WHOLE_MAP = ("repeat_rate", "repeat_interval", "sales_cycle")


@dataclass(frozen=True, slots=True)
class Known:
    """A figure that is known: its value, interval (None: no interval is known), number of cases, and what it counts."""

    value: float
    low: float | None
    high: float | None
    n: int | None
    kind: Kind
    entered: bool = False


def known_at(readings: Readings | None, address: str, stage: str | None = None) -> Known | CannotTell | None:
    """The measured figure under `address`: `stage.name`, `touchpoint.name`, or a bare name of `stage`.

    None: there is no such place or no such figure. `CannotTell`: there is, and the trail cannot answer.
    Of a stage `time_to_next` is in seconds (median with quartiles as its spread, not an interval).
    """
    if readings is None:
        return None
    place, _, name = address.rpartition(".")
    place = place or stage or ""
    if name in _WHOLE_MAP:
        loop = readings.loop
        return _known(
            {"repeat_rate": loop.repeat_rate, "repeat_interval": loop.interval}.get(name, readings.sales_cycle)
        )
    if name == "loss":
        return next((_loss(item) for item in readings.breaks if item.stage == place), None)
    source = readings.stage(place) or readings.touchpoint(place)
    if source is None or name not in READING_NAMES or not hasattr(source, name):
        return None
    answer = getattr(source, name)
    if isinstance(answer, int):
        return Known(answer, None, None, answer, "count") if source.observed else CannotTell(cannot_tell="not-observed")
    return _known(answer)


def entered_at(owner: Stage | Touchpoint, name: str) -> Figure | None:
    """The figure typed by hand under `name` at a stage or touchpoint; the last one wins."""
    return next((figure for figure in reversed(owner.figures) if figure.reading == name), None)


def entered_known(figure: Figure) -> Known:
    """A figure typed by hand as `Known`. Times are typed in days and told in seconds."""
    kinds: dict[str, Kind] = {
        "entrants": "count", "customers": "count", "exits": "count", "conversion": "share", "to_deal": "share",
        "repeat_rate": "share", "time_to_next": "seconds", "satisfaction": "score", "loss": "money",
    }  # fmt: skip
    kind = kinds.get(figure.reading, "number")
    scale = 86_400.0 if kind == "seconds" else 1.0
    low = None if figure.low is None else figure.low * scale
    high = None if figure.high is None else figure.high * scale
    return Known(figure.value * scale, low, high, figure.n, kind, entered=True)


def _known(answer: Rate | Times | Satisfaction | CannotTell) -> Known | CannotTell:
    if isinstance(answer, Rate):
        return Known(answer.value, answer.low, answer.high, answer.denominator, "share")
    if isinstance(answer, Times):
        return Known(answer.median_s, None, None, answer.n, "seconds")
    if isinstance(answer, Satisfaction):
        return Known(answer.mean, answer.low, answer.high, answer.n, "score")
    return answer


def _loss(item: Break) -> Known:
    return Known(item.loss.value, item.loss.low, item.loss.high, item.customers, "money")
