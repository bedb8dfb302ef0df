"""Shops with a planted truth: the log, and beside it what is wrong with the shop and how much money that costs.

Everything made here is simulated and says so. `sergey` is the demo; `markov` are plain worlds whose loss can be computed exactly;
`big` makes logs of any size for measuring speed.
"""

from tropa.simulate.big import big
from tropa.simulate.markov import markov
from tropa.simulate.sergey import sergey
from tropa.simulate.shop import CAUSES, EVENTS, STAGE_OF, STAGES, Shop
from tropa.simulate.world import World

__all__ = ["CAUSES", "EVENTS", "STAGES", "STAGE_OF", "Shop", "World", "big", "markov", "sergey"]
