"""BG/NBD: published numbers, naive twins, properties (R-27)."""

from __future__ import annotations

from math import exp

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cdnow import cdnow
from tropa.stats.bgnbd import (
    NEVER,
    Histories,
    Rates,
    alive,
    at_least,
    beta_nodes,
    histories,
    log_likelihood,
    log_likelihoods,
    mean_ahead,
    next_wait,
    slope,
)
from tropa.stats.bgnbd_fit import CENTRE, WIDTH, fit, rates_at, scale_of

PUBLISHED = Rates(0.243, 4.414, 0.793, 2.426)


def cdnow_histories() -> Histories:
    rows = cdnow()
    repeats = np.array([int(row["frequency"]) for row in rows])
    return histories(repeats, *(np.array([float(row[name]) for row in rows]) for name in ("recency", "T")))


def one(x: float, last: float, age: float) -> Histories:
    return Histories(*(np.array([value]) for value in (x, last, age, 1.0)), np.zeros(1, np.int64))


def test_cdnow_as_published() -> None:
    """R-27: Fader, Hardie and Lee (2005), table 2: r 0.243, α 4.414, a 0.793, b 2.426, log-likelihood −9582.4."""
    seen = cdnow_histories()
    assert (seen.customers, len(seen.weight)) == (2357, 1016)
    found = fit(seen, prior="none")
    assert not isinstance(found, str)
    assert found.rates.r == pytest.approx(0.243, abs=0.0006)
    assert found.rates.alpha == pytest.approx(4.414, abs=0.001)
    assert found.rates.a == pytest.approx(0.793, abs=0.0006)
    assert found.rates.b == pytest.approx(2.426, abs=0.001)
    assert found.log_likelihood == pytest.approx(-9582.4, abs=0.05)
    wide = fit(seen)
    assert not isinstance(wide, str)
    for name in ("r", "alpha", "a", "b"):  # the prior says next to nothing against so many customers
        assert getattr(wide.rates, name) == pytest.approx(getattr(found.rates, name), rel=0.015)


def test_published_predictions() -> None:
    """R-27: "Implementing the BG/NBD model in Excel" (Fader, Hardie, Lee 2005): x = 2, t_x = 30.43, T = 38.86 weeks: 1.226 in 39 weeks."""
    seen = one(2, 30.43, 38.86)
    assert mean_ahead(PUBLISHED, seen, 39)[0] == pytest.approx(1.226, abs=0.001)
    assert alive(PUBLISHED, seen)[0] == pytest.approx(0.7266, abs=0.0005)


def test_rounded_times_give_the_same_fit() -> None:
    """R-27: what is done with many customers changes the third digit."""
    rows = cdnow()
    told = [np.array([float(row[name]) for row in rows]) for name in ("recency", "T")]
    seen = histories(np.array([int(row["frequency"]) for row in rows]), *told, steps=256)
    exact = cdnow_histories()
    assert seen.weight.sum() == exact.weight.sum()
    assert np.abs(seen.age[seen.row] - told[1]).max() <= told[1].max() / 256
    rough, found = fit(seen, prior="none"), fit(exact, prior="none")
    assert not isinstance(rough, str)
    assert not isinstance(found, str)
    ahead = [float(mean_ahead(one.rates, exact, 39) @ exact.weight) for one in (rough, found)]
    assert ahead[0] == pytest.approx(ahead[1], rel=0.005)


rates = st.builds(
    Rates, st.floats(0.05, 6), st.floats(0.5, 300), st.floats(0.05, 8), st.floats(0.1, 20), st.integers(0, 1)
)
lives = st.tuples(st.integers(0, 25), st.floats(0, 1), st.floats(1, 400))


@st.composite
def some(draw: st.DrawFn) -> Histories:
    rows = [(x, share * age if x else 0.0, age) for x, share, age in draw(st.lists(lives, min_size=1, max_size=8))]
    x, last, age = (np.array([row[at] for row in rows], dtype=np.float64) for at in range(3))
    return Histories(x, last, age, np.ones(len(rows)), np.arange(len(rows)))


