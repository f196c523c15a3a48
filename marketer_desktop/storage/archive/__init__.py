"""Archives: database, documents and settings in one `.marketer` file (docs/archive.md)."""
