"""Relational truth: people, documents, history, comments, outbox. SQLite or PostgreSQL; the only room that speaks SQLAlchemy."""

from tropa.store.engine import Store, open_store

__all__ = ["Store", "open_store"]