@given(rates, some())
def test_likelihood_as_it_is_written(model: Rates, seen: Histories) -> None:
    """R-27: equation 6 of the paper, term by term; in the sister model the first purchase is one that may be the last."""
    from scipy.special import beta, gamma

    total = 0.0
    for x, last, age in zip(seen.repeats, seen.last, seen.age, strict=True):
        base = gamma(model.r + x) / gamma(model.r) * model.alpha**model.r
        k = x + model.first
        stay = beta(model.a, model.b + k) / beta(model.a, model.b) / (model.alpha + age) ** (model.r + x)
        go = 0.0
        if k:
            go = beta(model.a + 1, model.b + k - 1) / beta(model.a, model.b) / (model.alpha + last) ** (model.r + x)
        total += float(np.log(base * (stay + go)))
        if k:
            mine = alive(model, one(x, last, age))[0]
            assert mine == pytest.approx(stay / (stay + go), rel=1e-6)
    assert log_likelihood(model, seen) == pytest.approx(total, rel=1e-7, abs=1e-7)


@given(rates, some())
def test_derivatives(model: Rates, seen: Histories) -> None:
    """R-27: they are those of the likelihood."""
    told = slope(model, seen)
    point = np.log([model.r, model.alpha, model.a, model.b])
    for at in range(4):
        move = np.zeros(4)
        move[at] = 1e-5
        up, down = (log_likelihood(Rates(*np.exp(point + side * move), model.first), seen) for side in (1, -1))
        assert told[at] == pytest.approx((up - down) / 2e-5, rel=1e-3, abs=1e-3)


@given(rates, some(), st.floats(0.1, 200))
@settings(max_examples=30, deadline=None)
def test_the_mean_follows_from_the_chances(model: Rates, seen: Histories, ahead: float) -> None:
    """R-27: the mean by quadrature is that of the closed distribution, summed up."""
    reach = np.array([at_least(model, seen, ahead, count) for count in range(1, 400)])
    assert (np.diff(reach, axis=0) <= 1e-12).all()
    if reach[-1].max() > 1e-6:
        return
    mean, fine = reach.sum(axis=0), mean_ahead(model, seen, ahead, 40)
    assert fine == pytest.approx(mean, rel=1e-3, abs=1e-5)
    assert mean_ahead(model, seen, ahead) == pytest.approx(mean, rel=0.01, abs=1e-3)
    assert (fine <= alive(model, seen) * (model.r + seen.repeats) / (model.alpha + seen.age) * ahead * (1 + 1e-9)).all()


@given(rates, some(), st.floats(0.1, 200))
def test_where_nobody_leaves_it_is_nbd(model: Rates, seen: Histories, ahead: float) -> None:
    """R-27: Ehrenberg's model: everybody alive, the mean of a negative binomial, its likelihood."""
    from scipy.special import gammaln

    calm = Rates(model.r, model.alpha, NEVER, 1.0)
    assert alive(calm, seen) == pytest.approx(1)
    mean = (calm.r + seen.repeats) / (calm.alpha + seen.age) * ahead
    assert mean_ahead(calm, seen, ahead) == pytest.approx(mean, rel=1e-6)
    told = gammaln(calm.r + seen.repeats) - gammaln(calm.r) + calm.r * np.log(calm.alpha)
    told = told - (calm.r + seen.repeats) * np.log(calm.alpha + seen.age)
    assert log_likelihood(calm, seen) == pytest.approx(float(told @ seen.weight), rel=1e-9, abs=1e-9)


@given(st.floats(0.05, 20), st.floats(0.1, 60))
def test_nodes_integrate(first: float, second: float) -> None:
    """R-27: the moments of beta distributions come out."""
    points, weights = beta_nodes(np.array([first]), np.array([second]), 12)
    assert weights.sum() == pytest.approx(1)
    moment = 1.0
    for power in range(1, 8):
        moment *= (first + power - 1) / (first + second + power - 1)
        assert float((weights * points**power).sum()) == pytest.approx(moment, rel=1e-7)


