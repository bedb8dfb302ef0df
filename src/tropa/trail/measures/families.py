"""Families of measures: the heading of a menu or a table that a measure stands under (R-26). One list: a new measure adds its name here."""

from __future__ import annotations

from collections.abc import Mapping

FAMILIES: Mapping[str, tuple[str, ...]] = {
    "breaks": ("reasons",),
    "paths": ("transitions", "steps", "sankey", "paths", "loops", "touchpoints", "conformance"),
    "funnels": ("funnel", "funnel-difference", "sales-cycle"),
    "loyalty": ("retention", "purchase-interval", "repeat-curve", "churn", "churn-moves", "next-purchase", "referrals"),
    "worth": ("ltv", "ltv-check"),
    "segments": ("clusters", "rfm", "rfm-grid"),
    "channels": ("channels", "channel-return"),
    "feedback": ("themes", "sentiment"),
}
"""Measures by family, both in the order they are told in."""
MORE = "more"
"""The family of a measure that no family names."""
ORDER = (*FAMILIES, MORE)
_FAMILY = {measure: family for family, measures in FAMILIES.items() for measure in measures}
_PLACE = {measure: place for place, measure in enumerate(_FAMILY)}


def family_of(measure: str) -> str:
    """The family of a measure by its name."""
    return _FAMILY.get(measure, MORE)


def place_of(measure: str) -> int:
    """Where a measure stands among all; those that no family names come last, as they came."""
    return _PLACE.get(measure, len(_PLACE))
