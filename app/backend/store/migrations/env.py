"""Alembic's entry: it always works on the connection (and transaction) that `Database` hands over."""

from alembic import context

from app.backend.store.schema import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