def test_closed_form_with_the_hypergeometric_function() -> None:
    """R-27: equation 10 of the paper, where a is not 1."""
    from scipy.special import hyp2f1

    r, alpha, a, b = PUBLISHED.r, PUBLISHED.alpha, PUBLISHED.a, PUBLISHED.b
    for x, last, age, ahead in ((0, 0.0, 38.0, 39.0), (3, 20.0, 30.0, 10.0), (12, 31.0, 31.5, 52.0)):
        curve = hyp2f1(r + x, b + x, a + b + x - 1, ahead / (alpha + age + ahead))
        told = (a + b + x - 1) / (a - 1) * (1 - ((alpha + age) / (alpha + age + ahead)) ** (r + x) * curve)
        if x:
            told /= 1 + a / (b + x - 1) * ((alpha + age) / (alpha + last)) ** (r + x)
        assert mean_ahead(PUBLISHED, one(x, last, age), ahead)[0] == pytest.approx(told, rel=1e-6)


def test_next_wait_is_where_the_share_has_come() -> None:
    """R-27: of those alive, one in two has bought by the median."""
    seen = one(3, 20.0, 30.0)
    for share in (0.25, 0.5, 0.9):
        wait = float(next_wait(PUBLISHED, seen, share)[0])
        came = at_least(PUBLISHED, seen, wait, 1)[0] / alive(PUBLISHED, seen)[0]
        assert came == pytest.approx(share, rel=1e-6)


def test_the_scale_goes_there_and_back() -> None:
    """R-27: what is fitted is what is told."""
    told = rates_at(scale_of(PUBLISHED, 30.0), 30.0)
    assert (told.r, told.alpha, told.a, told.b) == pytest.approx((0.243, 4.414, 0.793, 2.426))


def bought_by(seed: int, first: int, *, leave: bool = True, n: int = 3000, most: float = 300) -> Histories:
    """Customers who follow one of the models."""
    rng = np.random.default_rng(seed)
    rate, go = rng.gamma(0.8, 1 / 40.0, n), rng.beta(1.2, 1.5, n) if leave else np.zeros(n)
    age = rng.uniform(50, most, n)
    x, last, at = np.zeros(n, int), np.zeros(n), np.zeros(n)
    here = np.full(n, True) if not first else rng.random(n) > go
    while here.any():
        at = at + rng.exponential(1 / rate)
        here = here & (at <= age)
        x[here] += 1
        last[here] = at[here]
        here = here & (rng.random(n) > go)
    return histories(x, last, age)


@pytest.mark.parametrize("first", [0, 1])
def test_the_likeliest_model_is_the_one_the_customers_follow(first: int) -> None:
    """R-27: where half of the one-time buyers are gone for good, the model in which they may be is chosen, and the other way round."""
    found = fit(bought_by(11 + first, first), model="weighed")
    assert not isinstance(found, str)
    assert found.rates.first == first
    assert found.kinds[0][0] > 0.95
    assert found.rates.a / (found.rates.a + found.rates.b) == pytest.approx(1.2 / 2.7, rel=0.15)
    plain = fit(bought_by(11 + first, first), prior="none", model="weighed")
    assert not isinstance(plain, str)
    assert (plain.rates.first, plain.kinds) == (first, ((1.0, plain.rates),))


def test_that_nobody_leaves_is_one_of_the_answers() -> None:
    """R-27: of customers who stay for ever two numbers are told, not four that make believe some leave."""
    found = fit(bought_by(5, 0, leave=False), model="weighed")
    assert not isinstance(found, str)
    assert found.rates.a == NEVER
    assert (found.rates.r, found.rates.alpha) == (pytest.approx(0.8, rel=0.1), pytest.approx(40.0, rel=0.12))


