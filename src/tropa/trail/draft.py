"""The draft: a map proposed from the log itself, for somebody to confirm."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Literal, get_args

import numpy as np

from tropa.model import Deal, EventRule, Limits, Loop, Map, Money, Score, Stage, Touchpoint, TropaError
from tropa.trail.lexicon import AFTER_DEAL, BEFORE_DEAL, STAGES, deal_strength, kind_of, may_be_deal, spread, voids
from tropa.trail.loops import common_horizon
from tropa.trail.order import Habit, habits
from tropa.trail.prepare import prepare
from tropa.trail.tape import Tape
from tropa.words import Words

Instrument = Literal["nps", "csat", "ces", "stars", "ten", "native"]
MOST_POINTS = 12
"""A stage shows so many touchpoints; rarer events are bound to the stage alone."""
MOST_NAMES = 400
"""So many different events are bound; the rest is listed as unbound."""
REPEATERS, REPEAT_SHARE = 3, 0.01
"""Goods count as bought again where so many buyers, and this share of them, have a second deal."""
SHORT = timedelta(days=60)
"""In a shorter log nobody has had time to come back: nothing is concluded from that."""

UNKNOWN_CURRENCY = "XXX"
"""ISO 4217's code for no particular currency; written ¤. Nobody said what the amounts are in, so nothing is claimed."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """The log's events sorted into stages: by stage the events in order of their typical place, the deal, what voids it."""

    stages: dict[str, tuple[str, ...]]
    deal: str | None
    void: tuple[str, ...]


def draft(tape: Tape, say: Words, deal: str | None = None) -> Map:
    """A map proposed from the log: stages, touchpoints and bindings, the deal, scores, limits, the loyalty loop. `proposal` is set.

    Well-known names (Russian and English) go to the stages of the standard path; others stand where they typically occur between
    two deals; the order of touchpoints is that of the log. Titles are in the language of `say`.
    `deal`: the event that somebody said is the deal; else the likeliest one, or none where nothing in the log looks like one.
    Raises TR-T003 for a log without events.
    """
    if not tape.events:
        raise TropaError("TR-T003")
    known = habits(tape, None)
    deal = deal if deal in known else choose_deal(tape, known)
    known = habits(tape, deal)
    found = sort_events(known, deal)
    stages = _stages(tape, found, known, say)
    money = Money(currency=tape.currency or UNKNOWN_CURRENCY)
    value = Map(
        title=say("draft-title"),
        about=say("draft-about", events=tape.events, customers=len(tape.customers)),
        language=say.lang,
        proposal=True,
        money=money,
        scores=_scores(tape),
        stages=stages,
    )
    return _with_numbers(tape, value)


def choose_deal(tape: Tape, known: dict[str, Habit]) -> str | None:
    """The event that is most likely the deal.

    A name that says so (paid before ordered, unless hardly anything is marked as paid); else the event that carries most of the money; else
    the one that carries order numbers. None where there is none of these: a visit is not a sale because it is the only thing logged.
    """
    candidates = {name: habit for name, habit in known.items() if not voids(name)}
    for strength in (2, 1):
        named = [name for name in candidates if deal_strength(name) == strength]
        weaker = [name for name in candidates if 0 < deal_strength(name) <= strength]
        if named:
            best = max(named, key=lambda name: (candidates[name].customers, name))
            rival = max(weaker, key=lambda name: (candidates[name].customers, name))
            return rival if candidates[best].customers * 10 < candidates[rival].customers else best
    candidates = {name: habit for name, habit in candidates.items() if may_be_deal(name)}
    worth = {name: habit.worth for name, habit in candidates.items() if habit.worth > 0}
    if worth:
        return max(worth, key=lambda name: (worth[name], name))
    ordered = _with_order(tape)
    orders = [name for name in candidates if ordered.get(name, 0) * 2 > candidates[name].events]
    return max(orders, key=lambda name: (candidates[name].customers, candidates[name].place, name), default=None)


def _with_order(tape: Tape) -> dict[str, int]:
    """How many events of each name carry an order number."""
    counts = np.bincount(tape.event.codes[tape.order != 0], minlength=len(tape.event.names))
    return {name: int(count) for name, count in zip(tape.event.names, counts, strict=True) if count}


def sort_events(known: dict[str, Habit], deal: str | None) -> Sorted:
    """Every event into a stage: by its name where that is well known, else by where it stands between deals."""
    names = sorted(known, key=lambda name: -known[name].events)[:MOST_NAMES]
    void = () if deal is None else tuple(sorted(name for name in names if voids(name) and name != deal))
    put: dict[str, str] = {} if deal is None else {deal: "purchase"}
    later: list[str] = []
    for name in names:
        if name == deal or name in void:
            continue
        kind = kind_of(name)
        stage = kind.stage if kind else None
        if stage is None or (deal_strength(name) and stage not in AFTER_DEAL):
            stage = "checkout" if deal_strength(name) else None
        if stage is None:
            later.append(name)
        else:
            put[name] = stage
    if set(put.values()) <= {"purchase"} and len(later) > 2:
        put.update(_by_place_alone(known, later))
    else:
        put.update({name: _nearest(known, put, name, deal) for name in later})
    stages = {
        stage: tuple(sorted((n for n in put if put[n] == stage), key=lambda n: (known[n].place, n))) for stage in STAGES
    }
    return Sorted({stage: events for stage, events in stages.items() if events}, deal, void)


def _nearest(known: dict[str, Habit], put: dict[str, str], name: str, deal: str | None) -> str:
    """The stage of the events that it most often directly follows (after the deal itself: use); else the one that stands nearest."""
    follows: dict[str, int] = {}
    for other, count in known[name].comes_after:
        stage = "use" if other == deal else put.get(other)
        if stage is not None:
            follows[stage] = follows.get(stage, 0) + count
    if follows:
        return max(follows, key=lambda stage: (follows[stage], -STAGES.index(stage)))
    places: dict[str, list[tuple[float, int]]] = {}
    for other, stage in put.items():
        if stage in BEFORE_DEAL:
            places.setdefault(stage, []).append((known[other].place, known[other].events))
    middle = {stage: sum(p * n for p, n in all_) / sum(n for _, n in all_) for stage, all_ in places.items()}
    place = known[name].place
    return min(middle, key=lambda stage: (abs(middle[stage] - place), STAGES.index(stage)), default="consideration")


def _by_place_alone(known: dict[str, Habit], names: list[str]) -> dict[str, str]:
    """Unknown names only: those after deals, then the rest cut into up to three stages at the widest gaps between their places."""
    put = {name: "use" for name in names if known[name].after > 0.6}
    rest = sorted((name for name in names if name not in put), key=lambda name: (known[name].place, name))
    gaps = [known[b].place - known[a].place for a, b in pairwise(rest)]
    parts = min(3, len(rest))
    cuts = sorted(sorted(range(len(gaps)), key=lambda k: (-gaps[k], k))[: parts - 1])
    for index, name in enumerate(rest):
        put[name] = BEFORE_DEAL[sum(index > cut for cut in cuts)]
    return put


def _stages(tape: Tape, found: Sorted, known: dict[str, Habit], say: Words) -> tuple[Stage, ...]:
    """Stages of the map; what an orders-only log cannot show (choosing before, using after) stands there unobserved."""
    taken: set[str] = set()
    names = [stage for stage in STAGES if stage in found.stages]
    if found.deal is not None:
        if not any(stage in names for stage in BEFORE_DEAL):
            names.insert(0, "consideration")
        if not any(stage in names for stage in AFTER_DEAL):
            names.append("use")
    elif len(names) == 1:
        names.append("use" if names[0] != "use" else "loyalty")
    shown = {
        stage: sorted(events, key=lambda name: -known[name].events)[:MOST_POINTS]
        for stage, events in found.stages.items()
    }
    kinds = Counter(key for events in shown.values() for key in {kind.key for kind in map(kind_of, events) if kind})
    several = frozenset(key for key, count in kinds.items() if count > 1)
    out = []
    for stage in names:
        events = found.stages.get(stage, ())
        rare = tuple(name for name in events if name not in shown[stage])
        points = _points(tape, tuple(name for name in events if name in shown[stage]), found.deal, say, taken, several)
        deal = None
        if found.deal is not None and found.deal in events:
            void = EventRule(event=_one_or_more(found.void)) if found.void else None
            deal = Deal(event=found.deal, void=void)
        when = EventRule(event=_one_or_more(rare)) if rare else None
        out.append(Stage(id=stage, title=say(f"draft-stage-{stage}"), touchpoints=points, when=when, deal=deal))
    return tuple(out)


def _one_or_more(names: tuple[str, ...]) -> str | tuple[str, ...]:
    return names[0] if len(names) == 1 else names


def _points(
    tape: Tape, events: tuple[str, ...], deal: str | None, say: Words, taken: set[str], several: frozenset[str]
) -> tuple[Touchpoint, ...]:
    """Touchpoints in the order of the log; events of one well-known kind share one, the deal has its own. `several`: kinds that more than
    one stage has; their events are named, for two touchpoints of one title cannot be told apart."""
    groups: dict[str, list[str]] = {}
    for name in events:
        kind = kind_of(name)
        groups.setdefault(f"name:{name}" if kind is None or name == deal else f"kind:{kind.key}", []).append(name)
    out = []
    for key, names in groups.items():
        sort, _, word = key.partition(":")
        title = (
            say("draft-point-deal") if names == [deal] else say(f"draft-point-{word}") if sort == "kind" else _own(word)
        )
        if sort == "kind" and names != [deal] and (word == "error" or word in several):
            title += f": {', '.join(spread(name) for name in names)}"
        rule = EventRule(event=_one_or_more(tuple(names)))
        out.append(Touchpoint(id=_id(word, taken), title=title, channel=_channel(tape, names), when=rule))
    return tuple(out)


def _own(name: str) -> str:
    """A name as the log has it, made readable: `loyalty_view` → Loyalty view, `ER_Triage` → ER triage."""
    words = spread(name).split()
    short = {word for word in re.split(r"[\W_]+", name) if word.isupper() and len(word) <= 3}
    if name.isupper() and len(words) > 1:  # shouted all over
        short = set()
    told = " ".join(word.upper() if word.upper() in short else word for word in words)
    return told[:1].upper() + told[1:] if told else name


def _id(name: str, taken: set[str]) -> str:
    """A short id, unique in the map."""
    base = re.sub(r"[^\w.-]+", "-", name).strip("-.")[:56] or "event"
    out, number = base, 2
    while out in taken:
        out, number = f"{base}-{number}", number + 1
    taken.add(out)
    return out


def _channel(tape: Tape, names: list[str]) -> str | None:
    """The channel that four in five of the events come by, if the log has channels."""
    if len(tape.channel.names) < 2:
        return None
    wanted = np.isin(np.array(tape.event.names), names)
    codes = tape.channel.codes[wanted[tape.event.codes]]
    counts = np.bincount(codes, minlength=len(tape.channel.names))
    best = int(np.argmax(counts[1:])) + 1
    return tape.channel.names[best] if counts[best] * 5 >= counts.sum() * 4 else None


def _scores(tape: Tape) -> tuple[Score, ...]:
    """Which events carry scores, where the log says the instrument."""
    scored = np.flatnonzero(~np.isnan(tape.score))
    width = len(tape.instrument.names)
    pairs = np.unique(tape.event.codes[scored].astype(np.int64) * width + tape.instrument.codes[scored])
    out = []
    for instrument in get_args(Instrument):
        if instrument not in tape.instrument.names:
            continue
        code = tape.instrument.names.index(instrument)
        names = tuple(tape.event.names[int(pair) // width] for pair in pairs if int(pair) % width == code)
        if names:
            out.append(Score(when=EventRule(event=_one_or_more(names)), instrument=instrument))
    return tuple(out)


def _with_numbers(tape: Tape, value: Map) -> Map:
    """Limits as the data propose them, whether goods are bought again, and the loyalty loop where they are."""
    ready = prepare(tape, value)
    horizon = common_horizon(ready)
    limits = Limits(
        window=timedelta(microseconds=ready.limits.window_all),
        silence=timedelta(microseconds=ready.limits.silence_all),
        settle=timedelta(microseconds=ready.limits.settle),
        horizon=None if horizon is None else timedelta(microseconds=horizon),
    )
    deals = ready.bound.deals
    _, counts = np.unique(deals.customer, return_counts=True)
    again = int((counts > 1).sum())
    length = timedelta(microseconds=max(tape.complete_until - ready.passes.log_start, 0))
    repeats = again >= REPEATERS and again >= REPEAT_SHARE * len(counts)
    stage = value.deal_stage
    loops: tuple[Loop, ...] = ()
    if repeats and stage is not None:
        after = [one.id for one in value.stages[value.stages.index(stage) + 1 :]]
        source = after[-1] if after else stage.id
        loops = (Loop(source=source, target=stage.id, kind="loyalty"),) if source != stage.id else ()
    bought_again = repeats or length < SHORT or not len(counts)
    return value.model_copy(update={"limits": limits, "bought_again": bought_again, "loops": loops})
