"""Presets: exports of known products recognised by their columns, each with the roles and the events that they hold (R-21)."""

from __future__ import annotations

from collections.abc import Iterable

from tropa.events.presets.crm import AMOCRM, BITRIX24, CALLTOUCH, UNISENDER
from tropa.events.presets.ga4 import GA4
from tropa.events.presets.marketplaces import OZON, WILDBERRIES
from tropa.events.presets.marks import UTM, marked
from tropa.events.presets.matomo import MATOMO
from tropa.events.presets.metrica import HITS, VISITS
from tropa.events.presets.preset import Preset
from tropa.events.presets.shops import (
    BITRIX,
    INSALES,
    MOYSKLAD_API,
    MOYSKLAD_CSV,
    RETAILCRM,
    SHOPIFY,
    TILDA,
    WOOCOMMERCE,
)
from tropa.events.presets.trackers import AMPLITUDE, MIXPANEL, POSTHOG, SEGMENT, SNOWPLOW
from tropa.events.presets.xes import XES
from tropa.model import TropaError, Where, near_miss

PRESETS: tuple[Preset, ...] = (
    HITS, VISITS, GA4, MATOMO, SNOWPLOW, POSTHOG, MIXPANEL, AMPLITUDE, SEGMENT, SHOPIFY, WOOCOMMERCE, INSALES,
    RETAILCRM, MOYSKLAD_API, MOYSKLAD_CSV,
    AMOCRM, BITRIX24, OZON, WILDBERRIES, CALLTOUCH, UNISENDER, TILDA, BITRIX, XES, UTM,
)  # fmt: skip
"""All presets. Of several that recognise a file the first is taken: those with marks of their own stand before those with common words."""
NONE = "none"
NAMES = (*(preset.id for preset in PRESETS), NONE)


def named(name: str) -> Preset:
    """The preset of this name. Raises TR-E025."""
    found = next((preset for preset in PRESETS if preset.id == name), None)
    if found is None:
        raise TropaError("TR-E025", Where(), name=name, near=near_miss(name, NAMES), known=", ".join(NAMES))
    return found


def recognised(columns: Iterable[str], told: str | None) -> tuple[Preset | None, tuple[str, ...]]:
    """The preset for a file with these columns, and the columns that it was known by (none where the user named it).

    `told`: a preset's name, `none`, or None: by its columns. Raises TR-E025.
    """
    names = tuple(columns)
    if told == NONE:
        return None, ()
    if told is not None:
        preset = named(told)
        return preset, preset.recognises(names)
    for preset in PRESETS:
        marks = preset.recognises(names)
        if marks:
            return preset, marks
    return None, ()


__all__ = ["NAMES", "NONE", "PRESETS", "UTM", "Preset", "marked", "named", "recognised"]
