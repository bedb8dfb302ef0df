"""Reasons against worlds whose truth is known: what is planted is found, where nothing is, next to nothing is (R-25)."""

from __future__ import annotations

import numpy as np
import pytest

from tropa.model import Deal, EventRule, Limits, Map, Persona, SegmentRule, Stage, Touchpoint
from tropa.model.measure import Answer
from tropa.trail import prepare
from tropa.trail.answers import find_answers
from tropa.trail.archive.build import tape_from_columns
from tropa.trail.filters import Filter, choose
from tropa.trail.measures import Asked, ask
from tropa.trail.measures.exposures import counts_of_names, features_of, look, plan_of
from tropa.trail.measures.sides import DRAWS, Place, Sided
from tropa.trail.tape import Tape

HOUR = 3_600_000_000
DAY = 24 * HOUR
EXTRAS = ("error", "promo", "video", "help", "search", "filter")
CITIES = ("Москва", "Казань", "Тверь", "Омск")
VALUE = Map(
    title="world",
    stages=(
        Stage(id="see", title="see", touchpoints=(Touchpoint(id="look", title="l", when=EventRule(event="see")),)),
        Stage(id="pick", title="pick", touchpoints=(Touchpoint(id="cart", title="c", when=EventRule(event="pick")),)),
        Stage(id="buy", title="buy", deal=Deal(event="pay")),
    ),
    personas=(Persona(id="north", title="n", segment=SegmentRule(has={"city": "Омск"})),),
    limits=Limits(window="5d", silence="5d", settle="1h"),
)


def world(seed: int, customers: int, odds: float, *, again: float = 0.0) -> Tape:
    """Customers see, meet some things by chance, and pick or leave; having met an error multiplies the odds of leaving by `odds`."""
    rng = np.random.default_rng(seed)
    rows: list[tuple[str, int, str, str, str, str]] = []

    def one_pass(who: int, start: int) -> None:
        city, channel = CITIES[who % 4], ("ads", "seo", "mail")[who % 3]
        met = [name for name in EXTRAS if rng.random() < 0.4]
        rows.append((f"c{who}", start, "see", city, channel, ""))
        for k, name in enumerate(met):
            rows.append(
                (f"c{who}", start + (k + 1) * 60_000_000, name, city, "", "phone" if rng.random() < 0.5 else "desktop")
            )
        base = 0.8 * (odds if "error" in met else 1.0)
        if rng.random() >= base / (1 + base):
            rows.append((f"c{who}", start + HOUR, "pick", city, "", ""))
            if rng.random() < 0.5:
                rows.append((f"c{who}", start + 2 * HOUR, "pay", city, "", ""))

    for who in range(customers):
        start = int(rng.integers(0, 60 * DAY))
        one_pass(who, start)
        if rng.random() < again:
            one_pass(who, start + 20 * DAY)
    rows.append(("last", 100 * DAY, "see", "", "", ""))
    columns = list(zip(*rows, strict=True))
    return tape_from_columns(
        columns[0],
        np.array(columns[1]),
        columns[2],
        channels=columns[4],
        properties={"city": columns[3], "device": columns[5]},
    )


BARE = VALUE.model_copy(update={"personas": ()})


def asked_of(tape: Tape) -> Asked:
    ready = prepare(tape, VALUE if "city" in tape.properties else BARE)
    return Asked.of(choose(ready, find_answers(ready), Filter()))


def reasons(tape: Tape) -> Answer:
    return ask("reasons", asked_of(tape), {"break": "see/exit"})


def test_the_planted_reason_comes_first() -> None:
    """R-25: an odds ratio of 2 with about 1,000 exits is found on top in (nearly) every world, and its interval holds the truth."""
    first, covered = 0, 0
    for seed in range(20):
        found = reasons(world(seed, 2_000, 2.0))
        if found.rows:
            first += found.column("reason")[0] == "event:error" and found.column("having")[0] == "with"
        if "event:error" in found.column("reason"):
            at = found.column("reason").index("event:error")
            covered += float(found.column("odds_low")[at] or 0) <= 2.0 <= float(found.column("odds_high")[at] or 0)
        about, tried = found.notes
        assert 800 <= about.facts["left"] <= 1400
        assert tried.facts["n"] >= 12
    assert first >= 19
    assert covered >= 16


def test_nothing_is_found_where_nothing_is() -> None:
    """R-25: null worlds give a finding in about one of twenty at most; sixty worlds with more than eight would be one in a thousand."""
    with_any = sum(bool(reasons(world(1_000 + seed, 800, 1.0, again=0.3)).rows) for seed in range(60))
    assert with_any <= 8


def test_the_same_thing_under_two_names_is_one_reason() -> None:
    """R-25: the persona and the city that it is bound to are tried once."""
    asked = asked_of(world(7, 2_000, 2.0))
    everybody = (Sided(asked), 0, len(asked.customers))
    plan = plan_of(asked.frame, counts_of_names(*everybody))
    found = features_of(asked.frame, plan, look(*everybody, Place(0, "exit"), DRAWS, plan))
    assert {"segment:north", "property:city=Омск"} <= set(found.names)
    rows = reasons(_city_world())
    told = [name for name in rows.column("reason") if "Омск" in str(name) or "north" in str(name)]
    assert len(told) == 1
    at = rows.column("reason").index(told[0])
    assert {"property:city=Омск", "segment:north"} == {told[0], *str(rows.column("same")[at]).split("; ")}


