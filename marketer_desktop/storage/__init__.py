"""Everything that is kept: tables, units of work, the embedded database."""
