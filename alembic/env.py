"""Runs the migrations on the connection that `marketer_desktop.storage.migration` hands over.

Only the tables of the schema `public` are compared with the models: LangGraph and Procrastinate
keep theirs in schemas of their own.
"""

from alembic import context

from marketer_desktop.storage.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    include_schemas=False,
)
with context.begin_transaction():
    # A table whose rows were changed cannot be altered while triggers wait for the commit.
    context.execute("SET CONSTRAINTS ALL IMMEDIATE")
    context.run_migrations()