def test_models_are_weighed_by_their_evidence() -> None:
    """R-27: the integral of likelihood times prior, summed up over a grid; draws come from each model as often as it is likely."""
    seen = bought_by(8, 0, n=90, most=90)
    found = fit(seen, model="nbd")
    assert not isinstance(found, str)
    across, down = np.linspace(-4, 4, 80), np.linspace(-5, 5, 100)
    points = np.stack([one.ravel() for one in np.meshgrid(across, down)], axis=1)
    numbers = [rates_at(point, found.unit) for point in points]
    heights = log_likelihoods(np.array([(one.r, one.alpha, one.a, one.b) for one in numbers]), 0, seen)
    assert heights[:9] == pytest.approx([log_likelihood(one, seen) for one in numbers[:9]])
    prior = -(((points - CENTRE[:2]) / WIDTH[:2]) ** 2).sum(axis=1) / 2 - np.log(2 * np.pi * WIDTH[:2].prod())
    top = float((heights + prior).max())
    cell = (across[1] - across[0]) * (down[1] - down[0])
    whole = top + float(np.log(np.exp(heights + prior - top).sum() * cell))
    assert found.evidence == pytest.approx(whole, abs=0.15)
    every = fit(seen, model="weighed")
    assert not isinstance(every, str)
    assert len(every.kinds) > 1
    assert sum(chance for chance, _ in every.kinds) == pytest.approx(1)
    drawn = every.draws(200, 3)
    for chance, kind in every.kinds:
        same = [one for one in drawn if (one.first, one.a == NEVER) == (kind.first, kind.a == NEVER)]
        assert len(same) / 200 == pytest.approx(chance, abs=0.006)
    assert every.over(lambda rates: np.array([rates.r]))[0] == pytest.approx(sum(c * k.r for c, k in every.kinds))


def test_what_cannot_be_told() -> None:
    """R-27: few customers, few who came again, and data without any news of dropping out give no numbers."""
    rng = np.random.default_rng(3)

    def seen(x: np.ndarray) -> Histories:  # type: ignore[type-arg]
        age = np.full(len(x), 100.0)
        return histories(x, np.where(x > 0, rng.uniform(10, 90, len(x)), 0.0), age)

    assert fit(seen(np.full(40, 3))) == "too-few"
    assert fit(seen(np.r_[np.zeros(480, int), np.ones(19, int)])) == "few-again"
    everyone = histories(np.full(300, 50), np.full(300, 99.9), np.full(300, 100.0))
    assert fit(everyone, prior="none") == "no-fit"  # all alike: r runs away


def test_draws_are_as_wide_as_the_data_say() -> None:
    """R-27: around the estimate, reproducible, narrower with more customers."""
    rows = cdnow_histories()
    found = fit(rows)
    assert not isinstance(found, str)
    drawn = np.array([[one.r, one.alpha, one.a / (one.a + one.b)] for one in found.draws(400, 5)])
    assert drawn.mean(axis=0) == pytest.approx([0.243, 4.42, 0.247], rel=0.05)
    again = found.draws(400, 5)
    assert (again[7].r, again[399].b) == (found.draws(400, 5)[7].r, found.draws(400, 5)[399].b)
    error = drawn.std(axis=0)
    assert 0.009 < error[0] < 0.017  # r's standard error, by the second derivatives of the published likelihood: 0.0126
    some = histories(rows.repeats[rows.row][::8].astype(int), rows.last[rows.row][::8], rows.age[rows.row][::8])
    fewer = fit(some)
    assert not isinstance(fewer, str)
    wider = np.array([one.r for one in fewer.draws(400, 5)]).std()
    assert wider > 1.8 * error[0]


def test_a_chance_by_hand() -> None:
    """R-27: fixed rate and chance of dropping out (huge r, a, b): Poisson purchases, cut by a geometric number."""
    model = Rates(1e7, 1e8, 2e7, 8e7)  # rate 0.1, drops out with 0.2
    seen = one(0, 0.0, 0.0)
    came = 1 - sum(exp(-2) * 2**k / [1, 1, 2][k] for k in range(3))  # three purchases in 20 days or more
    assert at_least(model, seen, 20.0, 3)[0] == pytest.approx(came * 0.8**2, rel=1e-4)
