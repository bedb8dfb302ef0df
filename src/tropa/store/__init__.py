"""Relational truth: people, documents, history, comments, outbox. SQLite or PostgreSQL; the only room that speaks SQLAlchemy."""

from sqlalchemy import Connection

from tropa.store.engine import Store, open_store

__all__ = ["Connection", "Store", "open_store"]
