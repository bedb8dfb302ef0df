"""Shops with a planted truth."""