def _city_world() -> Tape:
    """Everybody from Omsk leaves more often."""
    rng = np.random.default_rng(5)
    rows = []
    for who in range(1_500):
        city, start = CITIES[who % 4], int(rng.integers(0, 60 * DAY))
        rows.append((f"c{who}", start, "see", city))
        if rng.random() >= (0.7 if city == "Омск" else 0.4):
            rows.append((f"c{who}", start + HOUR, "pick", city))
    rows.append(("last", 100 * DAY, "see", ""))
    who_, at, event, city_ = zip(*rows, strict=True)
    return tape_from_columns(who_, np.array(at), event, properties={"city": city_})


def test_a_step_of_the_way_is_no_reason() -> None:
    """R-25: everybody who pays has seen the delivery terms just before; their lack explains nothing."""
    rng = np.random.default_rng(3)
    rows = []
    for who in range(600):
        start = int(rng.integers(0, 60 * DAY))
        rows.append((f"c{who}", start, "see"))
        if rng.random() < 0.6:
            rows += [(f"c{who}", start + HOUR, "terms"), (f"c{who}", start + 2 * HOUR, "pick")]
    rows.append(("last", 100 * DAY, "see"))
    who_, at, event = zip(*rows, strict=True)
    assert "event:terms" not in reasons(tape_from_columns(who_, np.array(at), event)).column("reason")


def test_one_pass_of_a_customer_is_compared() -> None:
    """R-25: passes of one customer are not independent; what was left out is told."""
    asked = asked_of(world(3, 400, 1.0, again=1.0))
    sides = Sided(asked).sides(0, len(asked.customers), Place(0, "exit"))
    customers = asked.ready.passes.customer[sides.units]
    assert len(np.unique(customers)) == len(customers)
    assert sides.eligible > len(customers)


def test_who_left_after_buying_is_told_up_to_a_landmark() -> None:
    """R-25, R-27: a late parcel makes buyers stay away; coming back early does not count as having met less."""
    rng = np.random.default_rng(11)
    rows: list[tuple[str, int, str]] = []
    for who in range(1_500):
        start, late = int(rng.integers(0, 60 * DAY)), rng.random() < 0.4
        rows.append((f"c{who}", start, "pay"))
        rows.append((f"c{who}", start + DAY, "late" if late else "arrived"))
        if rng.random() < (0.2 if late else 0.6):
            back = start + int(rng.integers(6, 20)) * DAY
            rows += [(f"c{who}", back, "see"), (f"c{who}", back + HOUR, "letter"), (f"c{who}", back + 2 * HOUR, "pay")]
    rows.append(("last", 100 * DAY, "see"))
    who_, at, event = zip(*rows, strict=True)
    ready = prepare(
        tape_from_columns(who_, np.array(at), event),
        BARE.model_copy(update={"limits": Limits(window="5d", silence="5d", settle="1h", horizon="20d")}),
    )
    found = ask("reasons", Asked.of(choose(ready, find_answers(ready), Filter())), {"break": "buy/loop"})
    assert found.column("reason")[0] in ("event:late", "event:arrived")
    assert "event:letter" not in found.column("reason")


def test_what_a_touchpoint_adds() -> None:
    """R-27: counted by hand on a world where help makes one go on; the step that all take on the way is not told."""
    points = tuple(
        Touchpoint(id=f"at-{name}", title=name, when=EventRule(event=name)) for name in ("see", "help", "terms")
    )
    stages = (VALUE.stages[0].model_copy(update={"touchpoints": points}), *VALUE.stages[1:])
    rng = np.random.default_rng(2)
    rows: list[tuple[str, int, str]] = []
    counts = {(met, on): 0 for met in (True, False) for on in (True, False)}
    for who in range(900):
        start, met = int(rng.integers(0, 60 * DAY)), bool(rng.random() < 0.4)
        on = bool(rng.random() < (0.8 if met else 0.5))
        counts[met, on] += 1
        rows.append((f"c{who}", start, "see"))
        rows += [(f"c{who}", start + 60_000_000, "help")] if met else []
        rows += [(f"c{who}", start + HOUR, "terms"), (f"c{who}", start + 2 * HOUR, "pick")] if on else []
    rows.append(("last", 100 * DAY, "see"))
    who_, at, event = zip(*rows, strict=True)
    ready = prepare(tape_from_columns(who_, np.array(at), event), BARE.model_copy(update={"stages": stages}))
    found = ask("touchpoints", Asked.of(choose(ready, find_answers(ready), Filter())), {"stage": "see"})
    assert found.column("state") == ("point:at-help",)
    row = dict(zip([column.id for column in found.columns], found.rows[0], strict=True))
    assert (row["with_on"], row["with_all"]) == (counts[True, True], counts[True, True] + counts[True, False])
    assert (row["without_on"], row["without_all"]) == (counts[False, True], counts[False, True] + counts[False, False])
    assert float(row["difference_low"] or 0) > 0.15
    assert float(row["chance"] or 0) < 1e-6


@pytest.fixture
def spoken() -> Tape:
    rows = [(f"c{k}", k * HOUR, "see") for k in range(200)]
    rows += [(f"c{k}", k * HOUR + HOUR // 2, "pick") for k in range(0, 200, 2)]
    texts = ["Долго ждать ответа" if k == 1 else "Всё хорошо" if k == 2 else "" for k in range(200)] + [""] * 100
    rows.append(("last", 100 * DAY, "see"))
    who, at, event = zip(*rows, strict=True)
    return tape_from_columns(who, np.array(at), event, texts=[*texts, ""])


def test_words_are_those_of_the_ones_who_left(spoken: Tape) -> None:
    """R-25: the customers' own words stand beside the reasons."""
    assert reasons(spoken).quotes == ("Долго ждать ответа",)
