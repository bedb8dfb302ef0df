"""The purchases of CDNOW's customers as Fader and Hardie tell them (weeks, dollars): they come inside the package `lifetimes`."""

from __future__ import annotations

import csv
from importlib.metadata import files

SUMMARY, VALUES = "cdnow_customers_summary.csv", "cdnow_customers_summary_with_transactions.csv"


def cdnow(name: str = SUMMARY) -> list[dict[str, str]]:
    """The 2,357 customers: repeat purchases, recency, age; in `VALUES` (x, t_x, T, zbar) with the mean value of their repeat purchases."""
    found = next(file for file in files("lifetimes") or () if file.name == name)
    return list(csv.DictReader(found.read_text("utf-8").splitlines()))
