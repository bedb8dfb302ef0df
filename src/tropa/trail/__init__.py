"""The tape, bindings, measures and their kernels: what the trail answers, and where it runs.

The package can be called, too: `tropa.trail(…)` is a notebook's first word (docs/adr/0050).
"""

import sys

from tropa.doors import CallableTrail
from tropa.trail.bind import Bound, bind, event_counts, unbound
from tropa.trail.draft import draft
from tropa.trail.limits import propose_limits
from tropa.trail.measure import measure, measure_all
from tropa.trail.passes import Passes, find_passes, pass_limits
from tropa.trail.prepare import Prepared, prepare
from tropa.trail.volumes import places
from tropa.trail.warm import warm

__all__ = [
    "Bound",
    "Passes",
    "Prepared",
    "bind",
    "draft",
    "event_counts",
    "find_passes",
    "measure",
    "measure_all",
    "pass_limits",
    "places",
    "prepare",
    "propose_limits",
    "unbound",
    "warm",
]

sys.modules[__name__].__class__ = CallableTrail
