"""Segments and personas: which customers they mean."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from tropa.model import Map, Segment, SegmentRule
from tropa.trail.rules import customers_that_fit
from tropa.trail.slices import fixed
from tropa.trail.tape import Tape

Bytes = npt.NDArray[np.uint8]


def chosen_customers(tape: Tape, rule: SegmentRule, where: str = "rule") -> Bytes:
    """The customers a rule means: uint8 by customer, 1 for those who fit; of sessions, those of such customers.

    Raises TR-T001 for a column that the log does not have.
    """
    if tape.cut_of is not None:
        return fixed(chosen_customers(tape.cut_of.whole, rule, where)[tape.cut_of.owner])
    return fixed(customers_that_fit(tape, rule, where).astype(np.uint8))


def rules_of(value: Map) -> Mapping[str, SegmentRule]:
    """Rules by the id they are known under: segments, and personas bound to one (a persona's own id; a segment's id goes first)."""
    out = {segment.id: segment.rule for segment in value.segments}
    for persona in value.personas:
        if isinstance(persona.segment, str):
            out.setdefault(persona.id, out[persona.segment])
        elif persona.segment is not None:
            out.setdefault(persona.id, persona.segment)
    return out


def segment_codes(tape: Tape, segments: tuple[Segment, ...]) -> npt.NDArray[np.int64]:
    """For each customer the first segment that fits, from 1 (0: none): for strata that must not overlap."""
    out = np.zeros(len(tape.customers), np.int64)
    for number, segment in enumerate(segments, start=1):
        out[(out == 0) & customers_that_fit(tape, segment.rule, f"segments.{segment.id}.rule")] = number
    return out
