"""Tropa: its own models of purchases and of their values, by plain maximum likelihood."""

from __future__ import annotations

from typing import Any

import asked
import forecasts

from tropa.stats.bgnbd import histories, log_likelihood, mean_ahead
from tropa.stats.bgnbd_fit import fit
from tropa.stats.gamma_gamma import expected_value, fit_values


def forecast(table: dict[str, Any]) -> forecasts.Answer:
    """See forecasts.py."""
    x, last, age, mean = table["x"], table["t_x"], table["T"], table["z"]
    seen, again = histories(x, last, age), x > 0
    buys, pays = fit(seen, prior="none"), fit_values(x[again], mean[again], prior="none")
    if isinstance(buys, str) or isinstance(pays, str):
        raise RuntimeError(f"no numbers: {buys if isinstance(buys, str) else pays}")
    one, other = buys.rates, pays.worths
    ahead = mean_ahead(one, seen, forecasts.AHEAD)[seen.row]
    worth = expected_value(other, x, mean)
    return {
        "r": one.r, "alpha": one.alpha, "a": one.a, "b": one.b, "p": other.p, "q": other.q, "v": other.gamma,
        "likelihood": log_likelihood(one, histories(x, last, age, steps=0)), "purchases": float(ahead.sum()),
        "money": float((ahead * worth).sum()),
    }  # fmt: skip


if __name__ == "__main__":
    asked.main(forecasts.load, {"forecast": forecasts.spending(forecast)})
