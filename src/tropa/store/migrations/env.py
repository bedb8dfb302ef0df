"""How Alembic runs here: on the connection it is handed, inside that connection's transaction."""

from alembic import context

from tropa.store.everything import METADATA

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA, render_as_batch=connection.dialect.name == "sqlite")
with context.begin_transaction():
    context.run_migrations()
