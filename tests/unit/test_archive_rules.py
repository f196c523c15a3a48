"""What goes into an archive is decided for every column and setting that could open something."""

import re

from marketer_desktop.settings.portable import PORTABLE
from marketer_desktop.settings.settings import Settings
from marketer_desktop.storage.archive.left_out import COLUMNS, TABLES
from marketer_desktop.storage.tables import Base

SUSPICIOUS = re.compile(r"secret|token|password|key|hash|sealed|credential|code")
# Words, counts, digests of content, and names by which something is found: they open nothing.
HARMLESS = {
    "activities.keywords",
    "activities.tokens_used",
    "agent_executions.input_hash",
    "agent_executions.tokens_input",
    "agent_executions.tokens_output",
    "agent_executions.tokens_total",
    "assets.content_hash",
    "brand_summaries.documents_hash",
    "documents.content_hash",
    "paces.key",
    "projects.default_keywords",
    "publications.key",
    "sync_outbox.code",
    "sync_outbox.push_key",
}


def test_every_column_that_looks_like_a_secret_is_decided_about() -> None:
    found = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if SUSPICIOUS.search(column.name) and table.name not in TABLES
    }
    left_out = {f"{table}.{column}" for table, columns in COLUMNS.items() for column in columns}
    assert found - left_out - HARMLESS == set()
    assert left_out | HARMLESS <= found


def test_what_is_left_out_is_needed_by_nothing_that_goes_along() -> None:
    for table in Base.metadata.tables.values():
        needed = {key.column.table.name for column in table.columns for key in column.foreign_keys}
        assert table.name in TABLES or not needed & TABLES


def test_left_out_columns_may_be_empty() -> None:
    for table, columns in COLUMNS.items():
        assert all(Base.metadata.tables[table].columns[column].nullable for column in columns)


def test_settings_that_go_along_are_settings_and_no_secrets() -> None:
    assert Settings.model_fields.keys() >= PORTABLE
    assert not [name for name in PORTABLE if SUSPICIOUS.search(name)]
