"""Customers' own words: whose they are, in which language, what of, and in which mood (R-30)."""
