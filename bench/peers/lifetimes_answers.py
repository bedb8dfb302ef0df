"""lifetimes (Davidson-Pilon): BetaGeoFitter and GammaGammaFitter without a penalty, in the form its own guide shows."""

from __future__ import annotations

from typing import Any

import asked
import forecasts
import numpy as np
from lifetimes import BetaGeoFitter, GammaGammaFitter


def forecast(table: dict[str, Any]) -> forecasts.Answer:
    """See forecasts.py."""
    x, last, age, mean = table["x"], table["t_x"], table["T"], table["z"]
    buys = BetaGeoFitter().fit(x, last, age)
    again = x > 0
    pays = GammaGammaFitter().fit(x[again], mean[again])
    numbers = buys.params_.to_numpy()
    height = -BetaGeoFitter._negative_log_likelihood(np.log(numbers), x, last, age, np.ones(len(x)), 0.0) * len(x)
    ahead = buys.conditional_expected_number_of_purchases_up_to_time(forecasts.AHEAD, x, last, age)
    worth = pays.conditional_expected_average_profit(x, mean)
    names = dict(zip("pqv", pays.params_.to_numpy(), strict=True))
    told = {
        **buys.params_.to_dict(),
        **names,
        "likelihood": height,
        "purchases": np.sum(ahead),
        "money": np.sum(ahead * worth),
    }
    return {name: float(value) for name, value in told.items()}


if __name__ == "__main__":
    asked.main(forecasts.load, {"forecast": forecasts.spending(forecast)})
