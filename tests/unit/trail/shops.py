"""Small logs and maps for the tests of the trail."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from tropa.model import Deal, EventRule, Limits, Map, Stage, Touchpoint
from tropa.trail.archive.build import tape_from_columns
from tropa.trail.tape import NO_VALUE, Tape

HOUR = 3_600_000_000
DAY = 24 * HOUR

LINE = (("see", None), ("pick", None), ("buy", None), ("use", None))
BRANCHES = (("see", None), ("shop", ("see",)), ("web", ("see",)), ("buy", ("shop", "web")), ("use", None))
EVENTS = ("see", "see2", "pick", "shop", "web", "enter", "pay", "send", "use", "cancel", "noise")


def shop_map(branches: bool = False, deal: bool = True, **fields: Any) -> Map:
    """A little map: see → pick (or shop | web) → buy → use. Each stage has a touchpoint of its own name, `see` two."""
    stages = []
    for name, after in BRANCHES if branches else LINE:
        names = {"see": ("see", "see2"), "buy": ("enter", "pay", "send")}.get(name, (name,))
        points = tuple(Touchpoint(id=f"at-{one}", title=one, when=EventRule(event=one)) for one in names)
        mine = Deal(event="pay", void=EventRule(event="cancel")) if name == "buy" and deal else None
        stages.append(Stage(id=name, title=name, after=after, touchpoints=points, deal=mine))
    fields.setdefault("limits", Limits(window="2d", silence="2d", settle="5h"))
    return Map(title="shop", stages=tuple(stages), **fields)


def log(*rows: tuple[str, float, str], **columns: Any) -> Tape:
    """A tape from (customer, hours, event)."""
    return tape_from_columns(
        [row[0] for row in rows], [round(row[1] * HOUR) for row in rows], [row[2] for row in rows], **columns
    )


@st.composite
def logs(draw: st.DrawFn) -> Tape:
    """Random small logs: ties, silences, orders, voids, scores, two sources of different ends."""
    rows = draw(
        st.lists(
            st.tuples(
                st.sampled_from("abcd"),
                st.integers(0, 240),
                st.sampled_from(EVENTS),
                st.sampled_from([None, None, "o1", "o2", "o3"]),
                st.one_of(st.none(), st.integers(-50, 500)),
                st.sampled_from(["site", "app", None]),
                st.sampled_from([None, -2, -1, 0, 1, 2]),
            ),
            min_size=1,
            max_size=40,
        )
    )
    ends = draw(st.fixed_dictionaries({"site": st.integers(100, 300), "app": st.integers(100, 300)}))
    return tape_from_columns(
        [row[0] for row in rows],
        [row[1] * HOUR for row in rows],
        [row[2] for row in rows],
        channels=[row[5] for row in rows],
        values=np.array([NO_VALUE if row[4] is None else row[4] for row in rows]),
        scores=np.array([np.nan if row[6] is None else row[6] for row in rows], dtype=np.float32),
        orders=[row[3] for row in rows],
        sources=[row[5] or "site" for row in rows],
        complete_until={name: hours * HOUR for name, hours in ends.items()},
    )
